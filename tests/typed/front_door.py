"""A program that uses the front door: mypy checks that its types are told; nothing runs it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import assert_type

import dtcheck
from dtcheck import read_submissions
from dtcheck.actuals import Submissions
from dtcheck.coverage.audit import Audit
from dtcheck.digest import Digest
from dtcheck.drafting.draft import Drafted
from dtcheck.judge import Policy, Report
from dtcheck.periods import Period
from dtcheck.targets import TargetsFile
from dtcheck.workreport import read_report


def judged(path: str | Path, many: Iterable[Path], mixed: list[str | Path]) -> str:
    file = assert_type(dtcheck.load_targets(path), TargetsFile)
    submissions = assert_type(read_submissions("报数表.csv", file), Submissions)
    for paths in (path, many, mixed):
        submissions = read_submissions(paths, file, as_of="2024-06", columns={"累计": "实际值"})
    report = assert_type(dtcheck.build_report(file, submissions), Report)
    report = dtcheck.build_report(file, submissions, Period(2024, 6), Policy(lead="科技局"))
    digest = assert_type(dtcheck.build_digest(file, submissions, as_of="2024-06"), Digest)
    audit = assert_type(dtcheck.audit(file, path), Audit)
    drafted = assert_type(dtcheck.draft(read_report(path)), Drafted)
    texts = [
        dtcheck.render(report, "csv"),
        dtcheck.render(report, width=120, color=True, everything=True),
        dtcheck.render(digest, "html", brief=True, title="通报"),
        dtcheck.render(audit, unclaimed=True),
        dtcheck.render(file, "markdown"),
        dtcheck.render(drafted),
    ]
    return assert_type("".join(texts), str)


def refused(report: Report, file: TargetsFile) -> None:
    """What must not type-check; an ignore that nothing needs is an error of mypy's strict mode."""
    dtcheck.render(report, brief=True)  # type: ignore[call-overload]
    dtcheck.build_report(file, report)  # type: ignore[arg-type]
    read_submissions(None, file)  # type: ignore[arg-type]
    dtcheck.load_target()  # type: ignore[attr-defined]
