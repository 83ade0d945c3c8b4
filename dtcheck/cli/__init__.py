"""The command line: the only place that prints, opens the output and exits."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["EXIT_COULD_NOT_TELL", "main"]

# 0 is nothing flagged, 1 something flagged.
EXIT_COULD_NOT_TELL = 2


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with 0, 1 or 2; Ctrl-C is caught while importing, too."""
    # Next to nothing of a run is cyclic garbage; looking for it took a twentieth of the time.
    gc.set_threshold(100_000)
    try:
        from dtcheck.cli.app import main as run

        run(args)
    except KeyboardInterrupt:
        sys.exit(EXIT_COULD_NOT_TELL)
