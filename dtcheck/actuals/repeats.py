"""One target and month reported more than once: repeated, in conflict, corrected, or by two bureaus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import NamedTuple

from dtcheck.actuals.actual import MOST_PLACES, Actual
from dtcheck.periods import Period
from dtcheck.rules import Finding, Place, Rule
from dtcheck.rules.plausibility import CORRECTED, OTHER_BUREAU
from dtcheck.rules.rows import CONFLICT, REPEATED
from dtcheck.targets import Target
from dtcheck.units import format_number


class Rank(NamedTuple):
    """What goes before what: the later month of filing, within one what is marked as a correction."""

    filed: Period
    is_correction: bool

    @classmethod
    def of(cls, place: Place, period: Period) -> Rank:
        """Return the rank of a figure; a file whose path names no month belongs to the figure's own."""
        return cls(place.filing.month or period, place.filing.is_correction)


@dataclass(slots=True)
class Tally:
    """How often one value was reported; of many places only the first ``most`` stay.

    ``by_lead``: by the lead itself in one of the rows; ``by_others``: by other bureaus in all of them.
    """

    actual: Actual
    count: int = 1
    places: list[Place] = field(default_factory=list)
    by_lead: bool = False
    by_others: bool = True
    most: int = MOST_PLACES

    def count_again(self) -> bool:
        """Count one more; return whether its place is still wanted."""
        self.count += 1
        return len(self.places) <= self.most

    def copy(self) -> Tally:
        """Return the same tally, to be counted on by itself."""
        return replace(self, places=list(self.places))

    def explain(self, note: str, measures: str) -> None:
        """Keep the first words that a row gives: only one of the repeated may have them."""
        if not self.actual.note:
            self.actual = self.actual._replace(note=note)
        if not self.actual.measures:
            self.actual = self.actual._replace(measures=measures)


class Reported:
    """What files of one rank report for one target and period, value by value."""

    def __init__(self, most_places: int) -> None:
        self._most_places = most_places
        self._tallies: dict[tuple[int, int] | None, Tally] = {}

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The different values in the order they came; more than one is a conflict."""
        return tuple(self._tallies.values())

    def copy(self) -> Reported:
        """Return the same, to be added to by itself."""
        copied = Reported(self._most_places)
        copied._tallies = {key: tally.copy() for key, tally in self._tallies.items()}
        return copied

    def add(self, actual: Actual, by_lead: bool | None, *, count: bool) -> Tally:
        """Note a figure; ``by_lead``: whether the lead gives it, None where nobody can tell."""
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
        tally.by_lead = tally.by_lead or by_lead is True
        tally.by_others = tally.by_others and by_lead is False
        return tally


def used(folders: Mapping[Rank, Reported]) -> Tally | None:
    """Return the value that counts for a target and month; None where nothing decides between two.

    Of one rank that is the lead's own before another bureau's; of what is marked as a correction
    only one can be right.
    """
    rank = max(folders)
    tallies = folders[rank].tallies
    if len(tallies) == 1:
        return tallies[0]
    own = [tally for tally in tallies if tally.by_lead]
    others = [tally for tally in tallies if tally.by_others]
    decided = len(own) == 1 and len(own) + len(others) == len(tallies)
    return own[0] if decided and not rank.is_correction else None


def judge_repeats(target: Target, folders: Mapping[Rank, Reported]) -> Iterator[Finding]:
    """Say what was reported more than once: repeated, in conflict, by another bureau, or corrected later.

    Every row but the one that is used is counted in one of the findings.
    """
    *earlier, latest = (folders[filed].tallies for filed in sorted(folders))
    if len(latest) == 1 and latest[0].count == 1 and not earlier:
        return
    what = f"{target.code} {target.name} 在 {latest[0].actual.period}"
    first = used(folders)
    if first is None:
        yield _conflict(target, what, [*latest, *chain(*earlier)])
        return
    shown = _shown([first], target)
    if others := [tally for tally in latest if tally is not first]:
        yield _overruled(target, what, shown, first, others)
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
        yield of_many(CORRECTED, message, hint, target, places, count, first.most)


def _overruled(
    target: Target, what: str, shown: str, own: Tally, others: Sequence[Tally]
) -> Finding:
    message = (
        f"{what} 有不同的数：牵头单位{target.lead}报 {shown}，别的单位报 {_shown(others, target)}；"
        "采用牵头单位的"
    )
    hint = f"牵头单位的在 {own.places[0].in_row}；两家核对，别的单位不必报这一项"
    places = list(chain(*(tally.places for tally in others)))
    count = sum(tally.count for tally in others)
    return of_many(OTHER_BUREAU, message, hint, target, places, count, own.most)


def _repeated(target: Target, what: str, shown: str, tally: Tally) -> Finding:
    first, again = tally.places[0], tally.places[1]
    hint = f"第一次在 {first.in_row}；删去多余的行"
    message = f"{what} 重复报了 {shown}"
    found = of_many(REPEATED, message, hint, target, tally.places[1:], tally.count - 1, tally.most)
    other = first.table_beside(again)
    if not other:
        return found
    of_sheet = (f"这张表里的数，{other}都报过了", "两处只留一处；要留着汇总的，数一致就不影响判断")
    return replace(found, of_many=of_sheet)


def _conflict(target: Target, what: str, tallies: Sequence[Tally]) -> Finding:
    """Say which values can't all be right; the place is that of the first that differs."""
    first, second, *rest = tallies
    places = [*second.places, *chain(*(tally.places for tally in (first, *rest)))]
    return of_many(
        CONFLICT,
        f"{what} 有不同的数：{_shown(tallies, target)}，一个也没有使用",
        f"另一处在 {first.places[0].in_row}；核实后只留一个",
        target,
        places,
        sum(tally.count for tally in tallies),
        first.most,
    )


def of_many(
    rule: Rule,
    message: str,
    hint: str,
    target: Target,
    places: Sequence[Place],
    count: int,
    most: int = MOST_PLACES,
) -> Finding:
    """Return a finding that stands for ``count`` places, of which the first are kept."""
    return Finding(rule, message, hint, places[0], target.code, count, tuple(places[1:most]))


def _shown(tallies: Iterable[Tally], target: Target) -> str:
    """Return the different values in words, five at most."""
    values = dict.fromkeys(tally.actual.value for tally in tallies)
    unit = target.goal.unit.text
    return "、".join(format_number(value) + unit for value in islice(values, 5))
