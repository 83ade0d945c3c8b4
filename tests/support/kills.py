"""Killing the program in the middle of a write, at a step chosen beforehand: no clock takes part.

    python tests/support/kills.py [--moments 50] [--seed 17]

A step is a bytecode of ``dtcheck/cli/whole.py``. The child stops before it, says so through a pipe, and waits
for its end. What is there afterwards has to be the old file or the new one; what a kill leaves beside it has to
go with the next run, what a signal leaves must be nothing. Within a pid namespace the program is always process 1.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from running import ROOT

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
NAMESPACE = ("unshare", "--pid", "--fork")
SIGNALS = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGINT": signal.SIGINT}
CHILD = """
import os, signal, sys
# As for a terminal: a shell has its background jobs ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
from dtcheck.cli import main, whole, write

stop, pipe, steps = int(sys.argv[1]), int(sys.argv[2]), 0

def step(frame, event, arg):
    global steps
    if event == "opcode":
        steps += 1
        if steps == stop:
            os.write(pipe, b"x")
            os.read(0, 1)
    return step

def enter(frame, event, arg):
    if not frame.f_code.co_filename.endswith("whole.py"):
        return None
    frame.f_trace_opcodes, frame.f_trace_lines = True, False
    return step

def traced(path, content):
    sys.settrace(enter)
    try:
        whole.replace_file(path, content)
    finally:
        sys.settrace(None)

write.replace_file = traced
try:
    main(sys.argv[3:])
finally:
    if not stop:
        os.write(pipe, str(steps).encode())
"""


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
    within: Sequence[str] = (),
) -> Ended:
    """Run the program in ``folder``, and send it a signal before a step; 0 is none."""
    reading, writing = os.pipe()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    program = [*within, sys.executable, "-c", CHILD, str(stop), str(writing), *arguments]
    with subprocess.Popen(
        program,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(writing,),
    ) as process:
        os.close(writing)
        told = os.read(reading, 20)
        os.close(reading)
        if stop and told == b"x":
            os.kill(_innermost(process.pid) if within else process.pid, number)
        _, said = process.communicate()
    return Ended(process.returncode, said.decode("utf-8"), 0 if stop else int(told))


def _innermost(pid: int) -> int:
    """Return the only child of a process."""
    path = Path("/proc", str(pid), "task", str(pid), "children")
    return int(path.read_text(encoding="utf-8"))


def has_namespaces() -> bool:
    """Whether this machine lets this user make one."""
    if not shutil.which(NAMESPACE[0]):
        return False
    return subprocess.run([*NAMESPACE, "true"], check=False, capture_output=True).returncode == 0


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

    def killed(self, stop: int, within: Sequence[str] = ()) -> tuple[str, int]:
        """Kill a run before a step; return what is there, and how much was left until the next run."""
        self.reset()
        run(self.folder, self.arguments, stop, within=within)
        held, left = self.held(), len(self.parts())
        assert run(self.folder, self.arguments, within=within).code in (0, 1)
        assert self.held() == "new", "the run after a kill wrote nothing"
        assert self.parts() == [], "the run after a kill left something"
        return held, left

    def stopped(self, stop: int, number: signal.Signals, within: Sequence[str] = ()) -> str:
        """Stop a run before a step; return what is there."""
        self.reset()
        done = run(self.folder, self.arguments, stop, number, within)
        assert "Traceback" not in done.said, done.said
        assert self.parts() == [], "a signal left something"
        assert done.code in (0, 1, 2), done
        held = self.held()
        if held == "old":
            assert (done.code, "已中断" in done.said) == (2, True), done
        return held


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args()
    chosen = random.Random(given.seed)
    places: dict[str, Sequence[str]] = {"": ()}
    if has_namespaces():
        places["pid namespace"] = NAMESPACE
    print("| output | steps | by | in | old | new | left until the next run |")
    print("| --- | --: | --- | --- | --: | --: | --: |")
    for name in OUTPUTS:
        with tempfile.TemporaryDirectory() as folder:
            scene = Scene(Path(folder), name)
            for where, within in places.items():
                moments = [chosen.randint(1, scene.steps) for _ in range(given.moments)]
                killed = [scene.killed(each, within) for each in moments]
                held = [each for each, _ in killed]
                row = [name, scene.steps, "SIGKILL", where, held.count("old"), held.count("new")]
                print("|", " | ".join(map(str, [*row, sum(left for _, left in killed)])), "|")
                held = [
                    scene.stopped(each, chosen.choice(list(SIGNALS.values())), within)
                    for each in moments
                ]
                row = [name, scene.steps, "others", where, held.count("old"), held.count("new")]
                print("|", " | ".join(map(str, [*row, 0])), "|", flush=True)


if __name__ == "__main__":
    main()
