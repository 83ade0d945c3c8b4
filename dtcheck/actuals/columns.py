"""Recognising the header of a form: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dtcheck.actuals.fields import BRACKETS, HEADERS, PASSED_OVER, Field, bare, field_named
from dtcheck.actuals.form import Column, Form
from dtcheck.periods import Period, PeriodError, parse_period
from dtcheck.units import Unit, parse_unit, plain

# A header is looked for in as many columns; a form has a dozen.
_MOST_COLUMNS = 200
_LONGEST_HEADER = 100
# Forms of a run that are worth remembering: bureaus have a handful of kinds.
_MOST_FORMS = 500
# What may follow a period in the header of an actual column: 1-6月累计, 上半年完成.
_AFTER_PERIOD = frozenset(
    ("", "累计", "累计数", "完成", "完成数", "实际", "实际数", "累计实际值", *HEADERS[Field.ACTUAL])
)
# In brackets that tell how to fill in the column, not in what unit.
_INSTRUCTION = re.compile("[填数计期年月季口含值市报选必文注]|^$")
# Which of the figures a column holds, in the second row of a header.
_HEADING = re.compile("累计|本[月期季年]|当[月期季年]|上[月期年]|同[期比]")
_SPAN_SIGNS = re.compile("[-—–至~]|半年|季度|全年")


class HeaderReader:
    """Recognises headers for a year; ``renamed`` maps a form's own header to a field's.

    A column that the user named wins over one that only looks like the same field. A header met
    before in the run is not worked out again.
    """

    def __init__(self, year: int, renamed: Mapping[str, Field] | None = None) -> None:
        self._year = year
        self._renamed = {bare(header): field for header, field in (renamed or {}).items()}
        self._known: dict[tuple[str, ...], Form] = {}

    def score(self, cells: tuple[str, ...]) -> int:
        """Return how many different fields the cells name; a header names two at least."""
        return self.read(cells).score

    def read(self, cells: tuple[str, ...]) -> Form:
        """Return the form whose header ``cells`` is."""
        form = self._known.get(cells)
        if form is None:
            form = self._read(cells)
            if form.score > 1 and len(self._known) < _MOST_FORMS:
                self._known[cells] = form
        return form

    def _read(self, cells: tuple[str, ...]) -> Form:
        recognised = [
            column
            for index, cell in enumerate(cells[:_MOST_COLUMNS])
            if cell and (column := self._column(index, cell))
        ]
        if not recognised:
            return Form({}, (), found=_filled(cells))
        columns: dict[Field, Column] = {}
        duplicates: list[tuple[Column, Column]] = []
        passed_over: list[Column] = []
        for column in recognised:
            other = columns.get(column.field)
            if column.field is Field.NOTE:
                continue
            if other is None:
                columns[column.field] = column
            elif other.chosen == column.chosen:
                duplicates.append((other, column))
            else:
                kept, left = (other, column) if other.chosen else (column, other)
                columns[column.field] = kept
                passed_over.append(left)
        notes = tuple(column for column in recognised if column.field is Field.NOTE)
        unknown = [(column.index, column.header) for column in passed_over]
        unknown += _unknown(cells, {column.index for column in recognised})
        return Form(columns, notes, tuple(sorted(unknown)), tuple(duplicates), _filled(cells))

    def with_second_row(
        self, form: Form, top: tuple[str, ...], below: tuple[str, ...]
    ) -> Form | None:
        """Return the form of a header of two rows, as merged cells make it; None where it is one.

        ``below`` is a second row where it names nothing, but says more of the column of figures:
        实际值 over 本月 and 累计.
        """
        naming = [
            form.columns[each].index for each in (Field.CODE, Field.NAME) if each in form.columns
        ]
        own = {at: cell.strip() for at, cell in enumerate(below) if cell.strip() != _at(top, at)}
        figures = own.get(form.columns[Field.ACTUAL].index, "")
        if any(own.get(at) for at in naming) or not self._is_heading(figures):
            return None
        cells, group = [], ""
        for at in range(max(len(top), len(below))):
            group = _at(top, at) or group
            said = own.get(at, "")
            total = "累计" in said and self._names(said) is None and self._names(group)
            cells.append(group if total else said or _at(top, at))
        return self.read(tuple(cells))

    def _is_heading(self, text: str) -> bool:
        return bool(text) and (
            bare(text) in PASSED_OVER
            or self._names(text) is not None
            or _HEADING.search(text) is not None
        )

    def _names(self, text: str) -> Field | None:
        column = self._column(0, text)
        return column.field if column else None

    def _column(self, index: int, cell: str) -> Column | None:
        if not cell or len(cell) > _LONGEST_HEADER:
            return None
        header = cell.strip()
        renamed = self._renamed.get(bare(header))
        field = renamed or field_named(header)
        unit, period, unknown = self._defaults(plain(header))
        if field is None:
            field, period = self._period_header(header, period)
        if field is None:
            return None
        return Column(index, header, field, unit, period, unknown, renamed is not None)

    def _defaults(self, header: str) -> tuple[Unit | None, Period | None, str]:
        """Return the unit and the period in the header's brackets, and what may be a unit."""
        unit: Unit | None = None
        period: Period | None = None
        unknown = ""
        for inside in BRACKETS.findall(header):
            written = inside.removeprefix("单位").lstrip(":").strip()
            found_unit, found_period = parse_unit(written), self._period(written)
            unit, period = unit or found_unit, period or found_period
            if not (found_unit or found_period or _INSTRUCTION.search(written)):
                unknown = unknown or written
        return unit, period, "" if unit else unknown

    def _period_header(
        self, header: str, period: Period | None
    ) -> tuple[Field | None, Period | None]:
        """Recognise 1-6月累计 and 2024年6月完成值 as the actual of a period."""
        text = bare(header)
        for end in range(len(text), 1, -1):
            before, after = text[:end], text[end:]
            # A lone 6月 or 6月完成 may be June's own figure: only 累计 makes it cumulative.
            cumulative = "累计" in after or _SPAN_SIGNS.search(before)
            if cumulative and after in _AFTER_PERIOD and (found := self._period(before)):
                return Field.ACTUAL, found
        return None, period

    def _period(self, text: str) -> Period | None:
        if not text or not (text[-1] in "月年度末底份计" or "-" in text):
            return None
        try:
            return parse_period(text, self._year)
        except PeriodError:
            return None


def _unknown(cells: Iterable[str], recognised: set[int]) -> list[tuple[int, str]]:
    return [
        (index, cell.strip())
        for index, cell in enumerate(cells)
        if index not in recognised and cell.strip() and bare(cell) not in PASSED_OVER
    ]


def _filled(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells if cell.strip())


def _at(cells: tuple[str, ...], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""
