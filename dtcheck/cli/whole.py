"""A file is there whole or not at all: it is written beside its place and moved there.

Such a part has a name of its own: in containers the numbers of processes repeat. It goes away with
whatever ends the run; one that was killed leaves it to the next run that writes the same file.
A part that is being written is locked, which tells it from what was left.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from dtcheck.patterns import regex

try:
    import fcntl
except ImportError:  # Windows, where an open file can't be removed anyway
    fcntl = None  # type: ignore[assignment]

# A number in hexadecimal: that of a process, as former versions had it, or a chance one.
_TAIL = regex(r"\.[0-9a-f]{1,16}\.part")
# Where the file system gives no locks, nobody's part is touched.
_UNLOCKED = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)
_being_written: set[Path] = set()


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file, or into a pipe or device. Raises OSError."""
    if path.exists() and not path.is_file():
        # A pipe or a device, such as /dev/null: nothing there to keep whole.
        with path.open("wb") as device:
            device.write(content)
        return
    # Putting another file in its place would get round what the permissions say.
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    for left in _left_over(path):
        _remove_unless_locked(left)
    try:
        part, file = _new_part(path)
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, part)
            if fcntl:  # else an open file can't be moved
                part.replace(path)
        if not fcntl:
            part.replace(path)
    finally:
        # A signal may come between any two of these lines, even before there is a ``part``.
        drop_parts()


def drop_parts() -> None:
    """Remove what this process is writing: for whoever ends it in the middle."""
    for part in tuple(_being_written):
        _drop(part)


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)
    _being_written.discard(part)


def _stem(path: Path) -> str:
    return f".{path.name[:40]}"


def _new_part(path: Path) -> tuple[Path, BinaryIO]:
    """Return a part of a name that nobody else has, open and locked."""
    while True:
        part = path.with_name(f"{_stem(path)}.{os.urandom(6).hex()}.part")
        _being_written.add(part)
        try:
            file = part.open("xb")
        except FileExistsError:
            _being_written.discard(part)
            continue
        except OSError:
            _being_written.discard(part)
            raise
        # Before it was locked, another run may have taken it for left over.
        if not fcntl or not _locked(file) or os.fstat(file.fileno()).st_nlink:
            return part, file
        file.close()
        _drop(part)


def _locked(file: BinaryIO) -> bool:
    """Lock a file; False where its file system can't."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _UNLOCKED:
            raise
        return False
    return True


def _left_over(path: Path) -> Iterator[Path]:
    """Yield the parts of a file that lie beside it."""
    stem = _stem(path)
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - names
    except OSError:
        return  # writing will say what is wrong with the folder
    for name in names:
        if name.startswith(stem) and _TAIL.fullmatch(name[len(stem) :]):
            yield path.with_name(name)


def _remove_unless_locked(part: Path) -> None:
    """Remove a part that no run is writing any more; whatever stands in the way, leave it."""
    with suppress(OSError):
        if not fcntl:
            part.unlink()
            return
        with part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
