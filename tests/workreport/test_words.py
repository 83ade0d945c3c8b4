"""Every word that promises, by the goal it stands for, and every way that the report may write it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dtcheck.targets.goal import Op
from dtcheck.units import parse_unit
from dtcheck.workreport.figures import FigureKind, find_figures
from dtcheck.workreport.reading import read_figure
from dtcheck.workreport.report import mend

# What each of the words stands for: operator, number and unit, and for how many targets. A ? behind
# the unit is what a draft writes, while the report may mean another: 再提升 may be days or points.
WORDS = {
    ">= 300 %": "翻两番 翻2番",
    ">= 100 %": (
        "翻一番 翻1番 翻番 翻倍 倍增 全覆盖 全达标 全面覆盖 全面达标 实现全覆盖 确保全覆盖 保持全覆盖 "
        "100%全覆盖 实现100%全覆盖 百分之百全覆盖 应保尽保 应改尽改 不折不扣完成 不折不扣落实 不折不扣整改 全部"
    ),
    "< 0 % 2": "双下降 双降低 双减少 双回落",
    "> 0 %? 2": "双提升 双提高 双增长 双增加 双上升 双攀升",
    ">= 100 %? 2": "双达标 双覆盖 双清零",
    "2": "双突破 双过半 双翻番",
    "< 0 %?": "再下降 再降低 再减少 再回落",
    "> 0 %?": "再提升 再提高 再增长 再增加 再上升 再攀升",
    "<= 0 条?": "清零 动态清零 归零 消劣 消黑 全面消除 动态消除",
    "<= 0 %?": "零增长 只减不增 稳中有降",
    ">= 0 %?": "只增不减",
    "<= 0 起?": (
        "零发生 零事故 零新增 零伤亡 零违法 零案件 不发生 未发生 不允许再出现 不准发生 严禁发生 不出现 不再出现"
    ),
    ">= 12 次?": "每月 每个月 月月 按月 逐月",
    ">= 4 次?": "每季 每季度 每个季 每个季度 季季 按季 逐季",
    ">= 2 次?": "每半年",
    ">= 1 次?": "每年 每一年",
    ">= 52 次?": "每周 每一周 周周",
    ">= 365 次?": "每天 每日 每一天 每一日 天天",
    "1": (
        "每镇 每街道 每个乡 每村 每个社区 每县 每一区 每校 每一户 每个园区 每个板块 每一个企业 高于全国平均 快于全省平均 "
        "不低于全市平均 优于平均 超过全省县域平均 与经济增长同步 与经济增长基本同步 与经济增长保持同步 "
        "与经济增长保持基本同步 同步增长 高于经济增长 过半 一半 半数"
    ),
    "assigned %": (
        "上级目标 上级任务 上级指标 省定任务 市定任务 国家和省任务 省市任务 上级下达的任务 上级考核目标 省定确定的指标 "
        "省市下达目标 国家下达 上级下达 省下达 市下达"
    ),
    ">= 1 个?": "零突破 零的突破",
    ">= 1 个": "首个 首家 首座 首条 首例 首台 首艘",
}
EACH = [(text, goal) for goal, texts in WORDS.items() for text in texts.split()]
# What only looks like one of them.
NONE = "全部工作 全部精力 全部过程 每当 再接再厉 双方 首先 零售 零部件 平均增长 月初 季报 周边 翻新 覆盖"


@pytest.mark.parametrize(("text", "goal"), EACH, ids=[text for text, _ in EACH])
def test_a_word_and_the_goal_it_stands_for(text, goal):
    written = f"推进{text}，"
    [figure] = find_figures(written)
    assert (figure.text, figure.kind) == (text, FigureKind.WORD)
    assert (figure.start, figure.end) == (2, 2 + len(text))
    op, value, unit, promises = parts(goal)
    assert figure.promises == promises
    assert figure.word is not None
    assert figure.word.unit == unit.rstrip("?")
    reading = read_figure(written, figure)
    if op is None:
        assert reading is None
        return
    assert reading is not None
    assert (reading.op, reading.value, reading.high, reading.by) == (op, value, None, text)
    assert reading.unit == (None if unit.endswith("?") else parse_unit(unit))


def parts(goal):
    """Return operator, number, unit and promises of a line of the table."""
    cells = goal.split()
    promises = int(cells.pop()) if cells[-1].isdigit() else 1
    if not cells:
        return None, None, "%", promises
    if cells[0] == "assigned":
        return Op.ASSIGNED, None, "%", promises
    op, number, unit = cells
    return Op(op), Fraction(number), unit, promises


@pytest.mark.parametrize("harm", "事故 风险 案件 较大火灾".split())
@pytest.mark.parametrize("word", "遏制 防范遏制 杜绝".split())
def test_what_is_prevented_is_counted(word, harm):
    assert [figure.text for figure in find_figures(f"坚决{word}各类{harm}。")] == [word]
    assert find_figures(f"坚决{word}违规用地，防范{harm}。") == ()


@pytest.mark.parametrize(
    "text", "健全覆盖网络 产业倍增计划 及时消除隐患 每人每年20元 每年补助5元 动态清零态势".split()
)
def test_words_that_promise_no_number_here(text):
    assert not any(figure.word for figure in find_figures(f"推进{text}。"))


@pytest.mark.parametrize("text", NONE.split())
def test_what_only_looks_like_a_word(text):
    assert [figure.text for figure in find_figures(f"推进{text}。")] == []


@pytest.mark.parametrize(
    ("written", "figure", "goal"),
    [
        ("进入全国百强县", "百强", (Op.AT_MOST, 100, "位")),
        ("跻身500强。", "500强", (Op.AT_MOST, 500, "位")),
        ("进入十强", "十强", (Op.AT_MOST, 10, "位")),
        ("百亿级产业", "百亿级", (Op.AT_LEAST, 1, "个")),
        ("50亿级企业", "50亿级", (Op.AT_LEAST, 1, "个")),
        ("千万级项目", "千万级", (Op.AT_LEAST, 1, "个")),
        ("亿级项目", "亿级", (Op.AT_LEAST, 1, "个")),
    ],
)
def test_ranks_and_sizes(written, figure, goal):
    [found] = find_figures(written)
    assert found.text == figure
    assert found.word is not None
    assert (found.word.op, found.word.value, found.word.unit) == goal


@pytest.mark.parametrize("strong", "大化度调制势劲健盛壮烈")
def test_strong_is_no_rank(strong):
    assert [figure.text for figure in find_figures(f"百强{strong}")] == ["百"]


@pytest.mark.parametrize(
    ("written", "promises"),
    [
        ("甲、乙均增长5%。", 2),
        ("甲、乙和丙均达5个。", 3),
        ("甲与乙及丙均超5个。", 3),
        ("甲、乙均提高5%。", 2),
        ("甲、乙均高于5%。", 2),
        ("甲、乙均不低于5%。", 2),
        ("甲、乙均实现5%。", 2),
        ("甲、乙均完成5%。", 2),
        ("甲、乙均下降5%。", 2),
        # One subject, and yet 均: two at least.
        ("双方均增长5%。", 2),
        ("人均增收5%。", 1),
        ("甲、乙均衡发展5个。", 1),
        ("城乡居民人均可支配收入增长5%。", 2),
        ("城乡居民收入增长5%，桥梁3座。", 2),
        # What comes after a stop is no longer shared.
        ("甲、乙均达标，桥梁3座。", 1),
    ],
)
def test_what_several_share(written, promises):
    [quantity] = [each for each in find_figures(mend(written)) if each.is_quantity][:1]
    assert quantity.promises == promises


# Numerals in compounds, but not within longer ones.


# 六一, 七一, 八一 and 万一 are words of their own.
@pytest.mark.parametrize("before", "第〇二三四五九十百千亿")
def test_a_compound_behind_a_numeral_counts(before):
    """第一期 is the first stage, 一期 a stage; 二十分 are twenty points."""
    assert find_figures("一期项目") == ()
    assert [figure.text[:1] for figure in find_figures(f"{before}一期项目")] == [before]


# 之一 is a word of its own.
@pytest.mark.parametrize("share", "二三四五六七八九十")
def test_tenths_are_no_idiom(share):
    assert find_figures("十分重视") == ()
    assert [figure.text for figure in find_figures(f"十分之{share}")] == [f"十分之{share}"]


@pytest.mark.parametrize("many", "十百千万")
@pytest.mark.parametrize("of", "人户名亩元")
def test_for_every_so_many_is_a_measure(many, of):
    assert find_figures(f"每{many}{of}拥有") == ()
    assert [figure.text for figure in find_figures(f"每{many}个")] == [f"{many}个"]
