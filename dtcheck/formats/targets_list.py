"""The list of targets: for a terminal, as a page to publish, and as JSON (design §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dtcheck.formats.content import STRIVE_MARK, clean
from dtcheck.formats.json import dumps, goal_fields, number
from dtcheck.formats.style import Style
from dtcheck.targets import Kind, Section, Target, TargetsFile, short_path
from dtcheck.units import format_number

_STRIVE = f"带 {STRIVE_MARK} 的是争取目标。"


def _heads(file: TargetsFile) -> tuple[str, ...]:
    return ("编号", "指标", "目标", f"{file.year - 1}年", "牵头单位")


def _cells(target: Target) -> tuple[str, ...]:
    unit = target.goal.unit.text
    baseline = "" if target.baseline is None else format_number(target.baseline) + unit
    name = target.name + (STRIVE_MARK if target.strive else "")
    return tuple(
        clean(text) for text in (target.code, name, target.goal_text(), baseline, target.lead)
    )


def _chosen(section: Section, codes: Iterable[str]) -> list[Target]:
    return [target for target in section.targets if target.code in codes]


def _title(file: TargetsFile, codes: frozenset[str]) -> str:
    return clean(f"{file.place} {file.title}：{len(codes)} 项（{short_path(file.path)}）")


def table(file: TargetsFile, codes: frozenset[str], style: Style) -> str:
    """Return the chosen targets as tables by section for a terminal."""
    from dtcheck.formats.table import draw, plain_table

    parts: list[Any] = [_title(file, codes), ""]
    for section in file.sections:
        if chosen := _chosen(section, codes):
            parts.append(clean(f"{section.name} {section.code}：{section.heading}"))
            parts.append(plain_table(_heads(file), map(_cells, chosen), style))
    return draw([*parts, _STRIVE], style)


def markdown(file: TargetsFile, codes: frozenset[str], style: Style) -> str:
    """Return the chosen targets as a page to publish: its source, an overview, a table a section."""
    from dtcheck.formats.markdown import escape
    from dtcheck.formats.markdown import table as markdown_table

    del style
    sections = [(each, chosen) for each in file.sections if (chosen := _chosen(each, codes))]
    parts = [f"# {escape(clean(f'{file.place} {file.title}'))}", escape(_origin(file, codes))]
    overview = [
        (escape(clean(section.name)), section.code, *_kinds(chosen)) for section, chosen in sections
    ]
    parts.append(markdown_table(overview, _KIND_HEADS, ("left", "left", *["right"] * 5)))
    for section, chosen in sections:
        parts.append(f"## {escape(clean(f'{section.name}：{section.heading}'))}")
        rows = [
            tuple(map(escape, (*_cells(target), clean(target.phrase), clean(target.note or ""))))
            for target in chosen
        ]
        heads = (*_heads(file), "报告原话", "说明")
        align = ("left", "left", "right", "right", "left", "left", "left")
        parts.append(markdown_table(rows, heads, align))
    parts.append("\n".join(f"- {escape(line)}" for line in (_STRIVE, _LEADS)))
    return "\n\n".join(parts) + "\n"


_KIND_HEADS = ("板块", "编号", "指标", "写明数的", "不写数字的", "工作范围", "争取目标")
_LEADS = "牵头单位由目标文件分派，不是报告的内容。"


def _origin(file: TargetsFile, codes: frozenset[str]) -> str:
    source = dict(file.source)
    told = "，".join(source[key] for key in ("title", "delivered", "publisher") if key in source)
    shown = f"共 {len(file.targets)} 项"
    if len(codes) < len(file.targets):
        shown += f"，这里列出 {len(codes)} 项"
    path = f"目标文件 {short_path(file.path)}（sha256 {file.sha256[:8]}）"
    return clean("；".join(part for part in (shown, told and f"出处：{told}", path) if part) + "。")


def _kinds(chosen: list[Target]) -> tuple[str, ...]:
    kinds = [target.kind for target in chosen]
    return (
        str(len(chosen)),
        *(str(kinds.count(kind)) for kind in (Kind.OUTCOME, Kind.IMPLIED, Kind.SCOPE)),
        str(sum(target.strive for target in chosen)),
    )


def as_json(file: TargetsFile, codes: frozenset[str], style: Style) -> str:
    """Return the chosen targets, and what the report's other figures are, as JSON."""
    del style
    return dumps(
        {
            "place": file.place,
            "year": file.year,
            "targets": [_fields(target) for target in file.targets if target.code in codes],
            "excluded": [{"phrase": each.phrase, "why": each.why} for each in file.excluded],
        }
    )


def _fields(target: Target) -> dict[str, Any]:
    pace = target.pace
    return {
        "code": target.code,
        "name": target.name,
        "section": target.section,
        **goal_fields(target.goal),
        **({"due": target.due} if target.due else {}),
        **({"lag": target.lag} if target.lag else {}),
        "measure": target.measure.value,
        "kind": target.kind.value,
        "strive": target.strive,
        "phrase": target.phrase,
        "baseline": number(target.baseline),
        "lead": target.lead,
        "pace": [number(share) for share in pace] if isinstance(pace, tuple) else pace.value,
        "reports": target.reports if isinstance(target.reports, str) else list(target.reports),
        "tolerance": number(target.tolerance),
        "aliases": list(target.aliases),
        "note": target.note,
    }


LISTS: dict[str, Callable[[TargetsFile, frozenset[str], Style], str]] = {
    "table": table,
    "markdown": markdown,
    "json": as_json,
}
