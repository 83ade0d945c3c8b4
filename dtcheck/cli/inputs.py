"""What a run reads is never what it writes over."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from itertools import chain

import click

from dtcheck.cli.config import load_config
from dtcheck.tables.folders import submission_files

_STDIN = 0


def refuse_to_overwrite_inputs(
    outputs: Iterable[str | None],
    inputs: Iterable[str],
    exclude: Collection[str] = (),
    *,
    config: str | None = None,
) -> None:
    """Refuse to write a result over a file that is read, whatever either is called: raises UsageError.

    A folder among ``inputs`` stands for the submissions in it but those that ``exclude`` leaves
    out, ``-`` for standard input; the ``config`` is read, too; None is that of this folder. None and ``-`` among ``outputs`` are standard output.
    """
    written = {_file(path): path for path in outputs if path is not None and path != "-"}
    written.pop(None, None)
    if not written:
        return
    for path in chain(
        submission_files(inputs, [], exclude), (load_config().path if config is None else config,)
    ):
        if name := written.get(_file(path)):
            raise click.UsageError(f"结果不能写到 {name} 上，它是这次要读的文件，换一个文件名")


def _file(path: str) -> tuple[int, int] | None:
    """Return what is the same for all names of a file; None where no plain file is."""
    try:
        found = os.stat(_STDIN if path == "-" else path)  # noqa: PTH116 - a descriptor, too
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
