"""What stands in the plan and is no goal of the year: other years' goals, last year's results, facts.

The sentences are invented; what each of them promises for 2026 is written out by hand.
"""

from __future__ import annotations

import pytest

from dtcheck.drafting.draft import draft
from dtcheck.drafting.draft_text import goal_text
from dtcheck.workreport.report import parse_report

OPENING = "云山县2026年政府工作报告\n一、2025年工作回顾\n桥梁9座。\n二、2026年主要工作\n"


def drafted(body):
    return draft(parse_report(OPENING + body, "x"))


def goals(body):
    return [goal_text(target.goal) for target in drafted(body).file.targets]


def reasons(body):
    return {each.why for each in drafted(body).file.excluded} - {"年份标题"}


@pytest.mark.parametrize(
    "sentence",
    [
        "到2030年建成泵站60座。",
        "力争到2030年新增床位800张、建成泵站60座。",
        "2028年底前改造管网90公里。",
        "力争2029年城镇化率达到70%。",
        "2027年，人均预算支出达到4%。",
        "用三年时间改造住房600户。",
        "争取五年内培训农民5万人次。",
        "三年安排450亿元支持企业。",
        "今后五年建成泵站60座。",
        "实施五年百部作品创作。",
        "未来三年，建成泵站60座。",
        "争取3年内让全部废弃矿山复绿。",
        "两年内实现机井通电全覆盖。",
        "今年起步，明年将免收费用50万元。今年要抓紧。",
    ],
)
def test_a_goal_of_another_year_is_no_goal_of_this_one(sentence):
    assert goals("新建桥梁3座。" + sentence) == [">= 3 座"]
    assert "其他年份的目标" in reasons("新建桥梁3座。" + sentence)
    # Nothing is left open, and the draft passes its own checks.
    assert not drafted("新建桥梁3座。" + sentence).problems


@pytest.mark.parametrize(
    "sentence",
    [
        "今年建成泵站60座。",
        "到2026年底，建成泵站60座。",
        "实施三年行动计划，建成泵站60座。",
        "到2030年形成体系，今年建成泵站60座。",
        "谋划2027年项目，建成泵站60座。",
        "力争年内建成泵站60座。",
        "连续三年攻坚，建成泵站60座。",
        "确保三年任务两年见效，建成泵站60座。",
    ],
)
def test_what_names_another_year_and_is_of_this_one(sentence):
    assert goals(sentence) == [">= 60 座"]


@pytest.mark.parametrize(
    "heading",
    [
        "三、“十五五”时期主要目标任务",
        "三、今后五年的奋斗目标",
        "三、“十五五”时期经济社会发展总体要求和主要目标",
    ],
)
def test_a_part_of_other_years_behind_the_plan(heading):
    body = f"(一)聚焦桥梁。新建桥梁3座。\n(二)聚焦床位。新增床位40张。\n{heading}\n地区生产总值年均增长5%以上，城镇化率达到69%。\n"
    assert goals(body) == [">= 3 座", ">= 40 张"]
    later = body + "四、切实加强自身建设\n压减一般性支出5%。\n"
    assert goals(later) == [">= 3 座", ">= 40 张", ">= 5 %"]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("去年财政超收72亿元。", "上年的结果"),
        ("去年物价涨幅回落到2.6%，其中食品价格上涨1%。", "上年的结果"),
        ("过去一年，成绩很大。地区生产总值增长10.3%，新增就业1.2万人。", "上年的结果"),
        ("目前支出总额已经超过2万亿元。", "现状，不是目标"),
        ("今年高校毕业生将高达1.5万人。", "现状，不是目标"),
        ("今年高校毕业生8000多人，就业压力大。", "现状，不是目标"),
    ],
)
def test_results_and_facts_are_no_goals(sentence, why):
    assert goals(sentence + "新建桥梁3座。") == [">= 3 座"]
    assert why in reasons(sentence + "新建桥梁3座。")


@pytest.mark.parametrize(
    "sentence",
    [
        "固定资产投资比去年增长8%。",
        "在去年基础上增长8%。",
        "财政收入同比去年增长8%。",
        "去年结转的项目要完成8%。",
    ],
)
def test_last_year_as_a_measure_is_no_result(sentence):
    assert goals(sentence) == [">= 8 %"]


def test_a_text_without_a_plan_holds_what_was_found_each_marked():
    text = (
        "云山县2026年政府工作报告\n一、2025年工作回顾\n2025年，地区生产总值增长6%，新建桥梁9座。\n"
    )
    result = draft(parse_report(text, "x"))
    assert [goal_text(target.goal) for target in result.file.targets] == [">= 6 %", ">= 9 座"]
    assert result.text.count("待核：没有找到当年的部分，可能是上年的结果") == 2
    assert result.audit.exit_code == 1
    assert any("没有找到当年的部分" in each for each in result.problems)


def test_what_may_be_last_years_is_marked_where_no_plan_was_found():
    result = draft(parse_report("云山县人民政府工作报告\n新建桥梁3座。\n", "x"))
    assert [goal_text(target.goal) for target in result.file.targets] == [">= 3 座"]
    assert "待核：没有找到当年的部分，可能是上年的结果" in result.text
    assert result.audit.exit_code == 1


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        (
            "围绕到2027年基本建成现代化城市的目标，新建学校5所，改造小区20个。",
            [">= 5 所", ">= 20 个"],
        ),
        ("锚定2030年前碳达峰任务，新增充电桩90个。", [">= 90 个"]),
        ("对标到2028年的总体目标，新建泵站3座。", [">= 3 座"]),
        ("巩固去年创城成果，新建公园6个。", [">= 6 个"]),
        ("延续上年良好势头，净增高企31家。", [">= 31 家"]),
        ("总结过去五年经验，新增规上企业21家。", [">= 21 家"]),
        ("五年来首次，引进项目40个。", [">= 40 个"]),
    ],
)
def test_the_year_that_the_work_serves_holds_for_its_own_clause(sentence, promised):
    assert goals(sentence) == promised
    assert not reasons(sentence) & {"其他年份的目标", "上年的结果"}


@pytest.mark.parametrize(
    "sentence",
    [
        "围绕到2030年建成泵站60座的目标，新建桥梁3座。",
        "巩固去年泵站60座成果，新建桥梁3座。",
        "到2030年建成泵站60座。新建桥梁3座。",
        "去年建成泵站60座。新建桥梁3座。",
    ],
)
def test_in_its_own_clause_the_other_year_counts(sentence):
    assert goals(sentence) == [">= 3 座"]
