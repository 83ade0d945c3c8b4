"""Part of ``make bench``: digests of more and more files, time and peak memory of the process."""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

from dtcheck.targets import load_targets

ROOT = Path(__file__).parent.parent
ROWS = 100


def submissions(folder: Path, files: int) -> None:
    """Write ``files`` files of ``ROWS`` rows over twelve months; most rows repeat a figure."""
    targets = load_targets(ROOT / "targets.yaml").targets
    flows = [target for target in targets if target.measure == "flow" and not target.goal.is_limit]
    chosen = random.Random(5)
    for number in range(files):
        month = number % 12 + 1
        path = folder / f"2024-{month:02d}" / f"{number:05d}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("编号", "指标", "实际值", "单位", "期间", "备注"))
            for _ in range(ROWS):
                target = chosen.choice(flows)
                unit = target.goal.unit.text
                cells = (target.code, target.name, month, unit, f"2024-{month:02d}", "按计划推进")
                writer.writerow(cells)


def measured(folder: Path, name: str) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of one digest as a process of its own."""
    command = [sys.executable, "-m", "dtcheck", "digest", str(folder), "--format", name]
    command += ["-o", os.devnull]
    begin = time.perf_counter()
    child = os.spawnve(os.P_NOWAIT, command[0], command, {**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, usage = os.wait4(child, 0)
    taken = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{command} failed")
    return taken, usage.ru_maxrss / 1024


def digest() -> str:
    """Return a table of files, rows, seconds and memory."""
    rows = []
    for files in (12, 100, 1000, 4000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            submissions(folder, files)
            for form in ("markdown", "html"):
                taken, memory = measured(folder, form)
                rows.append((form, files, files * ROWS, f"{taken:.2f}", f"{memory:.0f}"))
    return tabulate(rows, ("format", "files", "rows", "seconds", "peak MB"), tablefmt="pipe")


if __name__ == "__main__":
    print(digest())
