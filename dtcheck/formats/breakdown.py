"""The table that offices make each spring (责任分解表): who answers for what, and by when how much."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl import Workbook

from dtcheck.formats.content import DASH, clean
from dtcheck.formats.explain import RHYTHM_WORDS
from dtcheck.formats.goal_words import against, around, goal_words
from dtcheck.judge.pace import due_by
from dtcheck.sheets import Column, Page, Value, add_page
from dtcheck.targets import Goal, Pace, Target, TargetsFile, short_path
from dtcheck.targets.model import DECEMBER
from dtcheck.units import format_number
from dtcheck.workbooks import LONG_AGO, book_bytes

SHEET = "责任分解表"
_RIGHT, _CENTER = "right", "center"
_QUARTERS = {3: "一季度", 6: "上半年", 9: "前三季度"}
_QUARTER = 3
_TO_COME = "待下达"
_SAID = (
    "各季度为到季末应达到的数：数量为年初以来的累计数，总数、占比为期末数，增速为与上年同期相比；{dash} 表示那个季度没有新数，或不按进度考核。"
    "按目标文件所写的节奏推算，牵头单位也由目标文件分派，都不是报告的内容。"
)


def write(file: TargetsFile, codes: frozenset[str]) -> bytes:
    """Return the chosen targets as a workbook by lead bureau, ready to print: the same bytes each time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = _page(file, codes)
    book.properties.creator = "dtcheck"
    book.properties.title = page.title
    add_page(book, page)
    book.properties.created = book.properties.modified = LONG_AGO
    return book_bytes(book)


def _page(file: TargetsFile, codes: frozenset[str]) -> Page:
    columns = (
        Column("序号", 6, _CENTER),
        Column("责任单位", 22),
        Column("编号", 8, _CENTER),
        Column("指标", 28),
        Column("目标", 18),
        Column(f"{file.year - 1}年实绩", 14, _RIGHT),
        *(Column(head, 16, _RIGHT) for head in _QUARTERS.values()),
        Column("全年", 16, _RIGHT),
        Column("牵头领导", 8),
        Column("配合单位", 10),
        Column("备注", 13),
    )
    order = {bureau.name: at for at, bureau in enumerate(file.bureaus)}
    chosen = [target for target in file.targets if target.code in codes]
    chosen.sort(key=lambda target: order.get(target.lead, len(order)))
    starts = {
        at for at, target in enumerate(chosen) if at == 0 or target.lead != chosen[at - 1].lead
    }
    return Page(
        SHEET,
        clean(f"{file.place}{file.year}年政府工作报告主要指标责任分解表"),
        f"{_counts(file, len(chosen), len(starts))}{_SAID.format(dash=DASH)}",
        columns,
        [_row(number, target, file) for number, target in enumerate(chosen, 1)],
        frozen=4,
        groups=frozenset(starts),
        is_centered=True,
        head_lines=2,
    )


def _counts(file: TargetsFile, targets: int, bureaus: int) -> str:
    part = f"，这里列出 {targets} 项" if targets < len(file.targets) else ""
    return clean(
        f"共 {len(file.targets)} 项{part}，责任单位 {bureaus} 个（{short_path(file.path)}）。"
    )


def _row(number: int, target: Target, file: TargetsFile) -> tuple[Value, ...]:
    texts = (target.lead, target.code, target.name, goal_words(target, file.by_code))
    return (
        Value(number),
        *(Value(clean(text)) for text in texts),
        _number(target.baseline, target) if target.baseline is not None else Value(""),
        *(_by(target, month, file) for month in _QUARTERS),
        _due(target, target.goal, file),
        Value(""),
        Value(""),
        Value("；".join(_remarks(target))),
    )


def _by(target: Target, month: int, file: TargetsFile) -> Value:
    """Return what the newest figure of a quarter has to be, whenever it is reported; none where it has no figure.

    After the month that decides nothing more is reported, and what was due stays so.
    """
    newest = target._replace(lag=0).last_due(month)
    if newest <= month - _QUARTER and newest < target.deadline:
        newest = 0
    if newest and target.is_assigned:
        return Value(_TO_COME)
    due = due_by(target, newest) if newest else None
    return Value(DASH) if due is None else _due(target, due, file)


def _due(target: Target, due: Goal | Fraction, file: TargetsFile) -> Value:
    if not isinstance(due, Goal):
        return _number(due, target)
    if target.is_assigned:
        return Value(_TO_COME)
    if due.ref:
        return Value(clean(against(due, f"“{file.by_code[due.ref].name}”")))
    if due.value is None or due.high is not None:
        return Value(due.text)
    return _number(due.value, target, *around(due))


def _number(value: Fraction, target: Target, before: str = "", behind: str = "") -> Value:
    """Return a number that shows its unit, and what else is said around it."""
    written, unit = format_number(value), target.goal.unit.text
    _, _, decimals = written.partition(".")
    digits = f"0.{'0' * len(decimals)}" if decimals else "0"
    # % in quotes is a sign; outside it would multiply.
    shape = (f'"{before}"' if before else "") + digits + f'"{unit}{behind}"'
    return Value(value, format=shape, said=f"{before}{written}{unit}{behind}")


def _remarks(target: Target) -> Iterator[str]:
    """Yield what is to be known of a target's figures: when there are any, and what has no way to go."""
    if target.lag:
        yield f"数晚{target.lag}个月"
    if not target.due_months:
        yield "次年出数"
    elif not target.is_assigned and due_by(target, target.deadline - 1) is None:
        at_the_end = "到期见数" if target.due else "年底见数"
        yield at_the_end if target.pace is Pace.YEAR_END else "只看年底数"
    elif isinstance(target.reports, tuple):
        yield f"{_months(target.reports)}出数"
    elif target.reports != "monthly":
        yield f"{RHYTHM_WORDS[target.reports]}出数"


def _months(months: tuple[int, ...]) -> str:
    if months == tuple(range(months[0], DECEMBER + 1)):
        return f"{months[0]}月起"
    return "、".join(map(str, months)) + "月"
