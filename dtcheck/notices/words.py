"""The notice (督查通报) in words: heading, headline, sums, and how to read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dtcheck.digest import Digest
from dtcheck.formats.content import (
    GAP_UNIT,
    NAMED,
    OTHERS,
    STRIVE_MARK,
    clean,
    percent,
)
from dtcheck.judge import WORST_FIRST, Light, Result, Status
from dtcheck.judge.pace import share_of_year
from dtcheck.notices.figures import BARS, NO_FIGURE
from dtcheck.targets import short_path
from dtcheck.targets.model import DECEMBER
from dtcheck.units import format_number

_KEPT = "达标率：已完成、达序时占应评指标的比重；进行中、未到期、待定不在应评之内，未填报在内。"
_ANNEXED = (
    "完成率：累计数占全年目标的比重；有上年基数的总量，按增量算；增速按实际占目标的比重。",
    "落后：数量指标为完成率与序时进度之差，增速为与目标之差。各数由原始数算出后四舍五入，与表中数直接相减可能相差0.1。",
)
# How the bars of a text are to be read; a page draws lines, and says so beside them.
TREND_NOTE = f"走势：从1月起逐月，{BARS[-1]}为目标（超过目标的为最高的数），{NO_FIGURE}为当月没有数，不是零。"
_TO_COME = "每月需：从下月起到12月，平均每月要完成的数。年底预计：照目前进度到年底的数，不是预测。"
_AT_THE_END = "差距：总量为与目标之差，数量、增速同上。差额：与目标之差。"
_ORDER = f"缺口按差距从大到小排列：先红灯后黄灯，增速（12月还有总量）按差距占目标的比重与数量指标的百分点一起排。带 {STRIVE_MARK} 的是争取目标。"


def notes(digest: Digest) -> tuple[str, ...]:
    """Return how the figures and lights are to be read; of the columns that the month has."""
    is_over = digest.month == DECEMBER
    return (
        _ANNEXED[0],
        _ANNEXED[1].replace("落后", "差距、距序时" if is_over else "落后、距序时", 1),
        _AT_THE_END if is_over else _TO_COME,
        _KEPT,
        _ORDER,
        _lights_note(digest),
    )


def annex_notes(digest: Digest, *, counts: bool = True) -> tuple[str, ...]:
    """Return how annexed tables, with or without ``counts``, are to be read, and their worth."""
    worth = f"数字为各单位所报，未经核实。带 {STRIVE_MARK} 的是争取目标。"
    figures = (_ANNEXED[0], _ANNEXED[1].replace("落后", "距序时", 1))
    return (*figures, *((_KEPT,) if counts else ()), _lights_note(digest), worth)


def _lights_note(digest: Digest) -> str:
    cuts = digest.report.policy.cuts
    red = f"落后{format_number(cuts.red_points)}{GAP_UNIT}以上，或增速低于目标的差距达目标的{percent(cuts.red_rate_share)}"
    meanings = {Light.RED: red, Light.BLUE: "年底才能判断", Light.GREY: "没有数"}
    order = (Light.GREEN, Light.YELLOW, Light.RED, Light.BLUE, Light.GREY)
    lights = "，".join(
        f"{each.sign} {each.label}" + (f"（{meanings[each]}）" if each in meanings else "")
        for each in order
    )
    return f"灯：{lights}。"


def title(digest: Digest, chosen: str | None) -> str:
    """Return the heading: as chosen, else in the usual words."""
    if chosen:
        return clean(chosen)
    file = digest.report.file
    return clean(f"{file.place}{span(digest)}《政府工作报告》量化目标完成情况通报")


def span(digest: Digest) -> str:
    """Return the months that a digest is about."""
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
    gone = format_number(share_of_year(month) * 100, 1)
    line = f"截至{year}年{month}月底，全年时间已过{gone}%。"
    silent = [str(each) for each in range(1, month + 1) if each not in digest.received]
    useless = [
        str(each)
        for each in range(1, month + 1)
        if each in digest.received and each not in digest.months
    ]
    said = [f"{'、'.join(silent)}月没有收到任何数据"] if silent else []
    said += [f"{'、'.join(useless)}月没有报来能用的数"] if useless else []
    return line + (f"（{'，'.join(said)}。）" if said else "")


def overall_line(digest: Digest) -> str:
    """Return how many of how many are where."""
    summary = digest.now.summary
    counts = [f"{tile.label}{summary.by_status[tile]}项" for tile in told_statuses(digest)]
    others = [
        f"{status.label}{summary.by_status[status]}项"
        for status in OTHERS
        if summary.by_status[status]
    ]
    kept = summary.share_kept
    return (
        f"量化目标共{summary.total}项：{'、'.join(counts)}"
        + (f"；另有{'、'.join(others)}" if others else "")
        + "。"
        + (f"达标率{percent(kept)}。" if kept is not None else "")
    )


def told_statuses(digest: Digest) -> tuple[Status, ...]:
    """Return the statuses that are always counted, but for those that nothing is of in either month.

    Before December hardly anything can be 未完成, and in December nothing 欠序时.
    """
    then = digest.before.summary.by_status if digest.before else {}
    now = digest.now.summary.by_status
    return tuple(
        status for status in NAMED if not status.is_shortfall or now[status] or then.get(status)
    )


def change_line(digest: Digest) -> str:
    """Return the change against the month before, in words."""
    if digest.before is None:
        return "没有以前月份的数，不作比较。"
    now, then = digest.now.summary, digest.before.summary
    parts = [
        f"{status.label}{'增加' if change > 0 else '减少'}{abs(change)}项"
        for status in Status
        if (change := now.by_status[status] - then.by_status[status])
    ]
    month = digest.before.as_of.month
    gap = "" if month == digest.month - 1 else "（其间没有数据）"
    kept, kept_then = now.share_kept, then.share_kept
    moved = ""
    if kept is not None and kept_then is not None and kept != kept_then:
        points_ = format_number(abs(kept - kept_then) * 100, 1)
        moved = f"；达标率{'提高' if kept > kept_then else '下降'}{points_}{GAP_UNIT}"
    moved += _reds(digest)
    if not parts and not moved:
        return f"与{month}月底{gap}相比没有变化。"
    return f"与{month}月底{gap}相比：{'、'.join(parts) or '各类项数不变'}{moved}。"


def _reds(digest: Digest) -> str:
    """Return how many more, or fewer, are red than in the notice before."""
    if digest.before is None:
        return ""
    then, now = (
        sum(result.verdict.light is Light.RED for result in each.results)
        for each in (digest.before, digest.now)
    )
    if then == now:
        return ""
    return f"；亮红灯由{then}项{'增加' if now > then else '减少'}到{now}项"


def light_counts(results: Iterable[Result]) -> dict[Light, int]:
    """Return how many results show each light, worst first, without those that none shows."""
    counts = Counter(result.verdict.light for result in results)
    return {light: counts[light] for light in WORST_FIRST if counts[light]}


def section_light(results: Sequence[Result]) -> str:
    """Return the worst light of a section as its sign, and how many are red, yellow and missing."""
    counts = light_counts(results)
    missing = sum(result.status is Status.NO_DATA for result in results)
    bad = [light for light in (Light.RED, Light.YELLOW) if light in counts]
    # Nobody knows how what is missing would look: never green.
    worst = bad[0] if bad else Light.GREY if missing else next(iter(counts), Light.GREY)
    parts = [f"{light.label}{counts[light]}" for light in bad]
    return " ".join([worst.sign, *parts, *[f"缺{missing}"] * (missing > 0)])


def source_line(digest: Digest) -> str:
    """Return what the digest was made from."""
    file = digest.report.file
    return clean(
        f"本通报由 dtcheck 依据 {digest.files} 份报数表和目标文件 {short_path(file.path)}（{len(file.targets)} 项）汇编，"
        "数字为各单位所报，未经核实。"
    )
