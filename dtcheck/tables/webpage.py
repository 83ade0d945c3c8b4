"""Web pages that systems hand out as .xls: the one table of a page that holds a form."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from html.parser import HTMLParser

from dtcheck.patterns import regex
from dtcheck.tables.kinds import NO_FORM
from dtcheck.tables.text import Row
from dtcheck.tables.unreadable import UnreadableError, damaged, too_big
from dtcheck.tables.workbook import Merged, Sheet, StoredCell, StoredRow, Workbook, workbook_of

# The parser takes seconds for as much. A row of a dozen cells is half a kilobyte.
_LONGEST = 5_000_000
_MOST_TAGS = 400_000
_MOST_CELLS = 150_000
_MOST_TABLES = 200
# Fed in pieces, what is never closed ends the reading; else the parser would look for its end from
# every place where it may begin.
_PIECE = 1_000_000
_WIDEST = 16_384
# As browsers have it.
_WIDEST_CELL, _HIGHEST_CELL = 1000, 65_534
# What stands above a table, in lines or in a table of its own, may say its month and unit.
_LINES_ABOVE = 20
_LONGEST_LINE = 200
_MOST_ABOVE = 8
_NAME = "网页"

_SILENT = frozenset({"script", "style", "title", "template", "noscript"})
_PARTS = frozenset("html body thead tbody tfoot colgroup tr td th".split())
_BLOCKS = frozenset("br p div li ul ol h1 h2 h3 h4 h5 h6 center hr caption table tr td th".split())
_VOID = frozenset("br hr img input col wbr meta link area base embed source track param".split())
# No part of the figure beside it: what was struck out, and the number of a note, but for that of m².
_STRUCK = frozenset({"s", "del", "strike"})
_RAISED = frozenset({"sup", "sub"})
_FILLED_IN = frozenset({"input", "select", "textarea"})
_UNSEEN = regex(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACES = regex(r"[ \t\r\n\f]+")
_LINE_ENDS = regex(r" ?\n[ \n]*")
_NUMBER = regex(r"-?[0-9][0-9,]*(?:\.[0-9]+)?(%?)")
_DIGITS = regex(r"[0-9]{1,5}")


def open_page(text: str, is_form: Callable[[Iterator[Row]], bool]) -> Workbook:
    """Return the one table of a page that holds a form, as the only sheet of a workbook.

    Raises UnreadableError where there is none, or more than one.
    """
    if len(text) > _LONGEST or text.count("<") > _MOST_TAGS:
        raise too_big()
    page = _Page()
    for start in range(0, len(text), _PIECE):
        page.feed(text[start : start + _PIECE])
    if page.is_within or len(page.rawdata) > _LONGEST_LINE:
        raise damaged()
    forms = [each for each in page.tables if is_form(each.rows())]
    if not forms or any(each.is_filled_in for each in forms):
        raise UnreadableError(*NO_FORM)
    if len(forms) > 1:
        message = f"网页里有 {len(forms)} 张表像报数表，不知道该读哪一张"
        hint = "用 Excel 或 WPS 打开，只留要报的那一张，另存为 .xlsx 再交"
        raise UnreadableError(message, hint)
    return workbook_of(forms)


class _Table(Sheet):
    """A table of a page; ``lines`` are what stands above it, each a row of its own."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(_NAME)
        self.is_filled_in = False
        self.filled = 0
        self._rows = [
            StoredRow(number, [StoredCell(0, line)]) for number, line in enumerate(lines, 1)
        ]
        self._above = self._number = len(lines)
        self._cells: list[StoredCell] = []
        self._merged: list[Merged] = []
        self._hidden_columns: set[int] = set()
        # By column, the last row that a cell from above reaches.
        self._taken: dict[int, int] = {}
        self._next = 0

    def stored(self) -> Iterator[StoredRow]:
        return iter(self._rows)

    def merged(self) -> Sequence[Merged]:
        return self._merged

    def hidden_columns(self) -> frozenset[int]:
        return frozenset(self._hidden_columns)

    def begin_row(self, *, is_hidden: bool) -> None:
        self._number += 1
        self._next = 0
        self._cells = []
        self._rows.append(StoredRow(self._number, self._cells, is_hidden))

    def add(self, text: str, width: int, height: int, *, is_hidden: bool) -> None:
        """Add the next cell of the row, right of those that reach into it from above."""
        if self._number == self._above:
            self.begin_row(is_hidden=False)
        column = self._next
        while self._taken.get(column, 0) >= self._number:
            column += 1
        self._next = column + width
        if self._next > _WIDEST:
            raise damaged()
        if height > 1:
            last = self._number + height - 1
            self._merged.append(Merged(self._number, last, column))
            self._taken.update(dict.fromkeys(range(column, self._next), last))
        if is_hidden:
            self._hidden_columns.update(range(column, self._next))
        if text:
            self.filled += 1
            self._cells.append(StoredCell(column, text))


class _Cell:
    """A cell that is being read."""

    def __init__(self, told: Mapping[str, str | None]) -> None:
        self.width = _span(told.get("colspan"), _WIDEST_CELL)
        self.height = _span(told.get("rowspan"), _HIGHEST_CELL)
        self.is_hidden = _is_unseen(told)
        self.parts: list[str] = []
        # Tags that are open, whose content is put in brackets.
        self.apart: list[str] = []
        self._stored = told.get("x:num")

    def ends_in_a_letter(self) -> bool:
        return bool(self.parts) and self.parts[-1][-1:].isalpha()

    def text(self) -> str:
        text = _LINE_ENDS.sub("\n", "".join(self.parts)).strip(" \n")
        # Excel writes down the number itself where it shows less of it.
        shown = _NUMBER.fullmatch(text) if self._stored else None
        if shown and self._stored and _NUMBER.fullmatch(self._stored):
            exact = Decimal(self._stored.replace(",", ""))
            return f"{exact.scaleb(2):f}%" if shown[1] else f"{exact:f}"
        return text


class _Page(HTMLParser):
    """Collects the tables of a page, those within cells of others too."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        # Tables that are open, each with its open cell.
        self._open: list[tuple[_Table, _Cell | None]] = []
        self._lines: deque[str] = deque(maxlen=_LINES_ABOVE)
        self._line: list[str] = []
        # The tag whose content isn't shown, and how deep it is nested.
        self._silent = ""
        self._depth = 0
        self._size = 0

    @property
    def is_within(self) -> bool:
        """Whether something is not closed: the page broke off."""
        return bool(self._open or self._silent)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            self._depth += tag == self._silent
            return
        told = dict(attrs)
        if tag in _SILENT or (_is_unseen(told) and tag not in _PARTS | _VOID):
            self._silent, self._depth = tag, 1
            return
        if tag in _BLOCKS:
            self._break()
        if tag == "table":
            self._begin_table()
        elif self._open:
            self._within_table(tag, told)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._depth -= tag == self._silent
            if not self._depth:
                self._silent = ""
            return
        if tag in _BLOCKS:
            self._break()
        if not self._open:
            return
        cell = self._open[-1][1]
        if tag in ("table", "tr", "td", "th"):
            self._end_cell()
        elif cell and cell.apart[-1:] == [tag]:
            cell.apart.pop()
            self.handle_data("]")
        elif tag in _BLOCKS and cell:
            cell.parts.append("\n")
        if tag == "table":
            table, _ = self._open.pop()
            self.tables.append(table)
            if table.filled > _MOST_ABOVE:
                self._lines.clear()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        text = _SPACES.sub(" ", data)
        self._line.append(text)
        if self._open and (cell := self._open[-1][1]):
            cell.parts.append(text)

    def _begin_table(self) -> None:
        self._size += len(self._lines) + 1
        if len(self.tables) + len(self._open) >= _MOST_TABLES:
            raise too_big()
        self._open.append((_Table(list(self._lines)), None))

    def _within_table(self, tag: str, told: Mapping[str, str | None]) -> None:
        table, cell = self._open[-1]
        if tag == "tr":
            self._end_cell()
            table.begin_row(is_hidden=_is_unseen(told))
        elif tag in ("td", "th"):
            self._end_cell()
            self._open[-1] = (table, _Cell(told))
        elif tag in _FILLED_IN and told.get("type") != "hidden":
            table.is_filled_in = True
        elif cell and (tag in _STRUCK or (tag in _RAISED and not cell.ends_in_a_letter())):
            cell.apart.append(tag)
            self.handle_data("[")
        elif tag in _BLOCKS and cell:
            cell.parts.append("\n")

    def _end_cell(self) -> None:
        table, cell = self._open[-1]
        if cell is None:
            return
        self._open[-1] = (table, None)
        self._size += cell.width
        if self._size > _MOST_CELLS:
            raise too_big()
        table.add(cell.text(), cell.width, cell.height, is_hidden=cell.is_hidden)

    def _break(self) -> None:
        """End a line of what may stand above a table."""
        line = "".join(self._line).strip()
        if line:
            self._lines.append(line[:_LONGEST_LINE])
        self._line.clear()


def _is_unseen(told: Mapping[str, str | None]) -> bool:
    return "hidden" in told or bool(_UNSEEN.search(told.get("style") or ""))


def _span(written: str | None, most: int) -> int:
    found = _DIGITS.match((written or "").strip())
    return min(max(int(found[0]), 1), most) if found else 1
