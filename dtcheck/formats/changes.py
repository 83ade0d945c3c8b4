"""What became of the indicators of one targets file in another: for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dtcheck.formats.content import clean
from dtcheck.formats.style import Style
from dtcheck.targets import Target, TargetsFile
from dtcheck.targets.changes import Changes
from dtcheck.targets.model import Measure
from dtcheck.units import format_number

_MEASURES = {Measure.FLOW: "累计数", Measure.LEVEL: "期末数", Measure.RATE: "增速"}


class _Part(NamedTuple):
    """A heading, and the table below it; ``right`` are the columns of goals."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    right: range


def table(old: TargetsFile, new: TargetsFile, found: Changes, style: Style) -> str:
    """Return the comparison as tables for a terminal."""
    from dtcheck.formats.table import draw, plain_table

    drawn: list[Any] = [_title(old, new), _sums(found), ""]
    for part in _parts(old, new, found):
        drawn.append(part.title)
        drawn.append(plain_table(part.heads, part.rows, style) if part.rows else "")
    return draw(drawn, style).rstrip("\n") + "\n"


def markdown(old: TargetsFile, new: TargetsFile, found: Changes, style: Style) -> str:
    """Return the comparison as Markdown."""
    from dtcheck.formats.markdown import escape
    from dtcheck.formats.markdown import table as markdown_table

    del style
    drawn = [f"# {escape(_title(old, new))}", escape(_sums(found))]
    for part in _parts(old, new, found):
        drawn.append(f"## {escape(part.title)}")
        if part.rows:
            align = ["right" if at in part.right else "left" for at in range(len(part.heads))]
            rows = [tuple(map(escape, row)) for row in part.rows]
            drawn.append(markdown_table(rows, part.heads, align))
    return "\n\n".join(drawn) + "\n"


def _title(old: TargetsFile, new: TargetsFile) -> str:
    return clean(
        f"{old.place}{old.year}年 {len(old.targets)} 项，{new.place}{new.year}年 {len(new.targets)} 项"
    )


def _sums(found: Changes) -> str:
    others = f"；性质或牵头单位变了 {len(found.others)} 项" if found.others else ""
    return (
        f"目标没变 {len(found.same)} 项，变了 {len(found.changed)} 项，"
        f"新增 {len(found.new)} 项，不再有 {len(found.gone)} 项{others}"
    )


def _parts(old: TargetsFile, new: TargetsFile, found: Changes) -> Iterator[_Part]:
    before, now = _called(old, new), _called(new, old)
    if before == now:
        before, now = "旧文件", "新文件"
    rows = [(_codes(*pair), *map(clean, _changed(*pair, old, new))) for pair in found.changed]
    yield _Part(
        f"目标变了（{len(rows)} 项）", ("编号", "指标", before, now, "增减"), rows, range(2, 5)
    )
    if found.others:
        others: list[tuple[str, ...]] = [
            (_codes(*pair), *map(clean, row))
            for pair in found.others
            for row in _others(*pair, has_leads=old.place == new.place)
        ]
        columns = ("编号", "指标", "变的", before, now)
        yield _Part(f"性质或牵头单位变了（{len(found.others)} 项）", columns, others, range(0))
    for title, file_name, targets in (("新增", now, found.new), ("不再有", before, found.gone)):
        listed = list(_listed(targets))
        heads = ("编号", "指标", file_name, "牵头单位")
        yield _Part(f"{title}（{len(listed)} 项）", heads, listed, range(2, 3))
    moved = [_codes(*pair) for pair in found.same if pair[0].code != pair[1].code]
    renumbered = f"，其中改了编号的：{'、'.join(moved)}" if moved else ""
    yield _Part(f"目标没变（{len(found.same)} 项）{renumbered}", (), (), range(0))


def _called(file: TargetsFile, other: TargetsFile) -> str:
    return clean(f"{file.year}年" if file.place == other.place else f"{file.place}{file.year}年")


def _changed(one: Target, two: Target, old: TargetsFile, new: TargetsFile) -> tuple[str, ...]:
    return (two.name, _goal(one, old), _goal(two, new), _difference(one, two))


def _goal(target: Target, file: TargetsFile) -> str:
    """Return a goal in words; what it points at by its name, since codes differ between files."""
    goal = target.goal
    if goal.ref and goal.ref in file.by_code:
        goal = goal._replace(ref=file.by_code[goal.ref].name)
    return ("争取" if target.strive else "") + target.goal_text(goal)


def _others(one: Target, two: Target, *, has_leads: bool) -> Iterator[tuple[str, ...]]:
    if one.measure is not two.measure:
        yield (two.name, "性质", _MEASURES[one.measure], _MEASURES[two.measure])
    if one.lead != two.lead and has_leads:
        yield (two.name, "牵头单位", one.lead, two.lead)


def _difference(one: Target, two: Target) -> str:
    """Return by how much a goal was raised or lowered, in its unit; "" where that is no one number."""
    before, now = one.goal, two.goal
    if before.value is None or now.value is None or before.high or now.high:
        return ""
    change = now.value - before.unit.convert(before.value, now.unit)
    unit = "个百分点" if now.unit.stem == "%" else now.unit.text
    return f"{format_number(change, sign=True)}{unit}" if change else ""


def _listed(targets: Iterable[Target]) -> Iterator[tuple[str, ...]]:
    for each in targets:
        yield tuple(map(clean, (each.code, each.name, each.goal_text(), each.lead)))


def _codes(one: Target, two: Target) -> str:
    return two.code if one.code == two.code else f"{one.code}→{two.code}"


COMPARISONS: dict[str, Callable[[TargetsFile, TargetsFile, Changes, Style], str]] = {
    "table": table,
    "markdown": markdown,
}
