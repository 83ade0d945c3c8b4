"""合计 beside columns of single months: the year's figure up to the newest month that has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.fields import Field
from dtcheck.headers.form import FigureColumn
from dtcheck.periods import Period
from dtcheck.rules.rows import WRONG_FIGURE
from dtcheck.units import format_number, match_number, plain


def total_problem(
    total: FigureColumn, parts: Sequence[FigureColumn], cells: Sequence[str]
) -> Remark | None:
    """Return what to say of a total that is not what its months add up to."""
    found = match_number(plain(_at(cells, total)))
    months = [value for _, value in _filled(parts, cells)]
    if found is None or not months or sum(months) == found[0]:
        return None
    added = format_number(sum(months, Fraction(0)))
    message = (
        f"“{total.header}”写着 {shorten(_at(cells, total), 20)}，各月加起来是 {added}，没有使用"
    )
    hint = f"核对各月的数；各月其实是累计数的，表头写成“1-6月”，删去“{total.header}”"
    return Remark(WRONG_FIGURE, message, hint, Field.ACTUAL, at=total.index)


def last_month(parts: Sequence[FigureColumn], cells: Sequence[str]) -> tuple[Period, Period] | None:
    """Return the newest month with a figure other than 0, and the newest with any; None where none has one.

    Zeros up to the last column may be formulas that wait for their month.
    """
    filled = list(_filled(parts, cells))
    if not filled:
        return None
    last = max(period for period, _ in filled)
    counted = max((period for period, value in filled if value), default=last)
    return counted, last


def _filled(
    parts: Sequence[FigureColumn], cells: Sequence[str]
) -> Iterator[tuple[Period, Fraction]]:
    for each in parts:
        found = match_number(plain(_at(cells, each)))
        if found and each.period:
            yield each.period, found[0]


def _at(cells: Sequence[str], column: FigureColumn) -> str:
    return cells[column.index].strip() if column.index < len(cells) else ""
