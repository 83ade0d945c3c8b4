"""What reading gives: one figure for a target and month, and all that the files said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from dtcheck.cells.actual import Bound
from dtcheck.periods import Period
from dtcheck.rules import Filing, Finding, Place
from dtcheck.targets import Goal

# Of a finding at many places so many are kept, unless more are asked for.
MOST_PLACES = 20


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
    level set, by code and the month from which each holds (0: since the year began; None: two that
    differ); ``newest`` is the newest period of a row that carries a figure, used or refused.
    ``files`` holds every file that was to be read, as it is shown, with what its path says of it.
    ``as_of`` is the month that later rows were left out for, if one was named. ``rows`` holds the
    targets that have a row at all, used or not; ``senders`` the bureaus that rows and paths name;
    ``heads`` are the headers of all forms: the last row of each, and the column right of it.
    ``received`` holds the months of rows that carry a figure, used or refused; ``known_by`` gives
    what the same files said as far as they were filed by a month, without findings.
    """

    actuals: Mapping[str, Mapping[int, Actual]]
    assigned: Mapping[str, Mapping[int, Goal | None]]
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
