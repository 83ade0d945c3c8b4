"""A workbook as a package of parts, before openpyxl sees it: its kind, and that it can do no harm.

Only what is read is looked at: queries, drawings, printer settings and the like may hold anything.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import IO, Any, BinaryIO

from dtcheck.tables.unreadable import SAVE_AGAIN, UnreadableError, damaged, too_big
from dtcheck.tables.workbook import LARGEST_FILE

_MB = 1_000_000
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

_KINDS = (
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb）"),
    ("word/document.xml", "这是 Word 文档，不是工作簿"),
    ("ppt/presentation.xml", "这是幻灯片，不是工作簿"),
    ("content.xml", "这是 OpenDocument 表格（.ods）"),
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def open_package(file: BinaryIO) -> Package:
    """Open a workbook. Raises UnreadableError where ``file`` is no workbook, or too big for one."""
    if file.seek(0, 2) > LARGEST_FILE:
        raise too_big()
    try:
        package = Package(file)
    except _DAMAGE:
        raise damaged() from None
    _check_kind(package)
    return package


class Package(zipfile.ZipFile):
    """The parts of a workbook; each is checked before it is first read.

    Some exports write names with backslashes, or in another case than they are referred to:
    such a part is found all the same. ``aliases`` gives a part another name besides its own.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.aliases: dict[str, str] = {}
        self._checked: set[str] = set()
        self._unpacked = 0
        self._spelled: dict[str, list[str]] = {}
        for name in self.namelist():
            self._spelled.setdefault(folded(name), []).append(name)

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name, however it is spelled."""
        return folded(name) in self._spelled

    # zipfile.ZipFile.read comes here, too.
    def open(self, name: str | zipfile.ZipInfo, *args: Any, **more: Any) -> IO[bytes]:
        """Open a part as zipfile does; raises UnreadableError for one that should not be read."""
        spelled = self._spelling(name if isinstance(name, str) else name.filename)
        self.check(spelled)
        return super().open(spelled, *args, **more)

    def check(self, name: str) -> None:
        """Raise UnreadableError unless the part is there and safe to parse."""
        part = self.getinfo(self._spelling(name))
        if part.filename in self._checked:
            return
        self._checked.add(part.filename)
        self._unpacked += part.file_size
        if self._unpacked > _MOST_UNPACKED:
            raise too_big()
        _check_directory(part)
        # The other methods unpack without a limit.
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        try:
            with super().open(part) as content:
                check_xml(content, _most(part.filename)[1])
        except _DAMAGE:
            raise damaged() from None

    def _spelling(self, name: str) -> str:
        """Return how the package itself spells the name of a part; as it is if there is none."""
        name = self.aliases.get(name, name)
        spellings = self._spelled.get(folded(name), [name])
        if name in spellings:
            return name
        if len(spellings) > 1:
            raise damaged()
        return spellings[0]


def folded(name: str) -> str:
    """Return the name of a part as names are compared: xl\\Worksheets\\Sheet1.xml, /xl/…"""
    # openpyxl puts the folder before a target with a backslash in front, too.
    inside = name.replace("\\", "/").rpartition("//")[2]
    return posixpath.normpath(inside).lstrip("/").lower()


def _check_kind(package: Package) -> None:
    parts = package.infolist()
    if len(parts) > _MOST_PARTS:
        raise too_big()
    for name, kind in _KINDS:
        if name in package:
            raise UnreadableError(f"{kind}，读不了", SAVE_AGAIN)
    if "[Content_Types].xml" not in package:
        raise UnreadableError("这是压缩包，不是工作簿", "解开压缩包，把里面的表交来")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("工作簿加了密码，读不出来", "取消密码后再交")


def _most(name: str) -> tuple[int, int]:
    """Return how many bytes and tags a part may have."""
    name = folded(name)
    return next((_MOST[each] for each in _MOST if name.startswith(each)), _MOST_OTHERS)


def _check_directory(part: zipfile.ZipInfo) -> None:
    """Check what a part unpacks to; zipfile never unpacks more than the directory says."""
    size = part.file_size
    if size > _most(part.filename)[0]:
        raise too_big()
    if size > _TIGHT_FROM and size > part.compress_size * _TIGHTEST:
        raise too_big()


def check_xml(content: IO[bytes], most_tags: int) -> None:
    """Raise UnreadableError for XML with more than so many tags, or with what may unfold into more."""
    tags, stretch, tail = 0, 0, b""
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
            raise too_big()
        _check_words(tail + chunk)
        tail = chunk[-50:]


def _check_words(content: bytes) -> None:
    if b"<!DOCTYPE" in content:
        problem = "工作簿里有 Excel 和 WPS 不会写的内容（XML 实体），为防攻击没有读"
        raise UnreadableError(problem, SAVE_AGAIN)
    # openpyxl finds no cells in these, and says nothing.
    if b"http://purl.oclc.org/ooxml/spreadsheetml" in content:
        raise UnreadableError("这是“Strict Open XML”工作簿，读不了", SAVE_AGAIN)
