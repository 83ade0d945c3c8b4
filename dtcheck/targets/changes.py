"""Two targets files side by side: which indicators are the same, new, gone or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dtcheck.targets.model import Target, TargetsFile
from dtcheck.targets.same import same_indicators


@dataclass(frozen=True, slots=True)
class Changes:
    """``same``: pairs of old and new with the same goal; ``changed``: with another, or 争取 now and not before.

    ``others``: pairs of either whose measure or lead is another.
    """

    same: tuple[tuple[Target, Target], ...]
    changed: tuple[tuple[Target, Target], ...]
    new: tuple[Target, ...]
    gone: tuple[Target, ...]
    others: tuple[tuple[Target, Target], ...] = ()


def changes(old: TargetsFile, new: TargetsFile) -> Changes:
    """Return what became of the indicators of ``old`` in ``new``."""
    known = same_indicators(old, new.targets, new.place)
    return changes_by(old, new.targets, known, with_leads=old.place == new.place)


def changes_by(
    old: TargetsFile,
    targets: Sequence[Target],
    known: Mapping[str, Target],
    *,
    with_leads: bool = False,
) -> Changes:
    """Return what became of the indicators of ``old``; ``known`` has those of ``targets`` by their codes.

    ``with_leads``: bureaus are of one place, so that another lead is a change.
    """
    pairs = [(known[each.code], each) for each in targets if each.code in known]
    codes = {before.code: now.code for before, now in pairs}
    return Changes(
        same=tuple(pair for pair in pairs if not _differ(*pair, codes)),
        changed=tuple(pair for pair in pairs if _differ(*pair, codes)),
        new=tuple(each for each in targets if each.code not in known),
        gone=tuple(each for each in old.targets if each.code not in codes),
        others=tuple(
            (one, two)
            for one, two in pairs
            if one.measure is not two.measure or (with_leads and one.lead != two.lead)
        ),
    )


def _differ(one: Target, two: Target, codes: Mapping[str, str]) -> bool:
    """Whether a goal is another; one that points at an indicator goes with its new code."""
    goal = one.goal
    if goal.ref:
        one = one._replace(goal=goal._replace(ref=codes.get(goal.ref, f"{goal.ref}?")))
    return one.goal_text() != two.goal_text() or one.strive is not two.strive
