"""Finding the header of a table, below titles and above the data, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from dtcheck.headers.classes import ColumnClass
from dtcheck.headers.columns import HeaderReader
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Form
from dtcheck.rules import Finding
from dtcheck.rules.files import MISSING_COLUMN, NOTHING_READ, ROWS_ABOVE, UNKNOWN_COLUMN
from dtcheck.tables.table import Table
from dtcheck.tables.text import HEADER_WITHIN, Row
from dtcheck.targets import TargetsFile
from dtcheck.units import match_number, plain

EMPTY = "文件是空的"
# Rows that a header takes at most: group, month, 本月 and 累计, the unit.
_DEEPEST = 4
# Rows of a table without a header that are looked through for figures.
_LOOKED_THROUGH = 10_000
_MOST_NAMES = 20
_MOST_PLACES = 1000


class FoundForm(NamedTuple):
    """A form with its rows of data; ``titles`` are the texts above its header, ``row`` where it stands."""

    form: Form
    row: Row
    rows: Iterator[Row]
    titles: tuple[str, ...]


def find_form(
    rows: Iterator[Row],
    headers: HeaderReader,
    targets: TargetsFile,
    table: Table,
    findings: list[Finding],
) -> FoundForm | None:
    """Return the form of a table and its rows of data; None where there is none.

    What is odd about the header, or keeps the table from being read, goes to ``findings``.
    """
    head: list[Row] = []
    best: Form | None = None
    for row in islice(rows, HEADER_WITHIN):
        head.append(row)
        block, form = _complete(head, headers)
        # A title may say 1-6月: of two that name as much, the one that has names is the header.
        if form and (best is None or (form.score, form.has_names) > (best.score, best.has_names)):
            best = form
        if form and not form.missing and form.score > 1 and not _names_target(row, targets):
            block, form, rest = _extended(head, block, form, rows, headers)
            above = head[: head.index(block[0])]
            findings.extend(_rows_above(above, headers, targets, table))
            findings.extend(_oddities(form, block[-1], table))
            titles = tuple(cell.strip() for each in above for cell in each.cells if cell.strip())
            return FoundForm(form, block[-1], rest, titles)
    findings.append(_no_header(table, head, best, rows, targets))
    return None


def _complete(head: Sequence[Row], headers: HeaderReader) -> tuple[list[Row], Form | None]:
    """Return the rows, up to the last of ``head``, that make the best header, and its form.

    One row, where it is whole; else with those above it, as a header of several rows has it.
    """
    best: tuple[list[Row], Form | None] = ([head[-1]], None)
    for depth in range(1, min(_DEEPEST, len(head)) + 1):
        block = list(head[-depth:])
        # The row at the top may name what it likes beside its fields: 全市, 市本级.
        names = headers.read((block[0].cells,)).has_names
        if depth > 1 and not names and not _is_heading(block[0], headers):
            break
        form = headers.read(_cells(block))
        if best[1] is None or form.score > best[1].score:
            best = (block, form)
        if not form.missing and form.score > 1:
            break
        if depth == 1 and not _is_heading(block[0], headers):
            break
    return best


def _extended(
    head: list[Row], block: list[Row], form: Form, rows: Iterator[Row], headers: HeaderReader
) -> tuple[list[Row], Form, Iterator[Row]]:
    """Take in the groups above a header and the rows of it below, as merged cells make them."""
    first = head.index(block[0])
    while first > 0 and len(block) < _DEEPEST and _is_group(head[first - 1], form, headers):
        first -= 1
        block.insert(0, head[first])
    ahead: list[Row] = []
    while len(block) < _DEEPEST and (row := next(rows, None)) is not None:
        if not _says_more(row, form, headers) and not _splits(row, block, form):
            ahead.append(row)
            break
        block.append(row)
    if len(block) > 1:
        form = headers.read(_cells(block))
    return block, form, chain(ahead, rows)


def _is_group(row: Row, form: Form, headers: HeaderReader) -> bool:
    """Whether a row above a header groups its figures; a title starts over the names."""
    names = [form.columns[each].index for each in (Field.CODE, Field.NAME) if each in form.columns]
    start = next((at for at, cell in enumerate(row.cells) if cell.strip()), 0)
    return start > min(names) and _says_more(row, form, headers)


def _says_more(row: Row, form: Form, headers: HeaderReader) -> bool:
    """Whether a row beside a header says more of its figures, and nothing of what it names."""
    own = {at for at, cell in enumerate(row.cells) if cell.strip()}
    return bool(own) and not own & form.named and _is_heading(row, headers)


def _splits(row: Row, block: Sequence[Row], form: Form) -> bool:
    """Whether a row parts what stands above it into columns, in whatever words.

    Not to know them must not make what is above them the actual.
    """
    own = {at for at, cell in enumerate(row.cells) if cell.strip()}
    if own & form.named or any(match_number(plain(row.cells[at])) for at in own):
        return False
    headed = {at for each in block for at, cell in enumerate(each.cells) if cell.strip()}
    return len(own) > 1 and any(at not in headed and at - 1 in headed | own for at in own)


def _is_heading(row: Row, headers: HeaderReader) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return bool(filled) and all(headers.names_something(cell.strip()) for cell in filled)


def _cells(block: Iterable[Row]) -> tuple[tuple[str, ...], ...]:
    return tuple(row.cells for row in block)


def _no_header(
    table: Table, head: Sequence[Row], form: Form | None, rest: Iterator[Row], targets: TargetsFile
) -> Finding:
    names_lack = form is not None and form.ours and not form.has_names
    own = "指标" if names_lack else "实际值"
    hint = (
        "表头至少要有“编号”或“指标”，还有“实际值”；dtcheck explain DT102 列出认得的写法，"
        f"本地的写法用 --column {own}=本地的表头 说明"
    )
    filled = [row for row in head if any(cell.strip() for cell in row.cells)]
    if not filled:
        return Finding(MISSING_COLUMN, EMPTY, hint, table.place())
    is_plan = form is not None and form.has_names and form.figures and not form.results
    if (
        table.sheet
        and not is_plan
        and _has_figures(chain(head, islice(rest, _LOOKED_THROUGH)), targets)
    ):
        problem = "表里有指标和数，却没有认得的表头，一个也没有采用"
        return Finding(NOTHING_READ, problem, hint, table.place())
    if form is None or form.score == 0:
        likely = max(filled, key=lambda row: sum(bool(cell.strip()) for cell in row.cells))
        problem = f"没有找到表头，最像表头的一行是：{_listed(likely.cells)}"
    else:
        missing = "和".join(form.missing) or "可用的列"
        problem = f"表头缺少{missing}列，找到的是：{_listed(form.found)}{_others(form)}"
    return Finding(MISSING_COLUMN, problem, hint, table.place())


def _others(form: Form) -> str:
    """Say what the columns of figures hold that are there."""
    kinds = dict.fromkeys(column.kind for column in form.figures)
    said = "、".join(kind.value for kind in kinds if not kind.is_ours or kind is ColumnClass.MONTH)
    return f"（{said}不能当实际值）" if said else ""


def _has_figures(rows: Iterable[Row], targets: TargetsFile) -> bool:
    return any(_names_target(row, targets) for row in rows)


def _names_target(row: Row, targets: TargetsFile) -> str:
    """Return the cell that names a target in a row that has a figure too, or ""."""
    named = [
        cell
        for cell in row.cells
        if cell.strip() and (plain(cell).upper() in targets.by_code or targets.by_name(cell))
    ]
    has_figure = named and any(match_number(plain(cell)) for cell in row.cells if cell not in named)
    return named[0] if has_figure else ""


def _rows_above(
    above: Iterable[Row], headers: HeaderReader, targets: TargetsFile, table: Table
) -> Iterator[Finding]:
    """Yield rows with a target and a figure: a title above the header has none, a table of plans may."""
    in_plans = False
    for row in above:
        named = _names_target(row, targets)
        form = headers.read((row.cells,))
        if not named and form.has_names and form.figures:
            in_plans = not form.results
        elif named and not in_plans:
            message = f"“{named.strip()[:20]}”这一行在表头的上面，没有读"
            yield Finding(ROWS_ABOVE, message, "把表头移到数据的上面", table.place(row))


def _oddities(form: Form, header: Row, table: Table) -> Iterator[Finding]:
    """Yield one finding for the columns that nobody knows."""
    if not form.unknown:
        return
    names = "、".join(f"“{name[:40]}”" for _, name in form.unknown[:_MOST_NAMES])
    more = f"等 {len(form.unknown)} 列" if len(form.unknown) > _MOST_NAMES else ""
    hint = "不需要检查的列可以不管；否则改成认得的表头"
    columns = form.unknown[:_MOST_PLACES]
    first, *others = (table.place(header, name, index) for index, name in columns)
    message = f"不认识的列{names}{more}，已略过"
    yield Finding(UNKNOWN_COLUMN, message, hint, first, count=len(form.unknown), more=tuple(others))


def _listed(cells: Iterable[str]) -> str:
    shown = [cell.strip()[:20] for cell in cells if cell.strip()]
    return "、".join(shown[:12]) + ("…" if len(shown) > 12 else "") if shown else "（空）"
