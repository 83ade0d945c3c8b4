"""Hostile files to read: what can't be read is said, and nothing takes the machine down."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from limits import GOOD, HEAD, POSIX, locked, obey_permissions, process
from running import Run

from dtcheck.tables import text as text_module


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def found(done: Run) -> list[tuple[str, str]]:
    return [(each["rule"], each["message"]) for each in done.json["findings"]]


# Reading


@POSIX
def test_an_unreadable_file_does_not_hide_the_others(good: Path, tmp_path: Path):
    locked(tmp_path)
    path = tmp_path / "secret.csv"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    done = process("verify", path, good, before=obey_permissions)
    assert done.returncode == 2
    assert "没有权限" in done.stdout
    assert "60个" in done.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.csv", "没有这个文件"),
        pytest.param("good.csv/x", "不是文件夹", marks=pytest.mark.posix("ENOTDIR")),
        ("x" * 5000, "太长"),
    ],
)
def test_paths_that_lead_nowhere(name, said, good, run):
    done = run("verify", good.parent / name, good, "--format", "json")
    assert done.code == 2
    assert any(rule == "DT101" and said in message for rule, message in found(done))
    assert done.json["summary"]["on_track"] == 1


@POSIX
def test_a_link_to_itself(tmp_path, run):
    path = tmp_path / "loop.csv"
    path.symlink_to(path)
    done = run("verify", path, "--format", "json")
    assert (done.code, found(done)[0]) == (2, ("DT101", "文件打不开：链接绕成了圈"))


@POSIX
def test_a_fifo_is_read_to_its_end(tmp_path, run):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(GOOD,), kwargs={"encoding": "utf-8"})
    writer.start()
    done = run("verify", path, "--format", "json")
    writer.join()
    assert done.json["summary"]["on_track"] == 1


@pytest.mark.posix("devices that are files")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_devices(device, run):
    done = run("verify", device, "--format", "json")
    assert done.code == 2
    assert {rule for rule, _ in found(done)} <= {"DT101", "DT102"}


@pytest.mark.parametrize("change", [b"GY10,,30,\xff\xff", b"GY10,,30,\n", b""])
def test_a_file_changed_while_it_is_read(change, good, run, monkeypatch):
    """Someone saves the sheet between the two readings of it."""
    detect = text_module.detect_encoding

    def detecting(file):
        encoding = detect(file)
        good.write_bytes(GOOD.encode()[:-20] + change)
        os.utime(good, ns=(1, 1))
        return encoding

    monkeypatch.setattr(text_module, "detect_encoding", detecting)
    done = run("verify", good, "--format", "json")
    assert done.code == 2
    assert [message for rule, message in found(done) if rule == "DT101"] == [
        "文件在读取时被改动，读到的不可靠"
    ]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"GY01,"])
def test_null_bytes(before, tmp_path, run):
    path = tmp_path / "a.csv"
    path.write_bytes(before + GOOD.encode().replace(b"60", b"6\0000"))
    assert found(run("verify", path, "--format", "json"))[0][0] == "DT101"


def test_windows_line_ends_and_old_mac_ones(tmp_path, run):
    for end in ("\r\n", "\r", "\r\r\n"):
        path = tmp_path / "a.csv"
        path.write_bytes(GOOD.replace("\n", end).encode())
        assert run("verify", path, "--format", "json").json["summary"]["on_track"] == 1


@pytest.mark.posix("a name that is a path on Windows")
def test_a_windows_path_in_messages(tmp_path, run, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = r"D:\报数\2024-06\科技局.csv"
    Path(name).write_text(HEAD + "GY01,,很好,个,6月,\n", encoding="utf-8")
    # Nothing of \t or \n in it is taken for a tab or a line end.
    assert name in "".join(run("verify", name).out.split()).replace("第2行", " ")
    assert run("verify", name, "--format", "json").json["findings"][0]["file"] == name
    assert r"file=D%3A/报数/2024-06/科技局.csv" in run("verify", name, "--format", "github").out


# What is large


def test_a_cell_of_10_mb(tmp_path, run):
    path = tmp_path / "a.csv"
    path.write_text(HEAD + f'GY01,,"{"x" * 10_000_000}",个,6月,\n', encoding="utf-8")
    done = run("verify", path, "--format", "json")
    assert done.code == 2
    assert "单元格超过" in found(done)[0][1]
    assert len(done.out) < 100_000


def test_10_000_columns(tmp_path, run):
    path = tmp_path / "a.csv"
    heads = ",".join(f"第{number}列" for number in range(10_000))
    path.write_text(f"编号,实际值,期间,{heads}\nGY01,60,6月{',' * 10_000}\n", encoding="utf-8")
    done = run("verify", path, "--format", "json")
    assert done.json["summary"]["on_track"] == 1
    (unknown,) = [each for each in done.json["findings"] if each["rule"] == "DT103"]
    assert (unknown["count"], len(unknown["places"])) == (10_000, 20)
    # Folded for people: some places and a count.
    assert len(run("verify", path).out.splitlines()) < 120


def test_more_columns_than_a_sheet_has(tmp_path, run):
    # An unknown column is a finding of its own: 4 MB of them took a gigabyte.
    path = tmp_path / "a.csv"
    path.write_text(f"编号,实际值,期间{',杂项' * 16_384}\nGY01,60,6月\n", encoding="utf-8")
    assert found(run("verify", path, "--format", "json")) == [
        ("DT101", "第1行有 16387 列，不是报数表")
    ]


def test_a_line_without_end(tmp_path, run):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(HEAD.encode())
        for _ in range(30):
            file.write(b"x" * 1_000_000)
    done = run("verify", path, "--format", "json")
    assert found(done) == [("DT101", "有一行超过 10 MB，不是报数表")]


def test_unknown_names_without_end(tmp_path, run):
    """Guessing what was meant takes a millisecond each: only the first get a guess."""
    path = tmp_path / "a.csv"
    rows = "".join(f",新开工亿元以上项目{number:05d},6,个,6月,\n" for number in range(1500))
    path.write_text(HEAD + rows, encoding="utf-8")
    findings = run("verify", path, "--format", "json").json["findings"]
    assert len([each for each in findings if each["rule"] == "DT201"]) == 1500
    guesses = ["是不是" in each["hint"] for each in findings]
    assert guesses[0]
    assert sum(guesses) == 500
