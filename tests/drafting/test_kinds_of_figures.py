"""Figures that are no goals for what they belong to, and those whose goal is easily misread.

The phrases are invented; the goals of each are written out by hand.
"""

from __future__ import annotations

import pytest

from dtcheck.coverage.audit import run_audit
from dtcheck.drafting.draft import draft
from dtcheck.drafting.draft_text import goal_text
from dtcheck.targets.load import load
from dtcheck.workreport.report import parse_report

OPENING = "云山县2026年政府工作报告\n一、2025年工作回顾\n桥梁9座。\n二、2026年主要工作\n"


def drafted(body):
    return draft(parse_report(OPENING + body, "x"))


def named_goals(body):
    return {target.name: goal_text(target.goal) for target in drafted(body).file.targets}


def goals(body):
    return list(named_goals(body).values())


# From what to what.


@pytest.mark.parametrize(
    ("sentence", "name", "goal", "baseline"),
    [
        ("城镇化率从72%提升至76%左右。", "城镇化率", "~ 76 %", 72),
        (
            "孤儿生活最低标准从每人每月2375元提高到2423元。",
            "孤儿生活最低标准",
            ">= 2423 元",
            2375,
        ),
        ("财政补助由每人每年380元提高到420元。", "财政补助", ">= 420 元", 380),
        ("财政补助380元提高到420元。", "财政补助", ">= 420 元", 380),
        ("学校从15所(含民办)扩大到57所。", "学校", ">= 57 所", 15),
        ("办理时间由3天压缩到1天。", "办理时间", "<= 1 天", 3),
    ],
)
def test_what_it_is_raised_from_is_the_baseline(sentence, name, goal, baseline):
    [target] = drafted(sentence).file.targets
    assert (target.name, goal_text(target.goal)) == (name, goal)
    assert (target.baseline, target.measure) == (baseline, "level")
    assert not drafted(sentence).problems


def test_a_list_is_raised_from_a_list():
    body = "生活补贴、护理补贴标准分别从每人每月209元、280元提高到217元、290元。"
    targets = drafted(body).file.targets
    assert [(target.name, goal_text(target.goal), target.baseline) for target in targets] == [
        ("生活补贴标准", ">= 217 元", 209),
        ("护理补贴标准", ">= 290 元", 280),
    ]
    assert drafted(body).audit.exit_code == 0


@pytest.mark.parametrize(
    "sentence", ["从严从实抓好建设，完成投资5亿元。", "由县财政出资，完成投资5亿元。"]
)
def test_not_every_from_has_a_to(sentence):
    assert goals(sentence) == [">= 5 亿元"]


# The same goal again.


@pytest.mark.parametrize(
    "again",
    [
        "提出地区生产总值增长6%左右，是必要的。",
        "今年的经济增长目标定为6%左右，有基础。",
        "6%左右的预期增长目标与规划衔接。",
        "有6%左右的增速就能实现充分就业。",
    ],
)
def test_the_economys_goal_again(again):
    body = f"地区生产总值增长6%左右。{again}"
    assert goals(body) == ["~ 6 %"]
    assert drafted(body).audit.exit_code == 0


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("城镇调查失业率5.5%左右", "城镇调查失业率5.5%左右"),
        ("新增就业岗位1.5万个以上", "城镇新增就业岗位1.5万个以上"),
        ("改造提升农村公路250公里", "实施改造提升农村公路250公里"),
    ],
)
def test_a_goal_stated_twice_is_drafted_once(first, again):
    result = drafted(f"主要目标是：{first}。\n办好实事：{again}。")
    assert len(result.file.targets) == 1
    assert [each.why for each in result.file.excluded if each.why.startswith("前文已有")]
    assert result.audit.exit_code == 0


@pytest.mark.parametrize(
    "other",
    ["规上工业增加值增长6%左右", "地区生产总值增长7%左右", "一般公共预算收入增长6%左右"],
)
def test_another_indicator_or_number_is_another_goal(other):
    assert len(goals(f"地区生产总值增长6%左右、{other}。")) == 2


def test_what_follows_from_the_figure_before():
    assert goals("安排补助资金30亿元，比上年增加2亿元。") == [">= 30 亿元"]
    # A growth is a goal of its own.
    assert goals("完成投资30亿元，比上年增长8%。") == [">= 30 亿元", ">= 8 %"]


# Names, sayings, sizes.


@pytest.mark.parametrize(
    "words",
    [
        "办好民营企业500强发布活动",
        "加强对世界500强和国内100强企业招商",
        "世界500强对话云山",
        "天天如履薄冰的责任感",
        "健全部门间协调机制",
        "推进全部赋权改革",
        "投资增速高于全部投资增速",
        "不折不扣落实各项决策部署",
        "确保决策部署不折不扣落实到位",
        "坚持全覆盖、保基本",
        "尽力而为、应保尽保",
        "放大倍增效应",
        "保障要素应有尽有",
        "保持千亿级投资规模",
        "实施百亿级龙头企业培育计划",
        "实施风险动态清零行动",
        "完善首台(套)推广政策",
        "壮大千亿级产业链",
        "建设千亿立方米天然气基地",
        "实施新一轮千亿斤粮食产能提升行动",
        "开展千家企业节能行动",
        "百花齐放、百家争鸣",
        "构建1小时通勤圈",
        "推动公园24小时开放",
        "落实240小时过境免签政策",
        "举办青年50人论坛",
        "推进年产60万吨油料项目建设",
        "重点做好以下10个方面工作",
        "24、“两访”服务：是指提供1次上门走访、3次电话回访",
    ],
)
def test_no_goal(words):
    result = drafted(f"新建桥梁3座。\n{words}。\n新增床位40张。")
    assert [goal_text(target.goal) for target in result.file.targets] == [">= 3 座", ">= 40 张"]
    assert not result.problems


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("力争2家企业进入全国500强", ">= 2 家"),
        ("粮食产量突破百万吨", "> 100 万吨"),
        ("培训千人以上", ">= 1000 人"),
        ("日均开行时间达到24小时", ">= 24 小时"),
        ("审批压缩到24小时以内", "<= 24 小时"),
        ("年产黑木耳1000吨以上", ">= 1000 吨"),
        ("招引20个以上过亿项目", ">= 20 个"),
        ("打造4个千亿级产业", ">= 4 个"),
        ("每天开放", ">= 365 次"),
        ("实现整改全部完成", ">= 100 %"),
    ],
)
def test_a_goal_all_the_same(words, goal):
    assert goal.replace("100 万吨", "1000000 吨") in goals(f"{words}。")


# 分别 and its like.


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "一产、二产、三产增加值分别增长5%左右、5%以上、6%左右。",
            {"一产增加值增长": "~ 5 %", "二产增加值增长": ">= 5 %", "三产增加值增长": "~ 6 %"},
        ),
        (
            "氨氮、化学需氧量排放量要分别下降2%。",
            {"氨氮排放量下降": ">= 2 %", "化学需氧量排放量下降": ">= 2 %"},
        ),
        (
            "电子、建材产业规模分别达1.2万亿、8200亿元。",
            {"电子产业规模": ">= 1.2 万亿元", "建材产业规模": ">= 8200 亿元"},
        ),
        (
            "高企、瞪羚企业分别达到20、40家。",
            {"高企": ">= 20 家", "瞪羚企业": ">= 40 家"},
        ),
        (
            "新建幼儿园、小学各5所。",
            {"新建幼儿园": ">= 5 所", "新建小学": ">= 5 所"},
        ),
        (
            "工程中心、技术中心、实验室各20家。",
            {"工程中心": ">= 20 家", "技术中心": ">= 20 家", "实验室": ">= 20 家"},
        ),
        (
            "原煤、原油、天然气产量分别达到6000万吨、1000万吨、70亿立方米。",
            {
                "原煤产量": ">= 6000 万吨",
                "原油产量": ">= 1000 万吨",
                "天然气产量": ">= 70 亿立方米",
            },
        ),
        (
            "人参、食用菌产值分别达到300亿元、200亿元。",
            {"人参产值": ">= 300 亿元", "食用菌产值": ">= 200 亿元"},
        ),
        (
            "河湖、海湾建成率分别达到50%、60%。",
            {"河湖建成率": ">= 50 %", "海湾建成率": ">= 60 %"},
        ),
    ],
)
def test_each_subject_has_its_figure(sentence, expected):
    assert named_goals(sentence) == expected
    assert not drafted(sentence).problems


# Operators, measures, kinds.


@pytest.mark.parametrize(
    ("sentence", "goal", "measure"),
    [
        ("拟安排财政赤字900亿元。", "<= 900 亿元", "flow"),
        ("中央财政赤字70亿元。", "<= 70 亿元", "flow"),
        ("赤字率拟按3%安排。", "<= 3 %", "level"),
        ("赤字规模减少15亿元。", ">= 15 亿元", "flow"),
        ("削减财政赤字15亿元。", ">= 15 亿元", "flow"),
        ("物流费用与产值比率降低至13.6%左右。", "<~ 13.6 %", "level"),
        ("赤字率下降到2%左右。", "<~ 2 %", "level"),
        ("细颗粒物浓度下降到33微克/立方米。", "<= 33 微克/立方米", "level"),
        ("农村低保标准提高6%。", ">= 6 %", "rate"),
        ("养老金标准上调5%。", ">= 5 %", "rate"),
        ("居民消费价格指数上涨2%左右。", "<~ 2 %", "rate"),
        ("居民医保补助标准再提高30元。", ">= 30 元", "flow"),
        ("再减少贫困人口1000人以上。", ">= 1000 人", "flow"),
        ("优良天数再提升。", "> 0 天", "rate"),
        ("食品抽检量超每千人6.6批次。", "> 6.6 批次", "flow"),
        ("信访积案动态清零。", "<= 0 个", "level"),
        ("黑臭水体动态清零。", "<= 0 条", "level"),
        ("审批时间再压减一半。", ">= 50 %", "rate"),
    ],
)
def test_what_the_words_say(sentence, goal, measure):
    [target] = drafted(sentence).file.targets
    assert (goal_text(target.goal), target.measure) == (goal, measure)
    assert not drafted(sentence).problems


def test_what_is_arranged_for_is_promised():
    [growth, deficit] = drafted("地区生产总值按增长5%安排，赤字率拟按3%安排。").file.targets
    assert (growth.name, growth.kind, growth.measure) == ("地区生产总值增长", "outcome", "rate")
    assert (deficit.name, deficit.kind) == ("赤字率", "outcome")


@pytest.mark.parametrize("verb", ["新建", "打造", "培育"])
def test_all_of_a_list_is_done_as_its_first(verb):
    targets = drafted(f"{verb}10家重点实验室、30家标杆孵化器、8家中试平台。").file.targets
    assert [target.kind for target in targets] == ["outcome"] * 3
    assert {target.kind for target in drafted("抓好10家实验室、3家孵化器。").file.targets} == {
        "scope"
    }


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("算力规模突破4万P。", "> 4 万P"),
        ("天然气产能达到22亿方。", ">= 22 亿立方米"),
        ("新增产量10亿方以上。", ">= 10 亿立方米"),
        ("新增煤炭产能1400万吨/年。", ">= 1400 万吨"),
        ("为70万妇女免费开展筛查。", ">= 70 万人"),
        ("完成1000万以上农村贫困人口脱贫任务。", ">= 1000 万人"),
    ],
)
def test_promises_in_other_shapes(sentence, goal):
    assert goals(sentence) == [goal]
    assert not drafted(sentence).audit.open


@pytest.mark.parametrize(
    "words", ["承包到期后再延长30年", "建设15分钟社区生活圈", "办好12356热线", "参加二十国集团会议"]
)
def test_what_nobody_has_to_answer_for(words):
    result = drafted(f"新建桥梁3座。\n{words}。")
    assert [goal_text(target.goal) for target in result.file.targets] == [">= 3 座"]
    assert not result.audit.open


@pytest.mark.parametrize(
    ("body", "goal"),
    [
        ("空气质量优良天数再提升。", "> 0 天"),
        ("重污染天数再减少。", "< 0 天"),
        ("优良天数比例再提升。", "> 0 %"),
    ],
)
def test_what_counts_days_changes_by_days(body, goal):
    assert goals(f"(一)聚焦生态。{body}") == [goal]


# The draft holds its own check.


def test_goals_above_the_words_expected_goals_stand_in_their_section():
    body = "今年开局，新建桥梁3座。\n主要预期目标是：新增床位40张。\n(一)聚焦泵站。建成泵站5座。\n(二)聚焦道路。改造道路9公里。"
    result = drafted(body)
    assert not result.problems
    assert goals(body)[:2] == [">= 3 座", ">= 40 张"]


def test_a_draft_without_a_target_loads_and_says_what_to_do(tmp_path, run):
    report = "云山县2026年政府工作报告\n一、2025年工作回顾\n坚持“两个维护”，迎来建县70周年。\n"
    result = draft(parse_report(report, "x"))
    file, findings = load(result.text.encode(), "草稿")
    assert (file.targets, findings) == ((), [])
    assert "sections: []" in result.text
    assert any("没有读出一个指标" in each for each in result.problems)
    audit = run_audit(file, parse_report(report, "x"))
    assert audit.exit_code == 1
    path, text = tmp_path / "targets.yaml", tmp_path / "report.txt"
    path.write_text(result.text, encoding="utf-8")
    text.write_text(report, encoding="utf-8")
    done = run("targets", "audit", text, "--targets", path)
    assert done.code == 1
    assert "没有找到当年的部分，不能说没有遗漏" in done.out
    for command in (("template", "-o", tmp_path / "form.csv"), ("verify", text)):
        done = run(*command, "--targets", path)
        assert done.code == 2
        assert "没有一个指标" in done.err
        assert "补上当年部分的标题" in done.err


# When it is due.


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("上半年完工泵站3座，全年改造小区20个。", [6, None]),
        ("3月底前建成公园1个，年底前建成桥梁2座。", [3, None]),
        ("6月底前建成公园1个，建成桥梁2座。", [6, None]),
        ("6月底前完成选址，建成桥梁2座。", [None]),
        ("6月底前，建成桥梁2座。", [6]),
        ("上半年，建成桥梁2座。", [6]),
        ("确保9月底前，建成桥梁2座。", [9]),
        ("6月底前，全年改造小区20个。", [None]),
        ("上半年完工泵站3座、三季度前完工堤坝2座。", [6, None]),
    ],
)
def test_a_date_holds_for_its_own_clause(sentence, due):
    assert [target.due for target in drafted(sentence).file.targets] == due


# Shares in words.


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("新能源占比超四成。", ["> 40 %"]),
        ("高新技术产业占比达到六成以上。", [">= 60 %"]),
        ("合格率达到七成五。", [">= 75 %"]),
        ("绿化率达到八成半。", [">= 85 %"]),
        ("四分之三的村达标。", [">= 75 %"]),
        ("十分之一的村庄达标。", [">= 10 %"]),
        ("合格率达到百分之九十五。", [">= 95 %"]),
    ],
)
def test_a_share_in_words_is_one(sentence, promised):
    assert goals(sentence) == promised


@pytest.mark.parametrize(
    "sentence",
    [
        "三分之二的村达标。",
        "七分之三的河达标。",
        "税收占比提高百分之五点三。",
        "超四成企业完成改造。",
    ],
)
def test_a_share_that_is_not_worked_out_stays_open(sentence):
    result = drafted(sentence)
    assert not result.file.targets
    assert result.problems
    assert not {each.why for each in result.file.excluded} - {"年份标题"}


@pytest.mark.parametrize(
    "sentence", ["推动三成立达学校建设。", "支持四成公司发展。", "推动二成长计划。"]
)
def test_not_every_numeral_before_cheng_is_a_share(sentence):
    assert not goals(sentence)


# By how much, from where.


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("覆盖率从30%提高5个百分点。", [">= 5 个百分点"]),
        ("学位由1.2万个增加8000个至2万个。", [">= 8000 个", ">= 2 万个"]),
        ("床位由目前的300张增加60张。", [">= 60 张"]),
        ("学校由12所扩大到15所。", [">= 15 所"]),
        ("由县财政新建学校5所增加学位200个。", [">= 5 所", ">= 200 个"]),
    ],
)
def test_where_a_difference_starts_from_is_no_goal(sentence, promised):
    result = drafted(sentence)
    assert [goal_text(target.goal) for target in result.file.targets] == promised
    assert result.audit.exit_code == 0


def test_a_difference_is_named_after_what_rises_and_has_no_baseline():
    [target] = drafted("覆盖率从30%提高5个百分点。").file.targets
    assert (target.name, target.measure, target.baseline) == ("覆盖率提高", "rate", None)


# Firms called by their rank.


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("引进世界500强企业3家。", [">= 3 家"]),
        ("新增中国500强企业2家。", [">= 2 家"]),
        ("新引入500强企业投资项目5个。", [">= 5 个"]),
        ("跻身世界500强企业行列。", ["<= 500 位"]),
        ("进入全国百强。", ["<= 100 位"]),
        ("新增2家企业进入民营企业500强。", [">= 2 家", "<= 500 位"]),
    ],
)
def test_a_rank_beside_a_count_is_a_name(sentence, promised):
    assert goals(sentence) == promised


# Working days; levels.


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("审批时限压缩到3个工作日。", "<= 3 天"),
        ("许可办理缩短至5个工作日以内。", "<= 5 天"),
        ("补贴发放不超过10工作日。", "<= 10 天"),
    ],
)
def test_working_days_are_days(sentence, goal):
    assert goals(sentence) == [goal]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("审批时限压缩到3个工作日办结。", "outcome"),
        ("面向80%的乡村开展培训。", "outcome"),
        ("对30%企业开展抽查。", "outcome"),
        ("抓实5个列省项目。", "scope"),
    ],
)
def test_a_level_is_no_scope(sentence, kind):
    [target] = drafted(sentence).file.targets
    assert target.kind == kind
