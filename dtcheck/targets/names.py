"""When two spellings are the same indicator name."""

from __future__ import annotations

import re
from functools import lru_cache

from dtcheck.units import plain

# 1. 一、 （一） (1) ① # 其中：, as forms number and indent their rows.
_LEAD = re.compile(
    r"^(?:[#*·•☆★]+|其中[:：]?|[0-9]{1,3}[.、](?![0-9])|[一二三四五六七八九十]{1,3}、"
    r"|\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳]|-{1,2})+"
)
_IGNORED = str.maketrans("", "", "“”\"'‘’「」《》*:。")


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """Return what ``name`` is compared by: without spaces, quotes, numbering, and case."""
    bare = "".join(plain(name).split()).translate(_IGNORED).lower()
    return _LEAD.sub("", bare) or bare
