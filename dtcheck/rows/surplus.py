"""Rows of a text with more cells than their header: a comma that parted a figure or a note (design §4)."""

from __future__ import annotations

from collections.abc import Sequence

from dtcheck.cells.remarks import Remark
from dtcheck.headers.form import Form
from dtcheck.patterns import regex
from dtcheck.rules.rows import TOO_MANY_CELLS
from dtcheck.tables.text import Row

# What thousands marks part: 1, 280 and 500.5.
_HEAD = regex("-?[0-9]{1,3}")
_GROUP, _LAST = regex("[0-9]{3}"), regex(r"[0-9]{3}(?:\.[0-9]+)?")


class Surplus:
    """Tells the rows of one form that a comma too many has shifted."""

    def __init__(self, form: Form) -> None:
        self.width = form.width
        self._figures = tuple(column.index for column in form.figures)
        self._notes = frozenset(column.index for column in form.notes)
        # Blank cells that every row has at its end, as the first full one has them.
        self._usual: int | None = None

    def check(self, row: Row) -> Remark | None:
        """Return what to say of a row that can't be read cell by cell, or None."""
        beyond = len(row.cells) - self.width
        if self._usual is None and beyond >= 0:
            self._usual = beyond
        if beyond > (self._usual or 0) or any(map(str.strip, row.cells[self.width :])):
            return self._remark(row)
        # All rows end in a blank cell, or it was left out: then 280.5 fell into the notes.
        for at in self._figures:
            if not row.cells[at + 1 : at + 2] or not row.cells[at + 1][:1].isdigit():
                continue
            is_shifted = at + 1 in self._notes or (beyond > 0 and at + 1 not in self._figures)
            if is_shifted and _parted(row.cells[at : at + 2]):
                return self._remark(row)
        return None

    def _remark(self, row: Row) -> Remark:
        cells = [cell.strip() for cell in row.cells]
        parted = next(filter(None, (_parted(cells[at:]) for at in range(len(cells)))), "")
        message = f"这一行有 {len(cells)} 格，表头只有 {self.width} 格，没有使用"
        if len(cells) <= self.width:
            message = f"“{parted}”像是一个数被逗号拆成了两格，没有使用"
        hint = "格子里的逗号加英文引号，或改用中文逗号"
        if parted:
            hint = f'“{parted}”写成 {parted.replace(",", "")}，或加英文引号写成 "{parted}"'
        return Remark(TOO_MANY_CELLS, message, hint, "")


def _parted(cells: Sequence[str]) -> str:
    """Return the figure that thousands marks parted into the first of ``cells``, or ""."""
    first, *others = (cell.strip() for cell in cells)
    groups: list[str] = []
    for other in others if _HEAD.fullmatch(first) else ():
        if not _LAST.fullmatch(other):
            break
        groups.append(other)
        if not _GROUP.fullmatch(other):
            break
    return ",".join([first, *groups]) if groups else ""
