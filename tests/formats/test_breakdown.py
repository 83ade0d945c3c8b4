"""The table that offices make each spring: what is due by each quarter, worked out by hand."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from running import ROOT

from dtcheck.formats.breakdown import write
from dtcheck.formats.goal_words import goal_words
from dtcheck.targets import load_targets

DASH = "–"
# name, goal, more keys; then 一季度, 上半年, 前三季度, 全年, and what is remarked.
CASES = [
    ("新开工项目", "> 100 个", "", 25, 50, 75, 100, None),
    ("竣工项目", ">= 120 个", "lag: 1", 30, 60, 90, 120, "数晚1个月"),
    ("集中开工", ">= 4 次", "pace: quarterly, reports: quarterly", 1, 2, 3, 4, "每季度出数"),
    ("每月巡查", ">= 12 次", "pace: monthly", 3, 6, 9, 12, None),
    ("新认定高企", ">= 70 家", "pace: year-end", DASH, DASH, DASH, 70, "年底见数"),
    ("报会上市", "2..3 家", "pace: year-end", DASH, DASH, DASH, "2-3家", "年底见数"),
    ("研发占比", "~ 2.5 %", "measure: level, reports: after-year", DASH, DASH, DASH, 2.5, "次年出数"),
    # From 80 the way is 20 points: 5 a quarter.
    ("收集率", ">= 100 %", "measure: level, baseline: 80 %", 85, 90, 95, 100, None),
    ("覆盖率", ">= 76 %", "measure: level", DASH, DASH, DASH, 76, "只看年底数"),
    ("重大事故", "<= 0 起", "", 0, 0, 0, 0, None),
    ("较大事故", "<= 3 起", "", 3, 3, 3, 3, None),
    ("失业率", "<~ 5.5 %", "measure: level", 5.5, 5.5, 5.5, 5.5, None),
    ("产值增长", "~ 6.5 %", "measure: rate", 6.5, 6.5, 6.5, 6.5, None),
    ("收入增长", ">= AA13", "measure: rate", *["不低于“产值增长”"] * 4, None),
    ("能耗降幅", "assigned %", "measure: rate", "待下达", "待下达", "待下达", "待下达", None),
    # June takes December's place.
    ("小区改造", ">= 6 处", "due: 6", 3, 6, 6, 6, None),
    ("街头绿地", ">= 5 处", "due: 10, pace: year-end", DASH, DASH, DASH, 5, "到期见数"),
    ("村平收入", "> 70 万元", "reports: half-yearly", DASH, 35, DASH, 70, "每半年出数"),
    # Three quarters of a place are one place, one and a half two, two and a quarter three.
    ("公园", ">= 3 处", "", 1, 2, 3, 3, None),
    # 6.6 × 0, 0.1, 0.3.
    ("农田", ">= 6.6 万亩", "pace: [0, 0, 0, 0, 0, 0.1, 0.1, 0.2, 0.3, 0.5, 0.8, 1]", 0, 0.66, 1.98, 6.6, None),
    ("进出口", ">= 19 亿美元", "reports: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", 4.75, 9.5, 14.25, 19, "2月起出数"),
    ("调度", ">= 9 次", "reports: [4, 8, 12]", DASH, 3, 6, 9, "4、8、12月出数"),
    ("检查", ">= 12 次", "reports: [3, 12]", 3, DASH, DASH, 12, "3、12月出数"),
    ("产量", ">= 12 万吨", "reports: [4, 9, 12]", DASH, 4, 9, 12, "4、9、12月出数"),
    ("晚出", ">= 12 万吨", "reports: half-yearly, lag: 1", DASH, 6, DASH, 12, "数晚1个月；每半年出数"),
    ("支出增长", "<= AA13", "measure: rate", *["不高于“产值增长”"] * 4, None),
    ("存款增长", "~ AA13", "measure: rate", *["与“产值增长”相当"] * 4, None),
    ("能耗", "assigned 万吨", "reports: half-yearly", DASH, "待下达", DASH, "待下达", "每半年出数"),
]  # fmt: skip
HEAD = """format: 1
place: 青河县
year: 2026
title: 2026年《政府工作报告》量化目标
bureaus: [{name: 乙局}, {name: 甲局}]
sections:
  - code: AA
    name: 综合
    heading: 主要目标
    targets:
"""


def targets_file(folder, cases=CASES, leads=("甲局", "乙局")):
    lines = [HEAD]
    for number, (name, goal, keys, *_) in enumerate(cases, 1):
        measure = "" if "measure" in keys else ", measure: flow"
        more = f", {keys}" if keys else ""
        lead = leads[number % len(leads)]
        lines.append(
            f'      - {{code: AA{number:02d}, name: {name}, goal: "{goal}"{measure}{more},'
            f" phrase: {name}, lead: {lead}}}\n"
        )
    path = folder / "t.yaml"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    return load_targets(path)


def rows_of(content):
    [sheet] = load_workbook(BytesIO(content)).worksheets
    heads = [cell.value for cell in sheet[3]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4)]
    return sheet, {row["编号"].value: row for row in rows}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    file = targets_file(tmp_path_factory.mktemp("t"))
    return rows_of(write(file, frozenset(file.by_code)))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_what_is_due_by_each_quarter(made, number):
    row = made[1][f"AA{number + 1:02d}"]
    shown = [row[head].value for head in ("一季度", "上半年", "前三季度", "全年", "备注")]
    assert shown == list(CASES[number][3:])


def test_a_number_shows_its_unit_and_stays_a_number(made):
    rows = made[1]
    formats = {
        "AA01": '"超"0"个"',
        "AA12": '"不超过"0.0"%左右"',
        "AA11": '"不超过"0"起"',
        "AA10": '0"起"',
        "AA13": '0.0"%左右"',
        "AA20": '0.0"万亩"',
    }
    assert {code: rows[code]["全年"].number_format for code in formats} == formats
    assert rows["AA20"]["上半年"].number_format == '0.00"万亩"'
    baseline = rows["AA08"]["2025年实绩"]
    assert (baseline.value, baseline.number_format) == (80, '0"%"')


def test_the_rows_stand_by_bureau_in_the_order_of_the_file(made):
    rows = list(made[1].values())
    leads = [row["责任单位"].value for row in rows]
    # Every other one is 甲局's, which stands second; each row names its bureau, so that it can be filtered.
    assert leads == ["乙局"] * 14 + ["甲局"] * 14
    assert [row["序号"].value for row in rows] == list(range(1, 29))
    parted = [at for at, row in enumerate(rows) if row["编号"].border.top.style == "medium"]
    assert parted == [0, 14]


def test_it_is_ready_to_print(made):
    sheet = made[0]
    assert sheet.title == "责任分解表"
    assert sheet["A1"].value == "青河县2026年政府工作报告主要指标责任分解表"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "E4"
    assert sheet.auto_filter.ref == "A3:M31"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet["E5"].alignment.wrap_text


# goal, more keys, what an office says.
WORDS = [
    ("产值增长", "~ 6.5 %", "measure: rate", "增长6.5%左右"),
    ("规上工业增加值增长", ">= 11 %", "measure: rate", "增长11%以上"),
    ("税收增长", "> 5 %", "measure: rate", "增长超过5%"),
    ("收入增长", "5..5.5 %", "measure: rate", "增长5-5.5%"),
    ("城镇化率提高", ">= 1.5 个百分点", "measure: rate", "提高1.5个百分点以上"),
    ("单位能耗降幅", ">= 3 %", "measure: rate", "下降3%以上"),
    ("PM2.5浓度变化", "< 0 %", "measure: rate", "比上年下降"),
    ("PM2.5浓度变化", "<= -3 %", "measure: rate", "下降3%以上"),
    ("优良天数变化", "> 0 天", "measure: rate", "比上年增加"),
    ("消费价格涨幅", "<= 3 %", "measure: rate", "不超过3%"),
    ("消费价格涨幅", "<~ 3 %", "measure: rate", "控制在3%左右"),
    ("三公经费变化", "<= 0 %", "measure: rate", "不高于上年"),
    ("项目", "> 100 个", "", "超过100个"),
    ("项目", ">= 100 个", "strive: true", "力争不少于100个"),
    ("项目", "~ 100 个", "", "100个左右"),
    ("企业", "2..3 家", "", "2-3家"),
    ("收集率", ">= 98.5 %", "measure: level", "不低于98.5%"),
    ("覆盖率", ">= 100 %", "measure: level", "达到100%"),
    ("失业率", "<= 5.5 %", "measure: level", "不超过5.5%"),
    ("劣Ⅴ类河道", "<= 0 条", "measure: level", "清零"),
    ("重大事故", "<= 0 起", "", "不发生"),
    ("百强位次", "<= 100 位", "measure: level", "进入前100位"),
    ("小区改造", ">= 6 处", "due: 10", "10月底前不少于6处"),
    ("能耗", "assigned %", "measure: rate", "完成上级下达任务"),
]


@pytest.mark.parametrize(("name", "goal", "keys", "said"), WORDS)
def test_goals_as_an_office_says_them(tmp_path, name, goal, keys, said):
    file = targets_file(tmp_path, [(name, goal, keys)])
    assert goal_words(file.targets[0], file.by_code) == said


def test_a_goal_against_another_is_said_by_its_name(made, tmp_path):
    file = targets_file(tmp_path)
    assert goal_words(file.by_code["AA14"], file.by_code) == "不低于产值增长（AA13）"


def test_of_one_bureau_and_in_a_file(run, tmp_path):
    book = tmp_path / "分解表.xlsx"
    done = run(
        "targets", "list", "--lead", "民政局", "-o", book, "--targets", ROOT / "targets.yaml"
    )
    assert (done.code, done.out, done.err) == (0, "", "")
    sheet, rows = rows_of(book.read_bytes())
    assert list(rows) == ["MS04"]
    assert "共 109 项，这里列出 1 项，责任单位 1 个" in sheet["A2"].value
    assert (rows["MS04"]["2023年实绩"].value, rows["MS04"]["前三季度"].value) == (1450, 750)
    again = tmp_path / "b.xlsx"
    run("targets", "list", "--lead", "民政局", "-o", again, "--targets", ROOT / "targets.yaml")
    assert again.read_bytes() == book.read_bytes()


def test_a_workbook_needs_a_file(run):
    done = run("targets", "list", "--format", "xlsx")
    assert done.code == 2
    assert "工作簿要用 -o 写明文件名，如 -o 分解表.xlsx" in done.err


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path):
    file = targets_file(tmp_path, [('"=1+1"', ">= 1 个", "")])
    _, rows = rows_of(write(file, frozenset(file.by_code)))
    cell = rows["AA01"]["指标"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
