"""From files to a report: as-of, due months, staleness, narrowing, and exit codes."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from making import SMALL, by_code, rules, write

from dtcheck.actuals import Period, Submissions, read_submissions
from dtcheck.formats import Style, render
from dtcheck.judge import Policy, RedCuts, build_report
from dtcheck.rules import Finding, Level, Place
from dtcheck.rules.plausibility import SOFT_FIGURE
from dtcheck.rules.rows import UNKNOWN_TARGET
from dtcheck.targets import load_targets

HEAD = "编号,实际值,单位,期间,下达目标,备注\n"
# Good figures for June: every target met or on pace; the others below change one of them.
GOOD = {
    "GY01": "60,个,6月,,",
    "GY02": "160,亿元,6月,,",
    "GY03": "6.6,%,6月,,",
    "CX01": "40,家,6月,,",
    "CX03": "0.7,亿美元,6月,,",
    "CX04": "260,件,6月,,",
    "ST01": "3.1,%,6月,3,",
    "ST02": "0,起,6月,,",
}


@pytest.fixture
def check(run, tmp_path, monkeypatch):
    """Run verify on rows by code, and return the run."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)

    def checking(rows: dict[str, str] | list[str], *options: str):
        lines = rows if isinstance(rows, list) else [f"{code},{row}" for code, row in rows.items()]
        write(tmp_path / "a.csv", HEAD + "".join(f"{line}\n" for line in lines))
        return run("verify", "a.csv", "--targets", "targets.yaml", "--format", "json", *options)

    return checking


def status(done, code: str) -> str:
    return by_code(done.json)[code]["status"]


# As-of


@pytest.mark.parametrize(
    ("rows", "as_of"),
    [
        (["GY01,60,个,6月,,", "CX01,10,家,3月,,"], "2024-06"),
        (["CX01,10,家,3月,,", "GY01,60,个,6月,,"], "2024-06"),
        # A blank form moves nothing, nor does what is no figure or nobody's.
        (["GY01,60,个,6月,,", "CX01,—,家,7月,,"], "2024-06"),
        (["GY01,60,个,6月,,", "CX01,,家,7月,,"], "2024-06"),
        (["GY01,60,个,6月,,", "CX01,很多,家,8月,,"], "2024-06"),
        (["GY01,60,个,6月,,", "XX01,1,个,9月,,"], "2024-06"),
        # A figure does, though it can't be used.
        (["GY01,60,个,6月,,", "CX01,10.5,家,7月,,"], "2024-07"),
        (["GY01,60,个,6月,,", "CX01,1,亿元,7月,,"], "2024-07"),
        (["GY01,60,个,6月,,", "CX01,1,家,10月,,", "CX01,2,家,10月,,"], "2024-10"),
        (["GY01,60,个,6月,,", "CX01,1,家,2025-01,,"], "2024-06"),  # not within the year
        (["GY01,60,个,6月,,", "CX01,1,家,二季度,,"], "2024-06"),  # not readable
        (["GY01,60,个,2023-12,,"], "2024-12"),
        (["GY01,60,个,二季度,,"], "2024-12"),
        (["一、工业,,,,,"], "2024-12"),
        (["GY01,60,个,,,"], "2024-12"),
    ],
)
def test_as_of_is_the_newest_period_with_a_figure_within_the_year(check, rows, as_of):
    assert check(rows).json["as_of"] == as_of


@pytest.mark.parametrize("written", ["2024-06", "2024年6月", "6月", "1-6月", "上半年", "202406"])
def test_as_of_may_be_written_as_any_period(check, written):
    assert check(["GY01,60,个,3月,,"], "--as-of", written).json["as_of"] == "2024-06"


def test_the_newest_actual_by_as_of_is_judged(check):
    rows = ["GY01,20,个,3月,,", "GY01,60,个,6月,,", "GY01,90,个,9月,,"]
    for as_of, value in (("2024-05", 20), ("2024-06", 60), ("2024-08", 60), ("2024-09", 90)):
        actual = by_code(check(rows, "--as-of", as_of).json)["GY01"]["actual"]
        assert actual["value"] == value


def test_the_month_of_the_actual_is_the_one_it_is_judged_by(check):
    # A quarterly figure of March, shown in May: 6.5 was due; pace is March's.
    rows = ["GY03,6.5,%,3月,,", "CX04,84,件,2月,,"]
    done = check(rows, "--as-of", "2024-04")
    assert status(done, "GY03") == "on_track"
    # 84 of 500 in February is 16.8 %, over 2/12; by April's 33 % it would be behind.
    assert status(done, "CX04") == "on_track"
    assert by_code(done.json)["CX04"]["pace"] == pytest.approx(2 / 12)


def test_a_report_as_of_an_earlier_month_knows_nothing_later(tmp_path):
    """The digest and notebooks judge earlier months from all that was read."""
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    rows = HEAD + "GY01,60,个,5月,,\nGY01,59,个,6月,,\n"
    submissions = read_submissions([str(write(tmp_path / "a.csv", rows))], file)
    for month, value, fell in ((5, 60, []), (6, 59, ["DT301"])):
        report = build_report(file, submissions, Period(2024, month))
        assert report.results[0].actual.value == value
        assert [each.rule.id for each in report.findings] == fell


# Due or not


@pytest.mark.parametrize(
    ("code", "month", "expected"),
    [
        ("GY01", 1, "no_data"),  # monthly
        ("GY03", 2, "not_due"),  # quarterly
        ("GY03", 3, "no_data"),
        ("GY03", 4, "no_data"),
        ("CX02", 11, "not_due"),  # yearly
        ("CX02", 12, "no_data"),
        ("CX04", 1, "not_due"),  # a list that starts with February
        ("CX04", 2, "no_data"),
        ("ST01", 12, "undecided"),  # assigned, supplied by nobody
    ],
)
def test_nothing_submitted(check, code, month, expected):
    done = check(["一、工业,,,,,"], "--as-of", f"2024-{month:02d}")
    result = by_code(done.json)[code]
    assert (result["status"], result["actual"], result["light"]) == (expected, None, "grey")
    assert [result[key] for key in ("progress", "pace", "gap_to_pace", "gap_to_goal")] == [None] * 4


def test_half_yearly_is_due_in_june(check, tmp_path):
    text = SMALL.replace("reports: yearly", "reports: half-yearly")
    write(tmp_path / "targets.yaml", text)
    for month, expected in ((5, "not_due"), (6, "no_data"), (11, "no_data")):
        done = check(["一、工业,,,,,"], "--as-of", f"2024-{month:02d}")
        assert status(done, "CX02") == expected


@pytest.mark.parametrize(
    ("row", "as_of", "expected", "stale"),
    [
        ("GY01,60,个,6月,,", "2024-06", "on_track", False),
        ("GY01,60,个,6月,,", "2024-07", "no_data", True),
        ("GY01,60,个,6月,,", "2024-12", "no_data", True),  # silence is not 达序时
        ("GY03,6.6,%,3月,,", "2024-05", "on_track", False),  # quarterly: nothing due since March
        ("GY03,6.6,%,3月,,", "2024-06", "no_data", True),
        ("GY03,6.6,%,4月,,", "2024-05", "on_track", False),
        ("CX04,300,件,5月,,", "2024-07", "on_track", False),  # the list: 2, 5, 8, 11, 12
        ("CX04,300,件,5月,,", "2024-08", "no_data", True),
        ("CX04,300,件,6月,,", "2024-08", "no_data", True),
        ("CX04,480,件,11月,,", "2024-12", "no_data", True),
        ("CX02,2.4,%,6月,,", "2024-11", "open", False),  # yearly
        ("CX02,2.4,%,6月,,", "2024-12", "no_data", True),
        ("CX02,2.5,%,6月,,", "2024-12", "no_data", True),  # a level can fall back
        # Except what can't be undone: a flow that met its goal, or a limit exceeded.
        ("GY01,101,个,6月,,", "2024-12", "met", False),
        ("GY01,100,个,6月,,", "2024-12", "no_data", True),
        ("ST02,1,起,6月,,", "2024-12", "missed", False),
        ("ST02,0,起,6月,,", "2024-12", "no_data", True),
        # An assigned goal, supplied with the old figure
        ("ST01,3.1,%,6月,3,", "2024-07", "no_data", True),
        ("ST01,3.1,%,6月,,", "2024-07", "undecided", False),
    ],
)
def test_stale_figures(check, row, as_of, expected, stale):
    done = check([row], "--as-of", as_of)
    code, value = row.split(",")[:2]
    result = by_code(done.json)[code]
    assert result["status"] == expected
    assert result["actual"]["value"] == float(value)  # shown, judged or not
    found = [each for each in done.json["findings"] if each["rule"] == "DT304"]
    assert [(each["row"], each["code"], each["level"]) for each in found] == (
        [(2, code, "warning")] if stale else []
    )
    if stale:
        assert result["progress"] is None
        assert result["gap_to_goal"] is None


def test_what_is_said_of_a_stale_figure(check):
    found = check(["GY01,60,个,6月,,"], "--as-of", "2024-08").json["findings"]
    assert [(each["rule"], each["message"], each["hint"]) for each in found] == [
        (
            "DT304",
            "GY01 新开工项目 最新的数是 2024-06 的，检查到 2024-08 已经过时",
            "补报最近一期的累计数；旧数只作显示，不作判断",
        )
    ]


def test_not_available_in_june_does_not_hide_mays_figure(check):
    done = check(["GY01,50,个,5月,,", "GY01,待核,个,6月,,"], "--as-of", "2024-06")
    result = by_code(done.json)["GY01"]
    assert (result["status"], result["actual"]["value"]) == ("no_data", 50)
    assert "DT304" in rules(done.json)


# Few were early

EARLY = """\
format: 1
place: 某市
year: 2024
title: 小样
bureaus: [{name: 甲局}, {name: 乙局}, {name: 丙局}, {name: 丁局}, {name: 戊局}]
sections:
  - code: GY
    name: 工业
    heading: 工业
    targets:
      - {code: GY01, name: 指标甲, goal: ">= 100 个", measure: flow, phrase: 甲, lead: 甲局}
      - {code: GY02, name: 指标乙, goal: ">= 100 个", measure: flow, phrase: 乙, lead: 乙局}
      - {code: GY03, name: 指标丙, goal: ">= 100 个", measure: flow, phrase: 丙, lead: 丙局}
      - {code: GY04, name: 指标丁, goal: ">= 100 个", measure: flow, phrase: 丁, lead: 丁局}
      - {code: GY05, name: 指标戊, goal: ">= 100 个", measure: flow, phrase: 戊, lead: 戊局, reports: quarterly}
"""


@pytest.mark.parametrize(
    ("june", "july", "names"),
    [
        # All four that report monthly gave June's: two of them are half, one is fewer.
        ("1234", "12", None),
        ("1234", "1", "甲局（1 个单位）"),
        ("1234", "3", "丙局（1 个单位）"),
        # 戊局 has nothing due in July: neither missed nor counted, but named where it gave one.
        ("12345", "12", None),
        ("12345", "15", "甲局、戊局（2 个单位）"),
        # Who gave nothing in June isn't expected in July.
        ("12", "1", None),
        ("123", "1", "甲局（1 个单位）"),
        ("123", "4", "丁局（1 个单位）"),
        ("5", "1", None),
        ("", "1", None),
    ],
)
def test_few_that_were_early_are_named(check, tmp_path, june, july, names):
    write(tmp_path / "targets.yaml", EARLY)
    rows = [f"GY0{each},50,个,6月,," for each in june] + [f"GY0{each},60,个,7月,," for each in july]
    found = [each for each in check(rows).json["findings"] if each["rule"] == "DT322"]
    assert [each["level"] for each in found] == (["warning"] if names else [])
    if names:
        expected = sum(each != "5" for each in june)
        assert found[0]["message"] == (
            f"按最新一期检查到 2024-07，可这个月只有{names}报了数，"
            f"6 月报过、这个月又应报的有 {expected} 个单位"
        )
        assert "--as-of 2024-06" in found[0]["hint"]
        assert found[0]["file"] == "a.csv"
    # Whoever names the month has been told.
    named = check(rows, "--as-of", "2024-07").json["findings"]
    assert "DT322" not in [each["rule"] for each in named]


def test_who_read_for_a_month_has_been_told(tmp_path):
    """As a notebook does: the month was named when the files were read."""
    file = load_targets(write(tmp_path / "targets.yaml", EARLY))
    rows = [f"GY0{each},50,个,6月,," for each in range(1, 5)] + ["GY01,60,个,7月,,"]
    path = str(write(tmp_path / "a.csv", HEAD + "".join(f"{row}\n" for row in rows)))
    for as_of, told in ((None, ["DT322"]), (Period(2024, 7), [])):
        report = build_report(file, read_submissions([path], file, as_of))
        assert [each.rule.id for each in report.findings if each.rule.id == "DT322"] == told


def test_a_slip_of_the_month_that_cannot_be_used_is_told(check, tmp_path):
    write(tmp_path / "targets.yaml", EARLY)
    rows = [f"GY0{each},50,个,6月,," for each in range(1, 5)] + ["GY01,5.5,个,11月,,"]
    [found] = [each for each in check(rows).json["findings"] if each["rule"] == "DT322"]
    assert "检查到 2024-11，可这个月还没有一个单位报出能用的数" in found["message"]


# Silence washes nothing clean


@pytest.mark.parametrize(
    ("row", "as_of", "was"),
    [
        ("GY01,40,个,5月,,等环评", "2024-06", "behind"),  # 41.7 are due
        ("GY01,50,个,5月,,", "2024-06", "on_track"),
        ("CX01,20,家,5月,,申报中", "2024-12", "behind"),
        ("GY03,6.4,%,3月,,回落", "2024-06", "near"),
        ("GY03,5,%,3月,,回落", "2024-06", "behind"),
        ("CX02,2.4,%,6月,,", "2024-12", "open"),
        ("CX02,2.6,%,6月,,", "2024-12", "met"),
        ("ST01,1,%,5月,3,煤耗", "2024-12", "behind"),
    ],
)
def test_a_target_gone_silent_carries_what_it_was(check, row, as_of, was):
    code = row[:4]
    done = check([row], "--as-of", as_of, "--select", code)
    result = by_code(done.json)[code]
    assert (result["status"], result["last_status"], result["light"]) == ("no_data", was, "grey")
    assert done.json["summary"]["no_data"] == 1
    assert done.json["summary"]["behind"] == 0
    # It counts as what it was: a shortfall stays one, with blank forms or without any.
    codes = {level: check([row], "--as-of", as_of, "--select", code, "--fail-on", level).code
             for level in LEVELS}  # fmt: skip
    short = was == "behind"
    assert codes == {"never": 0, "data": 0, "missed": 0, "behind": int(short), "missing": 1}


def test_last_status_is_null_where_there_is_nothing_older(check):
    done = check(["GY01,60,个,6月,,", "GY03,6.6,%,3月,,", "ST01,2,%,3月,,"], "--as-of", "2024-06")
    results = by_code(done.json)
    found = {code: (each["status"], each["last_status"]) for code, each in results.items()}
    assert found["GY01"] == ("on_track", None)
    assert found["GY02"] == ("no_data", None)
    assert found["GY03"] == ("no_data", "on_track")
    assert found["ST01"] == ("undecided", None)
    assert found["CX02"] == ("not_due", None)


def test_blank_forms_of_july_turn_no_june_shortfall_into_a_pass(check):
    june = ["GY01,40,个,6月,,等环评"]
    assert check(june, "--select", "GY01").code == 1
    # Blank forms don't move the month; and with the month named, June's shortfall still counts.
    assert check([*june, "GY01,—,个,7月,,"], "--select", "GY01").code == 1
    assert check([*june, "GY01,,个,7月,,"], "--select", "GY01", "--as-of", "2024-07").code == 1
    # A striving target counts strictly only, silent or not.
    strive = ["GY02,40,亿元,5月,,订单少"]
    assert check(strive, "--select", "GY02", "--as-of", "2024-06").code == 0
    assert check(strive, "--select", "GY02", "--as-of", "2024-06", "--strict").code == 1


def test_a_silent_shortfall_is_shown_where_people_look(check, run, tmp_path):
    check(["GY01,40,个,5月,,等环评"])
    args = (
        "verify",
        "a.csv",
        "--targets",
        "targets.yaml",
        "--as-of",
        "2024-06",
        "--select",
        "GY01",
    )
    assert "– 未填报（5月欠序时）" in run(*args).out
    assert "40个（5月）" in run(*args).out
    assert "--all" not in run(*args).out
    assert "| – 未填报（5月欠序时） |" in run(*args, "--format", "markdown").out
    assert ",未填报（5月欠序时）,灰," in run(*args, "--format", "csv").out
    github = run(*args, "--format", "github").out
    # 40 of over 100 by May, when 41.667 % are due.
    assert (
        "::error file=a.csv,line=2,title=GY01 未填报（5月欠序时）::“实际值”列：新开工项目：目标 超100个，"
        "实际 40个（5月），完成率 40.0%25，序时应达到 42 个，距序时 -1.7 个百分点，牵头单位 发展和改革委员会，备注 等环评"
    ) in github
    assert "应报未报" not in github
    junit = run(*args, "--format", "junit").out
    assert 'message="未填报（5月欠序时）：' in junit
    assert "没有新数就仍按欠序时看待" in run(*args).out


# Limits don't heal


@pytest.mark.parametrize(
    ("rows", "as_of", "status", "value", "month"),
    [
        (["ST02,0,起,4月,,"], "2024-04", "on_track", 0, 4),
        (["ST02,1,起,5月,,", "ST02,0,起,6月,,"], "2024-06", "missed", 1, 5),
        (["ST02,1,起,5月,,", "ST02,0,起,6月,,"], "2024-05", "missed", 1, 5),
        (["ST02,0,起,4月,,", "ST02,1,起,5月,,"], "2024-04", "on_track", 0, 4),
        # The highest, and of equals the newest.
        (["ST02,1,起,3月,,", "ST02,3,起,4月,,", "ST02,2,起,5月,,"], "2024-06", "missed", 3, 4),
        (["ST02,1,起,3月,,", "ST02,1,起,5月,,", "ST02,0,起,6月,,"], "2024-06", "missed", 1, 5),
        # For the year: with nothing since, and with a December of 0.
        (["ST02,1,起,5月,,"], "2024-12", "missed", 1, 5),
        (["ST02,1,起,5月,,", "ST02,0,起,12月,,"], "2024-12", "missed", 1, 5),
        (["ST02,0,起,5月,,", "ST02,0,起,12月,,"], "2024-12", "met", 0, 12),
    ],
)
def test_a_limit_once_exceeded_stays_missed(check, rows, as_of, status, value, month):
    done = check(rows, "--as-of", as_of, "--select", "ST02", "--fail-on", "missed")
    result = by_code(done.json)["ST02"]
    actual = result["actual"]
    assert (result["status"], actual["value"], actual["period"]) == (
        status, value, f"2024-{month:02d}",
    )  # fmt: skip
    assert done.code == int(status == "missed")


def test_only_a_correction_of_that_month_mends_a_limit(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)
    write(tmp_path / "2024-05/a.csv", "编号,实际值,单位,期间\nST02,1,起,5月\n")
    june = "编号,实际值,单位,期间\nST02,0,起,6月\n"
    for more, status in (("", "missed"), ("ST02,0,起,5月\n", "on_track")):
        write(tmp_path / "2024-06/a.csv", june + more)
        args = ("--targets", "targets.yaml", "--format", "json", "--select", "ST02")
        done = run("verify", "2024-05", "2024-06", *args)
        assert by_code(done.json)["ST02"]["status"] == status


def test_a_level_under_its_limit_may_heal(check, tmp_path):
    """Ten blots on the map may be cleaned up: only what has happened stays."""
    text = SMALL.replace('goal: "<= 0 起", measure: flow', 'goal: "<= 0 起", measure: level')
    write(tmp_path / "targets.yaml", text)
    done = check(["ST02,1,起,5月,,", "ST02,0,起,6月,,"], "--select", "ST02")
    assert status(done, "ST02") == "met"


# Assigned


def test_undecided_whatever_the_actual(check):
    done = check(["ST01,3.1,%,6月,,"], "--select", "ST01", "--fail-on", "missing", "--strict")
    result = by_code(done.json)["ST01"]
    assert (result["status"], result["goal"]["op"], result["goal"]["value"]) == (
        "undecided",
        "assigned",
        None,
    )
    assert result["actual"]["value"] == 3.1
    assert done.code == 0  # undecided never counts


def test_a_goal_supplied_in_one_month_holds_for_the_year(check):
    done = check(["ST01,—,%,3月,3,", "ST01,3,%,6月,,"])
    assert (status(done, "ST01"), by_code(done.json)["ST01"]["goal"]["text"]) == ("on_track", "≥3%")


# Narrowing


def test_select_takes_code_prefixes(check):
    done = check(GOOD, "--select", "GY,cx03")
    assert [each["code"] for each in done.json["results"]] == ["GY01", "GY02", "GY03", "CX03"]
    assert [each["code"] for each in done.json["sections"]] == ["GY", "CX"]
    assert done.json["summary"]["total"] == 4
    assert [each["summary"]["total"] for each in done.json["sections"]] == [3, 1]
    assert done.json["targets"]["count"] == 9


def test_select_may_be_given_twice(check):
    done = check(GOOD, "--select", "ST02", "--select", "GY01，GY03")
    assert [each["code"] for each in done.json["results"]] == ["GY01", "GY03", "ST02"]


@pytest.mark.parametrize("lead", ["科学技术局", "科技局", "市科技局", "东台市科技局"])
def test_lead_takes_any_name_of_a_bureau(check, lead):
    done = check(GOOD, "--lead", lead)
    assert [each["code"] for each in done.json["results"]] == ["CX01", "CX02", "CX03"]


def test_select_and_lead_together(check):
    done = check(GOOD, "--lead", "发改委", "--select", "ST")
    assert [each["code"] for each in done.json["results"]] == ["ST01", "ST02"]


def test_select_and_lead_without_a_common_target(check):
    # Nothing judged would look like nothing wrong.
    done = check(GOOD, "--lead", "科技局", "--select", "GY")
    assert (done.code, done.out) == (2, "")
    assert "合起来没有一个指标" in done.err


def test_narrowing_drops_the_findings_of_other_targets_and_keeps_those_without_one(check):
    rows = ["GY01,好,个,6月,,", "CX01,好,家,6月,,", "XX01,1,个,6月,,", "一、工业,,,,,"]
    done = check(rows, "--select", "GY")
    assert [(each["rule"], each["code"]) for each in done.json["findings"]] == [
        ("DT202", "GY01"),
        ("DT201", None),
        ("DT311", None),
    ]
    assert done.json["summary"]["errors"] == 2
    assert [each["summary"]["errors"] for each in done.json["sections"]] == [1]


def test_narrowing_narrows_the_exit_code(check):
    rows = {**GOOD, "CX01": "1,家,6月,,正在申报"}
    assert check(rows).code == 1
    assert check(rows, "--select", "GY,ST").code == 0
    assert check(rows, "--lead", "发改委").code == 0
    assert check(rows, "--lead", "科技局").code == 1


def test_as_of_does_not_depend_on_the_selection(check):
    done = check({"GY01": "60,个,6月,,", "CX01": "50,家,8月,,"}, "--select", "GY")
    assert done.json["as_of"] == "2024-08"


def test_ignore(check):
    rows = {**GOOD, "GY01": "约60,,6月,,"}
    assert rules(check(rows).json) == ["DT303", "DT305"]
    assert rules(check(rows, "--ignore", "DT305").json) == ["DT303"]
    done = check(rows, "--ignore", "dt303,DT305", "--strict")
    assert (done.json["findings"], done.code) == ([], 0)


# Exit codes

LEVELS = ("never", "data", "missed", "behind", "missing")
# What each kind of trouble takes to be flagged: the lowest level, plainly and with --strict.
TROUBLE = {
    "nothing": ({}, None, None),
    "error": ({"XX01": "1,个,6月,,"}, "data", "data"),
    "missed": ({"ST02": "1,起,6月,,已立案"}, "missed", "missed"),
    "behind": ({"GY01": "40,个,6月,,等环评"}, "behind", "behind"),
    "missing": ({"GY01": "—,个,6月,,"}, "missing", "missing"),
    "near": ({"GY03": "6.4,%,6月,,回落"}, None, "behind"),
    "warning": ({"GY01": "约60,个,6月,,"}, None, "data"),
    "info": ({"GY01": "60,,6月,,"}, None, None),
    "strive behind": ({"GY02": "100,亿元,6月,,订单少"}, None, "behind"),
    "strive missing": ({"GY02": "—,亿元,6月,,"}, None, "missing"),
}


@pytest.mark.parametrize(("trouble", "level"), list(itertools.product(TROUBLE, LEVELS)))
@pytest.mark.parametrize("strict", [False, True])
def test_exit_codes(check, trouble, level, strict):
    rows, plainly, strictly = TROUBLE[trouble]
    done = check({**GOOD, **rows}, "--fail-on", level, *(["--strict"] if strict else []))
    lowest = strictly if strict else plainly
    flagged = lowest is not None and LEVELS.index(level) >= LEVELS.index(lowest)
    assert (done.code, done.json["exit_code"]) == (int(flagged), int(flagged))


def test_in_december_near_counts_as_missed_when_strict(check):
    rows = {"GY03": "6.4,%,12月,,回落"}
    options = ("--select", "GY03", "--strict", "--fail-on")
    assert check(rows, *options, "data").code == 0
    assert check(rows, *options, "missed").code == 1


def test_a_report_without_a_policy_is_not_strict(tmp_path):
    """As notebooks call it: 争取 behind, near and a warning don't count, behind does."""
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    lenient = "GY02,100,亿元,6月,,订单少\nGY03,6.4,%,6月,,回落\nGY01,约60,个,6月,,\n"
    for rows, code in ((lenient, 0), (lenient + "CX01,1,家,6月,,正在申报\n", 1)):
        path = write(tmp_path / "a.csv", HEAD + rows)
        report = build_report(file, read_submissions([str(path)], file))
        assert report.exit_code == code
        assert [report.count(level) for level in Level] == [0, 1, 0]


def test_red_begins_at_ten_unless_someone_says_otherwise():
    assert Policy().cuts == RedCuts(red_points=Fraction(10), red_rate_share=Fraction(1, 10))


def test_an_error_is_never_ignored(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    path = write(tmp_path / "a.csv", HEAD + "XX01,1,个,6月,,\n")
    policy = Policy(ignore=frozenset({"DT201"}))
    report = build_report(file, read_submissions([str(path)], file), policy=policy)
    assert [each.rule.id for each in report.findings] == ["DT201"]
    assert [report.flags(each) for each in report.findings] == [True]
    assert report.exit_code == 1


def test_a_report_says_which_results_it_flags(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    path = write(tmp_path / "a.csv", HEAD + "GY01,40,个,6月,,等环评\nCX01,40,家,6月,,\n")
    report = build_report(file, read_submissions([str(path)], file))
    assert [each.target.code for each in report.results if report.flags(each)] == ["GY01"]
    assert {report.flags(each) for each in report.results} == {True, False}


def test_what_is_ignored_need_not_have_a_reason(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    path = write(tmp_path / "a.csv", HEAD + "GY01,约60,个,6月,,\n")
    policy = Policy(ignore=frozenset({"DT303"}))
    report = build_report(file, read_submissions([str(path)], file), policy=policy)
    assert report.findings == ()
    assert "DT303" in render("markdown", report, Style())


def test_findings_are_in_the_order_of_files_sheets_and_rows(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    places = [
        Place("a.csv"),  # the file as a whole comes first
        Place("a.csv", row=2, line=9),  # a row counts as Excel numbers it
        Place("a.csv", line=3),  # the line stands for the row where there is none
        Place("a.csv", row=4, line=4),
        Place("b.xlsx"),
        Place("b.xlsx", row=5, sheet="A"),
        Place("b.xlsx", row=1, sheet="B"),
        Place("b.xlsx", row=2, sheet="B"),
        Place("c.csv"),
        Place("c.csv", row=1),
    ]
    # Of one place, in the order of the rules.
    findings = [
        Finding(rule, "", "", place) for place in places for rule in (UNKNOWN_TARGET, SOFT_FIGURE)
    ]
    for shuffled in (findings[::-1], findings[1::2] + findings[::2]):
        read = Submissions({}, {}, tuple(shuffled), None)
        assert list(build_report(file, read).findings) == findings


def test_behind_is_the_default_level(check):
    assert check({**GOOD, "GY01": "40,个,6月,,等环评"}).code == 1
    assert check({**GOOD, "GY01": "—,个,6月,,"}).code == 0


def test_strive_targets_are_shown_and_marked(check):
    result = by_code(check({**GOOD, "GY02": "100,亿元,6月,,订单少"}).json)["GY02"]
    assert (result["strive"], result["status"], result["light"]) == (True, "behind", "red")


# The counts


def test_the_summary_counts_every_status_once(check):
    rows = {**GOOD, "GY01": "101,个,6月,,", "CX01": "1,家,6月,,正在申报", "CX03": "—,亿美元,6月,,"}
    done = check({**rows, "ST02": "2,起,6月,,已立案", "GY03": "6.4,%,6月,,回落"})
    assert done.json["summary"] == {
        "total": 9,
        "met": 1,  # GY01
        "on_track": 3,  # GY02, CX04, ST01
        "near": 1,  # GY03
        "open": 0,
        "behind": 1,  # CX01
        "missed": 1,  # ST02
        "no_data": 1,  # CX03
        "not_due": 1,  # CX02
        "undecided": 0,
        "errors": 0,
        "warnings": 0,
    }
    for key, total in done.json["summary"].items():
        assert sum(section["summary"][key] for section in done.json["sections"]) == total


def test_every_target_has_a_result_whatever_was_submitted(run, real, tmp_path):
    path = write(tmp_path / "a.csv", "编号,实际值,单位,期间\nGY01,60,个,6月\n")
    done = run("verify", path, "--format", "json", "--targets", real.path)
    assert [each["code"] for each in done.json["results"]] == [each.code for each in real.targets]
