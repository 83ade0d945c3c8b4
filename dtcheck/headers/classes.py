"""What a column of figures says of the year: its class, by the words of its whole header (design §4)."""

from __future__ import annotations

import re
from enum import StrEnum

from dtcheck.patterns import regex


class ColumnClass(StrEnum):
    """What figures a column holds; the value is how messages call them."""

    LAST_YEAR = "上年或上月的数"
    PLAN = "计划数"
    SHARE = "完成率或占比"
    MONTH = "当月数"
    LONE_MONTH = "单独一个月的数"
    GROWTH = "增幅"
    CUMULATIVE = "累计数"
    PLAIN = "完成数"

    @property
    def is_ours(self) -> bool:
        """Whether the figures are this year's results: what a form that was filled in is about."""
        return self not in (ColumnClass.LAST_YEAR, ColumnClass.PLAN, ColumnClass.SHARE)


# What most forms call it; nothing else is to be read from these.
USUAL = {
    **dict.fromkeys(("实际值", "完成值", "actual", "value"), ColumnClass.PLAIN),
    **dict.fromkeys(("累计完成", "累计值", "本期累计"), ColumnClass.CUMULATIVE),
}
# The strongest class first: the first that a header's words name decides.
_WORDS: tuple[tuple[ColumnClass, re.Pattern[str]], ...] = (
    (
        ColumnClass.LAST_YEAR,
        regex(
            r"(?<![比较与])(?:上一?年|去年|前年|上一?月|上季|上期|往年|历年)|自?开工以?来?累计|建成以来|结转|跨年"
            r"|(?<![比较与年])同期(?!比|增|相比)|基期|基数|年初(?:数|值|余额|总|存量)"
        ),
    ),
    # 目标完成情况 is no plan: the word only says of what.
    (
        ColumnClass.PLAN,
        regex(r"计划|(?:目标|任务)(?!的?完成(?!率|比))|预算|应完成|应达|考核值|指标数"),
    ),
    (
        ColumnClass.SHARE,
        regex(r"完成率|完成比|完成进度|完成程度|百分比|占比|比重|^占|/占|进度|达标率|达成率|完成%"),
    ),
    # 本月止累计 and 1-本月 are no month, nor is what stands at its end.
    (
        ColumnClass.MONTH,
        regex(
            r"(?<![-至到])(?:[本当]月|[本当]季度?|当期)(?!(?:止|末|底)?累|末|底|止|余额)|环比|单月|上月"
        ),
    ),
    (
        ColumnClass.GROWTH,
        regex(
            r"同比|增幅|增速|增长|增减|涨幅|降幅|下降|±|[比较与](?:上年|去年|同期|年初)|升降|\+/?-|增\(?\+\)?减"
        ),
    ),
    (
        ColumnClass.CUMULATIVE,
        regex(
            r"累计|累积|年内|年初|[-至到]本?月|(?:[本今当]年|全年)(?:完成|新增|实际|实绩|发生|达到|净增)"
            r"|上半年|前三季度|一季度"
        ),
    ),
    (ColumnClass.PLAIN, regex("")),
)
# All that the header of a figure is made of: with another word (完成时限, 实际负责人) it is no figure's.
_FIGURE_WORDS = regex(
    r"(?:1-|(?:目标|任务)(?=的?完成)|本期|[本今当上去]年|[本当]季度?|当期|全年|年内|自?年初(?:以来|至今|起)?|至今|截[至止]到?|目前|当前|[本当]月|[本全]市|[本全]县|[本全]区|全省"
    r"|上半年|[前第]?[一二三四]季度|累计|累积|单月|环比|止|末|底|期末|余额|总数|总量|总额|总计|合计|绝对|实际|完成|实绩|达到|实有|现有|现状|发生|新增"
    r"|净增|情况|数据|数量|金额|(?:[户家个件人次]|项目)数|数|值|量|额|率|度|幅|同期|同比|[比较与自至到从已现的]|相比|增长|增幅|增速|增减|涨幅|下降|降幅|减少|降低|升降|统计|上报"
    r"|填报|报送|指标|[-%±+/()、]|月|年|季|期|actual|value)+"
)
_PLAIN_WORDS = regex(
    r"实际|完成|实绩|总[数量额]|绝对|数值|数据|数量|金额|本期|期末|余额|[月年季]末|现有|实有|达到|现状|[本今当]年|新增|净增|actual|value|^[数值]$|^(?:[户家个件人次]|项目)数$"
)
# 数据期 holds months.
_PERIODS = regex("(?<![本同])期$")
# 增加值 and 新增 are amounts.
_AMOUNTS = regex(r"增加值|新增|净增")
_FALLS = regex(r"下降|降幅|降低|减幅|减少")
_RISES = regex(r"[增升涨±]")
_AT_THE_END = regex(r"总数|期末|余额|[月年季]末|月底|总量|实有|现有")
_OF_THE_YEAR = regex(r"[本今当]年|年内|年初|[-至到]本?月|上半年|季度")
_MONEY = regex("金额|总额|投资额")
_COUNT = regex("数量|个数|件数|户数|家数")
# 比年初: a change, but not on the same period of last year.
_SINCE_NEW_YEAR = regex("[比较与]年初")
# 增减额 is a change in 亿元, 增减率 one in %.
_CHANGE_AMOUNT = regex("[增减升降比期][^/]*[额量数值]$")
_CHANGE_SHARE = regex("[率幅速%]$")
# 数值 may be anything's: the plan's under a title that says so.
_FIGURE_ONLY = regex(
    r"(?:本年|20[0-9]{2}年度?)?/?(?:数[值量据]?|[值量]|金额|总[量额数]|指标值)?(?:\([^()]*\)|（[^（）]*）)?"
)
# A whole cell of a column 类型 that says of its row what a header says of a column.
_ROW_WORDS = regex(
    r"(?:年度|全年|年初)?(?:计划|目标|任务|预算)(?:数|值)?|(?:上年|去年)(?:同期|同月)?(?:实绩|完成)?(?:数|值|累计)?|同期(?:数|值)?"
    r"|[本当上]月(?:数|值|完成|实际)?|完成率|占比|增幅|增速|同比(?:增长|增幅|增速)?(?:\(?%\)?)?|增长率?|环比"
)
_KIND_HEADS = frozenset("类型 口径 类别 数据类型 指标类型 数据口径 统计口径 性质 数据性质".split())


def class_of(text: str) -> ColumnClass | None:
    """Return the class that the words of a header name, None where it is no column of figures.

    ``text`` is without units and white space, its rows joined by ``/``.
    """
    if usual := USUAL.get(text):
        return usual
    for kind, words in _WORDS:
        said = _AMOUNTS.sub("新增", text) if kind is ColumnClass.GROWTH else text
        if words.search(said):
            break
    if not kind.is_ours:
        return kind
    if not _FIGURE_WORDS.fullmatch(text) or _PERIODS.search(text):
        return None
    return kind if kind is not ColumnClass.PLAIN or _PLAIN_WORDS.search(text) else None


def is_growth_column(text: str) -> bool:
    """Whether a header names a growth, also a month's (当月同比)."""
    words = next(words for kind, words in _WORDS if kind is ColumnClass.GROWTH)
    return words.search(_AMOUNTS.sub("新增", text)) is not None


def is_since_new_year(text: str) -> bool:
    """Whether a change is one since the year began (比年初), which answers no goal of growth."""
    return _SINCE_NEW_YEAR.search(text) is not None


def is_change_amount(text: str) -> bool:
    """Whether a growth column says that it holds the difference itself (增减额), no share of it."""
    return _CHANGE_AMOUNT.search(text) is not None


def is_change(text: str) -> bool:
    """Whether a growth column may hold a difference (增减, ±), in the unit of the figures themselves; 增幅 and 同比 don't."""
    return re.search("增减|±|升降|变化|增加|减少", text) is not None and not is_change_share(text)


def is_change_share(text: str) -> bool:
    """Whether a growth column says that it is in % (增减率, 增幅)."""
    return _CHANGE_SHARE.search(text) is not None


def says_no_more(header: str) -> bool:
    """Whether a header only says that its column holds figures (数值), not of what."""
    return _FIGURE_ONLY.fullmatch("".join(header.split())) is not None


def counts_falls(text: str) -> bool:
    """Whether a growth column holds falls (下降, 降幅): its sign turns."""
    return bool(_FALLS.search(text)) and not _RISES.search(text)


def is_at_the_end(text: str) -> bool:
    """Whether a column holds a state at the end of the period (总数, 期末, 余额)."""
    return _AT_THE_END.search(text) is not None


def is_of_the_year(text: str) -> bool:
    """Whether a cumulative column says since when: 本年累计 goes before 累计."""
    return _OF_THE_YEAR.search(text) is not None


def counted_in(text: str) -> str:
    """Return what a column without a unit counts: "money", "things", or "" where it doesn't say."""
    return "money" if _MONEY.search(text) else "things" if _COUNT.search(text) else ""


def is_kind_column(bare_header: str) -> bool:
    """Whether a column says of each row what figure it holds: 类型, 口径."""
    return bare_header in _KIND_HEADS


def class_of_row(text: str) -> ColumnClass | None:
    """Return the class that the whole cell of a kind column names; None: the row is an actual's."""
    return class_of(text) if _ROW_WORDS.fullmatch(text) else None
