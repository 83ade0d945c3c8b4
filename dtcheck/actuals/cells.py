"""Reading one actual as a clerk writes it: 约6070万美元, 下降3.2%, 6.5个百分点, —."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from dtcheck.actuals.available import DASHES
from dtcheck.actuals.remarks import Remark, shorten
from dtcheck.rules import Rule
from dtcheck.rules.plausibility import NO_UNIT, SOFT_FIGURE
from dtcheck.rules.rows import IMPOSSIBLE, NOT_A_NUMBER, OTHER_DIMENSION, UNKNOWN_UNIT
from dtcheck.targets import Measure, Target
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
_SOFT_BEFORE = (
    r"大约|大概|约|将近|接近|近|预计|预估|预测|估计|估算|超过|超|突破|逾|不低于|不少于|至少|不到|不足|"
    r"低于|大于|小于|>=|<=|>|<|≥|≤|~|≈"
)
_SILENT_BEFORE = r"累计|实际|新增|已|达到|达|完成|实现|为|共|合计|:|提高到"
_BEFORE = re.compile(
    rf"(?P<soft>{_SOFT_BEFORE})|(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<silent>{_SILENT_BEFORE})"
)
_SOFT_AFTER = re.compile(
    r"(?:左右|以上|以下|以内|上下|余|多|\+|\(?(?:预计|估计|估算|初步|预|估)数?\)?)+$"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}:[0-9]{2}")
_SOFT_BETWEEN = re.compile(r"^(?:余|多|\+)+")


class Value(NamedTuple):
    """What an actual cell holds: a value in the goal's unit, or none, and remarks on it."""

    value: Fraction | None
    remarks: tuple[Remark, ...] = ()


def read_actual(
    text: str, written_unit: str, header_unit: Unit | None, target: Target, strange: str = ""
) -> Value:
    """Read an available actual for ``target``.

    ``written_unit`` is the text of the unit column, ``header_unit`` the default of the header or
    of the indicator's brackets, ``strange`` one that the header gives and nobody knows. The goal's
    unit is assumed where none is given.
    """
    return _ActualReader(text, written_unit, header_unit, target, strange).read()


class _RefusedError(Exception):
    """Reading stops here with an error."""

    def __init__(self, rule: Rule, message: str, hint: str, column: str = "实际值") -> None:
        super().__init__(message)
        self.remark = Remark(rule, message, hint, column)


class _ActualReader:
    """The reading of one cell; the parts of it are consumed from front to back."""

    def __init__(
        self, text: str, written: str, header: Unit | None, target: Target, strange: str
    ) -> None:
        self.original = text
        self.text = plain(text)
        self.written = written
        self.header = header
        self.strange = strange
        self.target = target
        self.remarks: list[Remark] = []
        self.soft = False
        self.sign: int | None = None
        self.fell = False

    @property
    def shown(self) -> str:
        """The cell as a message quotes it."""
        return shorten(self.original)

    def read(self) -> Value:
        try:
            value = self._value()
            self._check(value)
        except _RefusedError as refused:
            return Value(None, (*self.remarks, refused.remark))
        if self.soft:
            self.remarks.append(
                Remark(
                    SOFT_FIGURE,
                    f"“{self.shown}”不是一个确切的数，按 {self._shown(value)} 采用",
                    "填统计数，不写 约、预计、以上 等字",
                    "实际值",
                )
            )
        return Value(value, tuple(self.remarks))

    def _value(self) -> Fraction:
        if len(self.text) > _LONGEST:
            raise self._not_a_number()
        if self.text.lower() in _NOT_FINITE:
            raise _RefusedError(
                IMPOSSIBLE, f"“{self.shown}”不是有限的数", "填实际的数；没有数填“—”"
            )
        rest = self.text if self.text.isdigit() else self._strip_words()
        if rest in _FLAT and self.sign is None:
            self._need_rate("“持平”")
            return Fraction(0)
        found = match_number(rest)
        if not found:
            raise self._not_a_number()
        number, end = found
        tail = rest[end:].strip()
        between = _SOFT_BETWEEN.match(tail)
        if between:
            self.soft = True
            tail = tail[between.end() :].strip()
        unit = self._unit(tail)
        if self.sign is not None:
            if number < 0 and self.fell:
                raise _RefusedError(
                    NOT_A_NUMBER, f"“{self.shown}”是升是降看不明白", "写成 下降3.2% 或 -3.2%"
                )
            number *= self.sign
        return unit.convert(number, self.target.goal.unit)

    def _strip_words(self) -> str:
        """Take 约, 预计, 同比增长, 左右 off the cell and remember what they mean."""
        rest = self.text
        while rest not in _FLAT and (match := _BEFORE.match(rest)):
            self.soft = self.soft or match["soft"] is not None
            if match["up"] or match["down"]:
                if self.sign is not None:
                    raise self._not_a_number()
                self._need_rate(f"“{match[0]}”")
                falls = self.target.counts_falls
                self.sign = 1 if bool(match["up"]) != falls else -1
                self.fell = match["down"] is not None
            rest = rest[match.end() :].strip()
        after = _SOFT_AFTER.search(rest)
        if after:
            self.soft = True
            rest = rest[: after.start()].strip()
        return rest

    def _need_rate(self, words: str) -> None:
        if self.target.measure is not Measure.RATE:
            raise _RefusedError(
                OTHER_DIMENSION, f"{words}是与上年比，{self._wanted()}", self._unit_hint()
            )

    def _unit(self, tail: str) -> Unit:
        """Settle the unit from the cell, the unit column, the header, and the goal."""
        goal_unit = self.target.goal.unit
        column = self._column_unit()
        default = column or self.header
        if default is None and self.strange and (not tail or prefix_factor(tail)):
            raise self._unknown_unit(self.strange, "单位")
        if not tail:
            if default is None:
                self.remarks.append(
                    Remark(
                        NO_UNIT,
                        f"没有写单位，按目标的单位“{goal_unit.text}”计",
                        "在单位列或表头括号中写明单位",
                        "单位",
                    )
                )
            unit = default or goal_unit
        elif (factor := prefix_factor(tail)) is not None:
            unit = self._prefixed(tail, factor, default)
        else:
            unit = self._cell_unit(tail, column)
        if unit.dimension != goal_unit.dimension:
            raise _RefusedError(
                OTHER_DIMENSION,
                f"报的是“{unit.text}”，{self._wanted()}",
                self._unit_hint(),
                "单位" if default is unit else "实际值",
            )
        if unit.is_points and self.target.measure is not Measure.RATE:
            raise _RefusedError(
                OTHER_DIMENSION,
                f"“百分点”是两个比率之差，{self._wanted()}",
                f"按 % 报“{self.target.name}”本身的数",
            )
        return unit

    def _column_unit(self) -> Unit | None:
        if (unit := parse_unit(self.written)) is not None:
            return unit
        written = plain(self.written).translate(DASHES)
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
        unit = default or self.target.goal.unit
        if default and default.prefix not in ("", prefix):
            raise _RefusedError(
                UNKNOWN_UNIT,
                f"单元格写“{self.shown}”，单位又是“{default.text}”，对不上",
                "单位只在一处写全，例如 6070万美元",
            )
        if default is None:
            self.remarks.append(
                Remark(
                    NO_UNIT,
                    f"没有写全单位，按“{prefix}{unit.stem}”计",
                    "在单位列或表头括号中写明单位",
                    "单位",
                )
            )
        whole = parse_unit(prefix + unit.stem)
        if whole is None or whole.size != unit.size / (prefix_factor(unit.prefix) or 1) * factor:
            raise _RefusedError(
                UNKNOWN_UNIT, f"“{self.shown}”的单位认不准", "把单位写全，例如 6070万美元"
            )
        return whole

    def _cell_unit(self, tail: str, column: Unit | None) -> Unit:
        unit = parse_unit(tail)
        if unit is None:
            if any(mark.isdigit() or mark in "-~/*=.,:#!" for mark in tail):
                raise self._not_a_number()
            raise self._unknown_unit(tail, "实际值")
        if column and (column.dimension, column.size) != (unit.dimension, unit.size):
            raise _RefusedError(
                UNKNOWN_UNIT,
                f"单元格写“{self.shown}”，单位列写“{column.text}”，对不上",
                "两处只写一处",
            )
        return unit

    def _check(self, value: Fraction) -> None:
        """Refuse what can't be true (DT210)."""
        target = self.target
        if target.measure is Measure.RATE:
            return
        if value < 0 and "净增" not in target.name:
            raise _RefusedError(
                IMPOSSIBLE, f"“{target.name}”不会是负数（{self._shown(value)}）", "核对原表"
            )
        if target.measure is Measure.LEVEL and target.goal.unit.dimension == SHARE and value > 100:
            raise _RefusedError(
                IMPOSSIBLE,
                f"“{target.name}”是占比，不会超过 100%（{self._shown(value)}）",
                "核对原表，也许小数点错了位",
            )
        unit = target.goal.unit
        if unit.is_whole and (value if unit.size == 1 else value * unit.size).denominator != 1:
            raise _RefusedError(
                IMPOSSIBLE, f"“{target.name}”按个计数，不会是 {self._shown(value)}", "核对数和单位"
            )

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
