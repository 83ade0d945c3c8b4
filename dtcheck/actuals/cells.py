"""Reading one actual as a clerk writes it: 约6070万美元, 下降3.2%, 6.5个百分点, —."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from dtcheck.actuals.available import DASHES
from dtcheck.actuals.bounds import is_implausible_rate, is_impossible
from dtcheck.actuals.classes import ColumnClass
from dtcheck.actuals.form import FigureColumn
from dtcheck.actuals.remarks import Remark, shorten
from dtcheck.rules import Level, Rule
from dtcheck.rules.plausibility import FALL_WRITTEN_NEGATIVE, NO_UNIT, SOFT_FIGURE
from dtcheck.rules.rows import IMPOSSIBLE, NOT_A_NUMBER, OTHER_DIMENSION, UNKNOWN_UNIT
from dtcheck.targets import Measure, Target
from dtcheck.targets.names import is_fall, is_growth
from dtcheck.units import (
    SHARE,
    Unit,
    format_number,
    match_number,
    parse_unit,
    plain,
    prefix_factor,
)

# No figure takes longer to write, and the patterns below stay cheap.
_LONGEST = 200
_NOT_FINITE = frozenset(["nan", "inf", "-inf", "+inf", "infinity", "-infinity", "∞", "-∞", "+∞"])

_COMPARED = r"(?:同比|[比较]上年同期|[比较]去年同期|[比较]上年|[比较]去年)?"
_UP = rf"{_COMPARED}(?:增长|上升|提高|增加|上涨|增幅|增|升)(?:了)?"
_DOWN = rf"{_COMPARED}(?:下降|降低|减少|减幅|降幅|下滑|回落|降|减)(?:了)?"
_FLAT = frozenset(["持平", "同比持平", "与上年持平", "与去年持平", "与上年同期持平", "基本持平"])
_OVER_BEFORE = r"超过|超|突破|逾|多于|高于|大于|>(?!=)"
_LEAST_BEFORE = r"不低于|不少于|至少|>=|≥"
_UNDER_BEFORE = r"将近|接近|近|不到|不足|低于|小于|<=|<|≤"
_SOFT_BEFORE = rf"大约|大概|约|预计|预估|预测|估计|估算|~|≈|(?P<over>{_OVER_BEFORE})|(?P<least>{_LEAST_BEFORE})|(?P<under>{_UNDER_BEFORE})"
_SILENT_BEFORE = r"累计|实际|新增|已|达到|达|完成|实现|为|共|合计|:|提高到"
_BEFORE = re.compile(
    rf"(?P<soft>{_SOFT_BEFORE})|(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<silent>{_SILENT_BEFORE})"
)
_SOFT_AFTER = re.compile(
    r"(?:左右|上下|(?P<least>以上)|(?P<under>以下|以内)|(?P<over>余|多|\+)|\(?(?:预计|估计|估算|初步|预|估)数?\)?)+$"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}:[0-9]{2}")
_SOFT_BETWEEN = re.compile(r"^(?:余|多|\+)+")
# What follows a number and makes it none: 5-6, 5O.
_NO_TAIL = re.compile(r"[a-z]|.*[0-9~/*=.,:#!-]", re.IGNORECASE)
_PERCENT = Unit("%", "", "%", SHARE, Fraction(1))


class Bound(StrEnum):
    """How a figure that is no plain one relates to the number written."""

    EXACT = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    OVER = "over"
    UNDER = "under"


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


class Value(NamedTuple):
    """What an actual cell holds: a value in the goal's unit, or none, and remarks on it.

    ``is_readable``: a number stands there, used or refused. ``by_line``: the form's line gave the unit.
    """

    value: Fraction | None
    remarks: tuple[Remark, ...] = ()
    bound: Bound = Bound.EXACT
    is_readable: bool = True
    by_line: Unit | None = None


def read_actual(written: Written, target: Target) -> Value:
    """Read an available actual for ``target``; the goal's unit is assumed where none is given."""
    return _ActualReader(written, target).read()


class _RefusedError(Exception):
    """Reading stops here with an error."""

    def __init__(self, rule: Rule, message: str, hint: str, column: str = "实际值") -> None:
        super().__init__(message)
        self.remark = Remark(rule, message, hint, column)


class _ActualReader:
    """The reading of one cell; the parts of it are consumed from front to back."""

    def __init__(self, written: Written, target: Target) -> None:
        self.written = written
        self.text = plain(written.text)
        self.target = target
        self.remarks: list[Remark] = []
        self.bound = Bound.EXACT
        self.soft = False
        self.sign: int | None = None
        self.fell = False
        self.is_readable = False
        self.has_unit = True
        self.by_line: Unit | None = None

    @property
    def shown(self) -> str:
        """The cell as a message quotes it."""
        return shorten(self.written.text)

    def read(self) -> Value:
        try:
            value = self._value()
            self._check(value)
        except _RefusedError as refused:
            return Value(None, (*self.remarks, refused.remark), is_readable=self.is_readable)
        if self.soft:
            shown = self._shown(value)
            message = f"“{self.shown}”不是一个确切的数，按 {shown} 采用"
            hint = "填统计数，不写 约、预计、以上 等字"
            self.remarks.append(Remark(SOFT_FIGURE, message, hint, "实际值"))
        return Value(value, tuple(self.remarks), self.bound, by_line=self.by_line)

    def _value(self) -> Fraction:
        if len(self.text) > _LONGEST:
            raise self._not_a_number()
        if self.text.lower() in _NOT_FINITE:
            raise _RefusedError(
                IMPOSSIBLE, f"“{self.shown}”不是有限的数", "填实际的数；没有数填“—”"
            )
        rest = self.text if self.text.isdigit() else self._strip_words()
        if rest in _FLAT and self.sign is None:
            self.is_readable = True
            self._need_rate("“持平”")
            return Fraction(0)
        found = match_number(rest)
        if not found:
            raise self._not_a_number()
        number, end = found
        tail = rest[end:].strip()
        if tail and (between := _SOFT_BETWEEN.match(tail)):
            self._soften(Bound.OVER)
            tail = tail[between.end() :].strip()
        if tail and not parse_unit(tail) and _NO_TAIL.match(tail):
            raise self._not_a_number()
        self.is_readable = True
        unit = self._unit(tail)
        return unit.convert(self._signed(number), self.target.goal.unit)

    def _soften(self, bound: Bound) -> None:
        self.soft = True
        if self.bound in (Bound.EXACT, Bound.ABOUT):
            self.bound = bound

    def _signed(self, number: Fraction) -> Fraction:
        """Return a number with the sign that words, the column and the target give it."""
        if self.sign is not None:
            if number < 0 and self.fell:
                raise self._unclear_sign()
            return number * self.sign
        column, falls = self.written.column, self.target.counts_falls
        if column.kind is ColumnClass.GROWTH:
            turned = -number if column.falls != falls else number
            if falls and number < 0 and not column.falls:
                self._say_fall(turned)
            return turned
        if falls and number < 0:
            if is_fall(self.written.name):
                raise self._unclear_sign()
            self._say_fall(-number)
            return -number
        return number

    def _say_fall(self, value: Fraction) -> None:
        message = (
            f"“{self.shown}”是负数，按下降 {format_number(value)}{self.target.goal.unit.text} 采用"
        )
        self.remarks.append(
            Remark(FALL_WRITTEN_NEGATIVE, message, "“降幅”填正数，或写“下降…%”", "实际值")
        )

    def _unclear_sign(self) -> _RefusedError:
        return _RefusedError(
            NOT_A_NUMBER, f"“{self.shown}”是升是降看不明白", "下降写成 下降3.2%，上升写成 上升3.2%"
        )

    def _strip_words(self) -> str:
        """Take 约, 预计, 同比增长, 左右 off the cell and remember what they mean."""
        rest = self.text
        while rest not in _FLAT and (match := _BEFORE.match(rest)):
            if match["soft"]:
                self._soften(_bound_of(match))
            if match["up"] or match["down"]:
                if self.sign is not None:
                    raise self._not_a_number()
                self.is_readable = True
                self._need_rate(f"“{match[0]}”")
                falls = self.target.counts_falls
                self.sign = 1 if bool(match["up"]) != falls else -1
                self.fell = match["down"] is not None
            rest = rest[match.end() :].strip()
        if after := _SOFT_AFTER.search(rest):
            self._soften(_bound_of(after))
            rest = rest[: after.start()].strip()
        return rest

    def _need_rate(self, words: str) -> None:
        if self.target.measure is not Measure.RATE:
            raise _RefusedError(
                OTHER_DIMENSION, f"{words}是与上年比，{self._wanted()}", self._unit_hint()
            )

    def _unit(self, tail: str) -> Unit:
        """Settle the unit: of the cell, the unit column, the name, the header, the form's line, the goal."""
        goal_unit = self.target.goal.unit
        given = self._given()
        default = given[0][1] if given else None
        if not tail:
            unit = default or self._assumed()
        elif (factor := prefix_factor(tail)) is not None:
            unit = self._prefixed(tail, factor, default)
        else:
            unit = self._cell_unit(tail)
            given.insert(0, (f"单元格写“{self.shown}”", unit))
        self._need_agreement(given)
        if unit.dimension != goal_unit.dimension:
            raise _RefusedError(
                OTHER_DIMENSION,
                f"报的是“{unit.text}”，{self._wanted()}",
                self._unit_hint(),
                "单位" if not tail else "实际值",
            )
        if unit.is_points and self.target.measure is not Measure.RATE:
            raise _RefusedError(
                OTHER_DIMENSION,
                f"“百分点”是两个比率之差，{self._wanted()}",
                f"按 % 报“{self.target.name}”本身的数",
            )
        return unit

    def _given(self) -> list[tuple[str, Unit]]:
        """Return the units that unit column, name and header give, nearest first, and who says so.

        A growth column is in %, whatever unit the amount has.
        """
        column = self.written.column
        if column.kind is ColumnClass.GROWTH:
            return [("表头", column.unit)] if column.unit else []
        given = []
        if self.written.unit and (unit := self._column_unit()):
            given.append((f"单位列写“{unit.text}”", unit))
        if name_unit := self.written.name_unit:
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
                raise _RefusedError(
                    UNKNOWN_UNIT, f"{one}，{other}，对不上", "单位只在一处写，或者改成一致", "单位"
                )

    def _assumed(self) -> Unit:
        """Return the unit where none of the nearer sources gives one."""
        goal_unit, column = self.target.goal.unit, self.written.column
        if column.kind is ColumnClass.GROWTH:
            return _PERCENT
        if column.unknown_unit:
            raise self._unknown_unit(column.unknown_unit, "单位")
        if self.written.line:
            fitting = [each for each in self.written.line if each.dimension == goal_unit.dimension]
            self.by_line = fitting[0] if fitting else self.written.line[0]
            if len({each.size for each in fitting}) > 1:
                said = "、".join(each.text for each in fitting)
                raise _RefusedError(
                    UNKNOWN_UNIT,
                    f"表上写着几种单位（{said}），不知道是哪一种",
                    "在单位列写明",
                    "单位",
                )
            return self.by_line
        self.has_unit = False
        quantity = self.target.measure is Measure.RATE and not is_growth(self.written.name)
        level = Level.WARNING if quantity and self.written.name else None
        message = f"没有写单位，按目标的单位“{goal_unit.text}”计"
        if level:
            message += f"；“{shorten(self.written.name, 20)}”本身不是增速，核对报的是不是增速"
        hint = "在单位列或表头括号中写明单位"
        self.remarks.append(Remark(NO_UNIT, message, hint, "单位", level))
        return goal_unit

    def _column_unit(self) -> Unit | None:
        if (unit := parse_unit(self.written.unit)) is not None:
            return unit
        written = plain(self.written.unit).translate(DASHES)
        if written in ("", "-", "/"):
            return None
        if prefix_factor(written) is not None:
            return parse_unit(written + self.target.goal.unit.stem)
        raise self._unknown_unit(written, "单位")

    def _unknown_unit(self, written: str, column: str) -> _RefusedError:
        goal = self.target.goal
        hint = f"该指标的目标是 {goal.text}，可写“{goal.unit.text}”"
        return _RefusedError(UNKNOWN_UNIT, f"不认识的单位“{shorten(written)}”", hint, column)

    def _prefixed(self, prefix: str, factor: int, default: Unit | None) -> Unit:
        """A bare 万 or 亿 in the cell: of the stem of the unit given elsewhere."""
        column = self.written.column
        if default is None and column.unknown_unit:
            raise self._unknown_unit(column.unknown_unit, "单位")
        unit = default or self.target.goal.unit
        if default and default.prefix not in ("", prefix):
            raise _RefusedError(
                UNKNOWN_UNIT,
                f"单元格写“{self.shown}”，单位又是“{default.text}”，对不上",
                "单位只在一处写全，例如 6070万美元",
            )
        if default is None:
            message = f"没有写全单位，按“{prefix}{unit.stem}”计"
            self.remarks.append(Remark(NO_UNIT, message, "在单位列或表头括号中写明单位", "单位"))
        whole = parse_unit(prefix + unit.stem)
        if whole is None or whole.size != unit.size / (prefix_factor(unit.prefix) or 1) * factor:
            raise _RefusedError(
                UNKNOWN_UNIT, f"“{self.shown}”的单位认不准", "把单位写全，例如 6070万美元"
            )
        return whole

    def _cell_unit(self, tail: str) -> Unit:
        unit = parse_unit(tail)
        if unit is None:
            raise self._unknown_unit(tail, "实际值")
        return unit

    def _check(self, value: Fraction) -> None:
        """Refuse what can't be true (DT210)."""
        target = self.target
        if is_impossible(target, value):
            raise self._impossible(
                f"“{target.name}”不会是 {self._shown(value)}，目标是 {target.goal.text}",
                "核对数和单位：多半是单位写错，或者填了别的数",
            )
        if target.measure is Measure.RATE:
            if not self.has_unit and is_implausible_rate(target, value):
                raise self._impossible(
                    f"“{target.name}”的 {self._shown(value)} 像是总量或指数，不是增速（没有写单位）",
                    "报与上年同期相比的增减，写明“%”；确是增速的，写明单位后再报",
                )
            return
        if value < 0 and "净增" not in target.name:
            raise self._impossible(f"“{target.name}”不会是负数（{self._shown(value)}）", "核对原表")
        if target.measure is Measure.LEVEL and target.goal.unit.dimension == SHARE and value > 100:
            raise self._impossible(
                f"“{target.name}”是占比，不会超过 100%（{self._shown(value)}）",
                "核对原表，也许小数点错了位",
            )
        unit = target.goal.unit
        if unit.is_whole and (value if unit.size == 1 else value * unit.size).denominator != 1:
            raise self._impossible(
                f"“{target.name}”按个计数，不会是 {self._shown(value)}", "核对数和单位"
            )

    def _impossible(self, message: str, hint: str) -> _RefusedError:
        return _RefusedError(IMPOSSIBLE, message, hint)

    def _shown(self, value: Fraction) -> str:
        return format_number(value) + self.target.goal.unit.text

    def _wanted(self) -> str:
        goal = self.target.goal
        if self.target.is_assigned:
            return f"“{self.target.name}”的单位是“{goal.unit.text}”"
        return f"“{self.target.name}”的目标是 {goal.text}，不能互换"

    def _unit_hint(self) -> str:
        if self.target.measure is Measure.RATE:
            return f"请报与上年同期比的增减，单位“{self.target.goal.unit.text}”"
        return f"请报以“{self.target.goal.unit.text}”为单位的累计数"

    def _not_a_number(self) -> _RefusedError:
        if self.text.strip("#") == "" and len(self.text) > 1:
            hint = "导出时列太窄，数显示成了一串 #：把列拉宽再导出，或直接交 .xlsx"
        elif self.text.startswith("#"):
            hint = "公式出错了，改正公式或直接填数"
        elif self.text.startswith("="):
            hint = "公式没有存下算出的数：用 Excel 或 WPS 打开、存盘后再交，或直接填数"
        elif _DATE.fullmatch(self.text):
            hint = "填的数被当成了日期：把单元格格式改为“常规”，重新填数"
        else:
            hint = "填一个数，如 1710、6.5%、1710亿元；没有数填“—”"
        return _RefusedError(NOT_A_NUMBER, f"“{self.shown}”不是一个数", hint)


def _bound_of(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    if groups.get("over"):
        return Bound.OVER
    if groups.get("least"):
        return Bound.AT_LEAST
    return Bound.UNDER if groups.get("under") else Bound.ABOUT
