"""A target's figures in words: what is reached, how far behind, since when.

All texts from outside are cleaned here; escaping is the formats' own.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from dtcheck.digest import Digest, Track
from dtcheck.formats.content import (
    DASH,
    GAP_UNIT,
    ResultLine,
    amount,
    clean,
    has_distance,
    name_of,
    points,
    result_line,
)
from dtcheck.judge import Result
from dtcheck.targets import Measure
from dtcheck.targets.model import DECEMBER
from dtcheck.units import SHARE, Unit, format_number

BARS = "▁▂▃▄▅▆▇█"
NO_FIGURE = "·"
NO_REASON = "未说明原因"
# Before what is missing of few whole things, where a share of it a month would be none.
STILL = "还需"


def notice_line(result: Result, digest: Digest) -> ResultLine:
    """Return one result in words: reported figures unrounded, gaps with their unit."""
    heard, unit = result.as_last_heard, result.goal.unit
    track = digest.tracks[result.target.code]
    line = result_line(result, digest.report)._replace(
        actual=_actual_text(result, digest),
        gap=_pace_gap_text(heard),
        needed=needed_text(result),
        estimate=_estimate_text(result),
        trend=sparkline(track, digest.month) if track.points else DASH,
    )
    if not result.is_shortfall:
        return line
    return line._replace(
        behind=behind_text(heard),
        short_by=difference(abs(heard.verdict.gap_to_goal or Fraction(0)), unit),
        since=_since_text(track, digest),
        measures=clean(result.actual.measures) if result.actual else "",
    )


def short_columns(digest: Digest) -> tuple[tuple[str, str], ...]:
    """Return the heads over a shortfall's figures, each with its field of the line.

    In December there is no more time to catch up.
    """
    figures = (("目标", "goal"), ("实际", "actual"), ("完成率", "progress"))
    if digest.month == DECEMBER:
        return (*figures, ("差距", "behind"), ("差额", "short_by"))
    return (*figures, ("落后", "behind"), ("每月需", "needed"), ("年底预计", "estimate"))


def figure(value: Fraction, unit: str) -> str:
    """Return a reported figure with its unit, not rounded within what offices report."""
    return format_number(value) + unit


def _computed(value: Fraction, unit: str) -> str:
    """Return a worked-out figure with its unit: two decimals, below one three."""
    if 0 < abs(value) < 1:
        return format_number(value, 3).rstrip("0").rstrip(".") + unit
    return amount(value, unit)


def _actual_text(result: Result, digest: Digest) -> str:
    """Return the actual with its unit, and its month where that is an earlier one."""
    if result.actual is None:
        return DASH
    text = figure(result.actual.value, result.goal.unit.text)
    month = result.actual.period.month
    return text if month == digest.month else f"{text}（{month}月）"


def _since_text(track: Track, digest: Digest) -> str:
    since = track.short_since
    return DASH if since is None else "本月起" if since == digest.month else f"{since}月起"


def needed_text(result: Result) -> str:
    """Return what each month until December has to bring; of few whole things, how many are missing.

    Whole things are rounded up: nobody signs 0.333 of a firm.
    """
    needed, actual = result.verdict.needed_per_month, result.actual
    if needed is None or actual is None:
        return DASH
    unit, months = result.goal.unit, DECEMBER - actual.period.month
    if unit.is_whole and needed * unit.size < 1:
        return STILL + figure(needed * months, unit.text)
    return three_figures(needed, unit, up=unit.is_whole)


def _estimate_text(result: Result) -> str:
    """Return where this pace leads; of accidents and the like nobody foretells a number."""
    estimate = result.verdict.year_end_estimate
    if estimate is None or result.goal.is_limit:
        return DASH
    return three_figures(estimate, result.goal.unit)


def three_figures(value: Fraction, unit: Unit, *, up: bool = False) -> str:
    """Return a figure of which no more is known than three digits; whole things stay whole."""
    digits = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    places = max(0, 3 - digits)
    while digits == 0 and 0 < abs(value) * 10 ** (places - 2) < 1:
        places += 1
    if unit.is_whole:
        # A ten-thousandth of 万户 is the smallest there is.
        places = min(places, len(str(int(unit.size))) - 1)
    if up:
        value = Fraction(ceil(value * 10**places), 10**places)
    text = format_number(value, places)
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit.text


def behind_text(result: Result) -> str:
    """Return how far a shortfall is behind, unsigned: points, or its unit where none apply.

    Of a total once the year is over, what is missing: the way from last year is no more to be gone.
    """
    verdict, actual = result.verdict, result.actual
    is_over = actual is not None and actual.period.month == DECEMBER
    if is_over and result.target.measure is Measure.LEVEL and verdict.gap_to_goal:
        return ("超出" if result.goal.is_limit else "差") + difference(
            abs(verdict.gap_to_goal), result.goal.unit
        )
    if verdict.gap_to_pace and verdict.pace != 0:
        return _distance(verdict.gap_to_pace, result)
    gap = verdict.gap_to_goal or Fraction(0)
    return ("超出" if result.goal.is_limit else "差") + difference(abs(gap), result.goal.unit)


def _pace_gap_text(result: Result) -> str:
    """Return the signed distance to pace of any result, with its unit."""
    gap = result.verdict.gap_to_pace
    if is_cap(result) and result.status.is_judged:
        return cap_text(result)
    if gap is None or not has_distance(result):
        return DASH
    sign = "+" if gap > 0 else "-" if gap < 0 else ""
    return sign + _distance(gap, result)


def is_cap(result: Result) -> bool:
    """Whether the goal is a 控制数: a count over the year that must stay low."""
    return result.goal.is_limit and result.target.measure is Measure.FLOW


def cap_text(result: Result) -> str:
    """Return whether a 控制数 was kept, and by how much it was not."""
    if not result.status.is_shortfall:
        return "未突破控制数"
    gap = result.verdict.gap_to_goal or Fraction(0)
    return "突破控制数" + difference(abs(gap), result.goal.unit)


def _distance(gap: Fraction, result: Result) -> str:
    """Return an unsigned gap to pace: points for quantities, for rates a difference."""
    if result.target.measure is Measure.RATE:
        return difference(abs(gap), result.goal.unit)
    return points(abs(gap)).lstrip("+") + GAP_UNIT


def difference(value: Fraction, unit: Unit) -> str:
    """Return a difference of two figures: of shares it is in points."""
    if unit.dimension == SHARE:
        return points(value).lstrip("+") + GAP_UNIT
    return _computed(value, unit.text)


def sparkline(track: Track, until: int) -> str:
    """Return a bar a month from January; a month without a figure is a gap.

    The full bar is the goal, or the highest figure above it. Flows stand on 0, others on their
    lowest figure, for which the shape tells more than the distance to 0.
    """
    heights = scaled(track)
    return "".join(
        BARS[int(heights[month] * (len(BARS) - 1))] if month in heights else NO_FIGURE
        for month in range(1, until + 1)
    )


def scaled(track: Track) -> dict[int, Fraction]:
    """Return each month's figure as a height from 0 to 1."""
    low, high = scale_of(track)
    full = Fraction(0 if track.target.measure is Measure.FLOW else 1)
    return {
        month: (value - low) / (high - low) if high > low else full
        for month, value in _values(track).items()
    }


def scale_of(track: Track) -> tuple[Fraction, Fraction]:
    """Return the figures that stand for the heights 0 and 1."""
    values = _values(track).values()
    if not values:
        return Fraction(0), Fraction(0)
    goal = track.goal
    floor = Fraction(0) if track.target.measure is Measure.FLOW else min(values)
    return min(floor, *values), max(goal, *values)


def _values(track: Track) -> dict[int, Fraction]:
    return {month: result.actual.value for month, result in track.points.items() if result.actual}


def label(result: Result) -> str:
    """Return code and name."""
    return f"{result.target.code} {name_of(result.target)}"
