"""The judgement table of design §5, cell by cell, with every figure worked out by hand.

A row reads: goal, month, actual, the expected status and light, and what else the target says.
Actuals, baselines and tolerances are quantities as clerks write them, so conversion takes part.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_target

from dtcheck.judge import RedCuts, Status, Verdict, judge
from dtcheck.judge.pace import share_due
from dtcheck.targets import Pace
from dtcheck.targets.goal import parse_quantity

LIST = ("0", "0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1")
YEAR_END = {"pace": "year-end"}
MONTHLY = {"pace": "monthly"}
QUARTERLY = {"pace": "quarterly"}
BY_LIST = {"pace": LIST}
LIGHTS = {"met": "green", "on_track": "green", "near": "yellow", "open": "blue", "missed": "red"}


def verdict_on(measure: str, goal: str, month: int, actual: str, **more) -> Verdict:
    target = make_target(goal, measure, **more)
    value, unit = parse_quantity(actual, target.goal.unit)
    return judge(target, target.goal, unit.convert(value, target.goal.unit), month)


FLOW = [
    # >= before December: met · else a/t against m/12. Half of 107 is 53.5.
    (">= 107 亩", 6, "53.4999", "behind yellow", {}),
    (">= 107 亩", 6, "53.5", "on_track", {}),
    (">= 107 亩", 6, "53.5001", "on_track", {}),
    (">= 107 亩", 6, "106.9999", "on_track", {}),
    (">= 107 亩", 6, "107", "met", {}),
    (">= 107 亩", 6, "107.0001", "met", {}),
    # 11 months are 91.666… %: 110 of 120.
    (">= 120 个", 11, "109", "behind yellow", {}),
    (">= 120 个", 11, "110", "on_track", {}),
    (">= 120 个", 11, "120", "met", {}),
    (">= 120 个", 1, "10", "on_track", {}),
    (">= 120 个", 1, "9", "behind yellow", {}),
    (">= 120 个", 1, "0", "behind yellow", {}),  # 8.3 points under
    (">= 120 个", 2, "0", "behind red", {}),  # 16.7 points under
    # Red from exactly 10 points: 40 % of 107 by June is 42.8.
    (">= 107 亩", 6, "42.8", "behind red", {}),
    (">= 107 亩", 6, "42.8001", "behind yellow", {}),
    (">= 107 亩", 6, "42.7999", "behind red", {}),
    # >= in December.
    (">= 107 亩", 12, "106.9999", "missed", {}),
    (">= 107 亩", 12, "107", "met", {}),
    (">= 107 亩", 12, "107.0001", "met", {}),
    (">= 107 亩", 12, "0", "missed", {}),
    # >: the goal itself doesn't meet it, but pace is a share of it.
    ("> 100 个", 6, "49", "behind yellow", {}),
    ("> 100 个", 6, "50", "on_track", {}),
    ("> 100 个", 6, "100", "on_track", {}),
    ("> 100 个", 6, "101", "met", {}),
    ("> 100 个", 6, "40", "behind red", {}),
    ("> 100 个", 6, "41", "behind yellow", {}),
    ("> 100 个", 12, "99", "missed", {}),
    ("> 100 个", 12, "100", "missed", {}),
    ("> 100 个", 12, "101", "met", {}),
    # ~: near exists in December only; 5 % of 200 is 10.
    ("~ 200 亩", 6, "99.99", "behind yellow", {}),
    ("~ 200 亩", 6, "100", "on_track", {}),
    ("~ 200 亩", 6, "200", "met", {}),
    ("~ 200 亩", 11, "183", "behind yellow", {}),  # 91.5 % under 91.67 %
    ("~ 200 亩", 11, "195", "on_track", {}),
    ("~ 200 亩", 12, "200", "met", {}),
    ("~ 200 亩", 12, "199.99", "near", {}),
    ("~ 200 亩", 12, "190", "near", {}),
    ("~ 200 亩", 12, "189.99", "missed", {}),
    ("~ 200 亩", 12, "196", "near", {"tolerance": "4 亩"}),
    ("~ 200 亩", 12, "195.99", "missed", {"tolerance": "4 亩"}),
    ("~ 200 亩", 12, "199.99", "missed", {"tolerance": "0 亩"}),
    ("~ 2 万亩", 12, "19600 亩", "near", {"tolerance": "400 亩"}),
    ("~ 2 万亩", 12, "19599 亩", "missed", {"tolerance": "400 亩"}),
    # A range is met from its low end, and never too much.
    ("2..3 家", 6, "1", "on_track", {}),
    ("2..3 家", 7, "1", "behind yellow", {}),  # 50 % against 58.3 %
    ("2..3 家", 8, "1", "behind red", {}),  # against 66.7 %
    ("2..3 家", 6, "2", "met", {}),
    ("2..3 家", 12, "1", "missed", {}),
    ("2..3 家", 12, "2", "met", {}),
    ("2..3 家", 12, "3", "met", {}),
    ("2..3 家", 12, "9", "met", {}),
]
FLOW_LIMIT = [
    ("<= 0 起", 1, "0", "on_track", {}),
    ("<= 0 起", 11, "0", "on_track", {}),
    ("<= 0 起", 1, "1", "missed", {}),
    ("<= 0 起", 12, "0", "met", {}),
    ("<= 0 起", 12, "1", "missed", {}),
    ("<= 3 起", 6, "2", "on_track", {}),
    ("<= 3 起", 6, "3", "on_track", {}),
    ("<= 3 起", 6, "4", "missed", {}),
    ("<= 3 起", 12, "3", "met", {}),
    ("<= 3 起", 12, "4", "missed", {}),
    ("< 3 起", 6, "2", "on_track", {}),
    ("< 3 起", 6, "3", "missed", {}),
    ("< 3 起", 12, "2", "met", {}),
    ("< 3 起", 12, "3", "missed", {}),
    ("<= 3 起", 6, "3", "open", YEAR_END),
    ("<= 3 起", 6, "4", "missed", YEAR_END),
    ("<= 3 起", 12, "3", "met", YEAR_END),
]
LEVEL = [
    # With a baseline: the way from 60 to 80, half of it by June is 70.
    (">= 80 %", 6, "69.99", "behind yellow", {"baseline": "60 %"}),
    (">= 80 %", 6, "70", "on_track", {"baseline": "60 %"}),
    (">= 80 %", 6, "79.99", "on_track", {"baseline": "60 %"}),
    (">= 80 %", 6, "80", "met", {"baseline": "60 %"}),
    (">= 80 %", 6, "68.01", "behind yellow", {"baseline": "60 %"}),
    (">= 80 %", 6, "68", "behind red", {"baseline": "60 %"}),  # 40 % of the way
    (">= 80 %", 6, "59", "behind red", {"baseline": "60 %"}),
    (">= 80 %", 12, "79.99", "missed", {"baseline": "60 %"}),
    (">= 80 %", 12, "80", "met", {"baseline": "60 %"}),
    # 373 + 77/2 is 411.5.
    ("> 450 家", 6, "411", "behind yellow", {"baseline": "373 家"}),
    ("> 450 家", 6, "412", "on_track", {"baseline": "373 家"}),
    ("> 450 家", 6, "450", "on_track", {"baseline": "373 家"}),
    ("> 450 家", 6, "451", "met", {"baseline": "373 家"}),
    ("> 450 家", 12, "450", "missed", {"baseline": "373 家"}),
    ("> 450 家", 12, "451", "met", {"baseline": "373 家"}),
    # The same way in another unit: from 1万户 to 1.2万户, June needs 11000户.
    (">= 1.2 万户", 6, "11000 户", "on_track", {"baseline": "10000 户"}),
    (">= 1.2 万户", 6, "10999 户", "behind yellow", {"baseline": "10000 户"}),
    # ~: from 2 to 2.5, November needs 2.4583…; near exists in December only.
    ("~ 2.5 %", 11, "2.45", "behind yellow", {"baseline": "2 %"}),
    ("~ 2.5 %", 11, "2.46", "on_track", {"baseline": "2 %"}),
    ("~ 2.5 %", 11, "2.5", "met", {"baseline": "2 %"}),
    ("~ 2.5 %", 12, "2.5", "met", {}),
    ("~ 2.5 %", 12, "2.375", "near", {}),
    ("~ 2.5 %", 12, "2.3749", "missed", {}),
    ("~ 2.5 %", 12, "2.4", "near", {"tolerance": "0.1 %"}),
    ("~ 2.5 %", 12, "2.3999", "missed", {"tolerance": "0.1 %"}),
    # Without a baseline: no pace.
    (">= 55 %", 1, "0", "open", {}),
    (">= 55 %", 11, "54.99", "open", {}),
    (">= 55 %", 1, "55", "met", {}),
    (">= 55 %", 12, "54.99", "missed", {}),
    (">= 55 %", 12, "55", "met", {}),
    ("> 320 亿元", 6, "3200000 万元", "open", {}),
    ("> 320 亿元", 6, "3200001 万元", "met", {}),
    ("~ 2.5 %", 6, "2.4", "open", {}),
    ("2..3 家", 6, "1", "open", {}),
    ("2..3 家", 6, "2", "met", {}),
    ("2..3 家", 12, "1", "missed", {}),
    ("2..3 家", 12, "2", "met", {}),
    # Downward, without and with a baseline: from 30 to 10, half of it is 20.
    ("<= 0 条", 6, "3", "open", {}),
    ("<= 0 条", 6, "0", "met", {}),
    ("<= 0 条", 12, "0", "met", {}),
    ("<= 0 条", 12, "1", "missed", {}),
    ("<= 10 条", 6, "21", "behind yellow", {"baseline": "30 条"}),
    ("<= 10 条", 6, "20", "on_track", {"baseline": "30 条"}),
    ("<= 10 条", 6, "10", "met", {"baseline": "30 条"}),
    ("<= 10 条", 6, "99", "behind yellow", {"baseline": "30 条"}),  # downward is never red
    ("<= 10 条", 12, "10", "met", {"baseline": "30 条"}),
    ("<= 10 条", 12, "11", "missed", {"baseline": "30 条"}),
    ("< 10 条", 6, "10", "on_track", {"baseline": "30 条"}),
    ("< 10 条", 6, "9", "met", {"baseline": "30 条"}),
    ("< 10 条", 12, "10", "missed", {"baseline": "30 条"}),
    ("< 10 条", 12, "9", "met", {"baseline": "30 条"}),
    # A baseline that already meets the goal: met if the actual does too, else behind.
    (">= 100 %", 6, "100", "met", {"baseline": "100 %"}),
    (">= 100 %", 6, "99.99", "behind yellow", {"baseline": "100 %"}),
    (">= 100 %", 12, "99.99", "missed", {"baseline": "100 %"}),
    (">= 500 件", 1, "499", "behind yellow", {"baseline": "735 件"}),
    # One that is the goal itself, where the goal wants more: all of the year it is as it should be.
    ("> 450 家", 6, "450", "behind yellow", {"baseline": "450 家"}),
    ("> 450 家", 6, "449", "behind yellow", {"baseline": "450 家"}),
    ("> 450 家", 12, "450", "missed", {"baseline": "450 家"}),
    # From -4 to 0, half of it is -2; with t = 0 behind is yellow.
    (">= 0 %", 6, "-2", "on_track", {"baseline": "-4 %"}),
    (">= 0 %", 6, "-4", "behind yellow", {"baseline": "-4 %"}),
    ("<= 10 条", 6, "10", "met", {"baseline": "8 条"}),
    ("<= 10 条", 6, "11", "behind yellow", {"baseline": "8 条"}),
]
RATE = [
    # Against the goal itself, in any month.
    (">= 11 %", 1, "10.99", "behind yellow", {}),
    (">= 11 %", 1, "11", "on_track", {}),
    (">= 11 %", 11, "17.1", "on_track", {}),  # growth can still fall
    # Red from exactly 10 % of the goal, 1.1 points.
    (">= 11 %", 6, "9.9001", "behind yellow", {}),
    (">= 11 %", 6, "9.9", "behind red", {}),
    (">= 11 %", 6, "9.8999", "behind red", {}),
    (">= 11 %", 6, "0", "behind red", {}),
    (">= 11 %", 6, "-3", "behind red", {}),
    (">= 11 %", 12, "10.99", "missed", {}),
    (">= 11 %", 12, "11", "met", {}),
    (">= 11 %", 12, "11.01", "met", {}),
    (">= 6 %", 6, "6.5 个百分点", "on_track", {}),
    ("> 8 %", 6, "8", "behind yellow", {}),
    ("> 8 %", 6, "8.01", "on_track", {}),
    ("> 8 %", 12, "8", "missed", {}),
    ("> 8 %", 12, "8.01", "met", {}),
    # ~ 6.5: 5 % are 0.325, 10 % are 0.65.
    ("~ 6.5 %", 6, "6.5", "on_track", {}),
    ("~ 6.5 %", 6, "6.4999", "near", {}),
    ("~ 6.5 %", 6, "6.175", "near", {}),
    ("~ 6.5 %", 6, "6.1749", "behind yellow", {}),
    ("~ 6.5 %", 6, "5.8501", "behind yellow", {}),
    ("~ 6.5 %", 6, "5.85", "behind red", {}),
    ("~ 6.5 %", 6, "6.3", "near", {"tolerance": "0.2 %"}),
    ("~ 6.5 %", 6, "6.2999", "behind yellow", {"tolerance": "0.2 %"}),
    ("~ 6.5 %", 6, "5.5", "near", {"tolerance": "1 %"}),
    ("~ 6.5 %", 12, "6.5", "met", {}),
    ("~ 6.5 %", 12, "6.175", "near", {}),
    ("~ 6.5 %", 12, "6.1749", "missed", {}),
    ("2..3 %", 6, "2", "on_track", {}),
    ("2..3 %", 6, "1.9", "behind yellow", {}),
    ("2..3 %", 6, "1.8", "behind red", {}),
    ("2..3 %", 12, "2", "met", {}),
    ("2..3 %", 12, "1.99", "missed", {}),
    # A goal below 0: 10 % and 5 % of it are 0.5 and 0.25.
    (">= -5 %", 6, "-5.4999", "behind yellow", {}),
    (">= -5 %", 6, "-5.5", "behind red", {}),
    ("~ -5 %", 6, "-5.25", "near", {}),
    ("~ -5 %", 6, "-5.2501", "behind yellow", {}),
    # t = 0 and downward goals: behind is yellow, however far.
    ("> 0 天", 6, "1", "on_track", {}),
    ("> 0 天", 6, "0", "behind yellow", {}),
    ("> 0 天", 6, "-30", "behind yellow", {}),
    ("> 0 天", 12, "0", "missed", {}),
    ("> 0 天", 12, "1", "met", {}),
    (">= 0 %", 6, "0", "on_track", {}),
    (">= 0 %", 6, "-50", "behind yellow", {}),
    ("< 0 %", 6, "-0.01", "on_track", {}),
    ("< 0 %", 6, "0", "behind yellow", {}),
    ("< 0 %", 6, "50", "behind yellow", {}),
    ("< 0 %", 12, "-0.01", "met", {}),
    ("< 0 %", 12, "0", "missed", {}),
    ("<= 3 %", 6, "3", "on_track", {}),
    ("<= 3 %", 6, "3.01", "behind yellow", {}),
    ("<= 3 %", 6, "9", "behind yellow", {}),
    ("<= 3 %", 12, "3", "met", {}),
    ("<= 3 %", 12, "3.01", "missed", {}),
    # A rate has no pace, so its pace is never read; a baseline changes nothing.
    (">= 11 %", 6, "10.99", "behind yellow", BY_LIST),
    (">= 11 %", 6, "11", "on_track", {"baseline": "15 %"}),
]
FLOW_PACES = [
    # Every month one: what is due by m is m.
    (">= 12 次", 1, "0", "behind yellow", MONTHLY),
    (">= 12 次", 1, "1", "on_track", MONTHLY),
    (">= 12 次", 6, "5", "behind yellow", MONTHLY),
    (">= 12 次", 6, "6", "on_track", MONTHLY),
    (">= 12 次", 6, "4", "behind red", MONTHLY),
    (">= 12 次", 11, "11", "on_track", MONTHLY),
    (">= 12 次", 11, "12", "met", MONTHLY),
    (">= 12 次", 12, "11", "missed", MONTHLY),
    (">= 12 次", 12, "12", "met", MONTHLY),
    # Every quarter one: nothing is due until the quarter ends.
    (">= 4 次", 1, "0", "on_track", QUARTERLY),
    (">= 4 次", 2, "0", "on_track", QUARTERLY),
    (">= 4 次", 3, "0", "behind red", QUARTERLY),
    (">= 4 次", 3, "1", "on_track", QUARTERLY),
    (">= 4 次", 5, "1", "on_track", QUARTERLY),
    (">= 4 次", 6, "1", "behind red", QUARTERLY),
    (">= 4 次", 6, "2", "on_track", QUARTERLY),
    (">= 4 次", 8, "2", "on_track", QUARTERLY),
    (">= 4 次", 9, "2", "behind red", QUARTERLY),
    (">= 4 次", 11, "3", "on_track", QUARTERLY),
    (">= 4 次", 11, "4", "met", QUARTERLY),
    (">= 4 次", 12, "3", "missed", QUARTERLY),
    (">= 4 次", 12, "4", "met", QUARTERLY),
    # A list: its m-th share; of 200 亩 a tenth is due in March, 40 % in June.
    (">= 200 亩", 2, "0", "on_track", BY_LIST),
    (">= 200 亩", 3, "19.99", "behind yellow", BY_LIST),
    (">= 200 亩", 3, "20", "on_track", BY_LIST),
    (">= 200 亩", 6, "79.99", "behind yellow", BY_LIST),
    (">= 200 亩", 6, "80", "on_track", BY_LIST),
    (">= 200 亩", 6, "60.01", "behind yellow", BY_LIST),
    (">= 200 亩", 6, "60", "behind red", BY_LIST),
    (">= 200 亩", 12, "199.99", "missed", BY_LIST),
    (">= 200 亩", 12, "200", "met", BY_LIST),
    # year-end: open before December, unless met.
    (">= 4 家", 1, "0", "open", YEAR_END),
    (">= 4 家", 11, "3", "open", YEAR_END),
    (">= 4 家", 3, "4", "met", YEAR_END),
    ("> 40 家", 11, "40", "open", YEAR_END),
    (">= 4 家", 12, "3", "missed", YEAR_END),
    (">= 4 家", 12, "4", "met", YEAR_END),
    ("~ 200 亩", 12, "190", "near", YEAR_END),
]
LEVEL_PACES = [
    (">= 80 %", 6, "67.99", "behind yellow", {"baseline": "60 %", **BY_LIST}),
    (">= 80 %", 6, "68", "on_track", {"baseline": "60 %", **BY_LIST}),
    (">= 80 %", 5, "65", "on_track", {"baseline": "60 %", **QUARTERLY}),
    (">= 80 %", 5, "64.99", "behind yellow", {"baseline": "60 %", **QUARTERLY}),
    (">= 80 %", 11, "60", "open", {"baseline": "60 %", **YEAR_END}),
    (">= 80 %", 11, "50", "open", {"baseline": "60 %", **YEAR_END}),
    (">= 80 %", 11, "80", "met", {"baseline": "60 %", **YEAR_END}),
    (">= 80 %", 12, "79", "missed", {"baseline": "60 %", **YEAR_END}),
    ("<= 100 位", 6, "101", "open", YEAR_END),
    ("<= 100 位", 6, "100", "met", YEAR_END),
    ("<= 100 位", 12, "101", "missed", YEAR_END),
    ("<= 100 位", 12, "100", "met", YEAR_END),
    (">= 100 %", 6, "99", "open", {"baseline": "100 %", **YEAR_END}),
]
RATE_PACES = [
    (">= 6 %", 11, "5", "open", YEAR_END),
    ("~ 6.5 %", 11, "6.4", "open", YEAR_END),
    (">= 6 %", 11, "6", "on_track", YEAR_END),
    (">= 6 %", 12, "5", "missed", YEAR_END),
    (">= 6 %", 12, "6", "met", YEAR_END),
]
CONVERTED = [
    (">= 1.2 亿美元", 6, "5999.99 万美元", "behind yellow", {}),
    (">= 1.2 亿美元", 6, "6000 万美元", "on_track", {}),
    (">= 1.2 亿美元", 6, "60000000 美元", "on_track", {}),
    (">= 1.2 亿美元", 12, "11999.99 万美元", "missed", {}),
    (">= 1.2 亿美元", 12, "12000 万美元", "met", {}),
    (">= 300 亿元", 6, "1500000 万元", "on_track", {}),
    (">= 300 亿元", 6, "1499999.99 万元", "behind yellow", {}),
    # 6.6万亩 are 4400公顷, since a 公顷 is 15亩.
    (">= 6.6 万亩", 12, "4400 公顷", "met", {}),
    (">= 6.6 万亩", 12, "4399.99 公顷", "missed", {}),
    (">= 6.6 万亩", 6, "2200 公顷", "on_track", {}),
    (">= 6.6 万亩", 6, "44 平方公里", "met", {}),
    # 10万平方米 are 150亩.
    (">= 10 万平方米", 12, "150 亩", "met", {}),
    (">= 10 万平方米", 12, "149.99 亩", "missed", {}),
    (">= 110 公里", 12, "110000 米", "met", {}),
    (">= 110 公里", 12, "109999 米", "missed", {}),
    (">= 140 万千瓦", 12, "1.4 吉瓦", "met", {}),
    (">= 140 万千瓦", 12, "1400 MW", "met", {}),
    (">= 140 万千瓦", 12, "1399 兆瓦", "missed", {}),
    ("> 1100 万人次", 12, "11000000 人次", "missed", {}),
    ("> 1100 万人次", 12, "11000001 人次", "met", {}),
    (">= 2 万座", 12, "20000 个", "met", {}),
    (">= 2 万座", 12, "19999 个", "missed", {}),
    (">= 1000 人", 12, "1 千名", "met", {}),
]
TABLE = [
    *(("flow", *row) for row in (*FLOW, *FLOW_LIMIT, *FLOW_PACES, *CONVERTED)),
    *(("level", *row) for row in (*LEVEL, *LEVEL_PACES)),
    *(("rate", *row) for row in (*RATE, *RATE_PACES)),
]


@pytest.mark.parametrize(("measure", "goal", "month", "actual", "expected", "more"), TABLE)
def test_the_table(measure, goal, month, actual, expected, more):
    verdict = verdict_on(measure, goal, month, actual, **more)
    status, _, light = expected.partition(" ")
    assert (verdict.status, verdict.light) == (status, light or LIGHTS[status])


@pytest.mark.parametrize(
    ("status", "label", "sign", "light", "shortfall"),
    [
        ("met", "已完成", "√", "green", False),
        ("on_track", "达序时", "√", "green", False),
        ("near", "基本达到", "△", "yellow", False),
        ("open", "进行中", "○", "blue", False),
        ("behind", "欠序时", "△", "yellow", True),
        ("missed", "未完成", "×", "red", True),
        ("no_data", "未填报", "–", "grey", False),
        ("not_due", "未到期", "–", "grey", False),
        ("undecided", "待定", "–", "grey", False),
    ],
)
def test_how_a_status_is_shown(status, label, sign, light, shortfall):
    shown = Status(status)
    assert (shown.label, shown.light, shown.is_shortfall) == (label, light, shortfall)
    assert shown.light.sign == sign
    assert sign.encode("gbk")


def test_no_row_is_written_twice():
    # A parametrised list that looks like a product and is not: repeats would hide a missing cell.
    assert len({repr(row) for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("pace", "shares"),
    [
        ("linear", [Fraction(month, 12) for month in range(1, 13)]),
        ("monthly", [Fraction(month, 12) for month in range(1, 13)]),
        ("quarterly", [Fraction(q, 4) for q in (0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4)]),
        ("year-end", [Fraction(0)] * 11 + [Fraction(1)]),
    ],
)
def test_named_paces(pace, shares):
    assert [share_due(Pace(pace), month) for month in range(1, 13)] == shares


# progress, pace, gap to pace, gap to goal, needed a month, year's end
NUMBERS = [
    # 48 of 超100个 by June: 101 are needed, 53 more in 6 months.
    ("flow", "> 100 个", 6, "48", {}, "0.48 0.5 -2 -53 53/6 96"),
    ("flow", "> 100 个", 3, "101", {}, "1.01 0.25 76 0 - 404"),
    ("flow", "> 100 个", 6, "100", {}, "1 0.5 50 -1 1/6 200"),
    ("flow", "> 100 个", 12, "100", {}, "1 1 0 -1 - 100"),
    ("flow", "> 100 个", 11, "0", {}, "0 11/12 -275/3 -101 101 0"),
    # 53.3 % by September are 21.7 points under pace: 连云港's own sum.
    ("flow", ">= 7 亿美元", 9, "3.731 亿美元", {}, "0.533 0.75 -21.7 -3.269 3.269/3 3.731/0.75"),
    # 282.8 of a year's 500: 56.56 %, 6.56 points ahead.
    ("flow", ">= 500 亿元", 6, "282.8", {}, "0.5656 0.5 6.56 -217.2 36.2 565.6"),
    # One visitor more than 1100万.
    ("flow", "> 1100 万人次", 6, "500", {}, "5/11 0.5 -50/11 -600.0001 600.0001/6 1000"),
    ("flow", ">= 1.2 亿美元", 6, "6070 万美元", {}, "0.607/1.2 0.5 100*0.007/1.2 -0.593 0.593/6 1.214"),
    ("flow", "2..3 家", 6, "1", {}, "0.5 0.5 0 -1 1/6 2"),
    ("flow", "2..3 家", 12, "3", {}, "1.5 1 50 1 - 3"),
    ("flow", "~ 200 亩", 6, "90", {}, "0.45 0.5 -5 -110 110/6 180"),
    ("flow", ">= 4 次", 2, "0", QUARTERLY, "0 0 0 -4 0.4 -"),
    ("flow", ">= 4 次", 5, "1", QUARTERLY, "0.25 0.25 0 -3 3/7 4"),
    ("flow", ">= 12 次", 5, "4", MONTHLY, "1/3 5/12 -25/3 -8 8/7 9.6"),
    ("flow", ">= 200 亩", 6, "60", BY_LIST, "0.3 0.4 -10 -140 140/6 150"),
    ("flow", ">= 200 亩", 1, "10", BY_LIST, "0.05 0 5 -190 190/11 -"),
    ("flow", ">= 4 家", 12, "3", YEAR_END, "0.75 1 -25 -1 - 3"),
    # Downward: no progress; what is over the limit is above 0; nothing to add each month.
    ("flow", "<= 0 起", 6, "1", {}, "- - - 1 - 2"),
    ("flow", "< 3 起", 6, "2", {}, "- - - 0 - 4"),
    # From 373 to 450, 411 is 38 of 77; 451 are needed.
    ("level", "> 450 家", 6, "411", {"baseline": "373 家"}, "38/77 0.5 -50/77 -40 - -"),
    ("level", ">= 80 %", 6, "59", {"baseline": "60 %"}, "-0.05 0.5 -55 -21 - -"),
    ("level", ">= 80 %", 12, "80", {"baseline": "60 %"}, "1 1 0 0 - -"),
    # A baseline that already meets the goal gives no pace.
    ("level", ">= 500 件", 6, "499", {"baseline": "735 件"}, "0.998 - - -1 - -"),
    ("level", ">= 100 %", 6, "100", {"baseline": "100 %"}, "1 - - 0 - -"),
    ("level", ">= 55 %", 6, "50", {}, "10/11 - - -5 - -"),
    ("level", "<= 100 位", 6, "120", YEAR_END, "- - - 20 - -"),
    # t = 0, and a baseline that is the goal itself
    ("level", ">= 0 %", 6, "-1", {"baseline": "-4 %"}, "- - - -1 - -"),
    ("level", "> 450 家", 6, "450", {"baseline": "450 家"}, "- - - -1 - -"),
    ("rate", ">= 11 %", 6, "9.9", {}, "0.9 - -1.1 -1.1 - -"),
    ("rate", "~ 6.5 %", 6, "6.3", {}, "6.3/6.5 - -0.2 -0.2 - -"),
    ("rate", "< 0 %", 6, "-3", {}, "- - -3 -3 - -"),
    ("rate", "> 0 天", 6, "5", {}, "- - 5 5 - -"),
    ("rate", ">= 6 %", 12, "6 个百分点", {}, "1 - 0 0 - -"),
]  # fmt: skip


def worked_out(text: str) -> Fraction | None:
    """Return what a dash, a number, or a sum of the form a*b/c is."""
    if text == "-":
        return None
    times, _, over = text.partition("/")
    first, _, second = times.partition("*")
    return Fraction(first) * Fraction(second or 1) / Fraction(over or 1)


@pytest.mark.parametrize(("measure", "goal", "month", "actual", "more", "expected"), NUMBERS)
def test_the_numbers(measure, goal, month, actual, more, expected):
    verdict = verdict_on(measure, goal, month, actual, **more)
    assert (
        verdict.progress,
        verdict.pace,
        verdict.gap_to_pace,
        verdict.gap_to_goal,
        verdict.needed_per_month,
        verdict.year_end_estimate,
    ) == tuple(map(worked_out, expected.split()))


def test_year_end_has_no_estimate_before_december():
    verdict = verdict_on("flow", ">= 4 家", 11, "3", **YEAR_END)
    assert verdict.year_end_estimate is None
    assert verdict.needed_per_month == 1


def test_an_assigned_goal_is_judged_as_supplied():
    target = make_target("assigned %", "rate")
    supplied = make_target(">= 3 %").goal
    assert judge(target, supplied, Fraction(3), 6).status is Status.ON_TRACK
    assert judge(target, supplied, Fraction("2.99"), 6).status is Status.BEHIND
    assert judge(target, supplied, Fraction(3), 12).status is Status.MET


@pytest.mark.parametrize(
    ("measure", "goal", "actual", "cuts", "light"),
    [
        ("flow", ">= 100 亩", "45", RedCuts(red_points=Fraction(5)), "red"),
        ("flow", ">= 100 亩", "45.01", RedCuts(red_points=Fraction(5)), "yellow"),
        ("rate", ">= 10 %", "8", RedCuts(red_rate_share=Fraction(2, 10)), "red"),
        ("rate", ">= 10 %", "8.01", RedCuts(red_rate_share=Fraction(2, 10)), "yellow"),
        # Every shortfall is red, but for downward goals.
        ("rate", ">= 10 %", "9.99", RedCuts(red_rate_share=Fraction(0)), "red"),
        ("rate", "< 3 %", "3", RedCuts(red_rate_share=Fraction(0)), "yellow"),
    ],
)
def test_where_red_begins_is_a_setting(measure, goal, actual, cuts, light):
    target = make_target(goal, measure)
    verdict = judge(target, target.goal, Fraction(actual), 6, cuts)
    assert (verdict.status, verdict.light) == ("behind", light)


GOALS = st.sampled_from(["> 100 个", ">= 100 个", "~ 100 个", "100..110 个"])


@given(GOALS, st.integers(1, 12), st.integers(0, 200), st.integers(0, 200))
def test_more_is_never_worse(goal, month, one, other):
    order = [Status.MISSED, Status.BEHIND, Status.NEAR, Status.ON_TRACK, Status.MET]
    low, high = sorted((one, other))
    target = make_target(goal)
    less, more = (judge(target, target.goal, Fraction(each), month) for each in (low, high))
    assert order.index(less.status) <= order.index(more.status)


@given(GOALS, st.integers(0, 200))
def test_the_year_decides(goal, actual):
    target = make_target(goal)
    verdict = judge(target, target.goal, Fraction(actual), 12)
    assert verdict.status in (Status.MET, Status.NEAR, Status.MISSED)
    assert (verdict.status is Status.MET) == target.goal.is_met_by(Fraction(actual))
