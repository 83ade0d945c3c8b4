"""Reading the text of a report: bytes, place and year, where the plan starts, where words stand."""

from __future__ import annotations

import pytest

from dtcheck.workreport.locate import Locator
from dtcheck.workreport.report import MAX_BYTES, ReportError, mend, parse_report, read_report

TEXT = "云山县2025年政府工作报告\n一、2024年工作回顾\n桥梁9座。\n二、2025年主要工作\n桥梁3座。\n"


def plan_of(text):
    """Return the quantities that count as promises."""
    return [figure.text for figure in parse_report(text, "x").promises if figure.unit]


@pytest.mark.parametrize(
    "encoded",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16", "big end first"],
)
def test_every_encoding_says_the_same(tmp_path, encoded):
    path = tmp_path / "r.txt"
    path.write_bytes(encoded)
    report = read_report(str(path))
    assert (report.path, report.place, report.year) == (path.as_posix(), "云山县", 2025)
    assert report.text == TEXT.strip()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "报告打不开：{path}（没有这个文件或文件夹），核对路径和权限"),
        (b" \n\t\n", "{path} 是空的，核对是不是报告全文"),
        (b"\xff\xff", "{path} 不是文本文件，在 Word 或 WPS 中另存为“纯文本（UTF-8）”再试"),
        (b"a" * (MAX_BYTES + 1), "{path} 太大，一份报告的文本只有几十 KB，核对路径"),
    ],
    ids=["none", "blank", "odd", "long"],
)
def test_what_is_no_report(tmp_path, content, said):
    path = tmp_path / "r.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReportError) as refused:
        read_report(str(path))
    assert str(refused.value) == said.format(path=path.as_posix())


def test_half_a_megabyte_is_read(tmp_path):
    assert MAX_BYTES == 500_000
    path = tmp_path / "r.txt"
    path.write_bytes(TEXT.encode().ljust(MAX_BYTES, b"\n"))
    assert read_report(str(path)).year == 2025


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("亭河市2025年政府工作报告", "亭河市"),
        ("海丰县2025年《政府工作报告》", "海丰县"),
        ("政府工作报告\n在甲州乙县第十届人民代表大会上", "甲州乙县"),
        ("——2025年1月8日在双河自治县第十二届人民代表大会第四次会议上", "双河自治县"),
        ("云山区人民政府", "云山区"),
        ("2026年青河市政府工作报告\n各位代表", "青河市"),
        ("二〇二六年青河县人民政府工作报告", "青河县"),
        ("政府工作报告\n（2026年青河市）\n各位代表", "青河市"),
        ("政府工作报告（2026年青河市）", "青河市"),
        ("青河市十届人大五次会议", "青河市"),
        ("政府工作报告\n（2026年1月5日在青河市十届人大五次会议上）", "青河市"),
        ("青河自治县第十届人大第五次会议文件", "青河自治县"),
        ("2026年本溪市政府工作报告", "本溪市"),
        ("2026年全州县政府工作报告", "全州县"),
        ("2026年全市政府工作报告", None),
        ("2026年政府工作报告", None),
        ("根据2026年青河省政府工作报告安排", None),
        ("各位代表，全市人民政府工作", None),
        ("大会主席团，各位代表市第十届人民代表大会", None),
    ],
)
def test_the_place(text, place):
    assert parse_report(text, "x").place == place


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025年主要工作\n桥梁3座。", 2025),
        ("二〇二五年主要工作\n桥梁3座。", 2025),
        # No year in the heading: the year after the review's; else the title's.
        ("2024年工作回顾\n桥梁9座。\n今年主要工作\n桥梁3座。", 2025),
        ("二〇二四年政府工作总结\n桥梁9座。\n今年主要工作\n桥梁3座。", 2025),
        ("亭河市2025年政府工作报告\n今年主要工作\n桥梁3座。", 2025),
        ("亭河市2025年政府工作报告\n过去五年工作回顾\n今年主要工作\n桥梁3座。", 2025),
        ("今年主要工作\n桥梁3座。", None),
    ],
)
def test_the_year(text, year):
    assert parse_report(text, "x").year == year


@pytest.mark.parametrize(
    "heading",
    [
        "2025年主要工作",
        "2025年主要工作。",
        "2025年主要工作：",
        "关于2025年工作安排",
        "三、2025年的主要目标和重点任务",
        "第三部分2025年政府工作打算",
        "(三)2025年总体要求",
        "3.2025年工作思路",
        "明年工作打算",
        "2025年及今后一个时期的工作部署",
        "新一年工作举措与安排",
    ],
)
def test_headings_of_the_plan(heading):
    assert plan_of(f"桥梁9座。\n{heading}\n桥梁3座。") == ["3座"]
    assert parse_report(f"桥梁9座。\n{heading}\n桥梁3座。", "x").plan_heading == mend(heading)


@pytest.mark.parametrize(
    "words",
    [
        "2025年",  # of no work
        "2025年经济社会发展",  # a subject, and no 工作
        "2025年经济工作和城乡居民的收入",  # goes on
        "2025年及今后,三年的发展工作",  # two clauses
        "2025年" + "发展工作" * 10,  # no heading is so long
        "工作安排",  # of no year
        "今后五年的目标任务",  # of five years
    ],
)
def test_what_is_no_heading_of_the_plan(words):
    assert plan_of(f"桥梁9座。\n{words}\n桥梁3座。") == ["9座", "3座"]


def test_the_plan_may_start_within_a_paragraph():
    """Where no paragraph is its heading: a copy may have lost its line breaks."""
    text = "桥梁9座。2025年重点工作：桥梁3座。"
    assert plan_of(text) == ["3座"]
    assert plan_of("桥梁9座，2025年重点工作是桥梁3座。") == ["9座", "3座"]
    # A paragraph is believed before a sentence.
    assert plan_of(
        f"桥梁8座。2025年重点工作：略。\n桥梁9座。\n{TEXT.splitlines()[3]}\n桥梁3座。"
    ) == ["3座"]


@pytest.mark.parametrize(
    ("written", "headings"),
    [
        ("三、2025年主要工作\n四、工业\n桥梁3座。\n五、民生\n床位2张。", ["工业", "民生"]),
        ("2025年主要工作\n(一)工业\n(三)民生\n(二)生态", ["工业", "生态"]),
        ("2025年主要工作\n(一)工业", []),
        ("2025年主要工作\n1.5亿元\n1.工业\n2.民生", ["工业", "民生"]),
        ("2025年主要工作\n(1)工业\n(2)民生", ["工业", "民生"]),
        ("2025年主要工作\n一是要工业。\n二是民生。", ["工业", "民生"]),
        ("2025年主要工作\n十、工业\n十一、民生", []),
    ],
)
def test_headings_count_on(written, headings):
    assert [each.words for each in parse_report(written, "x").headings] == headings


def test_headings_know_their_mark_and_place():
    report = parse_report("2025年主要工作\n(一)工业提速，增效。\n(二)民生", "x")
    first, second = report.headings
    # The plan's heading has nine characters and a line end; the first paragraph 11 and one.
    assert (first.mark, first.words, first.start) == ("(一)", "工业提速", 10)
    assert (second.mark, second.words, second.start) == ("(二)", "民生", 22)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("新建&amp;lt;b&amp;gt;桥", "新建<b>桥"),
        ("新建<a href='x'>桥</a>3 座", "新建桥3座"),
        ("3 < 5 座 > 2", "3<5座>2"),
        ("增长 1 000 个", "增长1000个"),
        ("1 00 个", "1 00个"),
        ("A B 3 C", "A B3C"),
        ("PM 2.5", "PM2.5"),
        ("约︰3", "约:3"),
        ("二○二五年", "二〇二五年"),
        ("二○个", "二○个"),
        ("㈢民生", "(三)民生"),
        ("<SPAN>3</SPAN>座", "3座"),
        *((f"二○{mark}", f"二〇{mark}") for mark in "〇零一二三四五六七八九年"),
        *((f"{mark}○年", f"{mark}〇年") for mark in "〇零一二三四五六七八九"),
        *((f"二{mark}年", "二〇年") for mark in "○OＯ0◯"),
    ],
)
def test_more_damage(written, mended):
    assert mend(written) == mended


@pytest.mark.parametrize(
    "line",
    ["甲<br>乙", "甲<br />乙", "<p>甲</p><p>乙</p>", "甲\\n乙", "甲\\r\\n乙", "<LI>甲<li>乙"],
)
def test_what_breaks_lines(line):
    report = parse_report(f"题目\n\n{line}", "x")
    assert report.text == "题目\n甲\n乙"
    # Both halves stand on the file's third line.
    assert report.lines == (1, 3, 3)


def test_a_clause_reaches_from_stop_to_stop():
    report = parse_report("前句。新建桥梁3座、道路5公里,后句", "x")
    three, five = (report.text.index(mark) for mark in "35")
    for place in (three, five):
        assert report.clause(place, place + 1) == "新建桥梁3座、道路5公里"
    assert report.clause(0, 1) == "前句"
    assert report.clause(len(report.text) - 1, len(report.text)) == "后句"


def test_a_clause_without_stops_is_cut():
    report = parse_report("甲" * 500 + "3" + "乙" * 500, "x")
    assert report.clause(500, 501) == "甲" * 200 + "3" + "乙" * 200


@pytest.mark.parametrize(
    "words",
    "主要工作 重点工作 工作安排 工作打算 工作重点 工作任务 工作部署 主要任务 目标任务 主要目标 总体要求 工作思路 "
    "工作总体要求".split(),
)
@pytest.mark.parametrize("stop", "。!?")
def test_sentences_that_start_the_plan(words, stop):
    assert plan_of(f"桥梁9座{stop}2025年{words}：桥梁3座。") == ["3座"]


@pytest.mark.parametrize(
    "words",
    "全市工作 全县工作 全区工作 全旗工作 全镇工作 我市工作 我县工作 我区工作 政府工作 经济社会工作 国民经济工作 社会工作 "
    "经济工作 发展工作 总体目标 发展任务 主要要求 重点安排 发展打算 总体部署 总体思路 预期目标 工作建议 工作举措 "
    "工作和任务 工作与任务 工作及任务 工作、任务 工作的任务 工作，任务".split(),
)
def test_words_of_the_plans_heading(words):
    assert plan_of(f"桥梁9座。\n2025年{words}\n桥梁3座。") == ["3座"]


# Where phrases stand.


@pytest.fixture
def locator():
    return Locator(parse_report(TEXT + "(一)聚焦工业。桥梁3座。\n(二)聚焦民生。", "x"))


def test_a_phrase_is_found_verbatim_but_for_what_is_mended(locator):
    text = locator._report.text
    first, second = (each for each in locator.all("桥梁 ３ 座", 0))
    assert text[first.start : first.end] == text[second.start : second.end] == "桥梁3座"
    assert first.end < second.start
    assert locator.find("桥梁3座", 0, len(text)) == first
    assert locator.find("桥梁3座", first.start + 1, len(text)) == second
    # All of it has to lie within the stretch.
    assert locator.find("桥梁3座", 0, first.end) == first
    assert locator.find("桥梁3座", 0, first.end - 1) is None
    assert locator.find("桥梁4座", 0, len(text)) is None
    assert list(locator.all("", 0)) == []


def test_a_lost_character_may_be_any():
    """One figure at least has to be there in full."""
    report = parse_report("2025年主要工作\n□建桥□3座,□□□□座", "x")
    find = Locator(report).find
    span = find("新建桥梁3座", 0, len(report.text))
    assert (span.start, span.end) == (10, 16)
    assert find("新建桥梁4座", 0, len(report.text)) is None
    assert find("改建道路3座", 0, len(report.text)) is None
    assert find("新建桥梁3座", 11, len(report.text)) is None
    assert find("新建桥梁3座", 0, 15) is None


def test_where_a_part_starts(locator):
    text = locator._report.text
    assert locator.heading("聚焦工业") == text.index("(一)")
    assert locator.heading("聚焦") == text.index("(一)")
    assert locator.heading("(二)聚焦民生") == text.index("(二)")
    # No heading of its own: the paragraph of the plan that names it.
    assert locator.heading("3座") == text.index("桥梁3座")
    assert locator.heading("9座") is None


def test_a_heading_is_believed_before_a_paragraph_that_names_it():
    text = "2025年主要工作\n先说聚焦民生，再说(二)聚焦民生。\n(一)聚焦工业。\n(二)聚焦民生。"
    find = Locator(parse_report(text, "x")).heading
    for words in ("聚焦民生", "(二)聚焦民生"):
        assert find(words) == text.rindex("(二)")


def test_the_nearest_words(locator):
    assert locator.nearest("二、2025年主要工程") == "二、2025年主要工作"
    # As many characters as were looked for, but for the line end among them.
    assert locator.nearest("建设桥梁3座。") == "作桥梁3座。"
    assert locator.nearest("水库大坝") is None


DATED = "——2031年2月3日在某县第九届人民代表大会第二次会议上\n"


@pytest.mark.parametrize(
    "plan",
    [
        "二、2031年工作的奋斗目标今年是关键一年。桥梁3座。",  # runs on
        "二、2031年发展谋划和设想\n桥梁3座。",
        "二、接续前行2031年，再上台阶\n桥梁3座。",
        "“四五”时期主要目标和2031年工作安排\n五年建桥8座。\n今年是开局之年，桥梁3座。",
        "二、再接再厉，实干争先\n2031年是开局之年，桥梁3座。",  # the year is in the first sentence
        "二、今后五年目标任务\n五年建桥8座。\n三、2031年重点工作\n桥梁3座。",
    ],
)
def test_plans_of_a_dated_report(plan):
    text = f"{DATED}一、关于2030年政府工作\n建成桥梁9座。\n{plan}\n名词解释\n一号桥：长5公里。"
    report = parse_report(text, "x")
    promised = [figure.text for figure in report.promises if figure.digits]
    assert (report.year, [each for each in promised if each[-1] == "座"][-1]) == (2031, "3座")
    assert "9座" not in promised
    assert "5公里" not in promised


def test_a_review_alone_has_no_plan():
    report = parse_report(f"{DATED}2030年工作回顾\n建成桥梁9座。\n", "x")
    assert (report.plan, report.year) == (None, 2031)


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("附件\n2031年民生实事\n1.新建步道6公里。", True),
        ("附件1\n某县2030年十项工程进展情况说明\n1.新建步道6公里。", False),
        ("※注释※\n[1]步道：6公里。", False),
        ("免责声明：本文6公里。", False),
        ("分享到：\n步道6公里。", False),
        ("某某区2029年政府工作报告\n步道6公里。", False),
    ],
)
def test_where_a_plan_ends(tail, kept):
    report = parse_report(f"{DATED}一、2030年工作回顾\n二、2031年工作安排\n桥梁3座。\n{tail}", "x")
    assert any(figure.text == "6公里" for figure in report.promises) is kept


def test_a_year_that_disagrees_with_the_date_is_said():
    report = parse_report(
        f"{DATED}一、2030年工作回顾\n二、2031年工作要求\n三、2013年主要任务\n", "x"
    )
    assert "2013" in report.doubts[0]
