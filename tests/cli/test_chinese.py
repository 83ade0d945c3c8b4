"""What systems and libraries complain of reaches users in Chinese, with place and remedy."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys

import pytest
import yaml
from limits import POSIX, locked, obey_permissions, process
from making import SMALL, write
from running import ROOT

from dtcheck.reasons import reason
from dtcheck.targets import TargetsError, load_targets, nodes

# A word of five letters is a library's; Latin words of ours are shorter, or names in these files.
ENGLISH = re.compile(r"[A-Za-z]{5,}")
OURS = re.compile(r"DTCHECK_TARGETS|--targets|pyproject\.toml|targets|dtcheck|README|ignore")


def english(text: str, *known: object) -> list[str]:
    """Return the English words of a message, but for names of files and options."""
    for name in sorted(map(str, known), key=len, reverse=True):
        text = text.replace(name, "")
    return ENGLISH.findall(OURS.sub("", text))


# The system


@pytest.mark.parametrize("command", ["audit", "new"])
def test_a_report_that_the_system_refuses(run, tmp_path, command):
    missing = tmp_path / "2024.txt"
    for path, said in ((missing, "没有这个文件或文件夹"), (tmp_path, "这是文件夹")):
        done = run("targets", command, path)
        assert (done.code, done.out) == (2, "")
        assert done.err == f"错误：报告打不开：{path.as_posix()}（{said}），核对路径和权限\n"


@POSIX
@pytest.mark.parametrize("command", [("targets", "audit"), ("targets", "new"), ("digest",)])
def test_a_file_that_may_not_be_read(command, tmp_path):
    locked(tmp_path)
    done = process(*command, tmp_path / "locked", before=obey_permissions)
    assert done.returncode == 2
    assert "没有权限" in done.stderr
    assert english(done.stderr, tmp_path / "locked") == []


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有权限"), (errno.EINVAL, "路径或磁盘")],
)
def test_reasons_of_the_system(number, said):
    assert reason(OSError(number, os.strerror(number))).startswith(said)


def test_a_reason_without_words_of_ours_starts_in_chinese():
    assert reason(OSError(9999, "Odd failure")) == "系统错误 9999（Odd failure）"
    assert reason(OSError("没有标准输入")) == "没有标准输入"


@pytest.mark.posix("folders that go while they are worked in")
def test_a_folder_that_is_gone_is_said(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1])\n"
        "from dtcheck.cli import main; main(['targets', 'list'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(gone)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 2
    assert "当前文件夹打不开：没有这个文件或文件夹。换到别的文件夹再运行" in done.stderr


# TOML


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("strict = yes", "第2行第10个字符附近"),
        ('targets = "C:\\data\\t.yaml"', "第2行第16个字符附近"),
        ("strict = true\nstrict = false", "第3行第15个字符附近"),
        ("ignore = [", "到文件末尾还缺内容"),
        ("x = '''", "到文件末尾还缺内容"),
        # tomllib has no place for these.
        ("x = 1e99999999999999999999", "读不通：不合"),
        ("x = " + "9" * 5000, "读不通：不合"),
        ("x = " + "[" * 5000, "不合"),
    ],
)
def test_broken_toml(run, tmp_path, monkeypatch, text, place):
    path = write(tmp_path / "pyproject.toml", f"[tool.dtcheck]\n{text}\n")
    monkeypatch.chdir(tmp_path)
    done = run("targets", "list")
    assert (done.code, done.out) == (2, "")
    assert f"{path} 读不通：" in done.err
    assert place in done.err
    assert "路径里的 \\ 改写成 /" in done.err
    assert english(done.err, path, "list --help") == []


@pytest.mark.parametrize("written", ['"C:\\new\\targets.yaml"', '"a\\u0000b"'])
def test_a_windows_path_whose_backslashes_were_escapes(run, tmp_path, monkeypatch, written):
    write(tmp_path / "pyproject.toml", f"[tool.dtcheck]\ntargets = {written.replace('C:', '')}\n")
    monkeypatch.chdir(tmp_path)
    done = run("targets", "list")
    assert (done.code, done.out) == (2, "")
    assert "targets 的路径里有换行、制表之类的字符：路径里的 \\ 改写成 /" in done.err


# YAML


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("place: 东台市\ngoal: > 100 个\n", 2, "以 > 或 | 开头的值没有加引号"),
        ('a: 1\nplace: "东台市\nyear: 2024\n', 4, "第2行的引号没有配对"),
        ("short: [甲, 乙\nyear: 2024\n", 2, "第1行的方括号没有配对"),
        ("- {code: GY01, name: 甲\n- {code: GY02}\n", 2, "第1行的花括号没有配对"),
        ("place: 东台市: 市\n", 1, "多出一个冒号"),
        ("place：东台市\nyear: 2024\n", 2, "上一行的冒号要用英文的"),
        ("place: 东台市\nyear\ntitle: 甲\n", 3, "上一行缺少冒号"),
        ("targets:\n\t- 甲\n", 2, "Tab"),
        ("phrase: %的\n", 1, "以 @、%、` 开头"),
        ("name: '甲'乙\n", 1, "引号、括号之后还有字"),
        ("- 甲\n乙: 1\n", 2, "列表中有一行不以“- ”开头"),
        ('name: "C:\\甲"\n', 1, "双引号里的 \\ 后面不能接这个字符"),
        ("name: &\n", 1, "值以 & 开头"),
        ("name: *甲\n", 1, "值以 * 开头"),
        ("name: !甲!乙 丙\n", 1, "值以 ! 开头"),
        ("a: 1\n---\nb: 2\n", 2, "两份 YAML"),
        ("a: 1\nb: 甲\x07\n", 2, "控制字符"),
    ],
)
def test_broken_yaml(tmp_path, monkeypatch, loader, text, line, said):
    monkeypatch.setattr(nodes, "_Loader", getattr(yaml, loader))
    path = write(tmp_path / "t.yaml", text)
    with pytest.raises(TargetsError) as caught:
        load_targets(path)
    [finding] = caught.value.findings
    assert finding.place.line == line
    assert finding.message.startswith("YAML 读不通：")
    assert said in finding.message + finding.hint
    assert english(finding.message + finding.hint) == []


def test_a_problem_that_has_no_words_of_ours_starts_in_chinese(tmp_path):
    with pytest.raises(TargetsError) as caught:
        load_targets(write(tmp_path / "t.yaml", "%FOO\n" + SMALL))
    [finding] = caught.value.findings
    assert finding.message == "YAML 读不通：这里不合 YAML 的写法（found unknown directive name）"
    assert finding.hint == "看看这一行和上一行的缩进、引号、冒号"


# click


@pytest.mark.parametrize("args", [("--",), ("targets", "--"), ("",)])
def test_no_command(run, args):
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert "没有写命令，可用的命令：" in done.err
    assert "Missing" not in done.err


def test_bash_completion_where_there_is_no_bash(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    done = run("completion", "bash")
    assert (done.code, done.err) == (0, "")
    assert "_DTCHECK_COMPLETE=bash_complete" in done.out
