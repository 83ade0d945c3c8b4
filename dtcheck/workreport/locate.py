"""Where the words of a targets file stand in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtcheck.workreport.report import UNKNOWN, ReportText, mend

_LEAST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's text."""

    start: int
    end: int


class Locator:
    """Finds phrases verbatim, but for what ``mend`` changes; □ (a lost character) fits any."""

    def __init__(self, report: ReportText) -> None:
        self._report = report
        self._gaps = UNKNOWN in report.text

    def find(self, phrase: str, start: int, end: int) -> Span | None:
        """Return the first place of ``phrase`` that starts and ends within a stretch."""
        return next(self.all(phrase, start, end), None)

    def all(self, phrase: str, start: int, end: int | None = None) -> Iterator[Span]:
        """Yield every place of ``phrase``."""
        words = mend(phrase)
        text = self._report.text
        end = len(text) if end is None else end
        if words and self._gaps:
            yield from self._across_gaps(words, start, end)
        elif words:
            while (found := text.find(words, start, end)) >= 0:
                yield Span(found, found + len(words))
                start = found + 1

    def _across_gaps(self, words: str, start: int, end: int) -> Iterator[Span]:
        """Where characters are lost, at least one figure has to be there in full."""
        text = self._report.text
        starts: set[int] = set()
        for figure in self._report.figures:
            offset = words.find(figure.text) if start <= figure.start < end else -1
            while offset >= 0:
                starts.add(figure.start - offset)
                offset = words.find(figure.text, offset + 1)
        for place in sorted(starts):
            span = Span(place, place + len(words))
            same = zip(text[max(place, 0) : span.end], words, strict=False)
            if start <= place and span.end <= end and all(a in (b, UNKNOWN) for a, b in same):
                yield span

    def heading(self, words: str) -> int | None:
        """Return where the part called ``words`` starts: a heading, else a paragraph naming it."""
        wanted = mend(words)
        for heading in self._report.headings:
            if heading.words.startswith(wanted) or wanted == heading.mark + heading.words:
                return heading.start
        text = self._report.text
        found = text.find(wanted, self._report.start)
        return self._report.paragraph_start(found) if found >= 0 else None

    def nearest(self, phrase: str) -> str | None:
        """Return the words of the plan that come nearest to a phrase that isn't there."""
        from difflib import SequenceMatcher

        words = mend(phrase)
        plan = self._report.text[self._report.start :]
        same = SequenceMatcher(None, plan, words, autojunk=False).find_longest_match()
        if same.size < max(_LEAST_ALIKE, len(words) // 3):
            return None
        start = max(0, same.a - same.b)
        return plan[start : start + len(words)].replace("\n", "")
