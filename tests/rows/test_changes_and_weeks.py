"""Changes that are counted in days beside the days themselves, and the months of weekly reports."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, of_level, used

NAME = "空气质量优良天数变化"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"指标,单位,本年累计,增减,期间\n{NAME},天,150,5,2024-06\n", 5),
        (f"指标,单位,本年累计,上年同期,同比增减,期间\n{NAME},天,150,145,5,2024-06\n", 5),
        (f"指标,单位,完成值,上年同期,±,期间\n{NAME},天,142,145,-3,2024-06\n", -3),
        (f"指标,本年累计（天）,比上年增减（天）,期间\n{NAME},150,5,2024-06\n", 5),
        (f"指标,单位,本年累计,增减,增幅,期间\n{NAME},天,150,5,3.4,2024-06\n", 5),
        ("指标,单位,本年累计,同比增减,同比增长(%),期间\n优良天数同比增减,天,150,5,3.4,2024-06\n", 5),
        # no such column beside it: the figure itself
        (f"指标,单位,实际值,期间\n{NAME},天,5,2024-06\n", 5),
        (f"指标,单位,累计,增幅,期间\n{NAME},天,5,3.4,2024-06\n", 5),
    ],
)  # fmt: skip
def test_the_change_goes_before_the_days(judge, text, value, kind):
    form = Form(text, {"ST04": value})
    document = judge(form, kind=kind)
    assert used(document) == {"ST04": value}
    assert not of_level(document, "error")
    assert "DT302" not in {each["rule"] for each in document["findings"]}


def test_a_difference_in_yuan_is_no_growth(judge):
    """增减 of an amount is in 亿元 or in %: only goals that aren't in % take it for a difference."""
    form = Form(
        "指标,单位,本年累计,增减,期间\n社会消费品零售总额,亿元,182,8.4,2024-06\n", {"ZH06": 8.4}
    )
    check(judge(form), form)


@pytest.mark.parametrize("value", ["150", "51", "-51"])
def test_the_days_themselves_are_refused(judge, value):
    text = f"编号,指标,单位,实际值,期间\nST04,空气质量优良天数,天,{value},2024-06\n"
    document = judge(Form(text))
    (error,) = of_level(document, "error")
    assert (error["rule"], used(document)) == ("DT210", {})
    assert "增减" in error["hint"]


def test_the_days_after_a_change_that_was_read(judge):
    text = "编号,指标,单位,实际值,期间\nST04,空气质量优良天数,天,5,2024-05\nST04,空气质量优良天数,天,150,2024-06\n"
    document = judge(Form(text))
    assert [each["rule"] for each in of_level(document, "error")] == ["DT210"]


def test_under_the_name_of_the_change_150_is_doubted(judge):
    document = judge(Form(f"指标,单位,实际值,期间\n{NAME},天,150,2024-06\n"))
    assert used(document) == {"ST04": 150}
    assert [each["rule"] for each in of_level(document, "warning")] == ["DT302"]


def test_the_name_of_the_days_alone_names_no_target(judge):
    document = judge(Form("指标,单位,实际值,期间\n空气质量优良天数,天,150,2024-06\n"))
    (error,) = of_level(document, "error")
    assert (error["rule"], used(document)) == ("DT201", {})
    assert NAME in error["hint"]


# 2024 began on a Monday: its 25th week ended on June 23, the 26th on the 30th, the 27th on July 7.


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("第25周重点项目周报", 6),
        ("2024年第26周重点项目周报", 6),
        ("第27周重点项目周报", 7),
        ("重点项目周报（第5周）", 2),  # January 29 to February 4
        ("2024年第25周（6月17日-6月23日）重点项目周报", 6),
        ("2024年6月第4周周报", 6),  # the month goes before
        ("第52周周报", 12),
    ],
)
def test_the_week_of_a_title_is_its_months(judge, title, month):
    form = Form(f"{title}\n指标,单位,累计完成\n新开工亿元以上项目,个,57\n", {"GY01": 57}, month)
    document = judge(form)
    assert {each["actual"]["period"] for each in document["results"] if each["actual"]} == {
        f"2024-{month:02d}"
    }
    assert "DT314" in {each["rule"] for each in document["findings"]}


@pytest.mark.parametrize("title", ["第54周周报", "第0周周报", "周报", "第三周周报"])
def test_no_week_is_no_month(judge, title):
    text = f"{title}\n指标,单位,累计完成\n新开工亿元以上项目,个,57\n"
    document = judge(Form(text))
    assert "DT308" in {each["rule"] for each in document["findings"]}


def test_a_weekly_report_of_the_weeks_own_figures_is_refused(judge):
    document = judge(Form("第25周周报\n指标,单位,完成数\n新开工亿元以上项目,个,5\n"))
    assert (used(document), [each["rule"] for each in of_level(document, "error")]) == (
        {},
        ["DT212"],
    )
