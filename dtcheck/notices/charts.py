"""Geometry of the small charts on the digest's page; the template draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dtcheck.digest import Track
from dtcheck.formats.content import percent
from dtcheck.judge import Result, Status
from dtcheck.notices.figures import figure, scale_of, scaled
from dtcheck.targets import Measure
from dtcheck.targets.model import DECEMBER

BULLET_WIDTH = 120
TREND_WIDTH, TREND_HEIGHT = 96, 26
# The goal stands here, so that a fifth over it still shows.
_GOAL_AT = 100
_EDGE = 3


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar for the actual, a mark for pace, a mark for the goal, in units of the drawing.

    ``over`` says that the bar would run out of the drawing; ``words`` say it all without eyes.
    """

    bar: float
    pace: float | None
    goal: float
    over: bool
    words: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines between months, broken where a due figure is missing, and a dot for each figure."""

    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    goal: float | None
    words: str


def bullet(result: Result) -> Bullet | None:
    """Return the bullet chart of a result; None where no share of a goal makes sense."""
    verdict = result.verdict
    if verdict.progress is None:
        return None
    share = max(verdict.progress, Fraction(0))
    wide = float(share * _GOAL_AT)
    pace = verdict.pace if verdict.pace and result.status is not Status.OPEN else None
    words = f"完成率{percent(verdict.progress)}"
    if pace is not None:
        words += f"，序时进度{percent(pace)}"
    return Bullet(
        bar=round(min(wide, BULLET_WIDTH), 1),
        pace=None if pace is None else round(float(pace * _GOAL_AT), 1),
        goal=_GOAL_AT,
        over=wide > BULLET_WIDTH,
        words=words,
    )


def trend(track: Track) -> Trend | None:
    """Return the line of a target's figures; None where there is none."""
    heights = scaled(track)
    if not heights:
        return None
    places = {month: (_across(month), _down(height)) for month, height in heights.items()}
    lines = tuple(
        " ".join(f"{x:g},{y:g}" for x, y in (places[month] for month in run))
        for run in _runs(track, list(heights))
        if len(run) > 1
    )
    unit = track.target.goal.unit.text
    words = "，".join(
        f"{month}月{figure(result.actual.value, unit)}"
        for month, result in track.points.items()
        if result.actual
    )
    return Trend(lines, tuple(places.values()), _goal_height(track), words)


def _runs(track: Track, months: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for month in months:
        if runs and not track.is_gap(runs[-1][-1], month):
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _across(month: int) -> float:
    return round(_EDGE + (TREND_WIDTH - 2 * _EDGE) * (month - 1) / (DECEMBER - 1), 1)


def _down(height: Fraction) -> float:
    return round(TREND_HEIGHT - _EDGE - (TREND_HEIGHT - 2 * _EDGE) * float(height), 1)


def _goal_height(track: Track) -> float | None:
    """Where the goal runs; a rate far under its lowest figure has it outside the drawing."""
    low, high = scale_of(track)
    goal = track.goal
    flat = high == low or not low <= goal <= high
    if flat and track.target.measure is not Measure.RATE:
        return None
    return None if flat else _down((goal - low) / (high - low))
