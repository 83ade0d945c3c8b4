"""What the README shows is what the program does."""

from __future__ import annotations

from pathlib import Path

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
