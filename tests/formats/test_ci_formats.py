"""What comes from cells, paths and names must not break out of github, junit and csv."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import etree
from running import ROOT

from dtcheck.formats.csv import safe
from dtcheck.formats.github import escape_message, escape_property

NASTY = "100%\n::error file=x::假的, 行\x1b[31m|<b>&]]>=1+1"


@pytest.fixture
def nasty(tmp_path):
    """A file whose name, header, cells and bureau try to break out."""
    file = tmp_path / "甲,line=9::乙%.csv"
    file.write_text(
        "编号,实际值,单位,期间,填报单位,备注,::warning::列\n"
        f'GY01,48,个,2024-06,发改委,"{NASTY}",x\n'
        f'GY10,"{NASTY}",个,2024-06,"{NASTY}","=HYPERLINK(""http://x"")",x\n'
        f'"{NASTY}",5,个,2024-06,,,x\n',
        encoding="utf-8",
        newline="",
    )
    return file


def test_escaping_by_hand():
    assert escape_message("50%\r\n：, :") == "50%25%0D%0A：, :"
    assert escape_property("a:b,c%") == "a%3Ab%2Cc%25"


def test_github_commands_stay_on_their_lines(run, nasty):
    out = run("verify", nasty, "--format", "github", "--all").out
    lines = out.splitlines()
    commands = [line for line in lines if line.startswith("::")]
    # GY01 is behind; DT203 (100 of what?) and DT307 for GY10, DT201 for the last row, DT103 for the column.
    titles = [line.partition("title=")[2].partition("::")[0].split()[0] for line in commands]
    assert sorted(titles) == ["DT103", "DT201", "DT203", "DT307", "GY01"]
    for line in commands:
        properties = line.partition(" ")[2].partition("::")[0]
        keys = [each.split("=", 1)[0] for each in properties.split(",")]
        assert keys == ["file", "line", "title"]
        assert "甲%2Cline=9%3A%3A乙%25.csv" in properties
        # The column's header stands in the message, where nothing ends it any more.
        assert "%" in line
        assert "\x1b" not in line
    assert not any("::" in line for line in lines if not line.startswith("::"))
    # One line of log a line: nothing that came in made a line of its own.
    assert len(lines) == len(commands) + 4


def test_junit_stays_well_formed(run, nasty):
    out = run("verify", nasty, "--format", "junit").out
    document = etree.fromstring(out.encode())
    etree.XMLSchema(etree.parse(ROOT / "tests" / "data" / "junit.xsd")).assertValid(document)
    [case] = [case for case in document.iter("testcase") if case.get("name").startswith("GY10")]
    assert case.find("failure").get("type") == "DT203"
    # What concerns no target is a case of its file, in a suite of its own at the end.
    last = document.findall("testsuite")[-1]
    assert (last.get("name"), last.get("tests"), last.get("failures")) == ("报数表", "1", "1")
    [file] = last.findall("testcase")
    assert file.get("name") == nasty.as_posix()
    assert file.find("failure").get("type") == "DT201"


@pytest.mark.parametrize(
    ("xml_less", "shown"),
    [
        ("🙂", "🙂"),
        ("\x00", "·"),
        ("\x0b", " "),
        ("\ufffe", "·"),
        ("\ud800", "·"),
    ],
)
def test_junit_replaces_what_xml_cant_hold(xml_less, shown):
    from dtcheck.formats.junit import _xml_text

    assert _xml_text(f"a{xml_less}b") == f"a{shown}b"


def test_csv_is_read_back_and_runs_no_formula(run, nasty):
    out = run("verify", nasty, "--format", "csv").out
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(out[1:], newline=""))}
    assert rows["GY01"]["备注"] == NASTY.replace("\n", " ").replace("\x1b", "·")
    # A figure below zero stays a figure: 48 of 100 is two points under pace.
    assert rows["GY01"]["距序时"] == "-2"
    cells = [cell for row in rows.values() for key, cell in row.items() if key not in NUMBERS]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


NUMBERS = {"实际值", "完成率（%）", "序时进度（%）", "距序时", "距目标", "月均需", "预计全年"}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("\u00a0=1", "'=1"),
        ("-3.2", "-3.2"),
    ],
)
def test_text_cells_are_safe(text, cell):
    assert safe(text) == cell


def test_csv_notes_that_are_formulas_are_defused(run, tmp_path):
    file = tmp_path / "2024-06.csv"
    file.write_text(
        "编号,实际值,填报单位,备注\nZH02,-3.2,财政局,\"=cmd|'/c calc'!A1\"\n", encoding="utf-8"
    )
    out = run("verify", file, "--format", "csv", "--select", "ZH02").out
    [row] = csv.DictReader(io.StringIO(out[1:], newline=""))
    assert (row["备注"], row["实际值"]) == ("'=cmd|'/c calc'!A1", "-3.2")
    # -3.2 against 6.
    assert row["距目标"] == "-9.2"


def test_csv_can_be_checked_again(run, tmp_path):
    """The table a supervisor gets is itself a submission, with the same results."""
    first = run("verify", ROOT / "examples" / "actuals.csv", "--format", "json").json
    table = tmp_path / "again.csv"
    run("verify", ROOT / "examples" / "actuals.csv", "--format", "csv", "-o", table)
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    second = run("verify", table, "--format", "json").json

    def judged(document):
        return {
            each["code"]: (each["status"], each["actual"] and each["actual"]["value"])
            for each in document["results"]
            if each["status"] != "undecided"
        }

    assert judged(second) == judged(first)
    assert [each for each in second["findings"] if each["level"] == "error"] == []


def test_missing_figures_are_one_annotation(run, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("编号,实际值,单位,期间\nGY01,60,个,2024-06\n", encoding="utf-8")
    args = ("verify", file, "--format", "github", "--select", "GY01,GY06,GY10,GY11,GY12")
    # GY06 covers its scope by the year's end only, but is reported monthly: due all the same.
    out = run(*args, "--fail-on", "missing").out
    assert out.splitlines()[0] == "::error title=未填报::4 项应报未报：GY06、GY10、GY11、GY12"
    assert "::" not in run(*args).out


def test_a_shortfall_that_doesnt_count_is_a_warning(run, tmp_path):
    file = tmp_path / "2024-06.csv"
    file.write_text("编号,实际值,单位,备注\nGY10,19,个,雨季\n", encoding="utf-8")
    # 19 of 60 by June.
    args = ("verify", file, "--format", "github", "--select", "GY10")
    assert run(*args).out.startswith("::error ")
    assert run(*args, "--fail-on", "missed").out.startswith("::warning ")
