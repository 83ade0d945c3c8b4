"""Finding the header of a table, below titles and above the data, and what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from dtcheck.headers.classes import ColumnClass
from dtcheck.headers.columns import HeaderReader, has_two
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Form, without_names
from dtcheck.rules import Finding
from dtcheck.rules.files import MISSING_COLUMN, NOTHING_READ, ROWS_ABOVE, UNKNOWN_COLUMN
from dtcheck.tables.table import Table
from dtcheck.tables.text import HEADER_WITHIN, Row
from dtcheck.targets import TargetsFile
from dtcheck.units import match_number, parse_unit, plain

EMPTY = "文件是空的"
# Rows that a header takes at most: group, month, 本月 and 累计, the unit.
_DEEPEST = 4
# Rows of a form whose names stand under 项目 or the like, one of which must be known.
_LOOKED_AT = 500
# What Excel writes over a summary of other cells.
_PIVOT = frozenset(("行标签", "列标签", "Row Labels", "Column Labels"))
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
    *,
    may_guess: bool = True,
) -> FoundForm | None:
    """Return the form of a table and its rows of data; None where there is none.

    What is odd about the header, or keeps the table from being read, goes to ``findings``.
    ``may_guess``: 项目 and the like may stand over names of targets.
    """
    head: list[Row] = []
    any_wide = False
    for row in islice(rows, HEADER_WITHIN):
        head.append(row)
        # Titles are a cell each: no header before there are two beside one another.
        any_wide = any_wide or has_two(row.cells)
        block, form = _complete(head, headers) if any_wide else (head, None)
        is_whole = form is not None and not form.missing and form.score > 1
        if form and is_whole and form.is_guess and not may_guess:
            continue
        if form and is_whole and not _names_target(row, targets):
            block, form, rest = _extended(head, block, form, rows, headers)
            if beside := _side_by_side(form):
                mend = "把右边的表移到左边的表下面，表头照样写一遍"
                problem = f"两张表左右并排（“{beside}”有两列），一个数也没有采用"
                findings.append(Finding(NOTHING_READ, problem, mend, table.place(block[-1])))
                return None
            if form.is_guess:
                first = list(islice(rest, _LOOKED_AT))
                rest = chain(first, rest)
                if not _names_any(form, first, targets):
                    return _further_on(table, head, form, rest, headers, targets, findings)
            above = head[: head.index(block[0])]
            findings.extend(_rows_above(above, headers, targets, table))
            findings.extend(_oddities(form, block[-1], table))
            titles = tuple(cell.strip() for each in above for cell in each.cells if cell.strip())
            return FoundForm(form, block[-1], rest, titles)
    findings.append(_no_header(table, head, _best(head, headers), rows, targets))
    return None


def _best(head: Sequence[Row], headers: HeaderReader) -> Form | None:
    """Return what comes nearest to a header; a title may say 1-6月, but has no names."""
    forms = [_complete(head[:end], headers)[1] for end in range(1, len(head) + 1)]
    known = [form for form in forms if form]
    return max(known, key=lambda form: (form.score, form.has_names), default=None)


def _further_on(
    table: Table,
    head: list[Row],
    guessed: Form,
    rest: Iterator[Row],
    headers: HeaderReader,
    targets: TargetsFile,
    findings: list[Finding],
) -> FoundForm | None:
    """Return the form below a header that only looked like one, or say what ``guessed`` lacks."""
    others: list[Finding] = []
    below = find_form(rest, headers, targets, table, others, may_guess=False)
    if below is None:
        findings.append(_no_header(table, head, without_names(guessed), rest, targets))
        return None
    findings.extend(others)
    titles = tuple(cell.strip() for each in head for cell in each.cells if cell.strip())
    return below._replace(titles=(*titles, *below.titles))


def _names_any(form: Form, rows: Iterable[Row], targets: TargetsFile) -> bool:
    """Whether a column that may hold names has one that is known."""
    at = form.columns[Field.NAME].index
    cells = {row.cells[at].strip() for row in rows if at < len(row.cells)}
    return any(_is_name(cell, targets) for cell in cells if cell)


def _is_name(cell: str, targets: TargetsFile) -> bool:
    """Whether a cell names a target, with its unit behind it, or its code before it: 污水管网（公里）, GY01 新开工项目."""
    written = plain(cell)
    head = re.split("[(/]", written)[0]
    code = re.match("[A-Za-z]{2}[0-9]{2,3}", written)
    return bool(
        targets.by_name(written)
        or (head and targets.by_name(head))
        or (code and code[0].upper() in targets.by_code)
    )


def _side_by_side(form: Form) -> str:
    """Return the header of the names where it stands twice, each with figures at its right, or ""."""
    for one, other in form.twins:
        between = any(one.index < each.index < other.index for each in form.ours)
        after = any(each.index > other.index for each in form.ours)
        if one.field is Field.NAME and one.header == other.header and between and after:
            return one.header
    return ""


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
        row = _without_label(row, form)
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


def _without_label(row: Row, form: Form) -> Row:
    """Return a row below a header without the word 单位 under the names: the units of the columns follow."""
    at = next((at for at, cell in enumerate(row.cells) if cell.strip()), None)
    if at not in form.named or row.cells[at].strip("()（）:： ") not in ("单位", "计量单位"):
        return row
    others = [cell.strip() for cell in row.cells[at + 1 :] if cell.strip()]
    if not others or not all(parse_unit(each.strip("()（）")) for each in others):
        return row
    return row._replace(cells=(*row.cells[:at], "", *row.cells[at + 1 :]))


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
    if names := _across(head, targets):
        problem = f"指标排在一行里（{names}），数排在它们下面，一个也没有采用"
        mend = "把表转过来：一行一个指标（Excel：复制，选择性粘贴，勾选“转置”）"
        return Finding(NOTHING_READ, problem, mend, table.place())
    if (
        table.sheet
        and not is_plan
        and not any(cell.strip() in _PIVOT for row in head for cell in row.cells)
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


def _across(head: Sequence[Row], targets: TargetsFile) -> str:
    """Return the names of targets that stand side by side above figures, or ""."""
    for at, row in enumerate(head):
        cells = [(i, cell.strip()) for i, cell in enumerate(row.cells) if cell.strip()]
        if len(cells) < 2 or any(match_number(plain(cell)) for _, cell in cells):
            continue
        names = [(i, cell) for i, cell in cells if targets.by_name(cell)]
        if len(names) > 1 and 2 * len(names) >= len(cells):
            below = [row.cells[i] for row in head[at + 1 :] for i, _ in names if i < len(row.cells)]
            if any(match_number(plain(cell)) for cell in below):
                return "、".join(cell[:20] for _, cell in names[:3])
    return ""


def _others(form: Form) -> str:
    """Say what the columns of figures hold that are there."""
    kinds = dict.fromkeys(column.kind for column in form.figures)
    said = "、".join(kind.value for kind in kinds if not kind.is_ours or kind is ColumnClass.MONTH)
    return f"（{said}不能当实际值）" if said else ""


def _has_figures(rows: Iterable[Row], targets: TargetsFile) -> bool:
    return any(_names_target(row, targets) for row in rows)


def _names_target(row: Row, targets: TargetsFile) -> str:
    """Return the cell that names a target in a row that has a figure too, or ""."""
    figures = [cell for cell in row.cells if match_number(plain(cell))]
    if not figures:
        return ""
    named = [
        cell
        for cell in row.cells
        if cell.strip() and (plain(cell).upper() in targets.by_code or targets.by_name(cell))
    ]
    return named[0] if named and any(cell not in named for cell in figures) else ""


def _rows_above(
    above: Iterable[Row], headers: HeaderReader, targets: TargetsFile, table: Table
) -> Iterator[Finding]:
    """Yield rows with a target and a figure: a title above the header has none, a table of plans may."""
    in_plans = False
    for row in filter(lambda row: has_two(row.cells), above):
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
