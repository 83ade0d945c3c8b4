"""What the README shows is what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from readme import README, commands, refreshed

from dtcheck.targets import load_targets


def test_every_output_shown_is_what_the_command_prints_now():
    text = README.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run: make docs"


def test_every_other_command_is_a_target_of_the_makefile():
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    others = [
        words
        for command in commands(README.read_text(encoding="utf-8"))
        if (words := command.split())[0] != "dtcheck"
    ]
    assert others
    for program, target, *_ in others:
        assert program == "make"
        assert f"\n{target}: " in makefile


def test_the_number_of_targets_it_names(real):
    assert f"{len(real.targets)} 项量化目标" in README.read_text(encoding="utf-8")


def test_the_block_it_quotes_is_in_the_targets_file(tmp_path: Path):
    text = README.read_text(encoding="utf-8")
    block = text.split("```yaml\n")[1].split("```")[0]
    target = load_targets().by_code["GY01"]
    assert f"phrase: {target.phrase}\n" in block
    assert '"> 100 个"' in block
    assert "baseline: 91 个" in block


# What stands for a reader's own files in the README's indented commands.
THEIRS = {
    "报告.txt": "tests/data/reports/qinghe-2026.txt",
    "submissions": "examples/submissions",
    "submissions/": "examples/submissions",
    "actuals.csv": "examples/actuals.csv",
    "科技局.xlsx": "examples/gb18030.csv",
}


def written_commands() -> list[str]:
    """Return the indented commands of the README, without their comments."""
    lines = README.read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].strip() for line in lines if line.startswith("    dtcheck ")]


@pytest.mark.parametrize("command", written_commands())
def test_every_other_command_shown_does_something(command, run, tmp_path, monkeypatch):
    words = command.split()[1:]
    root = README.parent
    (tmp_path / "out").mkdir()
    for index, word in enumerate(words):
        if words[index - 1] in ("-o", "--output"):
            words[index] = str(tmp_path / "out" / word)
        elif word in THEIRS:
            words[index] = THEIRS[word]
        elif word.endswith("/*.csv"):
            words[index] = "examples/actuals.csv"
    monkeypatch.chdir(root)
    done = run(*words)
    # Judged or audited, with something flagged or not; never a usage or an internal error.
    assert done.code in (0, 1), done.err
    assert done.out or done.err or list((tmp_path / "out").iterdir())
