"""What the command prompt of Windows leaves to the program, and what stands in for pandas."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from running import EXAMPLES, ROOT

from dtcheck.cli.arguments import command_line, mended


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("科技局[1].csv", "科技局1.csv", "b.csv", "a.csv"):
        (tmp_path / name).touch()
    (tmp_path / "2024-06").mkdir()
    (tmp_path / "2024-06" / "发改委.csv").touch()
    return tmp_path


@pytest.fixture
def windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")


def files(run, *args):
    """Return what verify was given to read, by what it says of each: none of them holds a row."""
    found = run("verify", *args, "--format", "json").json["findings"]
    return sorted({each["file"] for each in found})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # Not 科技局1.csv, which the brackets match.
        ("科技局[1].csv", ["科技局[1].csv"]),
        ("科技局[12].csv", ["科技局1.csv"]),
        ("?.csv", ["a.csv", "b.csv"]),
        ("**/*.csv", ["2024-06/发改委.csv", "a.csv", "b.csv", "科技局1.csv", "科技局[1].csv"]),
        ("*.xlsx", ["*.xlsx"]),
    ],
)
def test_patterns_are_expanded_on_windows(run, folder, windows, written, meant):
    assert files(run, written) == meant


@pytest.mark.posix("a shell that expands patterns")
def test_other_shells_expand_them_before(run, folder):
    assert files(run, "?.csv") == ["?.csv"]


def test_a_pattern_of_an_option_stays_one(run, folder, windows):
    """As a file of the command line, 科技局[1].csv would be checked instead of left out."""
    found = files(run, ".", "--exclude", "科技局*")
    assert found == [".", "2024-06/发改委.csv", "a.csv", "b.csv"]


@pytest.mark.parametrize("written", ["*.xlsx", "2023-0?/*.csv", "无/*"])
def test_a_pattern_without_a_match_is_told(run, folder, written):
    (found,) = run("verify", written, "--format", "json").json["findings"]
    assert (found["rule"], found["file"]) == ("DT101", written)
    assert found["message"] == "没有一个文件的名字与它相符"


@pytest.mark.posix("a name with * in it")
def test_a_file_that_is_called_like_a_pattern(run, folder):
    (folder / "a*.csv").touch()
    (found,) = run("verify", "a*.csv", "--format", "json").json["findings"]
    assert found["rule"] == "DT102"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('2024-06"', "2024-06" + os.sep),
        ('--exclude=草稿"', "--exclude=草稿" + os.sep),
        ("2024-06", "2024-06"),
        ('a" b"', 'a" b"'),
        ('2024-06" --strict', '2024-06" --strict'),
    ],
)
def test_the_quote_after_a_backslash(written, meant):
    """The last argument in double quotes, a folder with a backslash at its end, loses it to the quote."""
    assert mended(written) == meant


def test_only_the_command_line_of_windows_is_mended(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["dtcheck", 'a"'])
    assert command_line(['a"']) == ['a"']
    monkeypatch.setattr(sys, "platform", "linux")
    assert command_line(None) is None
    monkeypatch.setattr(sys, "platform", "win32")
    assert command_line(None) == ["a" + os.sep]


@pytest.mark.parametrize("rest", [" --strict", " 2024-05", " -o x.csv"])
def test_a_quote_that_swallowed_what_follows_is_told(run, folder, windows, rest):
    done = run("verify", f'2024-06"{rest}')
    assert done.code == 2
    assert '里混进了引号：文件夹的引号前不要写 \\，写成 "2024-06"' in done.err


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
