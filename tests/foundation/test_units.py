"""Numbers and units, worked out from design §4."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtcheck.units import (
    format_number,
    match_number,
    own_units,
    parse_number,
    parse_unit,
    plain,
    prefix_factor,
    same_dimension,
)

DIMENSIONS = {
    "元": "元 万元 亿元 人民币 元人民币 千元 百元 十元 百万元 千万元 十亿元 万亿元",
    "美元": "美元 万美元 亿美元 百万美元",
    "平方米": "平方米 ㎡ m2 m² 平米 亩 万亩 公顷 平方公里 平方千米 km2 km² 万平方米",
    "米": "米 m 公里 ㎞ km KM 千米 万米",
    "瓦": "瓦 W 千瓦 kW KW ㎾ 万千瓦 兆瓦 MW ㎿ 吉瓦 GW",
    "吨": "吨 万吨 t 公斤 千克 kg 斤 万斤",
    "立方米": "立方米 万立方米 m3 m³ 升",
    "千瓦时": "千瓦时 亿千瓦时 度 万度 kWh 兆瓦时 MWh",
    "吨标准煤": "吨标准煤 万吨标准煤 吨标煤",
    "微克/立方米": "微克/立方米 μg/m³ µg/m3 ug/m3",
    "小时": "小时 万小时",
    "%": "% ％ ‰ 百分点 个百分点",
    "人": "人 名 万人 千名",
    "人次": "人次 万人次",
    "户": "户 万户",
    "天": "天",
    "位": "位",
    "个": "个 家 项 件 座 条 处 张 场 次 起 套 台 所 份 头 只 万羽 尾 株 棵 栋 幢 部 辆 例 支 眼 批 批次 艘 架 宗 间 册 篇 枚 款 盏 匹 百个 千件 万座 十家 亿件",
}
EVERY = [(first, text) for first, texts in DIMENSIONS.items() for text in texts.split()]


@pytest.mark.parametrize(("first", "text"), EVERY)
def test_a_unit_belongs_to_its_dimension_alone(first, text):
    unit = parse_unit(text)
    assert unit is not None
    for other in DIMENSIONS:
        same = parse_unit(other).dimension == unit.dimension
        assert same == (other == first), other


@pytest.mark.parametrize(
    ("value", "unit", "expected", "to"),
    [
        ("12000", "万元", "1.2", "亿元"),
        ("6070", "万美元", "0.607", "亿美元"),
        ("1", "万亿元", "10000", "亿元"),
        ("3", "百万元", "300", "万元"),
        ("2", "十亿元", "20", "亿元"),
        ("2", "百亿元", "200", "亿元"),
        ("2", "千亿元", "2000", "亿元"),
        ("7", "十万元", "70", "万元"),
        ("7", "千万元", "0.7", "亿元"),
        ("1", "公顷", "15", "亩"),
        ("15", "亩", "1", "公顷"),
        ("1", "公顷", "10000", "平方米"),
        ("1", "亩", "2000/3", "平方米"),
        ("1.5", "亩", "1000", "平方米"),
        ("1", "平方公里", "100", "公顷"),
        ("1", "平方公里", "1500", "亩"),
        ("66000", "亩", "6.6", "万亩"),
        ("100000", "㎡", "10", "万平方米"),
        ("110000", "米", "110", "公里"),
        ("1", "千米", "1", "km"),
        ("1.4", "吉瓦", "140", "万千瓦"),
        ("1400", "兆瓦", "140", "万千瓦"),
        ("1", "MW", "1000", "kW"),
        ("1000", "瓦", "1", "千瓦"),
        ("1000", "W", "1", "kW"),
        ("20000", "个", "2", "万座"),
        ("3", "百家", "300", "项"),
        ("1", "千名", "1000", "人"),
        ("1100", "万人次", "11000000", "人次"),
        ("6.5", "个百分点", "6.5", "%"),
        ("6.5", "％", "6.5", "%"),
        ("2.1", "千户", "2100", "户"),
    ],
)
def test_conversions_are_exact(value, unit, expected, to):
    assert parse_unit(unit).convert(Fraction(value), parse_unit(to)) == Fraction(expected)


@pytest.mark.parametrize(
    ("stems", "worth"),
    [
        ("元 人民币 元人民币", 1),
        ("美元", 1),
        ("平方米 平米 ㎡ m2 m²", 1),
        ("公顷", 10_000),
        ("平方公里 平方千米 km2 km²", 1_000_000),
        ("米 m", 1),
        ("公里 ㎞ km", 1000),
        ("瓦 w", 1),
        ("千瓦 ㎾ kw", 1000),
        ("兆瓦 ㎿ mw", 1_000_000),
        ("吉瓦 gw", 1_000_000_000),
        ("吨 t", 1),
        ("公斤 千克 kg", Fraction(1, 1000)),
        ("斤", Fraction(1, 2000)),
        ("立方米 m3 m³", 1),
        ("升", Fraction(1, 1000)),
        ("千瓦时 度 kwh", 1),
        ("兆瓦时 mwh", 1000),
        ("吨标准煤 吨标煤", 1),
        ("微克/立方米 μg/m³ µg/m³ ug/m3", 1),
        ("小时", 1),
        ("‰", Fraction(1, 10)),
        ("% 百分点 个百分点", 1),
        ("人 名", 1),
        ("人次", 1),
        ("户", 1),
        ("天", 1),
        ("位", 1),
        (
            "个 家 项 件 座 条 处 张 场 次 起 套 台 所 份 头 只 羽 尾 株 棵 栋 幢 部 辆 例 支 眼 批 批次 艘 架 宗 间 册 篇 枚 款 盏 匹",
            1,
        ),
    ],
)
def test_what_each_unit_is_worth(stems, worth):
    first = next(texts for texts in DIMENSIONS.values() if stems.split()[0] in texts.split())
    for stem in stems.split():
        assert parse_unit(stem).convert(Fraction(1), parse_unit(first.split()[0])) == worth


@pytest.mark.parametrize(
    ("prefix", "power"),
    [("十", 1), ("百", 2), ("千", 3), ("万", 4), ("十万", 5), ("百万", 6), ("千万", 7), ("亿", 8),
     ("十亿", 9), ("百亿", 10), ("千亿", 11), ("万亿", 12)],
)  # fmt: skip
def test_what_each_prefix_multiplies_by(prefix, power):
    for stem in ("元", "美元", "人", "平方米"):
        assert parse_unit(prefix + stem).convert(Fraction(1), parse_unit(stem)) == 10**power
    assert prefix_factor(prefix) == 10**power


def test_what_is_no_prefix():
    assert prefix_factor("兆") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("万千瓦", "万千瓦 千瓦 万瓦 万兆瓦 万吉瓦"),
        ("亿元", "亿元 元 亿人民币 亿元人民币"),
        ("亿美元", "亿美元 美元"),
        ("%", "% ‰ 百分点 个百分点"),
        ("万吨", "万吨 吨 万公斤 万千克 万斤"),
        ("度", "度 千瓦时 兆瓦时"),
        ("微克/立方米", "微克/立方米"),
        ("万人", "万人 人 万名"),
        ("天", "天"),
    ],
)
def test_the_units_that_may_stand_for_another(text, written):
    assert " ".join(same_dimension(parse_unit(text))) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [("亿元", "亿美元"), ("人", "人次"), ("人", "户"), ("天", "次"), ("位", "个"), ("%", "个"),
     ("公里", "平方公里"), ("亩", "米"), ("万千瓦", "万元"), ("户", "家"), ("人", "个"), ("吨", "吨标准煤"), ("千瓦时", "千瓦"),
     ("小时", "天"), ("立方米", "平方米"), ("吨", "立方米")],
)  # fmt: skip
def test_other_dimensions_never_convert(one, other):
    with pytest.raises(ValueError, match=other):
        parse_unit(one).convert(Fraction(1), parse_unit(other))


@pytest.mark.parametrize(
    "text", ["", "圆", "亿圆", "欧元", "标箱", "亩次", "万", "亿", "元元", "个元", "分"]
)
def test_what_is_no_unit(text):
    assert parse_unit(text) is None


def test_odd_writing_of_units():
    assert parse_unit(" 亿 元 ") == parse_unit("亿元")
    assert parse_unit("ｋＷ").size == 1000
    assert parse_unit("个百分点").is_points
    assert not parse_unit("%").is_points


def test_a_targets_file_knows_units_of_its_own_while_it_is_in_use():
    with own_units(["标箱", "亩次", "TEU"]):
        box, times = parse_unit("万标箱"), parse_unit("亩次")
        assert box.convert(Fraction(3, 2), parse_unit("标箱")) == 15000
        assert not box.is_whole
        assert parse_unit("teu") is not None
        for unit in (times, parse_unit("亩"), parse_unit("个"), parse_unit("TEU")):
            assert unit.dimension != box.dimension
        assert parse_unit("标准箱") is None
        assert " ".join(same_dimension(box)) == "万标箱 标箱"
        with own_units([]):
            assert parse_unit("标箱") is None
    assert parse_unit("标箱") is None


def test_what_is_counted_in_wholes():
    whole = {text for first, text in EVERY if parse_unit(text).is_whole}
    counted = {text for first, text in EVERY if first in ("个", "人", "人次", "户", "位")}
    assert whole == counted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("1710", "1710"),
        ("1,710", "1710"),
        ("1,234,567.5", "1234567.5"),
        ("19 278.1", "19278.1"),
        ("1 234 567", "1234567"),
        ("-3.2", "-3.2"),
        ("+6.8", "6.8"),
        (".5", "0.5"),
        ("6.50", "6.5"),
        ("007", "7"),
        ("1.2e3", "1200"),
        ("1E-2", "0.01"),
        ("0.1", "1/10"),
        ("1E+2", "100"),
        ("9" * 30, "9" * 30),
        ("1" + ",000" * 9, "1" + "000" * 9),
        ("1" + " 000" * 9, "1" + "000" * 9),
        ("0." + "1" * 30, "0." + "1" * 30),
        ("12,345", "12345"),
        ("123 456", "123456"),
    ],
)
def test_numbers(text, expected):
    assert parse_number(text) == Fraction(expected)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "1,71", "1,7100", "12,34,567", "1,,710", "1.2.3", "1 71", "一", "1e999", "0x10", "1_000",
     "5-6", "1.", "²", "١", "nan", "inf", "1,234.5,6", ",710", "9" * 31,
     "1234,567", "1234 567", "1" + ",000" * 10, "1" + " 000" * 10, "0." + "1" * 31, "1e", "1e+", "1,000 000", "--1"],
)  # fmt: skip
def test_what_is_no_number(text):
    assert parse_number(text) is None


def test_a_number_ends_where_the_unit_begins():
    assert match_number("1710亿元") == (Fraction(1710), 4)
    assert match_number("约20", 1) == (Fraction(20), 3)
    assert match_number("5XL") == (Fraction(5), 1)
    assert match_number("约 123", 1) is None
    assert match_number("亿元") is None


def test_full_width_becomes_plain_but_a_circled_digit_stays():
    assert plain("　１，７１０．５％　") == "1,710.5%"
    assert plain("−3") == "-3"
    assert plain("①10²") == "①10²"
    # All of full-width ASCII, and not what stands beside it.
    assert plain("！～") == "!~"
    assert plain("｟￠") == "｟￠"


@pytest.mark.parametrize("space", "\u3000\u00a0\u2007\u202f\u2009")
def test_spaces_of_spreadsheets_are_spaces(space):
    assert plain(f"1{space}710") == "1 710"


@pytest.mark.parametrize("minus", "\u2212\u2010\u2011－")
def test_signs_of_input_methods_are_a_minus(minus):
    assert plain(f"{minus}3.2") == "-3.2"


@pytest.mark.parametrize("unseen", "\ufeff\u200b\u200e\u200f")
def test_what_nobody_sees_is_dropped(unseen):
    assert plain(f"1{unseen}2") == "12"


def test_units_of_one_letter():
    assert plain("㎡㎞㎾㎿") == "平方米公里千瓦兆瓦"


@pytest.mark.parametrize(
    ("value", "places", "sign", "expected"),
    [
        ("1/3", None, False, "0.333333"),
        ("2000", None, False, "2000"),
        ("0.0000004", None, False, "0"),
        ("-0.0000004", None, True, "0"),
        ("0.0000005", None, False, "0.000001"),
        ("1.50", None, False, "1.5"),
        ("0.25", 1, False, "0.3"),  # half up, as offices round; Python's own round() gives 0.2
        ("-0.25", 1, False, "-0.3"),
        ("0.05", 1, True, "+0.1"),
        ("-0.04", 1, True, "0.0"),
        ("2.675", 2, False, "2.68"),  # a float would give 2.67
        ("99.95", 1, False, "100.0"),
        ("53.3", 0, False, "53"),
        ("12", 1, True, "+12.0"),
        ("0", 1, True, "0.0"),
        ("1" + "0" * 25, None, False, "1" + "0" * 25),
    ],
)
def test_formatting(value, places, sign, expected):
    assert format_number(Fraction(value), places, sign=sign) == expected


@given(st.integers(-(10**20), 10**20), st.integers(0, 6))
def test_what_is_written_is_read_back(digits, places):
    value = Fraction(digits, 10**places)
    assert parse_number(format_number(value)) == value


@given(st.integers(0, 10**12), st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_there_and_back_changes_nothing(value, one, other):
    first, second = parse_unit(one[1]), parse_unit(other[1])
    if first.dimension == second.dimension:
        assert second.convert(first.convert(Fraction(value), second), first) == value
