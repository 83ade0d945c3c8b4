"""Findings on their own, as the commands around the targets file show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dtcheck import __version__
from dtcheck.formats.content import clean, fold_findings
from dtcheck.formats.json import SCHEMA_VERSION, dumps, finding_fields
from dtcheck.formats.style import Style
from dtcheck.rules import Finding, Level
from dtcheck.targets import TargetsFile


@dataclass(frozen=True, slots=True)
class LintResult:
    """What ``targets lint`` found, and the exit code that follows."""

    file: TargetsFile
    findings: tuple[Finding, ...]
    exit_code: int


def counts_line(findings: Iterable[Finding]) -> str:
    """Return the findings in numbers: 错误 0、警告 3、提示 10."""
    levels = [finding.level for finding in findings]
    return "、".join(f"{level.label} {levels.count(level)}" for level in Level)


def rows_of(findings: Sequence[Finding]) -> list[tuple[str, ...]]:
    """Return level, rule, place, message and hint of each kind of finding, heaviest first."""
    return [
        (group.level.label, group.rule, group.where, group.message, group.hint)
        for group in fold_findings(findings, everything=True)[0]
    ]


def finding_parts(findings: Sequence[Finding], style: Style) -> list[Any]:
    """Return findings as parts for ``table.draw``."""
    from rich.padding import Padding
    from rich.text import Text

    del style
    colors = {"错误": "bold red", "警告": "yellow", "提示": "bright_black"}
    parts: list[Any] = []
    for level, rule, where, message, hint in rows_of(findings):
        parts.append(Text.assemble("  ", (level, colors[level]), f" {rule} {where}"))
        parts.append(Padding(Text(message), (0, 0, 0, 7)))
        parts.append(Padding(Text(hint, "bright_black"), (0, 0, 0, 7)))
    return [*parts, Text()] if parts else []


def _title(result: LintResult) -> str:
    file = result.file
    return clean(f"目标文件自查：{file.path}（{file.place} {file.year}年，{len(file.targets)} 项）")


def _closing(result: LintResult) -> str:
    meaning = {0: "没有必须改的", 1: "有必须改的"}[result.exit_code]
    return f"{counts_line(result.findings)}。退出码 {result.exit_code}：{meaning}。"


def table(result: LintResult, style: Style) -> str:
    """Return the findings for a terminal."""
    from dtcheck.formats.table import draw

    parts: list[Any] = [_title(result), "", *finding_parts(result.findings, style)]
    return draw([*parts, _closing(result)], style)


def markdown(result: LintResult, style: Style) -> str:
    """Return the findings as a Markdown page."""
    from dtcheck.formats.markdown import escape
    from dtcheck.formats.markdown import table as markdown_table

    del style
    parts = [f"# {escape(_title(result))}"]
    if result.findings:
        rows = [tuple(map(escape, row)) for row in rows_of(result.findings)]
        heads = ("级别", "规则", "位置", "问题", "怎样改")
        parts.append(markdown_table(rows, heads, ["left"] * len(heads)))
    return "\n\n".join([*parts, f"**{escape(_closing(result))}**"]) + "\n"


def as_json(result: LintResult, style: Style) -> str:
    """Return the findings as one JSON document."""
    del style
    file = result.file
    return dumps(
        {
            "dtcheck": __version__,
            "schema": SCHEMA_VERSION,
            "targets": {
                "place": file.place,
                "year": file.year,
                "path": file.path,
                "sha256": file.sha256,
                "count": len(file.targets),
            },
            "findings": [finding_fields(finding) for finding in result.findings],
            "exit_code": result.exit_code,
        }
    )


LINTS: dict[str, Callable[[LintResult, Style], str]] = {
    "table": table,
    "markdown": markdown,
    "json": as_json,
}
