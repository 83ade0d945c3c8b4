"""Laying a sheet of a workbook out: a title, a table with a filter, ready for A4."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, cast

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from dtcheck.workbooks import put_text

HEADER_ROW = 3
_FONT = "微软雅黑"
_THIN = Side(style="thin", color="BFBFBF")
_GROUP = Side(style="medium", color="7F7F7F")
_HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
_NARROWEST, _LINE = 6, 16.5
PERCENT = "0.0%"
GENERAL = "General"


class Value(NamedTuple):
    """A cell: a text, or a number in a format; ``fill`` is the ground behind it, in hex.

    ``said`` is what a format makes of a number, where that is more than the number.
    """

    content: str | int | Fraction | None
    fill: str = ""
    format: str = GENERAL
    said: str = ""

    @property
    def shown(self) -> str:
        """About what a reader sees, for the width."""
        if self.said:
            return self.said
        if isinstance(self.content, Fraction):
            number = float(self.content)
            return f"{number * 100:.1f}%" if self.format == PERCENT else f"{number:.6g}"
        return "" if self.content is None else str(self.content)


class Column(NamedTuple):
    """A column of a table: its head, its greatest width in characters, and how its cells stand."""

    head: str
    widest: int = 14
    align: str = "left"


class Page(NamedTuple):
    """A sheet: what it is called, what stands over its table, and the table; ``below`` are lines after it.

    ``frozen`` counts the columns that stay at the left, ``sums``: the last row is a sum. ``groups``
    are the rows, from 0, over which a line parts what belongs together. ``head_lines``: how many
    lines the heads may take.
    """

    name: str
    title: str
    said: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    below: Sequence[str] = ()
    frozen: int = 1
    is_wide: bool = True
    sums: bool = False
    groups: frozenset[int] = frozenset()
    is_centered: bool = False
    head_lines: int = 1


class _GrowingRow(RowDimension):
    """A row with a height that still grows with its text; openpyxl would fix it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - the name in the file
        return False


def add_page(book: Workbook, page: Page) -> None:
    """Add a sheet to a workbook."""
    sheet = book.create_sheet(page.name)
    last = len(page.columns)
    for row, text, size in ((1, page.title, 14), (2, page.said, 9)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        cell = _put(sheet, row, 1, Value(text))
        cell.font = Font(name=_FONT, size=size, bold=row == 1)
        side = "center" if page.is_centered and row == 1 else None
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=row == 2)
    sheet.row_dimensions[1].height = 28
    widths = [_width(column, at, page) for at, column in enumerate(page.columns)]
    room = sum(widths)
    sheet.row_dimensions[2].height = _LINE * max(1, -(-wcswidth(page.said) // int(room)))
    _write_table(sheet, page, widths)
    for number, text in enumerate(page.below, HEADER_ROW + len(page.rows) + 2):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=last)
        cell = _put(sheet, number, 1, Value(text))
        cell.font = Font(name=_FONT, size=9)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[number].height = _LINE * -(-wcswidth(text) // int(room))
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    _set_up(sheet, page)


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = cast("Cell", sheet.cell(row, column))
    if isinstance(value.content, str):
        return put_text(cell, value.content)
    if value.content is not None:
        number = value.content
        cell.value = number if isinstance(number, int) else float(number)
        cell.number_format = value.format
    return cell


def _write_table(sheet: Worksheet, page: Page, widths: Sequence[int]) -> None:
    border = Border(_THIN, _THIN, _THIN, _THIN)
    for at, column in enumerate(page.columns, 1):
        cell = _put(sheet, HEADER_ROW, at, Value(column.head))
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = border
    sheet.row_dimensions[HEADER_ROW].height = 24 + _LINE * (page.head_lines - 1)
    for number, row in enumerate(page.rows, HEADER_ROW + 1):
        height = _lines(row, widths) * _LINE
        sheet.row_dimensions[number] = _GrowingRow(sheet, index=number, ht=height)
        is_sum = page.sums and number == HEADER_ROW + len(page.rows)
        parted = number - HEADER_ROW - 1 in page.groups
        around = Border(_THIN, _THIN, _GROUP, _THIN) if parted else border
        for at, (column, value) in enumerate(zip(page.columns, row, strict=True), 1):
            cell = _put(sheet, number, at, value)
            cell.font = Font(name=_FONT, size=10, bold=is_sum)
            cell.border = around
            cell.alignment = Alignment(horizontal=column.align, vertical="center", wrap_text=True)
            if value.fill:
                cell.fill = PatternFill("solid", fgColor=value.fill)


def _width(column: Column, at: int, page: Page) -> int:
    longest = max((wcswidth(row[at].shown) for row in page.rows), default=0)
    # Beside the head stands the arrow of the filter.
    return max(
        _NARROWEST,
        min(column.widest, longest + 2),
        -(-wcswidth(column.head) // page.head_lines) + 4,
    )


def _lines(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Return how many lines a row takes, as far as that can be told without its font."""
    return max(
        -(-wcswidth(value.shown) // (width - 1)) or 1
        for value, width in zip(row, widths, strict=True)
    )


def _set_up(sheet: Worksheet, page: Page) -> None:
    last = get_column_letter(len(page.columns))
    rows = len(page.rows) - page.sums
    sheet.freeze_panes = f"{get_column_letter(page.frozen + 1)}{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + max(rows, 1)}"
    sheet.page_setup.orientation = "landscape" if page.is_wide else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    footer = cast("HeaderFooterItem", sheet.oddFooter)
    footer.center.text = "第 &P 页，共 &N 页"
    footer.left.text = page.name
