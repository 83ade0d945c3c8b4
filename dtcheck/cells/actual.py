"""Reading one actual as a clerk writes it: 约6070万美元, 下降3.2%, 6.5个百分点, —."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from dtcheck.cells.bounds import is_implausible_rate, is_impossible, is_out_of_range, limits_of
from dtcheck.cells.remarks import RefusedError, Remark, shorten
from dtcheck.cells.units import UnitReading, Written, unit_hint, wanted
from dtcheck.headers.classes import ColumnClass
from dtcheck.patterns import regex
from dtcheck.rules.plausibility import FALL_WRITTEN_NEGATIVE, ONE_OF_TWO, SOFT_FIGURE
from dtcheck.rules.rows import IMPOSSIBLE, NOT_A_NUMBER, OTHER_DIMENSION
from dtcheck.targets import Measure, Target
from dtcheck.targets.names import is_fall, is_growth
from dtcheck.units import SHARE, Unit, format_number, match_number, parse_unit, plain

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
_BEFORE = regex(
    rf"(?P<soft>{_SOFT_BEFORE})|(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<silent>{_SILENT_BEFORE})"
)
_SOFT_AFTER = regex(
    r"(?:左右|上下|(?P<least>以上)|(?P<under>以下|以内)|(?P<over>余|多|\+)|\(?(?:预计|估计|估算|初步|预|估)数?\)?)+$"
)
_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}:[0-9]{2}")
_SOFT_BETWEEN = regex(r"^(?:余|多|\+)+")
# What follows a number and makes it none: 5-6, 5O.
_NO_TAIL = regex(r"[a-z]|.*[0-9~/*=.,:#!▲△▼▽↑↓-]", re.IGNORECASE)


class Bound(StrEnum):
    """How a figure that is no plain one relates to the number written."""

    EXACT = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    OVER = "over"
    UNDER = "under"


class Value(NamedTuple):
    """What an actual cell holds: a value in the goal's unit, or none, and remarks on it.

    ``is_readable``: a number stands there, used or refused. ``by_line``: the form's line gave the unit.
    ``is_quantity``: it may be the amount of what should grow; another row may have the growth.
    ``bare_unit`` is that of a bare number of which there was nothing to say.
    """

    value: Fraction | None
    remarks: tuple[Remark, ...] = ()
    bound: Bound = Bound.EXACT
    is_readable: bool = True
    by_line: Unit | None = None
    bare_unit: Unit | None = None
    is_quantity: bool = False


def read_actual(written: Written, target: Target) -> Value:
    """Read an available actual for ``target``; the goal's unit is assumed where none is given."""
    value = _ActualReader(written, target).read()
    return value if value.value is not None else _read_part(written, target, value)


def _read_part(written: Written, target: Target, refused: Value) -> Value:
    """Read the one of a cell's two numbers that the target is about: of 25780元 增长5.8% the growth."""
    # Few cells are so odd, and what tells them takes its time to start.
    from dtcheck.cells.odd import taken_of

    text = plain(written.text)
    taken = taken_of(text, target) if len(text) <= _LONGEST else None
    if taken is None:
        return refused
    part = written._replace(text=taken.text)
    if taken.is_growth:
        # What unit column, name and form say is the amount's.
        column = replace(written.column, unit=None, unknown_unit="")
        part = part._replace(unit="", name_unit=None, column=column, line=())
    value = _ActualReader(part, target).read()
    if value.value is None:
        return value
    message = f"“{shorten(written.text)}”里有两个数，按“{taken.text}”采用（{taken.why}）"
    said = Remark(ONE_OF_TWO, message, "只填这一个数，另一个写在备注", "实际值")
    return value._replace(remarks=(*value.remarks, said), bare_unit=None)


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
        self.units = UnitReading(written, target)

    @property
    def shown(self) -> str:
        """The cell as a message quotes it."""
        return shorten(self.written.text)

    def read(self) -> Value:
        try:
            value = self._value()
            self._check(value)
        except RefusedError as refused:
            # What was assumed on the way is no longer of use.
            is_quantity = self.units.is_quantity
            return Value(
                None, (refused.remark,), is_readable=self.is_readable, is_quantity=is_quantity
            )
        if self.soft:
            shown = self._shown(value)
            message = f"“{self.shown}”不是一个确切的数，按 {shown} 采用"
            hint = "填统计数，不写 约、预计、以上 等字"
            self.remarks.append(Remark(SOFT_FIGURE, message, hint, "实际值"))
        remarks = (*self.units.remarks, *self.remarks)
        return Value(
            value,
            remarks,
            self.bound,
            by_line=self.units.by_line,
            is_quantity=self.units.is_quantity,
            bare_unit=None if remarks or self.units.by_line or self.is_turned else self.units.found,
        )

    @property
    def is_turned(self) -> bool:
        """Whether the column or the target may turn the sign of a number."""
        return self.written.column.kind is ColumnClass.GROWTH or self.target.counts_falls

    def _value(self) -> Fraction:
        if len(self.text) > _LONGEST:
            raise self._not_a_number()
        if self.text.lower() in _NOT_FINITE:
            raise RefusedError(IMPOSSIBLE, f"“{self.shown}”不是有限的数", "填实际的数；没有数填“—”")
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
        unit = self.units.unit(tail)
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
        is_growth = column.kind is ColumnClass.GROWTH
        if falls and number < 0:
            if column.falls if is_growth else is_fall(self.written.name):
                raise self._unclear_sign()
            self._say_fall(-number)
            return -number
        if is_growth and column.falls != falls:
            # 2 under 同比增减 for what calls itself a 降幅: a fall of 2, or a rise?
            if falls and number and is_fall(self.written.name):
                raise self._unclear_sign()
            return -number
        return number

    def _say_fall(self, value: Fraction) -> None:
        message = (
            f"“{self.shown}”是负数，按下降 {format_number(value)}{self.target.goal.unit.text} 采用"
        )
        self.remarks.append(
            Remark(FALL_WRITTEN_NEGATIVE, message, "“降幅”填正数，或写“下降…%”", "实际值")
        )

    def _unclear_sign(self) -> RefusedError:
        return RefusedError(
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
            raise RefusedError(
                OTHER_DIMENSION, f"{words}是与上年比，{wanted(self.target)}", unit_hint(self.target)
            )

    def _check(self, value: Fraction) -> None:
        """Refuse what can't be true (DT210)."""
        target = self.target
        is_usual = value >= 0 and limits_of(target).allow(value)
        if is_usual and (self.units.is_given or target.measure is not Measure.RATE):
            return
        if is_impossible(target, value):
            raise self._impossible(
                f"“{target.name}”不会是 {self._shown(value)}，目标是 {target.goal.text}",
                "核对数和单位：多半是单位写错，或者填了别的数",
            )
        if target.measure is Measure.RATE:
            name = self.written.name
            if is_out_of_range(target, value) and name and not is_growth(name):
                raise self._impossible(
                    f"“{shorten(name, 20)}”的 {self._shown(value)} 是它本身，不是与上年同期相比的增减",
                    f"报比上年同期增减多少{target.goal.unit.text}，如“增加5{target.goal.unit.text}”",
                )
            if not self.units.is_given and is_implausible_rate(target, value):
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

    def _impossible(self, message: str, hint: str) -> RefusedError:
        return RefusedError(IMPOSSIBLE, message, hint)

    def _shown(self, value: Fraction) -> str:
        return format_number(value) + self.target.goal.unit.text

    def _not_a_number(self) -> RefusedError:
        if self.text.strip("#") == "" and len(self.text) > 1:
            hint = "导出时列太窄，数显示成了一串 #：把列拉宽再导出，或直接交 .xlsx"
        elif self.text.startswith("#"):
            hint = "公式出错了，改正公式或直接填数"
        elif self.text.startswith("="):
            hint = "公式没有存下算出的数：用 Excel 或 WPS 打开、存盘后再交，或直接填数"
        elif _DATE.fullmatch(self.text):
            hint = "填的数被当成了日期：把单元格格式改为“常规”，重新填数"
        elif problem := self._problem():
            # It is a number all the same.
            self.is_readable = True
            return RefusedError(NOT_A_NUMBER, f"“{self.shown}”{problem[0]}", problem[1])
        else:
            hint = "填一个数，如 1710、6.5%、1710亿元；没有数填“—”"
        return RefusedError(NOT_A_NUMBER, f"“{self.shown}”不是一个数", hint)

    def _problem(self) -> tuple[str, str] | None:
        from dtcheck.cells.odd import problem_of

        return problem_of(self.text, self.target) if len(self.text) <= _LONGEST else None


def _bound_of(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    if groups.get("over"):
        return Bound.OVER
    if groups.get("least"):
        return Bound.AT_LEAST
    return Bound.UNDER if groups.get("under") else Bound.ABOUT
