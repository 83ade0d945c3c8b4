"""What a notebook shows of a report: a heading and a table, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from dtcheck.units import format_number

if TYPE_CHECKING:
    from dtcheck.judge.report import Report
    from dtcheck.judge.result import Result

_HEADS = ("编号", "指标", "目标", "实际", "完成率", "状态", "牵头单位")
_NOTHING = "–"


def report_html(report: Report) -> str:
    """Return one row a result."""
    count = len(report.findings)
    heading = (
        f"{report.file.place} 截至 {report.as_of}：{len(report.results)} 项，{count} 个数据问题"
    )
    return html_table(heading, _HEADS, map(_cells, report.results))


def _cells(result: Result) -> tuple[str, ...]:
    target, verdict, actual = result.target, result.verdict, result.actual
    return (
        target.code,
        target.name,
        result.goal_text,
        format_number(actual.value) + result.goal.unit.text if actual else _NOTHING,
        _NOTHING if verdict.progress is None else f"{format_number(verdict.progress * 100, 1)}%",
        f"{verdict.light.sign} {result.status_text}",
        target.lead,
    )


def html_table(heading: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return plain texts as a table, with a heading over it."""
    lines = [_row("td", cells) for cells in rows]
    head, body = _row("th", heads), "\n".join(lines)
    return (
        f"<p>{escape(heading)}</p>\n<table>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n"
        "</table>"
    )


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
