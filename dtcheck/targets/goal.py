"""The goal grammar: ``OP NUMBER UNIT``, ``OP CODE``, ``LOW..HIGH UNIT`` or ``assigned UNIT`` (design §3)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from dtcheck.patterns import regex
from dtcheck.units import Unit, format_number, match_number, parse_number, parse_unit, plain


class Op(StrEnum):
    """The comparison a goal promises."""

    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="
    ABOUT = "~"
    CEILING = "<~"
    RANGE = ".."
    ASSIGNED = "assigned"


# Longest first, so that ">=" isn't read as ">".
_COMPARISONS = (Op.AT_LEAST, Op.AT_MOST, Op.CEILING, Op.OVER, Op.UNDER, Op.ABOUT)
_CODE = regex("[A-Z]{2}[0-9]{2,3}")
_WORDS = {
    Op.OVER: "超{}",
    Op.AT_LEAST: "≥{}",
    Op.UNDER: "<{}",
    Op.AT_MOST: "≤{}",
    Op.ABOUT: "{}左右",
    Op.CEILING: "≤{}左右",
}


class GoalError(ValueError):
    """The text is no goal; the message says in Chinese what is wrong, ``hint`` how to mend it, if not as usual."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Goal(NamedTuple):
    """What a target promises.

    ``value`` and ``high`` are in ``unit``; ``value`` is the low end of a range, and None where it
    is not known: ``op`` is ASSIGNED, or ``ref`` names the target whose figure it will be. ``high``
    is None but for a range.
    """

    op: Op
    value: Fraction | None
    high: Fraction | None
    unit: Unit
    ref: str | None = None

    @property
    def is_limit(self) -> bool:
        """Whether less is better (``<``, ``<=``, ``<~``)."""
        return self.op in (Op.UNDER, Op.AT_MOST, Op.CEILING)

    @property
    def threshold(self) -> Fraction:
        """The number that judgement compares with: of a range, its low end."""
        if self.value is None:
            raise ValueError(
                "an assigned goal that nobody supplied, like one that is another's figure, has no number"
            )
        return self.value

    @property
    def required(self) -> Fraction:
        """The figure that just meets the goal, in its unit.

        ``>`` and ``<`` on whole counts ask for the next whole number: 超100个 needs 101.
        """
        value = self.threshold
        if self.unit.is_whole and self.op in (Op.OVER, Op.UNDER):
            things = value * self.unit.size
            step = floor(things) + 1 if self.op is Op.OVER else ceil(things) - 1
            return step / self.unit.size
        return value

    def is_met_by(self, actual: Fraction) -> bool:
        """Whether ``actual``, in the goal's unit, keeps the promise in full."""
        value = self.threshold
        if self.op is Op.OVER:
            return actual > value
        if self.op is Op.UNDER:
            return actual < value
        if self.op in (Op.AT_MOST, Op.CEILING):
            return actual <= value
        return actual >= value

    @property
    def text(self) -> str:
        """The goal in words, as tables show it: 超100个, ≥6%, 6.5%左右, ≤5.5%左右, 2-3家, ≥5.2%（ZH01）."""
        if self.value is None:
            return _WORDS[self.op].format(self.ref) if self.ref else f"上级下达（{self.unit.text}）"
        if self.high is not None:
            return f"{format_number(self.value)}-{format_number(self.high)}{self.unit.text}"
        said = _WORDS[self.op].format(format_number(self.value) + self.unit.text)
        return f"{said}（{self.ref}）" if self.ref else said


def parse_quantity(text: str, default: Unit | None = None) -> tuple[Fraction, Unit]:
    """Read ``NUMBER UNIT``; without a unit ``default`` counts. Raises GoalError."""
    written = plain(text)
    found = match_number(written)
    if not found:
        raise GoalError(f"“{text}”中没有数")
    return found[0], _unit(written[found[1] :], default)


def parse_goal(
    text: str, default: Unit | None = None, unit_of: Callable[[str], Unit] | None = None
) -> Goal:
    """Read a goal; a bare number is a floor (``>=``). Raises GoalError.

    ``default`` is the unit of a goal that names none, as submissions supply them. ``unit_of`` gives
    the unit of another target, where a goal may be another's figure; it may raise GoalError, too.
    """
    written = plain(text)
    if written.split()[:1] == [Op.ASSIGNED.value]:
        return Goal(Op.ASSIGNED, None, None, _unit(written[len(Op.ASSIGNED.value) :], default))
    if ".." in written:
        return _parse_range(written, default)
    op = next((each for each in _COMPARISONS if written.startswith(each.value)), None)
    if op is None and default is None:
        raise GoalError(f"“{text}”没有写比较符")
    rest = written[len(op.value) :].strip() if op else written
    if op and _CODE.fullmatch(rest):
        if unit_of is None:
            raise GoalError(f"这里不能参照别的指标（{rest}）")
        return Goal(op, None, None, unit_of(rest), rest)
    value, unit = parse_quantity(rest, default)
    return Goal(op or Op.AT_LEAST, value, None, unit)


def reference_of(text: str) -> str | None:
    """Return the code of the target that a goal, as it is written, refers to."""
    found = _CODE.search(plain(text))
    return found[0] if found and plain(text).rstrip().endswith(found[0]) else None


def _parse_range(written: str, default: Unit | None) -> Goal:
    low_text, high_text = (text.strip() for text in written.split("..", 1))
    low = parse_number(low_text)
    if low is None:
        raise GoalError(f"“{low_text}”不是数")
    high, unit = parse_quantity(high_text, default)
    if high <= low:
        raise GoalError("下限要小于上限")
    return Goal(Op.RANGE, low, high, unit)


def unknown_unit_hint(text: str) -> str:
    """Return how a targets file declares a unit of its own."""
    return f"写错的改正；确实按这个单位计的，在文件开头加一行 units: [{text}]"


def _unit(text: str, default: Unit | None) -> Unit:
    text = text.strip()
    if not text:
        if default is None:
            raise GoalError("没有写单位")
        return default
    unit = parse_unit(text)
    if unit is None:
        raise GoalError(f"不认识的单位“{text}”", unknown_unit_hint(text))
    return unit
