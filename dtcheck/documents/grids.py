"""Tables as WordprocessingML: written whole, since cell by cell takes a table of 109 rows a second."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from dtcheck.documents.blocks import Band, Cell, Grid
from dtcheck.documents.looks import CELL_MARGIN, CELL_SIDE, Part
from dtcheck.documents.parts import NAMESPACE, text_run, twips

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def grid_xml(grid: Grid, width: int, style_id: Callable[[Part], str]) -> str:
    """Return a table ``width`` twentieths of a point wide; ``style_id`` names a part's style."""
    shares = sum(grid.widths)
    widths = [int(width * share / shares) for share in grid.widths]
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES
    )
    margins = "".join(
        f'<w:{side} w:w="{twips(points)}" w:type="dxa"/>'
        for side, points in (
            ("top", CELL_MARGIN),
            ("left", CELL_SIDE),
            ("bottom", CELL_MARGIN),
            ("right", CELL_SIDE),
        )
    )
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    head = _row(
        [(Cell(text), "center") for text in grid.heads],
        widths,
        style_id(Part.TABLE_HEAD),
        head=True,
    )
    rows = "".join(
        _band(row, sum(widths), len(widths), style_id(Part.TABLE_HEAD))
        if isinstance(row, Band)
        else _row(list(zip(row, grid.aligns, strict=True)), widths, style_id(Part.TABLE))
        for row in grid.rows
    )
    return (
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _row(
    cells: list[tuple[Cell, str]], widths: list[int], style: str, *, head: bool = False
) -> str:
    inside = "".join(
        _cell(cell, wide, style, align) for (cell, align), wide in zip(cells, widths, strict=True)
    )
    repeats = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{inside}</w:tr>"


def _band(band: Band, width: int, columns: int, style: str) -> str:
    # Kept with the row below: a heading at the foot of a page heads nothing.
    cell = _cell(Cell(band.text), width, style, "left", span=columns, keep=True)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _cell(
    cell: Cell, width: int, style: str, align: str, *, span: int = 1, keep: bool = False
) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{fill}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{"<w:keepNext/>" if keep else ""}'
        f'<w:jc w:val="{align}"/></w:pPr>{text_run(cell.text)}</w:p></w:tc>'
    )
