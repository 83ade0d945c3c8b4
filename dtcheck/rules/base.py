"""What a rule and a finding are."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
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
    ``filing`` is what the file's path says of it, ``at`` counts the column from 0.
    ``text`` is what the cell holds, or the row where no cell is meant.
    """

    file: str
    row: int | None = None
    line: int | None = None
    column: str | None = None
    sheet: str | None = None
    cell: str | None = None
    filing: Filing = UNFILED
    at: int | None = None
    text: str = ""

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

    def table_beside(self, other: Place) -> str:
        """Return how to name the table of this place beside one in another; "" in the same."""
        if self.file != other.file:
            return " ".join((self.file, *([f"“{self.sheet}”表"] if self.sheet else [])))
        return f"“{self.sheet}”表" if self.sheet != other.sheet else ""

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


_FIRST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful.

    ``code`` is the target it concerns, if one is known. ``count`` is above 1 where one finding
    stands for many places, of which ``more`` holds the next ones after ``place``; where these are of
    several targets, ``codes`` holds all of them and ``code`` is None. ``of_many`` is what to say,
    message and hint, where it holds for many rows of a table alike.
    """

    rule: Rule
    message: str
    hint: str
    place: Place
    code: str | None = None
    count: int = 1
    more: tuple[Place, ...] = ()
    graded: Level | None = None
    codes: tuple[str, ...] = ()
    of_many: tuple[str, str] | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """The first places, its own before all."""
        return (self.place, *self.more[: _FIRST_PLACES - 1])

    @property
    def about(self) -> tuple[str, ...]:
        """The targets that it concerns, one or many."""
        return self.codes or ((self.code,) if self.code else ())

    @property
    def placed(self) -> tuple[tuple[Place, str | None], ...]:
        """Its places, each with the target of its row where that can be told."""
        places = (self.place, *self.more)
        alike = self.codes if len(self.codes) == len(places) else (self.code,) * len(places)
        return tuple(zip(places, alike, strict=True))

    @property
    def level(self) -> Level:
        """The level of its rule, unless this one is ``graded`` otherwise."""
        return self.graded or self.rule.level


def kept(findings: Iterable[Finding], ignored: Container[str]) -> tuple[Finding, ...]:
    """Return all findings but those of the ``ignored`` rule ids; an error is never left out."""
    return tuple(
        finding
        for finding in findings
        if finding.rule.id not in ignored or finding.level is Level.ERROR
    )
