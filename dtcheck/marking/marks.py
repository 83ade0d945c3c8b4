"""The marks on a sheet: cells in the looks of what was found there, with a comment each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import cast

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormatting, ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from dtcheck.marking.areas import Area, present_cells
from dtcheck.marking.comments import add_comment, clean_comment
from dtcheck.marking.looks import MARKED, is_ours, marking_rule
from dtcheck.rules import Finding, Level

# A sheet of more comments opens slowly; the colour and the list say the rest.
_MOST_COMMENTS = 2000


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
    for (row, column), findings in islice(said.items(), _MOST_COMMENTS):
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
        cells = _ranges(at for at, each in levels.items() if each is level)
        rule = marking_rule(level)
        rule.priority = priority
        rules.add(ConditionalFormatting(MultiCellRange(cells)), rule)


def _ranges(cells: Iterable[tuple[int, int]]) -> str:
    """Return cells as a rule names them: those below each other as one range."""
    runs: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1] = (column, runs[-1][1], row)
        else:
            runs.append((column, row, row))
    letters = ((get_column_letter(column), first, last) for column, first, last in runs)
    return " ".join(
        f"{letter}{first}" + (f":{letter}{last}" if last > first else "")
        for letter, first, last in letters
    )
