"""Relations between targets: what is added to last year's total makes this year's."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from dtcheck.targets.goal import Op
from dtcheck.targets.model import Relation, Target, TargetsFile


class Contradiction(NamedTuple):
    """Two goals that can't both be just met: ``added`` does not bring ``total`` to its goal.

    ``sum``, last year's total plus ``added``, and ``gain``, what ``added`` would have to be, are in
    the total's unit; ``exceed`` says that the gain must be more than that, not just as much.
    """

    relation: Relation
    total: Target
    added: Target
    sum: Fraction
    gain: Fraction
    exceed: bool


def total_after(relation: Relation, added: Fraction, file: TargetsFile) -> Fraction:
    """Return last year's total plus ``added`` (in its target's unit), in the total's unit."""
    total, more = file.by_code[relation.total], file.by_code[relation.added]
    return relation.last + more.goal.unit.convert(added, total.goal.unit)


def contradiction(relation: Relation, file: TargetsFile) -> Contradiction | None:
    """Return how the goals of a relation disagree, or None where they can both be met.

    Goals that a higher level sets or that are another's figure, and limits, promise no sum.
    """
    total, added = file.by_code[relation.total], file.by_code[relation.added]
    if any(each.goal.value is None or each.goal.is_limit for each in (total, added)):
        return None
    reached = total_after(relation, added.goal.required, file)
    if total.goal.is_met_by(reached):
        return None
    exceed = total.goal.op is Op.OVER and not total.goal.unit.is_whole
    return Contradiction(
        relation, total, added, reached, total.goal.required - relation.last, exceed
    )
