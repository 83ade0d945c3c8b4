"""JSON: one document, the contract of design §8."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from dtcheck import __version__
from dtcheck.formats.problems import Problem, fingerprints
from dtcheck.formats.style import Style
from dtcheck.judge import Report, Result, Status, Summary
from dtcheck.rules import Finding, Level, Place
from dtcheck.targets import Goal, TargetsFile

# What every document of ours starts with.
VERSIONS = {"dtcheck": __version__, "schema": 2}


def dumps(document: Any) -> str:
    """Return ``document`` as JSON text in which control and bidi characters are escaped."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # Taken apart only where need be: of a province, the lines take far more room than the text.
    if not text.replace("\n", "").isprintable():
        text = "\n".join(map(_escaped, text.split("\n")))
    return text + "\n"


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    import json

    return "".join(mark if mark.isprintable() else json.dumps(mark)[1:-1] for mark in line)


def number(value: Fraction | None) -> int | float | None:
    """Return an exact value as JSON writes it: whole as int, else the nearest float."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def render(report: Report, style: Style) -> str:
    """Return the report as one JSON document; of ``style`` only what could not be written changes it."""
    code = 2 if style.unwritten else report.exit_code
    return dumps({**VERSIONS, **_fields(report), "exit_code": code})


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return the reports of several places as one document."""
    code = 2 if style.unwritten else max(report.exit_code for report in reports)
    around = dumps({**VERSIONS, "reports": [], "exit_code": code})
    # One after the other: of all at once, the objects take several times the room of the text.
    texts = ("    " + dumps(_fields(each)).rstrip().replace("\n", "\n    ") for each in reports)
    head, mark, tail = around.partition("[]")
    return "".join((head, "[\n", ",\n".join(texts), "\n  ]", tail)) if mark else around


def broken(found: Sequence[Problem]) -> str:
    """Return why nothing could be judged as a document of its own."""
    problems = [
        {
            "rule": each.check,
            "message": each.message,
            "hint": each.hint,
            "file": each.place.file if each.place else "",
            "line": each.place.line if each.place else None,
        }
        for each in found
    ]
    return dumps({**VERSIONS, "problems": problems, "exit_code": 2})


def _fields(report: Report) -> dict[str, Any]:
    return {
        "targets": file_fields(report.file),
        "as_of": str(report.as_of),
        "summary": _summary(report.summary, report.findings),
        "sections": [
            {
                "code": section.code,
                "name": section.name,
                "summary": _summary(
                    Summary.of(report.of_section(section)),
                    [
                        finding
                        for finding in report.findings
                        if any(code.startswith(section.code) for code in finding.about)
                    ],
                ),
            }
            for section in report.sections
        ],
        "results": [_result(result) for result in report.results],
        "findings": findings_fields(report.findings),
        "exit_code": report.exit_code,
    }


def file_fields(file: TargetsFile) -> dict[str, Any]:
    """Return which targets file was used."""
    return {
        "place": file.place,
        "year": file.year,
        "path": file.path,
        "sha256": file.sha256,
        "count": len(file.targets),
    }


def _summary(summary: Summary, findings: Any) -> dict[str, int]:
    levels = [finding.level for finding in findings]
    return {
        "total": summary.total,
        **{status.value: summary.by_status[status] for status in Status},
        "errors": levels.count(Level.ERROR),
        "warnings": levels.count(Level.WARNING),
    }


def goal_fields(goal: Goal) -> dict[str, Any]:
    """Return the numbers of a goal, and where they come from another target its code."""
    return {
        "op": goal.op.value,
        "value": number(goal.value),
        "high": number(goal.high),
        "unit": goal.unit.text,
        **({"ref": goal.ref} if goal.ref else {}),
    }


def _result(result: Result) -> dict[str, Any]:
    target, verdict, actual = result.target, result.verdict, result.actual
    return {
        "code": target.code,
        "name": target.name,
        "section": target.section,
        "status": result.status.value,
        "last_status": result.last_status and result.last_status.value,
        "light": verdict.light.value,
        "strive": target.strive,
        "kind": target.kind.value,
        "measure": target.measure.value,
        "lead": target.lead,
        "goal": {**goal_fields(result.goal), "text": result.goal.text},
        **({"due": target.due} if target.due else {}),
        "actual": actual
        and {
            "value": number(actual.value),
            "unit": result.goal.unit.text,
            "period": str(actual.period),
            "text": actual.text,
            "bureau": actual.bureau or None,
            "note": actual.note or None,
            "file": actual.place.file,
            "row": actual.place.row,
            "sheet": actual.place.sheet,
        },
        "progress": number(verdict.progress),
        "pace": number(verdict.pace),
        "gap_to_pace": number(verdict.gap_to_pace),
        "gap_to_goal": number(verdict.gap_to_goal),
        "needed_per_month": number(verdict.needed_per_month),
        "year_end_estimate": number(verdict.year_end_estimate),
    }


def findings_fields(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings as design §8 writes them."""
    return [
        _finding_fields(finding, fingerprint)
        for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]


def _finding_fields(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = finding.place
    return {
        "rule": finding.rule.id,
        "level": finding.level.value,
        "message": finding.message,
        "hint": finding.hint,
        "file": place.file,
        "row": place.row,
        "line": place.line,
        "column": place.column,
        "code": finding.code,
        "count": finding.count,
        "fingerprint": fingerprint,
        **({"sheet": place.sheet, "cell": place.cell} if place.sheet else {}),
        "places": [_place_fields(each) for each in finding.places],
    }


def _place_fields(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "row": place.row,
        "line": place.line,
        "column": place.column,
        "sheet": place.sheet,
        "cell": place.cell,
    }
