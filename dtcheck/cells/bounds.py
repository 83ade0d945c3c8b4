"""What a figure can't be, and what it hardly is (design §5): measured on lifelike series."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from dtcheck.targets import Measure, Target
from dtcheck.units import SHARE

_IMPOSSIBLE_TIMES = 100
_LOWEST_RATE, _HIGHEST_RATE = -100, 1000
_WHOLE = Fraction(100)
_RATE_POINTS, _RATE_TIMES = 50, 5
# The index of last year's 100: 106.5 for a growth of 6.5 %.
_INDEX_LOW, _INDEX_HIGH, _INDEX_BELOW = 90, 150, 30


def scale_of(target: Target) -> Fraction | None:
    """Return the greater of goal and baseline, by which flows and levels are bound; None: no bound.

    Limits have none: an accident is one too many whatever the goal.
    """
    if target.goal.value is None or target.goal.is_limit:
        return None
    scale = max(abs(target.goal.value), abs(target.baseline or Fraction(0)))
    return scale or None


class Limits(NamedTuple):
    """What bounds a bare number as a target's figure; ``size`` is a whole thing's, where it counts them."""

    highest: Fraction | None
    size: Fraction | None

    def allow(self, value: Fraction) -> bool:
        """Whether a value in the goal's unit, zero or more, can be true as far as measure and unit tell."""
        if self.highest is not None and value > self.highest:
            return False
        if self.size is None or value.denominator == 1:
            return True
        return (value * self.size).denominator == 1


def limits_of(target: Target) -> Limits:
    """Return what can be true of ``target``, worked out once for many figures."""
    unit = target.goal.unit
    if target.measure is Measure.RATE:
        if unit.dimension != SHARE:
            return Limits(_most_of_change(target), None)
        return Limits(Fraction(_HIGHEST_RATE), None)
    scale = scale_of(target)
    highest = None if scale is None else scale * _IMPOSSIBLE_TIMES
    if target.measure is Measure.LEVEL and unit.dimension == SHARE:
        highest = min(highest or _WHOLE, _WHOLE)
    return Limits(highest, unit.size if unit.is_whole else None)


def is_impossible(target: Target, value: Fraction) -> bool:
    """Whether ``value``, in the goal's unit, is out of all proportion and not used (DT210)."""
    if target.measure is Measure.RATE:
        share = target.goal.unit.dimension == SHARE
        return share and not _LOWEST_RATE <= value <= _HIGHEST_RATE
    goal = target.goal.value
    if goal is not None and value <= goal:
        return False
    scale = scale_of(target)
    return scale is not None and value > scale * _IMPOSSIBLE_TIMES


def is_out_of_range(target: Target, value: Fraction) -> bool:
    """Whether a change that isn't in % (天) is measured like one in points, and hardly one."""
    if target.goal.unit.dimension == SHARE:
        return False
    return abs(value) > _most_of_change(target)


def _most_of_change(target: Target) -> Fraction:
    goal = abs(target.goal.value or Fraction(0))
    return max(Fraction(_RATE_POINTS), _RATE_TIMES * goal)


def is_implausible_rate(target: Target, value: Fraction) -> bool:
    """Whether a rate is hardly one: an amount or an index in its place (DT302)."""
    if target.goal.unit.dimension != SHARE:
        return False
    goal = None if target.goal.value is None else abs(target.goal.value)
    index = _INDEX_LOW <= value <= _INDEX_HIGH and (goal is None or goal < _INDEX_BELOW)
    return index or abs(value) > max(_RATE_POINTS, _RATE_TIMES * (goal or 0))
