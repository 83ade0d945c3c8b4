"""Workbooks as .xls and WPS's .et, read by xlrd."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import xlrd
from xlrd.biffh import XLRDError

from dtcheck.tables.biff import Bound, Records
from dtcheck.tables.compound import Compound
from dtcheck.tables.numberformats import CHINESE_DATES, MAC_EPOCH, WINDOWS_EPOCH
from dtcheck.tables.unreadable import SAVE_AGAIN, UnreadableError, damaged, locked, too_big
from dtcheck.tables.workbook import (
    LARGEST_FILE,
    Merged,
    Sheet,
    StoredCell,
    StoredRow,
    Value,
    Workbook,
    workbook_of,
)

# The first where a file has both: for those who still have Excel 95.
_STREAMS = ("Workbook", "Book")
_MACROS = "_VBA_PROJECT_CUR"
_OTHERS = (
    ("WordDocument", "这是 Word 文档（.doc），不是工作簿"),
    ("PowerPoint Document", "这是幻灯片（.ppt），不是工作簿"),
    ("__properties_version1.0", "这是 Outlook 邮件（.msg），不是工作簿"),
)
_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
_BLANK = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
# What the formula says isn't worked out, as of those that an .xlsx shares among cells.
_UNCALCULATED = "=…"
# Of the Chinese Windows; the oldest files don't always say.
_ENCODING = "gb18030"
# What xlrd raises on files that aren't as they should be.
_DAMAGE = (XLRDError, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError,
           TypeError, ValueError, struct.error)  # fmt: skip


def open_xls(file: BinaryIO) -> Workbook:
    """Open a workbook. Raises UnreadableError, and so does reading its sheets."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise too_big()
    container = Compound(content)
    stream = next((each for each in _STREAMS if each in container), None)
    if "EncryptedPackage" in container:
        raise locked()
    if stream is None:
        told = (message for name, message in _OTHERS if name in container)
        raise UnreadableError(next(told, "这不是工作簿，是别的旧格式文件"), SAVE_AGAIN)
    records = Records(container.read(stream))
    with _by_xlrd():
        book = xlrd.open_workbook(
            file_contents=records.content,
            logfile=_Nowhere(),
            encoding_override=None if records.has_encoding else _ENCODING,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        names = book.sheet_names()
    if len(names) != len(records.sheets):
        raise damaged()
    sheets = [
        _Sheet(book, number, names[number], each) for number, each in enumerate(records.sheets)
    ]
    return workbook_of(sheets, has_macros=records.has_macros or _MACROS in container)


class _Sheet(Sheet):
    def __init__(self, book: xlrd.Book, number: int, name: str, bound: Bound) -> None:
        super().__init__(name, is_hidden=bound.is_hidden)
        self._book = book
        self._number = number
        self._uncalculated = bound.uncalculated
        self.epoch = MAC_EPOCH if book.datemode else WINDOWS_EPOCH

    def _loaded(self) -> Any:
        with _by_xlrd():
            return self._book.sheet_by_index(self._number)

    def hidden_columns(self) -> frozenset[int]:
        columns = self._loaded().colinfo_map
        return frozenset(at for at, each in columns.items() if each.hidden or not each.width)

    def merged(self) -> Iterator[Merged]:
        for first, last, column, _ in self._loaded().merged_cells:
            yield Merged(first + 1, last, column)

    def stored(self) -> Iterator[StoredRow]:
        sheet = self._loaded()
        try:
            for number in range(sheet.nrows):
                with _by_xlrd():
                    cells = list(self._cells(sheet, number))
                row = sheet.rowinfo_map.get(number)
                is_hidden = row is not None and bool(row.hidden or not row.height)
                yield StoredRow(number + 1, cells, is_hidden)
        finally:
            # Only one is held in memory.
            self._book.unload_sheet(self._number)

    def _cells(self, sheet: Any, row: int) -> Iterator[StoredCell]:
        filled = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        for at, (kind, value) in enumerate(filled):
            if (row, at) in self._uncalculated:
                yield StoredCell(at, _UNCALCULATED)
            elif kind in _NUMBERS:
                yield StoredCell(at, value, sheet.cell_xf_index(row, at))
            elif kind not in _BLANK:
                yield StoredCell(at, _value(kind, value))

    def format_code(self, style: int) -> str:
        styles = self._book.xf_list
        key = styles[style].format_key if style < len(styles) else 0
        # The book's own code goes first; of those that have none xlrd knows the usual ones.
        known = self._book.format_map.get(key)
        return (known and known.format_str) or CHINESE_DATES.get(key, "General")


def _value(kind: int, value: Any) -> Value:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    return str(value)


class _Nowhere(io.TextIOBase):
    """Takes what xlrd would print."""

    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def _by_xlrd() -> Iterator[None]:
    """Turn what xlrd raises into UnreadableError."""
    try:
        yield
    except _DAMAGE:
        raise damaged() from None
