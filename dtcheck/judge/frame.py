"""A report as pandas tables, for people who reckon on: no command needs them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from dtcheck.judge.status import Light, Status
from dtcheck.reasons import NO_PANDAS
from dtcheck.rules import Finding, Level

try:
    import pandas as pd
except ImportError:
    raise ImportError(NO_PANDAS) from None

if TYPE_CHECKING:
    from dtcheck.judge.result import Result

_TEXTS = ("name", "section", "lead", "measure", "kind", "op", "unit", "bureau", "note")
_NUMBERS = (
    "goal",
    "actual",
    "progress",
    "pace",
    "gap_to_pace",
    "gap_to_goal",
    "needed_per_month",
    "year_end_estimate",
)


def frame_of(results: Iterable[Result]) -> pd.DataFrame:
    """Return one row a result; ``Report.to_frame`` says what the columns hold."""
    rows = [_row(result) for result in results]
    columns = ["code", *_TEXTS, *_NUMBERS, "strive", "month", "status", "last_status", "light"]
    frame = pd.DataFrame(rows, columns=columns).set_index("code")
    return frame.astype(
        {
            **dict.fromkeys(_TEXTS, "str"),
            **dict.fromkeys(_NUMBERS, "float64"),
            "strive": "bool",
            "month": "Int64",
            "status": pd.CategoricalDtype([status.value for status in Status], ordered=True),
            "last_status": pd.CategoricalDtype([status.value for status in Status], ordered=True),
            "light": pd.CategoricalDtype([light.value for light in Light]),
        }
    )


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return one row a finding; ``Report.findings_frame`` says what the columns hold."""
    rows = [
        (
            finding.rule.id,
            finding.level.value,
            finding.message,
            finding.hint,
            finding.place.file,
            finding.place.row or finding.place.line,
            finding.place.column or "",
            finding.code or "",
            finding.count,
        )
        for finding in findings
    ]
    texts = ("rule", "message", "hint", "file", "column", "code")
    columns = ["rule", "level", "message", "hint", "file", "row", "column", "code", "count"]
    return pd.DataFrame(rows, columns=columns).astype(
        {
            **dict.fromkeys(texts, "str"),
            "level": pd.CategoricalDtype([level.value for level in Level], ordered=True),
            "row": "Int64",
            "count": "int64",
        }
    )


def _row(result: Result) -> dict[str, Any]:
    target, verdict, actual, goal = result.target, result.verdict, result.actual, result.goal
    return {
        "code": target.code,
        "name": target.name,
        "section": target.section,
        "lead": target.lead,
        "measure": target.measure.value,
        "kind": target.kind.value,
        "op": goal.op.value,
        "unit": goal.unit.text,
        "bureau": actual.bureau if actual else "",
        "note": actual.note if actual else "",
        "goal": _number(goal.value),
        "actual": _number(actual.value if actual else None),
        "progress": _number(verdict.progress),
        "pace": _number(verdict.pace),
        "gap_to_pace": _number(verdict.gap_to_pace),
        "gap_to_goal": _number(verdict.gap_to_goal),
        "needed_per_month": _number(verdict.needed_per_month),
        "year_end_estimate": _number(verdict.year_end_estimate),
        "strive": target.strive,
        "month": actual.period.month if actual else None,
        "status": verdict.status.value,
        "last_status": result.last_status and result.last_status.value,
        "light": verdict.light.value,
    }


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else float(value)
