"""Which figure each target claims, where several could, and what is said where none is left."""

from __future__ import annotations

import pytest
from making import write

from dtcheck.coverage.audit import FigureStatus as Status
from dtcheck.coverage.audit import run_audit
from dtcheck.coverage.places import is_of
from dtcheck.targets import load_targets
from dtcheck.workreport.report import parse_report

HEAD = """\
format: 1
place: 云山县
year: 2025
title: 目标
bureaus:
  - {name: 统计局}
sections:
  - code: AA
    name: 综合
    heading: 聚焦综合
    targets:
"""
OPENING = "云山县2025年政府工作报告\n2025年主要工作\n聚焦综合。"


def target(code, name, goal, phrase, measure="flow", more=""):
    return (
        f"      - {{code: {code}, name: {name}, goal: {goal!r}, measure: {measure}, "
        f"phrase: {phrase!r}, lead: 统计局{more}}}\n"
    )


@pytest.fixture
def audited(tmp_path):
    def auditing(words, *targets, tail="", opening=OPENING):
        file = load_targets(write(tmp_path / "t.yaml", HEAD + "".join(targets) + tail))
        return run_audit(file, parse_report(opening + words + "\n", "x"))

    return auditing


def claimed(audit):
    """Return who claims each figure of the report's last paragraph."""
    return {
        account.figure.text: (str(account.status), list(account.codes))
        for account in audit.accounts
        if account.place.paragraph == 3
    }


def said(audit, rule):
    return [(each.code, each.message, each.hint) for each in audit.findings if each.rule.id == rule]


BRIDGES = "新建桥梁3座、改建桥梁3座。"
NEW = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座、改建桥梁3座")
OLD = target("AA02", "改建桥梁", ">= 3 座", "新建桥梁3座、改建桥梁3座")


@pytest.mark.parametrize("order", [(NEW, OLD), (OLD, NEW)])
def test_of_equal_figures_each_takes_the_one_by_its_name(audited, order):
    audit = audited(BRIDGES, *order)
    by_place = {account.place.character: account.codes for account in audit.accounts}
    # 聚焦综合。 is five characters, 新建桥梁 four more; 座、改建桥梁 six.
    assert (by_place[10], by_place[17]) == (("AA01",), ("AA02",))
    assert [each.figure.text for each in audit.open] == ["2025"]


def test_a_target_without_its_number_takes_what_is_left(audited):
    """And says what it reads as: 3座 is no goal of 5."""
    wrong = target("AA01", "新建桥梁", ">= 5 座", "新建桥梁3座、道路4公里")
    right = target("AA02", "新建道路", ">= 4 公里", "新建桥梁3座、道路4公里")
    audit = audited("新建桥梁3座、道路4公里。", wrong, right)
    assert claimed(audit) == {"3座": ("claimed", ["AA01"]), "4公里": ("claimed", ["AA02"])}
    assert said(audit, "DT411") == [
        (
            "AA01",
            "AA01 的目标是 ≥5座，原话的“3座”读作 ≥3座",
            "改 goal，或改 phrase：数和单位要与原话相同，不能用 note 说明了事",
        )
    ]


def test_one_figure_is_claimed_once(audited):
    first = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座")
    second = target("AA02", "桥梁总数", ">= 3 座", "新建桥梁3座", "level")
    audit = audited("新建桥梁3座。", first, second)
    assert claimed(audit) == {"3座": ("claimed", ["AA01"])}
    assert said(audit, "DT411") == [
        (
            "AA02",
            "AA02 的目标是 ≥3座，原话“新建桥梁3座”中没有留给它的数",
            "核对 goal 和 phrase；一个数只能由一个指标认领",
        )
    ]


@pytest.mark.parametrize(
    "words",
    [
        "财政总收入和公共财政预算收入增长15%以上",
        "财政总收入、公共财政预算收入增长15%以上",
        "财政总收入以及公共财政预算收入均增长15%以上",
    ],
)
def test_a_figure_said_of_two_is_claimed_by_each(audited, words):
    whole = target("AA01", "财政总收入增速", ">= 15 %", words, "rate")
    budget = target("AA02", "公共财政预算收入增速", ">= 15 %", words, "rate")
    audit = audited(f"{words}。", whole, budget)
    assert claimed(audit)["15%"] == ("claimed", ["AA01", "AA02"])
    assert said(audit, "DT411") == []


@pytest.mark.parametrize(
    ("words", "name", "number"),
    [
        # Another name for the same of the two, one that none of them is, another number, no list.
        ("财政总收入和公共财政预算收入增长15%以上", "财政总收入", 15),
        ("财政总收入和公共财政预算收入增长15%以上", "税收增速", 15),
        ("财政总收入和公共财政预算收入增长15%以上", "公共财政预算收入增速", 12),
        ("财政总收入增长15%以上", "公共财政预算收入增速", 15),
    ],
)
def test_a_figure_said_of_two_is_nobody_elses(audited, words, name, number):
    first = target("AA01", "财政总收入增速", ">= 15 %", words, "rate")
    second = target("AA02", name, f">= {number} %", words, "rate")
    audit = audited(f"{words}。", first, second)
    assert claimed(audit)["15%"] == ("claimed", ["AA01"])
    [(code, message, _)] = said(audit, "DT411")
    assert code == "AA02"
    assert "没有留给它的数" in message


@pytest.mark.parametrize("name", ["城镇化率", "税收增速", "财政收入增速"])
def test_what_is_of_neither_part_or_of_both_takes_no_share(audited, name):
    """Beside the second of the two, too: 财政收入 could be either."""
    words = "财政总收入和公共财政预算收入增长15%以上"
    budget = target("AA01", "公共财政预算收入增速", ">= 15 %", words, "rate")
    audit = audited(f"{words}。", budget, target("AA02", name, ">= 15 %", words, "rate"))
    assert claimed(audit)["15%"] == ("claimed", ["AA01"])
    assert [code for code, _, _ in said(audit, "DT411")] == ["AA02"]


def test_the_word_that_decides_is_named(audited):
    audit = audited("桥梁突破3座。", target("AA01", "桥梁", ">= 3 座", "桥梁突破3座"))
    [(_, message, hint)] = said(audit, "DT411")
    assert message == "AA01 的目标是 ≥3座，原话的“3座”（“突破”）读作 超3座"
    assert hint == "改 goal；确有别的读法的，在 note 写明：“突破”读作什么"


@pytest.mark.parametrize(
    ("note", "fine"),
    [
        ("“突破”读作达到", True),
        ("报告写“突破3座”，按“以上”", True),
        ("按“以上”", False),  # what the report says is not quoted
        ("“突破”读作超过", False),  # that is no >=
        ("“突破”是惯用语", False),
        ("“突破”按左右，不按达到；另有3座以上的桥墩", True),  # of one sentence the last word
        ("“突破”按达到，不按左右", False),
        ("3座以上", False),
        ("3 个桥墩", False),
        ("口径有变", False),
    ],
)
def test_a_note_has_to_quote_the_word_and_name_the_operator(audited, note, fine):
    audit = audited(
        "桥梁突破3座。", target("AA01", "桥梁", ">= 3 座", "桥梁突破3座", more=f", note: {note}")
    )
    assert (said(audit, "DT411") == []) is fine


@pytest.mark.parametrize(
    ("name", "aliases", "status"),
    [
        ("新开工亿元以上项目", "", "named"),
        ("新开工项目", ", aliases: [亿元项目]", "named"),
        ("新开工项目", "", "open"),
    ],
)
def test_figures_that_belong_to_a_name(audited, name, aliases, status):
    audit = audited(
        "新开工亿元以上项目5个。",
        target("AA01", name, ">= 5 个", "新开工亿元以上项目5个", more=aliases),
    )
    codes = ["AA01"] if status == "named" else []
    assert claimed(audit) == {"亿元": (status, codes), "5个": ("claimed", ["AA01"])}


def test_a_numeral_alone_is_named_with_what_follows(audited):
    """五 of 五大工程 is not the 五 of 五金."""
    five = "推进五大工程,新建桥梁3座"
    named = audited(five, target("AA01", "五大桥梁", ">= 3 座", five))
    assert claimed(named)["五"] == ("named", ["AA01"])
    other = audited(five, target("AA01", "五座桥梁", ">= 3 座", five))
    assert claimed(other)["五"] == ("open", [])


TAIL = "excluded:\n"


@pytest.mark.parametrize(
    ("excluded", "rule", "message"),
    [
        ("第三产业", "DT409", "excluded 的「第三产业」在报告的当年部分找不到"),
        ("新建桥梁", "DT415", "excluded 的「新建桥梁」是多余的：其中没有要交代的数"),
        ("新建桥梁3座", "DT415", "excluded 的「新建桥梁3座」是多余的：其中的数都有指标认领"),
    ],
)
def test_exclusions_of_nothing(audited, excluded, rule, message):
    bridge = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座")
    tail = f"{TAIL}  - {{phrase: 2025年主要工作, why: 标题}}\n  - {{phrase: {excluded}, why: x}}\n"
    audit = audited("新建桥梁3座。", bridge, tail=tail)
    [finding] = [each for each in audit.findings if each.rule.id != "DT413"]
    assert (finding.rule.id, finding.message) == (rule, message)
    # Eleven lines of the head, the target, excluded: and the first exclusion.
    assert finding.place.line == 15
    hints = {"DT409": "照原文改，或删去这一条", "DT415": "删去这一条，或核对是不是写错了地方"}
    assert finding.hint == hints[rule]


def test_an_exclusion_that_covers_a_claimed_and_an_open_figure_is_of_use(audited):
    bridge = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座")
    words = "新建桥梁3座、三大工程"
    tail = f"{TAIL}  - {{phrase: 2025年主要工作, why: 标题}}\n  - {{phrase: {words}, why: 名称}}\n"
    audit = audited(f"{words}。", bridge, tail=tail)
    assert said(audit, "DT415") == []
    assert audit.open == ()
    assert claimed(audit) == {"3座": ("claimed", ["AA01"]), "三": ("excluded", [])}
    assert [account.why for account in audit.accounts] == ["标题", None, "名称"]


def test_the_first_exclusion_of_a_figure_gives_the_reason(audited):
    bridge = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座")
    tail = TAIL + "".join(
        f"  - {{phrase: {phrase}, why: {why}}}\n"
        for phrase, why in (("2025年主要工作", "标题"), ("三大工程", "一"), ("推进三大工程", "二"))
    )
    audit = audited("新建桥梁3座、推进三大工程。", bridge, tail=tail)
    assert [account.why for account in audit.accounts] == ["标题", None, "一"]


@pytest.mark.parametrize(
    ("place", "year", "phrase", "own"),
    [
        ("云山县", 2025, "桥梁3座", True),
        ("甲市云山县", 2025, "桥梁3座", True),
        ("水乡县", 2025, "桥梁3座", False),
        ("云山县", 2024, "桥梁3座", False),
        ("云山县", 2025, "桥梁4座", False),
    ],
)
def test_whose_report_it_is(tmp_path, place, year, phrase, own):
    file = load_targets(
        write(tmp_path / "t.yaml", HEAD + target("AA01", "新建桥梁", ">= 3 座", phrase))
    )
    report = parse_report(f"{place}{year}年政府工作报告\n{year}年主要工作\n桥梁3座。\n", "x")
    assert is_of(file, report) is own


@pytest.mark.parametrize(
    ("text", "said_of"),
    [
        ("水乡县2025年政府工作报告", "报告是水乡县2025年的，目标文件是云山县2025年的"),
        ("云山县2024年政府工作报告", "报告是云山县2024年的，目标文件是云山县2025年的"),
        ("水乡县人民政府", "报告是水乡县的，目标文件是云山县2025年的"),
        ("政府工作报告", "报告中没有一句目标文件（云山县2025年）的原话"),
        ("云山县2025年政府工作报告", "报告中没有一句目标文件（云山县2025年）的原话"),
    ],
)
def test_what_is_said_of_another_report(audited, text, said_of):
    audit = audited("", target("AA01", "新建桥梁", ">= 3 座", "桥梁3座"), opening=f"{text}\n略。")
    assert [message for _, message, _ in said(audit, "DT414")] == [said_of]
    assert audit.exit_code == 1


@pytest.mark.parametrize(
    ("baseline", "found"),
    [("9 座", True), ("8 座", False), ("9 公里", False)],
)
def test_a_baseline_stands_in_last_years_review(audited, baseline, found):
    opening = (
        "云山县2025年政府工作报告\n2024年工作回顾\n桥梁9座、道路8公里。\n2025年主要工作\n聚焦综合。"
    )
    unit = baseline.split()[1]
    audit = audited(
        f"新建工程3{unit}。",
        target(
            "AA01", "新建工程", f">= 3 {unit}", f"新建工程3{unit}", more=f", baseline: {baseline}"
        ),
        opening=opening,
    )
    assert (said(audit, "DT416") == []) is found


def test_without_a_review_no_baseline_is_looked_for(audited):
    bridge = target("AA01", "新建桥梁", ">= 3 座", "新建桥梁3座", more=", baseline: 9 座")
    audit = audited("新建桥梁3座。", bridge, opening="云山县2025年政府工作报告\n")
    assert said(audit, "DT416") == []
    # Nor can one be told from the plan: every figure counts as a promise.
    assert [message[:7] for _, message, _ in said(audit, "DT413")] == [
        "没有找到当年工",
        "没有找到分段的",
    ]


TWO_PARTS = """\
云山县2025年政府工作报告
2024年工作回顾
道路9公里。
2025年主要工作
(一)聚焦综合。桥梁3座，泵站4座。
(二)聚焦民生。床位5张。
"""


@pytest.mark.parametrize(
    ("targets", "rule", "message", "hint"),
    [
        (
            [target("AA01", "床位", ">= 5 张", "床位5张")],
            "DT412",
            "AA01 的原话不在板块“综合”之内，而在“聚焦民生”",
            "移到那个板块，改用那个板块的编号",
        ),
        (
            [
                target("AA01", "泵站", ">= 4 座", "泵站4座"),
                target("AA02", "桥梁", ">= 3 座", "桥梁3座"),
            ],
            "DT412",
            "AA02 的原话在报告中排在前一个指标之前",
            "照报告的次序移动这一块",
        ),
        (
            [
                target("AA01", "桥梁", ">= 3 座", "桥梁3座"),
                target("AA02", "道路", ">= 9 公里", "道路9公里"),
            ],
            "DT409",
            "AA02 的原话“道路9公里”在上年回顾里，不在当年的部分",
            "改用当年部分的原话",
        ),
        (
            [
                target("AA01", "桥梁", ">= 3 座", "桥梁3座"),
                target("AA02", "泵站", ">= 4 座", "改造泵站4座"),
            ],
            "DT409",
            "AA02 的原话“改造泵站4座”在报告中找不到",
            "报告写的是“座,泵站4座”？",
        ),
        (
            [
                target("AA01", "桥梁", ">= 3 座", "桥梁3座"),
                target("AA02", "水库", ">= 7 个", "水库7个"),
            ],
            "DT409",
            "AA02 的原话“水库7个”在报告中找不到",
            "照报告的原文抄写，一字不差",
        ),
    ],
)
def test_what_is_said_of_a_place(tmp_path, targets, rule, message, hint):
    file = load_targets(write(tmp_path / "t.yaml", HEAD + "".join(targets)))
    audit = run_audit(file, parse_report(TWO_PARTS, "x"))
    assert [(each[1], each[2]) for each in said(audit, rule)] == [(message, hint)]


def test_a_heading_that_the_report_does_not_have(tmp_path):
    head = HEAD.replace("heading: 聚焦综合", "heading: 聚焦平安")
    file = load_targets(
        write(tmp_path / "t.yaml", head + target("AA01", "桥梁", ">= 3 座", "桥梁3座"))
    )
    audit = run_audit(file, parse_report(TWO_PARTS, "x"))
    assert said(audit, "DT412") == [
        (None, "报告的当年部分没有“聚焦平安”这个标题", "核对板块 AA 的 heading")
    ]
    # The target is looked for in all of the plan then; its line is where the section is.
    assert [each.place.line for each in audit.findings if each.rule.id == "DT412"] == [12]
    assert claimed_in(audit, 5) == {"一": [], "3座": ["AA01"], "4座": []}


def claimed_in(audit, paragraph):
    return {
        account.figure.text: list(account.codes)
        for account in audit.accounts
        if account.place.paragraph == paragraph
    }


def test_parts_by_the_reports_headings_and_by_the_files(tmp_path):
    file = load_targets(
        write(tmp_path / "t.yaml", HEAD + target("AA01", "桥梁", ">= 3 座", "桥梁3座"))
    )
    audit = run_audit(file, parse_report(TWO_PARTS, "x"))
    text = audit.report.text
    assert [(part.heading, part.code, text[part.start : part.end][:4]) for part in audit.parts] == [
        ("2025年主要工作", None, "2025"),
        ("聚焦综合", "AA", "(一)聚"),
        ("聚焦民生", None, "(二)聚"),
    ]
    assert audit.parts[-1].end == len(text)
    assert [account.part for account in audit.accounts] == [0, 1, 1, 1, 2, 2]
    assert [audit.count(status) for status in (Status.CLAIMED, Status.OPEN)] == [1, 3]
    assert [audit.count(Status.OPEN, part) for part in range(3)] == [1, 1, 1]


def test_of_two_words_in_a_name_the_longer_is_claimed(audited):
    words = "村庄全覆盖率、全面达标率"
    one = target("AA01", "全覆盖率全面达标率", ">= 100 %", words, "level")
    audit = audited(f"{words}。", one)
    assert claimed(audit)["全面达标"] == ("claimed", ["AA01"])
    assert claimed(audit)["全覆盖"] == ("named", ["AA01"])


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("(1)新建桥梁3座;(2)新建码头2座。", ["3座", "2座"]),
        ("一是新建桥梁3座。二要新建码头2座。", ["3座", "2座"]),
        ("名优企业[14]达到3家。", ["3家"]),
        ("1.新建桥梁3座。", ["3座"]),
        ("1.5公里步道。", ["1.5公里"]),
        ("新建桥梁(3座)。", ["3座"]),
    ],
)
def test_marks_and_footnotes_are_layout(tmp_path, text, opened):
    file = load_targets(
        write(tmp_path / "t.yaml", HEAD + target("AA01", "桥梁", ">= 9 座", "桥梁9座"))
    )
    audit = run_audit(file, parse_report(f"2025年主要工作\n桥梁9座。\n{text}", "x"))
    assert [
        account.figure.text for account in audit.open if account.figure.text != "2025"
    ] == opened
