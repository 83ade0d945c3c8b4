"""Figures that can be read but are doubtful (DT3xx): they are flagged, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from dtcheck.actuals import Actual, Period, Submissions
from dtcheck.judge.magnitudes import doubt_on
from dtcheck.judge.pace import asked_by
from dtcheck.judge.result import Result
from dtcheck.judge.status import Status
from dtcheck.rules import Finding, Place, Rule
from dtcheck.rules.plausibility import (
    BEFORE_DUE,
    CUMULATIVE_FELL,
    FEW_REPORTED,
    NO_REASON,
    NOTHING_TO_COMPARE,
    RELATION_BROKEN,
    STALE,
    UNIT_SLIP,
)
from dtcheck.targets import Measure, Relation, Target, TargetsFile
from dtcheck.targets.model import DECEMBER
from dtcheck.targets.relations import total_after
from dtcheck.units import format_number

_MOST_NAMES = 5
_FEW = 5


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
        yield from _early(target, actuals)
    for relation in file.relations:
        yield from _broken(relation, file, known)


def unexplained_shortfall(result: Result, actual: Actual) -> Finding:
    """Return what to say of a shortfall that comes without a word in 备注.

    Of a few pieces a share says little: what pace asks for is said in whole ones.
    """
    target, unit = result.target, result.goal.unit
    is_behind = result.status is Status.BEHIND and unit.is_whole
    asked = asked_by(target, result.goal, actual.period.month) if is_behind else None
    few = asked is not None and 0 < asked * unit.size <= _FEW
    more = f"（序时应达到 {format_number(asked)} {unit.text}）" if asked and few else ""
    return Finding(
        NO_REASON,
        f"欠序时{more}，备注没有写原因" if more else "欠序时或未完成，备注没有写原因",
        "在备注写明原因和下一步措施",
        actual.place._replace(column="备注", cell=None, at=None),
        actual.code,
    )


def stale_figure(
    target: Target, actual: Actual, when: Period, last: Status | None = None
) -> Finding:
    """Return what to say of a figure where a newer one was due by ``when``.

    ``last`` is what the target was by that figure.
    """
    doubt = f"最新的数是 {actual.period} 的，检查到 {when} 已经过时"
    use = "旧数只作显示，不作判断"
    if last and last.is_shortfall:
        use = f"那时{last.label}，没有新数就仍按{last.label}看待"
    return _finding(STALE, target, actual, doubt, f"补报最近一期的累计数；{use}")


def nothing_to_compare(target: Target, actual: Actual, other: str) -> Finding:
    """Return why a target is undecided whose goal is the figure of ``other``."""
    doubt = f"要与 {other} 的 {actual.period} 比，那一期没有能用的数，状态为待定"
    return _finding(
        NOTHING_TO_COMPARE, target, actual, doubt, f"补报或改正 {other} 的 {actual.period}"
    )


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
    last: Actual | None = None
    for actual in actuals:
        doubt = doubt_on(target, actual, last)
        if doubt is None or doubt.is_jump:
            last = actual
        if doubt is None:
            continue
        unit = target.goal.unit.text
        written = actual.text.removesuffix(actual.unit) + actual.unit
        maybe = "核对单位、小数点和期间"
        if doubt.probable is not None:
            maybe = f"可能是 {_figure(doubt.probable, unit)}"
        yield _finding(
            UNIT_SLIP,
            target,
            actual,
            f"报的是 {_figure(actual.value, unit)}（写作“{written}”），{doubt.why}；"
            f"目标是 {target.goal.text}",
            f"{maybe}；没有错的，在备注说明",
        )


def _early(target: Target, actuals: Iterable[Actual]) -> Iterator[Finding]:
    """A figure from before there can be one is last year's, or another's."""
    first = target.due_months[0] if target.due_months else None
    early = [each for each in actuals if each.value != 0 and _is_early(each, first)]
    if early:
        actual, *more = early
        known = f" {first} 月才出数" if first else "次年才出数"
        doubt = f"{actual.period} 就报了 {_figure(actual.value, target.goal.unit.text)}，可这个指标{known}"
        found = _finding(
            BEFORE_DUE, target, actual, doubt, "是上年的数就填“—”；确是今年的，在备注说明"
        )
        yield replace(found, count=len(early), more=tuple(each.place for each in more))


def _is_early(actual: Actual, first: int | None) -> bool:
    """Whether a figure is from before the ``first`` month of which one exists; None: the year has to be over."""
    month, filed = actual.period.month, actual.place.filing.month
    if first is not None:
        return month < first
    return month < DECEMBER or (filed is not None and filed.year <= actual.period.year)


def few_reported(file: TargetsFile, submissions: Submissions, when: Period) -> Finding | None:
    """Return what to say where ``when`` is the newest month only because a few were early.

    Of the bureaus that gave figures in the newest earlier month with any, and have one due now,
    fewer than half gave one.
    """
    given: dict[int, set[str]] = {}
    places: list[Place] = []
    for code, months in submissions.actuals.items():
        for month, actual in months.items():
            given.setdefault(month, set()).add(file.by_code[code].lead)
            if month == when.month:
                places.append(actual.place)
    earlier = max((month for month in given if month < when.month), default=None)
    if earlier is None:
        return None
    due = {each.lead for each in file.targets if each.is_due_in(when.month)}
    expected, gave = due & given[earlier], given.get(when.month, set())
    if 2 * len(expected & gave) >= len(expected):
        return None
    names = [bureau.name for bureau in file.bureaus if bureau.name in gave]
    shown = "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
    who = f"只有{shown}（{len(names)} 个单位）报了数" if names else "还没有一个单位报出能用的数"
    return Finding(
        FEW_REPORTED,
        f"按最新一期检查到 {when}，可这个月{who}，{earlier} 月报过、这个月又应报的有 {len(expected)} 个单位",
        f"要看 {earlier} 月的，加 --as-of {Period(when.year, earlier)}；月份填错的，改期间",
        min(places, default=Place(next(iter(submissions.files), "-")), key=str).in_row,
    )


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
