"""A form as a workbook: one sheet, locked but for the cells to fill in, ready to print.

One sheet, because a bureau has a handful of targets: they are filled from top to bottom and
printed on one page; a line divides the sections.
"""

from __future__ import annotations

from typing import cast

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from dtcheck.blank_forms.form import (
    ACTUAL,
    ASSIGNED,
    BASELINE,
    DUE,
    GOAL,
    NOTE,
    PERIOD,
    BlankForm,
)
from dtcheck.workbooks import LONG_AGO, book_bytes, put_text

SHEET = "报数表"
HEADER_ROW = 3
# No month stands here as an example: it would be read as the form's.
_HOW_TO_DATE = "“期间”写明数报到哪一年哪个月。"
_HOW_TO_GREY = "灰色格本期没有数，可以不填。"
_HOW_TO = (
    "只填黄色格。{}数量填年初以来的累计数，总数和占比填期末数，增速填与上年同期相比的增幅；"
    "没有数填“—”，不要填 0。{}未完成的，在备注写明原因和措施。"
)
_FONT = "微软雅黑"
_WIDTHS = {PERIOD: 16, ACTUAL: 16, ASSIGNED: 12, NOTE: 36}
_WIDEST = 36
_LINE_HEIGHT = 21
_ALIGN = dict.fromkeys((GOAL, DUE, BASELINE, ACTUAL, ASSIGNED), "right") | dict.fromkeys(
    ("编号", "单位", PERIOD), "center"
)
_THIN = Side(style="thin", color="BFBFBF")
_SECTION = Side(style="medium", color="7F7F7F")
_HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
_ANSWER_FILL = PatternFill("solid", fgColor="FFF8DC")
_NOT_DUE_FILL = PatternFill("solid", fgColor="E7E6E6")
_DASHES = ("—", "-", "/")


def write(form: BlankForm) -> bytes:
    """Return the bytes of the file."""
    book = Workbook()
    book.properties.creator = "dtcheck"
    book.properties.title = form.title
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _write_head(sheet, form)
    _write_lines(sheet, form)
    _check_figures(sheet, form)
    _lay_out(sheet, form)
    book.properties.created = book.properties.modified = LONG_AGO
    return book_bytes(book)


def _write_head(sheet: Worksheet, form: BlankForm) -> None:
    last = len(form.heads)
    how_to = _HOW_TO.format(*(("", _HOW_TO_GREY) if form.is_dated else (_HOW_TO_DATE, "")))
    for row, text in ((1, form.title), (2, how_to)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        _put(sheet, row, 1, text)
    sheet["A1"].font = Font(name=_FONT, size=14, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet["A2"].font = Font(name=_FONT, size=9, color="595959")
    sheet["A2"].alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 30
    for column, head in enumerate(form.heads, 1):
        cell = _put(sheet, HEADER_ROW, column, head)
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
    sheet.row_dimensions[HEADER_ROW].height = 24


class _GrowingRow(RowDimension):
    """A row with a height that still grows with a long note; openpyxl would fix it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - the name in the file
        return False


def _write_lines(sheet: Worksheet, form: BlankForm) -> None:
    section = ""
    for row, line in enumerate(form.lines, HEADER_ROW + 1):
        top = _SECTION if line.section != section and section else _THIN
        section = line.section
        sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=_LINE_HEIGHT)
        for column, (head, text) in enumerate(
            zip(form.heads, line.texts(form.heads), strict=True), 1
        ):
            cell = _put(sheet, row, column, text)
            cell.font = Font(name=_FONT, size=10)
            side = _ALIGN.get(head, "left")
            cell.alignment = Alignment(
                horizontal=side, vertical="center", wrap_text=True, indent=int(side != "center")
            )
            cell.border = Border(_THIN, _THIN, top, _THIN)
            if form.asks(head, line):
                cell.protection = Protection(locked=False)
                if head == PERIOD:
                    # Else a spreadsheet makes a date of 2024-06.
                    cell.number_format = "@"
                due = line.is_due or head != ACTUAL
                cell.fill = _ANSWER_FILL if due else _NOT_DUE_FILL


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    return put_text(cast("Cell", sheet.cell(row, column)), text)


def _check_figures(sheet: Worksheet, form: BlankForm) -> None:
    """Let only numbers and dashes into 实际值; a figure that isn't due yet says so."""
    letter = get_column_letter(form.heads.index(ACTUAL) + 1)
    first = f"{letter}{HEADER_ROW + 1}"
    dashes = "".join(f',TRIM({first})="{dash}"' for dash in _DASHES)
    check = DataValidation(
        type="custom", formula1=f"OR(ISNUMBER({first}){dashes})", allow_blank=True
    )
    check.errorTitle = "实际值要填数"
    check.error = "填一个数，如 48、6.5 或 6.5%，单位见“单位”列；没有数填“—”。"
    check.showErrorMessage = True
    check.add(f"{first}:{letter}{HEADER_ROW + len(form.lines)}")
    sheet.add_data_validation(check)


def _lay_out(sheet: Worksheet, form: BlankForm) -> None:
    rows = [form.heads, *(line.texts(form.heads) for line in form.lines)]
    for column, head in enumerate(form.heads):
        widest = max(wcswidth(row[column]) for row in rows)
        width = _WIDTHS.get(head, min(widest, _WIDEST) + 4)
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    actual = f"{get_column_letter(form.heads.index(ACTUAL) + 1)}{HEADER_ROW + 1}"
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = actual
    # Without a password: it keeps goals from slips, not from a clerk who means to change them.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    _set_up_page(sheet)


def _set_up_page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = 0.5
    sheet.page_margins.bottom = 0.7
    footer = cast("HeaderFooterItem", sheet.oddFooter)
    footer.left.text = "填报人：　　　　　　审核人：　　　　　　日期："
    footer.right.text = "第 &P 页，共 &N 页"
