"""Two targets files side by side: which indicators are the same, new, gone or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dtcheck.targets.model import Target, TargetsFile
from dtcheck.targets.same import same_indicators


@dataclass(frozen=True, slots=True)
class Changes:
    """``same``: pairs of old and new with the same goal; ``changed``: with another."""

    same: tuple[tuple[Target, Target], ...]
    changed: tuple[tuple[Target, Target], ...]
    new: tuple[Target, ...]
    gone: tuple[Target, ...]


def changes(old: TargetsFile, new: TargetsFile) -> Changes:
    """Return what became of the indicators of ``old`` in ``new``."""
    return changes_by(old, new.targets, same_indicators(old, new.targets, new.place))


def changes_by(old: TargetsFile, targets: Sequence[Target], known: Mapping[str, Target]) -> Changes:
    """Return what became of the indicators of ``old``; ``known`` has those of ``targets`` by their codes."""
    pairs = [(known[each.code], each) for each in targets if each.code in known]
    kept = {before.code for before, _ in pairs}
    return Changes(
        same=tuple(pair for pair in pairs if not _differ(*pair)),
        changed=tuple(pair for pair in pairs if _differ(*pair)),
        new=tuple(each for each in targets if each.code not in known),
        gone=tuple(each for each in old.targets if each.code not in kept),
    )


def _differ(one: Target, two: Target) -> bool:
    return one.goal_text() != two.goal_text()
