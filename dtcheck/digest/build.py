"""Joining the months: reports, tracks, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from dtcheck.actuals import Period, Submissions
from dtcheck.digest.doubt import doubtful_by_bureau
from dtcheck.digest.track import Track
from dtcheck.judge import (
    Judgements,
    Light,
    Policy,
    Report,
    Result,
    Status,
    Summary,
    build_report,
)
from dtcheck.rules import Finding
from dtcheck.rules.plausibility import CORRECTED
from dtcheck.targets import Measure, Section, TargetsFile
from dtcheck.targets.relations import Contradiction, contradiction

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Standing:
    """Where the targets of a digest stood as of a month, each count made once."""

    as_of: Period
    results: tuple[Result, ...]

    @cached_property
    def summary(self) -> Summary:
        """The counts over all results."""
        return Summary.of(self.results)

    @cached_property
    def by_section(self) -> Mapping[str, Summary]:
        """The counts by section, in the order of the targets file."""
        return _summaries((result.target.section, result) for result in self.results)

    @cached_property
    def by_lead(self) -> Mapping[str, Summary]:
        """The counts by lead, most shortfalls first, then most missing."""
        found = _summaries((result.target.lead, result) for result in self.results)
        return dict(sorted(found.items(), key=lambda each: _most_short(each[1])))


def _summaries(results: Iterable[tuple[str, Result]]) -> dict[str, Summary]:
    groups: dict[str, list[Result]] = {}
    for name, result in results:
        groups.setdefault(name, []).append(result)
    return {name: Summary.of(group) for name, group in groups.items()}


def _most_short(summary: Summary) -> tuple[int, int]:
    count = summary.by_status
    short = sum(count[status] for status in Status if status.is_shortfall)
    return -short, -count[Status.NO_DATA]


@dataclass(frozen=True, repr=False)
class Digest:
    """What a notice tells: the report as of a month, the months that led there, what changed.

    ``standings`` are those of the earlier months that have figures, and of the month judged by;
    ``months`` are those that have figures. Figures are as known now: a correction handed in later
    counts for its month. ``files`` counts the submissions that could be read in full.
    The tables (``sections``, ``bureaus``, ``history``, ``progress``, ``actuals``) are pandas',
    made when asked for.
    """

    report: Report
    standings: tuple[Standing, ...]
    months: tuple[int, ...]
    tracks: Mapping[str, Track]
    doubtful: Mapping[str, tuple[Finding, ...]]
    files: int

    @property
    def month(self) -> int:
        """The month judged by."""
        return self.report.as_of.month

    @property
    def now(self) -> Standing:
        """Where the targets stand by the month judged by."""
        return self.standings[-1]

    @property
    def before(self) -> Standing | None:
        """Where the targets stood by the newest earlier month that has figures."""
        return self.standings[-2] if len(self.standings) > 1 else None

    @cached_property
    def shortfalls(self) -> tuple[Result, ...]:
        """All shortfalls, worst first, with those that have fallen silent since."""
        short = [result for result in self.report.results if result.is_shortfall]
        return tuple(sorted(short, key=_severity))

    @property
    def silent_shortfalls(self) -> tuple[Result, ...]:
        """The shortfalls for which nothing newer was submitted: counted as 未填报, once."""
        return tuple(result for result in self.shortfalls if result.is_silent_shortfall)

    @property
    def shortfalls_by_section(self) -> tuple[tuple[Section, tuple[Result, ...]], ...]:
        """The shortfalls, worst first in each section; the section with the worst comes first."""
        by_name: dict[str, list[Result]] = {}
        for result in self.shortfalls:
            by_name.setdefault(result.target.section, []).append(result)
        sections = {section.name: section for section in self.report.sections}
        return tuple((sections[name], tuple(short)) for name, short in by_name.items())

    @property
    def newly_behind(self) -> tuple[Result, ...]:
        """Shortfalls that were none by the figure before, or had none; in a first month, none."""
        if self.before is None:
            return ()
        return tuple(result for result in self.shortfalls if not self._was_short(result))

    @property
    def caught_up(self) -> tuple[Result, ...]:
        """No longer a shortfall, by a new figure."""
        return tuple(
            result
            for result in self.report.results
            if result.status.is_judged
            and not result.status.is_shortfall
            and self._was_short(result)
        )

    def _was_short(self, result: Result) -> bool:
        if self.before is None:
            return False
        standing = self.tracks[result.target.code].standing(self.before.as_of.month)
        return standing is not None and standing.status.is_shortfall

    @property
    def fell_back(self) -> tuple[Result, ...]:
        """Targets whose new figure is worse than the one before."""
        return tuple(
            result
            for result in self.report.results
            if self._is_new(result) and (self.tracks[result.target.code].change or 0) < 0
        )

    @property
    def widening(self) -> tuple[Result, ...]:
        """Quantities short then and now whose new figure is further from pace."""
        return tuple(result for result in self._moving if self._movement(result) < 0)

    @property
    def narrowing(self) -> tuple[Result, ...]:
        """Quantities short then and now whose new figure is nearer to pace."""
        return tuple(result for result in self._moving if self._movement(result) > 0)

    @property
    def _moving(self) -> Iterator[Result]:
        for result in self.shortfalls:
            quantity = result.target.measure is not Measure.RATE
            if quantity and self._is_new(result) and self._was_short(result):
                yield result

    def _movement(self, result: Result) -> Fraction:
        return self.tracks[result.target.code].catching_up or Fraction(0)

    def _is_new(self, result: Result) -> bool:
        return result.actual is not None and result.actual.period.month == self.month

    @property
    def overdue_by_bureau(self) -> Mapping[str, tuple[Result, ...]]:
        """What is due and was not submitted, or not usably, by lead; most first."""
        overdue: dict[str, list[Result]] = {}
        for result in self.report.results:
            if result.status is Status.NO_DATA:
                overdue.setdefault(result.target.lead, []).append(result)
        ordered = sorted(overdue.items(), key=lambda each: -len(each[1]))
        return {lead: tuple(results) for lead, results in ordered}

    @property
    def corrections(self) -> tuple[Finding, ...]:
        """What a later file changed of an earlier month."""
        return tuple(each for each in self.report.findings if each.rule is CORRECTED)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Relations whose goals can't both be met when the added part is just met."""
        codes = {result.target.code for result in self.report.results}
        found = (
            contradiction(relation, self.report.file)
            for relation in self.report.file.relations
            if relation.total in codes or relation.added in codes
        )
        return tuple(each for each in found if each)

    @cached_property
    def sections(self) -> pandas.DataFrame:
        """Counts by section: a column each status, ``total`` and ``kept``."""
        from dtcheck.digest.frames import counts_frame

        return counts_frame(self.now.by_section, "section")

    @cached_property
    def bureaus(self) -> pandas.DataFrame:
        """Counts by lead, most shortfalls first: a column each status, ``total`` and ``kept``."""
        from dtcheck.digest.frames import counts_frame

        return counts_frame(self.now.by_lead, "lead")

    @cached_property
    def history(self) -> pandas.DataFrame:
        """The rows of ``Report.to_frame`` of all standings, indexed by code and ``as_of`` month."""
        from dtcheck.digest.frames import history_frame

        return history_frame(self.standings)

    @cached_property
    def progress(self) -> pandas.DataFrame:
        """Targets x months: the share of the goal reached; NaN where there is no figure."""
        from dtcheck.digest.frames import by_month

        return by_month(self.history, "progress")

    @cached_property
    def actuals(self) -> pandas.DataFrame:
        """Targets x months: the figures, in the goals' units; NaN where there is none."""
        from dtcheck.digest.frames import by_month

        return by_month(self.history, "actual")

    def __repr__(self) -> str:
        return (
            f"<Digest {self.report.as_of}: {len(self.report.results)} results of "
            f"{self.files} files, {len(self.shortfalls)} shortfalls>"
        )

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from dtcheck.digest.notebook import digest_html

        return digest_html(self)


def build_digest(
    file: TargetsFile,
    submissions: Submissions,
    as_of: Period | None = None,
    policy: Policy | None = None,
) -> Digest:
    """Judge every figure up to the month judged by, and report on that month in full."""
    policy = policy or Policy()
    judgements = Judgements(submissions, policy.cuts)
    report = build_report(file, submissions, as_of, policy, judgements)
    targets = [result.target for result in report.results]
    until = report.as_of
    present = {month for months in submissions.actuals.values() for month in months}
    months = tuple(sorted(month for month in present if month <= until.month))
    earlier = [Period(file.year, month) for month in months if month < until.month]
    return Digest(
        report=report,
        standings=(
            *(
                Standing(when, tuple(judgements.as_of(target, when) for target in targets))
                for when in earlier
            ),
            Standing(until, report.results),
        ),
        months=months,
        tracks={
            target.code: Track(target, judgements.by_month(target, until)) for target in targets
        },
        doubtful=doubtful_by_bureau(report, submissions),
        files=len(submissions.read_files),
    )


def _severity(result: Result) -> tuple[bool, bool, Fraction]:
    """Order shortfalls: limits exceeded, then red, then yellow, each by distance.

    Points under pace for quantities; rates count as shares of their goal, so that both compare.
    """
    verdict, goal = result.as_last_heard.verdict, result.goal
    gap = verdict.gap_to_pace
    if gap is None or result.target.measure is Measure.RATE:
        missing = verdict.gap_to_goal or Fraction(0)
        gap = missing * 100 / abs(goal.threshold) if goal.threshold else Fraction(0)
    exceeded = verdict.status is Status.MISSED and goal.is_limit
    return (not exceeded, verdict.light is not Light.RED, -abs(gap) if goal.is_limit else gap)
