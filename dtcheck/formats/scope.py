"""What the files are about: of few bureaus' files a reader is told of these bureaus alone (design §8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from dtcheck.actuals import Handed
from dtcheck.formats.content import clean
from dtcheck.formats.style import Style
from dtcheck.judge import Report, Result, Status
from dtcheck.rules import Level
from dtcheck.targets import Section

REFUSED = "不能用"
BLANK = "留空"
MISSING = Status.NO_DATA.label
# In the order in which they are told: a figure that can't be used, an empty row, no row.
_SILENT = {REFUSED: "本次有 {} 项填了但不能用", BLANK: "留空 {} 项", MISSING: "未填报 {} 项"}
_MOST_NAMES = 30
_UNREAD = "没有读到一个指标的数。先按上面写的改好，再检查一次。"


class Scope(NamedTuple):
    """The results of the bureaus that the files are about, and those of all ``others``.

    ``standings`` holds by code the word that a target is counted under. Without ``results`` nothing
    was read.
    """

    results: tuple[Result, ...] = ()
    others: tuple[Result, ...] = ()
    standings: Mapping[str, str] = MappingProxyType({})

    def told_of(self, section: Section) -> list[Result]:
        """Return the results of a section that there is something to look at."""
        return [
            each for each in self.results if each.target.section == section.name and each.is_told
        ]

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Yield what gave no figure for the month: a head, and the first targets."""
        for word, head in _SILENT.items():
            named = [each for each in self.results if self.standings[each.target.code] == word]
            names = [
                clean(f"{each.target.code} {each.target.name}") for each in named[:_MOST_NAMES]
            ]
            if len(named) > _MOST_NAMES:
                names[-1] += " 等"
            if named:
                yield head.format(len(named)), names

    def silent(self) -> list[str]:
        """Return in numbers what gave no figure, and was not short before it fell silent."""
        counts = Counter(
            self.standings[each.target.code] for each in self.results if not each.is_told
        )
        return [f"{word} {counts[word]} 项" for word in _SILENT if counts[word]]

    def sums(self, report: Report) -> Iterable[str]:
        """Yield each bureau in numbers, and the others in a line; where nothing was read, what to do."""
        if not self.results:
            yield _UNREAD
            return
        order = [each.label for each in Status]
        order[order.index(MISSING) : 0] = [REFUSED, BLANK]
        for lead in dict.fromkeys(each.target.lead for each in self.results):
            own = [each for each in self.results if each.target.lead == lead]
            counts = Counter(self.standings[each.target.code] for each in own)
            said = "、".join(f"{word} {counts[word]}" for word in order if counts[word])
            yield clean(f"{lead} {len(own)} 项：{said}")
        if self.others:
            flagged = sum(map(report.flags, self.others))
            counted = f"（其中应报未报 {flagged} 项计入退出码）" if flagged else ""
            yield f"其余 {len(self.others)} 项由其他单位报送，这次没有{counted}；--all 全部列出"


def scope_of(report: Report, style: Style) -> Scope | None:
    """Return what the files are about, None where everything is to be shown.

    That is, too, where they are about half of the bureaus that have a target, or more.
    """
    if style.everything:
        return None
    if not report.rows:
        return Scope()
    targets = report.file.by_code
    bureaus = {target.lead for target in report.file.targets}
    about = bureaus & (report.senders | {targets[code].lead for code in report.rows})
    own = tuple(each for each in report.results if each.target.lead in about)
    if not own or 2 * len(about) >= len(bureaus):
        return None
    others = tuple(each for each in report.results if each.target.lead not in about)
    errors = {code for each in report.findings if each.level is Level.ERROR for code in each.about}
    return Scope(own, others, {each.target.code: _standing(each, report, errors) for each in own})


def _standing(result: Result, report: Report, errors: set[str]) -> str:
    code, label = result.target.code, result.status.label
    if result.status is not Status.NO_DATA:
        return label
    handed = report.rows.get(code)
    if code in errors or (handed is Handed.FILLED and result.actual is None):
        return REFUSED
    return BLANK if handed is Handed.BLANK else label


def must_mend(report: Report) -> bool:
    """Whether a finding asks for something to be mended before anything else is of interest."""
    return any(each.level is Level.ERROR or report.flags(each) for each in report.findings)
