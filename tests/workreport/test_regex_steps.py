"""The engine that counts the steps of regexes finds what ``re`` finds, or its counts say nothing."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from regex_steps import Attempt, TooManySteps, match_at, matches
from running import DATA
from work import DRAFTING, work

TEXT = "\n".join(path.read_text("utf-8") for path in sorted((DATA / "reports").glob("*.txt")))
TEXT += "分别完成1个、和2个，达到达到某5个翻番，1,280.5万千瓦时；<p>第二百三十二</P>"


def patterns(value):
    """Yield the regexes in a value of a module: compiled, in tuples, or as the pattern of a word."""
    if isinstance(value, re.Pattern):
        yield value
    elif type(value) is tuple:
        for each in value:
            yield from patterns(each)
    elif isinstance(getattr(value, "pattern", None), str):
        yield re.compile(value.pattern)


@pytest.mark.parametrize("name", DRAFTING.split())
def test_it_finds_what_re_finds(name):
    module = import_module(f"dtcheck.{name}")
    for pattern in [each for value in vars(module).values() for each in patterns(value)]:
        found = list(matches(pattern, Attempt(TEXT, len(TEXT)), 0))
        assert found == [match.span() for match in pattern.finditer(TEXT)], pattern


@pytest.mark.parametrize(
    ("pattern", "text", "steps"),
    [
        # One for each character.
        ("aab", "aab", 3),
        # Three are taken, then what follows is tried once.
        ("a*", "aaa", 4),
        # Three are taken; behind 3, 2, 1 and none of them what follows is tried, and in it the x.
        ("a*x", "aaa", 3 + 4 + 4),
    ],
)
def test_steps_by_hand(pattern, text, steps):
    attempt = Attempt(text, len(text))
    match_at(re.compile(pattern), attempt, 0, full=False)
    assert attempt.steps == steps


def test_a_pattern_that_tries_every_way_is_stopped(monkeypatch):
    monkeypatch.setattr("regex_steps.BUDGET", 100_000)
    pattern = re.compile("(?:a|a)*x")
    with pytest.raises(TooManySteps):
        match_at(pattern, Attempt("a" * 40, 40), 0, full=False)


def test_work_counts_lines_and_steps():
    from dtcheck.workreport.figures import find_figures

    lines = work(find_figures, "完成3个项目。")
    assert 50 < lines < 1000
    assert work(find_figures, "完成3个项目。") == lines
    assert work(find_figures, "完成3个项目。", regexes=DRAFTING) > lines + 100
