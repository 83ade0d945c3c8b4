"""From the bytes of a text file to rows of cells: encoding, delimiter, line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from dtcheck.patterns import regex
from dtcheck.tables.splitting import (
    Score,
    Splitting,
    check_splitting,
    is_whole_row,
    splitting_of,
)
from dtcheck.tables.unreadable import UnreadableError

__all__ = ["HEADER_WITHIN", "Row", "UnreadableError", "changed_while_read", "read_rows"]

HEADER_WITHIN = 60

_CHUNK = 1 << 20
_LONGEST_CELL = 131_072
# As many as a sheet of Excel has.
_MOST_COLUMNS = 16_384
# A line is held in memory whole; 10,000 columns take a tenth of this.
_LONGEST_LINE = 10 * _CHUNK
# The line after the last: where a quote was left open, the last cell swallows it.
_END = "\x00end of file\x00"
_TEXT_FORMULA = regex(r'=\s*"((?:[^"]|"")*)"')
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Row(NamedTuple):
    """A row of the table: its number in Excel, the line of the text it starts at, its cells.

    ``merged`` holds, by column, the texts of merged cells that reach into the row from above.
    ``hidden``: readers of the workbook don't see the row.
    """

    number: int
    line: int | None
    cells: tuple[str, ...]
    merged: Mapping[int, str] = MappingProxyType({})
    hidden: bool = False

    def filled(self, besides: Container[int] = ()) -> tuple[str, ...]:
        """Return the cells with the merged ones filled in, but for the columns ``besides``."""
        if not self.merged:
            return self.cells
        width = max(len(self.cells), max(self.merged) + 1)
        cells = [*self.cells, *[""] * (width - len(self.cells))]
        for column, text in self.merged.items():
            if column not in besides and not cells[column].strip():
                cells[column] = text
        return tuple(cells)


def detect_encoding(file: BinaryIO) -> str:
    """Return the encoding of ``file`` by reading all of it; leaves it at its start."""
    head = file.read(_CHUNK)
    file.seek(0)
    for bom, name in _BOMS:
        if head.startswith(bom):
            candidates: tuple[str, ...] = (name,)
            break
    else:
        # Commas and digits fill UTF-16 with zero bytes; a stray one is no sign of it.
        if head.count(0) > 1 + len(head) // 100:
            # UTF-16 without a mark: the zero bytes of Latin letters and digits tell its order.
            little = head[1::2].count(0) >= head[::2].count(0)
            candidates = ("utf-16-le",) if little else ("utf-16-be",)
        else:
            candidates = ("utf-8", "gb18030")
    for name in candidates:
        if _decodes(file, name):
            return name
    raise UnreadableError(
        "不是文本表格，或者编码认不出来", "用 Excel 或 WPS 打开原表，另存为“CSV UTF-8”或 .xlsx 再试"
    )


def _decodes(file: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    file.seek(0)
    line = 0
    try:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            text = decoder.decode(chunk)
            if "\0" in text:
                return False
            line = 0 if "\n" in text or "\r" in text else line + len(chunk)
            if line > _LONGEST_LINE:
                raise UnreadableError("有一行超过 10 MB，不是报数表", "核对文件；每行一个指标")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def read_rows(
    file: BinaryIO, score: Score, say: Callable[[str, str], None]
) -> Generator[Row, None, None]:
    """Yield every row of a CSV, blank ones too. Raises UnreadableError, also half-way.

    ``score`` says how much a row looks like a header; the delimiter that makes the best one wins.
    ``say`` is told, with a hint, of an odd way in which the file was read.
    """
    encoding = detect_encoding(file)
    has_formulas = _has_text_formulas(file, encoding)
    try:
        with _lines(file, encoding) as lines:
            head = list(_head(lines))
        splitting = splitting_of(head, _seen_through(score) if has_formulas else score)
        if splitting.is_odd:
            with _lines(file, encoding) as lines:
                check_splitting(lines, splitting)
            say(*splitting.remark)
        with _lines(file, encoding) as lines:
            rows = _split(chain(lines, (_END,)), splitting)
            yield from map(_without_formulas, rows) if has_formulas else rows
    except UnicodeDecodeError:
        raise changed_while_read() from None


@contextmanager
def _lines(file: BinaryIO, encoding: str) -> Iterator[Iterator[str]]:
    """Read the file from its start, line by line; leaves it open."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _head(text: Iterable[str]) -> Iterator[str]:
    """Yield the lines that a header may be in, but not gigabytes of them."""
    size = 0
    for line in islice(text, HEADER_WITHIN):
        yield line
        size += len(line)
        if size > _LONGEST_LINE:
            return


def changed_while_read() -> UnreadableError:
    """Return the error of a file that someone wrote to meanwhile: half of a figure is no figure."""
    return UnreadableError("文件在读取时被改动，读到的不可靠", "存好文件后重新检查")


def _split(lines: Iterator[str], splitting: Splitting) -> Iterator[Row]:
    if not splitting.is_wrapped:
        return _parse(lines, splitting.delimiter, is_whole_row)
    return _unwrapped(_parse(lines, ",", lambda *_: False), splitting.delimiter)


def _parse(
    lines: Iterator[str], delimiter: str, held_together: Callable[[list[str], str, int], bool]
) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter)
    number, line = 0, 1
    above: list[str] = []
    try:
        for number, cells in enumerate(reader, 1):
            if cells and cells[-1].endswith(_END):
                # A quote alone on the last line leaves a cell of nothing but the end.
                if cells != [_END] or reader.line_num > line:
                    raise _open_quote(line)
                return
            if len(cells) > _MOST_COLUMNS:
                problem = f"第{line}行有 {len(cells)} 列，不是报数表"
                raise UnreadableError(problem, "核对文件；每个指标一行，一行十来列", line)
            if cells and delimiter in cells[0] and held_together(cells, delimiter, len(above)):
                hint = "去掉整行外面的那对引号；或用 Excel、WPS 打开原表，另存为 .xlsx 再交"
                raise UnreadableError(f"第{line}行整行包在一对英文引号里，分不出列", hint, line)
            yield Row(number, line, tuple(cells))
            line, above = reader.line_num + 1, cells
    except csv.Error:
        raise _open_quote(line) from None


def _unwrapped(rows: Iterator[Row], delimiter: str) -> Iterator[Row]:
    """Split the rows that are one cell each, and hold a row of text."""
    for row in rows:
        text = row.cells[0] if row.cells else ""
        try:
            yield row._replace(cells=tuple(next(csv.reader([text], delimiter=delimiter), ())))
        except csv.Error:
            raise _open_quote(row.line or 1) from None


def _has_text_formulas(file: BinaryIO, encoding: str) -> bool:
    """Whether ``="`` stands anywhere in the file."""
    # What UTF-16 of either order has in common; no byte of a Chinese character is one of these.
    wanted = b'=\0"' if encoding.startswith("utf-16") else b'="'
    tail = b""
    file.seek(0)
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        if wanted in tail + chunk:
            return True
        tail = chunk[-2:]
    return False


def _seen_through(score: Score) -> Score:
    return lambda cells: score(tuple(map(_without_formula, cells)))


def _without_formulas(row: Row) -> Row:
    return row._replace(cells=tuple(map(_without_formula, row.cells)))


def _without_formula(cell: str) -> str:
    """Return 48 for ``="48"``, as exports write what Excel should take for text."""
    found = _TEXT_FORMULA.fullmatch(cell.strip())
    return found[1].replace('""', '"') if found else cell


def _open_quote(line: int) -> UnreadableError:
    return UnreadableError(
        f"从第{line}行起有一个引号没有配对（或单元格超过 {_LONGEST_CELL} 字），后面的行都连成了一格",
        '看看这一行的英文双引号 "，删去多余的，或改用中文引号“”',
        line,
    )
