"""The head of a step's summary: what must be mended, before pages of what goes well."""

from __future__ import annotations

from collections.abc import Sequence

from dtcheck.formats.markdown import escape
from dtcheck.formats.problems import Problem, problems
from dtcheck.judge import Report

_MOST = 50


def summary_head(reports: Sequence[Report]) -> str:
    """Return what counts for the exit code as a Markdown list, nothing where nothing does."""
    found = [
        each for report in reports for each in problems(report, everything=False) if each.counts
    ]
    return counted_head(found)


def counted_head(found: Sequence[Problem]) -> str:
    """Return what counts for the exit code as a list, nothing where nothing does."""
    return _listed(f"## 需要处理的问题（{len(found)} 项）", found) if found else ""


def broken_head(found: Sequence[Problem]) -> str:
    """Return what kept a run from telling anything."""
    return _listed("## 无法判断", found)


def _listed(head: str, found: Sequence[Problem]) -> str:
    lines = [head, ""]
    for each in found[:_MOST]:
        where = f"{escape(str(each.place))}：" if each.place else ""
        more = f"（共 {each.times} 处）" if each.times > 1 else ""
        hint = f"。改法：{escape(each.hint)}" if each.hint else ""
        lines.append(f"- **{escape(each.title)}** {where}{escape(each.message)}{more}{hint}")
    if len(found) > _MOST:
        lines.append(f"- 另有 {len(found) - _MOST} 项")
    return "\n".join([*lines, "", ""])
