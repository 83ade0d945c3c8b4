"""What a number in a cell means, by its number format: 6.5%, 2024-06-01, 48个."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache

from dtcheck.units import parse_unit

# Excel itself keeps 15 digits: the rest is noise of binary fractions (0.1+0.2).
_FIFTEEN = Context(prec=15)
_LARGEST_EXPONENT = 30
_LAST_DAY = 2_958_465  # 9999-12-31
_EPOCH = date(1899, 12, 30)
_DAYS_TO_1904 = 1462
_MINUTES = 1440

# Formats that a file names by number only. 27 to 58 are the dates of a Chinese Excel
# (ECMA-376 part 1, 18.8.30, zh-cn).
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 17, 22, 27, 30, 31, 36, 50, 52, 57), "yyyy-m-d"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm"),
}

_PADDING = re.compile(r"[_*].")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_LITERALS = re.compile(r'"[^"]*"|[\\!_*].')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SUFFIX = re.compile(r'(?:"([^"]*)"|\\(.))\s*$')
_SCALED = re.compile(r"[0#?],+(?![0#?,])|!")


class Kind(Enum):
    """What a number format makes of a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    DAY = "day"
    MONTH = "month"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A kind, and the unit that the format shows behind the number (0"个"), if it is one."""

    kind: Kind = Kind.PLAIN
    unit: str = ""


def built_in(number: int) -> NumberFormat:
    """Return the format that has ``number`` in every file."""
    return read_format(_BUILT_IN.get(number, ""))


@lru_cache(maxsize=1024)
def read_format(code: str) -> NumberFormat:
    """Return what a format code such as ``0.0%`` or ``yyyy"年"m"月"`` makes of a number."""
    # Of 正数;负数;零 the first is enough: the others differ in colour and sign.
    section = _first_section(code)
    if _ELAPSED.search(section):
        return NumberFormat(Kind.TIME)
    signs = _BRACKETS.sub("", _LITERALS.sub("", section)).lower().replace("general", "0")
    if "%" in signs:
        return NumberFormat(Kind.PERCENT)
    if not set("0#?") & set(signs):
        if "y" in signs:
            return NumberFormat(Kind.DATE)
        if "d" in signs:
            return NumberFormat(Kind.DAY)
        if set("hs") & set(signs):
            return NumberFormat(Kind.TIME)
        if "m" in signs:
            return NumberFormat(Kind.MONTH)
    return NumberFormat(unit=_unit_shown(section))


def number_text(written: str, shown_as: NumberFormat, *, from_1904: bool = False) -> str:
    """Return a cell's number as its reader sees it; what is no number stays as it is."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return written
    if shown_as.kind is Kind.PLAIN:
        return _plain(value) + shown_as.unit
    if shown_as.kind is Kind.PERCENT:
        return _plain(value.scaleb(2)) + "%"
    days = value + _DAYS_TO_1904 if from_1904 else value
    if not 0 <= days <= _LAST_DAY:
        return _plain(value)
    return _moment(days, shown_as.kind)


def _plain(value: Decimal) -> str:
    text = f"{_FIFTEEN.plus(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _moment(days: Decimal, kind: Kind) -> str:
    """Return a date; one that shows no year keeps none, since 1-6 typed for 1-6月 becomes 1月6日."""
    if kind is Kind.TIME:
        hours, minutes = divmod(round(days % 1 * _MINUTES), 60)
        return f"{hours}:{minutes:02d}"
    whole = int(days)
    # Excel counts a 29 February 1900 that never was.
    day = _EPOCH + timedelta(days=whole if whole > 59 else whole + 1)
    if kind is Kind.DATE:
        return day.isoformat()
    return f"{day.month}月{day.day}日" if kind is Kind.DAY else f"{day.month}月"


def _first_section(code: str) -> str:
    kept: list[str] = []
    for part in re.split(r'("[^"]*"|\\.|;)', code):
        if part == ";":
            break
        kept.append(part)
    return "".join(kept)


def _unit_shown(section: str) -> str:
    """Return the unit behind the number; none where commas or ! show another size than stored."""
    section = _PADDING.sub("", section)
    suffix = _SUFFIX.search(section)
    if not suffix or _SCALED.search(_QUOTED.sub("", section)):
        return ""
    text = (suffix[1] or suffix[2] or "").strip()
    return text if parse_unit(text) else ""
