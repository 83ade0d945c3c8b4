"""What a month means: as-of by figures, silence that washes nothing clean, limits that don't heal."""

from __future__ import annotations

import re

import pytest
from forms import KINDS, Form, check, of_level, used
from making import by_code
from running import ROOT

HEAD = "编号,指标,单位,实际值,期间\n"
GY01 = "GY01,新开工亿元以上项目,个,{},{}\n"
GY10 = "GY10,新竣工亿元项目,个,{},{}\n"
AQ02 = "AQ02,重特大生产安全事故,起,{},{}\n"


def year(*values: int | str) -> dict[str, str]:
    """Return a sheet a month with these figures; blank where none are left."""
    cells = [*values, *[""] * (12 - len(values))]
    head = "编号,指标,单位,实际值\n"
    return {
        f"{month}月": f"{head}GY01,新开工亿元以上项目,个,{cell}\n"
        for month, cell in enumerate(cells, 1)
    }


@pytest.mark.parametrize("filled", [1, 6, 11])
def test_twelve_sheets_filled_up_to_a_month(judge, filled):
    figures = [10 * month for month in range(1, filled + 1)]
    form = Form(year(*figures), {"GY01": figures[-1]}, month=filled)
    document = judge(form, kind="xlsx")
    check(document, form)
    assert document["as_of"] == f"2024-{filled:02d}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", ["", "—", "/", "未统计", "5O", "很多"])
def test_what_carries_no_figure_moves_nothing(judge, cell, kind):
    document = judge(
        Form(HEAD + GY01.format(57, "2024-06") + GY10.format(cell, "2024-07")), kind=kind
    )
    assert document["as_of"] == "2024-06"
    assert by_code(document)["GY01"]["status"] == "on_track"


@pytest.mark.parametrize(
    ("row", "month"),
    [
        ("GY10,新竣工亿元项目,个,41,2024-07\n", "2024-07"),
        ("GY10,新竣工亿元项目,亿元,41,2024-07\n", "2024-07"),  # refused, but a figure
        ("XX99,,个,41,2024-07\n", "2024-06"),
        ("GY10,新竣工亿元项目,个,41,2023-07\n", "2024-06"),
    ],
)
def test_a_figure_of_a_known_target_moves_it(judge, row, month):
    assert judge(Form(HEAD + GY01.format(57, "2024-06") + row))["as_of"] == month


def test_nothing_filled_in_is_december(judge):
    assert judge(Form(HEAD + GY01.format("", "2024-06")))["as_of"] == "2024-12"


# Silence

BEHIND = GY01.format(30, "2024-05")  # 41.7 of 100 are due
FINE = GY01.format(57, "2024-05")
JUNE = GY10.format(36, "2024-06")


@pytest.mark.parametrize(
    ("header", "cells", "as_of"),
    [
        # Two columns that may both be the actual; a share alone; only the month's.
        ("完成值,实际值,单位,期间", "48,49,个,2024-06", "2024-06"),
        ("实际值,单位,期间", "48,万元,2024-06", "2024-06"),
        ("当月数,单位,期间", "8,个,2024-06", "2024-06"),
        # No figure at all.
        ("完成值,实际值,单位,期间", "5O,49x,个,2024-06", "2024-12"),
        ("完成值,实际值,单位,期间", ",,个,2024-06", "2024-12"),
    ],
)
def test_a_refused_figure_is_of_its_month_all_the_same(judge, header, cells, as_of):
    document = judge(Form(f"指标,{header}\n新开工亿元以上项目,{cells}\n"))
    assert document["as_of"] == as_of
    assert not document["results"][0]["actual"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", ["", GY01.format("", "2024-06"), GY01.format("—", "2024-06")])
def test_a_shortfall_gone_silent_counts_as_what_it_was(judge, blank, kind):
    document = judge(Form(HEAD + BEHIND + blank + JUNE), kind=kind)
    result = by_code(document)["GY01"]
    assert document["as_of"] == "2024-06"
    assert (result["status"], result["last_status"]) == ("no_data", "behind")
    assert result["actual"]["value"] == 30
    assert (document["summary"]["no_data"], document["summary"]["behind"]) == (
        sum(each["status"] == "no_data" for each in document["results"]),
        0,
    )
    assert document["exit_code"] == 1


def test_a_target_on_pace_gone_silent(judge):
    document = judge(Form(HEAD + FINE + JUNE))
    result = by_code(document)["GY01"]
    assert (result["status"], result["last_status"]) == ("no_data", "on_track")
    assert document["exit_code"] == 0


def test_only_a_target_with_an_older_figure_has_a_last_status(judge):
    document = judge(Form(HEAD + FINE + JUNE))
    last = {each["code"]: each["last_status"] for each in document["results"]}
    assert [code for code, status in last.items() if status] == ["GY01"]


def test_a_goal_that_was_reached_is_no_silence(judge):
    """A flow that already met its goal stays met."""
    document = judge(Form(HEAD + GY01.format(101, "2024-05") + JUNE))
    assert by_code(document)["GY01"]["status"] == "met"
    assert document["exit_code"] == 0


def test_how_silence_is_shown(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "报数.csv").write_bytes((HEAD + BEHIND + JUNE).encode())
    for output in ("table", "markdown"):
        done = run("verify", "报数.csv", "--targets", ROOT / "targets.yaml", "--format", output)
        assert done.code == 1
        assert "未填报（5月欠序时）" in done.out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("option", [("--fail-on", "missed"), ("--fail-on", "never")])
def test_a_shortfall_gone_silent_under_other_levels(judge, option):
    assert judge(Form(HEAD + BEHIND + JUNE), options=option)["exit_code"] == 0


def digest(run, tmp_path, monkeypatch, **months: str) -> str:
    monkeypatch.chdir(tmp_path)
    for month, rows in months.items():
        path = tmp_path / "报数" / f"2024-0{month[1:]}" / "发改委.csv"
        path.parent.mkdir(parents=True)
        path.write_bytes((HEAD + rows).encode())
    done = run("digest", "报数", "--targets", ROOT / "targets.yaml", "--format", "markdown")
    return done.out


def test_a_shortfall_gone_silent_stays_in_the_digest(run, tmp_path, monkeypatch):
    out = digest(run, tmp_path, monkeypatch, m5=BEHIND, m6=GY01.format("", "2024-06") + JUNE)
    (caught_up,) = [line for line in out.splitlines() if "赶上进度" in line]
    assert "GY01" not in caught_up
    assert "新开工亿元以上项目" not in caught_up
    assert "未填报（5月欠序时）" in out
    assert any("GY01" in line and "30个" in line for line in out.splitlines())


def test_an_accident_has_not_caught_up_in_the_digest(run, tmp_path, monkeypatch):
    may, june = AQ02.format(1, "2024-05"), AQ02.format(0, "2024-06")
    out = digest(run, tmp_path, monkeypatch, m5=may, m6=june + JUNE)
    (caught_up,) = [line for line in out.splitlines() if "赶上进度" in line]
    assert "AQ02" not in caught_up
    assert "重特大生产安全事故" not in caught_up
    assert any("AQ02" in line and "1起" in line for line in out.splitlines())


def test_the_last_line_is_true_whatever_it_counts(run, tmp_path, monkeypatch):
    """A shortfall that the exit code is told to leave out is a shortfall still."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报数.csv").write_bytes((HEAD + BEHIND).encode())
    targets = ("--targets", ROOT / "targets.yaml")
    done = run("verify", "报数.csv", *targets, "--fail-on", "never")
    assert done.code == 0
    assert "没有需要处理的问题" not in done.out + done.err


# Limits


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("later", ["0", "", "—"])
def test_an_accident_is_not_undone(judge, later, kind):
    rows = AQ02.format(1, "2024-05") + AQ02.format(later, "2024-06") + JUNE
    document = judge(Form(HEAD + rows), kind=kind)
    result = by_code(document)["AQ02"]
    assert (result["status"], result["actual"]["value"]) == ("missed", 1)
    assert document["exit_code"] == 1


def test_the_highest_of_several_is_shown(judge):
    rows = "".join(
        AQ02.format(count, f"2024-0{month}") for month, count in ((3, 1), (4, 2), (6, 0))
    )
    result = by_code(judge(Form(HEAD + rows)))["AQ02"]
    assert (result["status"], result["actual"]["value"]) == ("missed", 2)


def test_an_accident_that_was_none(judge):
    """The month's own figure is corrected by a later folder: nothing was exceeded."""
    forms = (
        Form(HEAD + AQ02.format(1, "2024-05"), name="2024-05/应急局"),
        Form(HEAD + AQ02.format(0, "2024-05") + AQ02.format(0, "2024-06"), name="2024-06/应急局"),
    )
    document = judge(*forms)
    assert (used(document)["AQ02"], by_code(document)["AQ02"]["status"]) == (0, "on_track")
    assert document["exit_code"] == 0


# Who reported

SENDERS = {
    "发改委": "GY01,新开工亿元以上项目,个,{},{}\n",
    "工信局": "GY12,全口径工业开票销售,亿元,{}0,{}\n",
    "科技局": "CX08,新签产业合作协议,个,{},{}\n",
    "住建局": "CS02,改造提升老旧小区,个,{},{}\n",
    "交通局": "CS07,新建改建农村四级公路,公里,{},{}\n",
}


def months(**reported: int) -> str:
    """Return rows of May by all five bureaus, and of June by so many of them."""
    may = "".join(
        line.format(30 + 60 * (code == "工信局"), "2024-05") for code, line in SENDERS.items()
    )
    june = [line.format(70 + 60 * (code == "工信局"), "2024-06") for code, line in SENDERS.items()]
    return HEAD + may + "".join(june[: reported["june"]])


@pytest.mark.parametrize(("june", "warned"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_month_that_few_have_reported(judge, june, warned):
    text = months(june=june)
    document = judge(Form(text))
    assert document["as_of"] == "2024-06"
    found = [
        each
        for each in of_level(document, "warning")
        if each["rule"] != "DT304" and re.search("发展和改革委员会|发改委", each["message"])
    ]
    assert bool(found) == warned
    if warned:
        assert not re.search("科学技术局|科技局", found[0]["message"])
    asked = judge(Form(text), options=("--as-of", "2024-06"))
    assert [each for each in of_level(asked, "warning") if each["rule"] != "DT304"] == []
