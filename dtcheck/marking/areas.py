"""From a place in a submission to the cells of its copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from dtcheck.headers.fields import field_named
from dtcheck.rules import Place

# Rows that a header takes at most: what is merged over all of them stands in the first.
_DEEPEST = 4


class Area(NamedTuple):
    """Cells of one row, counted from 1; the comment stands at the first that holds something."""

    row: int
    first: int
    last: int


def present_cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells that are there; to walk through all places of a sheet would make them."""
    cells: Any = sheet
    return [cell for cell in cells._cells.values() if isinstance(cell, Cell)]


def filled_cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells that hold something."""
    return [cell for cell in present_cells(sheet) if cell.value is not None]


class Areas:
    """Finds places in a sheet as it is now; ``heads`` are the last rows of its headers."""

    def __init__(self, sheet: Worksheet, heads: Iterable[int]) -> None:
        self._heads = sorted(heads)
        self._extents: dict[int, tuple[int, int]] = {}
        self._headers: dict[int, list[tuple[int, str]]] = {}
        of_header = {row for head in self._heads for row in range(head - _DEEPEST + 1, head + 1)}
        for cell in filled_cells(sheet):
            low, high = self._extents.get(cell.row, (cell.column, cell.column))
            self._extents[cell.row] = min(low, cell.column), max(high, cell.column)
            if cell.row in of_header:
                self._headers.setdefault(cell.row, []).append((cell.column - 1, str(cell.value)))

    def of(self, place: Place) -> Area | None:
        """Return what a place means: a cell, or all that is filled of a row; None: neither.

        A column that is only named is looked for in the nearest header above.
        """
        column = place.at
        head = next(
            (row for row in reversed(self._heads) if place.row is None or row < place.row), None
        )
        if column is None and place.column and head is not None:
            column = self._column_called(place.column, head)
        row = place.row or (head if column is not None else None)
        if row is None:
            return None
        if column is not None:
            return Area(row, column + 1, column + 1)
        return Area(row, *self._extents.get(row, (1, 1)))

    def _column_called(self, name: str, head: int) -> int | None:
        """Return the column, counted from 0, whose header is ``name``, or of the field that it names."""
        field = field_named(name)
        for row in range(head - _DEEPEST + 1, head + 1):
            for column, text in self._headers.get(row, ()):
                if text == name or (field and field_named(text) is field):
                    return column
        return None
