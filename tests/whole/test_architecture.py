"""docs/architecture.md and CONTRIBUTING.md name what is there."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from running import ROOT

PAGES = [ROOT / "docs" / "architecture.md", ROOT / "docs" / "design.md", ROOT / "CONTRIBUTING.md"]
PATH = re.compile(r"(?<![\w/])(?:dtcheck|tests|docs|examples)/[\w/.-]*[\w/]")
DOTTED = re.compile(r"`(dtcheck(?:\.[A-Za-z_]+)+)`")
ROOMS = sorted(
    path.name
    for path in (ROOT / "dtcheck").iterdir()
    if path.is_dir() and not path.name.startswith("_")
)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_it_names_exists(page):
    named = set(PATH.findall(text_of(page)))
    assert named
    assert {each for each in named if not (ROOT / each).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_it_names_can_be_imported(page):
    for dotted in DOTTED.findall(text_of(page)):
        parent, _, last = dotted.rpartition(".")
        # A function of a package's, or a module itself: judge.verdict.judge, targets.load.
        known = hasattr(import_module(parent), last) or find_spec(dotted) is not None
        assert known, dotted


def test_architecture_names_functions_on_both_paths():
    dotted = DOTTED.findall(text_of(PAGES[0]))
    assert len(set(dotted)) > 20
    assert {each.split(".")[1] for each in dotted} >= set(ROOMS) - {"schemas"}


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: page.name)
def test_every_room_is_named(page):
    text = text_of(page)
    assert [room for room in ROOMS if f"dtcheck/{room}" not in text] == []


def test_tests_stand_in_folders_that_mirror_the_rooms():
    apart = set("whole page support fuzz bench mutation data foundation typed windows".split())
    folders = {
        path.name
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() and not path.name.startswith((".", "_"))
    }
    assert folders - apart == set(ROOMS) - {"schemas"}
    for folder in apart:
        assert f"`tests/{folder}`" in text_of(ROOT / "CONTRIBUTING.md")
