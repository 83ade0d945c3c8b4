"""Writing blocks as a Word file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph
from wcwidth import wcswidth

from dtcheck.documents.blocks import (
    AnnexList,
    AnnexTitle,
    Block,
    Grid,
    Heading,
    Landscape,
    Masthead,
    Opening,
    Paragraph,
    Remarks,
    Signature,
    Title,
)
from dtcheck.documents.grids import grid_xml
from dtcheck.documents.looks import LINE, RED, SIZE_2, SIZE_3, Part
from dtcheck.documents.page import lay_pages, set_up_page, text_width
from dtcheck.documents.parts import NAMESPACE, blank_package, repacked, twips
from dtcheck.documents.properties import Properties, Template, TemplateError, Written
from dtcheck.documents.stylebook import StyleBook

_WORD_ENDS = "年月日》）的，"
# A page of styles and a logo: more is no template.
_MOST_BYTES = 50_000_000
# What python-docx and its parser raise on files that aren't as they should be.
_DAMAGE = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, OpcError, RuntimeError,
           SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error)  # fmt: skip
_PARTS = {
    Title: Part.TITLE,
    Opening: Part.OPENING,
    Heading: Part.HEADING_1,
    Paragraph: Part.BODY,
    Remarks: Part.REMARK,
}


def write_document(
    blocks: Iterable[Block], properties: Properties, template: Template | None = None
) -> Written:
    """Return the blocks as a Word file, in the styles of ``template`` or those of GB/T 9704.

    Same input, same bytes. Raises TemplateError.
    """
    document = _open(template) if template else _blank()
    writer = _Writer(document, StyleBook(document, is_template=template is not None))
    for block in blocks:
        writer.put(block)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = properties.title, properties.author, ""
    core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = properties.when
    core.revision = 1
    target = io.BytesIO()
    document.save(target)
    return Written(repacked(target.getvalue()), tuple(writer.styles.missing))


def _blank() -> Document:
    document = docx.Document(io.BytesIO(blank_package()))
    set_up_page(document)
    return document


def _open(template: Template) -> Document:
    """Return an office's document without its text, but with its styles, headers and footers."""
    try:
        with zipfile.ZipFile(io.BytesIO(template.content)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_BYTES:
                raise TemplateError(f"{template.name} 太大，不像一份模板")
        document = docx.Document(io.BytesIO(template.content))
        body = document.element.body
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)
        if not document.sections:
            body.append(OxmlElement("w:sectPr"))
        # Read now what would fail later.
        list(document.styles), text_width(document.sections[-1])
    except _DAMAGE:
        problem = f"{template.name} 不是能用的 Word 文件（.docx）"
        raise TemplateError(f"{problem}，在 Word 或 WPS 里另存为 .docx 再用") from None
    return document


class _Writer:
    """One document, block by block."""

    def __init__(self, document: Document, styles: StyleBook) -> None:
        self.document = document
        self.styles = styles
        self._after_masthead = False

    def put(self, block: Block) -> None:
        """Append one block."""
        match block:
            case Masthead():
                self._masthead(block)
            case AnnexTitle():
                self._annex_title(block)
            case AnnexList():
                self._annex_list(block)
            case Signature():
                self._signature(block)
            case Landscape():
                lay_pages(self.document)
            case Grid():
                self._grid(block)
            case _:
                self._texts(block)
        self._after_masthead = isinstance(block, Masthead)

    def _texts(self, block: Title | Opening | Heading | Paragraph | Remarks) -> None:
        part = _PARTS[type(block)]
        if isinstance(block, Heading) and block.level > 1:
            part = Part.HEADING_2
        if isinstance(block, Paragraph) and block.is_dense:
            part = Part.DENSE
        if isinstance(block, Title):
            block = Title(_in_two(block.text, text_width(self.document.sections[-1]).pt))
        for text in block.texts if isinstance(block, Remarks) else (block.text,):
            paragraph = self._paragraph(text, part)
            if self._after_masthead and part is Part.TITLE:
                paragraph.paragraph_format.space_before = Pt(2 * LINE)

    def _annex_title(self, block: AnnexTitle) -> None:
        self._paragraph(block.label, Part.ANNEX).paragraph_format.page_break_before = True
        self._paragraph(block.title, Part.ANNEX_TITLE)

    def _paragraph(self, text: str, part: Part) -> DocxParagraph:
        paragraph = self.document.add_paragraph(style=self.styles.of(part))
        _say(paragraph, text)
        return paragraph

    def _masthead(self, block: Masthead) -> None:
        said = []
        if block.name:
            said.append(self._paragraph(block.name, Part.MASTHEAD))
            # A long name is made to fit on its line.
            wide = wcswidth(block.name) / 2
            room = text_width(self.document.sections[-1]).pt
            if wide * Part.MASTHEAD.look.size > room:
                said[0].runs[0].font.size = Pt(max(int(room / wide), SIZE_2))
        if block.issue:
            said.append(self._paragraph(block.issue, Part.ISSUE))
        if said:
            _underline(said[-1])

    def _annex_list(self, block: AnnexList) -> None:
        """附件：1. … with the names in line below each other."""
        names = block.names
        for at, name in enumerate(names):
            number = f"{at + 1}. " if len(names) > 1 else ""
            paragraph = self._paragraph(("" if at else "附件：") + number + name, Part.ANNEX_LIST)
            hang = (0 if at else 3) + len(number) / 2
            form = paragraph.paragraph_format
            form.left_indent = Pt((5 + len(number) / 2) * SIZE_3)
            form.first_line_indent = Pt(-hang * SIZE_3)
            if not at:
                form.space_before = Pt(LINE)

    def _signature(self, block: Signature) -> None:
        """Two characters from the right; the date starts two characters after the name."""
        sender, date = wcswidth(block.sender) / 2, wcswidth(block.date) / 2
        name_in, date_in = (2.0, sender - date) if sender >= date + 2 else (date + 4 - sender, 2.0)
        first = Part.SIGNATURE if block.sender else Part.DATE
        for text, part, indent in (
            (block.sender, Part.SIGNATURE, name_in if block.date else 2.0),
            (block.date, Part.DATE, date_in if block.sender else 2.0),
        ):
            if text:
                form = self._paragraph(text, part).paragraph_format
                form.right_indent = Pt(indent * SIZE_3)
                if part is first:
                    form.space_before = Pt(LINE)

    def _grid(self, grid: Grid) -> None:
        width = text_width(self.document.sections[-1])
        table = parse_xml(
            grid_xml(grid, twips(width.pt), lambda part: self.styles.of(part).style_id)
        )
        self.document.element.body._insert_tbl(table)


def _say(paragraph: DocxParagraph, text: str) -> None:
    run = paragraph.add_run(text)
    # Quotes and dashes, which both scripts have, are Chinese ones.
    run._element.get_or_add_rPr().append(parse_xml(f'<w:rFonts {NAMESPACE} w:hint="eastAsia"/>'))


def _in_two(title: str, room: float) -> str:
    """Return a title that is too long for a line, broken where a word ends, lines as even as can be."""
    fit = room / Part.TITLE.look.size * 2
    if wcswidth(title) <= fit:
        return title
    breaks = (at for at, mark in enumerate(title, 1) if mark in _WORD_ENDS)
    halves = [(title[:at], title[at:]) for at in breaks]
    best = min(halves, key=lambda each: max(map(wcswidth, each)), default=(title, ""))
    return "\n".join(best) if max(map(wcswidth, best)) <= fit else title


def _underline(paragraph: DocxParagraph) -> None:
    """Draw the red line that parts the head from the text."""
    line = f'<w:bottom w:val="single" w:sz="18" w:space="11" w:color="{RED}"/>'
    borders = parse_xml(f"<w:pBdr {NAMESPACE}>{line}</w:pBdr>")
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc")
