"""Every form an actual takes in design §4, in the goal's unit, and what is refused and why."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from making import make_target, read_cell

from dtcheck.cells.available import is_available
from dtcheck.units import parse_unit

TARGETS = {
    "money": make_target("> 2000 亿元", name="开票销售"),
    "dollars": make_target(">= 1.2 亿美元", name="利用外资"),
    "growth": make_target("~ 6.5 %", "rate", name="地区生产总值增长"),
    "days": make_target("> 0 天", "rate", name="优良天数变化"),
    "fall": make_target("assigned %", "rate", name="单位GDP能耗降幅"),
    "share": make_target(">= 76 %", "level", name="农产品比重"),
    "count": make_target("> 100 个", name="新开工项目"),
    "net": make_target(">= 70 家", name="净增国家高企"),
    "total": make_target("> 850 家", "level", name="企业总数"),
    "people": make_target(">= 2 万人", name="新增就业"),
    "visitors": make_target("> 1100 万人次", name="游客"),
    "land": make_target(">= 6.6 万亩", name="高标准农田"),
    "road": make_target(">= 110 公里", name="公路"),
    "power": make_target(">= 140 万千瓦", name="海上风电"),
    "toilets": make_target(">= 2 万座", name="户厕改造"),
    "houses": make_target(">= 2100 户", name="农房改善"),
    "rank": make_target("<= 100 位", "level", name="位次"),
}


def read(kind: str, text: str, unit: str = "", header: str | None = None):
    found = read_cell(text, unit, parse_unit(header) if header else None, TARGETS[kind])
    return found.value, [remark.rule.id for remark in found.remarks]


# target, cell, unit column, unit of the header, value in the goal's unit
PLAIN = [
    ("money", "1710", "亿元", None, "1710"),
    ("money", "1,710", "亿元", None, "1710"),
    ("money", "19 278.1", "亿元", None, "19278.1"),
    ("money", "１７１０．５", "亿元", None, "1710.5"),
    ("money", "１，７１０", "亿元", None, "1710"),
    ("money", "1710亿元", "", None, "1710"),
    ("money", "1710 亿元", "", None, "1710"),
    ("money", "1710亿元", "亿元", None, "1710"),
    ("money", "17100000", "万元", None, "1710"),
    ("money", "1.71", "千亿元", None, "1710"),
    ("money", "1710", "", "亿元", "1710"),
    ("money", "17100000", "", "万元", "1710"),
    ("money", "1710", "亿元", "亿元", "1710"),
    ("count", "48个", "项", "家", "48"),  # worth the same
    ("money", "1710", "元人民币", None, "0.0000171"),
    ("money", "0", "亿元", None, "0"),
    ("money", "+5", "亿元", None, "5"),
    ("money", "  1710  ", " 亿元 ", None, "1710"),
    ("dollars", "6070万美元", "", None, "0.607"),
    ("dollars", "6070", "万美元", None, "0.607"),
    ("dollars", "12000万", "美元", None, "1.2"),
    ("dollars", "1.2亿", "美元", None, "1.2"),
    ("dollars", "6070万", "万美元", None, "0.607"),
    ("dollars", "6,070 万美元", "", None, "0.607"),
    ("growth", "6.5%", "", None, "6.5"),
    ("growth", "6.5％", "", None, "6.5"),
    ("growth", "６．５％", "", None, "6.5"),
    ("growth", "6.5", "%", None, "6.5"),
    ("growth", "6.5", "", "%", "6.5"),
    ("growth", "6.5%", "%", None, "6.5"),
    ("growth", "6.5个百分点", "", None, "6.5"),
    ("growth", "6.5百分点", "", None, "6.5"),
    ("growth", "6.5", "百分点", None, "6.5"),
    ("growth", "增长6.5%", "", None, "6.5"),
    ("growth", "同比增长6.5%", "", None, "6.5"),
    ("growth", "上升6.5个百分点", "", None, "6.5"),
    ("growth", "下降3.2%", "", None, "-3.2"),
    ("growth", "同比下降3.2％", "", None, "-3.2"),
    ("growth", "减少3.2", "%", None, "-3.2"),
    ("growth", "-3.2%", "", None, "-3.2"),
    ("growth", "−3.2%", "", None, "-3.2"),
    ("growth", "－３．２", "%", None, "-3.2"),
    ("growth", "持平", "", None, "0"),
    ("growth", "与上年持平", "%", None, "0"),
    ("growth", "0", "%", None, "0"),
    ("growth", "-100", "%", None, "-100"),  # nothing is left of it
    ("growth", "1000%", "", None, "1000"),
    ("days", "增加5天", "", None, "5"),
    ("days", "减少5", "天", None, "-5"),
    # 降幅 counts falls: 下降3% is 3.
    ("fall", "3", "%", None, "3"),
    ("fall", "下降3%", "", None, "3"),
    ("fall", "增长3%", "", None, "-3"),
    ("share", "76%", "", None, "76"),
    ("share", "100", "%", None, "100"),
    ("share", "0", "%", None, "0"),
    ("count", "48个", "", None, "48"),
    ("count", "48", "项", None, "48"),
    ("count", "48家", "个", None, "48"),  # counted things stand for one another
    ("count", "1.05", "百个", None, "105"),
    ("count", "48.0", "个", None, "48"),
    ("net", "-3", "家", None, "-3"),  # only a 净增 may be negative
    ("people", "1.05", "万人", None, "1.05"),
    ("people", "10500名", "", None, "1.05"),
    ("people", "10500", "人", None, "1.05"),
    ("visitors", "580.5", "万人次", None, "580.5"),
    ("land", "4400公顷", "", None, "6.6"),
    ("land", "66000", "亩", None, "6.6"),
    ("road", "55000", "米", None, "55"),
    ("road", "55km", "", None, "55"),
    ("power", "1.4", "吉瓦", None, "140"),
    ("power", "700MW", "", None, "70"),
    ("power", "14万", "千瓦", None, "14"),
    ("toilets", "1.2", "万座", None, "1.2"),
    ("toilets", "12000", "座", None, "1.2"),
    ("houses", "1.05千户", "", None, "1050"),
    ("rank", "88", "位", None, "88"),
    # The words of an office that change nothing
    ("money", "累计1710亿元", "", None, "1710"),
    ("money", "完成1710亿元", "", None, "1710"),
    ("count", "已新增48个", "", None, "48"),
]


@pytest.mark.parametrize(("kind", "text", "unit", "header", "expected"), PLAIN)
def test_accepted_without_a_word(kind, text, unit, header, expected):
    assert read(kind, text, unit, header) == (Fraction(expected), [])


@pytest.mark.parametrize(
    ("kind", "text", "unit", "expected"),
    [
        ("count", "约20", "个", "20"),
        ("count", "大约20个", "", "20"),
        ("count", "20+", "个", "20"),
        ("count", "20多个", "", "20"),
        ("count", "20余个", "", "20"),
        ("count", "20个左右", "", "20"),
        ("count", "20个以上", "", "20"),
        ("count", "超20个", "", "20"),
        ("count", "近20个", "", "20"),
        ("count", ">20", "个", "20"),
        ("growth", "预计6.8", "%", "6.8"),
        ("growth", "预计增长6.8%", "", "6.8"),
        ("growth", "增长6.8%左右", "", "6.8"),
        ("growth", "6%以上", "", "6"),
        ("growth", "6.8%(预计)", "", "6.8"),
        ("growth", "6.8（预计）", "%", "6.8"),
        ("dollars", "约6070万美元", "", "0.607"),
    ],
)
def test_taken_with_a_warning(kind, text, unit, expected):
    assert read(kind, text, unit) == (Fraction(expected), ["DT303"])


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("money", "1710", "1710"),
        ("growth", "6.5", "6.5"),
        ("growth", "下降3.2", "-3.2"),
        ("dollars", "1.2亿", "1.2"),
        ("dollars", "6070万", "0.607"),
        ("people", "1.05万", "1.05"),
        ("money", "17100000万", "1710"),
    ],
)
def test_without_a_unit_the_goals_is_assumed_and_said(kind, text, expected):
    assert read(kind, text) == (Fraction(expected), ["DT305"])


def test_a_dash_in_the_unit_column_is_no_unit():
    assert read("count", "48", "—") == (48, ["DT305"])


REFUSED = [
    # DT202: not a number
    ("money", "较好完成", "亿元", "DT202"),
    ("money", "1,71", "亿元", "DT202"),
    ("money", "1,7100", "亿元", "DT202"),
    ("money", "1.2.3", "亿元", "DT202"),
    ("count", "5-6", "个", "DT202"),
    ("count", "5~6个", "", "DT202"),
    ("count", "5/6", "个", "DT202"),
    ("count", "#REF!", "个", "DT202"),
    ("count", "=1+2", "个", "DT202"),
    ("count", "二十", "个", "DT202"),
    ("count", "5O", "个", "DT202"),
    ("count", "5 l", "", "DT202"),
    ("count", "1e999", "个", "DT202"),
    ("count", "①", "个", "DT202"),
    ("growth", "增长下降3%", "", "DT202"),
    ("growth", "下降-3%", "", "DT202"),
    ("count", "9" * 250, "个", "DT202"),
    # DT203: unknown unit, or two that disagree
    ("money", "1710", "亿圆", "DT203"),
    ("money", "1710亿圆", "", "DT203"),
    ("money", "1710", "欧元", "DT203"),
    ("money", "1710亿元", "万元", "DT203"),
    ("dollars", "12000万", "亿美元", "DT203"),
    ("count", "48个项目", "", "DT203"),
    # DT204: another dimension, never a guess
    ("dollars", "9.1%", "", "DT204"),
    ("dollars", "+9.1", "%", "DT204"),
    ("dollars", "8.5亿元", "", "DT204"),
    ("money", "8.5", "亿美元", "DT204"),
    ("count", "增长9.1%", "", "DT204"),
    ("count", "下降3", "个", "DT204"),
    ("count", "持平", "", "DT204"),
    ("share", "增长2个百分点", "", "DT204"),
    ("share", "2个百分点", "", "DT204"),
    ("share", "76", "百分点", "DT204"),
    ("growth", "1710亿元", "", "DT204"),
    ("fall", "3", "家", "DT204"),
    ("people", "20", "万人次", "DT204"),
    ("people", "20", "户", "DT204"),
    ("visitors", "20", "万人", "DT204"),
    ("houses", "20", "个", "DT204"),
    ("rank", "20", "个", "DT204"),
    ("days", "5", "次", "DT204"),
    ("land", "20", "公里", "DT204"),
    ("power", "20", "亿元", "DT204"),
    # Not finite, negative, over 100 %, or half of a whole thing
    ("count", "NaN", "个", "DT210"),
    ("growth", "nan", "%", "DT210"),
    ("money", "inf", "亿元", "DT210"),
    ("growth", "-Infinity", "%", "DT210"),
    ("money", "∞", "亿元", "DT210"),
    ("count", "-3", "个", "DT210"),
    ("money", "-0.01", "亿元", "DT210"),
    ("total", "-1", "家", "DT210"),
    ("share", "100.01", "%", "DT210"),
    ("share", "-1", "%", "DT210"),
    # More than 100 times the goal, a growth under -100 or over 1000 %
    ("count", "10001", "个", "DT210"),
    ("total", "85001", "家", "DT210"),
    ("growth", "-100.1", "%", "DT210"),
    ("growth", "1000.1", "%", "DT210"),
    # An index or an amount for a growth, with no unit to say what it is
    ("growth", "106.5", "", "DT210"),
    ("growth", "182.4", "", "DT210"),
    ("count", "10.5", "个", "DT210"),
    ("net", "-2.5", "家", "DT210"),
    ("total", "809.5", "家", "DT210"),
    ("people", "1.00005", "万人", "DT210"),  # 10000.5 people
    ("visitors", "0.00005", "万人次", "DT210"),
    ("toilets", "1.00005", "万座", "DT210"),
    ("houses", "20.5", "户", "DT210"),
    ("rank", "8.5", "位", "DT210"),
]


@pytest.mark.parametrize(("kind", "text", "unit", "rule"), REFUSED)
def test_refused(kind, text, unit, rule):
    # The refusal is all there is to say: not that the goal's unit was assumed.
    assert read(kind, text, unit) == (None, [rule])


WHERE = ("cell", "unit column", "name", "header")


@pytest.mark.parametrize(("near", "far"), list(combinations(WHERE, 2)))
def test_two_units_that_are_not_worth_the_same(near, far):
    """Of two that differ one is wrong by a factor, wherever they stand; of two alike none is."""
    for other, expected in (("万元", (None, ["DT203"])), ("亿元", (Fraction(1710), []))):
        said = {near: "亿元", far: other}
        cell, header, name = (said.get(each, "") for each in ("cell", "header", "name"))
        found = read_cell(
            f"1710{cell}",
            said.get("unit column", ""),
            parse_unit(header),
            TARGETS["money"],
            parse_unit(name),
        )
        assert (found.value, [remark.rule.id for remark in found.remarks]) == expected


@pytest.mark.parametrize(
    ("kind", "text", "unit"),
    [
        ("count", "10000", "个"),  # 100 times the goal, which is 100
        ("total", "85000", "家"),
        ("rank", "10001", "位"),  # a limit: there is no bound to how bad it gets
        ("growth", "49", ""),
    ],
)
def test_what_is_only_just_possible(kind, text, unit):
    assert read(kind, text, unit)[0] == Fraction(text)


@pytest.mark.parametrize(
    ("kind", "text", "unit"),
    [("people", "1.0001", "万人"), ("land", "6.00005", "万亩"), ("money", "0.5", "亿元"), ("road", "1.5", "公里")],
)  # fmt: skip
def test_fractions_of_what_can_be_divided_are_fine(kind, text, unit):
    assert read(kind, text, unit) == (Fraction(text), [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "　",
        "—",
        "——",
        "-",
        "–",
        "/",
        "未统计",
        "暂无",
        "待核",
        " 未 统 计 ",
        "N/A",
        "…",
        "未公布",
    ],
)
def test_not_available_is_not_zero(text):
    assert not is_available(text)


@pytest.mark.parametrize("text", ["0", "0%", "-1", "nan", "持平", "待定项目", "无变化"])
def test_available(text):
    assert is_available(text)


def test_a_refusal_says_what_is_wanted():
    remark = read_cell("9.1%", "", None, TARGETS["dollars"]).remarks[-1]
    assert remark.message == "报的是“%”，“利用外资”的目标是 ≥1.2亿美元，不能互换"
    assert remark.hint == "请报以“亿美元”为单位的累计数"
    assert remark.column == "实际值"


def test_the_column_blamed_is_the_one_to_mend():
    def columns(*cell: str):
        return [each.column for each in read_cell(*cell, None, TARGETS["money"]).remarks]

    assert columns("9.1", "%") == ["单位"]
    assert columns("9.1%", "") == ["实际值"]
    assert columns("9.1", "亿圆") == ["单位"]
    assert columns("9.1亿圆", "") == ["实际值"]
