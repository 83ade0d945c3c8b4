"""How high blocks are on a standing page by the standard's measures: for what must fit on one page.

All lines are of a fixed height, so that only the breaking of lines is an estimate. It errs on the
high side: a line is taken to hold one character less than it can.
"""

from __future__ import annotations

from math import ceil

from wcwidth import wcswidth

from dtcheck.documents.blocks import (
    Band,
    Block,
    Cell,
    Grid,
    Paragraph,
    Remarks,
    Signature,
    Title,
)
from dtcheck.documents.looks import (
    A4,
    BOTTOM,
    CELL_MARGIN,
    CELL_SIDE,
    LEFT,
    LINE,
    RIGHT,
    TABLE_LINE,
    TOP,
    Part,
)

_POINTS = 72 / 25.4
WIDTH = (A4[0] - LEFT - RIGHT) * _POINTS
ROOM = (A4[1] - TOP - BOTTOM) * _POINTS
# What the borders of a table add to a row.
_BORDER = 0.5


def height_of(block: Block) -> float:
    """Return the height of a block in points; only of those that one page may consist of."""
    match block:
        case Title(text):
            return _lines(text, Part.TITLE) + Part.TITLE.look.after
        case Paragraph(text, is_dense):
            return _lines(text, Part.DENSE if is_dense else Part.BODY)
        case Remarks(texts):
            return sum(_lines(text, Part.REMARK) for text in texts)
        case Signature(sender, date):
            return LINE * (1 + bool(sender) + bool(date))
        case Grid():
            heads = tuple(Cell(head) for head in block.heads)
            return sum(row_height(row, block) for row in (heads, *block.rows))
    raise TypeError(type(block).__name__)


def row_height(row: tuple[Cell, ...] | Band, grid: Grid) -> float:
    """Return the height of a row of a table."""
    around = 2 * CELL_MARGIN + _BORDER
    if isinstance(row, Band):
        return TABLE_LINE + around
    shares = sum(grid.widths)
    most = max(
        _count(cell.text, Part.TABLE.look.size, WIDTH * share / shares - 2 * CELL_SIDE)
        for cell, share in zip(row, grid.widths, strict=True)
    )
    return most * TABLE_LINE + around


def _lines(text: str, part: Part) -> float:
    look = part.look
    indent = "　" * look.first
    return _count(indent + text, look.size, WIDTH - look.size) * look.line


def _count(text: str, size: float, width: float) -> int:
    return max(1, ceil(max(wcswidth(text), 0) * size / 2 / (width - size / 2)))
