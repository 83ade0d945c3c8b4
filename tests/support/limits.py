"""Running the program within limits: permissions that hold for root, too, and a full disk."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ROOT

POSIX = pytest.mark.posix("permissions, links, pipes with names, signals, limits of a process")
HEAD = "编号,指标,实际值,单位,期间,备注\n"
GOOD = HEAD + "GY01,,60,个,6月,\n"

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def obey_permissions() -> None:
    """Make the next program keep to file permissions though it runs as root (Linux)."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def limit_files(size: int) -> Callable[[], None]:
    """Return what makes files end at ``size`` bytes, as on a full disk."""
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def process(
    *args: str | Path, before: Callable[[], None] | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT), **env}
    if before is obey_permissions and (os.name != "posix" or os.geteuid() != 0):
        before = None  # everybody else obeys them anyway
    return subprocess.run(
        [sys.executable, "-m", "dtcheck", *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
        preexec_fn=before,
        timeout=600,
    )


def locked(tmp_path: Path) -> None:
    """Skip where this machine can't make root obey permissions."""
    path = tmp_path / "locked"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    code = f"open({str(path)!r}, encoding='utf-8')"
    before = obey_permissions if os.geteuid() == 0 else None
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, capture_output=True, preexec_fn=before
        )
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"can't drop the capabilities of root: {error}")
    if done.returncode == 0:
        pytest.skip("permissions don't hold here")
