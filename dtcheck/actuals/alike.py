"""The same complaint of many rows or columns of a table is one finding, with all of its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice

from dtcheck.rules import Finding
from dtcheck.rules.files import DUPLICATE_COLUMN
from dtcheck.rules.plausibility import BLANK_BESIDE, MAYBE_OCTOBER, NO_PERIOD, NO_UNIT
from dtcheck.rules.rows import (
    AHEAD_OF_FOLDER,
    BAD_PERIOD,
    OTHER_YEAR,
    REPEATED,
    WRONG_FIGURE,
)

# What is wrong with the form, its header or its title, and mended there for all of its targets.
_OF_THE_FORM = frozenset(
    rule.id
    for rule in (
        DUPLICATE_COLUMN,
        BAD_PERIOD,
        OTHER_YEAR,
        REPEATED,
        AHEAD_OF_FOLDER,
        WRONG_FIGURE,
        NO_UNIT,
        NO_PERIOD,
        MAYBE_OCTOBER,
        BLANK_BESIDE,
    )
)
_MOST_PLACES = 1000


def as_one(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in their order, those of a table that say the same as one.

    What is wrong with a cell is one for each target; what is wrong with the form for all of them.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        place = finding.place
        said = finding.of_many or (finding.message, finding.hint)
        code = None if finding.rule.id in _OF_THE_FORM else finding.code
        key = (finding.rule.id, finding.level, said, place.file, place.sheet, code)
        groups.setdefault(key, []).append(finding)
    return tuple(each[0] if len(each) == 1 else _one(each) for each in groups.values())


def _one(same: Sequence[Finding]) -> Finding:
    first = same[0]
    message, hint = first.of_many or (first.message, first.hint)
    codes = tuple(dict.fromkeys(chain.from_iterable(each.about for each in same)))
    places = chain.from_iterable((each.place, *each.more) for each in same)
    return replace(
        first,
        message=message,
        hint=hint,
        code=codes[0] if len(codes) == 1 else None,
        codes=codes if len(codes) > 1 else (),
        count=sum(each.count for each in same),
        more=tuple(islice(places, 1, _MOST_PLACES)),
    )
