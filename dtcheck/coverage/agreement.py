"""Whether a goal says what the report's words say: number, unit and operator."""

from __future__ import annotations

from typing import NamedTuple

from dtcheck.coverage.excuses import Excuse, excuse, excuses_operator
from dtcheck.rules import Level
from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Target
from dtcheck.workreport.figures import Figure, find_figures
from dtcheck.workreport.reading import FigureReading, read_figure
from dtcheck.workreport.report import mend

_SAME_NUMBER = "改 goal，或改 phrase：数和单位要与原话相同，不能用 note 说明了事"


class Difference(NamedTuple):
    """What is wrong with a goal: message, hint and level; or the excuse that its note makes."""

    message: str
    hint: str
    level: Level = Level.ERROR
    excuse: Excuse | None = None


def difference(target: Target, reading: FigureReading, figure: Figure) -> Difference | None:
    """Return how the goal of ``target`` differs from its figure, None where it doesn't."""
    goal = target.goal
    by = f"（“{reading.by}”）" if reading.by and reading.by != figure.text else ""
    read = reading_text(reading, goal)
    message = f"的目标是 {goal.text}，原话的“{figure.text}”{by}读作 {read}"
    if not reading.same_number(goal):
        return Difference(message, _SAME_NUMBER)
    if reading.op is not goal.op:
        word = reading.by or figure.text
        if excuses_operator(target, word):
            return Difference(message, "", excuse=excuse(target, word, read, goal.text))
        hint = f"改 goal；确有别的读法的，在 note 写明：“{word}”读作什么"
        return Difference(message, hint)
    if reading.unit and reading.unit.is_whole and reading.unit.stem != goal.unit.stem:
        message = f"的目标是 {goal.text}，原话写的是“{figure.text}”"
        return Difference(message, "单位照原话写", Level.WARNING)
    return None


def unreadable(target: Target, figure: Figure) -> Difference:
    """Return what to say of a goal whose word gives no number (每个镇, 高于平均)."""
    message = f"的目标是 {target.goal.text}，原话的“{figure.text}”没有说出数，无从核对"
    return Difference(message, "请人对照报告核对；原话另有数的，phrase 要含有那个数", Level.WARNING)


def reading_text(reading: FigureReading, goal: Goal) -> str:
    """Return a reading in the words of goals."""
    unit = reading.unit or goal.unit
    return Goal(reading.op, reading.value, reading.high, unit).text


def phrase_figures(target: Target) -> list[tuple[Figure, FigureReading]]:
    """Return what the figures of a target's own phrase promise."""
    text = mend(target.phrase)
    return [
        (figure, reading)
        for figure in find_figures(text)
        if (reading := read_figure(text, figure)) is not None
    ]


def own_figure(target: Target) -> tuple[Figure, FigureReading] | None:
    """Return the figure of the phrase that has the goal's number, else the first one."""
    readings = phrase_figures(target)
    fitting = (pair for pair in readings if pair[1].same_number(target.goal))
    same = (pair for pair in readings if pair[1].same(target.goal))
    return next(same, None) or next(fitting, None) or next(iter(readings), None)


def phrase_difference(target: Target) -> Difference | None:
    """Return how the goal differs from its own phrase, without a report.

    Words outside the phrase may still change the operator: the audit reads those too.
    """
    found = own_figure(target)
    if found is None:
        if target.goal.ref:
            # 与经济增长同步 names no number.
            return None
        if any(find_figures(mend(target.phrase))):
            return None
        message = f"的原话“{target.phrase}”中没有数，也没有表示数量的词"
        return Difference(message, "phrase 要含有那个数，照报告的原文抄写")
    figure, reading = found
    # The word that decides may stand outside the phrase: a bare figure says nothing else.
    bare = reading.op is Op.AT_LEAST and not reading.by
    if bare and reading.same_number(target.goal) and reading.op is not target.goal.op:
        return None
    return difference(target, reading, figure)
