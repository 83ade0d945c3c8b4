"""The digest in the words of a notice (督查通报), shared by its Markdown and its page.

All texts from outside are cleaned here; escaping is the formats' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import PurePath

from dtcheck.actuals import Period
from dtcheck.actuals.periods import period_of_path
from dtcheck.digest import Contradiction, Digest, Track
from dtcheck.formats.content import DASH, STRIVE_MARK, amount, clean, points, share_kept
from dtcheck.judge import Light, Result, Status, Summary
from dtcheck.rules import Finding, NoReason, Place, Rule, Stale
from dtcheck.targets import Measure
from dtcheck.units import SHARE, Unit, format_number

POINTS = "个百分点"
BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
NAMED = (Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED, Status.NO_DATA)
OTHERS = tuple(status for status in Status if status not in NAMED)
NO_REASON = "未说明原因"
_NOTES = (
    "完成率：累计数占全年目标的比重；有上年基数的总量，按增量算；增速按实际占目标的比重。",
    "落后：数量指标为完成率与序时进度之差，增速为与目标之差。各数由原始数算出后四舍五入，与表中数直接相减可能相差0.1。",
    "每月需：从下月起到12月，平均每月要完成的数。年底预计：照目前进度到年底的数，不是预测。",
    f"走势：从1月起逐月，{BARS[-1]}为目标（超过目标的为最高的数），{GAP}为当月没有数，不是零。",
    "达标率：已完成、达序时占应评指标的比重；进行中、未到期、待定不在应评之内，未填报在内。",
    f"带 {STRIVE_MARK} 的是争取目标。",
)


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A shortfall in words."""

    code: str
    name: str
    sign: str
    status: str
    light: Light
    goal: str
    actual: str
    progress: str
    behind: str
    needed: str
    estimate: str
    since: str
    trend: str
    lead: str
    reason: str


def notes(digest: Digest) -> tuple[str, ...]:
    """Return how the figures and lights are to be read."""
    cuts = digest.report.policy.cuts
    red = f"落后{format_number(cuts.red_points)}{POINTS}以上，或增速低于目标的差距达目标的{percent(cuts.red_rate_share)}"
    lights = f"灯：√ 绿，△ 黄，× 红（{red}），○ 蓝（年底才能判断），– 灰（没有数）。"
    return (*_NOTES, lights)


def title(digest: Digest, chosen: str | None) -> str:
    """Return the heading: as chosen, else in the usual words."""
    if chosen:
        return clean(chosen)
    file = digest.report.file
    return clean(f"{file.place}{_span(digest)}《政府工作报告》量化目标完成情况通报")


def _span(digest: Digest) -> str:
    year, month = digest.report.as_of.year, digest.month
    words = {6: "上半年", 12: "全年", 1: "1月"}
    return f"{year}年{words.get(month, f'1—{month}月')}"


def narrowed(digest: Digest) -> str:
    """Return what the digest is narrowed to, or ""."""
    report = digest.report
    parts = []
    if report.policy.lead:
        parts.append(f"{report.file.bureau(report.policy.lead) or report.policy.lead}牵头")
    if report.policy.select:
        parts.append(f"编号以 {'、'.join(report.policy.select)} 开头")
    whole = len(report.file.targets)
    return clean(
        f"范围：{'，'.join(parts)}的 {len(report.results)} 项（全部 {whole} 项）。" if parts else ""
    )


def as_of_line(digest: Digest) -> str:
    """Return as of when, how much of the year is gone, and which months are missing."""
    month, year = digest.month, digest.report.as_of.year
    gone = format_number(Fraction(month * 100, 12), 1)
    line = f"截至{year}年{month}月底，全年时间已过{gone}%。"
    missing = [str(each) for each in range(1, month + 1) if each not in digest.months]
    return line + (f"（{'、'.join(missing)}月没有收到任何数据。）" if missing else "")


def overall_line(digest: Digest) -> str:
    """Return how many of how many are where."""
    summary = digest.report.summary
    counts = [f"{status.label}{summary.by_status[status]}项" for status in NAMED]
    others = [
        f"{status.label}{summary.by_status[status]}项"
        for status in OTHERS
        if summary.by_status[status]
    ]
    kept = share_kept(summary)
    return (
        f"量化目标共{summary.total}项：{'、'.join(counts)}"
        + (f"；另有{'、'.join(others)}" if others else "")
        + "。"
        + (f"达标率{percent(kept)}。" if kept is not None else "")
    )


def change_line(digest: Digest) -> str:
    """Return the change against the month before, in words."""
    if digest.before is None:
        return "没有以前月份的数，不作比较。"
    now, then = digest.report.summary, digest.before.summary
    parts = [
        f"{status.label}{'增加' if change > 0 else '减少'}{abs(change)}项"
        for status in Status
        if (change := now.by_status[status] - then.by_status[status])
    ]
    month = digest.before.as_of.month
    gap = "" if month == digest.month - 1 else "（其间没有数据）"
    kept, kept_then = share_kept(now), share_kept(then)
    moved = ""
    if kept is not None and kept_then is not None and kept != kept_then:
        points_ = format_number(abs(kept - kept_then) * 100, 1)
        moved = f"；达标率{'提高' if kept > kept_then else '下降'}{points_}{POINTS}"
    if not parts and not moved:
        return f"与{month}月底{gap}相比没有变化。"
    return f"与{month}月底{gap}相比：{'、'.join(parts) or '各类项数不变'}{moved}。"


def status_rows(digest: Digest) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heads and rows of the table of statuses: now, before, and the change."""
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


def signed(count: int) -> str:
    """Return a change with its sign; no change is 0."""
    return f"{count:+d}" if count else "0"


def percent(share: Fraction | None) -> str:
    """Return a share in percent to one decimal."""
    return DASH if share is None else format_number(share * 100, 1) + "%"


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


def light_counts(results: Iterable[Result]) -> dict[Light, int]:
    """Return how many results show each light, red first."""
    order = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.GREY)
    lights = [result.verdict.light for result in results]
    return {light: lights.count(light) for light in order}


def section_light(results: Sequence[Result]) -> str:
    """Return the worst light of a section as its sign, with how many are red and yellow."""
    counts = light_counts(results)
    parts = [f"{name}{counts[light]}" for light, name in _WORST if counts[light]]
    if counts[Light.RED]:
        return "× " + " ".join(parts)
    if counts[Light.YELLOW]:
        return "△ " + " ".join(parts)
    return "√" if counts[Light.GREEN] else "○" if counts[Light.BLUE] else DASH


_WORST = ((Light.RED, "红"), (Light.YELLOW, "黄"))


def short_line(result: Result, digest: Digest) -> ShortLine:
    """Return one shortfall in words."""
    target, verdict, actual = result.target, result.verdict, result.actual
    track = digest.tracks[target.code]
    unit = result.goal.unit.text
    since = track.short_since
    return ShortLine(
        code=target.code,
        name=name_of(result),
        sign=result.status.sign(verdict.light),
        status=result.status.label,
        light=verdict.light,
        goal=clean(result.goal.text),
        actual=actual_text(result, digest),
        progress=percent(verdict.progress),
        behind=behind_text(result),
        needed=_or_dash(verdict.needed_per_month, unit),
        estimate=_or_dash(verdict.year_end_estimate, unit) if digest.month < 12 else DASH,
        since=DASH if since is None else "本月起" if since == digest.month else f"{since}月起",
        trend=sparkline(track, digest.month),
        lead=clean(target.lead),
        reason=clean(actual.note) if actual and actual.note else NO_REASON,
    )


def name_of(result: Result) -> str:
    """Return the name of a target, with its mark if it is a 争取 one."""
    return clean(result.target.name) + (STRIVE_MARK if result.target.strive else "")


def actual_text(result: Result, digest: Digest) -> str:
    """Return the actual with its unit, and its month where that is an earlier one."""
    if result.actual is None:
        return DASH
    text = amount(result.actual.value, result.goal.unit.text)
    month = result.actual.period.month
    return text if month == digest.month else f"{text}（{month}月）"


def _or_dash(value: Fraction | None, unit: str) -> str:
    return DASH if value is None else amount(value, unit)


def behind_text(result: Result) -> str:
    """Return how far a shortfall is behind, unsigned: points, or its unit where none apply."""
    verdict = result.verdict
    if verdict.gap_to_pace and verdict.pace != 0:
        return _distance(verdict.gap_to_pace, result)
    gap = verdict.gap_to_goal or Fraction(0)
    return ("超出" if result.goal.is_limit else "差") + difference(abs(gap), result.goal.unit)


def pace_gap_text(result: Result) -> str:
    """Return the signed distance to pace of any result, with its unit."""
    verdict = result.verdict
    idle = result.status in (Status.OPEN, Status.NO_DATA, Status.NOT_DUE, Status.UNDECIDED)
    if idle or verdict.gap_to_pace is None or verdict.pace == 0:
        return DASH
    sign = "+" if verdict.gap_to_pace > 0 else "-" if verdict.gap_to_pace < 0 else ""
    return sign + _distance(verdict.gap_to_pace, result)


def _distance(gap: Fraction, result: Result) -> str:
    """Return an unsigned gap to pace: points for quantities, for rates a difference."""
    if result.target.measure is Measure.RATE:
        return difference(abs(gap), result.goal.unit)
    return points(abs(gap)).lstrip("+") + POINTS


def difference(value: Fraction, unit: Unit) -> str:
    """Return a difference of two figures: of shares it is in points."""
    if unit.dimension == SHARE:
        return points(value).lstrip("+") + POINTS
    return amount(value, unit.text)


def sparkline(track: Track, until: int) -> str:
    """Return a bar a month from January; a month without a figure is a gap.

    The full bar is the goal, or the highest figure above it. Flows stand on 0, others on their
    lowest figure, for which the shape tells more than the distance to 0.
    """
    heights = scaled(track)
    return "".join(
        BARS[int(heights[month] * (len(BARS) - 1))] if month in heights else GAP
        for month in range(1, until + 1)
    )


def scaled(track: Track) -> dict[int, Fraction]:
    """Return each month's figure as a height from 0 to 1."""
    low, high = scale_of(track)
    full = Fraction(0 if track.target.measure is Measure.FLOW else 1)
    return {
        month: (value - low) / (high - low) if high > low else full
        for month, value in _values(track).items()
    }


def scale_of(track: Track) -> tuple[Fraction, Fraction]:
    """Return the figures that stand for the heights 0 and 1."""
    values = _values(track).values()
    if not values:
        return Fraction(0), Fraction(0)
    goal = next(iter(track.points.values())).goal.threshold
    floor = Fraction(0) if track.target.measure is Measure.FLOW else min(values)
    return min(floor, *values), max(goal, *values)


def _values(track: Track) -> dict[int, Fraction]:
    return {month: result.actual.value for month, result in track.points.items() if result.actual}


def moved_text(result: Result, digest: Digest) -> str:
    """Return a shortfall's distance before and now."""
    before = digest.tracks[result.target.code].before(digest.month)
    then = behind_text(before).removesuffix(POINTS) if before else DASH
    return f"{label(result)}（{then}→{behind_text(result)}）"


def fell_text(result: Result, digest: Digest) -> str:
    """Return a figure that fell back, before and now."""
    before = digest.tracks[result.target.code].before(digest.month)
    unit = result.goal.unit.text
    then = amount(before.actual.value, unit) if before and before.actual else DASH
    now = amount(result.actual.value, unit) if result.actual else DASH
    return f"{label(result)}（{then}→{now}）"


def label(result: Result) -> str:
    """Return code and name."""
    return f"{result.target.code} {name_of(result)}"


def change_lists(digest: Digest) -> list[tuple[str, int, list[str]]]:
    """Return what changed against the month before: the subject, how many, and which.

    Of what gets nearer only the codes: nobody has to act on it.
    """
    narrowing = [each.target.code for each in digest.narrowing]
    return [
        ("新增缺口", len(digest.newly_behind), [label(each) for each in digest.newly_behind]),
        (
            "赶上进度",
            len(digest.caught_up),
            [f"{label(each)}（{each.status.label}）" for each in digest.caught_up],
        ),
        (
            "差距扩大",
            len(digest.widening),
            [moved_text(each, digest) for each in digest.widening],
        ),
        ("差距缩小", len(narrowing), narrowing),
        (
            "比上期回落",
            len(digest.fell_back),
            [fell_text(each, digest) for each in digest.fell_back],
        ),
    ]


def change_heading(digest: Digest) -> str:
    """Return the heading of the chapter of changes."""
    return f"与{digest.before.as_of.month}月相比" if digest.before else "与以前月份相比"


def change_head(digest: Digest) -> str:
    """Return the head of a column of changes."""
    return f"较{digest.before.as_of.month}月" if digest.before else "较以前"


def brief_notes(digest: Digest) -> list[str]:
    """Return the rest of a one-page digest, a line a subject."""
    silent = [f"{lead}{len(results)}项" for lead, results in digest.silent_by_bureau.items()]
    return [
        f"新增缺口：{_labels(digest.newly_behind)}。",
        f"赶上进度：{_labels(digest.caught_up)}。",
        clean(f"应报未报：{'、'.join(silent) or '没有'}。"),
        clean(f"存疑数据：{_doubt_counts(digest)}。"),
        *(f"目标矛盾：{contradiction_text(each)}" for each in digest.contradictions),
    ]


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


def source_line(digest: Digest, files: int) -> str:
    """Return what the digest was made from."""
    file = digest.report.file
    return clean(
        f"本通报由 dtcheck 依据 {files} 份报数表和目标文件 {file.path}（{len(file.targets)} 项）汇编，"
        "数字为各单位所报，未经核实。"
    )


def silent_text(result: Result) -> str:
    """Return what is not submitted, and what was last heard of it."""
    if result.actual is None:
        return label(result)
    last = amount(result.actual.value, result.goal.unit.text)
    return f"{label(result)}（上次为{result.actual.period.month}月：{last}）"


def contradiction_text(contradiction: Contradiction) -> str:
    """Return why two goals can't both come true, and what it would take."""
    relation, total, added = contradiction.relation, contradiction.total, contradiction.added
    unit = total.goal.unit.text
    just = amount(added.goal.required, added.goal.unit.text)
    return clean(
        f"{added.code} {added.name}（{added.goal.text}）与 {total.code} {total.name}（{total.goal.text}）："
        f"上年末{amount(relation.last, unit)}，加{just}{'等于' if relation.net else '，最多'}"
        f"{amount(contradiction.sum, unit)}，达不到{total.goal.text}；"
        f"要达到总数，{'净增' if relation.net else '新增'}至少要有"
        f"{amount(contradiction.needed, added.goal.unit.text)}。"
    )


def doubt_lines(findings: Sequence[Finding], digest: Digest) -> list[str]:
    """Return what is doubtful at one bureau: this month's in full, what is older in short."""
    folded = {rule: _codes(findings, rule) for rule in _FOLDED_RULES}
    rest = [each for each in findings if each.rule not in _FOLDED_RULES]
    fresh = [each for each in rest if _filed(each) in (None, digest.report.as_of)]
    old = [each for each in rest if each not in fresh]
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


_FOLDED_RULES = {NoReason: "有缺口而未说明原因", Stale: "数字过时"}
_MOST_FINDINGS = 8
_MOST_OLD = 5


def _codes(findings: Iterable[Finding], rule: type[Rule]) -> list[str]:
    return list(dict.fromkeys(each.code for each in findings if each.rule is rule and each.code))


def _filed(finding: Finding) -> Period | None:
    return period_of_path(finding.place.file)


def _short_place(place: Place) -> str:
    """Return a place by its last folder and file: the rest of the path is the same for all."""
    path = PurePath(place.file)
    return str(replace(place, file="/".join(path.parts[-2:]), column=None))


def finding_text(finding: Finding) -> str:
    """Return what is doubtful, with its rule and place."""
    known = finding.code is None or finding.code in finding.message
    about = "" if known else f"{finding.code}："
    more = f" 等{finding.count}处" if finding.count > 1 else ""
    where = f"{finding.rule.id}，{_short_place(finding.place)}{more}"
    return clean(f"{about}{finding.message}（{where}）")
