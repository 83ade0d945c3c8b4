"""Growth answers goals of growth, amounts answer goals of amounts, and neither the other."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, of_level, used

# Goals: GDP ~6.5, budget >= 6, investment >= 10, industry >= 11, retail >= 8, trade 19亿美元.
FORMS = {
    "one unit above the table": Form(
        """
东台市2024年1-6月主要经济指标
单位：亿元
指标,累计完成,同比增长(%)
地区生产总值,601.4,6.7
固定资产投资,322.8,10.4
规上工业增加值,190.6,11.3
农村居民人均可支配收入,17890,7.4
外贸进出口,63.1,8.8
""",
        {"ZH01": 6.7, "ZH03": 10.4, "ZH04": 11.3, "ZH08": 7.4},
        errors=(("DT204", 8, "亿美元"),),
        code=1,
    ),
    "a unit a row": Form(
        """
指标名称,计量单位,累计完成,同比增长(%),期间
地区生产总值,亿元,601.4,6.7,2024-06
外贸进出口,亿美元,10.2,9.3,2024-06
""",
        {"ZH01": 6.7, "CX15": 10.2},
    ),
    "no unit at all": Form(
        """
指标,实际值,增速(%),期间
地区生产总值,601.4,6.7,2024-06
一般公共预算收入,44.1,6.9,2024-06
""",
        {"ZH01": 6.7, "ZH02": 6.9},
    ),
    "shares as Excel shows them": Form(
        """
指标,单位,累计完成,同比增长,期间
地区生产总值,亿元,601.4,6.7%,2024-06
""",
        {"ZH01": 6.7},
    ),
    "two growths: of the month and so far": Form(
        """
2024年6月主要指标
指标,单位,本月,同比(%),1-本月,同比(%)
一般公共预算收入,亿元,8.2,14.5,44.1,6.9
社会消费品零售总额,亿元,36.4,2.2,214.8,8.3
""",
        {"ZH02": 6.9, "ZH06": 8.3},
    ),
    "a growth of the month by name": Form(
        """
指标,单位,累计完成,当月同比(%),累计同比(%),期间
一般公共预算收入,亿元,44.1,14.5,6.9,2024-06
""",
        {"ZH02": 6.9},
    ),
    "only a growth of the month": Form(
        """
指标,单位,累计完成,当月同比(%),期间
一般公共预算收入,亿元,44.1,14.5,2024-06
全口径工业开票销售,亿元,1120,9.8,2024-06
""",
        {"GY12": 1120},
        errors=((None, 2),),
        code=1,
    ),
    "growths of two years": Form(
        """
指标,单位,2023年1-6月,增速(%),2024年1-6月,增速(%)
一般公共预算收入,亿元,41.3,7.7,44.1,6.9
""",
        {"ZH02": 6.9},
    ),
    "growth in groups": Form(
        """
指标,单位,本月,,累计,,期间
,,完成数,增长(%),完成数,增长(%),
固定资产投资,亿元,51.2,13.1,322.8,10.4,2024-06
全口径工业开票销售,亿元,171.5,14.2,1120,9.8,2024-06
""",
        {"ZH03": 10.4, "GY12": 1120},
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"),
    ),
    "a rate in its own unit": Form(
        """
指标,单位,实际值,同比(%),期间
地区生产总值增长,%,6.7,0.3,2024-06
一般公共预算收入增长,%,6.9,-0.4,2024-06
""",
        {"ZH01": 6.7, "ZH02": 6.9},
    ),
    "growth of what, or of its growth": Form(
        """
指标,实际值,同比(%),期间
地区生产总值增长,6.7,0.3,2024-06
""",
        errors=((None, 2),),
        code=1,
    ),
    "an amount whose unit nobody need know": Form(
        """
指标,单位,累计平均,同比(%),期间
PM2.5浓度,微克/立方米,28.1,-4.2,2024-06
""",
        {"ST02": -4.2},
    ),
    "a title taken for the header": Form(
        """
地区生产总值,,
2024年上半年,,
指标,"总量
(亿元)","比上年同期
增长(%)"
地区生产总值,601.4,6.7
""",
        {"ZH01": 6.7},
    ),
    "the amount and its growth in two rows": Form(
        """
指标,实际值,期间
规上工业增加值,190.6,2024-06
规上工业增加值增幅,11.3,2024-06
""",
        {"ZH04": 11.3},
    ),
    "the same with units": Form(
        """
指标,单位,实际值,期间
规上工业增加值,亿元,190.6,2024-06
规上工业增加值增速,%,11.3,2024-06
""",
        {"ZH04": 11.3},
    ),
    "the unit of a growth in its name": Form(
        """
指标,累计,期间
规模以上工业增加值增速（%）,11.3,2024-06
""",
        {"ZH04": 11.3},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_growth_or_amount(judge, form, kind):
    check(judge(form, kind=kind), form)


GROWTH = (
    "同比 同比(%) 同比增长(%) 增幅 增幅(%) 增速(%) 增长率 增长(%) 增减(%) 涨幅(%) ± ±% 比上年同期增长(%) "
    "较上年同期增减(%) 比去年增长% 累计增长（%）"
).split()


@pytest.mark.parametrize("head", GROWTH)
def test_names_of_growth_columns(judge, head):
    """The amount is last year's and this year's: 41.3 to 44.1, which is no growth of 44.1 %."""
    form = Form(
        f"指标,单位,累计完成,上年同期,{head},期间\n一般公共预算收入,亿元,44.1,41.3,6.9,2024-06\n",
        {"ZH02": 6.9},
    )
    check(judge(form), form)


@pytest.mark.parametrize("head", ["下降(%)", "降幅(%)", "同比下降(%)", "比上年同期下降（%）"])
def test_the_sign_turns_under_a_fall(judge, head):
    """A fall of 3.2 % where a growth of 6 % is due."""
    form = Form(
        f"指标,单位,累计完成,{head},期间\n一般公共预算收入,亿元,40.0,3.2,2024-06\n",
        {"ZH02": -3.2},
        code=1,
    )
    check(judge(form), form)


NAMES = {
    "ZH02": "一般公共预算收入",
    "ZH03": "固定资产投资",
    "ZH04": "规上工业增加值",
    "ZH06": "社会消费品零售总额",
    "ZH08": "农村居民人均可支配收入",
    "GY16": "工业技改投资",
}


@pytest.mark.parametrize("form", ["{}", "{}（%）"])
@pytest.mark.parametrize("ending", ["增速", "增幅", "同比", "同比增长", "增长"])
def test_usual_names_of_a_growth(judge, ending, form):
    # Twelve and a half keeps each of the six goals.
    lines = [f"{form.format(name + ending)},12.5,%,2024-06" for name in NAMES.values()]
    expected = Form("\n".join(("指标,实际值,单位,期间", *lines)), dict.fromkeys(NAMES, 12.5))
    check(judge(expected), expected)


@pytest.mark.parametrize("ending", ["增速", "增幅", "同比"])
def test_a_name_of_growth_finds_no_target_of_an_amount(judge, ending):
    """GY12 is an amount: its growth is none of the targets, so it can't be its figure."""
    document = judge(Form(f"指标,实际值,单位,期间\n全口径工业开票销售{ending},9.8,%,2024-06\n"))
    assert used(document) == {}
    assert [(each["row"]) for each in of_level(document, "error")] == [2]
    assert document["exit_code"] == 1


# A fall that is due: the energy that a unit of GDP takes, known once a year, 3 % set from above.
ENERGY = "指标,单位,{head},下达目标,期间\n{name},%,{cell},3,2024-12\n"


@pytest.mark.parametrize(
    ("name", "head", "cell", "value", "warned"),
    [
        ("单位GDP能耗降幅", "实际值", "3.1", 3.1, False),
        ("单位GDP能耗降幅", "实际值", "下降3.1%", 3.1, False),
        ("单位GDP能耗降幅", "降幅(%)", "3.1", 3.1, False),
        ("单位GDP能耗", "下降(%)", "3.1", 3.1, False),
        ("单位GDP能耗", "同比(%)", "-3.1", 3.1, True),
        ("单位GDP能耗降幅", "同比增减(%)", "-3.1", 3.1, True),
        ("单位GDP能耗", "实际值", "-3.1", 3.1, True),
    ],
)
def test_falls_by_their_sign(judge, name, head, cell, value, warned):
    form = Form(
        ENERGY.format(head=head, name=name, cell=cell),
        {"ZH09": value},
        month=12,
        warnings=((None, 2),) if warned else (),
    )
    check(judge(form), form)


@pytest.mark.parametrize("head", ["实际值", "累计完成"])
def test_a_fall_of_less_than_nothing_under_its_own_name(judge, head):
    document = judge(Form(ENERGY.format(head=head, name="单位GDP能耗降幅", cell="-3.1")))
    assert used(document) == {}
    assert [each["row"] for each in of_level(document, "error")] == [2]
    assert document["exit_code"] == 1


def test_more_energy_is_no_fall(judge):
    """A growth of 3.5 % must not keep a goal that asks for a fall of 3 %."""
    document = judge(Form(ENERGY.format(head="同比增长(%)", name="单位GDP能耗", cell="3.5")))
    assert used(document).get("ZH09") in {None, -3.5}
    assert document["exit_code"] == 1
