"""What a rule and a finding are."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from dtcheck.periods import Period


class Level(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word users read."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One kind of thing that can be wrong; ``page`` is what ``dtcheck explain`` prints of it.

    ``title`` names in a line what is wrong. ``leaves_unjudged``: a file with a finding of this rule
    was not judged at all, so the run can't tell and ends with exit code 2. ``is_shown``: an assumption
    that a reader should check, seen without being asked for.
    """

    id: str
    level: Level
    title: str
    page: str
    leaves_unjudged: bool = False
    is_shown: bool = False


def _rule(level: Level, text: str, *, leaves_unjudged: bool = False) -> Rule:
    head, page = text.split("\n", 1)
    number, title = head.split(" ", 1)
    return Rule(number, level, title, page.strip(), leaves_unjudged)


def fatal(text: str) -> Rule:
    """Return a rule of level error that leaves the whole file unjudged, from its page."""
    return _rule(Level.ERROR, text, leaves_unjudged=True)


def error(text: str) -> Rule:
    """Return a rule of level error from its page, which starts with its id and title."""
    return _rule(Level.ERROR, text)


def warning(text: str) -> Rule:
    """Return a rule of level warning from its page."""
    return _rule(Level.WARNING, text)


def assumption(text: str) -> Rule:
    """Return a rule of level info that is always shown, from its page."""
    return replace(info(text), is_shown=True)


def info(text: str) -> Rule:
    """Return a rule of level info from its page."""
    return _rule(Level.INFO, text)


class Filing(NamedTuple):
    """The month and the bureau that a submission is filed under, as its path names them.

    ``is_correction``: file or folder call themselves one (更正, 修订, 重报, 更新版).
    """

    month: Period | None = None
    bureau: str | None = None
    is_correction: bool = False


UNFILED = Filing()


def shown_path(path: str) -> str:
    """Return a path as findings and outputs show it: with ``/`` on every system."""
    return path.replace(os.sep, "/")


class Place(NamedTuple):
    """Where in a file something stands; ``file`` as ``shown_path`` gives it.

    ``row`` is what Excel numbers, from 1; ``line`` the line of the text, which runs ahead of the
    row after a line break inside a cell; ``sheet`` and ``cell`` (B12) are set for workbooks only.
    ``filing`` is what the file's path says of it.
    """

    file: str
    row: int | None = None
    line: int | None = None
    column: str | None = None
    sheet: str | None = None
    cell: str | None = None
    filing: Filing = UNFILED

    def __str__(self) -> str:
        return " ".join((self.file, *self._inside()))

    @property
    def in_row(self) -> Place:
        """The row, as a sentence names it that is not about one of its columns."""
        return self._replace(column=None)

    def beside(self, first: Place) -> str:
        """Return how to name this place after ``first``: without what both have in common."""
        if self.file != first.file or self.row is None:
            return str(self)
        if self.sheet != first.sheet:
            return " ".join(self._inside())
        return self.cell or f"第{self.row}行"

    def _inside(self) -> list[str]:
        parts = []
        if self.sheet:
            parts.append(f"“{self.sheet}”表")
        if self.cell:
            return [*parts, self.cell]
        if self.row is not None:
            parts.append(f"第{self.row}行")
        elif self.line is not None:
            parts.append(f"第{self.line}行")
        if self.column:
            parts.append(f"“{self.column}”列")
        return parts


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful.

    ``code`` is the target it concerns, if one is known. ``count`` is above 1 where one finding
    stands for many places, of which ``more`` holds the next ones after ``place``.
    """

    rule: Rule
    message: str
    hint: str
    place: Place
    code: str | None = None
    count: int = 1
    more: tuple[Place, ...] = ()
    graded: Level | None = None

    @property
    def level(self) -> Level:
        """The level of its rule, unless this one is ``graded`` otherwise."""
        return self.graded or self.rule.level
