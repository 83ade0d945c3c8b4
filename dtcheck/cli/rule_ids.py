"""Rule ids that users write."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click

from dtcheck.rules import CATALOGUE, Level


def check_ids(ids: Iterable[str], where: str) -> None:
    """Raise click.UsageError for an unknown rule, and for an error, which can't be ignored."""
    for each in sorted(ids):
        if each not in CATALOGUE:
            near = difflib.get_close_matches(each, CATALOGUE, 1)
            hint = f"，是不是 {near[0]}？" if near else ""
            raise click.UsageError(f"{where}：没有规则 {each}{hint}")
        if CATALOGUE[each].level is Level.ERROR:
            raise click.UsageError(f"{where}：{each} 是错误，只有警告和提示可以忽略")
