"""How the words around a figure become a goal (design §3, “How words become operators”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dtcheck.targets.goal import Goal, Op
from dtcheck.units import Unit, parse_unit
from dtcheck.workreport.figures import Figure

_BEFORE = (
    (
        Op.AT_MOST,
        "不超过?|不高于|不大于|不多于|不突破|控制在|(?:压降|压缩|压减|缩短|缩减|减少|降低|降)[至到]",
    ),
    (Op.AT_LEAST, "不低于|不少于|不小于|至少|保底"),
    (Op.OVER, "超过|超|突破|高于|大于|多于|快于|越过|跨越"),
    (Op.UNDER, "低于|少于|小于|不足|不到|不满"),
)
_AFTER = (
    (Op.ABOUT, "左右|上下"),
    (Op.AT_MOST, "(?:及)?以下|(?:之|以)内"),
    (Op.AT_LEAST, "(?:及)?以上"),
)
# How else people speak of an operator.
_SPOKEN = (
    (Op.AT_LEAST, "达到?|(?<!不)(?:含|包括)本数|下限"),
    (Op.OVER, "不(?:含|包括)本数"),
    (Op.ABOUT, "约|大致"),
    (Op.AT_MOST, "上限"),
)
_LOOK_BACK, _FAR_BACK = 10, 20
_KEPT_DOWN = "失业率|消费价格|物价|CPI|赤字率?(?:规模)?|负债率|债务率|不良贷款率|死亡率"
# 赤字比上年减少1500亿元: of a cut, more is better.
_CUT = "减少|压减|削减|下降|降低|比上年|比去年|较上年"
# 超每千人6.6批次: the word stands before the measure.
_MEASURED_BY = "(?:每[十百千万]*[人户名亩](?:口)?)?"
_STOP = ",。;:!?\n"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
# The rest of a list: 、厂房10万平方米以上. The word at its end covers all of it. A ceiling reaches back only
# over bare figures (20天、30天以内): of 就业1万人、失业率4%以内 the jobs have none.
_LIST_END = re.compile(
    rf"(?:[、和及与](?:{_NUMBER}[^{_STOP}、0-9]{{0,5}}?))+?(?P<bare>左右|以内|以下)"
    rf"|(?:[、和及与](?:(?!超|突破|低于|不)[^{_STOP}、0-9]){{0,12}}{_NUMBER}[^{_STOP}、0-9]{{0,5}}?)+?"
    r"(?P<word>以上)"
)
# A quantity that stands before a noun without a stop names a class: 亿元以上项目, 千亩示范片.
_NOUN = rf"[^{_STOP}、和及与()”\]]"
# What names a class by its size: money, land, power, length. Counts are what is promised.
_SIZES = ("人民币", "美元", "面积", "功率", "长度", "重量", "电量", "能耗", "体积")
_DOING = re.compile(
    "(?:完成|新建|新增|建设|改造|实现|建成|打造|盘活|整治|推广|种植|发展|流转|治理|新改建|达到?)了?$"
)
# 总投资超10亿元项目50个: the count is the promise.
_COUNT_FOLLOWS = re.compile(
    rf"(?:的)?(?:(?:及)?以上)?(?:的)?[^{_STOP}、0-9和及与()”]{{0,8}}(?:项目|企业|工程)"
    "(?:达到?|突破|超过|不少于|不低于|力争)?[0-9]+(?:[-—~至到]{1,2}[0-9]+)?[余多]?[个家项户]"
)


@dataclass(frozen=True, slots=True)
class FigureReading:
    """What a figure promises: operator, number and unit, and the word that decided (or "").

    Without a ``unit`` the words leave it open, but for ``counted`` ones, which count things or times.
    """

    op: Op
    value: Fraction | None
    high: Fraction | None
    unit: Unit | None
    by: str
    counted: bool = False

    def same_number(self, goal: Goal) -> bool:
        """Whether number and unit are the goal's, whatever the operator."""
        if self.op is Op.ASSIGNED or goal.op is Op.ASSIGNED:
            return self.op is goal.op
        if self.value is None or goal.value is None:
            return False
        if self.unit is not None and self.unit.dimension != goal.unit.dimension:
            return False
        if self.counted and (goal.unit.prefix or not goal.unit.is_whole):
            return False
        return self._in(goal.unit, self.value) == goal.value and goal.high == (
            None if self.high is None else self._in(goal.unit, self.high)
        )

    def same(self, goal: Goal) -> bool:
        """Whether operator, number and unit are the goal's."""
        return self.op is goal.op and self.same_number(goal)

    def _in(self, unit: Unit, value: Fraction) -> Fraction:
        return value if self.unit is None else self.unit.convert(value, unit)


def read_figure(text: str, figure: Figure) -> FigureReading | None:
    """Return what a figure of ``text`` promises, None where it is no quantity and no such word."""
    word = figure.word
    if word is not None:
        if word.op is None:
            return None
        unit = parse_unit(word.unit) if word.fixed else None
        return FigureReading(word.op, word.value, None, unit, figure.text, word.counted)
    if not figure.is_quantity or figure.value is None:
        return None
    if figure.high is not None:
        return FigureReading(Op.RANGE, figure.value, figure.high, figure.unit, "")
    op, by = _operator(text, figure)
    return FigureReading(op, figure.value, None, figure.unit, by)


def _operator(text: str, figure: Figure) -> tuple[Op, str]:
    after = text[figure.end : figure.end + 40]
    before = text[max(0, figure.start - _LOOK_BACK) : figure.start]
    about = re.match("左右|上下", after)
    if about:
        # 控制在5.5%左右 is a ceiling, and so is what nobody wants to rise: 失业率5.5%左右.
        held = re.search(f"(?:{dict(_BEFORE)[Op.AT_MOST]})(?:了|为)?$", before)
        return Op.CEILING if held or _is_kept_down(text, figure) else Op.ABOUT, about[0]
    for op, words in _BEFORE:
        if match := re.search(f"(?:{words})(?:了|为)?{_MEASURED_BY}$", before):
            return op, match[0]
    for op, words in _AFTER:
        if match := re.match(words, after):
            return op, match[0]
    listed = _LIST_END.match(after)
    if listed:
        word = listed["bare"] or listed["word"]
        return next((op, word) for op, words in _AFTER if re.fullmatch(words, word))
    if _is_kept_down(text, figure):
        return Op.AT_MOST, ""
    return Op.AT_LEAST, ""


def _is_kept_down(text: str, figure: Figure) -> bool:
    before = text[: figure.start][-_FAR_BACK:]
    if re.search(f"(?:削减|压减|减少)[^{_STOP}、]*$", before):
        return False
    return re.search(f"(?:{_KEPT_DOWN})(?:(?!{_CUT})[^{_STOP}、0-9])*$", before) is not None


def operator_named(words: str) -> Op | None:
    """Return the operator that a sentence about a figure names last: 读作达到 is ``>=``."""
    found = [(match.end(), match.start(), op) for op, match in _named(words)]
    # 不超过 holds 超过: of those that end alike the longest counts.
    return max(found, key=lambda each: (each[0], -each[1]))[2] if found else None


def _named(words: str) -> Iterator[tuple[Op, re.Match[str]]]:
    for op, pattern in (*_BEFORE, *_AFTER, *_SPOKEN):
        for match in re.finditer(pattern, words):
            yield op, match


def is_class_name(text: str, figure: Figure) -> bool:
    """Whether the quantity is a threshold inside a name: 亿元以上项目, 千亩示范片, 超亿元企业.

    Of 5家以上企业 and 60%以上的园区 the figure is the promise.
    """
    after = text[figure.end : figure.end + 24]
    if not figure.digits and re.match("[元亩]", figure.text[-1:] or " "):
        return True
    dimension = figure.unit.dimension if figure.unit else ""
    if dimension in _SIZES[:2] and _COUNT_FOLLOWS.match(after):
        return True
    if dimension == "人数" and re.match(rf"(?:及)?(?:以上|以下)的{_NOUN}", after):
        return True
    if dimension not in _SIZES:
        return False
    if dimension not in _SIZES[:2] and _DOING.search(text[max(0, figure.start - 6) : figure.start]):
        return False
    return re.match(rf"(?:(?:及)?以上|以下)(?:的)?{_NOUN}", after) is not None and not re.match(
        "(?:及)?以上(?:的目标|目标|,|。)", after
    )
