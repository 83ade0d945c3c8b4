"""Cells that hold more than one number, or a sign that may be none: 25780元 增长5.8%, 39/100, (5.2), ▲5.2.

Imported only for a cell that is no figure as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dtcheck.patterns import regex
from dtcheck.targets import Measure, Target
from dtcheck.units import format_number, parse_number, parse_unit, plain

_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_UNIT = r"[^0-9,;、。()/]{0,6}?"
_COMPARED = "(?:同比|[比较](?:上年|去年)(?:同期)?)?"
_AMOUNT = rf"(?P<amount>(?:累计|实际|完成|实现|达到?|为)*{_NUMBER}\s*{_UNIT})"
_GROWTH = (
    rf"(?P<growth>{_COMPARED}(?:增长|上升|提高|增加|上涨|下降|降低|减少|下滑|回落|增|升|降|减)了?\s*{_NUMBER}\s*"
    r"(?:%|个?百分点|天)?)"
)
_BETWEEN = r"[,;、。\s]*"
# 25780元,同比增长5.8% and 25780元(增长5.8%), or the other way round.
_TWO = (
    regex(rf"{_AMOUNT}{_BETWEEN}(?:\({_GROWTH}\)|{_GROWTH.replace('growth', 'open')})。?"),
    regex(rf"{_GROWTH}{_BETWEEN}{_AMOUNT}。?"),
)
_OF = regex(rf"(?P<done>{_NUMBER})\s*(?P<unit>{_UNIT})/(?P<all>{_NUMBER})\s*(?P<last>{_UNIT})")
_PARTS = regex(
    rf"(?P<all>{_NUMBER})\s*(?P<unit>{_UNIT})[,;\s]*\(?(?P<how>其中|含|包括|包含|不含|不包括|另有?)(?P<what>[^0-9()]*)(?P<part>{_NUMBER})\s*[^0-9()]*\)?"
)
_UNFINISHED = regex("在建|续建|未完|未竣|未开|在谈|拟|计划|预计|结转|上年|去年")
_BRACKETED = regex(rf"[(\[]\s*(?P<number>{_NUMBER})\s*%?\s*[)\]]\s*%?")
_MARKED = regex(
    rf"(?P<mark>[▲△▼▽↑↓⬆⬇负—–―─])\s*(?P<number>{_NUMBER})\s*{_UNIT}|(?P<before>{_NUMBER})\s*%?\s*(?P<after>[▲△▼▽↑↓⬆⬇])\s*%?"
)


class Taken(NamedTuple):
    """The part of a cell that answers its target: ``is_growth``, or the amount; ``why`` ends a sentence."""

    text: str
    why: str
    is_growth: bool = False


def taken_of(text: str, target: Target) -> Taken | None:
    """Return the one of a cell's two numbers that the target is about, None where the cell isn't so made."""
    found = next((found for each in _TWO if (found := each.fullmatch(text))), None)
    if found:
        groups = found.groupdict()
        growth = groups["growth"] or groups.get("open") or ""
        if target.measure is Measure.RATE:
            return Taken(growth, "目标是增减", is_growth=True)
        return Taken(groups["amount"].strip(), "目标不是增减")
    if (found := _OF.fullmatch(text)) and target.measure is not Measure.RATE:
        goal = target.goal
        whole = parse_number(found["all"])
        written = found["last"] or found["unit"]
        unit = parse_unit(written) if written else goal.unit
        if whole is None or unit is None or unit.dimension != goal.unit.dimension:
            return None
        if unit.convert(whole, goal.unit) in (goal.value, goal.high):
            return Taken(found["done"] + written, f"{found['all']} 是目标")
    return None


def problem_of(text: str, target: Target) -> tuple[str, str] | None:
    """Return what is unclear about a cell, as the end of a sentence, and how to mend it; None: nothing special."""
    text = plain(text)
    if found := _BRACKETED.fullmatch(text):
        return "是不是负数看不明白", _sign_hint(found["number"], target)
    if found := _MARKED.fullmatch(text):
        mark, number = found["mark"] or found["after"], found["number"] or found["before"]
        if mark in "↑↓⬆⬇":
            return "用箭头写升降，读不了", _arrow_hint(number, target, falls=mark in "↓⬇")
        return "是不是负数看不明白", _sign_hint(number, target)
    if found := _PARTS.fullmatch(text):
        return "里有两个数，不知道用哪一个", _parts_hint(found)
    if found := _OF.fullmatch(text):
        return (
            "不知道是日期、比例，还是完成数和目标数",
            f"完成数是 {found['done']} 的，只写 {found['done']}",
        )
    return None


def _sign_hint(number: str, target: Target) -> str:
    if target.counts_falls:
        return f"下降写“下降{number}%”，上升写“上升{number}%”"
    return f"是负数的写 -{number}，不是的写 {number}"


def _arrow_hint(number: str, target: Target, *, falls: bool) -> str:
    if target.measure is not Measure.RATE:
        return "填累计数，不填升降"
    unit = target.goal.unit.text
    if target.counts_falls:
        return f"写“{'下降' if falls else '上升'}{number}{unit}”"
    return (
        f"写 -{number} 或“下降{number}{unit}”" if falls else f"写 {number} 或“增长{number}{unit}”"
    )


def _parts_hint(found: re.Match[str]) -> str:
    whole, part = parse_number(found["all"]), parse_number(found["part"])
    if found["how"] in ("不含", "不包括", "另", "另有") or whole is None or part is None:
        return f"只写 {found['all']}，其余写在备注"
    if _UNFINISHED.search(found["what"]) and whole >= part:
        less = format_number(whole - part)
        return f"写 {less} 或 {found['all']}：{found['what']}的不算完成就写 {less}，其余写在备注"
    return f"只写 {found['all']}，其余写在备注"
