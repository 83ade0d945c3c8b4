"""The digest as Markdown: plain tables and lists that GitHub, GitLab, Typora and pandoc agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dtcheck.digest import Digest
from dtcheck.formats.content import DASH, clean, percent
from dtcheck.formats.markdown import escape, table
from dtcheck.judge import Result
from dtcheck.notices import DigestStyle
from dtcheck.notices.figures import (
    NO_REASON,
    ShortLine,
    actual_text,
    name_of,
    pace_gap_text,
    short_figures,
    short_heads,
    short_line,
    sparkline,
)
from dtcheck.notices.lists import (
    BRIEF_SHORT,
    brief_notes,
    change_heading,
    change_lists,
    contradiction_text,
    doubt_lines,
    finding_text,
    ignored_line,
    silent_text,
    unread_line,
)
from dtcheck.notices.tables import Table, bureau_table, section_table, status_table
from dtcheck.notices.words import (
    as_of_line,
    change_line,
    narrowed,
    notes,
    overall_line,
    source_line,
    title,
)

_NUMERALS = "一二三四五六七八九十"
# Wide enough for Word, where each bar is as wide as a Chinese character.
_TREND = "走势（1月起逐月）"


def render(digest: Digest, style: DigestStyle) -> str:
    """Return the digest as Markdown."""
    parts = [f"# {escape(title(digest, style.title))}", *_headline(digest)]
    chapters = _brief(digest) if style.brief else _chapters(digest)
    for numeral, (heading, body) in zip(_NUMERALS, chapters, strict=False):
        parts.extend((f"## {numeral}、{heading}", *body))
    if not style.brief:
        parts.extend(("## 附：全部指标", *_everything(digest)))
        parts.append("说明：")
        parts.append(_list(notes(digest)))
    parts.append(escape(source_line(digest, style.files)))
    return "\n\n".join(parts) + "\n"


def _headline(digest: Digest) -> Iterator[str]:
    if scope := narrowed(digest):
        yield escape(scope)
    if unread := unread_line(digest):
        yield f"**{escape(unread)}**"
    yield f"**{escape(as_of_line(digest) + overall_line(digest))}**"
    yield escape(change_line(digest))
    yield _counts(status_table(digest))


def _chapters(digest: Digest) -> Iterator[tuple[str, Iterable[str]]]:
    yield "分板块情况", [_counts(section_table(digest), texts=2)]
    yield f"缺口（{len(digest.shortfalls)}项）", _shortfalls(digest)
    yield change_heading(digest), _changes(digest)
    yield "应报未报", _silent(digest)
    yield "各单位情况", [_counts(bureau_table(digest))]
    yield "存疑数据", _doubtful(digest)
    if digest.contradictions:
        yield "不能同时实现的目标", [_list(map(contradiction_text, digest.contradictions))]


def _brief(digest: Digest) -> Iterator[tuple[str, Iterable[str]]]:
    """One page: what a leader has to know if nothing else is read."""
    yield "分板块情况", [_counts(section_table(digest), texts=2)]
    count = len(digest.shortfalls)
    lines = [short_line(result, digest) for result in digest.shortfalls[:BRIEF_SHORT]]
    shown = [_short_table(lines, digest, brief=True)] if lines else ["没有缺口。"]
    if count > len(lines):
        shown.append(f"另有缺口{count - len(lines)}项，见全文。")
    yield f"最突出的缺口（共{count}项）", shown
    yield "需要注意", [_list(brief_notes(digest))]


def _counts(counts: Table, texts: int = 1) -> str:
    """Return a table whose first columns are ``texts``, the others numbers."""
    heads, rows = counts
    align = ["left"] * texts + ["right"] * (len(heads) - texts)
    return table(map(_escaped, rows), heads, align)


def _shortfalls(digest: Digest) -> Iterator[str]:
    if not digest.shortfalls:
        yield "没有缺口。"
    for section, results in digest.shortfalls_by_section:
        lines = [short_line(result, digest) for result in results]
        yield f"### {escape(clean(section.name))}（{_counted(lines)}）"
        yield _short_table(lines, digest)
        yield _list(_reasons(lines))


def _counted(lines: Sequence[ShortLine]) -> str:
    """Return how many are 欠序时 and 未完成: in one month both occur only where a limit is broken."""
    counts = Counter(line.status for line in lines)
    return "、".join(f"{status}{count}项" for status, count in counts.items())


def _short_table(lines: Iterable[ShortLine], digest: Digest, *, brief: bool = False) -> str:
    """Return the shortfalls as a table; a brief one goes without the course of the year."""
    figures = short_heads(digest)
    heads = ("灯", "指标", *figures, "起始", *(() if brief else (_TREND,)), "牵头单位")
    align = ["right" if head in figures else "left" for head in heads]
    rows = [
        (
            line.sign,
            f"{line.code} {line.name}",
            *short_figures(line, digest),
            line.since,
            *(() if brief else (line.trend,)),
            line.lead,
        )
        for line in lines
    ]
    return table(map(_escaped, rows), heads, align)


def _reasons(lines: Iterable[ShortLine]) -> list[str]:
    """What the bureaus say, and last who says nothing."""
    given = [line for line in lines if line.reason != NO_REASON]
    silent = [line for line in lines if line.reason == NO_REASON]
    said = [f"{line.code} {line.name}，{line.lead}说明：{line.reason}" for line in given]
    if silent:
        names = "、".join(f"{line.code} {line.name}（{line.lead}）" for line in silent)
        said.append(f"{NO_REASON}：{names}")
    return said


def _changes(digest: Digest) -> Iterator[str]:
    if digest.before is None:
        yield "没有以前月份的数，不作比较。"
    else:
        yield _list(
            f"{name}（{count}项）：{'、'.join(texts)}" if count else f"{name}：没有"
            for name, count, texts in change_lists(digest)
        )
    if digest.corrections:
        yield "以前月份的数有更正，已按新数计算："
        yield _list(map(finding_text, digest.corrections))


def _silent(digest: Digest) -> Iterator[str]:
    if not digest.silent_by_bureau:
        yield "应报的都已报送。"
        return
    rows = [
        (clean(lead), str(len(results)), "、".join(silent_text(each, digest) for each in results))
        for lead, results in digest.silent_by_bureau.items()
    ]
    yield table(map(_escaped, rows), ("单位", "项数", "指标"), ("left", "right", "left"))


def _doubtful(digest: Digest) -> Iterator[str]:
    lines = []
    for bureau, findings in digest.doubtful.items():
        lines.append(f"- {escape(clean(bureau))}（{len(findings)}条）")
        lines.extend(f"  - {escape(text)}" for text in doubt_lines(findings, digest))
    yield "\n".join(lines) or "没有存疑的数据。"
    if ignored := ignored_line(digest):
        yield escape(ignored)


def _everything(digest: Digest) -> Iterator[str]:
    heads = ("编号", "指标", "目标", "实际", "完成率", "距序时", _TREND, "牵头单位", "状态")
    align = ("left", "left", "right", "right", "right", "right", "left", "left", "left")
    for section in digest.report.sections:
        rows = [_escaped(_full_cells(each, digest)) for each in digest.report.of_section(section)]
        yield f"### {escape(clean(section.name))}：{escape(clean(section.heading))}"
        yield table(rows, heads, align)


def _full_cells(result: Result, digest: Digest) -> tuple[str, ...]:
    target, verdict = result.target, result.verdict
    track = digest.tracks[target.code]
    return (
        target.code,
        name_of(result),
        clean(result.goal.text),
        actual_text(result, digest),
        percent(verdict.progress),
        pace_gap_text(result),
        sparkline(track, digest.month) if track.points else DASH,
        clean(target.lead),
        f"{result.status.sign(verdict.light)} {result.status.label}",
    )


def _escaped(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(escape, cells))


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {escape(text)}" for text in texts)
