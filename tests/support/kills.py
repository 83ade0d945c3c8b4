"""Killing the program in the middle of a write, at a step chosen beforehand: no clock takes part.

    python tests/support/kills.py [--moments 50] [--seed 17]

A step is a bytecode of ``dtcheck/cli/whole.py``. The child stops before it, says so through a pipe, and waits
for its end. What is there afterwards has to be the old file or the new one; what a kill leaves beside it has to
go with the next run, what a signal leaves must be nothing. Within a pid namespace the program is always process 1.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, NoReturn

from dtcheck.cli import main, whole, write

HEAD = "编号,指标,实际值,单位,期间,备注\n"
BEFORE, AFTER = HEAD + "GY01,,60,个,6月,\n", HEAD + "GY01,,48,个,6月,等环评\n"
SUBMISSION = "in/2024-06.csv"
# By name: the arguments, and what they write; all runs are in a folder with ``in/2024-06.csv``.
OUTPUTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "verify -o out.txt": (("verify", "in", "-o", "out.txt"), "out.txt"),
    "verify json=": (("verify", "in", "--format=concise", "--format=json=out.json"), "out.json"),
    "verify --mark": (("verify", "in", "--mark", "marked/"), "marked/2024-06.xlsx"),
    "digest .md": (("digest", "in", "-o", "out.md"), "out.md"),
    "digest .docx": (("digest", "in", "-o", "out.docx"), "out.docx"),
    "digest .xlsx": (("digest", "in", "-o", "out.xlsx"), "out.xlsx"),
    # What it writes has nothing to do with the submission; another month's form is there before.
    "template .xlsx": (("template", "--as-of", "6月", "--force", "-o", "form.xlsx"), "form.xlsx"),
}
SIGNALS = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGINT": signal.SIGINT}
_NEW_PROCESSES = 0x20000000  # CLONE_NEWPID


class Ended(NamedTuple):
    """How a run ended: its exit code, what it said, the steps of its writes where it was not stopped."""

    code: int
    said: str
    steps: int


def run(
    folder: Path,
    arguments: Sequence[str],
    stop: int = 0,
    number: signal.Signals = signal.SIGKILL,
    *,
    apart: bool = False,
) -> Ended:
    """Run the program in ``folder``, and send it a signal before a step; 0 is none.

    ``apart`` is in a namespace of processes of its own.
    """
    told, wait, said, named = os.pipe(), os.pipe(), os.pipe(), os.pipe()
    # Forked, for most of a run is its start; the one between lets the other be the first of a namespace.
    between = os.fork()
    if not between:
        if apart and ctypes.CDLL(None).unshare(_NEW_PROCESSES):
            os._exit(99)
        child = os.fork()
        if not child:
            _become(folder, arguments, stop, told[1], wait[0], said[1])
        os.write(named[1], str(child).encode())
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
    for pipe in (told[1], wait[0], said[1], named[1]):
        os.close(pipe)
    steps = _read(told[0], until=b"x")
    if steps == b"x":
        os.kill(int(os.read(named[0], 20)), number)
    ended = Ended(0, _read(said[0]).decode("utf-8"), 0 if stop else int(steps))
    _, status = os.waitpid(between, 0)
    for pipe in (told[0], wait[1], said[0], named[0]):
        os.close(pipe)
    return ended._replace(code=os.waitstatus_to_exitcode(status))


def _read(pipe: int, until: bytes = b"\0") -> bytes:
    text = b""
    while until not in text and (more := os.read(pipe, 65536)):
        text += more
    return text


def _become(
    folder: Path, arguments: Sequence[str], stop: int, told: int, wait: int, said: int
) -> NoReturn:
    """Be the program, as a process of its own is; never come back."""
    code = 98
    try:
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for old, new in ((wait, 0), (nowhere, 1), (said, 2)):
            os.dup2(old, new)
        for name, file in (("stdout", 1), ("stderr", 2)):
            setattr(sys, name, open(file, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
        for each in SIGNALS.values():
            signal.signal(each, signal.SIG_DFL)
        # As for a terminal: a shell has its background jobs ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        steps = _Steps(stop, told)
        write.replace_file = steps.of(whole.replace_file)
        try:
            main(list(arguments))
        except SystemExit as ended:
            code = int(ended.code or 0)
        if not stop:
            os.write(told, str(steps.count).encode())
        sys.stderr.flush()
    finally:
        os._exit(code)


class _Steps:
    """Counts bytecodes of the module that writes, and stops before one of them."""

    def __init__(self, stop: int, told: int) -> None:
        self.count = 0
        self._stop = stop
        self._told = told

    def of(self, function: Callable[..., None]) -> Callable[..., None]:
        """Return ``function`` so that its steps are counted."""

        def traced(path: Path, content: bytes) -> None:
            sys.settrace(self._enter)
            try:
                function(path, content)
            finally:
                sys.settrace(None)

        return traced

    def _enter(self, frame: FrameType, event: str, arg: object) -> Any:
        if not frame.f_code.co_filename.endswith("whole.py"):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._step

    def _step(self, frame: FrameType, event: str, arg: object) -> Any:
        if event == "opcode":
            self.count += 1
            if self.count == self._stop:
                os.write(self._told, b"x")
                os.read(0, 1)
        return self._step


def has_namespaces(folder: Path) -> bool:
    """Whether this machine lets this user make one."""
    return run(folder, ("--version",), apart=True).code == 0


class Scene:
    """A folder with a submission and an output that was written before; both can be put back."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.arguments, output = OUTPUTS[name]
        self.output = folder / output
        (folder / SUBMISSION).parent.mkdir(parents=True)
        (folder / SUBMISSION).write_text(BEFORE, encoding="utf-8")
        earlier = ["5月" if each == "6月" else each for each in self.arguments]
        assert run(folder, earlier).code in (0, 1)
        self.old = self.output.read_bytes()
        (folder / SUBMISSION).write_text(AFTER, encoding="utf-8")
        self.steps = run(folder, self.arguments).steps
        self.new = self.output.read_bytes()
        assert self.steps > 0
        assert self.old != self.new

    def reset(self) -> None:
        """Put the old output back."""
        self.output.write_bytes(self.old)

    def held(self) -> str:
        """Return ``old`` or ``new``, whichever the output is; it has to be one of them."""
        content = self.output.read_bytes()
        assert content in (self.old, self.new), "neither the old file nor the new one"
        return "new" if content == self.new else "old"

    def parts(self) -> list[Path]:
        """Return what lies about that nobody asked for."""
        return [path for path in self.folder.rglob("*") if path.name.endswith(".part")]

    def killed(self, stop: int, *, apart: bool = False) -> tuple[str, int]:
        """Kill a run before a step; return what is there, and how much was left until the next run."""
        self.reset()
        run(self.folder, self.arguments, stop, apart=apart)
        held, left = self.held(), len(self.parts())
        assert run(self.folder, self.arguments, apart=apart).code in (0, 1)
        assert self.held() == "new", "the run after a kill wrote nothing"
        assert self.parts() == [], "the run after a kill left something"
        return held, left

    def stopped(self, stop: int, number: signal.Signals, *, apart: bool = False) -> str:
        """Stop a run before a step; return what is there."""
        self.reset()
        done = run(self.folder, self.arguments, stop, number, apart=apart)
        assert "Traceback" not in done.said, done.said
        assert self.parts() == [], "a signal left something"
        assert done.code in (0, 1, 2), done
        held = self.held()
        if held == "old":
            assert (done.code, "已中断" in done.said) == (2, True), done
        return held


def measure() -> None:
    """Print how many kills and signals were made, and what was there afterwards."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args()
    chosen = random.Random(given.seed)
    # Loaded once for all that are forked.
    for each in (
        "cli.verify",
        "cli.digest",
        "cli.template",
        "marking",
        "formats.table",
        "notices.word",
    ):
        import_module(f"dtcheck.{each}")
    for each in ("formats.json", "notices.markdown", "notices.workbook", "documents.write"):
        import_module(f"dtcheck.{each}")
    print("| output | steps | by | in | old | new | left until the next run |")
    print("| --- | --: | --- | --- | --: | --: | --: |")
    for name in OUTPUTS:
        with tempfile.TemporaryDirectory() as folder:
            scene = Scene(Path(folder), name)
            for apart in (False, True)[: 1 + has_namespaces(Path(folder))]:
                where = "pid namespace" if apart else ""
                moments = [chosen.randint(1, scene.steps) for _ in range(given.moments)]
                killed = [scene.killed(each, apart=apart) for each in moments]
                held = [each for each, _ in killed]
                row = [name, scene.steps, "SIGKILL", where, held.count("old"), held.count("new")]
                print("|", " | ".join(map(str, [*row, sum(left for _, left in killed)])), "|")
                signals = list(SIGNALS.values())
                held = [
                    scene.stopped(each, chosen.choice(signals), apart=apart) for each in moments
                ]
                row = [name, scene.steps, "others", where, held.count("old"), held.count("new")]
                print("|", " | ".join(map(str, [*row, 0])), "|", flush=True)


if __name__ == "__main__":
    measure()
