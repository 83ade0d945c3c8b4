"""What pipelines read of anything but a Report: of the checks of a targets file, and of a run that could not be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dtcheck.formats import concise, github, gitlab, json, junit
from dtcheck.formats.problems import Problem, of_finding
from dtcheck.rules import Finding, Level

# What a run that can't tell writes all the same: an empty file would be taken for no news.
BROKEN = ("github", "junit", "gitlab", "concise", "json")


def render_findings(
    name: str,
    about: str,
    findings: Sequence[Finding],
    counted: Sequence[Level],
    closing: str,
    root: str | None,
) -> str:
    """Return the findings of ``lint`` or ``audit``, called ``about``, as github or junit."""
    found = [of_finding(each, counts=each.level in counted) for each in findings]
    if name == "junit":
        return junit.of_problems(about, found)
    return github.annotated(found, [closing], root)


def render_broken(name: str, found: Sequence[Problem], root: str | None) -> str:
    """Return what kept a run from telling anything, in one of the formats ``BROKEN``."""
    rendering: dict[str, Callable[[], str]] = {
        "github": lambda: github.annotated(found, ["无法判断，退出码 2。"], root),
        "junit": lambda: junit.broken(found),
        "gitlab": lambda: gitlab.document(
            [(each, _file(each)) for each in found], root, broken=True
        ),
        "concise": lambda: concise.listed(found, "", root),
        "json": lambda: json.broken(found),
    }
    return rendering[name]()


def _file(problem: Problem) -> str:
    return problem.place.file if problem.place else ""
