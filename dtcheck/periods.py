"""Periods: the month up to which a figure is cumulative, in all the ways clerks write it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dtcheck.patterns import regex
from dtcheck.units import plain

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPANS = {
    "一季度": 3,
    "1季度": 3,
    "首季": 3,
    "上半年": 6,
    "半年": 6,
    "前两季度": 6,
    "前二季度": 6,
    "前2季度": 6,
    "前三季度": 9,
    "前3季度": 9,
    "三季度末": 9,
    "全年": 12,
    "年度": 12,
    "全年度": 12,
}
_PARTIAL = {
    "二季度": "上半年",
    "2季度": "上半年",
    "三季度": "前三季度",
    "3季度": "前三季度",
    "四季度": "全年",
    "4季度": "全年",
    "下半年": "全年",
}
# 2024年6月, but of 2024年度 the 年 belongs to 年度.
_YEAR = regex(r"((?:19|20)[0-9]{2})(?:年(?!度))?")
_UP_TO = regex(r"^截[至止]到?")
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_DATE = regex(
    rf"([0-9]{{4}})(?:[-/.年])([0-9]{{1,2}})(?:[-/.月]{_DAY}日?|月(?:份|末|底)?)?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.0+)?)?"
)
_COMPACT = regex(rf"([0-9]{{4}})([0-9]{{2}})(?:{_DAY})?")
_ENGLISH = regex(r"([a-z]{3})[a-z]*-([0-9]{2}|[0-9]{4})")
_ENGLISH_FIRST = regex(r"([0-9]{2}|[0-9]{4})-([a-z]{3})[a-z]*")
_SPAN = regex(r"(?:([0-9]{1,2})月?(?:-|~|至|到))?([0-9]{1,2})月(?:份|末|底)?")
# No period takes longer to write; what does isn't kept in the cache either.
_LONGEST = 60
_DASHES = str.maketrans(dict.fromkeys("—–―", "-"))
# What Excel makes of 2024.10.
_OCTOBER = regex(r"(?:19|20)[0-9]{2}\.1")


class Period(NamedTuple):
    """January to ``month`` of ``year``."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def words(self) -> str:
        """How an office says it: 2024年1-6月, 2024年全年."""
        if self.month == 12:
            return f"{self.year}年全年"
        return f"{self.year}年1-{self.month}月" if self.month > 1 else f"{self.year}年1月"


class PeriodError(ValueError):
    """The text is no cumulative period; the message says in Chinese what to write instead."""


def parse_period(text: str, year: int) -> Period:
    """Read a period; one that names no year is of ``year``. Raises PeriodError."""
    return _parse_period(text if len(text) <= _LONGEST else "", year)


def parse_as_of(text: str, year: int) -> Period:
    """Read the month to judge by, one of ``year``. Raises PeriodError, which quotes ``text``."""
    try:
        period = parse_period(text, year)
    except PeriodError as error:
        raise PeriodError(f"“{text}”看不懂。{error}") from None
    if period.year != year:
        raise PeriodError(f"{period} 不在目标文件的 {year} 年之内")
    return period


@lru_cache(maxsize=1024)
def _parse_period(text: str, year: int) -> Period:
    written = "".join(plain(text).split()) if ":" not in text else plain(text)
    written = _UP_TO.sub("", written.translate(_DASHES))
    for read in (_read_date, _read_english, _read_span):
        found = read(written, year)
        if found:
            return found
    raise PeriodError(
        "写成 2024-06、2024年6月、1-6月、上半年、前三季度或全年".replace("2024", str(year))
    )


def may_be_october(text: str) -> bool:
    """Whether a period can be January, or an October that lost its zero in a spreadsheet."""
    return _OCTOBER.fullmatch(plain(text)) is not None


def _period(year: int, month: int) -> Period:
    if not 1 <= month <= 12:
        raise PeriodError(f"没有 {month} 月，核对期间")
    return Period(year, month)


def _read_date(written: str, _: int) -> Period | None:
    match = _DATE.fullmatch(written) or _COMPACT.fullmatch(written)
    return _period(int(match[1]), int(match[2])) if match else None


def _read_english(written: str, _: int) -> Period | None:
    """Jun-24, which Excel makes of 2024-06, and 24-Jun, its other way of writing it."""
    lowered = written.lower()
    if match := _ENGLISH.fullmatch(lowered):
        month, year = match[1], match[2]
    elif match := _ENGLISH_FIRST.fullmatch(lowered):
        year, month = match[1], match[2]
    else:
        return None
    if month not in _MONTHS:
        return None
    return _period(int(year) if len(year) == 4 else 2000 + int(year), _MONTHS.index(month) + 1)


def _read_span(written: str, year: int) -> Period | None:
    """6月, 1-6月, 上半年, 前三季度, with or without a year before it."""
    match = _YEAR.match(written)
    rest = written[match.end() :] if match else written
    year = int(match[1]) if match else year
    if match and not rest:
        return _period(year, 12)
    rest = rest.removeprefix("第").removesuffix("累计")
    if rest in _PARTIAL:
        raise PeriodError(f"“{rest}”不是从年初累计的，请改报“{_PARTIAL[rest]}”的累计数")
    if rest in _SPANS:
        return _period(year, _SPANS[rest])
    if span := _SPAN.fullmatch(rest):
        if span[1] and int(span[1]) != 1:
            raise PeriodError(f"“{rest}”不是从 1 月累计的，请改报“1-{span[2]}月”的累计数")
        return _period(year, int(span[2]))
    return None
