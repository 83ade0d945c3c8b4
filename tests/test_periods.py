"""Every way of writing a period in DESIGN §4, and what is refused."""

from __future__ import annotations

import pytest

from dtcheck.actuals import Period, PeriodError, parse_period
from dtcheck.actuals.periods import period_of_path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-06", "2024-06"),
        ("2024年6月", "2024-06"),
        ("2024年06月", "2024-06"),
        ("202406", "2024-06"),
        ("20240630", "2024-06"),
        ("2024/6", "2024-06"),
        ("2024-06-30", "2024-06"),
        ("2024/6/30", "2024-06"),
        ("2024/6/30 0:00:00", "2024-06"),
        ("2024-06-30 00:00:00", "2024-06"),
        ("2024年6月30日", "2024-06"),
        ("2024年6月末", "2024-06"),
        ("2024.6", "2024-06"),
        ("2024.06", "2024-06"),
        ("Jun-24", "2024-06"),
        ("jun-2024", "2024-06"),
        ("24-Jun", "2024-06"),
        ("6月", "2024-06"),
        ("6月份", "2024-06"),
        ("12月", "2024-12"),
        ("1-6月", "2024-06"),
        ("1—6月", "2024-06"),
        ("1–6月", "2024-06"),
        ("1~6月", "2024-06"),
        ("1至6月", "2024-06"),
        ("1月-6月", "2024-06"),
        ("1月", "2024-01"),
        ("1-12月", "2024-12"),
        ("2024年1-6月", "2024-06"),
        ("上半年", "2024-06"),
        ("2024年上半年", "2024-06"),
        ("一季度", "2024-03"),
        ("第一季度", "2024-03"),
        ("1季度", "2024-03"),
        ("前三季度", "2024-09"),
        ("2024年前三季度", "2024-09"),
        ("全年", "2024-12"),
        ("2024年全年", "2024-12"),
        ("2024年", "2024-12"),
        ("2024", "2024-12"),
        # Full-width, spaces
        ("２０２４－０６", "2024-06"),
        ("２０２４年６月", "2024-06"),
        (" 1 - 6 月 ", "2024-06"),
        ("1－6月", "2024-06"),
        # another year is understood here, and refused as DT206 by whoever knows the year
        ("2023-06", "2023-06"),
        ("Dec-23", "2023-12"),
        ("2025年一季度", "2025-03"),
    ],
)
def test_periods(text, expected):
    assert str(parse_period(text, 2024)) == expected


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("二季度", "上半年"),
        ("第二季度", "上半年"),
        ("2024年二季度", "上半年"),
        ("三季度", "前三季度"),
        ("四季度", "全年"),
        ("下半年", "全年"),
        ("4-6月", "1-6月"),
        ("6-6月", "1-6月"),
        ("2024-13", "没有 13 月"),
        ("2024-00", "没有 0 月"),
        ("13月", "没有 13 月"),
        ("0月", "没有 0 月"),
        ("202413", "没有 13 月"),
    ],
)
def test_what_is_not_cumulative_or_no_month_says_what_to_write(text, advice):
    with pytest.raises(PeriodError, match=advice):
        parse_period(text, 2024)


@pytest.mark.parametrize(
    "text",
    ["", "半年报", "6月左右", "六月份左右", "Foo-24", "2024-06-32", "06-2024x", "1-6", "6", "昨天", "2024--06", "240"],
)  # fmt: skip
def test_what_is_no_period_says_how_to_write_one(text):
    with pytest.raises(PeriodError, match="写成 2024-06"):
        parse_period(text, 2024)


def test_a_period_without_a_year_is_of_the_targets_year():
    assert parse_period("上半年", 2025) == Period(2025, 6)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("submissions/2024-06/a.csv", "2024-06"),
        ("2024-06.csv", "2024-06"),
        ("工信局2024-06报数.csv", "2024-06"),
        ("2024-05/更正-2024-06.csv", "2024-06"),  # the last match
        ("2024-06-30.csv", "2024-06"),
        ("2024-13/a.csv", None),
        ("12024-06.csv", None),
        ("2024-061.csv", None),
        ("actuals.csv", None),
    ],
)
def test_the_period_of_a_path(path, expected):
    found = period_of_path(path)
    assert (found and str(found)) == expected


@pytest.mark.parametrize(
    ("month", "words"),
    [(1, "2024年1月"), (2, "2024年1-2月"), (11, "2024年1-11月"), (12, "2024年全年")],
)
def test_a_period_in_words(month, words):
    assert Period(2024, month).words == words
