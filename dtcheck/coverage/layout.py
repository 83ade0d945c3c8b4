"""Figures that are layout: marks of lists and headings, and footnotes."""

from __future__ import annotations

import re

from dtcheck.workreport.figures import Figure
from dtcheck.workreport.report import ReportText

LAYOUT = "版面"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
# (一) 1. 一是 第一, at the start of a sentence or an item.
_BEFORE_MARK = re.compile(r"(?:^|[\n。;:!?,、)])[(（]?$")
_AFTER_MARK = re.compile(r"\)|[.、](?![0-9])|[是要](?!点|素|求)|,|[.]$")
_MOST = 40
_ENCLOSED = (("[", "]"), ("〔", "〕"), ("(", ")"))


def is_layout(report: ReportText, figure: Figure) -> bool:
    """Whether a figure is part of how the text is laid out, so that nobody has to answer for it."""
    text = report.text
    before, after = text[max(0, figure.start - 2) : figure.start], text[figure.end : figure.end + 3]
    if figure.word is not None:
        return False
    if (before[-1:], after[:1]) in _ENCLOSED and figure.unit is None:
        return before[-1:] != "(" or _is_small(figure)
    if figure.digits and _is_line_of_its_own(text, figure):
        return True
    return bool(_BEFORE_MARK.search(before)) and _is_mark(figure, after)


def _is_line_of_its_own(text: str, figure: Figure) -> bool:
    """Whether a line is nothing but a number, as pages and pasted tables have: 3, 附件1."""
    start = text.rfind("\n", 0, figure.start) + 1
    end = text.find("\n", figure.end)
    line = text[start : end if end >= 0 else len(text)]
    return figure.unit is None and re.fullmatch("(?:附件|附表)?[0-9]{1,4}", line) is not None


def _is_small(figure: Figure) -> bool:
    return figure.value is not None and figure.value.denominator == 1 and figure.value < _MOST


def _is_mark(figure: Figure, after: str) -> bool:
    mark = figure.digits or re.fullmatch(f"第?{_NUMERAL}", figure.text)
    return bool(_is_small(figure) and mark and figure.unit is None and _AFTER_MARK.match(after))
