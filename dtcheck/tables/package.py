"""What is checked of a workbook before openpyxl sees it: its kind, and that it can do no harm."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from dtcheck.tables.text import UnreadableError

_MB = 1_000_000
_LARGEST_FILE = 30 * _MB
_MOST_PARTS = 2000
_MOST_UNPACKED = 200 * _MB
# A sheet of blank formatted rows packs 100 to 1, rarely tighter; a bomb 1000 to 1.
_TIGHTEST = 400
_TIGHT_FROM = 5 * _MB
# Bytes and tags of a part. A cell with a number takes 4 tags. Sheets stream; the rest is held in
# memory, where a style takes most: Excel allows 65,490 of them.
_MOST = {"xl/worksheets/": (100 * _MB, 5_000_000), "xl/sharedstrings": (30 * _MB, 3_000_000)}
_MOST_OTHERS = (30 * _MB, 300_000)
# Bytes from one tag to the next: 1,000,000 attributes of one element take 400 MB of memory.
_LONGEST_STRETCH = 5 * _MB
# A tag, a mark of UTF-8, or a blank.
_XML_STARTS = (b"<", b"\xef", b" ", b"\t", b"\r", b"\n")

_SAVE_AGAIN = "用 Excel 或 WPS 打开原表，另存为新的“Excel 工作簿（.xlsx）”或“CSV UTF-8”再交"
_KINDS = (
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb）"),
    ("word/document.xml", "这是 Word 文档，不是工作簿"),
    ("ppt/presentation.xml", "这是幻灯片，不是工作簿"),
    ("content.xml", "这是 OpenDocument 表格（.ods）"),
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def check_package(file: BinaryIO) -> None:
    """Raise UnreadableError unless ``file`` is a workbook that is safe to parse."""
    if file.read(2) != b"PK":
        raise _other_container(file)
    if file.seek(0, 2) > _LARGEST_FILE:
        raise _too_big()
    try:
        with zipfile.ZipFile(file) as archive:
            _check_kind(archive.infolist())
            for part in archive.infolist():
                _check_part(archive, part)
    except _DAMAGE:
        raise damaged() from None


def damaged() -> UnreadableError:
    """Return the error for what openpyxl can't read."""
    return UnreadableError("工作簿已损坏、没有传完，或者写法不合规范", _SAVE_AGAIN)


def _check_kind(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename.lower() for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise _too_big()
    for name, kind in _KINDS:
        if name in names:
            raise UnreadableError(f"{kind}，读不了", _SAVE_AGAIN)
    if "[content_types].xml" not in names:
        raise UnreadableError("这是压缩包，不是工作簿", "解开压缩包，把里面的表交来")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("工作簿加了密码，读不出来", "取消密码后再交")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Check what a part unpacks to; zipfile never unpacks more than the directory says."""
    name, size = part.filename.lower(), part.file_size
    most, most_tags = next((_MOST[each] for each in _MOST if name.startswith(each)), _MOST_OTHERS)
    if size > most or (size > _TIGHT_FROM and size > part.compress_size * _TIGHTEST):
        raise _too_big()
    # The other methods unpack without a limit.
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    tags, stretch, tail = 0, 0, b""
    with archive.open(part) as content:
        is_xml = content.read(1) in _XML_STARTS
        content.seek(0)
        while chunk := content.read(1 << 16):
            # In UTF-16, which neither Excel nor WPS writes, the words below would go unseen.
            if not tail and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
                raise damaged()
            tags += chunk.count(b"<")
            rest = chunk.rpartition(b"<")[2]
            stretch = len(rest) + (stretch if len(rest) == len(chunk) else 0)
            if is_xml and (tags > most_tags or stretch > _LONGEST_STRETCH):
                raise _too_big()
            _check_words(tail + chunk)
            tail = chunk[-50:]


def _check_words(content: bytes) -> None:
    if b"<!DOCTYPE" in content:
        problem = "工作簿里有 Excel 和 WPS 不会写的内容（XML 实体），为防攻击没有读"
        raise UnreadableError(problem, _SAVE_AGAIN)
    # openpyxl finds no cells in these, and says nothing.
    if b"http://purl.oclc.org/ooxml/spreadsheetml" in content:
        raise UnreadableError("这是“Strict Open XML”工作簿，读不了", _SAVE_AGAIN)


def _other_container(file: BinaryIO) -> UnreadableError:
    """Return the error for a file of the old binary container, saying which kind it is."""
    head = file.read(_LARGEST_FILE)
    if "EncryptedPackage".encode("utf-16-le") in head:
        hint = "用 Excel 或 WPS 打开，取消密码后存盘再交"
        return UnreadableError("工作簿设了打开密码，读不出来", hint)
    if "WordDocument".encode("utf-16-le") in head:
        return UnreadableError("这是 Word 文档（.doc），不是工作簿", _SAVE_AGAIN)
    return UnreadableError("这是旧格式的工作簿（.xls 或 .et），读不了", _SAVE_AGAIN)


def _too_big() -> UnreadableError:
    return UnreadableError(
        "工作簿展开后大得不像报数表，为防压缩炸弹没有读",
        "把要报的行复制到新工作簿（只粘贴数值），存为 .xlsx 再交",
    )
