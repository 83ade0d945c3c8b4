"""``make fuzz``: hostile inputs for minutes, with counts. ``python tests/fuzz.py [MINUTES] [SEED]``.

Every case has a number, so that what is found can be run again: ``python tests/fuzz.py KIND:NUMBER``.
"""

from __future__ import annotations

import faulthandler
import random
import resource
import sys
import time
from collections import Counter

from fuzzing import KINDS, SECONDS, Case, Found, Outcome, peak, run_case
from tabulate import tabulate

_LIMIT = 2 << 30


def numbered(kind: str, number: int) -> Case:
    """Return a case by its number."""
    return KINDS[kind](random.Random(f"{kind}:{number}"))


def run(minutes: float, seed: int) -> int:
    """Run cases until the time is up; print what came of them, and return the exit code."""
    counts = {kind: Counter[str]() for kind in KINDS}
    slowest = dict.fromkeys(KINDS, (0.0, 0))
    found: list[str] = []
    end, number = time.monotonic() + minutes * 60, seed
    while time.monotonic() < end and len(found) < 20:
        for kind in KINDS:
            # Harder than the alarm: ends the process where not even that gets through.
            faulthandler.dump_traceback_later(SECONDS * 6, exit=True)
            try:
                outcome: Outcome = run_case(numbered(kind, number))
            except Found as problem:
                found.append(f"{kind}:{number} {problem}")
                print(found[-1], file=sys.stderr, flush=True)
                continue
            counts[kind][f"exit {outcome.code}"] += 1
            slowest[kind] = max(slowest[kind], (outcome.seconds, number))
        number += 1
    faulthandler.cancel_dump_traceback_later()
    rows = [
        (
            kind,
            count.total(),
            *(count[f"exit {code}"] for code in (0, 1, 2)),
            f"{slowest[kind][0]:.2f} s",
        )
        for kind, count in counts.items()
    ]
    heads = ("input", "cases", "exit 0", "exit 1", "exit 2", "slowest")
    print(tabulate(rows, heads, tablefmt="pipe"))
    print(f"\nseeds {seed} to {number - 1}, peak {peak():.0f} MB, found {len(found)}")
    return 1 if found else 0


def main() -> int:
    """Run for minutes, or one numbered case once more."""
    resource.setrlimit(resource.RLIMIT_AS, (_LIMIT, _LIMIT))
    first = sys.argv[1] if len(sys.argv) > 1 else "1"
    if ":" in first:
        kind, _, number = first.partition(":")
        case = numbered(kind, int(number))
        print(case)
        print(run_case(case))
        return 0
    return run(float(first), int(sys.argv[2]) if len(sys.argv) > 2 else 0)


if __name__ == "__main__":
    sys.exit(main())
