"""Pace 序时进度: the share of the goal that should be reached by a month (design §5)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from dtcheck.targets import Goal, Measure, Op, Pace, Target
from dtcheck.targets.model import DECEMBER
from dtcheck.units import format_number


def share_of_year(month: int) -> Fraction:
    """Return the share of the year that is over by the end of ``month``."""
    return Fraction(month, DECEMBER)


def share_due(pace: Pace | tuple[Fraction, ...], month: int, deadline: int = DECEMBER) -> Fraction:
    """Return the share of the goal due by the end of ``month`` (1 to 12), all of it by ``deadline``."""
    if month >= deadline:
        return Fraction(1)
    if isinstance(pace, tuple):
        return pace[month - 1]
    if pace is Pace.YEAR_END:
        return Fraction(0)
    # What comes every quarter is asked for when the quarter is over.
    gone = month - month % 3 if pace is Pace.QUARTERLY else month
    return Fraction(gone, deadline)


def start_of(target: Target, goal: Goal) -> Fraction | None:
    """Return the figure from which a target counts up to its goal; None: no pace applies.

    A flow starts at 0, a level at its baseline. A baseline that already meets the goal leaves no
    way to go. Nothing counts up to a ceiling, nor to another target's figure.
    """
    if target.measure is Measure.RATE or goal.ref or goal.op is Op.CEILING:
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
    return start + share_due(target.pace, month, target.deadline) * (goal.threshold - start)


def asked_by(target: Target, goal: Goal, month: int) -> Fraction | None:
    """Return what pace asks for by ``month`` as a person would say it: of counted things the next whole one.

    Three quarters of a place is one place. None: no pace applies.
    """
    figure = required_by(target, goal, month)
    if figure is None or not goal.unit.is_whole:
        return figure
    things = figure * goal.unit.size
    return (floor(things) if goal.is_limit else ceil(things)) / goal.unit.size


def due_by(target: Target, month: int) -> Goal | Fraction | None:
    """Return what is due by ``month``: the goal itself, a figure on the way to it, or None for nothing.

    Whoever reports just that figure is on pace: what isn't whole is rounded towards the goal, too.
    """
    goal = target.goal
    if goal.value is None and not goal.ref:
        return None
    is_kept = (
        goal.ref or goal.op is Op.CEILING or (target.measure is Measure.FLOW and goal.is_limit)
    )
    if month >= target.deadline or is_kept:
        return goal
    if target.pace is Pace.YEAR_END:
        return None
    asked = asked_by(target, goal, month)
    if asked is None:
        # A rate is held against its goal at any time; a level that kept it last year has to keep it.
        is_held = target.measure is Measure.RATE or target.baseline is not None
        return goal if is_held else None
    rounded = floor if goal.is_limit else ceil
    return Fraction(rounded(asked * 100), 100)


def due_text(target: Target, month: int) -> str:
    """Return what is due by ``month`` in words (50个, ≥11%); "" where nothing is before the year ends."""
    due = due_by(target, month)
    if due is None:
        return ""
    return due.text if isinstance(due, Goal) else format_number(due) + target.goal.unit.text
