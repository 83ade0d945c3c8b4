"""Being stopped: by Ctrl-C, by a system that ends its jobs, by a terminal that is closed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from dtcheck.cli.whole import drop_parts

# SIGHUP is not on Windows, SIGBREAK (Ctrl-Break) there alone.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def _stop(number: int, frame: FrameType | None) -> None:
    """End the run by way of its clean-up, once: more of the same would end the clean-up."""
    del number, frame
    for name in _NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def stoppable(code: int, message: str) -> Iterator[None]:
    """Make each of the signals a KeyboardInterrupt, as Ctrl-C is; those that are ignored stay so (nohup).

    Python loses an exception that comes while it disposes of a generator, and prints a traceback of
    it: in this case, the run ends with ``code`` and ``message`` right there.
    """

    def lost(told: Any) -> None:
        if told.exc_type is not KeyboardInterrupt:
            unraisable(told)
            return
        drop_parts()
        with suppress(OSError, ValueError):
            os.write(2, f"{message}\n".encode(sys.stderr.encoding or "utf-8", "replace"))
        os._exit(code)

    unraisable, sys.unraisablehook = sys.unraisablehook, lost
    former = {}
    try:
        for name in _NAMES:
            number = getattr(signal, name, None)
            # Set by whoever embeds the program, it isn't ours; in a thread, signals can't be set.
            with suppress(ValueError):
                if number and signal.getsignal(number) in (
                    signal.SIG_DFL,
                    signal.default_int_handler,
                ):
                    former[number] = signal.signal(number, _stop)
        yield
    finally:
        sys.unraisablehook = unraisable
        for number, handler in former.items():
            signal.signal(number, handler)
