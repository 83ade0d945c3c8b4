"""A table that rows come from, a text file or a sheet, and places in it."""

from __future__ import annotations

from typing import NamedTuple

from dtcheck.rules import Filing, Place, shown_path
from dtcheck.tables.text import Row

STDIN_NAME = "标准输入"


def shown_name(path: str) -> str:
    """Return what a submission is called in findings: its path, but for ``-``."""
    return STDIN_NAME if path == "-" else shown_path(path)


class Table(NamedTuple):
    """A text file, or a sheet of a workbook; ``file`` as it is shown.

    ``hidden``: readers of the workbook don't see the sheet; ``hidden_columns`` are counted from 0.
    ``origin`` is the file that a marked copy was made from, as it was shown then.
    """

    file: str
    filing: Filing
    sheet: str | None = None
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    origin: str | None = None

    def place(
        self, row: Row | None = None, column: str | None = None, index: int | None = None
    ) -> Place:
        """Return a place in the table; ``index`` counts the column from 0."""
        if row is None:
            return Place(self.file, column=column, sheet=self.sheet, filing=self.filing)
        cell = None
        if self.sheet and index is not None:
            cell = f"{column_letters(index)}{row.number}"
        if index is None:
            text = "\t".join(row.cells)
        else:
            text = row.cells[index] if index < len(row.cells) else ""
        return Place(
            self.file, row.number, row.line, column, self.sheet, cell, self.filing, index, text
        )


def column_letters(index: int) -> str:
    """Return what Excel calls the column at ``index``, counted from 0: A, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
