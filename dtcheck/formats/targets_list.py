"""The list of targets: for a terminal, as a page to publish, and as JSON (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dtcheck.formats.content import STRIVE_MARK, clean
from dtcheck.formats.json import dumps, goal_fields, number
from dtcheck.formats.style import Style
from dtcheck.targets import Section, Target, TargetsFile
from dtcheck.units import format_number

_STRIVE = f"带 {STRIVE_MARK} 的是争取目标。"


def _heads(file: TargetsFile) -> tuple[str, ...]:
    return ("编号", "指标", "目标", f"{file.year - 1}年", "牵头单位")


def _cells(target: Target) -> tuple[str, ...]:
    unit = target.goal.unit.text
    baseline = "" if target.baseline is None else format_number(target.baseline) + unit
    name = target.name + (STRIVE_MARK if target.strive else "")
    return tuple(
        clean(text) for text in (target.code, name, target.goal.text, baseline, target.lead)
    )


def _chosen(section: Section, codes: Iterable[str]) -> list[Target]:
    return [target for target in section.targets if target.code in codes]


def _title(file: TargetsFile, codes: frozenset[str]) -> str:
    return clean(f"{file.place} {file.title}：{len(codes)} 项（{file.path}）")


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
    """Return the chosen targets as a Markdown page."""
    from dtcheck.formats.markdown import escape
    from dtcheck.formats.markdown import table as markdown_table

    del style
    parts = [f"# {escape(_title(file, codes))}"]
    for section in file.sections:
        if chosen := _chosen(section, codes):
            rows = [
                tuple(map(escape, (*_cells(target), clean(target.phrase)))) for target in chosen
            ]
            heads = (*_heads(file), "报告原话")
            align = ("left", "left", "right", "right", "left", "left")
            parts.append(f"## {escape(clean(f'{section.name}：{section.heading}'))}")
            parts.append(markdown_table(rows, heads, align))
    return "\n\n".join([*parts, escape(_STRIVE)]) + "\n"


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
