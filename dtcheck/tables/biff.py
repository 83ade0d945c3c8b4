"""The records of an .xls before xlrd sees them: that they can do no harm, and what xlrd doesn't tell.

Only the records that are needed are left: links, names, drawings, pivot tables and the like may hold
anything. The others get a code that xlrd passes over, so that nothing moves.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dtcheck.tables.unreadable import damaged, locked, too_big, without_sheets

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
# Of the book.
_FILEPASS, _MACROS, _CALCULATED_BY = 0x002F, 0x00D3, 0x01C1
_SHEET, _STRINGS, _STYLE, _FORMAT, _DATES, _CODEPAGE = 0x85, 0xFC, 0xE0, 0x41E, 0x22, 0x42
_OF_BOOK = frozenset({_SHEET, _STRINGS, _STYLE, _FORMAT, _DATES})
# Of a sheet. Texts, numbers and what is true or wrong, one by one, and numbers in a row.
_TEXT_OF_BOOK, _NUMBERS, _MERGED, _TEXT_OF_FORMULA = 0x00FD, 0x00BD, 0x00E5, 0x0207
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_CELLS = frozenset({_TEXT_OF_BOOK, 0x0204, 0x00D6, 0x0203, 0x027E, 0x0205}) | _FORMULAS
# Rows, columns, and what stands between a formula and its text.
_OF_SHEET = _CELLS | {_NUMBERS, _MERGED, _TEXT_OF_FORMULA, 0x0208, 0x007D, 0x0221, 0x04BC, 0x0236}
_PASSED_OVER = 0x0FFF

_BIFF8, _BIFF5 = 0x0600, 0x0500
_IS_BOOK, _IS_SHEET = 0x0005, 0x0010
_OF_MACROS = (1, 6)
_RICH, _PHONETIC, _WIDE = 8, 4, 1
# A formula's result may be a mark, in its last two bytes; then its first says of what.
_MARK, _BLANK = b"\xff\xff", 3
_CALCULATE_WHEN_OPENED = 2

# As many as an .xlsx may have: a cell or a string takes 4 tags there.
_MOST_CELLS = 1_250_000
_MOST_STRINGS = 750_000
_MOST_RUNS = 500_000
# As many as Excel allows at the most, and some.
_MOST_STYLES = 10_000
_LONGEST_FORMAT = 1_000


class Bound(NamedTuple):
    """A sheet of cells as the book lists it; ``uncalculated`` are formulas without a value, by row and column."""

    start: int
    is_hidden: bool
    uncalculated: set[tuple[int, int]]


class Records:
    """The records of a book; ``content`` is what xlrd may read of them. Raises UnreadableError."""

    def __init__(self, stream: bytes) -> None:
        self._stream = bytearray(stream)
        self.sheets: list[Bound] = []
        self.has_macros = False
        # Whether the book says in which encoding its texts are; later ones have but one.
        self.has_encoding = False
        # Programs that only write say nothing of a version that has calculated, and leave all blank.
        self._is_calculated = False
        self._blanks: list[tuple[Bound, tuple[int, int]]] = []
        self._strings = self._cells = 0
        try:
            end = self._look_through_book()
            for sheet in sorted(self.sheets, key=lambda each: each.start):
                # None lies within another, or it would be read as often as it is named.
                if sheet.start < end:
                    raise damaged()
                end = self._look_through(sheet)
        except (struct.error, IndexError):
            raise damaged() from None
        for sheet, cell in () if self._is_calculated else self._blanks:
            sheet.uncalculated.add(cell)
        self.content = bytes(self._stream)

    def _look_through_book(self) -> int:
        strings: list[tuple[int, int]] = []
        styles = others = end = 0
        belongs_to = 0
        for code, at, end in self._records(0, _IS_BOOK):
            belongs_to = belongs_to if code == _CONTINUE else code
            if code == _FILEPASS:
                raise locked()
            if code == _SHEET:
                others += not self._bound(at)
            styles += code in (_STYLE, _FORMAT)
            if styles > _MOST_STYLES or (code == _FORMAT and end - at > _LONGEST_FORMAT):
                raise too_big()
            self.has_macros |= code == _MACROS
            self._is_calculated |= code == _CALCULATED_BY or self._version == _BIFF5
            # Of the later ones it is of no use, and may be wrong.
            has_encoding = code == _CODEPAGE and self._version == _BIFF5
            self.has_encoding |= has_encoding
            if belongs_to == _STRINGS:
                strings.append((at, end))
            elif code not in _OF_BOOK and not has_encoding:
                self._pass_over(at)
        if not self.sheets:
            raise without_sheets() if others else damaged()
        if strings:
            self._check_strings(strings)
        return self._end

    def _bound(self, at: int) -> bool:
        """Take in an entry of the list of sheets; return whether it is one of cells."""
        start, state, kind = struct.unpack_from("<I2B", self._stream, at)
        self.has_macros |= kind in _OF_MACROS
        if kind == 0:
            self.sheets.append(Bound(start, state & 3 != 0, set()))
        return bool(kind == 0)

    def _look_through(self, sheet: Bound) -> int:
        belongs_to = 0
        for code, at, end in self._records(sheet.start, _IS_SHEET):
            belongs_to = belongs_to if code == _CONTINUE else code
            self._cells += code in _CELLS
            if code in _FORMULAS:
                self._look_at_formula(at, sheet)
            elif code == _TEXT_OF_BOOK:
                # Counted from the end, a negative one would be another text.
                (number,) = struct.unpack_from("<6xI", self._stream, at)
                if number >= self._strings:
                    raise damaged()
            elif code == _NUMBERS:
                count, rest = divmod(end - at - 6, 6)
                (first,) = struct.unpack_from("<2xH", self._stream, at)
                (last,) = struct.unpack_from("<H", self._stream, end - 2)
                if rest or last - first + 1 != count:
                    raise damaged()
                self._cells += count
            elif code not in _OF_SHEET and belongs_to != _TEXT_OF_FORMULA:
                self._pass_over(at)
            if self._cells > _MOST_CELLS:
                raise too_big()
        return self._end

    def _look_at_formula(self, at: int, sheet: Bound) -> None:
        row, column, result, options = struct.unpack_from("<2H2x8sH", self._stream, at)
        if result[6:] == _MARK and result[0] == _BLANK:
            # Of ="", or of nothing.
            self._blanks.append((sheet, (row, column)))
        elif any(result):
            self._is_calculated = True
        elif options & _CALCULATE_WHEN_OPENED:
            sheet.uncalculated.add((row, column))

    def _records(self, at: int, kind: int) -> Iterator[tuple[int, int, int]]:
        """Yield of each record, up to the last, its code and where its content starts and ends.

        What is embedded, such as a chart, is passed over.
        """
        stream, size, unpack = self._stream, len(self._stream), struct.Struct("<2H").unpack_from
        code, length, self._version, found = struct.unpack_from("<4H", stream, at)
        # A sheet may say another version than its book, which counts.
        is_known = kind == _IS_SHEET or self._version in (_BIFF8, _BIFF5)
        if code != _BOF or found != kind or not is_known:
            raise damaged()
        at += 4 + length
        depth = 1
        while depth:
            code, length = unpack(stream, at)
            end = at + 4 + length
            if end > size:
                raise damaged()
            if depth == 1 and code not in (_BOF, _EOF):
                yield code, at + 4, end
            else:
                depth += (code == _BOF) - (code == _EOF)
                if depth:
                    self._pass_over(at + 4)
            at = end
        self._end = at

    def _pass_over(self, content: int) -> None:
        struct.pack_into("<H", self._stream, content - 4, _PASSED_OVER)

    def _check_strings(self, blocks: Sequence[tuple[int, int]]) -> None:
        """Walk through the strings as xlrd does, which would go back where a length is negative."""
        stream = self._stream
        ahead = iter(blocks)
        at, end = next(ahead)
        (self._strings,) = struct.unpack_from("<4xI", stream, at)
        at += 8
        runs = 0
        for number in range(self._strings):
            if at >= end:
                at, end = _next(ahead)
            length, options = struct.unpack_from("<HB", stream, at)
            at += 3
            skipped = 0
            if options & _RICH:
                (rich,) = struct.unpack_from("<H", stream, at)
                at += 2
                runs += rich
                skipped = rich * 4
            if options & _PHONETIC:
                skipped += struct.unpack_from("<I", stream, at)[0]
                at += 4
            while True:
                width = 1 + (options & _WIDE)
                taken = min(length, max(end - at, 0) // width)
                at += taken * width
                length -= taken
                if not length:
                    break
                at, end = _next(ahead)
                options = stream[at]
                at += 1
            while skipped > end - at:
                skipped -= end - at
                at, end = _next(ahead)
            at += skipped
            if number > _MOST_STRINGS or runs > _MOST_RUNS:
                raise too_big()


def _next(blocks: Iterator[tuple[int, int]]) -> tuple[int, int]:
    found = next(blocks, None)
    if found is None:
        raise damaged()
    return found
