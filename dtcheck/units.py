"""Numbers and units: exact values, the dimensions of design §4, and how both are written.

Values are ``Fraction`` throughout, so 12000万 equals 1.2亿 and 53.5 of 107 is exactly half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from dtcheck.patterns import regex

SHARE = "比率"
POINTS = "百分点"
# Far more than any unit takes: a cell of 100 kB must cost neither time nor a place in the cache.
_LONGEST_UNIT = 40

_PREFIXES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}

# Measure words of things; they may stand for one another.
_COUNTED = (
    *"个家项件座条处张场次起套台所份",
    *"头只羽尾株棵栋幢部辆例支眼批艘架宗间册篇枚款盏匹",
    "批次",
    "班次",
    "种",
    "门",
    "列",
)

# stem: (dimension, size in the dimension's own unit). 公顷 is 15 亩 exactly, so areas count in
# 平方米 with 1 亩 = 2000/3 平方米.
_STEMS: dict[str, tuple[str, Fraction]] = {
    "元": ("人民币", Fraction(1)),
    "人民币": ("人民币", Fraction(1)),
    "元人民币": ("人民币", Fraction(1)),
    "美元": ("美元", Fraction(1)),
    "平方米": ("面积", Fraction(1)),
    "平米": ("面积", Fraction(1)),
    "m2": ("面积", Fraction(1)),
    "m²": ("面积", Fraction(1)),
    "平方公里": ("面积", Fraction(10**6)),
    "平方千米": ("面积", Fraction(10**6)),
    "km2": ("面积", Fraction(10**6)),
    "km²": ("面积", Fraction(10**6)),
    "亩": ("面积", Fraction(2000, 3)),
    "公顷": ("面积", Fraction(10**4)),
    "米": ("长度", Fraction(1)),
    "m": ("长度", Fraction(1)),
    "公里": ("长度", Fraction(1000)),
    "km": ("长度", Fraction(1000)),
    "瓦": ("功率", Fraction(1)),
    "千瓦": ("功率", Fraction(10**3)),
    "w": ("功率", Fraction(1)),
    "kw": ("功率", Fraction(10**3)),
    "兆瓦": ("功率", Fraction(10**6)),
    "mw": ("功率", Fraction(10**6)),
    "吉瓦": ("功率", Fraction(10**9)),
    "gw": ("功率", Fraction(10**9)),
    "吨": ("重量", Fraction(1)),
    "t": ("重量", Fraction(1)),
    "公斤": ("重量", Fraction(1, 1000)),
    "千克": ("重量", Fraction(1, 1000)),
    "kg": ("重量", Fraction(1, 1000)),
    "斤": ("重量", Fraction(1, 2000)),
    "立方米": ("体积", Fraction(1)),
    "m3": ("体积", Fraction(1)),
    "m³": ("体积", Fraction(1)),
    "升": ("体积", Fraction(1, 1000)),
    "千瓦时": ("电量", Fraction(1)),
    "度": ("电量", Fraction(1)),
    "kwh": ("电量", Fraction(1)),
    "兆瓦时": ("电量", Fraction(1000)),
    "mwh": ("电量", Fraction(1000)),
    "吨标准煤": ("能耗", Fraction(1)),
    "吨标煤": ("能耗", Fraction(1)),
    "微克/立方米": ("浓度", Fraction(1)),
    # The micro sign and the Greek letter look alike.
    **{f"{micro}g/{cube}": ("浓度", Fraction(1)) for micro in "µμu" for cube in ("m3", "m³")},
    "小时": ("时长", Fraction(1)),
    # 算力: 4万P.
    "p": ("算力", Fraction(1)),
    "%": (SHARE, Fraction(1)),
    "‰": (SHARE, Fraction(1, 10)),
    "百分点": (SHARE, Fraction(1)),
    "个百分点": (SHARE, Fraction(1)),
    "人": ("人数", Fraction(1)),
    "名": ("人数", Fraction(1)),
    "人次": ("人次", Fraction(1)),
    "户": ("户数", Fraction(1)),
    "天": ("天数", Fraction(1)),
    "位": ("位次", Fraction(1)),
    **{stem: ("个数", Fraction(1)) for stem in _COUNTED},
}

_WHOLE = frozenset({"人数", "人次", "户数", "位次", "个数"})

# Full-width ASCII, the ideographic space, and the signs that spreadsheets and input methods put
# in place of the plain ones. Not NFKC: that would turn ① into 1 and 10² into 102.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    {
        "\u3000": " ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "㎡": "平方米",
        "㎞": "公里",
        "㎾": "千瓦",
        "㎿": "兆瓦",
        "\ufeff": "",
        "\u200b": "",
        "\u200e": "",
        "\u200f": "",
    }
)


class Unit(NamedTuple):
    """A unit as it is written, e.g. 万千瓦.

    ``size`` is its worth in the unit its dimension counts in (人民币 in 元, 面积 in 平方米, …);
    ``prefix`` and ``stem`` are the two parts of the text.
    """

    text: str
    prefix: str
    stem: str
    dimension: str
    size: Fraction

    @property
    def is_points(self) -> bool:
        """Whether this is 百分点, a difference of two shares."""
        return self.stem.endswith(POINTS)

    @property
    def is_whole(self) -> bool:
        """Whether half of the thing counted makes no sense (人, 户, 个, …)."""
        return self.dimension in _WHOLE

    def convert(self, value: Fraction, to: Unit) -> Fraction:
        """Return ``value`` of this unit in ``to``, which must be of the same dimension."""
        if self is to:
            return value
        if self.dimension != to.dimension:
            raise ValueError(f"{self.text} -> {to.text}")
        return value * self.size / to.size


PERCENT = Unit("%", "", "%", SHARE, Fraction(1))


def plain(text: str) -> str:
    """Return ``text`` with full-width characters and odd spaces and minus signs made plain ASCII."""
    return text.translate(_PLAIN).strip()


# Units that a targets file declares: known while that file is in use.
_OWN: ContextVar[frozenset[str]] = ContextVar("own units", default=frozenset())


@contextmanager
def own_units(names: Iterable[str]) -> Iterator[None]:
    """Know ``names`` as units, each a dimension of its own, for as long as the block runs."""
    token = _OWN.set(frozenset(map(_bare, names)))
    try:
        yield
    finally:
        _OWN.reset(token)


def declared_units() -> frozenset[str]:
    """Return the units that are known beside the usual ones."""
    return _OWN.get()


def _bare(text: str) -> str:
    return "".join(plain(text).split()).lower()


def parse_unit(text: str) -> Unit | None:
    """Return the unit that ``text`` names, or None."""
    return _parse_unit(text, _OWN.get()) if len(text) <= _LONGEST_UNIT else None


@lru_cache(maxsize=1024)
def _parse_unit(text: str, own: frozenset[str]) -> Unit | None:
    written = "".join(plain(text).split())
    lowered = written.lower()
    # The longest stem wins: 平方公里 before 公里, 元人民币 before 元.
    for start in range(len(lowered)):
        prefix, stem = lowered[:start], lowered[start:]
        if prefix in _PREFIXES and (stem in _STEMS or stem in own):
            dimension, size = _STEMS.get(stem, (stem, Fraction(1)))
            return Unit(written, prefix, stem, dimension, size * _PREFIXES[prefix])
    return None


_ABBREVIATED = regex("[a-z²³]")


def same_dimension(unit: Unit) -> tuple[str, ...]:
    """Return the units that may stand for ``unit``, as people write them, its own first."""
    stems = [
        stem
        for stem, (dimension, _) in _STEMS.items()
        if dimension == unit.dimension and not _ABBREVIATED.search(stem)
    ]
    written = [unit.text, unit.stem, *(unit.prefix + stem for stem in stems)]
    return tuple(dict.fromkeys(written))


def prefix_factor(prefix: str) -> int | None:
    """Return what a bare 万 or 亿 multiplies by, or None where it is no such prefix."""
    return _PREFIXES.get(prefix)


# At most 30 digits a part: a longer one is no figure of a city, and the bound keeps arithmetic cheap.
_NUMBER = regex(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,9}|[0-9]{1,3}(?: [0-9]{3}){1,9}|[0-9]{1,30}|(?=\.[0-9]))"
    r"(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?"
)


def match_number(text: str, start: int = 0) -> tuple[Fraction, int] | None:
    """Read a number of plain ``text`` at ``start``; return it and where it ends, or None.

    Thousands marks (1,710 and 19 278.1) count only in groups of three, so 1,71 is no number.
    """
    match = _NUMBER.match(text, start)
    if not match or text[match.end() : match.end() + 1] in set(",.0123456789"):
        return None
    written = match[0].replace(",", "").replace(" ", "")
    # Most figures are whole; the way over a decimal takes twice as long.
    value = Fraction(int(written)) if written.isdigit() else Fraction(Decimal(written))
    return value, match.end()


_BARE = regex(r"([0-9]{1,15})\.([0-9]{1,9})")


def bare_number(text: str) -> Fraction | None:
    """Return the number of a text that is nothing but ASCII digits and a point; None for any other."""
    if text.isdigit() and text.isascii() and len(text) < _LONGEST_UNIT:
        return Fraction(int(text))
    found = _BARE.fullmatch(text)
    return Fraction(int(found[1] + found[2]), 10 ** len(found[2])) if found else None


def parse_number(text: str) -> Fraction | None:
    """Return the number that plain ``text`` is, or None."""
    found = match_number(text)
    return found[0] if found and found[1] == len(text) else None


def format_number(value: Fraction, places: int | None = None, *, sign: bool = False) -> str:
    """Write ``value`` without an exponent or idle zeros.

    ``places`` rounds half up, away from zero, as offices do; without it the value is written to
    six decimals at most. ``sign`` writes a plus before what is above zero.
    """
    digits = 6 if places is None else places
    scale = 10**digits
    whole = (abs(value) * scale * 2 + 1) // 2
    head, tail = divmod(whole, scale)
    text = str(head)
    if digits:
        decimals = f"{tail:0{digits}d}"
        text += "." + decimals
    if places is None:
        text = text.rstrip("0").rstrip(".")
    if whole == 0:
        return text
    return ("-" if value < 0 else "+" if sign else "") + text
