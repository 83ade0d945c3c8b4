"""What a file is by how it begins, whatever its name says: pages, scans, archives, locked files."""

from __future__ import annotations

import codecs
import os
import re

from dtcheck.patterns import regex
from dtcheck.tables.unreadable import UnreadableError

# So much of a file tells what it is.
HEAD = 65_536
_AGAIN = "用 Excel 或 WPS 打开，另存为 .xlsx 或“CSV UTF-8”再交"
NO_FORM = ("这是网页或 XML，不是报数表（有的系统导出的 .xls 是这样）", _AGAIN)
_ORIGINAL = "请报数单位交原表（.xlsx 或 .csv）"
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".xltx"})
# What programs that lock all the files of an office put at their start.
_LOCKS = (b"b\x14#e", b"%TSD-Header", b"<## NASCA DRM FILE", b"DRMONE", b"SCDSA00")
_LOCK_WITHIN = regex(rb"E\0?-\0?S\0?a\0?f\0?e\0?N\0?e\0?t")
_CONTROL = regex(rb"[\x00-\x08\x0e-\x1f]")
_BINARY = (
    (b"%PDF", "这是 PDF，不是报数表", _ORIGINAL),
    (b"\x89PNG", "这是图片，不是报数表", _ORIGINAL),
    (b"\xff\xd8\xff", "这是图片，不是报数表", _ORIGINAL),
    (b"GIF8", "这是图片，不是报数表", _ORIGINAL),
    (b"Rar!", "这是压缩包，不是报数表", "解开压缩包，把里面的表交来"),
    (b"7z\xbc\xaf\x27\x1c", "这是压缩包，不是报数表", "解开压缩包，把里面的表交来"),
    (b"\x1f\x8b", "这是压缩包，不是报数表", "解开压缩包，把里面的表交来"),
    (b"{\\rtf", "这是 RTF 文档，不是报数表", _ORIGINAL),
    # As the programs of many systems write it: records without the container around them.
    *(
        (bof, "这是很早的一种工作簿（Excel 4 以前，有的系统还在导出），读不了", _AGAIN)
        for bof in (
            b"\x09\x08\x08\0",
            b"\x09\x08\x10\0",
            b"\x09\x04\x06\0",
            b"\x09\x02\x06\0",
            b"\x09\0\x04\0",
        )
    ),
)
# A tag, a declaration or a comment, and not <注>.
_TAG = regex(r"<(?:[a-z][a-z0-9:-]{0,20}(?:[\s>]|/>)|[!?/][a-z\[-])", re.IGNORECASE)
# What Excel calls its elements in a workbook that is one piece of XML.
XML_BOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_XML_BOOK = regex(rf"<(?:[\w.-]+:)?Workbook\s[^>]*{XML_BOOK}")
_JSON = regex(r'[{\[]\s*["{\[]')
_MAIL = regex(r"[a-z][a-z-]{1,40}:.{0,4096}^mime-version:|mime-version:",
                   re.IGNORECASE | re.DOTALL | re.MULTILINE)  # fmt: skip
_OLD = (
    (regex(r"ID;P[A-Z0-9;]*\s*\r?\n[A-Z]{1,2};"), "SYLK（.slk）"),
    (regex(r"TABLE\r?\n0,1\r?\n"), "DIF（.dif）"),
)


def refuse_other_kinds(head: bytes, path: str) -> None:
    """Raise UnreadableError for what systems and offices hand over as a table, and is none.

    ``head`` is how the file at ``path`` begins, ``HEAD`` bytes of it. Pages and XML may hold a table.
    """
    if head.startswith(_LOCKS) or _is_locked_within(head[:1024]):
        hint = "请报数单位先解密，或走“外发”流程导出明文，再交"
        raise UnreadableError("这是加密软件（如亿赛通）加过密的文件，读不出内容", hint)
    for magic, message, hint in _BINARY:
        if head.startswith(magic):
            raise UnreadableError(message, hint)
    if is_markup(head):
        return
    if (text := _as_text(head))[:1].isascii():
        _refuse_exports(text)
    _refuse_scrambled(head, os.path.splitext(path)[1].lower())  # noqa: PTH122 - a str


def _refuse_exports(text: str) -> None:
    """Refuse what other programs write as text; all of it begins with a character of ASCII."""
    if _MAIL.match(text):
        message = "这是网页存档（.mht）或邮件，不是报数表（有的系统导出的 .xls 是这样）"
        raise UnreadableError(message, _AGAIN)
    if _JSON.match(text):
        raise UnreadableError("这是 JSON 数据，不是报数表（多半是导出时出错留下的）", _ORIGINAL)
    for pattern, kind in _OLD:
        if pattern.match(text):
            raise UnreadableError(f"这是 {kind} 格式的表，读不了", _AGAIN)


def is_markup(head: bytes) -> bool:
    """Whether a file that begins so is a page or XML."""
    text = _as_text(head)
    return text[:1] == "<" and bool(_TAG.match(text))


def is_xmlbook(text: str) -> bool:
    """Whether a piece of XML is a workbook."""
    return bool(_XML_BOOK.search(text[:HEAD]))


def _is_locked_within(head: bytes) -> bool:
    """Whether the name of the lock stands among bytes that are no text; a note may mention it."""
    return bool(_CONTROL.search(head) and _LOCK_WITHIN.search(head))


def _as_text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", "ignore")
    else:
        # Only marks of ASCII are looked for; the zero bytes are those of UTF-16 without a mark.
        text = head.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").decode("latin-1")
    return text.lstrip("\ufeff\xef\xbb\xbf \t\r\n\f\v\xa0")


def _refuse_scrambled(head: bytes, suffix: str) -> None:
    """Say of a workbook by name that is neither one nor a text what it probably is."""
    if suffix not in _WORKBOOKS or not head:
        return
    if not head.strip(b"\0"):
        hint = "重新导出或重新传一次"
        raise UnreadableError("文件里全是空字节，多半没有传完、没有存好", hint)
    # UTF-16 is full of zero bytes, what is scrambled is not.
    if head.count(0) > 1 + len(head) // 100 or any(_decodes(head, n) for n in ("utf-8", "gb18030")):
        return
    raise UnreadableError(
        f"名为 {suffix}，内容却不是工作簿，也不是文字：多半被加密软件（如亿赛通）加过密，或者没有传完",
        "请报数单位先解密（或走“外发”流程）再交；没有加密的，重新导出、重新传一次",
    )


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
