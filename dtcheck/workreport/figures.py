"""Every figure and every number word of a text that could count something, with its position."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from dtcheck.targets.goal import Op
from dtcheck.targets.model import Measure
from dtcheck.units import (
    PERCENT,
    SHARE,
    Unit,
    declared_units,
    match_number,
    parse_unit,
    prefix_factor,
)
from dtcheck.workreport.levels import is_difference, is_old_level
from dtcheck.workreport.words import (
    IDIOMS,
    LIST,
    RANK,
    SHARED,
    SIZE_CLASS,
    SIZE_WORD,
    TIMES,
    WORDS,
    PromiseWord,
)

DIGITS = {mark: value for value, mark in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_LONGEST_UNIT = 6
# No figure of a report has more digits or numerals: beyond, there is nothing to calculate with.
_LONGEST_NUMBER = 30
# A list of figures ends with its sentence; one that never ends would be looked through for each 分别.
_LONGEST_STRETCH = 500
_LONGEST_SUBJECTS = 60

_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_ANY = re.compile(
    rf"(?P<arabic>(?P<before>[A-Za-z]{{0,20}}+)(?P<number>{_ARABIC})(?P<after>[A-Za-z%‰]*))"
    rf"|(?P<numeral>第?[{_NUMERALS}]+)"
)
_MULTIPLIER = re.compile("[十百千]?[万亿]+(?:千[瓦米克伏]时?)?")
# 3000余名, 3万多亩: a little more; 40万农村人口: counted in people.
_ODD_MORE = re.compile("(?P<prefix>[十百千]?[万亿]?)[余多]")
_PEOPLE = re.compile(
    "(?P<prefix>[十百千]?[万亿]?)(?=(?:以上|左右)?(?:农村|贫困|城镇|困难|低收入|返乡|外出|常住|转移|城乡|重点|特殊){0,3}"
    "(?:人口|居民|农民|群众|职工|学生|劳动力|农民工|游客|群体|老年人|儿童|青年|师生|妇女))"
)
# 新增人口100万: the word before says who is counted.
_PEOPLE_BEFORE = re.compile("(?:人口|人数)(?:达到?|超过?|突破|约|近|至|到)?$")
_ONLY_PREFIX = re.compile("(?P<prefix>[十百千]?[万亿])(?:以上|左右)?(?=[,。;、\n]|$)")
# 22亿方 is 立方米; a bare 方 is a party.
_CUBIC = re.compile("(?P<prefix>[十百千]?[万亿])方(?![面向案便位米]|言)")
_WORKING_DAYS = re.compile("个?工作日")
# 千瓦时, 元/平方米, 个月: the unit goes on.
_UNIT_GOES_ON = ("时", "/", "每", "月")
_NOUNS = ("项目", "个体", "家庭", "户籍", "门类", "台阶", "种植", "种业")
_LETTERS = re.compile("[A-Za-z]{2}")
_LIST_GOES_ON = re.compile("(?:(?:及)?以上|以内|以下|左右|上下)?[、和及与][^,。;:]{0,16}")
_PREFIX_AT_END = re.compile("(?:[十百千]?[万亿]|万亿)$")
# 增长-2%: between a word and a number a dash is a sign; 5月-10月 and 5万-10万 are ranges. What is
# not a share needs a word of change before it: 学校-3所 is a list.
_SIGNED = re.compile(f"(?<![0-9{_NUMERALS}])(?![{_NUMERALS}])[一-龥][-－−]$")
_CHANGED = re.compile("(?:增长|增幅|增速|增加|增减|净增|净增长|变化|为|到|至|在|[是约])[-－−]$")
# 四成, 七成半, 四分之三. 三成立 is none, nor is 成 before most other words.
SPOKEN_SHARE = re.compile(
    "(?P<tenths>[一二两三四五六七八九十])成(?P<rest>[一二三四五六七八九半])?"
    "(?=[,。;:、!?\n以左上的](?!来)|$)"
    f"|(?P<whole>[{_NUMERALS}]+)分之(?P<parts>[{_NUMERALS}]+)(?P<point>点[{_NUMERALS}]+)?"
)
_RANGE_MARK = re.compile(r"[-—–~至到]{1,2}")


class FigureKind(StrEnum):
    """What a figure is made of."""

    NUMBER = "number"
    WORD = "word"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or number word; ``start`` and ``end`` are positions in the text it was found in.

    ``value`` and ``unit`` are set where it is a quantity (``high`` too for a range), ``word``
    where it promises without digits. ``digits`` tells Arabic ones from Chinese numerals;
    ``promises`` is how many targets have to claim it.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: Fraction | None = None
    high: Fraction | None = None
    unit: Unit | None = None
    word: PromiseWord | None = None
    digits: bool = False
    promises: int = 1

    @property
    def is_quantity(self) -> bool:
        """Whether it is a number with a unit, as a goal is."""
        return self.value is not None and self.unit is not None


def chinese_number(text: str) -> Fraction | None:
    """Return what a Chinese numeral is worth, by places (二〇二四) or by tens (一百二十), or None."""
    if not 0 < len(text) <= _LONGEST_NUMBER or any(mark not in _NUMERALS for mark in text):
        return None
    if len(text) > 1 and all(mark in DIGITS for mark in text):
        return Fraction(int("".join(str(DIGITS[mark]) for mark in text)))
    total = part = digit = 0
    for mark in text:
        if mark in DIGITS:
            digit = DIGITS[mark]
        elif mark in _TENS:
            part += (digit or 1) * _TENS[mark]
            digit = 0
        else:
            # 一亿二千万: 万 multiplies only what follows the 亿; 十万亿 multiplies both.
            whole = total % _MYRIADS[mark] + part + digit
            total += (whole or 1) * _MYRIADS[mark] - total % _MYRIADS[mark]
            part = digit = 0
    return Fraction(total + part + digit)


def _arabic_number(written: str) -> Fraction | None:
    return Fraction(written.replace(",", "")) if len(written) <= _LONGEST_NUMBER else None


def _whole_number(written: str) -> Fraction | None:
    return Fraction(int(written)) if written.isdigit() else chinese_number(written)


def _in_unit(low: Fraction | None, own: Unit | None, unit: Unit | None) -> Fraction | None:
    """Return the low end of a range in the unit of its high end, None where they are no range.

    500米至1公里 is one; of 增长6%至50亿元 each figure stands by itself.
    """
    if low is None or own is None or unit is None:
        return low
    if own.dimension != unit.dimension or own.is_points != unit.is_points:
        return None
    return own.convert(low, unit)


def spoken_share(share: re.Match[str]) -> Fraction | None:
    """Return the percentage that 六成, 六成五 or 四分之三 is, None for what has no end or
    a point (三分之二, 百分之五点三).
    """
    if share["tenths"]:
        rest = share["rest"]
        half = 5 if rest == "半" else DIGITS[rest] if rest else 0
        return (chinese_number(share["tenths"]) or Fraction(0)) * 10 + half
    parts, whole = chinese_number(share["parts"]), chinese_number(share["whole"])
    if not parts or not whole or share["point"]:
        return None
    percent = parts * 100 / whole
    return percent if (percent * 1000).denominator == 1 else None


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return all figures of a normalised text in its order, none within another."""
    return _find_figures(text, declared_units())


@lru_cache(maxsize=64)
def _find_figures(text: str, units: frozenset[str]) -> tuple[Figure, ...]:
    """What is a quantity depends on the ``units`` that are known beside the usual ones."""
    del units
    return tuple(_Scan(text).run())


class _Scan:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []

    def run(self) -> Iterator[Figure]:
        taken = list(self._words())
        idioms = [match.span() for match in IDIOMS.finditer(self.text)]
        closed = sorted([(figure.start, figure.end) for figure in taken] + idioms)
        found = sorted([*taken, *self._numbers(closed)], key=lambda figure: figure.start)
        self.starts = [figure.start for figure in found]
        self._complete(found)
        for start, end, promises in self._shared():
            self._set_promises(found, start, end, promises)
        lists = list(self._lists(found))
        yield from sorted([*found, *lists], key=lambda figure: (figure.start, figure.end))

    def _words(self) -> Iterator[Figure]:
        end = 0
        for match, found in sorted(self._matches(), key=lambda each: each[0].start()):
            if match.start() >= end:
                start = match.start()
                word, end = self._times(found, match.end())
                yield Figure(
                    start,
                    end,
                    self.text[start:end],
                    FigureKind.WORD,
                    word=word,
                    digits=any(mark.isdigit() for mark in match[0]),
                    promises=word.promises,
                )

    def _times(self, word: PromiseWord, end: int) -> tuple[PromiseWord, int]:
        """Return what 每月 and its like ask for where 2次 follows, and where that ends."""
        often = TIMES.match(self.text, end) if word.is_periodic else None
        times = _whole_number(often["times"]) if often else None
        if often is None or times is None or times < 2 or word.value is None:
            return word, end
        return replace(word, value=word.value * times), often.end()

    def _matches(self) -> Iterator[tuple[re.Match[str], PromiseWord]]:
        for word in WORDS:
            for match in re.finditer(word.pattern, self.text):
                yield match, word
        for match in SIZE_CLASS.finditer(self.text):
            yield match, SIZE_WORD
        for match in RANK.finditer(self.text):
            value = _whole_number(match["number"])
            yield match, PromiseWord(match[0], Op.AT_MOST, value, "位", Measure.LEVEL)

    def _numbers(self, closed: list[tuple[int, int]]) -> Iterator[Figure]:
        position = 0
        for start, end in [*closed, (len(self.text), len(self.text))]:
            while position < start and (match := _ANY.search(self.text, position, start)):
                figure = self._arabic(match, start) if match["arabic"] else self._numeral(match)
                yield figure
                position = figure.end
            position = max(position, end)

    def _arabic(self, match: re.Match[str], limit: int) -> Figure:
        start, end = match.span("arabic")
        value = _arabic_number(match["number"])
        if match["before"] and self._unit(match.end("number"))[0] is None:
            return Figure(start, end, match["arabic"], FigureKind.NUMBER, value, digits=True)
        start, end = match.span("number")
        unit, after = self._unit(end)
        high, range_unit, range_end = self._high(after, limit)
        low = _in_unit(value, unit, range_unit)
        if unit and is_difference(self.text, start):
            high = None
        if low is not None and high is not None and high > low:
            value, unit, after = low, range_unit, range_end
        else:
            high = None
        if unit is None:
            unit, after = self._loosely(start, end)
        if unit is None:
            # 30万标箱: the multiplier belongs to the number though the unit isn't known.
            more = _MULTIPLIER.match(self.text, match.end("arabic"), limit)
            after = more.end() if more else match.end("arabic")
        if value is not None and self._is_negative(start, unit):
            start, value = start - 1, -value
        written = self.text[start:after]
        return Figure(start, after, written, FigureKind.NUMBER, value, high, unit, digits=True)

    def _is_negative(self, start: int, unit: Unit | None) -> bool:
        before = self.text[max(0, start - 5) : start]
        if unit is None or _SIGNED.search(before) is None:
            return False
        return unit.dimension == SHARE or _CHANGED.search(before) is not None

    def _loosely(self, start: int, end: int) -> tuple[Unit | None, int]:
        """Return a unit behind 余 or 多, or people that no unit counts, and where that ends."""
        if more := _ODD_MORE.match(self.text, end):
            for length in range(_LONGEST_UNIT, 0, -1):
                written = self.text[more.end() : more.end() + length]
                if len(written.strip()) == length and (
                    unit := parse_unit(more["prefix"] + written)
                ):
                    return unit, more.end() + length
        if cubic := _CUBIC.match(self.text, end):
            return parse_unit(f"{cubic['prefix']}立方米"), cubic.end()
        people = _PEOPLE.match(self.text, end)
        bare = _ONLY_PREFIX.match(self.text, end)
        if bare and _PEOPLE_BEFORE.search(self.text[max(0, start - 6) : start]):
            return parse_unit(f"{bare['prefix']}人"), bare.end("prefix")
        return (parse_unit(f"{people['prefix']}人"), people.end()) if people else (None, end)

    def _high(self, position: int, limit: int) -> tuple[Fraction | None, Unit | None, int]:
        """Return the upper end of a range that goes on at ``position``."""
        mark = _RANGE_MARK.match(self.text, position, limit)
        found = match_number(self.text, mark.end()) if mark else None
        if found is None:
            return None, None, position
        unit, end = self._unit(found[1])
        return (found[0], unit, end) if unit else (None, None, position)

    def _unit(self, position: int) -> tuple[Unit | None, int]:
        """Return the longest unit at ``position`` and where it ends."""
        if days := _WORKING_DAYS.match(self.text, position):
            return parse_unit("天"), days.end()
        for length in range(_LONGEST_UNIT, 0, -1):
            written = self.text[position : position + length]
            if len(written.strip()) == length and (unit := parse_unit(written)):
                end = position + length
                if self.text[end : end + 2] == "/年":
                    # 1400万吨/年: what a year brings is counted over the year anyway.
                    return unit, end + 2
                behind = self.text[end : end + 1]
                goes_on = behind in _UNIT_GOES_ON or (unit.stem == "人" and behind == "民")
                if goes_on or _LETTERS.match(self.text, end - 1):
                    break
                return unit, end
        return None, position

    def _numeral(self, match: re.Match[str]) -> Figure:
        start, end = match.span("numeral")
        if share := SPOKEN_SHARE.match(self.text, start):
            text, worth = share[0], spoken_share(share)
            unit = PERCENT if worth is not None else None
            return Figure(start, share.end(), text, FigureKind.NUMBER, worth, None, unit)
        written = match["numeral"]
        value = chinese_number(written.removeprefix("第"))
        unit, after = (None, end) if written.startswith("第") else self._unit(end)
        if unit and self.text[after - 1 : after + 1] in _NOUNS:
            # 过亿项目: the 项 is the noun's.
            unit, after = None, end
        if prefix_factor(written) and self.text[end : end + 1] in ("元", "美"):
            # 亿元, 千万元: the numeral is the unit's own prefix.
            unit, after = self._unit(start)
            value = Fraction(1)
        text = self.text[start:after]
        return Figure(start, after, text, FigureKind.NUMBER, value, None, unit)

    def _lists(self, found: list[Figure]) -> Iterator[Figure]:
        """分别 before a list of figures: a figure of its own that asks for as many targets."""
        for match in LIST.finditer(self.text):
            end = self._end(match.end(), "。;\n")
            listed = [found[index] for index in self._quantities(found, match.end(), end)]
            count = _list_length(self.text, listed)
            if count > 1:
                yield Figure(
                    match.start(), match.end(), match[0], FigureKind.SEVERAL, promises=count
                )
            elif listed:
                near = max(0, match.start() - _LONGEST_SUBJECTS)
                before = re.split("[,。;:!?\n]", self.text[near : match.start()])[-1]
                self._set_promises(found, match.end(), end, _how_many(before))

    def _shared(self) -> Iterator[tuple[int, int, int]]:
        """Yield where a figure follows that several subjects share, and how many share it."""
        for match in SHARED.finditer(self.text):
            many = _how_many(match["subjects"] or match["each"] or "")
            yield match.end(), self._end(match.end(), ",。;:!?\n"), many

    def _complete(self, found: list[Figure]) -> None:
        """Give the unit of a list's last figure to those before it: 1.2万亿、8200亿元; 20、30、40家."""
        for index in range(len(found) - 2, -1, -1):
            figure, after = found[index], found[index + 1]
            joined = re.fullmatch("[、和及与]", self.text[figure.end : after.start])
            if not joined or figure.unit or not figure.digits or not after.digits or not after.unit:
                continue
            prefix = _PREFIX_AT_END.search(figure.text)
            if figure.word or after.word or not (prefix or self._is_apart(figure.start)):
                continue
            stem = f"{prefix[0]}{after.unit.stem}" if prefix else after.unit.text
            if unit := parse_unit(stem):
                found[index] = replace(figure, unit=unit)

    def _is_apart(self, position: int) -> bool:
        """Whether 分别 stands before a figure in its clause."""
        near = max(0, position - _LONGEST_SUBJECTS)
        return "分别" in re.split("[,。;:!?\n]", self.text[near:position])[-1]

    def _end(self, position: int, stops: str) -> int:
        match = re.compile(f"[^{stops}]{{0,{_LONGEST_STRETCH}}}").match(self.text, position)
        return match.end() if match else position

    def _set_promises(self, found: list[Figure], start: int, end: int, promises: int) -> None:
        """Let the first quantity of a stretch ask for several targets."""
        for index in self._quantities(found, start, end)[:1]:
            found[index] = replace(found[index], promises=promises)

    def _quantities(self, found: list[Figure], start: int, end: int) -> list[int]:
        """Return the indices of the quantities in a stretch, but for what others are raised from."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [
            index
            for index in range(first, last)
            if (figure := found[index]).is_quantity
            and figure.end <= end
            and not is_old_level(self.text, figure.start, figure.end)
        ]


def _how_many(subjects: str) -> int:
    """Return how many subjects share a figure, two where that is all that is known: 城乡居民收入."""
    return max(2, len([part for part in re.split("[、和与及]", subjects) if part]))


def _list_length(text: str, quantities: list[Figure]) -> int:
    """Return how many of the quantities stand in one list, from the first on."""
    count = min(1, len(quantities))
    for one, other in itertools.pairwise(quantities):
        if not _LIST_GOES_ON.fullmatch(text, one.end, other.start):
            break
        count += 1
    return count
