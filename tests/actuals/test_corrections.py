"""Which of several figures counts: later folders, marked files, the lead's own; and errors mended since."""

from __future__ import annotations

import pytest
from making import SMALL, write

HEAD = "编号,实际值,单位,期间,填报单位,下达目标,备注\n"
TARGETS = SMALL.replace("goal: assigned %, measure: rate", "goal: assigned %, measure: rate")


@pytest.fixture
def told(run, tmp_path, monkeypatch):
    """A call that writes files of rows and returns the JSON of a run on all of them."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", TARGETS)

    def telling(files, *more):
        for name, rows in files.items():
            write(tmp_path / "in" / name, HEAD + "".join(f"{row}\n" for row in rows))
        return run("verify", "in", "--targets", "t.yaml", *more, "--format", "json").json

    return telling


def value_of(document, code="GY01"):
    result = next(each for each in document["results"] if each["code"] == code)
    return result["actual"] and result["actual"]["value"]


def status_of(document, code="ST01"):
    return next(each["status"] for each in document["results"] if each["code"] == code)


def of_rule(document, rule):
    return [each for each in document["findings"] if each["rule"] == rule]


def row(value, period="5月", bureau="", code="GY01", unit="个", goal="", note="有"):
    return f"{code},{value},{unit},{period},{bureau},{goal},{note}"


# Within one month of filing what is marked goes first, wherever the word stands.
@pytest.mark.parametrize(
    "name",
    [
        "2024-05/发改委更正.csv",
        "2024-05/发改委（更正）.csv",
        "2024-05/发改委-修订版.csv",
        "2024-05/发改委_重报2.csv",
        "2024-05/发改委 更新版.csv",
        "2024-05/更正/发改委.csv",
        "2024-05/a/重报/b/发改委.csv",
        "2024-05更正/发改委.csv",
        "2024年5月（修订）/发改委.csv",
    ],
)
def test_what_is_marked_corrects(told, name):
    document = told({"2024-05/发改委.csv": [row(50)], name: [row(48)]})
    assert value_of(document) == 48
    assert of_rule(document, "DT208") == []
    (found,) = of_rule(document, "DT310")
    assert (found["level"], found["file"]) == ("info", f"in/{name}")
    assert "由 50个 更正为 48个" in found["message"]


@pytest.mark.parametrize(
    "name",
    [
        "2024-05/更正说明附表.csv",
        "2024-05/发改委更新.csv",
        "2024-05/修订发改委.csv",
        "更正/2024-05/发改委.csv",
    ],
)
def test_what_is_not_marked_does_not(told, name):
    document = told({"2024-05/一.csv": [row(50)], name: [row(48)]})
    assert value_of(document) is None
    assert len(of_rule(document, "DT208")) == 1


def test_a_later_folder_goes_before_a_mark(told):
    files = {"2024-05/a更正.csv": [row(48)], "2024-06/a.csv": [row(51)]}
    assert value_of(told(files, "--as-of", "2024-05")) == 51


@pytest.mark.parametrize(("second", "value"), [(48, 48), (49, None)])
def test_two_marked_ones(told, second, value):
    bureaus = ("发改委", "科技局")
    files = {
        "2024-05/a.csv": [row(50)],
        "2024-05/b更正.csv": [row(48, bureau=bureaus[0])],
        "2024-05/c更正.csv": [row(second, bureau=bureaus[1])],
    }
    document = told(files)
    assert value_of(document) == value
    assert len(of_rule(document, "DT208")) == (value is None)


# The lead of GY01 is 发展和改革委员会: by the row, else by the name of the file.
@pytest.mark.parametrize(
    ("files", "value"),
    [
        ({"2024-05/a.csv": [row(50, bureau="科技局")], "2024-05/b.csv": [row(48, bureau="市发改委")]}, 48),
        ({"2024-05/科技局.csv": [row(50)], "2024-05/发改委.csv": [row(48)]}, 48),
        ({"2024-05/科技局.csv": [row(50)], "2024-05/a.csv": [row(48, bureau="发改委")]}, 48),
        # The row says more than the name of the file.
        ({"2024-05/发改委.csv": [row(50, bureau="科技局")], "2024-05/科技局.csv": [row(48, bureau="发改委")]}, 48),
        ({"2024-05/a.csv": [row(50, bureau="科技局"), row(48, bureau="发改委")]}, 48),
        # Whose the other is nobody knows, or both are the lead's, or neither.
        ({"2024-05/a.csv": [row(50)], "2024-05/发改委.csv": [row(48)]}, None),
        ({"2024-05/a.csv": [row(50, bureau="某局")], "2024-05/发改委.csv": [row(48)]}, None),
        ({"2024-05/a.csv": [row(50, bureau="发改委")], "2024-05/发改委.csv": [row(48)]}, None),
        ({"2024-05/科技局.csv": [row(50)], "2024-05/市监局.csv": [row(48)]}, None),
    ],
)  # fmt: skip
def test_the_leads_own_figure(told, files, value):
    document = told(files)
    assert value_of(document) == value
    assert len(of_rule(document, "DT208")) == (value is None)
    overruled = [each for each in of_rule(document, "DT307") if "采用牵头单位的" in each["message"]]
    assert [each["level"] for each in overruled] == ["warning"] * (value is not None)
    if overruled:
        assert "牵头单位发展和改革委员会报 48个，别的单位报 50个" in overruled[0]["message"]


def test_every_overruled_row_is_counted(told):
    rows = [row(50, bureau="科技局"), row(51, bureau="市监局"), row(50, bureau="科技局", note="二")]
    document = told({"2024-05/a.csv": [*rows, row(48, bureau="发改委")]})
    assert value_of(document) == 48
    (found,) = [each for each in of_rule(document, "DT307") if "采用" in each["message"]]
    assert found["count"] == 3
    assert "别的单位报 50个、51个" in found["message"]


# A 5O of May that June's folder corrects is history; one that nobody corrects stays an error.
@pytest.mark.parametrize(
    ("cell", "unit", "rule"),
    [
        ("5O", "个", "DT202"),
        ("50", "圆", "DT203"),
        ("50", "亩", "DT204"),
        ("-5", "个", "DT210"),
        ("50.5", "个", "DT210"),
        ("50亩", "", "DT204"),
    ],
)
@pytest.mark.parametrize("name", ["2024-06/发改委.csv", "2024-05/发改委（更正）.csv"])
def test_an_error_that_is_mended_is_an_info(told, cell, unit, rule, name):
    may = {"2024-05/发改委.csv": [row(cell, unit=unit)]}
    document = told(may, "--fail-on", "data")
    (found,) = of_rule(document, rule)
    assert (found["level"], document["exit_code"]) == ("error", 1)
    document = told({**may, name: [row(48)]}, "--as-of", "2024-06", "--fail-on", "data")
    (found,) = of_rule(document, rule)
    assert (found["level"], document["exit_code"]) == ("info", 0)
    assert f"（已由 in/{name} 第2行 更正）" in found["message"]
    assert value_of(document) == 48


@pytest.mark.parametrize(
    "later",
    [
        [row("5O")],
        [row(48, period="6月")],
        [row(48), row(49)],
        [row(48, code="GY02", unit="亿元")],
        [row("—")],
    ],
)
def test_what_mends_no_error(told, later):
    document = told({"2024-05/a.csv": [row("5O")], "2024-06/a.csv": later}, "--fail-on", "data")
    found = [each for each in of_rule(document, "DT202") if each["file"] == "in/2024-05/a.csv"]
    assert [each["level"] for each in found] == ["error"]
    assert document["exit_code"] == 1


def test_an_earlier_or_equal_figure_mends_nothing(told):
    document = told({"2024-05/a.csv": [row("5O"), row(48)], "2024-05/b.csv": [row("4B")]})
    assert [each["level"] for each in of_rule(document, "DT202")] == ["error", "error"]
    assert value_of(document) == 48


def test_a_bad_goal_is_not_mended_by_a_figure(told):
    rows = [row(3, code="ST01", unit="%", goal="约三")]
    later = [row(3.1, code="ST01", unit="%")]
    document = told({"2024-05/a.csv": rows, "2024-06/a.csv": later})
    assert [each["level"] for each in of_rule(document, "DT202")] == ["error"]


def test_what_needs_a_figure_and_has_none(told):
    # Only the month's is filled: of May, and June's folder has the cumulative one.
    write_head = "编号,本月,期间\nGY01,8,5月\n"
    told({})
    from pathlib import Path

    write(Path("in/2024-05/a.csv"), write_head)
    document = told({"2024-06/a.csv": [row(48)]})
    assert [each["level"] for each in of_rule(document, "DT212")] == ["info"]


# A limit once exceeded stays missed, unless the month's own figure is corrected.
def test_a_limit_is_mended_by_its_own_month_alone(told):
    broken = {"2024-05/a.csv": [row(1, code="ST02", unit="起")]}
    june = row(0, code="ST02", unit="起", period="6月")
    document = told({**broken, "2024-06/a.csv": [june]})
    assert (status_of(document, "ST02"), value_of(document, "ST02")) == ("missed", 1)
    may = row(0, code="ST02", unit="起", period="5月")
    document = told({**broken, "2024-06/a.csv": [june, may]})
    assert (status_of(document, "ST02"), value_of(document, "ST02")) == ("on_track", 0)


# 下达目标 by month: 3 % from March, 3.5 % from August. 3.2 keeps the one and not the other.
def test_a_revised_goal_holds_from_its_month_on(told):
    files = {
        f"2024-{month:02d}/a.csv": [row(3.2, f"{month}月", code="ST01", unit="%", goal=goal)]
        for month, goal in ((2, ""), (3, "3"), (6, "3"), (8, "3.5"), (9, ""))
    }
    for month, status in (
        (2, "undecided"),
        (3, "on_track"),
        (6, "on_track"),
        (8, "behind"),
        (9, "behind"),
    ):
        assert status_of(told(files, "--as-of", f"2024-{month:02d}")) == status
    document = told(files)
    assert of_rule(document, "DT208") == []
    (found,) = of_rule(document, "DT310")
    assert "ST01 能耗降幅 的下达目标由 ≥3% 改为 ≥3.5%（8 月起）" in found["message"]
    assert (found["level"], found["file"]) == ("info", "in/2024-08/a.csv")


def test_a_goal_filed_again_for_its_month(told):
    first = row(3.2, code="ST01", unit="%", goal="3")
    again = row(3.2, code="ST01", unit="%", goal="3.5")
    document = told({"2024-05/a.csv": [first], "2024-06/a.csv": [again]})
    assert status_of(document) == "behind"
    assert "（后来的文件）" in of_rule(document, "DT310")[0]["message"]
    document = told({"2024-05/a.csv": [again], "2024-06/a.csv": [first]})
    assert status_of(document) == "on_track"


def test_two_goals_of_one_filing_are_in_conflict_until_one_is_set_anew(told):
    two = [row(3.2, code="ST01", unit="%", goal=goal) for goal in ("3", "3.5")]
    document = told({"2024-05/a.csv": two})
    assert (status_of(document), len(of_rule(document, "DT208"))) == ("undecided", 1)
    later = [row(3.2, "7月", code="ST01", unit="%", goal="3")]
    files = {"2024-05/a.csv": two, "2024-07/a.csv": later}
    assert status_of(told(files, "--as-of", "2024-06")) == "undecided"
    assert status_of(told(files, "--as-of", "2024-07")) == "on_track"


def test_a_goal_without_a_month_holds_all_year(told):
    files = {
        "目标.csv": ["ST01,—,%,,,3,"],
        "2024-06/a.csv": [row(3.2, "6月", code="ST01", unit="%")],
    }
    assert status_of(told(files)) == "on_track"
