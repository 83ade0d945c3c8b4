"""The course of one target over the months for which it has figures of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dtcheck.judge import Result
from dtcheck.targets import Target


@dataclass(frozen=True)
class Track:
    """A target's results by month, ascending; a month without a figure is no key."""

    target: Target
    points: Mapping[int, Result]

    def standing(self, month: int) -> Result | None:
        """The result of the newest figure up to ``month``."""
        known = [each for each in self.points if each <= month]
        return self.points[max(known)] if known else None

    @property
    def goal(self) -> Fraction:
        """The number of the goal that the newest figure was judged by; there must be a figure."""
        return self.points[max(self.points)].goal.threshold

    def before(self, month: int) -> Result | None:
        """The result of the newest figure from before ``month``."""
        return self.standing(month - 1)

    @property
    def short_since(self) -> int | None:
        """The month of the first figure of the run of shortfalls that is not over; None: no run.

        A missing month neither ends a run nor counts.
        """
        since = None
        for month in reversed(list(self.points)):
            if not self.points[month].status.is_shortfall:
                break
            since = month
        return since

    @property
    def change(self) -> Fraction | None:
        """How much better the newest figure is than the one before, in the goal's unit."""
        if len(self.points) < 2:
            return None
        earlier, newest = (self.points[month].actual for month in list(self.points)[-2:])
        if earlier is None or newest is None:
            return None
        change = newest.value - earlier.value
        return -change if self.target.goal.is_limit else change

    @property
    def catching_up(self) -> Fraction | None:
        """By how many points (rates: of the unit) the gap to pace changed; negative: it widened."""
        if len(self.points) < 2:
            return None
        earlier, newest = (
            self.points[month].verdict.gap_to_pace for month in list(self.points)[-2:]
        )
        return None if earlier is None or newest is None else newest - earlier

    def is_gap(self, earlier: int, later: int) -> bool:
        """Whether a figure was due between two months and is missing."""
        return any(earlier < month < later for month in self.target.due_months)
