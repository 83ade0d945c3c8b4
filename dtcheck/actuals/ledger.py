"""The book of what was reported: one figure for a target and period, repeats and conflicts.

Memory follows targets x periods, not rows: of repeats only a count and the first places stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from dtcheck.actuals.actual import MOST_PLACES, Actual, Handed, Submissions
from dtcheck.actuals.goals import AssignedGoals
from dtcheck.actuals.repeats import Rank, Reported, Tally, judge_repeats, used
from dtcheck.periods import Period
from dtcheck.rows.months import Dated
from dtcheck.rules import Filing, Finding, Level, Place
from dtcheck.rules.plausibility import BEHIND_FOLDER, LEFT_OUT
from dtcheck.targets import Goal, Target

_MOST_SENDERS = 500


class _Quantity(NamedTuple):
    """A bare number under the name of a quantity (一般公共预算收入) whose growth is asked for."""

    code: str
    period: Period
    text: str
    place: Place
    findings: tuple[Finding, ...]


class Ledger:
    """Collects actuals as they are read, and settles them at the end; ``most_places`` as in reading.

    Rows later than ``as_of`` are left out. A figure is filed in the month that its path names, else
    in its own.
    """

    def __init__(self, as_of: Period | None = None, most_places: int = MOST_PLACES) -> None:
        self._as_of = as_of
        self._most_places = most_places
        self._reported: dict[tuple[str, Period], dict[Rank, Reported]] = {}
        self._weak: list[Actual] = []
        self._amounts: list[tuple[Actual, bool | None, bool]] = []
        self._refused: list[tuple[Finding, str, Period]] = []
        self._quantities: list[_Quantity] = []
        self._late: list[tuple[Actual, Period, bool]] = []
        self._taken_out: list[Finding] = []
        self._timely: set[str] = set()
        self._goals = AssignedGoals()
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
                    rank: reported.copy() if self._amounts else reported
                    for rank, reported in folders.items()
                    if until is None or rank.filed <= until
                }
            )
        }
        known._weak = [each for each in self._weak if came(each.place, each.period)]
        known._amounts = [each for each in self._amounts if came(each[0].place, each[0].period)]
        known._quantities = [each for each in self._quantities if came(each.place, each.period)]
        known._late = [each for each in self._late if came(each[0].place, each[0].period)]
        known._refused = [each for each in self._refused if came(each[0].place, each[2])]
        known._goals = self._goals.as_filed(until)
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
        self,
        actual: Actual,
        dated: Dated,
        *,
        by_lead: bool | None,
        delay: int,
        is_wide: bool,
        is_quantity: bool,
    ) -> Tally | None:
        """Note an actual; return the tally that counts it, for whoever meets the same row again.

        ``by_lead``: whether the lead gives it, None where nobody can tell. ``delay``: so many
        months late is no lateness. What doesn't replace counts only where nothing else is known. Of a form
        with a column a month (``is_wide``) the old ones are repeated each time.
        """
        late_for = dated.late_for
        is_usual = late_for is not None and _months_between(actual.period, late_for) <= delay
        if not dated.is_of_folder or is_usual:
            self._timely.add(actual.place.file)
        if late_for is not None and not is_usual:
            self._late.append((actual, late_for, dated.is_of_folder))
        if is_quantity:
            self._amounts.append((actual, by_lead, is_wide))
            return None
        if not dated.replaces:
            self._weak.append(actual)
            return None
        return self._enter(actual, by_lead, is_wide=is_wide)

    def _enter(self, actual: Actual, by_lead: bool | None, *, is_wide: bool) -> Tally:
        folders = self._reported.get((actual.code, actual.period))
        if folders is None:
            folders = self._reported[actual.code, actual.period] = {}
        rank = Rank.of(actual.place, actual.period)
        reported = folders.get(rank)
        if reported is None:
            reported = folders[rank] = Reported(self._most_places)
        return reported.add(actual, by_lead, count=not is_wide)

    def refuse(self, finding: Finding, code: str, period: Period) -> None:
        """Note what keeps a figure of a month from being used: a later one may mend it."""
        self._refused.append((finding, code, period))

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

    def assign(self, target: Target, goal: Goal, place: Place, dated: Dated) -> None:
        """Note the goal that a higher level set for ``target``, from the month of its row on."""
        if dated.period is not None:
            month = 0 if dated.is_assumed else dated.period.month
            self._goals.add(target, goal, place, dated.period, month)

    def _settle_quantities(self) -> Iterator[Finding]:
        """Say of amounts that another row has the growth, or take them for growths that lack a unit."""
        grown = {(each.code, each.period) for each in self._quantities} & self._reported.keys()
        for actual, by_lead, is_wide in self._amounts:
            if (actual.code, actual.period) not in grown:
                self._enter(actual, by_lead, is_wide=is_wide)
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
                rank = Rank(actual.period, is_correction=False)
                folders[rank] = Reported(self._most_places)
                folders[rank].add(actual, None, count=True)
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
            settled.extend(judge_repeats(targets[code], folders))
            chosen = used(folders)
            if newest and period > newest:
                first = chosen or folders[max(folders)].tallies[0]
                settled.append(_without_period(first.actual, newest))
            elif chosen:
                actuals.setdefault(code, {})[period.month] = chosen.actual
        settled += [
            _mended(finding, actuals.get(code, {}).get(period.month), period)
            for finding, code, period in self._refused
        ]
        assigned = self._goals.settle(targets, settled)
        return Submissions(
            actuals,
            assigned,
            tuple(settled),
            newest,
            files,
            rows=self._rows,
            received=frozenset(period.month for period in self._seen),
        )


def _months_between(earlier: Period, later: Period) -> int:
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def _mended(finding: Finding, actual: Actual | None, period: Period) -> Finding:
    """Return an error as an info where a later figure, or one marked as a correction, mends it."""
    if actual is None or Rank.of(actual.place, period) <= Rank.of(finding.place, period):
        return finding
    message = f"{finding.message}（已由 {actual.place.in_row} 更正）"
    return replace(finding, message=message, hint="不必再改", graded=Level.INFO)


def _without_period(actual: Actual, newest: Period) -> Finding:
    """Say of a figure taken for the whole year's that the others are not that far."""
    message = f"没有写期间，按全年计，晚于其他行最新的 {newest}，没有参与判断"
    return Finding(LEFT_OUT, message, "补上这一行的期间", actual.place, actual.code)
