"""The guard against spreadsheet formulas: a text in a CSV or a workbook stays a text (design §8)."""

from __future__ import annotations

from dtcheck.patterns import regex

# Excel and WPS in Chinese take the full-width signs for formulas, too.
_SIGNS = frozenset("=+-@＝＋－＠")
_NUMBER = regex(r"\s*[-+－＋](\d+|\d{1,3}([,，]\d{3})+)([.．]\d+)?[%％]?\s*")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take ``text`` for a formula; a number such as -3.2% is none.

    What a spreadsheet may drop on the way in (blanks, tabs, line breaks, invisible characters)
    hides no sign.
    """
    first = next((mark for mark in text if mark.isprintable() and not mark.isspace()), "")
    return first in _SIGNS and not _NUMBER.fullmatch(text)


def as_text(text: str) -> str:
    """Return ``text`` as a CSV cell that no spreadsheet runs: what could be a formula gets a ``'``."""
    return "'" + text if is_formula(text) else text
