"""``make bench``: whole processes, medians of several runs, as ratios in one run.

Prints Markdown tables. Nothing here asserts: speed is read, not tested.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench_files import files
from bench_peers import peers
from bench_places import places
from bench_province import province
from bench_rows import rows
from bench_tools import ROOT, dtcheck, measure, table

RUNS = 21


def start_up() -> str:
    """Return what a clerk waits for, beside what Python and its libraries take."""
    python, program = str(dtcheck() / "python"), str(dtcheck() / "dtcheck")
    sample = str(ROOT / "examples" / "actuals.csv")
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "import click, rich, yaml": [python, "-c", "import click, rich.table, rich.console, yaml"],
        "import pandas": [python, "-c", "import pandas"],
        "dtcheck --help": [program, "--help"],
        "dtcheck verify actuals.csv (95 rows)": [program, "verify", sample],
        "dtcheck verify --format json": [program, "verify", sample, "--format", "json"],
        "dtcheck explain GY01": [program, "explain", "GY01"],
        "dtcheck template": [program, "template"],
    }
    with tempfile.TemporaryDirectory() as folder:
        taken = {name: measure(each, Path(folder), RUNS)[0] for name, each in commands.items()}
    unit = taken["import pandas"]
    lines = [(name, f"{each:.3f}", f"{each / unit:.2f}") for name, each in taken.items()]
    return table(lines, ("command", "seconds (median)", "of import pandas"))


PARTS: dict[str, Callable[[], str]] = {
    "start-up": start_up,
    "peers": peers,
    "rows": rows,
    "files": files,
    "province": province,
    "places": places,
}


def main() -> None:
    """Measure the parts named on the command line, or all of them."""
    for name in sys.argv[1:] or PARTS:
        print(f"## {name}\n\n{PARTS[name]()}\n", flush=True)


if __name__ == "__main__":
    main()
