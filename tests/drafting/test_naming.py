"""Names of drafted targets: what a bureau's clerk calls the indicator, whole and without verbs in a hurry."""

from __future__ import annotations

import pytest

from dtcheck.drafting.draft import draft
from dtcheck.workreport.report import parse_report

OPENING = (
    "云山县2025年政府工作报告\n一、2024年工作回顾\n桥梁9座。\n二、2025年主要工作\n(一)聚焦工业。\n"
)


def names(words):
    file = draft(parse_report(f"{OPENING}{words}", "x")).file
    return [target.name for target in file.targets]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        # To the end of the noun, through quotes and brackets, not twelve characters far.
        (
            "改造6个国家历史遗留废弃矿山生态修复示范工程。",
            "改造国家历史遗留废弃矿山生态修复示范工程",
        ),
        ("打造2个“和美乡村”示范带。", "打造和美乡村示范带"),
        ("完成65个行政村(社区)综合文化中心建设。", "行政村综合文化中心建设"),
        ("争创省级智能工厂(车间)4个。", "争创省级智能工厂"),
        ("打造5条多式联运示范线路。", "打造多式联运示范线路"),
        ("建成35个和美乡村。", "建成和美乡村"),
        # Whose amount it is.
        ("全力推进总投资137亿元的92个重点项目。", "重点项目总投资"),
        ("谋划启动总长13.1公里的云山大道。", "云山大道总长"),
        ("实施年度计划投资675亿元的76个省(A类)重点项目。", "省重点项目年度计划投资"),
        ("确保石沟年出栏12万头的6栋猪舍投产。", "石沟猪舍投产年出栏"),
        # No word of hurry, promise or date, wherever it stands.
        ("年内力争引进科技企业30家以上。", "引进科技企业"),
        ("食品加工业力争实现年产值60亿元。", "食品加工业年产值"),
        ("农村低保覆盖面年内达到2.8%。", "农村低保覆盖面"),
        ("家庭医生签约率稳定保持在80%以上。", "家庭医生签约率"),
        ("优质小麦发展到480万亩。", "优质小麦"),
        ("9.发放租赁补贴600户。", "发放租赁补贴"),
        ("五是改扩建敬老院12所。", "改扩建敬老院"),
        ("上云企业[14]突破300家。", "上云企业"),
        # What stands behind is no part of it.
        ("建成一期工程，参股比例不低于10%并逐步提升。", "参股比例"),
        ("开展演出50场次。", "开展演出"),
        ("审批时间压缩至3个工作日以内。", "审批时间"),
        ("物流总费用占比下降至13.8%。", "物流总费用占比"),
        ("电厂2×30万千瓦供热机组建成。", "电厂供热机组建成"),
        # A list is named by its first part, or by what its last says of all.
        ("抓好3万吨纯碱、某某水泥等续建项目。", "纯碱等续建项目"),
        ("抓好3万吨纯碱、某某水泥等27个续建项目。", "纯碱"),
        ("新打造5个集休闲、观光于一体的综合园区。", "新打造综合园区"),
        ("培育3个省级、15个市级研发中心。", "培育省级研发中心"),
    ],
)
def test_a_name(words, name):
    assert names(words)[0] == name


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("新建大棚20座、温室5座。", ["新建大棚", "新建温室"]),
        ("修建村级公路15条，总里程50公里。", ["修建村级公路", "修建村级公路总里程"]),
        ("入园企业达到7家，实现产值2亿元。", ["入园企业", "入园企业产值"]),
        ("地区生产总值增长20%，达到282亿元。", ["地区生产总值增长", "地区生产总值"]),
        ("地区生产总值达到110亿元，人均达到4.6万元。", ["地区生产总值", "地区生产总值人均"]),
        ("新增规上企业10家，总数超85家。", ["新增规上企业", "规上企业总数"]),
        ("肉、奶产量分别达到3万吨和7万吨。", ["肉产量", "奶产量"]),
        (
            "城区、县城污水集中处理率分别达到95%和90%。",
            ["城区污水集中处理率", "县城污水集中处理率"],
        ),
        (
            "高新产业、新兴产业占工业比重达到8%和20%以上。",
            ["高新产业占工业比重", "新兴产业占工业比重"],
        ),
        ("城乡居民收入分别增长7.5%以上。", ["城镇居民收入增长", "农村居民收入增长"]),
        (
            "一二三产增加值分别增长3%左右、6%左右、5%左右。",
            ["第一产业增加值增长", "第二产业增加值增长", "第三产业增加值增长"],
        ),
        ("纺织业、化工业分别同比下降6%、9%。", ["纺织业下降", "化工业下降"]),
    ],
)
def test_names_of_a_list(words, wanted):
    assert names(words) == wanted


def test_no_two_are_called_alike():
    found = names("培训职工60人。\n(二)聚焦民生。培训职工65人。培训职工70人。")
    assert found == ["培训职工", "培训职工（民生）", "培训职工（2）"]


def test_a_pasted_table():
    assert names("中心迁建项目\n占地120亩，建设校舍。\n总投资\n3亿元\n") == [
        "中心迁建项目占地",
        "中心迁建项目总投资",
    ]


@pytest.mark.parametrize(
    "words", ["由5元提高到10元", "从人均5元提高至10元", "由每生每年5元调整为10元"]
)
def test_what_was_before_is_no_goal(words):
    result = draft(parse_report(f"{OPENING}学生保险保费{words}。", "x"))
    assert [(each.name, str(each.goal.value)) for each in result.file.targets] == [
        ("学生保险保费", "10")
    ]
    assert "原来的水平" in {each.why for each in result.file.excluded}


@pytest.mark.parametrize("words", ["建成百亿级园区2个", "建成2个百亿级园区"])
def test_of_a_class_the_count_is_the_goal(words):
    result = draft(parse_report(f"{OPENING}{words}。", "x"))
    assert [str(each.goal.value) for each in result.file.targets] == ["2"]
    assert result.audit.open == ()
