"""All rules by id. Ids are never reused."""

from __future__ import annotations

from dtcheck.rules import files, plausibility, reports, rows, targets
from dtcheck.rules.base import Rule

CATALOGUE: dict[str, Rule] = {
    rule.id: rule
    for family in (files, rows, plausibility, targets, reports)
    for rule in vars(family).values()
    if isinstance(rule, Rule)
}
