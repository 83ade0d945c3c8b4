"""Opening a submission so that it can be read twice, and told whether it changed meanwhile."""

from __future__ import annotations

import io
import os
from typing import BinaryIO, cast

_IN_MEMORY = 8_000_000
# A form has some thousand bytes, and is read several times.
_SMALL = 1 << 20


def state_of(file: BinaryIO) -> tuple[int, int] | None:
    """Return size and time of a file on disk, to tell whether it was changed while it was read."""
    if not isinstance(file, io.BufferedReader):
        return None
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def open_twice(path: str, stdin: BinaryIO | None) -> BinaryIO:
    """Open a file so that it can be read twice: once for its encoding, once for its rows."""
    if path == "-":
        if stdin is None:
            raise OSError("没有标准输入")
        return _spooled(stdin)
    file = open(path, "rb")  # noqa: SIM115 - the caller closes it
    if file.seekable():
        return file
    with file:
        return _spooled(file)


def at_hand(file: BinaryIO) -> BinaryIO:
    """Return what a file holds, in memory if it is small; else the file itself, at its start."""
    content = file.read(_SMALL)
    if len(content) < _SMALL:
        return io.BytesIO(content)
    file.seek(0)
    return file


def _spooled(stream: BinaryIO) -> BinaryIO:
    import tempfile

    copy = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    while chunk := stream.read(1 << 20):
        copy.write(chunk)
    copy.seek(0)
    return copy
