"""Doubtful figures, sorted to the bureau that has to mend them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dtcheck.actuals import Submissions
from dtcheck.judge import Report
from dtcheck.rules import Finding, Level
from dtcheck.rules.plausibility import FEW_REPORTED, STALE

NOBODY = "单位不明"
_FAMILIES = ("DT1", "DT2", "DT3")


def doubtful_by_bureau(
    report: Report, submissions: Submissions
) -> Mapping[str, tuple[Finding, ...]]:
    """Return errors and warnings on files, rows and figures by bureau, in the order of the file.

    The bureau is the target's lead, of several targets each of theirs, else the one that the file is named after, else the only one
    whose figures the file holds. Files of months after the one judged are left aside, and so are
    bureaus that a narrowed report is not about; but not what could not be read: it may hold anything.
    """
    bureaus = _Bureaus(report, submissions)
    narrowed = bool(report.policy.select or report.policy.lead)
    concerned = {result.target.lead for result in report.results} | {NOBODY}
    found: dict[str, list[Finding]] = {bureau.name: [] for bureau in report.file.bureaus}
    found[NOBODY] = []
    for finding in _once(report.findings):
        if finding.level is Level.INFO or not finding.rule.id.startswith(_FAMILIES):
            continue
        if finding.rule in (FEW_REPORTED, STALE):
            # The one is no bureau's to mend; silence is no doubt, and counted as 未填报.
            continue
        filed = finding.place.filing.month
        is_later = filed is not None and filed > report.as_of
        for bureau in bureaus.of(finding):
            is_others = narrowed and bureau not in concerned
            if finding.rule.leaves_unjudged or not (is_later or is_others):
                found[bureau].append(finding)
    return {bureau: tuple(findings) for bureau, findings in found.items() if findings}


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, of several on one cell the heaviest: a fault is no two."""
    heaviest: dict[object, Finding] = {}
    order = list(Level)
    for number, finding in enumerate(findings):
        place = finding.place
        is_told = place.row is not None or place.line is not None
        key = (place.file, place.sheet, place.row, place.line, place.column) if is_told else number
        known = heaviest.get((key, finding.code))
        if known is None or order.index(finding.level) < order.index(known.level):
            heaviest[key, finding.code] = finding
    yield from heaviest.values()


class _Bureaus:
    """Who answers for a finding."""

    def __init__(self, report: Report, submissions: Submissions) -> None:
        self._file = report.file
        self._leads: dict[str, set[str]] = {}
        for code, months in submissions.actuals.items():
            for actual in months.values():
                leads = self._leads.setdefault(actual.place.file, set())
                leads.add(self._file.by_code[code].lead)

    def of(self, finding: Finding) -> Iterable[str]:
        if finding.about:
            return dict.fromkeys(self._file.by_code[code].lead for code in finding.about)
        named = finding.place.filing.bureau
        leads = self._leads.get(finding.place.file, set())
        return (named or (next(iter(leads)) if len(leads) == 1 else NOBODY),)
