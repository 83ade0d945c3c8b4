"""Results: every target with its newest figure and the verdict on it, and their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from dtcheck.actuals import Actual, Period, Submissions
from dtcheck.judge.status import Status
from dtcheck.judge.verdict import RedCuts, Verdict, judge
from dtcheck.targets import Goal, Measure, Target


class Result(NamedTuple):
    """A target with the actual that was judged, or was last heard of, and the verdict on it.

    ``last`` is the verdict on the older figure of a target that has gone silent. ``is_late``: it is
    met, but was not when it had to be.
    """

    target: Target
    goal: Goal
    actual: Actual | None
    verdict: Verdict
    last: Verdict | None = None
    is_late: bool = False

    @property
    def status(self) -> Status:
        """The status of the verdict."""
        return self.verdict.status

    @property
    def last_status(self) -> Status | None:
        """What a target that is no_data was by its last figure; None: there is none."""
        return self.last.status if self.last else None

    @property
    def was(self) -> str:
        """What is to be said beside the status, in brackets; else "".

        What a silent shortfall was when last heard of（5月欠序时）, or that it was met late（逾期）.
        """
        if self.is_late:
            return "（逾期）"
        if not (self.actual and self.last and self.is_silent_shortfall):
            return ""
        return f"（{self.actual.period.month}月{self.last.status.label}）"

    @property
    def status_text(self) -> str:
        """The status as people read it: 未填报（5月欠序时）, 已完成（逾期）."""
        return self.status.label + self.was

    @property
    def goal_text(self) -> str:
        """The goal as people read it, with the month by which it has to be met."""
        return self.target.goal_text(self.goal)

    @property
    def is_silent_shortfall(self) -> bool:
        """Whether it was short when last heard of: silence mends nothing."""
        return self.last is not None and self.last.status.is_shortfall

    @property
    def is_shortfall(self) -> bool:
        """Whether this is a 缺口, now or when last heard of."""
        return self.status.is_shortfall or self.is_silent_shortfall

    @property
    def is_told(self) -> bool:
        """Whether there is something to look at: it was judged, or was short before it fell silent."""
        return self.status.is_judged or self.is_silent_shortfall

    @property
    def as_last_heard(self) -> Result:
        """The result that tells how far it is: of a silent shortfall the one of its last figure."""
        return self._replace(verdict=self.last) if self.last and self.is_silent_shortfall else self


class Summary(NamedTuple):
    """How many targets there are of each status."""

    total: int
    by_status: Mapping[Status, int]

    @classmethod
    def of(cls, results: Iterable[Result]) -> Summary:
        """Count ``results``."""
        counts = Counter(result.status for result in results)
        return cls(counts.total(), {status: counts[status] for status in Status})

    @property
    def share_kept(self) -> Fraction | None:
        """The 达标率: met and on pace as a share of those that could be told by now; None: none."""
        assessed = sum(count for status, count in self.by_status.items() if status.is_assessed)
        kept = sum(count for status, count in self.by_status.items() if status.is_kept)
        return Fraction(kept, assessed) if assessed else None


class Judgements:
    """The figures of all months against their goals; each is judged once, when first asked for."""

    def __init__(self, submissions: Submissions, cuts: RedCuts) -> None:
        self._submissions = submissions
        self._cuts = cuts
        self._judged: dict[int, Result] = {}

    def beside(self, submissions: Submissions) -> Judgements:
        """Return the judgements of what was known at another time; what both know is judged once."""
        others = Judgements(submissions, self._cuts)
        others._judged = self._judged
        return others

    def as_of(self, target: Target, when: Period) -> Result:
        """Return where a target stands by its newest figure up to ``when``."""
        months = self._submissions.actuals.get(target.code, {})
        newest = max((month for month in months if month <= when.month), default=None)
        actual = None if newest is None else months[newest]
        goal = self._goal(target, when.month, actual)
        if goal is None:
            return Result(target, target.goal, actual, Verdict.unjudged(Status.UNDECIDED))
        due = target.last_due(when.month)
        if actual is None:
            status = Status.NO_DATA if due else Status.NOT_DUE
            return Result(target, goal, None, Verdict.unjudged(status))
        if exceeded := self._exceeded(target, goal, when.month):
            return exceeded
        result = self._result(target, goal, actual)
        settled = target.measure is Measure.FLOW and result.status in (Status.MET, Status.MISSED)
        if actual.period.month < due and not settled:
            return result._replace(verdict=Verdict.unjudged(Status.NO_DATA), last=result.verdict)
        return self._told_late(result)

    def by_month(self, target: Target, until: Period) -> Mapping[int, Result]:
        """Return the results of a target's own figures up to ``until``; without a goal, none.

        After a limit was exceeded every figure carries the verdict on the highest.
        """
        months = self._submissions.actuals.get(target.code, {})
        found: dict[int, Result] = {}
        for month in sorted(months):
            goal = self._goal(target, month, months[month])
            if goal and month <= until.month:
                result = self._told_late(self._result(target, goal, months[month]))
                exceeded = self._exceeded(target, goal, month)
                found[month] = result._replace(verdict=exceeded.verdict) if exceeded else result
        return found

    def _told_late(self, result: Result) -> Result:
        """Return a result with whether its goal was missed in time and met only later."""
        target, actual = result.target, result.actual
        if result.status is not Status.MET or target.due is None or actual is None:
            return result
        months = self._submissions.actuals.get(target.code, {})
        between = [month for month in months if target.due <= month < actual.period.month]
        missed = (
            self._result(target, goal, months[month]).status is Status.MISSED
            for month in between
            if (goal := self._goal(target, month, months[month]))
        )
        return result._replace(is_late=any(missed))

    def _exceeded(self, target: Target, goal: Goal, month: int) -> Result | None:
        """Return the highest figure up to ``month`` by which a flow broke its limit, if one did.

        What happened has happened: a lower figure later mends nothing but itself.
        """
        if target.measure is not Measure.FLOW or not goal.is_limit or goal.ref:
            return None
        months = self._submissions.actuals.get(target.code, {})
        results = (self._result(target, goal, months[each]) for each in months if each <= month)
        broken = [each for each in results if each.status is Status.MISSED]
        return max(broken, key=_height, default=None)

    def _goal(self, target: Target, month: int, actual: Actual | None) -> Goal | None:
        """Return the goal to judge by in ``month``; None where there is none yet.

        A higher level may set one, and another later; another target's figure counts for the
        same month as ``actual``.
        """
        if target.is_assigned:
            goals = self._submissions.assigned.get(target.code, {})
            newest = max((each for each in goals if each <= month), default=None)
            return None if newest is None else goals[newest]
        goal = target.goal
        if goal.ref is None or actual is None:
            return goal
        other = self._submissions.actuals.get(goal.ref, {}).get(actual.period.month)
        return goal._replace(value=other.value) if other else None

    def _result(self, target: Target, goal: Goal, actual: Actual) -> Result:
        # The result keeps the figure, so that no other takes its place in memory.
        key = id(actual)
        known = self._judged.get(key)
        # A revised goal, and another target's figure, are not the same for every month that asks.
        if known is None or known.goal != goal:
            month, bound = actual.period.month, actual.bound
            verdict = judge(target, goal, actual.value, month, self._cuts, bound)
            self._judged[key] = Result(target, goal, actual, verdict)
        return self._judged[key]


def _height(result: Result) -> tuple[Fraction, int]:
    actual = result.actual
    return (actual.value, actual.period.month) if actual else (Fraction(0), 0)
