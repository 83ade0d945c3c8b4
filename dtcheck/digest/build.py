"""Joining the months: reports, tracks, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from dtcheck.actuals import Period, Submissions
from dtcheck.digest.amendments import Amendment, Known, amendments
from dtcheck.digest.doubt import doubtful_by_bureau
from dtcheck.digest.reporting import Reporting, is_owed, reporting_by_bureau
from dtcheck.digest.standing import Standing
from dtcheck.digest.track import Track
from dtcheck.judge import (
    Judgements,
    Light,
    Policy,
    Report,
    Result,
    Status,
    build_report,
)
from dtcheck.rules import Finding
from dtcheck.targets import Measure, Section, Target, TargetsFile
from dtcheck.targets.model import DECEMBER
from dtcheck.targets.relations import Contradiction, contradiction

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, repr=False)
class Digest:
    """What a notice tells: the report as of a month, the months that led there, what changed.

    ``standings`` are those of the earlier months for which a notice could be made, as they were known
    then, by what had been filed by that month; and of the month judged by. ``course`` are the same as
    they are known now, and so are ``tracks``: what changed since the notice before is in ``amended``.
    ``months`` are those that have figures, ``received`` those of which any came, used or refused, or a
    file at least. ``files`` counts the submissions that could be read in full.
    The tables (``sections``, ``bureaus``, ``history``, ``progress``, ``actuals``) are pandas',
    made when asked for.
    """

    report: Report
    standings: tuple[Standing, ...]
    course: tuple[Standing, ...]
    months: tuple[int, ...]
    received: frozenset[int]
    tracks: Mapping[str, Track]
    amended: tuple[Amendment, ...]
    reporting: tuple[Reporting, ...]
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
        """Where the targets stood by the newest earlier month, as the notice on it said."""
        return self.standings[-2] if len(self.standings) > 1 else None

    def then(self, result: Result) -> Result | None:
        """What the notice before said of the target of a result."""
        return self.before.by_code[result.target.code] if self.before else None

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
        """Shortfalls that were none in the notice before; in a first month, none."""
        if self.before is None:
            return ()
        return tuple(result for result in self.shortfalls if not self._was_short(result))

    @property
    def caught_up(self) -> tuple[Result, ...]:
        """No longer a shortfall."""
        return tuple(
            result
            for result in self.report.results
            if result.status.is_judged
            and not result.status.is_shortfall
            and self._was_short(result)
        )

    @property
    def reddened(self) -> tuple[Result, ...]:
        """From yellow to red."""
        return tuple(each for each in self.shortfalls if self._moved(each, Light.YELLOW, Light.RED))

    @property
    def eased(self) -> tuple[Result, ...]:
        """From red to yellow."""
        return tuple(
            each for each in self.report.results if self._moved(each, Light.RED, Light.YELLOW)
        )

    @property
    def lost(self) -> tuple[Result, ...]:
        """What was 已完成 and, by the figures of this month, no longer is."""
        return tuple(
            each
            for each in self.report.results
            if each.status.is_judged
            and each.status is not Status.MET
            and (then := self.then(each))
            and then.status is Status.MET
        )

    @property
    def gone_silent(self) -> tuple[Result, ...]:
        """What was red, and of which nothing that can be used has come since."""
        return tuple(
            each
            for each in self.report.results
            if each.status is Status.NO_DATA
            and (then := self.then(each))
            and then.verdict.light is Light.RED
        )

    def _moved(self, result: Result, before: Light, now: Light) -> bool:
        then = self.then(result)
        return then is not None and (then.verdict.light, result.verdict.light) == (before, now)

    def _was_short(self, result: Result) -> bool:
        then = self.then(result)
        return then is not None and then.is_shortfall

    @property
    def fell_back(self) -> tuple[Result, ...]:
        """Targets whose new figure is worse than the one that the notice before gave."""
        return tuple(each for each in self.report.results if self._change(each) < 0)

    def _change(self, result: Result) -> Fraction:
        """How much better a new figure is than that of the notice before, in the goal's unit."""
        then = self.then(result)
        if not (then and then.actual and result.actual and self._is_new(result)):
            return Fraction(0)
        change = result.actual.value - then.actual.value
        return -change if result.target.goal.is_limit else change

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
        then = self.then(result)
        before = then.as_last_heard.verdict.gap_to_pace if then else None
        now = result.verdict.gap_to_pace
        return Fraction(0) if before is None or now is None else now - before

    def _is_new(self, result: Result) -> bool:
        return result.actual is not None and result.actual.period.month == self.month

    @property
    def overdue_by_bureau(self) -> Mapping[str, tuple[Result, ...]]:
        """What is due and was not submitted, or not usably, by lead; most first."""
        overdue: dict[str, list[Result]] = {}
        for result in self.report.results:
            if is_owed(result, self.report):
                overdue.setdefault(result.target.lead, []).append(result)
        ordered = sorted(overdue.items(), key=lambda each: -len(each[1]))
        return {lead: tuple(results) for lead, results in ordered}

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
        """Counts by lead, the highest 达标率 first: a column each status, ``total`` and ``kept``."""
        from dtcheck.digest.frames import counts_frame

        return counts_frame(self.now.by_lead, "lead")

    @cached_property
    def history(self) -> pandas.DataFrame:
        """The rows of ``Report.to_frame`` month by month as known now, indexed by code and ``as_of`` month."""
        from dtcheck.digest.frames import history_frame

        return history_frame(self.course)

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
    now = Known(submissions, Judgements(submissions, policy.cuts))
    report = build_report(file, submissions, as_of, policy, now.judgements)
    targets = [result.target for result in report.results]
    until = report.as_of
    present = {month for months in submissions.actuals.values() for month in months}
    months = tuple(sorted(month for month in present if month <= until.month))
    last = Standing(until, report.results)
    told = dict(_told(submissions, now.judgements, until))
    changed: tuple[Amendment, ...] = ()
    if told:
        before = max(told)
        changed = tuple(amendments(targets, told[before], now, before, until))
    filed = {filing.month.month for filing in submissions.files.values() if filing.month}
    return Digest(
        report=report,
        standings=(
            *(_standing(targets, known.judgements, when) for when, known in told.items()),
            last,
        ),
        course=(
            *(
                _standing(targets, now.judgements, Period(file.year, month))
                for month in months
                if month < until.month
            ),
            last,
        ),
        months=months,
        received=submissions.received | filed | present,
        tracks={
            target.code: Track(target, now.judgements.by_month(target, until)) for target in targets
        },
        amended=changed,
        reporting=reporting_by_bureau(report, submissions, changed),
        doubtful=doubtful_by_bureau(report, submissions),
        files=len(submissions.read_files),
    )


def _standing(targets: Iterable[Target], judgements: Judgements, when: Period) -> Standing:
    return Standing(when, tuple(judgements.as_of(target, when) for target in targets))


def _told(
    submissions: Submissions, now: Judgements, until: Period
) -> Iterator[tuple[Period, Known]]:
    """Yield the earlier months for which a notice could be made, with what was known by then."""
    for month in range(1, until.month):
        when = Period(until.year, month)
        known = submissions.known_by(when) if submissions.known_by else submissions
        figures = any(month in months for months in known.actuals.values())
        if known.newest == when or figures:
            yield when, Known(known, now.beside(known))


def _severity(result: Result) -> tuple[bool, bool, Fraction]:
    """Order shortfalls: limits exceeded, then red, then yellow, each by distance.

    Points under pace for quantities. Of rates, and of totals once the year is over, what is missing
    counts, as a share of the goal, so that all compare: 99.6 % of 100 % is no great gap, however
    little of the way from last year was made.
    """
    heard = result.as_last_heard
    verdict, goal, measure = heard.verdict, result.goal, result.target.measure
    is_over = heard.actual is not None and heard.actual.period.month == DECEMBER
    gap = verdict.gap_to_pace
    if gap is None or measure is Measure.RATE or (measure is Measure.LEVEL and is_over):
        missing = verdict.gap_to_goal or Fraction(0)
        gap = missing * 100 / abs(goal.threshold) if goal.threshold else Fraction(0)
    exceeded = verdict.status is Status.MISSED and goal.is_limit
    return (not exceeded, verdict.light is not Light.RED, -abs(gap) if goal.is_limit else gap)
