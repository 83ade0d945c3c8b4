"""Fixtures that tests share: the program, run in this process, and the real targets file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

# Before any helper imports openpyxl: tests are to read workbooks with the parser that users have.
import dtcheck.standard_xml  # noqa: F401

# isort: split
import pytest
from forms import Form, save
from making import SMALL, write
from running import ROOT, Run

from dtcheck.cli.app import main
from dtcheck.targets import TargetsFile, load_targets


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what asks for a system that this one isn't, before any fixture is made."""
    for name, is_here in (("posix", os.name == "posix"), ("windows", os.name == "nt")):
        mark = item.get_closest_marker(name)
        if mark is not None and not is_here:
            pytest.skip(f"{name}: {mark.args[0]}")


@pytest.fixture(scope="session")
def real() -> TargetsFile:
    return load_targets(ROOT / "targets.yaml")


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Run]:
    """Run ``dtcheck ARGS`` in this process, 80 columns wide, and return what it left."""
    for name in ("DTCHECK_TARGETS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def running(*args: str | Path) -> Run:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as exit_info:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return Run(int(exit_info.value.code or 0), out.decode("utf-8"), err.decode("utf-8"))

    return running


@pytest.fixture
def verify(run, tmp_path, monkeypatch):
    """Run verify in an empty folder on files given as text, and return the JSON report."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)

    def verifying(*texts: str | bytes, names: tuple[str, ...] = (), options: tuple[str, ...] = ()):
        names = names or tuple(f"{number}.csv" for number in range(1, len(texts) + 1))
        for name, text in zip(names, texts, strict=True):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = run("verify", *names, "--targets", "targets.yaml", "--format", "json", *options)
        assert done.err == ""
        assert done.json["exit_code"] == done.code
        return done.json

    return verifying


@pytest.fixture
def judge(run, tmp_path, monkeypatch):
    """Write forms as files of ``kind`` and return the JSON report of them all.

    What is no matter here, that a shortfall lacks a reason (DT306), is left out.
    """
    monkeypatch.chdir(tmp_path)

    def judging(*forms: Form, kind: str = "utf-8", options: tuple[str, ...] = ()):
        names = [save(tmp_path, form.name, form, kind) for form in forms]
        options += tuple(option for form in forms for option in form.options)
        targets = ("--targets", str(ROOT / "targets.yaml"), "--ignore", "DT306")
        done = run("verify", *names, *targets, "--format", "json", *options)
        assert done.err == ""
        assert done.json["exit_code"] == done.code
        return done.json

    return judging
