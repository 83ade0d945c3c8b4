"""Bureaus as clerks write them: 发改委, 文化广电旅游局, 人社局（牵头）, 财政局、税务局 (the first leads)."""

from __future__ import annotations

from collections.abc import Iterator

from dtcheck.mentions import flat, mentions
from dtcheck.patterns import regex
from dtcheck.targets.names import bare_bureau
from dtcheck.units import plain

_BRACKETED = regex(r"[(\[【][^()\[\]【】]*[)\]】]")
_BEFORE = regex("^(?:牵头|责任|填报|报送|主办|主管)(?:单位|部门)?[:：]")
_BETWEEN = regex("[、,，;；/|+\n]|会同|配合|等(?:部门|单位)?$")
# What a file's name says beside its bureau: of what it is, which version, how often it was sent.
_DECORATION = (
    "(?:报数|报送|填报|上报|统计|数据|进度|完成情况|指标|目标|任务|量化|月度|季度|汇总|更正|修订|修改|补报|补充|续报|重报|反馈|材料|情况|报告|工作)+(?:表|数|版|稿|件)?"
    "|更新|最终|最新|定稿|终稿|正式|初稿|送审|副本|盖章|签字|已?审核|确认|月报|季报|年报|报表|表格|表|版|稿|附件|[0-9]+|v[0-9.]+|final|copy|[-_.+~的]"
)
_BEHIND, _AHEAD = regex(rf"(?:{_DECORATION})+$"), regex(rf"^(?:{_DECORATION})+")
_YEARS = regex("(?:19|20)[0-9]{2}(?:年度?)?")
_END = regex("(?:委员会|委|局|办公室|办)$")


def leading_bureau(written: str) -> str:
    """Return the bare name of the first of the bureaus that a cell names, without what brackets add (牵头)."""
    first = next((part for part in _BETWEEN.split(plain(written)) if part.strip()), "")
    return bare_bureau(_BEFORE.sub("", _BRACKETED.sub("", "".join(first.split()))))


def undecorated(stem: str, year: int) -> Iterator[str]:
    """Yield what a file's name may call its bureau, without months and what else stands beside it.

    科学技术局6月份报数表 is 科学技术局's, and so is 科技局（最终版）. What stands before it is left out last:
    统计局 begins like 统计表.
    """
    bare = "".join(_BRACKETED.sub("", flat(stem)).split()).lower()
    for mention in sorted(mentions(bare, year), key=lambda each: -each.start):
        bare = bare[: mention.start] + "-" + bare[mention.end :]
    bare = _BEHIND.sub("", _YEARS.sub("-", bare))
    yield bare.lstrip("-")
    yield _AHEAD.sub("", bare)


def is_bureau(bare: str) -> bool:
    """Whether a name ends as a bureau's does."""
    return _END.search(bare) is not None


def bureau_stem(bare: str) -> str:
    """Return a bureau's bare name without its last word: 卫健局 and 卫健委 are one."""
    return _END.sub("", bare)
