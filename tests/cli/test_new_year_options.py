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
