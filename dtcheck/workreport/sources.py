"""From the bytes of a report to its text: plain text, Word documents, pages saved from a browser."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from dtcheck.workreport.refusals import AS_TEXT, MAX_BYTES, ReportError, too_large

# A Word document or a page holds pictures and styles beside its text.
MOST_PACKED = 10_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(
    rb"^\s*(?:<!--|<!doctype html|<html|<head|<meta|<body|<\?xml[^>]{0,100}>\s*<(?:!doctype )?html)",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
# Of what a page names, those that can be: 8859-1 takes any bytes, and makes no Chinese of them.
_CHINESE = ("gb2312", "gbk", "gb18030", "big5", "big5-hkscs", "hz", "utf-16")
# What a page holds beside its words.
_HIDDEN = re.compile(r"<(?P<tag>script|style|head|noscript)\b|<!--", re.IGNORECASE)
_MARKUP = re.compile("<[^<>]{0,2000}>")
# How other files begin, and what to do with them.
_OTHERS = (
    (
        b"%PDF",
        f"是 PDF：用 WPS 或 Word 打开，{AS_TEXT}；也可以全选、复制，粘贴到记事本中存为 .txt",
    ),
    (b"{\\rtf", f"是 RTF 文档：用 Word 或 WPS 打开，{AS_TEXT}"),
    (
        b"MIME-Version:",
        "是 .mht 网页存档：在浏览器中另存为“网页，仅 HTML”，或把正文复制到 .txt 中再试",
    ),
    (
        b"From: <Saved by",
        "是 .mht 网页存档：在浏览器中另存为“网页，仅 HTML”，或把正文复制到 .txt 中再试",
    ),
    (b"\x89PNG", "是图片：先识别成文字，存为 .txt 再试"),
    (b"\xff\xd8\xff", "是图片：先识别成文字，存为 .txt 再试"),
    (b"Rar!", "是压缩包：先解压，再用其中的报告"),
    (b"7z\xbc\xaf", "是压缩包：先解压，再用其中的报告"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STOPS = "。!?;:！？；：”）)"
_STARTS = re.compile(
    "(?:[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|第[一二三四五六七八九十]|[0-9]{1,2}[.、]|[—-]{2}|各位代表)"
)
_FEWEST_LINES, _LONGEST_LINE = 20, 60


def text_of(raw: bytes, path: str) -> str:
    """Return the text of a report's bytes, whatever they are. Raises ReportError."""
    for start, said in _OTHERS:
        if raw.startswith(start):
            raise ReportError(f"{path} {said}")
    if raw.startswith(_OLE):
        raise ReportError(f"{path} {_old_office(raw)}")
    packed, page = raw.startswith(b"PK"), is_page(raw)
    if len(raw) > (MOST_PACKED if packed or page else MAX_BYTES):
        raise too_large(path)
    if packed:
        # Where it is wanted: no other command waits for what unpacks.
        from dtcheck.workreport.word_text import document_text

        text = document_text(raw, path)
    elif page:
        text = page_text(_decoded(raw, path))
        if len(_MARKUP.sub("", text)) > MAX_BYTES:
            raise too_large(path)
        return text
    else:
        text = joined(_decoded(raw, path))
    if len(text) > MAX_BYTES:
        raise too_large(path)
    return text


def _old_office(raw: bytes) -> str:
    """Say what a file of the old Office is; names in it are written in UTF-16."""
    held = {
        name: f"{name}".encode("utf-16-le") in raw
        for name in ("EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document")
    }
    if held["EncryptedPackage"]:
        return f"加了密码，打不开：在 Word 或 WPS 中去掉密码，{AS_TEXT}"
    if held["WordDocument"]:
        return f"是旧格式的 Word 文档（.doc 或 .wps）：在 Word 或 WPS 中打开，{AS_TEXT}"
    if held["Workbook"]:
        return f"是表格（.xls），不是报告：把报告的正文{AS_TEXT}"
    return f"是旧格式的 Office 文件：在 Word 或 WPS 中打开，{AS_TEXT}"


def is_page(raw: bytes) -> bool:
    """Whether the bytes are a page saved from a browser."""
    return bool(_HTML.match(_without_mark(raw[:1000])))


def _without_mark(raw: bytes) -> bytes:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw[: len(raw) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    return raw.removeprefix(codecs.BOM_UTF8)


def _decoded(raw: bytes, path: str) -> str:
    names = [name for bom, name in _BOMS if raw.startswith(bom)]
    for name in names or [*_without_a_mark(raw), "utf-8", *_named(raw), "gb18030", "big5"]:
        try:
            text = raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise ReportError(f"{path} 不是文本文件，在 Word 或 WPS 中另存为“纯文本（UTF-8）”再试")


def _without_a_mark(raw: bytes) -> Iterator[str]:
    """UTF-16 that doesn't say so: line breaks and digits have a zero byte beside them."""
    if len(raw) % 2 == 0 and b"\0" in raw:
        yield "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"


def _named(raw: bytes) -> list[str]:
    """Return the encoding that a saved page names, where it can be one; UTF-8 is tried anyway."""
    found = _CHARSET.search(raw[:4000])
    name = found[1].decode("ascii").lower() if found else ""
    return [name] if name in _CHINESE else []


def page_text(text: str) -> str:
    """Return a page without scripts, styles and comments, its own line breaks being none."""
    shown: list[str] = []
    start, lowered = 0, text.lower()
    never_closed: set[str] = set()
    for hidden in _HIDDEN.finditer(text):
        closing = f"</{hidden['tag'].lower()}" if hidden["tag"] else "-->"
        if hidden.start() < start or closing in never_closed:
            continue
        end = lowered.find(closing, hidden.end())
        if end < 0:
            # What is never closed hides nothing: the rest would be lost without a word.
            never_closed.add(closing)
            continue
        shown += [text[start : hidden.start()], " "]
        start = lowered.find(">", end) + 1 or len(text)
    bare = "".join([*shown, text[start:]])
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", "", bare)


def joined(text: str) -> str:
    """Return text with the line breaks taken out that a PDF has in mid-sentence, where it has them."""
    lines = [line.strip() for line in text.splitlines()]
    filled = [line for line in lines if line]
    if len(filled) < _FEWEST_LINES:
        return text
    open_ended = [line for line in filled if line[-1] not in _STOPS]
    width = sorted(map(len, filled))[len(filled) * 9 // 10]
    if len(open_ended) * 10 < len(filled) * 6 or not 15 <= width <= _LONGEST_LINE:
        return text
    result: list[str] = []
    before = ""
    for line in lines:
        goes_on = before and before[-1] not in _STOPS and len(before) >= width * 8 // 10
        if goes_on and line and not _STARTS.match(line):
            result[-1] += line
        else:
            result.append(line)
        before = line
    return "\n".join(result)
