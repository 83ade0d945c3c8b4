"""What a number in a cell means, by its number format: 6.5%, 2024-06-01, 48个.

Nothing here needs openpyxl, which takes longer to load than an .xls to be read.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Context, Decimal
from functools import lru_cache

from dtcheck.patterns import regex
from dtcheck.units import parse_unit

# Day 0 of the two ways to count. The first begins with 1 January 1900, and knows a 29 February then.
WINDOWS_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - days on paper have no zone
MAC_EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001
_NO_SUCH_DAY = 60

# Excel itself keeps 15 digits: the rest is noise of binary fractions (0.1+0.2).
_FIFTEEN = Context(prec=15)
_LARGEST = 1e30
_LAST_DAY = 2_957_003  # 9999-12-31, counted from 1904
# The dates of a Chinese Excel that files name by number only (ECMA-376 part 1, 18.8.30, zh-cn);
# the libraries know the rest.
CHINESE_DATES = {
    **dict.fromkeys((27, 30, 31, 36, 50, 52, 57), "yyyy-m-d"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}

_LITERALS = regex(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_QUOTED = regex(r'"[^"]*"|\\.')
_PADDING = regex(r"[_*].")
_SUFFIX = regex(r'(?:"([^"]*)"|\\(.))\s*$')
_ELAPSED = regex(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_DECIMALS = regex(r"\.(0+)")
# 0, shows thousands, 0!.0, ten thousands: a point that is only written, one digit of the number behind it.
_THOUSANDS = regex(r"[0#?](,+)(?![0#?,])")
_WRITTEN_POINT = regex(r"[0#?][!\\]\.([0#?]+)(,*)(?![0#?.])")


def number_text(value: float, code: str, epoch: datetime = WINDOWS_EPOCH) -> str:
    """Return a cell's number as its reader sees it, by the code of its format."""
    # Written this way round for NaN.
    if not abs(value) <= _LARGEST:
        return str(value)
    kind, unit, decimals, smaller = _read_format(code)
    if smaller:
        return _plain(Decimal(repr(value)).scaleb(-smaller)) + unit
    if kind == "%":
        return _plain(Decimal(repr(value)).scaleb(2)) + "%"
    if not kind or not 0 <= value <= _LAST_DAY:
        return _padded(_plain(Decimal(repr(value))), decimals) + unit
    if kind in "hs":
        minutes = round(value % 1 * 86_400_000) // 60_000
        return f"{minutes // 60 % 24}:{minutes % 60:02d}"
    days = max(int(value), 1)
    if days < _NO_SUCH_DAY and epoch == WINDOWS_EPOCH:
        days += 1
    day = epoch + timedelta(days)
    if kind == "y":
        return f"{day:%Y-%m-%d}"
    # One that shows no year keeps none, since 1-6 typed for 1-6月 becomes 1月6日.
    return f"{day.month}月{day.day}日" if kind == "d" else f"{day.month}月"


def serial_of(moment: datetime, epoch: datetime = WINDOWS_EPOCH) -> float:
    """Return a moment as the number that a cell has for it."""
    days = (moment - epoch) / timedelta(days=1)
    return days - 1 if days <= _NO_SUCH_DAY and epoch == WINDOWS_EPOCH else days


def shows_dates(code: str) -> bool:
    """Whether numbers of this format are days or times."""
    return _read_format(code)[0] not in ("", "%")


@lru_cache(maxsize=1024)
def _read_format(code: str) -> tuple[str, str, int, int]:
    """Return what a format makes of a number, the unit it shows behind it, its decimals, and by how many places it shows less.

    The first is "%", nothing for plain numbers, and for dates the part that tells: "y", "d" for a
    day without its year, "h" and "s" for times, "m" for a month alone.
    """
    # Of 正数;负数;零 the first is enough: the others differ in colour and sign.
    section = code.partition(";")[0]
    signs = _LITERALS.sub("", section).lower()
    if "%" in signs:
        return "%", "", 0, 0
    if _ELAPSED.search(_QUOTED.sub("", section)):
        return "h", "", 0, 0
    if kind := next((each for each in "ydhsm" if each in signs), ""):
        return kind, "", 0, 0
    decimals = _DECIMALS.search(signs)
    return "", _unit_shown(section), len(decimals[1]) if decimals else 0, _places(section)


def _places(section: str) -> int:
    """Return by how many places a number is shown smaller than it is stored: 3 by 0, and 4 by 0!.0,."""
    section = re.sub(r'"[^"]*"|[_*].', "", section)
    if point := _WRITTEN_POINT.search(section):
        return len(point[1]) + 3 * len(point[2])
    thousands = _THOUSANDS.search(section)
    return 3 * len(thousands[1]) if thousands else 0


def _plain(value: Decimal) -> str:
    text = f"{_FIFTEEN.plus(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _padded(text: str, decimals: int) -> str:
    """Return a number with the zeros its format shows: 2024.10 is October, 2024.1 is not."""
    missing = decimals - len(text.partition(".")[2])
    return text + "0" * missing if "." in text and missing > 0 else text


def _unit_shown(section: str) -> str:
    """Return the unit behind the number."""
    suffix = _SUFFIX.search(_PADDING.sub("", section))
    if not suffix:
        return ""
    text = (suffix[1] or suffix[2] or "").strip()
    return text if parse_unit(text) else ""
