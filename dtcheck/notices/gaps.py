"""A shortfall as a sentence: what was reached, how far that is, what it takes, who leads, and why."""

from __future__ import annotations

from fractions import Fraction

from dtcheck.digest import Digest
from dtcheck.formats.content import DASH, ResultLine, clean, name_of, percent
from dtcheck.judge import Result
from dtcheck.judge.pace import start_of
from dtcheck.notices.figures import (
    NO_REASON,
    STILL,
    behind_text,
    cap_text,
    difference,
    figure,
    is_cap,
    needed_text,
)
from dtcheck.patterns import regex
from dtcheck.targets import Goal, Measure
from dtcheck.targets.goal import Op
from dtcheck.targets.model import DECEMBER
from dtcheck.units import format_number

# What a name begins with that says what is done: each month so many 需新开工, the others 需完成.
_DEEDS = regex(
    r"(?:新?开工|新?竣工|净增|新增|新建|改建|改造|新创|创成|新签|建成|打造|培训|培育|引进|培养|盘活|吸引)+"
)
_GROWS = ("增长", "增速", "增幅")
_GOALS = {
    Op.OVER: "超{}",
    Op.AT_LEAST: "{}以上",
    Op.UNDER: "低于{}",
    Op.AT_MOST: "不超过{}",
    Op.ABOUT: "{}左右",
    Op.CEILING: "控制在{}左右",
}
_ENDS = "。；;，,、 "


def goal_words(goal: Goal) -> str:
    """Return a goal as a sentence says it: 8%以上, 超100个, 不超过2起."""
    if goal.op not in _GOALS or goal.value is None:
        return goal.text
    return _GOALS[goal.op].format(format_number(goal.threshold) + goal.unit.text)


def gap_sentence(result: Result, line: ResultLine, digest: Digest) -> str:
    """Return a shortfall from its name to what its bureau says of it."""
    said = [f"{name_of(result.target)}：{gap_text(result, digest)}。"]
    said.append(f"牵头单位：{line.lead}。")
    return clean("".join((*said, reasons_text(line))))


def gap_text(result: Result, digest: Digest) -> str:
    """Return how far a shortfall is, and what it takes."""
    heard, actual = result.as_last_heard, result.actual
    if actual is None:
        return DASH
    month = actual.period.month
    parts = [*_reached(heard, digest.month), *_still_to_do(result, digest.month)]
    if result.is_silent_shortfall:
        parts.insert(0, f"{digest.month}月没有报来能用的数，{month}月底")
        return parts[0] + "，".join(parts[1:])
    return (f"{month}月底" if month != digest.month else "") + "，".join(parts)


def reasons_text(line: ResultLine) -> str:
    """Return what the bureau says of a shortfall: why, and what it will do."""
    return "。".join((*said_of(line), ""))


def said_of(line: ResultLine) -> tuple[str, ...]:
    """Return why a bureau is behind, or that it doesn't say, and what it will do if it says so."""
    note, measures = (text.strip().rstrip(_ENDS) for text in (line.note, line.measures))
    return (f"原因：{note}" if note else NO_REASON, *((f"措施：{measures}",) if measures else ()))


def _reached(result: Result, month: int) -> list[str]:
    if is_cap(result):
        return _capped(result)
    if result.target.measure is Measure.RATE:
        return _rate(result)
    return _flow(result, month) if result.target.measure is Measure.FLOW else _level(result, month)


def _actual(result: Result) -> str:
    return figure(result.actual.value if result.actual else Fraction(0), result.goal.unit.text)


def _missing(result: Result) -> str:
    """Return what is missing of the goal, in its unit; "" where nothing is that can be counted."""
    gap = result.verdict.gap_to_goal
    return difference(-gap, result.goal.unit) if gap and gap < 0 else ""


def _capped(result: Result) -> list[str]:
    return [f"累计{_actual(result)}", f"{cap_text(result)}（{goal_words(result.goal)}）"]


def _flow(result: Result, month: int) -> list[str]:
    verdict = result.verdict
    parts = [f"完成{_actual(result)}"]
    if verdict.progress is not None:
        parts.append(f"为年度目标的{percent(verdict.progress)}")
    if month < DECEMBER:
        return [*parts, _under_pace(result)]
    missing = _missing(result)
    return [
        *parts,
        f"比年度目标（{goal_words(result.goal)}）少{missing}" if missing else _not_quite(result),
    ]


def _level(result: Result, month: int) -> list[str]:
    verdict, goal = result.verdict, result.goal
    parts = [f"达到{_actual(result)}"]
    if goal.is_limit:
        return [*parts, _over_limit(result)]
    if month < DECEMBER and verdict.progress is not None and verdict.gap_to_pace is not None:
        if verdict.progress < 0:
            parts.append("比上年末不增反降")
        elif start_of(result.target, goal):
            parts.append(f"年度增量完成{percent(verdict.progress)}")
        else:
            parts.append(f"为年度目标的{percent(verdict.progress)}")
        parts.append(_under_pace(result))
    missing = _missing(result)
    return [
        *parts,
        f"距年度目标（{goal_words(goal)}）差{missing}" if missing else _not_quite(result),
    ]


def _rate(result: Result) -> list[str]:
    goal, value = result.goal, result.actual.value if result.actual else Fraction(0)
    reached = f"为{_actual(result)}"
    if result.target.name.endswith(_GROWS):
        word = "增长" if value >= 0 else "下降"
        reached = word + figure(abs(value), goal.unit.text)
    if goal.is_limit:
        return [reached, _over_limit(result)]
    gap = result.verdict.gap_to_pace
    if not gap or gap > 0:
        return [reached, _not_quite(result)]
    return [reached, f"低于年度目标（{goal_words(goal)}）{behind_text(result)}"]


def _over_limit(result: Result) -> str:
    gap = result.verdict.gap_to_goal
    if not gap or gap < 0:
        return _not_quite(result)
    return f"高于控制目标（{goal_words(result.goal)}）{difference(gap, result.goal.unit)}"


def _under_pace(result: Result) -> str:
    gap = result.verdict.gap_to_pace
    if gap is None:
        return _not_quite(result)
    return f"低于序时进度{behind_text(result)}" if gap < 0 else "略低于序时进度"


def _not_quite(result: Result) -> str:
    """Where no distance can be counted: 100 is not 超100, and 不到100 is under 100."""
    return f"没有达到年度目标（{goal_words(result.goal)}）"


def _still_to_do(result: Result, month: int) -> list[str]:
    """Return what the months to come have to bring; nothing where the figure is too old to tell."""
    needed, actual = needed_text(result), result.actual
    if needed == DASH or actual is None:
        return []
    told, left = actual.period.month, DECEMBER - actual.period.month
    if told != month:
        when = f"{told + 1}月起"
    else:
        when = f"后{left}个月" if left > 1 else "12月"
    found = _DEEDS.match(result.target.name)
    deed = found[0] if found else "完成"
    if needed.startswith(STILL):
        return [f"{when}还需{deed}{needed.removeprefix(STILL)}"]
    each = "" if when == "12月" else "每月"
    return [f"{when}{each}需{deed}{needed}"]
