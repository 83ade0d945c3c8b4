"""What a notice says in sentences: the opening, how it stands, what goes well, what was not submitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dtcheck.digest import Digest
from dtcheck.formats.content import GAP_UNIT, clean, name_of, percent
from dtcheck.judge import Light, Result, Status
from dtcheck.notices.amended import amended_sum, amended_texts
from dtcheck.notices.submitted import owed_text
from dtcheck.notices.words import (
    as_of_line,
    change_line,
    light_counts,
    narrowed,
)
from dtcheck.targets.model import DECEMBER
from dtcheck.units import format_number

# How many names of a kind a sentence bears.
_MOST_NAMES = 12
_AHEAD = Fraction(10)


def opening(digest: Digest, *, scope: bool = True) -> str:
    """Return as of when, of which targets, and how many are of each class, with their shares."""
    summary = digest.now.summary
    counts = "；".join(
        f"{status.label}{count}项，占{percent(Fraction(count, summary.total))}"
        for status, count in summary.by_status.items()
        if count
    )
    return f"{as_of_line(digest)}{narrowed(digest) if scope else ''}量化目标共{summary.total}项，其中{counts}。"


def overall(digest: Digest) -> tuple[str, ...]:
    """Return the share kept, its change, the sections in the order of theirs, and what is red."""
    summary = digest.now.summary
    kept = sum(count for status, count in summary.by_status.items() if status.is_kept)
    assessed = sum(count for status, count in summary.by_status.items() if status.is_assessed)
    shares = (
        f"应评{assessed}项中{kept}项达标，达标率{percent(summary.share_kept)}。" if assessed else ""
    )
    lights = light_counts(digest.report.results)
    shown = "、".join(
        f"{light.label}灯{lights[light]}项"
        for light in (Light.RED, Light.YELLOW)
        if light in lights
    )
    return tuple(
        text
        for text in (
            shares + change_line(digest),
            _sections(digest),
            f"亮{shown}。" if shown else "",
            _movement(digest),
            *_amended(digest),
        )
        if text
    )


def _sections(digest: Digest) -> str:
    shares = [
        (name, summary.share_kept)
        for name, summary in digest.now.by_section.items()
        if summary.share_kept is not None
    ]
    if len(shares) < 2:
        return ""
    ordered = sorted(shares, key=lambda each: -(each[1] or 0))
    listed = "、".join(f"{clean(name)}{percent(share)}" for name, share in ordered)
    return f"分板块看，达标率从高到低为{listed}。"


def _movement(digest: Digest) -> str:
    if digest.before is None:
        return ""
    parts = [
        f"{words}{len(results)}项：{names_of(results)}"
        for words, results in (
            ("新增缺口", digest.newly_behind),
            ("黄灯转红灯", digest.reddened),
            ("红灯转黄灯", digest.eased),
            ("已完成后回落", digest.lost),
            ("亮红灯后未报", digest.gone_silent),
            ("差距扩大", digest.widening),
        )
        if results
    ]
    return f"与{digest.before.as_of.month}月相比，{'；'.join(parts)}。" if parts else ""


def _amended(digest: Digest) -> Iterable[str]:
    """What is known otherwise now of earlier months, in the month in which it came."""
    told = amended_texts(digest, lambda result: name_of(result.target))
    if told:
        listed = "；".join(each.rstrip("。") for each in told)
        yield f"以前月份有更正或补报的，已按新数计算：{listed}。{amended_sum(digest)}"


def names_of(results: Sequence[Result]) -> str:
    """Return the names of results, the first of many."""
    shown = "、".join(name_of(result.target) for result in results[:_MOST_NAMES])
    return shown + (f"等{len(results)}项" if len(results) > _MOST_NAMES else "")


def progress(digest: Digest) -> tuple[str, ...]:
    """Return what is worth naming: met, caught up, far ahead, and getting nearer."""
    results = digest.report.results
    met = [each for each in results if each.status is Status.MET]
    caught = [each for each in digest.caught_up if each.status.is_kept and each not in met]
    ahead = [
        each
        for each in results
        if each.status is Status.ON_TRACK
        and each.verdict.pace
        and (each.verdict.gap_to_pace or 0) >= _AHEAD
    ]
    ahead.sort(key=lambda each: -(each.verdict.gap_to_pace or 0))
    early = "" if digest.month == DECEMBER else "提前"
    return tuple(
        f"{words}{len(group)}项：{names_of(group)}。"
        for words, group in (
            (f"{early}完成年度目标", met),
            ("赶上序时进度", caught),
            (f"超序时进度{format_number(_AHEAD)}{GAP_UNIT}以上", ahead),
            ("差距缩小", list(digest.narrowing)),
        )
        if group
    )


def missing(digest: Digest) -> tuple[str, ...]:
    """Return what is due and was not submitted, or not so that it can be used, a line a bureau."""
    return tuple(
        clean(
            f"{lead}（{len(results)}项）：{'、'.join(missing_text(each, digest) for each in results)}。"
        )
        for lead, results in digest.overdue_by_bureau.items()
    )


def missing_text(result: Result, digest: Digest) -> str:
    """Return the name of what was not submitted, and what was last heard of it."""
    return owed_text(result, digest, lambda each: name_of(each.target))
