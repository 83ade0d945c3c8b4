"""Marked copies of submissions: their own cells, with what was found there and how they stand."""

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from dtcheck.marking.copy import MarkedCopy, is_replaceable, mark_copy

__all__ = ["MarkedCopy", "is_replaceable", "mark_copy"]
