"""Shell completion: what is offered, and that the scripts work in the shells that are here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from click.shell_completion import ShellComplete
from running import ROOT, run_process

from dtcheck.cli.app import cli


def offered(*args: str, incomplete: str = "") -> dict[str, str | None]:
    """What Tab offers after ``dtcheck ARGS``: completion and help."""
    shell = ShellComplete(cli, {}, "dtcheck", "_DTCHECK_COMPLETE")
    return {item.value: item.help for item in shell.get_completions(list(args), incomplete)}


@pytest.fixture(autouse=True)
def _away(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DTCHECK_TARGETS", raising=False)


@pytest.mark.parametrize("command", [("verify",), ("targets", "list")])
def test_codes_after_select(command):
    found = offered(*command, "--select", incomplete="GY0")
    assert list(found) == [f"GY0{number}" for number in range(1, 10)]
    assert found["GY01"] == "新开工亿元以上项目"
    assert offered(*command, "--select", incomplete="G")["GY"] == "工业"
    # As in a list, and in small letters.
    assert "GY01,CX17" in offered(*command, "--select", incomplete="GY01,cx1")
    assert len(offered(*command, "--select")) == 109 + 8


def test_bureaus_after_lead():
    assert offered("verify", "--lead", incomplete="科") == {
        "科学技术局": "科学技术局",
        "科技局": "科学技术局",
    }
    assert "统计局" in offered("targets", "list", "--lead")


def test_rules_after_ignore():
    found = offered("verify", "--ignore", incomplete="DT3")
    assert found["DT306"] == "没有完成，也没有说明原因"
    # Errors can't be ignored, so they aren't offered.
    assert not [rule for rule in offered("verify", "--ignore") if rule in ("DT101", "DT202")]
    assert "DT306,DT305" in offered("verify", "--ignore", incomplete="DT306,DT30")


def test_formats_levels_and_files():
    assert set(offered("verify", "--format", incomplete="j")) == {"json", "junit"}
    assert "missed" in offered("verify", "--fail-on")
    shell = ShellComplete(cli, {}, "dtcheck", "_DTCHECK_COMPLETE")
    assert [item.type for item in shell.get_completions(["verify"], "sub")] == ["file"]


def test_topics_to_explain():
    """Whatever has a page: targets, rules, states; sections and bureaus have a list."""
    found = offered("explain")
    assert found["GY01"] == "新开工亿元以上项目"
    assert found["DT202"] == "实际值不是数"
    assert (found["GY"], found["工业"], found["欠序时"]) == ("工业", "板块", "状态")
    assert list(offered("explain", incomplete="未")) == ["未完成", "未填报", "未到期"]
    assert offered("explain", incomplete="科技")["科技局"] == "科学技术局"
    assert list(offered("explain", incomplete="gy01")) == ["GY01"]


def test_own_targets_are_completed(tmp_path):
    own = (
        (ROOT / "targets.yaml")
        .read_text(encoding="utf-8")
        .replace("新开工亿元以上项目", "本地项目")
    )
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    args = ("verify", "--targets", "own.yaml", "--select")
    assert offered(*args, incomplete="GY01") == {"GY01": "本地项目"}
    (tmp_path / "pyproject.toml").write_text(
        '[tool.dtcheck]\ntargets = "own.yaml"', encoding="utf-8"
    )
    assert offered("verify", "--select", incomplete="GY01") == {"GY01": "本地项目"}


def test_broken_targets_and_settings_offer_nothing_and_raise_nothing(tmp_path):
    (tmp_path / "broken.yaml").write_text("a: [", encoding="utf-8")
    assert offered("verify", "--targets", "broken.yaml", "--select") == {}
    assert offered("verify", "--targets", "broken.yaml", "--lead") == {}
    (tmp_path / "pyproject.toml").write_text("[tool.dtcheck]\nwrong = 1", encoding="utf-8")
    assert "missed" in offered("verify", "--fail-on")


# What each script tells its shell to run for dtcheck.
REGISTERED = {
    "bash": "complete -o nosort -F _dtcheck_completion dtcheck",
    "zsh": "compdef _dtcheck_completion dtcheck",
    "fish": 'complete --no-files --command dtcheck --arguments "(_dtcheck_completion)";',
}


@pytest.mark.parametrize("shell", REGISTERED)
def test_the_scripts_are_of_their_shell(run, shell):
    done = run("completion", shell)
    assert done.code == 0
    assert f"_DTCHECK_COMPLETE={shell}_complete" in done.out
    assert REGISTERED[shell] in done.out
    # What opens is closed, and where the shell itself is here, it finds nothing to complain of.
    for opened, closed in ("()", "[]", "{}"):
        assert done.out.count(opened) == done.out.count(closed)
    if program := shutil.which(shell):
        check = subprocess.run([program, "-n"], input=done.out.encode(), check=False)
        assert check.returncode == 0


@pytest.mark.parametrize(
    ("shell", "number", "answer"),
    [
        ("bash", "3", "plain,科学技术局\nplain,科技局\n"),
        ("zsh", "3", "plain\n科学技术局\n科学技术局\nplain\n科技局\n科学技术局\n"),
        # fish gives the word itself in place of its number.
        ("fish", "科", "plain,科学技术局\t科学技术局\nplain,科技局\t科学技术局\n"),
    ],
)
def test_what_the_scripts_are_answered(shell, number, answer):
    """Asked as each script asks, for ``dtcheck verify --lead 科``."""
    asked = {"COMP_WORDS": "dtcheck verify --lead 科", "COMP_CWORD": number}
    done = run_process(_DTCHECK_COMPLETE=f"{shell}_complete", **asked)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").replace("\r", "") == answer


def test_another_shell_is_a_usage_error(run):
    done = run("completion", "cmd")
    assert (done.code, "bash、zsh、fish" in done.err) == (2, True)


@pytest.fixture
def program(tmp_path):
    """A folder with a ``dtcheck`` in it, as installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "dtcheck"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dtcheck "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def ask(shell: list[str], script: str, program, cwd) -> list[str]:
    env = {
        **os.environ,
        "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run([*shell, script], capture_output=True, check=True, env=env, cwd=cwd)
    return done.stdout.decode().split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes(program, tmp_path):
    """The script is sourced in a real bash, and its function called as Tab does."""
    script = """
        source <(dtcheck completion bash)
        complete -p dtcheck >/dev/null || exit 1
        COMP_WORDS=(dtcheck verify --select GY2); COMP_CWORD=3; COMPREPLY=()
        _dtcheck_completion dtcheck 2>/dev/null
        echo "${COMPREPLY[@]}"
    """
    found = ask(["bash", "--norc", "-c"], script, program, tmp_path)
    assert found == [f"GY2{number}" for number in range(8)]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_completes(program, tmp_path):
    script = "dtcheck completion fish | source; complete -C 'dtcheck verify --lead 科'"
    assert "科技局" in ask(["fish", "--no-config", "-c"], script, program, tmp_path)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_takes_the_script(program, tmp_path):
    script = """
        autoload -Uz compinit && compinit -u -D
        source <(dtcheck completion zsh)
        echo ${_comps[dtcheck]}
    """
    assert ask(["zsh", "-f", "-c"], script, program, tmp_path) == ["_dtcheck_completion"]
