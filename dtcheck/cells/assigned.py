"""Reading the goal that a higher level set, in a column 下达目标."""

from __future__ import annotations

import re
from fractions import Fraction

from dtcheck.cells.available import is_available
from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Column
from dtcheck.patterns import regex
from dtcheck.rules.plausibility import LEFT_OUT, UNIT_SLIP
from dtcheck.rules.rows import NOT_A_NUMBER, OTHER_DIMENSION
from dtcheck.targets import Goal, GoalError, Op, Target, parse_goal
from dtcheck.units import SHARE, format_number, parse_unit, plain

_FALLS = regex("(?:同比)?(?:下降|降低|减少)")
_IDLE = regex("^(?:完成|达到?|实现)")
_NUMBER = r"[+-]?[0-9][0-9,.]*"
_UNIT = r"[^0-9\s左上以]*?"
_SPAN = regex(rf"({_NUMBER})\s*{_UNIT}\s*[-—–~至到]{{1,2}}\s*({_NUMBER}.*)")
_ABOUT = regex("(.*?)(?:左右|上下)")
# What dtcheck itself prints of goals, and the words that mean the same: words, operator.
_BEFORE = (
    ("不低于|不少于|至少|>=|≥", Op.AT_LEAST),
    ("不超过?|不高于|不大于|控制在|<=|≤", Op.AT_MOST),
    ("超过|超|突破|高于|大于|多于|>", Op.OVER),
    ("低于|少于|小于|<", Op.UNDER),
)
_AFTER = (("(?:及)?以上", Op.AT_LEAST), ("(?:及)?(?:以下|以内|之内)", Op.AT_MOST))
# A share below it is one that was not turned into percent: 0.03 for 3 %.
_SMALLEST = Fraction(2, 10)


def read_assigned(
    written: str, column_unit: str, column: Column, target: Target, remarks: list[Remark]
) -> Goal | None:
    """Return the goal, where the target waits for one; what is wrong with it goes to ``remarks``."""
    if not is_available(written):
        return None
    if not target.is_assigned:
        hint = f"目标文件已写明 {target.goal.text}；要改目标，改目标文件"
        message = "下达目标只用于“完成上级任务”的指标，没有采用"
        remarks.append(Remark(LEFT_OUT, message, hint, Field.GOAL))
        return None
    unit = target.goal.unit
    default = column.unit or parse_unit(column_unit) or unit
    hint = f"写一个数，如 3{unit.text}；或 >= 3 {unit.text}"
    try:
        goal = parse_goal(_in_grammar(written, falls=target.counts_falls), default)
    except GoalError:
        goal = None
    if goal is None or goal.value is None or (target.counts_falls and goal.value < 0):
        remarks.append(
            Remark(NOT_A_NUMBER, f"下达目标“{shorten(written)}”看不懂", hint, Field.GOAL)
        )
        return None
    if goal.unit.dimension != unit.dimension:
        message = f"下达目标的单位“{goal.unit.text}”与“{unit.text}”不是同一类"
        remarks.append(Remark(OTHER_DIMENSION, message, hint, Field.GOAL))
        return None
    high = None if goal.high is None else goal.unit.convert(goal.high, unit)
    goal = Goal(goal.op, goal.unit.convert(goal.value, unit), high, unit)
    _doubt(goal, written, remarks)
    return goal


def _in_grammar(written: str, *, falls: bool) -> str:
    """Return a goal in words (3%左右, 2-3%, 超100个) as the grammar of targets files has it."""
    text = plain(written)
    if falls:
        text = _FALLS.sub("", text)
    text = _IDLE.sub("", text).strip()
    if span := _SPAN.fullmatch(text):
        return f"{span[1]}..{span[2]}"
    if text.startswith((Op.CEILING.value, Op.ABOUT.value)):
        return text
    op = None
    for words, each in _BEFORE:
        if found := re.match(words, text):
            op, text = each, text[found.end() :].strip()
            break
    if found := _ABOUT.fullmatch(text):
        # 控制在5.5%左右 is a ceiling, 3%左右 alone a goal.
        return f"{Op.CEILING if op is Op.AT_MOST else Op.ABOUT} {found[1]}"
    for words, each in _AFTER:
        if op in (None, each) and (found := re.search(f"{words}$", text)):
            return f"{each} {text[: found.start()]}"
    return f"{op} {text}" if op else text


def _doubt(goal: Goal, written: str, remarks: list[Remark]) -> None:
    """Doubt 0.03 for a goal in %: a share that was not turned into percent."""
    value = goal.value
    if goal.unit.dimension != SHARE or not value or abs(value) >= _SMALLEST:
        return
    message = f"下达目标“{shorten(written)}”按 {goal.text} 采用，像是没有换算成百分数"
    hint = f"可能是 {format_number(value * 100)}{goal.unit.text}；没有错的，在备注说明"
    remarks.append(Remark(UNIT_SLIP, message, hint, Field.GOAL))
