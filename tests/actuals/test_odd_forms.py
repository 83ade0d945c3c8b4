"""Forms that a reader understands at a glance and a program may not: nothing of them gets lost."""

from __future__ import annotations

import pytest
from books import write_book
from making import SMALL, by_code, findings, rules, value, write

HEAD = "编号,指标,实际值,单位,期间,填报单位,备注\n"


# Headers


def test_a_row_above_the_header_is_not_lost(verify):
    document = verify("GY01,,60,2024-06\n编号,指标,实际值,期间\nCX01,,40,2024-06\n")
    assert findings(document, "DT108") == [("DT108", 1, None)]
    assert value(document, "CX01") == 40
    assert document["exit_code"] == 1


def test_a_header_that_was_sorted_to_the_end(verify):
    document = verify("CX01,,40,2024-06\nGY01,,60,2024-06\n编号,指标,实际值,期间\n")
    assert findings(document) == [("DT105", None, None), ("DT108", 1, None), ("DT108", 2, None)]


@pytest.mark.parametrize("at", range(4))
def test_no_row_is_lost_wherever_the_header_stands(verify, at):
    rows = ["GY01,,60,个,6月,,说明", "CX01,,40,家,6月,,备注", ",利用外资,1,亿美元,6月,,编号"]
    document = verify("\n".join([*rows[:at], HEAD.strip(), *rows[at:]]) + "\n")
    used = {each["actual"]["row"] for each in document["results"] if each["actual"]}
    said = {each["row"] for each in document["findings"] if each["rule"] == "DT108"}
    assert (said, used) == (set(range(1, at + 1)), set(range(at + 2, 5)))


def test_a_title_with_a_target_and_no_figure_is_a_title(verify):
    document = verify("新开工项目\n2024年6月\n编号,实际值,单位,期间\nGY01,60,个,6月\n")
    assert findings(document) == []


TWO_ROWS = {
    # 累计完成 says what it is, 上年同期 that it is no figure to check.
    "known words": ",,上年同期,累计完成,,\n",
    # 实际值 stands over both.
    "month and total": ",,本月,累计,,\n",
    "with the span": ",,本月,1-6月累计,,\n",
}


@pytest.mark.parametrize("second", TWO_ROWS.values(), ids=TWO_ROWS)
def test_a_header_of_two_rows(verify, second):
    document = verify(f"编号,指标,实际值,,单位,期间\n{second}CX01,净增高企,50,40,家,6月\n")
    assert value(document, "CX01") == 40
    assert {rule for rule, _, _ in findings(document)} <= {"DT103"}


def test_a_header_of_two_rows_in_a_workbook(run, tmp_path):
    path = tmp_path / "a.xlsx"
    heads = ["编号", "指标", "实际值", None, "单位", "期间"]
    rows = [heads, [None, None, "上年同期", "累计完成"], ["CX01", "净增高企", 50, 40, "家", "6月"]]
    write_book(path, {"报表": rows}, merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"))
    targets = write(tmp_path / "t.yaml", SMALL)
    document = run("verify", path, "--targets", targets, "--format", "json").json
    assert value(document, "CX01") == 40
    assert [each for each in document["findings"] if each["level"] == "error"] == []


def test_a_header_of_two_rows_without_a_total(verify):
    """The month's own figure must not be taken for the total."""
    document = verify(
        "编号,指标,实际值,,单位,期间\n,,本月,上年同期,,\nCX01,净增高企,50,20,家,6月\n"
    )
    assert findings(document) == [("DT212", 3, "实际值/本月")]
    assert (value(document, "CX01"), document["exit_code"]) == (None, 1)


@pytest.mark.parametrize(
    "first", ["CX01,,累计,家,6月", ",净增高企,本月,家,6月", "XX01,,累计,家,6月"]
)
def test_a_row_that_names_something_is_no_header(verify, first):
    document = verify(f"编号,指标,实际值,单位,期间\n{first}\nGY01,,60,个,6月\n")
    assert value(document, "GY01") == 60
    assert [row for _, row, _ in findings(document)] == [2]


@pytest.mark.parametrize("strange", ["桶", "单位：万圆", "万圆"])
def test_an_unknown_unit_in_the_header_is_no_goal_unit(verify, strange):
    document = verify(f"编号,实际值（{strange}）,期间\nGY02,150,6月\nCX03,0.7亿美元,6月\n")
    # The second row says its unit itself.
    assert findings(document) == [("DT203", 2, f"实际值（{strange}）")]
    assert value(document, "GY02") is None
    assert value(document, "CX03") == 0.7


@pytest.mark.parametrize(
    "words",
    [
        "必填",
        "填累计数",
        "请填累计数",
        "1-6月",
        "本年",
        "不含税口径",
        "不含上年结转",
        "未计入结转",
        "含市本级",
        "",
    ],
)
def test_brackets_that_tell_how_to_fill_in(verify, words):
    document = verify(f"编号,实际值（{words}）,单位,期间\nGY02,150,亿元,6月\n")
    assert findings(document) == []


@pytest.mark.parametrize(
    "words", ["万元，保留两位小数", "单位：万元", "填累计数，万元", "万元、本年"]
)
def test_a_unit_beside_what_to_fill_in(verify, words):
    """The unit must not get lost: 1,500,000 would be of the goal's 亿元."""
    document = verify(f"编号,实际值（{words}）,期间\nGY02,1500000,6月\n")
    assert value(document, "GY02") == 150
    assert findings(document) == []


@pytest.mark.parametrize("words", ["万元、亿元", "元/月", "万元/亩"])
def test_a_unit_in_brackets_that_is_none_of_ours(verify, words):
    document = verify(f"编号,实际值（{words}）,期间\nGY02,150,6月\n")
    assert findings(document) == [("DT203", 2, f"实际值（{words}）")]


@pytest.mark.parametrize(
    "words",
    ["上年同期", "2023年", "计划", "完成率", "含上年结转", "包括往年", "含结转", "含跨年项目"],
)
def test_brackets_that_make_it_no_actual(verify, words):
    document = verify(f"编号,实际值（{words}）,单位,期间\nGY01,60,个,6月\n")
    assert (rules(document), document["exit_code"]) == (["DT102"], 2)


def test_a_finding_on_the_unit_of_a_header_is_at_that_header(verify):
    document = verify("编号,1-6月累计（亿元）\nGY01,60\n")
    assert findings(document) == [("DT204", 2, "1-6月累计（亿元）")]


def test_a_header_once_more_starts_a_new_page(verify):
    page = "编号,实际值（个）,期间\nGY01,60,6月\n"
    document = verify(page + page.replace("GY01,60", "ST02,0"))
    assert (value(document, "GY01"), value(document, "ST02")) == (60, 0)
    assert findings(document) == []


def test_another_header_has_columns_of_its_own(verify):
    """The second form's actual stands where the first has its goal."""
    first = "编号,实际值,年度目标,单位,期间\nGY01,60,100,个,6月\n"
    second = "编号,年度目标,实际值,单位,期间\nCX01,70,40,家,6月\n"
    document = verify(first + "二、创新\n" + second)
    assert (value(document, "GY01"), value(document, "CX01")) == (60, 40)
    assert findings(document) == [("DT311", 3, None)]


@pytest.mark.parametrize("text", ["{0}GY01,60,个,6月\n{0}", "{0}{0}GY01,60,个,6月\n"])
def test_a_header_that_nothing_follows_is_layout(verify, text):
    document = verify(text.format("编号,实际值,单位,期间\n"))
    assert value(document, "GY01") == 60
    row = 3 if text.endswith("{0}") else 1
    assert (findings(document), document["exit_code"]) == ([("DT311", row, None)], 0)


def test_a_slip_of_the_code_is_no_layout(verify):
    """A period or the word 说明 in a row doesn't make a header of it."""
    document = verify(HEAD + "GY1O,,77,个,2024-06,,说明\n")
    assert findings(document) == [("DT201", 2, "编号")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><table><tr><td>编号</td></tr></table>", "网页"),
        ("\ufeff  <?xml version='1.0'?><Workbook/>", "网页或 XML"),
        ("%PDF-1.4\n编号,实际值\n", "PDF"),
    ],
)
def test_what_systems_export_under_another_name(verify, content, said):
    document = verify(content, names=("a.xls",))
    assert rules(document) == ["DT101"]
    assert said in document["findings"][0]["message"]
    assert document["exit_code"] == 2


# Rows


def test_the_only_period_of_a_form_holds_for_all_its_rows(verify):
    rows = "GY01,,60,个,6月,,\nCX01,,40,家,,,\nCX03,,0.7,亿美元,,,\n"
    document = verify(HEAD + rows)
    used = {code: by_code(document)[code]["actual"] for code in ("GY01", "CX01", "CX03")}
    assert {code: (each["value"], each["period"]) for code, each in used.items()} == {
        "GY01": (60, "2024-06"),
        "CX01": (40, "2024-06"),
        "CX03": (0.7, "2024-06"),
    }
    # Said once: whoever reads it can check.
    assert findings(document) == [("DT314", None, None)]


def test_a_row_without_a_period_beside_several_is_refused(verify):
    """Two months stand in the form: which of them the third row is of, nobody knows."""
    rows = "GY01,,60,个,6月,,\nCX01,,40,家,5月,,\nCX03,,1,亿美元,,,\n"
    document = verify(HEAD + rows)
    # It doesn't age the others either.
    assert document["as_of"] == "2024-06"
    assert by_code(document)["GY01"]["status"] == "on_track"
    assert (by_code(document)["CX03"]["status"], value(document, "CX03")) == ("no_data", None)
    assert findings(document, "DT205", "DT308") == [("DT205", 4, "期间")]
    (hint,) = [each["hint"] for each in document["findings"] if each["rule"] == "DT205"]
    assert hint.startswith("补上这一行的期间")


def test_a_period_that_only_a_later_row_names_gives_way_to_the_title(verify):
    """The first figure's row names none: the title is of it as of the others."""
    title = "2024年1-6月重点指标\n"
    document = verify(title + HEAD + "GY01,,60,个,,,\nCX01,,40,家,5月,,\n")
    assert by_code(document)["GY01"]["actual"]["period"] == "2024-06"
    assert by_code(document)["CX01"]["actual"]["period"] == "2024-05"
    assert ("DT314", None, None) in findings(document)


@pytest.mark.parametrize("note", ["", "—", "/", "无", " - ", "暂无"])
def test_a_dash_is_no_reason(verify, note):
    document = verify(HEAD + f"GY01,,10,个,6月,,{note}\n")
    assert rules(document) == ["DT306"]
    assert by_code(document)["GY01"]["actual"]["note"] is None


def test_the_reason_may_stand_in_either_of_two_equal_rows(verify):
    twice = "GY01,,10,个,6月,,\nGY01,,10,个,6月,,雨季\n"
    assert rules(verify(HEAD + twice)) == ["DT207"]
    other = HEAD + "GY01,,10,个,2024-06,,雨季\n"
    assert rules(verify(HEAD + "GY01,,10,个,6月,,\n", other)) == ["DT207"]


@pytest.mark.parametrize(
    ("code", "column", "cell", "expected"),
    [("CX03", "亿", "0.7", 0.7), ("CX03", "万", "7000", 0.7), ("GY02", "万", "1500000", 150)],
)
def test_a_unit_column_of_a_size_alone(verify, code, column, cell, expected):
    document = verify(HEAD + f"{code},,{cell},{column},6月,,备\n")
    assert value(document, code) == expected
    assert findings(document) == []


@pytest.mark.parametrize("cell", ["下降-3.2%", "降低-3.2%"])
def test_a_fall_of_less_than_nothing_is_refused(verify, cell):
    for code in ("GY03", "ST01"):
        assert findings(verify(HEAD + f"{code},,{cell},,6月,,\n")) == [("DT202", 2, "实际值")]


@pytest.mark.parametrize("head", ["降幅（%）", "同比下降（%）"])
def test_a_negative_figure_in_a_column_of_falls_is_refused(verify, head):
    """-3.2 of 下降 is a rise by the word, and a fall by what people mean."""
    document = verify(f"编号,{head},期间\nST01,-3.2,6月\n")
    assert findings(document) == [("DT202", 2, head)]
    assert value(verify(f"编号,{head},期间,下达目标\nST01,3.2,6月,3\n"), "ST01") == 3.2


def test_a_growth_of_less_than_nothing_is_a_fall(verify):
    document = verify(HEAD + "GY03,,增长-3.2%,,6月,,雨\n")
    assert value(document, "GY03") == -3.2


def test_a_bureau_with_brackets_in_its_name(run, tmp_path):
    text = SMALL.replace("科学技术局", "科学技术局（外专局）")
    targets = write(tmp_path / "t.yaml", text)
    path = write(tmp_path / "a.csv", HEAD + "CX01,,40,家,6月,科学技术局（外专局）,\n")
    assert run("verify", path, "--targets", targets, "--format", "json").json["findings"] == []
    assert run("verify", path, "--targets", targets, "--lead", "科学技术局（外专局）").code == 0


# Periods


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2024年度", 12),
        ("2024年全年度", 12),
        ("截至6月", 6),
        ("截止到2024年6月", 6),
        ("截至2024-06", 6),
    ],
)
def test_more_ways_to_write_a_period(verify, written, month):
    document = verify(HEAD + f"GY01,,101,个,{written},,\n")
    assert document["as_of"] == f"2024-{month:02d}"
    assert findings(document) == []


@pytest.mark.parametrize(
    ("written", "doubted"), [("2024.1", True), ("2024.10", False), ("2024.2", False)]
)
def test_an_october_that_lost_its_zero(verify, written, doubted):
    document = verify(HEAD + f"GY01,,40,个,{written},,雨季\n")
    assert (
        document["as_of"]
        == {"2024.1": "2024-01", "2024.10": "2024-10", "2024.2": "2024-02"}[written]
    )
    assert rules(document) == ["DT313"] * doubted


@pytest.mark.parametrize(("shown", "month"), [("0.00", "2024-10"), ("General", "2024-01")])
def test_an_october_that_a_workbook_shows_as_such(run, tmp_path, shown, month):
    path = tmp_path / "a.xlsx"
    rows = [["编号", "实际值", "单位", "期间", "备注"], ["GY01", 40, "个", (2024.1, shown), "雨季"]]
    write_book(path, {"报表": rows})
    targets = write(tmp_path / "t.yaml", SMALL)
    document = run("verify", path, "--targets", targets, "--format", "json").json
    assert document["as_of"] == month
    assert rules(document) == ["DT313"] * (shown == "General")


@pytest.mark.parametrize(
    ("name", "rule"),
    [("2024年6月/a.csv", "DT323"), ("202406.csv", "DT314"), ("发改委-2024-06.csv", "DT314")],
)
def test_months_in_paths(verify, name, rule):
    """Said, and where a reader may see it unless it is the folder, which is how things are filed."""
    document = verify("编号,实际值,单位\nGY01,60,个\n", names=(name,))
    assert document["as_of"] == "2024-06"
    assert findings(document) == [(rule, None, None)]
