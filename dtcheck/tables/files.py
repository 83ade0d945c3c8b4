"""From a file, whatever its kind, to its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import BinaryIO

from dtcheck.rules import Finding
from dtcheck.rules.files import ODD_SPLITTING
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.tables.copies import clerks_rows, origins
from dtcheck.tables.kinds import HEAD, refuse_other_kinds
from dtcheck.tables.opening import open_twice, state_of
from dtcheck.tables.table import Table, column_letters
from dtcheck.tables.text import Row, changed_while_read, read_rows

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_tables(
    path: str,
    whole: Table,
    stdin: BinaryIO | None,
    score: Callable[[tuple[str, ...]], int],
    findings: list[Finding],
) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield the tables of a file with their rows: itself, or the sheets of a workbook.

    ``whole`` is the file as a table, ``score`` says how much a row looks like a header. What was
    left out of a workbook, or is odd about a file, goes to ``findings``. Hidden sheets are among
    the tables, and marked. Raises UnreadableError and OSError, also half-way.
    """
    with open_twice(path, stdin) as file:
        head = file.read(HEAD)
        file.seek(0)
        if head.startswith((*_ZIP, _OLE)):
            yield from _sheets(file, whole, findings)
            return
        refuse_other_kinds(head, path)
        before = state_of(file)

        def say(message: str, hint: str) -> None:
            findings.append(Finding(ODD_SPLITTING, message, hint, whole.place()))

        # Closed before the file is, also where its rows were not wanted to the last.
        with closing(read_rows(file, score, say)) as rows:
            yield whole, rows
        if state_of(file) != before:
            raise changed_while_read()


def _sheets(
    file: BinaryIO, whole: Table, findings: list[Finding]
) -> Iterator[tuple[Table, Iterator[Row]]]:
    from dtcheck.tables.workbook import MOST_COLUMNS, Workbook

    book = Workbook(file)
    ours = origins({sheet: partial(book.rows, sheet) for sheet in book.sheets})
    origin = next(iter(ours.values()), None)
    for sheet in book.sheets:
        if sheet in ours:
            continue
        hidden_columns = book.hidden_columns(sheet)
        table = whole._replace(
            sheet=sheet,
            hidden=sheet in book.hidden,
            hidden_columns=hidden_columns,
            origin=origin,
        )
        rows = book.rows(sheet)
        yield table, rows if origin is None else clerks_rows(rows, origin)
        if book.is_cut:
            last = column_letters(MOST_COLUMNS - 1)
            message = f"第 {MOST_COLUMNS} 列（{last}）右边的内容没有读"
            hint = "报数的列移到左边；格式刷到最右边的，删去右边的空列"
            findings.append(Finding(LEFT_OUT, message, hint, table.place()))
    if book.has_macros:
        message = "工作簿带有宏，只读了存下的数，没有运行宏"
        hint = "报数表不需要宏，另存为 .xlsx 更稳妥"
        findings.append(Finding(LEFT_OUT, message, hint, whole.place()))
