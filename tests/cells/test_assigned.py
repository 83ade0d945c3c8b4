"""下达目标 as offices write it, and as dtcheck itself prints it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import make_target

from dtcheck.cells.assigned import read_assigned
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Column
from dtcheck.targets import Op, parse_goal

COLUMN = Column(7, "下达目标", Field.GOAL)


def read(text, unit="%", name="能耗强度"):
    remarks = []
    target = make_target(f"assigned {unit}", "rate", name=name)
    return read_assigned(text, "", COLUMN, target, remarks), remarks


@pytest.mark.parametrize(
    ("text", "op", "value", "high"),
    [
        ("3", Op.AT_LEAST, "3", None),
        ("3%", Op.AT_LEAST, "3", None),
        ("3%左右", Op.ABOUT, "3", None),
        ("3左右", Op.ABOUT, "3", None),
        ("~3%", Op.ABOUT, "3", None),
        ("2-3%", Op.RANGE, "2", "3"),
        ("2%—3%", Op.RANGE, "2", "3"),
        ("2～3%", Op.RANGE, "2", "3"),
        ("2至3", Op.RANGE, "2", "3"),
        ("2..3 %", Op.RANGE, "2", "3"),
        ("超3%", Op.OVER, "3", None),
        ("超过3", Op.OVER, "3", None),
        (">3%", Op.OVER, "3", None),
        ("≥3.5%", Op.AT_LEAST, "3.5", None),
        ("3.5%以上", Op.AT_LEAST, "3.5", None),
        ("不低于3.5%", Op.AT_LEAST, "3.5", None),
        ("完成3.5%", Op.AT_LEAST, "3.5", None),
        ("<5%", Op.UNDER, "5", None),
        ("低于5%", Op.UNDER, "5", None),
        ("≤5%", Op.AT_MOST, "5", None),
        ("5%以内", Op.AT_MOST, "5", None),
        ("控制在5%以内", Op.AT_MOST, "5", None),
        ("≤5.5%左右", Op.CEILING, "5.5", None),
        ("控制在5.5%左右", Op.CEILING, "5.5", None),
        ("<~ 5.5%", Op.CEILING, "5.5", None),
    ],
)
def test_what_is_read(text, op, value, high):
    goal, remarks = read(text)
    assert (goal.op, goal.value) == (op, Fraction(value))
    assert goal.high == (None if high is None else Fraction(high))
    assert remarks == []


@pytest.mark.parametrize(
    "goal", ["> 3 %", ">= 3 %", "< 3 %", "<= 3 %", "~ 3 %", "<~ 5.5 %", "2..3 %", ">= 6.25 %"]
)
def test_what_is_printed_is_read_again(goal):
    assert read(parse_goal(goal).text)[0] == parse_goal(goal)


@pytest.mark.parametrize(
    "text", ["3.5左", "3%约", "3 4", "三", "2-3-4%", ">= ZH01", "3%左右以上x", "3吨"]
)
def test_what_is_not(text):
    goal, (remark,) = read(text)
    assert goal is None
    assert remark.rule.id in ("DT202", "DT204")


@pytest.mark.parametrize("text", ["下降3%", "下降3%左右", "降低2-3%", "同比下降3%以上"])
def test_a_fall_for_what_counts_falls(text):
    goal, remarks = read(text, name="能耗降幅")
    assert (goal.value, remarks) == (Fraction(2 if "2" in text else 3), [])
    assert read(text)[0] is None


@pytest.mark.parametrize(
    ("text", "unit", "doubted"),
    [
        ("0.03", "%", "3%"),
        ("0.03左右", "%", "3%"),
        ("0.199", "%", "19.9%"),
        ("0.2", "%", None),
        ("0", "%", None),
        ("3", "%", None),
        ("0.03", "亿元", None),
    ],
)
def test_a_share_that_was_not_turned_into_percent(text, unit, doubted):
    goal, remarks = read(text, unit)
    assert goal.value == Fraction(text.removesuffix("左右"))
    assert [each.rule.id for each in remarks] == (["DT302"] if doubted else [])
    assert all(f"可能是 {doubted}；" in each.hint for each in remarks)
