"""The Report: every target judged, summed by section, with all findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dtcheck.actuals import Handed, Period, Submissions
from dtcheck.judge.plausibility import (
    check_plausibility,
    few_reported,
    nothing_to_compare,
    stale_figure,
    unexplained_shortfall,
)
from dtcheck.judge.result import Judgements, Result, Summary
from dtcheck.judge.status import Status
from dtcheck.judge.verdict import RedCuts
from dtcheck.rules import Finding, Level, Place
from dtcheck.targets import Section, TargetsFile
from dtcheck.targets.model import DECEMBER

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
    which ``reasons`` may say why; ``cuts`` say where the red light begins. ``files`` are those that
    are reported on, by the names of their places: the others are history. None are all.
    """

    select: tuple[str, ...] = ()
    lead: str | None = None
    ignore: frozenset[str] = frozenset()
    fail_on: FailOn = FailOn.BEHIND
    strict: bool = False
    reasons: Mapping[str, str] = MappingProxyType({})
    cuts: RedCuts = RedCuts()
    files: frozenset[str] | None = None

    def reports_on(self, *places: Place) -> bool:
        """Whether one of the places is in a file that is reported on."""
        return self.files is None or any(place.file in self.files for place in places)


@dataclass(frozen=True, repr=False)
class Report:
    """What a run found; ``results`` are in the order of the targets file.

    ``sections`` are those with a selected target. ``exit_code`` is 0, 1 or 2 (design §7). ``rows``
    and ``senders`` tell what the files are about, as ``Submissions`` has them.
    """

    file: TargetsFile
    as_of: Period
    results: tuple[Result, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    policy: Policy
    exit_code: int
    rows: Mapping[str, Handed]
    senders: frozenset[str]

    @cached_property
    def summary(self) -> Summary:
        """The counts over all results."""
        return Summary.of(self.results)

    def of_section(self, section: Section) -> tuple[Result, ...]:
        """The results of one section."""
        return tuple(result for result in self.results if result.target.section == section.name)

    def flags(self, concern: Result | Finding) -> bool:
        """Whether a result or a finding counts for the exit code."""
        if isinstance(concern, Finding):
            return _finding_counts(concern, self.policy)
        return _result_counts(concern, self.policy)

    def count(self, level: Level) -> int:
        """How many findings there are of a level."""
        return sum(1 for finding in self.findings if finding.level is level)

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas table, one row a target, indexed by ``code`` in the order of the file.

        Texts: name, section, lead, measure, kind, op, unit, bureau, note ("" where nothing was
        submitted). Floats, NaN where they don't apply: goal, actual, gap_to_goal, needed_per_month,
        year_end_estimate in ``unit``; progress, pace as shares (0.48); gap_to_pace in percentage
        points for flow and level, in ``unit`` for rate. ``month`` (Int64) is that of the actual.
        ``status`` is an ordered category (``Status`` values, best first), ``light`` a category;
        ``last_status`` is what a target that is no_data was by its last figure, else missing.
        """
        from dtcheck.judge.frame import frame_of

        return frame_of(self.results)

    def findings_frame(self) -> pandas.DataFrame:
        """Return a pandas table, one row a finding, in the order of ``findings``.

        ``rule`` is its id; ``level`` an ordered category, heaviest first; ``row`` (Int64) the row
        of the file or sheet, or the line of a text where rows can't be told; ``count`` is above 1
        where one finding stands for several places. Where nothing applies, ``column`` and ``code``
        are "", ``row`` is missing. ``message``, ``hint`` and ``file`` are texts.
        """
        from dtcheck.judge.frame import findings_frame

        return findings_frame(self.findings)

    def __repr__(self) -> str:
        return (
            f"<Report {self.as_of}: {len(self.results)} results, {len(self.findings)} findings, "
            f"exit_code {self.exit_code}>"
        )

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from dtcheck.judge.notebook import report_html

        return report_html(self)


def build_report(
    file: TargetsFile,
    submissions: Submissions,
    as_of: Period | None = None,
    policy: Policy | None = None,
    judgements: Judgements | None = None,
) -> Report:
    """Judge every selected target as of a month, without one the newest submitted.

    ``judgements`` are those of ``submissions``, for whoever looks at several months.
    """
    policy = policy or Policy()
    judgements = judgements or Judgements(submissions, policy.cuts)
    when = as_of or submissions.newest or Period(file.year, DECEMBER)
    codes = file.selected(policy.select, policy.lead)
    results: list[Result] = []
    findings = list(submissions.findings)
    for target in file.targets:
        if target.code in codes:
            result = judgements.as_of(target, when)
            if _is_history(result, policy):
                continue
            results.append(result)
            findings.extend(_doubts_on(result, when))
    findings.extend(check_plausibility(file, submissions, when))
    if not (as_of or submissions.as_of) and (few := few_reported(file, submissions, when)):
        findings.append(few)
    chosen = tuple(
        finding
        for finding in sorted(findings, key=_place_order)
        if (not finding.about or not codes.isdisjoint(finding.about))
        and (finding.rule.id not in policy.ignore or finding.level is Level.ERROR)
        and policy.reports_on(finding.place, *finding.more)
    )
    judged = {result.target.code for result in results}
    sections = tuple(
        section
        for section in file.sections
        if any(target.code in judged for target in section.targets)
    )
    return Report(
        file,
        when,
        tuple(results),
        sections,
        chosen,
        policy,
        _exit_code(results, chosen, policy),
        submissions.rows,
        submissions.senders,
    )


def _is_history(result: Result, policy: Policy) -> bool:
    """Whether a result is of a figure that isn't reported on; what is due and missing is no history."""
    actual = result.actual
    return (
        actual is not None
        and result.status is not Status.NO_DATA
        and not policy.reports_on(actual.place)
    )


def _doubts_on(result: Result, when: Period) -> Iterable[Finding]:
    """Yield what is doubtful about a judged result: a stale figure, a shortfall unexplained."""
    actual = result.actual
    if actual is None:
        return
    if result.status.is_shortfall and not actual.note:
        yield unexplained_shortfall(result, actual)
    if result.status is Status.UNDECIDED and result.goal.ref:
        yield nothing_to_compare(result.target, actual, result.goal.ref)
    if result.status is Status.NO_DATA:
        yield stale_figure(result.target, actual, when, result.last_status)


def _place_order(finding: Finding) -> tuple[str, str, int, str]:
    place: Place = finding.place
    return (place.file, place.sheet or "", place.row or place.line or 0, finding.rule.id)


def _exit_code(results: Iterable[Result], findings: Iterable[Finding], policy: Policy) -> int:
    """Return 2 where something could not be judged, 1 where something is flagged, else 0."""
    found = list(findings)
    if any(finding.rule.leaves_unjudged for finding in found):
        return 2
    flagged = any(_result_counts(result, policy) for result in results)
    return 1 if flagged or any(_finding_counts(finding, policy) for finding in found) else 0


def _finding_counts(finding: Finding, policy: Policy) -> bool:
    levels = {Level.ERROR, Level.WARNING} if policy.strict else {Level.ERROR}
    return policy.fail_on.includes(FailOn.DATA) and finding.level in levels


def _result_counts(result: Result, policy: Policy) -> bool:
    """Whether a result counts; 争取 targets and near only count strictly.

    A silent shortfall counts as what it was: blank forms turn no exit code into 0.
    """
    if result.target.strive and not policy.strict:
        return False
    level = {
        Status.MISSED: FailOn.MISSED,
        Status.BEHIND: FailOn.BEHIND,
        Status.NO_DATA: FailOn.MISSING,
    }.get(result.as_last_heard.status)
    if result.status is Status.NEAR and policy.strict:
        month = result.actual.period.month if result.actual else DECEMBER
        is_over = month >= result.target.deadline
        level = FailOn.MISSED if is_over else FailOn.BEHIND
    return level is not None and policy.fail_on.includes(level)
