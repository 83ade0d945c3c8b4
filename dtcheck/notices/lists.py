"""The lists of a notice: what changed, what is missing, what is doubtful, what can't be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from dtcheck.digest import Digest
from dtcheck.formats.content import DASH, GAP_UNIT, amount, clean, ignored_text
from dtcheck.judge import Result, Status
from dtcheck.notices.figures import behind_text, figure, label
from dtcheck.rules import Finding, Level, Place, Rule
from dtcheck.rules.plausibility import FEW_REPORTED, NO_REASON, STALE
from dtcheck.targets.relations import Contradiction


class Listing(NamedTuple):
    """A subject or a bureau, how much there is to it, and that in words."""

    name: str
    total: int
    texts: Sequence[str]


def _moved_text(result: Result, digest: Digest) -> str:
    """Return a shortfall's distance before and now."""
    before = digest.tracks[result.target.code].before(digest.month)
    then = behind_text(before).removesuffix(GAP_UNIT) if before else DASH
    return f"{label(result)}（{then}→{behind_text(result)}）"


def _fell_text(result: Result, digest: Digest) -> str:
    """Return a figure that fell back, before and now."""
    before = digest.tracks[result.target.code].before(digest.month)
    unit = result.goal.unit.text
    then = figure(before.actual.value, unit) if before and before.actual else DASH
    now = figure(result.actual.value, unit) if result.actual else DASH
    return f"{label(result)}（{then}→{now}）"


def changes(digest: Digest) -> tuple[Listing, ...]:
    """Return what changed against the month before, a subject each.

    Of what gets nearer only the codes: nobody has to act on it.
    """
    subjects = {
        "新增缺口": [label(each) for each in digest.newly_behind],
        "赶上进度": [f"{label(each)}（{each.status.label}）" for each in digest.caught_up],
        "差距扩大": [_moved_text(each, digest) for each in digest.widening],
        "差距缩小": [each.target.code for each in digest.narrowing],
        "比上期回落": [_fell_text(each, digest) for each in digest.fell_back],
    }
    return tuple(Listing(name, len(texts), texts) for name, texts in subjects.items())


def change_heading(digest: Digest) -> str:
    """Return the heading of the chapter of changes."""
    return f"与{digest.before.as_of.month}月相比" if digest.before else "与以前月份相比"


def brief_notes(digest: Digest) -> tuple[str, ...]:
    """Return the rest of a one-page digest, a line a subject."""
    missing = [f"{lead}{len(results)}项" for lead, results in digest.overdue_by_bureau.items()]
    moved = (
        f"新增缺口：{_labels(digest.newly_behind)}。",
        f"赶上进度：{_labels(digest.caught_up)}。",
    )
    return (
        *(moved if digest.before else ()),
        clean(f"应报未报：{'、'.join(missing) or '没有'}。"),
        clean(f"存疑数据：{_doubt_counts(digest)}。"),
        *((ignored,) if (ignored := ignored_line(digest)) else ()),
        *(f"目标矛盾：{contradiction_text(each)}" for each in digest.contradictions),
    )


def ignored_line(digest: Digest) -> str:
    """Return which doubts the configuration leaves out of the digest, and why, or ""."""
    ignored = ignored_text(digest.report)
    return f"按设置不看、没有列出的问题：{ignored}。" if ignored else ""


def unread_line(digest: Digest) -> str:
    """Return what could not be read, so that its figures are missing, or ""."""
    unread = [each.place for each in digest.report.findings if each.rule.leaves_unjudged]
    files = list(dict.fromkeys(_short_place(Place(place.file)) for place in unread))
    if not files:
        return ""
    more = "等" if len(files) > _MOST_OLD else ""
    return clean(
        f"注意：有{len(files)}个文件没有读出或没有读全，缺少的数不在通报之内："
        f"{'、'.join(files[:_MOST_OLD])}{more}。"
    )


def few_line(digest: Digest) -> str:
    """Return which few bureaus have moved the notice to a month that others have no figures for, or ""."""
    few = [each.message for each in digest.report.findings if each.rule is FEW_REPORTED]
    return clean(f"注意：{few[0]}。") if few else ""


def silent_line(digest: Digest) -> str:
    """Return how many of the shortfalls have fallen silent, or ""."""
    silent = len(digest.silent_shortfalls)
    if not silent:
        return ""
    return f"其中{silent}项到期没有报来能用的数，按上次的数列出，项数计在“{Status.NO_DATA.label}”之内。"


def _doubt_counts(digest: Digest) -> str:
    """Return how many doubts there are, and the bureaus with most."""
    counts = sorted(
        ((len(each), lead) for lead, each in digest.doubtful.items()), key=lambda each: -each[0]
    )
    if not counts:
        return "没有"
    total = sum(count for count, _ in counts)
    most = "、".join(f"{lead}{count}条" for count, lead in counts[:3])
    return f"共{total}条，涉及{len(counts)}个单位，其中{most}"


def _labels(results: Sequence[Result]) -> str:
    """Return the first of many names: a page has no room for more."""
    shown = "、".join(label(result) for result in results[:_MOST_NAMES])
    more = f"等{len(results)}项" if len(results) > _MOST_NAMES else ""
    return shown + more or "没有"


_MOST_NAMES = 8
# How many shortfalls a one-page digest has room for.
BRIEF_SHORT = 10


def overdue(digest: Digest) -> tuple[Listing, ...]:
    """Return what is due and was not submitted, or not usably, by bureau."""
    return tuple(
        Listing(clean(lead), len(results), [_overdue_text(each, digest) for each in results])
        for lead, results in digest.overdue_by_bureau.items()
    )


def _overdue_text(result: Result, digest: Digest) -> str:
    """Return what is not submitted, or not so that it can be used, and what was last heard of it."""
    refused = {each.rule.id for each in _refusals(result, digest)}
    known = [f"报了，但不能用：{'、'.join(sorted(refused))}"] if refused else []
    if result.actual is not None:
        last = figure(result.actual.value, result.goal.unit.text)
        was = f"，{result.last_status.label}" if result.last_status and result.is_shortfall else ""
        known.append(f"上次为{result.actual.period.month}月：{last}{was}")
    return f"{label(result)}（{'；'.join(known)}）" if known else label(result)


def is_unusable(result: Result, digest: Digest) -> bool:
    """Whether something was submitted of what is missing, and refused."""
    return any(_refusals(result, digest))


def _refusals(result: Result, digest: Digest) -> Iterator[Finding]:
    for finding in digest.report.findings:
        about = finding.code == result.target.code and finding.level is Level.ERROR
        if about and finding.place.filing.month in (None, digest.report.as_of):
            yield finding


def contradiction_text(contradiction: Contradiction) -> str:
    """Return why two goals can't both come true, and what it would take."""
    relation, total, added = contradiction.relation, contradiction.total, contradiction.added
    unit = total.goal.unit.text
    just = amount(added.goal.required, added.goal.unit.text)
    return clean(
        f"{added.code} {added.name}（{added.goal.text}）与 {total.code} {total.name}（{total.goal.text}）："
        f"上年末{amount(relation.last, unit)}，加{just}{'等于' if relation.net else '，最多'}"
        f"{amount(contradiction.sum, unit)}，达不到{total.goal.text}；"
        f"要达到总数，{'净增' if relation.net else '新增'}{'要超过' if contradiction.exceed else '至少要有'}"
        f"{amount(contradiction.gain, unit)}。"
    )


def doubts(digest: Digest) -> tuple[Listing, ...]:
    """Return what is doubtful, by bureau."""
    return tuple(
        Listing(clean(bureau), len(findings), _doubt_lines(findings, digest))
        for bureau, findings in digest.doubtful.items()
    )


def _doubt_lines(findings: Sequence[Finding], digest: Digest) -> list[str]:
    """Return what is doubtful at one bureau: this month's in full, what is older in short.

    What could not be read comes first, of whatever month: nobody knows what it would say.
    """
    folded = {rule: _codes(findings, rule) for rule in _FOLDED_RULES}
    rest = [each for each in findings if each.rule not in _FOLDED_RULES]
    now = (None, digest.report.as_of)
    unread = [each for each in rest if each.rule.leaves_unjudged]
    read = [each for each in rest if not each.rule.leaves_unjudged]
    fresh = [*unread, *(each for each in read if each.place.filing.month in now)]
    old = [each for each in read if each.place.filing.month not in now]
    lines = [finding_text(each) for each in fresh[:_MOST_FINDINGS]]
    if len(fresh) > _MOST_FINDINGS:
        lines.append(f"另有{len(fresh) - _MOST_FINDINGS}条，dtcheck verify 逐条列出")
    for rule, words in _FOLDED_RULES.items():
        if codes := folded[rule]:
            lines.append(f"{words}{len(codes)}项：{'、'.join(codes)}（{rule.id}）")
    if old:
        shown = "、".join(f"{each.rule.id} {_short_place(each.place)}" for each in old[:_MOST_OLD])
        more = "等" if len(old) > _MOST_OLD else ""
        lines.append(clean(f"以前月份遗留{len(old)}条：{shown}{more}"))
    return lines


_FOLDED_RULES = {NO_REASON: "有缺口而未说明原因", STALE: "数字过时"}
_MOST_FINDINGS = 8
_MOST_OLD = 5


def _codes(findings: Iterable[Finding], rule: Rule) -> list[str]:
    return list(dict.fromkeys(each.code for each in findings if each.rule is rule and each.code))


def _short_place(place: Place) -> str:
    """Return a place by its last folder and file: the rest of the path is the same for all."""
    path = PurePath(place.file)
    return str(place._replace(file="/".join(path.parts[-2:]), column=None))


def finding_text(finding: Finding) -> str:
    """Return what is doubtful, with its rule and place."""
    known = finding.code is None or finding.code in finding.message
    about = "" if known else f"{finding.code}："
    more = f" 等{finding.count}处" if finding.count > 1 else ""
    where = f"{finding.rule.id}，{_short_place(finding.place)}{more}"
    return clean(f"{about}{finding.message}（{where}）")
