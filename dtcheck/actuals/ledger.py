"""The book of what was reported: one figure for a target and period, repeats and conflicts.

Memory follows targets x periods, not rows: of repeats only a count and the first places stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from fractions import Fraction
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from dtcheck.cells.actual import Bound
from dtcheck.periods import Period
from dtcheck.rows.months import Dated
from dtcheck.rules import Filing, Finding, Level, Place, Rule
from dtcheck.rules.plausibility import BEHIND_FOLDER, CORRECTED, LEFT_OUT
from dtcheck.rules.rows import CONFLICT, REPEATED
from dtcheck.targets import Goal, Target
from dtcheck.units import format_number

MOST_PLACES = 20
_MOST_SENDERS = 500


class Actual(NamedTuple):
    """A figure that a bureau submitted; ``value`` is in the goal's unit, ``text`` as written.

    ``bound`` says how the figure relates to its number (超100个, 约100个); ``measures`` are what
    the bureau will do, apart from what it says in ``note``.
    """

    code: str
    period: Period
    value: Fraction
    text: str
    unit: str
    bureau: str
    note: str
    place: Place
    bound: Bound = Bound.EXACT
    measures: str = ""


class Handed(IntEnum):
    """What the rows of a target hold, all together: each outweighs those before it."""

    LATER = 0
    BLANK = 1
    FILLED = 2


class Submissions(NamedTuple):
    """All that the files said.

    ``actuals`` holds the usable figure by code and month; ``assigned`` the goals that a higher
    level set, by code; ``newest`` is the newest period of a row that carries a figure, used or refused.
    ``files`` holds every file that was to be read, as it is shown, with what its path says of it.
    ``as_of`` is the month that later rows were left out for, if one was named. ``rows`` holds the
    targets that have a row at all, used or not; ``senders`` the bureaus that rows and paths name;
    ``heads`` are the headers of all forms: the last row of each, and the column right of it.
    ``received`` holds the months of rows that carry a figure, used or refused; ``known_by`` gives
    what the same files said as far as they were filed by a month, without findings.
    """

    actuals: Mapping[str, Mapping[int, Actual]]
    assigned: Mapping[str, Goal]
    findings: tuple[Finding, ...]
    newest: Period | None
    files: Mapping[str, Filing] = MappingProxyType({})
    as_of: Period | None = None
    rows: Mapping[str, Handed] = MappingProxyType({})
    senders: frozenset[str] = frozenset()
    heads: tuple[Place, ...] = ()
    received: frozenset[int] = frozenset()
    known_by: Callable[[Period], Submissions] | None = None

    @property
    def read_files(self) -> frozenset[str]:
        """The files that could be read and judged in full."""
        unread = {each.place.file for each in self.findings if each.rule.leaves_unjudged}
        return frozenset(self.files.keys() - unread)


@dataclass(slots=True)
class Tally:
    """How often one value was reported; of many places only the first ``most`` stay."""

    actual: Actual
    count: int = 1
    places: list[Place] = field(default_factory=list)
    most: int = MOST_PLACES

    def copy(self) -> Tally:
        """Return the same tally, to be counted on by itself."""
        return replace(self, places=list(self.places))

    def count_again(self) -> bool:
        """Count one more; return whether its place is still wanted."""
        self.count += 1
        return len(self.places) <= self.most

    def explain(self, note: str, measures: str) -> None:
        """Keep the first words that a row gives: only one of the repeated may have them."""
        if not self.actual.note:
            self.actual = self.actual._replace(note=note)
        if not self.actual.measures:
            self.actual = self.actual._replace(measures=measures)


class _Quantity(NamedTuple):
    """A bare number under the name of a quantity (一般公共预算收入) whose growth is asked for."""

    code: str
    period: Period
    text: str
    place: Place
    findings: tuple[Finding, ...]


class _Reported:
    """What the files of one month's folder report for one target and period, value by value."""

    def __init__(self, most_places: int) -> None:
        self._most_places = most_places
        self._tallies: dict[tuple[int, int] | None, Tally] = {}

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The different values in the order they came; more than one is a conflict."""
        return tuple(self._tallies.values())

    def copy(self) -> _Reported:
        """Return the same, to be added to by itself."""
        copied = _Reported(self._most_places)
        copied._tallies = {key: tally.copy() for key, tally in self._tallies.items()}
        return copied

    def add(self, actual: Actual, *, count: bool) -> Tally:
        # A Fraction's own hash takes longer than all the rest here.
        key: tuple[int, int] | None = actual.value.as_integer_ratio()
        if len(self._tallies) >= MOST_PLACES and key not in self._tallies:
            # Beyond so many different values they are counted, no longer told apart.
            key = None
        tally = self._tallies.get(key)
        if tally is None:
            tally = self._tallies[key] = Tally(
                actual, places=[actual.place], most=self._most_places
            )
        else:
            if count and tally.count_again():
                tally.places.append(actual.place)
            tally.explain(actual.note, actual.measures)
        return tally


class Ledger:
    """Collects actuals as they are read, and settles them at the end; ``most_places`` as in reading.

    Rows later than ``as_of`` are left out. A figure is filed in the month that its path names, else
    in its own.
    """

    def __init__(self, as_of: Period | None = None, most_places: int = MOST_PLACES) -> None:
        self._as_of = as_of
        self._most_places = most_places
        self._reported: dict[tuple[str, Period], dict[Period, _Reported]] = {}
        self._weak: list[Actual] = []
        self._amounts: list[tuple[Actual, bool]] = []
        self._quantities: list[_Quantity] = []
        self._late: list[tuple[Actual, Period, bool]] = []
        self._taken_out: list[Finding] = []
        self._timely: set[str] = set()
        self._assigned: dict[str, dict[Goal, Place]] = {}
        self._left_out: list[Finding] = []
        # The months of rows that carry a figure, each with when the first of them was filed.
        self._seen: dict[Period, Period] = {}
        self._rows: dict[str, Handed] = {}
        self.senders: set[str] = set()

    def meet(self, code: str, handed: Handed, sender: str = "") -> None:
        """Note that a row is about a target, whatever becomes of it, and who it says has sent it."""
        if handed > self._rows.get(code, -1):
            self._rows[code] = handed
        if len(self.senders) < _MOST_SENDERS:
            self.senders.add(sender)

    def see(self, period: Period, filed: Period) -> None:
        """Note a period that a row names: the newest is what is judged by."""
        if filed < self._seen.get(period, filed) or period not in self._seen:
            self._seen[period] = filed

    def as_filed(self, until: Period | None = None) -> Ledger:
        """Return a ledger of what was filed by a month (None: of everything), to be settled by itself."""

        def came(place: Place, period: Period | None = None) -> bool:
            filed = place.filing.month or period
            return until is None or filed is None or filed <= until

        known = Ledger(self._as_of, self._most_places)
        known._reported = {
            key: there
            for key, folders in self._reported.items()
            if (
                there := {
                    filed: reported.copy() if self._amounts else reported
                    for filed, reported in folders.items()
                    if until is None or filed <= until
                }
            )
        }
        known._weak = [each for each in self._weak if came(each.place, each.period)]
        known._amounts = [each for each in self._amounts if came(each[0].place, each[0].period)]
        known._quantities = [each for each in self._quantities if came(each.place, each.period)]
        known._late = [each for each in self._late if came(each[0].place, each[0].period)]
        known._assigned = {
            code: kept
            for code, goals in self._assigned.items()
            if (kept := {goal: place for goal, place in goals.items() if came(place)})
        }
        known._seen = {
            period: filed for period, filed in self._seen.items() if until is None or filed <= until
        }
        known._taken_out, known._left_out = list(self._taken_out), list(self._left_out)
        known._timely, known._rows = self._timely, self._rows
        return known

    def take_out(self, finding: Finding) -> None:
        """Note a row that is no actual's by its own words; it weighs more where none is left."""
        self._taken_out.append(finding)

    @property
    def has_as_of(self) -> bool:
        """Whether a month to judge by was named."""
        return self._as_of is not None

    def is_later(self, period: Period | None) -> bool:
        """Whether a period lies after the month judged."""
        return self._as_of is not None and period is not None and period > self._as_of

    def add(
        self, actual: Actual, dated: Dated, *, is_wide: bool, is_quantity: bool
    ) -> Tally | None:
        """Note an actual; return the tally that counts it, for whoever meets the same row again.

        A file whose path names no month belongs to the period it reports. What doesn't replace
        counts only where nothing else is known. Of a form with a column a month (``is_wide``) the
        old ones are repeated each time.
        """
        if not dated.is_of_folder:
            self._timely.add(actual.place.file)
        if dated.late_for is not None:
            self._late.append((actual, dated.late_for, dated.is_of_folder))
        if is_quantity:
            self._amounts.append((actual, is_wide))
            return None
        if not dated.replaces:
            self._weak.append(actual)
            return None
        return self._enter(actual, is_wide=is_wide)

    def _enter(self, actual: Actual, *, is_wide: bool) -> Tally:
        folders = self._reported.get((actual.code, actual.period))
        if folders is None:
            folders = self._reported[actual.code, actual.period] = {}
        filed = actual.place.filing.month or actual.period
        reported = folders.get(filed)
        if reported is None:
            reported = folders[filed] = _Reported(self._most_places)
        return reported.add(actual, count=not is_wide)

    def give_way(
        self, code: str, period: Period, text: str, place: Place, findings: Iterable[Finding]
    ) -> None:
        """Note what may be the amount of what should grow: ``findings`` hold if no row has the growth."""
        self._quantities.append(_Quantity(code, period, text, place, tuple(findings)))

    def leave_out(self, period: Period, place: Place, code: str | None) -> None:
        """Note a row that lies after the month judged."""
        self._left_out.append(
            Finding(
                LEFT_OUT,
                f"期间 {period} 晚于检查的 {self._as_of}，没有参与判断",
                "要检查以后的月份，改 --as-of",
                place,
                code,
            )
        )

    def assign(self, target: Target, goal: Goal, place: Place) -> None:
        """Note the goal that a higher level set for ``target``."""
        goals = self._assigned.setdefault(target.code, {})
        if len(goals) < MOST_PLACES:
            goals.setdefault(goal, place)

    def _settle_quantities(self) -> Iterator[Finding]:
        """Say of amounts that another row has the growth, or take them for growths that lack a unit."""
        grown = {(each.code, each.period) for each in self._quantities} & self._reported.keys()
        for actual, is_wide in self._amounts:
            if (actual.code, actual.period) not in grown:
                self._enter(actual, is_wide=is_wide)
        for each in self._quantities:
            if (each.code, each.period) not in grown:
                yield from each.findings
                continue
            message = f"{each.code} 另有一行报的是增速，这里的 {each.text} 没有采用"
            hint = "总量不必报；报增速的，名称写“增速”，单位写“%”"
            yield Finding(LEFT_OUT, message, hint, each.place, each.code)

    def _settle_weak(self) -> Iterator[Finding]:
        """Enter the figures of files that only their title calls old, where nothing else is known."""
        for actual in self._weak:
            folders = self._reported.get((actual.code, actual.period))
            if folders is None:
                folders = self._reported[actual.code, actual.period] = {}
                folders[actual.period] = _Reported(self._most_places)
                folders[actual.period].add(actual, count=True)
                continue
            newest = [each.actual.value for each in folders[max(folders)].tallies]
            if actual.value in newest:
                continue
            message = (
                f"{actual.code} 在 {actual.period} 已经另有数，这里的 {actual.text} 没有替换它"
            )
            hint = "多半是沿用上月的表、没有改标题；是更正的，在行里写明期间"
            yield Finding(
                BEHIND_FOLDER, message, hint, actual.place, actual.code, graded=Level.WARNING
            )

    def _settle_late(self) -> Iterator[Finding]:
        """Say what is older than its folder: a whole file once, else a figure that has no newer one."""
        said: set[str] = set()
        for actual, month, is_of_folder in self._late:
            place = actual.place
            if is_of_folder and place.file not in self._timely:
                if place.file not in said:
                    said.add(place.file)
                    message = f"整个文件的数是 {actual.period} 的，早于文件夹的 {month}，按迟报采用"
                    hint = "沿用上月的表、忘了改期间的，改为当月；确是迟报的不必改"
                    at = Place(place.file, filing=place.filing)
                    yield Finding(BEHIND_FOLDER, message, hint, at, graded=Level.WARNING)
            elif (actual.code, month) not in self._reported:
                message = (
                    f"期间 {actual.period} 早于标题、文件名或文件夹的 {month}，按迟报或更正采用"
                )
                hint = "忘了改期间的，改为当月；确是迟报或更正的不必改"
                yield Finding(BEHIND_FOLDER, message, hint, place, actual.code)

    def settle(
        self,
        targets: Mapping[str, Target],
        findings: Iterable[Finding],
        files: Mapping[str, Filing],
    ) -> Submissions:
        """Return the usable figures with all findings, those of settling included."""
        actuals: dict[str, dict[int, Actual]] = {}
        newest = max(self._seen, default=None)
        settled = [
            *findings,
            *self._left_out,
            *self._settle_quantities(),
            *self._settle_weak(),
            *self._settle_late(),
        ]
        reported = {code for code, _ in self._reported}
        settled += [
            replace(each, graded=None if each.code in reported else Level.WARNING)
            for each in self._taken_out
        ]
        for (code, period), folders in self._reported.items():
            settled.extend(_judge_repeats(targets[code], folders))
            first, *others = folders[max(folders)].tallies
            if newest and period > newest:
                settled.append(_without_period(first.actual, newest))
            elif not others:
                actuals.setdefault(code, {})[period.month] = first.actual
        assigned = {}
        for code, goals in self._assigned.items():
            if len(goals) > 1:
                settled.append(_two_goals(targets[code], goals))
            else:
                assigned[code] = next(iter(goals))
        return Submissions(
            actuals,
            assigned,
            tuple(settled),
            newest,
            files,
            rows=self._rows,
            received=frozenset(period.month for period in self._seen),
        )


def _without_period(actual: Actual, newest: Period) -> Finding:
    """Say of a figure taken for the whole year's that the others are not that far."""
    message = f"没有写期间，按全年计，晚于其他行最新的 {newest}，没有参与判断"
    return Finding(LEFT_OUT, message, "补上这一行的期间", actual.place, actual.code)


def _two_goals(target: Target, goals: Mapping[Goal, Place]) -> Finding:
    said = "、".join(f"{goal.text}（{place.in_row}）" for goal, place in islice(goals.items(), 5))
    return _of_many(
        CONFLICT,
        f"“{target.name}”有不同的下达目标：{said}",
        "核实后只留一个；在此之前状态为待定",
        target,
        list(goals.values())[::-1],
        len(goals),
    )


def _judge_repeats(target: Target, folders: Mapping[Period, _Reported]) -> Iterator[Finding]:
    """Say what was reported more than once: repeated, in conflict, or corrected later.

    Every row but the one that is used is counted in one of the findings.
    """
    *earlier, latest = (folders[filed].tallies for filed in sorted(folders))
    first, *others = latest
    if first.count == 1 and not others and not earlier:
        return
    what = f"{target.code} {target.name} 在 {first.actual.period}"
    shown = _shown(latest, target)
    if others:
        yield _conflict(target, what, [*latest, *chain(*earlier)])
        return
    if first.count > 1:
        yield _repeated(target, what, shown, first)
    for old in earlier:
        # Ledgers repeat the old months from file to file: the same figure again says nothing.
        if [tally.actual.value for tally in old] == [first.actual.value]:
            if old[0].count > 1:
                yield _repeated(target, what, shown, old[0])
            continue
        message = f"{what} 的数由 {_shown(old, target)} 更正为 {shown}"
        hint = f"原数在 {old[0].places[0].in_row}；已采用新数"
        places = [first.places[0], *chain(*(tally.places for tally in old))]
        count = sum(tally.count for tally in old)
        yield _of_many(CORRECTED, message, hint, target, places, count, first.most)


def _repeated(target: Target, what: str, shown: str, tally: Tally) -> Finding:
    first, again = tally.places[0], tally.places[1]
    hint = f"第一次在 {first.in_row}；删去多余的行"
    message = f"{what} 重复报了 {shown}"
    found = _of_many(REPEATED, message, hint, target, tally.places[1:], tally.count - 1, tally.most)
    other = first.table_beside(again)
    if not other:
        return found
    of_many = (f"这张表里的数，{other}都报过了", "两处只留一处；要留着汇总的，数一致就不影响判断")
    return replace(found, of_many=of_many)


def _conflict(target: Target, what: str, tallies: Sequence[Tally]) -> Finding:
    """Say which values can't all be right; the place is that of the first that differs."""
    first, second, *rest = tallies
    places = [*second.places, *chain(*(tally.places for tally in (first, *rest)))]
    return _of_many(
        CONFLICT,
        f"{what} 有不同的数：{_shown(tallies, target)}，一个也没有使用",
        f"另一处在 {first.places[0].in_row}；核实后只留一个",
        target,
        places,
        sum(tally.count for tally in tallies),
        first.most,
    )


def _of_many(
    rule: Rule,
    message: str,
    hint: str,
    target: Target,
    places: Sequence[Place],
    count: int,
    most: int = MOST_PLACES,
) -> Finding:
    return Finding(rule, message, hint, places[0], target.code, count, tuple(places[1:most]))


def _shown(tallies: Iterable[Tally], target: Target) -> str:
    """Return the different values in words, five at most."""
    values = dict.fromkeys(tally.actual.value for tally in tallies)
    unit = target.goal.unit.text
    return "、".join(format_number(value) + unit for value in islice(values, 5))
