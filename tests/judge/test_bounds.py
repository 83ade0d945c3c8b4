"""Figures that are no plain number, right on a line: 超, 以上, 约, 不到 (design §5), by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import make_target

from dtcheck.cells.actual import Bound
from dtcheck.judge import judge

FLOW = {op: make_target(f"{op} 100 个") for op in (">", ">=", "~", "<", "<=")}
RANGE = make_target("2..3 家")
LEVEL = make_target(">= 850 家", "level", baseline="760 家")
FALLING = make_target("<= 0 条", "level", baseline="12 条")
RATE = make_target(">= 6 %", "rate")


def status(target, value: str, bound: Bound, month: int = 12) -> str:
    return judge(target, target.goal, Fraction(value), month, bound=bound).status.value


@pytest.mark.parametrize(
    ("op", "exact", "over", "least", "about", "under"),
    [
        # 超100 is over 100; 100以上 need not be; 约100 may be 99; 不到100 is not 100.
        (">", "missed", "met", "missed", "missed", "missed"),
        (">=", "met", "met", "met", "near", "missed"),
        # 95 of about 100 is the tolerance: 不到100 is well within.
        ("~", "met", "met", "met", "near", "near"),
        ("<=", "met", "missed", "near", "near", "met"),
        ("<", "missed", "missed", "missed", "missed", "met"),
    ],
)
def test_exactly_on_the_goal(op, exact, over, least, about, under):
    told = [status(FLOW[op], "100", bound) for bound in Bound]
    assert dict(zip(Bound, told, strict=True)) == {
        Bound.EXACT: exact,
        Bound.OVER: over,
        Bound.AT_LEAST: least,
        Bound.ABOUT: about,
        Bound.UNDER: under,
    }


@pytest.mark.parametrize("bound", list(Bound))
@pytest.mark.parametrize(("value", "kept"), [("101", "met"), ("99", "missed")])
def test_beside_the_goal_the_words_change_nothing(value, kept, bound):
    assert status(FLOW[">="], value, bound) == kept


@pytest.mark.parametrize(
    ("target", "value", "month", "told"),
    [
        # (exact, 超, 以上, 约, 不到): 50 of 100 by June is the pace.
        (FLOW[">="], "50", 6, ("on_track", "on_track", "on_track", "near", "behind")),
        (FLOW[">="], "51", 6, ("on_track",) * 5),
        (FLOW[">="], "49", 6, ("behind",) * 5),
        (FLOW[">="], "100", 6, ("met", "met", "met", "near", "on_track")),
        (FLOW[">"], "100", 6, ("on_track", "met", "on_track", "on_track", "on_track")),
        (RANGE, "2", 12, ("met", "met", "met", "near", "missed")),
        # 760 and half of 90.
        (LEVEL, "805", 6, ("on_track", "on_track", "on_track", "near", "behind")),
        (LEVEL, "850", 6, ("met", "met", "met", "near", "on_track")),
        # From 12 to 0: 6 by June, and more is worse.
        (FALLING, "6", 6, ("on_track", "behind", "near", "near", "on_track")),
        (FALLING, "0", 6, ("met", "on_track", "near", "near", "met")),
        (RATE, "6", 6, ("on_track", "on_track", "on_track", "near", "behind")),
        (RATE, "6", 12, ("met", "met", "met", "near", "missed")),
        # A limit of a flow: 超 breaks it at once, 以上 and 约 perhaps.
        (FLOW["<="], "100", 6, ("on_track", "missed", "near", "near", "on_track")),
        (FLOW["<"], "100", 6, ("missed", "missed", "missed", "missed", "on_track")),
        # The end of the tolerance, 5 % under 100.
        (FLOW["~"], "95", 12, ("near", "near", "near", "near", "missed")),
        # What is open stays open.
        (make_target(">= 100 家", pace="year-end"), "50", 6, ("open",) * 5),
        (make_target(">= 100 家", "level"), "50", 6, ("open",) * 5),
    ],
)
def test_on_the_lines_of_each_measure(target, value, month, told):
    bounds = (Bound.EXACT, Bound.OVER, Bound.AT_LEAST, Bound.ABOUT, Bound.UNDER)
    assert tuple(status(target, value, bound, month) for bound in bounds) == told


@pytest.mark.parametrize(
    ("op", "bound", "gap"),
    [
        (">", Bound.EXACT, -1),  # 101 are asked for
        (">", Bound.OVER, 0),  # 超100个 keeps it, so nothing is short
        (">", Bound.AT_LEAST, -1),
        ("<", Bound.UNDER, 0),
        ("<", Bound.EXACT, 1),
        (">=", Bound.UNDER, 0),
    ],
)
def test_what_is_kept_has_no_gap(op, bound, gap):
    target = FLOW[op]
    verdict = judge(target, target.goal, Fraction(100), 12, bound=bound)
    assert verdict.gap_to_goal == gap


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("超100个", "met"),
        ("100多个", "met"),
        ("100+", "met"),
        ("100个以上", "on_track"),
        ("约100个", "on_track"),
        ("不到100个", "on_track"),
        ("100", "on_track"),
        ("101个以上", "met"),
    ],
)
def test_as_clerks_write_them(verify, written, told):
    """GY01 asks for over 100; by November 91.7 are due, so that 100 is on pace."""
    document = verify(f"编号,实际值,单位,期间\nGY01,{written},个,11月\n")
    found = {each["code"]: each["status"] for each in document["results"]}
    assert found["GY01"] == told
