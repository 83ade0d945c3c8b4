"""The examples, end to end, with expectations worked out from the report and by hand."""

from __future__ import annotations

import pytest
from running import EXAMPLES


def results(run, name):
    return {
        result["code"]: result
        for result in run("verify", EXAMPLES / name, "--format", "json").json["results"]
    }


def test_the_first_quarter_as_published(run):
    done = run("verify", EXAMPLES / "2024-q1.csv", "--format", "json")
    by_code = {result["code"]: result for result in done.json["results"]}
    assert done.code == 1
    assert done.json["as_of"] == "2024-03"
    # 39 of 100 and 25 of 60 against a quarter of the year; 6.8 against 6.5, 17.1 against 11.
    for code in ("ZH01", "ZH04", "GY01", "GY10"):
        assert by_code[code]["status"] == "on_track"
    assert by_code["GY01"]["gap_to_pace"] == pytest.approx(14)
    # A growth of 9.1 % can't answer 19亿美元.
    assert by_code["CX15"]["status"] == "no_data"
    assert [(f["rule"], f["row"], f["code"]) for f in done.json["findings"]] == [
        ("DT204", 7, "CX15")
    ]


def test_every_status_occurs_in_june(run):
    statuses = {result["status"] for result in results(run, "actuals.csv").values()}
    assert statuses == {
        "met",
        "on_track",
        "near",
        "open",
        "behind",
        "missed",
        "no_data",
        "not_due",
        "undecided",
    }


def test_last_year_against_this_years_goals(run):
    by_code = results(run, "2023-results.csv")
    # 7.5 ≥ 6.5左右; 91 is not over 100; 735 ≥ 500; 0.607亿美元 is half of 1.2亿美元.
    assert by_code["ZH01"]["status"] == "met"
    assert by_code["GY01"]["status"] == "missed"
    assert by_code["CX11"]["status"] == "met"
    assert by_code["CX16"]["actual"]["value"] == 0.607
    assert by_code["CX16"]["status"] == "missed"


def test_gb18030_as_excel_saves_it(run):
    by_code = results(run, "gb18030.csv")
    assert by_code["GY01"]["actual"]["value"] == 81
    assert by_code["CX16"]["actual"]["value"] == 0.712
