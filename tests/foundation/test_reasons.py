"""Why the system refused a file: among others, that a program of Office has it open."""

from __future__ import annotations

import errno

import pytest
from making import SMALL, write

from dtcheck.actuals import read_submissions
from dtcheck.reasons import IN_USE, reason
from dtcheck.targets import load_targets


def refused(number=errno.EACCES, name=None, winerror=None):
    error = PermissionError(number, "denied", name)
    if winerror is not None:
        error.winerror = winerror
    return error


@pytest.mark.parametrize("winerror", [32, 33])
def test_windows_says_that_another_program_has_it(winerror):
    assert reason(refused(winerror=winerror)) == IN_USE


@pytest.mark.parametrize("lock", ["~$科技局.xlsx", ".~科技局.xlsx", ".~lock.科技局.xlsx#"])
def test_a_lock_beside_a_file_says_so(tmp_path, lock):
    path = str(tmp_path / "科技局.xlsx")
    assert reason(refused(name=path)) == "没有权限"
    write(tmp_path / lock, "")
    assert reason(refused(name=path)) == IN_USE
    # Reading and replacing may name another file, or none.
    assert reason(refused(), path) == IN_USE
    assert reason(refused(name=str(tmp_path / "财政局.xlsx"))) == "没有权限"


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOSPC])
def test_a_lock_explains_no_other_refusal(tmp_path, number):
    write(tmp_path / "~$a.xlsx", "")
    assert reason(OSError(number, "…", str(tmp_path / "a.xlsx"))) != IN_USE


def test_a_submission_that_is_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "a.csv", "编号,实际值\n")

    def refuse(*args, **kwargs):
        raise refused(name="a.csv", winerror=32)

    monkeypatch.setattr("dtcheck.tables.files.open_twice", refuse)
    (found,) = read_submissions(["a.csv"], load_targets("t.yaml")).findings
    assert found.message == "文件打不开：正被 Excel/WPS 打开，关掉再试"
    assert found.hint == "关掉打开它的程序，再检查一次"


def test_a_result_that_is_open(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "结果.csv", "old")
    write(tmp_path / "~$结果.csv", "")

    def refuse(self, target):
        # As Windows says it of putting a file in the place of an open one.
        raise refused(name=str(self))

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    done = run("targets", "list", "--format", "json", "-o", "结果.csv")
    assert done.code == 2
    assert "写不进 结果.csv：正被 Excel/WPS 打开，关掉再试。原有的文件没有改动。" in done.err
    assert (tmp_path / "结果.csv").read_text(encoding="utf-8") == "old"
    assert {each.name for each in tmp_path.iterdir()} == {"~$结果.csv", "结果.csv"}
