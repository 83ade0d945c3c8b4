"""Rows that are no actuals: headers once more, plans, totals, signatures, and rows that broke."""

from __future__ import annotations

import pytest
from forms import ALL_KINDS, KINDS, Form, check, matches, of_level, used
from openpyxl import load_workbook

FORMS = {
    "two tables": Form(
        """
表一
指标,单位,实际值,目标
新开工亿元以上项目,个,57,100

表二
指标,单位,目标,实际值
新竣工亿元项目,个,60,36
市本级重大项目,个,125,70
""",
        {"GY01": 57, "GY10": 36, "GY06": 70},
        name="2024-06/发改委",
    ),
    "the second in another unit": Form(
        """
指标,累计完成（亿元）,期间
全口径工业开票销售,1120,2024-06
指标,期间,累计完成（万元）
技术合同交易额,2024-06,203000
""",
        {"GY12": 1120, "CX09": 20.3},
    ),
    "the second with the month": Form(
        """
指标,单位,累计完成,备注
新开工亿元以上项目,个,57,
指标,单位,本月,累计
新竣工亿元项目,个,6,36
""",
        {"GY01": 57, "GY10": 36},
        name="2024-06/发改委",
    ),
    "the second with two rows of heads": Form(
        """
指标,单位,实际值,期间,
新开工亿元以上项目,个,57,2024-06,
,,,,
指标,单位,完成情况,,期间
,,本月,累计,
新竣工亿元项目,个,6,36,2024-06
""",
        {"GY01": 57, "GY10": 36},
        merged=("C4:D4",),
    ),
    "three tables": Form(
        """
一、项目
指标,单位,年度目标,实际值
新开工亿元以上项目,个,100,57
二、工业
指标,年度目标,实际值,单位
全口径工业开票销售,2000,1120,亿元
三、创新
指标,实际值,单位,年度目标
新签产业合作协议,66,个,100
""",
        {"GY01": 57, "GY12": 1120, "CX08": 66},
        name="2024-06/汇总",
    ),
    "the same header on every page": Form(
        """
指标,单位,实际值,期间
新开工亿元以上项目,个,57,2024-06
指标,单位,实际值,期间
新竣工亿元项目,个,36,2024-06
""",
        {"GY01": 57, "GY10": 36},
    ),
    "plan and done in two rows": Form(
        """
指标,类型,单位,实际值,期间
新开工亿元以上项目,计划,个,100,2024-06
新开工亿元以上项目,实际,个,57,2024-06
新竣工亿元项目,计划,个,60,2024-06
新竣工亿元项目,实际,个,36,2024-06
""",
        {"GY01": 57, "GY10": 36},
        infos=((None, None, "计划"),),
    ),
    "nothing but the plan": Form(
        """
指标,类型,单位,实际值,期间
新开工亿元以上项目,计划,个,100,2024-06
新竣工亿元项目,实际,个,36,2024-06
""",
        {"GY10": 36},
        warnings=((None, 2, "计划"),),
    ),
    "month and total in two rows": Form(
        """
指标,口径,单位,实际值,期间
新开工亿元以上项目,本月,个,9,2024-06
新开工亿元以上项目,累计,个,57,2024-06
""",
        {"GY01": 57},
    ),
    "kinds of projects": Form(
        """
类别,指标,单位,实际值,期间
重点项目,新开工亿元以上项目,个,57,2024-06
重点工作,新竣工亿元项目,个,36,2024-06
""",
        {"GY01": 57, "GY10": 36},
    ),
    "totals and signatures": Form(
        """
指标,单位,实际值,期间
新开工亿元以上项目,个,57,2024-06
小计,个,57,2024-06
合 计,,57,
总计,个,57,2024-06
填表人：×××,,2024-07-03,
填报日期,,2024-07-03,
审核人,,×××,
制表人：,,13800000000,
""",
        {"GY01": 57},
    ),
    "a row of letters and numbers": Form(
        """
序号,指标,单位,实际值,期间
甲,乙,丙,1,2
1,新开工亿元以上项目,个,57,2024-06
,合计,,57,
""",
        {"GY01": 57},
    ),
    "numbers of columns": Form(
        """
编号,指标,单位,年度目标,实际值,期间
甲,乙,1,2,3,4
GY01,新开工亿元以上项目,个,100,57,2024-06
小计,,个,100,57,2024-06
""",
        {"GY01": 57},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_rows_that_are_meant(judge, form, kind):
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("head", ["类型", "口径", "类别", "项目"])
@pytest.mark.parametrize("cell", ["计划", "年度计划", "目标", "上年同期", "本月"])
def test_columns_that_say_what_a_row_is(judge, head, cell):
    form = Form(
        f"指标,{head},单位,实际值,期间\n"
        f"新开工亿元以上项目,{cell},个,41,2024-06\n"
        "新开工亿元以上项目,累计,个,57,2024-06\n",
        {"GY01": 57},
        infos=((None, None, cell),),
    )
    check(judge(form), form)


# Rows with more cells than the header


@pytest.mark.parametrize("kind", ["utf-8", "gbk", "tab"])
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("全口径工业开票销售,亿元,2024-06,1,120.5,无", ("1,120.5",)),
        ("全口径工业开票销售,万元,2024-06,11,205,000,无", ("11,205,000",)),
        ("新竣工亿元项目,个,2024-06,36,雨多,用地慢", ()),
        ("新竣工亿元项目,个,,2024-06,36,无", ()),
    ],
)
def test_a_row_with_more_cells_than_the_header(judge, kind, broken, said):
    form = Form(
        f"指标,单位,期间,实际值,备注\n{broken}\n新开工亿元以上项目,个,2024-06,57,无\n",
        {"GY01": 57},
        errors=((None, 2, *said),),
        code=1,
    )
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("head", ["指标,单位,期间,实际值", "指标,单位,期间,实际值,,"])
def test_blanks_at_the_end_of_every_row(judge, kind, head):
    form = Form(
        f"{head}\n新开工亿元以上项目,个,2024-06,57,,\n新竣工亿元项目,个,2024-06,36,,\n",
        {"GY01": 57, "GY10": 36},
    )
    check(judge(form, kind=kind), form)


def test_what_stands_right_of_a_workbooks_header_is_passed_over(judge):
    form = Form(
        "指标,单位,期间,实际值\n新开工亿元以上项目,个,2024-06,57,已核\n新竣工亿元项目,个,2024-06,36\n",
        {"GY01": 57, "GY10": 36},
    )
    document = judge(form, kind="xlsx")
    check(document, form)
    assert of_level(document, "info")


# Hidden sheets

SHOWN = "编号,指标,单位,实际值,期间\nGY01,新开工亿元以上项目,个,,2024-06\nGY10,新竣工亿元项目,个,36,2024-06\n"


def test_a_hidden_copy_is_left_out_and_named(judge):
    old = "编号,指标,单位,实际值,期间\nGY01,新开工亿元以上项目,个,99,2024-06\n"
    form = Form(
        {"报表": SHOWN, "备份": old},
        {"GY10": 36},
        hidden=("备份",),
        warnings=((None, None, "备份"),),
    )
    check(judge(form, kind="xlsx"), form)


@pytest.mark.parametrize(
    "list_of_names", ["填报单位\n发改委\n科技局\n", "编号,指标,单位,实际值,期间\nGY01,,,,\n", "\n"]
)
def test_a_hidden_list_is_left_out_without_a_warning(judge, list_of_names):
    form = Form({"报表": SHOWN, "下拉": list_of_names}, {"GY10": 36}, hidden=("下拉",))
    check(judge(form, kind="xlsx"), form)


def test_a_workbook_of_hidden_sheets_alone_reads_nothing(judge):
    forms = {"封面": "2024年报数\n", "数据": SHOWN}
    document = judge(Form(forms, hidden=("数据",)), kind="xlsx")
    assert (used(document), document["exit_code"]) == ({}, 2)
    assert any(matches(each, (None, None, "数据")) for each in document["findings"])


@pytest.mark.parametrize("what", ["row", "column"])
def test_hidden_rows_and_columns_are_read_and_said(judge, tmp_path, what):
    """The second row's unit is unknown; whoever looks for it can't see it."""
    form = Form(
        "编号,指标,单位,实际值,期间\nGY01,新开工亿元以上项目,个,57,2024-06\n"
        "GY10,新竣工亿元项目,桶,36,2024-06\n"
    )
    judge(form, kind="xlsx")
    book = load_workbook(tmp_path / "报数表.xlsx")
    sheet = book.worksheets[0]
    if what == "row":
        sheet.row_dimensions[3].hidden = True
    else:
        sheet.column_dimensions["C"].hidden = True
    book.save(tmp_path / "报数表.xlsx")
    document = judge(options=("报数表.xlsx",))
    (error,) = of_level(document, "error")
    assert (used(document), error["row"]) == ({"GY01": 57}, 3)
    assert "隐藏" in error["message"] + error["hint"]
