"""From the rows of a form to entries in the ledger, with a finding for what is not entered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from operator import itemgetter

from dtcheck.actuals.actual import Actual, Handed
from dtcheck.actuals.ledger import Ledger
from dtcheck.actuals.outline import has_clear_figure, has_figure, is_header
from dtcheck.actuals.repeats import Tally
from dtcheck.cells.available import is_available
from dtcheck.cells.remarks import Remark
from dtcheck.headers.columns import HeaderReader
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Column, FigureColumn, Form
from dtcheck.headers.sources import Source, Surroundings, units_in_line
from dtcheck.mentions import Told
from dtcheck.patterns import regex
from dtcheck.periods import Period, PeriodError, parse_period
from dtcheck.rows.months import Dated, Dating
from dtcheck.rows.reader import Figure, RowReader, RowReading, Subject
from dtcheck.rows.surplus import Surplus
from dtcheck.rules import Finding, Level, Place, Rule
from dtcheck.rules.files import MISSING_COLUMN, NO_ROWS, NOTHING_READ
from dtcheck.rules.plausibility import (
    LEFT_OUT,
    MONTH_BESIDE,
    PERIOD_FROM,
    PERIOD_FROM_FOLDER,
    ROW_LEFT_OUT,
    UNIT_FROM,
)
from dtcheck.tables.table import Table, column_letters
from dtcheck.tables.text import Row

# Rows of a file that are remembered, so that a repeated one is only counted.
_MOST_SEEN = 50_000
_SECTION = regex(
    r"[（(]?[一二三四五六七八九十]{1,3}[、)）.]|[0-9]{1,2}[、.]|第[一二三四五六七八九十]+"
)


class FormEntries:
    """Enters the rows of one form of ``table``; what is said of them goes to ``findings``.

    ``around`` is what stands around the form. ``waiting`` are rows that name no period, though the
    form has a column for it: what the others name may hold for them.
    """

    def __init__(
        self,
        reader: RowReader,
        form: Form,
        table: Table,
        around: Surroundings,
        dating: Dating,
        year: int,
        ledger: Ledger,
        findings: list[Finding],
    ) -> None:
        self._reader = reader
        self._form = form
        self._table = table
        self._around = around
        self._dating = dating
        self._year = year
        self._ledger = ledger
        self._has_as_of = ledger.has_as_of
        self._findings = findings
        self._seen: dict[object, Tally] = {}
        self._waiting: list[tuple[Row, tuple[str, ...]]] = []
        self._named: set[str] = set()
        self._first_names: bool | None = None
        self._surplus = Surplus(form)
        self._any_row = False
        self._taken = False
        self._unexplained: Row | None = None
        self._said: set[object] = set()
        self._figure_columns = tuple(column.index for column in form.figures)

    def enter(self, rows: Iterator[Row], headers: HeaderReader) -> list[Row]:
        """Enter rows until the next header; return it, after the titles above it, or [] at the end."""
        form = self._form
        goal = form.columns.get(Field.GOAL)
        # A merged cell holds for all of its rows, except for figures: which row has it is a guess.
        besides = {*self._figure_columns, *((goal.index,) if goal else ())}
        compared, width = _getter(form.compared), max(form.compared) + 1
        since: list[Row] = []
        for row in rows:
            cells = row.filled(besides) if row.merged else row.cells
            # A short row must not look like a full one whose other columns were left out.
            key = compared(cells) if len(cells) >= width else (None, cells)
            # A plain row seen before needs no second reading: its figure is counted, that's all.
            if (tally := self._seen.get(key)) is not None:
                self._count_again(tally, row, cells)
            elif (subject := self._reader.subject(cells)) or any(map(str.strip, row.cells)):
                if not isinstance(subject, Subject) and self._is_header(cells, headers):
                    self._finish()
                    return [*since, row]
                self._any_row = True
                if self._row(row, cells, subject, key):
                    since.append(row)
                    continue
            since = []
        self._finish()
        return []

    def _is_header(self, cells: tuple[str, ...], headers: HeaderReader) -> bool:
        """Whether a row is a header again: of the next form, or of the next page of this one."""
        return bool(self._form.columns) and is_header(cells, headers)

    def _count_again(self, tally: Tally, row: Row, cells: tuple[str, ...]) -> None:
        if tally.count_again():
            tally.places.append(self._place(row, Field.ACTUAL))
        if self._form.notes and not (tally.actual.note and tally.actual.measures):
            tally.explain(self._reader.note(cells), self._reader.measures(cells))

    def _row(
        self, row: Row, cells: tuple[str, ...], subject: Subject | Remark | None, key: object
    ) -> bool:
        """Take one row; return whether it is part of the form's layout."""
        if self._goes_beyond(row):
            if isinstance(subject, Subject):
                self._ledger.meet(subject.target.code, Handed.FILLED, subject.bureau)
            return False
        written = self._reader.month_text(cells)
        if written is not None:
            names = is_available(written)
            if (self._first_names is None or not names) and has_figure(cells, self._form):
                self._first_names = names if self._first_names is None else self._first_names
                if not names:
                    self._waiting.append((row, cells))
                    return False
            self._named.add(written)
        reading = self._reader.read(cells, subject)
        if reading.is_layout:
            self._section(row)
        tally = self._enter(row, cells, reading)
        if tally is not None and len(self._seen) < _MOST_SEEN:
            self._seen[key] = tally
        return reading.is_layout

    def _goes_beyond(self, row: Row) -> bool:
        """Whether a row is refused for what stands right of the header.

        In a text it is a comma too many, which may have parted a figure; in a workbook it is passed
        over, and said once.
        """
        if row.line is not None:
            if remark := self._surplus.check(row):
                self._any_row = True
                self._say(remark, row, None, None)
            return remark is not None
        width = self._form.width
        at = next((at for at in range(width, len(row.cells)) if row.cells[at].strip()), None)
        if at is not None:
            message = f"表头右边（{column_letters(width)} 列起）的内容没有读"
            place = self._table.place(row, None, at)
            self._once(LEFT_OUT, message, "要检查的，补上表头；不必检查的不用管", place)
        return False

    def _section(self, row: Row) -> None:
        """A section's row may name the unit of those below it, until the next."""
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        units = next((found for cell in filled if (found := units_in_line(cell))), ())
        if units or (filled and _SECTION.match(filled[0])):
            self._reader.line = units or self._around.line

    def _enter(self, row: Row, cells: tuple[str, ...], reading: RowReading) -> Tally | None:
        """Enter what a row says; return the tally of its figure if that is all there is to say."""
        target = reading.target
        code = target.code if target else None
        if period := self._later_month(cells, reading):
            self._ledger.leave_out(period, self._place(row, Field.PERIOD), code)
            if code:
                self._ledger.meet(code, Handed.LATER, reading.bureau)
            self._taken = True
            return None
        is_plain = not reading.remarks and reading.assigned is None
        dated = Dated(None) if is_plain else self._row_date(cells, reading)
        for remark in reading.remarks:
            self._say(remark, row, None, code, None if reading.figures else dated.period)
        if target is None:
            self._explain(row, cells, reading)
            return None
        is_filled = bool(reading.figures) or any(map(_is_error, reading.remarks))
        handed = Handed.FILLED if is_filled else Handed.BLANK
        self._ledger.meet(target.code, handed, reading.bureau)
        is_refused = is_filled and not reading.figures and has_clear_figure(cells, self._form)
        if is_refused and dated.period and not dated.is_assumed:
            # Which of its columns counts is not known, of what month it is all the same.
            self._ledger.see(dated.period, self._table.filing.month or dated.period)
        if reading.assigned is not None:
            place = self._place(row, Field.GOAL)
            self._ledger.assign(target, reading.assigned, place, dated)
        tally = None
        for figure in reading.figures:
            tally = self._figure(row, reading, figure)
        self._explain(row, cells, reading)
        for column in reading.beside:
            self._once(
                MONTH_BESIDE,
                f"“{column.header}”旁边有累计数，按当月数看待，没有采用",
                f"“{column.header}”才是累计数的，用 --column 实际值={column.header} 指明",
                self._table.place(row, column.header, column.index),
            )
        return (
            tally
            if is_plain and len(reading.figures) == 1 and not reading.figures[0].remarks
            else None
        )

    def _later_month(self, cells: tuple[str, ...], reading: RowReading) -> Period | None:
        """Return the month of a row all of which lies after the month judged, whatever else it says."""
        if not self._has_as_of or reading.is_layout:
            return None
        dates = [figure.dated for figure in reading.figures] or [self._row_date(cells, reading)]
        months = [dated.period for dated in dates if dated.period]
        later = len(months) == len(dates) and all(map(self._ledger.is_later, months))
        return months[0] if later else None

    def _row_date(self, cells: tuple[str, ...], reading: RowReading) -> Dated:
        """Return the month of a row: of its last figure, or that which it would be of."""
        dates = [figure.dated for figure in reading.figures if figure.dated.period]
        if dates:
            return max(dates, key=lambda dated: str(dated.period))
        return self._dating.date(self._reader.month_text(cells) or "", None, is_wide=False)

    def _figure(self, row: Row, reading: RowReading, figure: Figure) -> Tally | None:
        target, dated = reading.target, figure.dated
        if target is None:
            return None
        period = dated.period
        if period is not None and self._ledger.is_later(period):
            self._ledger.leave_out(period, self._place(row, Field.PERIOD), target.code)
            self._taken = True
            return None
        said = [self._finding(each, row, figure.column, target.code) for each in figure.remarks]
        if figure.is_quantity and period is not None:
            where = self._table.place(row, figure.column.header, figure.column.index)
            self._ledger.give_way(target.code, period, figure.text, where, said)
        else:
            self._tell(said, target.code, period if figure.value is None else None)
        if period is None:
            return None
        if figure.is_readable and not dated.is_assumed:
            self._ledger.see(period, self._table.filing.month or period)
        if figure.value is None:
            return None
        self._taken = True
        self._say_sources(row, figure)
        place = self._table.place(row, figure.column.header, figure.column.index)
        actual = Actual(
            target.code,
            period,
            figure.value,
            figure.text,
            reading.unit,
            reading.bureau,
            reading.note,
            place,
            figure.bound,
            reading.measures,
        )
        by_lead = reading.by_lead
        if not is_available(reading.bureau) and place.filing.bureau:
            by_lead = place.filing.bureau == target.lead
        return self._ledger.add(
            actual,
            dated,
            by_lead=by_lead,
            delay=target.usual_delay(period.month),
            is_wide=figure.column.period is not None,
            is_quantity=figure.is_quantity,
        )

    def _tell(self, said: Sequence[Finding], code: str, period: Period | None) -> None:
        """Say what is to be said; of what keeps a figure of ``period`` from being used the ledger knows more."""
        for finding in said:
            if period is not None and finding.level is Level.ERROR:
                self._ledger.refuse(finding, code, period)
            else:
                self._findings.append(finding)

    def _say_sources(self, row: Row, figure: Figure) -> None:
        """Say once a form where month and unit were taken from, if not from the row."""
        source = figure.dated.source
        if source is not None and source.what != "表头":
            period = figure.dated.period
            where = source.what
            self._once(
                PERIOD_FROM_FOLDER if where.startswith("文件夹") else PERIOD_FROM,
                f"期间按 {period} 采用，取自{where}",
                "月份不对的，改正那一处，或者加“期间”列",
                self._table.place(),
            )
        if figure.by_line is not None:
            self._once(
                UNIT_FROM,
                f"单位按“{figure.by_line.text}”采用，取自表上的“单位：…”",
                "不对的，加“单位”列，或在指标名称后的括号里写明",
                self._table.place(row),
                figure.by_line.text,
            )

    def _once(self, rule: Rule, message: str, hint: str, place: Place, key: str = "") -> None:
        if (rule, key) not in self._said:
            self._said.add((rule, key))
            self._findings.append(Finding(rule, message, hint, place))

    def _say(
        self,
        remark: Remark,
        row: Row,
        column: FigureColumn | None,
        code: str | None,
        period: Period | None = None,
    ) -> None:
        """Say what is to be said of a row; ``period`` is the month that is left without its figure."""
        finding = self._finding(remark, row, column, code)
        if remark.rule is ROW_LEFT_OUT:
            self._ledger.take_out(finding)
        elif code is not None and remark.column != Field.GOAL:
            self._tell((finding,), code, period)
        else:
            self._findings.append(finding)

    def _finding(
        self, remark: Remark, row: Row, column: FigureColumn | None, code: str | None
    ) -> Finding:
        if remark.at is not None:
            column = next((each for each in self._form.figures if each.index == remark.at), None)
        place = self._place(row, remark.column, column)
        at = self._cell(remark.column, column)[0]
        seen = (
            "（隐藏的行）"
            if row.hidden
            else "（隐藏的列）"
            if at in self._table.hidden_columns
            else ""
        )
        message = remark.message + seen
        of_many = remark.of_many and (remark.of_many[0] + seen, remark.of_many[1])
        return Finding(
            remark.rule, message, remark.hint, place, code, graded=remark.level, of_many=of_many
        )

    def _explain(self, row: Row, cells: tuple[str, ...], reading: RowReading) -> None:
        """Note a row whose figures nobody took, and of which no error says why."""
        if self._taken or reading.is_layout or not has_figure(cells, self._form):
            return
        remarks = [*reading.remarks, *(each for one in reading.figures for each in one.remarks)]
        if not any(_is_error(each) or each.rule is ROW_LEFT_OUT for each in remarks):
            self._unexplained = self._unexplained or row

    def _finish(self) -> None:
        """Enter the rows that waited for what the others say, and say what was read of the form."""
        self._date_waiting()
        for row, cells in self._waiting:
            self._enter(row, cells, self._reader.read(cells, self._reader.subject(cells)))
        if not self._any_row:
            place = self._table.place()
            self._findings.append(Finding(NO_ROWS, "只有表头，没有数据", "填上数据再交", place))
        elif not self._taken and self._reader.had_words:
            message = "表头缺少“实际值”列：“完成情况”里写的是文字"
            hint = "加一列“实际值”填数；文字留在“完成情况”或“备注”"
            self._findings.append(Finding(MISSING_COLUMN, message, hint, self._table.place()))
        elif not self._taken and self._unexplained is not None:
            heads = "、".join(f"“{name}”" for _, name in self._form.unknown[:5])
            other = f"（不认识的列：{heads}）" if heads else ""
            self._findings.append(
                Finding(
                    NOTHING_READ,
                    f"这张表填了数，却一个也没有采用{other}",
                    "累计数填在“实际值”或“累计”列；本地的表头用 --column 实际值=本地的表头 指明",
                    self._table.place(self._unexplained),
                )
            )

    def _date_waiting(self) -> None:
        """Let the only period that the rows name hold for those that name none."""
        if not self._waiting:
            return
        named: set[Period] = set()
        for written in self._named:
            with suppress(PeriodError):
                named.add(parse_period(written, self._year))
        others = any(source.told.period for source in self._around.sources)
        if len(named) == 1 and (self._first_names or not others):
            self._dating.table = Source("表中写了期间的行", Told(next(iter(named))))
        self._dating.column_is_empty = not any(map(is_available, self._named))
        self._dating.column_differs = len(named) > 1
        self._dating.forget()

    def _place(self, row: Row, column: str, figure: FigureColumn | None = None) -> Place:
        """Return the place of a field's cell; of the row where no field is named."""
        at, header = self._cell(column, figure)
        return self._table.place(row, header, at)

    def _cell(
        self, column: str, figure: FigureColumn | None = None
    ) -> tuple[int | None, str | None]:
        """Return the index and the header of a field's column, or of the ``figure``'s.

        A form without a unit column has its units in the header of the figures, or nowhere.
        """
        found: Column | FigureColumn | None = (
            self._form.columns.get(Field(column)) if column else None
        )
        if column == Field.NOTE:
            found = next(iter(self._form.reasons), None)
        if found is None and column in (Field.ACTUAL, Field.UNIT):
            found = figure or next(iter(self._form.ours), None)
        return (found.index, found.header) if found else (None, column or None)


def _is_error(remark: Remark) -> bool:
    return (remark.level or remark.rule.level) is Level.ERROR


def _getter(indices: tuple[int, ...]) -> itemgetter[object]:
    return itemgetter(*indices)
