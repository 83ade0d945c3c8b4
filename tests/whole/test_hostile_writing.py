"""Writing where it is hard: nothing is half-written, and the old file stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from limits import GOOD, POSIX, limit_files, locked, obey_permissions, process
from running import ROOT, run_process

from dtcheck.cli.whole import replace_file

OLD = b"what was there before"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


# Every command that writes a file, GOOD standing for a submission; each writes over 100 bytes.
REPORT = ROOT / "tests" / "data" / "reports" / "qinghe-2026.txt"
WRITING = {
    "verify json": ("verify", "GOOD", "--format", "json"),
    "verify markdown": ("verify", "GOOD", "--format", "markdown"),
    "verify junit": ("verify", "GOOD", "--format", "junit"),
    "digest": ("digest", "GOOD"),
    "digest html": ("digest", "GOOD", "--format", "html", "--brief"),
    "template csv": ("template", "--format", "csv", "--force"),
    "template xlsx": ("template", "--format", "xlsx", "--force"),
    "targets list": ("targets", "list", "--format", "json"),
    "targets lint": ("targets", "lint", "--format", "json"),
    "targets audit": ("targets", "audit", REPORT, "--format", "json"),
    "targets new": ("targets", "new", REPORT),
    "targets schema": ("targets", "schema"),
}
every_command = pytest.mark.parametrize("command", WRITING)


def writing(command: str, good: Path, out: Path | str) -> tuple[str | Path, ...]:
    args = (good if arg == "GOOD" else arg for arg in WRITING[command])
    return (*args, "-o", out)


@POSIX
@every_command
def test_a_full_disk_leaves_the_old_file(command, good, tmp_path):
    out = tmp_path / "out"
    out.write_bytes(OLD)
    done = process(*writing(command, good, out), before=limit_files(100))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"写不进 {out}：超过了允许的文件大小。原有的文件没有改动。" in done.stderr
    assert out.read_bytes() == OLD
    assert {path.name for path in tmp_path.iterdir()} == {"good.csv", "out"}


@POSIX
@every_command
def test_a_full_disk_leaves_no_half_file(command, good, tmp_path):
    done = process(*writing(command, good, tmp_path / "out"), before=limit_files(100))
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == [good]


@POSIX
@every_command
def test_a_read_only_folder(command, good, tmp_path):
    locked(tmp_path)
    folder = tmp_path / "shared"
    folder.mkdir()
    out = folder / "out"
    out.write_bytes(OLD)
    folder.chmod(0o555)
    try:
        done = process(*writing(command, good, out), before=obey_permissions)
    finally:
        folder.chmod(0o755)
    assert done.returncode == 2
    assert f"写不进 {out}：没有权限" in done.stderr
    assert out.read_bytes() == OLD
    assert list(folder.iterdir()) == [out]


@POSIX
@pytest.mark.parametrize("command", ["verify json", "digest", "template csv", "targets new"])
def test_a_read_only_file(command, good, tmp_path):
    locked(tmp_path)
    out = tmp_path / "out"
    out.write_bytes(OLD)
    out.chmod(0o444)
    done = process(*writing(command, good, out), before=obey_permissions)
    assert done.returncode == 2
    assert f"写不进 {out}：没有权限" in done.stderr
    assert out.read_bytes() == OLD


@every_command
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "这是文件夹"),
        ("no/such/folder/x", "没有这个文件或文件夹"),
        pytest.param("good.csv/x", "不是文件夹", marks=pytest.mark.posix("ENOTDIR")),
    ],
)
def test_places_that_can_not_be_written(command, name, said, good, run):
    done = run(*writing(command, good, good.parent / name))
    assert done.code == 2
    assert said in done.err
    assert "Errno" not in done.err
    assert good.read_text(encoding="utf-8") == GOOD


@POSIX
def test_a_full_disk_leaves_every_form_whole_or_as_it_was(run, tmp_path):
    """A form of one target is under 300 bytes, one of twenty over 1,000."""
    whole, folder = tmp_path / "whole", tmp_path / "forms"
    args = ("template", "--all-leads", "--format", "csv", "-o")
    assert run(*args, whole).code == 0
    sizes = {path.name: path.stat().st_size for path in whole.iterdir()}
    small = {name for name, size in sizes.items() if size <= 600}
    assert 0 < len(small) < 20
    done = process(*args, folder, before=limit_files(600))
    assert done.returncode == 2
    assert done.stderr.count("超过了允许的文件大小") == len(sizes) - len(small)
    assert f"其余 {len(small)} 张已写好。" in done.stderr
    assert {path.name for path in folder.iterdir()} == small
    for name in small:
        assert (folder / name).read_bytes() == (whole / name).read_bytes()


def test_a_form_that_can_not_be_written_does_not_stop_the_others(run, tmp_path):
    (tmp_path / "财政局.csv").mkdir()
    done = run("template", "--all-leads", "--format", "csv", "-o", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"写不进 {(tmp_path / '财政局.csv').as_posix()}：这是文件夹。" in done.err
    # 19 bureaus lead something.
    assert "其余 18 张已写好。" in done.err
    assert len(list(tmp_path.glob("*.csv"))) == 19


CONSOLES = {
    "gbk": {"PYTHONIOENCODING": "gbk:strict"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize(
    "command",
    [each for each in WRITING if each not in ("verify markdown", "digest", "template xlsx")],
)
def test_utf_8_whatever_the_console(command, console, good, tmp_path):
    """JSON, CSV, XML, YAML and HTML; what people read on a screen is in the screen's encoding."""
    out = tmp_path / "out"
    run_process(*writing(command, good, out))
    args = writing(command, good, "-")
    done = run_process(*args, **CONSOLES[console])
    assert done.returncode in (0, 1)
    assert done.stdout == out.read_bytes()
    mark = b"\xef\xbb\xbf" if command == "template csv" else b""
    assert done.stdout.startswith(mark)
    assert re.search("[一-龥]", done.stdout.decode("utf-8"))


@pytest.mark.parametrize("left", [".out.7.part", ".out.0123456789ab.part"])
def test_what_a_killed_run_left_is_removed_and_blocks_nothing(left, good, run, tmp_path):
    """In a container, every run may have the same process id."""
    (tmp_path / left).write_bytes(OLD)
    done = run("verify", good, "-o", tmp_path / "out")
    assert done.code == 0
    assert not (tmp_path / left).exists()


@pytest.mark.parametrize("other", [".out.mine.part", ".out.part", ".other.7.part", "out.7.part"])
def test_nothing_else_is_taken_for_left_over(other, good, run, tmp_path):
    (tmp_path / other).write_bytes(OLD)
    assert run("verify", good, "-o", tmp_path / "out").code == 0
    assert (tmp_path / other).read_bytes() == OLD


@POSIX
def test_a_part_that_another_run_is_writing_is_left_alone(good, run, tmp_path):
    import fcntl

    other = tmp_path / ".out.0123456789ab.part"
    with other.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert run("verify", good, "-o", tmp_path / "out").code == 0
        assert other.exists()


@POSIX
def test_a_part_that_was_removed_before_it_was_locked_is_made_anew(monkeypatch, tmp_path):
    import fcntl

    out, removed = tmp_path / "out", []

    def lock(file, how):
        if not removed:
            removed.extend(tmp_path.iterdir())
            removed[0].unlink()

    monkeypatch.setattr(fcntl, "flock", lock)
    replace_file(out, b"new")
    assert len(removed) == 1
    assert out.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [out]


STOPPED_WHILE_WRITING = """
import os, signal, sys
from dtcheck.cli import main

number = getattr(signal, sys.argv.pop(1))
os.fsync = lambda file: os.kill(os.getpid(), number)
main()
"""
IN_A_GENERATOR = """
import os, signal, sys
from dtcheck.cli import app, main

def waiting():
    try:
        yield
    finally:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass

def load(*_, **__):
    from dtcheck.cli.whole import replace_file
    each = waiting()
    next(each)
    os.fsync = lambda file: globals().pop("each", None)
    globals()["each"] = each
    del each
    from pathlib import Path
    replace_file(Path(sys.argv[-1]), b"new")
    print("went on")

app.cli.main = load
main()
"""


def _stopped(program, *arguments):
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        # As for a terminal: a shell has its background jobs ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@POSIX
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_the_old_file_and_nothing_else(name, good, tmp_path):
    out = tmp_path / "out"
    out.write_bytes(OLD)
    before = set(tmp_path.iterdir())
    done = _stopped(STOPPED_WHILE_WRITING, name, "verify", good, "-o", out)
    assert (done.returncode, done.stderr.decode().strip()) == (2, "已中断，结果可能没有写全。")
    assert out.read_bytes() == OLD
    assert set(tmp_path.iterdir()) == before


@POSIX
def test_a_hangup_that_is_ignored_stays_so(good, tmp_path):
    """``nohup dtcheck …``."""
    program = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN){STOPPED_WHILE_WRITING}"
    out = tmp_path / "out"
    assert _stopped(program, "SIGHUP", "verify", good, "-o", out).returncode == 0
    assert out.is_file()


@POSIX
def test_an_interrupt_that_comes_in_a_generator_ends_the_run(tmp_path):
    out = tmp_path / "out"
    out.write_bytes(OLD)
    done = _stopped(IN_A_GENERATOR, out)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().strip() == "已中断，结果可能没有写全。"
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_bytes() == OLD


def test_no_verdict_is_said_before_a_write_that_fails(good, run, tmp_path):
    good.write_text(good.read_text(encoding="utf-8") + "XX99,1,个\n", encoding="utf-8")
    both = (
        "--format",
        f"json={tmp_path / 'r.json'}",
        "--format",
        f"csv={tmp_path / 'no' / 'r.csv'}",
    )
    done = run("verify", good, *both)
    assert done.code == 2
    assert "写不进" in done.err
    assert "退出码" not in done.err


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


@pytest.mark.posix("folders that go while they are worked in")
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
