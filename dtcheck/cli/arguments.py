"""What the command prompt of Windows leaves to the program: patterns, and a quote that ate a backslash."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

import click


def command_line(args: Sequence[str] | None) -> Sequence[str] | None:
    """Return the arguments of a run; None are the process's own, on Windows mended."""
    if args is None and sys.platform == "win32":
        return [mended(arg) for arg in sys.argv[1:]]
    return args


def mended(arg: str) -> str:
    """Return an argument as it was meant: of ``"2024-06\\"``, the last one, Windows makes ``2024-06"``."""
    meant = arg.removesuffix('"')
    return arg if meant == arg or '"' in meant else meant + os.sep


def expanded_files(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """Expand the patterns among the files of a command, as other shells do before they run it.

    Those of options are none of its business: ``--exclude 草稿*`` is a pattern itself.
    """
    del ctx, param
    return tuple(_expanded(value)) if sys.platform == "win32" else value


def _expanded(paths: Iterable[str]) -> list[str]:
    """Return the files that are meant: what has a name with brackets is meant by it (``科技局[1].csv``).

    A pattern that matches nothing stays, for the message to name.
    """
    from glob import glob

    found = []
    for path in paths:
        if '"' in path:
            # No name on Windows has one: \" has swallowed the rest of the line.
            before = path.partition('"')[0]
            message = f'“{path}”里混进了引号：文件夹的引号前不要写 \\，写成 "{before}"'
            raise click.UsageError(message)
        if any(mark in path for mark in "*?[") and not os.path.exists(path):  # noqa: PTH110 - a str
            found += sorted(glob(path, recursive=True)) or [path]  # noqa: PTH207 - as they are written
        else:
            found.append(path)
    return found
