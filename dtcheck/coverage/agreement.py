"""Whether a goal says what the report's words say, and whether its note says why not."""

from __future__ import annotations

from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Target
from dtcheck.units import format_number
from dtcheck.workreport.figures import Figure, find_figures
from dtcheck.workreport.reading import FigureReading, read_figure
from dtcheck.workreport.report import mend


def explains(target: Target, reading: FigureReading, figure: Figure) -> bool:
    """Whether the note owns up to another reading: it names the figure or the word that decided."""
    note = mend(target.note or "")
    named = [figure.text, reading.by]
    if reading.value is not None:
        named.append(format_number(reading.value))
    return any(words and words in note for words in named)


def difference(target: Target, reading: FigureReading, figure: Figure) -> tuple[str, str]:
    """Return message and hint for a goal that isn't what its figure reads as."""
    read = reading_text(reading, target.goal)
    by = f"（“{reading.by}”）" if reading.by and reading.by != figure.text else ""
    message = f"的目标是 {target.goal.text}，原话的“{figure.text}”{by}读作 {read}"
    return message, f"改 goal；确有别的读法的，在 note 写明，并提到“{reading.by or figure.text}”"


def reading_text(reading: FigureReading, goal: Goal) -> str:
    """Return a reading in the words of goals."""
    unit = reading.unit or goal.unit
    return Goal(reading.op, reading.value, reading.high, unit).text


def phrase_readings(target: Target) -> list[tuple[Figure, FigureReading]]:
    """Return what the figures of a target's own phrase promise."""
    text = mend(target.phrase)
    return [
        (figure, reading)
        for figure in find_figures(text)
        if (reading := read_figure(text, figure)) is not None
    ]


def phrase_disagreement(target: Target) -> tuple[str, str] | None:
    """Return message and hint where no figure of the phrase reads as the goal, without a report.

    Words outside the phrase may still change the operator: the audit reads those too.
    """
    readings = phrase_readings(target)
    if not readings and target.goal.ref:
        # 与经济增长同步 names no number.
        return None
    if not readings:
        message = f"的原话“{target.phrase}”中没有数，也没有表示数量的词"
        return message, "phrase 要含有那个数，照报告的原文抄写"
    fitting = [pair for pair in readings if pair[1].same_number(target.goal)]
    for figure, reading in fitting:
        if reading.same(target.goal) or explains(target, reading, figure):
            return None
        # The word that decides may stand outside the phrase: a bare figure says nothing else.
        if reading.op is Op.AT_LEAST and not reading.by:
            return None
    if any(explains(target, reading, figure) for figure, reading in readings):
        return None
    figure, reading = (fitting or readings)[0]
    return difference(target, reading, figure)
