"""Which part of a report each section of a targets file is, and where each phrase stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtcheck.rules import Finding, Rule
from dtcheck.rules.reports import PHRASE_NOT_FOUND, WRONG_PLACE
from dtcheck.targets.findings import at_line, of_target
from dtcheck.targets.model import Section, Target, TargetsFile
from dtcheck.workreport.locate import Locator, Span
from dtcheck.workreport.report import ReportText, mend


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan between two headings; ``code`` is the file's section, if it has one."""

    heading: str
    code: str | None
    start: int
    end: int


def is_of(file: TargetsFile, report: ReportText) -> bool:
    """Whether the report can be the file's: neither place nor year nor every phrase says no."""
    place, named = mend(file.place), report.place or mend(file.place)
    # 盐城市东台市 is 东台市.
    same_place = named.endswith(place) or place.endswith(named)
    if not same_place or report.year not in (None, file.year):
        return False
    locator, end = Locator(report), len(report.text)
    # A draft may have found no target: then nothing says that it is another's.
    return not file.targets or any(locator.find(target.phrase, 0, end) for target in file.targets)


def part_of(parts: tuple[Part, ...], position: int) -> int:
    """Return the index of the part that holds a position of the plan."""
    return max(index for index, part in enumerate(parts) if part.start <= position)


class Placing:
    """Finds the parts and the phrases; what is missing or out of place is in ``findings``."""

    def __init__(self, file: TargetsFile, report: ReportText) -> None:
        self.file = file
        self.report = report
        self.locator = Locator(report)
        self.findings: list[Finding] = []
        self.parts = tuple(self._parts())
        self.spans = dict(self._spans())

    def _parts(self) -> Iterator[Part]:
        """The plan by its own headings, and by the file's where these stand in a paragraph."""
        report = self.report
        starts = {heading.start: heading.words for heading in report.headings}
        codes: dict[int, str] = {}
        for section in self.file.sections:
            found = self.locator.heading(section.heading)
            if found is not None:
                starts.setdefault(found, section.heading)
                codes[found] = section.code
            else:
                self._no_heading(section)
        starts.setdefault(report.start, report.plan_heading or "开头")
        ordered = sorted(starts)
        for start, end in zip(ordered, [*ordered[1:], report.end], strict=True):
            yield Part(starts[start], codes.get(start), start, end)

    def _no_heading(self, section: Section) -> None:
        line = section.targets[0].line if section.targets else None
        message = f"报告的当年部分没有“{section.heading}”这个标题"
        hint = f"核对板块 {section.code} 的 heading"
        self.findings.append(at_line(WRONG_PLACE, self.file.path, line, message, hint))

    def _spans(self) -> Iterator[tuple[str, Span]]:
        by_code = {part.code: part for part in self.parts if part.code}
        whole = Part("", None, self.report.start, self.report.end)
        for section in self.file.sections:
            part = by_code.get(section.code, whole)
            after = part.start
            for target in section.targets:
                if span := self._place(target, part, after):
                    yield target.code, span
                    if part.start <= span.start < part.end:
                        after = max(after, span.start)

    def _place(self, target: Target, part: Part, after: int) -> Span | None:
        find, report = self.locator.find, self.report
        if span := find(target.phrase, after, part.end):
            return span
        if span := find(target.phrase, part.start, part.end):
            hint = "照报告的次序移动这一块"
            self._fail(WRONG_PLACE, target, "的原话在报告中排在前一个指标之前", hint)
            return span
        if span := find(target.phrase, report.start, report.end):
            other = self.parts[part_of(self.parts, span.start)].heading
            message = f"的原话不在板块“{target.section}”之内，而在“{other}”"
            self._fail(WRONG_PLACE, target, message, "移到那个板块，改用那个板块的编号")
            return span
        if find(target.phrase, 0, report.start):
            message = f"的原话“{target.phrase}”在上年回顾里，不在当年的部分"
            self._fail(PHRASE_NOT_FOUND, target, message, "改用当年部分的原话")
            return None
        near = self.locator.nearest(target.phrase)
        hint = f"报告写的是“{near}”？" if near else "照报告的原文抄写，一字不差"
        self._fail(PHRASE_NOT_FOUND, target, f"的原话“{target.phrase}”在报告中找不到", hint)
        return None

    def _fail(self, rule: Rule, target: Target, message: str, hint: str) -> None:
        self.findings.append(of_target(rule, self.file.path, target, message, hint))
