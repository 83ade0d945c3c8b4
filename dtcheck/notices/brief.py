"""The notice on one standing page: how it stands, and the worst shortfalls with their reasons."""

from __future__ import annotations

from collections.abc import Iterable

from dtcheck.documents import Block, Cell, Grid, Paragraph, Remarks
from dtcheck.documents.measure import ROOM, height_of, row_height
from dtcheck.formats.content import ResultLine, clean
from dtcheck.notices.figures import NO_REASON
from dtcheck.notices.fills import FILLS
from dtcheck.notices.notice import Notice
from dtcheck.notices.prose import opening, overall

# What there is room for of the usual columns of a shortfall; a reason says more than a share.
_LEFT_OUT = ("目标", "完成率", "年底预计")
_LONGEST_REASON = 60


def brief_body(notice: Notice, head: Iterable[Block], tail: Iterable[Block]) -> list[Block]:
    """Return what stands between ``head`` and ``tail``: as many shortfalls as the page has room for."""
    digest = notice.digest
    said = [Paragraph(text, is_dense=True) for text in (opening(digest), overall(digest)[0])]
    grid = _grid(notice)
    below = _below(notice, 0)
    # As if no row stood there: then the line below that counts the others is longest.
    room = ROOM - sum(map(height_of, (*head, *said, grid._replace(rows=()), below, *tail)))
    rows = []
    for row in grid.rows:
        room -= row_height(row, grid) if isinstance(row, tuple) else 0
        if room < 0:
            break
        rows.append(row)
    shown = [grid._replace(rows=tuple(rows))] if rows else []
    return [*said, *shown, _below(notice, len(rows))]


def _grid(notice: Notice) -> Grid:
    figures = [each for each in notice.short_columns if each[0] not in _LEFT_OUT]
    heads = ("灯", "最突出的缺口", *(head for head, _ in figures), "牵头单位", "原因")
    widths = (7, 34, *(22 for _ in figures), 27, 46)
    aligns = ("center", "left", *("center" for _ in figures), "left", "left")
    return Grid(heads, tuple(_row(line, figures) for line in notice.worst), widths, aligns)


def _row(line: ResultLine, figures: Iterable[tuple[str, str]]) -> tuple[Cell, ...]:
    said = [line.note.strip() or NO_REASON]
    said += [f"措施：{line.measures.strip()}"] if line.measures.strip() else []
    reason = "。".join(each.rstrip("。；") for each in said)
    if len(reason) > _LONGEST_REASON:
        reason = reason[: _LONGEST_REASON - 1] + "…"
    texts = (line.name, *(getattr(line, field) for _, field in figures), line.lead, reason)
    return (Cell(line.light.sign, FILLS[line.light]), *map(Cell, texts))


def _below(notice: Notice, shown: int) -> Remarks:
    """What else there is: how many more shortfalls, and who has not submitted."""
    more = notice.short_count - shown
    missing = "、".join(f"{each.name}{each.total}项" for each in notice.overdue)
    lines = [f"另有缺口{more}项，见全文。" if shown else f"缺口共{more}项。"] if more else []
    if not notice.short_count:
        lines.append("没有缺口。")
    if notice.silent:
        lines.append(notice.silent)
    lines.append(f"应报未报：{missing or '没有'}。")
    return Remarks(tuple(map(clean, lines)))
