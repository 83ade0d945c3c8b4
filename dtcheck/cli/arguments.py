"""What the command prompt of Windows leaves to the program: patterns, and a quote that ate a backslash."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence


def command_line(args: Sequence[str] | None) -> Sequence[str] | None:
    """Return the arguments of a run, on Windows with its patterns expanded; None are the process's own."""
    if args is None and sys.platform == "win32":
        return expanded(sys.argv[1:])
    return args


def expanded(args: Iterable[str]) -> list[str]:
    """Return arguments as a shell hands them on.

    What exists under its name is meant by it, brackets and all (``科技局[1].csv``); a pattern that
    matches nothing stays, for the message to name. Of ``"2024-06\\"`` Windows makes ``2024-06"``.
    """
    from glob import glob

    found = []
    for arg in args:
        path = arg.removesuffix('"')
        if path != arg and not path.startswith("-"):
            arg = path + os.sep  # noqa: PLW2901
        is_pattern = not arg.startswith("-") and any(mark in arg for mark in "*?[")
        if is_pattern and not os.path.exists(arg):  # noqa: PTH110 - a str
            found += sorted(glob(arg, recursive=True)) or [arg]  # noqa: PTH207 - as they are written
        else:
            found.append(arg)
    return found
