"""Workbooks as .xlsx, read by openpyxl.

Its parser is used rather than its read-only sheets: those know nothing of merged cells, and take a
formula that was never calculated for a blank one. It is no public part of openpyxl, hence the bound
on its version in setup.cfg.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from itertools import islice
from typing import Any, BinaryIO

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import COL_TAG, DATA_TAG, FORMULA_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from dtcheck.patterns import regex
from dtcheck.tables.numberformats import CHINESE_DATES
from dtcheck.tables.package import Package, open_package
from dtcheck.tables.unreadable import damaged, without_sheets
from dtcheck.tables.workbook import (
    MOST_COLUMNS,
    Merged,
    Sheet,
    StoredCell,
    StoredRow,
    Value,
    Workbook,
    workbook_of,
)

_EXCEL_COLUMNS = 16_384
_AT_ONCE = 500
_STYLES = "xl/styles.xml"
_TRUE = frozenset({"1", "true"})
_NOTHING_WIDE = regex(r"0*\.?0+")
_ESCAPE = regex(r"_x000([9ADad])_")
# States of a sheet; the second can't be undone in the menus of Excel.
_UNSEEN = ("hidden", "veryHidden")
# What openpyxl raises on files that aren't as they should be, seen with damaged ones.
_DAMAGE = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError,
           SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error)  # fmt: skip


def open_xlsx(file: BinaryIO) -> Workbook:
    """Open a workbook. Raises UnreadableError, and so does reading its sheets."""
    package = open_package(file)
    with _by_openpyxl():
        reader = _Reader(package)
        reader.read()
        found = list(reader.parser.find_sheets())
        sheets = [
            _Sheet(reader, sheet.name, rel.target, is_hidden=sheet.state in _UNSEEN)
            for sheet, rel in found
            if rel.Type.endswith("/worksheet")
        ]
        # All of them before the first is read: half a workbook is none.
        for each in sheets:
            package.check(each.part)
    # Each has a part of its own, or that part would be read as often as it is named.
    if len({each.part for each in sheets}) < len(sheets):
        raise damaged()
    if found and not sheets:
        raise without_sheets()
    macros = any(name.lower().endswith("vbaproject.bin") for name in package.namelist())
    return workbook_of(sheets, has_macros=macros)


class _Sheet(Sheet):
    """A sheet and the ``part`` of the package that it is."""

    def __init__(self, reader: _Reader, name: str, part: str, *, is_hidden: bool) -> None:
        super().__init__(name, is_hidden=is_hidden)
        self._reader = reader
        self.part = part
        self.epoch = reader.wb.epoch

    def hidden_columns(self) -> frozenset[int]:
        found: set[int] = set()
        with _by_openpyxl(), self._reader.archive.open(self.part) as source:
            for event, element in iterparse(source, events=("start", "end")):
                if element.tag == DATA_TAG:
                    break
                if event == "end" and element.tag == COL_TAG and _is_hidden(element, "width"):
                    last = min(int(element.get("max")), MOST_COLUMNS)
                    found.update(range(int(element.get("min")) - 1, last))
                if event == "end":
                    element.clear()
        return frozenset(found)

    def stored(self) -> Iterator[StoredRow]:
        rows = self._rows()
        while True:
            # In batches, since what openpyxl warns of can't be muted across a yield.
            with _by_openpyxl():
                batch = list(islice(rows, _AT_ONCE))
            if not batch:
                return
            yield from batch

    def _rows(self) -> Iterator[StoredRow]:
        with self._reader.archive.open(self.part) as source:
            parser = _Parser(source, self._reader.shared_strings)
            for number, cells in parser.parse():
                filled = [
                    StoredCell(cell["column"] - 1, _value(cell["value"]), cell["style_id"])
                    for cell in cells
                    if cell["value"] is not None
                ]
                yield StoredRow(number, filled, parser.is_hidden)

    def merged(self) -> Iterator[Merged]:
        # They stand behind the rows; most sheets of many rows have none.
        with _by_openpyxl(), self._reader.archive.open(self.part) as source:
            if not any(b"mergeCell" in line for line in iter(lambda: source.read(1 << 20), b"")):
                return
        with _by_openpyxl(), self._reader.archive.open(self.part) as source:
            parser = _Parser(source, self._reader.shared_strings)
            deque(parser.parse(), maxlen=0)
            ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
        for each in ranges:
            yield Merged(each.min_row, each.max_row, each.min_col - 1)

    def format_code(self, style: int) -> str:
        book: Any = self._reader.wb
        with _by_openpyxl():
            number = book._cell_styles[style].numFmtId
            if number >= BUILTIN_FORMATS_MAX_SIZE:
                return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
        return CHINESE_DATES.get(number) or BUILTIN_FORMATS.get(number, "General")


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
    # A date that is written out, not counted in days.
    return value.isoformat()[:10] if isinstance(value, date | time) else value


class _Reader(ExcelReader):
    """Opens a workbook, but none of its sheets: openpyxl looks through all rows for their extent.

    Nor anything else that is not needed: what is wrong with it does no harm.
    """

    def __init__(self, package: Package) -> None:
        self.archive = self._package = package
        self.valid_files = package.namelist()
        self.read_only = self.data_only = True
        self.keep_vba = self.keep_links = self.rich_text = False
        self.shared_strings: list[str] = []

    def read_manifest(self) -> None:
        super().read_manifest()
        for part in self.package.Override:
            # openpyxl takes off the first character, whatever it is.
            part.PartName = "/" + part.PartName.replace("\\", "/").lstrip("/")

    def read_workbook(self) -> None:
        super().read_workbook()
        rels: Any = self.parser.rels
        # A list in openpyxl 3.1.2, a dict in later ones.
        for rel in rels.values() if isinstance(rels, dict) else rels.Relationship:
            # openpyxl knows one name only: without the formats, 6.5% would be 0.065.
            if rel.Type.endswith("/styles"):
                self._package.aliases[_STYLES] = rel.target

    def read_properties(self) -> None:
        pass

    def read_custom(self) -> None:
        pass

    def read_theme(self) -> None:
        pass

    def read_worksheets(self) -> None:
        pass


class _Parser(WorkSheetParser):
    """Yields rows of cells with numbers as they are stored, and formulas that have no value.

    A formula with a value is that value; one never calculated is ``=`` and itself. ``is_hidden``
    is about the row last yielded.
    """

    def __init__(self, source: Any, strings: list[str]) -> None:
        super().__init__(source, strings, data_only=True)
        self.is_hidden = False

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        if len(row) > _EXCEL_COLUMNS:
            raise damaged()
        self.is_hidden = _is_hidden(row, "ht")
        self.row_dimensions.clear()
        return super().parse_row(row)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell = super().parse_cell(element)
        if cell["value"] is None and cell["data_type"] != "str":
            formula = element.find(FORMULA_TAG)
            if formula is not None:
                # One shared with other cells isn't written out in each.
                cell["value"] = "=" + (formula.text or "…")
        return cell


def _is_hidden(element: Any, extent: str) -> bool:
    """Whether a row or a column is hidden, be it by a height or width of nothing."""
    return element.get("hidden") in _TRUE or bool(_NOTHING_WIDE.fullmatch(element.get(extent, "1")))


@contextmanager
def _by_openpyxl() -> Iterator[None]:
    """Turn what openpyxl raises into UnreadableError; what it only warns of is no matter here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _DAMAGE:
        raise damaged() from None
