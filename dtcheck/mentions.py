"""Periods that a text mentions: a title, a header, the name of a sheet, a file, a folder (design §4).

Unlike in a column of periods, other numbers stand around: a document's number, a sending date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dtcheck.patterns import regex
from dtcheck.periods import Period
from dtcheck.units import plain

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERALS = {mark: at for at, mark in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
_QUARTERS = {mark: at for at, mark in enumerate("一二三四", 1)}
_QUARTERS |= {"首": 1, "两": 2} | {str(at): at for at in range(1, 5)}
_DASHES = str.maketrans(dict.fromkeys("—–―－～〜", "-"))
_LONGEST = 500
# Without any of these a text names no month.
_MARKS = frozenset("0123456789月季半")
_OF_A_FIGURE = regex("数(?!据)|(?:起|印发|修订|制定)")

# 24年6月 is 2024's; 924年6月 is no month at all.
_YEAR = r"(?<![0-9])(?<![0-9]年)(?<![0-9]年-)(?:(?P<year>(?:19|20)[0-9]{2}|2[0-9](?=年))(?:年度?|[-/. ])?)?"
# 2023年, but not the day 2023年12月25日; of 2023-2025年 both ends.
_NAMED_YEAR = regex(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:年(?!以来|不变|口径|底|末|初|同|起|第|印发|修订|制定|版|[0-9]{1,2}月(?:[0-9]{1,2}[日号]|起|印发|修订|制定))|[-~至到](?=(?:19|20)[0-9]{2}年)|[-/._]?(?=(?:0[1-9]|1[0-2])(?![0-9])))"
)
_BARE_YEAR = regex("(?:19|20)[0-9]{2}")
_BRACKETED = regex(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
# A year further on speaks of something else: 落实2023年….
_YEAR_WITHIN = 16
# In this order: what is found first hides what lies within it. Each with marks, of which its texts hold one.
_FORMS = (
    # 1月1日至6月30日 is 1-6月; 5月26日-6月25日 is no month's.
    (
        "日号",
        regex(
            r"(?<![0-9])(?P<days>(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<first>[0-9]{1,2})月(?P<from>[0-9]{1,2})日?[-~至到]"
            r"(?:(?P<last_year>(?:19|20)[0-9]{2})年)?(?P<month>[0-9]{1,2})月[0-9]{1,2}[日号])"
        ),
    ),
    # 填1月至本月累计数 names none.
    ("本当", regex("(?P<open>1月?[-~至到][本当]月)")),
    # 截至2024年6月30日 is June; any other day, whatever stands beside it, is a sending date. But
    # 1-6月12件实事 names no day.
    (
        "-/.日号",
        regex(
            r"(?P<until>截[至止]到?:?)?(?<![0-9])(?:(?P<year>(?:19|20)[0-9]{2})[-/.年])?(?P<month>[0-9]{1,2})(?:月(?=[0-9]+[日号])|(?<=[0-9])(?<=[-/.][0-9])[-/.]|(?<=[-/.][0-9][0-9])[-/.])"
            r"(?P<day>[0-9]{1,2})(?:日|号|(?![0-9月]))"
        ),
    ),
    (
        ("19", "20"),
        regex(
            r"(?P<until>截[至止]到?:?)?(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])"
        ),
    ),
    (
        "月",
        regex(
            rf"{_YEAR}(?:(?P<first>[0-9]{{1,2}})月?[-~至到])?(?P<month>[0-9]{{1,2}})月(?:份|末|底|止)?"
        ),
    ),
    # What is left of a year and a month that can't be read.
    ("年", regex(r"(?P<odd>[0-9]+年-?(?:[0-9]{1,2}月?[-~至到])?[0-9]{1,2}月)")),
    ("半", regex(rf"{_YEAR}(?P<half>上半年)")),
    ("季", regex(rf"{_YEAR}(?P<cumulative>前)?第?(?P<quarter>[一二三四首两1-4])季度?末?")),
    (
        "Qq",
        regex(
            r"(?<![0-9A-Za-z])(?:(?P<year>(?:19|20)[0-9]{2})年?[-_ ]?)?Q(?P<quarter>[1-4])(?![0-9A-Za-z])",
            re.IGNORECASE,
        ),
    ),
    (
        "-/._",
        regex(
            r"(?<![0-9])(?<![0-9][./-])(?P<year>(?:19|20)[0-9]{2})[-/._](?P<month>[0-9]{1,2})(?![0-9./号-])"
        ),
    ),
    (
        ("19", "20"),
        regex(
            r"(?<![0-9A-Za-z])(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?![0-9A-Za-z])"
        ),
    ),
    (
        "-",
        regex(
            rf"(?<![a-z])(?P<english>{'|'.join(_MONTHS)})[a-z]*-(?P<short>[0-9]{{2}}|[0-9]{{4}})(?![0-9])",
            re.IGNORECASE,
        ),
    ),
    ("月", regex(rf"{_YEAR}(?P<numeral>十[一二]?|[一二三四五六七八九])月份?")),
)


class Mention(NamedTuple):
    """A period in a text; ``period`` is None where it looks like one and isn't understood.

    ``cumulative`` tells 1-6月 and 上半年 from a lone 6月 or 二季度; the mention is ``text[start:end]``.
    """

    period: Period | None
    cumulative: bool
    start: int
    end: int


@lru_cache(maxsize=2048)
def mentions(text: str, year: int) -> tuple[Mention, ...]:
    """Return the periods that ``text``, plain and with ASCII dashes, mentions; ``year`` is the usual one."""
    if not _MARKS.intersection(text):
        return ()
    return tuple(_mentions(text[:_LONGEST], year))


def flat(text: str) -> str:
    """Return ``text`` as ``mentions`` reads it: plain characters, one kind of dash, no spaces."""
    return "".join(plain(text).translate(_DASHES).split())


def _mentions(text: str, year: int) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for marks, form in _FORMS:
        if not any(mark in text for mark in marks):
            continue
        for found in form.finditer(text):
            start, end = found.span()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            groups = found.groupdict()
            if groups.get("open") or (groups.get("day") and not groups["until"]):
                continue
            yield _mention(groups, year, start, end)


def _mention(groups: dict[str, str | None], year: int, start: int, end: int) -> Mention:
    if short := groups.get("short"):
        year = int(short) if len(short) == 4 else 2000 + int(short)
    elif written := groups.get("year"):
        year = int(written) if len(written) == 4 else 2000 + int(written)
    month, cumulative = _month(groups)
    first = groups.get("first")
    if groups.get("from") not in (None, "1", "01"):
        return Mention(None, False, start, end)
    if not 1 <= month <= 12 or first not in (None, "1", "01"):
        return Mention(None, False, start, end)
    return Mention(Period(year, month), cumulative or first is not None, start, end)


def _month(groups: dict[str, str | None]) -> tuple[int, bool]:
    """Return the last month of a mention, and whether it is cumulative by its own words."""
    if groups.get("half"):
        return 6, True
    if quarter := groups.get("quarter"):
        month = _QUARTERS[quarter] * 3
        return month, month == 3 or bool(groups.get("cumulative"))
    if english := groups.get("english"):
        return _MONTHS.index(english.lower()) + 1, False
    if numeral := groups.get("numeral"):
        return _NUMERALS[numeral], False
    month = int(groups.get("month") or 0)
    return month, month == 1 or bool(groups.get("until"))


def _weeks(text: str, year: int) -> Iterator[Mention]:
    """Yield the months in which weeks end that a title counts: 第25周 of 2024 ends in June."""
    for found in re.finditer("第([0-9]{1,2})周", text):
        if 1 <= int(found[1]) <= 53:
            last = date(year, 1, 1) + timedelta(
                days=7 * int(found[1]) - date(year, 1, 1).isoweekday()
            )
            yield Mention(
                Period(year, last.month if last.year == year else 12), False, *found.span()
            )


class Told(NamedTuple):
    """The period that a source tells; ``unclear`` is what looks like one and isn't understood."""

    period: Period | None = None
    unclear: str = ""


@lru_cache(maxsize=4096)
def told_by(text: str, year: int, *, last: bool = False) -> Told:
    """Return the one period that a text tells; several that differ are unclear, unless the ``last`` counts.

    What says 1-6月 goes before a lone 5月 beside it.
    """
    written = flat(text)
    # 5月数 is about a figure, 12月印发 about a form: no month of its figures.
    found = [each for each in mentions(written, year) if not _OF_A_FIGURE.match(written, each.end)]
    known = [each for each in found if each.period]
    if not known and "周" in written:
        known = list(_weeks(written, year))
    spans = [each for each in known if each.cumulative] or known
    periods = {each.period for each in spans}
    if len(periods) == 1 or (last and periods):
        return Told(max(spans, key=lambda each: each.start).period)
    unclear = "、".join(written[each.start : each.end] for each in found)
    return Told(None, unclear)


@lru_cache(maxsize=4096)
def year_told(text: str, year: int) -> int | None:
    """Return the year that a title or a name is about, with or without a month; None where it tells none.

    ``year`` goes before any other that stands beside it.
    """
    if not any(map(str.isdecimal, text)):
        return None
    written = _BRACKETED.sub("", flat(text))
    if _BARE_YEAR.fullmatch(written):
        return int(written)
    found = list(_NAMED_YEAR.finditer(written))
    named = {int(each[1]) for each in found}
    if year in named:
        return year
    return named.pop() if len(named) == 1 and found[0].start() <= _YEAR_WITHIN else None
