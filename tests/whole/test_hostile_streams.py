"""Consoles that can't show Chinese, pipes that close, Ctrl-C: one line, an exit code, no traceback."""

from __future__ import annotations

import importlib.abc
import locale
import os
import signal
import subprocess
import sys

import pytest
from limits import GOOD, POSIX
from running import ROOT, run_process

import dtcheck.cli

EXAMPLE = "examples/actuals.csv"
SHELL = pytest.mark.posix("a shell")
PROGRAM = f"{sys.executable} -m dtcheck"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which DTCHECK stands for the program."""
    return subprocess.run(
        ["bash", "-c", command.replace("DTCHECK", PROGRAM)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
        timeout=600,
    )


@SHELL
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f"DTCHECK verify {EXAMPLE} --all | head -1; exit ${{PIPESTATUS[0]}}", 1),
        (f"DTCHECK verify {EXAMPLE} --format json | true; exit ${{PIPESTATUS[0]}}", 1),
        ("DTCHECK --help | true; exit ${PIPESTATUS[0]}", 0),
        ("DTCHECK explain | head -1; exit ${PIPESTATUS[0]}", 0),
        ("DTCHECK targets list | true; exit ${PIPESTATUS[0]}", 0),
    ],
)
def test_a_reader_that_has_seen_enough(command, code):
    done = shell(command)
    assert (done.returncode, done.stderr) == (code, "")


@SHELL
@pytest.mark.parametrize(
    "command",
    [
        f"DTCHECK verify {EXAMPLE} > /dev/full",
        "DTCHECK explain > /dev/full",
        "DTCHECK --help > /dev/full",
        f"DTCHECK verify {EXAMPLE} >&-",
        "DTCHECK verify missing.csv > /dev/full 2>&1",
        "DTCHECK verify missing.csv 2>&-",
        "DTCHECK verif 2>&-",
        "DTCHECK verif 2> /dev/full",
        "DTCHECK targets list --targets /missing 2>&-",
        "DTCHECK verify - <&-",
        "DTCHECK <&- >&- 2>&-",
    ],
)
def test_streams_that_are_full_or_closed(command):
    if "/dev/full" in command and not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("no /dev/full here")
    done = shell(command)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "内部错误" not in done.stderr
    assert "Exception" not in done.stderr


@SHELL
def test_a_closed_console_does_not_keep_a_file_from_being_written(tmp_path):
    done = shell(f"DTCHECK verify {EXAMPLE} -o {tmp_path}/out <&- >&- 2>&-")
    assert done.returncode == 1
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith("东台市")


COMMANDS = [
    ("--help",),
    ("verify", "--help"),
    ("verify", EXAMPLE, "--all"),
    ("explain", "GY18"),
    ("template",),
    ("verif",),
    ("verify", "missing.csv"),
]
# What a console may be set to, and whether it can show Chinese.
CONSOLES = {
    "LC_ALL=C": ({"LC_ALL": "C"}, True),
    "LC_ALL=C, no UTF-8 mode": ({"LC_ALL": "C", "PYTHONUTF8": "0"}, False),
    "gbk": ({"PYTHONIOENCODING": "gbk:strict"}, True),
    "latin": ({"PYTHONIOENCODING": "latin-1:strict"}, False),
    "ascii": ({"PYTHONIOENCODING": "ascii:strict"}, False),
    "utf-16": ({"PYTHONIOENCODING": "utf-16-le:strict"}, True),
}


@pytest.mark.parametrize("console", CONSOLES)
def test_every_command_on_every_console(console):
    env, chinese = CONSOLES[console]
    encoding = env.get("PYTHONIOENCODING", "utf-8").partition(":")[0]
    for command in COMMANDS:
        done = run_process(*command, **env)
        assert done.returncode == (
            2 if command[-1] in ("verif", "missing.csv") else command[1:2] == (EXAMPLE,)
        )
        assert b"Traceback" not in done.stderr
        said = done.stdout or done.stderr
        if chinese and command[0] != "template":
            assert any(word in said.decode(encoding) for word in ("用法", "目标", "没有"))


@pytest.mark.windows("a code page")
def test_the_code_page_of_the_machine():
    """What the tests set for themselves, an office's machine has set: GBK."""
    done = run_process("verify", EXAMPLE, PYTHONIOENCODING="")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "东台市 2024年" in done.stdout.decode(locale.getencoding())


@pytest.mark.parametrize("console", CONSOLES)
def test_json_is_utf_8_on_every_console(console):
    done = run_process("verify", EXAMPLE, "--format", "json", **CONSOLES[console][0])
    assert "地区生产总值增长" in done.stdout.decode("utf-8")


def test_no_file_is_opened_in_the_encoding_of_the_locale():
    strict = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning")
    done = subprocess.run(
        [sys.executable, *strict, "-m", "dtcheck", "verify", EXAMPLE, "--format", "csv"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert "Warning" not in done.stderr.decode()


# Ctrl-C


def interrupt(running: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C until it ends: a signal just before a read that waits can be lost on it."""
    for _ in range(20):
        running.send_signal(signal.SIGINT)
        try:
            running.wait(1)
        except subprocess.TimeoutExpired:
            continue
        return


def _waiting(pipe: int) -> int:
    """Return how many bytes of a pipe nobody has read yet."""
    import fcntl
    import termios

    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@POSIX
@pytest.mark.parametrize("source", ["fifo", "stdin"])
def test_interrupted_while_reading(source, tmp_path):
    out, fifo = tmp_path / "out", tmp_path / "fifo"
    out.write_text("old", encoding="utf-8")
    os.mkfifo(fifo)
    path = "-" if source == "stdin" else str(fifo)
    stdin = os.open(fifo, os.O_RDWR) if source == "stdin" else subprocess.DEVNULL
    running = subprocess.Popen(
        [sys.executable, "-m", "dtcheck", "verify", path, "-o", str(out)],
        cwd=ROOT,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        # A shell has its background jobs ignore Ctrl-C, and with them these tests.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    if source == "fifo":
        # Opening it waits until the program has, too: now it reads.
        with fifo.open("wb", buffering=0) as writer:
            writer.write(GOOD.encode())
            interrupt(running)
    else:
        # The pipe never ends, as this process has it open too; once it is empty, the program reads.
        os.write(stdin, GOOD.encode())
        while _waiting(stdin):
            os.sched_yield()
        interrupt(running)
    stdout, stderr = running.communicate(timeout=600)
    assert running.returncode == 2
    assert stdout == b""
    assert "已中断" in stderr.decode()
    assert "Traceback" not in stderr.decode()
    assert out.read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"out", "fifo"}


def test_interrupted_while_writing(run, tmp_path, monkeypatch):
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out"
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", interrupt)
    done = run("verify", ROOT / EXAMPLE, "-o", out)
    assert done.code == 2
    assert done.err.strip().endswith("已中断，结果可能没有写全。")
    assert out.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]


class _Interrupting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "dtcheck.cli.app":
            raise KeyboardInterrupt


def test_interrupted_while_starting(monkeypatch, capsys):
    monkeypatch.setattr(sys, "meta_path", [_Interrupting(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "dtcheck.cli.app")
    with pytest.raises(SystemExit) as exit_info:
        dtcheck.cli.main(["--help"])
    assert exit_info.value.code == 2
    assert capsys.readouterr() == ("", "")
