"""openpyxl on the standard library's XML parser, whatever else is installed.

openpyxl takes lxml where it finds it, and python-docx brings lxml along. What reads the files of
strangers must not change with that, nor wait for lxml to load, which openpyxl imports before it
asks whether it is wanted. Whoever needs openpyxl imports this module before it. Where somebody
else has imported openpyxl already, theirs stays as it is.
"""

from __future__ import annotations

import sys

_LXML = "lxml.etree"


def _import_openpyxl() -> None:
    hidden = sys.modules.get(_LXML)
    # A module that is None can't be imported: to openpyxl lxml isn't there.
    sys.modules[_LXML] = None  # type: ignore[assignment]
    try:
        import openpyxl  # noqa: F401
    finally:
        del sys.modules[_LXML]
        if hidden is not None:
            sys.modules[_LXML] = hidden


_import_openpyxl()
