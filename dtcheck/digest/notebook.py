"""What a notebook shows of a digest: the counts by section, in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dtcheck.judge import Status, Summary
from dtcheck.judge.notebook import html_table

if TYPE_CHECKING:
    from dtcheck.digest.build import Digest


def digest_html(digest: Digest) -> str:
    """Return one row a section, and the sum."""
    report = digest.report
    heading = f"{report.file.place} 截至 {report.as_of}：{digest.files} 份报数表，{len(digest.shortfalls)} 项缺口"
    summaries = {**digest.now.by_section, "合计": digest.now.summary}
    heads = ("板块", "指标", *(status.label for status in Status))
    return html_table(heading, heads, [_cells(*each) for each in summaries.items()])


def _cells(name: str, summary: Summary) -> tuple[str, ...]:
    return (name, *map(str, (summary.total, *summary.by_status.values())))
