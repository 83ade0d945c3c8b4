"""A plain form stays plain: the right figures, and not one error or warning."""

from __future__ import annotations

import csv

import pytest
from forms import ALL_KINDS, Form, check, of_level, used
from plain_forms import BUREAUS
from plain_makes import BOOKS, OTHERS
from running import ROOT

from dtcheck.targets import Op, load_targets

FORMS = BUREAUS | OTHERS
TARGETS = load_targets(ROOT / "targets.yaml")


def test_forty_forms_and_every_bureau():
    assert len(FORMS) + len(BOOKS) >= 44
    leads = {TARGETS.by_code[code].lead for form in BUREAUS.values() for code in form.figures}
    assert leads == {target.lead for target in TARGETS.targets}


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_plain_form(judge, form, kind):
    assert form.errors == form.warnings == ()
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("form", BOOKS.values(), ids=BOOKS)
def test_a_plain_workbook(judge, form):
    assert form.errors == form.warnings == ()
    check(judge(form, kind="xlsx"), form)


def test_all_bureaus_of_a_month_at_once(judge):
    forms = [
        Form(form.text, name=f"2024-06/{number}局", merged=form.merged)
        for number, form in enumerate(BUREAUS.values(), 1)
    ]
    document = judge(*forms, kind="xlsx")
    figures: dict[str, float] = {}
    for form in BUREAUS.values():
        figures |= form.figures
    assert used(document) == figures
    assert of_level(document, "error") == of_level(document, "warning") == []
    assert (document["as_of"], document["exit_code"]) == ("2024-06", 0)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_our_own_template_blank(run, tmp_path, monkeypatch, suffix):
    """Last year's results stand in it; they are nobody's actuals, and nothing is read."""
    monkeypatch.chdir(tmp_path)
    targets = ("--targets", str(ROOT / "targets.yaml"))
    run("template", *targets, "--as-of", "2024-06", "-o", f"报数表{suffix}")
    done = run("verify", f"报数表{suffix}", *targets, "--format", "json")
    assert (used(done.json), done.code) == ({}, 0)
    assert of_level(done.json, "error") == of_level(done.json, "warning") == []


def test_our_own_template_filled_in(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    targets = ("--targets", str(ROOT / "targets.yaml"))
    run("template", *targets, "--as-of", "2024-12", "-o", "报数表.csv")
    path = tmp_path / "报数表.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    figures = {}
    for line in lines:
        target = TARGETS.by_code[line["编号"]]
        # The goal itself; a limit is kept by 0; what must be exceeded, by a little.
        if target.goal.op is Op.ASSIGNED:
            continue
        value = target.goal.value + (1 if target.goal.op is Op.OVER else 0)
        value -= 1 if target.goal.op is Op.UNDER else 0
        line["实际值"] = str(float(value)) if value.denominator > 1 else str(int(value))
        figures[target.code] = float(value)
    # These exceed what last year's end and this year's new ones add up to, by the report itself.
    for line in lines:
        if line["编号"] in {"CX01", "GY17", "GY19"}:
            line["实际值"] = str(int(line["实际值"]) + 10)
            figures[line["编号"]] += 10
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    done = run("verify", "报数表.csv", *targets, "--format", "json")
    assert {code: float(value) for code, value in used(done.json).items()} == figures
    assert of_level(done.json, "error") == []
    assert {each["rule"] for each in of_level(done.json, "warning")} <= {"DT309"}
    assert done.code == 0
