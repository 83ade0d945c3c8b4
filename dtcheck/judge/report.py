"""The Report: every target judged, summed by section, with all findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dtcheck.actuals import Actual, Period, Submissions
from dtcheck.judge.pace import YEAR
from dtcheck.judge.plausibility import check_plausibility, missing_reason
from dtcheck.judge.status import Status
from dtcheck.judge.verdict import Cuts, Verdict, judge
from dtcheck.rules import Finding, Level, Place
from dtcheck.rules.plausibility import STALE
from dtcheck.targets import Goal, Measure, Section, Target, TargetsFile

if TYPE_CHECKING:
    import pandas


class FailOn(StrEnum):
    """What makes a run end with 1; each level includes those before it."""

    NEVER = "never"
    DATA = "data"
    MISSED = "missed"
    BEHIND = "behind"
    MISSING = "missing"

    def includes(self, other: FailOn) -> bool:
        """Whether this level flags what ``other`` names."""
        order = list(FailOn)
        return order.index(self) >= order.index(other)


class Policy(NamedTuple):
    """What is looked at and what counts.

    ``select`` holds code prefixes, ``lead`` a bureau, ``ignore`` ids of warnings and infos, for
    which ``reasons`` may say why; ``cuts`` where the red light begins.
    """

    select: tuple[str, ...] = ()
    lead: str | None = None
    ignore: frozenset[str] = frozenset()
    fail_on: FailOn = FailOn.BEHIND
    strict: bool = False
    reasons: Mapping[str, str] = MappingProxyType({})
    cuts: Cuts = Cuts()


class Result(NamedTuple):
    """A target with the actual that was judged, or was last heard of, and the verdict on it."""

    target: Target
    goal: Goal
    actual: Actual | None
    verdict: Verdict

    @property
    def status(self) -> Status:
        """The status of the verdict."""
        return self.verdict.status


class Summary(NamedTuple):
    """How many targets there are of each status."""

    total: int
    by_status: Mapping[Status, int]

    @classmethod
    def of(cls, results: Iterable[Result]) -> Summary:
        """Count ``results``."""
        counts = Counter(result.status for result in results)
        return cls(counts.total(), {status: counts[status] for status in Status})


@dataclass(frozen=True)
class Report:
    """What a run found; ``results`` are in the order of the targets file.

    ``sections`` are those with a selected target. ``exit_code`` is 0, 1 or 2 (design §7).
    """

    file: TargetsFile
    as_of: Period
    results: tuple[Result, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    policy: Policy
    exit_code: int

    @property
    def summary(self) -> Summary:
        """The counts over all results."""
        return Summary.of(self.results)

    def of_section(self, section: Section) -> tuple[Result, ...]:
        """The results of one section."""
        return tuple(result for result in self.results if result.target.section == section.name)

    def flags(self, concern: Result | Finding) -> bool:
        """Whether a result or a finding counts for the exit code."""
        if isinstance(concern, Finding):
            return _doubts(concern, self.policy)
        return _flags(concern, self.policy)

    def count(self, level: Level) -> int:
        """How many findings there are of a level."""
        return sum(1 for finding in self.findings if finding.level is level)

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas table, one row a target, indexed by ``code`` in the order of the file.

        Texts: name, section, lead, measure, kind, op, unit, bureau, note ("" where nothing was
        submitted). Floats, NaN where they don't apply: goal, actual, gap_to_goal, needed_per_month,
        year_end_estimate in ``unit``; progress, pace as shares (0.48); gap_to_pace in percentage
        points for flow and level, in ``unit`` for rate. ``month`` (Int64) is that of the actual.
        ``status`` is an ordered category (``Status`` values, best first), ``light`` a category.
        """
        from dtcheck.judge.frame import frame_of

        return frame_of(self.results)


def build_report(
    file: TargetsFile,
    submissions: Submissions,
    as_of: Period | None = None,
    policy: Policy | None = None,
) -> Report:
    """Judge every selected target as of a month, without one the newest submitted."""
    policy = policy or Policy()
    when = as_of or submissions.newest or Period(file.year, YEAR)
    codes = file.selected(policy.select, policy.lead)
    results: list[Result] = []
    findings = list(submissions.findings)
    for target in file.targets:
        if target.code in codes:
            result = _result(target, submissions, when, policy.cuts)
            results.append(result)
            findings.extend(_notes_on(result, when))
    findings.extend(check_plausibility(file, submissions, when))
    chosen = tuple(
        finding
        for finding in sorted(findings, key=_place_order)
        if (finding.code is None or finding.code in codes)
        and (finding.rule.id not in policy.ignore or finding.level is Level.ERROR)
    )
    sections = tuple(
        section
        for section in file.sections
        if any(target.code in codes for target in section.targets)
    )
    return Report(
        file, when, tuple(results), sections, chosen, policy, _exit_code(results, chosen, policy)
    )


def _result(target: Target, submissions: Submissions, when: Period, cuts: Cuts) -> Result:
    months = submissions.actuals.get(target.code, {})
    usable = [month for month in months if month <= when.month]
    actual = months[max(usable)] if usable else None
    goal = submissions.assigned.get(target.code) if target.is_assigned else target.goal
    if goal is None:
        return Result(target, target.goal, actual, _plain(Status.UNDECIDED))
    due = max((month for month in target.due_months if month <= when.month), default=0)
    if actual is None:
        return Result(target, goal, None, _plain(Status.NO_DATA if due else Status.NOT_DUE))
    verdict = judge(target, goal, actual.value, actual.period.month, cuts)
    settled = target.measure is Measure.FLOW and verdict.status in (Status.MET, Status.MISSED)
    if actual.period.month < due and not settled:
        verdict = _plain(Status.NO_DATA)
    return Result(target, goal, actual, verdict)


def _plain(status: Status) -> Verdict:
    return Verdict(status, status.light)


def _notes_on(result: Result, when: Period) -> Iterable[Finding]:
    """Yield what is doubtful about a judged result: a stale figure, a shortfall unexplained."""
    actual = result.actual
    if actual is None:
        return
    if result.status.is_shortfall and (finding := missing_reason(actual)):
        yield finding
    if result.status is Status.NO_DATA:
        yield Finding(
            STALE,
            f"{actual.code} {result.target.name} 最新的数是 {actual.period} 的，检查到 {when} 已经过时",
            "补报最近一期的累计数；旧数只作显示，不作判断",
            actual.place,
            actual.code,
        )


def _place_order(finding: Finding) -> tuple[str, str, int, str]:
    place: Place = finding.place
    return (place.file, place.sheet or "", place.row or place.line or 0, finding.rule.id)


def _exit_code(results: Iterable[Result], findings: Iterable[Finding], policy: Policy) -> int:
    """Return 2 where something could not be judged, 1 where something is flagged, else 0."""
    found = list(findings)
    if any(finding.rule.leaves_unjudged for finding in found):
        return 2
    flagged = any(_flags(result, policy) for result in results)
    return 1 if flagged or any(_doubts(finding, policy) for finding in found) else 0


def _doubts(finding: Finding, policy: Policy) -> bool:
    levels = {Level.ERROR, Level.WARNING} if policy.strict else {Level.ERROR}
    return policy.fail_on.includes(FailOn.DATA) and finding.level in levels


def _flags(result: Result, policy: Policy) -> bool:
    """Whether a result counts; 争取 targets and near only count strictly."""
    if result.target.strive and not policy.strict:
        return False
    level = {
        Status.MISSED: FailOn.MISSED,
        Status.BEHIND: FailOn.BEHIND,
        Status.NO_DATA: FailOn.MISSING,
    }.get(result.status)
    if result.status is Status.NEAR and policy.strict:
        month = result.actual.period.month if result.actual else YEAR
        level = FailOn.MISSED if month == YEAR else FailOn.BEHIND
    return level is not None and policy.fail_on.includes(level)
