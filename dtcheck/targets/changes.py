"""Two targets files side by side: which indicators are the same, new, gone or changed."""

from __future__ import annotations

from dataclasses import dataclass

from dtcheck.targets.model import Target, TargetsFile


@dataclass(frozen=True, slots=True)
class Changes:
    """``same``: pairs of old and new with the same goal; ``changed``: with another."""

    same: tuple[tuple[Target, Target], ...]
    changed: tuple[tuple[Target, Target], ...]
    new: tuple[Target, ...]
    gone: tuple[Target, ...]


def same_indicator(old: TargetsFile, target: Target) -> Target | None:
    """Return the target of ``old`` that counts the same: by name or alias, in the same dimension."""
    for name in (target.name, *target.aliases):
        found = old.by_name(name)
        if (
            found is not None
            and found.goal.unit.dimension == target.goal.unit.dimension
            and found.measure is target.measure
        ):
            return found
    return None


def changes(old: TargetsFile, new: TargetsFile) -> Changes:
    """Return what became of the indicators of ``old`` in ``new``."""
    pairs: dict[str, tuple[Target, Target]] = {}
    fresh: list[Target] = []
    for target in new.targets:
        found = same_indicator(old, target)
        if found is None or found.code in pairs:
            fresh.append(target)
        else:
            pairs[found.code] = (found, target)
    same = [pair for pair in pairs.values() if pair[0].goal_text() == pair[1].goal_text()]
    return Changes(
        same=tuple(same),
        changed=tuple(pair for pair in pairs.values() if pair not in same),
        new=tuple(fresh),
        gone=tuple(target for target in old.targets if target.code not in pairs),
    )
