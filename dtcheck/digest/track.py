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

    @property
    def goal(self) -> Fraction:
        """The number of the goal that the newest figure was judged by; there must be a figure."""
        return self.points[max(self.points)].goal.threshold

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

    def is_gap(self, earlier: int, later: int) -> bool:
        """Whether a figure was due between two months and is missing."""
        return any(earlier < month < later for month in self.target.due_months)
