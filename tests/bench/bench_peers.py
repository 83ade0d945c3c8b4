"""The same 100-row check in other validators, each in a virtual environment of its own.

The check: the code is known, the unit is the goal's, the figure is a number not below 0, the
period is a month of the year. Judgement by pace, which only dtcheck does, is left out for them.
"""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
from pathlib import Path

from bench_tools import ROOT, dtcheck, installed, measure, table

from dtcheck.targets import load_targets

RUNS = 11
_PERIOD = "^2024-(0[1-9]|1[0-2])$"
_PANDAS = """
import sys, json
import pandas
rows = pandas.read_csv(sys.argv[1])
units = json.load(open(sys.argv[2], encoding="utf-8"))
good = (
    rows["code"].isin(units)
    & (rows["code"].map(units) == rows["unit"])
    & (rows["actual"] >= 0)
    & rows["period"].str.match(sys.argv[3])
)
sys.exit(0 if good.all() else 1)
"""
_PANDERA = """
import sys, json
import pandas, pandera.pandas as pa
units = json.load(open(sys.argv[2], encoding="utf-8"))
pa.DataFrameSchema({
    "code": pa.Column(str, pa.Check.isin(list(units))),
    "unit": pa.Column(str, pa.Check.isin(list(set(units.values())))),
    "actual": pa.Column(float, pa.Check.ge(0), coerce=True),
    "period": pa.Column(str, pa.Check.str_matches(sys.argv[3])),
}).validate(pandas.read_csv(sys.argv[1]))
"""


def peers() -> str:
    """Return the times of the check in each tool; one that can't be installed is said."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder)
        rows, units = "rows.csv", "units.json"
        commands = {
            "pandas script": ("pandas", ["python", "-c", _PANDAS, rows, units, _PERIOD]),
            "pandera": ("pandera[pandas]", ["python", "-c", _PANDERA, rows, units, _PERIOD]),
            "check-jsonschema": (
                "check-jsonschema",
                ["check-jsonschema", "--schemafile", "schema.json", "rows.json"],
            ),
            "frictionless": (
                "frictionless",
                ["frictionless", "validate", "rows.csv", "--schema", "table.json"],
            ),
        }
        program = str(dtcheck() / "dtcheck")
        own, _ = measure([program, "verify", rows, "--fail-on", "never"], folder, RUNS)
        lines = [("dtcheck verify", f"{own:.3f}", "1.00")]
        for tool, (package, command) in commands.items():
            lines.append((tool, *_measured(package, command, folder, own)))
    return table(lines, ("tool", "seconds (median)", "of dtcheck"))


def _measured(package: str, command: list[str], folder: Path, own: float) -> tuple[str, str]:
    """Return seconds and their ratio, or why there are none."""
    home = installed(package)
    if home is None:
        return "not installed", "–"
    whole = [str(home / command[0]), *command[1:]]
    done = subprocess.run(whole, check=False, capture_output=True, cwd=folder)
    if done.returncode:
        return f"failed: {(done.stderr or done.stdout).decode()[-60:].strip()}", "–"
    taken, _ = measure(whole, folder, RUNS)
    return f"{taken:.3f}", f"{taken / own:.2f}"


def _write(folder: Path) -> None:
    """Write 100 good rows in the forms that the tools read, and their schemas."""
    targets = [each for each in load_targets(ROOT / "targets.yaml").targets if not each.is_assigned]
    units = {each.code: each.goal.unit.text for each in targets}
    records = [
        {"code": code, "actual": 60, "unit": unit, "period": "2024-06"}
        for code, unit in list(units.items())[:100]
    ]
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0])
        writer.writeheader()
        writer.writerows(records)
    properties = {
        "code": {"enum": list(units)},
        "unit": {"enum": sorted(set(units.values()))},
        "actual": {"type": "number", "minimum": 0},
        "period": {"type": "string", "pattern": _PERIOD},
    }
    fields = [
        {"name": "code", "type": "string", "constraints": {"enum": list(units)}},
        {"name": "actual", "type": "number", "constraints": {"minimum": 0}},
        {"name": "unit", "type": "string", "constraints": properties["unit"]},
        {"name": "period", "type": "string", "constraints": {"pattern": _PERIOD}},
    ]
    documents = {
        "units.json": units,
        "rows.json": records,
        "schema.json": {"type": "array", "items": {"type": "object", "properties": properties}},
        "table.json": {"fields": fields},
    }
    for name, document in documents.items():
        text = json.dumps(document, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8")
