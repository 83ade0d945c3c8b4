"""The goal grammar and what it promises, worked out from design §3."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dtcheck.targets import GoalError, Op, parse_goal
from dtcheck.units import parse_unit


@pytest.mark.parametrize(
    ("text", "op", "value", "high", "unit", "words"),
    [
        ("> 100 个", ">", "100", None, "个", "超100个"),
        (">= 6 %", ">=", "6", None, "%", "≥6%"),
        (">=6%", ">=", "6", None, "%", "≥6%"),
        ("< 0 %", "<", "0", None, "%", "<0%"),
        ("<= 100 位", "<=", "100", None, "位", "≤100位"),
        ("~ 6.5 %", "~", "6.5", None, "%", "6.5%左右"),
        ("2..3 家", "..", "2", "3", "家", "2-3家"),
        ("2 .. 3家", "..", "2", "3", "家", "2-3家"),
        (">= 1.2 亿美元", ">=", "1.2", None, "亿美元", "≥1.2亿美元"),
        ("> 1,100 万人次", ">", "1100", None, "万人次", "超1100万人次"),
        ("＞ １００ 个", ">", "100", None, "个", "超100个"),
        (">= -5 %", ">=", "-5", None, "%", "≥-5%"),
        ("assigned %", "assigned", None, None, "%", "上级下达（%）"),
        ("assigned 万 元", "assigned", None, None, "万元", "上级下达（万元）"),
    ],
)
def test_the_grammar(text, op, value, high, unit, words):
    goal = parse_goal(text)
    assert goal.op is Op(op)
    assert goal.value == (None if value is None else Fraction(value))
    assert goal.high == (None if high is None else Fraction(high))
    assert goal.unit == parse_unit(unit)
    assert goal.text == words


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("100 个", "“100 个”没有写比较符"),
        ("超100个", "“超100个”没有写比较符"),
        ("= 5 个", "“= 5 个”没有写比较符"),
        ("", "“”没有写比较符"),
        ("> 100", "没有写单位"),
        ("assigned", "没有写单位"),
        ("> 个", "“个”中没有数"),
        (">", "“”中没有数"),
        (">> 100 个", "“> 100 个”中没有数"),
        ("> nan %", "“nan %”中没有数"),
        ("2..家", "“家”中没有数"),
        ("2 .. 家", "“家”中没有数"),
        ("2..3..4 家", "“3..4 家”中没有数"),
        ("> 100 个以上", "不认识的单位“个以上”"),
        ("> 100 圆", "不认识的单位“圆”"),
        ("assigned 圆", "不认识的单位“圆”"),
        ("assignedx %", "“assignedx %”没有写比较符"),
        ("..3 家", "“”不是数"),
        ("2家..3 家", "“2家”不是数"),
        ("3..2 家", "下限要小于上限"),
        ("2..2 家", "下限要小于上限"),
    ],
)
def test_what_is_no_goal_says_what_is_wrong(text, problem):
    with pytest.raises(GoalError) as error:
        parse_goal(text)
    assert str(error.value) == problem


@pytest.mark.parametrize(
    ("text", "op", "value"),
    [
        ("3", ">=", "3"),
        ("3.0%", ">=", "3"),
        ("~ 3", "~", "3"),
        ("> 3 %", ">", "3"),
        ("2..3", "..", "2"),
    ],
)
def test_a_supplied_goal_may_leave_out_unit_and_comparison(text, op, value):
    goal = parse_goal(text, parse_unit("%"))
    assert (goal.op, goal.value, goal.unit.text) == (Op(op), Fraction(value), "%")


@pytest.mark.parametrize(
    ("goal", "below", "on", "above"),
    [
        ("> 100 个", False, False, True),
        (">= 100 个", False, True, True),
        ("< 100 个", True, False, False),
        ("<= 100 个", True, True, False),
        ("~ 100 个", False, True, True),
        ("100..110 个", False, True, True),
    ],
)
def test_met_on_both_sides_and_on_the_boundary(goal, below, on, above):
    parsed = parse_goal(goal)
    step = Fraction(1, 10**9)
    assert [parsed.is_met_by(100 - step), parsed.is_met_by(Fraction(100)), parsed.is_met_by(100 + step)] == [
        below, on, above,
    ]  # fmt: skip


def test_a_range_has_no_upper_side():
    assert parse_goal("2..3 家").is_met_by(Fraction(4))


@pytest.mark.parametrize(
    ("goal", "required"),
    [
        ("> 100 个", "101"),  # 超100个 needs 101
        (">= 100 个", "100"),
        ("< 5 起", "4"),
        ("<= 5 起", "5"),
        ("> 1100 万人次", "1100.0001"),  # one visitor more than 1100万
        ("> 1.5 个", "2"),
        ("< 1.5 个", "1"),
        ("> 40 位", "41"),
        ("> 2000 亿元", "2000"),  # money has no next whole number
        ("> 35.5 %", "35.5"),
        ("~ 6.5 %", "6.5"),
        ("2..3 家", "2"),
    ],
)
def test_what_just_meets_the_goal(goal, required):
    assert parse_goal(goal).required == Fraction(required)


def test_an_assigned_goal_has_no_number_to_compare_with():
    goal = parse_goal("assigned %")
    with pytest.raises(ValueError, match="assigned"):
        goal.is_met_by(Fraction(3))
    with pytest.raises(ValueError, match="assigned"):
        _ = goal.required


@pytest.mark.parametrize(
    ("goal", "limit"), [("< 0 %", True), ("<= 0 起", True), ("> 0 天", False), (">= 0 %", False)]
)
def test_limits(goal, limit):
    assert parse_goal(goal).is_limit is limit
