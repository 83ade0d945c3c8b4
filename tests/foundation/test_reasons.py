"""Why the system refused a file: among others, that a program of Office has it open."""

from __future__ import annotations

import errno
import sys

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


class Held:
    """A file that another program has open; ``share`` is what it lets others do: 0 nothing, 3 read and write."""

    def __init__(self, path, share):
        import ctypes
        from ctypes import wintypes

        self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        self._kernel.CreateFileW.restype = wintypes.HANDLE
        handle = self._kernel.CreateFileW(str(path), 0xC0000000, share, None, 3, 0, None)
        assert handle != wintypes.HANDLE(-1).value
        self._handle = wintypes.HANDLE(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._kernel.CloseHandle(self._handle)


@pytest.mark.windows("files that one program has to itself")
@pytest.mark.parametrize("name", ["a.csv", "t.yaml", "pyproject.toml"])
def test_what_a_program_has_to_itself_is_not_read(run, tmp_path, monkeypatch, name):
    """open() tells only that it isn't allowed."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "a.csv", "编号,实际值\nGY01,60\n")
    write(tmp_path / "pyproject.toml", '[tool.dtcheck]\ntargets = "t.yaml"\n')
    with Held(tmp_path / name, 0):
        done = run("verify", "a.csv")
    assert done.code == 2
    assert IN_USE in done.out + done.err
    assert run("verify", "a.csv", "--fail-on", "never").code == 0


@pytest.mark.windows("files that one program has to itself")
@pytest.mark.parametrize("share", [0, 1, 3])
def test_what_a_program_has_open_is_not_replaced(run, tmp_path, monkeypatch, share):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "a.csv", "编号,实际值\nGY01,60\n")
    write(tmp_path / "结果.csv", "old")
    before = sorted(tmp_path.iterdir())
    with Held(tmp_path / "结果.csv", share):
        done = run("verify", "a.csv", "--targets", "t.yaml", "-o", "结果.csv")
    assert done.code == 2
    assert f"写不进 结果.csv：{IN_USE}。原有的文件没有改动。" in done.err
    assert (tmp_path / "结果.csv").read_text(encoding="utf-8") == "old"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("number", "length", "is_too_long"),
    [
        (errno.ENOENT, 259, False),
        (errno.ENOENT, 260, True),
        (errno.EINVAL, 400, True),
        (errno.ENOSPC, 400, False),
    ],
)
def test_a_path_that_is_too_long_for_windows(monkeypatch, number, length, is_too_long):
    root = "C:\\" if sys.platform == "win32" else "/"
    path = root + "x" * (length - len(root))
    assert "路径太长" not in reason(OSError(number, "…", path)) or sys.platform == "win32"
    monkeypatch.setattr(sys, "platform", "win32")
    assert ("路径太长" in reason(OSError(number, "…", path))) is is_too_long
