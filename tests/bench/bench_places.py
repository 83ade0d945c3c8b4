"""Part of ``make bench``: a province's year, 100 places with targets of their own, in one run.

Each hands in the year of examples/submissions. Beside it the sum of a run for each place. Seconds are those of the
processor, which a busy machine changes least.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench_tools import ENVIRONMENT, ROOT, dtcheck, table

PLACES = 100
FORMATS = ("table", "concise", "json")


def write_places(root: Path) -> list[str]:
    """Write the submissions and targets of all places below ``root``; return their names."""
    text = (ROOT / "targets.yaml").read_text(encoding="utf-8")
    names = [f"place{number:03d}" for number in range(PLACES)]
    for number, name in enumerate(names):
        shutil.copytree(ROOT / "examples" / "submissions", root / name / "submissions")
        own = text.replace("place: 东台市", f"place: 第{number:03d}县")
        (root / name / "targets.yaml").write_text(own, encoding="utf-8")
        settings = '[tool.dtcheck]\ntargets = "targets.yaml"\n'
        (root / name / "pyproject.toml").write_text(settings, encoding="utf-8")
    return names


def used(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Return the seconds of processor and the peak megabytes of a process."""
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=nowhere, stderr=nowhere
        )
        _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def places() -> str:
    """Return what one run on all places takes, and the sum of a run on each."""
    program = str(dtcheck() / "dtcheck")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = write_places(folder)
        half = names[: PLACES // 2]
        lines = []
        for form in FORMATS:
            command = [program, "verify", "--format", form]
            whole, peak = used([*command, "."], folder)
            _, of_half = used([*command, *half], folder)
            each = [used([*command, place], folder) for place in names]
            single, most = sum(taken for taken, _ in each), max(peaks for _, peaks in each)
            lines.append(
                (
                    form,
                    f"{whole:.1f}",
                    f"{single:.1f}",
                    f"{whole / single:.2f}",
                    f"{most:.0f}",
                    f"{of_half:.0f}",
                    f"{peak:.0f}",
                )
            )
    heads = (
        "format",
        "one run, s",
        f"sum of {PLACES}, s",
        "of the sum",
        "peak of one place, MB",
        f"of {PLACES // 2}",
        f"of {PLACES}",
    )
    return table(lines, heads)
