"""What a number in a cell means, by its number format: 6.5%, 2024-06-01, 48个."""

from __future__ import annotations

from datetime import datetime
from decimal import Context, Decimal
from functools import lru_cache

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from dtcheck.patterns import regex
from dtcheck.units import parse_unit

# Excel itself keeps 15 digits: the rest is noise of binary fractions (0.1+0.2).
_FIFTEEN = Context(prec=15)
_LARGEST = 1e30
_LAST_DAY = 2_957_003  # 9999-12-31, counted from 1904
# The dates of a Chinese Excel that files name by number only (ECMA-376 part 1, 18.8.30, zh-cn);
# openpyxl knows the rest.
CHINESE_DATES = {
    **dict.fromkeys((27, 30, 31, 36, 50, 52, 57), "yyyy-m-d"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}

_LITERALS = regex(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_QUOTED = regex(r'"[^"]*"|\\.')
_PADDING = regex(r"[_*].")
_SUFFIX = regex(r'(?:"([^"]*)"|\\(.))\s*$')
_DECIMALS = regex(r"\.(0+)")
_SCALED = regex(r"[0#?],+(?![0#?,])|!")


def number_text(value: float, code: str, epoch: datetime = WINDOWS_EPOCH) -> str:
    """Return a cell's number as its reader sees it, by the code of its format."""
    # Written this way round for NaN.
    if not abs(value) <= _LARGEST:
        return str(value)
    kind, unit, decimals = _read_format(code)
    if kind == "%":
        return _plain(Decimal(repr(value)).scaleb(2)) + "%"
    if not kind or not 0 <= value <= _LAST_DAY:
        return _padded(_plain(Decimal(repr(value))), decimals) + unit
    if kind in "hs":
        moment = from_excel(value % 1)
        return f"{moment.hour}:{moment.minute:02d}"
    # The first day is 1: without it, openpyxl makes a time of what is less.
    day = from_excel(max(int(value), 1), epoch)
    if kind == "y":
        return f"{day:%Y-%m-%d}"
    # One that shows no year keeps none, since 1-6 typed for 1-6月 becomes 1月6日.
    return f"{day.month}月{day.day}日" if kind == "d" else f"{day.month}月"


@lru_cache(maxsize=1024)
def _read_format(code: str) -> tuple[str, str, int]:
    """Return what a format makes of a number, the unit it shows behind it, and its decimals.

    The first is "%", nothing for plain numbers, and for dates the part that tells: "y", "d" for a
    day without its year, "h" and "s" for times, "m" for a month alone.
    """
    # Of 正数;负数;零 the first is enough: the others differ in colour and sign.
    section = code.partition(";")[0]
    signs = _LITERALS.sub("", section).lower()
    if "%" in signs:
        return "%", "", 0
    if not is_date_format(section):
        decimals = _DECIMALS.search(signs)
        return "", _unit_shown(section), len(decimals[1]) if decimals else 0
    if is_timedelta_format(section):
        return "h", "", 0
    return next((kind for kind in "ydhsm" if kind in signs), "h"), "", 0


def _plain(value: Decimal) -> str:
    text = f"{_FIFTEEN.plus(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _padded(text: str, decimals: int) -> str:
    """Return a number with the zeros its format shows: 2024.10 is October, 2024.1 is not."""
    missing = decimals - len(text.partition(".")[2])
    return text + "0" * missing if "." in text and missing > 0 else text


def _unit_shown(section: str) -> str:
    """Return the unit behind the number; none where commas or ! show another size than stored."""
    section = _PADDING.sub("", section)
    suffix = _SUFFIX.search(section)
    if not suffix or _SCALED.search(_QUOTED.sub("", section)):
        return ""
    text = (suffix[1] or suffix[2] or "").strip()
    return text if parse_unit(text) else ""
