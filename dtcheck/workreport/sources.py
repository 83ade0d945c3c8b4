"""From the bytes of a report to its text: plain text, Word documents, pages saved from a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

_HTML = re.compile(
    rb"^\s*(?:<!doctype html|<html|<\?xml[^>]{0,100}>\s*<(?:!doctype )?html)", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
# What a page holds beside its words.
_HIDDEN = re.compile(
    r"<(script|style|head|noscript)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
# An unpacked document is some tens of times its size; a report is text.
_MOST_UNPACKED = 20_000_000
_STOPS = "。!?;:！？；：”）)"
_STARTS = re.compile(
    "(?:[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|第[一二三四五六七八九十]|[0-9]{1,2}[.、]|[—-]{2}|各位代表)"
)
_FEWEST_LINES, _LONGEST_LINE = 20, 60


def document_text(raw: bytes) -> str | None:
    """Return the paragraphs of a Word document (.docx), None where the bytes are none."""
    if not raw.startswith(b"PK"):
        return None
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if "word/document.xml" not in package.namelist():
                return None
            if sum(each.file_size for each in package.infolist()) > _MOST_UNPACKED:
                return None
        from docx import Document

        return "\n".join(_paragraphs(Document(io.BytesIO(raw))))
    except (zipfile.BadZipFile, KeyError, ValueError, ImportError):
        return None


def _paragraphs(document: object) -> Iterable[str]:
    from docx.table import Table

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                yield " ".join(cell.text for cell in row.cells)
        else:
            yield block.text


def page_encoding(raw: bytes) -> str | None:
    """Return the encoding that a saved page names."""
    found = _CHARSET.search(raw[:4000])
    return found[1].decode("ascii") if found else None


def is_page(raw: bytes) -> bool:
    """Whether the bytes are a page saved from a browser."""
    return bool(_HTML.match(raw[:1000].removeprefix(b"\xef\xbb\xbf")))


def page_text(text: str) -> str:
    """Return a page without scripts, styles and comments, its own line breaks being none."""
    bare = _HIDDEN.sub(" ", text)
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
