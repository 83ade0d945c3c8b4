"""Which figure a goal is raised or cut from, where its own clause says so."""

from __future__ import annotations

from collections.abc import Iterable

from dtcheck.workreport.figures import Figure
from dtcheck.workreport.levels import is_difference, is_old_level

_STOP = ",。;:!?\n"
_NEAR = 120


def old_level(text: str, figure: Figure, figures: Iterable[Figure], nth: int = 0) -> Figure | None:
    """Return the figure that ``figure`` is raised or cut from: the 77 of 从77%提高到80%.

    ``nth`` is which of the targets is meant that share the figure: 分别从50%、75%提高到100%.
    """
    unit = figure.unit
    if unit is None or figure.high is not None or is_difference(text, figure.start):
        return None
    near = max(0, figure.start - _NEAR)
    clause = max(near, 1 + max(text.rfind(stop, near, figure.start) for stop in _STOP))
    before = [each for each in figures if clause <= each.start < figure.start and each.is_quantity]
    old = [each for each in before if is_old_level(text, each.start, each.end)]
    if not old:
        return None
    # 从209元、280元提高到217元、290元: the second comes from the second.
    nth += sum(each.start > old[-1].start for each in before)
    found = old[nth] if nth < len(old) else None
    same = found and found.unit and found.unit.dimension == unit.dimension
    return found if same else None
