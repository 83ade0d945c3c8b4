"""Whether a target is marked as striven for (争创, 力争) where the report's words say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dtcheck.coverage.excuses import Excuse, excuse, striving_in_note
from dtcheck.targets.model import Target
from dtcheck.workreport.report import UNKNOWN
from dtcheck.workreport.words import MAYBE_STRIVING, STRIVING

_STOPS = ",。;:!?\n"
_SENTENCE = "。;!?\n"
_FAR = 200
# What 争创 no longer governs: another figure, or a list that goes on with a verb of its own.
_ENDS = re.compile(
    "[0-9]|、(?:新|建|改|完成|引|培|打造|实施|推进|开工|竣工|开展|举办|创成|净增|盘活)"
)


@dataclass(frozen=True, slots=True)
class Effort:
    """What stands before a figure: whether the word governs it, may do so, or can't be told."""

    word: str
    governs: bool
    may: bool
    near: bool
    unknown: bool


def effort_before(text: str, position: int) -> Effort:
    """Read the clause and the sentence before a figure at ``position``."""
    clause = _since(text, position, _STOPS)
    sentence = _since(text, position, _SENTENCE)
    sure = list(STRIVING.finditer(clause))
    may = MAYBE_STRIVING.search(clause)
    far = MAYBE_STRIVING.search(sentence)
    return Effort(
        word=(sure[-1] if sure else may or far or [""])[0],
        governs=bool(sure) and _ENDS.search(clause, sure[-1].end()) is None,
        may=may is not None,
        near=far is not None,
        unknown=UNKNOWN in sentence,
    )


def _since(text: str, position: int, stops: str) -> str:
    near = max(0, position - _FAR)
    return text[max(near, 1 + max(text.rfind(stop, near, position) for stop in stops)) : position]


def misjudged(target: Target, effort: Effort) -> tuple[str, str] | Excuse | None:
    """Return message and hint where ``strive`` is not what the words say, or the note's excuse."""
    said = striving_in_note(target)
    if target.strive:
        if effort.may or effort.unknown:
            return None
        if said and effort.near:
            return excuse(target, effort.word, "只管前一项", "争取目标")
        hint = "删去 strive；同一句里的“力争”也管这一项的，在 note 写明：“力争”也管这一项"
        return "注明是争取目标（strive），原话没有“争创”“力争”这样的词", hint
    if effort.governs and said is not False:
        word = effort.word
        hint = f"加上 strive: true；不作争取目标的，在 note 写明：“{word}”不作争取"
        return f"的原话写“{word}”，没有注明是争取目标（strive）", hint
    if effort.governs:
        return excuse(target, effort.word, "争取目标", "不作争取目标")
    if said:
        return "的 note 说是争取目标，却没有写 strive", "加上 strive: true，或改 note"
    return None
