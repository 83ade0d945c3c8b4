"""Workbooks are read with the standard library's XML parser, though lxml is installed for Word files."""

from __future__ import annotations

import subprocess
import sys

import pytest
from openpyxl import Workbook
from running import ROOT

READ = """
import sys
{before}
import dtcheck
file = dtcheck.load_targets()
found = dtcheck.read_submissions(sys.argv[1], file)
import openpyxl
{after}
assert openpyxl.LXML is False
assert found.actuals["GY01"], found.findings
from openpyxl.xml.functions import Element, fromstring
assert fromstring.__module__ == Element.__module__ == "xml.etree.ElementTree"
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "assert 'lxml' not in sys.modules"),
        ("import lxml.etree as mine", "assert sys.modules['lxml.etree'] is mine"),
        ("import docx", "assert docx.Document()"),
        ("", "import lxml.etree"),
    ],
    ids=["alone", "beside lxml", "beside python-docx", "before lxml"],
)
def test_openpyxl_is_on_the_standard_parser(before, after, tmp_path):
    book = Workbook()
    for row in (["编号", "实际值", "期间"], ["GY01", 60, "2024-06"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", READ.format(before=before, after=after), tmp_path / "a.xlsx"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "module",
    ["dtcheck.tables.xlsx", "dtcheck.blank_forms.xlsx", "dtcheck.workbooks", "dtcheck.marking"],
)
def test_whichever_room_comes_first(module):
    code = f"import {module}, openpyxl, sys; sys.exit(openpyxl.LXML or 'lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
