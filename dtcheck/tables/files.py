"""From a file, whatever its kind, to its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from dtcheck.rules import Finding
from dtcheck.rules.files import ODD_SPLITTING
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.tables.kinds import HEAD, is_markup, is_xmlbook, refuse_other_kinds
from dtcheck.tables.opening import at_hand, open_twice, state_of
from dtcheck.tables.table import Table, column_letters
from dtcheck.tables.text import Row, changed_while_read, detect_encoding, read_rows
from dtcheck.tables.unreadable import too_big

if TYPE_CHECKING:
    from dtcheck.tables.workbook import Workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_tables(
    path: str,
    whole: Table,
    stdin: BinaryIO | None,
    score: Callable[[tuple[str, ...]], int],
    is_form: Callable[[Iterator[Row]], bool],
    findings: list[Finding],
) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield the tables of a file with their rows: itself, or the sheets of a workbook.

    ``whole`` is the file as a table, ``score`` says how much a row looks like a header, ``is_form``
    whether rows have one. What was left out of a workbook, or is odd about a file, goes to
    ``findings``. Hidden sheets are among the tables, and marked. Raises UnreadableError and OSError,
    also half-way.
    """
    with open_twice(path, stdin) as opened:
        before = state_of(opened)
        file = at_hand(opened)
        head = file.read(HEAD)
        file.seek(0)
        if head.startswith((*_ZIP, _OLE)):
            yield from _sheets(_opened(file, head), whole, findings)
            return
        refuse_other_kinds(head, path)
        if is_markup(head):
            yield from _sheets(_opened_markup(file, is_form), whole, findings)
            return

        def say(message: str, hint: str) -> None:
            findings.append(Finding(ODD_SPLITTING, message, hint, whole.place()))

        # Closed before the file is, also where its rows were not wanted to the last.
        with closing(read_rows(file, score, say)) as rows:
            yield whole, rows
        if state_of(opened) != before:
            raise changed_while_read()


def _opened(file: BinaryIO, head: bytes) -> Workbook:
    """Open a workbook of the kind that ``head`` begins; each has a library of its own."""
    if head.startswith(_OLE):
        from dtcheck.tables.xls import open_xls

        return open_xls(file)
    from dtcheck.tables.xlsx import open_xlsx

    return open_xlsx(file)


def _opened_markup(file: BinaryIO, is_form: Callable[[Iterator[Row]], bool]) -> Workbook:
    """Open what systems hand out as .xls: a workbook as XML, or a page with a table."""
    from dtcheck.tables.workbook import LARGEST_FILE

    if file.seek(0, 2) > LARGEST_FILE:
        raise too_big()
    file.seek(0)
    encoding = detect_encoding(file)
    try:
        text = file.read().decode(encoding)
    except UnicodeDecodeError:
        raise changed_while_read() from None
    if is_xmlbook(text):
        from dtcheck.tables.xmlbook import open_xmlbook

        return open_xmlbook(text)
    from dtcheck.tables.webpage import open_page

    return open_page(text, is_form)


def _sheets(
    book: Workbook, whole: Table, findings: list[Finding]
) -> Iterator[tuple[Table, Iterator[Row]]]:
    from dtcheck.tables.copies import clerks_rows, origins
    from dtcheck.tables.workbook import MOST_COLUMNS

    ours = origins({sheet.name: sheet.rows for sheet in book.sheets})
    origin = next(iter(ours.values()), None)
    for sheet in book.sheets:
        if sheet.name in ours:
            continue
        table = whole._replace(
            sheet=sheet.name,
            hidden=sheet.is_hidden,
            hidden_columns=sheet.hidden_columns(),
            origin=origin,
        )
        rows = sheet.rows()
        yield table, rows if origin is None else clerks_rows(rows, origin)
        if sheet.is_cut:
            last = column_letters(MOST_COLUMNS - 1)
            message = f"第 {MOST_COLUMNS} 列（{last}）右边的内容没有读"
            hint = "报数的列移到左边；格式刷到最右边的，删去右边的空列"
            findings.append(Finding(LEFT_OUT, message, hint, table.place()))
    if book.has_macros:
        message = "工作簿带有宏，只读了存下的数，没有运行宏"
        hint = "报数表不需要宏，另存为 .xlsx 更稳妥"
        findings.append(Finding(LEFT_OUT, message, hint, whole.place()))
