"""A form as CSV: UTF-8 with a mark, by which Excel knows it."""

from __future__ import annotations

import csv
import io

from dtcheck.blank_forms.form import BlankForm
from dtcheck.formulas import as_text


def write(form: BlankForm) -> bytes:
    """Return the bytes of the file."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(form.heads)
    for line in form.lines:
        rows.writerow(map(as_text, line.texts(form.heads)))
    return text.getvalue().encode("utf-8-sig")
