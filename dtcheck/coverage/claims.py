"""Who answers for each figure of the plan: the targets that claim it, a name, an exclusion."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations

from dtcheck.coverage.agreement import difference, unreadable
from dtcheck.coverage.efforts import effort_before, misjudged
from dtcheck.coverage.excuses import Excuse
from dtcheck.coverage.places import Placing
from dtcheck.rules import Finding, Level
from dtcheck.rules.reports import (
    EFFORT_DIFFERS,
    GOAL_DIFFERS,
    IDLE_EXCLUSION,
    PHRASE_NOT_FOUND,
)
from dtcheck.targets.findings import at_line, of_target
from dtcheck.targets.model import Exclusion, Target
from dtcheck.workreport.figures import FigureKind
from dtcheck.workreport.levels import is_old_level
from dtcheck.workreport.locate import Span
from dtcheck.workreport.reading import is_class_name, read_figure
from dtcheck.workreport.report import mend

_LOOK_BACK = 8
# Of more targets in one phrase the order alone is looked at.
_MOST_BY_NAME = 6

_JOINED = re.compile("以及|[和与及、]")
# A name is of the part of a list that it shares as many characters in a row with.
_FEWEST_SHARED = 3


def _part_of(name: str, parts: list[str]) -> int | None:
    """Return which of the parts of a list a name is of; None where it is of none, or of several alike."""
    likeness = [_longest_shared(name, part) for part in parts]
    best = max(likeness)
    return likeness.index(best) if best >= _FEWEST_SHARED and likeness.count(best) == 1 else None


def _longest_shared(name: str, part: str) -> int:
    return max(
        (
            end - start
            for start in range(len(name))
            for end in range(start + 1, len(name) + 1)
            if name[start:end] in part
        ),
        default=0,
    )


class Claims:
    """By index of the plan's figures: the claiming targets, those whose name holds the figure,
    and the reasons of exclusions. What doesn't fit is in ``findings``, what a note gave as the
    reason for another reading in ``excuses``.
    """

    def __init__(self, placing: Placing) -> None:
        self.placing = placing
        self.file = placing.file
        self.text = placing.report.text
        self.figures = placing.report.promises
        self.starts = [figure.start for figure in self.figures]
        self.findings: list[Finding] = []
        self.excuses: list[Excuse] = []
        self.readings = {
            index: reading
            for index, figure in enumerate(self.figures)
            if (reading := read_figure(self.text, figure))
        }
        self.codes: dict[int, list[str]] = {}
        self._claim()
        self._cover_lists()
        self.named = self._named()
        self.reasons: dict[int, str] = {}
        for exclusion in self.file.excluded:
            self._exclude(exclusion)

    def _claim(self) -> None:
        """Let every target claim one promise: its own in a list, the one with its number, any left."""
        waiting: list[tuple[Target, Span]] = []
        own = dict(self._in_lists())
        for target in self.file.targets:
            if (span := self.placing.spans.get(target.code)) is None:
                continue
            if target.code in own:
                self._take(own[target.code], target)
                continue
            if (shared := self._shared(span, target)) is not None:
                self._take(shared, target)
                continue
            fitting = [index for index in self._free(span) if self._fits(index, target)]
            if fitting:
                self._take(max(fitting, key=lambda index: self._likeness(index, target)), target)
            else:
                waiting.append((target, span))
        for target, span in waiting:
            left = [index for index in self._free(span) if not self._is_in_name(index, target)]
            if left:
                self._take(left[0], target)
            else:
                message = f"的目标是 {target.goal.text}，原话“{target.phrase}”中没有留给它的数"
                self._goal_differs(target, message, "核对 goal 和 phrase；一个数只能由一个指标认领")

    def _shared(self, span: Span, target: Target) -> int | None:
        """Return a figure that others claim for what else is joined before it: A和B增长15%."""
        for index in self._inside(span):
            others = [self.file.by_code[code].name for code in self.codes.get(index, ())]
            if others and self._fits(index, target):
                joined = _JOINED.split(self.text[span.start : self.figures[index].start])
                takers = [_part_of(name, joined) for name in (*others, target.name)]
                if len(set(takers)) == len(takers) and None not in takers:
                    return index
        return None

    def _in_lists(self) -> Iterator[tuple[str, int]]:
        """Yield which figure each target has to claim where several share a list or a phrase.

        After 分别 the k-th target takes the k-th figure. Of another phrase with as many figures as
        targets each takes its own, by the order or by the words before it.
        """
        for targets, indices, ordered in self._groups():
            yield from zip(
                (target.code for target in targets),
                indices if ordered else self._shared_out(targets, indices),
                strict=True,
            )

    def _groups(self) -> Iterator[tuple[list[Target], list[int], bool]]:
        """Yield targets and as many figures, and whether these are a list under 分别."""
        listed: set[str] = set()
        for index, figure in enumerate(self.figures):
            if figure.kind is FigureKind.SEVERAL:
                targets = self._sharing(figure.start, figure.end)
                later = range(index + 1, len(self.figures))
                after = list(islice(filter(self._is_listed, later), figure.promises))
                if len(targets) == figure.promises == len(after):
                    listed |= {target.code for target in targets}
                    yield targets, after, True
        for span in dict.fromkeys(self.placing.spans.values()):
            same = [
                target
                for target in self.file.targets
                if self.placing.spans.get(target.code) == span and target.code not in listed
            ]
            named = [index for index in self._free(span) if not self._is_threshold(index)]
            if len(same) == len(named) > 1:
                yield same, named, False

    def _sharing(self, start: int, end: int) -> list[Target]:
        """Return the targets whose phrase holds a stretch, in the order of the file."""
        spans = self.placing.spans
        return [
            target
            for target in self.file.targets
            if (span := spans.get(target.code)) and span.start <= start and end <= span.end
        ]

    def _is_listed(self, index: int) -> bool:
        """Whether a figure may be of a list under 分别: not what others are raised from."""
        figure = self.figures[index]
        return figure.is_quantity and not is_old_level(self.text, figure.start, figure.end)

    def _is_threshold(self, index: int) -> bool:
        return is_class_name(self.text, self.figures[index])

    def _shared_out(self, targets: list[Target], indices: list[int]) -> list[int]:
        """Return each target's figure: as the names say, or the order, whichever bears out the numbers."""
        by_name = indices
        if len(targets) <= _MOST_BY_NAME:
            by_name = max(
                (list(order) for order in permutations(indices)),
                key=lambda order: sum(map(self._likeness, order, targets)),
            )
        return max((by_name, indices), key=lambda order: all(map(self._fits, order, targets)))

    def _fits(self, index: int, target: Target) -> bool:
        reading = self.readings.get(index)
        return reading is not None and reading.same_number(target.goal)

    def _inside(self, span: Span) -> list[int]:
        """Return the figures that lie within a stretch."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return [index for index in range(first, last) if self.figures[index].end <= span.end]

    def _free(self, span: Span) -> list[int]:
        """Return the promising figures of a phrase that somebody may still claim."""
        return [
            index
            for index in self._inside(span)
            if (figure := self.figures[index]).kind is not FigureKind.SEVERAL
            and (figure.word is not None or figure.is_quantity)
            and len(self.codes.get(index, ())) < figure.promises
        ]

    def _take(self, index: int, target: Target) -> None:
        self.codes.setdefault(index, []).append(target.code)
        figure, reading = self.figures[index], self.readings.get(index)
        found = difference(target, reading, figure) if reading else unreadable(target, figure)
        if reading is None and target.goal.ref:
            # 与经济增长同步 names no number.
            found = None
        if found and found.excuse:
            self.excuses.append(found.excuse)
        elif found:
            self._goal_differs(target, found.message, found.hint, found.level)
        said = misjudged(target, effort_before(self.text, figure.start))
        if isinstance(said, Excuse):
            self.excuses.append(said)
        elif said:
            self.findings.append(of_target(EFFORT_DIFFERS, self.file.path, target, *said))

    def _likeness(self, index: int, target: Target) -> int:
        """Return how well a figure and the words before it fit a target's name."""
        figure = self.figures[index]
        if figure.word is not None and self._is_in_name(index, target):
            return _LOOK_BACK * 2 + len(figure.text)
        before = self.figures[index - 1].end if index else 0
        words = self.text[max(figure.start - _LOOK_BACK, before) : figure.end]
        return sum(mark in target.name for mark in words)

    def _cover_lists(self) -> None:
        """分别 and its like are claimed by all targets whose phrase holds the word."""
        for code, span in self.placing.spans.items():
            for index in self._inside(span):
                if self.figures[index].kind is FigureKind.SEVERAL:
                    self.codes.setdefault(index, []).append(code)

    def _named(self) -> dict[int, tuple[str, ...]]:
        """Figures that belong to what is counted: 亿元以上项目, 三星以上企业, 5G基站."""
        named: dict[int, list[str]] = {}
        for code, span in self.placing.spans.items():
            for index in self._inside(span):
                if self._is_in_name(index, self.file.by_code[code]):
                    named.setdefault(index, []).append(code)
        return {index: tuple(codes) for index, codes in named.items()}

    def _is_in_name(self, index: int, target: Target) -> bool:
        figure = self.figures[index]
        # 五 alone is in many a name: with the character after it, it is 五大.
        alone = not figure.digits and not figure.is_quantity
        written = self.text[figure.start : figure.end + alone]
        return any(written in mend(name) for name in (target.name, *target.aliases))

    def _exclude(self, exclusion: Exclusion) -> None:
        spans = list(
            self.placing.locator.all(
                exclusion.phrase, self.placing.report.start, self.placing.report.end
            )
        )
        covered = sorted({index for span in spans for index in self._inside(span)})
        for index in covered:
            self.reasons.setdefault(index, exclusion.why)
        if all(index in self.codes for index in covered):
            self._note_idle(exclusion, bool(spans), bool(covered))

    def _note_idle(self, exclusion: Exclusion, found: bool, claimed: bool) -> None:
        path, line = self.file.path, exclusion.line
        what = f"excluded 的「{exclusion.phrase}」"
        if not found:
            message, hint = f"{what}在报告的当年部分找不到", "照原文改，或删去这一条"
            self.findings.append(at_line(PHRASE_NOT_FOUND, path, line, message, hint))
            return
        why = "其中的数都有指标认领" if claimed else "其中没有要交代的数"
        message, hint = f"{what}是多余的：{why}", "删去这一条，或核对是不是写错了地方"
        self.findings.append(at_line(IDLE_EXCLUSION, path, line, message, hint))

    def _goal_differs(
        self, target: Target, message: str, hint: str, level: Level = Level.ERROR
    ) -> None:
        finding = of_target(GOAL_DIFFERS, self.file.path, target, message, hint)
        self.findings.append(replace(finding, graded=level))
