"""The lists of a notice: what changed, and what can't be."""

from __future__ import annotations

from collections.abc import Sequence

from dtcheck.digest import Digest
from dtcheck.formats.content import DASH, GAP_UNIT, amount, clean
from dtcheck.judge import Result, Status
from dtcheck.notices.figures import behind_text, figure, label
from dtcheck.notices.listing import Listing
from dtcheck.notices.submitted import reporting_line
from dtcheck.rules.plausibility import FEW_REPORTED
from dtcheck.targets.relations import Contradiction

_MOST_NAMES = 8
# How many shortfalls a one-page digest has room for.
BRIEF_SHORT = 10


def _moved_text(result: Result, digest: Digest) -> str:
    """Return a shortfall's distance before and now."""
    before = digest.then(result)
    then = behind_text(before.as_last_heard).removesuffix(GAP_UNIT) if before else DASH
    return f"{label(result)}（{then}→{behind_text(result)}）"


def _fell_text(result: Result, digest: Digest) -> str:
    """Return a figure that fell back, before and now."""
    before = digest.then(result)
    unit = result.goal.unit.text
    then = figure(before.actual.value, unit) if before and before.actual else DASH
    now = figure(result.actual.value, unit) if result.actual else DASH
    return f"{label(result)}（{then}→{now}）"


def changes(digest: Digest) -> tuple[Listing, ...]:
    """Return what changed against the notice before, a subject each.

    Of what gets nearer only the codes: nobody has to act on it. What has always to be said is said
    though there is nothing to it.
    """
    always = {
        "新增缺口": [label(each) for each in digest.newly_behind],
        "赶上进度": [f"{label(each)}（{each.status.label}）" for each in digest.caught_up],
    }
    sometimes = {
        "黄灯转红灯": [label(each) for each in digest.reddened],
        "红灯转黄灯": [label(each) for each in digest.eased],
        "已完成后回落": [f"{label(each)}（{each.status.label}）" for each in digest.lost],
        "红灯后未报": [label(each) for each in digest.gone_silent],
        "差距扩大": [_moved_text(each, digest) for each in digest.widening],
        "差距缩小": [each.target.code for each in digest.narrowing],
        "比上期回落": [_fell_text(each, digest) for each in digest.fell_back],
    }
    told = always | {name: texts for name, texts in sometimes.items() if texts}
    return tuple(Listing(name, len(texts), texts) for name, texts in told.items())


def change_heading(digest: Digest) -> str:
    """Return the heading of the chapter of changes."""
    return f"与{digest.before.as_of.month}月相比" if digest.before else "与以前月份相比"


def brief_notes(digest: Digest, contradictions: Sequence[str]) -> tuple[str, ...]:
    """Return the rest of a one-page digest, a line a subject."""
    missing = [f"{lead}{len(results)}项" for lead, results in digest.overdue_by_bureau.items()]
    moved = (
        f"新增缺口：{_labels(digest.newly_behind)}。",
        f"赶上进度：{_labels(digest.caught_up)}。",
        *((f"黄灯转红灯：{_labels(digest.reddened)}。",) if digest.reddened else ()),
    )
    return (
        *(moved if digest.before else ()),
        reporting_line(digest),
        clean(f"应报未报：{'、'.join(missing) or '没有'}。"),
        *(f"目标矛盾：{each}" for each in contradictions),
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


def _labels(results: Sequence[Result]) -> str:
    """Return the first of many names: a page has no room for more."""
    shown = "、".join(label(result) for result in results[:_MOST_NAMES])
    more = f"等{len(results)}项" if len(results) > _MOST_NAMES else ""
    return shown + more or "没有"


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
