"""Who has submitted what of a month, by bureau."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dtcheck.actuals import Submissions
from dtcheck.digest.amendments import Amendment, Kind
from dtcheck.digest.doubt import NOBODY
from dtcheck.judge import Report, Result, Status
from dtcheck.rules import Finding, Level


class Reporting(NamedTuple):
    """What a bureau had to hand in for a month, and what became of it.

    ``belated`` and ``corrected`` count figures of earlier months that came since the notice before;
    ``unread`` counts files of the month that came and could not be read.
    """

    lead: str
    given: tuple[Result, ...] = ()
    unusable: tuple[Result, ...] = ()
    missing: tuple[Result, ...] = ()
    belated: int = 0
    corrected: int = 0
    unread: int = 0

    @property
    def due(self) -> int:
        """How many figures were due: those of targets that are settled for the year are not."""
        return len(self.given) + len(self.unusable) + len(self.missing)

    @property
    def owed(self) -> tuple[Result, ...]:
        """What is due and not there, or not so that it can be used, in the order of the file."""
        return tuple(each for each in self.missing + self.unusable)


def reporting_by_bureau(
    report: Report, submissions: Submissions, changed: Iterable[Amendment]
) -> tuple[Reporting, ...]:
    """Return what each lead of the results has handed in, in the order of the targets file."""
    refused = _refused(report)
    given: dict[str, list[Result]] = {}
    unusable: dict[str, list[Result]] = {}
    missing: dict[str, list[Result]] = {}
    for result in report.results:
        lead = result.target.lead
        if is_owed(result, report):
            into = unusable if result.target.code in refused else missing
            into.setdefault(lead, []).append(result)
        elif _is_given(result, report, submissions):
            given.setdefault(lead, []).append(result)
    came: Counter[tuple[str, Kind]] = Counter()
    for each in changed:
        came[each.target.lead, each.kind] += len(each.figures)
    unread = unread_by_bureau(report)
    leads = {result.target.lead for result in report.results}
    return tuple(
        Reporting(
            bureau.name,
            tuple(given.get(bureau.name, ())),
            tuple(unusable.get(bureau.name, ())),
            tuple(missing.get(bureau.name, ())),
            came[bureau.name, Kind.BELATED],
            came[bureau.name, Kind.CORRECTED],
            unread.get(bureau.name, 0),
        )
        for bureau in report.file.bureaus
        if bureau.name in leads
    )


def is_owed(result: Result, report: Report) -> bool:
    """Whether a figure was due and isn't there; of a target that still has no goal, too."""
    if result.status is Status.NO_DATA:
        return True
    if result.status is not Status.UNDECIDED:
        return False
    due = max((each for each in result.target.due_months if each <= report.as_of.month), default=0)
    return due > 0 and (result.actual is None or result.actual.period.month < due)


def _is_given(result: Result, report: Report, submissions: Submissions) -> bool:
    """Whether a figure of the month came; what a result shows of a broken limit is its highest."""
    month, target = report.as_of.month, result.target
    return month in target.due_months and month in submissions.actuals.get(target.code, {})


def refusals(result: Result, report: Report) -> Iterator[Finding]:
    """Yield why what was submitted of a target this month can't be used."""
    for finding in report.findings:
        if (
            finding.level is Level.ERROR
            and result.target.code in finding.about
            and finding.place.filing.month in (None, report.as_of)
        ):
            yield finding


def _refused(report: Report) -> set[str]:
    return {
        code
        for finding in report.findings
        if finding.level is Level.ERROR and finding.place.filing.month in (None, report.as_of)
        for code in finding.about
    }


def unread_by_bureau(report: Report, *, of_the_month: bool = True) -> Mapping[str, int]:
    """Return how many files could not be read, or not in full, by the bureau that they are named after."""
    files = {
        each.place.file: each.place.filing.bureau or NOBODY
        for each in report.findings
        if each.rule.leaves_unjudged
        and (not of_the_month or each.place.filing.month in (None, report.as_of))
    }
    return Counter(files.values())
