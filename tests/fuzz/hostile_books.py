"""Builders of workbooks: cells of every type and format, damage to parts and zip, and bombs."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from functools import cache
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from books import HEADER, inline, raw_parts, zipped
from hostile import SPICE, damaged, encoded, table
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import CALENDAR_MAC_1904

_FORMATS = [
    *("General", "0.0%", "0.00", "#,##0.00", '0"个"', '0.0"亿元"', "0\\家", "0.00,,", "@", "# ?/?"),
    *("yyyy-mm-dd", 'yyyy"年"m"月"', 'm"月"d"日"', "mmm-yy", "[$-804]yyyy/m", "h:mm", "[h]:mm:ss"),
    *(
        '[Red]0;-0;"零"',
        "_ * 0_ ",
        "0.0E+00",
        "",
        ";;;",
        '"',
        "[",
        "0!",
        "s.000",
        "ge.m.d",
        "b1yyyy",
    ),
]
_VALUES: list[Any] = [
    *(
        48,
        48.0,
        0.065,
        -3.2,
        0.1 + 0.2,
        1e15,
        1e300,
        -1,
        45444,
        45444.5,
        0,
        60,
        2_958_465,
        True,
        False,
    ),
    *(date(2024, 6, 1), datetime(2024, 6, 30, 12), time(12, 0), date(9999, 12, 31)),  # noqa: DTZ001
    *("=B2+1", "=SUM(", "#REF!", "x" * 32_767, "_x000A_", "_x005F_"),
]
_XML = [
    *(
        b"<c>",
        b"</c>",
        b"<v>",
        b"<f>",
        b"<is><t>",
        b'r="A1048577"',
        b'r="XFE1"',
        b't="s"',
        b't="d"',
    ),
    *(
        b"<mergeCell ref='A1:ZZ99999'/>",
        b"<mergeCell ref='B2'/>",
        b"<mergeCell/>",
        b"<row>",
        b"<row/>",
    ),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"<!--"),
    *(b"<x" * 500, b"<x>" * 5000, b'1="2"', b"xmlns=''", b'<?xml encoding="utf-16"?>', b"\xff\xfe"),
    *(b'numFmtId="164"', b'numFmtId="-1"', b's="99"', b'count="99999999"', b"1e999", b"9" * 5000),
]
_RANGES = [
    *["A1:A9", "B2:C5", "C2:C3", "A2:A4", "D2:D9"] * 4,
    "A1:XFD1048576",
    "E9",
    "A0:B0",
    "A1:",
    "ZZZZ1:A1",
    "B5:B2",
]
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 55296], "·")
_ZIP = [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\xff" * 4, b"\0" * 4]


def book(rng: Random) -> bytes:
    """Return a workbook: as it should be, of raw cells, or a bomb; one in two with damage."""
    if rng.random() < 0.03:
        return rng.choice(_bombs())
    parts = _written(rng) if rng.random() < 0.5 else _raw(rng)
    for name in rng.sample(sorted(parts), rng.choice([0, 0, 0, 0, 1, 2])):
        way = rng.random()
        if way < 0.1:
            del parts[name]
        elif way < 0.2:
            parts[name] = rng.choice(list(parts.values()))
        elif way < 0.7:
            # At a tag, more often than not: elsewhere it is seldom XML any more.
            at = parts[name].find(b"<", rng.randrange(len(parts[name]) + 1))
            at = max(at, 0) + (rng.random() < 0.1)
            parts[name] = parts[name][:at] + rng.choice(_XML) + parts[name][at:]
        else:
            parts[name] = damaged(rng, parts[name], 1)
    content = io.BytesIO()
    packing = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(content, "w", packing) as archive:
        for name, part in parts.items():
            # Without the time of the clock: a case is the same whenever it is made.
            archive.writestr(zipfile.ZipInfo(name), part, packing)
    raw = content.getvalue()
    if rng.random() < 0.1:
        at = rng.randrange(len(raw))
        raw = raw[:at] + rng.choice([*_ZIP, b""]) + raw[at + rng.choice([0, 1, 4, 4, 30]) :]
    return raw


_CLOCK = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_THEN = b"2024-06-30T00:00:00Z"


def _written(rng: Random) -> dict[str, bytes]:
    """Return the parts of a workbook as openpyxl writes it: typed cells, formats, merged cells."""
    made = Workbook()
    if rng.random() < 0.1:
        made.epoch = CALENDAR_MAC_1904
    for _ in range(rng.choice([0, 0, 1, 2])):
        made.create_sheet(rng.choice(["1-6月", "上半年", "2024-05", "说明", "工业"]))
    for sheet in made.worksheets:
        for row, cells in enumerate(table(rng), 1):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(row, column, _typed(rng, text))
                if rng.random() < 0.2:
                    cell.value = rng.choice(_VALUES)
                    cell.number_format = rng.choice(_FORMATS)
        for _ in range(rng.choice([0, 0, 1, 3])):
            row, column = rng.randint(1, 9), rng.randint(1, 8)
            end = {"end_row": row + rng.randint(0, 5), "end_column": column + rng.randint(0, 3)}
            sheet.merge_cells(start_row=row, start_column=column, **end)
        if sheet is not made.worksheets[0]:
            sheet.sheet_state = rng.choice(["visible", "hidden"])
    content = io.BytesIO()
    made.save(content)
    with zipfile.ZipFile(content) as archive:
        return {name: _CLOCK.sub(_THEN, archive.read(name)) for name in archive.namelist()}


def _typed(rng: Random, text: str) -> float | str:
    if text.isdecimal() and rng.random() < 0.8:
        return float(text)
    return ILLEGAL_CHARACTERS_RE.sub("", encoded(text).decode())


def _raw(rng: Random) -> dict[str, bytes]:
    """Return the parts of a workbook of one sheet with cells that openpyxl would not write."""
    code = quoteattr(rng.choice([*_FORMATS, *SPICE]).translate(_NOT_IN_XML))
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode={code}/></numFmts><cellXfs><xf numFmtId="0"/>'
        f'<xf numFmtId="{rng.choice([9, 14, 17, 27, 57, 58, 999])}"/><xf numFmtId="200"/></cellXfs>'
    )
    rows = []
    for row in range(2, rng.choice([3, 5, 20])):
        target = rng.choice(["GY01", "GY03", "CX03", "MS05", "XX"])
        cells = [_raw_cell(rng) for _ in range(rng.choice([1, 3, 9]))]
        at = rng.choice(["", f' r="{row}"'] * 12 + [' r="1048577"', ' r="x"'])
        rows.append(f'<row{at}><c t="inlineStr"><is><t>{target}</t></is></c>{"".join(cells)}</row>')
    merged = [f'<mergeCell ref="{rng.choice(_RANGES)}"/>' for _ in range(rng.choice([0, 0, 2]))]
    parts = raw_parts(
        HEADER + "".join(rows),
        styles=styles,
        strings="<si><t>48</t></si><si><r><t>2024</t></r><r><t>-06</t></r></si><si/>",
        after=f"<mergeCells>{''.join(merged)}</mergeCells>" if merged else "",
        head=rng.choice(["", "", '<workbookPr date1904="1"/>', "<definedNames/>"]),
    )
    return {name: encoded(part) for name, part in parts.items()}


def _raw_cell(rng: Random) -> str:
    kind = rng.choice(["n"] * 30 + ["s", "b", "e", "str", "d", "inlineStr", "x"])
    written = ["48", "0", "1", "2", "-1", "6.5", "45444"] * 6 + [
        "1e400",
        "",
        "2024-06-01",
        "_x000D_",
    ]
    value = escape(rng.choice([*written, rng.choice(SPICE)]).translate(_NOT_IN_XML))
    inside = rng.choice(
        ["<v>{}</v>", "<v>{}</v>", "<f>{}</f>", "<f>A1</f><v>{}</v>", "<is><t>{}</t></is>"]
    )
    return f'<c t="{kind}" s="{rng.choice("0122" * 30 + "9")}">{inside.format(value)}</c>'


@cache
def _bombs() -> tuple[bytes, ...]:
    """Return small files that unpack, nest or repeat without end, and what only looks like a book."""
    parts = raw_parts(HEADER + inline("GY01", "48", "个", "2024-06", row=2))
    sheet, styles, main = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"

    def inside(part: str, before: str, text: str) -> bytes:
        return zipped(parts | {part: parts[part].replace(before, text + before, 1)})

    blanks = b" " * 4_900_000
    attributes = " ".join(f'a{number}="1"' for number in range(400_000))
    again = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 3000))
    other_name = {name: text.replace("xl/workbook.xml", "xl/w.bin") for name, text in parts.items()}
    many_tags = parts[main].replace("<sheets>", "<x/>" * 2_000_000 + "<sheets>")
    rels = parts["xl/_rels/workbook.xml.rels"]
    return (
        zipped(parts | dict.fromkeys([f"xl/media/{number}.bin" for number in range(50)], blanks)),
        zipped(parts | dict.fromkeys([f"xl/media/{number}.bin" for number in range(3000)], b"")),
        inside(sheet, "</sheetData>", "<row>" + "<c>" * 200_000 + "</c>" * 200_000 + "</row>"),
        inside(sheet, "</sheetData>", f"<row {attributes}><c><v>1</v></c></row>"),
        inside(sheet, "</sheetData>", f"<row><c><v>{'7' * 4_900_000}</v></c></row>"),
        inside(sheet, "</sheetData>", "<row><c/></row>" * 200_000),
        inside(
            sheet, "</worksheet>", '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>' * 9000
        ),
        inside(styles, "</styleSheet>", "<x>" * 200_000 + "</x>" * 200_000),
        inside(styles, "</styleSheet>", "<cellXfs>" + "<xf/>" * 200_000 + "</cellXfs>"),
        inside(main, "</sheets>", again),
        zipped(other_name | {"xl/w.bin": many_tags, "xl/_rels/w.bin.rels": rels}),
        _overlapping(zipped(parts | {"xl/media/1.bin": blanks})),
        zipped({"word/document.xml": ""}),
        zipped(parts).replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    )


def _overlapping(content: bytes) -> bytes:
    """Return a zip whose directory names its last part many times over."""
    end = content.rindex(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    last = content[content.rindex(b"PK\x01\x02", start, end) : end]
    directory = content[start:end] + last * 1000
    count = (int.from_bytes(content[end + 10 : end + 12], "little") + 1000).to_bytes(2, "little")
    sizes = len(directory).to_bytes(4, "little") + content[end + 16 :]
    return content[:start] + directory + content[end : end + 8] + count * 2 + sizes
