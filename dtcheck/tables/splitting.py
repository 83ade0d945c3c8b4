"""How the lines of a text file split into cells: by which mark, and whether quotes are in the way.

Besides what Excel and WPS write there are files with the commas of a Chinese keyboard, and exports
that put each row in one pair of quotes. These are read where every line of the file bears it out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dtcheck.patterns import regex
from dtcheck.rules.files import MISSING_COLUMN
from dtcheck.tables.unreadable import UnreadableError

DELIMITERS = (",", "\t", ";")
CHINESE = ("，", "；", "、")
# So many fields in one row make it a header, whatever follows; so few may be chance.
_BEYOND_DOUBT = 3
_HEADER = 2
# What may be 1，280 as well as two cells.
_BEFORE_THOUSANDS = regex(r"(?:^|[^0-9])[0-9]{1,3}$")
_THOUSANDS = regex(r"[0-9]{3}(?![0-9])")
_FIGURE = regex(r"[-+]?[0-9][0-9.]*%?")

Score = Callable[[tuple[str, ...]], int]


class Splitting(NamedTuple):
    """The mark between cells; ``is_wrapped``: each row is one cell, to be split once more."""

    delimiter: str
    is_wrapped: bool = False

    @property
    def is_odd(self) -> bool:
        """Whether no program would write it so: then each line of the file has to bear it out."""
        return self.is_wrapped or self.delimiter in CHINESE

    @property
    def remark(self) -> tuple[str, str]:
        """What is to be said of a file that is read in an odd way, and the hint."""
        wrapped = "每行整行包在一对英文引号里，已去掉引号" if self.is_wrapped else ""
        if self.delimiter in CHINESE:
            comma = _named(self.delimiter)
            said = f"{wrapped}，{comma}" if wrapped else f"列与列之间用的是{comma}"
            return f"{said}，已按它分列", "改用英文逗号“,”，或用 Excel、WPS 填写后交 .xlsx"
        return f"{wrapped}再分列", "重新导出，不要给整行加引号；或交 .xlsx"


def splitting_of(head: Sequence[str], score: Score) -> Splitting:
    """Return how the lines of ``head`` split, by what makes the best header."""
    best = _best_mark(head, DELIMITERS, score)
    if best[0] < _HEADER:
        inner = list(_whole_rows(head))
        for lines, marks in ((inner, DELIMITERS), (head, CHINESE), (inner, CHINESE)):
            found, mark = _best_mark(lines, marks, score)
            if found >= _HEADER:
                return Splitting(mark, lines is inner)
    return Splitting(best[1])


def _best_mark(lines: Sequence[str], marks: Iterable[str], score: Score) -> tuple[int, str]:
    found: list[tuple[int, str]] = []
    for mark in marks:
        found.append((_best(lines, mark, score), mark))
        if found[-1][0] >= _BEYOND_DOUBT:
            return found[-1]
    return max(found, key=lambda each: each[0])


def _best(lines: Iterable[str], delimiter: str, score: Score) -> int:
    try:
        best = 0
        for cells in csv.reader(lines, delimiter=delimiter):
            best = max(best, score(tuple(cells)))
            if best >= _BEYOND_DOUBT:
                break
    except csv.Error:
        return 0
    return best


def _whole_rows(head: Iterable[str]) -> Iterator[str]:
    """Yield the rows that are a single cell; Excel puts blank ones behind it."""
    try:
        for cells in csv.reader(head):
            if cells and not any(map(str.strip, cells[1:])):
                yield cells[0]
    except csv.Error:
        return


def check_splitting(lines: Iterable[str], splitting: Splitting) -> None:
    """Raise UnreadableError unless every line of a file bears an odd splitting out."""
    check = _check_wrapped if splitting.is_wrapped else _check_marks
    reader = csv.reader(lines, delimiter="," if splitting.is_wrapped else splitting.delimiter)
    width, line = 0, 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                width = check(cells, splitting.delimiter, width, line)
            line = reader.line_num + 1
    except csv.Error:
        # A quote without its pair: said where the rows are read.
        return


def _check_wrapped(cells: list[str], delimiter: str, width: int, line: int) -> int:
    if any(map(str.strip, cells[1:])):
        message = f"有的行整行包在一对英文引号里，有的没有（第{line}行），分不出列"
        hint = "重新导出，不要给整行加引号；或用 Excel、WPS 打开原表，另存为 .xlsx 再交"
        raise UnreadableError(message, hint, line, MISSING_COLUMN)
    if delimiter in CHINESE:
        inner = next(csv.reader([cells[0]], delimiter=delimiter), [])
        return _check_marks(inner, delimiter, width, line)
    return width


def _check_marks(cells: list[str], mark: str, width: int, line: int) -> int:
    """Hold a row against the width of those before it; a title or a note has no mark at all."""
    if len(cells) == 1:
        return width
    if any(
        _BEFORE_THOUSANDS.search(left.strip()) and _THOUSANDS.match(right.strip())
        for left, right in pairwise(cells)
    ):
        problem = f"第{line}行的{_named(mark)}也可能是千分位"
    elif width and len(cells) != width:
        problem = f"第{line}行有 {len(cells) - 1} 个，别的行有 {width - 1} 个"
    else:
        return len(cells)
    message = f"列与列之间用的是{_named(mark)}，{problem}，不敢按它分列"
    hint = "把列与列之间的改成英文逗号“,”；或用 Excel、WPS 填写后交 .xlsx"
    raise UnreadableError(message, hint, line, MISSING_COLUMN)


def _named(mark: str) -> str:
    return {"，": "中文逗号“，”", "；": "中文分号“；”", "、": "顿号“、”"}[mark]


def is_whole_row(cells: list[str], delimiter: str, width: int) -> bool:
    """Whether the first cell is a row of ``width`` cells that quotes hold together: "GY01,…,48".

    A note with commas in it is none: it has no cell that is a figure.
    """
    if width < _BEYOND_DOUBT or any(map(str.strip, cells[1:])):
        return False
    inner = next(csv.reader([cells[0]], delimiter=delimiter), [])
    return len(inner) == width and any(_FIGURE.fullmatch(cell.strip()) for cell in inner)
