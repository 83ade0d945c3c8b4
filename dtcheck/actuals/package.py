"""The zip that a workbook is, opened with limits so that no file can take the machine down.

Sizes are checked twice: as the zip's directory claims them, and as the parts really unpack.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import BinaryIO
from xml.parsers import expat

from dtcheck.actuals.text import UnreadableError

_CHUNK = 1 << 16
_MB = 1_000_000
_LARGEST_FILE = 60 * _MB
_LARGEST_DIRECTORY = 2 * _MB
_LARGEST_PART = 120 * _MB
# What is held in memory whole (strings, styles) gets less than sheets, which stream.
LARGEST_HELD = 30 * _MB
# A sheet of blank formatted rows packs 100 to 1, rarely tighter; a bomb 1000 to 1.
_TIGHTEST = 400
_TIGHT_FROM = 5 * _MB

_SAVE_AGAIN = "用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”再交"
_KINDS = (
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb）"),
    ("word/document.xml", "这是 Word 文档，不是工作簿"),
    ("ppt/presentation.xml", "这是幻灯片，不是工作簿"),
    ("content.xml", "这是 OpenDocument 表格（.ods）"),
)


class Package:
    """The parts of a workbook by name. Raises UnreadableError, in opening and in reading."""

    def __init__(self, file: BinaryIO) -> None:
        if file.read(2) != b"PK":
            raise _refuse_ole(file)
        _check_file(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
            raise damaged() from None
        self._parts = {info.filename.lower(): info for info in self._zip.infolist()}
        if "[content_types].xml" not in self._parts:
            raise self._other_kind()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def parse(self, name: str, on: Handlers, most: int = _LARGEST_PART) -> Iterator[None]:
        """Parse a part piece by piece: what ``on`` collected so far can be taken at each step."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, found: on.start(_local(tag), found)
        parser.EndElementHandler = lambda tag: on.end(_local(tag))
        parser.CharacterDataHandler = on.text
        # No workbook declares entities; refusing them keeps out those that grow or fetch.
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for chunk in self._chunks(name, most):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise damaged() from None
        yield

    def holds(self, name: str, words: bytes) -> bool:
        """Whether ``words`` occur in a part."""
        tail = b""
        for chunk in self._chunks(name, _LARGEST_PART):
            if words in tail + chunk:
                return True
            tail = chunk[-len(words) :]
        return False

    def _chunks(self, name: str, most: int) -> Iterator[bytes]:
        info = self._parts.get(name.lower())
        if info is None:
            raise damaged()
        if info.flag_bits & 1:
            raise UnreadableError("工作簿加了密码，读不出来", "取消密码后再交")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError("工作簿的压缩方式不是 Excel 或 WPS 所用的", _SAVE_AGAIN)
        packed = max(info.compress_size, 1)
        _check_size(info.file_size, packed, most)
        size = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    _check_size(size, packed, most)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error):
            raise damaged() from None

    def _other_kind(self) -> UnreadableError:
        for name, kind in _KINDS:
            if name in self._parts:
                return UnreadableError(f"{kind}，读不了", _SAVE_AGAIN)
        return UnreadableError("这是压缩包，不是工作簿", "解开压缩包，把里面的表交来")


class Handlers:
    """What to do with the pieces of a part; tags come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, tag: str) -> None:
        """An element closes."""

    def text(self, text: str) -> None:
        """Text inside an element, perhaps not all of it."""


class Started(Handlers):
    """Hands every opening element to a function."""

    def __init__(self, function: Callable[[str, dict[str, str]], None]) -> None:
        self._function = function

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._function(tag, attributes)


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    """Return a tag without its namespace, which differs between strict and usual workbooks."""
    return tag.rpartition(" ")[2]


def whole(text: str) -> int | None:
    """Return the number that an attribute writes, or None."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def damaged() -> UnreadableError:
    """Return the error for a workbook that isn't whole."""
    return UnreadableError(
        "工作簿已损坏，或者没有传完", "重新拷贝或下载一次；还不行，用 Excel 或 WPS 打开修复后另存"
    )


def _refuse_ole(file: BinaryIO) -> UnreadableError:
    """Return the error for a file of the old binary container, saying which kind it is."""
    head = file.read(_LARGEST_FILE)
    if "EncryptedPackage".encode("utf-16-le") in head:
        return UnreadableError(
            "工作簿设了打开密码，读不出来", "用 Excel 或 WPS 打开，取消密码后存盘再交"
        )
    if "WordDocument".encode("utf-16-le") in head:
        return UnreadableError("这是 Word 文档（.doc），不是工作簿", _SAVE_AGAIN)
    return UnreadableError("这是旧格式的工作簿（.xls 或 .et），读不了", _SAVE_AGAIN)


def _check_file(file: BinaryIO) -> None:
    """Refuse a file, or a directory in it, that would take too much memory to open."""
    size = file.seek(0, 2)
    tail_size = min(size, 22 + 65_535)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    file.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise damaged()
    (directory,) = struct.unpack_from("<L", tail, end + 12)
    zip64 = tail[max(end - 20, 0) : end].startswith(b"PK\x06\x07")
    if size > _LARGEST_FILE or directory > _LARGEST_DIRECTORY or zip64:
        raise _too_big()


def _check_size(size: int, packed: int, most: int) -> None:
    if size > most or (size > _TIGHT_FROM and size > packed * _TIGHTEST):
        raise _too_big()


def _too_big() -> UnreadableError:
    return UnreadableError(
        "工作簿展开后大得不像报数表，为防压缩炸弹没有读",
        "把要报的行复制到新工作簿（只粘贴数值），存为 .xlsx 再交",
    )


def _refuse_doctype(*_: object) -> None:
    raise UnreadableError(
        "工作簿里有 Excel 和 WPS 不会写的内容（XML 实体），为防攻击没有读", _SAVE_AGAIN
    )
