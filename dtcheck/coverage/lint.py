"""A targets file held against itself: what can be seen without the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from dtcheck.coverage.agreement import own_figure, phrase_difference
from dtcheck.coverage.efforts import effort_before, misjudged
from dtcheck.coverage.excuses import Excuse, quotes
from dtcheck.coverage.measures import measure_at_odds
from dtcheck.coverage.names import lint_names
from dtcheck.coverage.sums import lint_sums
from dtcheck.rules import Finding, Level
from dtcheck.rules.reports import EFFORT_DIFFERS, GOAL_DIFFERS
from dtcheck.rules.targets import (
    BELOW_LAST_YEAR,
    FAR_ABOVE_LAST_YEAR,
    MEASURE_AT_ODDS,
    MISFIT_MEASURE,
    WIDE_TOLERANCE,
)
from dtcheck.targets.findings import of_target
from dtcheck.targets.goal import Op
from dtcheck.targets.model import Measure, Pace, Target, TargetsFile
from dtcheck.units import SHARE, format_number, own_units
from dtcheck.workreport.report import UNKNOWN, mend

_WIDEST = Fraction(1, 10)
_RANKS = "位次"
_DAYS = "天数"
# 优良天数比例 is a share.
_NUMBER_OF_DAYS = re.compile("天数(?!.{0,3}(?:比|占|率))")
# From here on a goal is far above last year: half as much again, or twice the growth.
_FAR_ABOVE = Fraction(3, 2)
_FAR_GROWTH, _FEWEST_POINTS = 2, 5


def lint(file: TargetsFile) -> Iterator[Finding]:
    """Yield everything doubtful, in the order of the file."""
    with own_units(file.units):
        of_targets = [each for target in file.targets for each in _of_target(file, target)]
    found = [
        *of_targets,
        *lint_names(file),
        *lint_sums(file),
    ]
    yield from sorted(found, key=lambda finding: finding.place.line or 0)


def _of_target(file: TargetsFile, target: Target) -> Iterator[Finding]:
    path = file.path
    differs = phrase_difference(target)
    if differs and not differs.excuse:
        finding = of_target(GOAL_DIFFERS, path, target, differs.message, differs.hint)
        yield replace(finding, graded=differs.level)
    if effort := _effort(target):
        yield of_target(EFFORT_DIFFERS, path, target, *effort)
    if odd := measure_at_odds(target):
        word, message, hint = odd
        level = Level.INFO if quotes(target, word) else None
        yield replace(of_target(MEASURE_AT_ODDS, path, target, message, hint), graded=level)
    for message, hint in _misfits(target):
        yield of_target(MISFIT_MEASURE, path, target, message, hint)
    if below := _below_last_year(target, file.year):
        yield of_target(BELOW_LAST_YEAR, path, target, below, "核对报告；口径不同的在 note 写明")
    if above := _far_above(target, file.year):
        hint = "核对数、单位和口径；报告本来如此的不必改"
        yield of_target(FAR_ABOVE_LAST_YEAR, path, target, above, hint)
    if wide := _tolerance(target):
        hint = "删去 tolerance（默认为目标的 5%），或改小"
        yield of_target(WIDE_TOLERANCE, path, target, wide, hint)


def _effort(target: Target) -> tuple[str, str] | None:
    """Read the phrase alone: what stands before it in the report is not known here."""
    found = own_figure(target)
    if found is None:
        return None
    text = UNKNOWN + mend(target.phrase)
    said = misjudged(target, effort_before(text, found[0].start + 1))
    return None if isinstance(said, Excuse) else said


def _misfits(target: Target) -> Iterator[tuple[str, str]]:
    goal, measure = target.goal, target.measure
    unit, value = goal.unit, goal.value
    share = unit.dimension == SHARE
    if share and measure is Measure.FLOW:
        yield f"按 {unit.text} 计，却是从年初累计的数（flow）", "占比用 level，同比增减用 rate"
    if measure is Measure.LEVEL and share and value is not None and (goal.high or value) > 100:
        yield f"的占比目标 {goal.text} 超过 100%", "同比增减用 rate"
    if unit.dimension == _RANKS and (goal.op is not Op.AT_MOST or measure is not Measure.LEVEL):
        yield "是位次，越小越好", '写成 "<= N 位"，measure 用 level'
    if unit.is_whole and any(
        number is not None and (number * unit.size).denominator != 1
        for number in (value, goal.high)
    ):
        yield f"的目标 {goal.text} 不是整数", "核对数和单位"
    if measure is Measure.RATE and not share and unit.dimension != _DAYS:
        yield f"是同比增减（rate），却按 {unit.text} 计", "数量用 flow 或 level"
    if _NUMBER_OF_DAYS.search(target.name) and unit.dimension != _DAYS:
        yield f"的名称说的是天数，却按 {unit.text} 计", "单位用 天"
    if target.pace in (Pace.MONTHLY, Pace.QUARTERLY) and measure is not Measure.FLOW:
        yield "按月、按季的节奏只用于从年初累计的数（flow）", "改 pace 或 measure"


def _below_last_year(target: Target, year: int) -> str | None:
    goal, last = target.goal, target.baseline
    if last is None or goal.value is None:
        return None
    before = _last_year(target, year, last)
    if goal.is_limit:
        return f"的上限 {goal.text}，高于{before}" if goal.value > last else None
    return f"的目标 {goal.text}，低于{before}" if (goal.high or goal.value) < last else None


def _far_above(target: Target, year: int) -> str | None:
    goal, last = target.goal, target.baseline
    if last is None or last <= 0 or goal.value is None or goal.is_limit:
        return None
    before = _last_year(target, year, last)
    if target.measure is Measure.RATE:
        far = goal.value >= last * _FAR_GROWTH and goal.value - last >= _FEWEST_POINTS
        return f"的目标 {goal.text}，远高于{before}" if far else None
    if goal.value < last * _FAR_ABOVE:
        return None
    more = format_number((goal.value / last - 1) * 100, 0)
    return f"的目标 {goal.text}，比{before}多 {more}%"


def _last_year(target: Target, year: int, last: Fraction) -> str:
    return f"{year - 1}年的 {format_number(last)}{target.goal.unit.text}"


def _tolerance(target: Target) -> str | None:
    if target.tolerance is None:
        return None
    unit = target.goal.unit.text
    width = f"{format_number(target.tolerance)}{unit}"
    if target.goal.op not in (Op.ABOUT, Op.CEILING):
        return f"的目标 {target.goal.text} 不是“左右”，tolerance {width} 用不上"
    if target.goal.value is None:
        return None
    most = abs(target.goal.value) * _WIDEST
    if target.tolerance > most:
        return f"的 tolerance {width} 超过目标的 10%（{format_number(most)}{unit}）"
    return None
