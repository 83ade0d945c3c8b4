"""Sizes that a figure hardly has (DT302): each bound from both sides, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import make_target, write

from dtcheck.actuals import Actual, Period
from dtcheck.judge.magnitudes import doubt_on
from dtcheck.rules import Place

COUNT = make_target(">= 60 个", baseline="50 个")
MONEY = make_target(">= 300 亿元")
TOTAL = make_target("> 850 家", "level", baseline="760 家")
RATE = make_target(">= 6 %", "rate", baseline="7.3 %")


def figure(value: str, month: int = 6) -> Actual:
    return Actual("GY01", Period(2024, month), Fraction(value), value, "", "", "", Place("a.csv"))


def doubt(target, value: str, month: int = 6, last: tuple[str, int] | None = None):
    """Return what is said of a figure, and what it probably was, or None where nothing is."""
    found = doubt_on(target, figure(value, month), figure(*last) if last else None)
    return found and (found.why, None if found.probable is None else float(found.probable))


# Beyond all proportion


@pytest.mark.parametrize(
    ("target", "value", "odd"),
    [
        (COUNT, "180", False),  # 3 times the goal of 60
        (COUNT, "181", True),
        (make_target(">= 60 个", baseline="80 个"), "240", False),  # last year's 80 is greater
        (make_target(">= 60 个", baseline="80 个"), "241", True),
        (MONEY, "900", False),
        (MONEY, "900.01", True),
        (make_target("2..3 家"), "6", False),  # of a range, the low end
        (make_target("2..3 家"), "7", True),
        # Five pieces are no matter of proportion: a goal of one may be passed fivefold.
        (make_target(">= 1 个"), "5", False),
        (make_target(">= 1 个"), "6", True),
        (make_target(">= 0.0001 万人"), "0.0005", False),  # five people
        (make_target(">= 0.0001 万人"), "0.0006", True),
        (make_target(">= 1 亿元"), "4", True),  # money isn't counted in pieces
        (TOTAL, "2550", False),  # 3 times 850
        (TOTAL, "2551", True),
        (make_target(">= 100 家", "level", baseline="400 家"), "400", False),  # as last year
        (make_target(">= 100 家", "level", baseline="400 家"), "401", True),
        # A limit may be broken by any amount, and nothing is any number of times 0.
        (make_target("<= 2 起"), "90", False),
        (make_target("< 5.5 %", "level"), "90", False),
        (make_target(">= 0 个"), "90", False),
        (make_target("assigned 家"), "100000", False),
    ],
)
def test_over_three_times_the_goal(target, value, odd):
    assert (doubt(target, value, 12) is not None) is odd


@pytest.mark.parametrize(
    ("goal", "value", "odd"),
    [
        (">= 6 %", "50", False),
        (">= 6 %", "50.1", True),
        (">= 6 %", "-50", False),
        (">= 6 %", "-50.1", True),
        (">= 12 %", "60", False),  # 5 times the goal is more than 50
        (">= 12 %", "60.1", True),
        (">= 100 %", "118", False),  # doubling
        (">= 100 %", "500", False),
        (">= 100 %", "501", True),
        # 106.5 is last year's 100 and 6.5 more.
        (">= 29 %", "89.9", False),
        (">= 29 %", "90", True),
        (">= 29 %", "145.1", True),
        (">= 29 %", "106.5", True),
        (">= 30 %", "106.5", False),
        # 3 days more is a change too, and 280 days are all that were good.
        ("> 0 天", "50", False),
        ("> 0 天", "51", True),
        ("> 0 天", "-51", True),
        ("> 20 天", "100", False),
        ("assigned %", "50", False),
        ("assigned %", "50.1", True),
        ("assigned %", "103.2", True),
    ],
)
def test_what_is_no_growth(goal, value, odd):
    assert (doubt(make_target(goal, "rate"), value) is not None) is odd


# Ten times what was to be expected


@pytest.mark.parametrize(
    ("target", "value", "month", "last", "odd"),
    [
        # 8 in May; half of 19 is 9.5 in June: 60 is 7.5 times and past it. 100 is 12.5 times.
        (make_target(">= 100 亿元"), "59.9", 6, ("8", 5), False),
        (make_target(">= 100 亿元"), "60", 6, ("8", 5), True),
        (make_target(">= 100 亿元"), "100", 6, ("8", 5), True),
        (make_target(">= 100 亿元"), "100.1", 6, ("8", 5), False),
        # 80 of 300 is under the pace of 150: a late start is no slip.
        (MONEY, "80", 6, ("8", 5), False),
        (MONEY, "150", 6, ("15", 5), False),
        (MONEY, "150.1", 6, ("15.01", 5), True),
        # 9 in January, 90 in October is 9 a month; in February it is not.
        (make_target("> 100 个"), "90", 10, ("9", 1), False),
        (make_target("> 100 个"), "90", 2, ("9", 1), True),
        (make_target("> 100 个"), "90", 5, ("9", 1), False),  # 10 times in 5 months
        (make_target("> 100 个"), "90", 4, ("9", 1), True),
        # From one or two pieces to the goal in a batch is no slip, beyond the goal it is.
        (make_target(">= 10 家"), "10", 9, ("1", 8), False),
        (make_target(">= 10 家"), "11", 9, ("1", 8), True),
        (make_target(">= 10 家"), "60", 9, ("6", 8), True),
        # A first figure is held against what is due: 25 of 300 in January.
        (MONEY, "187.4", 1, None, False),
        (MONEY, "187.5", 1, None, True),
        (MONEY, "850", 1, None, True),  # 34 times what is due, but under 3 times the goal
        (MONEY, "187.5", 1, ("0", 1), True),  # 0 says nothing of the size
        # Nothing is due yet, so nothing is said: awards come at once.
        (make_target(">= 12 家", pace="year-end"), "36", 6, None, False),
        (make_target(">= 12 家", pace="year-end"), "12", 6, ("1", 5), False),
        (make_target(">= 120 家", pace="year-end"), "130", 6, ("13", 5), True),
        # A total: 805 are due by June.
        (TOTAL, "2000", 6, ("200", 5), True),
        (TOTAL, "800", 6, ("80", 5), False),
        (make_target(">= 2 万亩", "level"), "3", 6, ("0.3", 5), True),
        (make_target(">= 2 万亩", "level"), "1.9", 6, ("0.19", 5), False),
        # A rate: ten times, and 20 points apart.
        (RATE, "22", 6, ("2.2", 5), False),
        (RATE, "22.3", 6, ("2.23", 5), True),
        (RATE, "-22.3", 6, ("-2.23", 5), True),
        (RATE, "22.3", 6, ("-2.23", 5), False),
        (make_target(">= 2.5 %", "rate"), "25", 6, None, False),  # a first rate has its bounds
        (make_target(">= 2.5 %", "rate"), "25", 6, ("2.5", 5), True),
        (make_target(">= 2.5 %", "rate"), "18", 6, None, False),
        (make_target("<= 8 起"), "80", 6, ("8", 5), False),
    ],
)
def test_ten_times(target, value, month, last, odd):
    assert (doubt(target, value, month, last) is not None) is odd


# A hundred or ten thousand times too small


@pytest.mark.parametrize(
    ("target", "value", "last", "odd"),
    [
        # 150 are due by June; a quarter more or less is still taken for a slip: 112.5 to 187.5.
        (MONEY, "1.125", None, True),
        (MONEY, "1.124", None, False),
        (MONEY, "1.875", None, True),
        (MONEY, "1.876", None, False),
        (MONEY, "0.015", None, True),
        (MONEY, "15", None, False),  # ten times is too near to life
        # With a figure before it, that counts and not the pace.
        (MONEY, "1.5", ("40", 5), False),
        (MONEY, "0.4", ("40", 5), True),
        (MONEY, "0.004", ("40", 5), True),
        # 0.065 for 6.5 %, against the goal or last year's.
        (RATE, "0.065", None, True),
        (RATE, "0.0913", None, False),
        (RATE, "0.09125", None, True),  # last year's 7.3 and a quarter
        (RATE, "0.065", ("9", 5), False),
        (RATE, "0.09", ("9", 5), True),
        (TOTAL, "8", None, True),
        (TOTAL, "0.08", None, True),
        (TOTAL, "80", None, False),
        # Nothing is due: nothing is too small.
        (make_target(">= 1200 家", pace="year-end"), "12", None, False),
        (make_target("<= 1200 起"), "6", None, False),
        (MONEY, "0", None, False),
    ],
)
def test_too_small(target, value, last, odd):
    assert (doubt(target, value, 6, last) is not None) is odd


# What is said


@pytest.mark.parametrize(
    ("target", "value", "last", "said"),
    [
        (make_target(">= 19 亿美元"), "950", None, ("是目标的 50.0 倍", 9.5)),
        (make_target(">= 60 个", baseline="80 个"), "3000", None, ("是上年实绩的 37.5 倍", 30)),
        # A total of beds for new ones: no slip of the pen would make 12800 of 500.
        (make_target(">= 1000 张"), "12800", None, ("是目标的 12.8 倍", None)),
        (RATE, "106.5", None, ("像是以上年为 100 的指数，不是增减", 6.5)),
        (RATE, "98.2", None, ("像是以上年为 100 的指数，不是增减", -1.8)),
        (RATE, "650", None, ("不像增减的幅度，像是总量，或者单位、小数点错了", 6.5)),
        (RATE, "60.1", None, ("不像增减的幅度，像是总量，或者单位、小数点错了", 6.01)),
        (RATE, "182.4", None, ("不像增减的幅度，像是总量，或者单位、小数点错了", None)),
        (COUNT, "80", ("8", 5), ("是 2024-05 的 8个的约 10.0 倍", 8)),
        (MONEY, "200", None, None),
        (make_target(">= 19 亿美元"), "0.095", None, ("只有序时应有的数的约 1/100", 9.5)),
        (RATE, "0.065", None, ("只有目标或上年实绩的约 1/100", 6.5)),
        (RATE, "0.09", ("9", 5), ("只有 2024-05 的 9%的约 1/100", 9)),
        # 9 of a tenth can't be: what is proposed must be possible.
        (make_target(">= 2 个"), "9", None, ("是目标的 4.5 倍", None)),
        (make_target(">= 2 个"), "20", None, ("是目标的 10.0 倍", 2)),
    ],
)
def test_what_is_said(target, value, last, said):
    assert doubt(target, value, 6, last) == said


@pytest.fixture
def told(run, tmp_path):
    """Return row, count and message of the findings of a rule, for rows of the real targets."""

    def telling(rule: str, *rows: str):
        path = write(
            tmp_path / "a.csv",
            "编号,实际值,单位,期间,备注\n" + "".join(f"{row},慢\n" for row in rows),
        )
        done = run("verify", path, "--as-of", "2024-12", "--format", "json")
        return [
            (each["row"], each["count"], each["message"])
            for each in done.json["findings"]
            if each["rule"] == rule
        ]

    return telling


def test_what_is_odd_is_no_measure_for_the_next(told):
    """A slip in May doesn't make June's right figure look too small; nor does one that jumps."""
    rows = ["GY18,780,家,4月", "GY18,78000,家,5月", "GY18,790,家,6月"]
    assert [row for row, *_ in told("DT302", *rows)] == [3]
    # 0.9 to 9 is a jump: what follows is held against the 9, and it is said once.
    rows = ["CX15,0.9,亿美元,3月", "CX15,9,亿美元,4月", "CX15,10,亿美元,5月"]
    assert [row for row, *_ in told("DT302", *rows)] == [3]


# A figure from before there can be one


def test_a_figure_before_the_first_due_month(told):
    """ZH05 is known next year, ZH01 quarterly, ZH03 from February on."""
    assert told("DT321", "ZH05,2.44,%,3月") == [
        (2, 1, "ZH05 全社会研发投入占GDP比重 2024-03 就报了 2.44%，可这个指标次年才出数")
    ]
    assert told("DT321", "ZH05,2.44,%,12月") == []
    assert [row for row, *_ in told("DT321", "ZH01,6.6,%,2月")] == [2]
    assert told("DT321", "ZH01,6.6,%,3月", "ZH01,6.6,%,4月") == []
    assert [row for row, *_ in told("DT321", "ZH03,11,%,1月", "ZH03,11,%,2月")] == [2]
    assert told("DT321", "GY01,6,个,1月") == []


def test_nought_before_the_first_due_month_is_nothing(told):
    assert told("DT321", "ZH05,0,%,3月", "ZH03,0,%,1月") == []


def test_many_early_figures_are_one_finding(told):
    found = told("DT321", *(f"ZH05,2.44,%,{month}月" for month in range(1, 7)))
    assert [each[:2] for each in found] == [(2, 6)]
