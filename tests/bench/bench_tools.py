"""Measuring whole processes of programs that are installed as users have them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tabulate import tabulate

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / "build" / "bench"
# Modules compiled, as pip leaves them, and no settings of whoever measures.
ENVIRONMENT = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("PYTHON", "DTCHECK", "OPENBLAS"))
}


def measure(command: Sequence[str], folder: Path, runs: int) -> tuple[float, float]:
    """Return the median seconds and the peak megabytes of ``command``; a first run only warms up.

    Below some 30 MB the peak is this process's own, from which the other is forked.
    """
    times, peak = [], 0.0
    for _ in range(runs + 1):
        begin = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(child.pid, 0)
        times.append(time.perf_counter() - begin)
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(times[1:]), peak


def installed(package: str) -> Path | None:
    """Return the folder of programs of a venv with ``package``; None where pip can't get it."""
    home = CACHE / package.split("[", maxsplit=1)[0]
    if not (home / "done").is_file():
        venv.create(home, with_pip=True, clear=True)
        if not _pip(home, package):
            return None
        (home / "done").touch()
    return home / "bin"


@cache
def dtcheck() -> Path:
    """Return the folder of programs of a venv with this checkout, installed anew once a run.

    Not the editable install of ``make``: its finder alone takes as long as Python's own start.
    """
    home = CACHE / "dtcheck"
    if not home.is_dir():
        venv.create(home, with_pip=True)
    if not _pip(home, "--force-reinstall", "--no-deps", str(ROOT)) or not _pip(home, str(ROOT)):
        sys.exit("dtcheck can't be installed here")
    return home / "bin"


def _pip(home: Path, *arguments: str) -> bool:
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    return subprocess.run([*pip, *arguments], check=False, capture_output=True).returncode == 0


def table(rows: Sequence[Sequence[Any]], heads: Sequence[str]) -> str:
    """Return a Markdown table of texts as they are."""
    return tabulate(rows, heads, tablefmt="pipe", disable_numparse=True)
