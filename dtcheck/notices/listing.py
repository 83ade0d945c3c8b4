"""A line of a list: a subject or a bureau, and what there is to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Listing(NamedTuple):
    """A subject or a bureau, how much there is to it, and that in words."""

    name: str
    total: int
    texts: Sequence[str]
