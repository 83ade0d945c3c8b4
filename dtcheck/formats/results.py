"""Figures that somebody found, as a submission that ``verify`` reads: a row each, dated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from dtcheck.formats.content import clean
from dtcheck.formulas import as_text
from dtcheck.periods import Period
from dtcheck.targets import Target

# Headers that submissions are read by (design §4).
_HEADS = ("编号", "指标", "实际值", "单位", "期间", "备注")


class Row(NamedTuple):
    """A figure of a target as it is written, what it is counted in, and where it is from."""

    target: Target
    written: str
    unit: str
    note: str


def as_csv(rows: Iterable[Row], period: Period) -> bytes:
    """Return the bytes of a CSV, with a mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_HEADS)
    for target, written, unit, note in rows:
        # In words: a spreadsheet makes a date of 2024-12.
        cells = (target.code, target.name, written, unit, period.words, note)
        table.writerow([as_text(clean(each)) for each in cells])
    return text.getvalue().encode("utf-8-sig")
