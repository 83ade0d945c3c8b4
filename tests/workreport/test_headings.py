"""The headings of a plan: where its sections start, also within a long part or a paragraph."""

from __future__ import annotations

import pytest

from dtcheck.workreport.report import parse_report

OPENING = "云山县2025年政府工作报告\n一、2024年工作回顾\n桥梁9座。\n"
LONG = "全面推进各项工作。" * 40


def headings(plan):
    return [heading.words for heading in parse_report(OPENING + plan, "x").headings]


def test_a_part_that_holds_much_of_the_plan_is_divided():
    inner = "".join(
        f"({mark})抓{what}\n{LONG}\n" for mark, what in zip("一二三", "甲乙丙", strict=True)
    )
    plan = f"二、2025年工作安排\n一、提高认识\n{LONG}\n二、完成任务\n{inner}三、改进作风\n{LONG}"
    assert headings(plan) == ["提高认识", "完成任务", "抓甲", "抓乙", "抓丙", "改进作风"]


def test_the_inner_headings_may_stand_inside_a_paragraph():
    inner = "".join(
        f"({mark})抓{what}。{LONG}" for mark, what in zip("一二三", "甲乙丙", strict=True)
    )
    plan = f"二、2025年工作安排\n一、提高认识\n某某。\n二、完成任务\n{inner}\n三、改进作风\n某某。"
    assert headings(plan) == ["提高认识", "完成任务", "抓甲", "抓乙", "抓丙", "改进作风"]


@pytest.mark.parametrize(
    "inner",
    [
        # Short, a list of works, fewer than three, and a list in mid-paragraph.
        "(一)抓甲\n(二)抓乙\n(三)抓丙\n",
        f"(一)抓甲\n{LONG}\n(二)抓乙\n{LONG}\n",
        f"一是抓甲。{LONG}二是抓乙。{LONG}三是抓丙。{LONG}\n",
    ],
)
def test_other_parts_stay_whole(inner):
    plan = f"二、2025年工作安排\n一、提高认识\n{LONG}{LONG}\n二、完成任务\n{inner}三、改进作风\n{LONG}{LONG}"
    assert headings(plan) == ["提高认识", "完成任务", "改进作风"]


def test_a_list_of_works_is_one_section():
    inner = "".join(
        f"{mark}是抓{what}\n{LONG}\n" for mark, what in zip("一二三", "甲乙丙", strict=True)
    )
    plan = f"二、2025年工作安排\n一、办好十件实事\n{inner}二、改进作风\n{LONG}"
    assert headings(plan) == ["办好十件实事", "改进作风"]


def test_a_style_that_is_used_within_itself():
    plan = (
        "二、2025年工作安排\n(一)甲年\n(二)乙年\n三条赛道：\n(一)丙道\n(二)丁道\n(三)戊道\n"
        "(一)抓工业\n(二)抓农业\n(三)抓城建\n(四)抓民生\n"
    )
    assert headings(plan) == ["抓工业", "抓农业", "抓城建", "抓民生"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("附件:2025年民生实事", "2025年民生实事"),
        ("附件1\n2025年云山县十大工程", "2025年云山县十大工程"),
        ("2025年民生实事项目清单", "2025年民生实事项目清单"),
    ],
)
def test_an_appendix_has_a_heading(title, words):
    plan = f"二、2025年工作安排\n(一)抓工业\n{LONG}\n(二)抓民生\n{LONG}\n{title}\n1.建成学校2所。\n2.建成公园3个。\n"
    assert headings(plan) == ["抓工业", "抓民生", words]
