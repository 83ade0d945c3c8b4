"""Part of ``make bench``: more and more files of 100 rows, checked and digested."""

from __future__ import annotations

import csv
import os
import random
import tempfile
from pathlib import Path

from bench_tools import ROOT, dtcheck, measure, table

from dtcheck.targets import load_targets

ROWS = 100
RUNS = 3


def submissions(folder: Path, count: int) -> None:
    """Write ``count`` files of ``ROWS`` rows over twelve months; most rows repeat a figure."""
    targets = load_targets(ROOT / "targets.yaml").targets
    flows = [target for target in targets if target.measure == "flow" and not target.goal.is_limit]
    chosen = random.Random(5)
    for number in range(count):
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


def files() -> str:
    """Return seconds and memory of a check and of digests of ten to a thousand files."""
    program = str(dtcheck() / "dtcheck")
    commands = {
        "verify": ["verify", ".", "--format", "json"],
        "digest, Markdown": ["digest", ".", "-o", os.devnull],
        "digest, HTML": ["digest", ".", "--format", "html", "-o", os.devnull],
    }
    lines = []
    for count in (10, 100, 1000):
        with tempfile.TemporaryDirectory() as name:
            submissions(Path(name), count)
            for what, command in commands.items():
                taken, peak = measure([program, *command], Path(name), RUNS)
                lines.append((f"{count:,}", what, f"{taken:.2f}", f"{peak:.0f}"))
    return table(lines, ("files", "command", "seconds (median)", "peak MB"))
