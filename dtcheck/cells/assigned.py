"""Reading the goal that a higher level set, in a column 下达目标."""

from __future__ import annotations

from dtcheck.cells.available import is_available
from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Column
from dtcheck.patterns import regex
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.rules.rows import NOT_A_NUMBER, OTHER_DIMENSION
from dtcheck.targets import Goal, GoalError, Target, parse_goal
from dtcheck.units import parse_unit, plain

_GOAL_WORDS = regex(r"下降|降低|以上|不低于|完成|达到?")


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
    text = plain(written).replace("≥", ">=").replace("≤", "<=")
    if target.counts_falls or text[-2:] == "以上":
        text = _GOAL_WORDS.sub("", text)
    unit = target.goal.unit
    default = column.unit or parse_unit(column_unit) or unit
    hint = f"写一个数，如 3{unit.text}；或 >= 3 {unit.text}"
    try:
        goal = parse_goal(text, default)
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
    return Goal(goal.op, goal.unit.convert(goal.value, unit), high, unit)
