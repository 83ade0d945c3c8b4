"""When two spellings are the same name, of an indicator or of a bureau."""

from __future__ import annotations

from functools import lru_cache

from dtcheck.patterns import regex
from dtcheck.units import plain

# 1. 1.1 一、 （一） (1) 1) ① # 其中：, as forms number and indent their rows. 1.5亿元以上 is no number of a row.
_LEAD = regex(
    r"^(?:[#*·•☆★]+|其中[:：]?|[0-9]{1,3}[.、)](?![0-9])|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}[.、]?(?![0-9.万亿千百十%个])"
    r"|[一二三四五六七八九十]{1,3}[、.)]|\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳]|-{1,2})+"
)
_LEADERS = frozenset("#*·•☆★其(-0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# 1 新开工…: a number of its own, set off by a space.
_SET_OFF = regex(r"^\s*[0-9]{1,3}\s+(?=[\u4e00-\u9fff])(?![万亿千百十个家项条])")
# Left out at will in the names of bureaus.
_JOINING = str.maketrans("", "", "和与及")
_IGNORED = str.maketrans("", "", "“”\"'‘’「」《》*:。")


_GROWTH = regex("增长|增速|增幅|涨幅|同比|提高|提升|变化|增减|升")
_FALL = regex("降幅|下降|降低|减幅|减少")


def is_growth(name: str) -> bool:
    """Whether a name itself says that a change on last year is counted."""
    return bool(_GROWTH.search(name) or _FALL.search(name))


def is_fall(name: str) -> bool:
    """Whether a name itself says that a fall is counted (降幅)."""
    return _FALL.search(name) is not None


def bare_bureau(written: str) -> str:
    """Return a bureau's name without white space, 和 and 与: 自然资源规划局 is 自然资源和规划局."""
    return "".join(plain(written).split()).translate(_JOINING)


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """Return what ``name`` is compared by: without spaces, quotes, numbering, and case."""
    written = _SET_OFF.sub("", name) if name[:1].isdigit() else name
    bare = "".join(plain(written).split()).translate(_IGNORED).lower().replace("规模以上", "规上")
    return (_LEAD.sub("", bare) or bare) if bare[:1] in _LEADERS else bare
