"""Columns that only the command can choose: two groups of figures, and shares."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, matches, of_level, used


@pytest.mark.parametrize("head", ["完成率", "占比", "完成比例"])
def test_a_share_is_not_taken_even_where_a_share_is_due(judge, head):
    text = f"指标,单位,年度目标,{head},期间\n城市污水收集率,%,80,82.5,2024-06\n"
    document = judge(Form(text))
    assert (used(document), document["exit_code"]) == ({}, 2)
    assert any(matches(each, (None, None, "--column")) for each in of_level(document, "error"))
    for option in (f"实际值={head}", "实际值=D"):
        form = Form(text, {"CS05": 82.5}, options=("--column", option))
        check(judge(form), form)


def test_a_form_of_sentences_has_no_actual(judge):
    """What stands under 完成情况 is a note once it is told in sentences."""
    document = judge(
        Form(
            "指标,年度目标,完成情况,期间\n新竣工亿元项目,60个,已竣工36个，其余正在验收。,2024-06\n"
        )
    )
    assert (used(document), document["exit_code"]) == ({}, 2)


TWO_GROUPS = """
指标,单位,全市,,市本级,,期间
,,本月,累计,本月,累计,
新开工亿元以上项目,个,9,57,3,21,2024-06
新竣工亿元项目,个,6,36,2,14,2024-06
"""
MERGED = ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2")


@pytest.mark.parametrize(
    ("option", "figure"), [("实际值=累计数", 36), ("实际值=累计完成", 33), ("实际值=D", 36)]
)
def test_one_of_two_that_differ_by_name(judge, option, figure):
    text = "指标,单位,累计完成,累计数,期间\n新竣工亿元项目,个,33,36,2024-06\n"
    form = Form(text, {"GY10": figure}, options=("--column", option))
    check(judge(form), form)


@pytest.mark.parametrize("kind", KINDS)
def test_two_groups_are_refused_by_their_joined_names(judge, kind):
    form = Form(
        TWO_GROUPS,
        merged=MERGED,
        errors=tuple(("DT104", row, "全市/累计", "市本级/累计", "--column") for row in (3, 4)),
        code=1,
    )
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("option", "figures"),
    [
        ("实际值=全市/累计", {"GY01": 57, "GY10": 36}),
        ("实际值=D", {"GY01": 57, "GY10": 36}),
        ("实际值=市本级/累计", {"GY01": 21, "GY10": 14}),
        ("实际值=F", {"GY01": 21, "GY10": 14}),
    ],
)
def test_a_column_by_joined_name_or_letter(judge, kind, option, figures):
    code = 0 if figures["GY01"] == 57 else 1
    form = Form(TWO_GROUPS, figures, merged=MERGED, options=("--column", option), code=code)
    check(judge(form, kind=kind), form)
