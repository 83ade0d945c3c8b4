"""The audit of a report: for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from dtcheck import __version__
from dtcheck.coverage.audit import Account, Audit, FigureStatus
from dtcheck.coverage.places import Part
from dtcheck.formats.content import DASH, clean
from dtcheck.formats.findings import counts_line, groups_of, left_out
from dtcheck.formats.json import VERSIONS, dumps, file_fields, findings_fields, number
from dtcheck.formats.style import Style
from dtcheck.rules import Finding, Level
from dtcheck.rules.reports import NO_PLAN_HEADING, OTHER_REPORT, UNACCOUNTED_FIGURE
from dtcheck.targets import short_path
from dtcheck.workreport.reading import is_class_name, read_figure

EXCUSE_HEADS = ("编号", "原话", "读作", "目标文件写的", "备注")
HEADS = ("部分", "数", "指标认领", "属于名称", "已排除", "没有交代")
# What makes an audit end with 1.
COUNTED = (Level.ERROR,)
OPEN_HEADS = ("位置", "数", "所在的句子", "读作")
_ORDER = (FigureStatus.CLAIMED, FigureStatus.NAMED, FigureStatus.EXCLUDED, FigureStatus.OPEN)


def title_lines(audit: Audit) -> tuple[str, ...]:
    """Return which report is held against which file."""
    file, report = audit.file, audit.report
    named = f"{report.place or '地名不详'} {report.year or '年份不详'}年"
    return (
        clean(f"报告核对：{report.path}（{named}）"),
        clean(
            f"目标文件：{short_path(file.path)}（{file.place} {file.year}年，{len(file.targets)} 项，"
            f"sha256 {file.sha256[:8]}）· dtcheck {__version__}"
        ),
        *left_out(audit.ignored),
    )


def _part_name(part: Part) -> str:
    return clean(f"{part.code} {part.heading}" if part.code else part.heading)


def coverage(audit: Audit) -> list[tuple[str, ...]]:
    """Return the cells under ``HEADS``: a line a part, and the sum."""
    lines = [
        (_part_name(part), [audit.count(status, index) for status in _ORDER])
        for index, part in enumerate(audit.parts)
    ]
    lines.append(("合计", [audit.count(status) for status in _ORDER]))
    return [(name, str(sum(counts)), *map(str, counts)) for name, counts in lines]


def _other(audit: Audit, unclaimed: bool = False) -> list[Finding]:
    """What is wrong but for open figures, which have a list of their own.

    Beside a list of what to turn into targets, only what concerns the report itself.
    """
    if unclaimed:
        return [each for each in audit.findings if each.rule in (OTHER_REPORT, NO_PLAN_HEADING)]
    return [each for each in audit.findings if each.rule is not UNACCOUNTED_FIGURE]


def open_rows(audit: Audit) -> list[tuple[str, ...]]:
    """Return the cells under ``OPEN_HEADS``, one line a figure."""
    return [
        (
            f"{account.place.paragraph}:{account.place.character}",
            clean(account.figure.text) + _short(account),
            clean(shown_clause(account)),
            clean(_reading(audit, account)),
        )
        for account in audit.open
    ]


def excuse_rows(audit: Audit) -> list[tuple[str, ...]]:
    """Return the cells under ``EXCUSE_HEADS``: what a note gives a reason for."""
    return [
        (each.code, *map(clean, (each.words, each.read, each.written, each.note)))
        for each in audit.excuses
    ]


def _short(account: Account) -> str:
    promises = account.figure.promises
    return f"（{len(account.codes)}/{promises}）" if promises > 1 else ""


def shown_clause(account: Account) -> str:
    """Return the clause of a figure, cut around it where it is long."""
    if len(account.clause) <= 40:
        return account.clause
    return f"…{account.before}{account.figure.text}{account.after}…"


def _reading(audit: Audit, account: Account) -> str:
    reading = read_figure(audit.report.text, account.figure)
    if reading is None:
        return DASH
    if account.figure.word is None and is_class_name(audit.report.text, account.figure):
        return "名称中的门槛"
    if reading.unit is None or reading.value is None:
        return (
            f"{reading.op.value} {'' if reading.value is None else number(reading.value)}".strip()
        )
    if reading.high is not None:
        return f"{number(reading.value)}..{number(reading.high)} {reading.unit.text}"
    return f"{reading.op.value} {number(reading.value)} {reading.unit.text}"


def closing(audit: Audit) -> str:
    """Return the outcome in a sentence."""
    figures = f"当年部分有 {len(audit.accounts)} 个数和数词"
    opened = f"没有交代的 {len(audit.open)} 个" if audit.open else "全部有交代"
    others = counts_line(_other(audit))
    warned = any(each.level is Level.WARNING for each in _other(audit))
    passed = "没有遗漏，警告请核对" if warned else "一致，没有遗漏"
    meaning = passed if audit.exit_code == 0 else "有遗漏或不一致"
    if audit.report.plan is None:
        meaning = "没有找到当年的部分，不能说没有遗漏"
    excused = f"；按备注另读 {len(audit.excuses)} 处" if audit.excuses else ""
    return f"{figures}，{opened}；与目标文件不一致：{others}{excused}。退出码 {audit.exit_code}：{meaning}。"


def table(audit: Audit, style: Style, unclaimed: bool) -> str:
    """Return the audit for a terminal; with ``unclaimed`` only the list of open figures."""
    from dtcheck.formats.table import draw, finding_parts, plain_table

    parts: list[Any] = [*title_lines(audit), ""]
    if not unclaimed:
        parts += ["各部分的数", plain_table(HEADS, coverage(audit), style, 0)]
    if audit.open:
        parts += ["没有交代的数（段:字）", plain_table(OPEN_HEADS, open_rows(audit), style, 2)]
    if audit.excuses and not unclaimed:
        parts += ["按备注另读的", plain_table(EXCUSE_HEADS, excuse_rows(audit), style, 4)]
    parts += finding_parts(groups_of(_other(audit, unclaimed)))
    return draw([*parts, closing(audit)], style)


def markdown(audit: Audit, style: Style, unclaimed: bool) -> str:
    """Return the audit as a Markdown page."""
    from dtcheck.formats.markdown import escape, finding_table
    from dtcheck.formats.markdown import table as markdown_table

    del style

    def drawn(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: bool) -> str:
        align = ["left"] + ["right" if numbers else "left"] * (len(heads) - 1)
        return markdown_table([tuple(map(escape, row)) for row in rows], heads, align)

    first, *others = title_lines(audit)
    parts = [f"# {escape(first)}", *map(escape, others)]
    if not unclaimed:
        parts += ["## 各部分的数", drawn(HEADS, coverage(audit), True)]
    if audit.open:
        parts += ["## 没有交代的数", drawn(OPEN_HEADS, open_rows(audit), False)]
    if audit.excuses and not unclaimed:
        parts += ["## 按备注另读的", drawn(EXCUSE_HEADS, excuse_rows(audit), False)]
    if wrong := _other(audit, unclaimed):
        parts += ["## 与目标文件不一致", finding_table(groups_of(wrong))]
    return "\n\n".join([*parts, f"**{escape(closing(audit))}**"]) + "\n"


def as_json(audit: Audit, style: Style, unclaimed: bool) -> str:
    """Return the audit as one JSON document; with ``unclaimed`` only open figures are listed."""
    del style
    report = audit.report
    accounts = audit.open if unclaimed else audit.accounts
    return dumps(
        {
            **VERSIONS,
            "report": {"path": report.path, "place": report.place, "year": report.year},
            "targets": file_fields(audit.file),
            "summary": _counts(audit, None),
            "sections": [
                {"code": part.code, "heading": part.heading, **_counts(audit, index)}
                for index, part in enumerate(audit.parts)
            ],
            "figures": [_fields(audit, account) for account in accounts],
            "excuses": [each._asdict() for each in audit.excuses],
            "findings": findings_fields(audit.findings),
            "exit_code": audit.exit_code,
        }
    )


def _counts(audit: Audit, part: int | None) -> dict[str, int]:
    counts = {status.value: audit.count(status, part) for status in _ORDER}
    return {"figures": sum(counts.values()), **counts}


def _fields(audit: Audit, account: Account) -> dict[str, Any]:
    figure, place = account.figure, account.place
    reading = read_figure(audit.report.text, figure)
    unit = reading.unit if reading else None
    return {
        "text": figure.text,
        "status": account.status.value,
        "codes": list(account.codes),
        "why": account.why,
        "promises": figure.promises,
        "section": audit.parts[account.part].heading,
        "paragraph": place.paragraph,
        "character": place.character,
        "line": place.line,
        "clause": account.clause,
        "op": reading.op.value if reading else None,
        "value": number(reading.value) if reading else None,
        "high": number(reading.high) if reading else None,
        "unit": unit.text if unit else None,
    }


def _for_pipelines(name: str, audit: Audit, style: Style, unclaimed: bool) -> str:
    from dtcheck.formats.pipeline import render_findings

    return render_findings(
        name, audit.report.path, told(audit, unclaimed), COUNTED, closing(audit), style.root
    )


def told(audit: Audit, unclaimed: bool) -> list[Finding]:
    """Return what pipelines are told of."""
    found = _other(audit, unclaimed)
    return found + [each for each in audit.findings if each.rule is UNACCOUNTED_FIGURE]


AUDITS: dict[str, Callable[[Audit, Style, bool], str]] = {
    "table": table,
    "markdown": markdown,
    "json": as_json,
    "github": partial(_for_pipelines, "github"),
    "junit": partial(_for_pipelines, "junit"),
}
