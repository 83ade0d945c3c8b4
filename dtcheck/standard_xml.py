"""openpyxl on the standard library's XML parser, whatever else is installed.

openpyxl takes lxml where it finds it, and python-docx brings lxml along. What reads the files of
strangers must not change with that, nor wait for lxml to load, which openpyxl imports before it
asks whether it is wanted. Whoever needs openpyxl imports this module before it. Where somebody
else has imported openpyxl already, theirs stays as it is.
"""

from __future__ import annotations

import sys

_LXML = ("lxml", "lxml.etree")


def _import_openpyxl() -> None:
    held = {name: sys.modules.pop(name) for name in _LXML if name in sys.modules}
    # A module that is None can't be imported: to openpyxl lxml isn't there.
    sys.modules.update(dict.fromkeys(_LXML))  # type: ignore[arg-type]
    try:
        import openpyxl  # noqa: F401
    finally:
        for name in _LXML:
            del sys.modules[name]
        sys.modules.update(held)


_import_openpyxl()
