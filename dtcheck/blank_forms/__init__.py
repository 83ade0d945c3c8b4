"""Forms to fill in: the targets of a bureau with an empty cell for each actual.

A form is a ``BlankForm`` of plain texts; each kind of file is a module that turns it into bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtcheck.blank_forms.form import BlankForm, Line, build_form

FORM_FILES = {"csv": "dtcheck.blank_forms.csv", "xlsx": "dtcheck.blank_forms.xlsx"}

__all__ = ["FORM_FILES", "BlankForm", "Line", "build_form", "write_form"]


def write_form(kind: str, form: BlankForm) -> bytes:
    """Return ``form`` as a file of a kind in ``FORM_FILES``, whose library is imported here."""
    writing: Callable[[BlankForm], bytes] = import_module(FORM_FILES[kind]).write
    return writing(form)
