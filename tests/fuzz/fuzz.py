"""``make fuzz``: hostile inputs for minutes, with counts. ``python tests/fuzz/fuzz.py [MINUTES] [SEED]``.

Every case has a number, so that what is found can be run again: ``python tests/fuzz/fuzz.py KIND:NUMBER``.
atheris was tried: guided by coverage it reached less, as it runs a twentieth of the cases.
"""

from __future__ import annotations

import faulthandler
import resource
import sys
import time
from collections import Counter
from random import Random

from fuzzing import SECONDS, Case, Found, run_case
from hostile import KINDS
from tabulate import tabulate

_MEMORY = 2 << 30
_ENOUGH = 20


def numbered(kind: str, number: int) -> Case:
    """Return a case by its number."""
    return KINDS[kind](Random(f"{kind}:{number}"))


def run(minutes: float, seed: int) -> int:
    """Run cases until the time is up; print what came of them, and return the exit code."""
    counts = {kind: Counter[int]() for kind in KINDS}
    slowest, largest = dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, 0.0)
    found: list[str] = []
    end, number = time.monotonic() + minutes * 60, seed
    while time.monotonic() < end and len(found) < _ENOUGH:
        for kind in KINDS:
            if sys.stderr.isatty():
                print(f"\r{kind}:{number} ", end="", file=sys.stderr, flush=True)
            # Harder than the alarm: ends the process where not even that gets through.
            faulthandler.dump_traceback_later(SECONDS * 6, exit=True)
            try:
                outcome = run_case(numbered(kind, number))
            except Found as problem:
                found.append(f"{kind}:{number}")
                print(f"\n{found[-1]}: {problem}", file=sys.stderr, flush=True)
                continue
            counts[kind][outcome.code] += 1
            slowest[kind] = max(slowest[kind], outcome.seconds)
            largest[kind] = max(largest[kind], outcome.grown)
        number += 1
    faulthandler.cancel_dump_traceback_later()
    rows = [
        (kind, count.total(), count[0], count[1], count[2], slowest[kind], largest[kind])
        for kind, count in counts.items()
    ]
    heads = ("input", "cases", "exit 0", "exit 1", "exit 2", "slowest, s", "grew by, MB")
    print(tabulate(rows, heads, tablefmt="pipe", floatfmt=("", "", "", "", "", ".1f", ".0f")))
    total = sum(count.total() for count in counts.values())
    print(f"\n{total} cases, numbers {seed} to {number - 1}, found {len(found)}")
    for each in found:
        print(f"  python tests/fuzz/fuzz.py {each}")
    return 1 if found else 0


def main() -> int:
    """Run for minutes, or one numbered case once more."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    first = sys.argv[1] if len(sys.argv) > 1 else "5"
    kind, colon, number = first.partition(":")
    if colon:
        case = numbered(kind, int(number))
        print(case)
        print(run_case(case))
        return 0
    return run(float(first), int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()))


if __name__ == "__main__":
    sys.exit(main())
