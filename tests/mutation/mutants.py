"""``make mutants``: changes the judgement, goals, units and periods bit by bit; a test must notice.

Each mutant runs in a fork of its own, in which the changed module is imported in place of the true
one before the tests are. ``make mutants ONLY="units goal"`` tries some modules only, and
``ONLY=--again`` what survived the last run. docs/mutants.md says which may survive, and why.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import multiprocessing
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from hypothesis import settings
from mutation import Mutant, mutants_of
from tabulate import tabulate

# What every fork would have to import again.
WARM = (
    "click",
    "hypothesis.strategies",
    "jinja2",
    "jsonschema",
    "lxml.etree",
    "openpyxl",
    "pandas",
)
WARM += ("rich.console", "rich.table", "tabulate", "yaml", "markdown_it")

ROOT = Path(__file__).parent.parent.parent
KNOWN = ROOT / "docs" / "mutants.md"
LAST = ROOT / "build" / "mutants.txt"
# Collecting takes longest, so the tests that notice most are collected and run first.
JUDGED = (
    "judgement.py",
    "report.py",
    "plausibility.py formats.py lint.py "
    + " ".join(f"oracle.py::test_random_runs[{seed}]" for seed in range(6)),
)
TESTS = {
    "dtcheck.units": (
        "units.py",
        "goal.py cells.py",
        "judgement.py plausibility.py explain.py formats.py lint.py",
    ),
    "dtcheck.targets.goal": ("goal.py", *JUDGED),
    "dtcheck.periods": (
        "periods.py",
        "report.py submissions.py",
        "workbook.py folders.py cli.py",
    ),
    "dtcheck.judge.pace": ("judgement.py explain.py", *JUDGED),
    "dtcheck.judge.status": ("judgement.py", "formats.py", *JUDGED),
    "dtcheck.judge.verdict": JUDGED,
    "dtcheck.judge.plausibility": ("plausibility.py", *JUDGED),
    "dtcheck.judge.report": (
        "report.py",
        *JUDGED,
        "submissions.py digest.py::test_frames_hold_what_the_digest_says",
    ),
}
PLAIN = (
    "-x",
    "-q",
    "--assert=plain",
    "--tb=no",
    "-o",
    "addopts=",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
)
LIMIT = 120.0  # seconds
KILLED, SURVIVED, BROKEN = "killed", "survived", "broken"
_BROKEN = 77


def main(arguments: Sequence[str]) -> int:
    """Print survivors and scores; return 1 where one survived that docs/mutants.md doesn't list."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", help="ends of module names; all")
    parser.add_argument("--again", action="store_true", help="only the survivors of the last run")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    for name in WARM:
        importlib.import_module(name)
    settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
    settings.load_profile("mutants")
    # What is quick once is not quick thousands of times: compiling, and looking for garbage.
    sys.dont_write_bytecode = False
    gc.freeze()

    names = [
        name for name in TESTS if not options.modules or name.split(".")[-1] in options.modules
    ]
    mutants = [
        mutant for name in names for mutant in mutants_of(name, _path(name).read_text("utf-8"))
    ]
    if options.again:
        last = {tuple(line) for line in json.loads(LAST.read_text("utf-8"))}
        mutants = [mutant for mutant in mutants if (mutant.module, mutant.key) in last]
    for name in {mutant.module for mutant in mutants}:
        true = Mutant(name, "", "", _path(name).read_text("utf-8"))
        if [end for _, end in _run([true], 1)] != [SURVIVED]:
            sys.exit(f"the tests of {name} fail without a mutant")

    known = set(re.findall(r"^- `(.*?)`", KNOWN.read_text("utf-8"), re.MULTILINE))
    counts: Counter[tuple[str, str]] = Counter()
    survivors = []
    for mutant, end in _run(mutants, options.jobs):
        counts[mutant.module, end] += 1
        if end == SURVIVED:
            survivors.append(mutant)
            sign = "known" if mutant.key in known else "NEW"
            print(f"{sign}\t{mutant.module}\t{mutant.key}", flush=True)
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps([(each.module, each.key) for each in survivors]), "utf-8")
    print(_scores(counts, names))
    return int(any(mutant.key not in known for mutant in survivors))


def _path(module: str) -> Path:
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def _scores(counts: Counter[tuple[str, str]], modules: Sequence[str]) -> str:
    """Return the table; what can't even be imported is no mutant."""
    rows = []
    for name in (*modules, "total"):
        killed, survived = (
            sum(
                number
                for (module, end), number in counts.items()
                if end == kind and name in (module, "total")
            )
            for kind in (KILLED, SURVIVED)
        )
        score = 100 * killed / ((killed + survived) or 1)
        rows.append((name, killed + survived, killed, survived, f"{score:.1f} %"))
    return tabulate(rows, ("module", "mutants", "killed", "survived", "score"), tablefmt="pipe")


def _run(mutants: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with how it ended, at most ``jobs`` at a time."""
    fork = multiprocessing.get_context("fork")
    waiting = list(reversed(mutants))
    running: dict[int, tuple[BaseProcess, Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            process = fork.Process(target=_try, args=(mutant,))
            process.start()
            running[process.sentinel] = (process, mutant, time.monotonic() + LIMIT)
        wait(list(running), timeout=1)
        for sentinel, (process, mutant, end) in list(running.items()):
            if process.is_alive() and time.monotonic() < end:
                continue
            process.kill()
            process.join()
            del running[sentinel]
            yield mutant, {0: SURVIVED, _BROKEN: BROKEN}.get(process.exitcode or 0, KILLED)


def _try(mutant: Mutant) -> None:
    """In a fork: run the tests on the mutant, and exit with pytest's code."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    true = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> object:
        if name == mutant.module:
            return compile(mutant.source, loader.path, "exec", dont_inherit=True)
        return true(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    try:
        importlib.import_module(mutant.module)
    except Exception:  # noqa: BLE001
        os._exit(_BROKEN)
    for tests in dict.fromkeys(TESTS[mutant.module]):
        if code := pytest.main([*PLAIN, *(f"{ROOT}/tests/test_{test}" for test in tests.split())]):
            os._exit(code)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
