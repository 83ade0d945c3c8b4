"""What stands beside a figure: notes that tell of another month, and words that bound it."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check

TABLE = "指标,单位,实际值,期间,备注\n新开工亿元以上项目,个,57,2024-06,{}\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "note",
    [
        "数据截至5月底",
        "截至5月31日数据",
        "上月数",
        "1-5月数",
        "为1—5月数据",
        "此为5月数",
        "5月份数据，6月未出",
        "数据为2024年5月",
    ],
)
def test_notes_on_another_month_warn(judge, note, kind):
    form = Form(TABLE.format(note), {"GY01": 57}, warnings=((None, 2, "备注"),))
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize(
    "note",
    [
        "数据截至6月底",
        "1-6月数",
        "计划7月完成",
        "5个项目7月开工",
        "7月起新增2个标段",
        "预计9月底前达到80个",
        "四季度集中开工",
        "3月有2个项目停工，已复工",
        "5月以来连续下雨",
        "比5月多9个",
        "上月因用地停工，本月已复工",
        "6月数据",
        "12月底前完成全年任务",
        "下月集中开工8个",
        "去年同期51个",
        "截至6月30日",
    ],
)
def test_notes_that_name_months_of_plans_don_t(judge, note):
    form = Form(TABLE.format(note), {"GY01": 57})
    check(judge(form), form)


def test_a_note_on_the_month_of_an_earlier_row_is_right(judge):
    """May's figure says that it is May's."""
    form = Form(TABLE.format("5月数").replace("2024-06", "2024-05"), {"GY01": 57}, month=5)
    check(judge(form), form)


def test_other_columns_of_notes(judge):
    form = Form(
        "指标,单位,实际值,期间,说明\n新开工亿元以上项目,个,57,2024-06,数据截至5月底\n",
        {"GY01": 57},
        warnings=((None, 2, "5月"),),
    )
    check(judge(form), form)


# Bounds: GY01 is more than 100, GY10 at least 60, ZH02 at least 6 %, ZH01 about 6.5 %.


@pytest.mark.parametrize(
    ("name", "cell", "unit", "value", "status"),
    [
        ("新开工亿元以上项目", "超100", "个", 100, "met"),
        ("新开工亿元以上项目", "100以上", "个", 100, "missed"),
        ("新竣工亿元项目", "60以上", "个", 60, "met"),
        ("新竣工亿元项目", "超60", "个", 60, "met"),
        ("新竣工亿元项目", "约60", "个", 60, "near"),
        ("新竣工亿元项目", "60左右", "个", 60, "near"),
        ("新竣工亿元项目", "近60", "个", 60, "missed"),
        ("新竣工亿元项目", "不到60", "个", 60, "missed"),
        ("新竣工亿元项目", "约66", "个", 66, "met"),
        ("一般公共预算收入增长", "6以上", "%", 6, "met"),
        ("一般公共预算收入增长", "约6", "%", 6, "near"),
        ("一般公共预算收入增长", "近6", "%", 6, "missed"),
        ("一般公共预算收入增长", "7左右", "%", 7, "met"),
    ],
)
def test_bounds_at_the_goal(judge, name, cell, unit, value, status):
    document = judge(Form(f"指标,单位,实际值,期间\n{name},{unit},{cell},2024-12\n"))
    (result,) = [each for each in document["results"] if each["actual"]]
    assert (result["actual"]["value"], result["status"]) == (value, status)
    assert [each["rule"] for each in document["findings"] if each["level"] == "warning"] == [
        "DT303"
    ]
    assert document["exit_code"] == (1 if status == "missed" else 0)
