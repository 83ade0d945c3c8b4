"""A report for people who reckon on: its findings as a table, and what a notebook shows."""

from __future__ import annotations

import pandas as pd
import pytest
from lxml import html
from making import SMALL, write

from dtcheck.actuals import Period, read_submissions
from dtcheck.judge import Policy, build_report
from dtcheck.targets import load_targets

# By June GY01 is at 10 of 100 with 50 due, and nobody says why; XX99 is no target; 约160 is soft.
# The line break in a cell parts rows from lines: the last row is the fourth and begins in line 5.
ROWS = """\
编号,实际值,单位,期间,备注
GY01,10,个,6月,
XX99,1,个,6月,"一
二"
GY02,约160,亿元,6月,<b>好</b>
"""
COLUMNS = ["rule", "level", "message", "hint", "file", "row", "column", "code", "count"]


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)

    def making(rows=ROWS, policy=None):
        write(tmp_path / "a.csv", rows)
        file = load_targets("targets.yaml")
        return build_report(file, read_submissions(["a.csv"], file), Period(2024, 6), policy)

    return making


def test_one_row_a_finding(report):
    made = report()
    frame = made.findings_frame()
    assert list(frame.columns) == COLUMNS
    assert [(*each,) for each in frame[["rule", "level", "row", "column", "code"]].values] == [
        ("DT306", "warning", 2, "备注", "GY01"),
        ("DT201", "error", 3, "编号", ""),
        ("DT303", "warning", 4, "实际值", "GY02"),
    ]
    assert list(frame["message"]) == [finding.message for finding in made.findings]
    assert list(frame["hint"]) == [finding.hint for finding in made.findings]
    assert set(frame["file"]) == {"a.csv"}
    assert list(frame["count"]) == [1, 1, 1]
    # The heaviest come first in the order of the category.
    assert frame["level"].min() == "error"


def test_places_that_are_missing_and_findings_of_many_places(report):
    rows = "编号,实际值,单位,期间,备注\n" + "GY01,60,个,6月,\n" * 4
    (repeated,) = report(rows).findings_frame().itertuples()
    assert (repeated.rule, repeated.row, repeated.count) == ("DT207", 3, 3)
    (empty,) = report("编号,实际值\n").findings_frame().itertuples()
    assert (empty.rule, empty.column, empty.code) == ("DT105", "", "")
    assert pd.isna(empty.row)


def test_no_findings_are_an_empty_table_of_the_same_columns(report):
    none = report("编号,实际值,单位,期间\nGY01,60,个,6月\n").findings_frame()
    assert (len(none), list(none.columns)) == (0, COLUMNS)
    assert none.dtypes.equals(report().findings_frame().dtypes)


def test_a_notebook_shows_a_table(report):
    made = report(policy=Policy(select=("GY",)))
    page = html.fragment_fromstring(made._repr_html_(), create_parent="div")
    assert page.xpath("p")[0].text_content() == "东台市 截至 2024-06：3 项，3 个数据问题"
    assert page.xpath("table/thead/tr/th/text()") == [
        "编号",
        "指标",
        "目标",
        "实际",
        "完成率",
        "状态",
        "牵头单位",
    ]
    rows = [row.xpath("td/text()") for row in page.xpath("table/tbody/tr")]
    assert [row[0] for row in rows] == ["GY01", "GY02", "GY03"]
    first = rows[0]
    # 10 of 100; 40 points under pace is red.
    assert (first[3], first[4], first[5]) == ("10个", "10.0%", "× 欠序时")
    # Nothing was heard of it: no zero.
    assert rows[2][3:6] == ["–", "–", "– 未填报"]


def test_what_a_file_holds_stays_text_in_a_notebook(report, tmp_path):
    write(tmp_path / "targets.yaml", SMALL.replace("东台市", "<script>"))
    assert "<script>" not in report()._repr_html_()


def test_a_report_says_in_a_line_what_it_is(report):
    assert repr(report(policy=Policy(select=("GY",)))) == (
        "<Report 2024-06: 3 results, 3 findings, exit_code 1>"
    )
