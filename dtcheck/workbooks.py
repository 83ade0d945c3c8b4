"""Writing workbooks by openpyxl: whole in memory, the same bytes each time, texts that stay texts."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell._writer import etree_write_cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import SubElement

from dtcheck.formulas import is_formula

# What openpyxl raises on files that aren't as they should be, seen with damaged ones.
FAILURES = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError,
            SyntaxError, TypeError, ValueError, BadZipFile, zlib.error)  # fmt: skip
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - what a zip can date, in no time zone


class Stored(NamedTuple):
    """What a cell of a file held, as it was written there: its type (n, b, e, str, d) and its value."""

    type: str
    value: str


# By sheet, then by row and column counted from 1.
StoredCells = Mapping[str, Mapping[tuple[int, int], Stored]]
_NOTHING: StoredCells = MappingProxyType({})


def put_text(cell: Cell, text: str) -> Cell:
    """Write a text that stays one, also where it starts like a formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
    return cell


def book_bytes(book: Workbook, stored: StoredCells = _NOTHING) -> bytes:
    """Return a workbook that is the same whenever it is written, so that a new one is no change.

    ``stored`` are values to be written as they are: openpyxl leaves out what a formula came to, and
    rounds dates.
    """
    written, still = io.BytesIO(), io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive, stored).save()
    with ZipFile(written) as dated, ZipFile(still, "w", ZIP_DEFLATED) as archive:
        for part in dated.infolist():
            info = ZipInfo(part.filename, LONG_AGO.timetuple()[:6])
            archive.writestr(info, dated.read(part), ZIP_DEFLATED)
    return still.getvalue()


class _InMemory(ExcelWriter):
    """Writes sheets without openpyxl's temporary files, whose disk may be full.

    What it overrides is no public part of openpyxl, hence the bound on its version in setup.cfg.
    """

    _archive: ZipFile

    def __init__(self, book: Workbook, archive: ZipFile, stored: StoredCells) -> None:
        super().__init__(book, archive)
        self._stored = stored

    def write_worksheet(self, ws: Any) -> None:
        drawing: Any = SpreadsheetDrawing()
        drawing.charts, drawing.images = ws._charts, ws._images
        ws._drawing = drawing
        writer: Any = _SheetWriter(ws, self._stored.get(ws.title, {}))
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    def __init__(self, ws: Any, stored: Mapping[tuple[int, int], Stored]) -> None:
        self._stored = stored
        super().__init__(ws, io.BytesIO())

    def write_row(self, xf: Any, row: Any, row_idx: Any) -> None:
        if not self._stored:
            super().write_row(xf, row, row_idx)
            return
        sheet: Any = self.ws
        attributes = {"r": str(row_idx), **dict(sheet.row_dimensions.get(row_idx, {}))}
        with xf.element("row", attributes):
            for cell in row:
                if cell._comment is not None:
                    sheet._comments.append(CommentRecord.from_cell(cell))
                stored = self._stored.get((cell.row, cell.column))
                if cell._value is not None or cell.has_style or cell._comment or stored:
                    into = _AsStored(xf, stored) if stored else xf
                    etree_write_cell(into, sheet, cell, cell.has_style)


class _AsStored:
    """Takes the element of a cell, and hands it on with the value that was stored."""

    def __init__(self, xf: Any, stored: Stored) -> None:
        self._xf = xf
        self._stored = stored

    def write(self, element: Any) -> None:
        for child in list(element):
            if child.tag != "f":
                element.remove(child)
        element.set("t", self._stored.type)
        SubElement(element, "v").text = self._stored.value
        self._xf.write(element)
