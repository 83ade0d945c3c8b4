"""Figures, number words, and what the words around them call for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from work import READING, work

from dtcheck.workreport.figures import chinese_number, find_figures
from dtcheck.workreport.reading import is_class_name, read_figure
from dtcheck.workreport.report import mend, parse_report


def texts(written):
    return [figure.text for figure in find_figures(mend(written))]


def readings(written):
    text = mend(written)
    return [
        f"{reading.op} {reading.value or 0}"
        + (f"..{reading.high}" if reading.high else "")
        + (f" {reading.unit.text}" if reading.unit else "")
        for figure in find_figures(text)
        if (reading := read_figure(text, figure)) and not is_class_name(text, figure)
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零八", 108),
        ("两千五百", 2500),
        ("三万六千", 36000),
        ("百", 100),
        ("千万", 10**7),
        ("万", 10**4),
        ("亿", 10**8),
        ("十万亿", 10**13),
        ("一亿二千万", 120_000_000),
        ("二〇二四", 2024),
        ("〇", 0),
        ("三甲", None),
        ("", None),
    ],
)
def test_chinese_numerals(written, value):
    assert chinese_number(written) == (None if value is None else Fraction(value))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("增长６．５％左右", ["6.5%"]),
        ("开票1,710亿元", ["1,710亿元"]),
        ("报会上市2-3家", ["2-3家"]),
        ("增长5%至5.5%", ["5%至5.5%"]),
        ("粮食30万吨", ["30万吨"]),
        ("吞吐30万标箱", ["30万"]),  # 标箱 is no unit here, yet 万 belongs to the number
        ("用电12亿千瓦时", ["12亿千瓦时"]),  # not 亿千瓦, which is power
        ("线路5亿千伏", ["5亿千伏"]),
        ("进度3个月", ["3"]),  # not three things
        ("“7+2”工程、5G基站、PM2.5、G30高速", ["7", "2", "5G", "PM2.5", "G30"]),
        ("GDP 6.5%左右", ["6.5%"]),
        ("二○二四年", ["二〇二四"]),
        ("PM2.5和臭氧双下降、天数再提升", ["PM2.5", "双下降", "再提升"]),
        ("每月开竣工、每季度观摩、“周周演”", ["每月", "每季度", "周周"]),
        ("百亿级、50亿级项目，全国百强", ["百亿级", "50亿级", "百强"]),
        ("应保尽保、应助尽助，全部整改", ["应保尽保", "应助尽助", "全部"]),
        ("动态清零、消除黑臭水体、全面消劣", ["动态清零", "消除", "消劣"]),
        ("防范遏制事故，不发生风险，杜绝瞒报案件", ["防范遏制", "不发生", "杜绝"]),
        ("实现翻番、倍增，村庄规划全覆盖、全达标", ["翻番", "倍增", "全覆盖", "全达标"]),
        ("不折不扣完成整改，完成上级任务", ["不折不扣完成", "上级任务"]),
        ("第三代半导体，位居第一", ["第三", "第一"]),
    ],
)
def test_what_is_found(written, found):
    assert texts(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "一着不让抓落实，一体推进，一以贯之，举一反三",
        "一般公共预算收入、社会消费品零售总额、统一、唯一",
        "万众一心、千方百计、百年大计、十分重视、进一步、一系列",
        "让每一个人都满意，低(零)碳、零容忍、一切事业、新一轮",
        "不折不扣抓落实，每千人口",
    ],
)
def test_idioms_and_morphemes_count_nothing(written):
    assert texts(written) == []


@pytest.mark.parametrize("digits", ["9" * 5000, "1" + ",000" * 2000, "九" * 5000, "十" * 5000])
def test_too_long_for_a_number_is_still_found(digits):
    # Python itself refuses to turn more than 4300 digits into a number.
    figure = find_figures(f"完成{digits}个项目。")[0]
    assert (figure.text[:9], figure.is_quantity) == (digits[:9], False)


# A list ends after 500 characters at the latest, so a text has to be longer than that.
@pytest.mark.parametrize(
    ("repeated", "size"), [("a", 300), ("十", 300), ("9", 300), ("分别完成1个、", 800)]
)
def test_a_text_without_end_is_read_once(repeated, size):
    """Twice the text is twice the work, and not four times."""
    once, twice = (
        work(find_figures, (repeated * each)[:each], regexes=READING) for each in (size, 2 * size)
    )
    assert once > size
    assert twice < 2.4 * once


@pytest.mark.parametrize("unit", ["亿元", "千万元", "亿美元", "百万元"])
def test_a_numeral_that_is_the_units_own_prefix(unit):
    [figure] = find_figures(f"{unit}以上项目")
    assert figure.unit is not None
    assert (figure.text, figure.value, figure.unit.text) == (unit, 1, unit)


def test_a_fraction_is_no_idiom():
    assert texts("十分之一")[0] == "十分之一"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("总数超850家", ["> 850 家"]),
        ("突破2000亿元", ["> 2000 亿元"]),
        ("超过310户", ["> 310 户"]),
        ("达1300亿元", [">= 1300 亿元"]),
        ("新签协议100个以上", [">= 100 个"]),
        ("不少于45个", [">= 45 个"]),
        ("提高到2.5%左右", ["~ 5/2 %"]),
        ("失业率控制在5.5%以内", ["<= 11/2 %"]),
        ("控制在6%左右", ["<~ 6 %"]),
        ("降到5.5%左右", ["<~ 11/2 %"]),
        ("城镇调查失业率5.5%左右", ["<~ 11/2 %"]),
        ("居民消费价格涨幅3%左右", ["<~ 3 %"]),
        ("失业率稳定，收入增长6%左右", ["~ 6 %"]),
        ("失业率、收入增长6%左右", ["~ 6 %"]),
        ("提高到6%左右", ["~ 6 %"]),
        ("增长5%上下", ["~ 5 %"]),
        ("占比5%上升", [">= 5 %"]),
        ("不超过20起", ["<= 20 起"]),
        # 不超 is no 超, and so with the others.
        *(
            (f"{words}20起", ["<= 20 起"])
            for words in ("不超", "不大于", "不多于", "不高于", "不突破")
        ),
        *(
            (f"{words}20起", [">= 20 起"])
            for words in ("不低于", "不少于", "不小于", "至少", "保底")
        ),
        *(
            (f"{words}20起", ["> 20 起"])
            for words in ("高于", "大于", "多于", "快于", "越过", "跨越")
        ),
        *((f"{words}20起", ["< 20 起"]) for words in ("少于", "小于", "不足", "不到", "不满")),
        *((f"{words}20起", ["<= 20 起"]) for words in ("压降至", "压降到", "降至", "降到")),
        *((f"20起{words}", ["<= 20 起"]) for words in ("以下", "及以下", "之内", "以内")),
        *((f"20起{words}", [">= 20 起"]) for words in ("以上", "及以上")),
        ("突破了20起", ["> 20 起"]),
        ("控制为20起", [">= 20 起"]),
        ("不高于为20起", ["<= 20 起"]),
        ("低于30起", ["< 30 起"]),
        ("报会上市2-3家", [".. 2..3 家"]),
        ("分别增长5%和6.5%左右", ["~ 5 %", "~ 13/2 %"]),
        # Two figures of unlike units are no range, those of like ones are in the unit of the second.
        ("增长6%至50亿元", [">= 6 %", ">= 50 亿元"]),
        ("提升3位至80%", [">= 3 位", ">= 80 %"]),
        ("提高2个百分点至70%", [">= 2 个百分点", ">= 70 %"]),
        ("拓宽500米至1公里", [".. 1/2..1 公里"]),
        ("筹资8000万元至2亿元", [".. 4/5..2 亿元"]),
        ("增长5%-7%", [".. 5..7 %"]),
        # A dash between a word and a number is a sign, one between numbers is none.
        ("税收收入增长-2%", [">= -2 %"]),
        ("工业增加值－2.5%左右", ["~ -5/2 %"]),
        ("人口净增−3万人", [">= -3 万人"]),
        ("增幅控制在-1%以内", ["<= -1 %"]),
        ("培育5-10个", [".. 5..10 个"]),
        ("用5月-10月时间", []),
        ("投放5万-10万元", [">= 10 万元"]),
        ("新建学校-3所", [">= 3 所"]),
        ("到2026-01，浓度PM2.5-3微克", []),
        ("前五-10%", [">= 10 %"]),
        # A ceiling holds for bare figures before it, not for what has a noun or verb of its own.
        ("用地10万平方米、20万平方米以内", ["<= 10 万平方米", "<= 20 万平方米"]),
        ("用时分别为3天、5天和8天以下", ["<= 3 天", "<= 5 天", "<= 8 天"]),
        ("用地1000亩、厂房10万平方米以内", [">= 1000 亩", "<= 10 万平方米"]),
        ("城镇就业1.1万人、失业率4%以内", [">= 11/10 万人", "<= 4 %"]),
        ("投资30亿元、单位能耗3吨以下", [">= 30 亿元", "<= 3 吨"]),
        ("收入增长5%、赤字率控制在3%以内", [">= 5 %", "<= 3 %"]),
        # 超 of the second doesn't reach back, and a comma ends a list.
        ("小巨人12家、省级企业超50家", [">= 12 家", "> 50 家"]),
        ("桥梁3座，道路5公里左右", [">= 3 座", "~ 5 公里"]),
        # Thresholds in names are no promises.
        ("新开工亿元以上项目超100个", ["> 100 个"]),
        ("打造千亩示范片21个", [">= 21 个"]),
        ("引进10亿元以上项目3个", [">= 3 个"]),
    ],
)
def test_how_words_become_operators(written, read):
    assert readings(written) == read


@pytest.mark.parametrize(
    ("written", "promises"),
    [
        ("双下降", {"双下降": 2}),
        ("分别增长6%、7.1%以上", {"分别": 2, "6%": 1, "7.1%": 1}),
        ("甲、乙、丙分别达到1个、2个、3个", {"分别": 3, "1个": 1, "2个": 1, "3个": 1}),
        ("工业投资、技改投资、民间投资均增长12%", {"12%": 3}),
        ("城乡居民收入增长6%以上", {"6%": 2}),
        ("城乡居民医保参保率98%", {"98%": 1}),
    ],
)
def test_words_that_promise_for_several(written, promises):
    assert {figure.text: figure.promises for figure in find_figures(written)} == promises


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("２０２４年&nbsp;增长 6.5 ％", "2024年增长6.5%"),
        ("产值 1 280.5 亿元", "产值1280.5亿元"),
        ("<p>新建<b>3</b>座</p>", "新建3座"),
        ("二○二四 二O二五年", "二〇二四二〇二五年"),
        ("（一）聚焦　工业", "(一)聚焦工业"),
        ("㈠项目", "(一)项目"),
        ("G 30 5G", "G30 5G"),
    ],
)
def test_damaged_text_is_mended(written, mended):
    assert mend(written) == mended


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("2025年主要工作", 2025),
        ("二、2025年工作安排", 2025),
        ("二、2025年总体要求和主要目标任务", 2025),
        ("第二部分 2025年政府工作打算", 2025),
        ("二〇二五年工作任务", 2025),
        ("二、今年工作的总体要求", 2025),  # by the review's year
    ],
)
def test_the_plan_starts_at_its_heading(heading, year):
    report = parse_report(f"一、2024年工作回顾\n新建桥梁9座。\n{heading}\n新建桥梁3座。", "甲.txt")
    assert report.year == year
    assert [figure.text for figure in report.promises if figure.unit] == ["3座"]


def test_a_table_of_contents_is_not_the_plan():
    text = "一、2024年工作回顾\n二、2025年工作安排\n一、2024年工作回顾\n桥梁9座。\n二、2025年工作安排\n桥梁3座。"
    assert [f.text for f in parse_report(text, "甲.txt").promises if f.unit] == ["3座"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("(一)", "(二)"), ("一、", "二、"), ("第一，", "第二，"), ("1.", "2."), ("一是", "二是")],
)
def test_styles_of_headings(first, second):
    text = f"2025年主要工作\n引言。\n{first}聚焦工业，提速。\n{second}聚焦民生。做实。"
    assert [each.words for each in parse_report(text, "甲.txt").headings] == [
        "聚焦工业",
        "聚焦民生",
    ]


def test_headings_inside_headings_do_not_count():
    text = "2025年主要工作\n(一)聚焦工业。\n一是提速。\n二是增效。\n(二)聚焦民生。\n一是就业。"
    assert [each.words for each in parse_report(text, "甲.txt").headings] == [
        "聚焦工业",
        "聚焦民生",
    ]


def test_headings_where_line_breaks_are_lost():
    text = "2025年主要工作\n引言。(一)聚焦工业，提速。新建桥梁3座。(二)聚焦民生。做实。"
    assert [each.words for each in parse_report(text, "甲.txt").headings] == [
        "聚焦工业",
        "聚焦民生",
    ]


def test_no_heading_is_not_guessed():
    report = parse_report("新建桥梁3座。", "甲.txt")
    assert (report.plan, report.headings, report.year, report.place) == (None, (), None, None)


def test_positions_are_those_that_readers_count():
    report = parse_report("题目\n\n2025年主要工作\r\n新建桥梁3座。", "甲.txt")
    figure = report.promises[-1]
    place = report.where(figure.start)
    # The blank line is no paragraph, but a line of the file.
    assert (place.paragraph, place.character, place.line) == (3, 5, 4)
