"""A folder with a file for each bureau: names that every system takes, no two the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from dtcheck.cli.names import usable_name
from dtcheck.cli.write import make_folder, problems_of, write_bytes


def paths_in(folder: str, bureaus: Iterable[str], suffix: str) -> dict[str, str]:
    """Return the path of each bureau's file in ``folder``."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for bureau in bureaus:
        name = plain = usable_name(bureau)
        number = 1
        # To Windows and macOS, large and small letters are the same.
        while name.casefold() in taken:
            number += 1
            name = f"{plain}({number})"
        taken.add(name.casefold())
        paths[bureau] = str(Path(folder, f"{name}{suffix}"))
    return paths


def write_files(folder: str, files: dict[str, bytes], counter: str) -> None:
    """Write files into a folder, which is made; each is there whole or not at all.

    ``counter`` is what one is counted with (张, 份). Raises click.ClickException with all that
    could not be written.
    """
    make_folder(folder)
    if problems := problems_of(partial(write_bytes, files[path], path) for path in files):
        if written := len(files) - len(problems):
            problems.append(f"其余 {written} {counter}已写好。")
        raise click.ClickException("\n".join(problems))
