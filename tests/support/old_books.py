"""Making workbooks as .xls for tests: by xlwt, and record by record where xlwt can't write them.

``python tests/support/old_books.py`` makes ``old-workbook.xls`` among the good submissions anew: what
``soffice --convert-to xls:"MS Excel 97"`` of LibreOffice 7.4 makes of the form below.
"""

from __future__ import annotations

import io
import struct
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import xlwt
from books import write_book

BY_LIBREOFFICE = Path(__file__).parent.parent / "data/submissions/good/old-workbook.xls"
# One form with all that a sheet of figures may have. The figures that it holds stand in FIGURES.
FORM: dict[str, list[list[Any]]] = {
    "6月": [
        ["东台市2024年重点指标完成情况"],
        ["编号", "指标", "实际值", "单位", "期间", "备注"],
        ["ZH02", "", (0.068, "0.0%"), None, (date(2024, 6, 30), "yyyy-mm-dd"), "按可比口径"],
        ["GY01", "", (48, '0"个"'), None, (date(2024, 6, 1), 'yyyy"年"m"月"'), "用地未批"],
        ["GY10", "", 36, "个", None, None],
        ["GY11", "", (170.25, "#,##0.00"), "亿元", "2024-06", "　"],
        ["GY12", "", (1120, '#,##0"亿元"'), None, (date(2024, 6, 1), "mmm-yy"), True],
        ["CS03", "", "12", "公里", "1-6月", None],
    ],
    "说明": [["数据由各板块报送"]],
    "备份": [["编号", "实际值", "单位", "期间"], ["GY01", 99, "个", "2024-06"]],
}
MERGED = ("A1:F1", "E4:E5")
FIGURES = {"ZH02": 6.8, "GY01": 48, "GY10": 36, "GY11": 170.25, "GY12": 1120, "CS03": 12}


def write_form(path: Path) -> None:
    """Write the form as .xlsx: the second row hidden, a column too, and the last sheet."""
    book = write_book(path, FORM)
    sheet = book.worksheets[0]
    for cells in MERGED:
        sheet.merge_cells(cells)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.worksheets[2].sheet_state = "hidden"
    book.save(path)


def write_xls(
    path: Path | io.BytesIO,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    *,
    date1904: bool = False,
    hidden: Sequence[str] = (),
) -> None:
    """Write sheets of rows; a cell may be a pair of value and number format, or a formula ("=A1").

    ``merged`` are first and last row, first and last column of ranges in every sheet, from 0.
    """
    book = xlwt.Workbook(encoding="utf-8")
    style_of = cache(lambda code: xlwt.easyxf(num_format_str=code))
    book.dates_1904 = date1904
    for name, rows in sheets.items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        sheet.visibility = 1 if name in hidden else 0
        tops = {(each[0], each[2]): each for each in merged}
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                value, code = cell if isinstance(cell, tuple) else (cell, "General")
                style = style_of(code)
                if isinstance(value, str) and value.startswith("="):
                    written = xlwt.Formula(value[1:])
                else:
                    written = value
                if (row, column) in tops:
                    sheet.write_merge(*tops[row, column], written, style)
                elif value is not None:
                    sheet.write(row, column, written, style)
    book.save(path)


# --- record by record --------------------------------------------------------------------------

BOF, EOF, SHEET, FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
FORMAT, XF, SST, CONTINUE, CODEPAGE, DATES = 0x041E, 0x00E0, 0x00FC, 0x003C, 0x0042, 0x0022
NUMBER, LABEL, FORMULA, TEXT, ERROR, MANY = 0x0203, 0x0204, 0x0006, 0x0207, 0x0205, 0x00BD
FROM_SST, MERGED_CELLS, CALCULATED = 0x00FD, 0x00E5, 0x01C1
BIFF8, BIFF5 = 0x0600, 0x0500


def record(code: int, content: bytes = b"") -> bytes:
    return struct.pack("<2H", code, len(content)) + content


def text(value: str, version: int = BIFF8, count: str = "<H") -> bytes:
    """Return a text with its length, as cells have it; in the encoding of a Chinese Windows before BIFF8."""
    if version == BIFF5:
        raw = value.encode("gbk")
        return struct.pack(count, len(raw)) + raw
    return struct.pack(count, len(value)) + b"\1" + value.encode("utf-16-le")


def label(row: int, column: int, value: str, version: int = BIFF8) -> bytes:
    return record(LABEL, struct.pack("<3H", row, column, 0) + text(value, version))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(NUMBER, struct.pack("<3Hd", row, column, style, value))


def formula(row: int, column: int, result: bytes, options: int = 0, after: bytes = b"") -> bytes:
    """Return a formula (=0) with what it gave in eight bytes."""
    content = struct.pack("<3H", row, column, 0) + result + struct.pack("<HIH", options, 0, 3)
    return record(FORMULA, content + b"\x1e\0\0") + after


def blank_result(kind: int, value: int = 0) -> bytes:
    """Return a result that is no number: 0 text, 1 true or false, 2 error, 3 blank."""
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def cells(rows: Sequence[Sequence[Any]], version: int = BIFF8) -> bytes:
    """Return texts and numbers as records."""
    return b"".join(
        label(at, column, value, version) if isinstance(value, str) else number(at, column, value)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
        if value is not None
    )


def stream(
    sheets: Mapping[str, bytes],
    before: bytes = b"",
    *,
    version: int = BIFF8,
    kinds: Mapping[str, int] | None = None,
    states: Mapping[str, int] | None = None,
) -> bytes:
    """Return the stream of a workbook: sheets of records, and ``before`` what its globals hold else."""
    kinds, states = kinds or {}, states or {}
    begin = record(BOF, struct.pack("<4H8x", version, 5, 3515, 1996))
    bounds = [
        struct.pack("<2B", states.get(name, 0), kinds.get(name, 0)) + text(name, version, "<B")
        for name in sheets
    ]
    at = len(begin) + len(before) + sum(8 + len(bound) for bound in bounds) + 4
    listed, bodies = b"", b""
    for name, bound in zip(sheets, bounds, strict=True):
        listed += record(SHEET, struct.pack("<I", at + len(bodies)) + bound)
        kind = {0: 0x10, 1: 0x40, 2: 0x20, 6: 0x06}[kinds.get(name, 0)]
        bodies += record(BOF, struct.pack("<4H8x", version, kind, 3515, 1996))
        bodies += sheets[name] + record(EOF)
    return begin + before + listed + record(EOF) + bodies


_END, _FREE, _OF_TABLE, _OF_LIST, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF


def compound(streams: Mapping[str, bytes], shift: int = 9) -> bytes:
    """Return a compound file; streams of less than 4096 bytes share the mini stream."""
    size = 1 << shift
    sectors: list[bytes] = []
    table: list[int] = []

    def add(content: bytes) -> int:
        first, count = len(sectors), -(-len(content) // size)
        for at in range(count):
            sectors.append(content[at * size : (at + 1) * size].ljust(size, b"\0"))
            table.append(first + at + 1 if at < count - 1 else _END)
        return first if count else _END

    mini, mini_table, starts = b"", [], {}
    for name, content in streams.items():
        if len(content) >= 4096:
            starts[name] = add(content)
            continue
        count = -(-len(content) // 64)
        starts[name] = len(mini_table) if count else _END
        mini_table += [*range(len(mini_table) + 1, len(mini_table) + count), _END][:count]
        mini += content.ljust(count * 64, b"\0")
    mini_start = add(mini)
    mini_table_start = add(struct.pack(f"<{len(mini_table)}I", *mini_table))

    def entry(name: str, kind: int, right: int, child: int, start: int, length: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBB3I36xII4x", raw, len(raw), kind, 1, _NONE, right, child, start, length
        )

    names = list(streams)
    root = entry("Root Entry", 5, _NONE, 1 if names else _NONE, mini_start, len(mini))
    directory = root + b"".join(
        entry(
            name, 2, at + 1 if at < len(names) else _NONE, _NONE, starts[name], len(streams[name])
        )
        for at, name in enumerate(names, 1)
    )
    directory_start = add(directory)
    # The table has entries for its own sectors, too, and for those that list what the header can't.
    numbers_of = size // 4
    used = more = 0
    while (used + more + len(sectors)) > used * numbers_of:
        used += 1
        more = max(0, -(-(used - 109) // (numbers_of - 1)))
    numbers = [len(sectors) + at for at in range(used)]
    table += [_OF_TABLE] * used + [_OF_LIST] * more
    table += [_FREE] * (used * numbers_of - len(table))
    raw = struct.pack(f"<{len(table)}I", *table)
    sectors += [raw[at * size : (at + 1) * size] for at in range(used)]
    first_of_list = len(sectors)
    for at in range(more):
        listed = numbers[109 + at * (numbers_of - 1) :][: numbers_of - 1]
        listed += [_FREE] * (numbers_of - 1 - len(listed))
        following = first_of_list + at + 1 if at < more - 1 else _END
        sectors.append(struct.pack(f"<{numbers_of}I", *listed, following))
    head = struct.pack(
        "<8s16x5H6xIII4xIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 4 if shift == 12 else 3, 0xFFFE, shift, 6),
        *(0, used, directory_start, 4096, mini_table_start, bool(mini_table)),
        *(first_of_list if more else _END, more),
    )
    head += struct.pack("<109I", *numbers[:109], *[_FREE] * (109 - used))
    return head.ljust(size, b"\0") + b"".join(sectors)


def raw_xls(rows: Sequence[Sequence[Any]], before: bytes = b"", after: bytes = b"") -> bytes:
    """Return an .xls of one sheet: texts and numbers, and ``after`` them other records."""
    return compound({"Workbook": stream({"Sheet1": cells(rows) + after}, before)})


def main() -> None:
    """Make the workbook that LibreOffice writes anew."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, BY_LIBREOFFICE.stem + ".xlsx")
        write_form(source)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/user", "--headless"]
        command += ["--convert-to", "xls:MS Excel 97", "--outdir", str(BY_LIBREOFFICE.parent)]
        subprocess.run([*command, str(source)], check=True)


if __name__ == "__main__":
    main()
