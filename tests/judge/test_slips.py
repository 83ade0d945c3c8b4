"""Slips of size over lifelike years, in small; ``make slips`` runs the whole of it."""

from __future__ import annotations

import sys

import pytest
from running import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import slips


@pytest.fixture(scope="module")
def measured(real):
    return slips.measure(8, 2, real)


def test_plausible_figures_are_left_alone(measured):
    assert measured.rows > 7_000
    assert sum(measured.alarms.values()) < measured.rows * 0.001, measured.examples


@pytest.mark.parametrize("kind", slips.KINDS)
def test_slips_are_noticed(measured, kind):
    caught, made = measured.slips[kind, "任一个数"]
    # What is no goal is a floor: nothing of the kind may go unnoticed on the whole.
    assert made >= 20
    assert caught >= made * slips.GOALS.get(kind, 0.6)


def test_the_years_are_lifelike(real):
    """What is measured must not be easy: late starts, jumps, small counts, rates below zero."""
    rows = [row for seed in range(8) for row in slips.Year(real, seed).rows()]
    flows = [row for row in rows if row.target.measure == "flow" and not row.target.goal.is_limit]
    share = [row.value / row.target.goal.required for row in flows if row.month == 6]
    assert min(share) == 0
    assert max(share) > 1
    assert sum(row.value < 0 for row in rows) > 50
    assert sum(0 < row.value <= 5 and row.target.goal.unit.is_whole for row in flows) > 500
    again = [row for seed in range(8) for row in slips.Year(real, seed).rows()]
    assert rows == again
