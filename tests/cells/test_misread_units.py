"""Which unit a figure is in: the nearest that speaks, and none where two that are near differ."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, of_level, used
from making import by_code

# 1120亿元 of 2000 are 11200000万元; 20.3亿元 of 35 are 203000万元.
FORMS = {
    "column against header": Form(
        """
指标,单位,累计完成（万元）,期间
全口径工业开票销售,亿元,11200000,2024-06
技术合同交易额,万元,203000,2024-06
""",
        {"CX09": 20.3},
        errors=(("DT203", 2, "万元", "亿元"),),
        code=1,
    ),
    "name against column": Form(
        """
指标,单位,累计完成,期间
全口径工业开票销售（万元）,亿元,1120,2024-06
""",
        errors=(("DT203", 2, "万元", "亿元"),),
        code=1,
    ),
    "name against header": Form(
        """
指标,累计完成（亿元）,期间
全口径工业开票销售（万元）,11200000,2024-06
技术合同交易额,20.3,2024-06
""",
        {"CX09": 20.3},
        errors=(("DT203", 2, "万元", "亿元"),),
        code=1,
    ),
    "cell against column": Form(
        """
指标,单位,实际值,期间
全口径工业开票销售,亿元,1120万元,2024-06
""",
        errors=(("DT203", 2, "万元", "亿元"),),
        code=1,
    ),
    "cell against header": Form(
        """
指标,实际值（亿元）,期间
全口径工业开票销售,11200000万元,2024-06
""",
        errors=(("DT203", 2, "万元", "亿元"),),
        code=1,
    ),
    "persons against ten thousand persons": Form(
        """
指标,单位,实际值（万人）,期间
新增城镇就业,人,12100,2024-06
""",
        errors=(("DT203", 2, "万人"),),
        code=1,
    ),
    "different words of the same worth": Form(
        """
指标,单位,实际值,期间
新签产业合作协议（个）,项,66,2024-06
新建污水管网（公里）,km,12,2024-06
城市污水收集率（％）,%,82.5,2024-06
全口径工业开票销售（亿元）,亿元,1120亿元,2024-06
""",
        {"CX08": 66, "CS03": 12, "CS05": 82.5, "GY12": 1120},
    ),
    "a unit alone in a row of the header": Form(
        """
指标,累计完成,增长,期间
,亿元,%,
全口径工业开票销售,1120,9.8,2024-06
一般公共预算收入,44.1,6.9,2024-06
""",
        {"GY12": 1120, "ZH02": 6.9},
    ),
    "a line above": Form(
        """
2024年6月工业情况
单位：万元
指标,累计完成
全口径工业开票销售,11200000
技术合同交易额,203000
""",
        {"GY12": 1120, "CX09": 20.3},
        infos=((None, None, "万元"),),
    ),
    "a line above, at the right": Form(
        """
2024年6月工业情况,,
,,（单位：万元）
指标,累计完成,备注
全口径工业开票销售,11200000,
""",
        {"GY12": 1120},
    ),
    "a line right below the header": Form(
        """
指标,累计完成,期间
单位：万元,,
全口径工业开票销售,11200000,2024-06
""",
        {"GY12": 1120},
    ),
    "in a cell of the header": Form(
        """
指标,累计完成,期间,单位：万元
全口径工业开票销售,11200000,2024-06,
""",
        {"GY12": 1120},
    ),
    "in the header of the names": Form(
        """
指标（单位：万元）,累计完成,期间
全口径工业开票销售,11200000,2024-06
""",
        {"GY12": 1120},
    ),
    "section by section": Form(
        """
指标,实际值,期间
一、工业（单位：亿元）,,
全口径工业开票销售,1120,2024-06
二、项目（单位：个）,,
新开工亿元以上项目,57,2024-06
新竣工亿元项目,36,2024-06
三、创新（单位：万元）,,
技术合同交易额,203000,2024-06
""",
        {"GY12": 1120, "GY01": 57, "GY10": 36, "CX09": 20.3},
    ),
    "a section goes before the form": Form(
        """
单位：亿元
指标,实际值,期间
全口径工业开票销售,1120,2024-06
二、创新（单位：万元）,,
技术合同交易额,203000,2024-06
""",
        {"GY12": 1120, "CX09": 20.3},
    ),
    "several in one line": Form(
        """
单位：亿元、个、%
指标,实际值,期间
全口径工业开票销售,1120,2024-06
新开工亿元以上项目,57,2024-06
一般公共预算收入增长,6.9,2024-06
""",
        {"GY12": 1120, "GY01": 57, "ZH02": 6.9},
    ),
    "several with strokes": Form(
        """
计量单位：万元/家/件
指标,实际值,期间
技术合同交易额,203000,2024-06
新增有效发明专利,290,2024-06
新增规上工业企业,60,2024-06
""",
        {"CX09": 20.3, "CX11": 290, "GY17": 60},
    ),
    "a line with the sender": Form(
        """
单位：科技局（盖章）
指标,实际值,期间
新签产业合作协议,66,2024-06
""",
        {"CX08": 66},
        infos=(("DT305", 3),),
    ),
    "a line that can't be": Form(
        """
单位：万元
指标,实际值,期间
技术合同交易额,203000,2024-06
新开工亿元以上项目,57,2024-06
""",
        {"CX09": 20.3},
        errors=(("DT204", 4),),
        code=1,
    ),
    "the column goes before the line": Form(
        """
单位：万元
指标,单位,实际值,期间
全口径工业开票销售,亿元,1120,2024-06
新开工亿元以上项目,个,57,2024-06
""",
        {"GY12": 1120, "GY01": 57},
    ),
    "the name goes before the line": Form(
        """
单位：万元
指标,实际值,期间
全口径工业开票销售（亿元）,1120,2024-06
技术合同交易额,20.3亿元,2024-06
""",
        {"GY12": 1120, "CX09": 20.3},
    ),
    "the header goes before the line": Form(
        """
单位：万元
指标,实际值（亿元）,期间
全口径工业开票销售,1120,2024-06
""",
        {"GY12": 1120},
    ),
    "a line for the second of two forms": Form(
        """
指标,单位,实际值,期间
新开工亿元以上项目,个,57,2024-06

单位：万元
指标,实际值,期间
技术合同交易额,203000,2024-06
""",
        {"GY01": 57, "CX09": 20.3},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_unit_that_is_meant(judge, form, kind):
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", KINDS)
def test_bureaus_in_a_column_of_units(judge, kind):
    form = Form(
        """
指标,单位,实际值,期间
新开工亿元以上项目,发改委,57,2024-06
新签产业合作协议,东台市科学技术局,66,2024-06
技术合同交易额,商务局,20.3,2024-06
""",
        {"GY01": 57, "CX08": 66, "CX09": 20.3},
        # 技术合同交易额 is led by 科学技术局.
        warnings=(("DT307", 4),),
    )
    document = judge(form, kind=kind)
    check(document, form)
    assert by_code(document)["GY01"]["actual"]["bureau"] == "发改委"


def test_a_unit_that_nobody_knows_is_still_refused(judge):
    document = judge(Form("指标,单位,实际值,期间\n新开工亿元以上项目,桶,57,2024-06\n"))
    assert used(document) == {}
    assert [(each["rule"], each["row"]) for each in of_level(document, "error")] == [("DT203", 2)]
