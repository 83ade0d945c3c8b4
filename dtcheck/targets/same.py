"""Which targets of two files are the same indicator, of two years or of two places.

A wrong lead is worse than none, so nothing is guessed: names have to be the same but for what
changes nothing in them, or both were promised in the same words. Of two that could be meant
neither is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from dtcheck.targets.model import Measure, Target, TargetsFile
from dtcheck.targets.names import is_fall, key_of
from dtcheck.targets.variants import base_of
from dtcheck.units import plain

# A draft's second of a name (规上工业增加值增长（2）) is any of several.
_NUMBERED = re.compile(r"\([0-9]{1,2}\)$")
# Words of reports that change from year to year, and mean the same.
_SAME = (
    ("居民消费价格总水平", "居民消费价格"),
    ("居民消费价格水平", "居民消费价格"),
    ("居民消费价格指数", "居民消费价格"),
    ("居民消费价格总指数", "居民消费价格"),
    ("公共财政预算收入", "一般公共预算收入"),
    ("一般预算收入", "一般公共预算收入"),
    ("地方财政一般公共预算收入", "一般公共预算收入"),
    ("地方一般公共预算收入", "一般公共预算收入"),
    ("使用外资", "利用外资"),
    ("境外资金", "外资"),
    ("万元gdp", "单位gdp"),
    ("万元生产总值", "单位生产总值"),
    ("人均可支配收入", "收入"),
    ("可支配收入", "收入"),
    ("居民人均收入", "居民收入"),
    ("进出口总额", "进出口"),
    ("进出口总值", "进出口"),
    ("外贸进出口", "进出口"),
    ("全社会", ""),
    ("常住人口", ""),
    ("实际", ""),
)
_WHOLE_NAMES = {"经济增长": "地区生产总值增长"}
_WHERE = re.compile("^全[省旗州盟]")
_RISE_END = re.compile("(?:同比)?(?:增长|增速|增幅|涨幅|同比|提高|提升|上升|增加)(?:率|幅度?)?$")
_FALL_END = re.compile("(?:同比)?(?:降幅|(?:下降|降低|减少)(?:率|幅度?)?)$")
# A shorter name (项目, 省级) may be of anything, but for these.
_SHORTEST, _SHORT = 4, frozenset({"gdp", "进出口"})
# What any promise may hold: 年度投资#亿元 tells nothing of what it is about.
_GENERAL = re.compile(
    "投资|项目|企业|年度|计划|总|重点|工程|建设|实施|完成|新增|新建|达到?|国家级|省级|市级|省|市|增长|面积|[#万亿元个家项户人亩]"
)
# What is left out of a phrase: it tells the operator or the year, not what is counted.
_OPERATORS = re.compile(
    "(?<=#)(?P<unit>[^#]{0,6}?)(?:及?以上|左右|上下|以内|之内)|(?:不低于|不少于|不高于|不超过|超过|突破|控制在|超)(?=#)"
)
_OPENINGS = re.compile(
    "^(?:全[年市县区旗]|我[市县区旗]|今年|年内|年底前?|20[0-9]{2}年|力争|争取|努力|确保|要|其中|同时|并|预计|实现|完成(?=..))+"
)
# 6月底前建成: when it has to be done is not what.
_DATE = re.compile(
    "(?<![0-9])(?:1[0-2]|[1-9]|十?[一二三四五六七八九十])月(?:底|末|份)?(?:以?前|之前)"
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_QUOTES = str.maketrans("", "", "“”\"'‘’ ")
# One figure of a list ends, and the next begins.
_PARTS = re.compile("[、,，;；。和及与]")


def same_indicators(old: TargetsFile, targets: Sequence[Target], place: str) -> dict[str, Target]:
    """Return by the codes of ``targets`` which target of ``old`` is the same indicator, each at most once."""
    return _Matching(old, targets, place).run()


class _Matching:
    def __init__(self, old: TargetsFile, targets: Sequence[Target], place: str) -> None:
        self.old = old
        self.left = {each.code: each for each in old.targets}
        self.open = {each.code: each for each in targets}
        self.places = tuple(key_of(each) for each in (old.place, place) if each)
        self.found: dict[str, Target] = {}
        self.old_words, self.new_words = _by_words(old.targets), _by_words(targets)

    def run(self) -> dict[str, Target]:
        """Match what is surest first; who is matched takes part no more."""
        self._by(lambda target: [self._key(target.name)])
        self._by_words()
        self._by(lambda target: [self._key(name) for name in _names(target)])
        self._by_variants()
        self._by(lambda target: [base_of(self._core(name, target)) for name in _names(target)])
        # 城镇新增就业 is 新增城镇就业.
        self._by(
            lambda target: ["".join(sorted(self._core(name, target))) for name in _names(target)]
        )
        return self.found

    def _by(self, keys: Callable[[Target], Iterable[str]]) -> None:
        """Pair those that share a key with one other and no more."""
        known: dict[str, list[Target]] = defaultdict(list)
        for target in self.left.values():
            for key in set(keys(target)):
                known[key].append(target)
        self._pair(
            {
                code: [
                    other
                    for key in set(keys(target))
                    if _says_enough(key)
                    for other in known[key]
                    if _counts_alike(other, target)
                ]
                for code, target in self.open.items()
            }
        )

    def _by_variants(self) -> None:
        """Pair by names that are varied as offices vary them (design §3)."""
        wanted: dict[str, list[Target]] = {}
        for code, target in self.open.items():
            key = self._key(target.name)
            other = self.old.by_name(target.name) if _says_enough(base_of(key)) else None
            if other and other.code in self.left and _counts_alike(other, target):
                wanted[code] = [other]
        self._pair(wanted)

    def _by_words(self) -> None:
        """Pair what is promised in the same words; several of one phrase (双下降) in their order.

        The same words tell how the figure behaves, whatever was made of them.
        """
        for words, targets in self.new_words.items():
            others = self.old_words[words]
            pairs = list(zip(others, targets, strict=False))
            if (
                len(others) == len(targets)
                and all(one.goal.unit.dimension == two.goal.unit.dimension for one, two in pairs)
                and _is_one_phrase(others)
                and _is_one_phrase(targets)
            ):
                for one, two in pairs:
                    if one.code in self.left and two.code in self.open:
                        self._take(two.code, one)

    def _pair(self, wanted: dict[str, list[Target]]) -> None:
        by_code = {code: {each.code: each for each in others} for code, others in wanted.items()}
        claims = Counter(other for others in by_code.values() for other in others)
        for code, others in by_code.items():
            for other in others.values():
                if len(others) == 1 and claims[other.code] == 1:
                    self._take(code, other)

    def _take(self, code: str, old: Target) -> None:
        self.found[code] = self.left.pop(old.code)
        del self.open[code]

    def _key(self, name: str) -> str:
        """Return what a name is compared by, without its place; "" where it is one of several."""
        key = _DATE.sub("", key_of(name))
        if _NUMBERED.search(key):
            return ""
        for place in self.places:
            key = key.removeprefix(place)
        return key

    def _core(self, name: str, target: Target) -> str:
        """Return a name without what changes nothing in it."""
        key = _WHERE.sub("", self._key(name))
        key = _WHOLE_NAMES.get(key, key)
        for written, same in _SAME:
            key = key.replace(written, same)
        if target.measure is Measure.RATE:
            key = (_FALL_END if is_fall(target.name) else _RISE_END).sub("", key)
        return key


def _says_enough(key: str) -> bool:
    return len(key) >= _SHORTEST or key in _SHORT


def _names(target: Target) -> tuple[str, ...]:
    return (target.name, *target.aliases)


def _by_words(targets: Iterable[Target]) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        if words := words_of(target):
            found[words].append(target)
    return found


def _is_one_phrase(targets: Sequence[Target]) -> bool:
    """Whether several targets are promised by one phrase, not each by one of its own."""
    return len({target.phrase for target in targets}) == 1


def _counts_alike(one: Target, two: Target) -> bool:
    """Whether two goals may be the same indicator's by what is counted, and how."""
    return (
        one.goal.unit.dimension == two.goal.unit.dimension
        and one.measure is two.measure
        and is_fall(one.name) is is_fall(two.name)
    )


def words_of(target: Target) -> str:
    """Return the words of a phrase around the target's own figure, # in its place; "" where they say too little.

    Of 新增规上工业企业110家、总数超850家 each has its own. Where no figure is its own (双下降), or
    several follow 分别, it is the whole phrase.
    """
    text = plain(target.phrase).translate(_QUOTES).replace("规模以上", "规上")
    text = _DATE.sub("", text)
    numbers = list(_NUMBER.finditer(text))
    at = next(
        (index for index, each in enumerate(numbers) if _is(each[0], target)),
        None,
    )
    if at is not None and "分别" not in text:
        own = numbers[at]
        start, end = 0, len(text)
        if at and (parts := list(_PARTS.finditer(text, numbers[at - 1].end(), own.start()))):
            start = parts[0].end()
        if stop := _PARTS.search(text, own.end()):
            end = stop.start()
        text = text[start:end]
    words = _OPERATORS.sub(lambda match: match["unit"] or "", _NUMBER.sub("#", text))
    words = _OPENINGS.sub("", words)
    return words if len(_GENERAL.sub("", words)) >= _SHORTEST else ""


def _is(written: str, target: Target) -> bool:
    return Fraction(written) in (target.goal.value, target.goal.high)
