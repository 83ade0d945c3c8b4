"""What a draft guesses of a report beside its goals: place, sections, what is no promise."""

from __future__ import annotations

import pytest

from dtcheck.drafting.draft import draft
from dtcheck.drafting.place import guess_place
from dtcheck.drafting.topics import topic_of
from dtcheck.workreport.report import parse_report

OPENING = (
    "云山县2025年政府工作报告\n一、2024年工作回顾\n桥梁9座。\n二、2025年主要工作\n(一)聚焦工业。\n"
)


def drafted(words):
    return draft(parse_report(f"{OPENING}新建桥梁3座。{words}", "x"))


def goals(words):
    """Return the goals but for that of the opening."""
    return [target.goal.value for target in drafted(words).file.targets][1:]


@pytest.mark.parametrize(
    "words",
    [
        "实现千变万化、千帆竞发。",
        "依托万邦物流园、十三香集团、三棵树公司。",
        "为0—6岁儿童、70周岁以上老人服务。",
        "建党100周年，延长30年政策，按50年一遇的标准。",
        "落实九届六次全会、五次党代会精神。",
        "用好12345热线。",
        "加快省道330、G107线前期工作，巩固6+1专项成果。",
        "编制规划(2018-2035)。",
        "主要工程：(1)甲路；(2)乙路(3)丙路。",
        "960万云山人民的期盼。",
        "对纳税过百万元的骨干企业给予支持。",
        "推动30万千瓦级机组改造。",
        "\n附件2\n",
        "打造一支过硬队伍。",
    ],
)
def test_what_makes_no_promise_is_not_left_open(words):
    assert [account.figure.text for account in drafted(words).audit.open] == []
    assert goals(words) == []


@pytest.mark.parametrize(
    ("words", "open_figure"),
    [
        ("集装箱吞吐量达到4500万标箱。", "4500万"),
        ("实现主营业务收入超百亿元。", "百亿元"),
        ("市区达到二星级。", "二"),
        ("确保考核全市第一。", "第一"),
        ("确保“三个80%”。", "80%"),
        ("每个村都建成一个卫生室。", "每个村"),
        ("收入增速高于全省平均。", "高于全省平均"),
        ("引进百企入驻。", "百"),
        ("提前1年完成。", "1"),
    ],
)
def test_what_may_be_a_promise_stays_open(words, open_figure):
    assert open_figure in [account.figure.text for account in drafted(words).audit.open]


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("改造甲镇、乙镇等四所卫生院。", 4),
        ("新建一所幼儿园。", 1),
        ("引进一家股份制银行。", 1),
        ("建成两个市民广场。", 2),
        ("完成六项专项规划。", 6),
    ],
)
def test_small_counts_of_what_is_built_are_goals(words, goal):
    assert goals(words) == [goal]


@pytest.mark.parametrize(
    "words", ["坚持两个结合。", "抓好三个方面。", "守住三条底线。", "推进四大工程。"]
)
def test_lists_are_none(words):
    assert goals(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "居民收入增长与经济增长同步",
        "居民收入增长和经济增长基本同步",
        "居民收入增长高于经济增长",
        "居民收入增长跑赢GDP",
        "财政收入与经济发展保持同步增长",
        "收入增速不低于GDP增速",
    ],
)
def test_in_step_with_the_economy(words):
    """Against the goal for the economy where there is one; else somebody has to see it."""
    assert goals(f"{words}。地区生产总值增长6%。") == [6]
    assert len(drafted(f"{words}。地区生产总值增长6%。").audit.open) == 1
    _, first, second = drafted(f"地区生产总值增长6%，{words}。").file.targets
    assert second.goal.ref == first.code


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("docs/云山县-2025.txt", "云山的工作", "云山县"),
        ("2025年甲州乙县政府工作报告.docx", "甲州乙的工作", "甲州乙县"),
        ("政府工作报告.txt", "云山很好。全县上下，为实现云山崛起而奋斗！", "云山县"),
        ("政府工作报告.txt", "全市上下，为推动我们各项工作而奋斗！", None),
        ("城市报告.txt", "某某", None),
        ("全县工作报告.txt", "某某", None),
    ],
)
def test_whose_report_it_may_be(path, text, place):
    assert guess_place(parse_report(text, path)) == place


def test_a_guessed_place_is_said(run, tmp_path):
    report = tmp_path / "云山县-2025.txt"
    report.write_text(
        "一、2024年工作回顾\n云山变了。\n二、2025年主要工作\n(一)某\n新建桥3座。\n(二)某\n",
        encoding="utf-8",
    )
    done = run("targets", "new", report)
    assert "place: 云山县  # 待核" in done.out
    assert "暂写“云山县”，核对 place" in done.err


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("大力实施开放招商", ("KF", "开放")),
        ("美丽乡村抓示范", ("XC", "乡村")),
        ("融合升级抓旅游", ("WH", "文化")),
        ("大力发展现代能源经济", ("NY", "能源")),
        ("2025年民生实事", ("MS", "民生")),
        ("坚定不移守住矿产底线", ("QA", "矿产底线")),
        ("在打赢两场硬仗上聚焦发力", ("QA", "打赢两场硬仗")),
    ],
)
def test_what_a_section_is_about(heading, topic):
    assert topic_of(heading, heading, set(), set()) == topic


def test_no_code_and_no_name_twice():
    codes, names = set(), set()
    for _ in range(40):
        code, name = topic_of("聚焦民生", "聚焦民生", codes, names)
        assert (code in codes, name in names) == (False, False)
        codes.add(code)
        names.add(name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("云山县2025年政府工作报告\n一年来，建成桥梁9座。\n上一页\n下一页\n", "只存了其中一页"),
        (
            "云山县2025年政府工作报告\n一、过去五年工作回顾\n桥9座。\n二、今后五年主要目标任务\n桥梁30座。\n",
            "没有一年的计划",
        ),
        ("云山县2025年政府工作报告\n一年来，建成桥梁9座。", "像是上年的回顾"),
    ],
)
def test_why_there_is_no_plan(run, tmp_path, text, said):
    report, out = tmp_path / "r.txt", tmp_path / "draft.yaml"
    report.write_text(text, encoding="utf-8")
    done = run("targets", "new", report, "-o", out)
    assert (done.code, out.exists()) == (1, True)
    assert done.err.count(said) == 1
    assert "没有找到当年的部分" in done.err
