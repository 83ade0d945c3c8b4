"""The exit code of every state for every --fail-on, strict and not, in every format: worked out by hand.

docs/ci.md has the table; it is held against this one.
"""

from __future__ import annotations

import re
from itertools import product

import pytest
from lxml import etree
from making import SMALL, write
from running import ROOT

from dtcheck.formats import FORMATS

LEVELS = ("never", "data", "missed", "behind", "missing")
HEAD = "编号,实际值,单位,期间,备注\n"
# All that is due by June of ``SMALL``, on pace: half of the year, of CX04 (due in May) five twelfths.
JUNE = {
    "GY01": "GY01,60,个,2024-06,",
    "GY02": "GY02,160,亿元,2024-06,",
    "GY03": "GY03,6.5,%,2024-06,",
    "CX01": "CX01,36,家,2024-06,",
    "CX03": "CX03,0.61,亿美元,2024-06,",
    "CX04": "CX04,250,件,2024-05,",
    "ST02": "ST02,0,起,2024-06,",
}
DECEMBER = {
    "GY01": "GY01,101,个,2024-12,",
    "GY02": "GY02,300,亿元,2024-12,",
    "GY03": "GY03,6.5,%,2024-12,",
    "CX01": "CX01,70,家,2024-12,",
    "CX02": "CX02,2.5,%,2024-12,",
    "CX03": "CX03,1.2,亿美元,2024-12,",
    "CX04": "CX04,500,件,2024-12,",
    "ST02": "ST02,0,起,2024-12,",
}
BROKEN = "\x00\x01\x02"
# What it is called in docs/ci.md; the rows; the codes for the levels in order, and with --strict.
STATES = {
    "clean": ("没有问题", JUNE, "00000", "00000"),
    # No unit: the goal's is taken (DT305).
    "infos": ("只有提示", JUNE | {"GY01": "GY01,60,,2024-06,"}, "00000", "00000"),
    # A goal that a higher level sets and nobody told: undecided.
    "undecided": ("待定", JUNE | {"ST01": "ST01,3,%,2024-06,"}, "00000", "00000"),
    # The same row twice (DT207).
    "warnings": ("只有警告", JUNE | {"twice": JUNE["GY01"]}, "00000", "01111"),
    # 6.3 is within 5 % of 6.5左右: less than half a year is left to reach it, or none.
    "near": (
        "基本达到，年内",
        JUNE | {"GY03": "GY03,6.3,%,2024-06,待核算"},
        "00000",
        "00011",
    ),
    "near in December": (
        "基本达到，12月",
        DECEMBER | {"CX02": "CX02,2.4,%,2024-12,待核算"},
        "00000",
        "00111",
    ),
    # 48 of 101 where half is due.
    "behind": ("欠序时", JUNE | {"GY01": "GY01,48,个,2024-06,等环评"}, "00011", "00011"),
    # Without a reason that is a warning, too (DT306).
    "behind, no reason": (
        "欠序时，没写原因",
        JUNE | {"GY01": "GY01,48,个,2024-06,"},
        "00011",
        "01111",
    ),
    "striving, behind": (
        "争取目标欠序时",
        JUNE | {"GY02": "GY02,100,亿元,2024-06,淡季"},
        "00000",
        "00011",
    ),
    # One accident is over the limit of none.
    "missed": ("未完成", JUNE | {"ST02": "ST02,1,起,2024-06,已立案"}, "00111", "00111"),
    # 100 is not over 100.
    "missed in December": (
        "未完成，12月",
        DECEMBER | {"GY01": "GY01,100,个,2024-12,差一个"},
        "00111",
        "00111",
    ),
    "missing": ("未填报", JUNE | {"CX03": ""}, "00001", "00001"),
    "striving, missing": ("争取目标未填报", JUNE | {"GY02": ""}, "00000", "00001"),
    # 30 of 101 by May, and no word since: what it was then (and DT304, a warning).
    "silent, was behind": (
        "未填报，上期欠序时",
        JUNE | {"GY01": "GY01,30,个,2024-05,等环评"},
        "00011",
        "01111",
    ),
    "errors": ("数据错误", JUNE | {"XX99": "XX99,1,个,2024-06,"}, "01111", "01111"),
    "a figure refused": (
        "数据错误",
        JUNE | {"GY01": "GY01,六十上下,个,2024-06,"},
        "01111",
        "01111",
    ),
    "unreadable": ("文件读不出", JUNE | {"file": BROKEN}, "22222", "22222"),
    "unreadable, the rest bad": (
        "文件读不出",
        JUNE
        | {"ST02": "ST02,1,起,2024-06,", "CX03": "", "XX99": "XX99,1,个,2024-06,", "file": BROKEN},
        "22222",
        "22222",
    ),
}

# The kinds there are; all others are one of them at some level.
KINDS = (
    "clean",
    "infos",
    "warnings",
    "behind",
    "missed",
    "missing",
    "errors",
    "unreadable",
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return what makes a folder of a state; the current one."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)

    def making(state):
        rows = dict(STATES[state][1])
        if broken := rows.pop("file", ""):
            write(tmp_path / "in" / "b.csv", broken)
        write(tmp_path / "in" / "a.csv", HEAD + "".join(f"{row}\n" for row in rows.values() if row))
        return ("verify", "in", "--targets", "t.yaml")

    return making


def told(name: str, out: str) -> str:
    """Return the exit code that an output tells of, as far as its kind does."""
    if name in ("table", "markdown", "github"):
        [code] = re.findall(r"退出码 (\d)：", out)
        if name == "github":
            # An error is what counts, whatever the finding's own level.
            assert (re.search("^::error ", out, re.MULTILINE) is not None) is (code != "0")
        return code
    if name == "junit":
        root = etree.fromstring(out.encode())
        return "2" if root.get("errors") != "0" else str(int(root.get("failures") != "0"))
    if name == "json":
        return re.findall(r'\n  "exit_code": (\d)\n', out)[0]
    return ""


def held(run, folder, state, formats):
    args = folder(state)
    for codes, strict in zip(STATES[state][2:], ([], ["--strict"]), strict=True):
        for (level, code), name in product(zip(LEVELS, codes, strict=True), formats):
            done = run(*args, "--fail-on", level, "--format", name, *strict)
            assert (level, strict, name, done.code) == (level, strict, name, int(code))
            assert told(name, done.out) in ("", code)


@pytest.mark.parametrize("state", KINDS)
def test_every_code_in_every_format(run, folder, state):
    held(run, folder, state, FORMATS)


@pytest.mark.parametrize("state", [each for each in STATES if each not in KINDS])
def test_every_code_of_what_is_a_kind_of_these(run, folder, state):
    held(run, folder, state, ("json", "junit"))


@pytest.mark.parametrize("state", KINDS)
def test_what_is_left_out_of_the_screen_changes_no_code(run, folder, state):
    args = folder(state)
    code = int(STATES[state][2][LEVELS.index("behind")])
    more = (["-q"], ["--all"], ["--format", "csv=x.csv"], ["--mark", "marked/"], ["-o", "x.md"])
    assert [run(*args, *each).code for each in more] == [code] * len(more)


def test_the_levels_of_a_configuration(run, folder):
    """The command line goes before; each of the two keys alone."""
    args = folder("striving, behind")
    for text, options, code in (
        ("strict = true", [], 1),
        ("strict = true", ["--no-strict"], 0),
        ('strict = true\nfail-on = "missed"', [], 0),
        ('strict = true\nfail-on = "missed"', ["--fail-on", "missing"], 1),
        ('fail-on = "missing"', [], 0),
        ('fail-on = "missing"', ["--strict"], 1),
    ):
        with open("pyproject.toml", "w", encoding="utf-8") as file:
            file.write(f"[tool.dtcheck]\n{text}\n")
        assert run(*args, *options).code == code


def test_the_table_of_the_page():
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    rows = [re.split(r" *\| *", line.strip("| ")) for line in page.splitlines() if "|" in line]
    shown = {row[0]: (row[1:6], row[6]) for row in rows if len(row) == 7 and row[1][:1].isdigit()}
    by_hand = {name: (list(lax), strict) for name, _, lax, strict in STATES.values()}
    assert {name: lax for name, (lax, _) in shown.items()} == {
        name: lax for name, (lax, _) in by_hand.items()
    }
    assert {name: said.replace(" ", "") for name, (_, said) in shown.items()} == {
        name: "同左" if strict == "".join(lax) else strict
        for name, (lax, strict) in by_hand.items()
    }
