"""The text of a Word document (.docx), by python-docx."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from dtcheck.workreport.refusals import AS_TEXT, ReportError, too_large

# A text box is written twice, the second time for old readers.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# An unpacked document is some tens of times its size; a report is text.
_MOST_UNPACKED = 100_000_000
_MOST_PARTS = 5_000
# What python-docx and its parser make of a stranger's file.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    OSError,
    EOFError,
    SyntaxError,
)


def document_text(raw: bytes, path: str) -> str:
    """Return the paragraphs of a Word document (.docx)."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names, size = package.namelist(), sum(each.file_size for each in package.infolist())
    except _BROKEN:
        raise ReportError(f"{path} 不完整或已损坏：在 Word 或 WPS 中打开，{AS_TEXT}") from None
    if "word/document.xml" not in names:
        raise ReportError(f"{path} {_other_package(names)}")
    if size > _MOST_UNPACKED or len(names) > _MOST_PARTS:
        raise too_large(path)
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        return "\n".join(_paragraphs(Document(io.BytesIO(raw))))
    except (*_BROKEN, OpcError):
        raise ReportError(
            f"{path} 是 Word 文档，但内容不完整或已损坏：在 Word 或 WPS 中打开，{AS_TEXT}"
        ) from None


def _other_package(names: list[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return f"是表格（.xlsx），不是报告：把报告的正文{AS_TEXT}"
    if any(name.startswith("ppt/") for name in names):
        return f"是演示文稿，不是报告：把报告的正文{AS_TEXT}"
    if "content.xml" in names:
        return f"是 OpenDocument 文档（.odt）：在 Word 或 WPS 中打开，{AS_TEXT}"
    return "是压缩包：先解压，再用其中的报告"


def _paragraphs(document: object) -> Iterator[str]:
    """Yield every paragraph, in tables and content controls too, with what was put in as a change."""
    from docx.oxml.ns import qn

    text, line, moved, box = (qn(f"w:{each}") for each in ("t", "br", "moveFrom", "txbxContent"))
    for paragraph in document.element.body.iter(qn("w:p")):  # type: ignore[attr-defined]
        if any(each.tag == _FALLBACK for each in paragraph.iterancestors()):
            continue
        # The paragraphs of a text box come by themselves.
        others = {moved, box} if next(paragraph.iter(box), None) is not None else {moved}
        words: list[str] = []
        for node in paragraph.iter(text, line):
            above = {each.tag for each in node.iterancestors()}
            within = {each.tag for each in paragraph.iterancestors()}
            if not (above - within) & others:
                words.append((node.text or "") if node.tag == text else "\n")
        yield "".join(words)
