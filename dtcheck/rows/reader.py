"""From the cells of a row to what they say: a target, its figures, and remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from dtcheck.cells.actual import Bound, Value, read_actual
from dtcheck.cells.assigned import read_assigned
from dtcheck.cells.available import is_available
from dtcheck.cells.bounds import Limits, limits_of
from dtcheck.cells.remarks import Remark, shorten
from dtcheck.cells.units import Written
from dtcheck.headers.classes import ColumnClass, class_of_row
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Column, FigureColumn, Form
from dtcheck.patterns import regex
from dtcheck.periods import Period, PeriodError, parse_period
from dtcheck.rows.choice import Choice, choose, no_figure, two_columns, wrong_figure
from dtcheck.rows.layout import is_layout_row
from dtcheck.rows.lookup import TargetLookup
from dtcheck.rows.months import Dated, Dating
from dtcheck.rows.notes import note_of_another_month
from dtcheck.rows.totals import last_month, total_problem
from dtcheck.rules import Level
from dtcheck.rules.files import DUPLICATE_COLUMN
from dtcheck.rules.plausibility import BLANK_BESIDE, LEFT_OUT, OTHER_BUREAU, ROW_LEFT_OUT
from dtcheck.rules.rows import BAD_PERIOD
from dtcheck.targets import Goal, Measure, Target, TargetsFile
from dtcheck.targets.names import is_growth
from dtcheck.units import Unit, bare_number, match_number, parse_unit, plain

_CUMULATIVE = regex("累计|累积")
_MOST_REMEMBERED = 2000
# All that formulas drawn down further than the rows leave.
_ZEROS = frozenset(("", "0", "0%", "0.0%", "0.00%", "#DIV/0!"))
# What a cell in a column without a header tells of its row: 计划, not 占比.
_ROWS_APART = (ColumnClass.PLAN, ColumnClass.LAST_YEAR, ColumnClass.MONTH)
# Headers under which a bare 6 is June.
_MONTHS = frozenset(("月份", "month"))
_YEAR_CELL = regex("((?:19|20)[0-9]{2})年?度?")
_NAMES_YEAR = regex("(?:19|20)[0-9]{2}")
# 报告期, 统计时间; 开工时间 is the project's.
_MAY_BE_MONTHS = regex(
    "^(?!.*(?:开工|竣工|完工|完成|计划|报送|填报|上报|截止|时限)).*(?:期|时间|年月|月)"
)
_MONTH_CELL = regex(r"(?:19|20)[0-9]{2}[-/.年]?(?:1-)?[0-9]{1,2}月?|1-[0-9]{1,2}月|[0-9]{1,2}月")


class Figure(NamedTuple):
    """A figure of a row: ``value`` is in the goal's unit, None where it can't be used.

    ``is_readable``: a number stands there, used or refused. ``remarks`` are on this cell alone.
    ``is_quantity``: it may be the amount of what should grow, and gives way to the growth.
    """

    column: FigureColumn
    dated: Dated
    text: str = ""
    value: Fraction | None = None
    bound: Bound = Bound.EXACT
    is_readable: bool = False
    by_line: Unit | None = None
    remarks: tuple[Remark, ...] = ()
    is_quantity: bool = False


class RowReading(NamedTuple):
    """What a row says: a target or none, the figures it gives for it, a goal, and remarks.

    ``by_lead``: whether the bureau that the row names is the target's lead; None: it names none that
    is known. ``is_layout``: nothing to check. ``beside`` holds plain columns taken for the month's.
    """

    target: Target | None
    figures: tuple[Figure, ...] = ()
    unit: str = ""
    bureau: str = ""
    assigned: Goal | None = None
    remarks: tuple[Remark, ...] = ()
    is_layout: bool = False
    beside: tuple[FigureColumn, ...] = ()
    note: str = ""
    by_lead: bool | None = None
    measures: str = ""


class RowReader:
    """Reads the rows of one form; ``line`` are the units that its own line names, and may change."""

    def __init__(
        self,
        file: TargetsFile,
        lookup: TargetLookup,
        form: Form,
        dating: Dating,
        line: tuple[Unit, ...],
        memory: FormMemory,
        *,
        says_cumulative: bool,
    ) -> None:
        self._file = file
        self._lookup = lookup
        self._form = form
        self._dating = dating
        self.line = line
        self._says_cumulative = says_cumulative
        at = {field: column.index for field, column in form.columns.items()}
        # By name rather than by field: a look-up by an enum's member costs more than the cell.
        self._code, self._name = at.get(Field.CODE), at.get(Field.NAME)
        self._unit, self._month = at.get(Field.UNIT), at.get(Field.PERIOD)
        self._bureau, self._goal = at.get(Field.BUREAU), at.get(Field.GOAL)
        # A form has a code or a name.
        named = [at for at in (self._code, self._name, self._unit, self._bureau) if at is not None]
        self._named, self._width = itemgetter(*named), max(named) + 1
        self._kinds = (*form.kinds, *form.unnamed)
        self._like_months = [each for each in form.unknown if _MAY_BE_MONTHS.search(each[1])]
        self._subjects = memory.subjects
        self._choices = memory.choices
        # Whether what could be a column of figures held a sentence.
        self.had_words = False

    def month_text(self, cells: Sequence[str]) -> str | None:
        """Return what a row has in the column of periods, None where the form has none."""
        return None if self._month is None else self._period_text(cells)

    def _period_text(self, cells: Sequence[str]) -> str:
        """Return the month of a row with the year that stands in a column of its own."""
        month = _at(cells, self._month)
        if (
            month.isdecimal()
            and len(month) < 3
            and self._form.columns[Field.PERIOD].header in _MONTHS
        ):
            month = f"{month}月"
        if not self._form.years:
            return month
        year = next(
            (
                found[1]
                for at in self._form.years
                if (found := _YEAR_CELL.fullmatch(_at(cells, at)))
            ),
            "",
        )
        if not year or _NAMES_YEAR.search(month) or (not month and int(year) == self._file.year):
            return month
        return f"{year}年{month}"

    def read(self, cells: Sequence[str], subject: Subject | Remark | None) -> RowReading:
        """Return what ``cells`` say, of which ``subject`` is known."""
        if not isinstance(subject, Subject):
            return self._without_target(cells, subject)
        if subject.plain is not None and (reading := self._read_plain(cells, subject)) is not None:
            return reading
        remarks = list(subject.remarks)
        note = self.note(cells)
        if self._form.twins:
            self._check_twins(cells, remarks)
        assigned = None
        if self._goal is not None and (written := _at(cells, self._goal)):
            column = self._form.columns[Field.GOAL]
            assigned = read_assigned(written, subject.unit, column, subject.target, remarks)
        figures: list[Figure] = []
        beside: tuple[FigureColumn, ...] = ()
        if not any(remark.rule is DUPLICATE_COLUMN for remark in remarks):
            row = _Row(cells, subject, note)
            beside = self._figures(row, figures, remarks)
        return RowReading(
            subject.target,
            tuple(figures),
            subject.unit,
            subject.bureau,
            assigned,
            tuple(remarks),
            beside=beside,
            note=note,
            by_lead=subject.by_lead,
            measures=self.measures(cells),
        )

    def _read_plain(self, cells: Sequence[str], subject: Subject) -> RowReading | None:
        """Return what a row says whose like was read before without a word; None where it isn't alike.

        Most rows are: a bare number, in the unit that the one before had, for a month that is known.
        """
        column = subject.plain
        text = _at(cells, column.index) if column else ""
        number, unit = (
            bare_number(text),
            subject.bare.get((column.index, self.line)) if column else None,
        )
        if column is None or number is None or unit is None:
            return None
        value = subject.convert(number, unit)
        dated = self._dating.date(_at(cells, self._month), column.period, is_wide=False)
        if value is None or dated.remarks or dated.period is None:
            return None
        note = self.note(cells)
        remarks = note_of_another_month(note, dated.period) if note else ()
        figure = Figure(column, dated, text, value, Bound.EXACT, True, None, remarks)
        return RowReading(
            subject.target,
            (figure,),
            subject.unit,
            subject.bureau,
            note=note,
            by_lead=subject.by_lead,
            measures=self.measures(cells),
        )

    def _without_target(self, cells: Sequence[str], problem: Remark | None) -> RowReading:
        code, name = _at(cells, self._code), _at(cells, self._name)
        if is_layout_row(code, name, cells):
            return self._layout(cells)
        if problem is None:
            figures = [_at(cells, each.index) for each in self._form.ours]
            # A formula that was drawn further down than the rows shows 0.
            if not any(map(is_available, figures)) or _ZEROS.issuperset(map(str.strip, cells)):
                return self._layout(cells)
            problem = self._lookup.unknown(code, name)
        return RowReading(None, remarks=(problem,))

    def subject(self, cells: Sequence[str]) -> Subject | Remark | None:
        """Return what code, name, unit and bureau of a row say; they come again and again."""
        # A short row must not look like another's cells.
        key = self._named(cells) if len(cells) >= self._width else (None, *cells)
        known = self._subjects.get(key)
        if known is not None:
            return known
        code, name = _at(cells, self._code), _at(cells, self._name)
        unit, bureau = _at(cells, self._unit), _at(cells, self._bureau)
        target, name_unit, problem = self._lookup.find(code, name)
        if target is None:
            return problem
        if unit and parse_unit(unit) is None and self._file.bureau(unit):
            # A column 单位 that holds bureaus is 填报单位.
            unit, bureau = "", bureau or unit
        remarks: list[Remark] = []
        self._check_bureau(bureau, target, remarks)
        named = self._file.bureau(bureau) if bureau else None
        subject = Subject(
            target,
            name,
            name_unit,
            unit,
            bureau,
            tuple(remarks),
            limits_of(target),
            by_lead=None if named is None else named == target.lead,
        )
        if len(self._subjects) < _MOST_REMEMBERED:
            self._subjects[key] = subject
        return subject

    def note(self, cells: Sequence[str]) -> str:
        """Return what the row says in words, "" for 无 and —; several columns are joined."""
        return _said(self._form.reasons, cells) if self._form.notes else ""

    def measures(self, cells: Sequence[str]) -> str:
        """Return what the row says will be done."""
        return _said(self._form.measures, cells) if self._form.notes else ""

    def _layout(self, cells: Sequence[str]) -> RowReading:
        said = next((cell for cell in cells if cell.strip()), "")
        message = f"“{shorten(said, 20)}”是表格的版式，没有参与检查" if said else "空行"
        remark = Remark(LEFT_OUT, message, "应当检查的行，补上编号和实际值", "")
        return RowReading(None, remarks=(remark,), is_layout=True)

    def _check_twins(self, cells: Sequence[str], remarks: list[Remark]) -> None:
        """Refuse a row in which two columns of one field say different things."""
        for first, second in self._form.twins:
            one, other = _at(cells, first.index), _at(cells, second.index)
            if one != other and is_available(one) and is_available(other):
                if first.field is Field.UNIT and (
                    self._file.bureau(one) or self._file.bureau(other)
                ):
                    continue
                remarks.append(
                    two_columns((first.header, one), (second.header, other), first.field)
                )

    def _check_bureau(self, bureau: str, target: Target, remarks: list[Remark]) -> None:
        if bureau and is_available(bureau) and self._file.bureau(bureau) != target.lead:
            remarks.append(
                Remark(
                    OTHER_BUREAU,
                    f"填报单位是“{shorten(bureau)}”，牵头单位是{target.lead}",
                    "由牵头单位汇总报送；分工有变的，改目标文件的 lead",
                    Field.BUREAU,
                )
            )

    def _figures(
        self, row: _Row, figures: list[Figure], remarks: list[Remark]
    ) -> tuple[FigureColumn, ...]:
        """Read the figures of a row; return the filled columns that are taken for the month's."""
        said, kind = self._kind_of(row.cells)
        if kind is not None and not (
            kind is ColumnClass.GROWTH and row.subject.target.measure is Measure.RATE
        ):
            message = f"这一行写着“{shorten(said, 20)}”，是{kind.value}，没有采用"
            remarks.append(Remark(ROW_LEFT_OUT, message, "其实是本年实际数的，改这一格", ""))
            return ()
        choices = self._of_the_year(self._chosen(row), row.cells)
        is_wide = len({choice.period for choice in choices if choice.period}) > 1
        blanks: list[Remark] = []
        beside: tuple[FigureColumn, ...] = ()
        for choice in choices:
            column = self._settled(choice, row, remarks)
            if column is None:
                continue
            if choice.parts and (odd := total_problem(column, choice.parts, row.cells)):
                remarks.append(odd)
                continue
            if kind is ColumnClass.GROWTH:
                column = replace(column, kind=kind)
            text = _at(row.cells, column.index)
            if column.may_be_words and match_number(plain(text)) is None:
                self.had_words = self.had_words or bool(text)
                blanks.append(no_figure())
            elif is_available(text):
                figures.append(self._figure(row, column, choice, is_wide))
                beside = tuple(
                    each
                    for each in choice.beside
                    if each.kind is ColumnClass.PLAIN and is_available(_at(row.cells, each.index))
                )
            else:
                blanks.append(self._blank(choice, row))
        worse = [each for each in blanks if each.rule is BLANK_BESIDE]
        if not figures and not any(_is_refusal(each) for each in remarks):
            remarks.extend(worse[:1] or blanks[:1] or [no_figure()])
        return beside

    def _kind_of(self, cells: Sequence[str]) -> tuple[str, ColumnClass | None]:
        """Return what a column like 类型 says of the row, and the class that it names."""
        for at in self._kinds:
            said = "".join(plain(_at(cells, at)).split())
            kind = class_of_row(said)
            if kind and (at in self._form.kinds or kind in _ROWS_APART):
                return said, kind
        return "", None

    def _chosen(self, row: _Row) -> tuple[Choice, ...]:
        target = row.subject.target
        is_rate = target.measure is Measure.RATE
        fits = self._fits(row) if is_rate else None
        names_growth = is_rate and is_growth(row.subject.name)
        cumulative = self._says_cumulative or _CUMULATIVE.search(row.subject.name) is not None
        key = (target.measure, target.goal.unit.dimension, fits, names_growth, cumulative)
        known = self._choices.get(key)
        if known is None:
            known = choose(
                self._form,
                target,
                says_cumulative=cumulative,
                fits=fits,
                names_growth=names_growth,
            )
            if len(self._choices) < _MOST_REMEMBERED:
                self._choices[key] = known
        return known

    def _fits(self, row: _Row) -> bool | None:
        """Whether any unit valid for a rate's plain figure is the goal's; None where none is known."""
        subject = row.subject
        dimension = subject.target.goal.unit.dimension
        units = [parse_unit(subject.unit) if subject.unit else None, subject.name_unit, *self.line]
        for column in self._form.ours:
            if column.kind not in (ColumnClass.GROWTH, ColumnClass.MONTH):
                cell = plain(_at(row.cells, column.index))
                if re.search("增长|上升|下降|持平|提高|回落", cell):
                    return True
                found = match_number(cell)
                units += [column.unit, parse_unit(cell[found[1] :]) if found else None]
        known = [unit.dimension == dimension for unit in units if unit]
        return any(known) if known else None

    def _settled(self, choice: Choice, row: _Row, remarks: list[Remark]) -> FigureColumn | None:
        """Return the column of a choice, or None with a remark where it is no choice in this row."""
        if choice.column:
            return choice.column
        filled = [each for each in (choice.rivals or choice.refused) if _is_figure(row.cells, each)]
        if choice.refused:
            remarks.append(wrong_figure(filled, row.subject.target) if filled else no_figure())
            return None
        texts = {plain(_at(row.cells, each.index)) for each in choice.rivals}
        growth = [each for each in filled if each.kind is ColumnClass.GROWTH]
        if filled and (len(texts) == 1 or (len(filled) == len(growth) == 1)):
            return filled[0]
        if filled:
            said = [(each.header, _at(row.cells, each.index)) for each in choice.rivals[:2]]
            remark = two_columns(said[0], said[1], Field.ACTUAL)
            remarks.append(remark._replace(at=choice.rivals[0].index))
        else:
            remarks.append(no_figure())
        return None

    def _figure(self, row: _Row, column: FigureColumn, choice: Choice, is_wide: bool) -> Figure:
        text = _at(row.cells, column.index)
        value = self._value(text, column, row.subject)
        dated = self._dated(row, choice, is_wide)
        remarks = value.remarks + dated.remarks
        if row.note and dated.period:
            remarks += note_of_another_month(row.note, dated.period)
        return Figure(
            column,
            dated,
            text,
            value.value,
            value.bound,
            value.is_readable,
            value.by_line,
            remarks,
            value.is_quantity,
        )

    def _of_the_year(self, choices: tuple[Choice, ...], cells: Sequence[str]) -> tuple[Choice, ...]:
        """Return the choices without January's, which is the year's so far, where later months alone follow it."""
        if not any(_is_figure(cells, each) for choice in choices for each in choice.refused):
            return choices
        return (
            tuple(each for each in choices if each.column is None or not each.column.is_lone)
            or choices
        )

    def _dated(self, row: _Row, choice: Choice, is_wide: bool) -> Dated:
        written = self._period_text(row.cells)
        if choice.parts and (last := last_month(choice.parts, row.cells)):
            return self._dating.of_total(written, *last)
        if self._form.years and (found := _NAMES_YEAR.match(written)):
            # The header's 1-6月 is of the year that the row names.
            is_wide = is_wide and int(found[0]) == self._file.year
        dated = self._dating.date(written, choice.period, is_wide=is_wide)
        if written or is_wide or dated.period is None:
            return dated
        for at, name in self._like_months:
            text = _at(row.cells, at)
            if not _MONTH_CELL.fullmatch("".join(text.split())):
                continue
            if dated.is_assumed or not _is_month(text, dated.period):
                message = f"“{name}”列写着“{shorten(text, 20)}”，像是期间，却不是认得的表头"
                hint = f"表头改为“期间”，或加 --column 期间={name}"
                return Dated(None, (Remark(BAD_PERIOD, message, hint, Field.PERIOD),))
        return dated

    def _value(self, text: str, column: FigureColumn, subject: Subject) -> Value:
        """Read a cell; what a bare number counts in is settled once a subject and column."""
        key = (column.index, self.line)
        number = bare_number(text)
        unit = subject.bare.get(key)
        if unit is not None and number is not None:
            value = subject.convert(number, unit)
            if value is not None:
                return Value(value)
        written = Written(text, subject.unit, subject.name_unit, column, self.line, subject.name)
        read = read_actual(written, subject.target)
        if number is not None and read.bare_unit is not None:
            subject.bare[key] = read.bare_unit
            subject.plain = self._only_column(subject)
        return read

    def _only_column(self, subject: Subject) -> FigureColumn | None:
        """Return the column of a subject's figures where nothing else in a row can change that."""
        asks = subject.target.is_assigned or subject.target.measure is Measure.RATE
        if (
            self._form.twins
            or self._form.years
            or self._kinds
            or asks
            or subject.remarks
            or self._goal is not None
        ):
            return None
        found = self._chosen(_Row((), subject, ""))
        only = found[0] if len(found) == 1 else None
        usual = only is not None and only.column is not None and not (only.beside or only.parts)
        return only.column if only and usual else None

    def _blank(self, choice: Choice, row: _Row) -> Remark:
        filled = [each for each in choice.beside if _is_figure(row.cells, each)]
        if not filled or choice.column is None:
            return no_figure()
        other = filled[0]
        message = f"“{choice.column.header}”空着，“{other.header}”却填了 {shorten(_at(row.cells, other.index), 20)}，没有采用"
        hint = f"把累计数填在“{choice.column.header}”；没有数的两格都填“—”"
        of_many = (f"“{choice.column.header}”空着，“{other.header}”却填了数，没有采用", hint)
        at = choice.column.index
        return Remark(BLANK_BESIDE, message, hint, Field.ACTUAL, at=at, of_many=of_many)


@dataclass(slots=True)
class Subject:
    """What a row is about, and in what unit: its target, name, unit and bureau as it writes them.

    ``by_lead``: whether that bureau is the target's lead, None where it is none that is known.

    ``bare`` holds by column the unit of a bare number, once one was read without a word; ``plain`` is
    the column, where it is the only one that can answer.
    """

    target: Target
    name: str
    name_unit: Unit | None
    unit: str
    bureau: str
    remarks: tuple[Remark, ...]
    limits: Limits
    bare: dict[tuple[int, tuple[Unit, ...]], Unit] = field(default_factory=dict)
    plain: FigureColumn | None = None
    by_lead: bool | None = None

    def convert(self, number: Fraction, unit: Unit) -> Fraction | None:
        """Return a bare number of a settled unit in the goal's; None where there is more to say of it."""
        value = unit.convert(number, self.target.goal.unit)
        return value if self.limits.allow(value) else None


class FormMemory:
    """What was learnt of a header, for all files of the run that have the same."""

    def __init__(self) -> None:
        self.subjects: dict[object, Subject] = {}
        self.choices: dict[object, tuple[Choice, ...]] = {}


def _said(columns: Sequence[Column], cells: Sequence[str]) -> str:
    texts = (
        text
        for column in columns
        if column.index < len(cells)
        and (text := cells[column.index].strip())
        and is_available(text)
    )
    return "；".join(
        dict.fromkeys(text.rstrip("；;。") if len(columns) > 1 else text for text in texts)
    )


class _Row(NamedTuple):
    """A row whose target is known."""

    cells: Sequence[str]
    subject: Subject
    note: str


def _is_month(text: str, period: Period) -> bool:
    try:
        return parse_period(text, period.year) == period
    except PeriodError:
        return False


def _is_refusal(remark: Remark) -> bool:
    return (remark.level or remark.rule.level) is Level.ERROR or remark.rule is LEFT_OUT


def _is_figure(cells: Sequence[str], column: FigureColumn) -> bool:
    return match_number(plain(_at(cells, column.index))) is not None


def _at(cells: Sequence[str], index: int | None) -> str:
    return cells[index].strip() if index is not None and index < len(cells) else ""
