"""What a report has to say line by line: findings, shortfalls at the row of their figure, what is missing.

Annotations, Code Quality and concise lines are three ways of writing it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dtcheck.formats.content import clean
from dtcheck.formats.sentence import sentence
from dtcheck.judge import Report, Status
from dtcheck.paths import real_path
from dtcheck.rules import Finding, Level, Place, Rule

_FIRST_CODES = 20


class Problem(NamedTuple):
    """One of them; ``check`` is the id of a rule or the name of a status.

    ``counts`` for the exit code. ``key`` is what stays the same when rows are inserted above, its second part the file;
    ``others`` are further places of the same.
    """

    level: Level
    check: str
    title: str
    message: str
    hint: str
    place: Place | None
    key: tuple[str, ...]
    counts: bool
    rule: Rule | None = None
    times: int = 1
    others: tuple[Place, ...] = ()


def of_finding(finding: Finding, *, counts: bool) -> Problem:
    """Return a finding as a problem."""
    rule = finding.rule
    return Problem(
        finding.level,
        rule.id,
        f"{rule.id} {rule.title}",
        finding.message,
        finding.hint,
        finding.place,
        _key(finding),
        counts or rule.leaves_unjudged,
        rule,
        finding.count,
        finding.places[1:],
    )


def unusable(place: Place, message: str) -> Problem:
    """Return what is wrong with a configuration as a problem."""
    title = "配置有错"
    return Problem(
        Level.ERROR, "config", title, message, "", place, ("config", place.file), counts=True
    )


def problems(report: Report, *, everything: bool) -> list[Problem]:
    """Return all that a report has to say; infos only with ``everything``, but for assumptions."""
    told = report.findings if everything else _told(report.findings)
    of_findings = [of_finding(each, counts=report.flags(each)) for each in told]
    return [*of_findings, *_shortfalls(report), *_overdue(report)]


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return what tells each finding from all others of a run, and is the same next time."""
    return numbered(map(_key, findings))


def numbered(keys: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a hash of each key and, among equal ones, its number."""
    import hashlib

    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        found.append(hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32])
    return found


def _key(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    return finding.rule.id, place.file, " ".join(finding.about), place.text


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what is shown unasked: of infos the assumptions, each once in the same words."""
    said: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.level is not Level.INFO:
            yield finding
        elif finding.rule.is_shown and (key := (finding.rule.id, finding.message)) not in said:
            said.add(key)
            yield finding


def _shortfalls(report: Report) -> Iterator[Problem]:
    """Yield shortfalls at the row that gave the figure: an error where it counts, else a warning."""
    for result in report.results:
        flagged = report.flags(result)
        actual, code = result.actual, result.target.code
        if actual is None or not (result.is_shortfall or flagged) or not result.is_told:
            continue
        level = Level.ERROR if flagged else Level.WARNING
        status = result.status.value
        key = (status, actual.place.file, code, actual.place.text)
        title, text = f"{code} {result.status_text}", sentence(result, report)
        yield Problem(level, status, title, text, "", actual.place, key, flagged)


def _overdue(report: Report) -> Iterator[Problem]:
    """What is due and was not submitted, where that counts; silent shortfalls have their own."""
    overdue = [
        result.target.code
        for result in report.results
        if result.status is Status.NO_DATA and not result.is_told and report.flags(result)
    ]
    if overdue:
        more = " 等" if len(overdue) > _FIRST_CODES else ""
        message = f"{len(overdue)} 项应报未报：{'、'.join(overdue[:_FIRST_CODES])}{more}"
        status = Status.NO_DATA
        key = (status.value, report.file.path, "", "")
        yield Problem(Level.ERROR, status.value, status.label, message, "", None, key, True)


def path_below(file: str, root: str | None) -> str:
    """Return a path as it is called in ``root``; without one, or outside of it, as it is."""
    if root:
        # As it is called first: a link to a file elsewhere is in the folder that it stands in.
        inside = _inside(file, root)
        if inside is None:
            folder, name = os.path.split(file)
            inside = _inside(os.path.join(real_path(folder), name), real_path(root))  # noqa: PTH118
        file = file if inside is None else inside
    # What reads it knows no other separator, even where a name from Windows is read on another system.
    return file.replace("\\", "/")


def _inside(file: str, root: str) -> str | None:
    try:
        inside = os.path.relpath(file, root)
    except (ValueError, OSError):  # another drive, or a folder that is gone
        return None
    return None if inside.split(os.sep, 1)[0] == os.pardir else inside


def within(place: Place | None) -> str:
    """What a line number doesn't say: sheet and column, and the row where it differs."""
    if place is None:
        return ""
    parts = [f"“{place.sheet}”表"] if place.sheet else []
    if place.row is not None and place.row != place.line:
        parts.append(f"第{place.row}行")
    if place.column:
        parts.append(f"“{place.column}”列")
    return clean(" ".join(parts)) + "：" if parts else ""
