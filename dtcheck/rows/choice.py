"""Which columns of a form answer a target: the year's figure, by the class of each column (design §4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.classes import ColumnClass
from dtcheck.headers.fields import Field
from dtcheck.headers.form import FigureColumn, Form
from dtcheck.periods import Period
from dtcheck.rules.files import DUPLICATE_COLUMN
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.rules.rows import WRONG_FIGURE
from dtcheck.targets import Measure, Target
from dtcheck.units import PERCENT, Unit

_MONEY = frozenset({"人民币", "美元"})


class Choice(NamedTuple):
    """The column whose figure counts for one period; ``period`` None: the form's own.

    ``rivals`` are set where several could be meant and none is chosen. ``beside`` are columns that a
    figure may have been put into by mistake. ``refused``: no column holds the year's figure, and
    what stands in these is something else. ``parts``: the single months that the column adds up.
    """

    column: FigureColumn | None
    period: Period | None = None
    rivals: tuple[FigureColumn, ...] = ()
    beside: tuple[FigureColumn, ...] = ()
    refused: tuple[FigureColumn, ...] = ()
    parts: tuple[FigureColumn, ...] = ()


def choose(
    form: Form, target: Target, *, says_cumulative: bool, fits: bool | None, names_growth: bool
) -> tuple[Choice, ...]:
    """Return a choice for each period that the form has columns for.

    ``says_cumulative``: title, header or name say 累计, so a lone 6月 is no month's figure.
    For a rate, ``fits`` says whether the unit known of the plain figure is the goal's (None: no unit
    is known), and ``names_growth`` whether the row's own name asks for a growth.
    """
    if chosen := [column for column in form.figures if column.is_chosen]:
        return _by_period(chosen, ())
    ours = [
        column
        for column in form.ours
        if column.kind is not ColumnClass.GROWTH and not column.is_total
    ]
    if total := _total(form, target, says_cumulative):
        return (Choice(total, parts=tuple(each for each in ours if each.is_lone)),)
    growths = [column for column in form.ours if column.kind is ColumnClass.GROWTH]
    usable, beside = _year_figures(ours, target, says_cumulative)
    if target.measure is Measure.RATE:
        return _for_rate(form, target, usable, beside, growths, fits, names_growth)
    months = _lone_months(ours, usable)
    found = _by_period(usable, beside) if usable else ()
    if usable and not months:
        return found
    return (*found, Choice(None, refused=tuple(months or (*ours, *growths))))


def _total(form: Form, target: Target, says_cumulative: bool) -> FigureColumn | None:
    """Return the column that adds up single months, where that is what a target wants."""
    if target.measure is not Measure.FLOW or says_cumulative:
        return None
    return next((each for each in form.ours if each.is_total), None)


def _lone_months(
    ours: Sequence[FigureColumn], usable: Sequence[FigureColumn]
) -> list[FigureColumn]:
    """Return columns of single months that no column of the year's figures stands beside.

    1月 is both: after it, 2月 is February's own.
    """
    if any(not each.is_lone for each in usable):
        return []
    return [each for each in ours if each.is_lone and each not in usable]


def _for_rate(
    form: Form,
    target: Target,
    usable: Sequence[FigureColumn],
    beside: Sequence[FigureColumn],
    growths: Sequence[FigureColumn],
    fits: bool | None,
    names_growth: bool,
) -> tuple[Choice, ...]:
    months = {each.index for each in form.ours if each.kind is ColumnClass.MONTH}
    lone = {each.index for each in form.ours if each.kind is ColumnClass.LONE_MONTH} - {
        each.index for each in usable
    }
    answering = [
        each
        for each in growths
        if each.owner not in months | lone
        and not each.is_since_new_year
        # A growth column without a unit is in %.
        and (each.unit or PERCENT).dimension == target.goal.unit.dimension
    ]
    differences = [each for each in answering if each.is_difference and each.unit is None]
    if target.goal.unit.dimension == PERCENT.dimension:
        answering = [each for each in answering if each not in differences]
    if target.goal.unit.dimension != PERCENT.dimension:
        # 增减 beside 本年 150天 is in 天 too, and what a goal of change is about.
        changes = [each for each in growths if each.is_change and _has_owner(each, months | lone)]
        if changes:
            return _by_period(changes, ())
    if usable and (fits or not (answering or differences)):
        return _by_period(usable, (*beside, *answering))
    if not answering:
        return (Choice(None, refused=form.ours),)
    if fits is None and names_growth and usable:
        return (Choice(None, rivals=(*usable, *answering)),)
    owners = {each.index for each in usable}
    own = [each for each in answering if each.owner in owners] or answering
    # 增减 beside 增减率 is the difference.
    sure = {(each.owner, each.period) for each in own if each.is_percent}
    own = [each for each in own if each.is_percent or (each.owner, each.period) not in sure]
    return _by_period(own, ())


def _has_owner(growth: FigureColumn, others: Collection[int]) -> bool:
    """Whether a change belongs to a column of this year's figures, none of ``others``, and is on last year's."""
    return growth.owner is not None and growth.owner not in others and not growth.is_since_new_year


def _year_figures(
    ours: Sequence[FigureColumn], target: Target, says_cumulative: bool
) -> tuple[list[FigureColumn], list[FigureColumn]]:
    """Return the columns that hold the year's figure, and others that may by mistake."""
    level = target.measure is Measure.LEVEL
    fitting = _fitting(ours, target)
    cumulative = [each for each in fitting if each.kind is ColumnClass.CUMULATIVE]
    if says_cumulative and all(each.is_lone or each.period for each in cumulative):
        # Beside 累计完成 a lone 6月 is June's own figure, whatever the title says.
        counted = (ColumnClass.CUMULATIVE, ColumnClass.LONE_MONTH)
        cumulative = [each for each in fitting if each.kind in counted]
    plain = [each for each in fitting if each.kind is ColumnClass.PLAIN]
    months = [each for each in fitting if each.kind is ColumnClass.MONTH]
    lone = [each for each in fitting if each.kind is ColumnClass.LONE_MONTH]
    if level:
        ends = [each for each in (*cumulative, *plain) if each.is_at_the_end]
        if ends:
            return ends, []
        if cumulative and months and not plain:
            return [*months, *cumulative], []
        if all(each.is_lone for each in cumulative):
            return (plain or [*cumulative, *lone] or months), []
    if cumulative:
        of_year = [each for each in cumulative if each.is_of_the_year]
        return _of_each_period(cumulative, of_year), [*plain, *months]
    return plain, months


def _of_each_period(
    all_: Sequence[FigureColumn], first: Sequence[FigureColumn]
) -> list[FigureColumn]:
    """Return the columns that go first, and those of periods for which none does."""
    covered = {each.period for each in first}
    return [each for each in all_ if each in first or each.period not in covered]


def _fitting(ours: Iterable[FigureColumn], target: Target) -> list[FigureColumn]:
    """Return the columns whose unit can be the goal's; all, where none can: that is said of the cell."""
    columns = list(ours)
    if target.measure is Measure.RATE:
        return columns
    fitting = [each for each in columns if _can_be(each, target.goal.unit)]
    return fitting or columns


def _can_be(column: FigureColumn, unit: Unit) -> bool:
    if column.unit is not None:
        return column.unit.dimension == unit.dimension
    if column.counts:
        return (column.counts == "money") == (unit.dimension in _MONEY)
    return True


def _by_period(
    columns: Sequence[FigureColumn], beside: Sequence[FigureColumn]
) -> tuple[Choice, ...]:
    slots: dict[Period | None, list[FigureColumn]] = {}
    for column in columns:
        slots.setdefault(column.period, []).append(column)
    return tuple(
        Choice(each[0], period, beside=tuple(beside))
        if len(each) == 1
        else Choice(None, period, rivals=tuple(each))
        for period, each in slots.items()
    )


def no_figure() -> Remark:
    """Return what to say of a row without any figure."""
    return Remark(LEFT_OUT, "没有实际值，按没有数计", "有数时补报", Field.ACTUAL)


def wrong_figure(filled: Sequence[FigureColumn], target: Target) -> Remark:
    """Return what to say where only columns of other figures are ``filled``."""
    heads: dict[ColumnClass, list[str]] = {}
    for each in filled:
        heads.setdefault(each.kind, []).append(f"“{each.header}”")
    kinds = "、".join(f"{'、'.join(said)}（{kind.value}）" for kind, said in heads.items())
    wanted = {
        Measure.RATE: "与上年同期相比的增减",
        Measure.LEVEL: "期末的数",
        Measure.FLOW: "从年初累计的数",
    }[target.measure]
    message = f"只有{kinds}，没有{wanted}，没有使用"
    last = filled[-1]
    hint = f"填{wanted}；这一列其实就是的，用 --column 实际值={last.header} 指明"
    if last.kind is ColumnClass.LONE_MONTH and last.period:
        hint = f"填{wanted}；各列其实就是的，表头写成“1-{last.period.month}月”，或在标题写明“累计”"
    return Remark(WRONG_FIGURE, message, hint, Field.ACTUAL, at=filled[0].index)


def two_columns(one: tuple[str, str], other: tuple[str, str], field: Field) -> Remark:
    """Return what to say of two columns, each a header and a cell, that may both be ``field``."""
    shown = [f"“{header}”（{shorten(text, 20) or '空'}）" for header, text in (one, other)]
    problem = f"两列都可能是{field}，不知道用哪一列，没有使用"
    hint = f"只留一列，或用 --column {field}={one[0]} 指明"
    of_many = (f"“{one[0]}”和“{other[0]}”{problem}", hint)
    message = f"{shown[0]}和{shown[1]}{problem}"
    return Remark(DUPLICATE_COLUMN, message, hint, field, of_many=of_many)
