"""Marked copies, as ``verify --mark`` makes them: how they are told, and read as if they were unmarked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import PurePath

from dtcheck.patterns import regex
from dtcheck.tables.table import STDIN_NAME
from dtcheck.tables.text import Row

# The sheet that lists what was found, its first cell, and how its second row says of what file.
RESULT_SHEET = "检查结果"
TITLE = "检查结果（dtcheck verify --mark）"
ORIGIN = "原文件："
# The columns beside each row that was judged.
VERDICT_HEADS = ("状态", "完成率", "距序时")
# A status begins with the sign of its light.
_LAMP = regex("[√△×○–] ")
_TEXTS = frozenset((".csv", ".txt", ".tsv", ""))


def origins(sheets: Mapping[str, Callable[[], Iterator[Row]]]) -> Mapping[str, str]:
    """Return the sheets of a marked copy that list what was found, with the file that it was made from.

    None where nothing else is there: a file is not passed over as a whole.
    """
    found = {
        sheet: origin
        for sheet, rows in sheets.items()
        if sheet.startswith(RESULT_SHEET) and (origin := _origin(rows())) is not None
    }
    return found if len(found) < len(sheets) else {}


def _origin(rows: Iterator[Row]) -> str | None:
    first = [row.cells[0] for row in islice(rows, 2) if row.cells]
    if len(first) < 2 or first[0] != TITLE or not first[1].startswith(ORIGIN):
        return None
    return first[1].removeprefix(ORIGIN)


def clerks_rows(rows: Iterator[Row], origin: str) -> Iterator[Row]:
    """Yield the rows of a marked copy as the clerk's own file had them: without the verdicts.

    Rows that came from a text keep its rule, that a cell too many is a comma too many: hence their line.
    """
    is_text = origin == STDIN_NAME or PurePath(origin).suffix.lower() in _TEXTS
    at: int | None = None
    for row in rows:
        cells = row.cells
        if (heads := verdicts_at(cells)) is not None:
            at = heads
        if at is not None and (heads is not None or is_verdict(cells, at)):
            cells = (*cells[:at], *[""] * len(VERDICT_HEADS), *cells[at + len(VERDICT_HEADS) :])
            width = max((end for end, cell in enumerate(cells, 1) if cell), default=0)
            cells = cells[:width]
        if cells:
            yield row._replace(cells=cells, line=row.number if is_text else None)


def is_verdict(cells: tuple[str, ...], at: int) -> bool:
    """Whether a row has a verdict at ``at``, where its heads stand above."""
    return len(cells) > at and _LAMP.match(cells[at]) is not None


def verdicts_at(cells: tuple[str, ...]) -> int | None:
    """Return where the heads of the verdicts stand in a row, None where they don't."""
    if VERDICT_HEADS[-1] not in cells:
        return None
    width = len(VERDICT_HEADS)
    places = (at for at in range(len(cells)) if cells[at : at + width] == VERDICT_HEADS)
    return next(places, None)
