"""Writing where it is hard: nothing is half-written, and the old file stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, run_process
from limits import GOOD, POSIX, limit_files, locked, obey_permissions, process

OLD = b"what was there before"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@POSIX
@pytest.mark.parametrize("format_name", ["json", "markdown", "junit"])
def test_a_full_disk_leaves_the_old_file(format_name, good, tmp_path):
    out = tmp_path / "out"
    out.write_bytes(OLD)
    done = process("verify", good, "--format", format_name, "-o", out, before=limit_files(1000))
    assert done.returncode == 2
    assert "超过了允许的文件大小" in done.stderr
    assert out.read_bytes() == OLD
    assert {path.name for path in tmp_path.iterdir()} == {"good.csv", "out"}


@POSIX
def test_a_full_disk_leaves_no_half_template(tmp_path):
    out = tmp_path / "t.xlsx"
    done = process("template", "-o", out, before=limit_files(1000))
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_read_only_folder(good, tmp_path):
    locked(tmp_path)
    folder = tmp_path / "shared"
    folder.mkdir()
    out = folder / "out.json"
    out.write_bytes(OLD)
    folder.chmod(0o555)
    try:
        done = process("verify", good, "-o", out, before=obey_permissions)
    finally:
        folder.chmod(0o755)
    assert done.returncode == 2
    assert "没有权限" in done.stderr
    assert out.read_bytes() == OLD
    assert list(folder.iterdir()) == [out]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "这是文件夹"),
        ("no/such/folder/x", "没有这个文件或文件夹"),
        ("good.csv/x", "不是文件夹"),
    ],
)
def test_places_that_can_not_be_written(name, said, good, run):
    done = run("verify", good, "-o", good.parent / name)
    assert done.code == 2
    assert said in done.err
    assert "Errno" not in done.err
    assert good.read_text(encoding="utf-8") == GOOD


def test_a_part_of_another_run_is_left_alone(good, run, monkeypatch, tmp_path):
    """Two containers on one disk can have the same process id."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    other = tmp_path / ".out.7.part"
    other.write_bytes(OLD)
    done = run("verify", good, "-o", tmp_path / "out")
    assert done.code == 2
    assert other.read_bytes() == OLD


def test_the_longest_name_that_a_disk_takes(good, run, tmp_path):
    out = tmp_path / ("报" * 84 + "md")
    assert run("verify", good, "-o", out, "--fail-on", "never").code == 0
    assert out.stat().st_size > 1000


@POSIX
def test_the_permissions_of_an_existing_file_stay(good, run, tmp_path):
    out = tmp_path / "out"
    out.write_bytes(OLD)
    out.chmod(0o640)
    run("verify", good, "-o", out)
    assert out.stat().st_mode & 0o777 == 0o640
    assert out.read_bytes() != OLD


@POSIX
def test_a_link_is_written_through(good, run, tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(OLD)
    link.symlink_to(real)
    run("verify", good, "-o", link)
    assert link.is_symlink()
    assert real.read_bytes() != OLD


def test_from_a_folder_that_is_gone(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); import sys; sys.argv = ['dtcheck', 'targets', 'list']; from dtcheck.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr


def test_a_home_that_can_not_be_written(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o555)
    done = run_process(
        "verify", "examples/actuals.csv", HOME=str(home), PYTHONDONTWRITEBYTECODE="1"
    )
    home.chmod(0o755)
    assert done.returncode == 1
    assert list(home.iterdir()) == []
