"""What tests share: running the program as a user does, and the real targets file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from making import SMALL, write

from dtcheck.cli.app import main
from dtcheck.targets import TargetsFile, load_targets

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Run:
    """What a run of the program left: exit code, standard output and error as text."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def real() -> TargetsFile:
    return load_targets(ROOT / "targets.yaml")


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Run]:
    """Run ``dtcheck ARGS`` in this process, 80 columns wide, and return what it left."""
    for name in ("DTCHECK_TARGETS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def running(*args: str | Path) -> Run:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as exit_info:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return Run(int(exit_info.value.code or 0), out.decode("utf-8"), err.decode("utf-8"))

    return running


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


@pytest.fixture
def verify(run, tmp_path, monkeypatch):
    """Run verify in an empty folder on files given as text, and return the JSON report."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)

    def verifying(*texts: str | bytes, names: tuple[str, ...] = (), options: tuple[str, ...] = ()):
        names = names or tuple(f"{number}.csv" for number in range(1, len(texts) + 1))
        for name, text in zip(names, texts, strict=True):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = run("verify", *names, "--targets", "targets.yaml", "--format", "json", *options)
        assert done.err == ""
        assert done.json["exit_code"] == done.code
        return done.json

    return verifying
