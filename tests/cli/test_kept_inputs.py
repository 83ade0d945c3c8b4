"""No command writes its result over a file that it reads."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import click
import pytest
from limits import GOOD, POSIX
from making import SMALL, write
from running import ROOT

from dtcheck.cli.app import cli
from dtcheck.cli.chinese import subcommands

SCHEMA = str(files("dtcheck").joinpath("schemas", "targets.json"))
REPORT = "2024年主要工作\n(一)聚焦工业。新开工项目超100个。\n(二)聚焦创新。净增高企70家以上。\n"
T = ("--targets", "t.yaml")

# By command: its arguments, and the files that it reads with them.
READS = {
    "verify": [
        (("verify", "in/a.csv", *T), ("in/a.csv", "t.yaml")),
        (("verify", "in", "b.csv", *T), ("in/a.csv", "in/below/2024-06/c.csv", "b.csv", "t.yaml")),
    ],
    "digest": [
        (("digest", "in/a.csv", *T), ("in/a.csv", "t.yaml")),
        (("digest", "in", "b.csv", *T), ("in/a.csv", "in/below/2024-06/c.csv", "b.csv", "t.yaml")),
    ],
    "template": [
        (("template", "--format", "csv", *T), ("t.yaml",)),
        (("template", "--format", "csv", "--force", *T), ("t.yaml",)),
    ],
    "targets list": [(("targets", "list", *T), ("t.yaml",))],
    "targets lint": [(("targets", "lint", *T), ("t.yaml",))],
    "targets audit": [(("targets", "audit", "r.txt", *T), ("r.txt", "t.yaml"))],
    "targets diff": [(("targets", "diff", "t.yaml", "u.yaml"), ("t.yaml", "u.yaml"))],
    "targets new": [
        (("targets", "new", "r.txt"), ("r.txt",)),
        (("targets", "new", "r.txt", "--from", "t.yaml"), ("r.txt", "t.yaml")),
    ],
    "targets schema": [(("targets", "schema"), (SCHEMA,))],
}
CASES = [
    pytest.param(args, path, id=f"{' '.join(args[:3])} over {os.path.basename(path)}")  # noqa: PTH119
    for cases in READS.values()
    for args, paths in cases
    for path in (*paths, "pyproject.toml")
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with submissions, a report, a targets file and a configuration; the current one."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.csv", "in/below/2024-06/c.csv", "b.csv"):
        write(tmp_path / name, GOOD)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "u.yaml", SMALL)
    write(tmp_path / "r.txt", REPORT)
    write(tmp_path / "pyproject.toml", '[tool.dtcheck]\nignore = ["DT305"]\n')
    return tmp_path


def test_every_command_with_an_output_is_tried_here():
    found = []
    todo = [((), cli)]
    while todo:
        names, command = todo.pop()
        if isinstance(command, click.Group):
            ctx = click.Context(command)
            todo += [((*names, name), each) for name, each in subcommands(command, ctx)]
        elif any(param.name == "output" for param in command.params):
            found.append(" ".join(names))
    assert sorted(found) == sorted(READS)


def refused(done, path, before):
    assert (done.code, done.out) == (2, "")
    assert "它是这次要读的文件，换一个文件名" in done.err
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize(("args", "path"), CASES)
def test_under_its_name_and_a_dotted_one(args, path, run, here):
    before = Path(path).read_bytes()
    for name in (path, f"./{path}", f"../{here.name}/{path}", here / path):
        if path != SCHEMA or name == path:
            refused(run(*args, "-o", name), path, before)
    assert not list(here.rglob("*.part"))


@POSIX
@pytest.mark.parametrize(("args", "path"), CASES)
def test_through_a_link(args, path, run, here):
    before = Path(path).read_bytes()
    Path("soft").symlink_to(Path(path).absolute())
    Path("folder").symlink_to(Path(path).absolute().parent)
    refused(run(*args, "-o", "soft"), path, before)
    refused(run(*args, "-o", Path("folder", Path(path).name)), path, before)
    if path != SCHEMA:
        os.link(path, "hard")
        refused(run(*args, "-o", "hard"), path, before)


@POSIX
@pytest.mark.parametrize("command", ["verify", "digest"])
def test_what_is_read_by_a_link(command, run, here):
    Path("in/link.csv").symlink_to(here / "b.csv")
    before = Path("b.csv").read_bytes()
    refused(run(command, "in", *T, "-o", "b.csv"), "b.csv", before)


def test_each_of_several_formats(run, here):
    before = Path("in/a.csv").read_bytes()
    done = run("verify", "in", *T, "--format", "markdown=new.md", "--format", "csv=in/a.csv")
    refused(done, "in/a.csv", before)
    assert not Path("new.md").exists()


@pytest.mark.parametrize("command", ["verify", "digest"])
def test_what_standard_input_comes_from(command, here):
    before = Path("b.csv").read_bytes()
    with open("b.csv", "rb") as source:
        done = subprocess.run(
            [sys.executable, "-m", "dtcheck", command, "-", "-o", "b.csv"],
            stdin=source,
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert "换一个文件名" in done.stderr
    assert Path("b.csv").read_bytes() == before


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_forms_of_all_bureaus(more, run, here):
    # 科学技术局 leads targets, so its form would be written there.
    write(here / "forms" / "科学技术局.csv", SMALL)
    args = ("template", "--targets", "forms/科学技术局.csv", "--all-leads", "--format", "csv")
    refused(run(*args, "-o", "forms", *more), "forms/科学技术局.csv", SMALL.encode())
    assert [path.name for path in Path("forms").iterdir()] == ["科学技术局.csv"]


def test_what_is_not_read_is_replaced(run, here):
    for args, path in (
        (("digest", "in", *T), "in/digest.md"),
        (("verify", "in", *T), "b.csv"),
        (("targets", "list", *T), "r.txt"),
        (("verify", "in", *T), "in/.hidden.csv"),
    ):
        write(here / path, "old")
        assert run(*args, "-o", path).code in (0, 1)
        assert Path(path).read_text(encoding="utf-8") != "old"
