"""What README.md, CONTRIBUTING.md and the pages of docs/ show is what the program does."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from pages import commands, pages, refreshed
from running import ROOT

from dtcheck.cli.app import cli
from dtcheck.targets import load_targets

README = ROOT / "README.md"
PAGES = pages()


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """Return what stands between the fences of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)


def name(value: object) -> str | None:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else None


every_page = pytest.mark.parametrize("page", PAGES, ids=name)


def test_the_readme_is_a_front_page():
    assert len(text_of(README).splitlines()) <= 130
    # It leads to every page but those that measure the project itself, and to all of its own.
    for page in PAGES[1:]:
        assert f"({name(page)})" in text_of(README)


@every_page
def test_every_output_shown_is_what_the_command_prints_now(page):
    text = text_of(page)
    assert refreshed(text) == text, "run: make docs"


def test_a_stale_output_is_noticed():
    shown = "```console\n$ dtcheck --version\ndtcheck 0.0\n$ make test\n```\n"
    assert refreshed(shown) != shown
    assert refreshed(shown) == refreshed(refreshed(shown))
    assert commands(shown) == ["dtcheck --version", "make test"]


@every_page
def test_every_other_command_is_a_target_of_the_makefile(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in commands(text_of(page)):
        program, target, *_ = command.split()
        if program != "dtcheck":
            assert program == "make"
            assert f"\n{target}: " in makefile


def test_the_forms_it_shows_are_those_that_it_checks():
    forms = sorted((ROOT / "examples" / "forms").iterdir())
    shown = blocks(ROOT / "docs" / "verify.md", "csv")
    assert sorted(shown) == sorted(form.read_text(encoding="utf-8") for form in forms)


def test_the_number_of_targets_it_names(real):
    assert f"{len(real.targets)} 项量化目标" in text_of(README)


@pytest.mark.parametrize("page", ["targets.md", "design.md"])
def test_the_block_they_quote_is_in_the_targets_file(page):
    [shown] = (yaml.safe_load(block) for block in blocks(ROOT / "docs" / page, "yaml"))
    real = yaml.safe_load((ROOT / "targets.yaml").read_text(encoding="utf-8"))
    if isinstance(shown, dict):
        [section] = shown.pop("sections")
        [bureau] = shown.pop("bureaus")
        assert shown.items() <= real.items()
        assert bureau["name"] in {each["name"] for each in real["bureaus"]}
        shown = section["targets"]
    blocks_of = {each["code"]: each for part in real["sections"] for each in part["targets"]}
    [block] = shown
    assert block.items() <= blocks_of["GY01"].items()
    assert load_targets(ROOT / "targets.yaml").by_code["GY01"].goal.text == "超100个"


# What stands for a reader's own files in the commands that are shown without an output.
THEIRS = {
    "报告.txt": "tests/data/reports/qinghe-2026.txt",
    "2026报告.txt": "tests/data/reports/tinghe-2026.txt",
    "2025.yaml": "tests/data/reports/tinghe-2025.yaml",
    "2026.yaml": "tests/data/reports/tinghe-2026.yaml",
    "2025实绩.csv": "tests/data/reports/tinghe-2025-results.csv",
    "submissions": "examples/submissions",
    "submissions/": "examples/submissions",
    "submissions/2024-06": "examples/submissions/2024-06",
    "actuals.csv": "examples/actuals.csv",
}


def written_commands() -> list[tuple[Path, str]]:
    """Return the indented commands of the pages and those for Windows, without their comments."""
    found = []
    for page in PAGES:
        windows = "".join(blocks(page, "bat")).replace("\\", "/").splitlines()
        indented = [line for line in text_of(page).splitlines() if line.startswith("    dtcheck ")]
        lines = [line.split("#")[0].strip() for line in (*indented, *windows)]
        found += [(page, line) for line in lines if line.startswith("dtcheck ")]
    return found


def test_no_command_was_overlooked():
    assert len(written_commands()) >= 20
    assert {page.name for page, _ in written_commands()} >= {
        "install.md",
        "verify.md",
        "digest.md",
        "targets.md",
        "ci.md",
    }


@pytest.mark.parametrize(("page", "command"), written_commands(), ids=name)
def test_every_other_command_shown_does_something(page, command, run, tmp_path, monkeypatch):
    words: list[str] = []
    (tmp_path / "out").mkdir()
    for word in command.split()[1:]:
        if words and words[-1] in ("-o", "--output", "--mark", "--results"):
            words.append(str(tmp_path / "out" / word))
        elif re.fullmatch(r"(github|junit|json)=.*", word):
            kind, path = word.split("=")
            words.append(f"{kind}={tmp_path / 'out' / path}")
        elif "*" in word or "[" in word:
            words += sorted(map(name, (ROOT / "examples").glob(word)))
        else:
            words.append(THEIRS.get(word, word))
    monkeypatch.chdir(ROOT)
    done = run(*words)
    # Judged or audited, with something flagged or not; never a usage or an internal error.
    assert done.code in (0, 1), done.err
    assert done.out or done.err or list((tmp_path / "out").iterdir())


def inline_commands() -> list[tuple[Path, str]]:
    """Return the commands within the sentences and tables of the pages."""
    return [
        (page, command)
        for page in PAGES
        for command in re.findall(r"(?<!`)`(dtcheck [a-z][^`]*)`", text_of(page))
    ]


@pytest.mark.parametrize(("page", "command"), inline_commands(), ids=name)
def test_every_command_in_a_sentence_is_one(page, command):
    """Its names are known: those of its options, of its command, and what may be chosen."""
    found: click.Command | None = cli
    words = command.split()[1:]
    while isinstance(found, click.Group) and words:
        found = found.get_command(click.Context(found), words.pop(0))
    assert found is not None
    known = {option for param in found.params for option in param.opts} | {"--help"}
    assert {word for word in words if word.startswith("-")} <= known


def test_the_way_to_another_place(run, tmp_path, monkeypatch):
    """The commands of that chapter in their order, on an invented report."""
    monkeypatch.chdir(tmp_path)
    report = (ROOT / THEIRS["报告.txt"]).read_text(encoding="utf-8")
    Path("报告.txt").write_text(report, encoding="utf-8")
    chapter = text_of(ROOT / "docs" / "targets.md").split("## 为另一个地方")[1].split("\n## ")[0]
    told = re.findall("`dtcheck ([^`]*)`", chapter)
    assert [words.split()[:2] for words in told] == [
        ["targets", "new"],
        ["targets", "lint"],
        ["targets", "audit"],
    ]
    for words in told:
        assert run(*words.split()).code in (0, 1)
    drafted = Path("青河-2026.yaml").read_text(encoding="utf-8")
    assert "待核" in drafted
    assert "lead: 待定" in drafted


def examples_in_python() -> list[tuple[Path, str]]:
    return [(page, block) for page in PAGES for block in blocks(page, "python") if ">>> " in block]


@pytest.mark.parametrize(("page", "block"), examples_in_python(), ids=name)
def test_the_examples_in_python(page, block, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("DTCHECK_TARGETS", raising=False)
    example = doctest.DocTestParser().get_doctest(block, {}, str(page), str(page), 0)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.REPORT_NDIFF
    assert doctest.DocTestRunner(optionflags=flags).run(example).failed == 0


def test_an_example_goes_on_from_the_digest():
    [block] = (block for page, block in examples_in_python() if page.name == "digest.md")
    assert block.count(">>> ") > 5


@every_page
def test_no_python_goes_untested(page):
    assert [block for block in blocks(page, "python") if ">>> " not in block] == []


def links(page: Path) -> list[str]:
    tokens = MarkdownIt().enable("table").parse(text_of(page))
    return [
        str(child.attrs["href"])
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=name)
def test_every_link_leads_somewhere(page):
    for link in links(page):
        if re.match("https?:", link):
            continue
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link
