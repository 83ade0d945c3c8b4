"""From the cells of a row to what they say: a target, a period, a value, and remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from dtcheck.actuals.available import is_available
from dtcheck.actuals.cells import read_actual
from dtcheck.actuals.columns import Field, Form, field_named
from dtcheck.actuals.remarks import Remark, shorten
from dtcheck.nearest import did_you_mean, nearest
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
    TWO_TARGETS,
    UNKNOWN_TARGET,
)
from dtcheck.targets import Goal, GoalError, Target, TargetsFile, parse_goal
from dtcheck.targets.names import key_of
from dtcheck.units import Unit, parse_unit, plain

_LONGEST_NAME = 200
_NAME_BRACKETS = re.compile(r"[(（]([^()（）]{1,12})[)）]$")
_GOAL_WORDS = re.compile(r"下降|降低|以上|不低于|完成|达到?")
_CLOSE_ENOUGH = 0.5
# A guess takes a millisecond: a table of nothing but unknown names gets so many.
_MOST_GUESSES = 500


class Reading(NamedTuple):
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
        form: Form,
        filed: Period | None,
        default: Period | None,
    ) -> None:
        self._file = file
        self._form = form
        self._filed = filed
        self._default = default
        self._guesses: dict[str, list[Target]] = {}

    def read(self, cells: Sequence[str]) -> Reading:
        """Return what ``cells`` say."""
        code, name = self._cell(cells, Field.CODE), self._cell(cells, Field.NAME)
        actual = self._cell(cells, Field.ACTUAL)
        available = is_available(actual)
        remarks: list[Remark] = []
        target, name_unit = self._target(code, name, remarks)
        if target is None and not remarks and (not available or self._is_header(actual)):
            return self._layout(cells)
        if target is None and not remarks:
            remarks.append(self._unknown(code, name))
        period = self._period(cells, remarks)
        assumed = any(remark.rule is NO_PERIOD for remark in remarks)
        bureau = self._cell(cells, Field.BUREAU)
        unit = self._cell(cells, Field.UNIT)
        value: Fraction | None = None
        assigned: Goal | None = None
        if target:
            self._check_bureau(bureau, target, remarks)
            if available:
                column = self._form.columns[Field.ACTUAL]
                read = read_actual(actual, unit, name_unit or column.unit, target, column.strange)
                value = read.value
                remarks.extend(read.remarks)
            elif all(remark.rule in (BEHIND_FOLDER, NO_PERIOD) for remark in remarks):
                remarks = [Remark(LEFT_OUT, "没有实际值，按没有数计", "有数时补报", Field.ACTUAL)]
            assigned = self._assigned(self._cell(cells, Field.GOAL), unit, target, remarks)
        return Reading(
            target, period, value, actual, unit, bureau, assigned, tuple(remarks), assumed
        )

    def note(self, cells: Sequence[str]) -> str:
        """Return what the row says in words, "" for 无 and —; several columns are joined."""
        texts = (_at(cells, column.index).strip() for column in self._form.notes)
        return "；".join(text for text in texts if text and is_available(text))

    def _cell(self, cells: Sequence[str], field: Field) -> str:
        column = self._form.columns.get(field)
        return _at(cells, column.index).strip() if column else ""

    def _is_header(self, actual: str) -> bool:
        """Whether the row is the header once more, as a form of several pages has it."""
        return (
            field_named(actual) is Field.ACTUAL or actual == self._form.columns[Field.ACTUAL].header
        )

    def _target(
        self, code: str, name: str, remarks: list[Remark]
    ) -> tuple[Target | None, Unit | None]:
        """Return the target of a row, and the unit in its name's brackets."""
        by_code = self._file.by_code.get(plain(code).upper()) if code else None
        by_name, unit = self._by_name(name)
        if by_code and by_name and by_code is not by_name:
            remarks.append(
                Remark(
                    TWO_TARGETS,
                    f"编号 {by_code.code} 是“{by_code.name}”，名称“{shorten(name)}”却是 {by_name.code}",
                    f"按名称编号应为 {by_name.code}；或按编号改名称",
                    Field.CODE,
                )
            )
            return None, None
        if code and by_name and not by_code and is_available(code):
            remarks.append(
                Remark(
                    UNKNOWN_TARGET,
                    f"没有编号“{shorten(code)}”",
                    f"“{by_name.name}”的编号是 {by_name.code}",
                    Field.CODE,
                )
            )
            return None, None
        return by_code or by_name, unit

    def _by_name(self, name: str) -> tuple[Target | None, Unit | None]:
        if not name or len(name) > _LONGEST_NAME:
            return None, None
        if found := self._file.by_name(name):
            return found, None
        brackets = _NAME_BRACKETS.search(name)
        if brackets and (unit := parse_unit(brackets[1].removeprefix("单位").lstrip(":："))):
            return self._file.by_name(name[: brackets.start()]), unit
        return None, None

    def _unknown(self, code: str, name: str) -> Remark:
        column = Field.NAME if name else Field.CODE
        written = name or code
        if not written:
            return Remark(
                UNKNOWN_TARGET, "这一行有数，却没有编号和指标名称", "补上编号或名称", column
            )
        question = did_you_mean(f"{each.code} {each.name}" for each in self._guess(name, code))
        hint = question or "dtcheck targets list 列出全部编号和名称"
        return Remark(UNKNOWN_TARGET, f"目标文件中没有“{shorten(written)}”", hint, column)

    def _guess(self, name: str, code: str) -> list[Target]:
        """Return the targets that may have been meant, the nearest first."""
        written = name or code
        if written not in self._guesses:
            if len(self._guesses) >= _MOST_GUESSES or len(written) > _LONGEST_NAME:
                return []
            near = self._nearest_names(name) if name else self._nearest_codes(code)
            self._guesses[written] = near
        return self._guesses[written]

    def _nearest_names(self, name: str) -> list[Target]:
        key = key_of(name)
        near = nearest(key, self._file.known_names, 3, _CLOSE_ENOUGH)
        return list(dict.fromkeys(target for each in near if (target := self._file.by_name(each))))

    def _nearest_codes(self, code: str) -> list[Target]:
        written = plain(code).upper()[:20]
        near = nearest(written, self._file.by_code, 3, _CLOSE_ENOUGH)
        return [self._file.by_code[each] for each in near]

    def _layout(self, cells: Sequence[str]) -> Reading:
        said = next((cell for cell in cells if cell.strip()), "")
        message = f"“{shorten(said, 20)}”是表格的版式，没有参与检查" if said else "空行"
        remark = Remark(LEFT_OUT, message, "应当检查的行，补上编号和实际值", "")
        return Reading(None, None, remarks=(remark,))

    def _period(self, cells: Sequence[str], remarks: list[Remark]) -> Period | None:
        year = self._file.year
        written = self._cell(cells, Field.PERIOD)
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
        else:
            period = self._default_period() or Period(year, 12)
            if self._default_period() is None:
                add = "补上这一行的期间" if Field.PERIOD in self._form.columns else "加“期间”列"
                hint = f"{add}，或加 --as-of {year}-06 这样的选项"
                remarks.append(Remark(NO_PERIOD, "没有写期间，按全年的数计", hint, Field.PERIOD))
        if period.year != year:
            remarks.append(
                Remark(
                    OTHER_YEAR,
                    f"期间 {period} 不在 {year} 年之内",
                    f"目标文件是 {year} 年的，核对期间",
                    Field.PERIOD,
                )
            )
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

    def _default_period(self) -> Period | None:
        return self._form.columns[Field.ACTUAL].period or self._default

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


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""
