"""Word documents in the form of official papers (公文): what one consists of, and how it is laid out.

A document is a list of blocks (``blocks``); what they say is no matter here. No other room writes with
python-docx, which is imported where a document is written.
"""

from __future__ import annotations

from dtcheck.documents.blocks import (
    AnnexList,
    AnnexTitle,
    Band,
    Block,
    Cell,
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
from dtcheck.documents.properties import Properties, Template, TemplateError, Written

__all__ = [
    "AnnexList",
    "AnnexTitle",
    "Band",
    "Block",
    "Cell",
    "Grid",
    "Heading",
    "Landscape",
    "Masthead",
    "Opening",
    "Paragraph",
    "Properties",
    "Remarks",
    "Signature",
    "Template",
    "TemplateError",
    "Title",
    "Written",
]
