"""Workbooks: from an .xlsx to the rows of its sheets, as a reader sees them.

openpyxl reads them. Its parser is used rather than its read-only sheets: those know nothing of
merged cells, and take a formula that was never calculated for a blank one. It is no public part of
openpyxl, hence the bound on its version in setup.cfg. Hidden rows, columns and sheets are read as
the others are, and marked.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import COL_TAG, DATA_TAG, FORMULA_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from dtcheck.patterns import regex
from dtcheck.tables.numberformats import CHINESE_DATES, number_text
from dtcheck.tables.package import Package, damaged, open_package
from dtcheck.tables.text import Row

# A header is looked for in as many columns; a form has a dozen.
MOST_COLUMNS = 200
_EXCEL_COLUMNS = 16_384
_LONGEST_CELL = 32_767
_LONGEST_FORMAT = 200
_MERGED_RANGES = 20_000
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


class Workbook:
    """An open workbook: ``sheets`` are the parts by name, ``hidden`` the names of some of them.

    Raises UnreadableError, in opening and in reading.
    """

    def __init__(self, file: BinaryIO) -> None:
        package = open_package(file)
        with _by_openpyxl():
            self._reader = _Reader(package)
            self._reader.read()
            found = [
                (sheet, rel.target)
                for sheet, rel in self._reader.parser.find_sheets()
                if rel.Type.endswith("/worksheet")
            ]
            # All of them before the first is read: half a workbook is none.
            for _, part in found:
                package.check(part)
        sheets = [(sheet.name, part) for sheet, part in found]
        self.sheets = dict(sheets)
        self.hidden = {sheet.name for sheet, _ in found if sheet.state in _UNSEEN}
        # Each has a part of its own, or that part would be read as often as it is named.
        if not sheets or not len(sheets) == len(self.sheets) == len(set(self.sheets.values())):
            raise damaged()
        self.has_macros = any(
            name.lower().endswith("vbaproject.bin") for name in package.namelist()
        )
        self.is_cut = False
        self._format = lru_cache(maxsize=1024)(self._format_code)

    def hidden_columns(self, sheet: str) -> frozenset[int]:
        """Return the columns that are hidden in a sheet, counted from 0."""
        found: set[int] = set()
        with _by_openpyxl(), self._reader.archive.open(self.sheets[sheet]) as source:
            for event, element in iterparse(source, events=("start", "end")):
                if element.tag == DATA_TAG:
                    break
                if event == "end" and element.tag == COL_TAG and _is_hidden(element, "width"):
                    last = min(int(element.get("max")), MOST_COLUMNS)
                    found.update(range(int(element.get("min")) - 1, last))
                if event == "end":
                    element.clear()
        return frozenset(found)

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet that aren't blank; ``is_cut`` says if cells were too far right."""
        self.is_cut = False
        rows = self._rows(self.sheets[sheet])
        while True:
            # In batches, since what openpyxl warns of can't be muted across a yield.
            with _by_openpyxl():
                batch = list(islice(rows, _AT_ONCE))
            if not batch:
                return
            yield from batch

    def _rows(self, part: str) -> Iterator[Row]:
        starting = self._merged_down(part)
        reaching: dict[int, tuple[int, str]] = {}
        with self._reader.archive.open(part) as source:
            parser = _Parser(source, self._reader.shared_strings)
            for number, cells in parser.parse():
                texts = self._texts(cells)
                merged = {at: text for at, (last, text) in reaching.items() if number <= last}
                for at, last in starting.get(number, ()):
                    reaching[at] = (last, texts.get(at, ""))
                if texts:
                    row = tuple(texts.get(at, "") for at in range(max(texts) + 1))
                    yield Row(number, None, row, merged, parser.is_hidden)

    def _merged_down(self, part: str) -> dict[int, list[tuple[int, int]]]:
        """Return the merged ranges of more than one row: by first row, column and last row."""
        # They stand behind the rows; most sheets of many rows have none.
        with self._reader.archive.open(part) as source:
            if not any(b"mergeCell" in line for line in iter(lambda: source.read(1 << 20), b"")):
                return {}
        found: dict[int, list[tuple[int, int]]] = {}
        with self._reader.archive.open(part) as source:
            parser = _Parser(source, self._reader.shared_strings)
            deque(parser.parse(), maxlen=0)
        ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
        for each in islice(ranges, _MERGED_RANGES):
            if each.max_row > each.min_row and each.min_col <= MOST_COLUMNS:
                found.setdefault(each.min_row, []).append((each.min_col - 1, each.max_row))
        return found

    def _texts(self, cells: list[dict[str, Any]]) -> dict[int, str]:
        """Return what the cells show, by column; blank ones left out."""
        found = {}
        for cell in cells:
            if cell["value"] is None:
                continue
            if cell["column"] > MOST_COLUMNS:
                self.is_cut = True
            else:
                text = self._text(cell["value"], cell["style_id"])
                if len(text) > _LONGEST_CELL:
                    raise damaged()
                if text.strip():
                    found[cell["column"] - 1] = text
        return found

    def _text(self, value: object, style: int) -> str:
        if isinstance(value, str):
            return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            return number_text(value, self._format(style), self._reader.wb.epoch)
        # A date that is written out, not counted in days.
        return value.isoformat()[:10] if isinstance(value, date | time) else str(value)

    def _format_code(self, style: int) -> str:
        book: Any = self._reader.wb
        number = book._cell_styles[style].numFmtId
        if number >= BUILTIN_FORMATS_MAX_SIZE:
            code: str = book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
            return code[:_LONGEST_FORMAT]
        return CHINESE_DATES.get(number) or BUILTIN_FORMATS.get(number, "General")


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
