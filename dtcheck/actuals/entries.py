"""From the rows of a form to entries in the ledger, with a finding for what is not entered."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from dtcheck.actuals.fields import Field
from dtcheck.actuals.form import Form
from dtcheck.actuals.ledger import Actual, Ledger, Tally
from dtcheck.actuals.rows import RowReader
from dtcheck.periods import Period
from dtcheck.rules import Finding, Place
from dtcheck.rules.files import NO_ROWS
from dtcheck.tables.table import Table
from dtcheck.tables.text import Row

# Rows of a file that are remembered, so that a repeated one is only counted.
_MOST_SEEN = 50_000
_FIGURES = (Field.ACTUAL, Field.GOAL)


class FormEntries:
    """Enters the rows of one form of ``table``; what is said of them goes to ``findings``."""

    def __init__(
        self,
        reader: RowReader,
        form: Form,
        table: Table,
        ledger: Ledger,
        findings: list[Finding],
    ) -> None:
        self._reader = reader
        self._form = form
        self._table = table
        self._ledger = ledger
        self._findings = findings

    def enter(self, rows: Iterable[Row], as_of: Period | None) -> None:
        """Enter every row; those of periods after ``as_of`` are left out, and said."""
        form = self._form
        # A merged cell holds for all of its rows, except for figures: which row has it is a guess.
        figures = [form.columns[each].index for each in _FIGURES if each in form.columns]
        compared, width = itemgetter(*form.compared), form.width
        seen: dict[object, Tally] = {}
        any_row = False
        for row in rows:
            cells = row.filled(figures) if row.merged else row.cells
            # A short row must not look like a full one whose other columns were left out.
            key = compared(cells) if len(cells) >= width else (None, cells)
            # A plain row seen before needs no second reading: its figure is counted, that's all.
            if (tally := seen.get(key)) is not None:
                self._count_again(tally, row, cells)
            elif any(map(str.strip, row.cells)):
                any_row = True
                tally = self._enter(row, cells, as_of)
                if tally is not None and len(seen) < _MOST_SEEN:
                    seen[key] = tally
        if not any_row:
            place = self._table.place()
            self._findings.append(Finding(NO_ROWS, "只有表头，没有数据", "填上数据再交", place))

    def _count_again(self, tally: Tally, row: Row, cells: tuple[str, ...]) -> None:
        if tally.count_again():
            tally.places.append(self._place(row, Field.ACTUAL))
        if self._form.notes and not tally.actual.note:
            tally.explain(self._reader.note(cells))

    def _enter(self, row: Row, cells: tuple[str, ...], as_of: Period | None) -> Tally | None:
        """Enter what a row says; return the tally of its figure if that is all there is to say."""
        reading = self._reader.read(cells)
        target, period = reading.target, reading.period
        code = target.code if target else None
        if period is not None and as_of and period > as_of:
            at = self._place(row, Field.PERIOD)
            self._ledger.leave_out(period, as_of, at, code)
            return None
        for remark in reading.remarks:
            at = self._place(row, remark.column)
            self._findings.append(Finding(remark.rule, remark.message, remark.hint, at, code))
        if period is not None and not reading.assumed:
            self._ledger.see(period)
        if target is None or period is None:
            return None
        if reading.assigned is not None:
            self._ledger.assign(target, reading.assigned, self._place(row, Field.GOAL))
        if reading.value is None:
            return None
        actual = Actual(
            target.code,
            period,
            reading.value,
            reading.text,
            reading.unit,
            reading.bureau,
            self._reader.note(cells),
            self._place(row, Field.ACTUAL),
        )
        tally = self._ledger.add(actual)
        return None if reading.remarks or reading.assigned else tally

    def _place(self, row: Row, column: str) -> Place:
        """Return the place of a field's cell; of the row where no field is named.

        A form without a unit column has its units in the header of the figures, or nowhere.
        """
        columns = self._form.columns
        found = columns.get(Field(column)) if column else None
        if found is None and column == Field.UNIT:
            found = columns[Field.ACTUAL]
        if found is None:
            return self._table.place(row, column or None)
        return self._table.place(row, found.header, found.index)
