"""The tables of counts of a notice, heads and rows of plain texts: by status, section, bureau."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dtcheck.digest import Digest
from dtcheck.formats.content import (
    DASH,
    GAP_UNIT,
    NAMED,
    SUMMARY_HEADS,
    clean,
    percent,
    summary_cells,
)
from dtcheck.judge import Light, Result, Status, Summary
from dtcheck.notices.words import section_light, told_statuses
from dtcheck.units import format_number


class Table(NamedTuple):
    """A table whose first columns are ``texts``, the others numbers."""

    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    texts: int = 1


class Tile(NamedTuple):
    """How many targets are of a status, now and in the month before if there is one."""

    status: Status
    now: int
    before: int | None

    @property
    def light(self) -> Light:
        """Red for what is behind: in a headline it is no matter of degree."""
        return Light.RED if self.status is Status.BEHIND else self.status.light

    @property
    def change(self) -> str:
        """The change with its sign, "" without a month before."""
        return "" if self.before is None else signed(self.now - self.before)


def tiles_of(digest: Digest) -> tuple[Tile, ...]:
    """Return the counts of the statuses that are always named, and of others that there are."""
    now = digest.now.summary.by_status
    then = digest.before.summary.by_status if digest.before else {}
    tiles = (Tile(status, now[status], then.get(status)) for status in Status)
    always = told_statuses(digest)
    return tuple(each for each in tiles if each.status in always or each.now or each.before)


def status_table(tiles: Sequence[Tile], digest: Digest) -> Table:
    """Return the counts by status: now, before, and the change."""
    total = digest.now.summary.total
    counts = (str(tile.now) for tile in tiles)
    rows = [(f"{digest.month}月底", *counts, str(total))]
    if digest.before:
        then = digest.before.summary.total
        counts = (str(tile.before) for tile in tiles)
        rows.append((f"{digest.before.as_of.month}月底", *counts, str(then)))
        rows.append(("增减", *(tile.change for tile in tiles), signed(total - then)))
    return Table(("时间", *(tile.status.label for tile in tiles), "合计"), rows)


def section_table(digest: Digest) -> Table:
    """Return the counts by section with their lights, and the sum where there are several."""
    now, before = digest.now, digest.before
    rows = [
        _section_row(
            section.name,
            digest.report.of_section(section),
            now.by_section[section.name],
            before.by_section[section.name] if before else None,
        )
        for section in digest.report.sections
    ]
    if len(rows) > 1:
        rows.append(
            _section_row("合计", now.results, now.summary, before.summary if before else None)
        )
    heads = (SUMMARY_HEADS[0], "灯", *SUMMARY_HEADS[1:], "达标率", change_head(digest))
    return _told(Table(heads, rows, texts=2), digest)


def _section_row(
    name: str, results: Sequence[Result], now: Summary, then: Summary | None
) -> tuple[str, ...]:
    first, *counts = summary_cells(name, now)
    return (first, section_light(results), *counts, kept_text(now), kept_change(now, then))


def bureau_table(digest: Digest) -> Table:
    """Return the counts by lead, the highest 达标率 first."""
    rows = [
        (*summary_cells(clean(name), summary), kept_text(summary))
        for name, summary in digest.now.by_lead.items()
    ]
    return _told(Table(("牵头单位", *SUMMARY_HEADS[1:], "达标率"), rows), digest)


def _told(table: Table, digest: Digest) -> Table:
    """Return a table without the columns of what nothing can be in this month."""
    told = {status.label for status in told_statuses(digest)}
    idle = {status.label for status in NAMED} - told
    shown = [at for at, head in enumerate(table.heads) if head not in idle]
    heads = tuple(table.heads[at] for at in shown)
    return table._replace(heads=heads, rows=[tuple(row[at] for at in shown) for row in table.rows])


def months_table(digest: Digest) -> Table:
    """Return the share kept by section and then by bureau, month by month as the notices told it."""
    heads = tuple(f"{each.as_of.month}月" for each in digest.standings)
    rows = [
        (
            clean(section.name),
            *(kept_text(each.by_section[section.name]) for each in digest.standings),
        )
        for section in digest.report.sections
    ]
    rows += [
        (clean(lead), *(kept_text(each.by_lead[lead]) for each in digest.standings))
        for lead in digest.now.by_lead
    ]
    rows.append(("合计", *(kept_text(each.summary) for each in digest.standings)))
    return Table(("达标率", *heads), rows)


def kept_text(summary: Summary) -> str:
    """Return the share kept."""
    return percent(summary.share_kept)


def kept_change(now: Summary, then: Summary | None) -> str:
    """Return how the share kept changed, in points."""
    before = then.share_kept if then else None
    kept = now.share_kept
    if kept is None or before is None:
        return DASH
    return format_number((kept - before) * 100, 1, sign=True) + GAP_UNIT


def change_head(digest: Digest) -> str:
    """Return the head of a column of changes."""
    return f"较{digest.before.as_of.month}月" if digest.before else "较以前"


def signed(count: int) -> str:
    """Return a change with its sign; no change is 0."""
    return f"{count:+d}" if count else "0"
