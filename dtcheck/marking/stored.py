"""The values of a sheet as they stand in its part, to be written again as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from dtcheck.tables.package import Package
from dtcheck.workbooks import Stored

_ROW, _CELL, _FORMULA, _VALUE = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("row", "c", "f", "v"))
_TEXTS = ("s", "inlineStr")


def stored_cells(package: Package, part: str) -> Iterator[tuple[tuple[int, int], Stored]]:
    """Yield by row and column the cells that hold something else than a text, or what a formula came to."""
    row = column = 0
    with package.open(part) as file:
        for event, element in iterparse(file, events=("start", "end")):
            if event == "start" and element.tag == _ROW:
                row, column = int(element.get("r", row + 1)), 0
            elif event == "end" and element.tag == _CELL:
                reference = element.get("r")
                at = coordinate_to_tuple(reference) if reference else (row, column + 1)
                column = at[1]
                if stored := _stored(element):
                    yield at, stored
            elif event == "end" and element.tag == _ROW:
                element.clear()


def _stored(element: object) -> Stored | None:
    cell: Any = element
    kind, value = cell.get("t", "n"), cell.findtext(_VALUE)
    if value is None or kind in _TEXTS or (kind == "str" and cell.find(_FORMULA) is None):
        return None
    return Stored(kind, value)
