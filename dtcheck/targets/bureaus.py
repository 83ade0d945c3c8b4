"""Bureaus as clerks write them: 发改委, 文化广电旅游局, 人社局（牵头）, 财政局、税务局 (the first leads)."""

from __future__ import annotations

from dtcheck.patterns import regex
from dtcheck.targets.names import bare_bureau
from dtcheck.units import plain

_BRACKETED = regex(r"[(\[【][^()\[\]【】]*[)\]】]")
_BEFORE = regex("^(?:牵头|责任|填报|报送|主办|主管)(?:单位|部门)?[:：]")
_BETWEEN = regex("[、,，;；/|+\n]|会同|配合|等(?:部门|单位)?$")
_END = regex("(?:委员会|委|局|办公室|办)$")


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
