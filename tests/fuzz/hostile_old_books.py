"""Builders of what is called .xls: old workbooks record by record, pages, and workbooks of one piece of XML."""

from __future__ import annotations

import io
import struct
from functools import cache
from html import escape
from random import Random

from hostile import SPICE, damaged, encoded, table
from old_books import (
    BIFF5,
    BIFF8,
    BY_LIBREOFFICE,
    CODEPAGE,
    CONTINUE,
    DATES,
    ERROR,
    FILEPASS,
    FORMAT,
    FROM_SST,
    MANY,
    MERGED_CELLS,
    SST,
    TEXT,
    XF,
    blank_result,
    compound,
    formula,
    label,
    number,
    record,
    stream,
    text,
    write_xls,
)

_FORMATS = [
    "0.0%",
    '0"个"',
    "yyyy-mm-dd",
    'm"月"d"日"',
    "#,##0.00",
    "h:mm",
    "",
    '"',
    "[",
    "0!.0",
    "@",
]
_NUMBERS = [48.0, 0.065, -3.2, 45444.5, 0.0, 1e300, 60.0, -1.0]
_STREAMS = [*["Workbook"] * 20, *["Book"] * 4, "WORKBOOK", "EncryptedPackage", "WordDocument"]
_ODD = [
    b"\xff" * 4,
    bytes(4),
    b"\1\0\0\0",
    b"\xfe\xff\xff\xff",
    b"\xff\x7f",
    b"\x09\x08",
    b"\x0a\0\0\0",
]


def old_book(rng: Random) -> bytes:
    """Return an .xls: as LibreOffice or xlwt writes it, of raw records, or a bomb; some with damage."""
    way = rng.random()
    if way < 0.03:
        return rng.choice(_bombs())
    if way < 0.2:
        content = BY_LIBREOFFICE.read_bytes()
    elif way < 0.4:
        content = _written(rng)
    else:
        content = _raw(rng)
    if rng.random() < 0.5:
        return content
    for _ in range(rng.choice([1, 1, 3])):
        at = rng.randrange(len(content) + 1)
        odd = rng.choice([*_ODD, rng.randbytes(2)])
        content = content[:at] + rng.choice([odd, odd, odd, b""]) + content[at + len(odd) :]
    return damaged(rng, content, 0.2)


def _written(rng: Random) -> bytes:
    rows = [
        [
            float(each) if each.isdecimal() and len(each) < 16 else each.replace("=", "")
            for each in row
        ]
        for row in table(rng)
    ]
    for row in rows:
        if row and rng.random() < 0.3:
            row[-1] = rng.choice([(rng.choice(_NUMBERS), rng.choice(_FORMATS)), "=B2+1", True])
    file = io.BytesIO()
    try:
        write_xls(file, {"1-6月": [row[:200] for row in rows[:500]]}, date1904=rng.random() < 0.1)
    except Exception:  # noqa: BLE001 - what xlwt can't write is written by hand
        return _raw(rng)
    return file.getvalue()


def _raw(rng: Random) -> bytes:
    """Return a workbook of records that no program would write so, and mostly would."""
    version = rng.choice([BIFF8, BIFF8, BIFF8, BIFF5])
    before = [record(XF, bytes(20))]
    for at, code in enumerate(rng.sample(_FORMATS, 3)):
        before.append(
            record(
                FORMAT,
                struct.pack("<H", 164 + at)
                + text(code, version, "<H" if version == BIFF8 else "<B"),
            )
        )
        before.append(
            record(XF, struct.pack("<3H14x", 0, rng.choice([164 + at, 9, 14, 28, 999]), 0))
        )
    before.append(record(CODEPAGE, struct.pack("<H", rng.choice([936, 936, 1200, 1252, 0, 65001]))))
    before.append(record(DATES, struct.pack("<H", rng.choice([*[0] * 9, 1, 1, 2]))))
    if rng.random() < 0.5:
        before += _strings(rng)
    if rng.random() < 0.02:
        before.append(record(FILEPASS, bytes(54)))
    sheets = {
        name: b"".join(_records(rng, version))
        for name in rng.sample(["6月", "1-5月", "说明", "备份"], rng.choice([1, 1, 2, 4]))
    }
    kinds = {name: rng.choice([0] * 12 + [1, 2, 6]) for name in sheets}
    states = {name: rng.choice([0, 0, 0, 1, 2]) for name in sheets}
    book = stream(sheets, b"".join(before), version=version, kinds=kinds, states=states)
    streams = {rng.choice(_STREAMS): book}
    for name in rng.sample(["_VBA_PROJECT_CUR", "\5SummaryInformation", "Ctls"], rng.randint(0, 2)):
        streams[name] = rng.randbytes(rng.choice([0, 10, 5000]))
    return compound(streams, rng.choice([9, 9, 9, 12]))


def _strings(rng: Random) -> list[bytes]:
    """Return a table of texts in pieces, cut where it may be and where it may not."""
    texts = [
        rng.choice(["编号", "实际值", "GY01", "48", "2024-06", "x" * 300, *SPICE[:5]])
        for _ in range(9)
    ]
    whole = b""
    for each in texts:
        raw = encoded(each).decode().encode("utf-16-le")
        options = rng.choice([1] * 12 + [9, 5, 13, 0])
        whole += struct.pack("<HB", len(raw) // (1 + options % 2), options)
        whole += struct.pack("<H", rng.choice([1, 1, 900])) if options & 8 else b""
        whole += struct.pack("<i", rng.choice([4, 4, 4, -8, 2**30])) if options & 4 else b""
        whole += raw + bytes(4) * (options >> 3 & 1) + bytes(4) * (options >> 2 & 1)
    count = rng.choice([*[9] * 12, 0, 10, 2**31 - 1])
    cut = rng.choice([len(whole), len(whole), rng.randrange(len(whole))])
    start = record(SST, struct.pack("<2I", 9, count) + whole[:cut])
    return [start, record(CONTINUE, rng.choice([b"", b"\1", b"\0"]) + whole[cut:])][
        : 1 + (cut < len(whole))
    ]


def _records(rng: Random, version: int) -> list[bytes]:
    found = []
    for row, cells in enumerate(table(rng)[:300]):
        for column, each in enumerate(cells[:250]):
            written = encoded(each, "gb18030" if version == BIFF5 else "utf-8")
            clean = written.decode("gb18030" if version == BIFF5 else "utf-8")[:3000]
            try:
                found.append(label(row, column, clean, version))
            except UnicodeEncodeError:
                found.append(label(row, column, "?", version))
            if rng.random() < 0.02:
                found[-1] = _odd_cell(rng, row, column)
    for _ in range(rng.choice([0, 1, 2])):
        limits = [rng.choice([0, 1, 3, 9, 65535]) for _ in range(4)]
        found.append(record(MERGED_CELLS, struct.pack("<5H", 1, *limits)))
    if rng.random() < 0.1:
        rng.shuffle(found)
    return found


def _odd_cell(rng: Random, row: int, column: int) -> bytes:
    at = struct.pack("<3H", row, column, rng.choice([0, 0, 1, 2, 99]))
    text_after = rng.choice(
        [record(TEXT, text("48个")), record(TEXT, b"\5\0\1x"), b"", record(CONTINUE, b"x")]
    )
    return rng.choice(
        [
            number(row, column, rng.choice(_NUMBERS), rng.choice([0, 1, 2, 3])),
            number(row, column, rng.choice([float("nan"), float("inf"), -0.0])),
            record(FROM_SST, at + struct.pack("<i", rng.choice([0, 1, 8, 9, -1]))),
            record(ERROR, at + bytes([rng.choice([0, 7, 0x2A, 99]), rng.choice([0, 1, 2])])),
            formula(row, column, struct.pack("<d", 48), rng.choice([0, 2, 3])),
            formula(row, column, blank_result(rng.choice([0, 1, 2, 3, 9]), 7), 2, text_after),
            record(MANY, at + bytes(10) + struct.pack("<H", rng.choice([column + 1, column, 999]))),
            record(rng.randrange(0x1000), rng.randbytes(rng.choice([0, 4, 20]))),
        ]
    )


@cache
def _bombs() -> tuple[bytes, ...]:
    head = b"".join(label(0, at, each) for at, each in enumerate(["编号", "实际值"]))
    endless = struct.pack("<2I", 9, 2**31 - 1)
    far = b"".join(number(row, 255, 1) for row in range(20_000))
    ranges = record(
        MERGED_CELLS, struct.pack("<H", 1000) + struct.pack("<4H", 0, 65535, 0, 255) * 1000
    )

    def of(sheet: bytes, before: bytes = b"") -> bytes:
        return compound({"Workbook": stream({"甲": head + sheet}, before)})

    looped = bytearray(of(b""))
    at = (struct.unpack_from("<I", looped, 48)[0] + 1) * 512 + 128
    struct.pack_into("<3I", looped, at + 68, 1, 1, 1)
    return (
        of(far),
        of(ranges * 40),
        of(b"", record(SST, endless + struct.pack("<HBi", 1, 4, -8) + b"x")),
        of(b"", record(SST, endless + bytes(60_000)) + record(CONTINUE, bytes(65_000)) * 100),
        of(b"", record(XF, bytes(20)) * 60_000),
        of(b"", record(FORMAT, struct.pack("<H", 164) + text("yyyy" * 100)) * 9_000),
        of(record(0x0809, bytes(16)) * 50_000),
        compound({"Workbook": stream({f"s{number}": head for number in range(3000)})}),
        bytes(looped),
    )


_TAGS = [
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td colspan=9999 rowspan=65534>"),
    *(
        "<td x:num='0.068'>",
        "<br>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<input>",
        "<sup>1</sup>",
    ),
    *(
        "<tr hidden>",
        "<div style='display:none'>",
        "</div>",
        "&#54;",
        "&#x110000;",
        "&nbsp;",
        "<![CDATA[",
    ),
    *(
        "<?php",
        "<!x",
        "</",
        "<",
        "&",
        "<a b='",
        "<td " + "a=1 " * 500,
        "<table>" * 300,
        "<b>" * 3000,
    ),
]
_XML = [
    *("<Row>", "</Row>", "<Cell>", "</Cell>", '<Row ss:Index="9"/>', '<Row ss:Index="1048577"/>'),
    *('<Row ss:Span="x"/>', '<Cell ss:Index="0"/>', '<Cell ss:MergeDown="9" ss:MergeAcross="99"/>'),
    *(
        '<Cell ss:Formula="=1"/>',
        '<Column ss:Hidden="1" ss:Span="99999"/>',
        "<!DOCTYPE x>",
        "&a;",
        "<x>" * 5000,
    ),
    *(
        "</Table></Worksheet>",
        "<Date1904/>",
        "<x a='1' a='2'/>",
        "&#0;",
        "<![CDATA[x]]>",
        '<Style ss:ID="s"/>',
    ),
]


def page(rng: Random) -> bytes:
    """Return a page or a workbook in XML, mostly with a form, often with damage."""
    is_page = rng.random() < 0.5
    written = (_page if is_page else _xml)(rng)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 4])):
        at = written.find("<", rng.randrange(len(written) + 1))
        at = max(at, 0) if rng.random() < 0.9 else rng.randrange(len(written))
        written = written[:at] + rng.choice([*(_TAGS if is_page else _XML), *SPICE]) + written[at:]
    content = encoded(written, rng.choice(["utf-8", "utf-8", "gb18030", "utf-16"]))
    return damaged(rng, content, 0.2)


def _page(rng: Random) -> str:
    def cell(each: str) -> str:
        tag = rng.choice(["td", "td", "td", "th", "td rowspan=2", "td colspan=2", "TD nowrap"])
        return f"<{tag}>{escape(each)}</{tag.split()[0]}>"

    rows = [f"<tr>{''.join(map(cell, row))}</tr>" for row in table(rng)]
    form = f"<table border=1>{''.join(rows)}</table>"
    return rng.choice(
        [
            form,
            f"<html><head><meta charset=gbk></head><body><h3>2024年1-6月</h3>{form}</body></html>",
            f"<div>{form}{form}</div>",
            f"<table><tr><td>单位：个</td><td>{form}</td></tr></table>",
        ]
    )


def _xml(rng: Random) -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"

    def cell(each: str) -> str:
        kind = rng.choice(["String"] * 9 + ["Number", "DateTime", "Boolean", "Error", "x"])
        kind = "Number" if each.isdecimal() else kind
        return f'<Cell ss:StyleID="s{rng.randint(0, 3)}"><Data ss:Type="{kind}">{escape(each)}</Data></Cell>'

    rows = [f"<Row>{''.join(map(cell, row))}</Row>" for row in table(rng)]
    styles = "".join(
        f'<Style ss:ID="s{at}"><NumberFormat ss:Format="{escape(code)}"/></Style>'
        for at, code in enumerate(rng.sample([*_FORMATS, "Percent", "Short Date"], 3))
    )
    sheets = [
        f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table></Worksheet>'
        for name in rng.choice([["6月"], ["6月"], ["6月", "说明"], ["6月", "6月"]])
    ]
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f"<Styles>{styles}</Styles>{''.join(sheets)}</Workbook>"
    )
