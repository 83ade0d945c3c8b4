"""The last line of a result: what was found, and what the exit code says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dtcheck.formats.scope import Scope, scope_of
from dtcheck.formats.style import Style
from dtcheck.judge import FailOn, Report, Status
from dtcheck.rules import Level
from dtcheck.targets import short_path


def closing_line(report: Report, scope: Scope | None = None, *, unwritten: bool = False) -> str:
    """Return the findings in numbers and what the exit code says, and what it leaves out.

    Beside a result that tells of few bureaus, of theirs: ``scope``. ``unwritten`` as in Style.
    """
    counts = [f"{level.label} {report.count(level)}" for level in Level]
    meaning = {1: "有需要处理的问题", 2: "有文件无法判断"}.get(report.exit_code) or _why_passed(
        report, scope
    )
    code = report.exit_code
    if unwritten and code < 2:
        code, meaning = 2, f"有文件没有写成。数据：{meaning}"
    return f"数据检查：{'、'.join(counts)}。退出码 {code}：{meaning}。"


def closing_lines(reports: Sequence[Report], style: Style | None = None) -> list[str]:
    """Return the last lines of several reports, each under the name of its place.

    Below results for people in a ``style`` they count what those show.
    """
    unwritten = style is not None and style.unwritten
    lines = [
        closing_line(each, style and scope_of(each, style), unwritten=unwritten) for each in reports
    ]
    if len(reports) == 1:
        return lines
    return [
        f"{each.file.place} {each.file.year}年（{short_path(each.file.path)}）{line}"
        for each, line in zip(reports, lines, strict=True)
    ]


def _why_passed(report: Report, scope: Scope | None) -> str:
    """Return why nothing counts for the exit code, naming what was found all the same."""
    policy, short = report.policy, _short_counts(report)
    missing = scope.silent() if scope and scope.results else _silent(report)
    if errors := report.count(Level.ERROR):
        short.append(f"错误 {errors} 条")
    if short:
        found = "、".join([*short, *missing])
        striving = any(each.is_shortfall and each.target.strive for each in report.results)
        strict = striving and not policy.strict and policy.fail_on is not FailOn.NEVER
        more = "，争取目标加 --strict 才计入" if strict else ""
        return f"另有{found}，按 --fail-on {policy.fail_on.value} 不计入退出码{more}"
    warnings = report.count(Level.WARNING)
    parts = [f"没有{'必须' if warnings else '需要'}处理的问题"]
    if warnings:
        parts.append(f"警告 {warnings} 条请核对")
    if missing:
        parts.append(f"{'、'.join(missing)}不计入")
    return "，".join(parts)


def _silent(report: Report) -> list[str]:
    silent = sum(each.status is Status.NO_DATA and not each.is_told for each in report.results)
    return [f"{Status.NO_DATA.label} {silent} 项"] if silent else []


def _short_counts(report: Report) -> list[str]:
    """Name what falls short in numbers, striving targets apart: 未完成 1 项、争取目标欠序时 2 项."""
    counts = Counter(
        ("争取目标" if each.target.strive else "", each.as_last_heard.status)
        for each in report.results
        if each.is_shortfall
    )
    order = [(who, each) for who in ("", "争取目标") for each in (Status.MISSED, Status.BEHIND)]
    return [f"{who}{each.label} {counts[who, each]} 项" for who, each in order if counts[who, each]]
