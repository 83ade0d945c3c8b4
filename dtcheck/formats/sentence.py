"""One target in a sentence, for formats that have no table."""

from __future__ import annotations

from dtcheck.formats.content import DASH, GAP_UNIT, asked_text, clean, result_line
from dtcheck.judge import Report, Result
from dtcheck.targets import Measure


def sentence(result: Result, report: Report) -> str:
    """Return goal, actual, distance, what it takes to catch up, lead and the reason given."""
    line = result_line(result, report)
    verdict = result.as_last_heard.verdict
    parts = [f"{line.name}：目标 {line.goal}", f"实际 {line.actual}"]
    if line.progress != DASH and result.target.measure is not Measure.RATE:
        parts.append(f"完成率 {line.progress}")
    if asked := asked_text(result.as_last_heard):
        parts.append(f"序时应达到 {asked}")
    if line.gap != DASH:
        points = verdict.gap_to_pace is not None and line.gap[-1:].isdigit()
        to_goal = verdict.gap_to_pace is None or result.target.measure is Measure.RATE
        head = "距目标" if to_goal else "距序时"
        parts.append(f"{head} {line.gap}{f' {GAP_UNIT}' if points else ''}")
    if line.needed != DASH:
        parts.append(f"以后每月需 {line.needed}")
    parts.append(f"牵头单位 {line.lead}")
    if line.note:
        parts.append(f"备注 {line.note}")
    return clean("，".join(parts))
