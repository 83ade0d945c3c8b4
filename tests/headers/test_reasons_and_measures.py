"""Columns of sentences: what says why, and what says what will be done."""

from __future__ import annotations

import pytest
from making import write

from dtcheck.actuals import read_submissions
from dtcheck.headers.fields import Field, field_named
from dtcheck.targets import load_targets

REASONS = (
    "存在问题 存在的主要问题 存在困难和问题 滞后原因 进度滞后原因 原因分析 情况说明 未达标原因 未达序时进度原因 欠序时原因"
    " 未完成原因分析 未完成目标任务原因 主要原因 原因及措施 备注说明 问题及原因 未完成情况说明 差距原因 未按序时完成原因"
).split()
MEASURES = "措施 下一步打算 整改措施 下一步工作措施 下步措施 下一步工作计划 推进措施 对策措施 下阶段打算 改进措施 拟采取措施".split()
OTHERS = "雨季原因 工作计划 计划 年度计划 措施费 安全防护措施 信访问题数 目标 说明书 原因数 完成情况 项目 工作措施数".split()


@pytest.mark.parametrize("head", REASONS)
def test_what_says_why_is_a_note(head):
    assert field_named(head) is Field.NOTE
    assert field_named(f"{head}（限50字）") is Field.NOTE


@pytest.mark.parametrize("head", MEASURES)
def test_what_will_be_done_is_kept_apart(head):
    assert field_named(head) is Field.MEASURES


@pytest.mark.parametrize("head", OTHERS)
def test_other_words_are_neither(head):
    assert field_named(head) not in (Field.NOTE, Field.MEASURES)


@pytest.mark.parametrize("head", ["滞后原因", "存在问题", "情况说明"])
def test_who_explained_is_not_told_that_nothing_was_said(run, small, head):
    path = write(small / "2024-06/发改委.csv", f"编号,实际值,{head},整改措施\nGY01,40,雨多,加班\n")
    done = run("verify", path, "--targets", small / "t.yaml", "--format", "json")
    assert "DT306" not in {each["rule"] for each in done.json["findings"]}
    [result] = [each for each in done.json["results"] if each["code"] == "GY01"]
    assert result["actual"]["note"] == "雨多"


def test_a_measure_is_no_reason(run, small):
    path = write(small / "2024-06/发改委.csv", "编号,实际值,备注,下一步打算\nGY01,40,,加班\n")
    done = run("verify", path, "--targets", small / "t.yaml", "--format", "json")
    assert "DT306" in {each["rule"] for each in done.json["findings"]}


def test_columns_of_a_kind_are_joined(small):
    path = write(
        small / "2024-06/发改委.csv",
        "编号,实际值,滞后原因,下一步打算,备注,整改措施\nGY01,40,雨多。,加班,缺工,增人\n",
    )
    file = load_targets(small / "t.yaml")
    actual = read_submissions([str(path)], file).actuals["GY01"][6]
    assert (actual.note, actual.measures) == ("雨多；缺工", "加班；增人")


@pytest.fixture
def small(tmp_path):
    from making import SMALL

    write(tmp_path / "t.yaml", SMALL)
    return tmp_path
