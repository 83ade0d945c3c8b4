"""The marks on a sheet: cells in the looks of what was found there, with a comment each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormatting, ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from dtcheck.headers.fields import field_named
from dtcheck.marking.comments import add_comment, clean_comment
from dtcheck.marking.looks import MARKED, is_ours, marking_rule
from dtcheck.rules import Finding, Level, Place

# Rows that a header takes at most: what is merged over all of them stands in the first.
_DEEPEST = 4


class Area(NamedTuple):
    """Cells of one row, counted from 1; the comment stands at the first that holds something."""

    row: int
    first: int
    last: int


def area_of(place: Place, sheet: Worksheet, heads: Iterable[int]) -> Area | None:
    """Return what a place means in a sheet: a cell, or all of a row; None: neither.

    ``heads`` are the rows of headers. A column that is only named is looked for in the nearest above.
    """
    column = place.at
    head = max((row for row in heads if place.row is None or row < place.row), default=None)
    filled = filled_cells(sheet)
    if column is None and place.column and head is not None:
        column = _column_called(place.column, filled, head)
    row = place.row or (head if column is not None else None)
    if row is None:
        return None
    if column is not None:
        return Area(row, column + 1, column + 1)
    columns = [cell.column for cell in filled if cell.row == row]
    return Area(row, min(columns, default=1), max(columns, default=1))


def _column_called(name: str, cells: Iterable[Cell], head: int) -> int | None:
    """Return the column, counted from 0, whose header is ``name``, or of the field that it names."""
    field = field_named(name)
    for cell in cells:
        text = str(cell.value)
        if head - _DEEPEST < cell.row <= head and (
            text == name or (field and field_named(text) is field)
        ):
            return cell.column - 1
    return None


def present_cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells that are there; to walk through all places of a sheet would make them."""
    cells: Any = sheet
    return [cell for cell in cells._cells.values() if isinstance(cell, Cell)]


def filled_cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells that hold something."""
    return [cell for cell in present_cells(sheet) if cell.value is not None]


def unmark(sheet: Worksheet) -> None:
    """Take away the marks of an earlier check; what a clerk had there is as it was."""
    for cell in present_cells(sheet):
        clean_comment(cell)
    kept = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            if not is_ours(rule):
                kept.add(ConditionalFormatting(each.sqref, each.pivot), rule)
    sheet.conditional_formatting = kept


def mark(sheet: Worksheet, found: Mapping[Area, Iterable[Finding]]) -> None:
    """Mark areas of a sheet with what was found there; infos are listed, not marked."""
    levels: dict[tuple[int, int], Level] = {}
    said: dict[tuple[int, int], list[Finding]] = {}
    order = list(MARKED)
    for area, findings in found.items():
        marked = [each for each in findings if each.level in MARKED]
        if not marked:
            continue
        said.setdefault(_anchor(sheet, area.row, area.first), []).extend(marked)
        worst = min((each.level for each in marked), key=order.index)
        for column in range(area.first, area.last + 1):
            at = _anchor(sheet, area.row, column)
            levels[at] = min(levels.get(at, worst), worst, key=order.index)
    for (row, column), findings in said.items():
        add_comment(cast("Cell", sheet.cell(row, column)), sorted(findings, key=_weight))
    _draw(sheet, levels)


def _weight(finding: Finding) -> int:
    return list(Level).index(finding.level)


def _anchor(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """Return the cell that shows what a place shows: of merged ones the first."""
    if isinstance(sheet.cell(row, column), MergedCell):
        for area in sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return area.min_row, area.min_col
    return row, column


def _draw(sheet: Worksheet, levels: Mapping[tuple[int, int], Level]) -> None:
    """Add the rules that draw marked cells, before the clerk's own, which keep their order."""
    rules = sheet.conditional_formatting
    present = [level for level in MARKED if level in levels.values()]
    for each in rules:
        for rule in each.rules:
            rule.priority += len(present)
    for priority, level in enumerate(present, 1):
        cells = [
            f"{get_column_letter(column)}{row}"
            for (row, column), each in levels.items()
            if each is level
        ]
        rule = marking_rule(level)
        rule.priority = priority
        rules.add(ConditionalFormatting(MultiCellRange(" ".join(cells))), rule)
