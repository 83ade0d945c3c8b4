"""Findings on their own, as the commands around the targets file show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from dtcheck.formats.content import FindingGroup, clean, fold_findings, ignored_rules
from dtcheck.formats.json import VERSIONS, dumps, file_fields, findings_fields
from dtcheck.formats.style import Style
from dtcheck.rules import Finding, Level
from dtcheck.targets import TargetsFile, short_path


@dataclass(frozen=True, slots=True)
class LintResult:
    """What ``targets lint`` found, the exit code that follows, and which rules were left out, why."""

    file: TargetsFile
    findings: tuple[Finding, ...]
    exit_code: int
    ignored: Mapping[str, str] = field(default_factory=dict)
    counted: tuple[Level, ...] = (Level.ERROR,)


def counts_line(findings: Iterable[Finding]) -> str:
    """Return the findings in numbers: 错误 0、警告 3、提示 10."""
    levels = [finding.level for finding in findings]
    return "、".join(f"{level.label} {levels.count(level)}" for level in Level)


def groups_of(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Return all kinds of findings, heaviest first."""
    return fold_findings(findings, everything=True)[0]


def _title(result: LintResult) -> str:
    file = result.file
    return clean(
        f"目标文件自查：{short_path(file.path)}（{file.place} {file.year}年，{len(file.targets)} 项）"
    )


def left_out(ignored: Mapping[str, str]) -> Iterator[str]:
    """Yield a line that names the rules that were not looked at, if any."""
    if ignored:
        yield f"不看：{ignored_rules(ignored)}"


def _closing(result: LintResult) -> str:
    meaning = {0: "没有必须改的", 1: "有必须改的"}[result.exit_code]
    return f"{counts_line(result.findings)}。退出码 {result.exit_code}：{meaning}。"


def table(result: LintResult, style: Style) -> str:
    """Return the findings for a terminal."""
    from dtcheck.formats.table import draw, finding_parts

    parts = [
        _title(result),
        *left_out(result.ignored),
        "",
        *finding_parts(groups_of(result.findings)),
    ]
    return draw([*parts, _closing(result)], style)


def markdown(result: LintResult, style: Style) -> str:
    """Return the findings as a Markdown page."""
    from dtcheck.formats.markdown import escape, finding_table

    del style
    parts = [f"# {escape(_title(result))}", *map(escape, left_out(result.ignored))]
    if result.findings:
        parts.append(finding_table(groups_of(result.findings)))
    return "\n\n".join([*parts, f"**{escape(_closing(result))}**"]) + "\n"


def as_json(result: LintResult, style: Style) -> str:
    """Return the findings as one JSON document."""
    del style
    return dumps(
        {
            **VERSIONS,
            "targets": file_fields(result.file),
            "findings": findings_fields(result.findings),
            "exit_code": result.exit_code,
        }
    )


def _for_pipelines(name: str, result: LintResult, style: Style) -> str:
    from dtcheck.formats.pipeline import render_findings

    closing, path = _closing(result), result.file.path
    return render_findings(name, path, result.findings, result.counted, closing, style.root)


LINTS: dict[str, Callable[[LintResult, Style], str]] = {
    "table": table,
    "markdown": markdown,
    "json": as_json,
    "github": partial(_for_pipelines, "github"),
    "junit": partial(_for_pipelines, "junit"),
}
