"""The catalogue tests itself, and every rule of a submission is shown to fire."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from books import write_book
from making import SMALL
from running import EXAMPLES

from dtcheck.rules import Finding, Level, Place, kept
from dtcheck.rules.catalogue import CATALOGUE

HEAD = "编号,指标,实际值,单位,期间,填报单位,备注\n"
MANY = "GY01,,60,个,2024-06,发改委,\n"


def hidden_beside_a_form() -> bytes:
    """Return a workbook of a form, a hidden one, and a hidden sheet of remarks."""
    content = io.BytesIO()
    rows = [["编号", "实际值", "单位", "期间"], ["GY01", 60, "个", "6月"]]
    book = write_book(content, {"报表": rows, "备份": rows, "说明": [["填表说明"]]})
    for sheet in book.worksheets[1:]:
        sheet.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# rule: (file names, or a folder's with a /, and their text, more arguments, how often the rule fires). Each text is the smallest
# that shows the fault; the counts were worked out by reading it.
FAULTS: dict[str, tuple[dict[str, str | bytes], tuple[str, ...], int]] = {
    "DT101": ({"a.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe"}, (), 1),
    "DT102": ({"a.csv": "项目,数据\n新开工项目,60\n"}, (), 1),
    "DT103": ({"a.csv": "编号,实际值,天气,心情\nGY01,60,晴,好\n"}, (), 1),
    # Two that may be meant, and don't say the same: once for the figures, once for the units.
    "DT104": (
        {
            "a.csv": "编号,累计,累计完成\nGY01,60,66\nGY10,30,30\n",
            "b.csv": "编号,实际值,单位,计量单位\nGY11,150,亿元,万元\nGY12,950,亿元,亿元\n",
        },
        ("--as-of", "2024-06"),
        2,
    ),
    "DT105": ({"a.csv": "编号,实际值\n\n,\n"}, (), 1),
    "DT106": ({"空文件夹/": ""}, (), 1),
    "DT107": ({"2024-06/a.csv": HEAD + MANY, "2024-06/b.pdf": b"", "2024-06/": ""}, (), 1),
    "DT108": ({"a.csv": "GY01,,60,6月\n编号,指标,实际值,期间\nGY10,,30,6月\n"}, (), 1),
    # The figures stand in a column that nobody knows; where a row says what is wrong, that is enough.
    "DT112": (
        {
            "a.csv": "编号,实际值,备用\nGY01,,60\nGY10,,30\n",
            "b.csv": "编号,实际值,备用\nGY99,60,60\n",
            "c.csv": "编号,实际值,备用\nGY01,—,\n",
        },
        ("--as-of", "2024-06"),
        1,
    ),
    "DT109": ({"a.csv": "编号，实际值，单位\nGY01，60，个\n"}, (), 1),
    "DT110": ({"a.csv": HEAD + MANY, "~$a.xlsx": b"\5"}, (), 1),
    # One for all that is no table, however much of it there is.
    "DT111": (
        {"六月/a.csv": HEAD + MANY, "六月/b.md": "", "六月/c.log": "", "六月/": ""},
        (),
        1,
    ),
    "DT113": ({"a.xlsx": hidden_beside_a_form()}, (), 2),
    "DT201": (
        {"a.csv": HEAD + "GY99,,60,个,6月,,\n,新开工项目数,60,个,6月,,\n,,60,个,6月,,\n"},
        (),
        3,
    ),
    "DT202": (
        {"a.csv": HEAD + 'GY01,,较好,个,6月,,\nGY10,,"1,71",个,6月,,\nGY12,,#REF!,,6月,,\n'},
        (),
        3,
    ),
    "DT203": ({"a.csv": HEAD + "GY12,,900,亿圆,6月,,\nGY11,,150亿元,万元,6月,,\n"}, (), 2),
    "DT204": (
        {"a.csv": HEAD + "CX15,,9.1,%,6月,,\nCX16,,1,亿元,6月,,\nGY01,,增长5,个,6月,,\n"},
        (),
        3,
    ),
    "DT205": (
        {"a.csv": HEAD + "GY01,,60,个,二季度,,\nGY10,,30,个,2024-13,,\nGY11,,1,亿元,3-6月,,\n"},
        (),
        3,
    ),
    "DT206": ({"a.csv": HEAD + "GY01,,60,个,2023-06,,\n"}, (), 1),
    "DT207": ({"a.csv": HEAD + MANY * 3}, (), 1),
    "DT208": ({"a.csv": HEAD + MANY + "GY01,,66,个,2024-06,,\n"}, (), 1),
    "DT209": ({"a.csv": HEAD + "GY01,新竣工亿元项目,60,个,6月,,\n"}, (), 1),
    "DT210": (
        {
            "a.csv": HEAD
            + "GY01,,-3,个,6月,,\nXC06,,176,%,12月,,\nGY17,,10.5,家,6月,,\nGY12,,inf,,6月,,\n"
        },
        (),
        4,
    ),
    # The path names June: July can't be right, May is late or a correction.
    "DT211": ({"2024-06.csv": HEAD + MANY + "GY10,,30,个,2024-07,,\n"}, (), 1),
    "DT312": ({"2024-06.csv": HEAD + MANY + "GY10,,30,个,2024-05,,\n"}, (), 1),
    "DT313": ({"a.csv": HEAD + "GY01,,60,个,2024.1,,\nGY10,,30,个,2024.10,,\n"}, (), 1),
    # The month is no year's figure, nor is an amount of June alone a growth.
    "DT212": (
        {
            "a.csv": "编号,本月,期间\nGY01,8,6月\nGY10,—,6月\n",
            "b.csv": "编号,6月（个）\nGY01,8\n",
            "c.csv": "指标,当月同比,期间\n一般公共预算收入,6.3,6月\n",
        },
        (),
        3,
    ),
    # 1,280.5 without quotes, the last cell written or not.
    "DT213": (
        {
            "a.csv": HEAD + "GY12,,1,280.5,亿元,6月,,\nGY01,,60,个,6月,,\n",
            "b.csv": "编号,实际值,备注\nGY12,1,280.5\nGY01,60,\n",
            "c.csv": "编号,实际值,备注\nGY12,1,280.5,\n",
        },
        ("--as-of", "2024-06"),
        3,
    ),
    "DT301": ({"a.csv": HEAD + "GY01,,50,个,2024-05,,\nGY01,,12,个,2024-06,,\n"}, (), 1),
    # 58 is over 3 x 19, 57 is not; 0.06 is 6 % as a share; 60 is over 50 points. 800 firms of 850 are plausible.
    "DT302": (
        {
            "a.csv": HEAD + "CX15,,58,亿美元,6月,,\nZH02,,0.06,%,6月,,\nGY18,,8,百家,6月,,\n"
            "ZH01,,60,%,6月,,\nGY12,,5900,亿元,6月,,\n"
        },
        (),
        3,
    ),
    "DT303": (
        {"a.csv": HEAD + "GY01,,约60,个,6月,,\nGY10,,30+,个,6月,,\nZH02,,预计6.8,%,6月,,\n"},
        (),
        3,
    ),
    "DT304": ({"a.csv": HEAD + "GY01,,60,个,2024-05,,\nGY10,,30,个,2024-06,,\n"}, (), 1),
    "DT305": ({"a.csv": HEAD + "GY01,,60,,6月,,\n"}, (), 1),
    "DT306": ({"a.csv": HEAD + "GY01,,49,个,6月,,\nGY10,,29,个,6月,,等设备\n"}, (), 1),
    "DT307": (
        {"a.csv": HEAD + "GY01,,60,个,6月,农业农村局,\nGY10,,30,个,6月,东台市发改委,\n"},
        (),
        1,
    ),
    "DT308": ({"a.csv": "编号,实际值,单位\nGY01,101,个\n"}, (), 1),
    # 760 + 50 = 810 < 830; 373 + 30 = 403, a net sum must be exact.
    "DT309": (
        {
            "a.csv": HEAD
            + "GY17,,50,家,6月,,\nGY18,,830,家,6月,,\nCX01,,30,家,6月,,\nCX02,,402,家,6月,,\n"
        },
        (),
        2,
    ),
    "DT310": (
        {
            "2024-05/a.csv": HEAD + "GY01,,50,个,2024-05,,\n",
            "2024-06/a.csv": HEAD + "GY01,,48,个,2024-05,,\nGY01,,60,个,2024-06,,\n",
        },
        (),
        1,
    ),
    # Known in December only; from February on; nought says nothing.
    "DT321": (
        {"a.csv": HEAD + "ZH05,,2.44,%,3月,,\nZH03,,11,%,1月,,\nZH04,,0,%,1月,,\n"},
        (),
        2,
    ),
    # A file that names its month itself needs no folder.
    "DT323": (
        {
            "2024-06/a.csv": "编号,实际值,单位\nGY01,60,个\nGY10,30,个\n",
            "2024-06/b-6月.csv": "编号,实际值,单位\nGY17,55,家\n",
        },
        (),
        1,
    ),
    # An amount and its growth; a figure and its goal.
    "DT327": (
        {
            "a.csv": HEAD
            + "ZH02,,44.1亿元 增长6.9%,,6月,,\nGY10,,36/60,个,6月,,\nGY17,,60,家,6月,,\n"
        },
        (),
        2,
    ),
    # Three bureaus gave March's, one gives June's.
    "DT322": (
        {
            "a.csv": HEAD
            + "GY01,,30,个,3月,,\nGY11,,90,亿元,3月,,\nCX09,,9,亿元,3月,,\nGY01,,60,个,6月,,\n"
        },
        (),
        1,
    ),
    "DT311": (
        {"a.csv": HEAD + "一、工业,,,,,,\nGY01,,60,个,2024-07,,\n填报人：张三,,,,,,\n"},
        ("--as-of", "2024-06"),
        3,
    ),
    # Once a form, of whatever source.
    "DT314": (
        {
            "a.csv": "2024年1-6月\n编号,实际值,单位\nGY01,60,个\nGY10,30,个\n",
            "b-2024-06.csv": "编号,实际值,单位\nGY17,55,家\n",
            "2024-06/d.csv": "编号,实际值,单位\nGY11,150,亿元\n",
            "c-2024-06.csv": "编号,实际值,单位,期间\nGY18,800,家,6月\n",
        },
        (),
        2,
    ),
    "DT315": (
        {
            "a.csv": "单位：亿元、个\n编号,实际值,期间\nGY01,60,6月\nGY12,1000,6月\nGY11,150,6月\n",
            "b.csv": "单位：亿元\n编号,实际值,单位,期间\nGY10,30,个,6月\n",
        },
        (),
        2,
    ),
    # A fall in a column of growth, and under a name that doesn't say 降幅; 下降3.2% is plain.
    "DT316": (
        {
            "a.csv": "指标,同比增长,期间\n单位GDP能耗降幅,-3.2,6月\n",
            "b.csv": "指标,实际值,单位,期间\n单位GDP能耗,-3.2,%,6月\n",
            "c.csv": "指标,实际值,单位,期间\n单位GDP能耗降幅,下降3.2%,,6月\n",
        },
        (),
        2,
    ),
    "DT317": (
        {
            "a.csv": HEAD
            + "GY01,,60,个,6月,,数据截至5月底\nGY10,,30,个,6月,,计划7月开工\nGY17,,55,家,6月,,上月数\n"
        },
        (),
        2,
    ),
    "DT318": ({"a.csv": "编号,完成值,累计,期间\nGY01,8,60,6月\nGY10,4,30,6月\n"}, (), 1),
    "DT319": ({"a.csv": "编号,累计,本月,期间\nGY01,,8,6月\nGY10,30,4,6月\nGY17,—,—,6月\n"}, (), 1),
    # The same growth as the economy's, of which May is known and June is not.
    "DT324": (
        {
            "a.csv": "编号,实际值,单位,期间\nGY03,5,%,5月\nST01,6,%,6月\n",
            "t.yaml": SMALL.replace("assigned %", '">= GY03"'),
        },
        ("--targets", "t.yaml"),
        1,
    ),
    # 实际 is the year's; the plan and last year's are not.
    "DT320": (
        {
            "a.csv": "编号,类型,数值,期间\nGY01,计划,100,6月\nGY01,实际,60,6月\nGY01,上年同期,50,6月\n"
        },
        (),
        2,
    ),
}


@pytest.mark.parametrize("rule", [rule for rule in sorted(CATALOGUE) if rule < "DT4"])
def test_every_rule_of_a_submission_fires(rule, run, tmp_path, monkeypatch):
    files, more, count = FAULTS[rule]
    monkeypatch.chdir(tmp_path)
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        if name.endswith("/"):
            Path(name).mkdir(exist_ok=True)
            continue
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    read = [name for name in files if name != "t.yaml"]
    found = run("verify", *read, *more, "--format", "json").json["findings"]
    assert Counter(finding["rule"] for finding in found)[rule] == count
    assert all(finding["message"] and finding["hint"] and finding["file"] for finding in found)


@pytest.mark.parametrize("name", ["actuals.csv", "gb18030.csv"])
def test_nothing_is_wrong_with_the_clean_examples(name, run):
    found = run("verify", EXAMPLES / name, "--format", "json").json["findings"]
    # The one row of actuals.csv without a figure is said to be left out, no more.
    assert {finding["rule"] for finding in found} <= {"DT311"}


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_every_rule_has_a_full_page(rule):
    lines = rule.page.splitlines()
    assert rule.title
    for part in ("含义：", "为什么要紧：", "错例：", "改法："):
        assert sum(line.startswith(part) for line in lines) == 1


def test_families_stand_in_their_hundreds_with_a_level():
    assert all(re.fullmatch("DT[1-4][0-9]{2}", rule_id) for rule_id in CATALOGUE)
    assert {rule.level for rule in CATALOGUE.values()} == set(Level)


def test_what_is_ignored_but_an_error():
    """A finding may weigh more than its rule."""
    usual = Finding(CATALOGUE["DT417"], "…", "…", Place("a"))
    grave = Finding(CATALOGUE["DT417"], "…", "…", Place("a"), graded=Level.ERROR)
    other = Finding(CATALOGUE["DT418"], "…", "…", Place("a"))
    assert kept([usual, grave, other], {"DT417"}) == (grave, other)
