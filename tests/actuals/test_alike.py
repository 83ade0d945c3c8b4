"""The same complaint of many rows or columns is one finding, with its count and its places."""

from __future__ import annotations

import pytest
from books import write_book
from making import by_code, rules
from openpyxl import load_workbook
from running import ROOT

from dtcheck.targets import load_targets

NAMES = ("GY01", "GY04", "GY05", "GY06", "GY10", "CX01", "CX07", "CX08", "XC13", "XC12")


@pytest.fixture
def book(run, tmp_path, monkeypatch):
    """Check a workbook of the given sheets, and return the JSON report."""
    monkeypatch.chdir(tmp_path)

    def checking(sheets, *options):
        write_book(tmp_path / "a.xlsx", sheets)
        targets = ("--targets", str(ROOT / "targets.yaml"), "--ignore", "DT305,DT306")
        return run("verify", "a.xlsx", *targets, "--format", "json", *options).json

    return checking


def sheet(heads, *figures, codes=NAMES):
    """Ten targets, each with the same figures below ``heads``."""
    return [["编号", *heads, "期间"], *([code, *figures, "2024-06"] for code in codes)]


@pytest.mark.parametrize(
    ("heads", "figures", "rule", "words"),
    [
        (["本月"], [3], "DT212", "只有“本月”（当月数）"),
        (["6月"], [3], "DT212", "只有“6月”（单独一个月的数）"),
        (["本年累计", "今年累计"], [3, 4], "DT104", "“本年累计”和“今年累计”两列"),
    ],
)
def test_a_column_that_is_wrong_for_ten_targets(book, heads, figures, rule, words):
    document = book({"报数表": sheet(heads, *figures)})
    (found,) = [each for each in document["findings"] if each["level"] == "error"]
    assert (found["rule"], found["count"], found["code"]) == (rule, 10, None)
    assert words in found["message"]
    # Rows 2 to 11 of the first column of figures.
    assert [each["cell"] for each in found["places"]] == [f"B{row}" for row in range(2, 12)]
    assert document["summary"]["errors"] == 1


def test_cells_that_differ_are_left_out_of_what_is_said_of_all(book):
    rows = [["编号", "本年累计", "今年累计", "期间"]]
    rows += [[code, at, at + 1, "2024-06"] for at, code in enumerate(NAMES, 3)]
    (found,) = [each for each in book({"报数表": rows})["findings"] if each["rule"] == "DT104"]
    assert found["message"].startswith("“本年累计”和“今年累计”两列")
    rows = rows[:2]
    (found,) = [each for each in book({"报数表": rows})["findings"] if each["rule"] == "DT104"]
    assert found["message"].startswith("“本年累计”（3）和“今年累计”（4）两列")
    assert (found["count"], found["code"]) == (1, "GY01")


def test_a_blank_total_beside_the_month_in_every_row(book):
    document = book({"报数表": sheet(["本月", "累计"], 3, None)})
    (found,) = [each for each in document["findings"] if each["rule"] == "DT319"]
    assert (found["level"], found["count"]) == ("warning", 10)
    assert found["message"] == "“累计”空着，“本月”却填了数，没有采用"


def test_the_sheet_of_the_month_beside_that_of_the_year(book):
    document = book({"本月": sheet(["本月"], 3), "累计": sheet(["累计"], 4)})
    (found,) = [each for each in document["findings"] if each["level"] == "error"]
    assert (found["rule"], found["sheet"], found["count"]) == ("DT212", "本月", 10)
    assert by_code(document)["GY01"]["actual"]["value"] == 4


def test_a_sheet_of_totals_equal_to_those_of_bureaus(book):
    sheets = {
        "汇总": sheet(["累计"], 4),
        "发改": sheet(["累计"], 4, codes=NAMES[:5]),
        "科技": sheet(["累计"], 4, codes=NAMES[5:]),
    }
    repeated = [each for each in book(sheets)["findings"] if each["rule"] == "DT207"]
    assert sorted((each["sheet"], each["count"]) for each in repeated) == [("发改", 5), ("科技", 5)]
    assert all("“汇总”表都报过了" in each["message"] for each in repeated)


def test_a_figure_that_differs_from_the_total_stays_its_own(book):
    other = sheet(["累计"], 4)
    other[3][1] = 5
    document = book({"汇总": sheet(["累计"], 4), "各局": other})
    (conflict,) = [each for each in document["findings"] if each["rule"] == "DT208"]
    assert conflict["code"] == "GY05"
    (repeated,) = [each for each in document["findings"] if each["rule"] == "DT207"]
    assert repeated["count"] == 9


def test_a_row_twice_in_one_sheet_is_told_by_its_target(book):
    rows = sheet(["累计"], 4)
    document = book({"报数表": [*rows, rows[1], rows[2]]})
    repeated = [each for each in document["findings"] if each["rule"] == "DT207"]
    assert [each["code"] for each in repeated] == ["GY01", "GY04"]


def test_unknown_columns_are_one_finding(book):
    heads = ["累计", *(f"第{at}镇" for at in range(1, 13))]
    document = book({"报数表": sheet(heads, 4, *[1] * 12)})
    (found,) = [each for each in document["findings"] if each["rule"] == "DT103"]
    assert (found["count"], found["cell"]) == (12, "C1")
    assert "“第1镇”、“第2镇”" in found["message"]


def test_a_word_in_every_month_of_a_row_is_one_for_the_target(book):
    heads = [f"1-{month}月" for month in range(2, 7)]
    rows = [["编号", *heads], *([code, *["x"] * 5] for code in NAMES[:2])]
    found = book({"报数表": rows})["findings"]
    assert [(each["rule"], each["code"], each["count"]) for each in found] == [
        ("DT202", "GY01", 5),
        ("DT202", "GY04", 5),
    ]


def test_what_is_said_of_many_reaches_each_target(book):
    sheets = {"报数表": sheet(["本月"], 3)}
    assert rules(book(sheets, "--select", "CX01")) == ["DT212"]
    assert rules(book(sheets, "--select", "MS")) == []


def test_each_target_fails_in_junit_and_is_marked_in_the_csv(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_book(tmp_path / "a.xlsx", {"报数表": sheet(["本月"], 3)})
    options = ("a.xlsx", "--targets", str(ROOT / "targets.yaml"))
    out = run("verify", *options, "--format", "junit").out
    assert out.count("<failure") == 10
    rows = run("verify", *options, "--format", "csv").out.splitlines()
    assert sum(",DT212," in row for row in rows) == 10


def test_a_digest_tells_every_bureau(run, tmp_path, monkeypatch):
    """GY01 is 发展和改革委员会's to mend, CX01 科学技术局's."""
    monkeypatch.chdir(tmp_path)
    both = [*sheet(["本月"], 3, codes=("GY01", "CX01"))]
    write_book(tmp_path / "a.xlsx", {"本月": both, "累计": sheet(["累计"], 4, codes=("XC13",))})
    run("digest", "a.xlsx", "--targets", str(ROOT / "targets.yaml"), "-o", "b.xlsx")
    doubts = load_workbook("b.xlsx")["存疑清单"]
    assert {"发展和改革委员会", "科学技术局"} <= {row[0].value for row in doubts.iter_rows()}


def test_twenty_places_are_listed_and_all_are_counted(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    codes = [each.code for each in load_targets(ROOT / "targets.yaml").targets if each.code < "GZ"]
    write_book(tmp_path / "a.xlsx", {"报数表": sheet(["二季度"], 3, codes=codes[:30])})
    options = ("a.xlsx", "--targets", str(ROOT / "targets.yaml"), "--ignore", "DT305,DT306")
    document = run("verify", *options, "--format", "json").json
    # Rates and flows are told apart; the flows are more than twenty.
    found = max(document["findings"], key=lambda each: each["count"])
    assert (found["rule"], found["count"] > 20, len(found["places"])) == ("DT212", True, 20)
    out = run("verify", *options, "--format", "github").out
    assert out.count(found["message"]) == 20
    table = "".join(run("verify", *options).out.split())
    assert f"等{found['count']}处" in table
