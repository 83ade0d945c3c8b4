"""Judging one actual against one goal: the table of design §5, exactly.

Every comparison is of ``Fraction``: 53.5 of 107 by June is on pace and one ten-thousandth less is
not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from dtcheck.cells.actual import Bound
from dtcheck.judge.pace import share_due, start_of
from dtcheck.judge.status import Light, Status
from dtcheck.targets import Goal, Measure, Op, Pace, Target

# No official width of 左右 exists; the goal's own width is a setting (design §3).
DEFAULT_TOLERANCE = Fraction(5, 100)


class RedCuts(NamedTuple):
    """From where under pace a shortfall is red; cities differ, so both are settings.

    ``red_points`` is in percentage points, for quantities; ``red_rate_share`` a share of the goal,
    for rates.
    """

    red_points: Fraction = Fraction(10)
    red_rate_share: Fraction = Fraction(10, 100)


class Verdict(NamedTuple):
    """Where an actual stands.

    ``progress`` and ``pace`` are shares of the goal. ``gap_to_pace`` is in percentage points for
    flows and levels, in the goal's unit for rates; ``gap_to_goal``, ``needed_per_month`` and
    ``year_end_estimate`` are in the goal's unit. Gaps are actual minus required. None: does not
    apply.
    """

    status: Status
    light: Light
    progress: Fraction | None = None
    pace: Fraction | None = None
    gap_to_pace: Fraction | None = None
    gap_to_goal: Fraction | None = None
    needed_per_month: Fraction | None = None
    year_end_estimate: Fraction | None = None

    @classmethod
    def unjudged(cls, status: Status) -> Verdict:
        """Return the verdict where there is no figure, or no goal, to judge."""
        return cls(status, status.light)


def default_tolerance(goal: Goal) -> Fraction:
    """Return the width of a 左右 that names none, in the goal's unit."""
    return abs(goal.threshold) * DEFAULT_TOLERANCE


def judge(
    target: Target,
    goal: Goal,
    actual: Fraction,
    month: int,
    cuts: RedCuts | None = None,
    bound: Bound = Bound.EXACT,
) -> Verdict:
    """Judge ``actual`` (in the goal's unit), cumulative to ``month``, against ``goal``.

    ``goal`` is the target's own, the one supplied for an assigned target, or one that another
    target's figure gives its number. ``bound`` says on
    which side of its number the figure lies: it matters where the number is exactly on a line.
    """
    return _Judging(target, goal, actual, month, cuts or RedCuts(), bound).verdict()


class _Judging:
    """One judgement; the parts of a verdict share what is known of the case."""

    def __init__(
        self,
        target: Target,
        goal: Goal,
        actual: Fraction,
        month: int,
        cuts: RedCuts,
        bound: Bound,
    ) -> None:
        self.target = target
        self.cuts = cuts
        self.goal = goal
        self.actual = actual
        self.bound = bound
        self.month = month
        self.final = month >= target.deadline
        self.met = self._is_met()
        self.due = share_due(target.pace, month, target.deadline)
        self.start = start_of(target, goal)

    def verdict(self) -> Verdict:
        status = self._status()
        progress = self._progress()
        gap_to_pace = self._gap_to_pace(progress)
        return Verdict(
            status=status,
            light=self._light(status, gap_to_pace),
            progress=progress,
            pace=self.due if gap_to_pace is not None and not self._is_rate else None,
            gap_to_pace=gap_to_pace,
            gap_to_goal=self._gap_to_goal(),
            needed_per_month=self._needed_per_month(),
            year_end_estimate=self._year_end_estimate(),
        )

    @property
    def _is_rate(self) -> bool:
        return self.target.measure is Measure.RATE

    @property
    def _is_flow(self) -> bool:
        return self.target.measure is Measure.FLOW

    @property
    def _is_moving(self) -> bool:
        """Whether what is kept now may be lost again: growth can fall, another's figure can rise."""
        return self._is_rate or self.goal.ref is not None

    def _side(self, line: Fraction) -> int:
        """Whether the figure lies over a line (1), on it (0) or under it (-1)."""
        if self.actual == line:
            return {Bound.OVER: 1, Bound.UNDER: -1}.get(self.bound, 0)
        return 1 if self.actual > line else -1

    def _is_met(self) -> bool:
        """Whether the promise is kept in full: 超100个 keeps > 100, 100个以上 doesn't."""
        if self.actual != self.goal.threshold:
            return self.goal.is_met_by(self.actual)
        side = self._side(self.goal.threshold)
        if self.goal.op in (Op.OVER, Op.UNDER):
            return side == (1 if self.goal.op is Op.OVER else -1)
        return side <= 0 if self.goal.is_limit else side >= 0

    def _is_unsure(self, line: Fraction) -> bool:
        """Whether a figure on a line may as well lie on the wrong side of it."""
        wide = self.bound is Bound.ABOUT or (self.bound is Bound.AT_LEAST and self.goal.is_limit)
        return wide and self.actual == line

    def _status(self) -> Status:
        """The status of the plain figure; one that is kept only perhaps is near."""
        status = self._plain_status()
        line = self.goal.threshold if self.met else self._on_pace_figure()
        return Status.NEAR if status.is_kept and self._is_unsure(line) else status

    def _on_pace_figure(self) -> Fraction:
        start = self.start or Fraction(0)
        return start + self.due * (self.goal.threshold - start)

    def _plain_status(self) -> Status:
        if self._is_flow and self.goal.is_limit and not self.goal.ref:
            return self._limit_status()
        if self.final:
            return Status.MET if self.met else self._near_or(Status.MISSED)
        if self.met:
            return Status.ON_TRACK if self._is_moving else Status.MET
        if self.target.pace is Pace.YEAR_END:
            return Status.OPEN
        if self._is_moving or self.goal.op is Op.CEILING:
            return self._near_or(Status.BEHIND)
        if self.start is None:
            return Status.OPEN if self.target.baseline is None else Status.BEHIND
        if self.start == self.goal.threshold:
            # It has to leave 10 (> 10), and is where it was.
            return Status.BEHIND
        side = self._side(self._on_pace_figure())
        kept = side <= 0 if self.goal.is_limit else side >= 0
        return Status.ON_TRACK if kept else Status.BEHIND

    def _limit_status(self) -> Status:
        """A flow that must stay low: once over, it can't come back."""
        if not self.met and self._near_or(Status.MISSED) is Status.MISSED:
            return Status.MISSED
        if self.final:
            return Status.MET if self.met else Status.NEAR
        if self.target.pace is Pace.YEAR_END:
            return Status.OPEN
        return Status.ON_TRACK if self.met else Status.NEAR

    def _near_or(self, otherwise: Status) -> Status:
        """Whether a figure that misses a 左右 goal is close to it: under it, over a ceiling."""
        line, width = self.goal.threshold, self._width()
        close = {
            Op.ABOUT: self._side(line - width) >= 0,
            Op.CEILING: self._side(line + width) <= 0,
        }
        return Status.NEAR if close.get(self.goal.op) else otherwise

    def _width(self) -> Fraction:
        """How far off a 左右 goal still counts as 基本达到."""
        if self.target.tolerance is not None:
            return self.target.tolerance
        return default_tolerance(self.goal)

    def _progress(self) -> Fraction | None:
        start = self.start or Fraction(0)
        way = self.goal.threshold - start
        if self.goal.is_limit or way == 0 or self.goal.threshold == 0:
            return None
        return (self.actual - start) / way

    def _gap_to_goal(self) -> Fraction:
        gap = self.actual - self.goal.required
        # 超100个 keeps > 100, which asks for 101 of a plain figure.
        wrong = gap > 0 if self.goal.is_limit else gap < 0
        return Fraction(0) if self.met and wrong else gap

    def _gap_to_pace(self, progress: Fraction | None) -> Fraction | None:
        if self._is_rate:
            return self.actual - self.goal.threshold
        if progress is None or self.start is None:
            return None
        return (progress - self.due) * 100

    def _light(self, status: Status, gap_to_pace: Fraction | None) -> Light:
        if status is not Status.BEHIND or gap_to_pace is None:
            return status.light
        if self.goal.is_limit or self.goal.threshold == 0:
            return Light.YELLOW
        if self._is_rate:
            cut = abs(self.goal.threshold) * self.cuts.red_rate_share
        else:
            cut = self.cuts.red_points
        return Light.RED if gap_to_pace <= -cut else Light.YELLOW

    def _needed_per_month(self) -> Fraction | None:
        if self.start is None or not self._is_flow or self.final or self.met:
            return None
        return (self.goal.required - self.actual) / (self.target.deadline - self.month)

    def _year_end_estimate(self) -> Fraction | None:
        if not self._is_flow or self.due == 0 or self.goal.ref:
            return None
        return self.actual / self.due
