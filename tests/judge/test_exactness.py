"""A figure written in any unit of its dimension is never on the wrong side of its goal.

Independent of dtcheck.units: sizes, conversion and the writing of decimals are worked out here.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import read_cell

from dtcheck.judge import Status, judge
from dtcheck.targets import Measure, Op, Target, load_targets, parse_goal

# What clerks may put before a stem, and what it multiplies by.
PREFIXES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
PREFIXES |= {"十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
# By design §4, in the smallest unit that makes them all whole: an 亩 is 2000/3 平方米.
DIMENSIONS: list[dict[str, Fraction]] = [
    {"元": Fraction(1), "人民币": Fraction(1), "元人民币": Fraction(1)},
    {"美元": Fraction(1)},
    {
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
        "平方米": Fraction(1),
        "㎡": Fraction(1),
        "平方公里": Fraction(10**6),
    },
    {"米": Fraction(1), "公里": Fraction(1000), "km": Fraction(1000)},
    {
        "瓦": Fraction(1),
        "千瓦": Fraction(1000),
        "kW": Fraction(1000),
        "兆瓦": Fraction(10**6),
        "MW": Fraction(10**6),
        "吉瓦": Fraction(10**9),
        "GW": Fraction(10**9),
    },
    {"%": Fraction(1), "％": Fraction(1), "个百分点": Fraction(1)},
    {"人": Fraction(1), "名": Fraction(1)},
    {"人次": Fraction(1)},
    {"户": Fraction(1)},
    {"天": Fraction(1)},
    {"位": Fraction(1)},
    dict.fromkeys("个家项件座条处张场次起套台所份", Fraction(1)),
]
# No decimal writes a third, so a goal in 亩 is never met exactly in 平方米; nearly is near enough.
DIGITS = 20
CLOSE = [Fraction(1, 10**digits) for digits in (1, 6, 12)]
TARGETS = {target.code: target for target in load_targets(None).targets}


def spellings(unit: str) -> dict[str, Fraction]:
    """Return the units that may stand for ``unit``, with how many of ``unit`` each is worth."""
    written: dict[str, Fraction] = {}
    for sizes in DIMENSIONS:
        if unit in {prefix + stem for stem in sizes for prefix in PREFIXES}:
            for stem, size in sizes.items():
                # 百% and 十个百分点 are nothing that anybody writes, 万千瓦 is.
                alone = stem in ("%", "％", "个百分点", "人民币")
                powers = {"": 0} if alone else PREFIXES
                written |= {prefix + stem: size * 10**power for prefix, power in powers.items()}
    return {text: size / written[unit] for text, size in written.items()}


def decimal(value: Fraction) -> str:
    """Write a value as a cell, cut after so many digits that it is still on its side."""
    scaled, rest = divmod(abs(value) * 10**DIGITS, 1)
    assert rest < 1
    whole, tail = divmod(int(scaled), 10**DIGITS)
    text = f"{whole}.{tail:0{DIGITS}d}".rstrip("0").rstrip(".")
    return ("-" if value < 0 else "") + text


def as_written(text: str) -> Fraction:
    whole, _, tail = text.partition(".")
    return Fraction(int(whole + tail), 10 ** len(tail))


def keeps(op: Op, actual: Fraction, goal: Fraction) -> bool:
    """Whether the promise is kept, by the words of design §3."""
    return {
        Op.OVER: actual > goal,
        Op.UNDER: actual < goal,
        Op.AT_MOST: actual <= goal,
        Op.AT_LEAST: actual >= goal,
        Op.ABOUT: actual >= goal,
        Op.RANGE: actual >= goal,
    }[op]


def checked(target: Target) -> int:
    """Check a target in all its units; return how many cells were read."""
    goal = target.goal
    if goal.value is None:
        goal = parse_goal(">= 3", goal.unit)
    threshold = goal.threshold
    count = 0
    for unit, worth in spellings(goal.unit.text).items():
        if "百分点" in unit and target.measure is not Measure.RATE:
            continue
        # The next thing that can be counted, else the next decimals.
        steps = [1 / goal.unit.size] if goal.unit.is_whole else CLOSE
        near = [threshold, *(threshold + sign * step for step in steps for sign in (1, -1))]
        for wanted in near:
            if wanted < 0 and target.measure is not Measure.RATE:
                continue
            cell = decimal(wanted / worth)
            exact = as_written(cell) * worth if wanted >= 0 else -as_written(cell[1:]) * worth
            if goal.unit.is_whole and exact != wanted:
                continue  # a third of a person
            if "%" in goal.unit.text and target.measure is Measure.LEVEL and exact > 100:
                continue  # a share of more than 100 % is refused
            for text, column in ((cell, unit), (cell + unit, "")):
                value = read_cell(text, column, None, target).value
                assert value == exact, (target.code, text, column)
                kept = keeps(goal.op, exact, threshold)
                status = judge(target, goal, value, 12).status
                assert (status is Status.MET) == kept, (target.code, text, column)
                count += 1
    return count


@pytest.mark.parametrize("code", TARGETS)
def test_no_unit_moves_a_figure_over_its_goal(code):
    # 80,000 cells in all: at, over and under the goal, in the unit column and in the cell.
    assert checked(TARGETS[code]) >= 16


@pytest.mark.parametrize(
    ("goal", "cell", "met"),
    [
        (">= 1.2 亿美元", "12000万美元", True),
        (">= 1.2 亿美元", "11999.9999万美元", False),
        ("> 1.2 亿美元", "12000万美元", False),
        ("> 1.2 亿美元", "120000000.01美元", True),
        # 1000亩 is 66 2/3 公顷.
        (">= 1000 亩", "66.67公顷", True),
        (">= 1000 亩", "66.66公顷", False),
        (">= 15 亩", "1公顷", True),
        ("> 15 亩", "1公顷", False),
        (">= 140 万千瓦", "1.4吉瓦", True),
        (">= 140 万千瓦", "1399.999兆瓦", False),
        (">= 0.1 %", "0.1", True),
        ("<= 0.3 %", "0.30000000000000004", False),
        (">= 0.3 %", "0.29999999999999999", False),
    ],
)
def test_what_floats_get_wrong(goal, cell, met):
    parsed = parse_goal(goal)
    target = Target("GY01", "甲", "工业", parsed, Measure.RATE, "…", "…")
    value = read_cell(cell, "", None, target).value
    assert value is not None
    assert (judge(target, parsed, value, 12).status is Status.MET) is met


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("goal", ["> 107 个", ">= 107 个", ">= 1 亿元", ">= 0.7 万千瓦", "~ 13 件"])
def test_no_month_moves_a_figure_over_its_pace(goal, month):
    """Exactly on pace is on pace, and a trillionth less is behind."""
    parsed = parse_goal(goal)
    target = Target("GY01", "甲", "工业", parsed, Measure.FLOW, "…", "…")
    due = parsed.threshold * month / 12
    tiny = Fraction(1, 10**12)
    for actual, on_pace in ((due, True), (due + tiny, True), (due - tiny, False)):
        status = judge(target, parsed, actual, month).status
        if month < 12:
            assert status is (Status.ON_TRACK if on_pace else Status.BEHIND)
        else:
            kept = keeps(parsed.op, actual, parsed.threshold)
            assert (status is Status.MET) is kept
