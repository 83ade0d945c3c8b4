"""What the command prompt of Windows leaves to the program, and what stands in for pandas."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from running import EXAMPLES, ROOT

from dtcheck.cli.arguments import command_line, expanded


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("科技局[1].csv", "科技局1.csv", "b.csv", "a.csv"):
        (tmp_path / name).touch()
    (tmp_path / "2024-06").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # Not 科技局1.csv, which the brackets match.
        ("科技局[1].csv", ["科技局[1].csv"]),
        ("?.csv", ["a.csv", "b.csv"]),
        ("*.xlsx", ["*.xlsx"]),
        ("--exclude=*.csv", ["--exclude=*.csv"]),
        ('2024-06"', ["2024-06" + os.sep]),
        ("-", ["-"]),
    ],
)
def test_arguments(folder, written, meant):
    assert expanded([written]) == meant


def test_only_the_command_line_of_windows_is_expanded(folder, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["dtcheck", "?.csv"])
    monkeypatch.setattr(sys, "platform", "win32")
    assert command_line(None) == ["a.csv", "b.csv"]
    assert command_line(["?.csv"]) == ["?.csv"]
    monkeypatch.setattr(sys, "platform", "linux")
    assert command_line(None) is None


WITHOUT_PANDAS = """
import sys
sys.modules["pandas"] = None
"""


@pytest.mark.parametrize("form", ["table", "json", "csv", "junit", "gitlab"])
def test_commands_work_without_pandas(form):
    program = f"{WITHOUT_PANDAS}from dtcheck.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "verify", EXAMPLES / "actuals.csv", "--format", form],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, "pandas" in done.stderr.decode()) == (1, False)
    assert done.stdout


def test_a_frame_says_what_it_lacks():
    program = f"""{WITHOUT_PANDAS}
import dtcheck
file = dtcheck.load_targets()
report = dtcheck.build_report(file, dtcheck.read_submissions(sys.argv[1], file))
try:
    report.to_frame()
except ImportError as error:
    sys.stdout.buffer.write(str(error).encode())
"""
    done = subprocess.run(
        [sys.executable, "-c", program, EXAMPLES / "actuals.csv"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.decode().startswith("数据框要用 pandas，这台机器上没有安装")
