"""``explain`` of what a target can be, of a section and of a bureau."""

from __future__ import annotations

import re

import pytest

from dtcheck.formats.status_page import status_page
from dtcheck.judge import FailOn, Status
from dtcheck.judge.verdict import DEFAULT_TOLERANCE, RedCuts

PARTS = ("含义：", "条件：", "退出码：", "怎么办：")


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_full_page(status, run):
    for word in (status.label, status.value, status.value.upper(), status.value.replace("_", "-")):
        done = run("explain", word)
        assert done.code == 0
        assert done.out.startswith(f"{status.label} {status.value}（{status.light.sign} ")
    positions = [done.out.index(part) for part in PARTS]
    assert positions == sorted(positions)
    # Broken by hand, as the pages of rules are: wide characters take two columns.
    assert max(len(line.encode("gbk")) for line in done.out.splitlines()) <= 80


@pytest.mark.parametrize(
    ("status", "levels"),
    [
        (Status.MET, set()),
        (Status.ON_TRACK, set()),
        (Status.OPEN, set()),
        (Status.NOT_DUE, set()),
        (Status.UNDECIDED, set()),
        (Status.MISSED, {FailOn.MISSED, FailOn.BEHIND, FailOn.MISSING}),
        (Status.BEHIND, {FailOn.BEHIND, FailOn.MISSING}),
        (Status.NO_DATA, {FailOn.MISSING}),
    ],
)
def test_what_it_does_to_the_exit_code(status, levels):
    said = status_page(status).partition("退出码：")[2].partition("怎么办：")[0]
    assert {level for level in FailOn if re.search(rf"\b{level.value}\b", said)} == levels
    assert ("不计入" in said) is not bool(levels)


def test_the_numbers_are_those_that_are_used():
    cuts = RedCuts()
    assert f"{cuts.red_points} 个百分点" in status_page(Status.BEHIND)
    assert f"不到目标的 {cuts.red_rate_share * 100}%" in status_page(Status.BEHIND)
    assert f"目标的 {DEFAULT_TOLERANCE * 100}% 以内" in status_page(Status.NEAR)
    assert "× 红灯" in status_page(Status.BEHIND)


@pytest.mark.parametrize("word", ["工业", "GY", "gy"])
def test_a_section_is_listed(word, run):
    out = run("explain", word).out
    assert "27 项" in out
    assert "工业 GY：聚焦工业强市" in out
    assert "创新" not in out


@pytest.mark.parametrize("word", ["科学技术局", "科技局", "市科技局"])
def test_a_bureau_is_listed(word, run):
    out = run("explain", word).out
    assert "6 项" in out
    assert re.findall(r"[A-Z]{2}\d{2}", out) == ["ZH05", "CX01", "CX02", "CX07", "CX08", "CX09"]
