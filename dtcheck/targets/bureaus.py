"""Bureaus as clerks write them: 发改委, 文化广电旅游局, 人社局（牵头）, 财政局、税务局 (the first leads)."""

from __future__ import annotations

from dtcheck.patterns import regex
from dtcheck.units import plain

_BRACKETED = regex(r"[(\[【][^()\[\]【】]*[)\]】]")
_BEFORE = regex("^(?:牵头|责任|填报|报送|主办|主管)(?:单位|部门)?[:：]")
_BETWEEN = regex("[、,，;；/|+\n]|会同|配合|等(?:部门|单位)?$")
_END = regex("(?:委员会|委|局|办公室|办)$")
# 和 and 与 are left out at will, 会 and 部 end no bureau's short name.
_JOINING = str.maketrans("", "", "和与及")


def bare_bureau(written: str) -> str:
    """Return a bureau's name without white space, 和 and 与: 自然资源规划局 is 自然资源和规划局."""
    return "".join(plain(written).split()).translate(_JOINING)


def leading_bureau(written: str) -> str:
    """Return the bare name of the first of the bureaus that a cell names, without what brackets add (牵头)."""
    first = next((part for part in _BETWEEN.split(plain(written)) if part.strip()), "")
    return bare_bureau(_BEFORE.sub("", _BRACKETED.sub("", "".join(first.split()))))


def is_bureau(bare: str) -> bool:
    """Whether a name ends as a bureau's does."""
    return _END.search(bare) is not None


def bureau_stem(bare: str) -> str:
    """Return a bureau's bare name without its last word: 卫健局 and 卫健委 are one."""
    return _END.sub("", bare)
