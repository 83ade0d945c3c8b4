"""The seal of a marked copy: by it a copy that a clerk has mended is told from one that nobody touched."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from dtcheck.marking.source import ONLY_SHEET, Tables, cell_text
from dtcheck.patterns import regex
from dtcheck.tables.package import open_package
from dtcheck.tables.unreadable import UnreadableError
from dtcheck.workbooks import FAILURES

_NAME = "dtcheck"
_PART = "docProps/custom.xml"
_SEAL = regex(rb"seal:([0-9a-f]{64})")


def seal_of(tables: Tables) -> str:
    """Return what the cells of a submission come to, without marks: the same for it and its copy."""
    seen = sha256()
    for table, rows in tables():
        for row in rows:
            for column, text in enumerate(row.cells):
                if text := cell_text(text):
                    at = f"{table.sheet or ONLY_SHEET}\0{row.number}\0{column}\0{text}\0"
                    seen.update(at.encode("utf-8", "replace"))
    return seen.hexdigest()


def seal(book: Workbook, value: str) -> None:
    """Put a seal on a workbook, where other programs keep it at most until they save it."""
    properties: Any = book
    kept = properties.custom_doc_props
    if _NAME in [each.name for each in kept.props]:
        del kept[_NAME]
    kept.append(StringProperty(name=_NAME, value=f"seal:{value}"))


def is_untouched(content: bytes, tables: Tables) -> bool:
    """Whether a file is a marked copy as it was written."""
    try:
        found = _SEAL.search(open_package(io.BytesIO(content)).read(_PART))
        return found is not None and found[1].decode() == seal_of(tables)
    except (*FAILURES, UnreadableError):
        return False
