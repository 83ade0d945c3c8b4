"""Keeps the pages honest: runs their ``console`` blocks and puts the real output below each command.

``make docs`` rewrites README.md and the pages in docs/; ``test_pages.py`` fails when that would
change one of them.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def pages() -> list[Path]:
    """Return README.md, CONTRIBUTING.md and the pages of docs/, in a fixed order."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def refreshed(text: str) -> str:
    """Return a page with what its ``$ dtcheck`` commands print now."""
    return _BLOCK.sub(lambda block: f"```console\n{_run_all(block[1])}```", text)


def commands(text: str) -> list[str]:
    """Return all commands of a page's console blocks."""
    return [
        line[2:]
        for block in _BLOCK.findall(text)
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


def _run_all(block: str) -> str:
    lines = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{_output(line[2:])}" for line in lines)


def _output(command: str) -> str:
    words = shlex.split(command)
    if words[0] != "dtcheck":
        return ""
    # The path as a reader in the checkout would write it, not that of this machine.
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "DTCHECK_TARGETS": "targets.yaml",
    }
    done = subprocess.run(
        [sys.executable, "-m", "dtcheck", *words[1:]],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=environment,
    )
    return done.stdout.decode("utf-8")


if __name__ == "__main__":
    for page in pages():
        text = page.read_text(encoding="utf-8")
        page.write_text(refreshed(text), encoding="utf-8", newline="\n")
