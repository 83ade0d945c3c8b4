"""What stands in a form: a line for each target, whatever file it becomes."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from dtcheck.actuals import Period
from dtcheck.judge.pace import due_text
from dtcheck.targets import Target, TargetsFile
from dtcheck.units import format_number

# Headers that submissions are read by (design §4); the first three are of plan and last year.
GOAL = "年度目标"
DUE = "序时应达到"
BASELINE = "上年实绩"
PERIOD = "期间"
ACTUAL = "实际值"
ASSIGNED = "下达目标"
NOTE = "备注"
NOT_NOW = "本期不报"
NOT_MONTHLY = "不按月考核"
BY_ASSIGNED = "按下达目标"


@dataclass(frozen=True, slots=True)
class Line:
    """A target in a form, in words.

    ``is_due`` tells whether a figure exists by its period, ``due`` what it should be then.
    """

    code: str
    name: str
    section: str
    goal: str
    due: str
    baseline: str
    unit: str
    period: str
    lead: str
    is_assigned: bool
    is_due: bool

    def texts(self, heads: tuple[str, ...]) -> tuple[str, ...]:
        """Return the cells under ``heads``; answers are blank."""
        known = {
            "编号": self.code,
            "指标": self.name,
            GOAL: self.goal,
            DUE: self.due,
            BASELINE: self.baseline,
            "单位": self.unit,
            PERIOD: self.period,
            "填报单位": self.lead,
        }
        return tuple(known.get(head, "") for head in heads)


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form: its title and its lines in the order of the targets file.

    ``is_dated``: it is for a month that its lines name; else whoever fills it in names one.
    """

    title: str
    lines: tuple[Line, ...]
    is_dated: bool

    @property
    def heads(self) -> tuple[str, ...]:
        """The headers; 下达目标 only where a target waits for its goal, what is due only for a month."""
        assigned = (ASSIGNED,) if any(line.is_assigned for line in self.lines) else ()
        due = (DUE,) if self.is_dated else ()
        before = ("编号", "指标", GOAL, *due, BASELINE, "单位", PERIOD, ACTUAL)
        return (*before, *assigned, "填报单位", NOTE)

    def asks(self, head: str, line: Line) -> bool:
        """Whether the cell of a line under ``head`` is to be filled in."""
        if head == PERIOD:
            return not self.is_dated
        return head in (ACTUAL, NOTE) or (head == ASSIGNED and line.is_assigned)


def build_form(file: TargetsFile, codes: Container[str], period: Period | None) -> BlankForm:
    """Return the form for the targets ``codes`` and a period; without one, it is left to be filled in."""
    month = f"（{period.words}）" if period else ""
    title = f"{file.place} {file.title} 报数表{month}"
    lines = (_line(target, period) for target in file.targets if target.code in codes)
    return BlankForm(_printable(title), tuple(lines), period is not None)


def _line(target: Target, period: Period | None) -> Line:
    unit = target.goal.unit.text
    # What is always late is asked for its own month; in the first months there is none.
    own = period._replace(month=max(period.month - target.lag, 1)) if period else None
    baseline = "" if target.baseline is None else format_number(target.baseline) + unit
    return Line(
        code=_printable(target.code),
        name=_printable(target.name),
        section=target.section,
        goal=target.goal_text(),
        due=_due(target, period, own) if period and own else "",
        baseline=baseline,
        unit=unit,
        # In words: a spreadsheet that opens a CSV makes a date of 2024-06.
        period=own.words if own else "",
        lead=_printable(target.lead),
        is_assigned=target.is_assigned,
        is_due=period is None or target.is_due_in(period.month),
    )


def _due(target: Target, period: Period, own: Period) -> str:
    """Return the figure that is on pace in its ``own`` month, or why none is asked for."""
    if not target.is_due_in(period.month):
        return NOT_NOW
    if target.is_assigned:
        return BY_ASSIGNED
    return due_text(target, own.month) or NOT_MONTHLY


def _printable(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)
