"""Doubtful figures, sorted to the bureau that has to mend them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from dtcheck.actuals import Submissions
from dtcheck.actuals.periods import period_of_path
from dtcheck.judge import Report
from dtcheck.rules import Finding, Level

NOBODY = "单位不明"
_FAMILIES = ("DT1", "DT2", "DT3")


def doubtful_by_bureau(
    report: Report, submissions: Submissions
) -> Mapping[str, tuple[Finding, ...]]:
    """Return errors and warnings on files, rows and figures by bureau, in the order of the file.

    The bureau is the target's lead, else the one that the file is named after, else the only one
    whose figures the file holds. Files of months after the one judged are left aside.
    """
    bureaus = _Bureaus(report, submissions)
    narrowed = bool(report.policy.select or report.policy.lead)
    concerned = {result.target.lead for result in report.results} | {NOBODY}
    found: dict[str, list[Finding]] = {bureau.name: [] for bureau in report.file.bureaus}
    found[NOBODY] = []
    for finding in report.findings:
        if finding.level is Level.INFO or not finding.rule.id.startswith(_FAMILIES):
            continue
        filed = period_of_path(finding.place.file)
        if filed and filed > report.as_of:
            continue
        bureau = bureaus.of(finding)
        if bureau in concerned or not narrowed:
            found[bureau].append(finding)
    return {bureau: tuple(findings) for bureau, findings in found.items() if findings}


class _Bureaus:
    """Who answers for a finding."""

    def __init__(self, report: Report, submissions: Submissions) -> None:
        self._file = report.file
        self._leads: dict[str, set[str]] = {}
        for code, months in submissions.actuals.items():
            for actual in months.values():
                leads = self._leads.setdefault(actual.place.file, set())
                leads.add(self._file.by_code[code].lead)

    def of(self, finding: Finding) -> str:
        if finding.code:
            return self._file.by_code[finding.code].lead
        named = self._file.bureau(PurePath(finding.place.file).stem)
        leads = self._leads.get(finding.place.file, set())
        return named or (next(iter(leads)) if len(leads) == 1 else NOBODY)
