"""Names as bureaus write them, not as the targets file does: known, or left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from making import SMALL, write

from dtcheck.targets import load_targets

WRITTEN = Path(__file__).with_name("names_as_written.csv")


@pytest.fixture(scope="module")
def written() -> list[tuple[str, str]]:
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["code"]) for row in csv.DictReader(file)]


def found(file, name: str) -> str:
    target = file.by_name(name)
    return target.code if target else "none"


def test_most_names_of_bureaus_are_known(real, written):
    """At least nine of ten; what is missed gets the nearest name as a hint."""
    names = [(name, code) for name, code in written if code != "none"]
    known = [name for name, code in names if found(real, name) == code]
    assert len(names) > 300
    assert len(known) >= 0.9 * len(names), [name for name, _ in names if name not in known]


def test_no_name_is_taken_for_another(real, written):
    """Stocks, the other direction, other levels and other things beside what is promised."""
    wrong = {
        name: got for name, code in written if (got := found(real, name)) not in (code, "none")
    }
    assert wrong == {}


def test_every_target_is_known_by_two_names_of_bureaus(real, written):
    by_code: dict[str, int] = {}
    for _, code in written:
        by_code[code] = by_code.get(code, 0) + 1
    few = [each.code for each in real.targets if by_code.get(each.code, 0) < 2]
    assert few == []


# Mechanical variants, for any place's file

PLACE = """format: 1
place: 丰水市
year: 2024
title: 目标
bureaus: [{name: 统计局}]
sections:
  - code: ZH
    name: 综合
    heading: 综合
    targets:
      - {code: ZH01, name: 用电量增长, goal: ">= 5 %", measure: rate, phrase: x, lead: 统计局}
      - {code: ZH02, name: 新增规上服务业企业, goal: ">= 10 家", measure: flow, phrase: x, lead: 统计局}
      - {code: ZH03, name: 规上服务业企业总数, goal: ">= 90 家", measure: level, phrase: x, lead: 统计局}
      - {code: ZH04, name: 新建口袋公园, goal: ">= 6 处", measure: flow, phrase: x, lead: 统计局, aliases: [口袋公园]}
      - {code: ZH05, name: 植树造林, goal: ">= 600 亩", measure: flow, phrase: x, lead: 统计局}
      - {code: ZH06, name: 单位能耗降幅, goal: ">= 3 %", measure: rate, phrase: x, lead: 统计局}
      - {code: ZH07, name: 酸雨变化, goal: "< 0 %", measure: rate, phrase: x, lead: 统计局}
      - {code: ZH08, name: 净增国家高企, goal: ">= 3 家", measure: flow, phrase: x, lead: 统计局}
      - {code: ZH09, name: 新改扩建幼儿园, goal: ">= 3 所", measure: flow, phrase: x, lead: 统计局}
      - {code: ZH10, name: 新改扩建幼儿园面积, goal: ">= 3 万平方米", measure: flow, phrase: x, lead: 统计局}
      - {code: ZH11, name: 帮扶就业, goal: ">= 300 人", measure: flow, phrase: x, lead: 统计局}
      - {code: ZH12, name: 省级以上示范园区, goal: ">= 2 个", measure: level, phrase: x, lead: 统计局}
      - {code: ZH13, name: 居民人均可支配收入增长, goal: ">= 5 %", measure: rate, phrase: x, lead: 统计局}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return load_targets(write(tmp_path_factory.mktemp("place") / "t.yaml", PLACE))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        # how growth is called
        ("用电量增速", "ZH01"),
        ("用电量同比增长", "ZH01"),
        ("用电量可比价增幅", "ZH01"),
        ("居民人均可支配收入增幅", "ZH13"),
        ("常住居民人均可支配收入增速", "ZH13"),
        # the place, the year
        ("全市新增规上服务业企业", "ZH02"),
        ("丰水市新增规上服务业企业", "ZH02"),
        ("丰水新增规上服务业企业", "ZH02"),
        ("我市植树造林", "ZH05"),
        ("本年新增规上服务业企业", "ZH02"),
        ("今年累计新增规模以上服务业企业", "ZH02"),
        # what is counted
        ("新增规上服务业企业数", "ZH02"),
        ("新增规模以上服务业企业户数", "ZH02"),
        ("规上服务业企业新增数量", "ZH02"),
        ("规上服务业企业新增家数", "ZH02"),
        ("植树造林面积", "ZH05"),
        ("完成植树造林面积", "ZH05"),
        ("帮扶就业人数", "ZH11"),
        ("新改扩建幼儿园数", "ZH09"),
        ("新改扩建幼儿园所数", "ZH09"),
        ("新改扩建幼儿园面积", "ZH10"),
        ("新建口袋公园数量", "ZH04"),
        ("口袋公园新建数", "ZH04"),
        # levels and marks
        ("净增高新技术企业", "ZH08"),
        ("国家级高新技术企业净增数", "ZH08"),
        ("省级及以上示范园区", "ZH12"),
        ("省以上示范园区个数", "ZH12"),
        # falls and changes
        ("单位能耗下降率", "ZH06"),
        ("单位能耗降低率", "ZH06"),
        ("酸雨同比变化", "ZH07"),
        ("酸雨增减幅度", "ZH07"),
    ],
)
def test_variants_of_any_place(place, name, code):
    assert found(place, name) == code


@pytest.mark.parametrize(
    "name",
    [
        "用电量",  # no alias, so not even the quantity
        "新建口袋公园面积",  # counted in 处
        "口袋公园数",  # a stock
        "口袋公园面积",
        "植树造林数量",
        "帮扶就业率",
        "帮扶就业户数",
        "规上服务业企业增长",  # no growth is promised
        "净增规上服务业企业",  # net is not new
        "退出规上服务业企业",
        "省高新技术企业净增数",
        "市级以上示范园区",
        "酸雨降幅",  # a fall of 3 would be −3
        "酸雨下降率",
        "单位能耗上升率",
        "单位能耗增长",
        "用电量增加值",
        "居民人均可支配收入倍差",
        "大丰水市植树造林规划",
    ],
)
def test_what_is_no_variant(place, name):
    assert place.by_name(name) is None


def test_of_two_targets_with_one_variant_neither_is_found(tmp_path):
    text = SMALL + (
        '      - {code: GY90, name: 新增展馆, goal: ">= 5 个", measure: flow, phrase: x, lead: 科学技术局}\n'
        '      - {code: GY91, name: 新建展馆, goal: ">= 9 个", measure: flow, phrase: x, lead: 科学技术局}\n'
    )
    lines = text.splitlines(keepends=True)
    head = [each for each in lines if not each.startswith("      - {code: GY9")]
    more = [each for each in lines if each.startswith("      - {code: GY9")]
    at = next(i for i, each in enumerate(head) if each.strip() == "targets:") + 1
    file = load_targets(write(tmp_path / "t.yaml", "".join([*head[:at], *more, *head[at:]])))
    assert found(file, "新增展馆") == "GY90"
    assert found(file, "新建展馆") == "GY91"
    assert file.by_name("新建成展馆") is None
    assert file.by_name("展馆新增数") is None


# Bureaus


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("发展改革委员会", "发展和改革委员会"),
        ("发展改革局", "发展和改革委员会"),
        ("东台市发改委", "发展和改革委员会"),
        ("自然资源规划局", "自然资源和规划局"),
        ("市自然资源和规划局", "自然资源和规划局"),
        ("文化广电旅游局", "文化广电和旅游局"),
        ("卫健局", "卫生健康委员会"),
        ("卫健委", "卫生健康委员会"),
        ("卫生健康局", "卫生健康委员会"),
        ("盐城市东台生态环境局", "生态环境局"),
        ("盐城市东台市生态环境局", "生态环境局"),
        ("江苏省盐城市东台市财政局", "财政局"),
        ("人社局（牵头）", "人力资源和社会保障局"),
        ("人社局(主报)", "人力资源和社会保障局"),
        ("牵头单位：工信局", "工业和信息化局"),
        ("财政局、税务局", "财政局"),
        ("住建局，城管局", "住房和城乡建设局"),
        ("住建局/城管局", "住房和城乡建设局"),
        ("工信局会同统计局", "工业和信息化局"),
        ("东台市监局", "市场监督管理局"),
        ("市市场监管局", "市场监督管理局"),
    ],
)
def test_bureaus_as_clerks_write_them(real, written, name):
    assert real.bureau(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "发改",
        "财政",
        "市场监管",
        "税务局、财政局",
        "盐城市财政局",
        "大丰区财政局",
        "财政部",
        "教育局",
        "局",
        "委",
        "",
    ],
)
def test_who_is_no_bureau_of_the_file(real, written):
    assert real.bureau(written) is None
