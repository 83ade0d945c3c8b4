"""The tables of counts of a notice, heads and rows of plain texts: by status, section, bureau."""

from __future__ import annotations

from dtcheck.digest import Digest
from dtcheck.formats.content import DASH, SUMMARY_HEADS, clean, percent, share_kept, summary_cells
from dtcheck.judge import Status, Summary
from dtcheck.notices.figures import POINTS
from dtcheck.notices.words import NAMED, section_light, signed
from dtcheck.units import format_number

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def status_table(digest: Digest) -> Table:
    """Return the counts by status: now, before, and the change."""
    summaries = [(f"{digest.month}月底", digest.report.summary)]
    if digest.before:
        summaries.append((f"{digest.before.as_of.month}月底", digest.before.summary))
    used = [
        status
        for status in Status
        if status in NAMED or any(summary.by_status[status] for _, summary in summaries)
    ]
    rows = [
        (name, *(str(summary.by_status[status]) for status in used), str(summary.total))
        for name, summary in summaries
    ]
    if len(summaries) == 2:
        (_, now), (_, then) = summaries
        changes = (signed(now.by_status[each] - then.by_status[each]) for each in used)
        rows.append(("增减", *changes, signed(now.total - then.total)))
    return ("时间", *(status.label for status in used), "合计"), rows


def section_table(digest: Digest) -> Table:
    """Return the counts by section with their lights, and the sum where there are several."""
    before = digest.sections_before
    rows = []
    for section in digest.report.sections:
        lights = section_light(digest.report.of_section(section))
        now = digest.section_summaries[section.name]
        rows.append(_section_row(section.name, lights, now, before.get(section.name)))
    if len(rows) > 1:
        lights = section_light(digest.report.results)
        then = digest.before.summary if digest.before else None
        rows.append(_section_row("合计", lights, digest.report.summary, then))
    return (SUMMARY_HEADS[0], "灯", *SUMMARY_HEADS[1:], "达标率", change_head(digest)), rows


def _section_row(name: str, lights: str, now: Summary, then: Summary | None) -> tuple[str, ...]:
    first, *counts = summary_cells(name, now)
    return (first, lights, *counts, kept_text(now), kept_change(now, then))


def bureau_table(digest: Digest) -> Table:
    """Return the counts by lead, and how many doubts each has to clear."""
    rows = [
        (
            *summary_cells(clean(name), summary),
            kept_text(summary),
            str(len(digest.doubtful.get(name, ()))),
        )
        for name, summary in digest.bureau_summaries.items()
    ]
    return ("牵头单位", *SUMMARY_HEADS[1:], "达标率", "存疑"), rows


def kept_text(summary: Summary) -> str:
    """Return the share kept."""
    return percent(share_kept(summary))


def kept_change(now: Summary, then: Summary | None) -> str:
    """Return how the share kept changed, in points."""
    before = share_kept(then) if then else None
    kept = share_kept(now)
    if kept is None or before is None:
        return DASH
    return format_number((kept - before) * 100, 1, sign=True) + POINTS


def change_head(digest: Digest) -> str:
    """Return the head of a column of changes."""
    return f"较{digest.before.as_of.month}月" if digest.before else "较以前"
