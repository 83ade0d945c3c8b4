"""``dtcheck explain``: pages of rules and targets."""

from __future__ import annotations

import re

import pytest

from dtcheck.rules.catalogue import CATALOGUE


def test_without_an_argument_it_lists_all_rules(run):
    done = run("explain")
    assert done.code == 0
    assert re.findall(r"^\s*(DT\d{3})", done.out, re.MULTILINE) == sorted(CATALOGUE)


@pytest.mark.parametrize("rule", sorted(CATALOGUE))
def test_a_rule_prints_its_page(rule, run):
    done = run("explain", rule.lower())
    assert done.code == 0
    assert done.out.startswith(rule)
    assert "改法：" in done.out


def test_a_flow_is_explained_month_by_month(run):
    out = run("explain", "GY01").out
    assert "超100个" in out
    assert "正好等于不算完成" in out
    assert "“全年新开工亿元以上项目超100个”" in out
    assert "发展和改革委员会" in out
    assert re.search(r"6月\s+50个（50.0%）\s+√", out)
    assert re.search(r"12月\s+超100个\s+√", out)


def test_a_small_count_is_asked_for_in_whole_things(run):
    # A twelfth of 10 is 0.83, so 1 by January and 9 (8.33) by October; 60 a year are 5 a month.
    out = run("explain", "CX06").out
    assert re.search(r"1月\s+1家（8.3%）", out)
    assert re.search(r"10月\s+9家（83.3%）", out)
    assert re.search(r"6月\s+30个（50.0%）", run("explain", "GY10").out)


def test_a_quarterly_rate_is_held_against_its_goal_when_it_is_due(run):
    out = run("explain", "ZH01").out
    assert "不低于 6.175%" in out
    assert re.search(r"5月\s+6.5%左右\s*$", out, re.MULTILINE)
    assert re.search(r"6月\s+6.5%左右\s+√", out)


@pytest.mark.parametrize("code", ["ZH09", "GY02", "GY08", "AQ02", "CS04", "ST05", "MS03", "CX05"])
def test_every_kind_of_target_has_a_page(code, run):
    done = run("explain", code)
    assert done.code == 0
    assert done.out.startswith(code)


def test_a_name_will_do(run):
    assert run("explain", "GDP").out.startswith("ZH01")


def test_a_wrong_code_names_the_nearest(run):
    done = run("explain", "DT2O4")
    assert done.code == 2
    assert "DT204" in done.err
    assert run("explain", "xyzzy").code == 2


def test_a_code_that_lacks_its_zero(run):
    assert "是不是 GY01 新开工亿元以上项目？" in run("explain", "gy1").err


def test_the_targets_file_is_named(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # In a checkout the one that comes with the program is that at its top.
    assert "\n目标文件：自带的 targets.yaml\n" in run("explain", "GY01").out


def test_every_unit_can_be_shown_on_a_gbk_console(run, real):
    for target in real.targets:
        units = re.search(
            r"可用的单位：(.*?)\n(?:说明|目标文件)：", run("explain", target.code).out, re.DOTALL
        )
        assert units
        units[1].encode("gbk")


def test_a_limit_is_no_goal_to_work_towards(run):
    out = run("explain", "AQ02").out
    assert "一超过即为未完成" in out
    assert "当月 / 12" not in out
