"""What the words say of striving and of the measure, and how a note may answer."""

from __future__ import annotations

import pytest
from making import make_target, write

from dtcheck.coverage.audit import run_audit
from dtcheck.coverage.efforts import effort_before, misjudged
from dtcheck.coverage.excuses import Excuse
from dtcheck.coverage.lint import lint
from dtcheck.coverage.measures import measure_at_odds
from dtcheck.rules import Level
from dtcheck.targets import Kind, load_targets
from dtcheck.workreport.report import mend, parse_report

HEAD = """\
format: 1
place: 云山县
year: 2025
title: 目标
bureaus: [{name: 统计局}]
sections:
  - code: AA
    name: 综合
    heading: 聚焦综合
    targets:
"""
OPENING = "云山县2025年政府工作报告\n2025年主要工作\n聚焦综合。"


def block(code, name, goal, phrase, measure="flow", **more):
    keys = {"code": code, "name": name, "goal": f'"{goal}"', "measure": measure}
    keys |= {"phrase": phrase, "lead": "统计局", **more}
    lines = [f"{key}: {value}" for key, value in keys.items()]
    return "      - " + "\n        ".join(lines) + "\n"


def load(tmp_path, *blocks, tail=""):
    return load_targets(write(tmp_path / "t.yaml", HEAD + "".join(blocks) + tail))


def said(text, *, strive, note=None):
    """Return what is said of the mark of a target whose figure is 40家."""
    target, text = make_target(">= 40 家", strive=strive, note=note), mend(text)
    return misjudged(target, effort_before(text, text.index("40家")))


@pytest.mark.parametrize(
    ("text", "marked", "unmarked"),
    [
        # What must be marked, what must not, and what may be either.
        ("争创三星企业超40家", True, False),
        ("力争新增企业40家", True, False),
        ("努力实现企业40家", True, False),
        ("争创国家级、省级企业40家", True, False),
        ("新增企业40家", False, True),
        ("建成园区，新增企业40家", False, True),
        ("新增企业40家，争创示范市", False, True),
        ("通过努力的工作，新增企业40家", False, True),
        # It may be meant of this one too: another figure, another verb, or to obtain.
        ("争创示范社3家、企业40家", True, True),
        ("争创示范工厂、新创企业40家", True, True),
        ("争取企业40家落地", True, True),
        ("冲刺企业40家", True, True),
    ],
)
def test_who_has_to_be_marked(text, marked, unmarked):
    assert (said(text, strive=True) is None) is marked
    assert (said(text, strive=False) is None) is unmarked


def test_what_is_said_of_a_mark():
    assert said("争创企业40家", strive=False) == (
        "的原话写“争创”，没有注明是争取目标（strive）",
        "加上 strive: true；不作争取目标的，在 note 写明：“争创”不作争取",
    )
    assert said("新增企业40家", strive=True) == (
        "注明是争取目标（strive），原话没有“争创”“力争”这样的词",
        "删去 strive；同一句里的“力争”也管这一项的，在 note 写明：“力争”也管这一项",
    )


TWO = "力争收入超70万元，强村达40家"


@pytest.mark.parametrize(
    ("text", "strive", "note", "outcome"),
    [
        # 力争 of the clause before holds only where the note says so.
        (TWO, True, None, "finding"),
        (TWO, True, "“力争”读作兼管两个目标", "excuse"),
        (TWO, True, "“力争”不管强村", "finding"),
        (TWO, False, None, None),
        (TWO, False, "“力争”读作兼管两个目标", "finding"),
        (TWO, False, "“力争”只管收入，不管强村", None),
        # What the note claims has to stand in the sentence.
        ("收入超70万元。强村达40家", True, "“力争”兼管", "finding"),
        # Its own clause says it: only a denial helps.
        ("力争强村达40家", False, "“力争”不作争取", "excuse"),
        ("力争强村达40家", False, "力争不作争取", "finding"),
        ("力争强村达40家", False, "“力争”照样算", "finding"),
        ("力争强村达40家", True, "“力争”不作争取", None),
        # What can't be read can't be held against it.
        ("□□，强村达40家", True, None, None),
    ],
)
def test_what_a_note_says_of_a_mark(text, strive, note, outcome):
    found = said(text, strive=strive, note=note)
    kind = {type(None): None, tuple: "finding"}.get(type(found), "excuse")
    assert kind == outcome


def test_an_excuse_tells_both_readings():
    assert said(TWO, strive=True, note="“力争”兼管") == Excuse(
        "GY01", "力争", "只管前一项", "争取目标", "“力争”兼管", 0
    )


def test_the_audit_reads_what_stands_before_the_phrase(tmp_path):
    file = load(tmp_path, block("AA01", "新增企业", ">= 40 家", "新增企业40家"))
    audit = run_audit(file, parse_report(f"{OPENING}力争新增企业40家。", "x"))
    [finding] = [each for each in audit.findings if each.rule.id == "DT424"]
    assert finding.message.startswith("AA01 的原话写“力争”")
    assert finding.level is Level.ERROR
    # Lint knows the phrase alone.
    assert list(lint(file)) == []


def test_excuses_are_listed_and_errors_are_not(tmp_path):
    file = load(
        tmp_path,
        block("AA01", "新增企业", ">= 40 家", "新增企业超40家", note="“超”读作达到"),
        block("AA02", "新建桥梁", ">= 4 座", "新建桥梁3座", note="“3座”读作不低于4座"),
    )
    audit = run_audit(file, parse_report(f"{OPENING}新增企业超40家，新建桥梁3座。", "x"))
    assert audit.excuses == (
        Excuse("AA01", "超", "超40家", "≥40家", "“超”读作达到", file.targets[0].line),
    )
    assert [each.code for each in audit.findings if each.rule.id == "DT411"] == ["AA02"]


@pytest.mark.parametrize(
    ("goal", "written", "level"),
    [
        (">= 60 个", "60个", None),
        (">= 60 家", "60个", Level.WARNING),
        (">= 6 万人", "6万名", Level.WARNING),
        (">= 60000 人", "6万人", None),
        (">= 0.6 亿元", "6000万元", None),
        (">= 60 户", "60个", Level.ERROR),
        (">= 60 万个", "60个", Level.ERROR),
    ],
)
def test_a_unit_by_another_name(tmp_path, goal, written, level):
    file = load(tmp_path, block("AA01", "新增", goal, f"新增{written}"))
    found = run_audit(file, parse_report(f"{OPENING}新增{written}。", "x")).findings
    assert [each.level for each in found if each.rule.id == "DT411"] == [level] * bool(level)


@pytest.mark.parametrize(
    ("goal", "phrase", "right"),
    [
        (">= 12 次", "每月观摩", True),
        (">= 12 次", "每月观摩一次", True),
        (">= 24 次", "每月观摩2次", True),
        (">= 24 场", "每月至少举办两场", True),
        (">= 8 次", "每季度观摩2次", True),
        (">= 12 次", "每月观摩2次", False),
        (">= 2 次", "每月观摩2次", False),
        (">= 24 次", "每月观摩", False),
        (">= 12 %", "每月观摩", False),
        (">= 12 万次", "每月观摩", False),
        (">= 4 次", "每季度观摩", True),
        (">= 1 个", "突破百亿级项目", True),
        (">= 100 亿元", "突破百亿级项目", False),
        ("<= 0 起", "不发生事故", True),
        ("<= 0 %", "不发生事故", False),
        ("<= 100 位", "进入百强县", True),
        ("<= 10 位", "进入百强县", False),
    ],
)
def test_a_number_that_follows_from_words(tmp_path, goal, phrase, right):
    note = f"“{phrase}”读作{goal}"
    file = load(tmp_path, block("AA01", "指标", goal, phrase, note=note))
    audit = run_audit(file, parse_report(f"{OPENING}{phrase}。", "x"))
    assert ([each.rule.id for each in audit.findings if each.code == "AA01"] == []) is right
    assert [each.figure.text for each in audit.open if each.place.paragraph == 3] == (
        ["一次"] if "一次" in phrase else []
    )


def test_a_word_without_a_number_is_told(tmp_path):
    file = load(tmp_path, block("AA01", "新建站点", ">= 14 个", "每个镇建成站点"))
    audit = run_audit(file, parse_report(f"{OPENING}每个镇建成站点。", "x"))
    [finding] = [each for each in audit.findings if each.rule.id == "DT411"]
    assert finding.message == "AA01 的目标是 ≥14个，原话的“每个镇”没有说出数，无从核对"
    assert finding.level is Level.WARNING


LIST = "甲、乙、丙分别新增30家、20家、10家"


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ((30, 20, 10), []),
        ((20, 30, 10), ["AA01", "AA02"]),
        ((10, 30, 20), ["AA01", "AA02", "AA03"]),
        ((30, 20, 11), ["AA03"]),
        ((30, 30, 10), ["AA02"]),
    ],
)
def test_of_a_list_the_kth_target_takes_the_kth_figure(tmp_path, numbers, wrong):
    blocks = [
        block(f"AA0{at}", f"{name}新增企业", f">= {number} 家", LIST)
        for at, (name, number) in enumerate(zip("甲乙丙", numbers, strict=True), 1)
    ]
    audit = run_audit(load(tmp_path, *blocks), parse_report(f"{OPENING}{LIST}。", "x"))
    assert [each.code for each in audit.findings if each.rule.id == "DT411"] == wrong


def test_of_a_list_neither_names_nor_phrases_say_which(tmp_path):
    """Whatever they hold, the second target of 分别 answers for its second figure."""
    words = "甲、乙分别新增30家、20家"
    blocks = [
        block("AA01", "乙新增20家", ">= 20 家", words),
        block("AA02", "甲新增30家", ">= 30 家", "乙分别新增30家、20家"),
    ]
    audit = run_audit(load(tmp_path, *blocks), parse_report(f"{OPENING}{words}。", "x"))
    assert [each.code for each in audit.findings if each.rule.id == "DT411"] == ["AA01", "AA02"]


SHARED = "建成街区1个、社区2个"


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (("街区", 1), ("社区", 2), []),
        (("街区", 2), ("社区", 1), ["AA01", "AA02"]),
        (("街区", 1), ("社区", 1), ["AA02"]),
        # Out of order, by the words before each figure.
        (("社区", 2), ("街区", 1), []),
        # No name tells: the order does.
        (("甲", 1), ("乙", 2), []),
        (("甲", 2), ("乙", 1), ["AA01", "AA02"]),
        # Names and numbers at odds: the order bears the numbers out.
        (("社区", 1), ("街区", 2), []),
    ],
)
def test_figures_of_one_phrase_go_by_name_or_by_order(tmp_path, first, second, wrong):
    blocks = [
        block(f"AA0{at}", f"建成{name}", f">= {number} 个", SHARED)
        for at, (name, number) in enumerate((first, second), 1)
    ]
    audit = run_audit(load(tmp_path, *blocks), parse_report(f"{OPENING}{SHARED}。", "x"))
    assert [each.code for each in audit.findings if each.rule.id == "DT411"] == wrong


@pytest.mark.parametrize(
    ("name", "goal", "phrase", "fits", "word"),
    [
        ("规上企业总数", "> 850 家", "新增规上企业110家、总数超850家", "level", "总数"),
        ("新增规上企业", ">= 110 家", "新增规上企业110家、总数超850家", "flow", "新增"),
        ("经济强村", ">= 120 个", "经济强村达120个以上", "level", "达…个"),
        ("培训农民", ">= 700 人", "培训农民达700人", "flow", "培训"),
        ("绿色贷款", "> 320 亿元", "绿色贷款余额突破320亿元", "level", "贷款"),
        ("主导产业规模", "> 1750 亿元", "主导产业规模超1750亿元", "flow", "业规模"),
        ("接待游客", "> 1100 万人次", "游客总数超1100万人次", "flow", "人次"),
        ("农民收入增长", ">= 6 %", "农民收入增长6%", "rate", "增长"),
        ("能耗降幅", "assigned %", "能耗完成上级任务", "rate", "降幅"),
        ("污水收集率", ">= 80 %", "污水收集率提高到80%", "level", "率"),
        ("城镇化率", ">= 1 百分点", "城镇化率提高1个百分点", "rate", "百分点"),
        ("河道", "<= 0 条", "河道全面消劣", "level", "消劣"),
        ("开票销售", ">= 100 %", "开票销售实现翻番", "rate", "翻番"),
        ("事故", "<= 0 起", "不发生事故", "flow", "不发生"),
    ],
)
def test_the_measure_by_the_words(name, goal, phrase, fits, word):
    for measure in ("flow", "level", "rate"):
        found = measure_at_odds(make_target(goal, measure, name=name, phrase=phrase))
        assert (found and found[0]) == (None if measure == fits else word)


@pytest.mark.parametrize(
    ("name", "goal", "phrase"),
    [
        ("争星企业", "> 40 家", "争创三星企业超40家"),  # won this year, or held
        ("新增企业总数", ">= 40 家", "新增企业总数达40家"),  # two words
        ("基站", ">= 260 座", "基站260座"),
        ("高标准农田", ">= 60 万亩", "累计建成高标准农田60万亩"),  # this year's, or all
        ("规模", ">= 60 亿元", "规模达60亿元"),
    ],
)
def test_words_that_tell_no_measure(name, goal, phrase):
    for measure in ("flow", "level"):
        assert measure_at_odds(make_target(goal, measure, name=name, phrase=phrase)) is None


def test_a_scope_is_counted_up():
    found = measure_at_odds(
        make_target(">= 5 个", "level", name="重大项目", phrase="抓实5个重大项目", kind=Kind.SCOPE)
    )
    assert found is not None
    assert found[1] == "的 measure 是 level，“工作范围（scope）”说的却是从年初累计的数（flow）"


@pytest.mark.parametrize(
    ("note", "level"),
    [(None, "warning"), ("“总数”指当年的总数", "info"), ("“企业总数”另有说明", "warning")],
)
def test_a_note_makes_an_info_of_a_measure(tmp_path, note, level):
    more = {"note": note} if note else {}
    file = load(tmp_path, block("AA01", "企业总数", "> 850 家", "企业总数超850家", **more))
    assert [(each.rule.id, each.level.value) for each in lint(file)] == [("DT425", level)]


def sums(tmp_path, whole, part, note=None):
    """Return what is said of a part of a whole; each is its goal and its baseline in 亿元."""
    blocks = [
        block(
            code, name, f"> {goal} 亿元", f"{name}销售超{goal}亿元", baseline=f"{last} 亿元", **more
        )
        for code, name, (goal, last), more in (
            ("AA01", "全部", whole, {}),
            ("AA02", "主导", part, {"note": note} if note else {}),
        )
    ]
    file = load(tmp_path, *blocks, tail="relations:\n  - {part: AA02, whole: AA01}\n")
    return [(each.level.value, each.message) for each in lint(file) if each.rule.id == "DT417"]


def test_a_whole_without_a_number_of_its_own_is_no_sum(tmp_path):
    blocks = [
        block("AA01", "基准", ">= 6 %", "基准增长6%", measure="rate"),
        block("AA02", "全部", ">= AA01", "与基准同步", measure="rate"),
        block("AA03", "主导", ">= 9 %", "主导增长9%", measure="rate"),
    ]
    file = load(tmp_path, *blocks, tail="relations:\n  - {part: AA03, whole: AA02}\n")
    assert not [each for each in lint(file) if each.rule.id == "DT417"]


GREW = "AA02、AA01：部分要比上年多 300亿元，总体只多 290亿元：其余部分要减少 10亿元"


@pytest.mark.parametrize(
    ("part", "note", "said"),
    [
        ((1740, 1450), None, []),  # 290 of 290
        ((1750, 1450), None, [("warning", GREW)]),
        ((1750, 1450), "比上年多300亿元", [("info", GREW)]),
        ((1750, 1450), "比上年多1300亿元", [("warning", GREW)]),
        ((2000, 1710), None, []),
        (
            (2010, 1720),
            None,
            [
                ("warning", "AA02、AA01：部分的目标 超2010亿元，超过总体的 超2000亿元"),
                ("warning", "AA02、AA01：部分的 baseline 是 1720亿元，超过总体的 1710亿元"),
            ],
        ),
    ],
)
def test_a_part_is_no_more_than_its_whole(tmp_path, part, note, said):
    assert sums(tmp_path, (2000, 1710), part, note) == said


@pytest.mark.parametrize(
    ("goal", "baseline", "measure", "message"),
    [
        (">= 15 亿元", "10 亿元", "flow", "的目标 ≥15亿元，比2024年的 10亿元多 50%"),
        (">= 14.9 亿元", "10 亿元", "flow", None),
        (">= 1.2 亿元", "6070 万元", "flow", "的目标 ≥1.2亿元，比2024年的 0.607亿元多 98%"),
        (">= 10 %", "5 %", "rate", "的目标 ≥10%，远高于2024年的 5%"),
        (">= 9.9 %", "4.9 %", "rate", "的目标 ≥9.9%，远高于2024年的 4.9%"),
        (">= 9 %", "4.5 %", "rate", None),
        (">= 10 %", "5.1 %", "rate", None),
        (">= 10 %", "-1 %", "rate", None),
        ("<= 15 起", "10 起", "flow", None),
    ],
)
def test_a_goal_far_above_last_year(tmp_path, goal, baseline, measure, message):
    words = {">=": "", "<=": "不超过"}[goal.split()[0]] + "".join(goal.split()[1:])
    kind = {"rate": "收入增长", "flow": "新增"}[measure]
    file = load(tmp_path, block("AA01", kind, goal, kind + words, measure, baseline=baseline))
    found = [each for each in lint(file) if each.rule.id == "DT426"]
    assert [each.message for each in found] == ([f"AA01 {message}"] if message else [])
    assert all(each.level is Level.INFO for each in found)


@pytest.mark.parametrize(
    ("name", "alias", "told"),
    [
        ("新增养老床位", "养老床位", True),
        ("新增养老床位", "床位", True),
        ("净增国家高企", "国家高企", True),
        ("新认定小巨人企业", "“小巨人”企业", True),
        ("新增养老床位", "新增床位", False),
        ("养老床位", "床位", False),
        ("新建桥梁", "桥梁", False),  # the length or number of all there is hardly reported
    ],
)
def test_aliases_that_name_a_stock(tmp_path, name, alias, told):
    file = load(tmp_path, block("AA01", name, ">= 9 个", f"{name}9个", aliases=f"[{alias}]"))
    found = [each for each in lint(file) if each.rule.id == "DT427"]
    assert [each.level for each in found] == [Level.WARNING] * told


def test_the_report_may_itself_leave_out_that_something_is_new(tmp_path):
    """What the report says is no slip of whoever wrote the file."""
    name, alias = "新认定省级专精特新企业", "[省级专精特新企业]"
    for phrase, count in (("省级专精特新企业超50家", 0), ("新认定省级专精特新企业超50家", 1)):
        file = load(tmp_path, block("AA01", name, "> 50 家", phrase, aliases=alias))
        assert sum(each.rule.id == "DT427" for each in lint(file)) == count


@pytest.mark.parametrize(("note", "level"), [("与 AA01 只差一个字", "info"), ("易混", "warning")])
def test_names_alike_are_an_info_where_the_note_names_the_other(tmp_path, note, level):
    file = load(
        tmp_path,
        block("AA01", "新建桥梁", ">= 9 座", "新建桥梁9座"),
        block("AA02", "新修桥梁", ">= 8 座", "新修桥梁8座", note=note),
    )
    assert [(each.rule.id, each.level.value) for each in lint(file)] == [("DT420", level)]


@pytest.mark.parametrize(
    ("name", "unit", "told"),
    [("优良天数", "%", True), ("优良天数", "天", False), ("优良天数比例", "%", False)],
)
def test_days_are_counted_in_days(tmp_path, name, unit, told):
    file = load(tmp_path, block("AA01", name, f"> 0 {unit}", f"{name}再提升", "rate"))
    assert [each.rule.id for each in lint(file)] == ["DT419"] * told
