"""What stands in a form: a line for each target, whatever file it becomes."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from dtcheck.actuals import Period
from dtcheck.targets import Target, TargetsFile
from dtcheck.units import format_number

GOAL = "年度目标"
BASELINE = "上年实绩"
# Headers that submissions are read by (design §4); 年度目标 and 上年实绩 are passed over.
ACTUAL = "实际值"
ASSIGNED = "下达目标"
NOTE = "备注"
ANSWERS = (ACTUAL, ASSIGNED, NOTE)


@dataclass(frozen=True, slots=True)
class Line:
    """A target in a form, in words; ``is_due`` tells whether a figure exists by its period."""

    code: str
    name: str
    section: str
    goal: str
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
            BASELINE: self.baseline,
            "单位": self.unit,
            "期间": self.period,
            "填报单位": self.lead,
        }
        return tuple(known.get(head, "") for head in heads)


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form: its title and its lines in the order of the targets file."""

    title: str
    lines: tuple[Line, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The headers; 下达目标 only where a target waits for its goal."""
        assigned = (ASSIGNED,) if any(line.is_assigned for line in self.lines) else ()
        before = ("编号", "指标", GOAL, BASELINE, "单位", "期间", ACTUAL)
        return (*before, *assigned, "填报单位", NOTE)


def build_form(file: TargetsFile, codes: Container[str], period: Period) -> BlankForm:
    """Return the form for the targets ``codes`` and a period."""
    title = f"{file.place} {file.title} 报数表（{period.words}）"
    lines = (_line(target, period) for target in file.targets if target.code in codes)
    return BlankForm(_printable(title), tuple(lines))


def _line(target: Target, period: Period) -> Line:
    unit = target.goal.unit.text
    # What is always late is asked for its own month; in the first months there is none.
    own = period._replace(month=max(period.month - target.lag, 1))
    baseline = "" if target.baseline is None else format_number(target.baseline) + unit
    return Line(
        code=_printable(target.code),
        name=_printable(target.name),
        section=target.section,
        goal=target.goal_text(),
        baseline=baseline,
        unit=unit,
        # In words: a spreadsheet that opens a CSV makes a date of 2024-06.
        period=own.words,
        lead=_printable(target.lead),
        is_assigned=target.is_assigned,
        is_due=target.is_due_in(period.month),
    )


def _printable(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)
