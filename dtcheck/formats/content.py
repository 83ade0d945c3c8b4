"""What a reader is told, in words: shared by the formats that people read.

All texts that come from outside (cells, paths, names) are cleaned here: no control character,
terminal escape or bidi override passes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from dtcheck import __version__
from dtcheck.judge import Light, Report, Result, Status, Summary
from dtcheck.judge.pace import asked_by, share_of_year
from dtcheck.rules import Finding, Level
from dtcheck.rules.catalogue import CATALOGUE
from dtcheck.targets import Measure, Target, short_path
from dtcheck.units import POINTS, SHARE, format_number

DASH = "–"
FIRST_PLACES = 3
# Where everything is listed: more of one kind are beyond reading.
MOST_PLACES = 100
GROUPS_PER_RULE = 20
STRIVE_MARK = "*"
# What a gap to pace is counted in.
GAP_UNIT = f"个{POINTS}"
# The statuses with a column of their own in tables; the others are 其他.
NAMED = (Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.NO_DATA)
OTHERS = tuple(status for status in Status if status not in NAMED)
LEGEND = (
    f"距序时：数量按完成率减序时进度（{GAP_UNIT}），增速按实际减目标（目标的单位）；负数为落后。",
    "目标是“≤”“<”的，正数为超出。",
    f"带 {STRIVE_MARK} 的是争取目标，加 --strict 才计入退出码。",
)


class ResultLine(NamedTuple):
    """A result in words: cleaned, but not escaped.

    ``was`` is what is said beside the status, in brackets: what a shortfall that has fallen silent
    was when last heard of, or that it was met late.
    The last five are for digests: the course of the year as bars, and for a shortfall how far it
    is behind pace, how far from its goal, since when, and what the bureau will do.
    """

    code: str
    name: str
    section: str
    goal: str
    actual: str
    progress: str
    gap: str
    needed: str
    estimate: str
    lead: str
    note: str
    status: str
    light: Light
    was: str = ""
    trend: str = ""
    behind: str = ""
    short_by: str = ""
    since: str = ""
    measures: str = ""

    @property
    def lamp(self) -> str:
        """The status with the sign of its light."""
        return f"{self.light.sign} {self.status}{self.was}"


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """So many ``findings`` that say the same of ``count`` places."""

    level: Level
    rule: str
    message: str
    hint: str
    count: int
    places: tuple[str, ...]
    findings: int = 1

    @property
    def where(self) -> str:
        """The places, and how many there are if there are more."""
        shown = "、".join(self.places)
        return shown if self.count <= len(self.places) else f"{shown} 等 {self.count} 处"


def clean(text: str) -> str:
    """Return ``text`` without control, format and bidi characters, on one line."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else " " if mark.isspace() else "·" for mark in text)


def amount(value: Fraction, unit: str, *, sign: bool = False) -> str:
    """Return a figure with its unit, to two decimals at most."""
    text = format_number(value, 2, sign=sign)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{unit}" if text not in ("0", "-0") else f"0{unit}"


def head_lines(report: Report, *, dated: bool = True) -> tuple[str, ...]:
    """Return which place, year, file and month, and how much of the year has passed.

    Not ``dated``: without the month, which says nothing where nothing was read.
    """
    file = report.file
    month = report.as_of.month
    gone = format_number(share_of_year(month) * 100, 1)
    return (
        clean(f"{file.place} {file.title}"),
        *((f"截至 {report.as_of}（{report.as_of.words}），全年已过 {gone}%",) if dated else ()),
        clean(
            f"目标文件：{short_path(file.path)}（{len(file.targets)} 项，sha256 {file.sha256[:8]}）· dtcheck {__version__}"
        ),
        *_narrowed(report),
        *((f"不看：{ignored}",) if (ignored := ignored_text(report)) else ()),
    )


def _narrowed(report: Report) -> Iterable[str]:
    policy = report.policy
    parts = []
    if policy.select:
        parts.append("编号 " + "、".join(policy.select))
    if policy.lead:
        parts.append(f"牵头单位 {report.file.bureau(policy.lead) or policy.lead}")
    if parts:
        yield clean(f"只看：{'；'.join(parts)}（{len(report.results)} 项）")


def ignored_text(report: Report) -> str:
    """Return which rules were not looked at, and why, or "".

    It belongs into every result: a silence that nobody sees is forgotten.
    """
    policy = report.policy
    return ignored_rules({rule: policy.reasons.get(rule, "") for rule in policy.ignore})


def ignored_rules(rules: Mapping[str, str]) -> str:
    """Return ids, titles and reasons of rules that were not looked at."""
    parts = []
    for rule, why in sorted(rules.items()):
        parts.append(f"{rule} {CATALOGUE[rule].title}" + (f"（{why}）" if why else ""))
    return clean("；".join(parts))


def result_line(result: Result, report: Report) -> ResultLine:
    """Return one result in words; of a silent shortfall with how far it was by its last figure."""
    heard = result.as_last_heard
    target, verdict, actual = result.target, heard.verdict, result.actual
    unit = result.goal.unit.text
    shown = amount(actual.value, unit) if actual else DASH
    if actual and actual.period != report.as_of:
        shown += f"（{actual.period.month}月）"
    # What it takes, and what will be, was reckoned from a month that is over.
    needed = result.verdict.needed_per_month
    estimate = result.verdict.year_end_estimate
    return ResultLine(
        code=target.code,
        name=name_of(target),
        section=clean(target.section),
        goal=clean(result.goal_text),
        actual=clean(shown),
        progress=percent(verdict.progress),
        gap=gap_text(heard),
        needed=DASH if needed is None else amount(needed, unit),
        estimate=DASH if estimate is None else amount(estimate, unit),
        lead=clean(target.lead),
        note=clean(actual.note) if actual and actual.note else "",
        status=result.status.label,
        light=result.verdict.light,
        was=result.was,
    )


def name_of(target: Target) -> str:
    """Return the name of a target, with its mark if it is a 争取 one."""
    return clean(target.name) + (STRIVE_MARK if target.strive else "")


def percent(share: Fraction | None) -> str:
    """Return a share in percent to one decimal."""
    return DASH if share is None else format_number(share * 100, 1) + "%"


def points(value: Fraction) -> str:
    """Return signed points to one decimal, or to two where one would hide that they are not 0."""
    return format_number(value, 2 if 0 < abs(value) < Fraction(5, 100) else 1, sign=True)


def has_distance(result: Result) -> bool:
    """Whether something is due by now: a distance to nothing says nothing."""
    status = result.status
    return status.is_judged and status is not Status.OPEN and result.verdict.pace != 0


def gap_text(result: Result) -> str:
    """Return the distance to pace: bare points for quantities, with its unit for a rate."""
    verdict = result.verdict
    if not has_distance(result):
        return DASH
    if verdict.gap_to_pace is None:
        gap = verdict.gap_to_goal
        return DASH if gap is None or gap == 0 else amount(gap, result.goal.unit.text, sign=True)
    if verdict.gap_to_pace == 0 and result.status is Status.MISSED and verdict.gap_to_goal:
        # 100 against 超100个: on pace to the dot, and yet one short.
        return amount(verdict.gap_to_goal, result.goal.unit.text, sign=True)
    if result.target.measure is Measure.RATE and result.goal.unit.dimension != SHARE:
        return amount(verdict.gap_to_pace, result.goal.unit.text, sign=True)
    return points(verdict.gap_to_pace)


def asked_text(result: Result) -> str:
    """Return what pace asks of a quantity that is behind, in whole things where it counts some: 1 处; else ""."""
    actual = result.actual
    if result.status is not Status.BEHIND or actual is None:
        return ""
    asked = asked_by(result.target, result.goal, actual.period.month)
    return "" if asked is None else amount(asked, f" {result.goal.unit.text}")


def folded_text(results: Iterable[Result]) -> str:
    """Return how many results are folded away, or "": those that there is nothing to look at."""
    summary = Summary.of(result for result in results if not result.is_told)
    counts = summary.by_status.items()
    return "、".join(f"{status.label} {count} 项" for status, count in counts if count)


SUMMARY_HEADS = ("板块", "指标", *(status.label for status in NAMED), "其他")


def summary_cells(name: str, summary: Summary) -> tuple[str, ...]:
    """Return the cells under ``SUMMARY_HEADS``; 其他 is 基本达到, 进行中, 未到期 and 待定."""
    counts = [summary.by_status[status] for status in NAMED]
    return (clean(name), *map(str, (summary.total, *counts, summary.total - sum(counts))))


def fold_findings(
    findings: Iterable[Finding], *, everything: bool
) -> tuple[tuple[FindingGroup, ...], str]:
    """Return the findings to show, same words as one, heaviest level first, and what is folded.

    Unless everything is asked for, infos are folded, but for assumptions that a reader should check,
    and what a rule says beyond its first places.
    """
    groups = _groups(findings, MOST_PLACES if everything else FIRST_PLACES)
    if everything:
        return groups, ""
    shown: list[FindingGroup] = []
    per_rule: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    for group in groups:
        per_rule[group.rule] += 1
        is_hidden = group.level is Level.INFO and not CATALOGUE[group.rule].is_shown
        if is_hidden or per_rule[group.rule] > GROUPS_PER_RULE:
            folded[group.level.label] += group.findings
        else:
            shown.append(group)
    text = "、".join(f"{label} {count} 条" for label, count in folded.items())
    return tuple(shown), f"另有{text}，--all 列出" if text else ""


def _groups(findings: Iterable[Finding], most: int) -> tuple[FindingGroup, ...]:
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        # What is taken for granted of many files in the same words is said once.
        file = "" if finding.rule.is_shown else finding.place.file
        key = (finding.rule.id, finding.level, finding.message, finding.hint, file)
        groups.setdefault(key, []).append(finding)
    levels = list(Level)
    ordered = sorted(groups.values(), key=lambda same: levels.index(same[0].level))
    return tuple(_group(same, most) for same in ordered)


def _group(same: Sequence[Finding], most: int) -> FindingGroup:
    first = same[0]
    places = [str(first.place)]
    rest = [place for finding in same for place in (finding.place, *finding.more)][1:]
    places.extend(place.beside(first.place) for place in rest[: most - 1])
    return FindingGroup(
        first.level,
        first.rule.id,
        clean(first.message),
        clean(first.hint),
        sum(finding.count for finding in same),
        tuple(clean(place) for place in places),
        len(same),
    )
