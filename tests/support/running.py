"""Running the program as a user does: in a process of its own, or in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
DATA = ROOT / "tests" / "data"


@dataclass(frozen=True)
class Run:
    """What a run of the program left: exit code, standard output and error as text."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run_process(
    *args: str | Path, cwd: Path = ROOT, stdin: bytes = b"", **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m dtcheck ARGS`` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "dtcheck", *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT), **env},
    )
