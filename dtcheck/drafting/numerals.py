"""Chinese numerals that make no promise: characters of names, sizes of classes; and those that do."""

from __future__ import annotations

import re

from dtcheck.targets.model import Exclusion
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.reading import is_class_name

_NEAR = 40
_FEW = 20
# What is built is counted, however small: 新建一所幼儿园, 改造…等四所卫生院.
_BUILT = ("所", "座", "家", "条", "处", "栋", "台", "辆")
# Of these only what stands on the ground counts: 建设两个广场, not 坚持两个结合.
_OFTEN_LISTS = ("个", "项")
_CONCRETE = re.compile(
    "[^,。;:、“”\n]{0,8}(?:广场|项目|工程|基地|工?厂|中心|站|市场|规划|小区|公园|停车场|学校|医院|桥|公路|道路|平台|实验室|村)"
)
_MAKING = re.compile(
    "新建|改建|扩建|建成|修建|改造|新增|引进|引入|创建|争创|打造|培育|开工|建设|完成|购置|竣工|组建|设立|新设|开设|认定"
)
# 达到二星级, 居全省第一: no number of things, and yet a promise.
_GRADED = re.compile("(?:达到|达|晋升|晋级|升为|创成|创建|争创|获评|评为)(?:国家|省|市)?$")
_RANKED = re.compile("(?:居|位列|跻身|进入|保持|争|全[省市国县区](?:排名)?)$")
# Of these a small number is rather a name: 三棵树, 三门, 三元.
_RARELY_COUNTS = ("门", "棵", "元", "眼", "头", "名")


def of_numeral(text: str, figure: Figure) -> Exclusion | None:
    """Return why a numeral is likely none to answer for: the size of a class, a part of a name."""
    if figure.unit is None:
        return _of_name(text, figure)
    if _MAKING.search(_clause_before(text, figure)):
        return None
    if threshold := _of_class(text, figure):
        return threshold
    bare = not figure.unit.prefix and figure.unit.stem in _RARELY_COUNTS
    return _around(text, figure) if bare and (figure.value or 0) < _FEW else None


def is_made(text: str, figure: Figure) -> bool:
    """Whether a small count in Chinese numerals is of things to be built: 新建一所幼儿园."""
    unit = figure.unit
    if figure.word is not None or figure.digits or unit is None:
        return False
    clause = _clause_before(text, figure)
    if not _MAKING.search(clause) or "每" in clause:
        return False
    concrete = _CONCRETE.match(text[figure.end : figure.end + 12])
    return unit.text in _BUILT or (unit.text in _OFTEN_LISTS and concrete is not None)


def _clause_before(text: str, figure: Figure) -> str:
    return re.split("[,。;:!?\n]", text[max(0, figure.start - _NEAR) : figure.start])[-1]


def _of_class(text: str, figure: Figure) -> Exclusion | None:
    """纳税过百万元的骨干企业: a size that nobody counts by here."""
    if not is_class_name(text, figure):
        return None
    noun = re.match("(?:以上)?的?[一-龥]{2,6}", text[figure.end : figure.end + 10])
    reached = re.search(
        "(?:收入|产值|投资|总额|余额)(?:超过?|突破|达到?|实现)?$",
        text[max(0, figure.start - 8) : figure.start],
    )
    return Exclusion(figure.text + noun[0], "名称中的规模") if noun and not reached else None


def _of_name(text: str, figure: Figure) -> Exclusion | None:
    """十三香, 二连浩特, 万邦物流园: a numeral that counts nothing is a character of a name."""
    if figure.word is not None or _may_be_rank(text, figure) or _may_be_share(text, figure):
        return None
    if (figure.value or 0) >= _FEW:
        # 百城建设提质工程 is a name, but 引进百企 may be a promise.
        named = re.match(
            "[一-龥]{1,8}?(?:工程|行动|计划|战略|公园|物流|市场|网络|节)",
            text[figure.end : figure.end + 12],
        )
        making = _MAKING.search(text[max(0, figure.start - 6) : figure.start])
        if len(figure.text) > 1 or (making and not named):
            return None
    return _around(text, figure)


def _may_be_rank(text: str, figure: Figure) -> bool:
    before, behind = (
        text[max(0, figure.start - 8) : figure.start],
        text[figure.end : figure.end + 1],
    )
    if figure.text.startswith("第"):
        return _RANKED.search(before) is not None
    return behind in ("星", "级") and _GRADED.search(before) is not None


def _may_be_share(text: str, figure: Figure) -> bool:
    """Whether 成 or 分之 make a share of the numeral that is not worked out: 三分之二, 超四成企业."""
    tenths = re.match(
        "成(?!立|为|功|员|果|长|效|本|都|就|套|片|熟|品|人)", text[figure.end : figure.end + 2]
    )
    return "分之" in figure.text or (tenths is not None and figure.value in range(1, 11))


def _around(text: str, figure: Figure) -> Exclusion:
    before = re.search("[一-龥]{0,3}$", text[max(0, figure.start - 3) : figure.start])
    behind = re.match("[一-龥]{0,3}", text[figure.end : figure.end + 3])
    name = (before[0] if before else "") + figure.text + (behind[0] if behind else "")
    return Exclusion(name, "名称中的数字")
