"""The book of what was reported: one figure for a target and period, repeats and conflicts.

Memory follows targets x periods, not rows: of repeats only a count and the first places stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from dtcheck.actuals.periods import Period
from dtcheck.rules import Conflict, Corrected, Finding, LeftOut, Place, Repeated
from dtcheck.targets import Goal, Target
from dtcheck.units import format_number

_PLACES = 20


@dataclass(frozen=True, slots=True)
class Actual:
    """A figure that a bureau submitted; ``value`` is in the goal's unit, ``text`` as written."""

    code: str
    period: Period
    value: Fraction
    text: str
    unit: str
    bureau: str
    note: str
    place: Place


@dataclass(frozen=True)
class Submissions:
    """All that the files said.

    ``actuals`` holds the usable figure by code and month; ``assigned`` the goals that a higher
    level set, by code; ``newest`` is the newest readable period of any row, usable or not.
    """

    actuals: Mapping[str, Mapping[int, Actual]]
    assigned: Mapping[str, Goal]
    findings: tuple[Finding, ...]
    newest: Period | None


@dataclass(slots=True)
class _Reported:
    """What the files of one month's folder report for one target and period."""

    first: Actual
    repeats: int = 0
    repeat_places: list[Place] = field(default_factory=list)
    conflicts: int = 0
    conflicting: list[Actual] = field(default_factory=list)

    def add(self, actual: Actual) -> None:
        if actual.value == self.first.value:
            self.repeats += 1
            if len(self.repeat_places) < _PLACES:
                self.repeat_places.append(actual.place)
        else:
            self.conflicts += 1
            if len(self.conflicting) < _PLACES:
                self.conflicting.append(actual)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return 1 + self.repeats + self.conflicts

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The different values, in the order in which they came."""
        return tuple(dict.fromkeys(each.value for each in (self.first, *self.conflicting)))

    @property
    def places(self) -> tuple[Place, ...]:
        """The rows that are remembered; those that differ come first."""
        differing = (each.place for each in self.conflicting)
        return (*differing, self.first.place, *self.repeat_places)


class Ledger:
    """Collects actuals as they are read, and settles them at the end."""

    def __init__(self) -> None:
        self._reported: dict[tuple[str, Period], dict[Period, _Reported]] = {}
        self._assigned: dict[str, tuple[Goal, Place]] = {}
        self._assigned_twice: dict[str, Finding] = {}
        self._left_out: list[Finding] = []

    def add(self, actual: Actual, filed: Period | None) -> None:
        """Note an actual; ``filed`` is the month that its file's path names, if it names one.

        A file that names none belongs to the period it reports.
        """
        folders = self._reported.setdefault((actual.code, actual.period), {})
        reported = folders.get(filed or actual.period)
        if reported is None:
            folders[filed or actual.period] = _Reported(actual)
        else:
            reported.add(actual)

    def leave_out(self, period: Period, as_of: Period, place: Place, code: str | None) -> None:
        """Note a row that lies after the month judged."""
        self._left_out.append(
            Finding(
                LeftOut,
                f"期间 {period} 晚于检查的 {as_of}，没有参与判断",
                "要检查以后的月份，改 --as-of",
                place,
                code,
            )
        )

    def assign(self, target: Target, goal: Goal, place: Place) -> None:
        """Note the goal that a higher level set for ``target``."""
        known, where = self._assigned.setdefault(target.code, (goal, place))
        if known != goal and target.code not in self._assigned_twice:
            self._assigned_twice[target.code] = Finding(
                Conflict,
                f"“{target.name}”有两个不同的下达目标：{known.text}（{where}）和 {goal.text}",
                "核实后只留一个；在此之前状态为待定",
                place,
                target.code,
                2,
                (where,),
            )

    def settle(
        self, targets: Mapping[str, Target], newest: Period | None, findings: tuple[Finding, ...]
    ) -> Submissions:
        """Return the usable figures with all findings, those of settling included."""
        actuals: dict[str, dict[int, Actual]] = {}
        settled = [*findings, *self._left_out, *self._assigned_twice.values()]
        for (code, period), folders in self._reported.items():
            latest = folders[max(folders)]
            settled.extend(_judge_repeats(targets[code], folders))
            if latest.conflicts == 0:
                actuals.setdefault(code, {})[period.month] = latest.first
        assigned = {
            code: goal
            for code, (goal, _) in self._assigned.items()
            if code not in self._assigned_twice
        }
        return Submissions(actuals, assigned, tuple(settled), newest)


def _judge_repeats(target: Target, folders: Mapping[Period, _Reported]) -> Iterator[Finding]:
    """Say what was reported more than once: repeated, in conflict, or corrected later.

    Every row but the one that is used is counted in one of the findings.
    """
    *earlier, latest = (folders[filed] for filed in sorted(folders))
    what = f"{target.code} {target.name} 在 {latest.first.period}"
    shown = _shown(latest.values, target)
    if latest.conflicts:
        yield _conflict(target, what, [latest, *earlier])
        return
    if latest.repeats:
        yield Finding(
            Repeated,
            f"{what} 重复报了 {shown}",
            f"第一次在 {latest.first.place}；删去多余的行",
            latest.repeat_places[0],
            target.code,
            latest.repeats,
            tuple(latest.repeat_places[1:]),
        )
    for old in earlier:
        where = old.places[0]
        if old.values == latest.values:
            rule: type[Repeated | Corrected] = Repeated
            message = f"{what} 重复报了 {shown}"
            hint = f"第一次在 {where}；同一个数不必再报"
        else:
            rule = Corrected
            message = f"{what} 的数由 {_shown(old.values, target)} 更正为 {shown}"
            hint = f"原数在 {where}；已采用新数"
        yield Finding(
            rule, message, hint, latest.first.place, target.code, old.rows, old.places[1:_PLACES]
        )


def _conflict(target: Target, what: str, reported: list[_Reported]) -> Finding:
    """Say which values can't all be right; ``reported`` has the folder in conflict first."""
    values = dict.fromkeys(value for each in reported for value in each.values)
    first, *more = (place for each in reported for place in each.places)
    return Finding(
        Conflict,
        f"{what} 有不同的数：{_shown(values, target)}，一个也没有使用",
        f"另一处在 {reported[0].first.place}；核实后只留一个",
        first,
        target.code,
        sum(each.rows for each in reported),
        tuple(more[: _PLACES - 1]),
    )


def _shown(values: Iterable[Fraction], target: Target) -> str:
    unit = target.goal.unit.text
    return "、".join(format_number(value) + unit for value in islice(values, 5))
