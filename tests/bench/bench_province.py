"""Part of ``make bench``: a province's year, 100 counties x 12 months x 18 bureaus, a dozen rows a file.

Beside it a loop that decodes and csv-reads the same files, and pandas. What is measured is reading:
each county reports the same figures.
"""

from __future__ import annotations

import csv
import random
import tempfile
from pathlib import Path

from bench_tools import ROOT, dtcheck, measure, table

from dtcheck.targets import load_targets

COUNTIES, BUREAUS, ROWS = 100, 18, 12
RUNS = 3
_LOOP = """
import csv, os
for folder, _, names in os.walk("."):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                pass
"""
_PANDAS = """
import os, pandas
for folder, _, names in os.walk("."):
    for name in names:
        pandas.read_csv(os.path.join(folder, name))
"""


def write_province(root: Path) -> None:
    """Write the files of all counties below ``root``."""
    chosen = random.Random(7)
    file = load_targets(ROOT / "targets.yaml")
    flows = [each for each in file.targets if each.measure == "flow" and not each.goal.is_limit]
    heads = ("编号", "指标", "年度目标", "单位", "期间", "实际值", "备注")
    for county in range(COUNTIES):
        for month in range(1, 13):
            folder = root / f"county{county:03d}" / f"2024-{month:02d}"
            folder.mkdir(parents=True)
            for bureau in file.bureaus[:BUREAUS]:
                path = folder / f"{bureau.name}.csv"
                with path.open("w", encoding="utf-8", newline="") as stream:
                    rows = csv.writer(stream)
                    rows.writerow(heads)
                    for each in chosen.sample(flows, ROWS):
                        goal, unit = each.goal.text, each.goal.unit.text
                        period = f"2024年{month}月"
                        rows.writerow(
                            (each.code, each.name, goal, unit, period, month, "按计划推进")
                        )


def province() -> str:
    """Return the time of a check beside the loop over the same files."""
    python, program = str(dtcheck() / "python"), str(dtcheck() / "dtcheck")
    with tempfile.TemporaryDirectory() as name:
        write_province(Path(name))
        commands = {
            "loop that decodes and csv-reads": ([python, "-c", _LOOP], RUNS),
            "pandas.read_csv of each": ([python, "-c", _PANDAS], 1),
            "dtcheck verify": ([program, "verify", ".", "--format", "json"], RUNS),
        }
        taken = {
            what: measure(command, Path(name), runs) for what, (command, runs) in commands.items()
        }
    loop = next(iter(taken.values()))[0]
    lines = [
        (what, f"{each:.2f}", f"{each / loop:.1f}", f"{peak:.0f}")
        for what, (each, peak) in taken.items()
    ]
    return table(lines, ("command", "seconds (median)", "of the loop", "peak MB"))
