"""``make bench``: whole processes, medians of several runs, as ratios in one run.

Prints Markdown tables. Nothing here asserts: speed is read, not tested.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_digest import digest
from bench_peers import peers
from bench_rows import rows
from tabulate import tabulate

ROOT = Path(__file__).parent.parent
RUNS = 11
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def seconds(command: Sequence[str], runs: int = RUNS) -> float:
    """Return the median wall time of ``command`` as a whole process; the first run only warms up."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    times = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        subprocess.run(command, check=False, cwd=ROOT, env=environment, **_QUIET)  # type: ignore[call-overload]
        times.append(time.perf_counter() - begin)
    return statistics.median(times[1:])


def start_up() -> str:
    """Return what a clerk waits for, beside what Python and its libraries take."""
    dtcheck = [sys.executable, "-m", "dtcheck"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import click, rich, yaml": [
            sys.executable,
            "-c",
            "import click, rich.table, rich.console, yaml",
        ],
        "import pandas": [sys.executable, "-c", "import pandas"],
        "dtcheck --help": [*dtcheck, "--help"],
        "dtcheck verify examples/actuals.csv": [*dtcheck, "verify", "examples/actuals.csv"],
        "dtcheck explain GY01": [*dtcheck, "explain", "GY01"],
        "dtcheck template": [*dtcheck, "template"],
    }
    measured = {name: seconds(command) for name, command in commands.items()}
    unit = measured["import pandas"]
    rows = [(name, f"{taken:.3f}", f"{taken / unit:.2f}") for name, taken in measured.items()]
    return tabulate(rows, ("command", "seconds (median)", "of import pandas"), tablefmt="pipe")


PARTS: dict[str, Callable[[], str]] = {
    "start-up": start_up,
    "peers": peers,
    "rows": rows,
    "digest": digest,
}


def main() -> None:
    """Measure the parts named on the command line, or all of them."""
    for name in sys.argv[1:] or PARTS:
        print(f"## {name}\n\n{PARTS[name]()}\n")


if __name__ == "__main__":
    main()
