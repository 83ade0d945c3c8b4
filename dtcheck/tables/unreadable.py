"""The error for a file that can't be read as a table."""

from __future__ import annotations

from dtcheck.rules import Rule
from dtcheck.rules.files import UNREADABLE


class UnreadableError(Exception):
    """The file can't be read as a table; the message says in Chinese why, ``hint`` what to do.

    ``rule`` is the rule of the finding to be made of it; ``line`` the line of the text, if one is known.
    """

    def __init__(
        self, message: str, hint: str, line: int | None = None, rule: Rule = UNREADABLE
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line
        self.rule = rule
