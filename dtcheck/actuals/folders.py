"""From what is named on the command line to the files that are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

SUBMISSION_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


def expand_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """Return ``paths`` with each folder replaced by the submissions in and below it, sorted.

    Hidden files and the lock files of an open workbook (``~$``) are passed over. A path that is
    no folder stays as it is, also where there is no such file: reading it says so.
    """
    found: list[str] = []
    for path in paths:
        folder = Path(path)
        if path != "-" and folder.is_dir():
            found.extend(each.as_posix() for each in sorted(folder.rglob("*")) if _counts(each))
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def _counts(path: Path) -> bool:
    return (
        path.suffix.lower() in SUBMISSION_SUFFIXES
        and not path.name.startswith((".", "~$"))
        and path.is_file()
    )
