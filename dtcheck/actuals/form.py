"""A recognised header: which column holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dtcheck.actuals.fields import Field
from dtcheck.periods import Period
from dtcheck.units import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """One recognised column; ``unit`` and ``period`` are the defaults its header gives.

    ``unknown_unit`` is what stands in its brackets and may be a unit, but is none that is known.
    ``chosen``: the user said what this header means.
    """

    index: int
    header: str
    field: Field
    unit: Unit | None = None
    period: Period | None = None
    unknown_unit: str = ""
    chosen: bool = False


class Form(NamedTuple):
    """A recognised header: the columns by field, and what was odd about it."""

    columns: Mapping[Field, Column]
    notes: tuple[Column, ...]
    unknown: tuple[tuple[int, str], ...] = ()
    duplicates: tuple[tuple[Column, Column], ...] = ()
    found: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """How many different fields the header names; two at least make a header."""
        return len(self.columns) + bool(self.notes)

    @property
    def compared(self) -> tuple[int, ...]:
        """The columns that decide what a row says; rows alike in them are repeats."""
        return tuple(column.index for column in self.columns.values())

    @property
    def width(self) -> int:
        """How many cells a row needs to have all of them."""
        return max(self.compared) + 1

    @property
    def missing(self) -> tuple[str, ...]:
        """The needed columns that are not there, in words."""
        lacks = []
        if Field.CODE not in self.columns and Field.NAME not in self.columns:
            lacks.append("“编号”或“指标”")
        if Field.ACTUAL not in self.columns:
            lacks.append("“实际值”")
        return tuple(lacks)
