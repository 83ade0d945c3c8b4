"""“是不是 X？”: the names nearest to one that nobody knows; a name is rarely wrong, so difflib waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def nearest(written: str, names: Iterable[str], most: int = 1, alike: float = 0.6) -> list[str]:
    """Return at most ``most`` of ``names``, the nearest first; 1 is ``alike`` to the letter."""
    from difflib import get_close_matches

    return get_close_matches(written, names, most, alike)


def nearest_names(written: str, names: Mapping[str, str], most: int = 3) -> list[str]:
    """Return what is called by the ``names`` nearest to one, the names being keys.

    Those that hold all of its characters in their order (发改 in 发展和改革委员会), or that it holds,
    go before those that are alike; of so many that nothing is said by it, none.
    """
    bare = "".join(written.split())
    held = [name for name in names if _holds(name, bare) or _holds(bare, name)]
    found = list(dict.fromkeys(names[name] for name in held))
    if not found and len(bare) > 1:
        found = list(dict.fromkeys(names[each] for each in nearest(bare, names, most, 0.5)))
    return found if len(found) <= most else []


def _holds(name: str, part: str) -> bool:
    """Whether all characters of ``part``, two at least, stand in ``name`` in their order."""
    rest = iter(name)
    return len(part) > 1 and all(mark in rest for mark in part)


def did_you_mean(names: Iterable[str]) -> str:
    """Return the question whether one of ``names`` was meant, or "" for none."""
    listed = "、".join(names)
    return f"是不是 {listed}？" if listed else ""
