"""Which targets file, and its bytes; what reads YAML is imported when there is some to read."""

from __future__ import annotations

import os
from os import PathLike, fspath
from pathlib import Path

from dtcheck.reasons import reason
from dtcheck.rules import Finding, Place, shown_path
from dtcheck.rules.targets import BROKEN_YAML, MISSING_KEY
from dtcheck.targets.model import TargetsFile

TARGETS_VARIABLE = "DTCHECK_TARGETS"
# Some 500 targets in full. The tree of a file takes up to 200 times its size, and lint and guesses
# compare each name with all others.
_MAX_BYTES = 250_000
_MOST_IN_TEXT = 20


class TargetsError(Exception):
    """The targets file can't be used; ``findings`` says everything that is wrong with it."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        lines = [f"{each.place}：{each.message}。{each.hint}" for each in self.findings]
        more = len(lines) - _MOST_IN_TEXT
        return "\n".join(lines[:_MOST_IN_TEXT] + [f"另有 {more} 处"] * (more > 0))


def default_path() -> Path:
    """Where the targets file is: the environment's, else the one installed with the program.

    In a checkout, and so in an editable install, that is the top-level ``targets.yaml``.
    """
    if chosen := os.environ.get(TARGETS_VARIABLE):
        return Path(chosen)
    return _bundled()


def short_path(path: str) -> str:
    """Return the path of a targets file as people are told it, where it isn't short as it is.

    Which file it was tell its number of targets and its hash beside it.
    """
    given = Path(path)
    if not given.is_absolute():
        return path
    try:
        here = Path.cwd()
    except OSError:
        here = None
    if here and given.is_relative_to(here):
        return given.relative_to(here).as_posix()
    return f"自带的 {given.name}" if given == _bundled() else f"…/{given.parent.name}/{given.name}"


def _bundled() -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / "targets.yaml"
    return installed if installed.is_file() else package.parent / "targets.yaml"


def load_targets(
    path: str | PathLike[str] | None = None, *, may_be_empty: bool = False
) -> TargetsFile:
    """Read and validate a targets file. Raises TargetsError with all findings at once.

    A draft without a target (``sections: []``) is one only where it ``may_be_empty``.
    """
    from dtcheck.targets.load import load

    shown = shown_path(fspath(path if path is not None else default_path()))
    loaded, findings = load(_read(shown), shown)
    if loaded is None or findings:
        raise TargetsError(sorted(findings, key=lambda finding: finding.place.line or 0))
    if not loaded.targets and not may_be_empty:
        hint = (
            "草稿没有读出当年的指标：在报告中补上当年部分的标题，再用 dtcheck targets new 起草，"
            "或在 sections 中写上第一个板块"
        )
        raise TargetsError([Finding(MISSING_KEY, "没有一个指标", hint, Place(shown))])
    return loaded


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        problem = f"目标文件打不开：{reason(error)}"
        hint = f"核对 --targets、{TARGETS_VARIABLE} 或 pyproject.toml 里 targets 所写的路径"
        raise TargetsError([Finding(BROKEN_YAML, problem, hint, Place(path))]) from None
    if len(raw) > _MAX_BYTES:
        hint = "一份报告的目标文件只有几十 KB，核对路径"
        raise TargetsError([Finding(BROKEN_YAML, "目标文件太大", hint, Place(path))])
    return raw
