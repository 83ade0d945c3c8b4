"""The wheel-house of docs/install.md, built once for all tests of a run, and environments from it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ROOT

SOURCES = (
    "setup.py",
    "setup.cfg",
    "pyproject.toml",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
    "targets.yaml",
)
_PATIENCE = 300
_NO_INDEX = "no index"
# No index, no other places to look in; and no bytecode, which is half the time.
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_COMPILE": "1",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONPATH": "",
}


def told_commands(heading: str) -> list[str]:
    """Return the indented lines under a heading of docs/install.md: what it tells to type."""
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ {heading}\n(.*?)(^#|\Z)", page, re.MULTILINE | re.DOTALL)
    return [line.strip() for line in section[1].splitlines() if line.startswith("    ")]


def checkout(folder: Path) -> Path:
    """Copy what a release is built from: building in place would leave files in the checkout."""
    folder.mkdir(parents=True)
    for name in (*SOURCES, "action.yml"):
        shutil.copy(ROOT / name, folder / name)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dtcheck", folder / "dtcheck", ignore=ignore)
    return folder


def shell(command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one line as a user types it, with this Python as ``python``."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PATH": path, **env},
    )


def index_answers(folder: Path) -> bool:
    """Whether any package index can be reached."""
    probe = "python -m pip download --quiet --no-deps --dest probe wcwidth"
    return shell(probe, folder).returncode == 0


def once(shared: Path, name: str, build: Callable[[Path], str]) -> None:
    """Run ``build`` in the first worker that asks; it returns what went wrong, or ""."""
    done, lock = shared / f"{name}-done", shared / f"{name}-lock"
    try:
        lock.mkdir()
    except FileExistsError:
        until = time.monotonic() + _PATIENCE
        while not done.exists() and time.monotonic() < until:
            time.sleep(0.2)
    else:
        part = shared / f"{name}-part"
        part.write_text(build(shared), encoding="utf-8")
        part.rename(done)
    problem = done.read_text(encoding="utf-8")
    if problem == _NO_INDEX:
        pytest.skip("no package index can be reached")
    assert problem == ""


def build_wheelhouse(shared: Path) -> str:
    """Run the page's first command in ``shared/checkout``."""
    if not index_answers(shared):
        return _NO_INDEX
    here = checkout(shared / "checkout")
    built = shell(told_commands("离线安装")[0], here)
    if built.returncode:
        return built.stdout + built.stderr
    # For building from source without an index, as the composite action does.
    more = shell("python -m pip wheel --quiet -w wheelhouse 'setuptools>=69' wheel", here)
    return more.stderr if more.returncode else ""


def build_environment(shared: Path) -> str:
    """Run the page's second command in a new environment, ``shared/venv``."""
    subprocess.run([sys.executable, "-m", "venv", shared / "venv"], check=True)
    path = f"{shared / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = told_commands("离线安装")[1]
    done = shell(command, shared / "checkout", **{**OFFLINE, "PATH": path})
    return done.stderr or "failed" if done.returncode else ""
