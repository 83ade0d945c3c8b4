"""Folders as arguments: the submissions in them, in an order that is the same everywhere."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from os import PathLike, fspath
from pathlib import Path, PurePath

from dtcheck.paths import real_path
from dtcheck.reasons import reason
from dtcheck.rules import Finding, Place, shown_path
from dtcheck.rules.files import (
    EMPTY_FOLDER,
    LOCK_FILE,
    OTHER_FILES,
    OTHER_FORMAT,
    UNREADABLE,
)

# Read in a folder as they are where they are named, be it to say why they can't be.
TABLES = frozenset(".csv .xlsx .txt .tsv .xls .et .xlsm .xlsb .ods".split())
# What may hold figures, and whose sender believes to have handed them in.
_DOCUMENTS = frozenset(
    """
    .pdf .ofd .doc .docx .wps .rtf .odt .ppt .pptx .dps .numbers .pages .zip .rar .7z .gz .tar .htm .html .mht .mhtml
    .xml .json .eml .msg .dbf .mdb .accdb .jpg .jpeg .png .bmp .gif .tif .tiff .webp .heic .xlt .xltx .xltm .ett
    """.split()
)
_MOST_NAMED = 20

# One path or many.
Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


def listed_paths(paths: Paths) -> list[str]:
    """Return one path or many as texts; a str is one path, never its letters."""
    one_or_many = [paths] if isinstance(paths, str | PathLike) else paths
    return [fspath(path) for path in one_or_many]


def submission_files(
    paths: Paths,
    findings: list[Finding],
    exclude: Collection[str] = (),
    apart: Collection[str] = (),
) -> Iterator[str]:
    """Yield files as they are given, and for a folder what lies in it, sorted, at any depth.

    Lock files of Office (``~$``) are skipped, and in folders hidden files and what ``exclude``
    names: patterns (``*`` and ``?``) of names, or of paths where they have a ``/``. So is a file
    of a folder that is named itself, or lies in another. Folders ``apart``, by their absolute paths,
    are no part of those that they lie in. What is wrong with a folder, and what in
    it is not read, goes to ``findings``.
    """
    folders, locks = [], []
    seen: set[str] = set()
    real_folder = cache(real_path)
    for path in listed_paths(paths):
        if path != "-" and os.path.isdir(path):  # noqa: PTH112 - never raises
            folders.append(path)
        elif PurePath(path).name.startswith("~$"):
            locks.append(path)
        else:
            seen.add(real_path(path))
            yield path
    findings.extend(_of_locks(locks, alone=not seen and not folders))
    for folder in sorted(folders):
        for file in _Folder(folder, exclude, apart).submissions(findings):
            real = _real_path(file, real_folder)
            if real not in seen:
                seen.add(real)
                yield file


def is_searched(folder: str, path: str, exclude: Collection[str]) -> bool:
    """Whether a search of ``folder`` would go into the folder ``path``, be it there or not."""
    try:
        inside = os.path.relpath(real_path(path), real_path(folder))
    except ValueError:  # another drive
        return False
    search = _Folder(folder, exclude)
    parent = folder
    for name in PurePath(inside).parts:
        if name == os.pardir or not search._is_looked_at(parent, name):
            return False
        parent = _joined(parent, name)
    return True


def _joined(parent: str, name: str) -> str:
    """Return the path of what lies in ``parent``, as short as pathlib has it; that takes three times as long."""
    return os.path.join(parent, name).removeprefix(os.curdir + os.sep)  # noqa: PTH118


def _real_path(file: str, real_folder: Callable[[str], str]) -> str:
    """Return the path of a file without links; those of its folder are followed once for all of it."""
    if os.path.islink(file):  # noqa: PTH114 - a str
        return real_path(file)
    folder, name = os.path.split(file)
    return os.path.join(real_folder(folder), name)  # noqa: PTH118


def _of_locks(locks: Iterable[str], *, alone: bool) -> Iterator[Finding]:
    for path in locks:
        place = Place(shown_path(path))
        message = "这是 Office 打开表时留下的临时文件，没有检查"
        yield Finding(LOCK_FILE, message, "要检查的是不带“~$”的那个文件", place)
        if alone:
            message = "命令行给的都是“~$”临时文件，没有报数表"
            yield Finding(EMPTY_FOLDER, message, "写上报数表的文件名", place)
            alone = False


class _Folder:
    """One folder of the command line, and what lies in it at any depth."""

    def __init__(self, path: str, exclude: Iterable[str], apart: Collection[str] = ()) -> None:
        self._path = path
        self._apart = apart
        self._patterns = [_Pattern(each) for each in exclude]
        self._tables: list[str] = []
        self._documents: list[str] = []
        self._others: list[str] = []
        self._excluded = 0

    def submissions(self, findings: list[Finding]) -> list[str]:
        """Return the tables, with findings on what can't be looked at or isn't."""
        unreadable: list[Finding] = []

        def unreached(error: OSError) -> None:
            problem = f"文件夹打不开：{reason(error)}"
            place = Place(shown_path(str(error.filename or self._path)))
            unreadable.append(Finding(UNREADABLE, problem, "核对路径和权限", place))

        for parent, folders, names in os.walk(str(Path(self._path)), onerror=unreached):
            folders[:] = [name for name in sorted(folders) if self._goes_into(parent, name)]
            for name in sorted(names):
                if self._is_looked_at(parent, name):
                    self._sort_in(_joined(parent, name))
        findings.extend(unreadable)
        findings.extend(map(_of_document, self._documents))
        findings.extend(self._on_the_rest())
        if not self._tables and not unreadable:
            findings.append(self._of_nothing())
        return sorted(self._tables)

    def _goes_into(self, parent: str, name: str) -> bool:
        if self._apart and os.path.abspath(os.path.join(parent, name)) in self._apart:  # noqa: PTH100, PTH118
            return False
        if not self._is_looked_at(parent, name):
            return False
        # os.walk doesn't follow it: it may lead back to where it stands.
        if os.path.islink(os.path.join(parent, name)):  # noqa: PTH114, PTH118
            self._others.append(self._inside(os.path.join(parent, name)))  # noqa: PTH118
            return False
        return True

    def _is_looked_at(self, parent: str, name: str) -> bool:
        if name.startswith((".", "~$")):
            return False
        path = os.path.join(parent, name)  # noqa: PTH118 - a str
        if any(each.matches(name, self._inside(path), path) for each in self._patterns):
            self._excluded += 1
            return False
        return True

    def _sort_in(self, path: str) -> None:
        suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 - a str
        # A link that leads nowhere is named: its sender believes that it is a table.
        if suffix in TABLES and (os.path.isfile(path) or not os.path.exists(path)):  # noqa: PTH110, PTH113
            self._tables.append(path)
        elif suffix in _DOCUMENTS:
            self._documents.append(path)
        else:
            self._others.append(self._inside(path))

    def _inside(self, path: str) -> str:
        return shown_path(os.path.relpath(path, self._path))

    def _on_the_rest(self) -> Iterator[Finding]:
        place = Place(shown_path(self._path))
        if self._others:
            more = len(self._others) - _MOST_NAMED
            named = "、".join(each[:80] for each in self._others[:_MOST_NAMED])
            message = (
                f"没有检查其中的 {len(self._others)} 个文件：{named}{'……' if more > 0 else ''}"
            )
            hint = "有报数的，另存为 .xlsx 或 CSV UTF-8；不是的不必理会，或用 exclude 略过"
            yield Finding(OTHER_FILES, message, hint, place)
        if self._excluded:
            message = f"按 exclude 略过了 {self._excluded} 个文件或文件夹"
            hint = "要检查的，从 exclude（pyproject.toml 或 --exclude）中去掉"
            yield Finding(OTHER_FILES, message, hint, place)

    def _of_nothing(self) -> Finding:
        message = "文件夹里没有报数表" + ("（不算 exclude 略过的）" if self._excluded else "")
        hint = "核对路径；报数表是 .xlsx、.xls、.et、.csv、.tsv 或 .txt 文件"
        return Finding(EMPTY_FOLDER, message, hint, Place(shown_path(self._path)))


def _of_document(path: str) -> Finding:
    message = f"{Path(path).suffix.lower()} 格式的文件没有检查"
    hint = "是报数表的，另存为 CSV UTF-8 或 .xlsx；不是的，移出文件夹，或用 exclude 略过"
    return Finding(OTHER_FORMAT, message, hint, Place(shown_path(path)))


class _Pattern:
    """A pattern of ``exclude``: of a name, or with a ``/`` of the end of a path."""

    def __init__(self, written: str) -> None:
        pattern = _plain(written.strip()).removeprefix("./").rstrip("/")
        # Whatever is in a folder is left out with it.
        self._pattern = pattern.removesuffix("/**").removesuffix("/*").removeprefix("**/")

    def matches(self, name: str, inside: str, path: str) -> bool:
        """Whether it means the file that is called ``inside`` in its folder, and ``path`` here."""
        if "/" not in self._pattern:
            return fnmatchcase(_plain(name), self._pattern)
        return any(
            fnmatchcase(whole, pattern)
            for whole in (_plain(inside), "/" + _plain(path))
            for pattern in (self._pattern, f"*/{self._pattern}")
        )


def _plain(path: str) -> str:
    """Return a path as patterns are compared with it: file systems differ in case and in accents."""
    return unicodedata.normalize("NFC", path.replace("\\", "/")).casefold()
