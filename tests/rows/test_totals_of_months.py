"""Twelve columns of single months with their total: the total is the year's figure, January alone never is."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, used

MONTHS = ",".join(f"{month}月" for month in range(1, 13))
HEAD = f"指标,单位,{MONTHS},合计\n"
FLOW = "新开工亿元以上项目,个,8,9,10,10,10,10,{},57\n"
NONE = ",,,,,"
ZEROS = "0,0,0,0,0,0"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        HEAD + FLOW.format(NONE),
        HEAD + FLOW.format(ZEROS),  # formulas that wait for their month
        "2024年6月\n" + HEAD + FLOW.format(ZEROS),
        "2024年6月\n" + HEAD + FLOW.format(NONE),
        "指标,单位,1月,2月,3月,4月,5月,6月,总计\n新开工亿元以上项目,个,8,9,10,10,10,10,57\n",
        "指标,单位,1月,2月,3月,4月,5月,6月,合计\n新开工亿元以上项目,个,8,9,10,10,20,0,57\n",
    ],
)
def test_the_total_is_the_newest_months(judge, text, kind):
    form = Form(text, {"GY01": 57}, infos=(("DT314", None, "有数的最后一个月"),))
    check(judge(form, kind=kind), form)


def test_a_title_of_a_later_month_and_a_form_filled_up_to_an_earlier(judge):
    """The total is May's, whatever June's title says: late."""
    text = "2024年6月\n" + HEAD + "新开工亿元以上项目,个,8,9,10,10,20,,,,,,,,57\n"
    document = judge(Form(text))
    (result,) = [each for each in document["results"] if each["code"] == "GY01"]
    last = result["actual"] or {}
    assert last.get("period") == "2024-05"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (HEAD + FLOW.format(NONE).replace(",57\n", ",58\n"), "DT212"),  # 57 by its months
        (HEAD + "新开工亿元以上项目,个,8,17,27,37,47,57,,,,,,,57\n", "DT212"),  # cumulative months
        ("2024年5月\n" + HEAD + FLOW.format(NONE), "DT211"),  # June's is in it
        (HEAD.replace(",合计", "") + FLOW.format(NONE).replace(",57\n", "\n"), "DT212"),
        (HEAD + FLOW.format(NONE).replace(",57\n", ",\n"), None),
    ],
)  # fmt: skip
def test_refused_aloud_and_never_january_alone(judge, text, rule):
    document = judge(Form(text))
    assert used(document) == {}
    assert document["exit_code"] != 0
    if rule:
        assert rule in {each["rule"] for each in document["findings"]}


def test_january_of_january_counts(judge):
    form = Form("指标,单位,1月,2月,3月\n新开工亿元以上项目,个,8,,\n", {"GY01": 8}, month=1)
    document = judge(form)
    assert used(document) == {"GY01": 8}


def test_a_level_is_no_sum(judge):
    text = HEAD + "规上工业企业总数,家,760,770,790,795,810,830,,,,,,,4755\n"
    document = judge(Form(text))
    assert used(document) == {"GY18": 830}


def test_under_a_title_of_cumulative_figures_the_months_count(judge):
    text = "2024年累计完成情况\n" + HEAD + "新开工亿元以上项目,个,8,17,27,37,47,57,,,,,,,193\n"
    document = judge(Form(text))
    assert used(document) == {"GY01": 57}
