"""The list of targets for people: by section, narrowed, goals in words."""

from __future__ import annotations

from running import ROOT


def test_sections_filters_and_goals_in_words(run):
    done = run("targets", "list", "--select", "GY0,ZH09", "--targets", ROOT / "targets.yaml")
    assert done.code == 0
    assert "工业 GY：聚焦工业强市" in done.out
    assert "超100个" in done.out
    assert "上级下达（%）" in done.out
    assert "GY10" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_list_of_one_bureau(run):
    done = run("targets", "list", "--lead", "民政局", "--format", "json")
    assert [each["code"] for each in done.json["targets"]] == ["MS04"]


def test_the_page_to_publish(run):
    page = run("targets", "list", "--format", "markdown").out
    assert page.startswith("# 东台市 2024年《政府工作报告》量化目标\n")
    assert "共 109 项；出处：2024年《政府工作报告》(摘登)，2024-01-09，东台日报" in page.replace(
        "\\", ""
    )
    # 生态: 7 with digits, 5 without (整改、双下降两项、再提升、全达标), 4 scopes of capacity.
    [line] = [line for line in page.splitlines() if line.startswith("| 生态 ")]
    assert [cell.strip() for cell in line.strip("|").split("|")] == [
        "生态", "ST", "16", "7", "5", "4", "0"
    ]  # fmt: skip
    [row] = [line for line in page.splitlines() if line.startswith("| XC20 ")]
    cells = [cell.strip().replace("\\", "") for cell in row.strip("|").split("|")]
    assert cells[1:4] == ["省级以上示范家庭农场*", "≥5家", ""]
    assert cells[5] == "示范家庭农场5家"
    assert "牵头单位由目标文件分派" in page


def test_a_part_of_the_list_says_so(run):
    page = run("targets", "list", "--format", "markdown", "--select", "AQ").out
    assert "共 109 项，这里列出 3 项" in page
    assert "| ST01 " not in page
