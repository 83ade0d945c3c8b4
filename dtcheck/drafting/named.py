"""Numbers that belong to names, sizes and sayings: whoever promises them promises nothing."""

from __future__ import annotations

import re

from dtcheck.targets.goal import Op
from dtcheck.targets.model import Exclusion
from dtcheck.units import SHARE
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.words import SIZE_CLASS

NAME, SIZE, BASE, SAYING, SPEECH, GLOSSARY = (
    "名称中的数字",
    "规格",
    "计量基数",
    "原则或口号",
    "列举计数",
    "名词解释",
)
_CLAUSE = ",。;:!?\n"
_BOUND = "以上|以内|以下|左右|之内"
# 进入500强 is a goal; 500强企业, 500强对话会 only call firms by their rank.
_ENTERS = re.compile(
    "(?:进入|跻身|入围|入选|争创|创成|晋级|进军|冲刺|位[列居]|居|挺进|迈进|跃升|上榜|(?<![引招])[进入]|瞄准|冲击|成为|晋升|前移|保持|稳居|建成)[^,。;:!?\n]{0,12}$"
)
_NEW_AMONG = re.compile("新增[^,。;:!?\n0-9]{0,10}$")
# 引进500强企业3家: of these the count is the promise.
_RANKED = re.compile(
    "(?:企业)?(?:论坛|发布|对话|峰会|大会|会议|活动)|[^,。;:!?\n、0-9]{0,12}[0-9]+[余多]?[家个]"
)
_PRINCIPLE = re.compile("(?:坚持|遵循|本着|按照|秉持)[^,。;:!?\n]{0,10}$")
_ORDERED = re.compile("(?:决策|部署|精神|要求|规定|政策|主张|方针)[^,。;:!?\n]{0,4}$")
_AS_SAID = re.compile("尽力而为、$")
_KEPT_SIZE = re.compile(
    "(?:保持|现有|依托|围绕|聚焦|面向|立足|巩固|做优|壮大|服务)[^,。;:!?\n]{0,6}$"
)
# 4个千亿级产业: the count is the promise.
_COUNTED = re.compile("[0-9一二两三四五六七八九十]+[余多]?[个家条座项](?:以上|左右)?$")
# 千亿斤, 百万吨: a numeral that is no more than a size of ten.
_ROUND = re.compile("[十百千万亿]+(?:[^〇零一二两三四五六七八九十百千万亿]|$)")
_REACHES = re.compile(
    "(?:达到?|超过?|突破|过|近|实现|完成|增加|新增|净增|培训|惠及|带动|发放|落实|不少于|不低于|力争|站上|迈上|跨越|稳定在|保持在|争取|以上|种植|流转|整治)(?:了|约)?$"
)
_OF_NAME = re.compile(
    "[^,。;:!?\n]{0,14}(?:基地|工程|行动|计划|产业|集群|园区|项目|企业|示范|级|场|矿|港|田|区|带|县|市|镇|村|粮|能力|群|走廊|大军|一体化)"
)
# 新增千亿斤粮食生产能力建设 is called so.
_CALLED = re.compile("[^,。;:!?\n达超]{0,10}(?:工程|行动|规划|计划|能力建设)")
# 动态清零行动, 倍增计划: what is done is called so.
_ACTION = re.compile("(?:攻坚|专项)?(?:行动|计划|工程|方案|战略)")
_EACH = re.compile("每$")
_OPEN_ALL_DAY = ("24小时", "365天", "24h")
_HOURS_MEANT = re.compile(
    "(?:缩短|压缩|压减|压降|控制|减少|降低|达到?|超过?|少于|低于|增加|延长|提升|提高|平均|时间|时长|时数|学时|机时|不足)[^,。;:!?\n]{0,6}$"
)
_SIZED = re.compile(
    "(?:之|以)?内(?:的)?[一-龥]|(?:通勤|交通|经济|都市|生活|出行|物流|便民|服务|医疗|救援|步行|高铁)?圈"
)
_MEETING = re.compile("(?:论坛|会议|大会|团|集团|赛|俱乐部|合唱|乐队)")
_CAPACITY = re.compile(
    "(?:年产|年处理|年加工|日产|日处理|日加工|总装机|装机|年吞吐)(?:量|能力)?(?:达到?|约|超)?$"
)
_CAPACITY_OF = re.compile(
    f"(?!{_BOUND})[^,。;:!?\n0-9]{{0,20}}(?:项目|生产线|工程|基地|工厂|电站|机组|产线|码头)"
)
_ASPECTS = re.compile("(?:个)?方面(?:的)?(?:重点)?(?:工作|任务|内容|举措|措施)?")
_GLOSS = re.compile(r"(?:[\[(（]?[0-9]{1,3}[\])）.、:]*)?[^。;\n]{2,40}?(?::是指|:指|是指|指的是)")
_NEAR, _LONGEST_NAME = 8, 12


def of_name(text: str, figure: Figure) -> Exclusion | None:
    """Return why a number or word is part of a name, a size or a saying, None where it may count."""
    before = text[max(0, figure.start - 24) : figure.start]
    behind = text[figure.end : figure.end + 24]
    why = _glossed(text, figure) or (
        _of_word(figure, before, behind) if figure.word else _of_quantity(figure, before, behind)
    )
    return Exclusion(_around(text, figure), why) if why else None


def _of_word(figure: Figure, before: str, behind: str) -> str | None:
    word = figure.word
    if word is None:
        return None
    if word.op is Op.AT_MOST and word.unit == "位":
        entered = _ENTERS.search(before) or _NEW_AMONG.search(before)
        return None if entered and not _RANKED.match(behind) else NAME
    if _ACTION.match(behind):
        return NAME
    if word.pattern == SIZE_CLASS.pattern:
        if _CALLED.match(behind):
            return NAME
        return NAME if _KEPT_SIZE.search(before) or _COUNTED.search(before) else None
    of_principle = _PRINCIPLE.search(before) or _AS_SAID.search(before)
    ordered = figure.text.startswith("不折不扣落实") and _ORDERED.search(before)
    if word.unit == "%" and word.value == 100 and (of_principle or ordered):
        return SAYING
    return None


def _of_quantity(figure: Figure, before: str, behind: str) -> str | None:
    unit = figure.unit
    if unit is None:
        return None
    if not figure.digits:
        if unit.dimension == SHARE or _ROUND.match(figure.text) is None:
            return None
        named = _CALLED.match(behind) or (not _REACHES.search(before) and _OF_NAME.match(behind))
        return NAME if named else None
    if _EACH.search(before) and not unit.is_points and unit.dimension not in ("天数", "个数"):
        return BASE
    if unit.is_whole and _ASPECTS.match(behind):
        return SPEECH
    if unit.dimension == "时长" and _is_span(figure, before, behind):
        return SIZE
    if unit.dimension == "长度" and _SIZED.match(behind) and not _HOURS_MEANT.search(before):
        return SIZE
    if unit.dimension == "人数" and _MEETING.match(behind):
        return NAME
    if _CAPACITY.search(before) and _CAPACITY_OF.match(behind):
        return SIZE
    return None


def _is_span(figure: Figure, before: str, behind: str) -> bool:
    """Whether hours say how a service or a circle is called: 24小时开放, 1小时通勤圈."""
    if _HOURS_MEANT.search(before):
        return False
    if _SIZED.match(behind) and not behind.startswith(("内", "以内", "之内")):
        return True
    named = re.match(f"(?!{_BOUND}|内)[一-龥]", behind) is not None
    return named or (figure.text in _OPEN_ALL_DAY and not re.match(f"{_BOUND}|内", behind))


def _glossed(text: str, figure: Figure) -> str | None:
    """A paragraph that explains a name: 24、“两免”服务:是指……."""
    start = text.rfind("\n", 0, figure.start) + 1
    found = _GLOSS.match(text, start)
    return GLOSSARY if found and ":" in found[0] else None


def _around(text: str, figure: Figure) -> str:
    """Return enough of the words around a figure that no other place reads alike."""
    before = re.search(f"[^{_CLAUSE}]*$", text[max(0, figure.start - _NEAR) : figure.start])
    behind = re.match(f"[^{_CLAUSE}]{{0,{_LONGEST_NAME}}}", text[figure.end : figure.end + 12])
    return (before[0] if before else "") + figure.text + (behind[0] if behind else "")
