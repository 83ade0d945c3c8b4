"""The same reports through every format, compared whole: every figure is worked out by hand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from fractions import Fraction

import pytest
from making import SMALL, make_target, write
from wcwidth import wcswidth

from dtcheck import __version__
from dtcheck.actuals import Period, read_submissions
from dtcheck.formats import FORMATS, Style, render
from dtcheck.formats.content import gap_text, points
from dtcheck.judge import Policy, Result, Status, build_report, judge
from dtcheck.targets import load_targets

HEAD = "编号,实际值,单位,期间,备注\n"
# 48/100 = 48.0, 160/300 = 53.3, 6.4/6.5 = 98.5, 20/70 = 28.6, 0.7/1.2 = 58.3, 260/500 = 52.0;
# against 50 in June and 41.7 in May.
JUNE = (
    HEAD
    + """\
GY01,48,个,6月,两个项目等待环评
GY02,160,亿元,6月,
GY03,6.4,%,6月,外需回落
CX01,20,家,6月,集中在下半年申报
CX03,7000,万美元,6月,
CX04,260,件,5月,
ST02,1,起,6月,已整改
XX01,1,个,6月,
CX03,0.7,亿美元,6月,
"""
)
DECEMBER = (
    HEAD
    + """\
GY01,101,个,12月,
GY03,6.1,%,12月,外需回落
CX02,2.4,%,12月,
CX04,500,件,12月,
ST02,0,起,12月,
"""
)
ESCAPES = "\x1b[31m红\x1b[0m\x1b]0;题\x07\x9b1m"
# Windows takes neither in a name.
ESCAPE, BAR = ("", "") if os.name == "nt" else ("\x1b[31m", "|")
BIDI = "\u202e反\u2066向\u200b"
MARKUP = "[bold red]粗[/bold red]:smile: <b>`码`</b> *斜* _下_ ~删~ a|b"
HOSTILE = (
    HEAD
    + f'GY01,48,个,6月,"{ESCAPES}\n{BIDI}{MARKUP}"\n'
    + f'"{ESCAPES}",1,个,6月,\n'
    + f'"甲{BIDI}",1,个,6月,\n'
    + f'"{MARKUP}",1,个,6月,\n'
    + f'GY02,"{ESCAPES}|1",亿元,6月,\n'
    + f'CX01,20,"[red]{BIDI}|",6月,x\n'
    + 'CX04,260,件,"6月\n|[/red]\x1b[1m",\n'
)
HOSTILE_TARGETS = (
    SMALL.replace("name: 工业\n", 'name: "工\\e[31m业|[red]\\n\\u202E"\n')
    .replace("name: 新开工项目", 'name: "新\\e[1m开工|项目[bold]\\u202E"')
    .replace("heading: 聚焦工业", 'heading: "聚焦\\e[1m|\\n工业"')
    .replace("phrase: 超100个", 'phrase: "超100个\\e[1m|\\n"')
    .replace("place: 东台市", 'place: "东\\e]0;x\\a台|市"')
)
NAMED = {
    "june": (JUNE, SMALL),
    "december": (DECEMBER, SMALL),
    "nothing": (HEAD + "一、工业,,,,\n", SMALL),
    "unreadable": ("项目,数据\n", SMALL),
    "hostile": (HOSTILE, SMALL),
    "hostile targets": (JUNE, HOSTILE_TARGETS),
}


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Return the named report, built in an empty folder so that its paths are short."""
    monkeypatch.chdir(tmp_path)

    def building(
        name: str, policy: Policy | None = None, path: str = "a.csv", as_of: Period | None = None
    ):
        submission, targets = NAMED[name]
        write(tmp_path / "t.yaml", targets)
        write(tmp_path / path, submission)
        file = load_targets("t.yaml")
        return build_report(file, read_submissions([path], file, as_of), as_of, policy)

    return building


SHA = hashlib.sha256(SMALL.encode()).hexdigest()
SOURCE = f"目标文件：t.yaml（9 项，sha256 {SHA[:8]}）· dtcheck {__version__}"

JUNE_TABLE = f"""\
东台市 小样
截至 2024-06（2024年1-6月），全年已过 50.0%
{SOURCE}

工业 GY
  编号 指标               目标    实际 完成率 距序时 状态
  ─────────────────────────────────────────────────────────────
  GY01 新开工项目      超100个    48个  48.0%   -2.0 △ 欠序时
  GY02 开票销售*      ≥300亿元 160亿元  53.3%   +3.3 √ 达序时
  GY03 工业增加值增长 6.5%左右    6.4%  98.5%   -0.1 △ 基本达到

创新 CX  （未到期 1 项，--all 列出）
  编号 指标           目标         实际 完成率 距序时 状态
  ────────────────────────────────────────────────────────────
  CX01 净增高企      ≥70家         20家  28.6%  -21.4 × 欠序时
  CX03 利用外资 ≥1.2亿美元    0.7亿美元  58.3%   +8.3 √ 达序时
  CX04 新增专利     ≥500件 260件（5月）  52.0%  +10.3 √ 达序时

生态 ST  （待定 1 项，--all 列出）
  编号 指标     目标 实际 完成率 距序时 状态
  ──────────────────────────────────────────────
  ST02 安全事故 ≤0起  1起      –   +1起 × 未完成

数据问题
  错误 DT201 a.csv 第9行 “编号”列
       目标文件中没有“XX01”
       是不是 CX01 净增高企、ST01 能耗降幅、GY01 新开工项目？
  警告 DT207 a.csv 第10行 “实际值”列
       CX03 利用外资 在 2024-06 重复报了 0.7亿美元
       第一次在 a.csv 第6行；删去多余的行

板块 指标 已完成 达序时 欠序时 未完成 未填报 其他 达标率
──────────────────────────────────────────────────────────────────
工业    3      0      1      1      0      0    1 ███······· 33.3%
创新    4      0      2      1      0      0    1 ██████···· 66.7%
生态    2      0      0      0      1      0    1 ·········· 0.0%

合计    9      0      3      2      1      0    3 ████······ 42.9%

距序时：数量按完成率减序时进度（个百分点），增速按实际减目标（目标的单位）；负数
为落后。
目标是“≤”“<”的，正数为超出。
带 * 的是争取目标，加 --strict 才计入退出码。
数据检查：错误 1、警告 1、提示 0。退出码 1：有需要处理的问题。
"""

# 53/6 = 8.83, 140/6 = 23.33, 50/6 = 8.33, 0.5/6 = 0.083…, 240/7 = 34.29 (from May, 7 months are left).
JUNE_MARKDOWN = f"""\
# 东台市 小样

截至 2024-06（2024年1-6月），全年已过 50.0%

{SOURCE}

## 工业 GY

| 编号   | 指标           |     目标 |    实际 |   完成率 |   距序时 |    月均需 | 牵头单位         | 状态       |
|:-------|:---------------|---------:|--------:|---------:|---------:|----------:|:-----------------|:-----------|
| GY01   | 新开工项目     |  超100个 |    48个 |    48.0% |     -2.0 |    8.83个 | 发展和改革委员会 | △ 欠序时   |
| GY02   | 开票销售\\*     | ≥300亿元 | 160亿元 |    53.3% |     +3.3 | 23.33亿元 | 发展和改革委员会 | √ 达序时   |
| GY03   | 工业增加值增长 | 6.5%左右 |    6.4% |    98.5% |     -0.1 |         – | 发展和改革委员会 | △ 基本达到 |

## 创新 CX

| 编号   | 指标     |       目标 |         实际 |   完成率 |   距序时 |     月均需 | 牵头单位       | 状态     |
|:-------|:---------|-----------:|-------------:|---------:|---------:|-----------:|:---------------|:---------|
| CX01   | 净增高企 |      ≥70家 |         20家 |    28.6% |    -21.4 |     8.33家 | 科学技术局     | × 欠序时 |
| CX03   | 利用外资 | ≥1.2亿美元 |    0.7亿美元 |    58.3% |     +8.3 | 0.08亿美元 | 科学技术局     | √ 达序时 |
| CX04   | 新增专利 |     ≥500件 | 260件（5月） |    52.0% |    +10.3 |    34.29件 | 市场监督管理局 | √ 达序时 |

另有未到期 1 项。

## 生态 ST

| 编号   | 指标     |   目标 |   实际 |   完成率 |   距序时 |   月均需 | 牵头单位         | 状态     |
|:-------|:---------|-------:|-------:|---------:|---------:|---------:|:-----------------|:---------|
| ST02   | 安全事故 |   ≤0起 |    1起 |        – |     +1起 |        – | 发展和改革委员会 | × 未完成 |

另有待定 1 项。

## 数据问题

| 级别   | 规则   | 位置                    | 问题                                        | 怎样改                                                 |
|:-------|:-------|:------------------------|:--------------------------------------------|:-------------------------------------------------------|
| 错误   | DT201  | a.csv 第9行 “编号”列    | 目标文件中没有“XX01”                        | 是不是 CX01 净增高企、ST01 能耗降幅、GY01 新开工项目？ |
| 警告   | DT207  | a.csv 第10行 “实际值”列 | CX03 利用外资 在 2024-06 重复报了 0.7亿美元 | 第一次在 a.csv 第6行；删去多余的行                     |

## 汇总

| 板块   |   指标 |   已完成 |   达序时 |   欠序时 |   未完成 |   未填报 |   其他 |   达标率 |
|:-------|-------:|---------:|---------:|---------:|---------:|---------:|-------:|---------:|
| 工业   |      3 |        0 |        1 |        1 |        0 |        0 |      1 |    33.3% |
| 创新   |      4 |        0 |        2 |        1 |        0 |        0 |      1 |    66.7% |
| 生态   |      2 |        0 |        0 |        0 |        1 |        0 |      1 |     0.0% |
| 合计   |      9 |        0 |        3 |        2 |        1 |        0 |      3 |    42.9% |

- 距序时：数量按完成率减序时进度（个百分点），增速按实际减目标（目标的单位）；负数为落后。
- 目标是“≤”“\\<”的，正数为超出。
- 带 \\* 的是争取目标，加 --strict 才计入退出码。

**数据检查：错误 1、警告 1、提示 0。退出码 1：有需要处理的问题。**
"""

JUNE_WITHOUT_BOXES = f"""\
东台市 小样
截至 2024-06（2024年1-6月），全年已过 50.0%
{SOURCE}
只看：编号 GY、ST02（4 项）

工业 GY
  编号 指标               目标    实际 完成率 距序时 状态
  -------------------------------------------------------------
  GY01 新开工项目      超100个    48个  48.0%   -2.0 △ 欠序时
  GY02 开票销售*      ≥300亿元 160亿元  53.3%   +3.3 √ 达序时
  GY03 工业增加值增长 6.5%左右    6.4%  98.5%   -0.1 △ 基本达到

生态 ST
  编号 指标     目标 实际 完成率 距序时 状态
  ----------------------------------------------
  ST02 安全事故 ≤0起  1起      –   +1起 × 未完成

数据问题
  错误 DT201 a.csv 第9行 “编号”列
       目标文件中没有“XX01”
       是不是 CX01 净增高企、ST01 能耗降幅、GY01 新开工项目？

板块 指标 已完成 达序时 欠序时 未完成 未填报 其他 达标率
------------------------------------------------------------------
工业    3      0      1      1      0      0    1 ###....... 33.3%
生态    1      0      0      0      1      0    0 .......... 0.0%
------------------------------------------------------------------
合计    4      0      1      1      1      0    1 ##........ 25.0%

距序时：数量按完成率减序时进度（个百分点），增速按实际减目标（目标的单位）；负数
为落后。
目标是“≤”“<”的，正数为超出。
带 * 的是争取目标，加 --strict 才计入退出码。
数据检查：错误 1、警告 0、提示 0。退出码 1：有需要处理的问题。
"""

# 101/100, 6.1/6.5 = 93.8 under 6.175, 2.4/2.5 = 96.0 over 2.375, 500/500; nothing of the others.
DECEMBER_TABLE = f"""\
东台市 小样
截至 2024-12（2024年全年），全年已过 100.0%
{SOURCE}

工业 GY  （未填报 1 项，--all 列出）
  编号 指标               目标  实际 完成率 距序时 状态
  ─────────────────────────────────────────────────────────
  GY01 新开工项目      超100个 101个 101.0%   +1.0 √ 已完成
  GY03 工业增加值增长 6.5%左右  6.1%  93.8%   -0.4 × 未完成

创新 CX  （未填报 2 项，--all 列出）
  编号 指标             目标  实际 完成率 距序时 状态
  ─────────────────────────────────────────────────────────
  CX02 研发投入占比 2.5%左右  2.4%  96.0%  -0.1% △ 基本达到
  CX04 新增专利       ≥500件 500件 100.0%    0.0 √ 已完成

生态 ST  （待定 1 项，--all 列出）
  编号 指标     目标 实际 完成率 距序时 状态
  ──────────────────────────────────────────────
  ST02 安全事故 ≤0起  0起      –      – √ 已完成

板块 指标 已完成 达序时 欠序时 未完成 未填报 其他 达标率
───────────────────────────────────────────────────────────────────
工业    3      1      0      0      1      1    0 ███······· 33.3%
创新    4      1      0      0      0      2    1 ██········ 25.0%
生态    2      1      0      0      0      0    1 ██████████ 100.0%

合计    9      3      0      0      1      3    2 ███······· 37.5%

距序时：数量按完成率减序时进度（个百分点），增速按实际减目标（目标的单位）；负数
为落后。
目标是“≤”“<”的，正数为超出。
带 * 的是争取目标，加 --strict 才计入退出码。
数据检查：错误 0、警告 0、提示 0。退出码 1：有需要处理的问题。
"""


@pytest.mark.parametrize(
    ("name", "format_name", "expected"),
    [
        ("june", "table", JUNE_TABLE),
        ("june", "markdown", JUNE_MARKDOWN),
        ("december", "table", DECEMBER_TABLE),
    ],
)
def test_whole_outputs(report, name, format_name, expected):
    assert render(format_name, report(name), Style(width=80)) == expected


def test_without_boxes(report):
    out = render("table", report("june", Policy(select=("GY", "ST02"))), Style(boxes=False))
    assert out == JUNE_WITHOUT_BOXES
    assert out.encode("gbk").decode("gbk") == out


def test_everything_unfolded_at_a_wide_terminal(report):
    out = render("table", report("june"), Style(width=130, everything=True))
    assert (
        "  CX02 研发投入占比   2.5%左右            –      –      –          – 科学技术局     – 未到期\n"
        in out
    )
    assert (
        "  ST01 能耗降幅 上级下达（%）    –      –      –      – 发展和改革委员会 – 待定\n" in out
    )
    assert (
        "  GY02 开票销售*      ≥300亿元 160亿元  53.3%   +3.3 23.33亿元 发展和改革委员会 √ 达序时\n"
        in out
    )
    assert "--all 列出" not in out


COLORED = {
    "48个  48.0%   -2.0 ": "33",  # yellow
    "160亿元  53.3%   +3.3 ": "32",  # green
    "20家  28.6%  -21.4 ": "1;31",  # red
    "–   +1起 ": "1;31",
}


def test_the_colour_of_a_light(report):
    out = render("table", report("june"), Style(width=80, color=True))
    for before, code in COLORED.items():
        assert f"{before}\x1b[{code}m" in out
    assert "\x1b[1;31m错误\x1b[0m DT201" in out
    assert "\x1b[33m警告\x1b[0m DT207" in out


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("everything", [False, True])
def test_colour_adds_nothing_but_colour(report, name, everything):
    made = report(name)
    colored = render("table", made, Style(color=True, everything=everything))
    bare = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).split("\n"))
    assert bare == render("table", made, Style(color=False, everything=everything))


@pytest.mark.parametrize("format_name", ["markdown", "json"])
def test_only_the_table_has_looks(report, format_name):
    made = report("june")
    plain = render(format_name, made, Style())
    assert render(format_name, made, Style(width=200, color=True, boxes=False)) == plain


# What holds for every report in every format


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("width", [60, 80, 110, 200])
def test_no_line_is_wider_than_asked(report, name, width):
    for everything in (False, True):
        out = render("table", report(name), Style(width=width, everything=everything))
        for line in out.splitlines():
            assert wcswidth(line) <= width, line


@pytest.mark.parametrize("name", NAMED)
def test_a_gbk_console_can_show_all_of_it(report, name):
    for format_name in ("table", "markdown"):
        render(format_name, report(name), Style(boxes=False, everything=True)).encode("gbk")


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("everything", [False, True])
def test_nothing_from_a_cell_or_name_steers_a_terminal(report, name, format_name, everything):
    made = report(name, path=f"表[red]{ESCAPE}{BAR}\u202e.csv")
    out = render(format_name, made, Style(width=80, everything=everything))
    assert not [mark for mark in out if not mark.isprintable() and mark not in "\r\n\t\ufeff"]


def test_markup_in_cells_is_text(report):
    out = render(
        "table", report("hostile", path=f"[red]表{BAR}.csv"), Style(width=200, everything=True)
    )
    # A message quotes 40 characters of a cell at most.
    assert f"[red]表{BAR}.csv 第5行 “编号”列\n" in out
    assert "目标文件中没有“[bold red]粗[/bold red]:smile: <b>`码`</b>…”" in out
    assert "目标文件中没有“甲·反·向·”" in out
    assert "目标文件中没有“·[31m红·[0m·]0;题··1m”" in out


def test_markdown_tables_keep_their_columns(report):
    for name in ("hostile", "hostile targets"):
        out = render("markdown", report(name, path=f"表{BAR}`.csv"), Style(everything=True))
        blocks = [block.splitlines() for block in out.split("\n\n") if block.startswith("|")]
        assert blocks
        for head, rule, *rows in blocks:
            wanted = rule.count("|")
            for row in (head, *rows):
                assert len(re.findall(r"(?<!\\)\|", row)) == wanted, row


def test_markdown_escapes_what_would_be_markup(report):
    out = render("markdown", report("hostile", path="a.csv"), Style(width=80, everything=True))
    assert r"\[bold red\]粗\[/bold red\]:smile: \<b\>\`码\`" in out
    assert "<b>" not in out.replace(r"\<b\>", "")


def test_a_hostile_section_is_one_heading(report):
    out = render("markdown", report("hostile targets"), Style())
    assert "\n## 工·\\[31m业\\|\\[red\\] · GY\n" in out


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_format_ends_with_one_line_end(report, name, format_name):
    out = render(format_name, report(name), Style())
    # A list of nothing is empty, a line each.
    assert out.endswith("\n") or (format_name, name) == ("concise", "nothing")
    assert not out.endswith("\n\n")


@pytest.mark.parametrize("format_name", ["table", "markdown"])
def test_the_head_says_what_was_narrowed(report, format_name):
    policy = Policy(select=("GY", "ST"), lead="发改委")
    out = render(format_name, report("june", policy), Style())
    assert "只看：编号 GY、ST；牵头单位 发展和改革委员会（5 项）" in out
    assert "创新" not in out


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_report_of_nothing(report, format_name):
    policy = Policy(select=("GY",), lead="科技局")
    out = render(format_name, report("nothing", policy), Style())
    # It says so in its own way: no target is named, the counts are 0.
    assert "GY01" not in out
    nothing = {
        "table": "（0 项）",
        "markdown": "（0 项）",
        "json": '"total": 0',
        "csv": "编号,指标",
        "github": "0 项",
        "gitlab": "[]",
        "concise": "",
        # The file itself.
        "junit": 'name="dtcheck" tests="1"',
    }
    assert nothing[format_name] in out


def test_infos_are_folded_to_a_count(report):
    out = render("table", report("nothing"), Style())
    assert "  另有提示 1 条，--all 列出\n" in out
    assert "DT311" not in out
    unfolded = render("table", report("nothing"), Style(everything=True))
    assert "  提示 DT311 a.csv 第2行\n       “一、工业”是表格的版式，没有参与检查\n" in unfolded


def test_the_same_finding_in_many_rows_is_one(report, monkeypatch):
    monkeypatch.setitem(NAMED, "many", (HEAD + "GY01,60,个,6月,\n" + "XX01,1,个,6月,\n" * 5, SMALL))
    out = render("table", report("many"), Style())
    assert "  错误 DT201 a.csv 第3行 “编号”列、第4行、第5行 等 5 处\n" in out
    assert out.count("目标文件中没有“XX01”") == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("-2", "-2.0"),
        ("50/3", "+16.7"),
        ("0", "0.0"),
        ("-0.046", "-0.05"),
        ("0.04", "+0.04"),
        ("-0.05", "-0.1"),
    ],
)
def test_points_never_round_a_shortfall_away(value, text):
    assert points(Fraction(value)) == text


def test_a_gap_in_days_has_its_unit(report, monkeypatch):
    targets = SMALL.replace('goal: "~ 6.5 %", measure: rate', 'goal: "> 3 天", measure: rate')
    monkeypatch.setitem(NAMED, "days", (HEAD + "GY03,增加5天,,6月,\n", targets))
    out = render("table", report("days", Policy(select=("GY03",))), Style())
    assert "  GY03 工业增加值增长 超3天  5天 166.7%   +2天 √ 达序时\n" in out


# JSON (design §8)

SUMMARY = [
    "total", "met", "on_track", "near", "open", "behind", "missed", "no_data", "not_due", "undecided",
    "errors", "warnings",
]  # fmt: skip
KEYS = {
    "": ["dtcheck", "schema", "targets", "as_of", "summary", "sections", "results", "findings", "exit_code"],
    "targets": ["place", "year", "path", "sha256", "count"],
    "summary": SUMMARY,
    "sections": ["code", "name", "summary"],
    "sections.summary": SUMMARY,
    "results": [
        "code", "name", "section", "status", "last_status", "light", "strive", "kind", "measure", "lead", "goal", "actual",
        "progress", "pace", "gap_to_pace", "gap_to_goal", "needed_per_month", "year_end_estimate",
    ],
    "results.goal": ["op", "value", "high", "unit", "text"],
    "results.actual": ["value", "unit", "period", "text", "bureau", "note", "file", "row", "sheet"],
    "findings": ["rule", "level", "message", "hint", "file", "row", "line", "column", "code", "count", "fingerprint", "places"],
    "findings.places": ["file", "row", "line", "column", "sheet", "cell"],
}  # fmt: skip


def keys_of(document, where=""):
    """Yield where every object stands and its keys in order."""
    if isinstance(document, list):
        for each in document:
            yield from keys_of(each, where)
    elif isinstance(document, dict):
        yield where, list(document)
        for key, each in document.items():
            yield from keys_of(each, f"{where}.{key}".lstrip("."))


@pytest.mark.parametrize("name", NAMED)
def test_json_keys_in_the_order_of_the_contract(report, name):
    document = json.loads(render("json", report(name), Style()))
    for where, keys in keys_of(document):
        assert keys == KEYS[where], where
    assert document["schema"] == 2


def fingerprint(*parts):
    """The only one of its kind: number 1."""
    return hashlib.sha256("\0".join((*parts, "1")).encode()).hexdigest()[:32]


def test_a_whole_json_document(report):
    document = json.loads(render("json", report("june", Policy(select=("CX03", "ST01"))), Style()))
    none = dict.fromkeys(SUMMARY, 0)
    assert document == {
        "dtcheck": __version__,
        "schema": 2,
        "targets": {"place": "东台市", "year": 2024, "path": "t.yaml", "sha256": SHA, "count": 9},
        "as_of": "2024-06",
        "summary": {**none, "total": 2, "on_track": 1, "undecided": 1, "errors": 1, "warnings": 1},
        "sections": [
            {
                "code": "CX",
                "name": "创新",
                "summary": {**none, "total": 1, "on_track": 1, "warnings": 1},
            },
            {"code": "ST", "name": "生态", "summary": {**none, "total": 1, "undecided": 1}},
        ],
        "results": [
            {
                "code": "CX03",
                "name": "利用外资",
                "section": "创新",
                "status": "on_track",
                "last_status": None,
                "light": "green",
                "strive": False,
                "kind": "outcome",
                "measure": "flow",
                "lead": "科学技术局",
                "goal": {
                    "op": ">=",
                    "value": 1.2,
                    "high": None,
                    "unit": "亿美元",
                    "text": "≥1.2亿美元",
                },
                "actual": {
                    "value": 0.7,
                    "unit": "亿美元",
                    "period": "2024-06",
                    "text": "7000",
                    "bureau": None,
                    "note": None,
                    "file": "a.csv",
                    "row": 6,
                    "sheet": None,
                },
                "progress": pytest.approx(7 / 12),
                "pace": 0.5,
                "gap_to_pace": pytest.approx(100 / 12),
                "gap_to_goal": -0.5,
                "needed_per_month": pytest.approx(0.5 / 6),
                "year_end_estimate": 1.4,
            },
            {
                "code": "ST01",
                "name": "能耗降幅",
                "section": "生态",
                "status": "undecided",
                "last_status": None,
                "light": "grey",
                "strive": False,
                "kind": "outcome",
                "measure": "rate",
                "lead": "发展和改革委员会",
                "goal": {
                    "op": "assigned",
                    "value": None,
                    "high": None,
                    "unit": "%",
                    "text": "上级下达（%）",
                },
                "actual": None,
                "progress": None,
                "pace": None,
                "gap_to_pace": None,
                "gap_to_goal": None,
                "needed_per_month": None,
                "year_end_estimate": None,
            },
        ],
        "findings": [
            {
                "rule": "DT201",
                "level": "error",
                "message": "目标文件中没有“XX01”",
                "hint": "是不是 CX01 净增高企、ST01 能耗降幅、GY01 新开工项目？",
                "file": "a.csv",
                "row": 9,
                "line": 9,
                "column": "编号",
                "code": None,
                "count": 1,
                "fingerprint": fingerprint("DT201", "a.csv", "", "XX01"),
                "places": [
                    {
                        "file": "a.csv",
                        "row": 9,
                        "line": 9,
                        "column": "编号",
                        "sheet": None,
                        "cell": None,
                    }
                ],
            },
            {
                "rule": "DT207",
                "level": "warning",
                "message": "CX03 利用外资 在 2024-06 重复报了 0.7亿美元",
                "hint": "第一次在 a.csv 第6行；删去多余的行",
                "file": "a.csv",
                "row": 10,
                "line": 10,
                "column": "实际值",
                "code": "CX03",
                "count": 1,
                "fingerprint": fingerprint("DT207", "a.csv", "CX03", "0.7"),
                "places": [
                    {
                        "file": "a.csv",
                        "row": 10,
                        "line": 10,
                        "column": "实际值",
                        "sheet": None,
                        "cell": None,
                    }
                ],
            },
        ],
        "exit_code": 1,
    }


def test_json_keeps_the_text_of_a_cell_behind_escapes(report):
    out = render("json", report("hostile"), Style())
    note = json.loads(out)["results"][0]["actual"]["note"]
    assert note == f"{ESCAPES}\n{BIDI}{MARKUP}"
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_whole_numbers_are_whole_in_json(report):
    out = render("json", report("june", Policy(select=("GY01",))), Style())
    assert '"gap_to_goal": -53,' in out
    assert '"year_end_estimate": 96\n' in out
    assert "NaN" not in out


def test_a_hundred_against_more_than_a_hundred(run, tmp_path):
    """On pace to the dot in December, and one short: the table must show the one."""
    targets = write(tmp_path / "t.yaml", SMALL)
    path = write(tmp_path / "a.csv", "编号,实际值,单位,期间,备注\nGY01,100,个,12月,停工\n")
    out = run("verify", path, "--targets", targets, "--select", "GY01").out
    assert re.search(r"GY01 .* 100.0% +-1个 × 未完成", out)


def test_everything_lists_every_place(run, tmp_path):
    targets = write(tmp_path / "t.yaml", SMALL)
    rows = "".join(f"XX0{number},1,个,6月\n" for number in range(6)).replace("XX0", "甲")
    path = write(tmp_path / "a.csv", "指标,实际值,单位,期间\n" + "不认识,1,个,6月\n" * 5 + rows)
    arguments = ("verify", path, "--targets", targets, "--format", "markdown")
    assert "第4行 等 5 处" in run(*arguments).out
    everything = run(*arguments, "--all").out
    assert "等 5 处" not in everything
    assert "第6行" in everything


def test_the_csv_names_the_targets_file(run, tmp_path):
    targets = write(tmp_path / "t.yaml", SMALL)
    path = write(tmp_path / "a.csv", "编号,实际值,单位,期间\nGY01,60,个,6月\n")
    out = run("verify", path, "--targets", targets, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert {row["目标文件"] for row in rows} == {targets.as_posix()}


@pytest.mark.parametrize(
    "target",
    [
        # From where a level comes is not known; a rate that is told at the year's end only.
        make_target(">= 100 家", "level"),
        make_target(">= 10 %", "rate", pace="year-end"),
    ],
)
def test_what_is_open_has_no_distance(target):
    verdict = judge(target, target.goal, Fraction(8), 6)
    assert verdict.status is Status.OPEN
    assert gap_text(Result(target, target.goal, None, verdict)) == "–"


@pytest.mark.parametrize("select", ["GY01", "GY", "CX", "ST"])
def test_one_blank_line_is_enough(report, select):
    """Whether a section ends with its table or with what is folded of it."""
    out = render("table", report("june", Policy(select=(select,))), Style(width=80))
    assert "\n\n\n" not in out
    assert "\n\n" in out


@pytest.mark.parametrize("width", [60, 70, 80, 110, 130])
@pytest.mark.parametrize("everything", [False, True])
def test_nothing_of_a_long_cell_is_cut_off(tmp_path, width, everything):
    """However narrow its column, each character of a name, a figure and a bureau is shown."""
    name = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    bureau = "日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"
    text = SMALL.replace("name: 新开工项目", f"name: {name}").replace("科学技术局", bureau)
    file = load_targets(
        write(tmp_path / "t.yaml", text.replace("300 亿元", "123456789012345 亿元"))
    )
    rows = "GY01,60,个,6月,\nGY02,98765432109876,亿元,6月,\nCX01,20,家,6月,\n"
    submissions = read_submissions([str(write(tmp_path / "a.csv", HEAD + rows))], file)
    out = render(
        "table", build_report(file, submissions), Style(width=width, everything=everything)
    )
    results = out.split("数据问题")[0].split("汇总")[0]
    assert [mark for mark in name if mark not in results] == []
    if width >= 110:
        # A narrow table has no column of bureaus.
        assert [mark for mark in bureau if mark not in results] == []
    # 亿元 of the goal and of the actual figure, on whatever lines; of what is needed each month in a
    # wide table; and 亿美元 of a goal that nothing was submitted for, where all is shown.
    expected = 2 + (width >= 110) + everything
    assert (results.count("亿"), results.count("元")) == (expected, expected)
