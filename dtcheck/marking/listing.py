"""The sheet that lists what was found, heaviest first, and what the same bureaus have still to hand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dtcheck.formats.content import LEGEND, clean, head_lines
from dtcheck.judge import Report, Result
from dtcheck.marking.looks import FONT, FRAME, HEAD_FILL, LOOKS, WRAPPED, label
from dtcheck.rules import Finding, Level
from dtcheck.tables.copies import ORIGIN, RESULT_SHEET, TITLE
from dtcheck.workbooks import put_text

_HEADS = ("级别", "位置", "编号", "指标", "问题", "怎样改", "规则")
_WIDTHS = (10, 16, 9, 26, 52, 46, 9)
_MISSING_HEADS = ("状态", "位置", "编号", "指标", "目标", "牵头单位")
# A list beyond reading, and a workbook of nothing else.
_MOST_LINES = 3000
_LINK = "0563C1"
_LINE = 16


class Spot(NamedTuple):
    """Where something stands in the marked copy: a sheet, a cell of it, and how it is called."""

    sheet: str
    cell: str
    words: str


class Line(NamedTuple):
    """A place of a finding in the list; ``spot`` is None for what is about the file as a whole.

    ``code`` is the target of its row.
    """

    finding: Finding
    spot: Spot | None
    code: str | None


class Missing(NamedTuple):
    """A target of the same bureaus that has still no figure; ``spot``: where its row stands."""

    result: Result
    spot: Spot | None


def add_listing(
    book: Workbook,
    report: Report,
    origin: str,
    lines: Sequence[Line],
    missing: Sequence[Missing],
    losses: Iterable[str],
) -> None:
    """Add the sheet as the first of ``book``; ``origin`` is the file as it was named."""
    name = RESULT_SHEET
    taken = {each.title.casefold() for each in book.worksheets} | {
        each.title.casefold() for each in book.chartsheets
    }
    number = 2
    while name.casefold() in taken:
        name, number = f"{RESULT_SHEET} ({number})", number + 1
    sheet = cast("Worksheet", book.create_sheet(name, 0))
    pen = _Pen(sheet)
    _head(pen, report, origin, lines, losses)
    _findings(pen, report, lines)
    _missing(pen, report, missing)
    _lay_out(book, sheet)


def remove_listing(book: Workbook) -> None:
    """Take away the lists of earlier checks, where anything else is left."""
    ours = [
        sheet
        for sheet in book.worksheets
        if sheet.title.startswith(RESULT_SHEET) and str(sheet["A1"].value) == TITLE
    ]
    for sheet in ours if len(ours) < len(book.worksheets) else ():
        book.remove(sheet)


class _Pen:
    """Writes a sheet from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 0

    def text(self, text: str, *, size: int = 10, bold: bool = False) -> None:
        """Write a line over the whole width."""
        self.row += 1
        cell = put_text(cast("Cell", self.sheet.cell(self.row, 1)), text)
        cell.font = Font(name=FONT, size=size, bold=bold)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        last = len(_WIDTHS)
        self.sheet.merge_cells(None, self.row, 1, self.row, last)
        self.sheet.row_dimensions[self.row].height = _height((text,), (sum(_WIDTHS),), size)

    def cells(
        self,
        texts: Sequence[str],
        *,
        level: Level | None = None,
        head: bool = False,
        spot: Spot | None = None,
    ) -> None:
        """Write a row of cells; the second links to ``spot``."""
        self.row += 1
        for column, text in enumerate(texts, 1):
            cell = put_text(cast("Cell", self.sheet.cell(self.row, column)), text)
            cell.font = Font(name=FONT, size=10, bold=head)
            cell.border = FRAME
            cell.alignment = WRAPPED
            if head:
                cell.fill = HEAD_FILL
        first = self.sheet.cell(self.row, 1)
        if level is not None:
            look = LOOKS[level]
            first.font = Font(
                name=FONT, size=10, bold=look.bold, italic=look.italic, color=look.ink
            )
            first.fill = PatternFill("solid", fgColor=look.paper)
            first.border = look.border
        if spot is not None:
            link = cast("Cell", self.sheet.cell(self.row, 2))
            place = f"{quote_sheetname(spot.sheet)}!{spot.cell}"
            link.hyperlink = Hyperlink(ref=link.coordinate, location=place)
            link.font = Font(name=FONT, size=10, underline="single", color=_LINK)
        self.sheet.row_dimensions[self.row].height = _height(texts, _WIDTHS, 10)


def _head(
    pen: _Pen, report: Report, origin: str, lines: Sequence[Line], losses: Iterable[str]
) -> None:
    pen.text(TITLE, size=14, bold=True)
    pen.text(ORIGIN + clean(origin))
    pen.text("；".join(head_lines(report)[:2]))
    levels = [line.finding.level for line in lines]
    said = (f"{label(level)} {levels.count(level)} 处（{LOOKS[level].words}）" for level in Level)
    pen.text("，".join(said) + "。")
    pen.text("表右边的三列是每一行的结论。" + "".join(LEGEND[:2]))
    pen.text("就在这份表里改，存盘后再用 dtcheck verify 检查；检查时不看这张表、批注和那三列。")
    if lost := "、".join(losses):
        pen.text(f"这份标注里没有：{lost}。要用这些的，回到原文件；原文件没有改动。", bold=True)


def _findings(pen: _Pen, report: Report, lines: Sequence[Line]) -> None:
    pen.row += 1
    if not lines:
        pen.text("没有发现问题。", bold=True)
        return
    pen.cells(_HEADS, head=True)
    names = {target.code: target.name for target in report.file.targets}
    before: Finding | None = None
    for line in lines[:_MOST_LINES]:
        finding = line.finding
        code = line.code or ""
        same = finding is before
        texts = (
            label(finding.level),
            line.spot.words if line.spot else "整个文件",
            code,
            names.get(code, ""),
            "同上" if same else finding.message,
            "" if same else finding.hint,
            finding.rule.id,
        )
        pen.cells(tuple(map(clean, texts)), level=finding.level, spot=line.spot)
        before = finding
    if len(lines) > _MOST_LINES:
        pen.text(f"另有 {len(lines) - _MOST_LINES} 处没有列出，改好以上各处再检查。", bold=True)


def _missing(pen: _Pen, report: Report, missing: Sequence[Missing]) -> None:
    if not missing:
        return
    pen.row += 1
    leads = "、".join(dict.fromkeys(each.result.target.lead for each in missing))
    title = f"到 {report.as_of} 该报、还没有可用的数的指标（{leads}，{len(missing)} 项）"
    pen.text(clean(title), size=11, bold=True)
    pen.cells(_MISSING_HEADS, head=True)
    for each in missing:
        target = each.result.target
        texts = (
            each.result.status_text,
            each.spot.words if each.spot else "表里没有",
            target.code,
            target.name,
            each.result.goal.text,
            target.lead,
        )
        pen.cells(tuple(map(clean, texts)), spot=each.spot)


def _height(texts: Iterable[str], widths: Iterable[float], size: int) -> float:
    """Return how high a row must be for its texts to be seen."""
    from wcwidth import wcswidth

    lines = (
        -(-max(wcswidth(text), 1) * size // (10 * (int(width) - 1)))
        for text, width in zip(texts, widths, strict=False)
    )
    return float(max(lines, default=1) * _LINE * size / 10 + 4)


def _lay_out(book: Workbook, sheet: Worksheet) -> None:
    for at, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # Of several sheets that are selected, what is typed in one goes into all.
    for each in (*book.worksheets, *book.chartsheets):
        for view in each.views.sheetView if hasattr(each, "views") else ():
            view.tabSelected = each is sheet
    book.active = 0
    for view in book.views:
        view.firstSheet = 0
