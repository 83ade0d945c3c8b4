"""``targets new --results`` and ``targets diff``: what they refuse, and how a comparison looks."""

from __future__ import annotations

import pytest
from running import DATA
from wcwidth import wcswidth

LAST = DATA / "reports" / "tinghe-2025.yaml"
REPORT = DATA / "reports" / "tinghe-2026.txt"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "last.yaml").write_bytes(LAST.read_bytes())
    (tmp_path / "r.txt").write_bytes(REPORT.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--results", "x.csv"], "--results 要和 --from 同用"),
        (["--from", "last.yaml", "--results", "x.xlsx"], "文件名要以 .csv 结尾"),
        (["--from", "last.yaml", "--results", "x.csv", "-o", "./x.csv"], "写不出 .csv 文件"),
        (["--from", "last.yaml", "--results", "r.csv"], "它是这次要读的文件"),
        (["--from", "older.yaml", "--results", "x.csv"], "报告回顾的是亭河市2025年，--from 的文件是亭河市2024年的"),
        (["--from", "other.yaml", "--results", "x.csv"], "--from 的文件是别处市2025年的"),
    ],
)  # fmt: skip
def test_what_can_be_no_results_is_refused_and_nothing_is_written(run, here, args, said):
    text = LAST.read_text(encoding="utf-8")
    (here / "older.yaml").write_text(text.replace("year: 2025", "year: 2024"), encoding="utf-8")
    (here / "other.yaml").write_text(text.replace("亭河市", "别处市"), encoding="utf-8")
    (here / "r.csv").hardlink_to(here / "r.txt")
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    done = run("targets", "new", "r.txt", *args)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_a_draft_and_its_results_are_not_one_file(run, here):
    done = run(
        "targets", "new", "r.txt", "--from", "last.yaml", "-o", "x.txt", "--results", "x.txt"
    )
    assert done.code == 2
    (here / "y.csv").symlink_to(here / "x.txt")
    done = run(
        "targets", "new", "r.txt", "--from", "last.yaml", "-o", "x.txt", "--results", "y.csv"
    )
    assert (done.code, "不能是同一个文件" in done.err) == (2, True)


def test_a_report_without_a_plan_has_no_results(run, here):
    (here / "r.txt").write_text("新开工5亿元以上项目22个。\n", encoding="utf-8")
    done = run("targets", "new", "r.txt", "--from", "last.yaml", "--results", "x.csv")
    assert (done.code, "分不出回顾" in done.err) == (2, True)


NEW = ("targets", "new", "r.txt", "--from", "last.yaml")


@pytest.mark.parametrize(
    ("output", "results"),
    [
        ("old.yaml", "no-such-folder/x.csv"),
        ("old.yaml", "folder.csv"),
        ("no-such-folder/new.yaml", "x.csv"),
        ("folder.csv/no/new.yaml", "x.csv"),
    ],
)
def test_a_draft_and_its_results_are_written_both_or_neither(run, here, output, results):
    (here / "old.yaml").write_text("mine\n", encoding="utf-8")
    (here / "folder.csv").mkdir()
    done = run(*NEW, "-o", output, "--results", results)
    assert (done.code, "写不进" in done.err) == (2, True)
    assert (here / "old.yaml").read_text(encoding="utf-8") == "mine\n"
    assert not (here / "x.csv").exists()


@pytest.mark.parametrize("change", ["6.3,", "核对过", "\n"])
def test_results_that_were_gone_over_are_not_overwritten(run, here, change):
    assert run(*NEW, "-o", "new.yaml", "--results", "x.csv").code == 0
    written = (here / "x.csv").read_bytes()
    # The same again is no loss.
    assert run(*NEW, "-o", "new.yaml", "--results", "x.csv").code == 0
    mine = written + change.encode()
    (here / "x.csv").write_bytes(mine)
    (here / "new.yaml").write_text("mine\n", encoding="utf-8")
    done = run(*NEW, "-o", "new.yaml", "--results", "x.csv")
    assert (done.code, "另写一个文件名，或先把它移走" in done.err) == (2, True)
    assert (here / "x.csv").read_bytes() == mine
    assert (here / "new.yaml").read_text(encoding="utf-8") == "mine\n"


def test_two_years_side_by_side(run, here):
    run("targets", "new", "r.txt", "--from", "last.yaml", "-o", "new.yaml")
    done = run("targets", "diff", "last.yaml", "new.yaml")
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert max(map(wcswidth, done.out.splitlines())) <= 80
    assert "目标变了（8 项）" in lines
    assert "GY01 新开工5亿元以上项目 超20个 超25个 +5个" in lines
    assert "ZH02 城镇居民收入增长 ≥5% ≥5.5% +0.5个百分点" in lines
    assert "GY04 组织对接 2-3次 3-4次" in lines
    assert "GY06 新建邻里中心 ≥2个 待定" in lines
    assert "LS06 建成5G基站 ≥300个 发展和改革委员会" in lines
    assert "目标没变（7 项）" in lines


def test_as_markdown_by_the_name_of_the_file(run, here):
    run("targets", "new", "r.txt", "--from", "last.yaml", "-o", "new.yaml")
    assert run("targets", "diff", "last.yaml", "new.yaml", "-o", "d.md").code == 0
    page = (here / "d.md").read_text(encoding="utf-8")
    assert page.startswith(
        "# 亭河市2025年 17 项，亭河市2026年 17 项\n\n目标没变 7 项，变了 8 项，新增 2 项，不再有 2 项\n"
    )
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    assert ["GY02", "新增规上工业企业", "≥25家", "≥30家", "+5家"] in rows
    # The other way round new is gone.
    back = run("targets", "diff", "new.yaml", "last.yaml", "--format", "markdown").out
    assert "## 新增（2 项）" in back
    assert "| LS06" in back.partition("## 新增")[2].partition("## 不再有")[0]


def test_a_file_with_itself(run, here):
    out = run("targets", "diff", "last.yaml", "last.yaml").out
    assert "目标没变 17 项，变了 0 项，新增 0 项，不再有 0 项" in out


def test_the_difference_is_in_the_new_goals_unit(run, here):
    """1.2万个 before and 15000 now are 3000 more."""
    text = LAST.read_text(encoding="utf-8")
    (here / "new.yaml").write_text(text.replace(">= 1.2 万个", ">= 15000 个"), encoding="utf-8")
    out = run("targets", "diff", "last.yaml", "new.yaml").out
    assert ["MS01", "新增学位", "≥1.2万个", "≥15000个", "+3000个"] in [
        line.split() for line in out.splitlines()
    ]
    # The same place and year: the two are told apart by which comes first.
    assert ["编号", "指标", "旧文件", "新文件", "增减"] in [
        line.split() for line in out.splitlines()
    ]


PAIR = """\
format: 1
place: 青河市
year: {year}
title: 目标
bureaus: [{{name: 甲局}}, {{name: 乙局}}]
sections:
  - code: ZH
    name: 综合
    heading: 主要目标
    targets:
{targets}"""
GROWTH = '{{code: {}, name: 地区生产总值增长, goal: "~ 6 %", measure: rate, phrase: 地区生产总值增长6%, lead: 甲局}}'
INCOME = '{{code: {}, name: 居民收入增长, goal: ">= {}", measure: rate, phrase: 居民收入增长与经济增长同步, lead: 乙局}}'
PLACES = '{{code: {}, name: 新增普惠托育学位, goal: ">= 300 个", measure: flow, phrase: 新增普惠托育学位300个, lead: 乙局}}'


def compared(run, here, old, new):
    for name, year, targets in (("a.yaml", 2025, old), ("b.yaml", 2026, new)):
        listed = "".join(f"      - {each}\n" for each in targets)
        (here / name).write_text(PAIR.format(year=year, targets=listed), encoding="utf-8")
    done = run("targets", "diff", "a.yaml", "b.yaml")
    page = run("targets", "diff", "a.yaml", "b.yaml", "--format", "markdown").out
    assert done.code == 0
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    return lines, rows


@pytest.mark.parametrize(
    ("written", "now", "row"),
    [
        ("measure: flow,", "measure: level,", ["ZH01", "新增普惠托育学位", "性质", "累计数", "期末数"]),
        ("lead: 乙局", "lead: 甲局", ["ZH01", "新增普惠托育学位", "牵头单位", "乙局", "甲局"]),
        ("lead: 乙局", "lead: 乙局, strive: true", ["ZH01", "新增普惠托育学位", "≥300个", "争取≥300个", ""]),
    ],
)  # fmt: skip
def test_what_else_changed_is_told(run, here, written, now, row):
    old = PLACES.format("ZH01")
    lines, rows = compared(run, here, [old], [old.replace(written, now)])
    assert row in rows
    assert " ".join(filter(None, row)) in lines


def test_what_is_only_renumbered_did_not_change(run, here):
    old = [GROWTH.format("ZH01"), INCOME.format("ZH02", "ZH01"), PLACES.format("ZH03")]
    new = [PLACES.format("ZH01"), INCOME.format("ZH02", "ZH03"), GROWTH.format("ZH03")]
    lines, _ = compared(run, here, old, new)
    assert "目标没变 3 项，变了 0 项，新增 0 项，不再有 0 项" in lines


def test_a_goal_that_points_at_another_indicator_changed(run, here):
    """The code may even be the same: ZH01 was growth, and is prices now."""
    prices = GROWTH.replace("地区生产总值", "居民消费价格")
    old = [GROWTH.format("ZH01"), INCOME.format("ZH02", "ZH01"), prices.format("ZH03")]
    new = [prices.format("ZH01"), INCOME.format("ZH02", "ZH01"), GROWTH.format("ZH03")]
    _, rows = compared(run, here, old, new)
    assert ["ZH02", "居民收入增长", "≥地区生产总值增长", "≥居民消费价格增长", ""] in rows


def test_other_places_have_other_bureaus(run, here):
    old = PLACES.format("ZH01")
    compared(run, here, [old], [old])
    other = (here / "b.yaml").read_text(encoding="utf-8")
    other = other.replace("青河市", "别处市").replace("lead: 乙局", "lead: 甲局")
    (here / "b.yaml").write_text(other, encoding="utf-8")
    assert "牵头单位变了" not in run("targets", "diff", "a.yaml", "b.yaml").out
