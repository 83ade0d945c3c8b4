"""Forms of a trial with fresh eyes: each was misread, or a plain one refused."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, of_level

# By June half is due: 12 of 20 kilometres, 26 of 39 quarters, 540 of 1000 beds are ahead.
ROWS = "新建污水管网,公里,12\n改造提升老旧小区,个,26\n"
BOTH = {"CS03": 12, "CS02": 26}

FORMS = {
    # 318 is the balance; 28 is what it grew by.
    "a balance beside 比年初": Form(
        """
2024年6月金融运行
指标,单位,6月末,比年初,比上月
绿色信贷规模,亿元,318,28,5
""",
        {"CX12": 318},
    ),
    "nothing but 比年初": Form(
        """
2024年6月金融运行
指标,单位,比年初
绿色信贷规模,亿元,28
""",
        errors=(("DT212", 3, "比年初", "期末的数"),),
        code=1,
    ),
    "a rate since the year began": Form(
        """
2024年6月
指标,比年初(%)
一般公共预算收入,6.9
""",
        errors=(("DT212", 3),),
        code=1,
    ),
    # 44.1 - 41.25 = 2.85, which is 6.9 % of 41.25.
    "the difference and its share": Form(
        """
2024年6月
指标,本年累计,上年同期,增减额,增减%
一般公共预算收入,44.1,41.25,2.85,6.9
""",
        {"ZH02": 6.9},
    ),
    "the difference called 增减": Form(
        """
2024年6月
单位：万元
指标,本年累计,上年同期累计,增减,增减率
一般公共预算收入,441000,412500,28500,6.9
""",
        {"ZH02": 6.9},
    ),
    "a budget's table": Form(
        """
2024年4月财政收入执行情况表
单位：万元
指标,年初预算数,本月数,累计数,占预算%,上年同期累计,比上年增减额,比上年增减%
一般公共预算收入,60999,6100,24627,40.4,23000,1627,7.1
""",
        {"ZH02": 7.1},
        month=4,
    ),
    "nothing but the difference": Form(
        """
2024年6月
指标,本年累计,上年同期,增减额
一般公共预算收入,44.1,41.25,2.85
""",
        errors=(("DT212", 3, "增减额"),),
        code=1,
    ),
    "June alone beside the total, plans too": Form(
        """
2024年6月
指标,单位,6月目标,6月完成,累计目标,累计完成
新增养老床位,张,90,80,500,540
""",
        {"MS04": 540},
    ),
    "June alone beside a plan of the total": Form(
        """
指标,单位,6月完成,累计目标
新增养老床位,张,80,500
""",
        errors=(("DT212", 2),),
        code=1,
    ),
    "counts of firms": Form(
        """
2024年1-6月
指标,户数,金额（万元）
技术合同交易额,212,203000
完成股改企业,6,
""",
        {"CX09": 20.3, "CX06": 6},
    ),
    "how to fill in, in the header": Form(
        """
指标,单位,实际值（填1月至本月累计数，保留一位小数）,期间（格式：2024-06）
新建污水管网,公里,12,2024-06
""",
        {"CS03": 12},
    ),
    "from the first day to the last": Form(
        f"2024年1月1日至6月30日完成情况\n指标,单位,完成数\n{ROWS}",
        BOTH,
    ),
    "from a day to another": Form(
        f"2024年5月26日—6月25日完成情况\n指标,单位,完成数\n{ROWS}",
        errors=(("DT205", 3), ("DT205", 4)),
        code=1,
    ),
    "year and month in two columns": Form(
        """
年份,月份,指标,单位,累计完成
2024,5,新建污水管网,公里,10
2024,6,新建污水管网,公里,12
""",
        {"CS03": 12},
    ),
    "last year in a column of years": Form(
        """
年份,月份,指标,单位,累计完成
2023,6月,新建污水管网,公里,10
2024,6月,新建污水管网,公里,12
""",
        {"CS03": 12},
        errors=(("DT206", 2),),
        code=1,
    ),
    "last year beside one column a month": Form(
        """
年度,指标,单位,1-5月,1-6月
2023,新建污水管网,公里,9,10
2024,新建污水管网,公里,10,12
""",
        {"CS03": 12},
        errors=(("DT206", 2),),
        code=1,
    ),
    "a title of another year": Form(
        f"2023年度重点指标完成情况\n指标,单位,完成数\n{ROWS}",
        errors=(("DT206", 3, "2023"), ("DT206", 4, "2023")),
        code=1,
    ),
    "a title of another year over 1-6月": Form(
        f"2023年重点指标\n指标,单位,1-6月累计\n{ROWS}",
        errors=(("DT206", 3), ("DT206", 4)),
        code=1,
    ),
    "a title of another year over months in rows": Form(
        "2023年度台账\n指标,单位,完成数,月份\n新建污水管网,公里,10,6月\n",
        errors=(("DT206", 3),),
        code=1,
    ),
    "a title of two years": Form(
        f"2023年完成情况和2024年1-6月完成情况\n指标,单位,1-6月累计\n{ROWS}",
        BOTH,
    ),
    "a letter of last year": Form(
        f"2024年1-6月进展（东政发〔2023〕15号）\n指标,单位,累计完成\n{ROWS}",
        BOTH,
    ),
    "a folder of another year": Form(
        f"指标,单位,累计完成\n{ROWS}",
        name="2023年/6月/住建局",
        errors=(("DT206", 2), ("DT206", 3)),
        code=1,
    ),
    "a folder of this year": Form(
        f"指标,单位,累计完成\n{ROWS}",
        BOTH,
        name="2024年/06月/住建局",
    ),
    "a title that says plan": Form(
        f"2024年度目标任务分解表\n指标,单位,数值\n{ROWS}",
        errors=(("DT102", 2, "计划", "累计完成"),),
        code=2,
    ),
    "a title that says plan and done": Form(
        f"2024年目标任务完成情况（1-6月）\n指标,单位,数值\n{ROWS}",
        BOTH,
    ),
    "the plan above, what is done below": Form(
        f"""
一、2024年计划
指标,单位,目标值
新建污水管网,公里,20
二、2024年6月完成情况
指标,单位,完成值
{ROWS}""",
        BOTH,
    ),
    "the same with 数量 in both": Form(
        f"""
2024年度计划表
指标,单位,数量
新建污水管网,公里,20
2024年6月完成情况表
指标,单位,数量
{ROWS}""",
        BOTH,
    ),
    "a column of months that is called otherwise": Form(
        """
年月,指标,单位,数值
2024年06月,新建污水管网,公里,12
""",
        errors=(("DT205", 2, "年月", "--column 期间=年月"),),
        code=1,
    ),
    "such a column against the title": Form(
        """
2024年6月
年月,指标,单位,数值
2024-05,新建污水管网,公里,10
2024-06,改造提升老旧小区,个,26
""",
        {"CS02": 26},
        errors=(("DT205", 3, "年月"),),
        code=1,
    ),
    "a title that says last year's": Form(
        f"上年同期完成情况（1-6月）\n指标,单位,完成数\n{ROWS}",
        errors=(("DT102", 2, "上年", "今年"),),
        code=2,
    ),
    "a title that compares with last year": Form(
        f"2024年1-6月与上年同期对比情况\n指标,单位,完成数,上年同期\n{ROWS.replace('12', '12,10')}",
        BOTH,
    ),
    "a title that says expected": Form(
        f"2024年全年预计完成情况表\n指标,单位,完成数\n{ROWS}",
        errors=(("DT102", 2, "预计"),),
        code=2,
    ),
    "a title that says what the report expects": Form(
        f"2024年1-6月主要预期目标完成情况\n指标,单位,完成数\n{ROWS}",
        BOTH,
    ),
    "a title of one month": Form(
        f"2024年6月份当月完成情况\n指标,单位,完成数\n{ROWS}",
        errors=(("DT212", 3), ("DT212", 4)),
        code=1,
    ),
    "the growth under a title of one month": Form(
        "2024年6月当月主要指标\n指标,增速%\n规上工业增加值,12.1\n",
        errors=(("DT212", 3),),
        code=1,
    ),
    "one month and the total under a title of one month": Form(
        f"2024年6月当月及累计完成情况\n指标,单位,完成数\n{ROWS}",
        BOTH,
    ),
    "tasks of a month": Form(
        f"2024年6月重点任务\n指标,单位,数量\n{ROWS}",
        BOTH,
    ),
    "the office for plans": Form(
        f"东台市发展计划委员会2024年6月指标\n指标,单位,数值\n{ROWS}",
        BOTH,
    ),
    "tasks with a column of months": Form(
        "2024年目标任务\n指标,单位,数值,期间\n新建污水管网,公里,12,2024-06\n",
        {"CS03": 12},
    ),
    "a year that is about the form": Form(
        "东统表字2023年第5号，2023年12月印发\n指标,单位,累计完成,期间\n新建污水管网,公里,12,6月\n",
        {"CS03": 12},
    ),
    "a share in a column without a name": Form(
        "2024年6月\n指标,,单位,累计完成\n城市污水收集率,占比,%,81\n",
        {"CS05": 81},
    ),
    "numbers of projects": Form(
        "2024年6月\n指标,项目数,总投资（亿元）\n新开工亿元以上项目,57,210\n",
        {"GY01": 57},
    ),
    "zeros drawn down below the rows": Form(
        f"指标,单位,1-6月累计\n{ROWS},,0\n,,0\n",
        BOTH,
    ),
}

BOOKS = {
    "plan and done in sheets": Form(
        {
            "年度目标": "指标,单位,年度目标\n新建污水管网,公里,20\n改造提升老旧小区,个,39\n",
            "6月完成": f"指标,单位,完成值\n{ROWS}",
        },
        BOTH,
    ),
    "plan and done in sheets, 数值 in both": Form(
        {
            "目标": "指标,单位,数值\n新建污水管网,公里,20\n",
            "6月完成": f"指标,单位,数值\n{ROWS}",
        },
        BOTH,
        infos=(("DT311", None, "目标", "计划"),),
    ),
    "a sheet a year": Form(
        {
            "2023年": "指标,单位,1-5月累计,1-6月累计,1-7月累计\n新建污水管网,公里,9,10,13\n",
            "2024年": "指标,单位,1-5月累计,1-6月累计,1-7月累计\n新建污水管网,公里,11,12,\n",
        },
        {"CS03": 12},
        infos=(("DT311", None, "2023"),),
    ),
    "a sheet of last year alone": Form(
        {"2023年": f"指标,单位,完成数\n{ROWS}"},
        errors=(("DT206", None, "2023"),),
        code=1,
    ),
    "a sheet of last year's months": Form(
        {
            "上年同期": "指标,单位,完成数,期间\n新建污水管网,公里,10,6月\n",
            "今年": f"指标,单位,1-6月完成数\n{ROWS}",
        },
        BOTH,
        infos=(("DT311", None, "上年"),),
    ),
    "a sheet of the month and one of the total": Form(
        {
            "本月": "2024年6月\n指标,单位,完成数\n新建污水管网,公里,2.1\n",
            "累计": f"2024年6月\n指标,单位,完成数\n{ROWS}",
        },
        BOTH,
        errors=(("DT212", 3),),
        code=1,
    ),
    "plan and done under a column without a name": Form(
        """
2024年6月
指标,单位,,1-6月
新建污水管网,公里,计划,10
,,完成,12
""",
        {"CS03": 12},
        merged=("A3:A4", "B3:B4"),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form(judge, form, kind):
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("form", BOOKS.values(), ids=BOOKS)
def test_a_workbook(judge, form):
    check(judge(form, kind="xlsx"), form)


def test_a_form_without_names_is_told_how_to_name_them(judge):
    form = Form("名目,单位,1-6月累计完成\n新建污水管网,公里,12\n")
    [error] = of_level(judge(form), "error")
    assert "--column 指标=" in error["hint"]
