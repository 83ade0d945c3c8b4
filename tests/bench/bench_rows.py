"""How time and memory grow with rows, beside a bare ``csv.reader`` loop and ``pandas.read_csv``."""

from __future__ import annotations

import csv
import random
import tempfile
from pathlib import Path

from bench_tools import ROOT, dtcheck, measure, table

from dtcheck.targets import load_targets

SIZES = (10_000, 100_000, 1_000_000)
RUNS = 5
_BARE = """
import csv, sys
known = {}
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.reader(file):
        known.get(row[0])
        row[2] > "1"
"""
_PANDAS = "import pandas, sys; pandas.read_csv(sys.argv[1])"


def write_rows(path: Path, rows: int, *, notes: bool) -> None:
    """Write rows of all targets and months as they come, each with a note of its own or none."""
    chance = random.Random(rows)
    targets = [each for each in load_targets(ROOT / "targets.yaml").targets if not each.is_assigned]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("编号 指标 实际值 单位 期间 备注".split())
        for number in range(rows):
            target, month = chance.choice(targets), chance.randint(1, 12)
            note = f"第{number}行" if notes else ""
            unit = target.goal.unit.text
            writer.writerow([target.code, target.name, month * 7, unit, f"2024-{month:02d}", note])


def rows() -> str:
    """Return the growth from ten thousand to a million rows."""
    python, program = str(dtcheck() / "python"), str(dtcheck() / "dtcheck")
    verify = [program, "verify", "--format", "json"]
    lines = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, noted = folder / "plain.csv", folder / "noted.csv"
        commands = {
            "csv.reader loop": [python, "-c", _BARE, str(plain)],
            "pandas.read_csv": [python, "-c", _PANDAS, str(plain)],
            "dtcheck verify": [*verify, str(plain)],
            "dtcheck verify, a note each": [*verify, str(noted)],
        }
        for size in SIZES:
            write_rows(plain, size, notes=False)
            write_rows(noted, size, notes=True)
            taken = {what: measure(command, folder, RUNS) for what, command in commands.items()}
            bare = taken["csv.reader loop"][0]
            lines += [
                (f"{size:,}", what, f"{each:.2f}", f"{each / bare:.1f}", f"{peak:.0f}")
                for what, (each, peak) in taken.items()
            ]
    heads = ("rows", "command", "seconds (median)", "of the bare loop", "peak MB")
    return table(lines, heads)
