"""Markdown, with tables made by tabulate: the same content as the table for terminals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabulate import tabulate

from dtcheck.formats.closing import closing_line, closing_lines
from dtcheck.formats.content import (
    LEGEND,
    SUMMARY_HEADS,
    FindingGroup,
    ResultLine,
    clean,
    fold_findings,
    folded_text,
    head_lines,
    percent,
    result_line,
    summary_cells,
)
from dtcheck.formats.scope import Scope, must_mend, scope_of
from dtcheck.formats.style import Style
from dtcheck.judge import Report, Result, Summary
from dtcheck.patterns import regex
from dtcheck.targets import Section

_SPECIAL = regex(r"([\\`*_{}\[\]<>#|~&])")
_RESULT_HEADS = ("编号", "指标", "目标", "实际", "完成率", "距序时", "月均需", "牵头单位", "状态")
_RESULT_ALIGN = ("left", "left", "right", "right", "right", "right", "right", "left", "left")


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, also inside a table cell."""
    return _SPECIAL.sub(r"\\\1", text)


def table(rows: Iterable[Sequence[str]], heads: Sequence[str], align: Sequence[str]) -> str:
    """Return a Markdown table of texts that are already escaped."""
    rows = list(rows)
    # tabulate 0.9 can't align a table without rows.
    colalign = align if rows else None
    return tabulate(rows, heads, tablefmt="pipe", colalign=colalign, disable_numparse=True)


def render(report: Report, style: Style) -> str:
    """Return the report as Markdown."""
    scope = scope_of(report, style)
    title, *rest = head_lines(report, dated=scope is None or bool(scope.results))
    parts = [f"# {escape(title)}", *(escape(line) for line in rest)]
    if scope is not None:
        parts.extend(_scope(scope, report, style))
    else:
        for section in report.sections:
            parts.extend(_section(section, report, style))
        parts.extend(_findings(report, style))
        parts.extend(("## 汇总", _summary(report), _listed(LEGEND)))
    parts.append(f"**{escape(closing_line(report, scope, unwritten=style.unwritten))}**")
    return "\n\n".join(parts) + "\n"


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return several reports one after the other, and a list of their last lines."""
    listed = _listed(closing_lines(reports, style))
    return "\n".join([*(render(each, style) for each in reports), f"{listed}\n"])


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)


def _scope(scope: Scope, report: Report, style: Style) -> list[str]:
    """Return what few bureaus' files are about, what must be mended first."""
    boards: list[str] = []
    for section in report.sections:
        if shown := scope.told_of(section):
            boards += [f"## {escape(clean(section.name))} {section.code}", _results(shown, report)]
    legend = [_listed(LEGEND)] if boards else []
    if lists := tuple(scope.lists()):
        boards.append("## 没有数的指标")
        boards.append(
            "\n".join(f"- **{head}**：{escape('、'.join(names))}" for head, names in lists)
        )
    findings = _findings(report, style)
    parts = [*findings, *boards] if must_mend(report) else [*boards, *findings]
    return [*parts, "## 汇总", *map(escape, scope.sums(report)), *legend]


def _section(section: Section, report: Report, style: Style) -> list[str]:
    results = report.of_section(section)
    parts = [f"## {escape(clean(section.name))} {section.code}"]
    shown = [result for result in results if style.everything or result.is_told]
    if shown:
        parts.append(_results(shown, report))
    folded = "" if style.everything else folded_text(results)
    if folded:
        parts.append(f"另有{folded}。" if shown else f"{folded}。")
    return parts


def _results(results: Iterable[Result], report: Report) -> str:
    rows = [_cells(result_line(result, report)) for result in results]
    return table(rows, _RESULT_HEADS, _RESULT_ALIGN)


def _cells(line: ResultLine) -> tuple[str, ...]:
    return tuple(
        escape(cell)
        for cell in (
            line.code,
            line.name,
            line.goal,
            line.actual,
            line.progress,
            line.gap,
            line.needed,
            line.lead,
            line.lamp,
        )
    )


def _findings(report: Report, style: Style) -> list[str]:
    groups, folded = fold_findings(report.findings, everything=style.everything)
    parts = ["## 数据问题"] if groups or folded else []
    if groups:
        parts.append(finding_table(groups))
    return [*parts, f"{folded}。"] if folded else parts


def finding_table(groups: Iterable[FindingGroup]) -> str:
    """Return findings as a table."""
    cells = ((each.level.label, each.rule, each.where, each.message, each.hint) for each in groups)
    rows = [tuple(map(escape, row)) for row in cells]
    return table(rows, ("级别", "规则", "位置", "问题", "怎样改"), ["left"] * 5)


def _summary(report: Report) -> str:
    sections = [
        (section.name, Summary.of(report.of_section(section))) for section in report.sections
    ]
    if len(sections) > 1:
        sections.append(("合计", report.summary))
    rows = [
        (*map(escape, summary_cells(name, summary)), percent(summary.share_kept))
        for name, summary in sections
    ]
    return table(rows, (*SUMMARY_HEADS, "达标率"), ["left"] + ["right"] * len(SUMMARY_HEADS))
