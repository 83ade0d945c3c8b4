"""Workbooks as one piece of XML, as Excel 2003 saves them and systems write them (“XML 电子表格 2003”)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from dtcheck.tables.kinds import XML_BOOK
from dtcheck.tables.numberformats import MAC_EPOCH, WINDOWS_EPOCH, serial_of, shows_dates
from dtcheck.tables.package import check_xml
from dtcheck.tables.unreadable import damaged, too_big
from dtcheck.tables.workbook import (
    LARGEST_FILE,
    MOST_COLUMNS,
    Merged,
    Sheet,
    StoredCell,
    StoredRow,
    Value,
    Workbook,
    workbook_of,
)

_OWN = f"{{{XML_BOOK}}}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
# A cell takes 4 tags. Unlike the sheets of an .xlsx, all of them are held in memory.
_MOST_TAGS = 2_000_000
_PIECE = 1 << 16
_ROWS, _COLUMNS = 1_048_576, 16_384
_HIDDEN = frozenset({"SheetHidden", "SheetVeryHidden"})
# What it calls by a name has a code elsewhere.
_CODES = {
    "General Number": "General",
    "General Date": "yyyy-m-d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy-m-d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm",
    "Short Time": "h:mm",
    "Percent": "0.00%",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Scientific": "0.00E+00",
}


def open_xmlbook(text: str) -> Workbook:
    """Open a workbook. Raises UnreadableError."""
    if len(text) > LARGEST_FILE:
        raise too_big()
    check_xml(io.BytesIO(text.encode("utf-8", "surrogatepass")), _MOST_TAGS)
    try:
        return _Reader().read(text.lstrip("\ufeff \t\r\n"))
    except (ParseError, ArithmeticError, LookupError, TypeError, ValueError):
        raise damaged() from None


class _Sheet(Sheet):
    """A sheet with all that is known of it; ``styles`` are those of the whole table and of columns."""

    def __init__(self, name: str, codes: list[str]) -> None:
        super().__init__(name)
        self._codes = codes
        self.found: list[StoredRow] = []
        self.ranges: list[Merged] = []
        self.unseen: set[int] = set()
        self.style = ""
        self.styles: dict[int, str] = {}
        self.next_column = self.next_row = 1

    def stored(self) -> Iterator[StoredRow]:
        return iter(self.found)

    def merged(self) -> list[Merged]:
        return self.ranges

    def hidden_columns(self) -> frozenset[int]:
        return frozenset(self.unseen)

    def format_code(self, style: int) -> str:
        return self._codes[style]


class _Reader:
    """Reads a workbook as its elements end."""

    def __init__(self) -> None:
        self._sheets: list[_Sheet] = []
        self._codes = ["General"]
        # What a style is called, and which code it has.
        self._styles: dict[str, int] = {}
        self._epoch = WINDOWS_EPOCH

    def read(self, text: str) -> Workbook:
        parser: XMLPullParser[Any] = XMLPullParser(("start", "end"))
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
            events: Iterator[Any] = iter(parser.read_events())
            for event, element in events:
                (self._begin if event == "start" else self._end)(element)
        parser.close()
        for sheet in self._sheets:
            sheet.epoch = self._epoch
        return workbook_of(self._sheets)

    def _begin(self, element: Element) -> None:
        if element.tag == f"{_OWN}Worksheet":
            self._sheets.append(_Sheet(element.attrib[f"{_OWN}Name"], self._codes))
        elif element.tag == f"{_OWN}Table":
            self._sheets[-1].style = _of(element, "StyleID")

    def _end(self, element: Element) -> None:
        if element.tag == f"{_OWN}Row":
            self._row(self._sheets[-1], element)
        elif element.tag == f"{_OWN}Column":
            _column(self._sheets[-1], element)
        elif element.tag == f"{_OWN}Style":
            self._style(element)
        elif element.tag == f"{_EXCEL}Visible" and self._sheets:
            self._sheets[-1].is_hidden = (element.text or "").strip() in _HIDDEN
        elif element.tag == f"{_EXCEL}Date1904":
            self._epoch = MAC_EPOCH
        else:
            return
        element.clear()

    def _style(self, element: Element) -> None:
        code = self._codes[self._styles.get(_of(element, "Parent"), 0)]
        for each in element.iter(f"{_OWN}NumberFormat"):
            code = _of(each, "Format") or "General"
        self._styles[_of(element, "ID")] = len(self._codes)
        self._codes.append(_CODES.get(code, code))

    def _row(self, sheet: _Sheet, element: Element) -> None:
        number = _number(element, "Index", sheet.next_row)
        # In order, or a figure might stand in two places.
        if not sheet.next_row <= number <= _ROWS:
            raise damaged()
        sheet.next_row = number + 1 + _number(element, "Span", 0)
        column, cells = 1, []
        for cell in element.iter(f"{_OWN}Cell"):
            at = _number(cell, "Index", column)
            column = at + 1 + _number(cell, "MergeAcross", 0)
            if at < 1 or column - 1 > _COLUMNS:
                raise damaged()
            if down := _number(cell, "MergeDown", 0):
                sheet.ranges.append(Merged(number, number + down, at - 1))
            names = (
                _of(cell, "StyleID"),
                _of(element, "StyleID"),
                sheet.styles.get(at),
                sheet.style,
            )
            style = self._styles.get(next(filter(None, names), "Default"), 0)
            value = self._value(cell, style)
            if value is not None:
                cells.append(StoredCell(at - 1, value, style))
        sheet.found.append(StoredRow(number, cells, _is_hidden(element, "Height")))

    def _value(self, cell: Element, style: int) -> Value | None:
        data = cell.find(f"{_OWN}Data")
        if data is None:
            # A formula that was never calculated.
            return cell.get(f"{_OWN}Formula")
        text, kind = "".join(data.itertext()), _of(data, "Type")
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text.strip() == "1"
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.strip())
            if shows_dates(self._codes[style]):
                return serial_of(moment, self._epoch)
            return moment.date().isoformat()
        return text


def _column(sheet: _Sheet, element: Element) -> None:
    first = _number(element, "Index", sheet.next_column)
    sheet.next_column = first + 1 + _number(element, "Span", 0)
    for at in range(first, min(sheet.next_column, MOST_COLUMNS + 1)):
        if style := _of(element, "StyleID"):
            sheet.styles[at] = style
        if _is_hidden(element, "Width"):
            sheet.unseen.add(at - 1)


def _of(element: Element, name: str) -> str:
    return element.get(_OWN + name, "")


def _number(element: Element, name: str, otherwise: int) -> int:
    written = element.get(_OWN + name)
    return int(written) if written else otherwise


def _is_hidden(element: Element, extent: str) -> bool:
    """Whether a row or a column is hidden, be it by a height or width of nothing."""
    return _of(element, "Hidden") == "1" or (_of(element, extent) or "1").strip("0.") == ""
