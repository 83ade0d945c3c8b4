"""Rule ids that users write."""

from __future__ import annotations

from collections.abc import Iterable

from dtcheck.nearest import did_you_mean, nearest
from dtcheck.rules import Level
from dtcheck.rules.catalogue import CATALOGUE


def ids_problem(ids: Iterable[str]) -> str | None:
    """Return what is wrong: an unknown rule, or an error, which can't be ignored."""
    for each in sorted(ids):
        if each not in CATALOGUE:
            question = did_you_mean(nearest(each, CATALOGUE))
            hint = f"，{question}" if question else ""
            return f"没有规则 {each}{hint}"
        if CATALOGUE[each].level is Level.ERROR:
            return f"{each} 是错误，只有警告和提示可以忽略"
    return None
