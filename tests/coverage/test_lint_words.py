"""What lint says, word for word: each message names what is wrong, each hint what to do."""

from __future__ import annotations

import pytest
from making import write

from dtcheck.coverage.lint import lint
from dtcheck.targets import load_targets

HEAD = """\
format: 1
place: 云山县
year: 2025
title: 目标
bureaus:
  - {name: 统计局, short: [统计]}
sections:
  - code: AA
    name: 综合
    heading: 综合
    targets:
"""


def target(code, name, goal, phrase, measure="flow", more="", lead="统计局"):
    return (
        f"      - {{code: {code}, name: {name}, goal: {goal!r}, measure: {measure}, "
        f"phrase: {phrase!r}, lead: {lead}{more}}}\n"
    )


def relation(total, added, last, net="true"):
    return f"relations:\n  - {{total: {total}, added: {added}, last: {last}, net: {net}}}\n"


@pytest.fixture
def said(tmp_path):
    """Return (rule, code, message, hint) of everything that lint says of some targets."""

    def linting(*targets, tail="", head=HEAD):
        file = load_targets(write(tmp_path / "t.yaml", head + "".join(targets) + tail))
        return [(each.rule.id, each.code, each.message, each.hint) for each in lint(file)]

    return linting


BRIDGE = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座")


@pytest.mark.parametrize(
    ("one", "rule", "message", "hint"),
    [
        (
            target("AA01", "新建桥梁", ">= 3 座", "新建桥梁"),
            "DT411",
            "的原话“新建桥梁”中没有数，也没有表示数量的词",
            "phrase 要含有那个数，照报告的原文抄写",
        ),
        (
            target("AA01", "收集率", ">= 80 %", "收集率达80%"),
            "DT419",
            "按 % 计，却是从年初累计的数（flow）",
            "占比用 level，同比增减用 rate",
        ),
        (
            target("AA01", "收集率", ">= 180 %", "收集率达180%", "level"),
            "DT419",
            "的占比目标 ≥180% 超过 100%",
            "同比增减用 rate",
        ),
        (
            target("AA01", "位次", "<= 100 位", "全国百强"),
            "DT419",
            "是位次，越小越好",
            '写成 "<= N 位"，measure 用 level',
        ),
        (
            target("AA01", "新增企业", ">= 10.5 家", "新增10.5家"),
            "DT419",
            "的目标 ≥10.5家 不是整数",
            "核对数和单位",
        ),
        (
            target("AA01", "新增用地", ">= 10 亩", "新增10亩", "rate"),
            "DT419",
            "是同比增减（rate），却按 亩 计",
            "数量用 flow 或 level",
        ),
        (
            target("AA01", "巡查次数", ">= 12 次", "每月一次", "level", ", pace: monthly"),
            "DT419",
            "按月、按季的节奏只用于从年初累计的数（flow）",
            "改 pace 或 measure",
        ),
        (
            target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座", more=", baseline: 4 座"),
            "DT418",
            "的目标 ≥3座，低于2024年的 4座",
            "核对报告；口径不同的在 note 写明",
        ),
        (
            target("AA01", "查处案件", "<= 3 起", "查处案件不超过3起", more=", baseline: 2 起"),
            "DT418",
            "的上限 ≤3起，高于2024年的 2起",
            "核对报告；口径不同的在 note 写明",
        ),
        (
            target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座", more=", tolerance: 1 座"),
            "DT422",
            "的目标 ≥3座 不是“左右”，tolerance 1座 用不上",
            "删去 tolerance（默认为目标的 5%），或改小",
        ),
        (
            target("AA01", "增长", "~ 6 %", "增长6%左右", "rate", ", tolerance: 0.7 %"),
            "DT422",
            "的 tolerance 0.7% 超过目标的 10%（0.6%）",
            "删去 tolerance（默认为目标的 5%），或改小",
        ),
    ],
)
def test_what_is_said_of_a_target(said, one, rule, message, hint):
    found = [each for each in said(one) if each[0] == rule]
    assert found == [(rule, "AA01", f"AA01 {message}", hint)]


def test_what_is_said_of_two_targets(said):
    other = target("AA02", "新修桥梁", ">= 3 座", "新修桥梁3座")
    assert said(BRIDGE, other) == [
        (
            "DT420",
            "AA02",
            "AA02 的“新修桥梁”与 AA01 的“新建桥梁”只差一个字",
            "把其中一个写得更明白，或删去这个别名；原话如此的，提醒填报人同时填编号",
        )
    ]
    first = target("AA02", "新建道路", ">= 3 公里", "新建道路3公里")
    assert said(first, BRIDGE) == [
        (
            "DT412",
            "AA01",
            "AA01 排在 AA02 之后，编号却在前",
            "编号按报告的次序递增；沿用上年编号的不必改",
        )
    ]
    hundred = target("AA100", "新建道路", ">= 3 公里", "新建道路3公里")
    assert said(BRIDGE, hundred) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("甲乙丙丁", "甲乙丙戊", True),
        ("甲乙丙丁", "戊乙丙丁", True),
        ("甲乙丙丁", "甲乙戊丁", True),
        ("甲乙丙丁", "甲乙丙丁戊", True),
        ("甲乙丙丁戊", "甲乙丙丁", True),
        ("甲乙丙丁", "戊甲乙丙丁", True),
        ("甲乙丙丁戊", "乙丙丁戊", True),
        ("甲乙丙丁", "甲乙戊丙丁", True),
        ("甲乙丙丁", "甲乙丁丙", False),
        ("甲乙丙丁", "甲乙戊己", False),
        ("甲乙丙丁", "甲乙丙丁戊己", False),
        ("甲乙丙丁戊", "甲戊丙丁", False),
        ("甲乙丙", "甲乙丁", False),
    ],
)
def test_one_slip_of_the_pen(said, one, other, alike):
    found = said(target("AA01", one, ">= 3 座", "3座"), target("AA02", other, ">= 4 座", "4座"))
    assert [each[0] for each in found] == ["DT420"] * alike


@pytest.mark.parametrize("lead", ["待定", "待核", "未定", "无"])
def test_leads_that_are_none_yet(said, lead):
    head = HEAD.replace("  - {name: 统计局, short: [统计]}", f"  - {{name: {lead}}}")
    found = said(target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座", lead=lead), head=head)
    assert found == [("DT421", "AA01", f"AA01 的牵头单位还是“{lead}”", "写上单位的全称")]


def test_leads_that_are_none_yet_are_told_at_once(said):
    """A fresh draft says so of each of its targets: one line for all, with the first five."""
    head = HEAD.replace("  - {name: 统计局, short: [统计]}", "  - {name: 待定}")
    many = [
        target(f"AA0{number}", f"新建{thing}", f">= {number} 座", f"{thing}{number}座", lead="待定")
        for number, thing in enumerate("桥梁 泵站 水塔 公厕 凉亭 停车场".split(), 1)
    ]
    told = "6 项的牵头单位还是“待定”：AA01、AA02、AA03、AA04、AA05 等"
    assert said(*many, head=head) == [("DT421", None, told, "写上单位的全称")]
    two = "2 项的牵头单位还是“待定”：AA01、AA02"
    assert said(*many[:2], head=head) == [("DT421", None, two, "写上单位的全称")]


IDLE = "核对 lead，用不上的删去；只报数不牵头的，写 note 说明"


def test_what_is_said_of_bureaus(said):
    more = "  - {name: 气象局, short: [统计, 气象局]}\nsections:\n"
    found = said(BRIDGE, head=HEAD.replace("sections:\n", more))
    assert found == [
        ("DT421", None, "bureaus 中的“气象局”没有牵头任何指标", IDLE),
        ("DT421", None, "bureaus 中有 2 个单位都叫“统计”", "各用各的全称和简称"),
    ]


MISSED = "报告本来如此的不必改，在 note 写明；抄错的改正"


@pytest.mark.parametrize(
    ("total", "added", "net", "message"),
    [
        # 90 + 10 is 100, and 100 is not over 100: 11 firms more, or over 10亿元.
        ("> 100 家", ">= 10 家", "true", "90+10=100，够不上“超100家”；净增需≥11家"),
        ("> 100 亿元", ">= 10 亿元", "true", "90+10=100，够不上“超100亿元”；净增需>10亿元"),
        (">= 101 家", ">= 10 家", "true", "90+10=100，低于“≥101家”；净增需≥11家"),
        (
            ">= 101 家",
            "> 9 家",
            "false",
            "90+10=100，低于“≥101家”；新增需≥11家，还要没有企业退出",
        ),
        (">= 100 家", ">= 10 家", "true", None),
        ("> 100 家", "> 10 家", "true", None),
    ],
)
def test_sums_that_fall_short(said, total, added, net, message):
    unit = total.split()[-1]
    found = said(
        target("AA01", "企业总量", total, total.replace("> ", "超").replace(">= ", ""), "level"),
        target("AA02", "增加企业", added, added.replace("> ", "超").replace(">= ", "")),
        tail=relation("AA01", "AA02", f"90 {unit}", net),
    )
    sums = [each for each in found if each[0] == "DT417"]
    expected = [("DT417", "AA01", f"AA01、AA02：{message}", MISSED)] if message else []
    assert sums == expected


def test_a_baseline_that_is_not_the_relations_last(said):
    found = said(
        target("AA01", "企业总量", ">= 100 家", "100家", "level", ", baseline: 91 家"),
        target("AA02", "增加企业", ">= 10 家", "10家"),
        tail=relation("AA01", "AA02", "90 家"),
    )
    assert found == [
        ("DT417", "AA01", "AA01、AA02：last 是 90家，AA01 的 baseline 却是 91", "两处写成一样")
    ]


@pytest.mark.parametrize(
    ("goal", "phrase", "note", "fine"),
    [
        # No figure of the phrase is the goal's: no note makes up for that.
        (">= 5 座", "桥梁3座、泵站4座", "3座在建，合计另有2座", False),
        (">= 5 座", "桥梁3座、泵站4座", "“4座”读作不低于5座", False),
        (">= 5 座", "桥梁3座、泵站4座", None, False),
        (">= 500 座", "桥梁四百座", "四百座之外另有百座", False),
        (">= 400 座", "桥梁四百座", None, True),
        # Of two figures, one fits.
        (">= 4 座", "桥梁3座、泵站4座", None, True),
        ("> 4 座", "桥梁3座、泵站超4座", None, True),
        (">= 4 座", "桥梁3座、泵站超4座", None, False),
    ],
)
def test_a_phrase_of_several_figures(said, goal, phrase, note, fine):
    more = f", note: {note}" if note else ""
    found = said(target("AA01", "新建工程", goal, phrase, more=more))
    assert [each[0] for each in found] == ([] if fine else ["DT411"])


def test_of_several_figures_the_fitting_one_is_named(said):
    [(_, _, message, hint)] = said(target("AA01", "新建工程", ">= 4 座", "桥梁3座、泵站超4座"))
    assert message == "AA01 的目标是 ≥4座，原话的“4座”（“超”）读作 超4座"
    assert hint == "改 goal；确有别的读法的，在 note 写明：“超”读作什么"
