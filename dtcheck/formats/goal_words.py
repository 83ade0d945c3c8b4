"""A goal as an office says it: 增长6.5%左右, 不少于100个, 控制在5.5%左右, 10月底前不少于6处."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dtcheck.targets import Goal, Measure, Op, Target
from dtcheck.targets.names import is_fall
from dtcheck.units import POINTS, SHARE, format_number

_RANK = "位次"
_FIRST = "前"
_WHOLE_SHARE = 100
_RISING = ("提高", "提升", "上升", "增加", "净增")
# What stands around the amount, of growth, of a share, and of anything else.
_GROWS = {
    Op.OVER: "{verb}超过{amount}",
    Op.AT_LEAST: "{verb}{amount}以上",
    Op.ABOUT: "{verb}{amount}左右",
    Op.RANGE: "{verb}{amount}",
}
_OF_SHARE = {Op.AT_LEAST: "不低于{amount}", Op.UNDER: "低于{amount}"}
_USUAL = {
    Op.OVER: "超过{amount}",
    Op.AT_LEAST: "不少于{amount}",
    Op.UNDER: "少于{amount}",
    Op.AT_MOST: "不超过{amount}",
    Op.ABOUT: "{amount}左右",
    Op.CEILING: "控制在{amount}左右",
    Op.RANGE: "{amount}",
}
_AGAINST = {
    Op.OVER: "高于{}",
    Op.AT_LEAST: "不低于{}",
    Op.UNDER: "低于{}",
    Op.AT_MOST: "不高于{}",
    Op.ABOUT: "与{}相当",
    Op.CEILING: "不高于{}",
}
# A change on last year that need not be any size; of a fall the other way round.
_CHANGES = {
    Op.OVER: "比上年{verb}",
    Op.AT_LEAST: "不低于上年",
    Op.UNDER: "比上年下降",
    Op.AT_MOST: "不高于上年",
}
_TURNED = {Op.OVER: Op.UNDER, Op.AT_LEAST: Op.AT_MOST, Op.UNDER: Op.OVER, Op.AT_MOST: Op.AT_LEAST}
# What stands around the figure of a goal in a column that says 应达到 at its head.
_AROUND = {
    Op.OVER: ("超", ""),
    Op.UNDER: ("低于", ""),
    Op.ABOUT: ("", "左右"),
    Op.CEILING: ("不超过", "左右"),
}


def goal_words(target: Target, targets: Mapping[str, Target]) -> str:
    """Return a target's goal as an office says it; ``targets`` are those of the file, by code."""
    due = f"{target.due}月底前" if target.due else ""
    return due + ("力争" if target.strive else "") + _words(target, targets)


def around(goal: Goal) -> tuple[str, str]:
    """Return what stands before the number of a goal and behind its unit: 超, 左右; nothing for a floor."""
    if goal.op is Op.AT_MOST:
        # None at all is just none; and of places the first.
        return ("" if not goal.value else _FIRST if goal.unit.dimension == _RANK else "不超过", "")
    return _AROUND.get(goal.op, ("", ""))


def against(goal: Goal, other: str) -> str:
    """Return a goal that is another indicator's figure, called ``other``."""
    return _AGAINST[goal.op].format(other)


def _words(target: Target, targets: Mapping[str, Target]) -> str:
    goal = target.goal
    if goal.ref:
        return against(goal, f"{targets[goal.ref].name}（{goal.ref}）")
    if goal.value is None:
        return "完成上级下达任务"
    if target.measure is Measure.RATE:
        return _change(target, goal, goal.value)
    if goal.value == 0 and goal.op is Op.AT_MOST:
        return "不发生" if target.measure is Measure.FLOW else "清零"
    if goal.unit.dimension == _RANK and goal.op is Op.AT_MOST:
        return f"进入{_FIRST}{_amount(goal.value, goal)}"
    if goal.unit.dimension == SHARE:
        if goal.op is Op.AT_LEAST and goal.value == _WHOLE_SHARE:
            return f"达到{_amount(goal.value, goal)}"
        return {**_USUAL, **_OF_SHARE}[goal.op].format(amount=_amount(goal.value, goal))
    return _USUAL[goal.op].format(amount=_amount(goal.value, goal))


def _change(target: Target, goal: Goal, value: Fraction) -> str:
    verb = _verb(target)
    op = goal.op
    if value == 0:
        op = _TURNED.get(op, op) if is_fall(target.name) else op
        rising = "上升" if verb in ("下降", "增长") else verb
        return _CHANGES.get(op, _USUAL[op]).format(verb=rising, amount=_amount(value, goal))
    if value < 0 and op in _TURNED and goal.high is None:
        # A change of -3 % at most is a fall of 3 % at least.
        return {**_USUAL, **_GROWS}[_TURNED[op]].format(verb="下降", amount=_amount(-value, goal))
    return {**_USUAL, **_GROWS}[op].format(verb=verb, amount=_amount(value, goal))


def _verb(target: Target) -> str:
    if is_fall(target.name):
        return "下降"
    name = target.name.replace("增加值", "")
    rising = next((word for word in _RISING if word in name), None)
    if rising:
        return rising
    if target.goal.unit.text.endswith(POINTS):
        return "提高"
    return "增长" if target.goal.unit.dimension == SHARE else "增加"


def _amount(value: Fraction, goal: Goal) -> str:
    unit = goal.unit.text
    if goal.high is not None:
        return f"{format_number(value)}-{format_number(goal.high)}{unit}"
    return format_number(value) + unit
