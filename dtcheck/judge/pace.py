"""Pace 序时进度: the share of the goal that should be reached by a month (DESIGN §5)."""

from __future__ import annotations

from fractions import Fraction

from dtcheck.targets import Pace

YEAR = 12


def share_due(pace: Pace | tuple[Fraction, ...], month: int) -> Fraction:
    """Return the share of the year's goal due by the end of ``month`` (1 to 12)."""
    if isinstance(pace, tuple):
        return pace[month - 1]
    if pace is Pace.QUARTERLY:
        return Fraction(month // 3, 4)
    if pace is Pace.YEAR_END:
        return Fraction(month // YEAR)
    return Fraction(month, YEAR)
