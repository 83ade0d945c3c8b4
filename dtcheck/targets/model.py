"""The commitments as plain values, in the order of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.names import bare_bureau, key_of
from dtcheck.units import plain

if TYPE_CHECKING:
    from dtcheck.targets.variants import NameIndex

DECEMBER = 12
# The months by which a rhythm has a figure.
RHYTHMS = {
    "monthly": tuple(range(1, 13)),
    "quarterly": (3, 6, 9, 12),
    "half-yearly": (6, 12),
    "yearly": (12,),
    # Known only when the year is over: 研发投入占比, what is recognised in the next spring.
    "after-year": (),
}


class Measure(StrEnum):
    """How a figure behaves over the year."""

    FLOW = "flow"
    LEVEL = "level"
    RATE = "rate"


class Kind(StrEnum):
    """Where the number of a target comes from."""

    OUTCOME = "outcome"
    SCOPE = "scope"
    IMPLIED = "implied"


class Pace(StrEnum):
    """The named paces; a target may give 12 cumulative shares instead."""

    LINEAR = "linear"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEAR_END = "year-end"


class Target(NamedTuple):
    """One quantitative commitment; ``baseline`` and ``tolerance`` are in the goal's unit.

    ``pace`` is a named pace or 12 cumulative shares of the goal; ``reports`` a rhythm of
    ``RHYTHMS`` or the months of which a figure is due; ``due`` the month that takes December's
    place (6月底前); ``lag`` how many months a figure is always late; ``line`` is where the targets
    file has it.
    """

    code: str
    name: str
    section: str
    goal: Goal
    measure: Measure
    phrase: str
    lead: str
    kind: Kind = Kind.OUTCOME
    strive: bool = False
    baseline: Fraction | None = None
    pace: Pace | tuple[Fraction, ...] = Pace.LINEAR
    reports: str | tuple[int, ...] = "monthly"
    tolerance: Fraction | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None
    line: int = 0
    due: int | None = None
    lag: int = 0

    @property
    def due_months(self) -> tuple[int, ...]:
        """The months of which a figure exists, ascending; the one that decides is among them."""
        if self.reports == "yearly":
            return (self.deadline,)
        months = RHYTHMS[self.reports] if isinstance(self.reports, str) else self.reports
        return tuple(sorted({*months, self.due})) if self.due and months else months

    @property
    def deadline(self) -> int:
        """The month by whose end the goal has to be met."""
        return self.due or DECEMBER

    def last_due(self, month: int) -> int:
        """Return the newest month of which a figure is due by the end of ``month``; 0: none."""
        return max((each for each in self.due_months if each + self.lag <= month), default=0)

    def usual_delay(self, month: int) -> int:
        """Return by how many months the figure of ``month`` may come late: next year's, the whole year."""
        return DECEMBER if month == DECEMBER and not self.due_months else self.lag

    def is_due_in(self, month: int) -> bool:
        """Whether a new figure is due in ``month``."""
        return month - self.lag in self.due_months

    def goal_text(self, goal: Goal | None = None) -> str:
        """Return the goal in words, with the month by which it has to be met where that is not December."""
        text = (goal or self.goal).text
        return f"{text}（{self.due}月底前）" if self.due else text

    @property
    def counts_falls(self) -> bool:
        """Whether the figure is itself a fall (降幅), so that 下降3% is 3."""
        return "降幅" in self.name or "下降率" in self.name

    @property
    def is_assigned(self) -> bool:
        """Whether a higher level sets the goal."""
        return self.goal.op is Op.ASSIGNED


class Section(NamedTuple):
    """A part of the report: two-letter code, short name, the report's heading."""

    code: str
    name: str
    heading: str
    targets: tuple[Target, ...]


class Bureau(NamedTuple):
    """A bureau, the short names that clerks write, and why it is here if it leads nothing."""

    name: str
    short: tuple[str, ...]
    line: int = 0
    note: str | None = None


class Exclusion(NamedTuple):
    """A figure of the report that is no commitment, and why."""

    phrase: str
    why: str
    line: int = 0


class Relation(NamedTuple):
    """``total`` at the year's end is ``last`` plus ``added``.

    Exactly so for a 净增 (``net``); else at most, since firms also drop out. ``total`` and
    ``added`` are target codes, ``last`` is in the total's unit.
    """

    total: str
    added: str
    last: Fraction
    net: bool
    line: int


class PartOf(NamedTuple):
    """What ``part`` counts is among what ``whole`` counts; both are target codes."""

    part: str
    whole: str
    line: int = 0


@dataclass(frozen=True)
class TargetsFile:
    """A whole targets file; ``path`` as it was given, ``sha256`` of its bytes, ``units`` its own."""

    place: str
    year: int
    title: str
    source: tuple[tuple[str, str], ...]
    bureaus: tuple[Bureau, ...]
    sections: tuple[Section, ...]
    excluded: tuple[Exclusion, ...]
    relations: tuple[Relation, ...]
    path: str
    sha256: str
    parts: tuple[PartOf, ...] = ()
    units: tuple[str, ...] = ()

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """All targets in the order of the file."""
        return tuple(target for section in self.sections for target in section.targets)

    @cached_property
    def by_code(self) -> dict[str, Target]:
        """Targets by code."""
        return {target.code: target for target in self.targets}

    @cached_property
    def _names(self) -> dict[str, Target]:
        return {
            key_of(name): target
            for target in self.targets
            for name in (target.name, *target.aliases)
        }

    def by_name(self, name: str) -> Target | None:
        """Return the target that a name or an alias means, spaced and quoted however, and varied as offices do.

        新开工亿元以上项目数 is 新开工亿元以上项目, 固定资产投资增速 is 固定资产投资增长.
        """
        key = key_of(name)
        return self._names.get(key) or self._index.find(self._without_place(key))

    @cached_property
    def _index(self) -> NameIndex:
        # Most files name all targets as the targets file does, and never need this.
        from dtcheck.targets.variants import NameIndex

        return NameIndex(self._names)

    def _without_place(self, key: str) -> str:
        place = key_of(self.place)
        within = key.removeprefix(place)
        return within if within != key else key.removeprefix(place[:-1]) or key

    @property
    def known_names(self) -> tuple[str, ...]:
        """All names and aliases, as ``key_of`` writes them."""
        return tuple(self._names)

    @property
    def source_title(self) -> str:
        """The title of the report, or of the file where it names no source."""
        return dict(self.source).get("title", self.title)

    @cached_property
    def _bureau_names(self) -> dict[str, str]:
        return {
            bare_bureau(written): bureau.name
            for bureau in self.bureaus
            for written in (bureau.name, *bureau.short)
        }

    @cached_property
    def _bureau_stems(self) -> dict[str, str | None]:
        """Bureaus by what is left without 局 and 委; None where two share it."""
        from dtcheck.targets.bureaus import bureau_stem

        found: dict[str, str | None] = {}
        for written, name in self._bureau_names.items():
            stem = bureau_stem(written)
            found[stem] = name if found.get(stem, name) == name else None
        return found

    def bureau(self, written: str) -> str | None:
        """Return the full name of the bureau that a clerk wrote, or None; of several the first, who leads.

        The place may stand before it in full or in short: 东台市发改委, 市发改委, 盐城市东台生态环境局, and
        东台市监局 for 市监局, whose own name begins with 市. 局, 委 and 委员会 may stand for one another, but a
        stem alone (发改) is no bureau's name.
        """
        known = self._bureau_names
        if found := known.get(bare_bureau(written)):
            return found
        from dtcheck.targets.bureaus import bureau_stem, is_bureau, leading_bureau

        if written.isascii():
            return None
        bare = leading_bureau(written)
        place = "".join(plain(self.place).split())
        within = _after(place, bare)
        candidates = (bare, within, within.removeprefix("市"), _after(place[:-1], bare))
        if found := next((known[each] for each in candidates if each in known), None):
            return found
        stems = (bureau_stem(each) for each in candidates if is_bureau(each))
        return next((found for each in stems if (found := self._bureau_stems.get(each))), None)

    def selected(self, select: Iterable[str], lead: str | None) -> frozenset[str]:
        """Return the codes that code prefixes and a bureau pick; without either, all."""
        prefixes = tuple(prefix.strip().upper() for prefix in select)
        bureau = self.bureau(lead) if lead else None
        return frozenset(
            target.code
            for target in self.targets
            if (not prefixes or target.code.startswith(prefixes))
            and (lead is None or target.lead == bureau)
        )


def _after(place: str, bureau: str) -> str:
    """Return what follows a place, and what stands above it, in a bureau's name: 盐城市东台生态环境局."""
    above, found, rest = bureau.partition(place)
    return rest if found and (not above or above.endswith(("市", "省"))) else bureau
