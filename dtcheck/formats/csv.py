"""CSV for spreadsheets: one row a target, UTF-8 with a mark so that Excel and WPS read it.

The heads of the figures are those that ``verify`` reads, so that a table can be checked again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

from dtcheck.formats.content import clean
from dtcheck.formats.style import Style
from dtcheck.formulas import as_text
from dtcheck.judge import Report, Result
from dtcheck.units import format_number

_MARK = "\ufeff"
HEADS = (
    "编号",
    "指标",
    "板块",
    "目标",
    "实际值",
    "单位",
    "期间",
    "完成率（%）",
    "序时进度（%）",
    "距序时",
    "距目标",
    "月均需",
    "预计全年",
    "状态",
    "灯",
    "争取",
    "牵头单位",
    "填报单位",
    "备注",
    "文件",
    "行",
    "问题",
    "目标文件",
)


def safe(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet runs as a formula."""
    return as_text(clean(text).strip())


def render(report: Report, style: Style) -> str:
    """Return every selected target as a row; ``style`` doesn't change it."""
    return render_all([report], style)


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return the targets of several places below one header; the last column tells them apart."""
    del style
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEADS)
    for report in reports:
        writer.writerows(_rows(report))
    return _MARK + stream.getvalue()


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    rules: dict[str, dict[str, None]] = {}
    for finding in report.findings:
        for code in finding.about:
            rules.setdefault(code, {})[finding.rule.id] = None
    for result in report.results:
        codes = " ".join(rules.get(result.target.code, ()))
        yield (*_row(result), codes, safe(report.file.path))


def _row(result: Result) -> tuple[str, ...]:
    target, verdict, actual = result.target, result.verdict, result.actual
    place = actual.place if actual else None
    return (
        target.code,
        safe(target.name),
        safe(target.section),
        safe(result.goal_text),
        _number(actual.value if actual else None),
        safe(result.goal.unit.text),
        str(actual.period) if actual else "",
        _percent(verdict.progress),
        _percent(verdict.pace),
        _number(verdict.gap_to_pace),
        _number(verdict.gap_to_goal),
        _number(verdict.needed_per_month),
        _number(verdict.year_end_estimate),
        result.status_text,
        verdict.light.label,
        "是" if target.strive else "",
        safe(target.lead),
        safe(actual.bureau) if actual else "",
        safe(actual.note) if actual else "",
        safe(place.file) if place else "",
        str(place.row or "") if place else "",
    )


def _number(value: Fraction | None) -> str:
    return "" if value is None else format_number(value)


def _percent(share: Fraction | None) -> str:
    return "" if share is None else format_number(share * 100)
