"""docs/cli.md is what the program says of itself."""

from __future__ import annotations

import importlib.util

import pytest
from running import ROOT


@pytest.fixture
def generate():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_up_to_date(generate):
    assert generate.main(["--check"]) == 0, "make docs"


def test_a_stale_reference_is_noticed(generate, tmp_path, capsys):
    generate.PAGE = tmp_path / "cli.md"
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    text = generate.PAGE.read_text(encoding="utf-8")
    generate.PAGE.write_text(text.replace("--strict", "--stricter"), encoding="utf-8")
    assert generate.main(["--check"]) == 1
    assert "make docs" in capsys.readouterr().err


def test_every_command_and_option_is_in_it(generate):
    import click

    from dtcheck.cli.app import cli
    from dtcheck.cli.chinese import subcommands

    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

    def walk(command, path):
        assert f"## {path}\n" in text
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.opts[-1] in text
        if isinstance(command, click.Group):
            for name, sub in subcommands(command, click.Context(command)):
                walk(sub, f"{path} {name}")

    walk(cli, "dtcheck")


def test_make_check_runs_it():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    assert "docs/generate.py --check" in check
