"""Rule ids that users write."""

from __future__ import annotations

from collections.abc import Iterable

import click

from dtcheck.nearest import did_you_mean, nearest
from dtcheck.rules import Level
from dtcheck.rules.catalogue import CATALOGUE


def check_ids(ids: Iterable[str], where: str) -> None:
    """Raise click.UsageError for an unknown rule, and for an error, which can't be ignored."""
    for each in sorted(ids):
        if each not in CATALOGUE:
            question = did_you_mean(nearest(each, CATALOGUE))
            hint = f"，{question}" if question else ""
            raise click.UsageError(f"{where}：没有规则 {each}{hint}")
        if CATALOGUE[each].level is Level.ERROR:
            raise click.UsageError(f"{where}：{each} 是错误，只有警告和提示可以忽略")
