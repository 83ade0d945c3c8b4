"""What somebody needs who takes the project over: licence, metadata, changelog, forms for issues."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from email import message_from_bytes

import pytest
import yaml
from installing import checkout
from running import ROOT

import dtcheck
from dtcheck.rules.catalogue import CATALOGUE

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by the setuptools at hand."""
    here = checkout(tmp_path_factory.mktemp("wheel") / "checkout")
    command = "from setuptools.build_meta import build_wheel; build_wheel('dist')"
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", command],
        cwd=here,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    [path] = (here / "dist").glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_the_wheel_carries_the_licence(wheel):
    [name] = [name for name in wheel.namelist() if name.endswith("LICENSE")]
    ours = (ROOT / "LICENSE").read_bytes()
    assert wheel.read(name) == ours
    assert b"MIT License" in ours
    assert b"Copyright (c) 2026 dtcheck contributors" in ours


def test_the_wheel_says_whose_it_is(wheel):
    [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    told = message_from_bytes(wheel.read(name))
    assert told["Author"] == "dtcheck contributors"
    assert "MIT" in (told["License"] or told["License-Expression"])
    assert told["License-File"] == "LICENSE"
    assert "序时进度" in wheel.read(name).decode("utf-8").split("Keywords:")[1].split("\n")[0]
    assert "# dtcheck" in wheel.read(name).decode("utf-8")


def test_the_wheel_carries_the_targets_file(wheel):
    assert wheel.read("dtcheck/targets.yaml") == (ROOT / "targets.yaml").read_bytes()


def test_no_python_is_promised_that_is_too_old():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    oldest = setup["options"]["python_requires"].removeprefix(">=3.")
    named = re.findall(r"Python :: 3\.([0-9]+)", setup["metadata"]["classifiers"])
    assert named
    assert min(map(int, named)) == int(oldest)


def changelog() -> str:
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_changelog_has_the_version_and_a_policy():
    heads = re.findall(r"^## (.*)$", changelog(), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert dtcheck.__version__ in heads
    policy = changelog().partition("\n## ")[0]
    for word in ("minor", "major", "`schema`", "Never", "exit codes"):
        assert word in policy


def test_every_entry_begins_with_what_changes_for_the_same_file():
    unreleased = changelog().split("## Unreleased")[1].split("\n## ")[0]
    entries = re.findall(r"^### .*\n\n(.*)$", unreleased, re.MULTILINE)
    assert entries
    assert all(entry.startswith("- Verdicts: ") for entry in entries)


def test_rules_that_the_changelog_names_were_never_reused():
    assert set(re.findall("DT[0-9]{3}", changelog())) <= CATALOGUE.keys()


@pytest.mark.parametrize("form", sorted(FORMS.glob("[!c]*.yml")), ids=lambda form: form.stem)
def test_the_forms_for_issues(form):
    """As GitHub's schema for issue forms has it."""
    told = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert told.keys() <= {"name", "description", "title", "labels", "body", "assignees"}
    assert told["name"]
    assert told["description"]
    ids = [part["id"] for part in told["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for part in told["body"]:
        kind, said = part["type"], part["attributes"]
        assert kind in {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        assert part.keys() <= {"type", "id", "attributes", "validations"}
        assert part.get("validations", {}).keys() <= {"required"}
        if kind == "markdown":
            assert said.keys() == {"value"}
            continue
        assert re.search("[\u4e00-\u9fff]", said["label"])
        known = {"label", "description", "placeholder", "value", "options", "render", "multiple"}
        assert said.keys() <= known
        assert bool(said.get("options")) is (kind in {"dropdown", "checkboxes"})


def test_the_form_for_a_misread_table_asks_for_what_is_needed():
    told = yaml.safe_load((FORMS / "misread.yml").read_text(encoding="utf-8"))
    assert told["name"] == "一张表读错了"
    asked = {
        part["id"]
        for part in told["body"]
        if part.get("validations", {}).get("required") or part["type"] == "checkboxes"
    }
    assert asked == {"table", "command", "was", "right", "version", "saved", "public"}


def test_blank_issues_stay_possible():
    told = yaml.safe_load((FORMS / "config.yml").read_text(encoding="utf-8"))
    assert told["blank_issues_enabled"] is True
