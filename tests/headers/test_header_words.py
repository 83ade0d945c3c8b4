"""What headers may say: of which period and unit the figures are, and what is only a word to clerks."""

from __future__ import annotations

import pytest
from making import by_code, findings, rules, value


def read(verify, head, cell="150"):
    """Return figure and period of GY02 (亿元) in a column of this head; None where it is no figure."""
    document = verify(f"编号,{head}\nGY02,{cell}\n")
    actual = by_code(document)["GY02"]["actual"]
    return actual and (actual["value"], actual["period"])


@pytest.mark.parametrize("mark", "- — – 至 ~".split())
@pytest.mark.parametrize(
    "after",
    "|累计|累计数|完成|完成数|实际|实际数|累计实际值|实际值|完成值|累计完成|累计值|本期累计".split(
        "|"
    ),
)
def test_a_span_of_months_makes_a_column_of_figures(verify, mark, after):
    assert read(verify, f"1{mark}6月{after}（亿元）") == (150, "2024-06")


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("上半年", "2024-06"),
        ("上半年完成", "2024-06"),
        ("一季度", "2024-03"),
        ("第一季度累计", "2024-03"),
        ("全年完成", "2024-12"),
        ("6月累计", "2024-06"),
        ("2024年6月累计", "2024-06"),
        ("截至6月底累计", "2024-06"),
    ],
)
def test_periods_that_name_a_column_of_figures(verify, head, period):
    assert read(verify, f"{head}（亿元）") == (150, period)


@pytest.mark.parametrize("head", ["上半年目标", "上年同期", "完成时限", "1-6月进展说明", "负责人"])
def test_what_is_no_column_of_figures(verify, head):
    document = verify(f"编号,{head}（亿元）\nGY02,150\n")
    assert (rules(document), document["exit_code"]) == (["DT102"], 2)


@pytest.mark.parametrize("brackets", ["（）", "()", "[]", "【】", "〔〕"])
@pytest.mark.parametrize(
    ("inside", "figure"), [("万元", "1500000"), ("单位：万元", "1500000"), ("单位:亿元", "150")]
)
def test_units_in_brackets_of_any_kind(verify, brackets, inside, figure):
    head = f"1-6月累计{brackets[0]}{inside}{brackets[1]}"
    assert read(verify, head, figure) == (150, "2024-06")


@pytest.mark.parametrize("mark", "填数计期年月季口含值市报选必文注")
def test_words_in_brackets_that_are_no_unit(verify, mark):
    """Each of these tells a clerk how to fill in the column: 必填, 含税, 全口径…"""
    document = verify(f"编号,实际值（甲{mark}乙）,单位,期间\nGY02,150,亿元,6月\n")
    assert findings(document) == []
    assert value(document, "GY02") == 150


def test_what_may_be_a_unit_is_asked_about(verify):
    document = verify("编号,实际值（甲乙）,期间\nGY02,150,6月\n")
    assert findings(document) == [("DT203", 2, "实际值（甲乙）")]
    assert "甲乙" in document["findings"][0]["message"]


@pytest.mark.parametrize(
    "second",
    "累计 本月 本期 本季 本年 当月 当期 当季 当年 上月 上期 上年 同期 同比 上年同期 增幅 完成率".split(),
)
def test_a_second_row_that_says_which_figure(verify, second):
    """Under 实际值 stands what its first column holds; of two, the one called 累计 is read."""
    other = "本月" if second == "累计" else "累计"
    document = verify(
        f"编号,指标,实际值,,单位,期间\n,,{second},{other},,\nCX01,净增高企,50,40,家,6月\n"
    )
    assert value(document, "CX01") == (50 if second == "累计" else 40)
    assert {rule for rule, _, _ in findings(document)} <= {"DT103", "DT318"}


@pytest.mark.parametrize("second", ["甲", "50"])
def test_a_second_row_that_says_nothing_is_a_row(verify, second):
    document = verify(f"编号,指标,实际值,单位,期间\n,,{second},,\nGY01,,60,个,6月\n")
    assert value(document, "GY01") == 60
    assert [row for _, row, _ in findings(document)][:1] == [2]


def test_a_head_of_a_hundred_characters_is_one_and_a_longer_is_not(verify):
    head = "实际值（" + "填" * 95 + "）"
    assert len(head) == 100
    assert value(verify(f"编号,{head},单位,期间\nGY02,150,亿元,6月\n"), "GY02") == 150
    longer = head.replace("填", "填填", 1)
    assert rules(verify(f"编号,{longer},单位,期间\nGY02,150,亿元,6月\n")) == ["DT102"]


def test_the_header_that_names_most_is_read(verify):
    """A line above it may name something, too."""
    title = "填报单位：,发改委,单位：,个,\n"
    document = verify(title + "编号,实际值,单位,期间\nGY01,60,个,6月\n")
    assert (value(document, "GY01"), document["findings"]) == (60, [])


def test_what_was_found_where_a_column_is_missing(verify):
    heads = [f"列{number}" for number in range(1, 12)]
    [finding] = verify(",".join(["编号", *heads, "单位"]) + "\nGY01,60\n")["findings"]
    shown = "、".join(["编号", *heads])
    assert finding["message"] == f"表头缺少“实际值”列，找到的是：{shown}…"
    [finding] = verify("实际值,单位\n60,个\n")["findings"]
    assert finding["message"] == "表头缺少“编号”或“指标”列，找到的是：实际值、单位"
    [finding] = verify("\n甲,,乙\n1,2,3\n")["findings"]
    assert finding["message"] == "没有找到表头，最像表头的一行是：1、2、3"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "文件是空的"),
        ("\n , \n", "文件是空的"),
        (f"{'甲' * 21},乙\n1,2\n", f"没有找到表头，最像表头的一行是：{'甲' * 20}、乙"),
        (" 单位 ,,实际值\n个,,1\n", "表头缺少“编号”或“指标”列，找到的是：单位、实际值"),
        ("单位,期间\n个,1\n", "表头缺少“编号”或“指标”和“实际值”列，找到的是：单位、期间"),
        (",".join(f"列{number}" for number in range(12)) + "\n", None),
    ],
)
def test_what_is_said_of_no_header(verify, text, message):
    [finding] = verify(text)["findings"]
    listed = "、".join(f"列{number}" for number in range(12))
    assert finding["message"] == (message or f"没有找到表头，最像表头的一行是：{listed}")
    assert finding["hint"] == (
        "表头至少要有“编号”或“指标”，还有“实际值”；dtcheck explain DT102 列出认得的写法，"
        f"本地的写法用 --column {'指标' if text.startswith(' 单位') else '实际值'}=本地的表头 说明"
    )


def test_what_is_said_of_odd_columns(verify):
    document = verify("编号,实际值,单位,期间,天气\nGY01,60,个,6月,晴\n")
    [finding] = document["findings"]
    assert (finding["message"], finding["hint"]) == (
        "不认识的列“天气”，已略过",
        "不需要检查的列可以不管；否则改成认得的表头",
    )
    [finding] = verify(f"编号,实际值,单位,期间,{'天' * 41}\nGY01,60,个,6月,晴\n")["findings"]
    assert finding["message"] == f"不认识的列“{'天' * 40}”，已略过"
    document = verify("编号,累计数,累计完成,单位,期间\nGY01,60,66,个,6月\n")
    [finding] = document["findings"]
    assert (finding["message"], finding["hint"]) == (
        "“累计数”（60）和“累计完成”（66）两列都可能是实际值，不知道用哪一列，没有使用",
        "只留一列，或用 --column 实际值=累计数 指明",
    )


def test_a_column_that_the_user_named_wins(verify):
    text = "编号,实际值,上报数,单位,期间\nGY01,50,60,个,6月\n"
    document = verify(text, options=("--column", "实际值=上报数"))
    assert value(document, "GY01") == 60
    assert findings(document) == []
    turned = text.replace("实际值,上报数", "上报数,实际值").replace("50,60", "60,50")
    document = verify(turned, options=("--column", "实际值=上报数"))
    assert (value(document, "GY01"), findings(document)) == (60, [])


def test_what_is_said_of_a_row_above_the_header(verify):
    long = "新开工项目" + " " * 3
    document = verify(f"{long},60,2024-06\n编号,指标,实际值,期间\nCX01,,40,2024-06\n")
    [finding] = [each for each in document["findings"] if each["rule"] == "DT108"]
    assert (finding["message"], finding["hint"], finding["row"]) == (
        "“新开工项目”这一行在表头的上面，没有读",
        "把表头移到数据的上面",
        1,
    )
