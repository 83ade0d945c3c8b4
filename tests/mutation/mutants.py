"""``make mutants``: changes the program bit by bit; a test must notice.

Each mutant runs in a fork of its own, in which the changed module is imported in place of the true
one before the tests are. Of every module a sample is tried, the same each time;
``make mutants ONLY="units goal"`` tries all of some modules, ``ONLY=--again`` what survived the
last run. docs/mutants.md says which may survive, and why.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import multiprocessing
import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
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
    "docx",
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
# How many mutants of a module are tried where none is named: all of them take hours.
SAMPLE = 20
# Collecting takes longest, so the tests that notice most are collected and run first. A name is
# that of tests/<room>/test_<name>.py, in whatever room it is.
JUDGED = (
    "judgement",
    "report",
    "plausibility formats lint " + " ".join(f"oracle::test_random_runs[{n}]" for n in range(6)),
)
READ = ("figures words report_text", "claims draft", "audit lint hostile_content")
HELD = ("claims lint_words", "target_rules lint", "audit_outputs audit", "draft")
FORMS = ("form_sheet", "template")
FILED = ("formats csv_figures ci_by_hand", "pipeline ci_formats outputs", "schemas")
TESTS = {
    "units": ("units", "goal cells", "judgement plausibility explain formats lint"),
    "targets.goal": ("goal", *JUDGED),
    "periods": ("periods", "report submissions", "workbook folders cli"),
    "judge.pace": ("judgement explain", *JUDGED),
    "judge.status": ("judgement", "formats", *JUDGED),
    "judge.verdict": JUDGED,
    "judge.plausibility": ("plausibility", *JUDGED),
    "judge.report": (
        "report",
        *JUDGED,
        "submissions digest::test_frames_hold_what_the_digest_says",
    ),
    "workreport.words": READ,
    "workreport.figures": READ,
    "workreport.reading": READ,
    "workreport.report": READ,
    "workreport.locate": READ,
    "coverage.agreement": HELD,
    "coverage.lint": HELD,
    "coverage.places": HELD,
    "coverage.claims": HELD,
    "coverage.audit": HELD,
    "blank_forms.form": FORMS,
    "blank_forms.csv": FORMS,
    "blank_forms.xlsx": FORMS,
    "cli.outputs": ("outputs cli", "pipeline completion", "kept_inputs config"),
    "cli.write": ("outputs cli", "hostile_writing", "hostile_streams pipeline"),
    "formats.csv": FILED,
    "formats.json": FILED,
    "formats.junit": FILED,
    "formats.github": FILED,
    "formats.markdown": FILED,
    "formats.table": (*FILED, "explain_pages audit_outputs lint"),
    "formats.findings": ("lint explain_pages", "formats", "audit"),
    "formats.sentence": FILED,
    "formats.targets_list": ("targets_list explain_pages", "schemas", "cli"),
    "formats.explain": ("explain_pages", "explain", "readme"),
    "formats.audit": ("audit_outputs", "audit"),
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
    # They trace every line, and what they see no result changes with.
    "-k",
    "not without_end and not thousands_of_doubts",
)
# Seconds of work, as mutants may loop forever; and of waiting, where one waits for what never comes.
WORK, PATIENCE = 120, 1800.0
KILLED, SURVIVED, BROKEN, UNCLEAR = "killed", "survived", "broken", "unclear"
_BROKEN = 77


def main(arguments: Sequence[str]) -> int:
    """Print survivors and scores; return 1 where one survived that docs/mutants.md doesn't list."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", help="ends of module names: coverage, goal; all")
    parser.add_argument("--again", action="store_true", help="only the survivors of the last run")
    parser.add_argument(
        "--sample", type=int, help=f"mutants a module; all of those named, {SAMPLE}"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    # The program beside these tests, whichever is installed.
    sys.path.insert(0, str(ROOT))
    for name in WARM:
        importlib.import_module(name)
    settings.register_profile("mutants", database=None, derandomize=True, deadline=None)
    settings.load_profile("mutants")
    # What is quick once is not quick thousands of times: compiling, and looking for garbage.
    sys.dont_write_bytecode = False
    gc.freeze()

    names = [name for name in TESTS if _is_wanted(name, options.modules)]
    most = options.sample or (None if options.modules or options.again else SAMPLE)
    mutants = [
        mutant
        for name in names
        for mutant in _sample(mutants_of(f"dtcheck.{name}", _path(name).read_text("utf-8")), most)
    ]
    if options.again:
        last = {tuple(line) for line in json.loads(LAST.read_text("utf-8"))}
        mutants = [mutant for mutant in mutants if (mutant.module, mutant.key) in last]
    true = [
        Mutant(f"dtcheck.{name}", "", "", _path(name).read_text("utf-8"))
        for name in names
        if any(mutant.module == f"dtcheck.{name}" for mutant in mutants)
    ]
    if broken := [each.module for each, end in _run(true, options.jobs) if end != SURVIVED]:
        sys.exit(f"the tests of {', '.join(broken)} fail without a mutant")

    known = set(re.findall(r"^- `(.*?)`", KNOWN.read_text("utf-8"), re.MULTILINE))
    counts: Counter[tuple[str, str]] = Counter()
    survivors = []
    for mutant, end in _run(mutants, options.jobs):
        counts[mutant.module, end] += 1
        if end == UNCLEAR:
            print(f"unclear\t{mutant.module}\t{mutant.key}", flush=True)
        if end == SURVIVED:
            survivors.append(mutant)
            sign = "known" if mutant.key in known else "NEW"
            print(f"{sign}\t{mutant.module}\t{mutant.key}", flush=True)
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps([(each.module, each.key) for each in survivors]), "utf-8")
    print(_scores(counts, names))
    return int(any(mutant.key not in known for mutant in survivors))


def _path(module: str) -> Path:
    return ROOT.joinpath("dtcheck", *module.split(".")).with_suffix(".py")


def _is_wanted(module: str, wanted: Sequence[str]) -> bool:
    """Whether a module is named: by its room, its name or both; without names, all are."""
    return not wanted or any(each in (module, *module.split(".")) for each in wanted)


def _sample(mutants: list[Mutant], most: int | None) -> list[Mutant]:
    """Return at most ``most`` mutants, the same each time, and mostly so when a module changes."""
    drawn = sorted(mutants, key=lambda mutant: sha256(mutant.key.encode()).digest())[:most]
    return [mutant for mutant in mutants if mutant in drawn]


def _tests(names: str) -> list[str]:
    """Return the paths of tests: ``audit lint::test_the_command``."""
    paths = []
    for name in names.split():
        file, colons, test = name.partition("::")
        [path] = ROOT.glob(f"tests/*/test_{file}.py")
        paths.append(f"{path}{colons}{test}")
    return paths


def _scores(counts: Counter[tuple[str, str]], modules: Sequence[str]) -> str:
    """Return the table; what can't even be imported is no mutant."""
    rows = []
    for name in (*modules, "total"):
        killed, survived = (
            sum(
                number
                for (module, end), number in counts.items()
                if end == kind and name in (module.removeprefix("dtcheck."), "total")
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
            running[process.sentinel] = (process, mutant, time.monotonic() + PATIENCE)
        wait(list(running), timeout=1)
        for sentinel, (process, mutant, end) in list(running.items()):
            if process.is_alive() and time.monotonic() < end:
                continue
            process.kill()
            process.join()
            del running[sentinel]
            yield mutant, _ended(process.exitcode or 0)


def _ended(code: int) -> str:
    """Return what an exit code of pytest says: only tests that fail, or never end, are a kill.

    Anything else (a wrong path, no test at all, an error of pytest's own) says nothing of a mutant.
    """
    if code in (0, _BROKEN):
        return BROKEN if code else SURVIVED
    # 1: failed; 2: not even collected; a signal: out of time.
    return KILLED if code in (1, 2) or code < 0 else UNCLEAR


def _try(mutant: Mutant) -> None:
    """In a fork: run the tests on the mutant, and exit with pytest's code."""
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
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
    # A folder of its own: runs side by side clear each other's away, and that would count as a kill.
    with tempfile.TemporaryDirectory() as folder:
        for tests in dict.fromkeys(TESTS[mutant.module.removeprefix("dtcheck.")]):
            arguments = [*PLAIN, f"--basetemp={folder}/tests", *_tests(tests)]
            if code := pytest.main(arguments):
                break
    os._exit(int(code))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
