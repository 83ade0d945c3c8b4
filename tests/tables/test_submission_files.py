"""Dropping a file (or a folder of files) into submissions/good or submissions/bad is adding a test.

Good ones are read without an error. The name of a bad one starts with the rule that must find
it: DT203-unknown-unit.csv.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dtcheck.rules import Level
from dtcheck.rules.catalogue import CATALOGUE

SUBMISSIONS = Path(__file__).parent.parent / "data" / "submissions"
GOOD = sorted((SUBMISSIONS / "good").iterdir())
BAD = sorted((SUBMISSIONS / "bad").iterdir())
LEAVE_UNJUDGED = ("DT101", "DT102", "DT112")


def verify(run, path):
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    return run("verify", *files, "--format", "json", "--fail-on", "data")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good(run, path):
    done = verify(run, path)
    assert [f for f in done.json["findings"] if f["level"] == "error"] == []
    assert any(result["actual"] for result in done.json["results"])
    assert done.code == 0


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_bad(run, path):
    rule = path.name[:5]
    done = verify(run, path)
    assert rule in {finding["rule"] for finding in done.json["findings"]}
    errors = {f["rule"] for f in done.json["findings"] if f["level"] == "error"}
    # No other error than the one it is named after.
    assert errors == ({rule} if CATALOGUE[rule].level is Level.ERROR else set())
    assert done.code == (2 if rule in LEAVE_UNJUDGED else 1 if errors else 0)
    shown = run("verify", *sorted(path.rglob("*.csv")) if path.is_dir() else [path], "--all")
    assert rule in shown.out


def test_the_folders_are_not_empty():
    assert len(GOOD) >= 10
    assert len(BAD) >= 25
