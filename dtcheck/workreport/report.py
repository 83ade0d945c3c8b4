"""The text of a work report: read, mended, split into last year's review and this year's plan."""

from __future__ import annotations

import codecs
import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from os import PathLike, fspath
from pathlib import Path

from dtcheck.reasons import reason
from dtcheck.rules import shown_path
from dtcheck.units import plain
from dtcheck.workreport.figures import Figure, chinese_number, find_figures

MAX_BYTES = 500_000
# A character that a scan couldn't read, or that a reader left out.
UNKNOWN = "□"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LITERAL_BREAKS = re.compile(r"(?:\\r\\n|\\n|\\r)")
_TAGS = re.compile(r"<br\s*/?>|</?(?:p|div|h[1-6]|li|tr|table)\b[^>]{0,200}>", re.IGNORECASE)
_OTHER_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ZEROS = re.compile("(?<=[〇零一二三四五六七八九])[○OＯ0◯](?=[〇零一二三四五六七八九○OＯ0◯年])")
_RINGED = {0x3220 + index: f"({mark})" for index, mark in enumerate("一二三四五六七八九十")}
_LONGEST_CLAUSE = 200
_STOPS = ",。;:!?\n"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_SPACES = re.compile(
    r"(?<![0-9A-Za-z])[ \t]+|[ \t]+(?![0-9A-Za-z])|(?<=[0-9])[ \t]+(?=[A-Za-z])|(?<=[A-Za-z])[ \t]+(?=[0-9])"
)

# What a heading of the plan is made of: 2024年主要工作, 二、今年工作安排, 2025年总体要求和目标任务.
_YEAR = "(?P<year>20[0-9]{2}|二〇[〇一二三四五六七八九]{2})年"
_PLAN_WORDS = (
    "全市|全县|全区|全旗|全镇|我市|我县|我区|政府|经济社会|国民经济|社会|经济|发展|主要|重点|总体|工作|目标|任务|要求|"
    "安排|打算|部署|思路|预期|建议|举措|和|与|及|、|的|,"
)
_PLAN_CORE = "工作|目标|任务|要求|安排|打算|部署|思路"
_MARK = rf"(?:第?{_NUMERAL}(?:部分|[、,.])?|\({_NUMERAL}\)|[0-9]{{1,2}}[.、])?"
_PLAN_LINE = re.compile(
    rf"{_MARK}(?:关于)?(?:{_YEAR}|今年|明年|下一年度?|新一年|今后(?:五年|一个时期))(?:及今后[^,。]{{1,8}})?的?"
    rf"(?P<words>(?:{_PLAN_WORDS}){{1,12}})"
)
_PLAN_SENTENCE = re.compile(
    rf"(?:(?<=[。!?\n])|^){_MARK}{_YEAR}的?"
    "(?:主要工作|重点工作|工作安排|工作打算|工作重点|工作任务|工作部署|主要任务|目标任务|主要目标|总体要求|工作思路|工作总体要求)"
)
_REVIEW = re.compile(
    rf"(?:{_YEAR}|过去[^,。\n]{{1,6}}|上一年|五年来|[一-龥]{{0,6}})的?(?:政府)?工作(?:的)?(?:回顾|总结|完成情况)"
)
_PLACE = re.compile(
    r"(?:^|[在\n])(?!在)((?:(?!代表)[一-龥]){1,8}?(?:自治)?[市县区州旗省盟])(?=第[一二三四五六七八九十]{1,3}届人民代表大会|人民政府"
    r"|20[0-9]{2}年《?政府工作报告)"
)
_TITLE_YEAR = re.compile(rf"{_YEAR}[^\n]{{0,6}}政府工作报告")

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
_HEADING_WORDS = re.compile("[^,。;:!?\n]{1,40}")


class ReportError(Exception):
    """The report can't be read; the message says in Chinese why and what to do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the plan: its mark (``(一)``), its words up to the first stop, its position."""

    mark: str
    words: str
    start: int


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

    ``plan`` is where this year's part starts, None where no heading says so.
    """

    path: str
    text: str
    lines: tuple[int, ...]
    plan: int | None
    plan_heading: str | None
    year: int | None
    place: str | None
    headings: tuple[Heading, ...]

    @property
    def start(self) -> int:
        """Where the part that makes promises starts: the plan, or all of it where unsplit."""
        return self.plan or 0

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the text."""
        return find_figures(self.text)

    @cached_property
    def promises(self) -> tuple[Figure, ...]:
        """The figures of the plan."""
        return tuple(figure for figure in self.figures if figure.start >= self.start)

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
    """Read a report from a text file (UTF-8, GB18030 or UTF-16). Raises ReportError."""
    path = shown_path(fspath(path))
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReportError(f"报告打不开：{path}（{reason(error, path)}），核对路径和权限") from None
    if len(raw) > MAX_BYTES:
        raise ReportError(f"{path} 太大，一份报告的文本只有几十 KB，核对路径")
    return parse_report(_decode(raw, path), path)


def _decode(raw: bytes, path: str) -> str:
    names = [name for bom, name in _BOMS if raw.startswith(bom)] or ["utf-8", "gb18030"]
    for name in names:
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReportError(f"{path} 不是文本文件，在 Word 或 WPS 中另存为“纯文本（UTF-8）”再试")


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
    plan, heading, year = _plan(whole)
    place = _PLACE.search(whole)
    start = plan or 0
    after_heading = start + len(heading or "")
    return ReportText(
        path=path,
        text=whole,
        lines=tuple(line for line, _ in paragraphs) or (1,),
        plan=plan,
        plan_heading=heading,
        year=year if year is not None else _other_year(whole),
        place=place[1] if place else None,
        headings=tuple(_all_headings(whole, start, after_heading)),
    )


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for line, written in enumerate(text.splitlines(), 1):
        for part in _TAGS.sub("\n", _LITERAL_BREAKS.sub("\n", written)).split("\n"):
            if words := mend(part):
                yield line, words


def _plan(text: str) -> tuple[int | None, str | None, int | None]:
    """Return where the plan starts, its heading and the year that the heading names."""
    found: list[tuple[int, str, str | None]] = []
    start = 0
    for words in text.split("\n"):
        bare = words.rstrip("。:.")
        match = _PLAN_LINE.fullmatch(bare) if len(bare) <= 40 else None
        if match and re.search(_PLAN_CORE, match["words"]):
            found.append((start, words, match["year"]))
        start += len(words) + 1
    if not found:
        found = [(each.start(), each[0], each["year"]) for each in _PLAN_SENTENCE.finditer(text)]
    if not found:
        return None, None, None
    # A table of contents names the heading before the heading itself.
    first = next((each for each in found if not _is_listed_again(each, found)), found[-1])
    return first[0], first[1], _year(first[2])


def _is_listed_again(
    one: tuple[int, str, str | None], found: Iterable[tuple[int, str, str | None]]
) -> bool:
    return any(other[0] > one[0] and other[1] == one[1] for other in found)


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    value = int(written) if written.isdigit() else chinese_number(written)
    return None if value is None else int(value)


def _other_year(text: str) -> int | None:
    """Return the year where the plan's heading names none: by the review's, or by the title's."""
    review = _REVIEW.search(text)
    if review and review["year"]:
        return (_year(review["year"]) or 0) + 1
    title = _TITLE_YEAR.search(text)
    return _year(title["year"]) if title else None


def _all_headings(text: str, start: int, after: int) -> list[Heading]:
    """Return the plan's headings, and those that go on where its own number stops (三、四、)."""
    found = {heading.start: heading for heading in _headings(text, after)}
    for style in _STYLES:
        if own := style.match(text, start):
            places = [match.end() for match in re.compile("\n").finditer(text, after)]
            for heading in _counted(text, places, style, _number(own["number"])):
                found.setdefault(heading.start, heading)
    return [found[place] for place in sorted(found)]


def _headings(text: str, start: int) -> Iterator[Heading]:
    """Yield the headings of the outermost style that counts from 1, at paragraph starts.

    Only where no paragraph starts with one are sentence starts looked at: a copy may have lost
    its line breaks.
    """
    for stop in ("\n", "[。!?;\n]"):
        places = [start, *(match.end() for match in re.compile(stop).finditer(text, start))]
        for style in _STYLES:
            counted = _counted(text, places, style)
            if len(counted) > 1:
                yield from counted
                return


def _counted(
    text: str, places: list[int], style: re.Pattern[str], before: int = 0
) -> list[Heading]:
    """Return the headings of a style at ``places`` that count on from ``before``."""
    found: list[Heading] = []
    for place in places:
        match = style.match(text, place)
        if match and _number(match["number"]) == before + len(found) + 1:
            words = _HEADING_WORDS.match(text, match.end())
            found.append(Heading(match[0], words[0] if words else "", place))
    return found


def _number(written: str) -> int:
    value = chinese_number(written)
    return int(written) if written.isascii() else int(value or 0)
