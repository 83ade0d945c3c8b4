"""Names that mean the same as another: how offices vary a name that the file has (design §4).

新开工亿元以上项目数 is 新开工亿元以上项目, 规上工业企业新增数 is 新增规上工业企业. What ends in the name of a quantity
must be counted in it: 新建街头绿地面积 is not the number of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dtcheck.patterns import regex
from dtcheck.targets.model import Measure, Target
from dtcheck.targets.names import key_of

# One spelling of each, in this order.
_SAME = (
    ("投资完成额", "投资"),
    ("常住居民", "居民"),
    ("生产总值(gdp)", "gdp"),
    ("地区生产总值", "gdp"),
    ("生产总值", "gdp"),
    ("地区gdp", "gdp"),
    ("r&d", "研发"),
    ("研究与试验发展", "研发"),
    ("研发经费", "研发"),
    ("研发投入", "研发"),
    ("研发支出", "研发"),
    ("社会消费品零售总额", "社零"),
    ("社零总额", "社零"),
    ("社消零", "社零"),
    ("固定资产投资", "固投"),
    ("规模工业", "规上工业"),
    ("国家级", "国家"),
    ("省级", "省"),
    ("及以上", "以上"),
    ("技术改造", "技改"),
    ("安全生命防护", "生命防护"),
    ("生命安全防护", "生命防护"),
    ("合作社示范社", "合作示范社"),
    ("开票销售收入", "开票"),
    ("开票销售额", "开票"),
    ("开票销售", "开票"),
    ("总产值", "产值"),
    ("占比", "比"),
    ("比重", "比"),
    ("比例", "比"),
    ("新签订", "新签"),
    ("签订", "新签"),
    ("ⅴ", "v"),
    ("劣五类", "劣v类"),
)
_HIGH_TECH = regex("(?<!省)(?<!市)(?:国家)?(?:高新技术企业|高企)")
_MARKS = str.maketrans("", "", "-_、,/;()·和与及的")
_WHERE = regex("^(?:(?:[全我本][市县区])(?!域))?(?:全社会)?")
_WHEN = regex("^(?:(?:本年度?|今年|年内|当年|全年)(?:累计)?|累计(?=[新净完实]))")
_DONE = regex("^(?:完成|实现|开展|举办|组织|组织开展)(?=..)")
# 新增长点 is a word of its own.
_NEW = regex(
    "新增加?(?!长)|新认[定证]|新培育|新获批?|新评定?|新创[建成]?|新建成?(?!改)|新设立?|新入库|创[成建]|建成"
)
# At the end of a name: 规上工业企业新增数.
_NEW_LAST = tuple(
    "净增 新开工 新竣工 新增 新认定 新建 新建成 创建 创成 建成 新签 引进 引育 打造 优化提升 改造提升 培训 培育"
    " 盘活 新改建 新建改建 新建改造 新改扩建".split()
)
# What a name may end in, and the dimensions that a goal of such a name is counted in.
_WHOLE = frozenset({"人数", "人次", "户数", "个数"})
_MONEY = frozenset({"人民币", "美元"})
_ENDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (regex(f"(?:完成)?(?:{words})$"), frozenset(counted))
    for words, counted in (
        ("数量?|(?<![总质容存])量|企业家数", _WHOLE),
        (
            "(?:项目|活动|行动|工作)?[个家件条座处场次起项张套台宗所批]数|场次|项目数?|单位数|活动|行动|工作",
            {"个数"},
        ),
        ("户数", {"户数", "个数"}),
        ("人数", {"人数"}),
        ("总?人次数?|总?量", {"人次"}),
        ("(?<!总)面积|亩数", {"面积"}),
        ("(?<!总)里程|长度|公里数", {"长度"}),
        ("总?额|总?值|金额|总?规模", _MONEY),
        ("总?规模", {"功率"}),
    )
)

# How a growth is called at the end of a name: 规上工业增加值增幅, …_累计增长, …同比.
_GROWTH_END = regex(
    r"[-_]?(?:本年)?(?:累计)?(?:\(?(?:按?可比价(?:格)?(?:计算)?)\)?)?(?:同比|比上年|比上年同期|较上年)?(?:增长率?|增速|增幅|涨幅|同比)(?:情况)?$"
)
# How a change that may go either way is called: PM2.5浓度变化, 优良天数同比增减.
_CHANGE_END = regex(
    r"[-_]?(?:累计)?(?:同比|比上年|比上年同期|较上年)?(?:变化|增减)(?:率|幅度?|情况)?$"
)
# How a fall is called that is itself counted: 单位GDP能耗降幅.
_FALL_END = regex(
    r"[-_]?(?:累计)?(?:同比|比上年|比上年同期|较上年)?(?:降幅|(?:下降|降低)(?:率|幅度)?)$"
)
# No ending ends otherwise.
_END_CHARS = frozenset("数量次目动作积程度额值模机")
# What is new, or was done, is no stock.
_DOES = regex(
    "新[增建改认创签获评]|开工|竣工|净增|引进|引育|培[养育训]|打造|建[设成]|[创建]成|创建|改造|改善|提升|完成|盘活|改厕|铺|接入|签订"
)


class Base(NamedTuple):
    """A name without what offices vary: ``counted`` are the dimensions that its own ending asks for; None: any."""

    text: str
    counted: frozenset[str] | None = None

    @property
    def is_new(self) -> bool:
        """Whether it says that only what is new counts, or that something was done."""
        return self.text.startswith("新") or _DOES.search(self.text) is not None


def base_of(key: str) -> str:
    """Return the name of ``key`` (see ``key_of``) without what offices vary in it, its ending apart."""
    text = key
    for written, same in _SAME:
        if written in text:
            text = text.replace(written, same)
    if "高" in text:
        text = _HIGH_TECH.sub("国家高企", text)
    text = _WHERE.sub("", text)
    text = _DONE.sub("", _WHEN.sub("", text)).translate(_MARKS)
    if text.endswith(_NEW_LAST):
        verb = max((each for each in _NEW_LAST if text.endswith(each)), key=len)
        text = verb + text.removesuffix(verb) if len(text) > len(verb) + 1 else text
    found = _NEW.match(text)
    return "新" + text[found.end() :] if found and found.end() < len(text) else text


def bases(key: str) -> Iterator[Base]:
    """Yield the name of ``key`` without what offices vary, and without each ending that it may have."""
    yield Base(base_of(key))
    if key[-1:] not in _END_CHARS:
        return
    for words, counted in _ENDS:
        found = words.search(key)
        if found and found.start() > 1:
            yield Base(base_of(key[: found.start()]), counted)


class NameIndex:
    """The targets of a file by what offices don't vary in their names; of two that share it neither is found."""

    def __init__(self, names: Mapping[str, Target]) -> None:
        self._same: dict[str, Target | None] = {}
        # Without an ending of their own: less sure than a name that has none.
        self._shortened: dict[str, Target | None] = {}
        self._growths: dict[str, Target | None] = {}
        self._changes: dict[str, Target | None] = {}
        self._falls: dict[str, Target | None] = {}
        # Names of things that a target counts anew, without 新: with 数 behind it is their stock.
        self._bare: set[str] = set()
        for key, target in names.items():
            self._add(key, target)

    def _add(self, key: str, target: Target) -> None:
        is_new = Base(base_of(key_of(target.name))).is_new
        for base in bases(key):
            if base.counted is None:
                _put(self._same, base.text, target)
            elif target.goal.unit.dimension in base.counted:
                _put(self._shortened, base.text, target)
            if is_new and not base.is_new:
                self._bare.add(base.text)
        if target.measure is not Measure.RATE:
            return
        if target.counts_falls:
            _put(self._falls, base_of(_stem(_FALL_END, key) or key), target)
        elif stem := _stem(_CHANGE_END, key):
            _put(self._changes, base_of(stem), target)
            _put(self._growths, base_of(stem), target)
        else:
            _put(self._growths, base_of(_stem(_GROWTH_END, key) or key), target)

    def find(self, key: str) -> Target | None:
        """Return the target that a key means, as offices vary names; None where it is none's, or two's."""
        for base in bases(key):
            known = self._same if base.text in self._same else self._shortened
            target = known.get(base.text)
            if target is None:
                continue
            if base.counted is None:
                return target
            if target.goal.unit.dimension in base.counted and base.text not in self._bare:
                return target
        for end, changing in (
            (_GROWTH_END, self._growths),
            (_CHANGE_END, self._changes),
            (_FALL_END, self._falls),
        ):
            if (stem := _stem(end, key)) and (target := changing.get(base_of(stem))):
                return target
        return None


def _stem(end: re.Pattern[str], key: str) -> str | None:
    """Return what stands before the name of a change, or None where there is none."""
    stem = end.sub("", key)
    return stem if stem and stem != key else None


def _put(known: dict[str, Target | None], text: str, target: Target) -> None:
    known[text] = target if known.get(text, target) is target else None
