"""The goals that a higher level set (下达目标): month by month the one that holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

from dtcheck.actuals.actual import MOST_PLACES
from dtcheck.actuals.repeats import Rank, of_many
from dtcheck.periods import Period
from dtcheck.rules import Finding, Place
from dtcheck.rules.plausibility import CORRECTED
from dtcheck.rules.rows import CONFLICT
from dtcheck.targets import Goal, Target

_Filed = dict[Rank, dict[Goal, Place]]


class AssignedGoals:
    """Collects goals as they are read: by target, the month of the row (0: it names none), and when filed."""

    def __init__(self) -> None:
        self._goals: dict[str, dict[int, _Filed]] = {}

    def add(self, target: Target, goal: Goal, place: Place, period: Period, month: int) -> None:
        """Note the goal that a row of ``period`` supplies; ``month`` is from when it holds."""
        filed = self._goals.setdefault(target.code, {}).setdefault(month, {})
        goals = filed.setdefault(Rank.of(place, period), {})
        if len(goals) < MOST_PLACES:
            goals.setdefault(goal, place)

    def as_filed(self, until: Period | None) -> AssignedGoals:
        """Return those that were filed by a month; None: all."""
        known = AssignedGoals()
        for code, months in self._goals.items():
            for month, filed in months.items():
                came = {
                    rank: goals
                    for rank, goals in filed.items()
                    if until is None or rank.filed <= until
                }
                if came:
                    known._goals.setdefault(code, {})[month] = came
        return known

    def settle(
        self, targets: Mapping[str, Target], findings: list[Finding]
    ) -> dict[str, dict[int, Goal | None]]:
        """Return the goals by code and month; what differs goes to ``findings``."""
        settled: dict[str, dict[int, Goal | None]] = {}
        for code, months in self._goals.items():
            for month, filed in months.items():
                newest = filed[max(filed)]
                if len(newest) > 1:
                    findings.append(_two_goals(targets[code], newest))
                only = next(iter(newest)) if len(newest) == 1 else None
                settled.setdefault(code, {})[month] = only
            findings.extend(_revised(targets[code], months))
        return settled


def _revised(target: Target, months: Mapping[int, _Filed]) -> Iterator[Finding]:
    """Say where a goal was set anew: in a later month, or by a later file for the same month."""
    known = [
        (month, next(iter(goals.items())))
        for month, filed in sorted(months.items())
        for _, goals in sorted(filed.items())
        if len(goals) == 1
    ]
    for (earlier, (old, before)), (month, (new, place)) in pairwise(known):
        if old != new:
            since = f"{month} 月起" if month > earlier else "后来的文件"
            message = (
                f"{target.code} {target.name} 的下达目标由 {old.text} 改为 {new.text}（{since}）"
            )
            hint = f"原目标在 {before.in_row}；各月按截至当月最新的下达目标判断"
            yield Finding(CORRECTED, message, hint, place, target.code)


def _two_goals(target: Target, goals: Mapping[Goal, Place]) -> Finding:
    said = "、".join(f"{goal.text}（{place.in_row}）" for goal, place in islice(goals.items(), 5))
    return of_many(
        CONFLICT,
        f"“{target.name}”有不同的下达目标：{said}",
        "核实后只留一个；在此之前状态为待定",
        target,
        list(goals.values())[::-1],
        len(goals),
    )
