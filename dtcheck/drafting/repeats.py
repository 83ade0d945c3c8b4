"""Goals that a report states again: whoever has drafted them once needs no second target."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dtcheck.drafting.periods import excluded
from dtcheck.drafting.phrases import sentence_start
from dtcheck.drafting.wording import TargetGuess
from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Exclusion
from dtcheck.targets.names import key_of
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.reading import FigureReading
from dtcheck.workreport.report import ReportText

# Names that say no more than “the economy's growth”; and the reasoning about a goal once set.
_OF_ECONOMY = re.compile(
    "(?:中央|省委|市委|县委)?(?:提出|确定)?(?:今年|全年)?(?:国内|地区)?生产总值|GDP|经济(?:发展|增长)?"
)
_ANY_GROWTH = re.compile(
    "(?:今年|全年|我省|我市|我县|我国|的|把|将|有|以|这个|这一|提出|确定|实现|保持|预期|经济|社会|发展|增长|增速|速度|目标|定|设|为|在|左右|年均|国内|地区|生产总值|GDP)*"
)
_STATES_ONLY = re.compile("(?:新增|净增|全市|全县|全省|全区|城镇|就业|岗位|人数|人|数)+")
_DERIVED = re.compile(
    "[比较](?:上年|去年)(?:年初)?(?:预算|执行数|同期|实际)?(?:增加|提高|减少|降低|下降|多|少)"
)
_LEAST, _NEAR = 4, 24


@dataclass
class Repeats:
    """The goals drafted so far, by what they are called."""

    told: list[tuple[str, Goal, int]] = field(default_factory=list)

    def note(self, name: str, goal: Goal, start: int) -> None:
        """Remember a goal, the name that its words give it, and where its figure stands."""
        self.told.append((name, goal, start))

    def told_before(
        self,
        report: ReportText,
        figure: Figure,
        reading: FigureReading,
        goal: Goal,
        guess: TargetGuess,
    ) -> Exclusion | None:
        """Return why a figure is no second goal: the same indicator, operator and number stand before."""
        if figure.promises > 1 or goal.op is Op.ASSIGNED:
            return None
        if before := self._derived_from(report, figure, goal):
            return excluded(report, figure, f"由前一个数得出：{before}")
        for name, other, _ in self.told:
            if _same_goal(other, goal, reading) and _same_name(
                name, guess.names[0], report, figure
            ):
                return excluded(report, figure, f"前文已有：{name}")
        return None

    def _derived_from(self, report: ReportText, figure: Figure, goal: Goal) -> str | None:
        """Return the goal that a figure follows from: of 赤字9000亿元,比上年减少1500亿元 the first."""
        if not self.told or not _DERIVED.fullmatch(_own_words(report, figure)):
            return None
        name, before, start = self.told[-1]
        near = sentence_start(report.text, figure.start) <= start
        return name if near and before.unit.dimension == goal.unit.dimension else None


def _same_goal(told: Goal, again: Goal, reading: FigureReading) -> bool:
    if told.value is None or again.value is None:
        return False
    if told.unit.dimension != again.unit.dimension or told.unit.is_points != again.unit.is_points:
        return False
    # Repeated without its word (8% for 8%左右) it is still the same.
    op = told.op is again.op or (again.op is Op.AT_LEAST and not reading.by)
    return (
        op
        and again.unit.convert(again.value, told.unit) == told.value
        and (told.high is None) == (again.high is None)
        and (
            told.high is None
            or again.high is None
            or again.unit.convert(again.high, told.unit) == told.high
        )
    )


def _speaks_of_economy(report: ReportText, figure: Figure) -> bool:
    """Whether a clause speaks of the economy's growth and of nothing else: 5%左右的预期增长目标."""
    before = _own_words(report, figure)
    behind = re.split("[,。;:!?\n、]", report.text[figure.end : figure.end + _NEAR])[0]
    said = before + behind
    named = re.search("经济|生产总值|GDP|预期|增长目标|的增速", said)
    return bool(named and _ANY_GROWTH.fullmatch(before) and re.search("增长|增速|发展", said))


def _own_words(report: ReportText, figure: Figure) -> str:
    """Return the words of a figure's own item before it."""
    near = max(0, figure.start - 2 * _NEAR)
    return re.split("[,。;:!?\n、]", report.text[near : figure.start])[-1]


def _same_name(told: str, again: str, report: ReportText, figure: Figure) -> bool:
    one, other = key_of(told), key_of(again)
    if one == other:
        return len(one) >= _LEAST
    if _OF_ECONOMY.match(told) and _speaks_of_economy(report, figure):
        return True
    short, long = sorted((one, other), key=len)
    bare = len(re.sub(_STATES_ONLY, "", short)) >= _LEAST or "就业" in short
    return bare and len(short) >= _LEAST and (long.endswith(short) or long.startswith(short))
