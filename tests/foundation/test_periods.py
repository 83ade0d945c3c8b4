"""Every way of writing a period in design §4, and what is refused."""

from __future__ import annotations

import pytest

from dtcheck.actuals import Period, PeriodError, parse_period
from dtcheck.headers.sources import filed_month, path_sources
from dtcheck.mentions import told_by
from dtcheck.periods import may_be_october


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
        ("2024年6月底", "2024-06"),
        ("2024年6月份", "2024-06"),
        ("2024年6", "2024-06"),
        ("2024.6月", "2024-06"),
        ("2024-06月份", "2024-06"),
        ("2024/6月末", "2024-06"),
        ("2024.6月底", "2024-06"),
        ("2024.6.30", "2024-06"),
        ("2024-06-05", "2024-06"),
        ("2024-6-5", "2024-06"),
        ("2024/6/15", "2024-06"),
        ("2024/7/31", "2024-07"),
        ("20240605", "2024-06"),
        ("2024/6/30 0:00", "2024-06"),
        ("2024-06-30 00:00:00.000", "2024-06"),
        ("2024-06-30T00:00:00", "2024-06"),
        ("2024年6月30日 8:30", "2024-06"),
        ("2024.6", "2024-06"),
        ("2024.06", "2024-06"),
        ("Jun-24", "2024-06"),
        ("jun-2024", "2024-06"),
        ("24-Jun", "2024-06"),
        ("2024-Jun", "2024-06"),
        ("June-24", "2024-06"),
        ("24-June", "2024-06"),
        ("September-2024", "2024-09"),
        ("6月", "2024-06"),
        ("6月份", "2024-06"),
        ("6月末", "2024-06"),
        ("6月底", "2024-06"),
        ("6月累计", "2024-06"),
        ("1-6月累计", "2024-06"),
        ("12月", "2024-12"),
        ("1-6月", "2024-06"),
        ("1—6月", "2024-06"),
        ("1–6月", "2024-06"),
        ("1―6月", "2024-06"),
        ("1～6月", "2024-06"),
        ("1~6月", "2024-06"),
        ("1至6月", "2024-06"),
        ("1月-6月", "2024-06"),
        ("1到6月", "2024-06"),
        ("1月至6月份", "2024-06"),
        ("01-06月", "2024-06"),
        ("10月", "2024-10"),
        ("1月", "2024-01"),
        ("1-12月", "2024-12"),
        ("2024年1-6月", "2024-06"),
        ("上半年", "2024-06"),
        ("2024年上半年", "2024-06"),
        ("一季度", "2024-03"),
        ("第一季度", "2024-03"),
        ("1季度", "2024-03"),
        ("首季", "2024-03"),
        ("半年", "2024-06"),
        ("前两季度", "2024-06"),
        ("前二季度", "2024-06"),
        ("前3季度", "2024-09"),
        ("三季度末", "2024-09"),
        ("年度", "2024-12"),
        ("全年度", "2024-12"),
        ("2024年度", "2024-12"),
        ("2024全年", "2024-12"),
        ("2024年全年度", "2024-12"),
        ("2024年上半年累计", "2024-06"),
        ("1999年一季度", "1999-03"),
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
        ("二季度", "“二季度”不是从年初累计的，请改报“上半年”的累计数"),
        ("第二季度", "“二季度”不是从年初累计的，请改报“上半年”的累计数"),
        ("2季度", "“2季度”不是从年初累计的，请改报“上半年”的累计数"),
        ("2024年二季度", "“二季度”不是从年初累计的，请改报“上半年”的累计数"),
        ("三季度", "“三季度”不是从年初累计的，请改报“前三季度”的累计数"),
        ("3季度", "“3季度”不是从年初累计的，请改报“前三季度”的累计数"),
        ("四季度", "“四季度”不是从年初累计的，请改报“全年”的累计数"),
        ("4季度", "“4季度”不是从年初累计的，请改报“全年”的累计数"),
        ("下半年", "“下半年”不是从年初累计的，请改报“全年”的累计数"),
        ("4-6月", "“4-6月”不是从 1 月累计的，请改报“1-6月”的累计数"),
        ("6-6月", "“6-6月”不是从 1 月累计的，请改报“1-6月”的累计数"),
        ("0-6月", "“0-6月”不是从 1 月累计的，请改报“1-6月”的累计数"),
        ("2024-13", "没有 13 月，核对期间"),
        ("2024-00", "没有 0 月，核对期间"),
        ("13月", "没有 13 月，核对期间"),
        ("0月", "没有 0 月，核对期间"),
        ("202413", "没有 13 月，核对期间"),
    ],
)
def test_what_is_not_cumulative_or_no_month_says_what_to_write(text, advice):
    with pytest.raises(PeriodError) as error:
        parse_period(text, 2024)
    assert str(error.value) == advice


@pytest.mark.parametrize(
    ("name", "month"),
    [("Jan", 1), ("Feb", 2), ("Mar", 3), ("Apr", 4), ("May", 5), ("Jun", 6), ("Jul", 7),
     ("Aug", 8), ("Sep", 9), ("Oct", 10), ("Nov", 11), ("Dec", 12)],
)  # fmt: skip
def test_the_months_as_excel_names_them(name, month):
    for text in (f"{name}-24", f"{name}-2024", f"24-{name}", name.upper() + "-24"):
        assert parse_period(text, 2023) == Period(2024, month)


@pytest.mark.parametrize(
    "text",
    ["", "半年报", "6月左右", "六月份左右", "Foo-24", "24-Foo", "Ju-24", "24-Ju", "Jun-240", "240-Jun", "2024-06-32",
     "2024-06-00", "06-2024x", "1-6", "6", "昨天", "2024--06", "240", "20240632", "2024063100", "2024-006", "24-06",
     "2024-06-30 0:0", "2024-06-30 :00", "-6月", "1-月", "1月6月", "2024-06-30 000:00", "2024-06-30 00:00:0", "2100年6月1-6月", "1-106月", "101-6月", "106月", "X2024年"],
)  # fmt: skip
def test_what_is_no_period_says_how_to_write_one(text):
    with pytest.raises(PeriodError) as error:
        parse_period(text, 2025)
    assert str(error.value) == "写成 2025-06、2025年6月、1-6月、上半年、前三季度或全年"


def test_a_period_without_a_year_is_of_the_targets_year():
    assert parse_period("上半年", 2025) == Period(2025, 6)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("submissions/2024-06/a.csv", "2024-06"),
        ("2024-06.csv", "2024-06"),
        ("工信局2024-06报数.csv", "2024-06"),
        ("2024-05/更正-2024-06.csv", "2024-05"),  # filed in the folder's month
        ("2023-12/更正-2024-06.csv", "2023-12"),
        ("2024-05/2024-06/a.csv", "2024-06"),  # the nearest
        ("更正/发改委-2024-06.csv", "2024-06"),
        ("2024-06-30.csv", None),  # a date of sending, or of whatever
        ("截至2024-06-30.csv", "2024-06"),
        ("1999-10.csv", "1999-10"),
        ("2024-01/a.csv", "2024-01"),
        ("2024-00.csv", None),
        ("2124-06.csv", None),
        ("2024-13/a.csv", None),
        ("12024-06.csv", None),
        ("2024-061.csv", None),
        ("actuals.csv", None),
    ],
)
def test_the_period_of_a_path(path, expected):
    found = filed_month(path_sources(path, 2024))
    assert (found and str(found)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *(
            (f"2024年{month}月/a.csv", "2024-06")
            for month in ("6", "06", "1-6", "1—6", "1–6", "1~6", "1至6")
        ),
        ("1999年12月.csv", "1999-12"),
        ("2024年10月.csv", "2024-10"),
        ("202406.csv", "2024-06"),
        ("报表199912（二）.csv", "1999-12"),
        ("2024-05/2024年6月.csv", "2024-05"),
        ("6月.csv", "2024-06"),
        ("上半年/a.csv", "2024-06"),
        ("前三季度.csv", "2024-09"),
        ("2024Q2.csv", "2024-06"),
        ("2024 6月.csv", "2024-06"),
        ("24年6月.csv", "2024-06"),
        ("23年6月.csv", "2023-06"),
        ("1-6月12件民生实事.csv", "2024-06"),  # no day
        ("2024年6月报表（20240705报）.csv", "2024-06"),
        ("〔2024〕15号 1-6月.csv", "2024-06"),
    ],
)
def test_months_in_paths_as_people_write_them(path, expected):
    assert str(filed_month(path_sources(path, 2024))) == expected


@pytest.mark.parametrize(
    "path",
    # Other numbers of as many figures, and months that say no year, no 月, or are none.
    [
        *(
            "12024年6月",
            "924年6月",
            "024年6月",
            "3024年6月",
            "2024年-6月",
            "2024年6",
            "2024年6月5日",
            "〔2024〕15号",
            "表1-6",
            "(6)",
            "6.30",
            "2024年",
            "全年",
            "2024年13月",
        ),
        *(
            "2024年0月",
            "2024年2-6月",
            "1202406",
            "2024061",
            "20240630",
            "202413",
            "202400",
            "302406",
            "92406",
            "02406",
            "20242",
        ),
        *(f"{mark}202406" for mark in "09azAZbB"),
        *(f"202406{mark}" for mark in "09azAZbB"),
    ],
)
def test_numbers_in_paths_that_are_no_months(path):
    assert filed_month(path_sources(path, 2024)) is None


@pytest.mark.parametrize(
    "text", ["截至6月", "截止6月", "截至到6月", "截止到6月", "截至2024-06", "前2季度"]
)
def test_up_to_a_month(text):
    assert str(parse_period(text, 2024)) == "2024-06"


@pytest.mark.parametrize(
    "text", ["截6月", "至6月", "截到6月", "6月截至", "截至", "到6月", "截至至6月"]
)
def test_words_that_only_look_like_up_to(text):
    with pytest.raises(PeriodError):
        parse_period(text, 2024)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        *((text, True) for text in ("2024.1", "1999.1", " ２０２４．１ ")),
        *((text, False) for text in ("2024.10", "2024.2", "2024-1", "2024,1", "3024.1", "1024.1")),
        *((text, False) for text in ("x2024.1", "12024.1", "202.1", "2024.1x")),
    ],
)
def test_what_may_be_october(text, may):
    assert may_be_october(text) is may


@pytest.mark.parametrize(
    ("month", "words"),
    [(1, "2024年1月"), (2, "2024年1-2月"), (11, "2024年1-11月"), (12, "2024年全年")],
)
def test_a_period_in_words(month, words):
    assert Period(2024, month).words == words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2023-06", "2023-06"),
        ("6月", "2024-06"),
        ("1-6月", "2024-06"),
        ("上半年", "2024-06"),
        ("一季度", "2024-03"),
        ("前三季度", "2024-09"),
        ("二季度", "2024-06"),  # nobody calls a sheet so for anything else
        ("13月", None),
        ("全年", None),  # a sheet of yearly goals, rather
        ("2024", None),
        ("工业", None),
    ],
)
def test_the_period_of_a_sheet(name, expected):
    found = told_by(name, 2024).period
    assert (found and str(found)) == expected
