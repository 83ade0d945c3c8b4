"""One sheet of a workbook as rows of texts, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dtcheck.actuals.numberformats import NumberFormat, number_text
from dtcheck.actuals.package import Handlers, Package, Started, damaged, whole
from dtcheck.actuals.text import Row

# A header is looked for in as many columns; a form has a dozen.
_COLUMNS = 200
_LONGEST_CELL = 32_767
_MERGED_RANGES = 20_000
_GENERAL = NumberFormat()
_DIGITS = "0123456789"
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ESCAPE = re.compile(r"_x000([9ADad])_")
# Text shown where a formula was never calculated and isn't written out (a shared one).
_SOME_FORMULA = "…"

Merged = dict[int, list[tuple[int, int]]]


def unescape(text: str) -> str:
    """Return ``text`` with the line breaks and tabs that workbooks write as _x000A_."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x000" in text else text


def read_sheet(
    package: Package,
    part: str,
    strings: Sequence[str],
    formats: Sequence[NumberFormat],
    from_1904: bool,
) -> Iterator[Row]:
    """Yield the rows that aren't blank, with the merged cells that reach into them from above."""
    starting = _merged_down(package, part)
    reaching: dict[int, tuple[int, str]] = {}
    cells = _Cells(strings, formats, from_1904)
    for _ in package.parse(part, cells):
        for number, texts in cells.take():
            merged = {column: text for column, (last, text) in reaching.items() if number <= last}
            for column, last in starting.get(number, ()):
                reaching[column] = (last, texts.get(column, ""))
            if texts:
                width = max(texts) + 1
                row = tuple(texts.get(column, "") for column in range(width))
                yield Row(number, None, row, merged)


def _merged_down(package: Package, part: str) -> Merged:
    """Return the merged ranges of more than one row: by first row, column and last row."""
    found: Merged = {}
    count = 0

    def note(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        if tag != "mergeCell" or count >= _MERGED_RANGES:
            return
        first, _, last = attributes.get("ref", "").partition(":")
        column, top = _position(first)
        bottom = _position(last)[1]
        if column is not None and column < _COLUMNS and top and bottom and bottom > top:
            count += 1
            found.setdefault(top, []).append((column, bottom))

    # They stand behind the rows; most sheets of many rows have none.
    if package.holds(part, b"mergeCell "):
        for _ in package.parse(part, Started(note)):
            pass
    return found


def _position(reference: str) -> tuple[int | None, int | None]:
    """Return the column, from 0, and the row of a reference such as B12."""
    letters = reference.rstrip(_DIGITS)
    return _column(letters), whole(reference[len(letters) :])


@lru_cache(maxsize=512)
def _column(letters: str) -> int | None:
    """Return the index of column A, …, XFD; None for what is none."""
    if not 0 < len(letters) <= 3 or set(letters) - _LETTERS:
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


class _Cells(Handlers):
    """Collects the texts of cells by row and column."""

    def __init__(
        self, strings: Sequence[str], formats: Sequence[NumberFormat], from_1904: bool
    ) -> None:
        self._strings = strings
        self._formats = formats
        self._from_1904 = from_1904
        self._rows: list[tuple[int, dict[int, str]]] = []
        self._number = 0
        self._texts: dict[int, str] = {}
        self._column = -1
        self._type = ""
        self._style = ""
        # The texts of the open cell by tag: v its value, t inline text, f its formula.
        self._found: dict[str, str] = {}
        self._open = ""
        self._phonetic = False

    def take(self) -> list[tuple[int, dict[int, str]]]:
        """Return the rows finished since the last time."""
        taken, self._rows = self._rows, []
        return taken

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            column = _column(attributes.get("r", "").rstrip(_DIGITS))
            self._column = self._column + 1 if column is None else column
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._found = {}
        elif tag in ("v", "f", "t"):
            self._open = "" if self._phonetic else tag
            self._found.setdefault(tag, "")
        elif tag == "row":
            self._number = whole(attributes.get("r", "")) or self._number + 1
            self._texts = {}
            self._column = -1
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        if tag == "c":
            text = self._text() if self._column < _COLUMNS else ""
            if text.strip():
                self._texts[self._column] = text
        elif tag == "row":
            self._rows.append((self._number, self._texts))
        elif tag == "rPh":
            self._phonetic = False
        self._open = ""

    def text(self, text: str) -> None:
        if self._open:
            self._found[self._open] += text
            if len(self._found[self._open]) > _LONGEST_CELL:
                raise damaged()

    def _text(self) -> str:
        """Return the open cell as its reader sees it; a formula without a value as the formula."""
        value = self._found.get("v", "").strip()
        if self._type == "inlineStr":
            return unescape(self._found.get("t", ""))
        if self._type == "str":
            return unescape(self._found.get("v", ""))
        if not value:
            return "=" + (self._found["f"] or _SOME_FORMULA) if "f" in self._found else ""
        if self._type == "s":
            return self._shared(value)
        if self._type == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._type == "n":
            return number_text(value, self._format(), from_1904=self._from_1904)
        # An error such as #REF!, or a date written out (2024-06-01T00:00:00).
        return value[:10] if self._type == "d" else value

    def _shared(self, index: str) -> str:
        number = whole(index)
        if number is None or number >= len(self._strings):
            raise damaged()
        return self._strings[number]

    def _format(self) -> NumberFormat:
        index = whole(self._style) or 0
        return self._formats[index] if index < len(self._formats) else _GENERAL
