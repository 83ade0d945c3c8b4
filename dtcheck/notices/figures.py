"""A target's figures in words: what is reached, how far behind, since when.

All texts from outside are cleaned here; escaping is the formats' own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dtcheck.digest import Digest, Track
from dtcheck.formats.content import DASH, STRIVE_MARK, amount, clean, percent, points
from dtcheck.judge import Light, Result, Status
from dtcheck.judge.pace import YEAR
from dtcheck.targets import Measure
from dtcheck.units import SHARE, Unit, format_number

POINTS = "个百分点"
BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
NO_REASON = "未说明原因"


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A shortfall in words."""

    code: str
    name: str
    sign: str
    status: str
    light: Light
    goal: str
    actual: str
    progress: str
    behind: str
    needed: str
    estimate: str
    short: str
    since: str
    trend: str
    lead: str
    reason: str


def short_line(result: Result, digest: Digest) -> ShortLine:
    """Return one shortfall in words."""
    target, verdict, actual = result.target, result.verdict, result.actual
    track = digest.tracks[target.code]
    unit = result.goal.unit.text
    since = track.short_since
    return ShortLine(
        code=target.code,
        name=name_of(result),
        sign=result.status.sign(verdict.light),
        status=result.status.label,
        light=verdict.light,
        goal=clean(result.goal.text),
        actual=actual_text(result, digest),
        progress=percent(verdict.progress),
        behind=behind_text(result),
        needed=_or_dash(verdict.needed_per_month, unit),
        estimate=_or_dash(verdict.year_end_estimate, unit),
        short=difference(abs(verdict.gap_to_goal or Fraction(0)), result.goal.unit),
        since=DASH if since is None else "本月起" if since == digest.month else f"{since}月起",
        trend=sparkline(track, digest.month),
        lead=clean(target.lead),
        reason=clean(actual.note) if actual and actual.note else NO_REASON,
    )


def short_heads(digest: Digest) -> tuple[str, ...]:
    """Return the heads over a shortfall's figures; in December there is no more time to catch up."""
    if digest.month == YEAR:
        return ("目标", "实际", "完成率", "差距", "差额")
    return ("目标", "实际", "完成率", "落后", "每月需", "年底预计")


def short_figures(line: ShortLine, digest: Digest) -> tuple[str, ...]:
    """Return the figures under ``short_heads``."""
    figures = (line.goal, line.actual, line.progress, line.behind)
    return (
        (*figures, line.short) if digest.month == YEAR else (*figures, line.needed, line.estimate)
    )


def figure(value: Fraction, unit: str) -> str:
    """Return a reported figure with its unit, not rounded within what offices report."""
    return format_number(value) + unit


def computed(value: Fraction, unit: str) -> str:
    """Return a worked-out figure with its unit: two decimals, below one three."""
    if 0 < abs(value) < 1:
        return format_number(value, 3).rstrip("0").rstrip(".") + unit
    return amount(value, unit)


def name_of(result: Result) -> str:
    """Return the name of a target, with its mark if it is a 争取 one."""
    return clean(result.target.name) + (STRIVE_MARK if result.target.strive else "")


def actual_text(result: Result, digest: Digest) -> str:
    """Return the actual with its unit, and its month where that is an earlier one."""
    if result.actual is None:
        return DASH
    text = figure(result.actual.value, result.goal.unit.text)
    month = result.actual.period.month
    return text if month == digest.month else f"{text}（{month}月）"


def _or_dash(value: Fraction | None, unit: str) -> str:
    return DASH if value is None else computed(value, unit)


def behind_text(result: Result) -> str:
    """Return how far a shortfall is behind, unsigned: points, or its unit where none apply."""
    verdict = result.verdict
    if verdict.gap_to_pace and verdict.pace != 0:
        return _distance(verdict.gap_to_pace, result)
    gap = verdict.gap_to_goal or Fraction(0)
    return ("超出" if result.goal.is_limit else "差") + difference(abs(gap), result.goal.unit)


def pace_gap_text(result: Result) -> str:
    """Return the signed distance to pace of any result, with its unit."""
    verdict = result.verdict
    idle = result.status in (Status.OPEN, Status.NO_DATA, Status.NOT_DUE, Status.UNDECIDED)
    if idle or verdict.gap_to_pace is None or verdict.pace == 0:
        return DASH
    sign = "+" if verdict.gap_to_pace > 0 else "-" if verdict.gap_to_pace < 0 else ""
    return sign + _distance(verdict.gap_to_pace, result)


def _distance(gap: Fraction, result: Result) -> str:
    """Return an unsigned gap to pace: points for quantities, for rates a difference."""
    if result.target.measure is Measure.RATE:
        return difference(abs(gap), result.goal.unit)
    return points(abs(gap)).lstrip("+") + POINTS


def difference(value: Fraction, unit: Unit) -> str:
    """Return a difference of two figures: of shares it is in points."""
    if unit.dimension == SHARE:
        return points(value).lstrip("+") + POINTS
    return computed(value, unit.text)


def sparkline(track: Track, until: int) -> str:
    """Return a bar a month from January; a month without a figure is a gap.

    The full bar is the goal, or the highest figure above it. Flows stand on 0, others on their
    lowest figure, for which the shape tells more than the distance to 0.
    """
    heights = scaled(track)
    return "".join(
        BARS[int(heights[month] * (len(BARS) - 1))] if month in heights else GAP
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
    goal = next(iter(track.points.values())).goal.threshold
    floor = Fraction(0) if track.target.measure is Measure.FLOW else min(values)
    return min(floor, *values), max(goal, *values)


def _values(track: Track) -> dict[int, Fraction]:
    return {month: result.actual.value for month, result in track.points.items() if result.actual}


def label(result: Result) -> str:
    """Return code and name."""
    return f"{result.target.code} {name_of(result)}"
