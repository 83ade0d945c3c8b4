"""GitLab's Code Quality report: a JSON array, an entry for each finding and shortfall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dtcheck.formats.content import clean
from dtcheck.formats.json import dumps
from dtcheck.formats.problems import Problem, numbered, path_below, problems, within
from dtcheck.formats.style import Style
from dtcheck.judge import Report
from dtcheck.rules import Level

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.INFO: "info"}


def render(report: Report, style: Style) -> str:
    """Return the report as a Code Quality document."""
    return render_all([report], style)


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return several reports as one document: GitLab takes one array."""
    found: list[tuple[Problem, str]] = []
    for report in reports:
        # What nobody submitted stands where it is asked for.
        found += [
            (each, each.place.file if each.place else report.file.path)
            for each in problems(report, everything=style.everything)
        ]
    return document(found, style.root)


def document(
    found: Iterable[tuple[Problem, str]], root: str | None, *, broken: bool = False
) -> str:
    """Return problems, each with its file, as a Code Quality document; ``broken`` if nothing could be judged."""
    listed = list(found)
    prints = numbered(_key(problem, root) for problem, _ in listed)
    return dumps(
        [
            _entry(problem, path_below(file, root), fingerprint, broken=broken)
            for (problem, file), fingerprint in zip(listed, prints, strict=True)
        ]
    )


def _key(problem: Problem, root: str | None) -> tuple[str, ...]:
    """Return what a fingerprint is made of: the same in whatever folder a runner checks out."""
    check, file, *rest = problem.key
    return check, path_below(file, root), *rest


def _entry(problem: Problem, path: str, fingerprint: str, *, broken: bool) -> dict[str, Any]:
    place = problem.place
    parts = [problem.title, within(place) + clean(problem.message)]
    if problem.times > 1:
        parts.append(f"共 {problem.times} 处")
    if problem.hint:
        parts.append(f"改法：{clean(problem.hint)}")
    return {
        "description": "。".join(parts),
        "check_name": problem.check,
        "fingerprint": fingerprint,
        "severity": "blocker" if broken else _severity(problem),
        "location": {
            "path": path,
            "lines": {"begin": (place and (place.line or place.row)) or 1},
        },
    }


def _severity(problem: Problem) -> str:
    if problem.rule and problem.rule.leaves_unjudged:
        return "blocker"
    if problem.rule is None and problem.counts:
        return "major"
    return _SEVERITIES[problem.level]
