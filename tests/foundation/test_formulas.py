"""One guard against formulas for every CSV and workbook that is written."""

from __future__ import annotations

import csv
import io

import pytest
from making import SMALL
from openpyxl import load_workbook

from dtcheck.formulas import as_text, is_formula

FORMULAS = [
    *("=1+1", "+A1", "-x", "@SUM(A1)", "-", "--1", "+1+cmd|x", "-3+cmd", "-3.2.1", "-3.2亿元"),
    *("＝1+1", "＋A1", "－x", "＠SUM(A1)"),
    # What a spreadsheet drops, it may drop before it looks for a sign.
    *("\t=1", "\r=1", "\n=1", "\r\n=1", " =1", "\u00a0=1", "\u3000＝1", "\ufeff=1", "\u200b=1"),
    "\x00=1",
]
TEXTS = [
    *("", " ", "新开工", "≥100个", "1=1", "a@b.cn", "%=", "—", "−3.2", "'=1"),
    # Numbers stay numbers.
    *("-3.2", "+3%", "+8610", "-1,234.5", "－３．２％", " -5 "),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text(text):
    assert is_formula(text)
    assert as_text(text) == "'" + text


@pytest.mark.parametrize("text", TEXTS)
def test_texts_and_numbers_stay_as_they_are(text):
    assert not is_formula(text)
    assert as_text(text) == text


NAMES = ["=1+1", "＝1+1", "\\t=1", "\\r=1", "@SUM(A1)", "-1+1"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["form.csv", "form.xlsx", "verify.csv"])
def test_no_written_cell_is_a_formula(name, kind, run, tmp_path):
    targets, out = tmp_path / "t.yaml", tmp_path / kind
    # GY01 gets a name that YAML writes with escapes, so that a tab or a line end is in it.
    targets.write_text(SMALL.replace("name: 新开工项目", f'name: "{name}"'), encoding="utf-8")
    if kind == "verify.csv":
        sheet = tmp_path / "a.csv"
        sheet.write_text("编号,实际值,单位\nGY01,60,个\n", encoding="utf-8")
        run("verify", sheet, "--targets", targets, "--format", "csv", "-o", out)
    else:
        run("template", "--targets", targets, "--select", "GY01", "-o", out)
    shown = name.removeprefix("\\t").removeprefix("\\r")
    if kind == "form.xlsx":
        cell = load_workbook(out).worksheets[0]["B4"]
        assert (cell.value.strip(), cell.data_type, cell.quotePrefix) == (shown, "s", True)
    else:
        rows = list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
        assert rows[1][1].replace(" ", "") == "'" + shown
