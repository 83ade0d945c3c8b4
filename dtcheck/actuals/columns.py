"""Recognising the header of a form: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dtcheck.periods import Period, PeriodError, parse_period
from dtcheck.units import Unit, parse_unit, plain


class Field(StrEnum):
    """What a column can hold (design §4)."""

    CODE = "编号"
    NAME = "指标"
    ACTUAL = "实际值"
    UNIT = "单位"
    PERIOD = "期间"
    BUREAU = "填报单位"
    GOAL = "下达目标"
    NOTE = "备注"


HEADERS: Mapping[Field, tuple[str, ...]] = {
    Field.CODE: ("编号", "代码", "code", "id"),
    Field.NAME: ("指标", "指标名称", "name", "indicator"),
    Field.ACTUAL: ("实际值", "完成值", "累计完成", "累计值", "本期累计", "actual", "value"),
    Field.UNIT: ("单位", "计量单位", "unit"),
    Field.PERIOD: ("期间", "月份", "截至", "截止月份", "period", "month"),
    Field.BUREAU: ("填报单位", "报送单位", "填报部门", "bureau"),
    Field.GOAL: ("下达目标", "上级下达", "assigned"),
    Field.NOTE: ("备注", "说明", "原因", "未完成原因", "note"),
}

# Usual columns of a form that carry nothing to check.
PASSED_OVER = frozenset(
    "序号 年度目标 目标 目标值 全年目标 同比 同比增长 增幅 完成率 占比 占年度目标 完成比例 上年同期 上年实绩 去年同期 "
    "牵头单位 责任单位 牵头领导 板块 类别 goal lead section target".split()
)

_FIELD_OF = {header: kind for kind, headers in HEADERS.items() for header in headers}
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
# What may follow a period in the header of an actual column: 1-6月累计, 上半年完成.
_AFTER_PERIOD = frozenset(
    ("", "累计", "累计数", "完成", "完成数", "实际", "实际数", "累计实际值", *HEADERS[Field.ACTUAL])
)
# In brackets that tell how to fill in the column, not in what unit.
_INSTRUCTION = re.compile("[填数计期年月季口含值市报选必文注]|^$")
# Which of the figures a column holds, in the second row of a header.
_HEADING = re.compile("累计|本[月期季年]|当[月期季年]|上[月期年]|同[期比]")
_SPAN_SIGNS = re.compile("[-—–至~]|半年|季度|全年")


def field_named(text: str) -> Field | None:
    """Return the field that one of its usual headers names, or None."""
    return _FIELD_OF.get(_bare(text))


@dataclass(frozen=True, slots=True)
class Column:
    """One recognised column; ``unit`` and ``period`` are the defaults its header gives.

    ``strange`` is what stands in its brackets and may be a unit, but is none that is known.
    ``named``: the user said what this header means.
    """

    index: int
    header: str
    field: Field
    unit: Unit | None = None
    period: Period | None = None
    strange: str = ""
    named: bool = False


class Form(NamedTuple):
    """A recognised header: the columns by field, and what was odd about it."""

    columns: Mapping[Field, Column]
    notes: tuple[Column, ...]
    unknown: tuple[tuple[int, str], ...] = ()
    doubled: tuple[tuple[Column, Column], ...] = ()
    found: tuple[str, ...] = ()

    @property
    def telling(self) -> tuple[int, ...]:
        """The columns that decide what a row says; rows alike in them are repeats."""
        return tuple(column.index for column in self.columns.values())

    @property
    def width(self) -> int:
        """How many cells a row needs to have all of them."""
        return max(self.telling) + 1

    @property
    def missing(self) -> tuple[str, ...]:
        """The needed columns that are not there, in words."""
        lacks = []
        if Field.CODE not in self.columns and Field.NAME not in self.columns:
            lacks.append("“编号”或“指标”")
        if Field.ACTUAL not in self.columns:
            lacks.append("“实际值”")
        return tuple(lacks)


class HeaderReader:
    """Recognises headers for a year; ``renamed`` maps a form's own header to a field's.

    A column that the user named wins over one that only looks like the same field.
    """

    def __init__(self, year: int, renamed: Mapping[str, Field] | None = None) -> None:
        self._year = year
        self._renamed = {_bare(header): kind for header, kind in (renamed or {}).items()}

    def score(self, cells: tuple[str, ...]) -> int:
        """Return how many different fields the cells name; a header names two at least."""
        columns = [self._column(index, cell) for index, cell in enumerate(cells[:200])]
        return len({column.field for column in columns if column})

    def read(self, cells: tuple[str, ...]) -> Form:
        """Return the form whose header ``cells`` is."""
        columns: dict[Field, Column] = {}
        notes: list[Column] = []
        unknown: list[tuple[int, str]] = []
        doubled: list[tuple[Column, Column]] = []
        for index, cell in enumerate(cells):
            column = self._column(index, cell)
            if column is None:
                if cell.strip() and _bare(cell) not in PASSED_OVER:
                    unknown.append((index, cell.strip()))
            elif column.field is Field.NOTE:
                notes.append(column)
            elif (other := columns.get(column.field)) and other.named == column.named:
                doubled.append((other, column))
            elif other and other.named:
                unknown.append((index, column.header))
            else:
                if other:
                    unknown.append((other.index, other.header))
                columns[column.field] = column
        found = tuple(cell.strip() for cell in cells if cell.strip())
        return Form(columns, tuple(notes), tuple(unknown), tuple(doubled), found)

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
            _bare(text) in PASSED_OVER
            or self._names(text) is not None
            or _HEADING.search(text) is not None
        )

    def _names(self, text: str) -> Field | None:
        column = self._column(0, text)
        return column.field if column else None

    def _column(self, index: int, cell: str) -> Column | None:
        if not cell or len(cell) > 100:
            return None
        header = cell.strip()
        renamed = self._renamed.get(_bare(header))
        kind = renamed or _FIELD_OF.get(_bare(header))
        unit, period, strange = self._defaults(plain(header))
        if kind is None:
            kind, period = self._period_header(header, period)
        if kind is None:
            return None
        return Column(index, header, kind, unit, period, strange, renamed is not None)

    def _defaults(self, header: str) -> tuple[Unit | None, Period | None, str]:
        """Return the unit and the period in the header's brackets, and what may be a unit."""
        unit: Unit | None = None
        period: Period | None = None
        strange = ""
        for inside in _BRACKETS.findall(header):
            bare = inside.removeprefix("单位").lstrip(":").strip()
            found_unit, found_period = parse_unit(bare), self._period(bare)
            unit, period = unit or found_unit, period or found_period
            if not (found_unit or found_period or _INSTRUCTION.search(bare)):
                strange = strange or bare
        return unit, period, "" if unit else strange

    def _period_header(
        self, header: str, period: Period | None
    ) -> tuple[Field | None, Period | None]:
        """Recognise 1-6月累计 and 2024年6月完成值 as the actual of a period."""
        bare = _bare(header)
        for end in range(len(bare), 1, -1):
            before, after = bare[:end], bare[end:]
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


def _at(cells: tuple[str, ...], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""


def _bare(header: str) -> str:
    return "".join(_BRACKETS.sub("", plain(header)).split()).strip(":*").lower()
