"""Which words say how a figure behaves: counted up over the year, a state on a date, or growth."""

from __future__ import annotations

import re

from dtcheck.targets.model import Measure
from dtcheck.units import SHARE, Unit

_GROWTH = re.compile("增长|增幅|增速|增加(?!值)|上升|涨幅|下降|降低|减少|压减|降幅|翻.?番")
# 标准提高6%, 价格上涨2%: what a share changes by, where nothing says to what.
_CHANGED_BY = re.compile("(?:提高|提升|上涨|上调|上浮)(?:幅度)?(?:达到?|约|超过?|不低于)?$")
# 降低至13.6%左右 is a level; 涨幅回落到2.6% is a growth all the same.
_CHANGED_TO = re.compile(
    "(?:提高|提升|上升|下降|降低|回落|压降|压缩|压减|缩短|降|提|升)[至到](?:每[一-龥]{1,4})?$"
)
_OWN_GROWTH = re.compile("增速|增幅|涨幅|降幅|增长率|下降率")
_SHARE_OF = re.compile("率|比重|占比|比例|覆盖|占[^,。;:\n]{1,8}(?:达|为|到|$)")
_STOCK = re.compile(
    "总数|余额|保有量|拥有量|存量|总户数|总面积|信贷|贷款(?!投放|发放)|存款|在营|在册|在园"
)
_COUNTED_UP = re.compile(
    "新[增建开竣签创认培]|新(?!能源|材料|区|城|型|兴|一代|媒体|业态)|净增|增加(?!值)|建(?!筑|制|材|档)|改造|改善|提升|"
    "出新|打造|创成|创建|完成|引进|引育|招引|落地|培育|培训|培养|吸引|接待|开工|竣工|投产|认定|股改|上市|报会|签约|"
    "盘活|流转|接入|实施|举办|开展|组织|治理|修复|销售|收入|产值|增加值|交易额|成交额|零售额|进出口|出口|外资|投资|"
    "税收|营收|补贴|投放|发放|授权|事故|案件|活动|业规模"
)
_REACHED = re.compile("达到?$|扩大到$|增加到$|发展到$|稳定在$|保持在$")
_CONCENTRATION, _FALLS = "浓度", "(?:下降|降低|减少)"
# What happens is counted up, whatever else is said of it.
_HAPPENINGS = ("人次", "次", "场")


def measures_told(words: str, unit: Unit) -> dict[Measure, str]:
    """Return the measures that the words before a figure speak of, each by one of the words."""
    return _of_share(words, unit) if unit.dimension == SHARE else _of_amount(words, unit)


def _of_share(words: str, unit: Unit) -> dict[Measure, str]:
    if unit.is_points:
        return {Measure.RATE: unit.text}
    if (reached := _CHANGED_TO.search(words)) and not _OWN_GROWTH.search(words):
        return {Measure.LEVEL: reached[0]}
    if changed := _CHANGED_BY.search(words):
        return {Measure.RATE: changed[0]}
    found = {Measure.RATE: _GROWTH.search(words), Measure.LEVEL: _SHARE_OF.search(words)}
    return {measure: match[0] for measure, match in found.items() if match}


def _of_amount(words: str, unit: Unit) -> dict[Measure, str]:
    if "累计" in words:
        # Of the year or of all years: 累计建成 tells neither.
        return {}
    if unit.stem in _HAPPENINGS:
        return {Measure.FLOW: unit.stem}
    found = {Measure.FLOW: _COUNTED_UP.search(words), Measure.LEVEL: _STOCK.search(words)}
    told = {measure: match[0] for measure, match in found.items() if match}
    if unit.dimension == _CONCENTRATION and not re.search(f"{_FALLS}$", words):
        return {Measure.LEVEL: _CONCENTRATION}
    if (not told or "标准" in words) and (changed := _CHANGED_TO.search(words)):
        return {Measure.LEVEL: changed[0]}
    if not told and unit.is_whole and (reached := _REACHED.search(words)):
        return {Measure.LEVEL: f"{reached[0]}…{unit.text}"}
    return told
