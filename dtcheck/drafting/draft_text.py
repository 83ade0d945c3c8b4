"""How a draft is written down: YAML with the doubts as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dtcheck.coverage.audit import Account, Audit
from dtcheck.targets.changes import Changes
from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Kind, Measure, Pace, Target, TargetsFile
from dtcheck.units import format_number

# What nobody has settled yet: a place, a lead.
UNSETTLED = "待定"
_PLAIN = re.compile(r"[一-龥A-Za-z(（“][^:#\n,\[\]{}\"'&*!|>%@`]*")


@dataclass
class SectionDraft:
    """A section in the making; ``start`` is its position in the report."""

    code: str
    name: str
    heading: str
    start: int
    targets: list[Target] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """What is to be written: the file, its sections with positions, its audit, the notices.

    ``changes`` is what became of the indicators of ``last``, where there is such a file.
    """

    file: TargetsFile
    sections: list[SectionDraft]
    audit: Audit
    notices: tuple[str, ...]
    last: TargetsFile | None = None
    changes: Changes | None = None


def scalar(text: str) -> str:
    """Return ``text`` as a YAML scalar, quoted where it has to be."""
    safe = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _YAML_WORDS
    return text if safe else json.dumps(text, ensure_ascii=False)


_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def goal_text(goal: Goal) -> str:
    """Return a goal in the grammar of the file."""
    if goal.ref:
        return f"{goal.op.value} {goal.ref}"
    if goal.op is Op.ASSIGNED or goal.value is None:
        return f"assigned {goal.unit.text}"
    if goal.high is not None:
        return f"{format_number(goal.value)}..{format_number(goal.high)} {goal.unit.text}"
    return f"{goal.op.value} {format_number(goal.value)} {goal.unit.text}"


def write(draft: Draft) -> str:
    """Return the draft as YAML."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    file = draft.file
    became = _became(draft)
    yield f"# 由 dtcheck targets new 起草，依据 {_comment(draft.audit.report.path)}。"
    yield "# 每个指标都标有“待核”：对照原文核对名称、目标、性质，写上牵头单位，核对后删去“待核”。"
    for notice in draft.notices:
        yield f"# {_comment(notice)}"
    yield "format: 1"
    yield f"place: {scalar(file.place)}" + _mark(draft.audit.report.place is None)
    yield f"year: {file.year}" + _mark(draft.audit.report.year is None)
    yield f"title: {scalar(file.title)}"
    yield "bureaus:"
    for bureau in file.bureaus:
        if bureau.name == UNSETTLED:
            yield f"  - {{name: {UNSETTLED}}}  # 待核：写上各牵头单位的全称和简称"
        else:
            yield f"  - {json.dumps({'name': bureau.name, 'short': list(bureau.short)}, ensure_ascii=False)}"
    yield ""
    yield "sections:" if file.targets else "sections: []  # 待核：没有读出一个指标"
    for index, section in enumerate(draft.sections):
        if not section.targets:
            yield from _unread(draft, index)
            continue
        yield f"  - code: {section.code}  # 待核：板块编号{_letters(draft, section.code)}"
        yield f"    name: {scalar(section.name)}"
        yield f"    heading: {scalar(section.heading)}"
        yield "    targets:"
        for target in section.targets:
            moved, changed = became.get(target.code, ("", ""))
            # Without a plan nothing tells last year's results from goals.
            if draft.audit.report.plan is None:
                moved += "：没有找到当年的部分，可能是上年的结果"
            yield from _target(target, moved, changed)
        yield from _unread(draft, index)
        yield ""
    yield "# 看来不是承诺的数，逐条核对。"
    yield "excluded:" if file.excluded else "excluded: []"
    for exclusion in file.excluded:
        phrase = json.dumps(exclusion.phrase, ensure_ascii=False)
        yield f"  - {{phrase: {phrase}, why: {scalar(exclusion.why)}}}  # 待核"
    yield from _gone(draft)


def _mark(doubtful: bool) -> str:
    return "  # 待核：报告中没有读出" if doubtful else ""


def _letters(draft: Draft, code: str) -> str:
    is_kept = draft.last and any(code == section.code for section in draft.last.sections)
    return f"沿用{_before(draft)}的" if is_kept else "两个字母，自定"


def _became(draft: Draft) -> dict[str, tuple[str, str]]:
    """Return by code what is to be said behind a code and behind a goal: new, or what it was before."""
    if draft.last is None or draft.changes is None:
        return {}
    before = _before(draft)
    said = {each.code: (f"：{before}没有", "") for each in draft.changes.new}
    for pairs, is_other in ((draft.changes.same, False), (draft.changes.changed, True)):
        for old, now in pairs:
            moved = "" if old.code == now.code else f"：{before}是 {old.code}"
            strive = "争取" if old.strive else ""
            changed = f"  # {before}：{strive}{old.goal_text()}" if is_other else ""
            said[now.code] = (moved, changed)
    return said


def _before(draft: Draft) -> str:
    """Return how the other file is called: 上年, or by its place and year."""
    last = draft.last
    if last is None or (last.place == draft.file.place and last.year == draft.file.year - 1):
        return "上年"
    return f"{last.place}{last.year}年" if last.place != draft.file.place else f"{last.year}年"


def _gone(draft: Draft) -> Iterator[str]:
    if draft.changes and draft.changes.gone:
        yield ""
        yield f"# {_before(draft)}有、这份报告里没有读到的，核对是不是漏了："
        for old in draft.changes.gone:
            yield f"# {_comment(f'{old.code} {old.name}：{old.goal_text()}（{old.lead}）“{old.phrase}”')}"


def _target(target: Target, about: str, before: str) -> Iterator[str]:
    yield f"      - code: {target.code}  # 待核{_comment(about)}"
    yield f"        name: {scalar(target.name)}"
    yield f'        goal: "{goal_text(target.goal)}"{_comment(before)}'
    yield f"        measure: {target.measure.value}{_doubt(target)}"
    if target.kind is not Kind.OUTCOME:
        yield f"        kind: {target.kind.value}"
    if target.strive:
        yield "        strive: true"
    yield from _rhythm(target)
    if target.due:
        yield f"        due: {target.due}"
    yield f"        phrase: {scalar(target.phrase)}"
    yield f"        lead: {scalar(target.lead)}"
    yield ""


def _rhythm(target: Target) -> Iterator[str]:
    """Yield when its figures come, and what is known of last year's."""
    usual = Pace.YEAR_END if target.kind is Kind.SCOPE else Pace.LINEAR
    if isinstance(target.pace, Pace) and target.pace is not usual:
        yield f"        pace: {target.pace.value}"
    elif isinstance(target.pace, tuple):
        yield f"        pace: [{', '.join(format_number(share, 6) for share in target.pace)}]"
    if target.reports != "monthly":
        written = target.reports if isinstance(target.reports, str) else list(target.reports)
        yield f"        reports: {written}"
    if target.lag:
        yield f"        lag: {target.lag}"
    if target.tolerance is not None:
        yield f"        tolerance: {format_number(target.tolerance)}"
    if target.baseline is not None:
        yield f"        baseline: {format_number(target.baseline)} {target.goal.unit.text}"
    if target.aliases:
        yield f"        aliases: {json.dumps(list(target.aliases), ensure_ascii=False)}"


def _doubt(target: Target) -> str:
    if target.measure is Measure.FLOW and target.kind is Kind.OUTCOME and target.goal.unit.is_whole:
        return "  # 年末总数用 level"
    return ""


def _unread(draft: Draft, index: int) -> Iterator[str]:
    """Yield the figures of a section that were not understood, as comments."""
    start = draft.sections[index].start
    ends = [section.start for section in draft.sections[index + 1 :]]
    end = ends[0] if ends else draft.audit.report.end
    for account in draft.audit.open:
        if start <= account.figure.start < end:
            yield f"      # 没有读懂：{_comment(_in_context(account))}"


def _in_context(account: Account) -> str:
    place = account.place
    return f"第{place.paragraph}段第{place.character}字 …{account.before}【{account.figure.text}】{account.after}…"


def _comment(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)
