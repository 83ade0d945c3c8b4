"""From a submission to a workbook that can be marked: the clerk's own, or one made of its rows."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from dtcheck.marking.losses import losses_of
from dtcheck.marking.stored import stored_cells
from dtcheck.patterns import regex
from dtcheck.tables.numberformats import number_text
from dtcheck.tables.package import open_package
from dtcheck.tables.table import Table
from dtcheck.tables.text import Row, UnreadableError
from dtcheck.workbooks import LONG_AGO, StoredCells, put_text

# The tables of a submission with their rows, read once more each time.
Tables = Callable[[], Iterator[tuple[Table, Iterator[Row]]]]
# Held in memory cell by cell; a form has some hundreds.
MOST_CELLS = 400_000
_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767
# A name that tells no month, as a text has none.
ONLY_SHEET = "Sheet1"
# What no number of a workbook shows otherwise: no zero in front or at the end.
_NUMBER = regex(r"-?(?:0|[1-9][0-9]{0,13})(?:\.[0-9]{0,9}[1-9])?")
_ILLEGAL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ZIP = b"PK\x03\x04"
# What is lost where a workbook is made anew.
REBUILT = "格式、公式、批注和列宽（这个工作簿有不合规范的地方，只照搬了格子里的内容）"
_OTHER_KIND = "格式、公式、批注和列宽（不是 .xlsx，只照搬了格子里的内容）"
_DATES = ("created", "modified")
_NARROWEST, _WIDEST = 8, 40


class Source(NamedTuple):
    """A submission as a workbook; ``stored`` are the values to be written as they were.

    ``losses`` are what of the file is not in it, in words. ``origin`` is the file that a marked
    copy was made from.
    """

    book: Workbook
    stored: StoredCells
    losses: tuple[str, ...]
    origin: str | None = None
    has_macros: bool = False


def open_source(content: bytes, tables: Tables, *, macros: bool) -> Source:
    """Return a submission as a workbook; ``macros``: they are to be kept.

    Raises UnreadableError where it can't be read, or is too big to be marked, and one of FAILURES
    where openpyxl can't take it in.
    """
    if not is_workbook(content):
        return rebuild(tables)
    source = _loaded(content, macros=macros)
    origin = next((table.origin for table, _ in tables()), None)
    return source._replace(origin=origin)


def is_workbook(content: bytes) -> bool:
    """Whether a submission is a workbook that openpyxl may take in as it is."""
    return content.startswith(_ZIP)


def _loaded(content: bytes, *, macros: bool) -> Source:
    package = open_package(io.BytesIO(content))
    for name in package.namelist():
        package.check(name)
    keeps_macros = macros and any(
        name.lower().endswith("vbaproject.bin") for name in package.namelist()
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # As load_workbook does, which doesn't tell which part each sheet is.
        reader: Any = ExcelReader(io.BytesIO(content), keep_vba=keeps_macros, rich_text=True)
        reader.read()
        stored = {
            sheet.name: dict(stored_cells(package, rel.target))
            for sheet, rel in reader.parser.find_sheets()
            if rel.Type.endswith("/worksheet")
        }
    book: Workbook = reader.wb
    core = package.read("docProps/core.xml") if "docProps/core.xml" in package.namelist() else b""
    _undate(book, *(name for name in _DATES if name.encode() not in core))
    if sum(map(len, stored.values())) > MOST_CELLS:
        raise too_big()
    losses = losses_of(package, book, keeps_macros=keeps_macros)
    return Source(book, stored, losses, has_macros=keeps_macros)


def _undate(book: Workbook, *names: str) -> None:
    """Take out the dates that openpyxl makes up, which are now: the same copy is the same bytes."""
    for name in names:
        setattr(book.properties, name, LONG_AGO)


def too_big() -> UnreadableError:
    """Return the error of a file that is too big to be marked."""
    problem = f"内容超过 {MOST_CELLS} 格或 {_MOST_ROWS} 行，太大"
    return UnreadableError(problem, "照检查结果改原表；删去用不着的行列再标注")


def rebuild(tables: Tables, lost: str = "") -> Source:
    """Return a workbook made of the rows, with the cells where they were; ``lost`` is what it lacks."""
    book = Workbook()
    _undate(book, *_DATES)
    book.remove(book.worksheets[0])
    origin, left, cut = None, MOST_CELLS, list[str]()
    for table, rows in tables():
        origin = table.origin
        lost = lost or (_OTHER_KIND if table.sheet else "")
        sheet = cast("Worksheet", book.create_sheet(table.sheet or ONLY_SHEET))
        sheet.sheet_state = "hidden" if table.hidden else "visible"
        left = _fill(sheet, rows, left, cut)
        _widen(sheet)
        for at in table.hidden_columns:
            sheet.column_dimensions[get_column_letter(at + 1)].hidden = True
    return Source(book, {}, tuple(filter(None, (lost, *cut))), origin)


def _fill(sheet: Worksheet, rows: Iterator[Row], most: int, cut: list[str]) -> int:
    """Put rows where they were; return how many cells more there may be, of ``most``."""
    merged = _MergedDown()
    for row in rows:
        most -= len(row.cells)
        if most < 0 or row.number > _MOST_ROWS:
            raise too_big()
        merged.meet(row)
        for column, text in enumerate(row.cells, 1):
            if text:
                _put(cast("Cell", sheet.cell(row.number, column)), cell_text(text))
            if len(text) > _LONGEST_CELL:
                cut.append(f"{sheet.title}!{get_column_letter(column)}{row.number} 太长，截去的字")
        if row.hidden:
            sheet.row_dimensions[row.number].hidden = True
    for column, first, last in merged.areas:
        sheet.merge_cells(None, first, column, last, column)
    return most


def cell_text(text: str) -> str:
    """Return a text as a cell of a workbook can hold it."""
    return _ILLEGAL.sub("·", text[:_LONGEST_CELL])


def _put(cell: Cell, text: str) -> None:
    """Write a cell of a text file; what is plainly a number is one, as long as nothing changes in its text."""
    if _NUMBER.fullmatch(text) and number_text(float(text), "General") == text:
        cell.value = float(text) if "." in text else int(text)
    else:
        put_text(cell, text)


class _MergedDown:
    """The merged cells of a column, as rows tell of them: the texts that reach in from above."""

    def __init__(self) -> None:
        self.areas: list[list[int]] = []
        self._open: dict[int, list[int]] = {}
        self._last = 0

    def meet(self, row: Row) -> None:
        """Take in the next row."""
        self._open = {at: area for at, area in self._open.items() if at in row.merged}
        for at in row.merged:
            area = self._open.get(at)
            if area is None:
                # It began in the row before: a blank one reaches nowhere.
                area = self._open[at] = [at + 1, self._last, row.number]
                self.areas.append(area)
            area[2] = row.number
        self._last = row.number


def _widen(sheet: Worksheet) -> None:
    """Make the columns as wide as what they hold; titles may reach over their neighbours."""
    widths: dict[int, int] = {}
    for cells in sheet.iter_rows():
        filled = [cell for cell in cells if cell.value is not None]
        for cell in filled if len(filled) > 1 else ():
            width = wcswidth(str(cell.value).partition("\n")[0])
            widths[cell.column] = max(widths.get(cell.column, _NARROWEST), width)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST) + 2
