"""“是不是 X？”: the names nearest to one that nobody knows; a name is rarely wrong, so difflib waits."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(written: str, names: Iterable[str], most: int = 1, alike: float = 0.6) -> list[str]:
    """Return at most ``most`` of ``names``, the nearest first; 1 is ``alike`` to the letter."""
    from difflib import get_close_matches

    return get_close_matches(written, names, most, alike)


def did_you_mean(names: Iterable[str]) -> str:
    """Return the question whether one of ``names`` was meant, or "" for none."""
    listed = "、".join(names)
    return f"是不是 {listed}？" if listed else ""
