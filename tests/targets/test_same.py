"""Which targets of two files are the same indicator: what pairs, and above all what must not."""

from __future__ import annotations

import pytest
from making import make_target

from dtcheck.targets import Section, TargetsFile
from dtcheck.targets.changes import changes
from dtcheck.targets.same import same_indicators


def file_of(*targets, place="青河县", year=2025):
    coded = tuple(each._replace(code=f"AA{at:02d}") for at, each in enumerate(targets, 1))
    return TargetsFile(
        place=place,
        year=year,
        title="",
        source=(),
        bureaus=(),
        sections=(Section("AA", "综合", "综合", coded),),
        excluded=(),
        relations=(),
        path="t.yaml",
        sha256="",
    )


def target(name, goal, measure="flow", phrase="", **more):
    return make_target(goal, measure, name=name, phrase=phrase or "原话", **more)


def paired(old, new, place="青河县"):
    """Return which of ``new`` is which of ``old``, by names."""
    file, fresh = file_of(*old), file_of(*new, year=2026)
    found = same_indicators(file, fresh.targets, place)
    return {fresh.by_code[code].name: before.name for code, before in found.items()}


SAME = [
    ("规上工业增加值增长", "规模以上工业增加值增长", "rate", "%"),
    ("地区生产总值增长", "GDP增速", "rate", "%"),
    ("地区生产总值增长", "全省地区生产总值增长", "rate", "%"),
    ("地区生产总值增长", "经济增长", "rate", "%"),
    ("地区生产总值增长", "青河县地区生产总值增长", "rate", "%"),
    ("居民消费价格涨幅", "居民消费价格指数增长", "rate", "%"),
    ("城镇居民人均可支配收入增长", "城镇居民收入增长", "rate", "%"),
    ("公共财政预算收入增长", "一般公共预算收入增长", "rate", "%"),
    ("单位GDP能耗降幅", "万元生产总值能耗下降率", "rate", "%"),
    ("实际利用外资", "利用境外资金", "flow", "亿美元"),
    ("外贸进出口", "进出口总额", "flow", "亿美元"),
    ("城镇新增就业", "新增城镇就业", "flow", "万人"),
    ("新增规上工业企业", "新认定规上工业企业数", "flow", "家"),
    ("净增国家高企", "净增高新技术企业", "flow", "家"),
]


@pytest.mark.parametrize(("before", "now", "measure", "unit"), SAME)
def test_names_that_mean_the_same(before, now, measure, unit):
    old = [target(before, f">= 5 {unit}", measure), target("别的", ">= 1 天")]
    new = [target(now, f">= 6 {unit}", measure), target("新的", ">= 1 天")]
    assert paired(old, new) == {now: before}


OTHERS = [
    ("城镇居民收入增长", "农村居民收入增长", "rate", "%"),
    ("居民收入增长", "城镇居民收入增长", "rate", "%"),
    ("农民人均纯收入增长", "农村居民人均可支配收入增长", "rate", "%"),
    ("规上工业企业", "规上服务业企业", "flow", "家"),
    ("新增省级专精特新企业", "新增国家级专精特新企业", "flow", "家"),
    ("净增国家高企", "新增国家高企", "flow", "家"),
    ("新开工亿元以上项目", "新开工5亿元以上项目", "flow", "个"),
    ("新开工亿元项目", "新竣工亿元项目", "flow", "个"),
    ("城镇登记失业率", "城镇调查失业率", "level", "%"),
    ("财政总收入增长", "一般公共预算收入增长", "rate", "%"),
    ("新建幼儿园", "改扩建幼儿园", "flow", "所"),
    ("新建农村公路", "新建农村公路桥梁", "flow", "公里"),
    ("单位GDP能耗降幅", "单位GDP用水量降幅", "rate", "%"),
    ("固定资产投资增长", "工业投资增长", "rate", "%"),
    ("投资总规模", "完成投资", "flow", "亿元"),
    ("总产量", "总产量", "flow", "亿斤"),
]


@pytest.mark.parametrize(("before", "now", "measure", "unit"), OTHERS)
def test_names_that_are_alike_and_mean_another(before, now, measure, unit):
    unit = unit if unit != "所" else "个"
    assert (
        paired([target(before, f">= 5 {unit}", measure)], [target(now, f">= 6 {unit}", measure)])
        == {}
    )


def test_a_name_alone_is_not_enough():
    """The same name of an amount, its growth, its share, another thing counted."""
    old = [target("一般公共预算收入", ">= 5 %", "rate")]
    assert paired(old, [target("一般公共预算收入", ">= 80 亿元")]) == {}
    old = [target("规上工业企业", ">= 20 家")]
    assert paired(old, [target("规上工业企业", "> 300 家", "level")]) == {}
    assert paired(old, [target("规上工业企业", ">= 20 亿元")]) == {}
    falls = [target("单位能耗降幅", ">= 3 %", "rate")]
    assert paired(falls, [target("单位能耗增长", ">= 3 %", "rate")]) == {}


def test_a_second_of_a_name_is_any_of_several():
    old = [target("项目投资", ">= 5 亿元"), target("项目投资（2）", ">= 9 亿元")]
    new = [target("项目投资", ">= 6 亿元"), target("项目投资（2）", ">= 7 亿元")]
    assert paired(old, new) == {"项目投资": "项目投资"}


def test_of_two_that_could_be_meant_neither_is():
    old = [target("进出口", ">= 5 亿美元")]
    new = [target("外贸进出口", ">= 6 亿美元"), target("外贸进出口总额", ">= 7 亿美元")]
    assert paired(old, new) == {}
    # But what has the very name has it.
    assert paired(old, [*new, target("进出口", ">= 8 亿美元")]) == {"进出口": "进出口"}


def test_aliases_of_either_side():
    old = [target("全社会研发投入占比", "~ 2.5 %", "level", aliases=("研发经费投入强度",))]
    assert paired(old, [target("研发经费投入强度", "~ 2.6 %", "level")]) == {
        "研发经费投入强度": "全社会研发投入占比"
    }


def test_the_same_words_whatever_it_was_named():
    """The words tell, too, how the figure behaves: 数字经济规模 is what the old file says it is."""
    old = [
        target("亿元企业培育", ">= 20 家", phrase="全年培育开票超亿元企业20家以上"),
        target("集中开竣工", ">= 12 次", phrase="每月集中开竣工"),
    ]
    new = [
        target("培育开票超亿元企业", ">= 25 家", "level", phrase="培育开票超亿元企业25家"),
        target("每月集中开竣工", ">= 12 次", phrase="每月集中开竣工"),
    ]
    assert paired(old, new) == {
        "培育开票超亿元企业": "亿元企业培育",
        "每月集中开竣工": "集中开竣工",
    }


def test_words_that_tell_nothing_pair_nothing():
    old = [target("甲项目投资", ">= 5 亿元", phrase="年度计划投资5亿元")]
    assert paired(old, [target("乙项目投资", ">= 6 亿元", phrase="年度计划投资6亿元")]) == {}


def test_two_of_one_phrase_pair_in_their_order():
    both = "PM2.5和臭氧浓度双下降"
    old = [target("PM2.5变化", "< 0 %", "rate", both), target("臭氧变化", "< 0 %", "rate", both)]
    new = [
        target("浓度双下降", "< 0 %", "rate", both),
        target("浓度双下降（2）", "< 0 %", "rate", both),
    ]
    assert paired(old, new) == {"浓度双下降": "PM2.5变化", "浓度双下降（2）": "臭氧变化"}
    # One of them gone, the other could be either.
    assert paired(old, new[:1]) == {}


def test_two_that_share_a_list_pair_in_their_order():
    old = [
        target("城镇收入", ">= 5 %", "rate", "城镇和农村居民收入分别增长5%、6%"),
        target("农村收入", ">= 6 %", "rate", "城镇和农村居民收入分别增长5%、6%"),
    ]
    new = [
        target("前一个", ">= 5.5 %", "rate", "城镇和农村居民收入分别增长5.5%、6.5%"),
        target("后一个", ">= 6.5 %", "rate", "城镇和农村居民收入分别增长5.5%、6.5%"),
    ]
    assert paired(old, new) == {"前一个": "城镇收入", "后一个": "农村收入"}


def test_words_that_two_phrases_share_pair_nothing():
    """What neither name tells apart is not told apart by its place."""
    old = [
        target("甲", ">= 11 %", "rate", "规上工业增加值增长11%"),
        target("乙", ">= 13 %", "rate", "规上工业增加值增长13%"),
    ]
    new = [
        target("丙", ">= 8 %", "rate", "规上工业增加值增长8%"),
        target("丁", ">= 9 %", "rate", "规上工业增加值增长9%"),
    ]
    assert paired(old, new) == {}


def test_the_same_words_said_of_two_things_pair_nothing():
    """增加值增长 of all and of a zone: the numbered ones are not each other's."""
    old = [
        target("规上工业增加值增长", ">= 11 %", "rate", "规上工业增加值增长11%"),
        target("规上工业增加值增长（2）", ">= 13 %", "rate", "规上工业增加值增长13%"),
    ]
    new = [
        target("规上工业增加值增长", ">= 8 %", "rate", "规上工业增加值增长8%"),
        target("规上工业增加值增长（2）", ">= 9 %", "rate", "规上工业增加值增长9%"),
    ]
    assert paired(old, new) == {"规上工业增加值增长": "规上工业增加值增长"}


def test_what_became_of_them():
    old = file_of(
        target("进出口", ">= 5 亿美元"),
        target("新增学位", ">= 300 个"),
        target("百强", "<= 100 位"),
    )
    new = file_of(
        target("新增学位", ">= 400 个"),
        target("进出口", ">= 5 亿美元"),
        target("步道", ">= 6 公里"),
    )
    found = changes(old, new)
    assert [(one.name, two.name) for one, two in found.same] == [("进出口", "进出口")]
    assert [(one.goal_text(), two.goal_text()) for one, two in found.changed] == [
        ("≥300个", "≥400个")
    ]
    assert [each.name for each in found.new] == ["步道"]
    assert [each.name for each in found.gone] == ["百强"]
