"""One column a month: which months are the year's so far, and which are a month alone."""

from __future__ import annotations

import pytest
from forms import ALL_KINDS, KINDS, Form, check, of_level, rows_of, used

WIDE = """
指标,单位,1月,1-2月,1-3月,1-4月,1-5月,1-6月,1-7月,1-8月,1-9月,1-10月,1-11月,1-12月
新开工亿元以上项目,个,9,18,27,37,47,57,,,,,,
新竣工亿元项目,个,6,11,17,23,29,36,,,,,,
"""
EXPORT = """
数据库：月度数据
时间：最近3个月
指标,2024年6月,2024年5月,2024年4月
规模以上工业增加值_累计增长(%),11.4,11.1,11.8
社会消费品零售总额_累计增长(%),8.4,8.6,8.2
注：以上为快报数
数据来源：统计部门
"""


def of_month(text: str, figures: dict[str, float], month: int, **more) -> Form:
    options = () if month == 6 else ("--as-of", f"2024-{month:02d}")
    return Form(text, figures, month, options=options, **more)


FORMS = {
    "wide": of_month(WIDE, {"GY01": 57, "GY10": 36}, 6),
    "wide, in May": of_month(WIDE, {"GY01": 47, "GY10": 29}, 5),
    "wide, in January": of_month(WIDE, {"GY01": 9, "GY10": 6}, 1),
    "the newest first": of_month(
        "指标,单位,1-6月,1-5月,1-4月\n新开工亿元以上项目,个,57,47,37\n", {"GY01": 57}, 6
    ),
    "with the year": of_month(
        "指标,单位,2024年1-4月,2024年1-5月,2024年1-6月\n新开工亿元以上项目,个,37,47,57\n",
        {"GY01": 47},
        5,
    ),
    "under one head that says so": Form(
        """
指标,单位,累计完成,,
,,4月,5月,6月
新开工亿元以上项目,个,37,47,57
""",
        {"GY01": 57},
        merged=("A1:A2", "B1:B2", "C1:E1"),
    ),
    "under a title that says so": Form(
        """
2024年重点项目累计完成情况
指标,单位,4月,5月,6月
新开工亿元以上项目,个,37,47,57
""",
        {"GY01": 57},
    ),
    "months that say so": Form(
        "指标,单位,4月累计,5月累计,6月累计\n新开工亿元以上项目,个,37,47,57\n", {"GY01": 57}
    ),
    "a name that says so": Form(
        "指标,单位,4月,5月,6月\n新开工亿元以上项目（累计）,个,37,47,57\n", {"GY01": 57}
    ),
    "levels need not say so": Form(
        """
指标,单位,2024年4月,2024年5月,2024年6月
绿色信贷规模,亿元,306,312,318
规上工业企业总数,家,790,801,812
""",
        {"CX12": 318, "GY18": 812},
    ),
    "flows must": Form(
        """
指标,单位,4月,5月,6月
绿色信贷规模,亿元,306,312,318
新开工亿元以上项目,个,10,10,10
""",
        {"CX12": 318},
        errors=((None, 3),),
        code=1,
    ),
    "January is the year so far": Form(
        "指标,单位,1月\n新开工亿元以上项目,个,9\n", {"GY01": 9}, month=1
    ),
    "quarters of a level": Form(
        "指标,单位,一季度,二季度\n绿色信贷规模,亿元,303,318\n", {"CX12": 318}
    ),
    "quarters under a title that says so": Form(
        "2024年累计完成情况\n指标,单位,一季度,二季度\n新开工亿元以上项目,个,27,57\n", {"GY01": 57}
    ),
    "half a year in spans": Form(
        "指标,单位,一季度,上半年\n新开工亿元以上项目,个,27,57\n", {"GY01": 57}
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_one_column_a_month(judge, form, kind):
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize(
    ("month", "figures"), [(6, {"ZH04": 11.4, "ZH06": 8.4}), (5, {"ZH04": 11.1, "ZH06": 8.6})]
)
def test_an_export_of_growth_so_far(judge, kind, month, figures):
    form = of_month(EXPORT, figures, month)
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_of_the_growth_of_a_month(judge, kind):
    """同比 under a bare month is that month's own."""
    document = judge(Form(EXPORT.replace("累计增长", "同比增长")), kind=kind)
    assert used(document) == {}
    (error,) = of_level(document, "error")
    assert rows_of(error) == [4, 5]
    assert document["exit_code"] == 1


@pytest.mark.parametrize(
    "heads", ["1月,2月,3月", "一季度,二季度,三季度", "2024年1月,2024年2月,2024年3月"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_months_after_the_first_are_refused_for_flows(judge, heads, kind):
    """The first is the year so far as it stands; the others are months alone."""
    document = judge(Form(f"指标,单位,{heads}\n新开工亿元以上项目,个,30,33,36\n"), kind=kind)
    assert used(document).get("GY01") in {None, 30}
    assert {each["row"] for each in of_level(document, "error")} == {2}
    assert document["exit_code"] == 1


def test_the_months_of_a_ledger_are_repeated_from_file_to_file(judge):
    """Each month's file holds all months before it: no repetition worth a word (DT207)."""
    head = "指标,单位,1-4月,1-5月,1-6月\n新开工亿元以上项目,个,"
    forms = (
        Form(head + "37,,\n", name="2024-04/台账"),
        Form(head + "37,47,\n", name="2024-05/台账"),
        Form(head + "37,47,57\n", {"GY01": 57}, name="2024-06/台账"),
    )
    document = judge(*forms)
    check(document, forms[-1])
    assert "DT207" not in {each["rule"] for each in document["findings"]}


def test_a_ledger_that_changes_an_old_month_says_so(judge):
    head = "指标,单位,1-5月,1-6月\n新开工亿元以上项目,个,"
    forms = (
        Form(head + "47,\n", name="2024-05/台账"),
        Form(head + "46,57\n", {"GY01": 57}, name="2024-06/台账", infos=(("DT310", None),)),
    )
    check(judge(*forms), forms[-1])
