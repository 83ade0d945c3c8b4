"""Units of goals as reports write them: each of design §4 is read, with its prefix, noun and operator."""

from __future__ import annotations

import pytest

from dtcheck.drafting.draft import draft
from dtcheck.drafting.draft_text import goal_text
from dtcheck.workreport.report import parse_report

OPENING = "云山县2025年政府工作报告\n一、2024年工作回顾\n桥梁9座。\n二、2025年主要工作\n"
AMOUNTS = (
    "元 万元 亿元 千万元 万亿元 美元 万美元 亿美元 平方米 万平方米 平方公里 亩 万亩 公顷 米 公里 千瓦 万千瓦 兆瓦 吉瓦 "
    "吨 万吨 亿吨 公斤 斤 亿斤 立方米 万立方米 亿立方米 升 万升 千瓦时 亿千瓦时 度 万度 亿度 吨标准煤 万吨标准煤 微克/立方米 ‰ % "
    "百分点 个百分点 小时 人 万人 名 人次 万人次 户 万户 天"
).split()
COUNTED = "个 家 项 件 座 条 处 张 场 次 起 台 所 套 份 头 只 羽 尾 株 棵 栋 幢 部 辆 例 支 眼 批 批次 班次 艘 架 宗 间 册 篇 枚 款 盏 种 门 列".split()
PREFIXED = "万头 万只 亿羽 万尾 万株 万册 万套 千栋".split()


def goals(sentence):
    return [
        goal_text(target.goal)
        for target in draft(parse_report(OPENING + sentence, "x")).file.targets
    ]


@pytest.mark.parametrize("unit", [*AMOUNTS, *COUNTED, *PREFIXED])
def test_a_goal_in_every_unit(unit):
    assert goals(f"新增某物达到120{unit}以上，巩固提升。") == [f">= 120 {unit}"]


@pytest.mark.parametrize("unit", [*COUNTED, *PREFIXED])
def test_before_the_noun(unit):
    assert goals(f"新增36{unit}某物，巩固提升。") == [f">= 36 {unit}"]


@pytest.mark.parametrize(
    "unit", ["人", "名", "户", "册", "株", "头", "辆", "台", "公里", "亩", "吨"]
)
@pytest.mark.parametrize("odd", ["余", "多"])
def test_a_little_more(unit, odd):
    assert goals(f"新增某物3000{odd}{unit}。") == [f">= 3000 {unit}"]


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("细颗粒物年均浓度控制在35微克/立方米以内。", "<= 35 微克/立方米"),
        ("人口自然增长率控制在6‰以下。", "<= 6 ‰"),
        ("审批时间压缩至24小时以内。", "<= 24 小时"),
        ("年用电量超过3.5亿度。", "> 3.5 亿度"),
        ("粮食总产稳定在125亿斤左右。", "~ 125 亿斤"),
        ("新增常住人口100万。", ">= 100 万人"),
    ],
)
def test_with_its_operator(sentence, goal):
    assert goals(sentence) == [goal]
