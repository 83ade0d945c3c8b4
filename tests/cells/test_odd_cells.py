"""Cells with two numbers, or with a sign that may be none: the right one is used and said, or asked for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import make_target, read_cell

TARGETS = {
    "growth": make_target(">= 6 %", "rate", name="居民收入增长"),
    "days": make_target("> 0 天", "rate", name="优良天数变化"),
    "fall": make_target("assigned %", "rate", name="单位GDP能耗降幅"),
    "money": make_target("> 2000 亿元", name="开票销售"),
    "count": make_target(">= 39 个", name="改造老旧小区"),
    "range": make_target("2..3 家", name="报会上市企业"),
    "road": make_target(">= 20 公里", name="污水管网"),
    "loans": make_target("> 320 亿元", "level", name="绿色信贷规模"),
}


def read(kind: str, text: str, unit: str = ""):
    return read_cell(text, unit, None, TARGETS[kind])


@pytest.mark.parametrize(
    ("kind", "text", "unit", "value", "part"),
    [
        # under a goal of growth the growth, whatever the unit column says of the amount
        ("growth", "25780元 增长5.8%", "", "5.8", "增长5.8%"),
        ("growth", "25780元，同比增长5.8%", "", "5.8", "同比增长5.8%"),
        ("growth", "25780，增长5.8%", "元", "5.8", "增长5.8%"),
        ("growth", "25780元（增长5.8%）", "元", "5.8", "增长5.8%"),
        ("growth", "25780元，同比下降1.2%。", "", "-1.2", "同比下降1.2%"),
        ("growth", "增长5.8%，25780元", "", "5.8", "增长5.8%"),
        ("growth", "44.1亿元、比上年增长6.9%", "亿元", "6.9", "比上年增长6.9%"),
        ("days", "150天，增加5天", "", "5", "增加5天"),
        ("days", "150天，同比减少3天", "天", "-3", "同比减少3天"),
        ("fall", "0.32吨 下降3%", "", "3", "下降3%"),
        ("fall", "0.32吨，上升1%", "", "-1", "上升1%"),
        # under any other the amount, in its own unit
        ("money", "1120亿元 增长5.8%", "", "1120", "1120亿元"),
        ("money", "累计1120亿元，同比增长5.8%", "", "1120", "累计1120亿元"),
        ("money", "11200000万元（同比增长5.8%）", "", "1120", "11200000万元"),
        ("money", "1120，增长5.8%", "亿元", "1120", "1120"),
        ("loans", "331亿元，比年初增长5.8%", "", None, None),  # no growth on last year: not understood
        ("loans", "331亿元，增长5.8%", "", "331", "331亿元"),
        # of the goal
        ("count", "26/39", "个", "26", "26"),
        ("count", "26个/39个", "", "26", "26个"),
        ("count", "26/39个", "", "26", "26个"),
        ("range", "1/2", "家", "1", "1"),
        ("range", "1/3", "家", "1", "1"),
        ("road", "12000米/20000米", "", "12", "12000米"),
        ("road", "12/20", "公里", "12", "12"),
    ],
)  # fmt: skip
def test_the_one_that_the_target_is_about(kind, text, unit, value, part):
    found = read(kind, text, unit)
    if value is None:
        assert found.value is None
        return
    assert found.value == Fraction(value)
    (said,) = [each for each in found.remarks if each.rule.id == "DT327"]
    assert f"“{part}”" in said.message


@pytest.mark.parametrize(
    ("kind", "text", "unit", "rule"),
    [
        ("money", "25780美元 增长5.8%", "", "DT204"),  # the amount is of another kind
        ("count", "25780元 增长5.8%", "", "DT204"),
        ("growth", "25780元 增长5.8公里", "", "DT202"),
        ("growth", "25780元，15100元", "", "DT202"),
        ("money", "1120亿元 增长5.8%和6.2%", "", "DT202"),
        ("count", "26/40", "个", "DT202"),  # 40 is not the goal
        ("count", "39/26", "个", "DT202"),
        ("growth", "5/6", "%", "DT202"),  # a rate has no part of its goal
        ("road", "12000米/20亩", "", "DT202"),
        ("count", "2024/6/30", "个", "DT202"),
    ],
)
def test_two_numbers_that_are_refused(kind, text, unit, rule):
    found = read(kind, text, unit)
    assert found.value is None
    assert [each.rule.id for each in found.remarks] == [rule]


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        ("growth", "(5.2)", "写 -5.2"),
        ("growth", "（5.2）", "写 -5.2"),
        ("growth", "（5.2%）", "写 -5.2"),
        ("growth", "▲5.2", "写 -5.2"),
        ("growth", "△5.2%", "写 -5.2"),
        ("growth", "▼5.2", "写 -5.2"),
        ("growth", "5.2▲", "写 -5.2"),
        ("growth", "负5.2", "写 -5.2"),
        ("growth", "—5.2%", "写 -5.2"),
        ("growth", "↑6.3", "增长6.3%"),
        ("growth", "↓6.3%", "下降6.3%"),
        ("growth", "6.3%↓", "写 -6.3"),
        ("days", "↓3天", "下降3天"),
        ("fall", "(5.2)", "下降5.2%"),
        ("fall", "↓5.2%", "下降5.2%"),
        ("money", "↑5.2", "累计数"),
        ("count", "39个（含在建3个）", "写 36 或 39"),
        ("count", "39（其中续建12）", "写 27 或 39"),
        ("count", "39个，其中在建3个", "写 36 或 39"),
        ("road", "12.5公里（含上年结转2公里）", "写 10.5 或 12.5"),
        ("count", "39个（其中城区12个）", "只写 39"),
        ("count", "36个（不含在建3个）", "只写 36"),
        ("count", "2/5", "只写 2"),
    ],
)
def test_what_is_unclear_gets_a_hint_how_to_write_it(kind, text, hint):
    found = read(kind, text)
    assert found.value is None
    (said,) = found.remarks
    assert said.rule.id == "DT202"
    assert hint in said.hint
    assert found.is_readable  # a number stands there


@pytest.mark.parametrize(
    ("kind", "text", "unit", "value"),
    [
        ("count", "完成26个", "", 26),
        ("count", "26个", "", 26),
        ("growth", "-5.2%", "", Fraction("-5.2")),
        ("growth", "同比增长5.8%", "", Fraction("5.8")),
        ("money", "1120亿元", "", 1120),
    ],
)
def test_what_is_plain_stays_without_a_word(kind, text, unit, value):
    found = read(kind, text, unit)
    assert (found.value, found.remarks) == (value, ())
