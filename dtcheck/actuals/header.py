"""Finding the header of a table, below titles and above the data, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dtcheck.actuals.columns import HeaderReader
from dtcheck.actuals.form import Form
from dtcheck.rules import Finding
from dtcheck.rules.files import DUPLICATE_COLUMN, MISSING_COLUMN, ROWS_ABOVE, UNKNOWN_COLUMN
from dtcheck.tables.table import Table
from dtcheck.tables.text import HEADER_WITHIN, Row
from dtcheck.targets import TargetsFile
from dtcheck.units import match_number, plain

EMPTY = "文件是空的"


def find_form(
    rows: Iterator[Row],
    headers: HeaderReader,
    targets: TargetsFile,
    table: Table,
    findings: list[Finding],
) -> tuple[Form, Iterator[Row]] | None:
    """Return the form of a table and the rows of data; None where it can't be used.

    What is odd about the header, or keeps the table from being read, goes to ``findings``.
    """
    head: list[Row] = []
    best, form = 0, None
    for row in rows:
        head.append(row)
        found = headers.read(row.filled())
        if found.score > best:
            best, form, header_row = found.score, found, row
            if not form.missing:
                break
        if len(head) == HEADER_WITHIN:
            break
    below = None
    if form and not form.missing and (below := next(rows, None)):
        joined = headers.with_second_row(form, header_row.filled(), below.filled())
        form, below = (joined, None) if joined else (form, below)
    if form is None or form.missing or best < 2:
        findings.append(_no_header(table, head, form))
        return None
    findings.extend(_rows_above(head[: head.index(header_row)], targets, table))
    findings.extend(_oddities(form, header_row, table))
    return None if form.duplicates else (form, chain((below,) if below else (), rows))


def _no_header(table: Table, head: Sequence[Row], form: Form | None) -> Finding:
    if not any(cell.strip() for row in head for cell in row.cells):
        problem = EMPTY
    elif form is None:
        first = next(row for row in head if any(cell.strip() for cell in row.cells))
        problem = f"没有找到表头，第一行是：{_listed(first.cells)}"
    else:
        missing = "和".join(form.missing) or "可用的列"
        problem = f"表头缺少{missing}列，找到的是：{_listed(form.found)}"
    hint = (
        "表头至少要有“编号”或“指标”，还有“实际值”；dtcheck explain DT102 列出认得的写法，"
        "本地的写法用 --column 实际值=本地的表头 说明"
    )
    return Finding(MISSING_COLUMN, problem, hint, table.place())


def _rows_above(above: Iterable[Row], targets: TargetsFile, table: Table) -> Iterator[Finding]:
    """Yield rows with a target and a figure: a title above the header has none."""
    for row in above:
        named = [
            cell
            for cell in row.cells
            if plain(cell).upper() in targets.by_code or targets.by_name(cell)
        ]
        if named and any(match_number(plain(cell)) for cell in row.cells if cell not in named):
            message = f"“{named[0].strip()[:20]}”这一行在表头的上面，没有读"
            yield Finding(ROWS_ABOVE, message, "把表头移到数据的上面", table.place(row))


def _oddities(form: Form, header: Row, table: Table) -> Iterator[Finding]:
    """Yield columns that nobody knows, and two that mean the same."""
    for index, name in form.unknown:
        hint = "不需要检查的列可以不管；否则改成认得的表头"
        place = table.place(header, name, index)
        yield Finding(UNKNOWN_COLUMN, f"不认识的列“{name[:40]}”，已略过", hint, place)
    for first, second in form.duplicates:
        message = f"“{first.header}”和“{second.header}”两列都是{first.field}"
        place = table.place(header, second.header, second.index)
        yield Finding(DUPLICATE_COLUMN, message, "只留一列；当月数的表头改为“本月”", place)


def _listed(cells: Iterable[str]) -> str:
    shown = [cell.strip()[:20] for cell in cells if cell.strip()]
    return "、".join(shown[:12]) + ("…" if len(shown) > 12 else "") if shown else "（空）"
