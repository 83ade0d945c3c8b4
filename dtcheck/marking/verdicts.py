"""The verdicts at the right of a table: three columns beside the rows that were judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from typing import Any, NamedTuple, cast

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dtcheck.marking.areas import filled_cells
from dtcheck.marking.looks import CENTERED, FRAME, HEAD_FILL, VERDICT_FILL
from dtcheck.tables.copies import VERDICT_HEADS, is_verdict, verdicts_at
from dtcheck.workbooks import put_text

_COUNT = len(VERDICT_HEADS)
_WIDTHS = (22, 10, 12)
_LAST_COLUMN = 16_384


class Head(NamedTuple):
    """The header of a form: its last row, and the column right of it, counted from 1."""

    row: int
    beside: int


def clear_verdicts(sheet: Worksheet) -> None:
    """Take away the verdicts of an earlier check."""
    rows: dict[int, dict[int, str]] = {}
    for cell in filled_cells(sheet):
        rows.setdefault(cell.row, {})[cell.column] = str(cell.value)
    there: Any = sheet
    at: int | None = None
    for number, texts in sorted(rows.items()):
        cells = tuple(texts.get(column, "") for column in range(1, max(texts) + 1))
        heads = verdicts_at(cells)
        at = at if heads is None else heads
        if at is not None and (heads is not None or is_verdict(cells, at)):
            for column in range(at + 1, at + 1 + _COUNT):
                there._cells.pop((number, column), None)


def add_verdicts(
    sheet: Worksheet, heads: Iterable[Head], verdicts: Mapping[int, tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Write the verdicts on rows, by their numbers, beside them; yield which cells were written."""
    ordered = sorted(heads)
    for head, below in zip(ordered, [*ordered[1:], None], strict=False):
        end = below.row - 1 if below else sheet.max_row
        judged = [row for row in verdicts if head.row < row <= end]
        if not judged:
            continue
        first = _free_column(sheet, head, {head.row, *judged})
        if first + _COUNT > _LAST_COLUMN:
            continue
        model = cast("Cell", sheet.cell(head.row, max(head.beside - 1, 1)))
        for at, text in enumerate(VERDICT_HEADS):
            _write(sheet, head.row, first + at, text, model.font, is_head=True)
        for row in judged:
            model = cast("Cell", sheet.cell(row, max(head.beside - 1, 1)))
            for at, text in enumerate(verdicts[row]):
                _write(sheet, row, first + at, text, model.font)
        _widen(sheet, first)
        yield from ((row, first + at) for row in (head.row, *judged) for at in range(_COUNT))


def _free_column(sheet: Worksheet, head: Head, rows: Collection[int]) -> int:
    """Return the first column right of everything that stands in ``rows``."""
    last = max(head.beside - 1, *(cell.column for cell in filled_cells(sheet) if cell.row in rows))
    for area in sheet.merged_cells.ranges:
        if any(area.min_row <= row <= area.max_row for row in rows):
            last = max(last, area.max_col)
    return last + 1


def _write(
    sheet: Worksheet, row: int, column: int, text: str, font: Any, *, is_head: bool = False
) -> None:
    cell = put_text(cast("Cell", sheet.cell(row, column)), text)
    cell.font = Font(name=font.name, size=font.size, bold=is_head)
    cell.border = FRAME
    cell.fill = HEAD_FILL if is_head else VERDICT_FILL
    cell.protection = Protection(locked=True)
    cell.alignment = CENTERED if is_head else Alignment(horizontal="center", vertical="center")


def _widen(sheet: Worksheet, first: int) -> None:
    """Make the columns wide enough; a range of columns that they are in is parted before."""
    for at, width in enumerate(_WIDTHS):
        number = first + at
        letter = get_column_letter(number)
        _part(sheet, number)
        column = sheet.column_dimensions[letter]
        column.width = width
        column.hidden = False


def _part(sheet: Worksheet, number: int) -> None:
    """Take a column out of the range that says how wide it is, which would be there twice."""
    for key, each in list(sheet.column_dimensions.items()):
        low, high = each.min or 0, each.max or 0
        if not (low < high and low <= number <= high):
            continue
        del sheet.column_dimensions[key]
        for start, end in ((low, number - 1), (number, number), (number + 1, high)):
            if start <= end:
                part = copy(each)
                part.min, part.max = start, end
                part.index = get_column_letter(start)
                sheet.column_dimensions[part.index] = part
