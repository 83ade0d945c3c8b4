"""From a file, whatever its kind, to its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO

from dtcheck.rules import Finding
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.tables.opening import open_twice, state_of
from dtcheck.tables.table import Table, column_letters
from dtcheck.tables.text import Row, UnreadableError, changed_while_read, read_rows

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGES = (b"<html", b"<!doc", b"<table", b"<?xml", b"<meta")


def read_tables(
    path: str,
    whole: Table,
    stdin: BinaryIO | None,
    score: Callable[[tuple[str, ...]], int],
    findings: list[Finding],
) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield the tables of a file with their rows: itself, or the sheets of a workbook.

    ``whole`` is the file as a table, ``score`` says how much a row looks like a header. What was
    left out of a workbook goes to ``findings``. Raises UnreadableError and OSError, also half-way.
    """
    with open_twice(path, stdin) as file:
        magic = file.read(32)
        file.seek(0)
        _refuse_pages(magic)
        if magic.startswith((*_ZIP, _OLE)):
            yield from _sheets(file, whole, findings)
            return
        before = state_of(file)
        # Closed before the file is, also where its rows were not wanted to the last.
        with closing(read_rows(file, score)) as rows:
            yield whole, rows
        if state_of(file) != before:
            raise changed_while_read()


def _sheets(
    file: BinaryIO, whole: Table, findings: list[Finding]
) -> Iterator[tuple[Table, Iterator[Row]]]:
    from dtcheck.tables.workbook import MOST_COLUMNS, Workbook

    book = Workbook(file)
    for sheet in book.sheets:
        table = whole._replace(sheet=sheet)
        yield table, book.rows(sheet)
        if book.is_cut:
            last = column_letters(MOST_COLUMNS - 1)
            message = f"第 {MOST_COLUMNS} 列（{last}）右边的内容没有读"
            hint = "报数的列移到左边；格式刷到最右边的，删去右边的空列"
            findings.append(Finding(LEFT_OUT, message, hint, table.place()))
    if book.has_macros:
        message = "工作簿带有宏，只读了存下的数，没有运行宏"
        hint = "报数表不需要宏，另存为 .xlsx 更稳妥"
        findings.append(Finding(LEFT_OUT, message, hint, whole.place()))


def _refuse_pages(magic: bytes) -> None:
    """Refuse what systems export as .xls or .csv, and is a page or a document."""
    if magic.startswith(b"%PDF"):
        raise UnreadableError("这是 PDF，不是报数表", "请报数单位交原表（.xlsx 或 .csv）")
    if magic.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        hint = "用 Excel 或 WPS 打开，另存为 .xlsx 或“CSV UTF-8”再交"
        raise UnreadableError("这是网页或 XML，不是报数表（有的系统导出的 .xls 是这样）", hint)
