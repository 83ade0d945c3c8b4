"""Whether the words of a target say how its figure behaves, and ``measure`` says otherwise."""

from __future__ import annotations

import re

from dtcheck.coverage.agreement import own_figure
from dtcheck.targets.model import Kind, Measure, Target
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.measures import measures_told
from dtcheck.workreport.report import mend

_MEASURES = {
    Measure.FLOW: "从年初累计的数（flow）",
    Measure.LEVEL: "某一天的状态（level）",
    Measure.RATE: "比上年增减（rate）",
}


def measure_at_odds(target: Target) -> tuple[str, str, str] | None:
    """Return the word that decides, message and hint, where ``measure`` is not what it says."""
    if target.kind is Kind.SCOPE and target.measure is not Measure.FLOW:
        word, said = "工作范围（scope）", Measure.FLOW
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
    unit = target.goal.unit
    told = [each for words in (name, before) if len(each := measures_told(words, unit)) == 1]
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
