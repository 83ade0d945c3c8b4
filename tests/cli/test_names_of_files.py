"""Names that Windows takes for no file, and paths that it can't follow."""

from __future__ import annotations

import os
import sys

import pytest
from making import SMALL, write

from dtcheck.cli.names import name_problem, usable_name
from dtcheck.paths import path_key, real_path

DEVICES = ["con", "CON", "aux.csv", "Prn.a.json", "com1", "LPT9.md", "nul.csv", "con .csv"]
STREAMS = ["报表:2024.csv", "a:b:c", 'a".csv', "a?.csv", "*.csv", "a|b", "<a>"]
FILES = ["console.csv", "com10.csv", "aux-1.csv", "公文.docx", "nul", "NUL", "-", "a.b.c"]


@pytest.fixture
def windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.parametrize("folder", ["", "out/", "..\\out\\", "D:\\", "D:", "\\\\服务器\\共享\\"])
@pytest.mark.parametrize("name", [*DEVICES, *STREAMS, *FILES])
def test_names_on_windows(windows, folder, name):
    problem = name_problem(folder + name)
    if name in FILES:
        assert problem is None
    else:
        assert ("当作设备" if name in DEVICES else "文件名里不能有") in problem


@pytest.mark.posix("names with any letters")
@pytest.mark.parametrize("name", [*DEVICES, *STREAMS])
def test_every_name_is_one_elsewhere(name):
    assert name_problem(name) is None


@pytest.mark.parametrize("name", [*DEVICES, *STREAMS, "nul", "a/b"])
def test_usable_names(windows, name):
    assert name_problem(usable_name(name)) is None


@pytest.mark.parametrize("name", ["aux.csv", "con", "a?.csv"])
@pytest.mark.parametrize("command", ["verify", "digest", "template"])
def test_nothing_is_written_there(run, tmp_path, monkeypatch, windows, command, name):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)
    write(tmp_path / "x.csv", "编号,实际值,期间\nGY01,120,2024-06\n")
    before = sorted(tmp_path.iterdir())
    read = () if command == "template" else ("x.csv",)
    kind = ("--format", "markdown" if command == "digest" else "csv")
    done = run(command, *read, "--targets", "targets.yaml", "-o", name, *kind)
    assert done.code == 2
    assert f"写不进 {name}：Windows" in done.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.windows("a device that takes everything")
def test_nul_takes_what_nobody_wants(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)
    write(tmp_path / "x.csv", "编号,实际值,期间\nGY01,120,2024-06\n")
    before = sorted(tmp_path.iterdir())
    done = run("verify", "x.csv", "--targets", "targets.yaml", "--fail-on", "never", "-o", "NUL")
    assert (done.code, done.out) == (0, "")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("function", [real_path, path_key])
def test_a_path_that_windows_can_not_follow(tmp_path, monkeypatch, function):
    def refuse(path):
        raise OSError(22, "The handle is invalid")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os.path, "realpath", refuse)
    assert os.path.normcase(function("x")) == os.path.normcase(str(tmp_path / "x"))


def test_outputs_that_differ_in_case(run, tmp_path, monkeypatch):
    """One file on Windows; elsewhere two."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os.path, "normcase", str.lower)
    write(tmp_path / "targets.yaml", SMALL)
    write(tmp_path / "x.csv", "编号,实际值,期间\nGY01,120,2024-06\n")
    args = ("verify", "x.csv", "--targets", "targets.yaml")
    done = run(*args, "--format", "json=A.json", "--format", "csv=a.json")
    assert (done.code, "两种格式不能写到同一个文件" in done.err) == (2, True)
    done = run(*args, "--format", "json=A.json", "--mark", "a.JSON")
    assert done.code == 2


@pytest.mark.windows("names that differ in case and are one")
def test_an_output_beside_an_input_that_differs_in_case(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)
    text = "编号,实际值,期间\nGY01,120,2024-06\n"
    write(tmp_path / "a.csv", text)
    done = run("verify", "a.csv", "--targets", "TARGETS.yaml", "-o", "A.CSV")
    assert (done.code, "它是这次要读的文件" in done.err) == (2, True)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == text
