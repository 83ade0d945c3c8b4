"""Rows that are part of a form, whatever they hold: totals, signatures, counted columns (design §4)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dtcheck.patterns import regex
from dtcheck.units import plain

_LAYOUT = regex(
    r"(?:本页|全市|以上)?(?:合|小|总|共)计(?:数|[:：(（].*|[0-9].*)?|(?:填表|填报|制表|审核|审批|复核|报送|经办|联系|分管|单位负责|负责|统计负责)人?(?:[:：(（].*)?|(?:填报|报送|制表|填表)(?:日期|时间)(?:[:：].*)?"
)
_COUNTING = regex(r"[甲乙丙丁戊己庚辛]|\(?[0-9]{1,2}\)?|[一二三四五六七八九十]|[A-Z]|[0-9]=.*")


def is_layout_row(code: str, name: str, cells: Sequence[str]) -> bool:
    """Whether a row is part of the form whatever it holds: 合计, 填表人, a row of 甲 乙 1 2."""
    start = next((cell for cell in cells if cell.strip()), "")
    if any(_LAYOUT.fullmatch(_bare(said)) for said in (name, code, start) if said):
        return True
    bare = _bare(name or code or start)
    if not _COUNTING.fullmatch(bare):
        return False
    filled = [plain(cell) for cell in cells if cell.strip()]
    numbers = [int(digits) for cell in filled if (digits := cell.strip("()")).isdecimal()]
    return (
        len(filled) > 2
        and all(map(_COUNTING.fullmatch, filled))
        # 1, 60, 30 are figures.
        and all(after == before + 1 for before, after in pairwise(numbers))
    )


def _bare(text: str) -> str:
    return "".join(plain(text).split())
