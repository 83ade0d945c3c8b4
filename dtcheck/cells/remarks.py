"""What is to be said of a cell, and how its text is quoted."""

from __future__ import annotations

from typing import NamedTuple

from dtcheck.rules import Level, Rule


class Remark(NamedTuple):
    """What is to be said of a row, before it has a place: ``column`` is a field's name.

    ``level`` is set where it isn't the rule's own, ``at`` where one column of figures is meant;
    ``of_many`` is what to say where it holds for many rows alike.
    """

    rule: Rule
    message: str
    hint: str
    column: str
    level: Level | None = None
    at: int | None = None
    of_many: tuple[str, str] | None = None


class RefusedError(Exception):
    """A figure can't be used; ``remark`` says why."""

    def __init__(self, rule: Rule, message: str, hint: str, column: str = "实际值") -> None:
        super().__init__(message)
        self.remark = Remark(rule, message, hint, column)


def shorten(text: str, most: int = 40) -> str:
    """Return what a message quotes of a cell: one line, control characters shown as ·, cut."""
    line = "".join(
        mark if mark.isprintable() else " " if mark.isspace() else "·"
        for mark in text.strip()[: most + 1]
    )
    return line if len(line) <= most else line[:most] + "…"
