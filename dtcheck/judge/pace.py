"""Pace 序时进度: the share of the goal that should be reached by a month (design §5)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from dtcheck.targets import Goal, Measure, Pace, Target
from dtcheck.units import format_number

DECEMBER = 12


def share_of_year(month: int) -> Fraction:
    """Return the share of the year that is over by the end of ``month``."""
    return Fraction(month, DECEMBER)


def share_due(pace: Pace | tuple[Fraction, ...], month: int) -> Fraction:
    """Return the share of the year's goal due by the end of ``month`` (1 to 12)."""
    if isinstance(pace, tuple):
        return pace[month - 1]
    if pace is Pace.QUARTERLY:
        return Fraction(month // 3, 4)
    if pace is Pace.YEAR_END:
        return Fraction(month // DECEMBER)
    return share_of_year(month)


def start_of(target: Target, goal: Goal) -> Fraction | None:
    """Return the figure from which a target counts up to its goal; None: no pace applies.

    A flow starts at 0, a level at its baseline. A baseline that already meets the goal leaves no
    way to go.
    """
    if target.measure is Measure.RATE:
        return None
    if target.measure is Measure.FLOW:
        return None if goal.is_limit else Fraction(0)
    baseline = target.baseline
    return None if baseline is None or goal.is_met_by(baseline) else baseline


def required_by(target: Target, goal: Goal, month: int) -> Fraction | None:
    """Return the figure that is on pace by ``month``, in the goal's unit; None: no pace applies."""
    start = start_of(target, goal)
    if start is None:
        return None
    return start + share_due(target.pace, month) * (goal.threshold - start)


def due_text(target: Target, month: int) -> str:
    """Return what is due by ``month`` in words (50个, ≥11%); "" where nothing is before the year ends.

    Whoever reports just that is on pace: it is rounded towards the goal, of counted things to a whole.
    """
    goal = target.goal
    if goal.value is None:
        return ""
    if month == DECEMBER or (target.measure is Measure.FLOW and goal.is_limit):
        return goal.text
    if target.pace is Pace.YEAR_END:
        return ""
    required = required_by(target, goal, month)
    if required is None:
        # A rate is held against its goal at any time; a level that kept it last year has to keep it.
        is_held = target.measure is Measure.RATE or target.baseline is not None
        return goal.text if is_held else ""
    rounded = floor if goal.is_limit else ceil
    parts = 1 if goal.unit.is_whole and goal.unit.size == 1 else 100
    return format_number(Fraction(rounded(required * parts), parts)) + goal.unit.text
