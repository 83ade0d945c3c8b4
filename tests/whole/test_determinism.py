"""The same input gives the same bytes, whatever surrounds it."""

from __future__ import annotations

import itertools
import locale
import random
from pathlib import Path

import pytest
from running import EXAMPLES, ROOT, run_process

from dtcheck.formats import FORMATS

HEAD = "编号,指标,实际值,单位,期间,填报单位,下达目标,备注\n"
# Repeats, conflicts, corrections, two assigned goals, an unknown name, a broken file: all that
# depends on what came first.
FILES = {
    "甲.csv": HEAD + "GY01,,60,个,6月,发改委,,\nGY10,,30,个,6月,,,\nZH09,,3,%,6月,,3,\n",
    "乙.csv": HEAD + "GY01,,61,个,6月,,,\nGY10,,30,个,6月,,,x\nZH09,,3,%,6月,,4,\n",
    "2024-05/甲.csv": HEAD + "GY11,,120,亿元,2024-05,,,\nGY12,,900,亿元,5月,,,\n",
    "2024-06/甲.csv": HEAD
    + "GY11,,121,亿元,2024-05,,,\nGY11,,150,亿元,6月,,,\nGY12,,900,亿元,5月,,,\n",
    "2024-06/乙.csv": HEAD + "GY11,,150,亿元,6月,,,\n,没有的指标,1,个,6月,,,\n",
    "坏.csv": "项目,数据\n",
}
SURROUNDINGS = {
    "hash seed": {"PYTHONHASHSEED": "1"},
    "another hash seed": {"PYTHONHASHSEED": "4321"},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "another time zone": {"TZ": "America/Los_Angeles"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no locale": {"LC_ALL": "C"},
    "terminal": {"TERM": "dumb", "LINES": "7"},
    "optimised": {"PYTHONOPTIMIZE": "1", "PYTHONDEVMODE": "1"},
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return list(FILES)


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_order_of_files_makes_no_difference(format_name, files, run):
    args = ("--format", format_name, "--all")
    expected = run("verify", *files, *args).out
    random.Random(7).shuffle(files)
    assert run("verify", *files, *args).out == expected
    assert run("verify", *reversed(files), *args).out == expected


def test_no_order_of_files_makes_a_difference(files, run):
    first = files[:5]
    outs = {
        run("verify", *order, "--format", "json").out for order in itertools.permutations(first)
    }
    assert len(outs) == 1


def test_a_folder_is_its_files(files, run):
    by_name = run("verify", *files, "--format", "json").json
    by_folder = run("verify", ".", "--format", "json").json
    assert by_folder["summary"] == by_name["summary"]
    assert [each["rule"] for each in by_folder["findings"]] == [
        each["rule"] for each in by_name["findings"]
    ]


def test_the_order_of_a_folder_is_not_that_of_the_disk(files, run, monkeypatch):
    import os

    walk = os.walk
    expected = run("verify", ".", "--format", "json").out

    def reversed_walk(top, **more):
        for parent, folders, names in walk(top, **more):
            folders.sort(reverse=True)
            yield parent, folders, sorted(names, reverse=True)

    monkeypatch.setattr(os, "walk", reversed_walk)
    assert run("verify", ".", "--format", "json").out == expected


def _every_output(folder: Path, **env: str) -> dict[str, bytes]:
    outs = [f"--format={name}={folder / name}" for name in FORMATS]
    sample = EXAMPLES / "actuals.csv"
    done = run_process("verify", sample, EXAMPLES / "2024-q1.csv", "--all", *outs, cwd=ROOT, **env)
    assert done.returncode in (1, 2)
    months = [EXAMPLES / "submissions" / f"2024-{month:02d}" for month in (1, 2)]
    for name in ("d.md", "d.html"):
        assert run_process("digest", *months, "-o", folder / name, **env).returncode == 0
    for command in (("lint",), ("list",), ("list", "--format", "json")):
        out = folder / "-".join(command)
        assert run_process("targets", *command, "-o", out, **env).returncode == 0
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    made["stderr"] = done.stderr
    return made


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = _every_output(tmp_path_factory.mktemp("usual"), PYTHONHASHSEED="0", TZ="Asia/Shanghai")
    assert len(made) == len(FORMATS) + 6
    return made


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_whatever_surrounds_it(surroundings, usual, tmp_path):
    assert _every_output(tmp_path, **SURROUNDINGS[surroundings]) == usual


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_templates_are_the_same_bytes(name, tmp_path):
    made = []
    for count, zone in enumerate(["Asia/Shanghai", "America/Los_Angeles"]):
        path = tmp_path / str(count) / name
        path.parent.mkdir()
        env = {"TZ": zone, "PYTHONHASHSEED": str(count)}
        assert run_process("template", "-o", path, **env).returncode == 0
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_nothing_is_sorted_by_the_locale(run, monkeypatch, files):
    expected = run("verify", *files, "--format", "json").out

    def refuse(*_: object) -> str:
        raise AssertionError("the locale was asked")

    for name in ("strxfrm", "strcoll", "setlocale", "format_string"):
        monkeypatch.setattr(locale, name, refuse)
    assert run("verify", *files, "--format", "json").out == expected
