"""Hostile cells, headers, paths and targets files: whatever they hold stays text in every format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from making import SMALL
from markdown_it import MarkdownIt
from running import Run

from dtcheck.formats import FORMATS

NASTY = {
    "terminal escape": "\x1b[31m红\x1b]0;pwned\x07\x1b[2J",
    "C1 escape": "\x9b31m红",
    "bidi override": "60\u202e06\u2066x\u2069",
    "invisible": "a\u200bb\u00adc\ufeffd\u2060e",
    "backspace": "坏\b\b好\x7f\x0c\x0b",
    "line separators": "一\u2028二\u2029三\x85四",
    "rich markup": "[bold red]x[/bold red]:smile:[link=http://e.x]y[/link]",
    "markdown": "|a|`b`*c*_d_~~e~~[f](javascript:g)![h](http://i.x)<j@k.x>",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;&#60;",
    "github": "::error::pwned%0A::warning::x%25##[error]y",
    "xml": "]]><x/><!--y--><![CDATA[z]]>&amp;",
    "formula": "=cmd|'/c calc'!A1",
    "plus formula": "+1+cmd|x",
    "at formula": "@SUM(1)",
    "full-width formula": '＝HYPERLINK("http://x")',
    "percent": "%s%n%(x)s{0}{x}$x`id`$(id)",
    "combining": "Z" + "\u0301" * 60,
    "astral": "\U0001f4a9\U000e0041\U0010ffff",
}
PLACES = {
    "code": "{0},,60,个,6月,,\n",
    "name": ",{0},60,个,6月,,\n",
    "actual": "GY01,,{0},个,6月,,\n",
    "unit": "GY01,,60,{0},6月,,\n",
    "period": "GY01,,60,个,{0},,\n",
    "bureau": "GY01,,60,个,6月,{0},\n",
    "note": "GY01,,3,个,6月,,{0}\n",
    "layout": "{0},,,,,,\n",
}
HEAD = "编号,指标,实际值,单位,期间,填报单位,备注"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.fixture(scope="module")
def nasty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every nasty text in every place, as a header, and in the name of the file."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [row.format(quoted(text)) for text in NASTY.values() for row in PLACES.values()]
    heads = ",".join([HEAD, *map(quoted, NASTY.values())])
    # Windows takes no control characters, bars, brackets and colons in a name.
    name = "a`,%0A\u202e[red].csv" if os.name == "nt" else "a\x1b[31m|`<b>,::%0A\u202e[red].csv"
    path = folder / name
    path.write_text(heads + "\n" + "".join(rows) + "GY10,,30,个,6月,,\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outputs(nasty_file: Path) -> dict[str, str]:
    """Return what each format makes of the nasty file, everything listed."""
    from dtcheck.actuals import read_submissions
    from dtcheck.formats import Style, render
    from dtcheck.judge import build_report
    from dtcheck.targets import load_targets

    file = load_targets(None)
    report = build_report(file, read_submissions([str(nasty_file)], file))
    # All of it reaches the formats: a text that nothing says anything about proves nothing.
    assert sum(finding.count for finding in report.findings) >= 8 * len(NASTY)
    return {name: render(name, report, Style(everything=True)) for name in FORMATS}


def unwanted(text: str, allowed: str = "\n") -> set[str]:
    return {
        f"U+{ord(mark):04X}"
        for mark in text
        if mark not in allowed and unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@pytest.mark.parametrize("name", FORMATS)
def test_no_control_or_format_character_gets_out(name: str, outputs: dict[str, str]):
    text = outputs[name]
    if name == "csv":
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    assert unwanted(text) == set()


def test_rich_markup_stays_text(outputs: dict[str, str]):
    flat = "".join(outputs["table"].split())
    assert "[boldred]x[/boldred]" in flat
    assert ":smile:" in flat


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {"style"}


def test_markdown_shows_it_as_it_is(outputs: dict[str, str]):
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tags = _Tags()
    tags.feed(page.render(outputs["markdown"]))
    ours = {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong"}
    assert tags.found <= ours


def test_markdown_tables_keep_their_columns(outputs: dict[str, str]):
    page = MarkdownIt("commonmark").enable("table")
    html = page.render(outputs["markdown"])
    for table in re.findall("<table>.*?</table>", html, re.DOTALL):
        rows = re.findall("<tr>.*?</tr>", table, re.DOTALL)
        assert len({len(re.findall("<t[hd]", row)) for row in rows}) == 1
    assert not re.search(r"<p>\|", html)


def test_github_commands_are_only_ours(outputs: dict[str, str]):
    for line in outputs["github"].splitlines():
        ours = re.match(r"::(error|warning|notice) (file|title)=[^:]*::", line)
        rest = line[ours.end() :] if ours else line
        assert ours or "::" not in rest
        assert not rest.startswith("::")
        assert "##[" not in rest or ours
        assert not re.search("%(?!25|0A|0D|3A|2C)", line.replace("%25", "")) or not ours
    assert "pwned%250A::warning" in outputs["github"]


def cells(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        yield from row


def test_no_cell_of_the_csv_is_a_formula(outputs: dict[str, str]):
    for cell in cells(outputs["csv"]):
        if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")):
            assert re.fullmatch(r"-?[0-9.]+", cell)
    widths = {len(row) for row in csv.reader(io.StringIO(outputs["csv"].removeprefix("\ufeff")))}
    assert len(widths) == 1


def test_junit_parses_and_json_keeps_what_was_written(outputs: dict[str, str]):
    assert ET.fromstring(outputs["junit"]).tag == "testsuites"
    said = json.dumps(json.loads(outputs["json"])["findings"], ensure_ascii=False)
    for text in ("[bold red]", "<script>", "%0A", "pwned"):
        assert text in said


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_colour_adds_no_other_escape(text: str, run: Callable[..., Run], tmp_path: Path):
    path = tmp_path / "a.csv"
    rows = "".join(row.format(quoted(text)) for row in PLACES.values())
    path.write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    done = run("verify", path, "--all", "--color", "always")
    assert done.code in (1, 2)
    # Nothing but our own colours: no title, no cursor, no link.
    assert unwanted(re.sub(r"\x1b\[[0-9;]*m", "", done.out)) == set()


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_arguments_come_back_clean(text: str, run: Callable[..., Run], tmp_path: Path):
    for args in (
        ("explain", text),
        ("verify", "a.csv", "--select", text),
        ("verify", "a.csv", "--lead", text),
        ("verify", "a.csv", "--as-of", text),
        ("verify", "a.csv", "--ignore", text),
        ("verify", "a.csv", "--format", text),
        ("verify", "a.csv", "--column", text),
        ("verify", "a.csv", "--targets", text),
        ("verify", text),
        (text,),
    ):
        done = run(*args)
        assert done.code == 2
        assert unwanted(done.out + done.err) == set()


# What YAML can write with escapes, and so could hide in a targets file.
SEEN = ["[bold red]x[/]", "|a|`b`*c*<script>", "::error::x%0A", "=cmd()", "a & b"]


@pytest.mark.parametrize("text", SEEN)
@pytest.mark.parametrize("name", [*FORMATS, "explain", "template"])
def test_a_targets_file_can_name_things_as_it_likes(text, name, run, tmp_path):
    path = tmp_path / "t.yaml"
    written = SMALL.replace("name: 工业\n", f"name: '{text}'\n").replace(
        "name: 新开工项目", f"name: '{text}2'"
    )
    path.write_text(written, encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{HEAD}\nGY01,,3,个,6月,,\n", encoding="utf-8")
    if name == "explain":
        done = run("explain", "GY01", "--targets", path)
    elif name == "template":
        done = run("template", "--targets", path)
        assert not any(cell.startswith("=") for cell in cells(done.out))
    else:
        done = run("verify", tmp_path / "a.csv", "--targets", path, "--format", name, "--all")
    assert done.code in (0, 1)
    if name == "markdown":
        tags = _Tags()
        tags.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(done.out))
        assert not tags.found & {"script", "em", "code"}
    if name == "github":
        assert not any(line.startswith("::error::x") for line in done.out.splitlines())


@pytest.mark.parametrize("escape", [r"\e[31m", r"\a", r"\u202e", r"\u200b", r"\L", r"\x9b"])
def test_invisible_characters_of_a_targets_file_stay_in_it(escape, run, tmp_path):
    path = tmp_path / "t.yaml"
    texts = r"(?m)(place|title|name|heading|phrase|lead): (\w+)(?=[,}\n])"
    path.write_text(re.sub(texts, rf'\1: "\2\\{escape[1:]}x"', SMALL), encoding="utf-8")
    for args in (("targets", "list"), ("explain", "GY01"), ("template",), ("verify", path)):
        done = run(*args, "--targets", path)
        assert done.code == (2 if "verify" in args else 0)
        assert unwanted((done.out + done.err).replace("\r\n", "\n").lstrip("\ufeff")) == set()


def test_a_line_break_in_a_name_is_a_space(run, tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(SMALL.replace("name: 工业\n", 'name: "工\\n\\n# 业"\n'), encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{HEAD}\nGY01,,60,个,6月,,\n", encoding="utf-8")
    out = run("verify", tmp_path / "a.csv", "--targets", path, "--format", "markdown").out
    assert "\n# 业" not in out
