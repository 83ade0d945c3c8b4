"""The notice as Markdown: plain tables and lists that GitHub, GitLab, Typora and pandoc agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dtcheck.formats.content import ResultLine
from dtcheck.formats.markdown import escape, table
from dtcheck.notices.figures import NO_REASON
from dtcheck.notices.gaps import said_of
from dtcheck.notices.notice import Notice
from dtcheck.notices.tables import Table
from dtcheck.notices.words import TREND_NOTE

_NUMERALS = "一二三四五六七八九十"
# Wide enough for Word, where each bar is as wide as a Chinese character.
_TREND = "走势（1月起逐月）"


def render(notice: Notice) -> str:
    """Return the notice as Markdown."""
    parts = [f"# {escape(notice.title)}", *_headline(notice)]
    chapters = _brief(notice) if notice.brief else _chapters(notice)
    for numeral, (heading, body) in zip(_NUMERALS, chapters, strict=False):
        parts.extend((f"## {numeral}、{heading}", *body))
    if not notice.brief:
        parts.extend(
            ("## 附：全部指标", *_everything(notice), "说明：", _list((*notice.notes, TREND_NOTE)))
        )
    parts.append(escape(notice.source))
    return "\n\n".join(parts) + "\n"


def _headline(notice: Notice) -> Iterator[str]:
    if notice.scope:
        yield escape(notice.scope)
    if notice.unread:
        yield f"**{escape(notice.unread)}**"
    if notice.few:
        yield f"**{escape(notice.few)}**"
    yield f"**{escape(notice.headline)}**"
    yield escape(notice.change)
    yield _counts(notice.statuses)


def _chapters(notice: Notice) -> Iterator[tuple[str, Iterable[str]]]:
    yield "分板块情况", [_counts(notice.section_counts)]
    yield f"缺口（{notice.short_count}项）", _shortfalls(notice)
    yield notice.change_heading, _changes(notice)
    yield "报送情况", _reporting(notice)
    yield "各单位情况", [_counts(notice.bureaus)]
    if notice.contradictions:
        yield "不能同时实现的目标", [_list(notice.contradictions)]


def _brief(notice: Notice) -> Iterator[tuple[str, Iterable[str]]]:
    """One page: what a leader has to know if nothing else is read."""
    yield "分板块情况", [_counts(notice.section_counts)]
    shown = [_short_table(notice.worst, notice)] if notice.worst else ["没有缺口。"]
    if notice.silent:
        shown.append(escape(notice.silent))
    if notice.short_count > len(notice.worst):
        shown.append(f"另有缺口{notice.short_count - len(notice.worst)}项，见全文。")
    yield f"最突出的缺口（共{notice.short_count}项）", shown
    yield "需要注意", [_list(notice.brief_notes)]


def _counts(counts: Table) -> str:
    align = ["left"] * counts.texts + ["right"] * (len(counts.heads) - counts.texts)
    return table(map(_escaped, counts.rows), counts.heads, align)


def _shortfalls(notice: Notice) -> Iterator[str]:
    if not notice.shortfalls:
        yield "没有缺口。"
    if notice.silent:
        yield escape(notice.silent)
    for name, lines in notice.shortfalls:
        yield f"### {escape(name)}（{_counted(lines)}）"
        yield _short_table(lines, notice)
        yield _list(_reasons(lines))


def _counted(lines: Sequence[ResultLine]) -> str:
    """Return how many are 欠序时 and 未完成: in one month both occur only where a limit is broken."""
    counts = Counter(line.status for line in lines)
    return "、".join(f"{status}{count}项" for status, count in counts.items())


def _short_table(lines: Iterable[ResultLine], notice: Notice) -> str:
    """Return the shortfalls as a table; a brief one goes without the course of the year."""
    figures = [head for head, _ in notice.short_columns]
    heads = ("灯", "指标", *figures, "起始", *(() if notice.brief else (_TREND,)), "牵头单位")
    align = ["right" if head in figures else "left" for head in heads]
    rows = [
        (
            line.light.sign,
            f"{line.code} {line.name}",
            *(getattr(line, field) for _, field in notice.short_columns),
            line.since,
            *(() if notice.brief else (line.trend,)),
            line.lead,
        )
        for line in lines
    ]
    return table(map(_escaped, rows), heads, align)


def _reasons(lines: Iterable[ResultLine]) -> list[str]:
    """What the bureaus say, and last who says nothing."""
    said, unsaid = [], []
    for line in lines:
        if line.note or line.measures:
            said.append(f"{line.code} {line.name}，{line.lead}：{'；'.join(said_of(line))}。")
        else:
            unsaid.append(f"{line.code} {line.name}（{line.lead}）")
    return [*said, f"{NO_REASON}：{'、'.join(unsaid)}"] if unsaid else said


def _changes(notice: Notice) -> Iterator[str]:
    if notice.compared:
        yield _list(
            f"{name}（{count}项）：{'、'.join(texts)}" if count else f"{name}：没有"
            for name, count, texts in notice.changes
        )
    else:
        yield "没有以前月份的数，不作比较。"
    if notice.amended:
        yield f"以前月份有更正或补报的，已按新数计算。{escape(notice.amended_sum)}"
        yield _list(notice.amended)


def _reporting(notice: Notice) -> Iterator[str]:
    yield escape(notice.reporting)
    yield _counts(notice.reporting_counts)
    if not notice.overdue:
        yield escape(notice.all_there)
        return
    rows = [(lead, str(count), "、".join(texts)) for lead, count, texts in notice.overdue]
    yield table(map(_escaped, rows), ("应报未报", "项数", "指标"), ("left", "right", "left"))


def _everything(notice: Notice) -> Iterator[str]:
    heads = ("编号", "指标", "目标", "实际", "完成率", "距序时", _TREND, "牵头单位", "状态")
    align = ("left", "left", "right", "right", "right", "right", "left", "left", "left")
    for part in notice.parts:
        yield f"### {escape(part.name)}：{escape(part.heading)}"
        yield table([_escaped(_cells(line)) for line in part.lines], heads, align)


def _cells(line: ResultLine) -> tuple[str, ...]:
    figures = (line.goal, line.actual, line.progress, line.gap, line.trend)
    return (line.code, line.name, *figures, line.lead, line.lamp)


def _escaped(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(escape, cells))


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {escape(text)}" for text in texts)
