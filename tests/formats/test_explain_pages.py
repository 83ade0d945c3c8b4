"""The pages of targets and the list of them, whole, on a targets file with one of each kind."""

from __future__ import annotations

import hashlib

import pytest
from making import write

TARGETS = """\
format: 1
place: 云山县
year: 2025
title: 目标
source: {title: 政府工作报告, delivered: 2025-01-08, publisher: 云山日报, url: http://x}
bureaus:
  - {name: 统计局}
sections:
  - code: AA
    name: 综合
    heading: 聚焦综合
    targets:
      - {code: AA01, name: 新建桥梁, goal: "> 24 座", measure: flow, phrase: 超24座, lead: 统计局, strive: true, aliases: [桥梁], note: 含改建}
      - {code: AA02, name: 企业总数, goal: ">= 100 家", measure: level, phrase: 100家, baseline: 88 家, lead: 统计局, reports: quarterly}
      - {code: AA03, name: 居民收入增长, goal: "~ 6 %", measure: rate, phrase: 6%左右, lead: 统计局, reports: half-yearly}
      - {code: AA04, name: 能耗增长, goal: "< 0 %", measure: rate, kind: implied, phrase: 双下降, lead: 统计局, reports: yearly, pace: year-end}
      - {code: AA05, name: 较大事故, goal: "<= 2 起", measure: flow, kind: implied, phrase: 不超2起, lead: 统计局}
      - {code: AA06, name: 组织对接, goal: "2..3 次", measure: flow, kind: scope, phrase: 2-3次, lead: 统计局, reports: [6, 12]}
      - {code: AA07, name: 上级任务, goal: assigned %, measure: rate, kind: implied, phrase: 上级任务, lead: 统计局}
      - {code: AA08, name: 集中整治, goal: ">= 12 次", measure: flow, phrase: 每月一次, pace: monthly, lead: 统计局}
      - {code: AA09, name: 观摩督查, goal: ">= 4 次", measure: flow, phrase: 每季一次, pace: quarterly, lead: 统计局}
      - {code: AA10, name: 收储用地, goal: "~ 200 亩", measure: flow, phrase: 200亩左右, tolerance: 5 亩, pace: [0, 0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1], lead: 统计局}
"""
COUNTS = "个、家、项、件、座、条、处、张、场、次、起、套、台、所、份"
FLOW, LEVEL = "从年初累计的数，到年底达到目标", "某一天的状态（总数、占比、名次、余额）"
RATE, LIMIT = "与上年同期相比的增减", "从年初累计的数，全年要守住不超过"
SAID, IMPLIED = "报告写明的成果", "报告没有写数，由词义得出的标准"
SCOPE = "工作范围：数字是工作覆盖的个数"
# 目标, 算不算完成, 数的性质, 目标来历, 推进方式, 出数频率 of each.
FACTS = {
    "AA01": (
        ("超24座（争取目标）", "必须大于 24座，正好等于不算完成"),
        (FLOW, SAID, "按月均匀推进（当月 / 12）", "每月"),
    ),
    "AA02": (
        ("≥100家", "达到 100家 即完成，正好等于也算"),
        (LEVEL, SAID, "按月均匀推进（当月 / 12）", "每季度"),
    ),
    # 5 % of 6 is 0.3.
    "AA03": (
        ("6%左右", "达到 6% 即完成；略低的算“基本达到”（不低于 5.7%）"),
        (RATE, SAID, "每期都与目标本身比", "每半年"),
    ),
    "AA04": (
        ("<0%", "必须小于 0%，正好等于不算完成"),
        (RATE, IMPLIED, "年底才定，12 月以前不按进度判断", "每年"),
    ),
    "AA05": (
        ("≤2起", "不超过 2起，正好等于也算"),
        (LIMIT, IMPLIED, "全年不得超过，一超过即为未完成", "每月"),
    ),
    "AA06": (
        ("2-3次", "达到下限 2次 即完成"),
        (FLOW, SCOPE, "年底才定，12 月以前不按进度判断", "6月、12月"),
    ),
    "AA07": (
        ("上级下达（%）", "由上级下达，在报数表的“下达目标”列填写；没有填写时为待定"),
        (RATE, IMPLIED, "每期都与目标本身比", "每月"),
    ),
    "AA08": (
        ("≥12次", "达到 12次 即完成，正好等于也算"),
        (FLOW, SAID, "每月一次（当月 / 12）", "每月"),
    ),
    "AA09": (
        ("≥4次", "达到 4次 即完成，正好等于也算"),
        (FLOW, SAID, "每季一次（已过的季度 / 4）", "每月"),
    ),
    "AA10": (
        ("200亩左右", "达到 200亩 即完成；略低的算“基本达到”（不低于 195亩）"),
        (
            FLOW,
            SAID,
            (
                "逐月累计：0.0%、0.0%、5.0%、10.0%、20.0%、30.0%、40.0%、50.0%、60.0%、70.0%、85.0%、100.0%"
            ),
            "每月",
        ),
    ),
}
# What is due by each month, and in which months a figure is.
ALL = tuple(range(1, 13))
DUE = {
    # Two bridges a month.
    "AA01": (
        "2座（8.3%） 4座（16.7%） 6座（25.0%） 8座（33.3%） 10座（41.7%） 12座（50.0%） 14座（58.3%） 16座（66.7%） 18座（75.0%） 20座（83.3%） 22座（91.7%） 超24座",
        ALL,
    ),
    # From 88, one firm a month.
    "AA02": (
        "89家（8.3%） 90家（16.7%） 91家（25.0%） 92家（33.3%） 93家（41.7%） 94家（50.0%） 95家（58.3%） 96家（66.7%） 97家（75.0%） 98家（83.3%） 99家（91.7%） ≥100家",
        (3, 6, 9, 12),
    ),
    "AA03": ("6%左右 " * 12, (6, 12)),
    # Told at the end of the year, not before.
    "AA04": ("– " * 11 + "<0%", (12,)),
    "AA05": ("≤2起 " * 12, ALL),
    "AA06": ("– " * 11 + "2-3次", (6, 12)),
    "AA07": ("待定 " * 12, ALL),
    "AA08": (
        "1次（8.3%） 2次（16.7%） 3次（25.0%） 4次（33.3%） 5次（41.7%） 6次（50.0%） 7次（58.3%） 8次（66.7%） 9次（75.0%） 10次（83.3%） 11次（91.7%） ≥12次",
        ALL,
    ),
    "AA09": (
        "0次（0.0%） 0次（0.0%） 1次（25.0%） 1次（25.0%） 1次（25.0%） 2次（50.0%） 2次（50.0%） 2次（50.0%） 3次（75.0%） 3次（75.0%） 3次（75.0%） ≥4次",
        ALL,
    ),
    "AA10": (
        "0亩（0.0%） 0亩（0.0%） 10亩（5.0%） 20亩（10.0%） 40亩（20.0%） 60亩（30.0%） 80亩（40.0%） 100亩（50.0%） 120亩（60.0%） 140亩（70.0%） 170亩（85.0%） 200亩左右",
        ALL,
    ),
}


@pytest.fixture
def asked(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    write(tmp_path / "t.yaml", TARGETS)
    return lambda *args: run(*args, "--targets", "t.yaml")


@pytest.fixture
def page(asked):
    """Return the facts of a target's page in their order, and the rows of its table."""

    def reading(code):
        facts, table = asked("explain", code).out.split("逐月判断（√ 为应报数的月份）：\n")
        title, blank, *lines, last = facts.splitlines()
        assert (blank, last) == ("", "")
        rows = [line.split() for line in table.splitlines() if line.strip()]
        return title, dict(line.split("：", 1) for line in lines), rows

    return reading


@pytest.mark.parametrize("code", FACTS)
def test_what_a_page_says(page, code):
    title, facts, _ = page(code)
    assert title.split()[0] == code
    keys = ("目标", "算不算完成", "数的性质", "目标来历", "推进方式", "出数频率")
    goal, about = FACTS[code]
    assert tuple(facts[key] for key in keys) == (*goal, *about)


@pytest.mark.parametrize("code", DUE)
def test_what_is_due_month_by_month(page, code):
    due, months = DUE[code]
    head, _, *rows = page(code)[2]
    assert head == ["截至", "应达到" if FACTS[code][1][0] == RATE else "序时应达到", "应报"]
    assert rows == [
        [f"{month}月", text, *(["√"] if month in months else [])]
        for month, text in zip(range(1, 13), due.split(), strict=True)
    ]


def test_every_fact_in_its_order(page):
    title, facts, _ = page("AA01")
    assert title == "AA01 新建桥梁"
    assert list(facts) == [
        "目标",
        "算不算完成",
        "报告原话",
        "数的性质",
        "目标来历",
        "推进方式",
        "出数频率",
        "牵头单位",
        "认得的名称",
        "可用的单位",
        "说明",
        "目标文件",
    ]
    assert facts["报告原话"] == "“超24座”，政府工作报告，综合（聚焦综合）"
    assert facts["认得的名称"] == "新建桥梁、桥梁"
    # Its own unit first, then all of the kind.
    counts = COUNTS.replace("座、", "")
    assert facts["可用的单位"] == f"座、{counts}、…（可数的单位都可以）"
    assert (facts["牵头单位"], facts["说明"], facts["目标文件"]) == ("统计局", "含改建", "t.yaml")
    _, facts, _ = page("AA02")
    assert facts["2024年结果"] == "88家"
    assert "说明" not in facts
    assert facts["认得的名称"] == "企业总数"
    # Points are units of a rate.
    assert page("AA03")[1]["可用的单位"] == "%、‰、百分点、个百分点"
    assert page("AA10")[1]["可用的单位"] == "亩、平方米、平米、平方公里、平方千米、公顷"


def test_the_page_to_publish_whole(asked):
    lines = asked("targets", "list", "--format", "markdown").out.replace("\\", "").splitlines()
    sha = hashlib.sha256(TARGETS.encode()).hexdigest()[:8]
    assert [lines[0], lines[2]] == [
        "# 云山县 目标",
        f"共 10 项；出处：政府工作报告，2025-01-08，云山日报；目标文件 t.yaml（sha256 {sha}）。",
    ]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and "-|" not in line
    ]
    assert rows[:2] == [
        ["板块", "编号", "指标", "写明数的", "不写数字的", "工作范围", "争取目标"],
        # All but the third kind have a number; one scope, one to strive for.
        ["综合", "AA", "10", "6", "3", "1", "1"],
    ]
    assert rows[2] == ["编号", "指标", "目标", "2024年", "牵头单位", "报告原话", "说明"]
    assert rows[3:5] == [
        ["AA01", "新建桥梁*", "超24座", "", "统计局", "超24座", "含改建"],
        ["AA02", "企业总数", "≥100家", "88家", "统计局", "100家", ""],
    ]
    assert [row[2] for row in rows[5:]] == [FACTS[row[0]][0][0] for row in rows[5:]]
    assert "## 综合：聚焦综合" in lines
    overview, rule = [line for line in lines if "-|" in line]
    assert [(cell[0], cell[-1]) for cell in overview.strip("|").split("|")] == [
        *[(":", "-")] * 2,
        *[("-", ":")] * 5,
    ]
    assert [cell.endswith("-:") for cell in rule.strip("|").split("|")] == [
        *(False, False, True, True, False, False, False)
    ]
    assert lines[-2:] == ["- 带 * 的是争取目标。", "- 牵头单位由目标文件分派，不是报告的内容。"]
    part = asked("targets", "list", "--format", "markdown", "--select", "AA01").out
    assert "共 10 项，这里列出 1 项；出处" in part


def test_the_list_on_a_screen(asked):
    out = asked("targets", "list", "--select", "AA01,AA02").out
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["云山县", "目标：2", "项（t.yaml）"]
    assert lines[2:4] == [
        ["综合", "AA：聚焦综合"],
        ["编号", "指标", "目标", "2024年", "牵头单位"],
    ]
    assert lines[5:7] == [
        ["AA01", "新建桥梁*", "超24座", "统计局"],
        ["AA02", "企业总数", "≥100家", "88家", "统计局"],
    ]
    assert lines[-1] == ["带", "*", "的是争取目标。"]


def test_the_list_as_a_document(asked):
    targets = {
        each["code"]: each for each in asked("targets", "list", "--format", "json").json["targets"]
    }
    assert targets["AA10"] == {
        "code": "AA10",
        "name": "收储用地",
        "section": "综合",
        "op": "~",
        "value": 200,
        "high": None,
        "unit": "亩",
        "measure": "flow",
        "kind": "outcome",
        "strive": False,
        "phrase": "200亩左右",
        "baseline": None,
        "lead": "统计局",
        "pace": [0, 0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1],
        "reports": "monthly",
        "tolerance": 5,
        "aliases": [],
        "note": None,
    }
    assert (targets["AA06"]["reports"], targets["AA06"]["high"]) == ([6, 12], 3)
    assert (targets["AA01"]["aliases"], targets["AA01"]["note"]) == (["桥梁"], "含改建")
    assert (targets["AA02"]["baseline"], targets["AA09"]["pace"]) == (88, "quarterly")


def test_the_page_of_a_rule_and_the_list_of_all(run):
    out = run("explain", "DT202").out
    assert out.startswith("DT202 实际值不是数（错误）\n\n含义：")
    lines = run("explain").out.splitlines()
    assert lines[0].split() == ["规则", "说的是什么", "级别"]
    assert ["DT306", "没有完成，也没有说明原因", "警告"] in [line.split() for line in lines]
    assert lines[-2:] == [
        "dtcheck explain DT202 看一条规则的说明；dtcheck explain GY01 看一个指标的说明。",
        "也可以写状态（欠序时），或者板块（工业）、单位（科技局），列出其中的指标。",
    ]


def test_what_lint_says_around_its_findings(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "t.yaml", TARGETS.replace("phrase: 100家", "phrase: 超100家"))
    for form, head, last in (
        ("table", "", ""),
        ("markdown", "# ", "**"),
    ):
        done = run("targets", "lint", "--targets", path.name, "--format", form)
        lines = done.out.splitlines()
        assert done.code == 1
        assert lines[0] == f"{head}目标文件自查：t.yaml（云山县 2025年，10 项）"
        assert lines[-1] == f"{last}错误 1、警告 0、提示 0。退出码 1：有必须改的。{last}"
