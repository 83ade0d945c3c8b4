"""docs/design.md is the contract that the program keeps, and what the code cites."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import click
import pytest
from running import EXAMPLES, ROOT

from dtcheck.actuals import PeriodError, field_named, parse_period
from dtcheck.cli.app import cli
from dtcheck.judge import Status
from dtcheck.rules.catalogue import CATALOGUE
from dtcheck.targets import Measure, Pace
from dtcheck.units import parse_unit

DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([0-9]+)\. (.*?)(?=^## |\Z)", DESIGN, re.MULTILINE | re.DOTALL))
# What a citation looks like: “design §5”, however the lines break.
CITED = re.compile(r"\bdesign[\s#*/]+§\s?([0-9]+)", re.IGNORECASE)


def rows(section: str, columns: int) -> list[list[str]]:
    """Return the cells of a section's tables of so many columns, without their heads."""
    found = []
    lines = SECTIONS[section].splitlines()
    for at, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        head = at + 1 < len(lines) and lines[at + 1].startswith("| ---")
        if line.startswith("| ") and not line.startswith("| ---") and not head:
            found.append(cells)
    return [cells for cells in found if len(cells) == columns]


def test_its_sections_are_counted():
    assert list(SECTIONS) == [str(number) for number in range(1, len(SECTIONS) + 1)]


def test_the_rules_are_those_of_the_catalogue():
    told = {cells[0]: (cells[1], cells[2]) for cells in rows("6", 4)}
    known = {
        rule.id: (
            rule.level.value
            + (", exit 2" if rule.leaves_unjudged else "")
            + (", shown" if rule.is_shown else ""),
            rule.title,
        )
        for rule in CATALOGUE.values()
    }
    assert told == known
    assert [cells[0] for cells in rows("6", 4)] == sorted(CATALOGUE)
    assert all(cells[3].strip() for cells in rows("6", 4))


def test_rules_cited_elsewhere_in_it_exist():
    assert set(re.findall(r"DT[0-9]{3}", DESIGN)) <= CATALOGUE.keys()


def test_its_statuses_are_the_programs():
    told = [cells for cells in rows("5", 5) if cells[0] in set(Status)]
    assert [cells[0] for cells in told] == [status.value for status in Status]
    for value, label, sign, light, _ in told:
        status = Status(value)
        assert (label, sign, light) == (status.label, status.light.sign, status.light)


def test_its_measures_and_paces_are_the_programs():
    values = {cells[0]: cells[2] for cells in rows("3", 3)}
    for key, known in (("`measure`", Measure), ("`pace`", Pace)):
        assert all(f"`{each.value}`" in values[key] for each in known)


def test_its_headers_are_recognised():
    accepted = [cells for cells in rows("4", 3) if cells[1] != "accepted headers"]
    assert len(accepted) == 9
    for field, headers, _ in accepted:
        for header in re.split("[,;] ", headers.removesuffix(" and the like")):
            found = field_named(header)
            assert found is not None, header
            assert found.value == field


def test_its_periods_are_read():
    text = SECTIONS["4"].split("Periods: ")[1].split("`2024.1`")[0]
    cumulative, partial = text.split("`二季度` alone")
    written = re.findall("`([^`]+)`", cumulative)
    assert len(written) > 15
    for each in written:
        assert parse_period(each, 2024).year == 2024
    with pytest.raises(PeriodError, match="上半年"):
        parse_period("二季度", 2024)
    assert "DT205" in partial


def test_its_units_are_known():
    text = SECTIONS["4"].split("Units: ")[1].split("; each with")[0]
    listed = re.findall(r"[%‰㎡]|[a-zA-Z]+|[\u4e00-\u9fff]+(?:/[\u4e00-\u9fff]+)?", text)
    units = {each for each in listed if not each.isascii() or each in ("%", "km", "kW", "MW", "GW")}
    assert len(units) > 35
    assert {each for each in units if parse_unit(each) is None} == set()


def test_its_document_is_what_verify_writes(run):
    document = run("verify", EXAMPLES / "2024-q1.csv", "--format", "json").json
    shape = SECTIONS["8"].split("```")[1]
    keys = re.findall(r'"([a-z_0-9]+)"', re.sub(r'"<version>"|"2024-06"', "", shape))
    goal = document["results"][0]
    told = [
        *document,
        *document["targets"],
        *document["summary"],
        *document["sections"][0],
        *goal,
        *goal["goal"],
        *next(each["actual"] for each in document["results"] if each["actual"]),
        *document["findings"][0],
        "cell",
    ]
    assert set(keys) == set(told)
    results = shape.split('"results"')[1].split('"findings"')[0]
    written = [key for key in re.findall(r'"([a-z_]+)"', results) if key in goal]
    assert list(dict.fromkeys(written)) == [key for key in goal if key in written]
    assert json.dumps(document["schema"]) == re.search(r'"schema": ([0-9]+)', shape)[1]


def test_every_command_is_named_with_its_options():
    context = click.Context(cli)
    lines = [line for line in SECTIONS["7"].splitlines() if line.startswith("dtcheck ")]
    assert {line.split()[1] for line in lines} == set(cli.list_commands(context))
    synopsis = SECTIONS["7"].split("```")[1]
    for name in ("verify", "digest", "template"):
        shown = synopsis.split(f"dtcheck {name}")[1].split("\ndtcheck")[0]
        told = set(re.findall(r"-[a-z-]+", shown))
        for param in cli.get_command(context, name).params:
            if isinstance(param, click.Option) and "--help" not in param.opts:
                assert told & set(param.opts), (name, param.opts)


def cited() -> list[tuple[str, str]]:
    """Return what the project's own files cite, with the file."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    ).stdout.split("\n")
    names = [name for name in listed if name.endswith((".py", ".md", ".yaml", ".yml", ".toml"))]
    if not names:
        pytest.skip("not a checkout")
    found = []
    for name in names:
        path = ROOT / name
        if path.is_file():
            found += [(name, each) for each in CITED.findall(path.read_text(encoding="utf-8"))]
    return found


def test_what_is_cited_of_it_exists():
    found = cited()
    assert len(found) > 25
    assert {(name, section) for name, section in found if section not in SECTIONS} == set()


def test_no_other_contract_is_cited():
    """A file that isn't in the repository can't be looked up."""
    elsewhere = re.compile("DESIGN" + r"[\s#*]*(?:§|[0-9]|\.md)")
    for name, _ in cited():
        assert not elsewhere.search((ROOT / name).read_text(encoding="utf-8")), name
