"""From last year's file to this year's draft, and the review held against last year's goals.

``tinghe-2025.yaml`` is last year's file, ``tinghe-2026.txt`` the new report; both are invented, and
what has to come of them was worked out by hand.
"""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest
from running import DATA

from dtcheck.coverage.audit import run_audit
from dtcheck.drafting.draft import draft
from dtcheck.drafting.review import outcomes
from dtcheck.targets import Pace, load_targets
from dtcheck.workreport.report import parse_report, read_report

LAST = DATA / "reports" / "tinghe-2025.yaml"
REPORT = DATA / "reports" / "tinghe-2026.txt"
RESULTS = DATA / "reports" / "tinghe-2025-results.csv"
# What the review says, by the codes of last year's file: 22 of > 20, and so on.
SAID = {
    "ZH01": ("6.3", "%"),
    "ZH02": ("5.2", "%"),
    "ZH03": ("5.8", "%"),
    "GY01": ("22", "个"),
    # The zone's 15 are not the city's 24.
    "GY02": ("24", "家"),
    "GY03": ("168", "家"),
    "GY04": ("2", "次"),
    "GY05": ("35", "%"),
    "LS01": ("25.1", "%"),
}
MET = {"ZH01", "ZH02", "GY01", "GY04", "LS01"}
MISSED = {"ZH03", "GY02", "GY03", "GY05"}


@pytest.fixture(scope="module")
def drafted():
    return draft(read_report(str(REPORT)), load_targets(LAST))


def test_codes_stay_and_what_is_new_gets_numbers_nobody_had(drafted):
    codes = {target.name: code for code, target in drafted.file.by_code.items()}
    last = {target.name: code for code, target in load_targets(LAST).by_code.items()}
    assert {name: code for name, code in codes.items() if name in last} == {
        name: code for name, code in last.items() if name not in ("建成5G基站", "全省百强位次")
    }
    # MS02 was 全省百强位次, which is gone: its code goes to nobody.
    assert (codes["新建邻里中心"], codes["建成口袋公园"]) == ("GY06", "MS03")


def test_baselines_are_what_the_review_says(drafted):
    found = {
        code: target.baseline
        for code, target in drafted.file.by_code.items()
        if target.baseline is not None
    }
    assert {code: float(value) for code, value in found.items()} == {
        code: float(number) for code, (number, _) in SAID.items()
    }


def test_the_draft_marks_what_is_new_changed_and_gone(drafted):
    text = drafted.text
    assert "- code: GY06  # 待核：上年没有" in text
    assert 'goal: "> 25 个"  # 上年：超20个' in text
    assert 'goal: "~ 6 %"\n' in text
    assert text.endswith(
        "# 上年有、这份报告里没有读到的，核对是不是漏了：\n"
        "# LS06 建成5G基站：≥300个（发展和改革委员会）“建成5G基站300个”\n"
        "# MS02 全省百强位次：≤100位（发展和改革委员会）“进入全省百强”\n"
    )
    assert (
        "沿用 亭河市2025年 的 15 项（目标变了 8 项），新增 2 项，不再有 2 项。" in drafted.notices
    )


def test_last_years_word_is_held_against_the_review(run, tmp_path):
    new, results = tmp_path / "2026.yaml", tmp_path / "实绩.csv"
    done = run("targets", "new", REPORT, "--from", LAST, "--results", results, "-o", new)
    assert done.code == 0
    assert "2025年全年 9 项，另 8 项在回顾里没有读出确实的数" in done.err
    with results.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["编号"]: (row["实际值"], row["单位"]) for row in rows} == SAID
    assert {row["期间"] for row in rows} == {"2025年全年"}
    assert results.read_bytes() == RESULTS.read_bytes()
    judged = run("verify", results, "--targets", LAST, "--as-of", "2025-12", "--format", "json")
    status = {each["code"]: each["status"] for each in judged.json["results"]}
    assert {code for code in status if status[code] == "met"} == MET
    assert {code for code in status if status[code] == "missed"} == MISSED
    assert judged.json["summary"]["errors"] == judged.json["summary"]["warnings"] == 0


def test_the_file_of_the_new_year_is_the_draft_gone_over(drafted):
    """The finished file of the new year: what the draft has, but for leads and a name."""
    done = load_targets(REPORT.with_suffix(".yaml"))
    assert [(each.code, each.goal, each.baseline) for each in done.targets] == [
        (each.code, each.goal, each.baseline) for each in drafted.file.targets
    ]
    open_leads = {each.code for each in drafted.file.targets if each.lead == "待定"}
    assert open_leads == {each.code for each in done.targets if each.lead == "城市管理局"}
    assert run_audit(done, read_report(str(REPORT))).exit_code == 0


def test_what_another_place_knows_is_taken_but_not_its_names(tmp_path):
    other = (
        LAST.read_text(encoding="utf-8")
        .replace("亭河市", "别处市")
        .replace("year: 2025", "year: 2024")
    )
    path = tmp_path / "o.yaml"
    path.write_text(other.replace("地区生产总值增长,", "GDP增速,"), encoding="utf-8")
    result = draft(read_report(str(REPORT)), load_targets(path))
    first = result.file.by_code["ZH01"]
    assert (first.name, first.lead) == ("地区生产总值增长", "发展和改革委员会")
    assert "# 别处市2024年有、这份报告里没有读到的" in result.text


KNOWN = """\
format: 1
place: 亭河市
year: 2025
title: 目标
bureaus: [{name: 甲局, short: [甲]}, {name: 乙局}]
sections:
  - code: AA
    name: 老工业
    heading: 老标题
    targets:
      - {code: AA01, name: 地区生产总值增长, goal: "~ 6 %", measure: rate, tolerance: 0.2 %, reports: quarterly, lag: 1, phrase: 地区生产总值增长6%左右, lead: 甲局, aliases: [地区生产总值, 新建步道]}
      - {code: AA02, name: 居民收入增长, goal: ">= AA01", measure: rate, phrase: 居民收入增长与经济增长同步, lead: 乙局}
      - {code: AA07, name: 一般公共预算收入增长, goal: "~ 5 %", measure: rate, tolerance: 0.1 %, phrase: 一般公共预算收入增长5%左右, lead: 甲局}
  - code: MS
    name: 民生
    heading: 民生标题
    targets:
      - {code: MS01, name: 新增学位, goal: ">= 300 个", measure: flow, pace: year-end, phrase: 新增学位300个, lead: 乙局}
      - {code: MS02, name: 改造小区, goal: ">= 6 个", measure: flow, pace: year-end, phrase: 改造小区6个, lead: 乙局}
"""
NEXT = """\
亭河市2026年政府工作报告
一、2025年工作回顾
二、2026年主要工作
主要预期目标是：地区生产总值增长5.5%左右，居民收入增长与经济增长同步，一般公共预算收入增长5%以上。
(一)聚焦工业。新建步道8公里。
(二)聚焦民生。新增学位400个，6月底前改造小区8个。
"""


def test_what_is_taken_over_and_what_is_not(tmp_path):
    path = tmp_path / "k.yaml"
    path.write_text(KNOWN, encoding="utf-8")
    result = draft(parse_report(NEXT, "r.txt"), load_targets(path))
    found = {target.name: target for target in result.file.targets}
    growth = found["地区生产总值增长"]
    # The opening's indicators come from AA, and so it takes the letters and the name of AA.
    assert (growth.code, growth.section, growth.lead) == ("AA01", "老工业", "甲局")
    assert (growth.tolerance, growth.reports, growth.lag) == (Fraction(1, 5), "quarterly", 1)
    # An alias that is another target's name now stays with that.
    assert growth.aliases == ("地区生产总值",)
    assert "- code: AA  # 待核：板块编号沿用上年的\n" in result.text
    assert "- code: MS  # 待核：板块编号沿用上年的\n" in result.text
    # What the goal points at has its old code.
    assert found["居民收入增长"].goal.ref == "AA01"
    # 左右 is gone, and its width with it.
    assert found["一般公共预算收入增长"].tolerance is None
    assert (found["新增学位"].code, found["新增学位"].pace) == ("MS01", Pace.YEAR_END)
    # By June, not by the year's end: the old pace was another's.
    assert (found["改造小区"].due, found["改造小区"].pace) == (6, Pace.LINEAR)
    assert result.problems == ()
    assert [each.name for each in result.file.bureaus] == ["甲局", "乙局", "待定"]


def test_a_section_gives_up_letters_that_another_has_a_better_claim_to(tmp_path):
    """The draft would call the second section GY; the old file's GY is what the first one is now."""
    path = tmp_path / "k.yaml"
    path.write_text(KNOWN.replace("AA", "GY"), encoding="utf-8")
    result = draft(parse_report(NEXT, "r.txt"), load_targets(path))
    codes = {target.name: target.code for target in result.file.targets}
    assert codes["地区生产总值增长"] == "GY01"
    assert "- code: GY  # 待核：板块编号沿用上年的\n" in result.text
    letters = codes["新建步道"][:2]
    assert f"- code: {letters}  # 待核：板块编号两个字母，自定\n" in result.text
    assert not codes["新建步道"].startswith(("GY", "MS"))


LEFT = """\
format: 1
place: 亭河市
year: 2025
title: 目标
bureaus: [{name: 甲局}]
sections:
  - code: ZH
    name: 综合
    heading: 主要目标
    targets:
      - {code: ZH01, name: 新增学位, goal: ">= 300 个", measure: flow, phrase: 新增学位300个, lead: 甲局}
      - {code: ZH02, name: 规上工业增加值增长, goal: ">= 8 %", measure: rate, phrase: 规上工业增加值增长8%, lead: 甲局}
      - {code: ZH03, name: 粮食产量, goal: ">= 30 万吨", measure: flow, phrase: 粮食产量30万吨, lead: 甲局}
"""
FRAME = "亭河市2026年政府工作报告\n一、2025年工作回顾\n{}\n二、2026年主要工作\n新增学位400个。\n"


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("新增学位320个。", {"ZH01": "320"}),
        ("预计全年新增学位320个。", {"ZH01": "预计320"}),
        ("新增学位超过320个。", {"ZH01": "超过320"}),
        ("新增学位300余个。", {"ZH01": "300余"}),
        ("新增学位约320个。", {"ZH01": "约320"}),
        ("粮食产量达31万吨、增长2%。", {"ZH03": "31"}),
        ("粮食产量31.2万吨，规上工业增加值同比增长8.5%。", {"ZH02": "8.5", "ZH03": "31.2"}),
        # Said twice alike is said once; in two ways it is in doubt.
        ("新增学位320个。新增学位320个。", {"ZH01": "320"}),
        ("新增学位320个。新增学位310个。", {}),
        # Of several years, of a part of one, of another year.
        ("过去五年，新增学位320个。", {}),
        ("“十四五”期间成绩显著。新增学位320个。", {}),
        ("“十四五”期间成绩显著。去年，新增学位320个。", {"ZH01": "320"}),
        ("过去五年，城镇化率由2021年的50%提高到2025年的55%。新增学位320个。", {}),
        ("累计建成学校8所，新增学位320个。", {}),
        ("上半年新增学位320个。", {}),
        ("1—11月新增学位320个。", {}),
        ("2023年新增学位320个。", {}),
        ("规上工业增加值年均增长8.5%。", {}),
        # Another's, a plan's; another measure, another thing.
        ("高新区新增学位320个。", {}),
        ("高新区建设提速，新增学位320个。", {}),
        ("规上工业增加值增长8.5%，年均增长9%。", {}),
        ("全省新增学位320个。", {}),
        ("计划新增学位320个。", {}),
        ("规上工业增加值下降8.5%。", {}),
        ("规上工业增加值320亿元。", {}),
        ("粮食产量增长3.5%。", {}),
        ("新增学位320人。", {}),
        ("新增学位和床位320个。", {}),
        # Far more than was to be: all that there are, perhaps.
        ("新增学位900个。", {"ZH01": "900"}),
        ("新增学位901个。", {}),
        ("新增学位2至3个。", {}),
    ],
)
def test_only_what_is_surely_last_years_result(tmp_path, review, said):
    path = tmp_path / "t.yaml"
    path.write_text(LEFT, encoding="utf-8")
    report = parse_report(FRAME.format(review), "r.txt")
    found = outcomes(report, load_targets(path))
    assert {code: each.written for code, each in found.items()} == said


PUBLIC = LEFT.replace(
    '新增学位, goal: ">= 300 个", measure: flow',
    '一般公共预算收入, goal: ">= 50 亿元", measure: flow',
).replace("新增学位300个", "一般公共预算收入50亿元")


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("2025年，一般公共预算收入51亿元。", {"ZH01": "51"}),
        # Of a part of the year.
        ("2025年，前11个月，一般公共预算收入42亿元。", {}),
        ("前十个月，一般公共预算收入42亿元。", {}),
        ("截至目前，一般公共预算收入42亿元。", {}),
        ("截至11月底，一般公共预算收入42亿元。", {}),
        ("一般公共预算收入42亿元(截至10月末)。", {}),
        ("截至2025年底，一般公共预算收入51亿元。", {"ZH01": "51"}),
        # Planned.
        ("2025年预算：一般公共预算收入53亿元。", {}),
        ("展望2025年，规上工业增加值增长9%。", {}),
        ("2025年目标：粮食产量31万吨，规上工业增加值增长9%。", {}),
        ("规上工业增加值有望增长9%。", {}),
        ("年初计划粮食产量31万吨，规上工业增加值增长9%。", {}),
        ("圆满完成年度目标任务，规上工业增加值增长9%。", {"ZH02": "9"}),
        # Of something else.
        ("一般公共预算收入(不含基金)48亿元。", {}),
        ("一般公共预算收入（剔除退税）完成48亿元。", {}),
        ("一般公共预算收入48亿元（不包括新区）。", {}),
        # Below zero: no form of the review says so.
        ("2025年，规上工业增加值增长-1.2%。", {}),
        ("2025年，规上工业增加值增长－1.2%。", {}),
        ("2025年，规上工业增加值增长−1.2%。", {}),
        ("2025年，规上工业增加值增长负1.2%。", {}),
        # A guess before the verb is said with the figure, and hides no name.
        (
            "规上工业增加值预计增长6.5%，一般公共预算收入预计完成51亿元。",
            {"ZH01": "预计51", "ZH02": "预计6.5"},
        ),
        ("一般公共预算收入估计51亿元。", {"ZH01": "预计51"}),
        ("预计一般公共预算收入完成51亿元。", {"ZH01": "预计51"}),
        ("预计2025年，一般公共预算收入51亿元。", {"ZH01": "预计51"}),
        (
            "2025年预计，粮食产量31万吨，一般公共预算收入51亿元。",
            {"ZH01": "预计51", "ZH03": "预计31"},
        ),
        # Which year the words open.
        ("过去五年成绩显著。刚刚过去的2025年，一般公共预算收入51亿元。", {"ZH01": "51"}),
        ("过去五年成绩显著。走过极不平凡的2025年，一般公共预算收入51亿元。", {"ZH01": "51"}),
        ("过去五年，占比由2021年的50%升到2025年的55%。一般公共预算收入51亿元。", {}),
    ],
)
def test_parts_of_a_year_plans_and_minuses_are_no_results(tmp_path, review, said):
    path = tmp_path / "t.yaml"
    path.write_text(PUBLIC, encoding="utf-8")
    found = outcomes(parse_report(FRAME.format(review), "r.txt"), load_targets(path))
    assert {code: each.written for code, each in found.items()} == said


FIRMS = LEFT.replace('新增学位, goal: ">= 300 个"', '创新型企业, goal: ">= 40 家"')


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("新认定高新技术企业13家、创新型企业68家。", {"ZH01": "68"}),
        # How many there are, or nobody says.
        ("全市高新技术企业达到13家、创新型企业68家。", {}),
        ("全市拥有高新技术企业13家、创新型企业68家。", {}),
        ("创新型企业68家。", {}),
        ("68家创新型企业入库。", {}),
    ],
)
def test_things_have_to_be_new_or_done(tmp_path, review, said):
    """Whether 企业68家 are all or the year's new ones is told by the verb, else by nothing."""
    path = tmp_path / "t.yaml"
    path.write_text(FIRMS, encoding="utf-8")
    found = outcomes(parse_report(FRAME.format(review), "r.txt"), load_targets(path))
    assert {code: each.written for code, each in found.items()} == said


def test_a_report_without_a_plan_has_no_review(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(LEFT, encoding="utf-8")
    assert outcomes(parse_report("新增学位320个。\n", "r.txt"), load_targets(path)) == {}


def test_a_figure_that_is_left_open_is_no_baseline(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(LEFT, encoding="utf-8")
    for review, baseline in (("新增学位超过320个。", None), ("预计新增学位320个。", 320)):
        result = draft(parse_report(FRAME.format(review), "r.txt"), load_targets(path))
        assert result.file.by_code["ZH01"].baseline == baseline
