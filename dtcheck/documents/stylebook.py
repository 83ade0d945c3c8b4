"""Which style of a document stands for which part: the office's own, else ours, added."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.styles.style import ParagraphStyle

from dtcheck.documents.looks import SHOWN, Part
from dtcheck.documents.parts import style_xml


class StyleBook:
    """The styles of one document; ``missing`` are those that a template lacks, in order of use."""

    def __init__(self, document: Document, *, is_template: bool) -> None:
        self._document = document
        self._is_template = is_template
        self._found: dict[Part, ParagraphStyle] = {}
        self.missing: list[str] = []

    def of(self, part: Part) -> ParagraphStyle:
        """Return the style for a part."""
        if part not in self._found:
            self._found[part] = self._find(part) or self._add(part)
        return self._found[part]

    def _find(self, part: Part) -> ParagraphStyle | None:
        if not self._is_template:
            return None
        known = self._by_name()
        return next((known[name] for name in part.names if name in known), None)

    def _by_name(self) -> dict[str, ParagraphStyle]:
        # By the names in the file: what python-docx calls Heading 1 is heading 1 there.
        return {
            style.element.name_val: style
            for style in self._document.styles
            if style.type == WD_STYLE_TYPE.PARAGRAPH and isinstance(style, ParagraphStyle)
        }

    def _add(self, part: Part) -> ParagraphStyle:
        name = part.names[0]
        if self._is_template:
            self.missing.append(SHOWN.get(name, name))
        self._document.styles.element.append(parse_xml(style_xml(part, name, namespace=True)))
        return self._by_name()[name]
