"""Making workbooks for tests: by openpyxl, and by hand where openpyxl can't write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_book(
    path: Path | io.BytesIO,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
) -> Workbook:
    """Write sheets of rows; a cell may be a pair of value and number format.

    ``merged`` are ranges (A1:A2) that are merged in every sheet.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column)
                if isinstance(value, tuple):
                    cell.value, cell.number_format = value
                else:
                    cell.value = value
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)
    return book


def raw_parts(
    rows: str, *, styles: str = "", strings: str = "", after: str = "", head: str = ""
) -> dict[str, str]:
    """Return the parts of a workbook of one sheet, from the XML between <sheetData>."""
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return {
        "[Content_Types].xml": f'{start}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_CONTENT}.sharedStrings+xml"/>'
        "</Types>",
        "_rels/.rels": f'{start}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{start}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{head}<sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{start}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'{start}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'{start}<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'{start}<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return ``parts`` as a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def inline(*texts: str, row: int) -> str:
    """Return a row of texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{row}">{cells}</row>'


HEADER = inline("编号", "实际值", "单位", "期间", row=1)


def raw_book(path: Path, rows: str, **more: str) -> Path:
    """Write a workbook of one sheet: ``HEADER`` and the XML of ``rows``."""
    path.write_bytes(zipped(raw_parts(HEADER + rows, **more)))
    return path
