"""The old binary container (an OLE compound file) of .xls, .et, .doc and all that has a password.

xlrd has a reader of its own, but follows a directory that points back at itself until it has taken
the machine with it. Here every walk ends, for nothing is passed twice.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dtcheck.tables.unreadable import damaged

_HEADER = struct.Struct("<30x2H14xI4x2I4xI4x")
_IN_HEADER = struct.Struct("<109I")
_ENTRY = struct.Struct("<64sHB1x3I36xII4x")
# Numbers of sectors end here; those above mark ends, and sectors that hold none of the content.
_NO_SECTOR = 0xFFFFFFFA
_NO_ENTRY = 0xFFFFFFFF
_STREAM = 2
_MINI = 64


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """What lies at the top of a compound file. Raises UnreadableError, in opening and in reading."""

    def __init__(self, content: bytes) -> None:
        try:
            shift, mini, directory, self._cutoff, mini_fat, more = _HEADER.unpack_from(content)
            in_header = _IN_HEADER.unpack_from(content, _HEADER.size)
        except struct.error:
            raise damaged() from None
        if shift not in (9, 12) or 1 << mini != _MINI:
            raise damaged()
        size = 1 << shift
        self._sectors = _Sectors(content, size, size)
        self._sectors.table = self._table(in_header, more)
        entries = self._entries(directory)
        self._top = {each.name.lower(): each for each in _children(entries)}
        # Small streams share one that belongs to the root.
        self._minis = _Sectors(self._sectors.chain(entries[0].start), _MINI, 0)
        self._minis.table = _numbers(self._sectors.chain(mini_fat))

    def __contains__(self, name: str) -> bool:
        """Whether a stream or a folder of this name lies at the top."""
        return name.lower() in self._top

    def read(self, name: str) -> bytes:
        """Return the content of a stream at the top."""
        entry = self._top[name.lower()]
        sectors = self._minis if entry.size < self._cutoff else self._sectors
        content = sectors.chain(entry.start)
        if entry.kind != _STREAM or len(content) < entry.size:
            raise damaged()
        return content[: entry.size]

    def _table(self, in_header: Sequence[int], more: int) -> tuple[int, ...]:
        """Return for every sector the next one of its chain."""
        numbers = list(in_header)
        passed = 0
        while more < _NO_SECTOR:
            *others, more = _numbers(self._sectors.read(more))
            numbers += others
            passed += 1
            if passed > self._sectors.count:
                raise damaged()
        used = [number for number in numbers if number < _NO_SECTOR]
        if len(used) > self._sectors.count:
            raise damaged()
        return _numbers(b"".join(map(self._sectors.read, used)))

    def _entries(self, start: int) -> list[_Entry]:
        found = []
        content = self._sectors.chain(start)
        for name, length, *rest in _ENTRY.iter_unpack(content[: len(content) // 128 * 128]):
            found.append(_Entry(name[: max(length - 2, 0)].decode("utf-16-le", "replace"), *rest))
        if not found:
            raise damaged()
        return found


class _Sectors:
    """Equal pieces of a content; ``table`` tells which follows which."""

    def __init__(self, content: bytes, size: int, offset: int) -> None:
        self._content = content
        self._size = size
        self._offset = offset
        # The last one may be cut short.
        self.count = -(-(len(content) - offset) // size)
        self.table: Sequence[int] = ()

    def read(self, number: int) -> bytes:
        """Return one sector, of which the last may be short."""
        if number >= self.count:
            raise damaged()
        start = self._offset + number * self._size
        return self._content[start : start + self._size]

    def chain(self, start: int) -> bytes:
        """Return the sectors that follow each other from ``start``; none where it is no sector."""
        found: list[bytes] = []
        while start < _NO_SECTOR:
            is_short = found and len(found[-1]) < self._size
            if len(found) >= self.count or start >= len(self.table) or is_short:
                raise damaged()
            found.append(self.read(start))
            start = self.table[start]
        return b"".join(found)


def _children(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """Yield what lies in the root, whose names make a tree."""
    seen: set[int] = set()
    ahead = [entries[0].child]
    while ahead:
        number = ahead.pop()
        if number == _NO_ENTRY:
            continue
        if number in seen or number >= len(entries):
            raise damaged()
        seen.add(number)
        yield entries[number]
        ahead += (entries[number].left, entries[number].right)


def _numbers(content: bytes) -> tuple[int, ...]:
    whole = content[: len(content) // 4 * 4]
    return struct.unpack(f"<{len(whole) // 4}I", whole)
