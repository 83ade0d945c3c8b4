"""Names of figures that share their words: 肉、奶产量分别达到…, 城乡居民收入, 参保率达到90%、98%."""

from __future__ import annotations

import re

from dtcheck.drafting.phrases import BOUND, DIGITS, LEADING, STOPS, TRAILING, VERB
from dtcheck.workreport.figures import Figure

_MEASURED_ENDING = re.compile(
    "(?:率|额|量|收入|产值|投资|数|比重|面积|里程|规模|能力|人次|游客|项目|企业|支出|存款|贷款)$"
)
# What the last of several subjects says of all: 原煤、天然气产量.
_SHARED_ENDING = re.compile(
    "(?:[一-龥]{2}比例|(?:人均)?(?:可支配)?(?:纯)?收入|(?:工业)?增加值|总?产值|总?产量|(?:产业)?规模|排放(?:总)?量|销售额|零售额|进出口额?|"
    "比重|占比|总?面积|里程|投资|产能|(?:保障|补助|津贴)?标准)$"
)
_ENDING_LIKE = re.compile("[一-龥]{2}[率量额]$")


def shared_name(subject: str, before: str, nth: int | None = None) -> str:
    """Return the name of one of several figures under 分别: 城乡 are two, in this order.

    ``nth`` is which of the subjects; without it the figures ``before`` tell.
    """
    nth = len(DIGITS.findall(before)) if nth is None else nth
    subject = re.sub("(?:要|将|均|力争|确保|实现)+$", "", subject)
    parts = re.split("[、和与及]", LEADING.sub("", subject))
    if nth < len(parts) > 1:
        subject = _with_ending(parts[nth], parts[-1])
    subject = LEADING.sub("", subject).replace("城乡", "农村" if nth else "城镇")
    if "一二三产" in subject and nth < len("一二三"):
        subject = re.sub("一二三(?:次)?产业?", f"第{'一二三'[nth]}产业", subject)
    verb = re.match("(?:同比|比上年)?(再?(?:增长|下降|提高|降低|减少|增加))(?![到至])", before)
    return subject + (verb[1] if verb else "")


def _with_ending(own: str, last: str) -> str:
    """肉、奶产量: what the last says at its end, all do."""
    if own == last or _MEASURED_ENDING.search(own):
        return own
    if (verb := VERB.match(own)) and len(own) > verb.end():
        return verb[0] + _with_ending(own[verb.end() :], last)
    for length in (3, 2, 1):
        found = last.find(own[-length:])
        # 二产、三产增加值; 高企、瞪羚企业 only share a character.
        if found >= 0 and len(own) > length and (length > 1 or len(last) > found + 2):
            return own + last[found + length :]
    place = re.match("县城|[一-龥]{1,4}?(?:城区|[市县区镇村省乡])(?=.)", last)
    if place and re.search("[市县区镇村省乡城]$", own):
        return own + last[place.end() :]
    if ending := _SHARED_ENDING.search(last) or _ENDING_LIKE.search(last):
        return own + ending[0]
    if len(own) == 1 and own in "一二三":
        return own + last[1:]
    # 燃气、排水管网: of two characters each, what is said of both comes last.
    return own + last[2:] if len(own) == 2 and len(last) == 4 and own[-1] not in last[2:] else own


def listed(text: str, clause: int, figure: Figure) -> str:
    """Return the name of a figure in a bare list: 参保率达到90%、98%, of as many subjects."""
    first = DIGITS.search(text, clause, figure.end)
    if first is None:
        return ""
    end = figure.end + 24
    listed = re.compile(
        rf"(?:[0-9.]+[^{STOPS}、和及与0-9]{{1,6}}?{BOUND}?(?:[、和及与]|(?=[{STOPS}]|$)))+"
    ).match(text, first.start(), end)
    if listed is None or listed.end() < figure.end:
        return ""
    many = len(DIGITS.findall(listed[0]))
    subject = TRAILING.sub("", text[clause : first.start()])
    parts = re.split("[、和与及]", subject)
    if many < 2:
        return ""
    verb = re.search("(?:增长|下降|提高|降低)$", subject)
    if verb:
        subject = subject[: verb.start()]
    before = text[first.start() : figure.start]
    if len(parts) == many or "城乡" in subject:
        return shared_name(subject, (verb[0] if verb else "") + before)
    return ""
