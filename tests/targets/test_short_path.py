"""How people are told which targets file was used: in a few words, whatever its folders."""

from __future__ import annotations

import pytest
from making import SMALL, write
from running import ROOT

from dtcheck.targets import short_path


@pytest.mark.parametrize("path", ["targets.yaml", "../目标/targets.yaml", "a/b.yaml"])
def test_what_is_written_short_stays(path):
    assert short_path(path) == path


def test_below_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert short_path(str(tmp_path / "配置" / "t.yaml")) == "配置/t.yaml"


def test_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (
        short_path(tmp_path.anchor + "usr/lib/a/very/long/way/东台/targets.yaml")
        == "…/东台/targets.yaml"
    )


def test_the_one_that_comes_with_the_program(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert short_path(str(ROOT / "targets.yaml")) == "自带的 targets.yaml"


def test_where_it_is_said(run, tmp_path, monkeypatch):
    """In all that people read; JSON and CSV keep the path."""
    folder = tmp_path / "long" / "way" / "东台"
    path = write(folder / "t.yaml", SMALL).as_posix()
    here = tmp_path / "here"
    write(here / "a.csv", "编号,实际值,期间\nGY01,60,2024-06\n")
    monkeypatch.chdir(here)
    for args in (
        ("verify", "a.csv"),
        ("verify", "a.csv", "--format", "markdown"),
        ("digest", "a.csv"),
        ("targets", "list"),
        ("targets", "lint"),
        ("explain", "GY01"),
    ):
        out = "".join(run(*args, "--targets", path).out.split())
        assert "…/东台/t.yaml" in out, args
        if args[:2] != ("targets", "lint"):
            assert "long/way" not in out, args
    assert (
        run("verify", "a.csv", "--targets", path, "--format", "json").json["targets"]["path"]
        == path
    )
