"""What changed since the notice before of months that were over, in sentences, with its effect."""

from __future__ import annotations

from collections.abc import Callable

from dtcheck.digest import Amendment, Digest, Kind
from dtcheck.formats.content import clean
from dtcheck.judge import Result, Status
from dtcheck.notices.figures import figure, label


def amended_texts(digest: Digest, named: Callable[[Result], str] = label) -> tuple[str, ...]:
    """Return a sentence for each target of which an earlier month is known otherwise now."""
    return tuple(
        clean(f"{named(each.now)}：{_what(each)}，{_effect(each)}。") for each in digest.amended
    )


def amended_sum(digest: Digest) -> str:
    """Return what the counts of the notice before would be by what is known now, or ""."""
    if digest.before is None or not digest.amended:
        return ""
    told = digest.before
    known = next((each for each in digest.course if each.as_of == told.as_of), None)
    if known is None:
        return ""
    parts = [
        f"{status.label}{now}项（原{then}项）"
        for status in Status
        if (now := known.summary.by_status[status]) != (then := told.summary.by_status[status])
    ]
    month = told.as_of.month
    if not parts:
        return f"照现在的数，{month}月底各类项数不变。"
    return f"照现在的数，{month}月底{'、'.join(parts)}。"


def _what(each: Amendment) -> str:
    if each.kind is Kind.GOAL:
        return _goal(each)
    unit = each.target.goal.unit.text
    parts = []
    for month, (old, new) in zip(each.months, each.figures, strict=True):
        before = figure(old.value, unit) if old else ""
        after = figure(new.value, unit) if new else ""
        if each.kind is Kind.CORRECTED:
            parts.append(f"{month}月的数由{before}更正为{after}")
        elif each.kind is Kind.BELATED:
            parts.append(f"补报{month}月的数{after}")
        else:
            parts.append(f"{month}月原报{before}，又报了不同的数，核实前都不采用")
    return "，".join(parts)


def _goal(each: Amendment) -> str:
    if each.then.status is Status.UNDECIDED:
        return f"补报下达目标{each.now.goal.text}"
    if each.now.status is Status.UNDECIDED:
        return "报了不同的下达目标，核实前不作判断"
    return f"下达目标由{each.then.goal.text}改为{each.now.goal.text}"


def _effect(each: Amendment) -> str:
    month, then, now = each.months[-1], each.then.status, each.now.status
    if then is now:
        return f"{month}月底仍为{now.label}"
    return f"{month}月底由{then.label}改为{now.label}"
