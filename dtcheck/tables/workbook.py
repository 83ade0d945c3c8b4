"""Workbooks of any kind: from what their readers find stored in a sheet to rows as a person sees them.

Each kind has a reader (xlsx.py, xls.py, xmlbook.py, webpage.py) that opens it as a ``Workbook`` of
``Sheet``; formats, merged cells and bounds are dealt with here, once. Hidden rows, columns and
sheets are read as the others are, and marked.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from dtcheck.tables.numberformats import WINDOWS_EPOCH, number_text
from dtcheck.tables.text import Row
from dtcheck.tables.unreadable import damaged

LARGEST_FILE = 30_000_000
# A header is looked for in as many columns; a form has a dozen.
MOST_COLUMNS = 200
_LONGEST_CELL = 32_767
_LONGEST_FORMAT = 200
_MERGED_RANGES = 20_000

# Numbers are as they are stored, without their format.
Value = str | bool | int | float


class StoredCell(NamedTuple):
    """A cell that isn't blank: its column, counted from 0, and what its sheet calls its format."""

    column: int
    value: Value
    style: int = 0


class StoredRow(NamedTuple):
    """A row of cells: its number in Excel, and whether readers of the workbook don't see it."""

    number: int
    cells: Iterable[StoredCell]
    hidden: bool = False


class Merged(NamedTuple):
    """A merged range: its first and last row, as Excel numbers them, and its first column, from 0."""

    first: int
    last: int
    column: int


class Sheet(ABC):
    """A sheet; a reader gives its cells as they are stored.

    ``is_cut`` says of the rows that were read whether some had cells too far at the right. Reading
    raises UnreadableError, also half-way.
    """

    epoch = WINDOWS_EPOCH

    def __init__(self, name: str, *, is_hidden: bool = False) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.is_cut = False
        self._code = lru_cache(maxsize=1024)(
            lambda style: self.format_code(style)[:_LONGEST_FORMAT]
        )

    @abstractmethod
    def stored(self) -> Iterator[StoredRow]:
        """Yield the rows in order."""

    @abstractmethod
    def merged(self) -> Iterable[Merged]:
        """Return the merged ranges, before the rows are read."""

    def hidden_columns(self) -> frozenset[int]:
        """Return the columns that are hidden, counted from 0."""
        return frozenset()

    def format_code(self, style: int) -> str:  # noqa: ARG002 - for those that have formats
        """Return the code of a number format: 0.0%"""
        return "General"

    def rows(self) -> Iterator[Row]:
        """Yield the rows that aren't blank."""
        self.is_cut = False
        starting: dict[int, list[Merged]] = {}
        for each in islice(self.merged(), _MERGED_RANGES):
            if each.last > each.first and each.column < MOST_COLUMNS:
                starting.setdefault(each.first, []).append(each)
        reaching: dict[int, tuple[int, str]] = {}
        for number, cells, hidden in self.stored():
            texts = self._texts(cells)
            merged = {at: text for at, (last, text) in reaching.items() if number <= last}
            for each in starting.get(number, ()):
                reaching[each.column] = (each.last, texts.get(each.column, ""))
            if texts:
                row = tuple(texts.get(at, "") for at in range(max(texts) + 1))
                yield Row(number, None, row, merged, hidden)

    def _texts(self, cells: Iterable[StoredCell]) -> dict[int, str]:
        """Return what the cells show, by column; blank ones left out."""
        found = {}
        for column, value, style in cells:
            if column >= MOST_COLUMNS:
                self.is_cut = True
                continue
            if isinstance(value, str):
                text = value
            elif isinstance(value, bool):
                text = str(value).upper()
            else:
                text = number_text(value, self._code(style), self.epoch)
            if len(text) > _LONGEST_CELL:
                raise damaged()
            if text.strip():
                found[column] = text
        return found


class Workbook(NamedTuple):
    """The sheets of a workbook, hidden ones too, and whether it has macros, which are never run."""

    sheets: Sequence[Sheet]
    has_macros: bool = False


def workbook_of(sheets: Sequence[Sheet], *, has_macros: bool = False) -> Workbook:
    """Return a workbook. Raises UnreadableError: of two sheets of one name one would go unread."""
    if not sheets or len({each.name for each in sheets}) < len(sheets):
        raise damaged()
    return Workbook(sheets, has_macros)
