"""Patterns that wait: the same answers as compiled ones, and none compiled that nobody asked."""

import re
import subprocess
import sys

import pytest

from dtcheck.patterns import regex


def test_answers_like_a_compiled_pattern():
    waiting, compiled = regex("([a-z])([0-9])"), re.compile("([a-z])([0-9])")
    text = "a1 b2"
    assert waiting.findall(text) == compiled.findall(text) == [("a", "1"), ("b", "2")]
    assert waiting.sub("x", text) == "x x"
    assert waiting.search(text)[0] == "a1"
    assert waiting.fullmatch(text) is None
    assert waiting.pattern == compiled.pattern


def test_takes_flags_and_bytes():
    assert regex("q", re.IGNORECASE).match("Q2")
    assert regex(rb"[\x00-\x08]").search(b"a\0")


def test_waits_until_it_is_asked():
    """Even one that can't be compiled says so only when it is used."""
    waiting = regex("(")
    with pytest.raises(re.error):
        waiting.search("x")


def test_the_reading_rooms_compile_nothing_when_they_are_imported():
    """That is what keeps a run on a plain form short."""
    script = (
        "import re, csv, dataclasses, fractions, glob, urllib.parse, yaml\n"
        "compile, seen = re.compile, []\n"
        "re.compile = lambda *given: (seen.append(given), compile(*given))[1]\n"
        "import dtcheck.targets, dtcheck.headers.columns, dtcheck.headers.sources, dtcheck.mentions, dtcheck.periods\n"
        "import dtcheck.rows.reader, dtcheck.cells.actual, dtcheck.tables.kinds\n"
        "print(seen)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"
