"""What a note may excuse: an operator or a striving that it names, never a number (design §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dtcheck.targets.model import Target
from dtcheck.workreport.reading import operator_named
from dtcheck.workreport.report import mend
from dtcheck.workreport.words import MAYBE_STRIVING

_QUOTED = re.compile("“([^“”]{1,24})”([^。;“”]*(?:“[^“”]{0,24}”[^。;“”]*)*)")
_DENIED = re.compile("不|非|未|没有|而是")


class Excuse(NamedTuple):
    """What a target's note gave as the reason for reading ``words`` otherwise than they are.

    ``read`` is what the words say, ``written`` what the file has.
    """

    code: str
    words: str
    read: str
    written: str
    note: str
    line: int


def excuse(target: Target, words: str, read: str, written: str) -> Excuse:
    """Return what the note of ``target`` excuses."""
    return Excuse(target.code, words, read, written, target.note or "", target.line)


def excuses_operator(target: Target, word: str) -> bool:
    """Whether the note quotes the report's ``word`` and goes on to name the goal's operator.

    “超”读作达到: of several words the last one counts.
    """
    return any(
        word in quoted and operator_named(rest) is target.goal.op
        for quoted, rest in _quotations(target)
    )


def striving_in_note(target: Target) -> bool | None:
    """Return whether the note says that a quoted 争创 holds of the target; None where it says nothing."""
    found = [
        _DENIED.search(rest) is None
        for quoted, rest in _quotations(target)
        if MAYBE_STRIVING.search(quoted)
    ]
    return found[-1] if found else None


def quotes(target: Target, word: str) -> bool:
    """Whether the note quotes ``word``, and nothing else with it."""
    return any(word == quoted for quoted, _ in _quotations(target))


def _quotations(target: Target) -> Iterator[tuple[str, str]]:
    """Yield what the note quotes, and how its sentence goes on."""
    note = mend(target.note or "")
    for start in (match.start() for match in re.finditer("“", note)):
        if match := _QUOTED.match(note, start):
            yield match[1], match[2]
