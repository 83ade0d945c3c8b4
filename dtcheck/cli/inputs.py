"""What a run reads is never what it writes over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

import click

_STDIN = 0


def refuse_to_overwrite_inputs(outputs: Iterable[str | None], inputs: Iterable[str]) -> None:
    """Refuse to write a result over a file that is read, whatever either is called: raises UsageError.

    ``inputs`` are files, looked through only where something is written; ``-`` stands for standard
    input. None and ``-`` among ``outputs`` are standard output.
    """
    written = {_file(path): path for path in outputs if path is not None and path != "-"}
    written.pop(None, None)
    if not written:
        return
    for path in inputs:
        if name := written.get(_file(path)):
            raise click.UsageError(f"结果不能写到 {name} 上，它是这次要读的文件，换一个文件名")


def _file(path: str) -> tuple[int, int] | None:
    """Return what is the same for all names of a file; None where no plain file is."""
    try:
        found = os.stat(_STDIN if path == "-" else path)  # noqa: PTH116 - a descriptor, too
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
