"""Nothing of the 2024 report was forgotten, and the audit would notice if something were.

The proof runs on the index of the report's figures: the same audit on a text in which every
character that the index doesn't hold is □. What asks for whole sentences runs on an invented
report, and on the real one where it is at hand.
"""

from __future__ import annotations

import dataclasses
import re

import pytest
from report_index import (
    INVENTED,
    PAIRS,
    REPORT,
    index_of,
    read_index,
    report_with_gaps,
    text_with_gaps,
)
from running import ROOT

from dtcheck.coverage.audit import FigureStatus, run_audit
from dtcheck.formats.audit import closing
from dtcheck.targets import TargetsFile, load_targets, parse_goal
from dtcheck.workreport.figures import FigureKind
from dtcheck.workreport.report import UNKNOWN, ReportText, parse_report, read_report
from dtcheck.workreport.words import IDIOMS

WHOLE = pytest.mark.parametrize(("targets", "path"), PAIRS, ids=[path.stem for _, path in PAIRS])


@pytest.fixture(scope="module")
def gaps() -> ReportText:
    return report_with_gaps()


def without_target(file: TargetsFile, code: str) -> TargetsFile:
    sections = tuple(
        each._replace(targets=tuple(t for t in each.targets if t.code != code))
        for each in file.sections
    )
    return dataclasses.replace(file, sections=sections, relations=())


def changed(file: TargetsFile, code: str, **changes) -> TargetsFile:
    sections = tuple(
        each._replace(
            targets=tuple(t._replace(**changes) if t.code == code else t for t in each.targets),
        )
        for each in file.sections
    )
    return dataclasses.replace(file, sections=sections)


def found(audit, rule):
    return [(f.code, f.message) for f in audit.findings if f.rule.id == rule]


def test_nothing_is_open_and_nothing_disagrees(real, gaps):
    audit = run_audit(real, gaps)
    assert audit.open == ()
    assert audit.findings == ()
    assert audit.exit_code == 0


def test_every_target_claims_exactly_one_promise(real, gaps):
    claims = [
        code
        for account in run_audit(real, gaps).accounts
        if account.status is FigureStatus.CLAIMED and account.figure.kind is not FigureKind.SEVERAL
        for code in account.codes
    ]
    assert sorted(claims) == sorted(real.by_code)


def test_deleting_any_target_opens_something(real, gaps):
    closed = [code for code in real.by_code if not run_audit(without_target(real, code), gaps).open]
    assert closed == []


def test_deleting_any_exclusion_opens_something(real, gaps):
    closed = []
    for one in real.excluded:
        rest = tuple(each for each in real.excluded if each is not one)
        if not run_audit(dataclasses.replace(real, excluded=rest), gaps).open:
            closed.append(one.phrase)
    assert closed == []


def test_deleting_opens_the_figure_itself(real, gaps):
    def opened(code):
        return [account.figure.text for account in run_audit(without_target(real, code), gaps).open]

    assert opened("GY18") == ["850家"]
    # 亿元 is part of the name 新竣工亿元项目, so it goes with it.
    assert opened("GY10") == ["亿元", "60个"]
    # Both of a double promise are needed, and 分别 wants both incomes.
    assert opened("ST03") == ["双下降"]
    assert opened("ZH08") == ["分别", "7.1%"]
    assert opened("GY02") == ["百亿级"]
    assert opened("GY03") == ["50亿级"]
    assert opened("ST13") == ["2个"]


@pytest.mark.parametrize(
    ("code", "goal"),
    [
        ("GY01", ">= 100 个"),  # 超 excludes the number
        ("GY01", "> 110 个"),
        ("GY12", "> 2000 万元"),
        ("ZH01", ">= 6.5 %"),  # 左右
        ("CX05", ">= 2 家"),  # 2-3家
        ("ST05", ">= 95 %"),  # 全达标
        ("AQ01", ">= 4 次"),  # 每月
        ("MS03", "<= 10 位"),  # 百强
        ("AQ03", "<= 1 起"),  # 不发生
        ("ZH09", ">= 3 %"),  # 上级任务
    ],
)
def test_a_goal_that_the_words_do_not_call_for(real, gaps, code, goal):
    audit = run_audit(changed(real, code, goal=parse_goal(goal), note=None), gaps)
    assert code in [each for each, _ in found(audit, "DT411")]
    assert audit.exit_code == 1


def test_a_note_that_owns_up_to_another_reading_is_enough(real, gaps):
    goal = parse_goal(">= 100 个")
    excused = changed(real, "GY01", goal=goal, note="“超”读作达到")
    assert run_audit(excused, gaps).findings == ()
    idle = changed(real, "GY01", goal=goal, note="口径有变")
    assert found(run_audit(idle, gaps), "DT411") != []


def test_a_phrase_that_is_not_in_the_report(real, gaps):
    audit = run_audit(changed(real, "GY18", phrase="规上工业企业110家、总数达850家"), gaps)
    [(code, message)] = found(audit, "DT409")
    assert code == "GY18"
    assert "总数达850家" in message
    assert [account.figure.text for account in audit.open] == ["850家"]


def test_an_excluded_phrase_that_is_not_in_the_report(real, gaps):
    first = real.excluded[0]._replace(phrase="二十一大")
    audit = run_audit(dataclasses.replace(real, excluded=(first, *real.excluded)), gaps)
    assert ["二十一大" in message for _, message in found(audit, "DT409")] == [True]


def test_an_idle_exclusion_is_a_warning(real, gaps):
    idle = real.excluded[0]._replace(phrase="新增养老床位1000张")
    audit = run_audit(dataclasses.replace(real, excluded=(*real.excluded, idle)), gaps)
    assert ["新增养老床位1000张" in message for _, message in found(audit, "DT415")] == [True]
    # With a warning it is not 一致.
    assert closing(audit).endswith("警告 1、提示 0。退出码 0：没有遗漏，警告请核对。")
    assert audit.exit_code == 0


def test_the_wrong_section(real, gaps):
    moved = real.by_code["CX12"]
    sections = tuple(
        each._replace(
            targets=(*each.targets, moved)
            if each.code == "GY"
            else tuple(t for t in each.targets if t.code != "CX12"),
        )
        for each in real.sections
    )
    audit = run_audit(dataclasses.replace(real, sections=sections), gaps)
    [(code, message)] = found(audit, "DT412")
    assert code == "CX12"
    assert "聚焦创新引领" in message


def test_the_wrong_order(real, gaps):
    sections = tuple(
        each._replace(targets=(each.targets[1], each.targets[0], *each.targets[2:]))
        if each.code == "CS"
        else each
        for each in real.sections
    )
    audit = run_audit(dataclasses.replace(real, sections=sections), gaps)
    assert [code for code, _ in found(audit, "DT412")] == ["CS01"]


def test_a_heading_that_is_not_in_the_report(real, gaps):
    sections = (*real.sections[:-1], real.sections[-1]._replace(heading="聚焦平安"))
    audit = run_audit(dataclasses.replace(real, sections=sections), gaps)
    assert ["聚焦平安" in message for _, message in found(audit, "DT412")] == [True]


def test_a_baseline_that_the_review_does_not_have(real, gaps):
    from fractions import Fraction

    audit = run_audit(changed(real, "GY18", baseline=Fraction(706)), gaps)
    assert [code for code, _ in found(audit, "DT416")] == ["GY18"]
    assert audit.exit_code == 0


def test_the_report_of_another_year_is_all_open(real):
    report = parse_report(
        "2025年工作安排\n(一)聚焦工业。新建桥梁3座。\n(二)聚焦民生。新增床位20张。", "甲.txt"
    )
    audit = run_audit(real, report)
    assert audit.findings[0].rule.id == "DT414"
    assert [account.figure.text for account in audit.open] == ["2025", "3座", "20张"]


def test_phrases_of_last_years_review_do_not_count(real):
    report = parse_report(
        "2023年工作回顾\n全年新开工亿元以上项目超100个。\n2024年主要工作\n主要预期目标是：略。\n",
        "甲.txt",
    )
    audit = run_audit(real, report)
    message = dict(found(audit, "DT409"))["GY01"]
    assert "上年回顾" in message


def test_a_report_that_names_neither_place_nor_year(real):
    audit = run_audit(real, parse_report("新建桥梁3座。", "甲.txt"))
    # One finding says it, not one for each of 109 phrases.
    assert [each.rule.id for each in audit.findings] == ["DT414", "DT413", "DT413", "DT410"]


def test_the_same_place_in_full(real):
    text = "在盐城市东台市第十七届人民代表大会上\n2024年主要工作\n托位300个。"
    assert "DT414" not in [
        f.rule.id for f in run_audit(real, parse_report(text, "甲.txt")).findings
    ]


# The index.


def test_the_index_quotes_no_sentence():
    runs = re.split(f"[{UNKNOWN}\n]", text_with_gaps(read_index()))
    assert max(map(len, runs)) < 25


@WHOLE
def test_the_audit_of_the_whole_report_says_the_same(targets, path):
    file, whole = load_targets(targets), read_report(str(path))
    rows = list(index_of(whole, [each.heading for each in file.sections]))
    if path == REPORT:
        assert rows == read_index()
    audit = run_audit(file, whole)
    assert audit.findings == ()
    gaps = run_audit(file, parse_report(text_with_gaps(rows), "x"))
    assert [(a.figure, a.status, a.codes) for a in audit.accounts] == [
        (a.figure, a.status, a.codes) for a in gaps.accounts
    ]


def test_what_the_index_of_a_report_holds():
    """Two characters on either side in the plan, none in last year's review."""
    file = load_targets(INVENTED.with_suffix(".yaml"))
    rows = list(index_of(read_report(str(INVENTED)), [each.heading for each in file.sections]))
    by_figure = {row["figure"]: row for row in rows}
    # 二、 is the fifth paragraph, the first heading the seventh.
    total = by_figure["170家"]
    assert [total[key] for key in ("kind", "paragraph", "before", "after")] == [
        "plan",
        "7",
        "突破",
        ",组",
    ]
    past = by_figure["150家"]
    assert [past[key] for key in ("kind", "paragraph", "before", "after")] == [
        "review",
        "4",
        "",
        "",
    ]
    headings = [row["figure"] for row in rows if row["kind"] == "heading"]
    assert headings == [
        "二、2025年主要工作",
        "主要预期目标",
        "(一)聚焦工业强市",
        "(二)聚焦绿色发展",
        "(三)聚焦民生改善",
    ]
    assert sum(row["kind"] == "paragraph" for row in rows) == 10


@WHOLE
def test_no_digit_and_no_numeral_of_the_plan_escapes(targets, path):
    """Looked for without the finder: by character."""
    whole = read_report(str(path))
    figures = {place for each in whole.promises for place in range(each.start, each.end)}
    idioms = {place for match in IDIOMS.finditer(whole.text) for place in range(*match.span())}
    looked_at = [
        place
        for place in range(whole.start, len(whole.text))
        if whole.text[place] in "0123456789〇零一二三四五六七八九十百千万亿两"
    ]
    assert len(looked_at) > 20
    missed = [
        whole.text[place - 5 : place + 5]
        for place in looked_at
        if place not in figures and (whole.text[place].isascii() or place not in idioms)
    ]
    assert missed == []


# As users run it.


@pytest.fixture
def report_path(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(text_with_gaps(read_index()), encoding="utf-8")
    return path


def test_the_command_on_the_report(run, report_path):
    done = run("targets", "audit", report_path, "--targets", ROOT / "targets.yaml")
    assert done.code == 0
    assert "全部有交代" in done.out
    # 195 figures: counted in the index, 109 promises of which 双下降 is one word for two, 分别.
    plan = [row for row in read_index() if row["kind"] == "plan"]
    assert re.search(rf"合计 +{len(plan)} +109 +10 +76 +0", done.out)


def test_a_damaged_copy_in_gb18030(run, tmp_path):
    text = text_with_gaps(read_index())
    wide = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)} | {ord("%"): "％"}
    text = text.translate(wide).replace("个", " 个").replace("\n", "\\r\\n&nbsp;　")
    path = tmp_path / "报告.txt"
    path.write_bytes(text.encode("gb18030"))
    done = run("targets", "audit", path)
    assert (done.code, "全部有交代" in done.out) == (0, True)


def test_json_names_every_figure(run, report_path):
    done = run("targets", "audit", report_path, "--format", "json")
    document = done.json
    assert document["exit_code"] == 0
    assert document["summary"] == {
        "figures": 195,
        "claimed": 109,
        "named": 10,
        "excluded": 76,
        "open": 0,
    }
    assert sum(each["figures"] for each in document["sections"]) == 195
    by_text = {each["text"]: each for each in document["figures"]}
    assert by_text["850家"]["codes"] == ["GY18"]
    assert (by_text["850家"]["op"], by_text["850家"]["value"]) == (">", 850)
    assert by_text["344"]["why"] == "道路编号"
    assert by_text["双下降"]["codes"] == ["ST02", "ST03"]


def test_unclaimed_lists_what_is_open(run, tmp_path, report_path):
    source = (ROOT / "targets.yaml").read_text(encoding="utf-8")
    block = re.compile(r"      - code: MS05\n.*?(?=\n\n|\Z)", re.DOTALL)
    cut = tmp_path / "targets.yaml"
    cut.write_text(block.sub("", source), encoding="utf-8")
    for form in ("table", "markdown"):
        done = run(
            "targets", "audit", report_path, "--targets", cut, "--unclaimed", "--format", form
        )
        assert done.code == 1
        assert "300个" in done.out
        assert "各部分" not in done.out
    done = run("targets", "audit", report_path, "--targets", cut, "--unclaimed", "--format", "json")
    [figure] = done.json["figures"]
    assert (figure["op"], figure["value"], figure["unit"]) == (">=", 300, "个")
    # Position in the report: MS05's figure stands in the index.
    [row] = [each for each in read_index() if each["figure"] == "300个"]
    assert (figure["paragraph"], figure["character"]) == (
        int(row["paragraph"]),
        int(row["character"]),
    )


def test_markdown_to_a_file(run, tmp_path, report_path):
    out = tmp_path / "核对.md"
    done = run("targets", "audit", report_path, "--format", "markdown", "-o", out)
    assert (done.code, done.out) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# 报告核对：")
    assert "| 合计 " in text


@pytest.mark.parametrize(
    "content",
    [None, b"PK\x03\x04\0\0\0", "报告".encode("utf-16") + b"\0"],
    ids=["none", "docx", "odd"],
)
def test_a_report_that_cannot_be_read_is_2(run, tmp_path, content):
    path = tmp_path / "报告.docx"
    if content is not None:
        path.write_bytes(content)
    done = run("targets", "audit", path)
    assert done.code == 2
    assert done.out == ""
    assert "报告" in done.err


def test_control_characters_of_a_report_reach_nobody(run, tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text("2024年主要工作\n新建\x1b[31m|桥梁3座\u202e。\n", encoding="utf-8")
    for form in ("table", "markdown", "json"):
        done = run("targets", "audit", path, "--format", form)
        assert not set(done.out) & {"\x1b", "\u202e"}
    assert load_targets(ROOT / "targets.yaml").targets
