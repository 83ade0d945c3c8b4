"""Heads that offices use where a form has no 指标 or 期间: read without a word, or told what to turn."""

from __future__ import annotations

import pytest
from forms import ALL_KINDS, KINDS, Form, check, of_level, used

ROW = "新开工亿元以上项目"
NAMES = "项目 指标项目 工作内容 目标任务 重点工作 重点任务 考核指标 任务名称".split()
PERIODS = "报告期 统计期 时间 数据截止期 所属期 统计月份 数据时间".split()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", NAMES)
def test_names_under_another_head(judge, head, kind):
    form = Form(f"序号,{head},单位,累计完成,期间\n1,{ROW},个,57,2024-06\n", {"GY01": 57})
    document = judge(form, kind=kind)
    check(document, form)
    assert document["findings"] == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # the surest head holds the names
        (f"重点工作,具体指标,单位,1-6月完成\n项目建设,{ROW},个,57\n", {"GY01": 57}),
        (f"重点工作,指标,单位,1-6月完成\n项目建设,{ROW},个,57\n", {"GY01": 57}),
        (f"项目,指标,单位,1-6月完成\n实际,{ROW},个,57\n", {"GY01": 57}),
        (f"重点工作,单位,目标任务,1-6月完成\n{ROW},个,100,57\n", {"GY01": 57}),
        # beside a code 目标任务 is the goal
        ("编号,目标任务,单位,1-6月完成\nGY01,100,个,57\n", {"GY01": 57}),
        ("编号,目标任务,单位,1-6月完成\nZH02,6,%,6.9\n", {"ZH02": 6.9}),
        (f"编号,项目,单位,1-6月完成\nGY01,{ROW},个,57\n", {"GY01": 57}),
        (f"项目,1-6月完成（个）\n{ROW},57\n", {"GY01": 57}),
    ],
)
def test_which_of_several_heads_holds_the_names(judge, text, figures):
    form = Form(text, figures)
    check(judge(form), form)


@pytest.mark.parametrize(
    "text",
    [
        "项目,投资额（万元）,累计完成,期间\n某公司扩建,3000,500,2024-06\n某公司新建,3000,700,2024-06\n",
        "项目,数值,期间\n甲,3,2024-06\n",
        "工作内容,完成数\n召开会议,3\n",
    ],
)
def test_a_table_of_other_things_is_no_form(judge, text):
    """One finding, not one a row."""
    document = judge(Form(text))
    assert [each["rule"] for each in document["findings"]] == ["DT102"]
    assert document["exit_code"] == 2


def test_a_table_of_other_things_above_the_form(judge):
    above = "项目,数值\n" + "".join(f"第{at}号,{at}\n" for at in range(1, 520))
    form = Form(f"{above}指标,单位,累计完成,期间\n{ROW},个,57,2024-06\n", {"GY01": 57})
    document = judge(form)
    assert used(document) in ({}, {"GY01": 57})  # too far down to be looked for: said, not dropped
    assert used(document) or document["exit_code"] == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", PERIODS)
@pytest.mark.parametrize("month", ["2024年1-6月", "202406", "2024-06-30"])
def test_months_under_another_head(judge, head, kind, month):
    form = Form(f"{head},指标,单位,数值\n{month},{ROW},个,57\n", {"GY01": 57})
    document = judge(form, kind=kind)
    check(document, form)
    assert document["findings"] == []


def test_the_column_called_so_goes_before_such_heads(judge):
    form = Form(f"指标,单位,数值,期间,时间\n{ROW},个,57,2024-06,2024-07-03\n", {"GY01": 57})
    check(judge(form), form)


# Years


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (f"2024年1-6月\n指标,单位,2023,2024\n{ROW},个,91,57\n", {"GY01": 57}),
        (f"2024年1-6月\n指标,单位,2024,2023\n{ROW},个,57,91\n", {"GY01": 57}),
        (f"2024年1-6月\n指标,单位,2022,2023,2024,2025\n{ROW},个,80,91,57,120\n", {"GY01": 57}),
        (
            "2024年1-6月\n指标,单位,2024,2023,增速\n社会消费品零售总额,亿元,182,170,8.4\n",
            {"ZH06": 8.4},
        ),
        (f"指标,单位,2023,2024,期间\n{ROW},个,91,57,1-6月\n", {"GY01": 57}),
    ],
)  # fmt: skip
def test_bare_years_are_last_years_and_this_years(judge, text, figures, kind):
    form = Form(text, figures)
    check(judge(form, kind=kind), form)


def test_last_years_column_alone_is_no_actual(judge):
    document = judge(Form(f"2024年1-6月\n指标,单位,2023\n{ROW},个,91\n"))
    assert (used(document), document["exit_code"]) == ({}, 2)


# Units


@pytest.mark.parametrize(
    ("name", "unit", "code", "value"),
    [
        ("农房改善", "户（家）", "XC17", 1200),
        ("新增规上工业企业", "户（家）", "GY17", 60),
        ("新增规上工业企业", "家(户)", "GY17", 60),
        ("文化惠民活动", "场（次）", "MS06", 120),
        ("新开工亿元以上项目", "个/项", "GY01", 57),
        ("新开工亿元以上项目", "个、项", "GY01", 57),
    ],
)
def test_two_counting_words_in_one_cell(judge, name, unit, code, value):
    form = Form(f"指标,单位,实际值,期间\n{name},{unit},{value},2024-06\n", {code: value})
    check(judge(form), form)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("接待游客", "人（次）"),  # which of both?
        ("全口径工业开票销售", "亿元（万元）"),
        ("新开工亿元以上项目", "户（人）"),
        ("新开工亿元以上项目", "个（亿元）"),
        ("新开工亿元以上项目", "个（家、户）"),
    ],
)
def test_two_units_of_which_the_goal_has_none_or_that_differ(judge, name, unit):
    document = judge(Form(f"指标,单位,实际值,期间\n{name},{unit},57,2024-06\n"))
    assert [each["rule"] for each in of_level(document, "error")] == ["DT203"]
    assert used(document) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_behind_a_slash(judge, kind):
    form = Form(
        """
指标/单位,实际值,期间
新建污水管网/公里,12,2024-06
新开工亿元以上项目/个,57,2024-06
全口径工业开票销售／亿元,1120,2024-06
""",
        {"CS03": 12, "GY01": 57, "GY12": 1120},
    )
    document = judge(form, kind=kind)
    check(document, form)
    assert document["findings"] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        f"2024年1-6月\n指标,累计完成,上年同期\n,个,个\n{ROW},57,50\n",
        f"2024年1-6月\n指标,累计完成,上年同期\n单位,个,个\n{ROW},57,50\n",
        f"2024年1-6月\n指标,累计完成,同比\n（单位）,（个）,（%）\n{ROW},57,12\n",
        f"2024年1-6月\n指标,累计完成,同比\n计量单位,个,%\n{ROW},57,12\n",
    ],
)
def test_units_in_a_row_of_their_own(judge, text, kind):
    form = Form(text, {"GY01": 57})
    document = judge(form, kind=kind)
    check(document, form)
    assert "DT305" not in {each["rule"] for each in document["findings"]}


def test_a_row_of_units_that_says_more_than_units(judge):
    form = Form(
        f"指标,累计完成,期间\n单位,57,2024-06\n{ROW},57,2024-06\n",
        {"GY01": 57},
        errors=(("DT201", 2),),
        code=1,
    )
    check(judge(form), form)


# Tables that stand the other way


def test_two_tables_side_by_side(judge):
    text = """
指标,单位,累计完成,指标,单位,累计完成
新开工亿元以上项目,个,57,新竣工亿元项目,个,36
新增规上工业企业,家,60,市本级重大项目,个,70
"""
    document = judge(Form(text))
    (error,) = of_level(document, "error")
    assert (error["rule"], document["exit_code"], used(document)) == ("DT112", 2, {})
    assert "左右并排" in error["message"]


@pytest.mark.parametrize(
    "text",
    [
        "指标,新开工亿元以上项目,新竣工亿元项目\n单位,个,个\n累计完成,57,36\n",
        "期间,新开工亿元以上项目数,新竣工亿元项目数\n2024-05,47,30\n2024-06,57,36\n",
        "2024年1-6月\n,GY01新开工亿元以上项目,固定资产投资增速,新竣工亿元项目\n完成,57,10.5,36\n".replace(
            "GY01", ""
        ),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_across(judge, text, kind):
    document = judge(Form(text), kind=kind)
    (error,) = of_level(document, "error")
    assert (document["exit_code"], used(document)) == (2, {})
    assert "转置" in error["hint"]


def test_a_table_across_beside_a_form_is_not_passed_over(judge):
    sheets = {
        "报数": f"指标,单位,实际值,期间\n{ROW},个,57,2024-06\n",
        "其他": "期间,新竣工亿元项目,新增规上工业企业\n2024-06,36,60\n",
    }
    document = judge(Form(sheets), kind="xlsx")
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 2)


@pytest.mark.parametrize("word", ["行标签", "Row Labels"])
def test_a_summary_by_excel_beside_a_form(judge, word):
    sheets = {
        "报数": f"指标,单位,实际值,期间\n{ROW},个,57,2024-06\n新竣工亿元项目,个,36,2024-06\n",
        "Sheet2": f"\n{word},求和项:实际值\n{ROW},57\n新竣工亿元项目,36\n总计,93\n",
    }
    form = Form(sheets, {"GY01": 57, "GY10": 36}, infos=(("DT311", None, "整张表没有参与检查"),))
    check(judge(form, kind="xlsx"), form)


def test_a_summary_by_excel_alone(judge):
    document = judge(Form({"Sheet2": f"行标签,求和项:实际值\n{ROW},57\n总计,57\n"}), kind="xlsx")
    assert (used(document), document["exit_code"]) == ({}, 2)
