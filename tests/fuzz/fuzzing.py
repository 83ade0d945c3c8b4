"""Inputs that mean harm: what a case is, what must hold of every one, and the running of it.

The cases are built in ``hostile.py``, ``hostile_books.py`` and ``hostile_old_books.py``. ``make fuzz`` runs them for minutes,
``test_fuzz.py`` a few of each kind.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from unittest import mock

from dtcheck.cli.app import main

SECONDS = 20
MEGABYTES = 400
_RESET_PEAK = Path("/proc/self/clear_refs")
_UNSET = ("DTCHECK_TARGETS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR")


class Found(AssertionError):
    """A case that broke a promise; the message says which."""


@dataclass
class Case:
    """A command line and what lies in the folder it is run in.

    ``console`` is the encoding of the standard streams.
    """

    kind: str
    args: list[str]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""
    env: Mapping[str, str] = field(default_factory=dict)
    console: str = "utf-8"


@dataclass
class Outcome:
    """How a case ended: exit code, seconds, megabytes that the process grew by."""

    code: int
    seconds: float
    grown: float


@contextlib.contextmanager
def _folder(case: Case) -> Iterator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as outside:
        # One down, so that an argument ".." stays in it.
        folder = Path(outside, "folder")
        folder.mkdir()
        for name, content in case.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _late(_: int, __: FrameType | None) -> None:
    raise Found(f"took more than {SECONDS} seconds")


def peak() -> float:
    """Return the most memory that this process had since the last case began, in megabytes."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def run_case(case: Case) -> Outcome:
    """Run a case in this process. Raises Found where it breaks a promise of design §7."""
    out, err = (io.TextIOWrapper(io.BytesIO(), case.console) for _ in range(2))
    stdin = io.TextIOWrapper(io.BytesIO(case.stdin), case.console)
    # Linux only; elsewhere the peak of all cases so far is what this one has to exceed.
    with contextlib.suppress(OSError):
        _RESET_PEAK.write_text("5", encoding="ascii")
    memory, begin = peak(), time.perf_counter()
    code: object = None
    signal.signal(signal.SIGALRM, _late)
    with (
        _folder(case),
        mock.patch.dict(os.environ, case.env),
        mock.patch("sys.stdin", stdin),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name in set(_UNSET) - set(case.env):
            os.environ.pop(name, None)
        signal.alarm(SECONDS)
        try:
            main(case.args)
        except SystemExit as error:
            code = error.code or 0
        finally:
            signal.alarm(0)
    said = err.buffer.getvalue().decode(case.console, "replace")
    grown = peak() - memory
    if code not in (0, 1, 2):
        raise Found(f"exit code {code!r}")
    if "内部错误" in said or "Traceback" in said:
        raise Found(said[:500])
    if grown > MEGABYTES:
        raise Found(f"grew by {grown:.0f} MB")
    return Outcome(int(str(code)), time.perf_counter() - begin, grown)
