"""Which column is the actual: the year's figure so far, never the month's, the plan's, last year's."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check

# Figures by June, ahead of pace: 57 of 100, 36 of 60, 1120 of 2000.
FORMS = {
    "plain beside cumulative is the month": Form(
        """
指标,单位,完成值,累计,期间
新开工亿元以上项目,个,9,57,2024-06
全口径工业开票销售,亿元,171.5,1120,2024-06
""",
        {"GY01": 57, "GY12": 1120},
        infos=((None, None, "完成值"),),
    ),
    "nothing but the figures' header in the row below": Form(
        """
编号,指标,单位,期间,
,,,,完成数
GY01,新开工亿元以上项目,个,2024-06,57
""",
        {"GY01": 57},
    ),
    "cumulative at the left": Form(
        """
指标,单位,本年累计,本期,期间
新开工亿元以上项目,个,57,9,2024-06
""",
        {"GY01": 57},
        infos=((None, None, "本期"),),
    ),
    "filled in under the other of two": Form(
        """
编号,指标,单位,期间,实际值,累计数
GY01,新开工亿元以上项目,个,2024-06,,57
GY10,新竣工亿元项目,个,2024-06,,36
""",
        {"GY01": 57, "GY10": 36},
    ),
    "a monthly report in full": Form(
        """
2024年6月重点项目进度表
序号,指标,计量单位,年度计划,本月数,本月止累计,上年同期累计,完成率,备注
1,新开工亿元以上项目,个,100,9,57,51,57%,
2,新竣工亿元项目,个,60,6,36,30,60%,
""",
        {"GY01": 57, "GY10": 36},
    ),
    "one to this month": Form(
        """
2024年6月主要指标
指标,单位,本月,同比(%),1-本月,同比(%)
全口径工业开票销售,亿元,171.5,14.2,1120,9.8
""",
        {"GY12": 1120},
    ),
    "since the year began, not since the ground was broken": Form(
        """
指标,单位,自开工累计,自年初累计,期间
新开工亿元以上项目,个,148,57,2024-06
""",
        {"GY01": 57},
    ),
    "this year's goes before a bare total": Form(
        """
指标,单位,累计完成,本年完成,期间
新开工亿元以上项目,个,320,57,2024-06
""",
        {"GY01": 57},
    ),
    "the same months of two years": Form(
        """
指标,单位,2023年1-6月,2024年1-6月
新开工亿元以上项目,个,51,57
""",
        {"GY01": 57},
    ),
    "last year's total": Form(
        """
指标,单位,去年累计,今年累计,期间
新开工亿元以上项目,个,51,57,2024-06
""",
        {"GY01": 57},
    ),
    "the plan of the half-year": Form(
        """
指标,单位,1-6月计划,1-6月完成
新开工亿元以上项目,个,50,57
""",
        {"GY01": 57},
    ),
    "tasks and how they are fulfilled": Form(
        """
指标,单位,任务数,目标完成情况,期间
新开工亿元以上项目,个,100,57,2024-06
""",
        {"GY01": 57},
    ),
    "plan, done and share under one head": Form(
        """
指标名称,计量单位,实际值,,,期间
,,计划数,完成数,占比,
新开工亿元以上项目,个,100,57,57%,2024-06
新竣工亿元项目,个,60,36,60%,2024-06
""",
        {"GY01": 57, "GY10": 36},
        merged=("A1:A2", "B1:B2", "C1:E1", "F1:F2"),
    ),
    "month and total under one head": Form(
        """
东台市2024年6月重点项目进展
序号,指标名称,计量单位,年度目标,完成情况,,备注
,,,,本月,累计,
1,新开工亿元以上项目,个,100,9,57,
2,新竣工亿元项目,个,60,6,36,
""",
        {"GY01": 57, "GY10": 36},
        merged=("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:G3"),
    ),
    "this year and last under two heads": Form(
        """
指标,单位,上年同期,,本年,,期间
,,本月,累计,本月,累计,
新开工亿元以上项目,个,8,51,9,57,2024-06
""",
        {"GY01": 57},
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"),
    ),
    "three rows of heads": Form(
        """
指标,单位,2024年,,,2023年
,,1-6月,,6月,1-6月
,,累计,同比(%),本月,累计
全口径工业开票销售,亿元,1120,9.8,171.5,1020
一般公共预算收入,亿元,44.1,6.9,8.2,41.3
""",
        {"GY12": 1120, "ZH02": 6.9},
        merged=("A1:A3", "B1:B3", "C1:E1", "C2:D2"),
    ),
    "number and amount": Form(
        """
指标,累计完成,,期间
,数量（个）,金额（亿元）,
新签产业合作协议,66,4.1,2024-06
技术合同交易额,212,20.3,2024-06
""",
        {"CX08": 66, "CX09": 20.3},
        merged=("A1:A2", "B1:C1", "D1:D2"),
    ),
    "the month beside the year so far": Form(
        """
指标,单位,6月,1-6月,增长(%)
新开工亿元以上项目,个,9,57,11.8
""",
        {"GY01": 57},
    ),
    "years in the heads": Form(
        """
指标,单位,2023年,2024年目标,2024年1-6月完成,完成率
新开工亿元以上项目,个,91,100,57,57%
""",
        {"GY01": 57},
    ),
    "heads from right to left": Form(
        """
期间,累计,本月,上年累计,年度计划,单位,指标
2024-06,57,9,51,100,个,新开工亿元以上项目
2024-06,36,6,30,60,个,新竣工亿元项目
""",
        {"GY01": 57, "GY10": 36},
    ),
    "four rows of heads": Form(
        """
2024年重点项目
指标,单位,数,,,,期间
,,本年,,上年,,
,,本月,累计,本月,累计,
新开工亿元以上项目,个,9,57,8,51,2024-06
""",
        {"GY01": 57},
        merged=("A1:G1", "A2:A4", "B2:B4", "C2:F2", "C3:D3", "E3:F3", "G2:G4"),
    ),
    "two that differ": Form(
        """
指标,单位,累计完成,累计数,期间
新开工亿元以上项目,个,57,57,2024-06
新竣工亿元项目,个,33,36,2024-06
""",
        {"GY01": 57},
        errors=(("DT104", 3, "累计完成", "累计数", "--column"),),
        code=1,
    ),
    "blank beside a filled one": Form(
        """
指标,单位,完成值,累计,期间
新开工亿元以上项目,个,9,,2024-06
新竣工亿元项目,个,6,36,2024-06
""",
        {"GY10": 36},
        warnings=((None, 2, "累计"),),
    ),
    "a level: the balance at the month's end": Form(
        """
指标,单位,本月新增,累计发放,月末余额,期间
绿色信贷规模,亿元,4,61,318,2024-06
""",
        {"CX12": 318},
    ),
    "a level: the number at the end": Form(
        """
指标,单位,年内新增,期末总数,期间
规上工业企业总数,家,60,812,2024-06
""",
        {"GY18": 812},
    ),
    "a level: month and total": Form(
        """
指标,单位,本月,累计,期间
绿色信贷规模,亿元,5,318,2024-06
全口径工业开票销售,亿元,171.5,1120,2024-06
""",
        {"GY12": 1120},
        errors=((None, 2),),
        code=1,
    ),
    "a level: the end of last month and of this": Form(
        """
指标,单位,上月末余额,本月末余额,期间
绿色信贷规模,亿元,313,318,2024-06
""",
        {"CX12": 318},
    ),
    "sentences on what is done": Form(
        """
指标,单位,实际值,完成情况,期间
新开工亿元以上项目,个,57,已开工57个，另有6个正在办手续,2024-06
""",
        {"GY01": 57},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_column_that_is_meant(judge, form, kind):
    check(judge(form, kind=kind), form)
