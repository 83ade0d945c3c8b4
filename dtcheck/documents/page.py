"""The pages of a document: size, margins, page numbers, and pages that lie."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Length, Mm, Pt

from dtcheck.documents.looks import A4, BOTTOM, FOOTER, LEFT, RIGHT, TOP
from dtcheck.documents.parts import page_number_xml


def set_up_page(document: Document) -> None:
    """Lay out the only section of an empty document by the standard."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in A4)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(FOOTER)
    _put_number(section.footer, odd=True)
    _put_number(section.even_page_footer, odd=False)


def _put_number(footer: _BaseHeaderFooter, *, odd: bool) -> None:
    footer.is_linked_to_previous = False
    [first] = footer.paragraphs
    first._element.addnext(parse_xml(page_number_xml(odd=odd)))
    first._element.getparent().remove(first._element)


def lay_pages(document: Document) -> None:
    """Start a section of lying pages, with the headers and footers of the one before.

    The page is turned left: its left edge becomes the upper one.
    """
    standing = document.sections[-1]
    if standing.orientation == WD_ORIENT.LANDSCAPE:
        return
    width, height = standing.page_width, standing.page_height
    margins = (
        standing.left_margin, standing.top_margin, standing.right_margin, standing.bottom_margin,
    )  # fmt: skip
    lying = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that ends the standing pages, which must not be one page more.
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    lying.orientation = WD_ORIENT.LANDSCAPE
    lying.page_width, lying.page_height = height, width
    lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin = margins
    # The page number keeps its distance from the type area.
    bottom, right = margins[3] or 0, margins[2] or 0
    lying.footer_distance = Length(max((standing.footer_distance or 0) - bottom + right, Mm(7)))


def text_width(section: Section) -> Length:
    """Return the width of the type area; A4 where the section names no size."""
    width = section.page_width or Mm(A4[0])
    return Length(width - (section.left_margin or Mm(LEFT)) - (section.right_margin or Mm(RIGHT)))
