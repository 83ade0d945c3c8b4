"""What became of the indicators of one targets file in another."""

from __future__ import annotations

from collections.abc import Iterator

from dtcheck.formats.content import clean
from dtcheck.targets import Target, TargetsFile
from dtcheck.targets.changes import Changes


def as_text(old: TargetsFile, new: TargetsFile, found: Changes) -> str:
    """Return the comparison as lines: changed, new, gone, and how many stayed."""
    return "\n".join(map(clean, _lines(old, new, found))) + "\n"


def _lines(old: TargetsFile, new: TargetsFile, found: Changes) -> Iterator[str]:
    yield f"{old.place}{old.year}年 {len(old.targets)} 项 → {new.place}{new.year}年 {len(new.targets)} 项"
    yield f"目标变了 {len(found.changed)} 项"
    for one, other in found.changed:
        yield f"  {_codes(one, other)} {other.name}：{one.goal_text()} → {other.goal_text()}"
    yield f"新增 {len(found.new)} 项"
    for each in found.new:
        yield f"  {each.code} {each.name}：{each.goal_text()}"
    yield f"不再有 {len(found.gone)} 项"
    for each in found.gone:
        yield f"  {each.code} {each.name}：{each.goal_text()}"
    yield f"没有变的 {len(found.same)} 项"


def _codes(one: Target, other: Target) -> str:
    return other.code if one.code == other.code else f"{one.code}→{other.code}"
