"""Names with the numbers and codes of a form before them, and rows that are layout whatever stands beside."""

from __future__ import annotations

import pytest
from forms import Form, check

NUMBERED = """
指标,单位,实际值,期间
1.1 新开工亿元以上项目,个,57,2024-06
1.2.新竣工亿元项目,个,36,2024-06
（一）新增规上工业企业,家,60,2024-06
①全口径工业开票销售,亿元,1120,2024-06
2) 新增养老床位,张,600,2024-06
3 新增托位,个,200,2024-06
一. 文化惠民活动,场,120,2024-06
1.50亿级重特大项目,个,1,2024-06
"""
CODED = """
指标,单位,实际值,期间
GY01 新开工亿元以上项目,个,57,2024-06
GY10-新竣工亿元项目,个,36,2024-06
gy17：新增规上工业企业数,家,60,2024-06
GY12_全口径工业开票销售,亿元,1120,2024-06
MS04新增养老床位,张,600,2024-06
MS05,个,200,2024-06
"""


@pytest.mark.parametrize("kind", ["gbk", "xlsx"])
@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            NUMBERED,
            {
                "GY01": 57,
                "GY10": 36,
                "GY17": 60,
                "GY12": 1120,
                "MS04": 600,
                "MS05": 200,
                "MS06": 120,
                "GY03": 1,
            },
        ),
        (
            CODED,
            {"GY01": 57, "GY10": 36, "GY17": 60, "GY12": 1120, "MS04": 600, "MS05": 200},
        ),
    ],
    ids=["list numbers", "codes"],
)
def test_numbers_and_codes_before_names(judge, kind, text, figures):
    form = Form(text, figures)
    check(judge(form, kind=kind), form)


def test_a_code_before_another_name_or_beside_another_code(judge):
    form = Form(
        """
编号,指标,单位,实际值,期间
,GY01 新竣工亿元项目,个,57,2024-06
GY10,GY01 新开工亿元以上项目,个,36,2024-06
,GY17-GY19,家,60,2024-06
,XX01 新增托位,个,200,2024-06
GY12,GY12 全口径工业开票销售,亿元,1120,2024-06
""",
        {"GY12": 1120},
        errors=(("DT209", 2), ("DT209", 3), ("DT201", 4), ("DT201", 5)),
        code=1,
    )
    check(judge(form, kind="gbk"), form)


@pytest.mark.parametrize(
    "row",
    [
        "合计,,97,",
        "合计（万元）,,97,",
        "合计：,共3项,97,",
        "小计5项,个,97,2024-06",
        "总计,3家,97,2024-06",
        "填表人,张三,3,2024-07-03",
        "填表人：张三  审核：李四,,3,",
        "审核人,李四,2,",
    ],
)
@pytest.mark.parametrize("kind", ["gbk", "xlsx"])
def test_what_is_layout_with_anything_beside_it(judge, kind, row):
    text = f"指标,单位,实际值,期间\n新开工亿元以上项目,个,57,2024-06\n{row}\n"
    form = Form(text, {"GY01": 57})
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", ["gbk", "xlsx"])
def test_a_total_in_the_first_column(judge, kind):
    text = "类别,指标,单位,实际值,期间\n工业,新开工亿元以上项目,个,57,2024-06\n合计,共1项,个,57,2024-06\n"
    form = Form(text, {"GY01": 57})
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("name", ["合计新开工数", "总计划投资", "小计算中心", "填表说明书"])
def test_what_only_begins_like_layout(judge, name):
    text = f"指标,单位,实际值,期间\n新开工亿元以上项目,个,57,2024-06\n{name},个,9,2024-06\n"
    form = Form(text, {"GY01": 57}, errors=(("DT201", 3),), code=1)
    check(judge(form, kind="gbk"), form)
