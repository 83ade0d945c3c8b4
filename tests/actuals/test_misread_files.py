"""Files that are sound though odd, and figures that can't be: read rightly, or refused aloud."""

from __future__ import annotations

import codecs
import zipfile

import pytest
from books import HEADER, inline, raw_parts, zipped
from forms import Form, check, of_level, used
from running import ROOT

FINE = "编号,指标,单位,实际值,期间\nGY01,新开工亿元以上项目,个,57,2024-06\n"
ROWS = HEADER + inline("GY01", "57", "个", "2024-06", row=2)


@pytest.fixture
def read(run, tmp_path, monkeypatch):
    """Return the report on one file of these bytes."""
    monkeypatch.chdir(tmp_path)

    def reading(name: str, content: bytes | str):
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        done = run("verify", name, "--targets", ROOT / "targets.yaml", "--format", "json")
        assert done.json["exit_code"] == done.code
        return done.json

    return reading


def is_read(document) -> None:
    assert used(document) == {"GY01": 57}
    assert of_level(document, "error") == of_level(document, "warning") == []
    assert document["exit_code"] == 0


# Workbooks that are sound

QUERY = codecs.BOM_UTF16_LE + (
    '<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="urn:a">AAAA</DataMashup>'
).encode("utf-16-le")


@pytest.mark.parametrize(
    "part", ["customXml/item1.xml", "customXml/itemProps1.xml", "xl/queries/查询1.xml"]
)
def test_parts_that_are_never_parsed_do_no_harm(read, part):
    is_read(read("报表.xlsx", zipped(raw_parts(ROWS) | {part: QUERY})))


def test_a_workbook_that_openpyxl_made_and_a_query_touched(judge, tmp_path, read):
    judge(Form(FINE, {"GY01": 57}), kind="xlsx")
    path = tmp_path / "报数表.xlsx"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", QUERY)
    is_read(read("又名.xlsx", path.read_bytes()))


@pytest.mark.parametrize(
    "renamed",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("sheet1", "Sheet1"),
        lambda name: name.replace("worksheets", "WorkSheets"),
    ],
    ids=["backslashes", "a capital", "capitals"],
)
def test_names_of_parts(read, renamed):
    is_read(
        read("报表.xlsx", zipped({renamed(name): part for name, part in raw_parts(ROWS).items()}))
    )


# Texts that are sound, or say what is wrong


@pytest.mark.parametrize("cell", ['="57"', '"=""57"""'])
def test_a_number_kept_as_text_by_a_formula(read, cell):
    is_read(read("报表.csv", FINE.replace("57", cell)))


def test_a_column_that_was_too_narrow(read):
    document = read("报表.csv", FINE.replace("57", "########"))
    assert used(document) == {}
    assert [(each["row"], each["column"]) for each in of_level(document, "error")] == [
        (2, "实际值")
    ]
    assert document["exit_code"] == 1


@pytest.mark.parametrize(
    "text",
    [
        FINE.replace(",", "，"),
        FINE.replace(",", "，").replace("\n", "\r\n"),
        "2024年6月报数表\n" + FINE.replace(",", "，"),
    ],
    ids=["plain", "windows", "under a title"],
)
def test_commas_that_are_chinese(read, text):
    """Reading them is fine, and so is saying what they are; ending green without a figure is not."""
    document = read("报表.csv", text)
    if used(document):
        is_read(document)
    else:
        assert document["exit_code"] == 2
        said = " ".join(each["message"] + each["hint"] for each in of_level(document, "error"))
        assert "全角" in said or "中文逗号" in said or "“，”" in said


def test_rows_in_one_pair_of_quotes(read):
    text = "\n".join(f'"{line}"' for line in FINE.splitlines()) + "\n"
    document = read("报表.csv", text)
    if used(document):
        is_read(document)
    else:
        assert document["exit_code"] == 2
        assert any("引号" in each["message"] + each["hint"] for each in of_level(document, "error"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("报表.xlsx", b"\x62\x14\x23\x65\x01\x01\x00\x00E-SafeNet\x00LOCK" + bytes(600), "加密"),
        ("报表.xls", '<div class="a"><table><tr><td>编号</td></tr></table></div>', "网页"),
        ("报表.xls", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n--a\n", "网页"),
    ],
    ids=["drm", "div", "mime"],
)
def test_what_a_file_really_is(read, name, content, said):
    document = read(name, content)
    (error,) = of_level(document, "error")
    assert (error["rule"], document["exit_code"]) == ("DT101", 2)
    assert said in error["message"] + error["hint"]


# Figures that can't be, and figures that are hardly right

IMPOSSIBLE = [
    ("新开工亿元以上项目", "个", "10001"),  # over 100 times 100
    ("全口径工业开票销售", "亿元", "200001"),
    ("外贸进出口", "亿美元", "1901"),
    ("绿色信贷规模", "亿元", "32001"),
    ("一般公共预算收入增长", "%", "1001"),
    ("一般公共预算收入增长", "%", "-100.5"),
    ("一般公共预算收入增长", "", "60"),  # beyond 50 points, and no unit
]
IMPLAUSIBLE = [
    ("新开工亿元以上项目", "个", "301"),  # over 3 times 100
    ("新开工亿元以上项目", "个", "10000"),
    ("外贸进出口", "亿美元", "57.1"),
    ("绿色信贷规模", "亿元", "961"),
    ("一般公共预算收入增长", "%", "50.5"),
    ("一般公共预算收入增长", "%", "106.5"),  # an index
    ("新突破50亿级重特大项目", "个", "6"),
]
PLAUSIBLE = [
    ("新开工亿元以上项目", "个", "300"),
    ("外贸进出口", "亿美元", "57"),
    ("绿色信贷规模", "亿元", "960"),
    ("一般公共预算收入增长", "%", "44"),  # 7.3 times the goal
    ("新能源产业开票销售增长", "%", "130"),  # 100 are promised
    ("新突破50亿级重特大项目", "个", "5"),
]


def table(name: str, unit: str, cell: str) -> Form:
    return Form(f"指标,单位,实际值,期间\n{name},{unit},{cell},2024-06\n")


@pytest.mark.parametrize(("name", "unit", "cell"), IMPOSSIBLE)
def test_impossible_figures_are_not_used(judge, name, unit, cell):
    document = judge(table(name, unit, cell))
    assert used(document) == {}
    assert [(each["rule"], each["row"]) for each in of_level(document, "error")] == [("DT210", 2)]
    assert document["exit_code"] == 1


@pytest.mark.parametrize(("name", "unit", "cell"), IMPLAUSIBLE)
def test_implausible_figures_are_used_and_told(judge, name, unit, cell):
    document = judge(table(name, unit, cell))
    assert list(used(document).values()) == [float(cell)]
    assert of_level(document, "error") == []
    assert [(each["rule"], each["row"]) for each in of_level(document, "warning")] == [("DT302", 2)]


@pytest.mark.parametrize(("name", "unit", "cell"), PLAUSIBLE)
def test_plausible_figures_are_not_told(judge, name, unit, cell):
    document = judge(table(name, unit, cell))
    assert list(used(document).values()) == [float(cell)]
    assert of_level(document, "error") == of_level(document, "warning") == []


@pytest.mark.parametrize("cell", ["1", "500"])
def test_a_limit_has_no_bound(judge, cell):
    """An accident is judged, not doubted."""
    form = table("系统性风险事件", "起", cell)
    document = judge(form)
    assert used(document) == {"AQ03": float(cell)}
    assert of_level(document, "error") == of_level(document, "warning") == []
    assert document["exit_code"] == 1


def test_both_are_refused(judge):
    form = Form(
        """
编号,指标,单位,实际值,期间
GY12,全口径工业开票销售,亿元,7000000,2024-06
GY01,新开工亿元以上项目,个,30000,2024-06
""",
        errors=(("DT210", 2), ("DT210", 3)),
        code=1,
    )
    check(judge(form), form)
