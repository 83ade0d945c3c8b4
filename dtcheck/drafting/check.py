"""A draft held against itself and its report before anybody is told that it is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dtcheck.coverage.audit import run_audit
from dtcheck.coverage.lint import lint
from dtcheck.rules import Finding, Level
from dtcheck.rules.reports import UNACCOUNTED_FIGURE
from dtcheck.targets.load import load
from dtcheck.workreport.report import ReportText

_MOST = 5
_YEAR = re.compile("(?<![0-9])(20[0-9]{2})年")


def failures(text: str, report: ReportText) -> tuple[str, ...]:
    """Return what is wrong with the text of a draft: it has to load, and no error may be of its making.

    Figures that are still open are what a person goes on with, and no failure.
    """
    file, findings = load(text.encode(), "草稿")
    if file is None or findings:
        return tuple(_told(findings))
    found = (*lint(file), *run_audit(file, report).findings)
    return tuple(
        _told(
            each
            for each in found
            if each.level is Level.ERROR and each.rule is not UNACCOUNTED_FIGURE
        )
    )


def _told(findings: Iterator[Finding] | list[Finding]) -> Iterator[str]:
    found = list(findings)
    for each in found[:_MOST]:
        yield f"草稿自查：{each.place}：{each.message}。{each.hint}"
    if len(found) > _MOST:
        yield f"草稿自查：另有 {len(found) - _MOST} 处"


def year_or_guess(report: ReportText) -> int:
    """Return the report's year, else the one named most: a file has to have one to be read."""
    if report.year is not None:
        return report.year
    named = Counter(int(year) for year in _YEAR.findall(report.text))
    most = max(named.values(), default=0)
    return max((year for year in named if named[year] == most), default=2000)
