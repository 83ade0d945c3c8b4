"""Folders as arguments: the submissions in them, in an order that is the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path

from dtcheck.reasons import reason
from dtcheck.rules import Finding, Place
from dtcheck.rules.files import EMPTY_FOLDER, OTHER_FORMAT, UNREADABLE

# One path or many.
Paths = str | PathLike[str] | Iterable[str | PathLike[str]]

SUFFIXES = frozenset({".csv", ".xlsx", ".txt", ".tsv"})
# What a clerk may hand in by mistake, and would believe to be handed in.
_OFFICE = frozenset(
    {".xls", ".xlsm", ".xlsb", ".et", ".ods", ".numbers", ".doc", ".docx", ".wps", ".pdf"}
)


def listed_paths(paths: Paths) -> list[str]:
    """Return one path or many as texts; a str is one path, never its letters."""
    one_or_many = [paths] if isinstance(paths, str | PathLike) else paths
    return [fspath(path) for path in one_or_many]


def submission_files(paths: Paths, findings: list[Finding]) -> Iterator[str]:
    """Yield files as they are given, and for a folder what lies in it, sorted, at any depth.

    Lock files of Office (``~$``) and hidden files are skipped, and so is a file of a folder that
    is named itself, or lies in another. What is wrong with a folder goes to ``findings``.
    """
    folders = []
    seen: set[str] = set()
    for path in listed_paths(paths):
        if path != "-" and os.path.isdir(path):  # noqa: PTH112 - never raises
            folders.append(path)
        else:
            seen.add(os.path.realpath(path))
            yield path
    for folder in sorted(folders):
        for file in _within(folder, findings):
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield file


def _within(folder: str, findings: list[Finding]) -> list[str]:
    """Return the submissions of one folder, with findings on what can't be looked at."""
    found: list[str] = []
    before = len(findings)

    def unreadable(error: OSError) -> None:
        problem = f"文件夹打不开：{reason(error)}"
        place = Place(str(error.filename or folder))
        findings.append(Finding(UNREADABLE, problem, "核对路径和权限", place))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for path in (Path(parent, name) for name in names if not _is_hidden(name)):
            suffix = path.suffix.lower()
            if suffix in SUFFIXES and path.is_file():
                found.append(str(path))
            elif suffix in _OFFICE:
                message = f"{suffix} 格式的文件没有检查"
                hint = "是报数表的，另存为 CSV UTF-8 或 .xlsx；不是的，移出文件夹"
                findings.append(Finding(OTHER_FORMAT, message, hint, Place(str(path))))
    if not found and not any(each.rule is UNREADABLE for each in findings[before:]):
        message = "文件夹里没有报数表"
        hint = "核对路径；报数表是 .csv、.xlsx、.txt 或 .tsv 文件"
        findings.append(Finding(EMPTY_FOLDER, message, hint, Place(folder)))
    return sorted(found)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
