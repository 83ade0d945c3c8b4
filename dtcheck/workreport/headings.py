"""The headings of a plan, which make the sections of its targets file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dtcheck.workreport.figures import chinese_number

_NUMERAL = "[一二三四五六七八九十]{1,3}"
# The styles of headings, outermost first: 一、 (一) 第一, 1. 一是 (1).
_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<number>{_NUMERAL})、",
        rf"\((?P<number>{_NUMERAL})\)、?",
        rf"第(?P<number>{_NUMERAL})[,、:.]",
        r"(?P<number>[0-9]{1,2})[.、](?![0-9])",
        rf"(?P<number>{_NUMERAL})是(?:要)?",
        r"\((?P<number>[0-9]{1,2})\)",
    )
)
# In the middle of a paragraph only these are headings; 一是 and 1. list there.
_INLINE_STYLES = _STYLES[:3]
_HEADING_WORDS = re.compile("[^,。;:!?\n]{1,40}")
_PARAGRAPH, _SENTENCE = "\n", "[。!?;\n]"
# A part is divided where a plan has few of them, or where it is most of the plan.
_FEW_PARTS, _LARGE, _MOST_OF = 5, 0.2, 0.4
_FEWEST_INNER = 3
_APPENDIX = re.compile("附[件录表]?[0-9一二三四五]?[:、]?")
_WORKS = re.compile(
    "[^,。;:]{0,20}(?:民生实事|惠民实事|[十二三]{1,2}[件大][^,。;:]{0,4}(?:实事|工程)|实事项目)[^,。;:]{0,8}"
)
_LISTS_WORKS = re.compile("实事|[十二三][件项]")
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the plan: its mark (``(一)``), its words up to the first stop, its position."""

    mark: str
    words: str
    start: int


def find_headings(text: str, start: int, after: int, end: int) -> tuple[Heading, ...]:
    """Return the headings of a plan that lies between ``start`` and ``end``.

    They are those of the outermost style that counts from 1 ``after`` the plan's own heading, those
    that go on where its own number stops (三、四、), those of appendices, and within a part that
    holds much of the plan its own.
    """
    found = {heading.start: heading for heading in _outermost(text, after, end)}
    for style in _STYLES:
        if own := style.match(text, start):
            places = _starts(text, after, end, _PARAGRAPH)
            for heading in _counted(text, places, style, _number(own["number"])):
                found.setdefault(heading.start, heading)
    for heading in _appendices(text, after, end):
        found.setdefault(heading.start, heading)
    outer = [found[place] for place in sorted(found)]
    return tuple(_divided(text, outer, start, end))


def _outermost(text: str, start: int, end: int) -> list[Heading]:
    """Return the headings of the outermost style that counts from 1, at paragraph starts.

    Only where no paragraph starts with one are sentence starts looked at: a copy may have lost
    its line breaks.
    """
    for stop in (_PARAGRAPH, _SENTENCE):
        places = [start, *_starts(text, start, end, stop)]
        for style in _STYLES:
            counted = _counted(text, places, style)
            if len(counted) > 1:
                return counted
    return []


def _divided(text: str, outer: list[Heading], start: int, end: int) -> Iterator[Heading]:
    ends = [*(heading.start for heading in outer[1:]), end]
    for heading, last in zip(outer, ends, strict=False):
        yield heading
        share = (last - heading.start) / max(1, end - start)
        if not _LISTS_WORKS.search(heading.words) and share > (
            _LARGE if len(outer) <= _FEW_PARTS else _MOST_OF
        ):
            yield from _inner(text, heading, last)


def _inner(text: str, outer: Heading, end: int) -> list[Heading]:
    """Return the headings within a part, of the outermost style that is not its own."""
    start = outer.start + len(outer.mark)
    for stop, styles in ((_PARAGRAPH, _STYLES), (_SENTENCE, _INLINE_STYLES)):
        places = _starts(text, start, end, stop)
        for style in styles:
            if style.match(outer.mark):
                continue
            counted = _counted(text, places, style)
            if len(counted) >= _FEWEST_INNER:
                return counted
    return []


def _appendices(text: str, start: int, end: int) -> Iterator[Heading]:
    """Yield the titles of lists that belong to the plan: 附件, 2026年民生实事."""
    for place in _starts(text, start, end, _PARAGRAPH):
        line = text[place : place + _LONGEST_TITLE + 1].split("\n", maxsplit=1)[0]
        if not line or len(line) > _LONGEST_TITLE or any(each.match(line) for each in _STYLES):
            continue
        mark = _APPENDIX.match(line)
        if _WORKS.fullmatch(line) or (mark and mark.end() < len(line) and line[1] in "件录表"):
            words = _HEADING_WORDS.match(line, mark.end() if mark else 0)
            if words:
                yield Heading("", words[0], place + (mark.end() if mark else 0))


def _starts(text: str, start: int, end: int, stop: str) -> list[int]:
    return [match.end() for match in re.compile(stop).finditer(text, start, end)]


def _counted(
    text: str, places: list[int], style: re.Pattern[str], before: int = 0
) -> list[Heading]:
    """Return the headings of a style at ``places`` that count on from ``before``.

    Where a style is used within itself too, the longest count is meant, else the one that no
    other is begun in.
    """
    marks = [match for place in places if (match := style.match(text, place))]
    numbers = [_number(match["number"]) for match in marks]
    best: list[int] = []
    restarts = 0
    for first in (index for index, number in enumerate(numbers) if number == before + 1):
        chain = [first]
        for index in range(first + 1, len(numbers)):
            if numbers[index] == before + len(chain) + 1:
                chain.append(index)
        begun = numbers[first + 1 : chain[-1]].count(before + 1)
        if (len(chain), -begun) > (len(best), -restarts):
            best, restarts = chain, begun
    found: list[Heading] = []
    for index in best:
        words = _HEADING_WORDS.match(text, marks[index].end())
        found.append(Heading(marks[index][0], words[0] if words else "", marks[index].start()))
    return found


def _number(written: str) -> int:
    value = chinese_number(written)
    return int(written) if written.isascii() else int(value or 0)
