"""A first draft of a targets file from a report: a start, honest about what it could not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from dtcheck.coverage.audit import Audit, missing_headings, run_audit
from dtcheck.drafting.check import failures, year_or_guess
from dtcheck.drafting.draft_text import UNSETTLED, Draft, SectionDraft, write
from dtcheck.drafting.guess import exclusion_for
from dtcheck.drafting.inherit import fill_baselines, inherit
from dtcheck.drafting.numerals import is_made
from dtcheck.drafting.place import guess_place
from dtcheck.drafting.repeats import Repeats
from dtcheck.drafting.review import outcomes
from dtcheck.drafting.topics import topic_of
from dtcheck.drafting.wording import guess_target
from dtcheck.rules.reports import UNACCOUNTED_FIGURE
from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Bureau, Exclusion, Measure, Section, Target, TargetsFile
from dtcheck.targets.names import key_of
from dtcheck.units import Unit, parse_unit
from dtcheck.workreport.baselines import old_level
from dtcheck.workreport.figures import Figure, FigureKind
from dtcheck.workreport.reading import FigureReading, is_class_name, read_figure
from dtcheck.workreport.report import ReportText
from dtcheck.workreport.words import AHEAD, IN_STEP, SIZE_CLASS

_WATER = re.compile("[水河湖沟渠溪塘]|劣|黑臭|断面")
_EXPECTED = ("主要预期目标", "预期目标", "主要目标", "目标任务", "工作目标")
# Chinese numerals from here on count; below, they list.
_FEWEST = 20
_ECONOMY = re.compile("[^、]{0,4}(?:生产总值|经济(?:增长|增速)|GDP)")
_COUNTED = re.compile("[^,。;:、和与及0-9]{1,8}(?:达到?)?[0-9]+[余多]?[个家条座项]")
_COUNT = re.compile("[0-9一二两三四五六七八九十]+[余多]?[个家条座项](?:以上|左右)?$")


@dataclass(frozen=True, slots=True)
class Drafted:
    """The text of a draft, what to say of it, and the audit of the draft against its report.

    ``problems`` are what a person has to settle before the draft is of use: no plan, a year that
    disagrees, a draft that fails its own checks.
    """

    text: str
    notices: tuple[str, ...]
    file: TargetsFile
    audit: Audit
    problems: tuple[str, ...] = ()


def draft(report: ReportText, last: TargetsFile | None = None) -> Drafted:
    """Draft a targets file for ``report``; what ``last`` knows of the same indicators is taken over."""
    drafting = _Drafting(report, last)
    drafting.read()
    changes = inherit(drafting.sections, last, report.place or "") if last else None
    if report.plan is not None:
        fill_baselines(drafting.sections, outcomes(report, drafting.file()))
    # What no target claims or names is guessed to be something else, where it looks like it.
    for account in run_audit(drafting.file(), report).open:
        drafting.exclude(account.figure)
    file = drafting.file()
    audit = run_audit(file, report)
    unread = [finding for finding in audit.findings if finding.rule is UNACCOUNTED_FIGURE]
    said = {doubt.rstrip("。") for doubt in report.doubts}
    missing = [each.message for each in missing_headings(report) if each.message not in said]
    notices = [*_unread_facts(report), *missing]
    notices.append(
        f"当年部分有 {len(audit.accounts)} 个数和数词：写成指标 {len(file.targets)} 个，"
        f"暂列 excluded {len(file.excluded)} 条，没有读懂 {len(unread)} 个。每一处都要人核对。"
    )
    if last and changes:
        notices.append(
            f"沿用 {last.place}{last.year}年 的 {len(changes.same) + len(changes.changed)} 项"
            f"（目标变了 {len(changes.changed)} 项），新增 {len(changes.new)} 项，不再有 {len(changes.gone)} 项。"
        )
    doubts = tuple(_doubts(report))
    if not file.targets:
        doubts = (
            *doubts,
            "没有读出一个指标，sections 是空的：先补上当年部分的标题再起草，或照例写上第一个板块。",
        )
    text = write(Draft(file, drafting.sections, audit, (*notices, *doubts), last, changes))
    return Drafted(text, tuple(notices), file, audit, (*doubts, *failures(text, report)))


def _doubts(report: ReportText) -> Iterator[str]:
    if report.year is None:
        yield f"没有读出年份，暂写 {year_or_guess(report)}，year 要自己核对。"
    if report.plan is None:
        yield "没有找到当年的部分：草稿里是全文读出的数，多半是上年的结果，不能当作当年的指标。"
    yield from report.doubts


def _unread_facts(report: ReportText) -> Iterator[str]:
    if report.place is None:
        guess = guess_place(report)
        yield f"没有读出地名，{f'暂写“{guess}”，核对 place' if guess else 'place 要自己填'}。"


def _is_counted(figure: Figure) -> bool:
    """Whether a quantity may be a promise: 四百个 may, 七个方面 and 三大工程 only list."""
    if figure.digits:
        return True
    listing = figure.unit is not None and figure.unit.is_whole
    return not listing or (figure.value or 0) >= _FEWEST


@dataclass
class _Drafting:
    report: ReportText
    last: TargetsFile | None = None
    sections: list[SectionDraft] = field(default_factory=list)
    excluded: dict[Exclusion, None] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    repeats: Repeats = field(default_factory=Repeats)
    same_names: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        """Turn what reads as a promise into targets."""
        self._sections()
        earlier: Figure | None = None
        for figure in self.report.promises:
            reading = read_figure(self.report.text, figure) or self._in_step(figure)
            if self._is_target(figure, reading) and reading is not None:
                self._add(figure, reading, earlier)
                earlier = figure

    def file(self) -> TargetsFile:
        """Return the draft as it stands."""
        return TargetsFile(
            place=self.report.place or guess_place(self.report) or UNSETTLED,
            year=year_or_guess(self.report),
            title=f"{f'{self.report.year}年' if self.report.year else ''}《政府工作报告》量化目标",
            source=(),
            bureaus=self._bureaus(),
            sections=tuple(
                Section(each.code, each.name, each.heading, tuple(each.targets))
                for each in self.sections
                if each.targets
            ),
            excluded=tuple(self.excluded),
            relations=(),
            path="draft",
            sha256="",
        )

    def _bureaus(self) -> tuple[Bureau, ...]:
        """Return the bureaus of last year's file that lead a target, and the one for all others."""
        leads = {target.lead for section in self.sections for target in section.targets}
        known = self.last.bureaus if self.last else ()
        kept = tuple(each for each in known if each.name in leads and each.name != UNSETTLED)
        return (*kept, Bureau(UNSETTLED, ())) if UNSETTLED in leads or not kept else kept

    def _sections(self) -> None:
        report = self.report
        first = report.headings[0].start if report.headings else report.end
        opening = report.text[report.start : first]
        words = next((each for each in _EXPECTED if each in opening), None)
        start = report.start
        if words is not None and self._counts_before(start, opening.index(words)):
            words = None
        if words is None:
            # Nothing names the opening: the words it starts with do.
            words = re.split("[,。;:!?\n]", opening, maxsplit=1)[0][:20] or UNSETTLED
        self.sections.append(SectionDraft("ZH", "综合", words, start))
        for heading in report.headings:
            line = re.split("[。\n]", report.text[heading.start : heading.start + 80])[0]
            codes = {section.code for section in self.sections}
            names = {section.name for section in self.sections}
            code, name = topic_of(heading.words, line, codes, names)
            self.sections.append(SectionDraft(code, name, heading.words, heading.start))

    def _counts_before(self, start: int, words: int) -> bool:
        """Whether goals stand above the paragraph of some words: it can't be what they are under."""
        paragraph = self.report.paragraph_start(start + words)
        return any(
            self._is_target(figure, read_figure(self.report.text, figure))
            for figure in self.report.promises
            if start <= figure.start < paragraph
        )

    def _is_target(self, figure: Figure, reading: FigureReading | None) -> bool:
        if reading is None or exclusion_for(self.report, figure, certain=True):
            return False
        if figure.kind is FigureKind.WORD:
            before = self.report.text[max(0, figure.start - 12) : figure.start]
            behind = self.report.text[figure.end : figure.end + 16]
            is_class = figure.word is not None and figure.word.pattern == SIZE_CLASS.pattern
            if is_class and (_COUNT.search(before) or _COUNTED.match(behind)):
                # 2个百亿级企业, 百亿级企业2个: the count is the promise.
                return False
            return reading.value is not None or reading.unit is not None
        counted = _is_counted(figure) or is_made(self.report.text, figure)
        return counted and not is_class_name(self.report.text, figure)

    def _in_step(self, figure: Figure) -> FigureReading | None:
        """Read 与经济增长同步: the goal is what the economy grows by."""
        words = figure.word.pattern if figure.word else ""
        economy = self._economy()
        if economy is None or IN_STEP not in words or figure.text == "同步增长":
            return None
        op = Op.OVER if re.fullmatch(AHEAD, figure.text) else Op.AT_LEAST
        return FigureReading(op, None, None, economy.goal.unit, figure.text)

    def _economy(self) -> Target | None:
        """Return the target that says how much the economy is to grow."""
        return next(
            (
                target
                for section in self.sections
                for target in section.targets
                if _ECONOMY.match(target.name) and target.measure is Measure.RATE
            ),
            None,
        )

    def _add(self, figure: Figure, reading: FigureReading, earlier: Figure | None) -> None:
        section = [each for each in self.sections if each.start <= figure.start][-1]
        last = next((each.targets[-1].name for each in self.sections[::-1] if each.targets), "")
        guess = guess_target(self.report, figure, reading, earlier, last)
        unit = reading.unit or parse_unit(figure.word.unit if figure.word else "")
        if unit is None:  # _is_target lets none through
            return
        if (
            figure.word
            and unit.text == "条"
            and not _WATER.search(self.report.clause(figure.start, figure.end))
        ):
            # 消劣 speaks of rivers; 积案清零, 零就业家庭清零 of things.
            unit = parse_unit("个") or unit
        if figure.word and self.report.text.endswith("天数", 0, figure.start):
            # 优良天数再提升: by days.
            unit = parse_unit("天") or unit
        economy = self._economy() if reading.value is None else None
        ref = economy.code if economy and reading.op is not Op.ASSIGNED else None
        goal = Goal(reading.op, reading.value, reading.high, unit, ref)
        if again := self.repeats.told_before(self.report, figure, reading, goal, guess):
            self.excluded[again] = None
            return
        for nth in range(figure.promises):
            name = guess.names[min(nth, len(guess.names) - 1)]
            self.repeats.note(name, goal, figure.start)
            name = self._unique(name, section.name)
            section.targets.append(
                Target(
                    code=f"{section.code}{len(section.targets) + 1:02d}",
                    name=name,
                    section=section.name,
                    goal=goal,
                    measure=Measure.RATE if ref else guess.measure,
                    phrase=guess.phrase,
                    lead=UNSETTLED,
                    kind=guess.kind,
                    strive=guess.strive,
                    pace=guess.pace,
                    due=guess.due,
                    baseline=self._raised_from(figure, unit, nth),
                )
            )

    def _raised_from(self, figure: Figure, unit: Unit, nth: int) -> Fraction | None:
        """Return what the goal is raised or cut from, where its clause says so: 从77%提高到80%."""
        old = old_level(self.report.text, figure, self.report.promises, nth)
        if old is None or old.value is None or old.unit is None:
            return None
        return old.unit.convert(old.value, unit)

    def _unique(self, name: str, section: str) -> str:
        """Return a name that no target has yet: told apart by its section, else by number."""
        base = name or "待核"
        name = base if key_of(base) not in self.names else f"{base}（{section}）"
        while key_of(name) in self.names:
            self.same_names[base] += 1
            name = f"{base}（{self.same_names[base] + 1}）"
        self.names.add(key_of(name))
        return name

    def exclude(self, figure: Figure) -> None:
        """Note why a figure is no promise, where its words suggest it."""
        guess = exclusion_for(self.report, figure, certain=False)
        if guess:
            self.excluded[guess] = None
