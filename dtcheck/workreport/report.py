"""The text of a work report: read, mended, split into last year's review and this year's plan."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from os import PathLike, fspath
from pathlib import Path

from dtcheck.reasons import reason
from dtcheck.rules import shown_path
from dtcheck.units import plain
from dtcheck.workreport.figures import Figure, find_figures
from dtcheck.workreport.headings import Heading, find_headings
from dtcheck.workreport.plan import split
from dtcheck.workreport.refusals import MAX_BYTES, ReportError
from dtcheck.workreport.sources import MOST_PACKED, text_of

# A character that a scan couldn't read, or that a reader left out.
UNKNOWN = "□"

__all__ = [
    "MAX_BYTES",
    "Heading",
    "ReportError",
    "ReportText",
    "mend",
    "parse_report",
    "read_report",
]

_LITERAL_BREAKS = re.compile(r"(?:\\r\\n|\\n|\\r)")
_TAGS = re.compile(r"<br\s*/?>|</?(?:p|div|h[1-6]|li|tr|table)\b[^>]{0,200}>", re.IGNORECASE)
_OTHER_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ZEROS = re.compile("(?<=[〇零一二三四五六七八九])[○OＯ0◯](?=[〇零一二三四五六七八九○OＯ0◯年])")
_RINGED = {0x3220 + index: f"({mark})" for index, mark in enumerate("一二三四五六七八九十")}
_LONGEST_CLAUSE = 200
_STOPS = ",。;:!?\n"
_SPACES = re.compile(
    r"(?<![0-9A-Za-z])[ \t]+|[ \t]+(?![0-9A-Za-z])|(?<=[0-9])[ \t]+(?=[A-Za-z])|(?<=[A-Za-z])[ \t]+(?=[0-9])"
)

_NAME = "(?!在|[全我本各](?:[市县区旗省盟]|州(?!县)))((?:(?!代表|网|年|日)[一-龥]){1,8}?(?:自治)?[市县区州旗省盟])"
_OF_YEAR = "(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2})年"
# Before an assembly or a year; else a line of its own, 2026年青河市政府工作报告 or (2026年青河市).
_PLACE = re.compile(
    rf"(?:^|[在日\n(]){_NAME}(?=第?[一二三四五六七八九十]{{1,3}}届人(?:民代表)?大|人民政府|{_OF_YEAR}《?政府工作报告)"
    rf"|(?:^|\n)[—(]{{0,2}}(?:{_OF_YEAR})?{_NAME}(?:人民)?《?政府工作报告》?(?:$|[\n(])"
    rf"|(?:^|[\n(]){_OF_YEAR}{_NAME}\)"
)


@dataclass(frozen=True, slots=True)
class Position:
    """A place of the text as readers count: paragraph and character from 1, line of the file."""

    paragraph: int
    character: int
    line: int


@dataclass(frozen=True)
class ReportText:
    """A report after mending. All positions are positions in ``text``, the paragraphs joined by
    line breaks; ``lines`` holds the line of the file that each paragraph stands on.

    ``plan`` is where this year's part starts, None where nothing says so; ``start`` and ``end`` are
    the bounds of what makes promises: the plan, or all of it where unsplit, without glossary, notes
    and what a page has around it. ``doubts`` are about the year and the start.
    """

    path: str
    text: str
    lines: tuple[int, ...]
    plan: int | None
    plan_heading: str | None
    year: int | None
    place: str | None
    headings: tuple[Heading, ...]
    start: int
    end: int
    doubts: tuple[str, ...] = ()

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the text."""
        return find_figures(self.text)

    @cached_property
    def promises(self) -> tuple[Figure, ...]:
        """The figures of the plan."""
        return tuple(figure for figure in self.figures if self.start <= figure.start < self.end)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def where(self, position: int) -> Position:
        """Return the place that readers find ``position`` at."""
        index = bisect_right(self._starts, position) - 1
        return Position(index + 1, position - self._starts[index] + 1, self.lines[index])

    def paragraph_start(self, position: int) -> int:
        """Return where the paragraph around ``position`` starts."""
        return self._starts[bisect_right(self._starts, position) - 1]

    def clause(self, start: int, end: int) -> str:
        """Return the words around a figure, from stop to stop (,。;:)."""
        near, far = max(0, start - _LONGEST_CLAUSE), end + _LONGEST_CLAUSE
        head = max(near, 1 + max(self.text.rfind(stop, near, start) for stop in _STOPS))
        tails = (self.text.find(stop, end, far) for stop in _STOPS)
        return self.text[head : min((tail for tail in tails if tail >= 0), default=far)]


def read_report(path: str | PathLike[str]) -> ReportText:
    """Read a report: text of any usual encoding, a Word document, a saved page. Raises ReportError."""
    path = shown_path(fspath(path))
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MOST_PACKED + 1)
    except OSError as error:
        raise ReportError(f"报告打不开：{path}（{reason(error, path)}），核对路径和权限") from None
    return parse_report(text_of(raw, path), path)


@lru_cache(maxsize=4096)
def mend(text: str) -> str:
    """Return a line as it should be: plain digits and brackets, no entities, tags or idle spaces."""
    written = plain(html.unescape(html.unescape(_OTHER_TAGS.sub("", text))).translate(_RINGED))
    written = re.sub(r"(?<=[0-9])[ \t](?=[0-9]{3}(?:[^0-9]|$))", "", written)
    written = _SPACES.sub("", written).replace("︰", ":").replace("％", "%")
    return _ZEROS.sub("〇", written)


def parse_report(text: str, path: str) -> ReportText:
    """Mend and split the text of a report. Raises ReportError where there is none."""
    if not text.strip():
        raise ReportError(f"{path} 是空的，核对是不是报告全文")
    paragraphs = list(_paragraphs(text))
    whole = "\n".join(words for _, words in paragraphs)
    found = split(whole)
    place = _PLACE.search(whole)
    after_heading = found.begins + len(found.heading or "")
    return ReportText(
        path=path,
        text=whole,
        lines=tuple(line for line, _ in paragraphs) or (1,),
        plan=found.plan,
        plan_heading=found.heading,
        year=found.year,
        place=place[place.lastindex or 0] if place else None,
        headings=find_headings(whole, found.begins, after_heading, found.end),
        start=found.begins,
        end=found.end,
        doubts=found.doubts,
    )


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for line, written in enumerate(text.splitlines(), 1):
        for part in _TAGS.sub("\n", _LITERAL_BREAKS.sub("\n", written)).split("\n"):
            if words := mend(part):
                yield line, words
