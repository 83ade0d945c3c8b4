"""Counting work, where a clock would say something else on every machine and at every load."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any
from unittest import mock

from regex_steps import Attempt, match_at, matches

import dtcheck

_PROGRAM = str(Path(dtcheck.__file__).parent)
# The engine calls itself for each repeat of a group.
_DEEP = 50_000

# The modules whose regexes read a report, and those that draft from it, too.
READING = "workreport.words workreport.figures workreport.reading workreport.report units"
DRAFTING = (
    f"{READING} workreport.locate workreport.plan workreport.headings drafting.draft drafting.wording "
    "drafting.guess drafting.naming drafting.lists drafting.phrases drafting.numerals drafting.place "
    "drafting.topics"
)


class _Count:
    def __init__(self) -> None:
        self.work = 0

    def trace(self, frame: FrameType, event: str, _: object) -> Any:
        """Count the lines that run in the program itself."""
        if not frame.f_code.co_filename.startswith(_PROGRAM):
            return None
        self.work += event == "line"
        return self.trace


def work(function: Callable[..., object], *arguments: object, regexes: str = "") -> int:
    """Return how many lines of the program ``function(*arguments)`` ran.

    ``regexes`` names modules whose regexes' steps count too: ``workreport.words drafting.guess``.
    """
    count = _Count()
    _forget()
    before, deep = sys.gettrace(), sys.getrecursionlimit()
    names = [f"dtcheck.{name}" for name in regexes.split()]
    with contextlib.ExitStack() as patched:
        for patch in list(_patches(count, names)):
            patched.enter_context(patch)
        sys.setrecursionlimit(_DEEP)
        sys.settrace(count.trace)
        try:
            function(*arguments)
        finally:
            sys.settrace(before)
            sys.setrecursionlimit(deep)
    _forget()
    return count.work


def _forget() -> None:
    """Empty the caches: what another test has worked out isn't work any more."""
    for name, module in list(sys.modules.items()):
        if name.startswith("dtcheck"):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def _patches(count: _Count, names: list[str]) -> Iterator[Any]:
    for module in map(import_module, names):
        for name, value in vars(module).items():
            counted = _counted(count, value)
            if counted is not value:
                yield mock.patch.object(module, name, counted)


def _counted(count: _Count, value: object) -> Any:
    """Return a pattern, ``re`` itself, or a tuple that holds patterns, as one that counts."""
    if isinstance(value, re.Pattern):
        return _Pattern(count, value)
    if isinstance(value, ModuleType) and value is re:
        return _Re(count)
    if type(value) is tuple:
        parts = tuple(_counted(count, each) for each in value)
        if any(one is not other for one, other in zip(parts, value, strict=True)):
            return parts
    return value


class _Pattern:
    """A compiled regex that counts before it does what it should."""

    def __init__(self, count: _Count, true: re.Pattern[str]) -> None:
        self._count = count
        self._true = true

    def __getattr__(self, name: str) -> Any:
        true = getattr(self._true, name)
        if not callable(true):
            return true

        def counting(*arguments: Any, **more: Any) -> Any:
            texts = [each for each in arguments if isinstance(each, str)]
            places = [each for each in arguments if isinstance(each, int)]
            # sub has its replacement first.
            self._walk(name, texts[-1], *places)
            return true(*arguments, **more)

        return counting

    def _walk(self, name: str, text: str, start: int = 0, end: int | None = None) -> None:
        attempt = Attempt(text, len(text) if end is None else min(end, len(text)))
        try:
            if name in ("match", "fullmatch"):
                match_at(self._true, attempt, start, full=name == "fullmatch")
            else:
                found = matches(self._true, attempt, start)
                next(found, None) if name == "search" else list(found)
        finally:
            self._count.work += attempt.steps


class _Re:
    """The module ``re``, counting."""

    def __init__(self, count: _Count) -> None:
        self._count = count

    def __getattr__(self, name: str) -> Any:
        if name not in ("match", "fullmatch", "search", "finditer", "findall", "sub", "split"):
            return getattr(re, name)
        return lambda pattern, *arguments, **more: getattr(self.compile(pattern), name)(
            *arguments, **more
        )

    def compile(self, pattern: Any, flags: int = 0) -> _Pattern:
        if isinstance(pattern, _Pattern):
            return pattern
        return _Pattern(self._count, re.compile(pattern, flags))
