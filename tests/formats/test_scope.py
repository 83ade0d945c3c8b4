"""One bureau's file doesn't drown: what it is about is shown, and of the other bureaus a line."""

from __future__ import annotations

import re

import pytest
from making import write
from running import EXAMPLES, ROOT

from dtcheck import __version__
from dtcheck.actuals import Period, read_submissions
from dtcheck.formats import Style, render
from dtcheck.judge import FailOn, Policy, build_report

HEAD = "编号,实际值,单位,期间,备注\n"
# Of the six targets of the 科学技术局 that are due in June: one behind, one on pace, one refused,
# one left blank, two in no row; ZH05 is known next year. 109 − 6 are other bureaus'.
MIXED = (
    HEAD
    + "CX08,43,个,6月,慢\n"  # 43/100, 7 under 50
    + "CX09,20,亿元,6月,\n"  # 20/35 = 57.1 %
    + "CX02,3O0,家,6月,\n"
    + "CX01,,家,6月,\n"
)
TABLE = """\
东台市 2024年《政府工作报告》量化目标
截至 2024-06（2024年1-6月），全年已过 50.0%
目标文件：targets.yaml（109 项，sha256 {sha}）· dtcheck {version}

数据问题
  错误 DT202 a.csv 第4行 “实际值”列
       “3O0”不是一个数
       填一个数，如 1710、6.5%、1710亿元；没有数填“—”
  另有提示 1 条，--all 列出

创新 CX
  编号 指标                 目标   实际 完成率 距序时 状态
  ────────────────────────────────────────────────────────────
  CX08 新签产业合作协议   ≥100个   43个  43.0%   -7.0 △ 欠序时
  CX09 技术合同交易额   超35亿元 20亿元  57.1%   +7.1 √ 达序时

本次有 1 项填了但不能用：CX02 国家高企总数
留空 1 项：CX01 净增国家高企
未填报 1 项：CX07 新增省级以上研发机构

科学技术局 6 项：达序时 1、欠序时 1、不能用 1、留空 1、未填报 1、未到期 1
其余 103 项由其他单位报送，这次没有；--all 全部列出

距序时：数量按完成率减序时进度（个百分点），增速按实际减目标（目标的单位）；负数
为落后。
目标是“≤”“<”的，正数为超出。
带 * 的是争取目标，加 --strict 才计入退出码。
数据检查：错误 1、警告 0、提示 1。退出码 1：有需要处理的问题。
"""


def flat(text):
    """Return a text without what its width makes of it."""
    return "".join(text.split())


def due_in_june(file):
    return [
        each
        for each in file.targets
        if min(each.due_months, default=13) <= 6 and not each.is_assigned
    ]


@pytest.fixture
def shown(real, tmp_path, monkeypatch):
    """Return what a format makes of files given as text, against the real targets."""
    monkeypatch.chdir(tmp_path)

    def showing(*texts, names=("报数表.csv",), name="table", as_of=None, style=None, **policy):
        for path, text in zip(names, texts, strict=True):
            write(tmp_path / path, text)
        when = as_of and Period(2024, as_of)
        submissions = read_submissions(names, real, when)
        report = build_report(real, submissions, when, Policy(**policy))
        return render(name, report, style or Style(width=80))

    return showing


def test_a_whole_table(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", (ROOT / "targets.yaml").read_text(encoding="utf-8"))
    write(tmp_path / "a.csv", MIXED)
    out = run("verify", "a.csv", "--targets", "targets.yaml").out
    sha = out.partition("sha256 ")[2][:8]
    assert out == TABLE.format(sha=sha, version=__version__)


def test_nothing_to_mend_first(shown):
    out = shown(HEAD + "CX01,36,家,6月,\nCX02,0,家,6月,早着呢\n")
    # A warning is for later: 0 of 450 is behind, and worth a question.
    assert out.index("创新 CX") < out.index("科学技术局 6 项：")
    assert "数据问题" not in out.partition("创新 CX")[0]


def test_the_last_line_leaves_other_bureaus_out(shown, real):
    out = shown(HEAD + "CX01,36,家,6月,\nCX08,—,个,6月,\n")
    assert "没有需要处理的问题，留空1项、未填报3项不计入" in flat(out)
    whole = shown(HEAD + "CX01,36,家,6月,\nCX08,—,个,6月,\n", style=Style(everything=True))
    assert "其余" not in whole
    assert "综合 ZH" in whole
    assert f"未填报{len(due_in_june(real)) - 1}项不计入" in flat(whole)


def test_exit_1_for_others_says_so(shown, real):
    out = flat(shown(HEAD + "CX01,36,家,6月,\n", fail_on=FailOn.MISSING, strict=True))
    others = sum(each.lead != "科学技术局" for each in due_in_june(real))
    assert f"（其中应报未报{others}项计入退出码）" in out
    assert "退出码1" in out


@pytest.mark.parametrize("name", ["科技局.csv", "2024-06/市科技局.csv", "科学技术局6月.csv"])
def test_the_name_of_a_file_says_whose_it_is(shown, name):
    """The only row is a mistake of another bureau's target: both are told."""
    out = shown(HEAD + "GY01,60,个,6月,\n", names=(name,))
    assert "科学技术局 6 项：" in out
    assert "发展和改革委员会 " in out


def test_the_column_of_senders_says_whose_it_is(shown):
    out = shown("编号,实际值,单位,期间,填报单位\nGY01,60,个,6月,科技局\n")
    assert "科学技术局 6 项：" in out


def test_rows_later_than_asked_are_no_blanks(shown):
    out = shown(HEAD + "CX01,36,家,6月,\n", as_of=3)
    assert "未填报 5 项：CX01 净增国家高企、" in out
    assert "留空" not in out
    assert "没有读到" not in out


def test_a_silent_shortfall_stays_in_the_table(shown):
    out = shown(HEAD + "CX08,3,个,5月,慢\nCX02,400,家,6月,\n")
    assert "– 未填报（5月欠序时）" in out
    assert "CX07新增省级以上研发机构、CX08" in flat(out)


def test_a_row_that_a_comma_parted_is_in_the_file_all_the_same(shown):
    out = shown("指标,单位,实际值,期间\n技术合同交易额,亿元,1,280.5,2024-06\n")
    assert "本次有 1 项填了但不能用：CX09 技术合同交易额\n" in out


def test_two_rows_of_one_target_that_differ_are_refused(shown):
    out = shown(HEAD + "CX01,30,家,6月,\nCX01,31,家,6月,\n")
    assert "本次有 1 项填了但不能用：CX01 净增国家高企\n" in out


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "DT102"),
        (HEAD, "DT105"),
        (HEAD + "XX01,30,家,6月,\n", "DT201"),
    ],
)
@pytest.mark.parametrize("name", ["table", "markdown"])
def test_nothing_read_only_the_finding_and_what_to_do(shown, text, rule, name):
    out = shown(text, name=name)
    assert rule in out
    assert "先按上面写的改好，再检查一次。" in out
    for noise in ("综合", "距序时", "截至", "未填报", "其余"):
        assert noise not in out.partition("数据检查")[0]
    assert len(out.splitlines()) < 25


def test_markdown_tells_the_same(shown):
    out = shown(MIXED, name="markdown")
    assert "- **本次有 1 项填了但不能用**：CX02 国家高企总数\n" in out
    assert "- **留空 1 项**：CX01 净增国家高企\n" in out
    assert out.index("## 数据问题") < out.index("## 创新 CX") < out.index("其余 103 项")
    assert "## 综合" not in out


@pytest.mark.parametrize("name", ["json", "csv", "junit", "github"])
def test_what_machines_read_is_not_narrowed(shown, name):
    plain = shown(MIXED, name=name)
    assert "其余" not in plain
    if name in ("json", "csv"):
        assert "ST01" in plain


def test_half_of_the_bureaus_are_all(shown, real):
    """Nineteen bureaus lead a target: the files of nine are narrowed, those of ten are not."""
    leads = dict.fromkeys(target.lead for target in real.targets)
    assert len(leads) == 19
    first = {lead: next(t.code for t in real.targets if t.lead == lead) for lead in leads}
    rows = [f"{code},—,,6月,\n" for code in first.values()]
    assert "其余" in shown(HEAD + "".join(rows[:9]))
    assert "其余" not in shown(HEAD + "".join(rows[:10]))


def test_a_full_submission_is_as_ever(run, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = run("verify", EXAMPLES / "actuals.csv").out
    assert "其余" not in out
    assert "合计  109" in out


def test_a_bureau_asked_for_that_sent_nothing_is_shown(shown):
    out = shown(HEAD + "CX01,36,家,6月,\n", lead="财政局")
    assert "综合 ZH  （未填报" in out


def test_many_names_are_cut(shown):
    out = shown(HEAD + "ZH04,12,%,6月,\nGY01,60,个,6月,\nXC01,4,万亩,6月,\n")
    missing = out.partition("\n未填报 ")[2].partition("\n\n")[0]
    assert int(missing.partition(" 项")[0]) > 30
    assert len(re.findall("[A-Z]{2}[0-9]{2}", missing)) == 30
    assert missing.endswith(" 等")
