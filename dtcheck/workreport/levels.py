"""From what to what: of 从77%提高到80% the 80 is the goal and the 77 where it starts from."""

from __future__ import annotations

import re

_CHANGE = "(?:提高|提升|增加|增长|扩大|扩展|拓展|上升|上调|调整|延长|压缩|缩短|压减|减少|下降|降低|回落|降|提|升|增|扩)(?:至|到|为)"
_STOP = ",。;:!?\n"
_LONGEST_FROM, _LONGEST_REST = 60, 40
_BRACKET = r"(?:\([^()\n]{0,20}\))?"
_FROM = re.compile(f"(?:由|从)(?!{_CHANGE})[^{_STOP}由从]{{0,{_LONGEST_FROM}}}$")
# What may stand between the old figure and the word: the rest of a list, a unit's own words.
_REST = re.compile(rf"(?:以上|左右)?{_BRACKET}(?P<rest>[^{_STOP}]{{0,{_LONGEST_REST}}}?){_CHANGE}")
_NEXT_TO_IT = re.compile(r"(?:[/每][人生户月年天亩次])*(?:标准)?(?:分别|再|逐步)?")
_REACHED = re.compile(f"[^{_STOP}0-9]{{0,12}}[0-9]")
_LEADS_TO = re.compile(f"{_CHANGE}(?:每|[人生户月年天亩均达约超/])*$")
_WHENCE = re.compile(
    f"(?:分别)?(?:由|从)[^{_STOP}由从]{{0,{_LONGEST_FROM}}}?[0-9][^{_STOP}]{{0,{_LONGEST_REST}}}?{_CHANGE}(?P<to>[^{_STOP}0-9]{{0,6}})$"
    rf"|(?:每[人生户月年天亩]|[月年]?人均)*(?<![A-Za-z0-9.])[0-9]+(?:\.[0-9]+)?[万亿]?(?:元|%|[个家人名户张天日件项种座所亩])[^{_STOP}0-9、和]{{0,6}}{_CHANGE}(?P<then>[^{_STOP}0-9]{{0,6}})$"
)


# 从30%提高5个百分点, 由1.2万个增加8000个至2万个: by how much, and where it starts stands right behind 从.
_VERB = _CHANGE.removesuffix("(?:至|到|为)")
_RIGHT_BEHIND = re.compile(
    "(?:由|从)(?:目前|现在|现有|上年|去年|原来|原有|20[0-9]{2}年|每人|每[月年天户亩]|[月年]?人均|的|约|不足|近)*$"
)
_BY = re.compile(f"(?:以上|左右)?{_BRACKET}[^{_STOP}、0-9]{{0,12}}?{_VERB}(?:了|约|近)?[0-9]")

_DIFFERENCE = re.compile(
    f"(?:由|从)[^{_STOP}由从]{{0,{_LONGEST_FROM}}}[0-9][^{_STOP}0-9]{{0,12}}?(?P<by>{_VERB}(?:了|约|近)?)$"
)


def is_old_level(text: str, start: int, end: int) -> bool:
    """Whether the quantity there is what something is raised or cut from: 2375元提高到2423元."""
    whence = _RIGHT_BEHIND.search(text, max(0, start - _LONGEST_FROM), start)
    if whence is not None and _BY.match(text, end):
        return True
    rest = _REST.match(text, end)
    if rest is None or _REACHED.match(text, rest.end()) is None:
        return False
    whence = _FROM.search(text, max(0, start - _LONGEST_FROM - 2), start)
    if whence is not None and re.search(_CHANGE, whence[0]) is None:
        return True
    return _NEXT_TO_IT.fullmatch(rest["rest"]) is not None


def is_difference(text: str, start: int) -> bool:
    """Whether the figure there is by how much something rises from an old level: 由1万个增加8千个至…."""
    return _DIFFERENCE.search(text, max(0, start - _LONGEST_FROM), start) is not None


def is_raised(before: str) -> bool:
    """Whether the words before a figure lead to the level that it is raised or cut to."""
    return _LEADS_TO.search(before) is not None


def change_in(words: str) -> str:
    """Return the first word that says to what something is raised or cut: 提高到."""
    found = re.search(_CHANGE, words)
    return found[0] if found else ""


def after_change(words: str) -> str:
    """Return what stands behind 提高到, all of the words where nothing is raised."""
    return re.split(_CHANGE, words)[-1]


def without_old_level(head: str) -> str:
    """Return the words before a figure without what it is raised or cut from."""
    return _WHENCE.sub("", _DIFFERENCE.sub(lambda found: found["by"], head))
