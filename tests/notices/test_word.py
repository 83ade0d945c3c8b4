"""The notice as a Word file: every sentence of a small year by hand, and a real month by the oracle."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import docx
import pytest
from digest_oracle import counts, load, rounded, short
from making import write
from running import EXAMPLES, ROOT

from dtcheck.actuals import Period, read_submissions
from dtcheck.digest import build_digest
from dtcheck.documents.looks import Part
from dtcheck.documents.measure import ROOM
from dtcheck.judge import Policy
from dtcheck.notices import DigestStyle, Formalities, write_digest
from dtcheck.notices.gaps import goal_words
from dtcheck.notices.numerals import numeral
from dtcheck.targets import load_targets, parse_goal

TARGETS = """\
format: 1
place: 云山县
year: 2025
title: 目标
bureaus:
  - {name: 发展和改革委员会, short: [发改委]}
  - {name: 商务局}
sections:
  - code: AA
    name: 经济
    heading: 稳增长
    targets:
      - {code: AA01, name: 新开工亿元以上项目, goal: "> 100 个", measure: flow, phrase: a, lead: 发展和改革委员会}
      - {code: AA02, name: 上市企业, goal: "2..3 家", measure: flow, phrase: b, lead: 发展和改革委员会}
      - {code: AA03, name: 规上企业总数, goal: ">= 850 家", measure: level, baseline: 750 家, phrase: c, lead: 发展和改革委员会}
      - {code: AA04, name: 地区生产总值增长, goal: "~ 6.5 %", measure: rate, phrase: d, lead: 发展和改革委员会}
      - {code: AA05, name: 农房改善, goal: ">= 2100 户", measure: flow, phrase: e, lead: 发展和改革委员会}
  - code: BB
    name: 开放
    heading: 扩开放
    targets:
      - {code: BB01, name: 实际利用外资, goal: ">= 1.2 亿美元", measure: flow, phrase: f, lead: 商务局}
      - {code: BB02, name: 较大事故, goal: "<= 2 起", measure: flow, phrase: g, lead: 商务局}
      - {code: BB03, name: 一般事故, goal: "<= 5 起", measure: flow, phrase: h, lead: 商务局}
      - {code: BB04, name: 物价涨幅, goal: "<= 3 %", measure: rate, phrase: i, lead: 商务局}
      - {code: BB05, name: 新增外贸企业, goal: ">= 60 家", measure: flow, phrase: j, lead: 商务局}
      - {code: BB06, name: 高企, goal: ">= 500 家", measure: level, baseline: 500 家, phrase: k, lead: 商务局}
"""
JUNE = {
    "发改委": [
        "AA01,40,雨季影响土建。",
        "AA02,0,",
        "AA03,790,",
        "AA04,-0.5,",
        "AA05,693,选址未定；已逐户签约",
    ],
    "商务局": ["BB01,0.449,", "BB02,3,", "BB03,1,", "BB04,3.2,", "BB05,30,", "BB06,400,"],
}
MAY = {
    "发改委": ["AA01,30,", "AA02,0,", "AA03,790,", "AA04,6.5,", "AA05,600,"],
    "商务局": ["BB01,0.4,", "BB02,1,", "BB03,1,", "BB04,3,", "BB05,20,"],
}
GAPS = {
    # 40 of 100 and half the year; 101 - 40 in six months is 10.2 a month.
    "新开工亿元以上项目": "完成40个，为年度目标的40.0%，低于序时进度10.0个百分点，后6个月每月需新开工11个。"
    "牵头单位：发展和改革委员会。原因：雨季影响土建。",
    # 2 in six months: a third of a firm a month says nothing.
    "上市企业": "完成0家，为年度目标的0.0%，低于序时进度50.0个百分点，后6个月还需完成2家。"
    "牵头单位：发展和改革委员会。未说明原因。",
    # 40 of the 100 from 750.
    "规上企业总数": "达到790家，年度增量完成40.0%，低于序时进度10.0个百分点，距年度目标（850家以上）差60家。"
    "牵头单位：发展和改革委员会。未说明原因。",
    "地区生产总值增长": "下降0.5%，低于年度目标（6.5%左右）7.0个百分点。牵头单位：发展和改革委员会。未说明原因。",
    # 1407 in six months is 234.5.
    "农房改善": "完成693户，为年度目标的33.0%，低于序时进度17.0个百分点，后6个月每月需完成235户。"
    "牵头单位：发展和改革委员会。原因：选址未定；已逐户签约。",
    # 0.751 in six months is 0.12517; 0.449 of 1.2 is 37.42 %.
    "实际利用外资": "完成0.449亿美元，为年度目标的37.4%，低于序时进度12.6个百分点，后6个月每月需完成0.125亿美元。"
    "牵头单位：商务局。未说明原因。",
    "较大事故": "累计3起，突破控制数1起（不超过2起）。牵头单位：商务局。未说明原因。",
    "物价涨幅": "为3.2%，高于控制目标（不超过3%）0.2个百分点。牵头单位：商务局。未说明原因。",
    # It was there already, and fell from it: no pace applies.
    "高企": "达到400家，距年度目标（500家以上）差100家。牵头单位：商务局。未说明原因。",
}
FRAME = Formalities(
    "督查通报",
    "第6期",
    "各镇人民政府",
    "县政府督查室",
    "2025年7月10日",
    ("逐项排出计划。", "3日内补报。"),
)


@pytest.fixture
def year(tmp_path):
    """Return the digest of months of rows by bureau, month by month."""

    def making(months, *, targets=TARGETS, **policy):
        path = write(tmp_path / "t.yaml", targets)
        for month, bureaus in months.items():
            for bureau, rows in bureaus.items():
                text = "编号,实际值,备注\n" + "".join(f"{row}\n" for row in rows)
                write(tmp_path / "s" / f"2025-{month:02d}" / f"{bureau}.csv", text)
        file = load_targets(path)
        return build_digest(
            file, read_submissions([str(tmp_path / "s")], file), policy=Policy(**policy)
        )

    return making


def opened(digest, **style):
    return docx.Document(io.BytesIO(write_digest("docx", digest, DigestStyle(**style)).content))


def texts(document):
    return [each.text for each in document.paragraphs if each.text]


def chapter(document, heading):
    """Return the paragraphs of a chapter, up to the next one or what follows the body."""
    found, inside = [], False
    for each in document.paragraphs:
        if each.style.name == "Heading 1" or each.text.startswith("附件"):
            inside = each.text.partition("、")[2] == heading
        elif inside:
            found.append(each.text)
    return found


def gaps(document, heading="未达序时进度的目标"):
    """Return what is said of each gap, by name, without the number in front."""
    found = {}
    for text in chapter(document, heading):
        name, colon, said = re.sub(r"^\d+\. ", "", text).partition("：")
        if colon:
            found[name] = said
    return found


# --- a small year by hand --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (">= 100 个", "100个以上"),
        ("<= 2 起", "不超过2起"),
        ("<~ 5.5 %", "控制在5.5%左右"),
        ("~ 6.5 %", "6.5%左右"),
        ("2..3 家", "2-3家"),
    ],
)
def test_a_goal_as_a_sentence_says_it(goal, words):
    assert goal_words(parse_goal(goal)) == words


def test_every_gap_is_a_sentence(year):
    document = opened(year({5: MAY, 6: JUNE}))
    assert gaps(document) == GAPS
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    # The limit that was exceeded comes first, and its section with it.
    assert headings == ["（一）开放（4项）", "（二）经济（5项）"]


def test_the_whole_of_it_in_order(year):
    document = opened(year({5: MAY, 6: JUNE}), formalities=FRAME)
    said = texts(document)
    assert said[:4] == [
        "督查通报",
        "第6期",
        "云山县2025年上半年《政府工作报告》\n量化目标完成情况通报",
        "各镇人民政府：",
    ]
    # 11 targets: 9 short of which one is exceeded; 一般事故 and 新增外贸企业 on pace.
    assert said[4] == (
        "截至2025年6月底，全年时间已过50.0%。（1、2、3、4月没有收到任何数据。）"
        "量化目标共11项，其中达序时2项，占18.2%；"
        "欠序时8项，占72.7%；未完成1项，占9.1%。"
    )
    heads = [text for text in said if re.match("[一二三四五]、", text)]
    assert heads == [
        "一、总体情况",
        "二、未达序时进度的目标",
        "三、进展较好的目标",
        "四、报送情况",
        "五、工作要求",
    ]
    assert chapter(document, "工作要求") == ["1. 逐项排出计划。", "2. 3日内补报。"]
    end = said.index("附件：1. 分板块情况表")
    assert said[end : end + 6] == [
        "附件：1. 分板块情况表", "2. 分单位情况表", "3. 报送情况表", "4. 全部指标完成情况表", "县政府督查室", "2025年7月10日",
    ]  # fmt: skip


def test_how_it_stands(year):
    document = opened(year({5: MAY, 6: JUNE}))
    assert chapter(document, "总体情况") == [
        # May: 750 to 850 is 41.7 % of the way by May, 40 of it done; 6.5 and 3 % kept; two limits kept.
        (
            "应评11项中2项达标，达标率18.2%。与5月底相比：达序时减少2项、欠序时增加2项、未完成增加1项、"
            "未填报减少1项；达标率下降18.2个百分点；亮红灯由3项增加到7项。"
        ),
        "分板块看，达标率从高到低为开放33.3%、经济0.0%。",
        # Yellow are 物价 (a limit), and 高企, for which no pace applies.
        "亮红灯7项、黄灯2项。",
        (
            "与5月相比，新增缺口4项：较大事故、地区生产总值增长、高企、物价涨幅；"
            # 0.4 of 1.2 was 8.3 points short of 41.7 %, and 40 of 100 firms 1.7.
            "黄灯转红灯2项：实际利用外资、规上企业总数；"
            "差距扩大4项：上市企业、农房改善、实际利用外资、规上企业总数。"
        ),
    ]


def test_what_goes_well(year):
    # 30 of 60 in June is just on pace, and in May 20 were 8.3 points short of it.
    assert chapter(opened(year({5: MAY, 6: JUNE})), "进展较好的目标") == [
        "赶上序时进度1项：新增外贸企业。",
        # 30 % of 30/72 in May, 40 % of 50 in June: 11.7 points short, now 10.
        "差距缩小1项：新开工亿元以上项目。",
    ]


@pytest.mark.parametrize(("figure", "is_far"), [(36, True), (35, False)])
def test_what_is_far_ahead(year, figure, is_far):
    # Of 60: 36 are ten points over half the year, 35 are 8.3.
    june = {**JUNE, "商务局": [*JUNE["商务局"][:4], f"BB05,{figure},", JUNE["商务局"][5]]}
    said = chapter(opened(year({5: MAY, 6: june})), "进展较好的目标")
    assert ("超序时进度10个百分点以上1项：新增外贸企业。" in said) is is_far


def test_what_was_not_submitted(year):
    june = {**JUNE, "商务局": ["BB01,较好,", "BB02,1,", "BB03,1,", "BB04,3,", "BB06,500,"]}
    document = opened(year({5: MAY, 6: june}))
    assert chapter(document, "报送情况") == [
        "6月应报11项，已报9项，报来的数不能用1项，未报1项。",
        (
            "商务局（2项）：实际利用外资（报来的数不能用；上次为5月：0.4亿美元，欠序时）、"
            "新增外贸企业（上次为5月：20家，欠序时）。"
        ),
    ]
    # 新增外贸企业 was yellow, and silent it shows no light: only what was red is told.
    [moved] = [text for text in chapter(document, "总体情况") if text.startswith("与5月相比")]
    assert "亮红灯后未报" not in moved
    # Both were short in May, and stay among the gaps with the figure of then.
    assert gaps(document)["新增外贸企业"].startswith(
        "6月没有报来能用的数，5月底完成20家，为年度目标的33.3%，低于序时进度8.3个百分点。牵头单位"
    )
    # All of them there: said, but not where a file could not be read.
    assert chapter(opened(year({6: JUNE})), "报送情况") == [
        "6月应报11项，已报11项。",
        "应报的都已报送。",
    ]


def test_a_file_that_cannot_be_read(year, tmp_path):
    write(tmp_path / "s" / "2025-06" / "财政局.csv", "没有表头\n1\n")
    document = opened(year({6: JUNE}))
    assert chapter(document, "报送情况") == [
        "6月应报11项，已报11项。",
        "有1个报来的文件没有读出或没有读全，缺少的数不在通报之内：看不出是哪个单位的1个。",
        "能读出的文件里，应报的都已报送。",
    ]


def test_december_has_no_more_months(year):
    december = {
        "发改委": ["AA01,100,", "AA02,1,", "AA03,849,", "AA04,6.5,", "AA05,2100,"],
        "商务局": ["BB01,0.936,", "BB02,2,", "BB03,6,", "BB04,3,", "BB05,60,", "BB06,500,"],
    }
    document = opened(year({12: december}))
    found = gaps(document, "未完成年度目标的项目")
    assert {name: said.partition("。")[0] for name, said in found.items()} == {
        # 超100个 asks for 101.
        "新开工亿元以上项目": "完成100个，为年度目标的100.0%，比年度目标（超100个）少1个",
        "上市企业": "完成1家，为年度目标的50.0%，比年度目标（2-3家）少1家",
        "规上企业总数": "达到849家，距年度目标（850家以上）差1家",
        "实际利用外资": "完成0.936亿美元，为年度目标的78.0%，比年度目标（1.2亿美元以上）少0.264亿美元",
        "一般事故": "累计6起，突破控制数1起（不超过5起）",
    }
    good = "地区生产总值增长、农房改善、较大事故、物价涨幅、新增外贸企业、高企"
    assert chapter(document, "进展较好的目标") == [f"完成年度目标6项：{good}。"]


def test_october_leaves_two_months_and_november_one(year):
    october = gaps(opened(year({10: JUNE})))
    # 61 in two months; two firms in two months are one each.
    assert "后2个月每月需新开工31个" in october["新开工亿元以上项目"]
    assert "后2个月每月需完成1家" in october["上市企业"]
    assert "12月需新开工61个" in gaps(opened(year({11: JUNE})))["新开工亿元以上项目"]
    assert "12月需完成0.751亿美元" in gaps(opened(year({11: JUNE})))["实际利用外资"]
    assert "12月需完成2家" in gaps(opened(year({11: JUNE})))["上市企业"]


def test_a_figure_of_a_quarter_counts_from_its_own_month(year):
    targets = TARGETS.replace(
        'goal: "> 100 个", measure: flow', 'goal: "> 100 个", measure: flow, reports: quarterly'
    )
    july = {name: [row for row in rows if "AA01" not in row] for name, rows in JUNE.items()}
    document = opened(year({6: JUNE, 7: july}, targets=targets))
    assert gaps(document)["新开工亿元以上项目"].startswith(
        "6月底完成40个，为年度目标的40.0%，低于序时进度10.0个百分点，7月起每月需新开工11个。"
    )


def test_corrections_are_told_in_the_month_they_come(year, tmp_path):
    write(tmp_path / "s/2025-06/发改委更正.csv", "编号,实际值,期间\nAA01,35,2025-05\n")
    # 35 of 100 is still short of 41.7 %.
    said = (
        "以前月份有更正或补报的，已按新数计算：新开工亿元以上项目：5月的数由30个更正为35个，5月底仍为欠序时。"
        "照现在的数，5月底各类项数不变。"
    )
    assert said in chapter(opened(year({5: MAY, 6: JUNE})), "总体情况")
    july = opened(year({7: JUNE}))
    assert not any("更正" in text for text in texts(july))


def test_no_rule_file_or_path_is_named(year, tmp_path):
    june = {**JUNE, "商务局": ["BB01,较好,", "BB02,1,", "BB03,1,"]}
    write(tmp_path / "s" / "2025-06" / "财政局.csv", "没有表头\n1\n")
    document = opened(year({5: MAY, 6: june}), formalities=FRAME)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in (*texts(document), *cells):
        assert not re.search(r"DT\d{3}|\.csv|\.yaml|第\d+行|dtcheck", text), text


@pytest.mark.parametrize("brief", [False, True])
def test_what_clerks_and_offices_write_breaks_no_file(year, brief):
    evil = "坏\x00\x0b\x1b[31m\ud800\ufffe\u202e<w:p>&amp;]]>"
    june = {**JUNE, "发改委": [f"AA01,40,{evil}".encode("utf-8", "replace").decode("utf-8")]}
    frame = Formalities(evil, evil, evil, evil, evil, (evil, evil))
    document = opened(year({6: june}), brief=brief, title=evil, formalities=frame)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    everything = "".join((*texts(document), *cells))
    assert "<w:p>&amp;]]>" in everything
    assert not set(everything) & set("\x00\x0b\x1b\ud800\ufffe\u202e")


def test_same_input_same_bytes(year):
    digest = year({5: MAY, 6: JUNE})
    style = DigestStyle(formalities=FRAME)
    assert write_digest("docx", digest, style) == write_digest("docx", digest, style)


def test_what_is_not_given_is_left_out(year):
    said = texts(opened(year({6: JUNE})))
    assert said[0].startswith("云山县2025年上半年")
    assert said[1].startswith("截至")
    assert not any("工作要求" in text for text in said)
    assert said[said.index("4. 全部指标完成情况表") + 1] == "附件1"


# --- the tables ------------------------------------------------------------------------------


def test_all_targets_with_their_lights(year):
    document = opened(year({5: MAY, 6: JUNE}))
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in document.tables[3].rows}
    assert rows["AA01"] == [
        "AA01", "新开工亿元以上项目", "超100个", "40个", "40.0%", "-10.0个百分点", "发展和改革委员会", "× 欠序时",
    ]  # fmt: skip
    assert rows["BB02"][5:8:2] == ["突破控制数1起", "× 未完成"]
    assert rows["BB03"][5:8:2] == ["未突破控制数", "√ 达序时"]
    fills = {
        row.cells[0].text: re.search('w:fill="([0-9A-F]+)"', row.cells[-1]._tc.xml)[1]
        for row in document.tables[3].rows
        if row.cells[0].text in ("AA01", "BB03", "BB04")
    }
    assert fills == {"AA01": "F4B6B6", "BB03": "C6E0B4", "BB04": "FFE699"}
    lying = [section.page_width > section.page_height for section in document.sections]
    assert lying == [False, True]


def test_counts_by_section_and_bureau(year):
    sections, bureaus, reporting, _ = opened(year({5: MAY, 6: JUNE})).tables
    assert [[cell.text for cell in row.cells] for row in sections.rows] == [
        ["板块", "灯", "指标", "已完成", "达序时", "欠序时", "未完成", "未填报", "其他", "达标率", "较5月"],
        ["经济", "× 红5", "5", "0", "0", "5", "0", "0", "0", "0.0%", "-20.0个百分点"],
        ["开放", "× 红2 黄2", "6", "0", "2", "3", "1", "0", "0", "33.3%", "-16.7个百分点"],
        ["合计", "× 红7 黄2", "11", "0", "2", "8", "1", "0", "0", "18.2%", "-18.2个百分点"],
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in reporting.rows] == [
        ["单位", "应报", "已报", "未报"],
        ["发展和改革委员会", "5", "5", "0"],
        ["商务局", "6", "6", "0"],
        ["合计", "11", "11", "0"],
    ]
    # Doubts are for those who make the notice. 2 of 6 are kept at the one, none of 5 at the other.
    assert [row.cells[0].text for row in bureaus.rows[1:]] == ["商务局", "发展和改革委员会"]
    assert [cell.text for cell in bureaus.rows[0].cells] == [
        "牵头单位", "指标", "已完成", "达序时", "欠序时", "未完成", "未填报", "其他", "达标率",
    ]  # fmt: skip


# --- one page --------------------------------------------------------------------------------


def height(document):
    """The height in points of what is on the page, lines of text counted by the character."""
    total = 0.0
    for each in document.paragraphs:
        spacing = each.style.element.pPr.find("{*}spacing")
        line, size = int(spacing.values()[2]) / 20, each.style.font.size.pt
        wide = sum(0.5 if ord(mark) < 128 else 1 for mark in each.text) * size
        total += -(-wide // 430) * line + sum(int(value) / 20 for value in spacing.values()[:2])
    return total


@pytest.mark.parametrize("month", [3, 6, 9, 12])
def test_a_brief_one_is_one_standing_page(month, real, tmp_path):
    folders = [str(EXAMPLES / "submissions" / f"2024-{each:02d}") for each in range(1, month + 1)]
    digest = build_digest(real, read_submissions(folders, real), Period(2024, month))
    frame = Formalities(sender="东台市人民政府督查室", date="2024年12月10日")
    document = opened(digest, brief=True, formalities=frame)
    [section] = document.sections
    assert section.page_width < section.page_height
    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells][-2:] == ["牵头单位", "原因"]
    assert 5 <= len(table.rows) <= 11
    assert height(document) + 24.5 * len(table.rows) < ROOM
    if shutil.which("soffice"):
        document.save(tmp_path / "a.docx")
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
        subprocess.run(command, check=True, capture_output=True)
        pdf = (tmp_path / "a.pdf").read_bytes()
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_brief_one_gives_reasons_and_counts_the_rest(year):
    long = "协调推进" * 40
    june = {**JUNE, "发改委": [*JUNE["发改委"][1:], f"AA01,5,{long}"]}
    document = opened(year({5: MAY, 6: june}), brief=True)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["灯", "最突出的缺口", "实际", "落后", "每月需", "牵头单位", "原因"]
    reasons = {row[1]: row[-1] for row in rows[1:]}
    assert reasons["较大事故"] == "未说明原因"
    assert reasons["新开工亿元以上项目"] == long[:59] + "…"
    left = 9 - len(reasons)
    assert (f"另有缺口{left}项，见全文。" in texts(document)) == bool(left)
    assert "应报未报：没有。" in texts(document)


# --- a real month by the oracle ----------------------------------------------------------------

MONTH = 9
SHORT = ("欠序时", "未完成")


@pytest.fixture(scope="module")
def oracle():
    return load(ROOT, MONTH)


@pytest.fixture(scope="module")
def september(real):
    folders = [str(EXAMPLES / "submissions" / f"2024-{each:02d}") for each in range(1, MONTH + 1)]
    digest = build_digest(real, read_submissions(folders, real), Period(2024, MONTH))
    return opened(digest)


def test_counts_and_shares_of_a_month(oracle, september):
    now = counts(oracle.values(), MONTH)
    said = re.findall(r"(\D{2,4}?)(\d+)项，占([\d.]+%)", texts(september)[1].partition("其中")[2])
    found = {name.lstrip("；"): (int(count), share) for name, count, share in said}
    assert found == {
        name: (count, rounded(count * 100 / 109, 1) + "%") for name, count in now.items() if count
    }
    assert sum(count for count, _ in found.values()) == 109


def test_every_gap_of_a_month(oracle, september):
    found = gaps(september)
    late = {each.name: each for each in oracle.values() if each.status_as_of(MONTH) in SHORT}
    assert {name.rstrip("*") for name in found} == set(late)
    for name, said in found.items():
        target = late[name.rstrip("*")]
        newest = target.newest(MONTH)
        value, gap = target.figures[newest], target.gap(newest)
        shown = short(abs(value) if target.measure == "rate" and "增长" in said else value, 6)
        assert shown + target.unit in said, name
        assert f"{rounded(abs(gap), 1)}个百分点" in said, name
        assert f"牵头单位：{target.lead}。" in said
        if target.measure == "flow":
            assert f"为年度目标的{rounded(target.completion(value) * 100, 1)}%" in said
            needed = target.needed_text(newest)
            [told] = re.findall(r"后3个月(?:每月需|(还需))\D*([\d.]+\D+?)。", said)
            assert "".join(told) == needed, name
        elif target.measure == "level":
            assert f"年度增量完成{rounded(target.completion(value) * 100, 1)}%" in said
            missing = short((target.required - value), 1)
            assert f"差{missing}" in said or f"差{rounded(target.required - value, 1)}" in said
        note = target.notes[newest].strip().rstrip("。；")
        assert said.endswith(f"原因：{note}。" if note else "未说明原因。"), name


def test_part_heights_are_those_of_styles():
    """What measures a page and what writes it take the same numbers."""
    assert Part.DENSE.look.line == 22
    assert round(ROOM) == round(225 * 72 / 25.4)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (35, "三十五"),
        (99, "九十九"),
    ],
)
def test_chapters_are_counted(number, said):
    assert numeral(number) == said
