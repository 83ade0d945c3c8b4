"""Paths as the system has them."""

from __future__ import annotations

import os


def real_path(path: str) -> str:
    """Return the path that all names of a file lead to; where the system can't say, the absolute one.

    Windows can't of devices, and some systems not of long paths or of shares.
    """
    try:
        return os.path.realpath(path)
    except OSError:
        return os.path.abspath(path)  # noqa: PTH100 - a str


def path_key(path: str) -> str:
    """Return what is the same for all names of a file, be it there or not: on Windows in any case."""
    return os.path.normcase(real_path(path))
