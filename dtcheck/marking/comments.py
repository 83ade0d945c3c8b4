"""What is said of a cell, in its comment; what a clerk wrote there stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from wcwidth import wcswidth

from dtcheck.formats.content import clean
from dtcheck.marking.looks import label
from dtcheck.patterns import regex
from dtcheck.rules import Finding

_START, _END = "【dtcheck 标注】", "【标注完】"
_OURS = regex(rf"\n*{_START}.*?(?:{_END}|\Z)\n*", re.DOTALL)
_WHY = regex(r"^为什么要紧：(.*?)$", re.MULTILINE)
_AUTHOR = "dtcheck"
# Of more findings on one cell the first say enough.
_MOST = 6
# Pixels: of a column of text, of a line, and what a frame takes; the tallest still fits a screen.
_COLUMN, _LINE, _FRAME = 7, 18, 16
_COLUMNS, _TALLEST = 52, 560


def add_comment(cell: Cell, findings: Iterable[Finding]) -> None:
    """Say in the comment of a cell what was found there, below what a clerk wrote."""
    found = list(dict.fromkeys(findings))
    said = [_words(each) for each in found[:_MOST]]
    if len(found) > _MOST:
        said.append(f"另有 {len(found) - _MOST} 条，见“检查结果”表")
    text = "\n".join((_START, "\n\n".join(said), _END))
    old = cell.comment
    if old is not None:
        text = f"{old.text}\n\n{text}"
    cell.comment = _comment(text, old.author if old is not None else _AUTHOR)


def clean_comment(cell: Cell) -> None:
    """Take what we said out of the comment of a cell; leave what a clerk wrote, readable in full."""
    if cell.comment is None:
        return
    text, author = cell.comment.text, cell.comment.author
    rest = _OURS.sub("\n", text).strip("\n") if _START in text else text
    cell.comment = _comment(rest, author) if rest else None


def _words(finding: Finding) -> str:
    why = _WHY.search(finding.rule.page)
    lines = (
        f"{label(finding.level)} {finding.rule.id} {finding.rule.title}",
        f"问题：{clean(finding.message)}",
        f"改法：{clean(finding.hint)}",
        *((f"为什么：{why[1]}",) if why else ()),
    )
    return "\n".join(lines)


def _comment(text: str, author: str | None) -> Comment:
    widths = [wcswidth(line) if line.isprintable() else len(line) * 2 for line in text.split("\n")]
    lines = sum(max(1, -(-max(width, 0) // (_COLUMNS - 2))) for width in widths)
    height = min(lines * _LINE + _FRAME, _TALLEST)
    width = min(max([*widths, 24]) + 2, _COLUMNS) * _COLUMN + _FRAME
    return Comment(text, author or _AUTHOR, height=height, width=width)
