"""Proof that nothing was forgotten: every figure of a report held against the targets file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dtcheck.coverage.claims import Claims
from dtcheck.coverage.excuses import Excuse
from dtcheck.coverage.layout import LAYOUT, is_layout
from dtcheck.coverage.places import Part, Placing, is_of, part_of
from dtcheck.rules import Finding, Level, Place, kept
from dtcheck.rules.reports import (
    BASELINE_NOT_FOUND,
    NO_PLAN_HEADING,
    OTHER_REPORT,
    UNACCOUNTED_FIGURE,
)
from dtcheck.targets.findings import of_target
from dtcheck.targets.model import Target, TargetsFile
from dtcheck.units import own_units
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.levels import is_old_level
from dtcheck.workreport.report import Position, ReportText

_CONTEXT = 12


class FigureStatus(StrEnum):
    """What became of a figure."""

    CLAIMED = "claimed"
    NAMED = "named"
    EXCLUDED = "excluded"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Account:
    """A figure of the plan and who answers for it.

    ``codes`` are the targets that claim it or whose name it belongs to (三星以上企业), ``why`` the
    reason of the exclusion that covers it. ``part`` is the index of its part of the plan.
    """

    figure: Figure
    status: FigureStatus
    codes: tuple[str, ...]
    why: str | None
    part: int
    place: Position
    before: str
    after: str
    clause: str


@dataclass(frozen=True)
class Audit:
    """The outcome: each figure's account, what is wrong, the parts of the plan.

    ``excuses``: what is read otherwise than the words say because a note gives the reason.
    ``ignored``: rules whose warnings were left out, and why.
    """

    file: TargetsFile
    report: ReportText
    parts: tuple[Part, ...]
    accounts: tuple[Account, ...]
    findings: tuple[Finding, ...]
    excuses: tuple[Excuse, ...] = ()
    ignored: Mapping[str, str] = field(default_factory=dict)

    def ignoring(self, ignored: Mapping[str, str]) -> Audit:
        """Return the audit without warnings and infos of some rules, given by id with a reason."""
        return replace(self, findings=kept(self.findings, ignored), ignored=ignored)

    @property
    def open(self) -> tuple[Account, ...]:
        """The figures that nobody answers for."""
        return tuple(account for account in self.accounts if account.status is FigureStatus.OPEN)

    def count(self, status: FigureStatus, part: int | None = None) -> int:
        """Return how many figures ended so, of one part or of all."""
        return sum(
            account.status is status and part in (None, account.part) for account in self.accounts
        )

    @property
    def exit_code(self) -> int:
        """1 where a figure is open, the file and the report disagree, or the report has no plan.

        Without a plan nothing can be proved: last year's results and goals look alike.
        """
        wrong = any(finding.level is Level.ERROR for finding in self.findings)
        return int(wrong or self.report.plan is None)


def run_audit(file: TargetsFile, report: ReportText) -> Audit:
    """Hold ``report`` against ``file``.

    The file of another report answers for nothing: every figure is open then.
    """
    with own_units(file.units):
        return _audit(file, report)


def _audit(file: TargetsFile, report: ReportText) -> Audit:
    own = is_of(file, report)
    held = file if own else replace(file, sections=(), excluded=(), relations=())
    placing = Placing(held, report)
    claims = Claims(placing)
    accounts = tuple(_accounts(claims))
    findings = (
        *(() if own else _other_report(file, report)),
        *missing_headings(report),
        *placing.findings,
        *claims.findings,
        *_baselines(held, report),
        *_open(accounts, report),
    )
    return Audit(file, report, placing.parts, accounts, findings, tuple(claims.excuses))


def _accounts(claims: Claims) -> Iterator[Account]:
    report, parts = claims.placing.report, claims.placing.parts
    for index, figure in enumerate(claims.figures):
        codes = tuple(claims.codes.get(index, ()))
        why = None
        if len(codes) >= figure.promises:
            status = FigureStatus.CLAIMED
        elif index in claims.reasons and not codes:
            status, why = FigureStatus.EXCLUDED, claims.reasons[index]
        elif index in claims.named and not codes:
            status, codes = FigureStatus.NAMED, claims.named[index]
        elif is_layout(report, figure):
            status, why = FigureStatus.EXCLUDED, LAYOUT
        else:
            status = FigureStatus.OPEN
        yield Account(
            figure,
            status,
            codes,
            why,
            part_of(parts, figure.start),
            report.where(figure.start),
            report.text[max(0, figure.start - _CONTEXT) : figure.start].rpartition("\n")[2],
            report.text[figure.end : figure.end + _CONTEXT].partition("\n")[0],
            report.clause(figure.start, figure.end),
        )


def _open(accounts: Iterable[Account], report: ReportText) -> Iterator[Finding]:
    for account in accounts:
        if account.status is not FigureStatus.OPEN:
            continue
        figure, place = account.figure, account.place
        short = ""
        if figure.promises > 1:
            short = f"（一处管 {figure.promises} 个指标，只有 {len(account.codes)} 个认领）"
        yield Finding(
            UNACCOUNTED_FIGURE,
            f"第{place.paragraph}段第{place.character}字的“{figure.text}”没有交代{short}："
            f"…{account.before}【{figure.text}】{account.after}…",
            "是承诺的，添一个指标；不是的，在 excluded 写明缘由",
            Place(report.path, line=place.line),
        )


def _other_report(file: TargetsFile, report: ReportText) -> Iterator[Finding]:
    own = f"{file.place}{file.year}年"
    named = f"{report.place or ''}{f'{report.year}年' if report.year else ''}"
    message = f"报告是{named}的，目标文件是{own}的"
    if not named or own.endswith(named):
        message = f"报告中没有一句目标文件（{own}）的原话"
    hint = "换用 --targets，或用 dtcheck targets new 为这份报告起草"
    yield Finding(OTHER_REPORT, message, hint, Place(report.path))


def missing_headings(report: ReportText) -> Iterator[Finding]:
    """Yield what of the report's own order could not be read: said, not guessed."""
    place = Place(report.path)
    if report.plan is None:
        yield Finding(
            NO_PLAN_HEADING,
            "没有找到当年工作的标题，分不出上年回顾，全文的数都当作承诺",
            f"在当年部分之前加一行标题，如“{report.year or '某'}年主要工作”",
            place,
        )
    for doubt in report.doubts:
        yield Finding(NO_PLAN_HEADING, doubt.rstrip("。"), "核对报告的文本", place)
    if not report.headings:
        yield Finding(
            NO_PLAN_HEADING,
            "没有找到分段的标题，没有分板块",
            "核对文本是否丢了标题；每个标题在一段的开头，如“(一)聚焦……”“一、”“第一，”",
            place,
        )


def _baselines(file: TargetsFile, report: ReportText) -> Iterator[Finding]:
    """Last year's results have to stand in the review, where the report has one, or in 从77%提高到80%."""
    if not report.plan:
        return
    text = report.text
    review = [
        figure
        for figure in report.figures
        if figure.start < report.start or is_old_level(text, figure.start, figure.end)
    ]
    for target in file.targets:
        if target.baseline is not None and not any(_is_baseline(each, target) for each in review):
            message, hint = "的 baseline 在报告的上年回顾中找不到", "核对上年的数和单位"
            yield of_target(BASELINE_NOT_FOUND, file.path, target, message, hint)


def _is_baseline(figure: Figure, target: Target) -> bool:
    unit, goal = figure.unit, target.goal.unit
    if unit is None or figure.value is None or unit.dimension != goal.dimension:
        return False
    return unit.convert(figure.value, goal) == target.baseline
