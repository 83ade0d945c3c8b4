"""One line each, ``file:row:column: DT204 error …``, as linters write it: for hooks and editors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dtcheck.formats.content import clean
from dtcheck.formats.problems import Problem, path_below, problems
from dtcheck.formats.style import Style
from dtcheck.judge import Report


def render(report: Report, style: Style) -> str:
    """Return findings, and of the shortfalls those that count for the exit code."""
    found = [
        each
        for each in problems(report, everything=style.everything)
        if each.rule is not None or each.counts
    ]
    return listed(found, report.file.path, style.root)


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return the lines of several reports."""
    return "".join(render(each, style) for each in reports)


def listed(found: Iterable[Problem], file: str, root: str | None) -> str:
    """Return a line for each problem, with paths from ``root``; those without a place are of ``file``."""
    return "".join(f"{_line(each, file, root)}\n" for each in found)


def _line(problem: Problem, file: str, root: str | None) -> str:
    place = problem.place
    where = [clean(path_below(place.file if place else file, root))]
    if place and (row := place.row or place.line):
        where.append(str(row))
        if place.at is not None:
            where.append(str(place.at + 1))
    sheet = f"“{place.sheet}”表 " if place and place.sheet else ""
    parts = [f"{sheet}{problem.message}"]
    if problem.times > 1:
        parts.append(f"共 {problem.times} 处")
    if problem.hint:
        parts.append(f"改法：{problem.hint}")
    name = problem.check if problem.rule else problem.title
    return f"{':'.join(where)}: {name} {problem.level.value} {clean('；'.join(parts))}"
