"""From the cells of a row to what they say: a target, a period, a value, and remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from dtcheck.actuals.available import is_available
from dtcheck.actuals.cells import read_actual
from dtcheck.actuals.fields import Field, field_named
from dtcheck.actuals.form import Form
from dtcheck.actuals.lookup import TargetLookup
from dtcheck.actuals.remarks import Remark, shorten
from dtcheck.periods import Period, PeriodError, may_be_october, parse_period
from dtcheck.rules.plausibility import (
    BEHIND_FOLDER,
    LEFT_OUT,
    MAYBE_OCTOBER,
    NO_PERIOD,
    OTHER_BUREAU,
)
from dtcheck.rules.rows import (
    AHEAD_OF_FOLDER,
    BAD_PERIOD,
    NOT_A_NUMBER,
    OTHER_DIMENSION,
    OTHER_YEAR,
)
from dtcheck.targets import Goal, GoalError, Target, TargetsFile, parse_goal
from dtcheck.units import parse_unit, plain

_GOAL_WORDS = re.compile(r"下降|降低|以上|不低于|完成|达到?")
_MOST_PERIODS = 1000


class RowReading(NamedTuple):
    """What a row says.

    ``value`` is None where the row gives no usable actual; ``period`` is None where it could not
    be read, and ``assumed`` where nothing names one; ``assigned`` is a goal that the row supplies.
    """

    target: Target | None
    period: Period | None
    value: Fraction | None = None
    text: str = ""
    unit: str = ""
    bureau: str = ""
    assigned: Goal | None = None
    remarks: tuple[Remark, ...] = ()
    assumed: bool = False


class RowReader:
    """Reads the rows of one form.

    ``filed`` is the month that the file's path names, ``default`` the period of rows that name none.
    """

    def __init__(
        self,
        file: TargetsFile,
        lookup: TargetLookup,
        form: Form,
        filed: Period | None,
        default: Period | None,
    ) -> None:
        self._file = file
        self._lookup = lookup
        self._form = form
        self._filed = filed
        self._default = form.columns[Field.ACTUAL].period or default
        at = {field: column.index for field, column in form.columns.items()}
        # By name rather than by field: a look-up by an enum's member costs more than the cell.
        self._code, self._name = at.get(Field.CODE), at.get(Field.NAME)
        self._actual, self._unit = at.get(Field.ACTUAL), at.get(Field.UNIT)
        self._month, self._bureau = at.get(Field.PERIOD), at.get(Field.BUREAU)
        self._goal = at.get(Field.GOAL)
        self._periods: dict[str, tuple[Period | None, tuple[Remark, ...]]] = {}

    def read(self, cells: Sequence[str]) -> RowReading:
        """Return what ``cells`` say."""
        code, name = _at(cells, self._code), _at(cells, self._name)
        actual = _at(cells, self._actual)
        available = is_available(actual)
        target, name_unit, problem = self._lookup.find(code, name)
        if target is None and problem is None:
            if not available or self._is_header(actual):
                return self._layout(cells)
            problem = self._lookup.unknown(code, name)
        period, of_period = self._period(_at(cells, self._month))
        remarks = [*((problem,) if problem else ()), *of_period]
        assumed = any(remark.rule is NO_PERIOD for remark in of_period)
        bureau = _at(cells, self._bureau)
        unit = _at(cells, self._unit)
        value: Fraction | None = None
        assigned: Goal | None = None
        if target:
            self._check_bureau(bureau, target, remarks)
            if available:
                column = self._form.columns[Field.ACTUAL]
                value, of_cell = read_actual(
                    actual, unit, name_unit or column.unit, target, column.unknown_unit
                )
                remarks.extend(of_cell)
            elif all(remark.rule in (BEHIND_FOLDER, NO_PERIOD) for remark in remarks):
                remarks = [Remark(LEFT_OUT, "没有实际值，按没有数计", "有数时补报", Field.ACTUAL)]
            if written := _at(cells, self._goal):
                assigned = self._assigned(written, unit, target, remarks)
        return RowReading(
            target, period, value, actual, unit, bureau, assigned, tuple(remarks), assumed
        )

    def note(self, cells: Sequence[str]) -> str:
        """Return what the row says in words, "" for 无 and —; several columns are joined."""
        texts = [
            text
            for column in self._form.notes
            if column.index < len(cells)
            and (text := cells[column.index].strip())
            and is_available(text)
        ]
        return "；".join(texts)

    def _is_header(self, actual: str) -> bool:
        """Whether the row is the header once more, as a form of several pages has it."""
        return (
            field_named(actual) is Field.ACTUAL or actual == self._form.columns[Field.ACTUAL].header
        )

    def _layout(self, cells: Sequence[str]) -> RowReading:
        said = next((cell for cell in cells if cell.strip()), "")
        message = f"“{shorten(said, 20)}”是表格的版式，没有参与检查" if said else "空行"
        remark = Remark(LEFT_OUT, message, "应当检查的行，补上编号和实际值", "")
        return RowReading(None, None, remarks=(remark,))

    def _period(self, written: str) -> tuple[Period | None, tuple[Remark, ...]]:
        """Return the period of a row, and what is to be said of it; a column has few of them."""
        known = self._periods.get(written)
        if known is None:
            remarks: list[Remark] = []
            known = self._read_period(written, remarks), tuple(remarks)
            if len(self._periods) < _MOST_PERIODS:
                self._periods[written] = known
        return known

    def _read_period(self, written: str, remarks: list[Remark]) -> Period | None:
        year = self._file.year
        if written and is_available(written):
            try:
                period = parse_period(written, year)
            except PeriodError as error:
                remarks.append(
                    Remark(BAD_PERIOD, f"期间“{shorten(written)}”看不懂", str(error), Field.PERIOD)
                )
                return None
            if may_be_october(written):
                hint = f"写成 {year}-01 或 {year}-10；在 Excel 中先把这一列设为文本格式"
                message = f"期间“{shorten(written)}”按 1 月采用，也可能是丢了 0 的 10 月"
                remarks.append(Remark(MAYBE_OCTOBER, message, hint, Field.PERIOD))
        elif self._default is None:
            period = Period(year, 12)
            add = "补上这一行的期间" if Field.PERIOD in self._form.columns else "加“期间”列"
            hint = f"{add}，或加 --as-of {year}-06 这样的选项"
            remarks.append(Remark(NO_PERIOD, "没有写期间，按全年的数计", hint, Field.PERIOD))
        else:
            period = self._default
        if period.year != year:
            message = f"期间 {period} 不在 {year} 年之内"
            hint = f"目标文件是 {year} 年的，核对期间"
            remarks.append(Remark(OTHER_YEAR, message, hint, Field.PERIOD))
            return None
        return period if self._agrees(period, remarks) else None

    def _agrees(self, period: Period, remarks: list[Remark]) -> bool:
        """Hold a period against the path's month: later can't be, earlier is late or corrected."""
        filed = self._filed
        if filed is None or period == filed:
            return True
        said = f"期间 {period} {'晚' if period > filed else '早'}于路径中的 {filed}"
        if period > filed:
            hint = f"期间填错的改为 {filed}；文件放错的移到 {period} 的文件夹"
            remarks.append(Remark(AHEAD_OF_FOLDER, f"{said}，没有使用", hint, Field.PERIOD))
            return False
        hint = "忘了改期间的，改为当月；确是迟报或更正的不必改"
        remarks.append(Remark(BEHIND_FOLDER, f"{said}，按迟报或更正采用", hint, Field.PERIOD))
        return True

    def _check_bureau(self, bureau: str, target: Target, remarks: list[Remark]) -> None:
        if bureau and is_available(bureau) and self._file.bureau(bureau) != target.lead:
            remarks.append(
                Remark(
                    OTHER_BUREAU,
                    f"填报单位是“{shorten(bureau)}”，牵头单位是{target.lead}",
                    "由牵头单位汇总报送；分工有变的，改目标文件的 lead",
                    Field.BUREAU,
                )
            )

    def _assigned(
        self, written: str, column_unit: str, target: Target, remarks: list[Remark]
    ) -> Goal | None:
        """Read the goal that a higher level set, where the target waits for one."""
        if not is_available(written):
            return None
        if not target.is_assigned:
            hint = f"目标文件已写明 {target.goal.text}；要改目标，改目标文件"
            message = "下达目标只用于“完成上级任务”的指标，没有采用"
            remarks.append(Remark(LEFT_OUT, message, hint, Field.GOAL))
            return None
        text = plain(written).replace("≥", ">=").replace("≤", "<=")
        if target.counts_falls or text[-2:] == "以上":
            text = _GOAL_WORDS.sub("", text)
        unit = target.goal.unit
        default = self._form.columns[Field.GOAL].unit or parse_unit(column_unit) or unit
        hint = f"写一个数，如 3{unit.text}；或 >= 3 {unit.text}"
        try:
            goal = parse_goal(text, default)
        except GoalError:
            goal = None
        if goal is None or goal.value is None or (target.counts_falls and goal.value < 0):
            message = f"下达目标“{shorten(written)}”看不懂"
            remarks.append(Remark(NOT_A_NUMBER, message, hint, Field.GOAL))
            return None
        if goal.unit.dimension != unit.dimension:
            message = f"下达目标的单位“{goal.unit.text}”与“{unit.text}”不是同一类"
            remarks.append(Remark(OTHER_DIMENSION, message, hint, Field.GOAL))
            return None
        high = None if goal.high is None else goal.unit.convert(goal.high, unit)
        return Goal(goal.op, goal.unit.convert(goal.value, unit), high, unit)


def _at(cells: Sequence[str], index: int | None) -> str:
    return cells[index].strip() if index is not None and index < len(cells) else ""
