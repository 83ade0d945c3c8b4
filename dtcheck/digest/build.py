"""Joining the months: reports, tracks, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pandas as pd

from dtcheck.actuals import Period, Submissions
from dtcheck.digest.doubt import doubtful_by_bureau
from dtcheck.digest.frames import by_month, counts_by, history_of, summaries
from dtcheck.digest.track import Track
from dtcheck.judge import Light, Policy, Report, Result, Status, Summary, build_report
from dtcheck.rules import Finding
from dtcheck.rules.plausibility import CORRECTED
from dtcheck.targets import Measure, Section, TargetsFile
from dtcheck.targets.relations import Contradiction, contradiction


@dataclass(frozen=True)
class Digest:
    """What a notice tells: the report as of a month, the months that led there, what changed.

    ``before`` is the report of the newest earlier month that has figures; ``months`` are those
    that have. Figures are as known now: a correction handed in later counts for its month.
    """

    report: Report
    before: Report | None
    months: tuple[int, ...]
    tracks: Mapping[str, Track]
    doubtful: Mapping[str, tuple[Finding, ...]]
    history: pd.DataFrame

    @property
    def month(self) -> int:
        """The month judged by."""
        return self.report.as_of.month

    @cached_property
    def shortfalls(self) -> tuple[Result, ...]:
        """All shortfalls, worst first."""
        short = [result for result in self.report.results if result.status.is_shortfall]
        return tuple(sorted(short, key=_severity))

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
        good = (Status.MET, Status.ON_TRACK, Status.NEAR, Status.OPEN)
        return tuple(
            result
            for result in self.report.results
            if result.status in good and self._was_short(result)
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
    def silent_by_bureau(self) -> Mapping[str, tuple[Result, ...]]:
        """What is due and was not submitted, or not usably, by lead; most first."""
        silent: dict[str, list[Result]] = {}
        for result in self.report.results:
            if result.status is Status.NO_DATA:
                silent.setdefault(result.target.lead, []).append(result)
        ordered = sorted(silent.items(), key=lambda each: -len(each[1]))
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
    def sections(self) -> pd.DataFrame:
        """Counts by section: a column each status, ``total`` and ``kept``."""
        return counts_by(self.history, self.month, "section")

    @cached_property
    def bureaus(self) -> pd.DataFrame:
        """Counts by lead, most shortfalls first: a column each status, ``total`` and ``kept``."""
        counts = counts_by(self.history, self.month, "lead")
        ranked = counts.assign(short=counts["behind"] + counts["missed"])
        order = ranked.sort_values(["short", "no_data"], ascending=False, kind="stable").index
        return counts.loc[order]

    @property
    def progress(self) -> pd.DataFrame:
        """Targets x months: the share of the goal reached; NaN where there is no figure."""
        return by_month(self.history, "progress")

    @property
    def actuals(self) -> pd.DataFrame:
        """Targets x months: the figures, in the goals' units; NaN where there is none."""
        return by_month(self.history, "actual")

    @cached_property
    def section_summaries(self) -> Mapping[str, Summary]:
        """The counts by section."""
        return summaries(self.sections)

    @cached_property
    def sections_before(self) -> Mapping[str, Summary]:
        """The counts by section of the month before, empty where there is none."""
        if self.before is None:
            return {}
        return summaries(counts_by(self.history, self.before.as_of.month, "section"))

    @cached_property
    def bureau_summaries(self) -> Mapping[str, Summary]:
        """The counts by lead, most shortfalls first."""
        return summaries(self.bureaus)


def build_digest(
    file: TargetsFile,
    submissions: Submissions,
    as_of: Period | None = None,
    policy: Policy | None = None,
) -> Digest:
    """Judge every month that has figures, and the month judged by in full."""
    report = build_report(file, submissions, as_of, policy)
    until = report.as_of.month
    present = {month for months in submissions.actuals.values() for month in months}
    months = tuple(sorted(month for month in present if month <= until))
    figures = submissions._replace(findings=())
    earlier = [
        build_report(file, figures, Period(file.year, month), policy)
        for month in months
        if month < until
    ]
    return Digest(
        report=report,
        before=earlier[-1] if earlier else None,
        months=months,
        tracks=_tracks(report, submissions),
        doubtful=doubtful_by_bureau(report, submissions),
        history=history_of([*earlier, report]),
    )


def _tracks(report: Report, submissions: Submissions) -> Mapping[str, Track]:
    return {
        result.target.code: Track.of(
            result.target,
            None if result.goal.value is None else result.goal,
            submissions.actuals.get(result.target.code, {}),
            report.as_of.month,
            report.policy.cuts,
        )
        for result in report.results
    }


def _severity(result: Result) -> tuple[bool, bool, Fraction]:
    """Order shortfalls: limits exceeded, then red, then yellow, each by distance.

    Points under pace for quantities; rates count as shares of their goal, so that both compare.
    """
    verdict, goal = result.verdict, result.goal
    gap = verdict.gap_to_pace
    if gap is None or result.target.measure is Measure.RATE:
        missing = verdict.gap_to_goal or Fraction(0)
        gap = missing * 100 / abs(goal.threshold) if goal.threshold else Fraction(0)
    exceeded = result.status is Status.MISSED and goal.is_limit
    return (not exceeded, verdict.light is not Light.RED, -abs(gap) if goal.is_limit else gap)
