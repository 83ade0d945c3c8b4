"""What came in since the notice before about months that it covered: corrections, late figures, goals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from dtcheck.actuals import Actual, Submissions
from dtcheck.judge import Judgements, Result
from dtcheck.periods import Period
from dtcheck.targets import Target


class Kind(StrEnum):
    """How a month that was over has changed; the value is the word for it."""

    CORRECTED = "更正"
    BELATED = "补报"
    # Two figures that differ now: neither is used.
    DISPUTED = "存疑"
    GOAL = "下达目标"


class Amendment(NamedTuple):
    """What changed of a target in ``months`` that were over, and where it stood by the last of them.

    ``figures`` are those of the months before and now, None for none. ``then`` is the result as it
    could be told when the notice before was made, ``now`` what it is by what is known today.
    """

    target: Target
    kind: Kind
    months: tuple[int, ...]
    figures: tuple[tuple[Actual | None, Actual | None], ...]
    then: Result
    now: Result


class Known(NamedTuple):
    """What was submitted as far as it was known at a time, and the judgements on it."""

    submissions: Submissions
    judgements: Judgements


def amendments(
    targets: Iterable[Target], then: Known, now: Known, told: Period, until: Period
) -> Iterator[Amendment]:
    """Yield what is known ``now`` and wasn't ``then`` of the months before ``until``.

    ``told`` is the month of the notice before.
    """
    for target in targets:
        before = then.submissions.actuals.get(target.code, {})
        after = now.submissions.actuals.get(target.code, {})
        changed: dict[Kind, list[int]] = {}
        for month in sorted(before.keys() | after.keys()):
            kind = _kind(before.get(month), after.get(month))
            if kind is not None and month < until.month:
                changed.setdefault(kind, []).append(month)
        for kind, months in changed.items():
            when = Period(until.year, months[-1])
            yield Amendment(
                target,
                kind,
                tuple(months),
                tuple((before.get(month), after.get(month)) for month in months),
                then.judgements.as_of(target, when),
                now.judgements.as_of(target, when),
            )
        was, known = (each.judgements.as_of(target, told) for each in (then, now))
        if was.goal != known.goal:
            yield Amendment(target, Kind.GOAL, (told.month,), (), was, known)


def _kind(before: Actual | None, after: Actual | None) -> Kind | None:
    if before is None:
        return None if after is None else Kind.BELATED
    if after is None:
        return Kind.DISPUTED
    return None if after.value == before.value else Kind.CORRECTED
