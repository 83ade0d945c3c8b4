"""Figures that can be read but are doubtful (DT3xx): they are flagged, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from dtcheck.actuals import Actual, Period, Submissions
from dtcheck.judge.pace import required_by
from dtcheck.rules import Finding, Rule
from dtcheck.rules.plausibility import (
    CUMULATIVE_FELL,
    NO_REASON,
    RELATION_BROKEN,
    STALE,
    UNIT_SLIP,
)
from dtcheck.targets import Measure, Relation, Target, TargetsFile
from dtcheck.targets.relations import total_after
from dtcheck.units import format_number

# 亿 for 万 and % for a share. Ten is too near to real life, but for the month before.
_SLIPS = (Fraction(10**4), Fraction(100))
_SLIP_BY_MONTH = Fraction(10)
_SLIP_WIDTH = Fraction(25, 100)


def check_plausibility(
    file: TargetsFile, submissions: Submissions, when: Period
) -> Iterator[Finding]:
    """Yield what is doubtful in the usable figures up to ``when``."""
    known = {
        code: {month: actual for month, actual in months.items() if month <= when.month}
        for code, months in submissions.actuals.items()
    }
    for target in file.targets:
        actuals = [actual for _, actual in sorted(known.get(target.code, {}).items())]
        yield from _fallen(target, actuals)
        yield from _slips(target, actuals)
    for relation in file.relations:
        yield from _broken(relation, file, known)


def unexplained_shortfall(actual: Actual) -> Finding:
    """Return what to say of a shortfall that comes without a word in 备注."""
    return Finding(
        NO_REASON,
        "欠序时或未完成，备注没有写原因",
        "在备注写明原因和下一步措施",
        actual.place._replace(column="备注", cell=None),
        actual.code,
    )


def stale_figure(target: Target, actual: Actual, when: Period) -> Finding:
    """Return what to say of a figure where a newer one was due by ``when``."""
    doubt = f"最新的数是 {actual.period} 的，检查到 {when} 已经过时"
    return _finding(STALE, target, actual, doubt, "补报最近一期的累计数；旧数只作显示，不作判断")


def _finding(rule: Rule, target: Target, actual: Actual, doubt: str, hint: str) -> Finding:
    """Return a doubt about an actual, which is the subject of the sentence."""
    message = f"{target.code} {target.name} {doubt}"
    return Finding(rule, message, hint, actual.place, target.code)


def _fallen(target: Target, actuals: Iterable[Actual]) -> Iterator[Finding]:
    """A cumulative figure can't fall; a net one can."""
    if target.measure is not Measure.FLOW or "净增" in target.name:
        return
    for earlier, actual in pairwise(actuals):
        if actual.value < earlier.value:
            unit = target.goal.unit.text
            yield _finding(
                CUMULATIVE_FELL,
                target,
                actual,
                f"到 {actual.period} 累计 {_figure(actual.value, unit)}，"
                f"比 {earlier.period} 的 {_figure(earlier.value, unit)}还少",
                f"报 1 月起的累计数；{earlier.period} 的数在 {earlier.place.in_row}",
            )


def _slips(target: Target, actuals: Iterable[Actual]) -> Iterator[Finding]:
    earlier: Actual | None = None
    for actual in actuals:
        probable = _probable(target, actual, earlier)
        if probable is not None:
            unit = target.goal.unit.text
            written = actual.text.removesuffix(actual.unit) + actual.unit
            yield _finding(
                UNIT_SLIP,
                target,
                actual,
                f"报的是 {_figure(actual.value, unit)}（写作“{written}”），像是单位或小数点错了；目标是 {target.goal.text}",
                f"可能是 {_figure(probable, unit)}；没有错的，在备注说明",
            )
        earlier = actual


def _probable(target: Target, actual: Actual, earlier: Actual | None) -> Fraction | None:
    """Return what the value probably was, where it is a slip away from what is expected."""
    for expected in _expected(target, actual.period.month):
        for slip in _SLIPS:
            if (found := _slipped(actual.value, expected, slip)) is not None:
                return found
    if earlier is None or earlier.period.month != actual.period.month - 1:
        return None
    return _slipped(actual.value, earlier.value, _SLIP_BY_MONTH)


def _expected(target: Target, month: int) -> Iterator[Fraction]:
    if target.is_assigned:
        return
    goal = target.goal.threshold
    if target.measure is Measure.FLOW:
        yield required_by(target, target.goal, month) or goal
        return
    yield goal
    if target.baseline is not None:
        yield target.baseline


def _slipped(value: Fraction, expected: Fraction, slip: Fraction) -> Fraction | None:
    for probable in (value * slip, value / slip):
        if expected != 0 and abs(probable - expected) <= abs(expected) * _SLIP_WIDTH:
            return probable
    return None


def _broken(
    relation: Relation, file: TargetsFile, known: Mapping[str, Mapping[int, Actual]]
) -> Iterator[Finding]:
    totals, gains = known.get(relation.total, {}), known.get(relation.added, {})
    target, added = file.by_code[relation.total], file.by_code[relation.added]
    unit = target.goal.unit.text
    for month in sorted(totals.keys() & gains.keys()):
        total, gain = totals[month], gains[month]
        sum_ = total_after(relation, gain.value, file)
        if total.value > sum_ or (relation.net and total.value != sum_):
            yield _finding(
                RELATION_BROKEN,
                target,
                total,
                f"报 {_figure(total.value, unit)}，"
                f"{'应等于' if relation.net else '应不超过'}上年末 {_figure(relation.last, unit)} 加 "
                f"{added.code} 的 {_figure(gain.value, added.goal.unit.text)}，即 {_figure(sum_, unit)}",
                f"核对总数和新增数（{gain.place.in_row}），口径不同的在备注说明",
            )


def _figure(value: Fraction, unit: str) -> str:
    return format_number(value) + unit
