"""Whether a figure is of a size that it can have: slips of unit, amounts for rates (DT302).

The bounds were measured on lifelike series, see docs/measured.md; tests/bench/slips.py measures
them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from dtcheck.actuals import Actual
from dtcheck.cells.bounds import is_implausible_rate, is_impossible, is_out_of_range, scale_of
from dtcheck.judge.pace import required_by
from dtcheck.targets import Measure, Target
from dtcheck.units import SHARE, format_number

_TIMES = 3
# So many pieces are no matter of proportion: a goal of 1 may well be passed fivefold.
_FEW = 5
_TENFOLD_LOW, _TENFOLD_HIGH = Fraction(75, 10), Fraction(125, 10)
_RATE_APART = 20
# % for a share, 亿 for 万; what is ten times too small is too near to real life.
_SMALLER = (100, 10**4)
_WIDTH = Fraction(25, 100)
_SLIPS = (10, 100, 1000, 10**4, 10**8)
_LAST_YEAR = 100
# What an index stands for, at most.
_GROWTHS = (-10, 50)


class Doubt(NamedTuple):
    """What is odd about a figure, as the end of a sentence, and what it probably was.

    ``is_jump``: it is only odd beside the figure before; what comes next may well be held against it.
    """

    why: str
    probable: Fraction | None
    is_jump: bool


def doubt_on(target: Target, actual: Actual, last: Actual | None) -> Doubt | None:
    """Return what is odd about the size of a figure, given the last one of a likely size."""
    sizing = _Sizing(target, actual, last)
    why = sizing.too_large()
    jump = "" if why else sizing.tenfold()
    why = why or jump or sizing.too_small()
    return Doubt(why, sizing.probable(), bool(jump)) if why else None


class _Sizing:
    """One figure beside what may be expected of it."""

    def __init__(self, target: Target, actual: Actual, last: Actual | None) -> None:
        self.target = target
        self.value = actual.value
        self.month = actual.period.month
        # A figure of 0 says nothing of the size of the next.
        self.last = last if last and last.value else None
        self.is_rate = target.measure is Measure.RATE
        self.scale = None if self.is_rate else scale_of(target)
        # A limit may be broken by any amount, and without a goal there is nothing to go by.
        self.is_bound = self.is_rate or self.scale is not None
        self.goal = target.goal.value
        self.pace = self._pace()

    def _pace(self) -> Fraction | None:
        """The figure due by now; None where none is."""
        if self.goal is None or self.is_rate:
            return self.goal
        return required_by(self.target, self.target.goal, self.month) or None

    def too_large(self) -> str:
        if self.is_rate:
            return self._no_rate() if self._is_no_rate(self.value) else ""
        scale = self.scale
        if scale is None or self.value <= self._most(scale) or self._is_few(self.value):
            return ""
        by_goal = self.goal is not None and abs(self.goal) == scale
        times = format_number(self.value / scale, 1)
        return f"是{'目标' if by_goal else '上年实绩'}的 {times} 倍"

    def _most(self, scale: Fraction) -> Fraction:
        """The largest figure that passes; a total may always be what it was last year."""
        if self.target.measure is Measure.FLOW or not self.goal:
            return _TIMES * scale
        return max(_TIMES * abs(self.goal), self.target.baseline or Fraction(0))

    def _is_few(self, value: Fraction) -> bool:
        unit = self.target.goal.unit
        return unit.is_whole and value * unit.size <= _FEW

    def _is_no_rate(self, value: Fraction) -> bool:
        return is_implausible_rate(self.target, value) or is_out_of_range(self.target, value)

    def _no_rate(self) -> str:
        if self._is_index():
            return f"像是以上年为 {_LAST_YEAR} 的指数，不是增减"
        return "不像增减的幅度，像是总量，或者单位、小数点错了"

    def _is_index(self) -> bool:
        """Whether a rate that is none would be one as the index of last year's 100."""
        low, high = _GROWTHS
        growth = self.value - _LAST_YEAR
        return self.target.goal.unit.dimension == SHARE and low <= growth <= high

    def tenfold(self) -> str:
        """About ten times the last figure, or, of a first one, at least that of what is due.

        Of a first rate the bounds say all there is to say.
        """
        first = None if self.is_rate else self.pace
        before = self.last.value if self.last else first
        if not before or not self.is_bound:
            return ""
        times = self.value / before
        if times < _TENFOLD_LOW or (self.last and times > _TENFOLD_HIGH):
            return ""
        if self._is_few(self.value):
            return ""
        if self.is_rate:
            far = abs(self.value - before) >= _RATE_APART
        else:
            far = self._is_past_pace() and not self._is_explained()
        return (
            f"是{self._last_text() or '序时应有的数'}的约 {format_number(times, 1)} 倍"
            if far
            else ""
        )

    def _is_past_pace(self) -> bool:
        # From one or two to the goal is no slip: pieces come in batches.
        few = self.last is not None and self._is_few(self.last.value)
        line = self.goal if few else self.pace or self.goal
        return line is None or self.value > line

    def _is_explained(self) -> bool:
        """Whether the months since the last figure make most of the difference: 9 in January, 90 in October."""
        if self.last is None or self.target.measure is not Measure.FLOW:
            return False
        return self.value / self.last.value <= 2 * Fraction(self.month, self.last.period.month)

    def too_small(self) -> str:
        if not self.is_bound:
            return ""
        for expected in self._expected():
            if -self.value <= expected <= self.value:
                continue
            for times in _SMALLER:
                if self._is_near(self.value * times, expected):
                    is_flow = self.target.measure is Measure.FLOW
                    due = "序时应有的数" if is_flow else "目标或上年实绩"
                    return f"只有{self._last_text() or due}的约 1/{times}"
        return ""

    def _expected(self) -> Iterator[Fraction]:
        """What the figure is held against: the last one, else what is due, last year's or the goal."""
        if self.last:
            yield self.last.value
        elif self.target.measure is Measure.FLOW:
            yield self.pace or Fraction(0)
        else:
            yield self.goal or Fraction(0)
            yield self.target.baseline or Fraction(0)

    def _last_text(self) -> str:
        if self.last is None:
            return ""
        unit = self.target.goal.unit.text
        return f" {self.last.period} 的 {format_number(self.last.value)}{unit}"

    def _is_near(self, value: Fraction, expected: Fraction) -> bool:
        return expected != 0 and abs(value - expected) <= abs(expected) * _WIDTH

    def probable(self) -> Fraction | None:
        """Return what was probably meant, if that is near what is expected and can be."""
        if self.is_rate and self._is_index():
            return self.value - _LAST_YEAR
        guesses = [self.value / slip for slip in _SLIPS] + [self.value * slip for slip in _SMALLER]
        expected = [*self._expected(), *((self.goal,) if self.goal and not self.last else ())]
        for each in expected:
            for guess in guesses:
                if self._is_near(guess, each) and self._is_possible(guess):
                    return guess
        return None

    def _is_possible(self, value: Fraction) -> bool:
        unit = self.target.goal.unit
        whole = not unit.is_whole or (value * unit.size).denominator == 1
        return whole and not is_impossible(self.target, value)
