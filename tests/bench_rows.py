"""How time and memory grow with rows, beside a bare ``csv.reader`` loop and ``pandas.read_csv``."""

from __future__ import annotations

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

from dtcheck.targets import load_targets

ROOT = Path(__file__).parent.parent
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


def measure(command: list[str], folder: Path = ROOT) -> tuple[float, float]:
    """Return the median seconds and the peak megabytes of ``command`` as a whole process."""
    times, peak = [], 0.0
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(RUNS):
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - begin)
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(times), peak


def rows() -> str:
    """Return the growth from ten thousand to a million rows."""
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            plain, noted = Path(folder, "plain.csv"), Path(folder, "noted.csv")
            write_rows(plain, size, notes=False)
            write_rows(noted, size, notes=True)
            verify = [sys.executable, "-m", "dtcheck", "verify", "--format", "json"]
            bare, _ = measure([sys.executable, "-c", _BARE, str(plain)])
            for name, command in (
                ("csv.reader loop", [sys.executable, "-c", _BARE, str(plain)]),
                ("pandas.read_csv", [sys.executable, "-c", _PANDAS, str(plain)]),
                ("dtcheck verify", [*verify, str(plain)]),
                ("dtcheck verify, a note each", [*verify, str(noted)]),
            ):
                taken, peak = measure(command)
                table.append(
                    (f"{size:,}", name, f"{taken:.2f}", f"{taken / bare:.1f}", f"{peak:.0f}")
                )
    heads = ("rows", "command", "seconds (median)", "of the bare loop", "peak MB")
    return tabulate(table, heads, tablefmt="pipe", disable_numparse=True)
