"""Whether a cell says anything: a blank, a dash or 待核 does not."""

from __future__ import annotations

from functools import lru_cache

from dtcheck.units import plain

DASHES = str.maketrans("—–―─", "----")
# Written with plain ASCII dashes, lower case and no spaces.
NOT_AVAILABLE = frozenset(
    """
    / \\ - -- --- ---- n/a na null none … …… 无 空 缺 未统计 暂未统计 尚未统计 待统计 暂无 暂无数据 无数据 暂缺
    待核 待定 待报 待补 未报 未出 未出数 尚未出数 未公布 尚未公布 暂未公布 待公布
    """.split()
) | {""}


@lru_cache(maxsize=4096)
def is_available(text: str) -> bool:
    """Whether ``text`` reports a figure at all; a blank, a dash or 待核 does not."""
    if text[:1].isdigit():
        return True
    return plain(text).translate(DASHES).replace(" ", "").lower() not in NOT_AVAILABLE
