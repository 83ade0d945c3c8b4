"""Whether the words of a target say how its figure behaves, and ``measure`` says otherwise."""

from __future__ import annotations

import re

from dtcheck.coverage.agreement import own_figure
from dtcheck.targets.model import Kind, Measure, Target
from dtcheck.units import SHARE
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.report import mend
from dtcheck.workreport.words import COUNTED_UP, GROWTH, REACHED, SHARE_OF, STOCK

_MEASURES = {
    Measure.FLOW: "从年初累计的数（flow）",
    Measure.LEVEL: "某一天的状态（level）",
    Measure.RATE: "比上年增减（rate）",
}
_HAPPENS = ("人次", "次", "场")


def measure_at_odds(target: Target) -> tuple[str, str, str] | None:
    """Return the word that decides, message and hint, where ``measure`` is not what it says."""
    if target.kind is Kind.SCOPE and target.measure is not Measure.FLOW:
        word, said = "scope", Measure.FLOW
    else:
        found = _by_words(target)
        if found is None or found[1] is target.measure:
            return None
        word, said = found
    message = f"的 measure 是 {target.measure}，“{word}”说的却是{_MEASURES[said]}"
    return word, message, f"改为 {said}；确实如此的，在 note 写明“{word}”怎么读"


def _by_words(target: Target) -> tuple[str, Measure] | None:
    """Return the word of name and phrase that tells the measure; None where none or two do."""
    found = own_figure(target)
    figure = found[0] if found else None
    if figure and figure.word and figure.word.measure:
        return figure.text, figure.word.measure
    name, before = mend(target.name), _before(target, figure)
    kinds = _of_share if target.goal.unit.dimension == SHARE else _of_amount
    told = [each for words in (name, before) if len(each := kinds(words, target)) == 1]
    if not told or len({measure for each in told for measure in each}) > 1:
        return None
    measure, word = next(iter(told[0].items()))
    return word, measure


def _before(target: Target, figure: Figure | None) -> str:
    """Return what the phrase says of its figure: since the figure before, and the word behind."""
    text = mend(target.phrase)
    if figure is None:
        return text
    start = max((match.end() for match in re.finditer("[0-9]", text[: figure.start])), default=0)
    return text[start : figure.start]


def _of_share(words: str, target: Target) -> dict[Measure, str]:
    if target.goal.unit.is_points:
        return {Measure.RATE: target.goal.unit.text}
    grows, share = GROWTH.search(words), SHARE_OF.search(words)
    found = {}
    if grows:
        found[Measure.RATE] = grows[0]
    if share:
        found[Measure.LEVEL] = share[0]
    return found


def _of_amount(words: str, target: Target) -> dict[Measure, str]:
    unit = target.goal.unit
    stock, counted = STOCK.search(words), COUNTED_UP.search(words)
    found: dict[Measure, str] = {}
    if "累计" in words:
        # Of the year or of all years: 累计建成 tells neither.
        return found
    if unit.stem in _HAPPENS:
        return {Measure.FLOW: unit.stem}
    if counted:
        found[Measure.FLOW] = counted[0]
    if stock:
        found[Measure.LEVEL] = stock[0]
    elif not counted and unit.is_whole and (reached := REACHED.search(words)):
        found[Measure.LEVEL] = f"{reached[0]}…{unit.text}"
    return found
