"""Ceilings, another target's figure, deadlines, lag and after-year, month by month, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import make_target, write

from dtcheck.cells.actual import Bound
from dtcheck.judge.pace import asked_by
from dtcheck.judge.verdict import judge

HEAD = """\
format: 1
place: 东台市
year: 2024
title: 试
bureaus: [{name: 统计局, short: []}, {name: 人社局}]
sections:
  - code: ZH
    name: 综合
    heading: 试
    targets:
      - {code: ZH01, name: 地区生产总值增长, goal: "~ 5 %", measure: rate, phrase: 5%左右, lead: 统计局}
"""


def statuses(goal, measure, figures, **more):
    """Return the status and light of each month's figure, January first."""
    target = make_target(goal, measure, **more)
    told = [
        judge(target, target.goal, Fraction(text), month)
        for month, text in enumerate(figures.split(), 1)
    ]
    return [f"{each.status.value} {each.light.value}" for each in told]


@pytest.fixture
def year(run, tmp_path, monkeypatch):
    """A call that judges one more target, month after month, on rows of code, month and figure."""
    monkeypatch.chdir(tmp_path)

    def judging(target, rows, *more, until=12):
        write(
            tmp_path / "t.yaml",
            HEAD + f"      - {{code: ZH02, name: 试验, {target}, phrase: 试, lead: 人社局}}\n",
        )
        lines = "".join(f"{code},{value},{month}月\n" for code, month, value in rows)
        write(tmp_path / "a.csv", "编号,实际值,期间\n" + lines)
        told = []
        for month in range(1, until + 1):
            args = ("a.csv", "--targets", "t.yaml", "--as-of", f"2024-{month:02d}", *more)
            document = run("verify", *args, "--format", "json").json
            told.append(next(each for each in document["results"] if each["code"] == "ZH02"))
        return told

    return judging


def by_month(texts, code="ZH02"):
    return [(code, month, text) for month, text in enumerate(texts.split(), 1) if text != "x"]


# 失业率控制在5.5%左右: 5 % of 5.5 is 0.275, so up to 5.775 is near.
def test_a_ceiling_for_a_rate():
    figures = "5.4 5.5 5.51 5.775 5.776 7.9 5.5 5.6 5.775 4.9 7.9 5.5"
    kept, near, behind = "on_track green", "near yellow", "behind yellow"
    assert statuses("<~ 5.5 %", "rate", figures) == [
        *(kept, kept, near, near, behind, behind),
        *(kept, near, near, kept, behind, "met green"),
    ]


@pytest.mark.parametrize(
    ("figure", "status"),
    [("4.9", "met"), ("5.5", "met"), ("5.6", "near"), ("5.775", "near"), ("5.78", "missed")],
)
@pytest.mark.parametrize("measure", ["rate", "level", "flow"])
def test_a_ceiling_in_december(measure, figure, status):
    assert statuses("<~ 5.5 %", measure, " ".join([figure] * 12))[-1].split()[0] == status


# A state that is under its ceiling has met it, as of its date.
def test_a_ceiling_for_a_level():
    figures = "5.5 5.6 5.775 5.8 4.9 7.9"
    expected = ["met", "near", "near", "behind", "met", "behind"]
    assert [each.split()[0] for each in statuses("<~ 5.5 %", "level", figures)] == expected
    with_start = statuses("<~ 5.5 %", "level", figures, baseline="6 %")
    assert [each.split()[0] for each in with_start] == expected


# What adds up can't come down again: beyond the width it is missed at once. 5 % of 20 is 1.
def test_a_ceiling_for_a_flow():
    kept, near, missed = "on_track green", "near yellow", "missed red"
    assert statuses("<~ 20 起", "flow", "3 10 20 21 22 23") == [
        kept,
        kept,
        kept,
        near,
        missed,
        missed,
    ]


def test_a_ceiling_once_left_behind_stays_missed(year):
    told = year('goal: "<~ 20 起", measure: flow', by_month("3 21 22 19"), until=4)
    assert [each["status"] for each in told] == ["on_track", "near", "missed", "missed"]
    assert told[3]["actual"]["value"] == 22


@pytest.mark.parametrize(
    ("bound", "figure", "status"),
    [
        (Bound.OVER, "5.5", "near"),
        (Bound.AT_LEAST, "5.5", "near"),
        (Bound.ABOUT, "5.5", "near"),
        (Bound.UNDER, "5.5", "on_track"),
        (Bound.OVER, "5.775", "behind"),
        (Bound.UNDER, "5.775", "near"),
    ],
)
def test_words_on_the_lines_of_a_ceiling(bound, figure, status):
    target = make_target("<~ 5.5 %", "rate")
    assert judge(target, target.goal, Fraction(figure), 6, bound=bound).status == status


def test_the_width_of_a_ceiling_may_be_given():
    figures = " ".join(["5.7 5.8"] * 6)
    told = statuses("<~ 5.5 %", "rate", figures, tolerance="0.2 %")
    assert [each.split()[0] for each in told[:2]] == ["near", "behind"]


def test_the_numbers_of_a_ceiling():
    target = make_target("<~ 5.5 %", "rate")
    told = judge(target, target.goal, Fraction("5.9"), 6)
    assert (told.gap_to_pace, told.gap_to_goal) == (Fraction("0.4"), Fraction("0.4"))
    assert (told.progress, told.pace, told.needed_per_month) == (None, None, None)


# 与经济增长同步: the growth of each month is held against the economy's of that month.
def test_another_targets_figure(year):
    rows = [
        *by_month("5.3 5.0 5.2 x 4.9 5 5 5 5 5 5.1 5.1", "ZH01"),
        *by_month("5.3 4.9 5.3 5.4 4.4 5 6 4 5 5 5.0 5.1"),
    ]
    told = year('goal: ">= ZH01", measure: rate', rows)
    assert [each["status"] for each in told] == [
        *("on_track", "behind", "on_track", "undecided", "behind", "on_track"),
        *("on_track", "behind", "on_track", "on_track", "behind", "met"),
    ]
    goals = [each["goal"] for each in told]
    assert {each["ref"] for each in goals} == {"ZH01"}
    assert [each["value"] for each in goals] == [5.3, 5, 5.2, None, 4.9, 5, 5, 5, 5, 5, 5.1, 5.1]
    assert [goals[0]["text"], goals[3]["text"]] == ["≥5.3%（ZH01）", "≥ZH01"]
    # 4.9 for 5.0 is 2 % under it, 4.4 for 4.9 a tenth: red from 10 %.
    assert [told[month]["light"] for month in (1, 4)] == ["yellow", "red"]
    assert (told[1]["gap_to_pace"], told[1]["gap_to_goal"]) == (-0.1, -0.1)
    assert told[3]["gap_to_goal"] is None


@pytest.mark.parametrize(
    ("op", "june", "december"),
    [
        (">", "behind", "missed"),
        (">=", "on_track", "met"),
        ("<", "behind", "missed"),
        ("<=", "on_track", "met"),
        ("~", "on_track", "met"),
        ("<~", "on_track", "met"),
    ],
)
@pytest.mark.parametrize("measure", ["rate", "level", "flow"])
def test_every_operator_for_the_very_same_figure(year, op, june, december, measure):
    rows = [(code, month, "5") for code in ("ZH01", "ZH02") for month in (6, 12)]
    told = year(f'goal: "{op} ZH01", measure: {measure}, reports: half-yearly', rows)
    assert [told[5]["status"], told[11]["status"]] == [june, december]


# 4.76 is 4.8 % under 5, within the twentieth; a ceiling ends as far above.
@pytest.mark.parametrize(
    ("op", "figure", "status"),
    [
        ("~", "4.75", "near"),
        ("~", "4.74", "behind"),
        ("<~", "5.25", "near"),
        ("<~", "5.26", "behind"),
    ],
)
def test_about_another_targets_figure(year, op, figure, status):
    told = year(
        f'goal: "{op} ZH01", measure: rate', [("ZH01", 6, "5"), ("ZH02", 6, figure)], until=6
    )
    assert told[5]["status"] == status


# Over the other's in June need not be over it in July.
def test_what_exceeds_another_targets_flow_may_come_back(year):
    rows = [*by_month("3 4 9", "ZH01"), *by_month("3 5 9")]
    told = year('goal: "<= ZH01", measure: flow', rows, until=3)
    assert [each["status"] for each in told] == ["on_track", "behind", "on_track"]
    assert {each["year_end_estimate"] for each in told} == {None}


def test_without_a_figure_of_its_own_it_is_missing_like_any_other(year):
    told = year('goal: ">= ZH01", measure: rate, reports: quarterly', [("ZH01", 3, "5")], until=3)
    assert [each["status"] for each in told] == ["not_due", "not_due", "no_data"]
    assert told[2]["goal"]["value"] is None


def test_why_it_is_undecided_is_said(year, run):
    year('goal: ">= ZH01", measure: rate', [("ZH01", 5, "5"), ("ZH02", 6, "6")], until=1)
    done = run("verify", "a.csv", "--targets", "t.yaml", "--fail-on", "missing")
    assert "DT324" in done.out
    assert "要与 ZH01 的 2024-06 比，那一期没有能用的数，状态为待定" in "".join(
        done.out.split("\n       ")
    )


# 6月底前建成6处: two a month until... a sixth a month; what is missed in June can still be met, late.
def test_a_deadline(year):
    figures = "1 1 3 4 4 5 5 6 6 6 6 6"
    told = year('goal: ">= 6 处", measure: flow, due: 6', by_month(figures))
    assert [each["status"] for each in told] == [
        *("on_track", "behind", "on_track", "on_track", "behind", "missed"),
        *("missed", "met", "met", "met", "met", "met"),
    ]
    assert {each["due"] for each in told} == {6}
    assert [each["pace"] for each in told[:7]] == [
        float(Fraction(month, 6)) for month in (1, 2, 3, 4, 5, 6, 6)
    ]
    # 5 of 6 in May: one is missing, one month is left.
    assert [each["needed_per_month"] for each in told[3:6]] == [1, 2, None]


def test_what_was_met_late_is_said(year, run):
    year('goal: ">= 6 处", measure: flow, due: 6', by_month("1 2 3 4 5 5 5 6"), until=1)
    for month, words in ((7, "× 未完成"), (8, "已完成（逾期）")):
        out = run("verify", "a.csv", "--targets", "t.yaml", "--as-of", f"2024-{month:02d}").out
        assert words in out
    assert "6月底前" in out.replace("\n", "").replace(" ", "")
    text = run("verify", "a.csv", "--targets", "t.yaml", "--format", "csv").out
    assert "≥6处（6月底前）" in text
    assert "已完成（逾期）" in text


@pytest.mark.parametrize("figures", ["1 2 3 4 5 6 6 7", "x x x x x 6 6", "1 2 3 4 5 x x 6"])
def test_what_was_met_in_time_or_nobody_knows_when_is_not_late(year, run, figures):
    year('goal: ">= 6 处", measure: flow, due: 6', by_month(figures), until=1)
    out = run("verify", "a.csv", "--targets", "t.yaml").out
    assert "已完成" in out
    assert "逾期" not in out


@pytest.mark.parametrize(
    ("pace", "due", "shares"),
    [
        ("linear", 6, "1/6 1/3 1/2 2/3 5/6 1 1 1 1 1 1 1"),
        ("monthly", 4, "1/4 1/2 3/4 1 1 1 1 1 1 1 1 1"),
        ("quarterly", 6, "0 0 1/2 1/2 1/2 1 1 1 1 1 1 1"),
        ("quarterly", 9, "0 0 1/3 1/3 1/3 2/3 2/3 2/3 1 1 1 1"),
        ("quarterly", 8, "0 0 3/8 3/8 3/8 3/4 3/4 1 1 1 1 1"),
        ("year-end", 9, "0 0 0 0 0 0 0 0 1 1 1 1"),
        (["0", "0.5", *["1"] * 10], 3, "0 1/2 1 1 1 1 1 1 1 1 1 1"),
    ],
)
def test_a_deadline_takes_decembers_place_in_every_pace(pace, due, shares):
    target = make_target(">= 100 亿元", "flow", pace=pace, due=due)
    paces = [judge(target, target.goal, Fraction(0), month).pace for month in range(1, 13)]
    assert paces == [Fraction(share) for share in shares.split()]


def test_a_level_and_a_rate_with_a_deadline():
    level = statuses(">= 90 %", "level", "70 75 80 89 89 90", baseline="60 %", due=6)
    assert [each.split()[0] for each in level] == ["on_track"] * 4 + ["on_track", "met"]
    assert (
        statuses(">= 90 %", "level", "80 80 80 80 80 89", baseline="60 %", due=6)[-1]
        == "missed red"
    )
    rate = statuses("~ 5 %", "rate", "5 5 5 5 5 4.8 4.7", due=6)
    assert [each.split()[0] for each in rate[4:]] == ["on_track", "near", "missed"]


# 晚一个月: in June May's figure is due, and December's not before next January.
def test_a_lag(year):
    rows = by_month("10 20 30 40 50 60 70 80 90 100 110")
    told = year('goal: ">= 120 个", measure: flow, lag: 1', rows)
    assert [each["status"] for each in told] == ["on_track"] * 12
    silent = year('goal: ">= 120 个", measure: flow, lag: 1', rows[:4])
    assert [each["status"] for each in silent] == ["on_track"] * 5 + ["no_data"] * 7


def test_before_the_first_figure_of_a_lag_nothing_is_due(year):
    told = year('goal: ">= 120 个", measure: flow, lag: 2', [])
    assert [each["status"] for each in told] == ["not_due"] * 2 + ["no_data"] * 10
    told = year('goal: ">= 120 个", measure: flow, reports: quarterly, lag: 1', [])
    assert [each["status"] for each in told] == ["not_due"] * 3 + ["no_data"] * 9
    told = year('goal: ">= 120 个", measure: flow, reports: yearly, lag: 1', [])
    assert {each["status"] for each in told} == {"not_due"}


def test_a_lag_is_no_lateness(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = '      - {code: ZH02, name: 试验, goal: ">= 120 个", measure: flow, lag: 1, phrase: 试, lead: 人社局}\n'
    write(tmp_path / "t.yaml", HEAD + target)
    write(tmp_path / "2024-06" / "a.csv", "编号,实际值,单位,期间\nZH02,50,个,5月\n")
    done = run("verify", "2024-06", "--targets", "t.yaml", "--format", "json").json
    assert [each["rule"] for each in done["findings"]] == []
    write(tmp_path / "2024-06" / "a.csv", "编号,实际值,单位,期间\nZH02,50,个,4月\n")
    done = run("verify", "2024-06", "--targets", "t.yaml", "--format", "json").json
    assert "DT312" in [each["rule"] for each in done["findings"]]


# 次年才出数: nothing is due all year; a figure that comes all the same is judged, and doubted.
def test_after_the_year(year, run):
    nothing = year('goal: ">= 100 个", measure: flow, reports: after-year', [])
    assert {each["status"] for each in nothing} == {"not_due"}
    told = year('goal: ">= 100 个", measure: flow, reports: after-year', [("ZH02", 6, "40")])
    assert [each["status"] for each in told] == ["not_due"] * 5 + ["behind"] * 7


@pytest.mark.parametrize(
    ("file", "period", "rules"),
    [
        ("2024-06/a.csv", "6月", ["DT306", "DT321"]),
        ("2024-12/a.csv", "12月", ["DT306", "DT321"]),
        ("2025-03/a.csv", "2024年12月", ["DT306", "DT312"]),
        ("a.csv", "全年", ["DT306"]),
    ],
)
def test_a_figure_that_comes_before_the_year_is_over(
    run, tmp_path, monkeypatch, file, period, rules
):
    monkeypatch.chdir(tmp_path)
    target = '      - {code: ZH02, name: 试验, goal: ">= 100 个", measure: flow, reports: after-year, phrase: 试, lead: 人社局}\n'
    write(tmp_path / "t.yaml", HEAD + target)
    write(tmp_path / file, f"编号,实际值,单位,期间\nZH02,40,个,{period}\n")
    done = run("verify", file, "--targets", "t.yaml", "--format", "json").json
    assert sorted(each["rule"] for each in done["findings"] if each["level"] == "warning") == [
        each for each in rules if each != "DT312"
    ]


# It has to leave 10, and is where it was: not on its way before December either.
def test_a_level_that_starts_at_the_number_it_has_to_pass():
    told = statuses("> 10 个", "level", "10 10 9 10 10 11 10 10 10 10 10 10", baseline="10 个")
    assert told == [
        *["behind yellow"] * 5,
        "met green",
        *["behind yellow"] * 5,
        "missed red",
    ]
    assert statuses("< 10 个", "level", "10 10 9", baseline="10 个") == ["behind yellow"] * 2 + [
        "met green"
    ]


# A twelfth of 3 is a quarter: 1 place from January on, 2 from May (1.25), 3 from September (2.25).
@pytest.mark.parametrize(
    ("goal", "more", "asked"),
    [
        (">= 3 处", {}, "1 1 1 1 2 2 2 2 3 3 3 3"),
        ("> 10 家", {}, "1 2 3 4 5 5 6 7 8 9 10 10"),
        (">= 0.12 万人", {}, "0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08 0.09 0.1 0.11 0.12"),
        (">= 3 公里", {}, "0.25 0.5 0.75 1 1.25 1.5 1.75 2 2.25 2.5 2.75 3"),
    ],
)
def test_what_pace_asks_for_in_whole_things(goal, more, asked):
    target = make_target(goal, "flow", **more)
    assert [asked_by(target, target.goal, month) for month in range(1, 13)] == [
        Fraction(each) for each in asked.split()
    ]


@pytest.mark.parametrize(
    ("month", "figure", "words"),
    [
        (3, 0, "序时应达到 1 处"),
        (6, 0, "序时应达到 2 处"),
        (6, 1, "序时应达到 2 处"),
        (6, 2, None),
        (9, 2, "序时应达到 3 处"),
    ],
)
def test_a_small_count_is_told_what_is_asked_for(year, run, month, figure, words):
    year('goal: ">= 3 处", measure: flow', [("ZH02", month, figure)], until=1)
    (told,) = [
        each["message"]
        for each in run("verify", "a.csv", "--targets", "t.yaml", "--format", "json").json[
            "findings"
        ]
        if each["rule"] == "DT306"
    ] or [""]
    assert told == (f"欠序时（{words}），备注没有写原因" if words else "")
    out = run("verify", "a.csv", "--targets", "t.yaml", "--format", "github").out
    assert (words or "没有这样的话") in out or words is None
