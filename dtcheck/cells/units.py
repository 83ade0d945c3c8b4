"""The unit of a figure: its cell's, its column's, its name's, its header's, the form's line's, the goal's (design §4)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from dtcheck.cells.available import DASHES
from dtcheck.cells.remarks import RefusedError, Remark, shorten
from dtcheck.headers.classes import ColumnClass
from dtcheck.headers.form import FigureColumn
from dtcheck.rules import Level
from dtcheck.rules.plausibility import NO_UNIT
from dtcheck.rules.rows import OTHER_DIMENSION, UNKNOWN_UNIT
from dtcheck.targets import Measure, Target
from dtcheck.targets.names import is_growth
from dtcheck.units import PERCENT, SHARE, Unit, parse_unit, plain, prefix_factor


class Written(NamedTuple):
    """A cell with all that says what its number counts in.

    ``text`` is the cell, ``unit`` the text of the unit column, ``name_unit`` from the brackets of the
    row's name, ``column`` the column it stands in, ``line`` the units that the form's own line names.
    ``name`` is the row's own name: 地区生产总值 is no growth, and 降幅 says what is counted.
    """

    text: str
    unit: str
    name_unit: Unit | None
    column: FigureColumn
    line: tuple[Unit, ...]
    name: str


class UnitReading:
    """The reading of one figure's unit.

    ``is_given``: something names it, if only the form's line; ``by_line`` is set where that does.
    ``remarks`` say what was assumed.
    """

    def __init__(self, written: Written, target: Target) -> None:
        self._written = written
        self._target = target
        self.is_given = True
        # Whether it is the amount, or may be, of what should grow: no growth by its unit, or by its name.
        self.is_quantity = False
        self.found: Unit | None = None
        self.by_line: Unit | None = None
        self.remarks: list[Remark] = []

    def unit(self, tail: str) -> Unit:
        """Return the unit of a number that ``tail`` follows: of the cell, the unit column, the name, the header, the form's line, the goal.

        Raises RefusedError where two of the first four differ, or it can't be the goal's.
        """
        goal_unit = self._target.goal.unit
        given = self._given()
        default = given[0][1] if given else None
        if not tail:
            unit = default or self._assumed()
        elif (factor := prefix_factor(tail)) is not None:
            unit = self._prefixed(tail, factor, default)
        else:
            unit = self._cell_unit(tail)
            given.insert(0, (f"单元格写“{shorten(self._written.text)}”", unit))
        self._need_agreement(given)
        if unit.dimension != goal_unit.dimension:
            self.is_quantity = self._names_quantity
            raise RefusedError(
                OTHER_DIMENSION,
                f"报的是“{unit.text}”，{wanted(self._target)}",
                unit_hint(self._target),
                "单位" if not tail else "实际值",
            )
        if unit.is_points and self._target.measure is not Measure.RATE:
            raise RefusedError(
                OTHER_DIMENSION,
                f"“百分点”是两个比率之差，{wanted(self._target)}",
                f"按 % 报“{self._target.name}”本身的数",
            )
        self.found = unit
        return unit

    @property
    def _is_difference(self) -> bool:
        """Whether the column holds a change in the unit of the figure itself: 增减 of 天."""
        return self._written.column.is_change and self._target.goal.unit.dimension != SHARE

    @property
    def _names_quantity(self) -> bool:
        name = self._written.name
        return self._target.measure is Measure.RATE and bool(name) and not is_growth(name)

    def _given(self) -> list[tuple[str, Unit]]:
        """Return the units that unit column, name and header give, nearest first, and who says so.

        A growth column is in %, whatever unit the amount has.
        """
        column = self._written.column
        if column.kind is ColumnClass.GROWTH and not self._is_difference:
            return [("表头", column.unit)] if column.unit else []
        given = []
        if self._written.unit and (unit := self._column_unit()):
            given.append((f"单位列写“{unit.text}”", unit))
        if name_unit := self._written.name_unit:
            given.append((f"指标名称写“{name_unit.text}”", name_unit))
        if column.unit:
            given.append((f"表头写“{column.unit.text}”", column.unit))
        return given

    def _need_agreement(self, given: list[tuple[str, Unit]]) -> None:
        """Refuse two that are not worth the same: one of them is wrong by a factor."""
        for (one, first), (other, second) in pairwise(given):
            if first is not second and (first.dimension, first.size) != (
                second.dimension,
                second.size,
            ):
                raise RefusedError(
                    UNKNOWN_UNIT, f"{one}，{other}，对不上", "单位只在一处写，或者改成一致", "单位"
                )

    def _assumed(self) -> Unit:
        """Return the unit where none of the nearer sources gives one."""
        goal_unit, column = self._target.goal.unit, self._written.column
        if column.kind is ColumnClass.GROWTH and not self._is_difference:
            return PERCENT
        if column.unknown_unit:
            raise self._unknown_unit(column.unknown_unit, "单位")
        if self._written.line:
            fitting = [each for each in self._written.line if each.dimension == goal_unit.dimension]
            self.by_line = fitting[0] if fitting else self._written.line[0]
            if len({each.size for each in fitting}) > 1:
                said = "、".join(each.text for each in fitting)
                raise RefusedError(
                    UNKNOWN_UNIT,
                    f"表上写着几种单位（{said}），不知道是哪一种",
                    "在单位列写明",
                    "单位",
                )
            return self.by_line
        self.is_given = False
        self.is_quantity = self._names_quantity
        level = Level.WARNING if self.is_quantity else None
        message = f"没有写单位，按目标的单位“{goal_unit.text}”计"
        if level:
            message += f"；“{shorten(self._written.name, 20)}”本身不是增速，核对报的是不是增速"
        hint = "在单位列或表头括号中写明单位"
        self.remarks.append(Remark(NO_UNIT, message, hint, "单位", level))
        return goal_unit

    def _column_unit(self) -> Unit | None:
        if (unit := parse_unit(self._written.unit)) is not None:
            return unit
        written = plain(self._written.unit).translate(DASHES)
        if written in ("", "-", "/"):
            return None
        if prefix_factor(written) is not None:
            return parse_unit(written + self._target.goal.unit.stem)
        if unit := _one_of(written, self._target.goal.unit):
            return unit
        raise self._unknown_unit(written, "单位")

    def _unknown_unit(self, written: str, column: str) -> RefusedError:
        goal = self._target.goal
        hint = f"该指标的目标是 {goal.text}，可写“{goal.unit.text}”"
        return RefusedError(UNKNOWN_UNIT, f"不认识的单位“{shorten(written)}”", hint, column)

    def _prefixed(self, prefix: str, factor: int, default: Unit | None) -> Unit:
        """A bare 万 or 亿 in the cell: of the stem of the unit given elsewhere."""
        column = self._written.column
        if default is None and column.unknown_unit:
            raise self._unknown_unit(column.unknown_unit, "单位")
        unit = default or self._target.goal.unit
        if default and default.prefix not in ("", prefix):
            raise RefusedError(
                UNKNOWN_UNIT,
                f"单元格写“{shorten(self._written.text)}”，单位又是“{default.text}”，对不上",
                "单位只在一处写全，例如 6070万美元",
            )
        if default is None:
            message = f"没有写全单位，按“{prefix}{unit.stem}”计"
            self.remarks.append(Remark(NO_UNIT, message, "在单位列或表头括号中写明单位", "单位"))
        whole = parse_unit(prefix + unit.stem)
        if whole is None or whole.size != unit.size / (prefix_factor(unit.prefix) or 1) * factor:
            raise RefusedError(
                UNKNOWN_UNIT,
                f"“{shorten(self._written.text)}”的单位认不准",
                "把单位写全，例如 6070万美元",
            )
        return whole

    def _cell_unit(self, tail: str) -> Unit:
        unit = parse_unit(tail)
        if unit is None:
            raise self._unknown_unit(tail, "实际值")
        return unit


def _one_of(written: str, goal: Unit) -> Unit | None:
    """Return the one of two counting words that the goal counts in: of 户（家） 户 or 家; None where it isn't that."""
    pieces = [each for each in re.split(r"[()（）/、]", written) if each]
    units = [
        unit for each in pieces if (unit := parse_unit(each)) and unit.is_whole and unit.size == 1
    ]
    if len(pieces) != 2 or len(units) != 2:
        return None
    return next((each for each in units if each.dimension == goal.dimension), None)


def wanted(target: Target) -> str:
    """Return what a message says of the goal that another kind of figure can't answer."""
    goal = target.goal
    if goal.value is None:
        return f"“{target.name}”的单位是“{goal.unit.text}”"
    return f"“{target.name}”的目标是 {goal.text}，不能互换"


def unit_hint(target: Target) -> str:
    """Return what figure to submit, in what unit."""
    if target.measure is Measure.RATE:
        return f"请报与上年同期比的增减，单位“{target.goal.unit.text}”"
    return f"请报以“{target.goal.unit.text}”为单位的累计数"
