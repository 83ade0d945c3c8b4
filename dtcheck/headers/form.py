"""A recognised header: which column holds what, and which of the figures answers a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dtcheck.headers.classes import ColumnClass, says_no_more
from dtcheck.headers.fields import Field
from dtcheck.periods import Period
from dtcheck.units import Unit


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column that holds no figures of results; ``unit`` is what its header's brackets say."""

    index: int
    header: str
    field: Field
    unit: Unit | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class FigureColumn:
    """A column of figures; ``header`` joins the rows of its header by ``/``, ``group`` all but the last.

    ``unit`` and ``period`` are what its header says; ``unknown_unit`` stands in its brackets, may be
    a unit, but is none that is known. ``is_lone``: named after a single month.
    ``may_be_words``: what it is called may also hold sentences (完成情况).
    ``owner`` is the index of the column whose growth this is; ``is_difference``: of a growth, its
    header says that it holds an amount (增减额), ``is_percent`` that it holds a share (增减率),
    ``is_change`` that it may be a difference in the figures' own unit (增减, not 增幅), ``is_since_new_year`` that it compares with the year's beginning.
    ``is_total``: it sums the single months beside it (合计). ``is_chosen``: the user named it as the actual.
    """

    index: int
    header: str
    kind: ColumnClass
    group: str = ""
    period: Period | None = None
    unit: Unit | None = None
    unknown_unit: str = ""
    counts: str = ""
    falls: bool = False
    is_of_the_year: bool = False
    is_at_the_end: bool = False
    is_lone: bool = False
    may_be_words: bool = False
    owner: int | None = None
    is_difference: bool = False
    is_percent: bool = False
    is_change: bool = False
    is_since_new_year: bool = False
    is_total: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, eq=False)
class Form:
    """A recognised header.

    ``notes`` are the columns of sentences; ``twins`` are two columns of one field, ``kinds`` the indices of columns like 类型, ``years`` of
    those that hold a year, ``unnamed`` of those without a header; ``found`` holds
    the headers as messages list them, ``said`` their whole texts, which may name the unit of the whole
    form: 指标（单位：亿元）. ``width`` is how many cells the header takes.
    """

    columns: Mapping[Field, Column]
    figures: tuple[FigureColumn, ...]
    notes: tuple[Column, ...] = ()
    kinds: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    unnamed: tuple[int, ...] = ()
    twins: tuple[tuple[Column, Column], ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    found: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    width: int = 0
    # Whether the column of names is only called like one (项目).
    is_guess: bool = False

    @cached_property
    def score(self) -> int:
        """How many different fields the header names; two at least make a header."""
        return len(self.columns) + bool(self.notes) + bool(self.ours)

    @cached_property
    def ours(self) -> tuple[FigureColumn, ...]:
        """The columns of this year's figures."""
        return tuple(column for column in self.figures if column.kind.is_ours)

    @cached_property
    def reasons(self) -> tuple[Column, ...]:
        """The columns of notes that may say why."""
        return tuple(column for column in self.notes if column.field is Field.NOTE)

    @cached_property
    def measures(self) -> tuple[Column, ...]:
        """The columns of notes that say what will be done."""
        return tuple(column for column in self.notes if column.field is Field.MEASURES)

    @cached_property
    def results(self) -> tuple[int, ...]:
        """The columns that may hold results: those of this year's figures, and unknown ones."""
        return (*(column.index for column in self.ours), *(index for index, _ in self.unknown))

    @cached_property
    def compared(self) -> tuple[int, ...]:
        """The columns that decide what a row says; rows alike in them are repeats."""
        fields = {column.index for column in self.columns.values()}
        twins = {column.index for pair in self.twins for column in pair}
        figures = {column.index for column in self.ours}
        return tuple(sorted(fields | twins | figures | {*self.kinds, *self.years, *self.unnamed}))

    @cached_property
    def named(self) -> frozenset[int]:
        """The columns of everything but figures."""
        return frozenset(column.index for column in (*self.columns.values(), *self.notes))

    @property
    def has_names(self) -> bool:
        """Whether a column tells which target a row is about."""
        return Field.CODE in self.columns or Field.NAME in self.columns

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The needed columns that are not there, in words."""
        lacks = [] if self.has_names else ["“编号”或“指标”"]
        return tuple(lacks if self.ours else [*lacks, "“实际值”"])


def without_names(form: Form) -> Form:
    """Return the form without a column of names that only looked like one."""
    columns: dict[Field, Column] = {
        each: column for each, column in form.columns.items() if each is not Field.NAME
    }
    return replace(form, columns=columns, is_guess=False)


def of_other_figures(form: Form, kind: ColumnClass, *, are_all: bool) -> Form:
    """Return the form under a title that says that its figures are of ``kind``.

    Columns that say 累计 or 1-6月 keep their class; those that say 完成, unless ``are_all``.
    """
    turned = {ColumnClass.PLAIN, *((ColumnClass.GROWTH,) if kind is ColumnClass.MONTH else ())}
    figures = tuple(
        replace(each, kind=kind)
        if each.kind in turned and not each.is_chosen and (are_all or says_no_more(each.header))
        else each
        for each in form.figures
    )
    return replace(form, figures=figures)
