"""Drafting a targets file: reports against the files made by hand, and reports of other styles.

The reports under ``tests/data/reports`` are invented; what they promise is written out here by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from report_index import PAIRS, REPORT
from work import DRAFTING, work

from dtcheck.coverage.audit import run_audit
from dtcheck.drafting.draft import draft
from dtcheck.drafting.draft_text import goal_text
from dtcheck.targets import Kind, load_targets
from dtcheck.workreport.report import parse_report, read_report

WHOLE = pytest.mark.parametrize(("targets", "path"), PAIRS, ids=[path.stem for _, path in PAIRS])
REPORTS = Path(__file__).parent.parent / "data" / "reports"


def drafted(name):
    return draft(read_report(str(REPORTS / name)))


def goals(result, code):
    [section] = [each for each in result.file.sections if each.code == code]
    return {target.name: goal_text(target.goal) for target in section.targets}


@WHOLE
def test_the_score_on_a_report_whose_targets_are_known(targets, path):
    """Every explicit target with the right operator, number and unit."""
    known, report = load_targets(targets), read_report(str(path))
    result = draft(report)
    by_figure = {
        account.figure.start: [goal_text(result.file.by_code[code].goal) for code in account.codes]
        for account in result.audit.accounts
    }
    explicit, misses = 0, []
    for account in run_audit(known, report).accounts:
        for code in account.codes:
            target = known.by_code[code]
            if account.status != "claimed" or target.kind is not Kind.OUTCOME:
                continue
            if not account.figure.is_quantity:
                continue
            explicit += 1
            if goal_text(target.goal) not in by_figure[account.figure.start]:
                misses.append(code)
    assert explicit == sum(target.kind is Kind.OUTCOME for target in known.targets)
    assert misses == []


@WHOLE
def test_a_draft_has_the_parts_of_its_report(targets, path):
    known, result = load_targets(targets), draft(read_report(str(path)))
    assert [each.heading for each in result.file.sections] == [
        each.heading for each in known.sections
    ]
    assert (result.file.place, result.file.year) == (known.place, known.year)
    if path == REPORT:
        # This one's codes are those that the words of its headings suggest.
        assert [each.code for each in result.file.sections] == [
            each.code for each in known.sections
        ]


def test_a_report_with_ordinals_of_another_county():
    result = drafted("qinghe-2026.txt")
    assert (result.file.place, result.file.year) == ("清禾县", 2026)
    assert [each.heading for each in result.file.sections] == [
        "主要预期目标",
        "坚持产业立县",
        "坚持城乡融合",
        "坚持民生优先",
        "加强政府自身建设",
    ]
    assert goals(result, "ZH") == {
        "地区生产总值增长": "5..5.5 %",
        "规上工业增加值增长": "~ 7 %",
        "一般公共预算收入增长": ">= 3 %",
        "城镇调查失业率": "<= 5.5 %",
        "城镇居民人均可支配收入增长": "~ 5 %",
        "农村居民人均可支配收入增长": "~ 6.5 %",
        "单位地区生产总值能耗降幅": ">= 3 %",
        "粮食产量": ">= 30 万吨",
    }
    assert goals(result, "GY") == {
        "新开工亿元以上项目": ">= 45 个",
        "十亿元以上项目": ">= 3 个",
        "新增规上工业企业": ">= 35 户",
        "规上工业企业总数": "> 310 户",
        "工业投资增长": ">= 12 %",
        "技改投资增长": ">= 12 %",
        "十大工业项目完成投资": ">= 26.5 亿元",
        "培育国家级专精特新小巨人企业": "2..3 家",
        "高新技术企业数量翻番": ">= 100 %",
    }
    assert goals(result, "CS") == {
        "改造老旧小区": ">= 18 个",
        "惠及居民": ">= 4600 户",
        "新建公园绿地": ">= 15 公顷",
        "背街小巷整治全部完成": ">= 100 %",
        "黑臭水体动态清零": "<= 0 条",
        "新建农村公路": ">= 120 公里",
        "自来水普及率": ">= 98.5 %",
        "行政村5G网络全覆盖": ">= 100 %",
    }
    people = goals(result, "MS")
    assert people["新增城镇就业"] == ">= 6000 人"
    assert people["新增托位"] == ">= 400 个"
    assert people["查处通报"] == "<= 20 起"
    assert people["进入全省县域发展十强"] == "<= 10 位"


def test_what_could_not_be_read_is_said(tmp_path):
    text = (REPORTS / "qinghe-2026.txt").read_text(encoding="utf-8").replace("30万吨", "30万标箱")
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    result = draft(read_report(str(tmp_path / "r.txt")))
    # 标箱 is no unit that the program knows.
    assert [account.figure.text for account in result.audit.open] == ["30万"]
    assert "# 没有读懂：" in result.text
    assert "【30万】" in result.text
    assert "没有读懂 1 个" in result.notices[-1]


def test_last_years_figures_are_not_drafted():
    result = drafted("qinghe-2026.txt")
    values = {target.goal.value for target in result.file.targets}
    assert not values & {31, 286, 8, 420}


def test_a_damaged_report():
    result = drafted("yunqi-2025-damaged.txt")
    assert (result.file.place, result.file.year) == ("云栖市", 2025)
    found = {target.name: goal_text(target.goal) for target in result.file.targets}
    assert found == {
        "地区生产总值增长": ">= 6 %",
        "社会消费品零售总额增长": "~ 7 %",
        "进出口总额": "> 8.5 亿美元",
        "开工重点项目": ">= 66 个",
        "开工重点项目完成投资": ">= 300 亿元",
        "新增四上企业": ">= 120 家",
        "PM2.5平均浓度再下降": "< 0 %",
        "森林覆盖率": ">= 42.5 %",
        "新增造林": ">= 1.2 万亩",
        "建设口袋公园": ">= 10 个",
        "新增学位": ">= 3000 个",
        "新建停车位": ">= 2000 个",
        "城镇新增就业": ">= 1.5 万人",
        "村卫生室达标率": ">= 100 %",
    }


def test_no_headings_are_said_and_not_guessed(run):
    result = drafted("no-headings.txt")
    said = " ".join((*result.notices, *result.problems))
    for what in ("年份", "地名", "当年工作的标题", "分段的标题"):
        assert what in said
    done = run("targets", "new", REPORTS / "no-headings.txt")
    assert done.code == 1
    assert "没有找到当年工作的标题" in done.err


@pytest.mark.parametrize(("text", "said"), [("", "是空的"), ("今年更好。", "没有一个数")])
def test_nothing_to_draft_from(run, tmp_path, text, said):
    report, out = tmp_path / "r.txt", tmp_path / "draft.yaml"
    report.write_text(text, encoding="utf-8")
    done = run("targets", "new", report, "-o", out)
    assert (done.code, said in done.err, out.exists()) == (2, True, False)


def test_the_place_before_the_title(run, tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("海丰市2025年《政府工作报告》\n全年新建道路20公里。\n", encoding="utf-8")
    assert "\nplace: 海丰市\n" in run("targets", "new", report).out


def test_a_draft_without_a_year_asks_for_it_and_works(run, tmp_path):
    out = tmp_path / "draft.yaml"
    done = run("targets", "new", REPORTS / "no-headings.txt", "-o", out)
    assert (done.code, "没有读出年份" in done.err) == (1, True)
    assert "# 待核：报告中没有读出" in out.read_text(encoding="utf-8")
    assert run("targets", "list", "--targets", out).code == 0
    assert run("template", "--targets", out, "-o", tmp_path / "form.csv").code == 0


@pytest.mark.parametrize("name", ["qinghe-2026.txt", "yunqi-2025-damaged.txt"])
def test_a_draft_is_a_targets_file(run, tmp_path, name):
    out = tmp_path / "draft.yaml"
    assert run("targets", "new", REPORTS / name, "-o", out).code == 0
    text = out.read_text(encoding="utf-8")
    file = load_targets(out)
    assert len(file.targets) == text.count("code: ") - len(file.sections)
    assert text.count("# 待核\n") >= len(file.targets)
    # All that the draft says of the report is so: phrases, places, numbers, operators.
    audit = run_audit(file, read_report(str(REPORTS / name)))
    assert {finding.rule.id for finding in audit.findings} <= {"DT410"}
    # Whom to ask is for people to say.
    assert "DT421" in run("targets", "lint", "--targets", out).out


def test_names_and_phrases_from_a_report_cannot_break_the_yaml(tmp_path):
    report = parse_report(
        "2025年主要工作\n(一)聚焦: #工业。新建{甲}&*桥\"梁'3座，[乙]: 泵站# 5座。\n(二)聚焦no。培训no 6人。",
        "a\nb: c.txt",
    )
    path = tmp_path / "draft.yaml"
    path.write_text(draft(report).text, encoding="utf-8")
    assert [goal_text(target.goal) for target in load_targets(path).targets] == [
        ">= 3 座",
        ">= 5 座",
        ">= 6 人",
    ]


def test_more_headings_than_letters():
    headings = "".join(f"\n{number}.某某\n实现{number}个项目。" for number in range(1, 99))
    result = draft(parse_report("2024年政府工作报告\n2024年主要工作" + headings, "x"))
    codes = [section.code for section in result.file.sections]
    assert len(codes) == len(set(codes)) == 98
    assert {(len(code), code.isupper()) for code in codes} == {(2, True)}


def of_figures(size):
    return "\n".join(f"新建第{number}某{number}号" for number in range(size // 8))


@pytest.mark.parametrize(
    ("written", "size"),
    [
        # 达到 is also 达 and 到: two ways each time, so 2 ** 28.
        (lambda size: "实现" + "达到" * (size // 2) + "某5个。", 28),
        (lambda size: "分别完成1个" + "、和1个" * (size // 4), 600),
        (of_figures, 400),
        # Long enough that the windows of words before a figure are full.
        (lambda size: "翻番" * (size // 2), 240),
        (lambda size: "9" * size, 300),
    ],
    ids="ways list paragraphs words digits".split(),
)
def test_a_text_without_end_is_drafted_in_one_go(written, size):
    """Twice the text is twice the work, and not four times."""

    def drafting(text):
        draft(parse_report(f"2024年政府工作报告\n一、2024年主要工作\n{text}", "x"))

    once, twice = (work(drafting, written(each), regexes=DRAFTING) for each in (size, 2 * size))
    assert once > size
    assert twice < 2.4 * once


def test_what_last_years_file_knows_is_taken_over(run, tmp_path):
    first, second, last, new = (tmp_path / name for name in ("a.txt", "b.txt", "a.yaml", "b.yaml"))
    first.write_text(
        "2030年政府工作报告\n一、2029年工作回顾\n二、2030年工作安排\n(一)聚焦工业。新增标准厂房30万平方米。\n"
        "建成口袋公园8个。\n(二)聚焦民生。新增床位20张。\n",
        encoding="utf-8",
    )
    second.write_text(
        "2031年政府工作报告\n一、2030年工作回顾\n新增标准厂房31万平方米。\n二、2031年工作安排\n(一)聚焦工业。新增标准厂房40万平方米。\n"
        "(二)聚焦民生。新增床位20张。新建步道6公里。\n",
        encoding="utf-8",
    )
    assert run("targets", "new", first, "-o", last).code == 0
    written = last.read_text(encoding="utf-8").replace(
        "{name: 待定}", "{name: 工信局, short: [工信]}"
    )
    last.write_text(written.replace("lead: 待定", "lead: 工信局"), encoding="utf-8")
    done = run("targets", "new", second, "--from", last, "-o", new)
    assert (done.code, "新增 1 项，不再有 1 项" in done.err) == (0, True)
    targets = {target.name: target for target in load_targets(new).targets}
    assert targets["新增标准厂房"].lead == "工信局"
    assert targets["新增标准厂房"].baseline == 31
    assert targets["新建步道"].lead == "待定"
    text = new.read_text(encoding="utf-8")
    assert 'goal: ">= 40 万平方米"  # 上年：≥30万平方米' in text
    assert "# GY02 建成口袋公园：≥8个（工信局）“建成口袋公园8个”" in text
