"""The table for terminals, drawn by rich."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from dtcheck.formats.closing import closing_line
from dtcheck.formats.content import (
    DASH,
    LEGEND,
    SUMMARY_HEADS,
    FindingGroup,
    clean,
    fold_findings,
    folded_text,
    head_lines,
    percent,
    result_line,
    summary_cells,
)
from dtcheck.formats.scope import Scope, must_mend, scope_of
from dtcheck.formats.style import Style
from dtcheck.judge import Light, Report, Result, Summary
from dtcheck.rules import Level
from dtcheck.targets import Section

_WIDE = 110
_BAR = 10
# SIMPLE_HEAD without line-drawing characters. Columns are parted by the divider, a space: cells with
# padding take rich half as long again to draw.
_ASCII_HEAD = Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)
_COLORS = {
    Light.GREEN: "green",
    Light.YELLOW: "yellow",
    Light.RED: "bold red",
    Light.BLUE: "blue",
    Light.GREY: "bright_black",
}
_LEVEL_COLORS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "bright_black"}


class Cell:
    """A text that is wrapped only where it doesn't fit: rich's wrapping took most of a run's time."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style
        self.width = cell_len(text)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        del console, options
        return Measurement(self.width, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        spare = options.max_width - self.width
        if spare < 0:
            yield Text(self.text, self.style)
            return
        indent = " " * spare if options.justify == "right" else ""
        yield Segment(indent + self.text, console.get_style(self.style))


def render(report: Report, style: Style) -> str:
    """Return the report as a table of ``style.width`` columns, with colour if asked for."""
    return draw(_parts(report, style), style)


def draw(parts: Iterable[RenderableType], style: Style) -> str:
    """Return what rich makes of ``parts``, one below the other."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=style.width,
        color_system="standard" if style.color else None,
        force_terminal=style.color,
        no_color=not style.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(Group(*(Text(part) if isinstance(part, str) else part for part in parts)))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def plain_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], style: Style, spare: int = 1
) -> RenderableType:
    """Return a table of texts in the house's looks; column ``spare`` takes the spare room."""
    table = Table(box=_box(style), padding=0, show_edge=False, pad_edge=False)
    for index, head in enumerate(heads):
        ratio = 1 if index == spare else None
        table.add_column(head, overflow="fold", ratio=ratio, no_wrap=index == 0 and not ratio)
    for row in rows:
        table.add_row(*map(Cell, row))
    return Padding(table, (0, 0, 1, 2))


def _parts(report: Report, style: Style) -> list[RenderableType]:
    scope = scope_of(report, style)
    first, *rest = head_lines(report, dated=scope is None or bool(scope.results))
    parts: list[RenderableType] = [Text(first, "bold"), *(Text(line) for line in rest), Text()]
    if scope is not None:
        return [*parts, *_scope(scope, report, style)]
    for section in report.sections:
        parts.extend(_section(section, report, style))
    if isinstance(parts[-1], Text) and parts[-1].plain:
        parts.append(Text())
    parts.extend(_findings(report, style))
    parts.append(_summary(report, style))
    return [*parts, *_end(report, style)]


def _end(
    report: Report, style: Style, scope: Scope | None = None, *, legend: bool = True
) -> list[Text]:
    lines = LEGEND if legend else ()
    closing = Text(closing_line(report, scope, unwritten=style.unwritten), "bold")
    return [*(Text(line, "bright_black") for line in lines), closing]


def _scope(scope: Scope, report: Report, style: Style) -> list[RenderableType]:
    """Return what few bureaus' files are about, what must be mended first."""
    boards: list[RenderableType] = []
    for section in report.sections:
        if shown := scope.told_of(section):
            title = Text(clean(f"{section.name} {section.code}"), "bold")
            boards += [title, _results(shown, report, style), Text()]
    is_told = bool(boards)
    lists = [_names(f"{head}：", names, style.width) for head, names in scope.lists()]
    boards += [*lists, Text()] if lists else []
    findings = _findings(report, style)
    parts = [*findings, *boards] if must_mend(report) else [*boards, *findings]
    sums = [Text(line) for line in scope.sums(report)]
    return [*parts, *sums, Text(), *_end(report, style, scope, legend=is_told)]


def _section(section: Section, report: Report, style: Style) -> list[RenderableType]:
    results = report.of_section(section)
    shown = [result for result in results if style.everything or result.is_told]
    title = Text(clean(f"{section.name} {section.code}"), "bold")
    folded = "" if style.everything else folded_text(results)
    if folded:
        title.append(f"  （{folded}，--all 列出）", "bright_black")
    return [title, _results(shown, report, style), Text()] if shown else [title]


def _results(results: list[Result], report: Report, style: Style) -> RenderableType:
    table = Table(box=_box(style), padding=0, show_edge=False, pad_edge=False)
    table.add_column("编号", no_wrap=True)
    table.add_column("指标", overflow="fold", ratio=1)
    table.add_column("目标", justify="right", overflow="fold")
    table.add_column("实际", justify="right", overflow="fold")
    table.add_column("完成率", justify="right", no_wrap=True)
    table.add_column("距序时", justify="right", no_wrap=True)
    wide = style.width >= _WIDE
    if wide:
        table.add_column("月均需", justify="right", no_wrap=True)
        table.add_column("牵头单位", overflow="fold")
    table.add_column("状态", no_wrap=True)
    for result in results:
        line = result_line(result, report)
        more = (line.needed, line.lead) if wide else ()
        cells = (line.code, line.name, line.goal, line.actual, line.progress, line.gap, *more)
        table.add_row(*map(Cell, cells), Cell(line.lamp, _COLORS[line.light]))
    return Padding(table, (0, 0, 0, 2))


def _findings(report: Report, style: Style) -> list[RenderableType]:
    groups, folded = fold_findings(report.findings, everything=style.everything)
    title = [Text("数据问题", "bold")] if groups else []
    return [*title, *finding_parts(groups, folded)]


def finding_parts(groups: Iterable[FindingGroup], folded: str = "") -> list[RenderableType]:
    """Return findings as parts for ``draw``, a blank line below; ``folded`` is what is left out."""
    parts: list[RenderableType] = []
    for group in groups:
        head = Text.assemble(
            "  ", (group.level.label, _LEVEL_COLORS[group.level]), f" {group.rule} {group.where}"
        )
        parts.extend((head, _indented(group.message), _indented(group.hint, "bright_black")))
    if folded:
        parts.append(Text(f"  {folded}", "bright_black"))
    return [*parts, Text()] if parts else []


def _indented(text: str, color: str = "") -> RenderableType:
    return Padding(Text(text, color), (0, 0, 0, 7))


def _names(head: str, names: Sequence[str], width: int) -> Text:
    """Return a list of names that is broken between them, not at the spaces within."""
    text, left = Text(head, "bold"), width - cell_len(head)
    for index, name in enumerate(names):
        shown = name + ("、" if index < len(names) - 1 else "")
        if cell_len(shown) > left:
            text.append("\n  ")
            left = width - 2
        text.append(shown, "not bold")
        left -= cell_len(shown)
    return text


def _summary(report: Report, style: Style) -> RenderableType:
    table = Table(
        box=_box(style),
        padding=0,
        show_edge=False,
        pad_edge=False,
        show_footer=len(report.sections) > 1,
    )
    total = summary_cells("合计", report.summary)
    for index, (head, foot) in enumerate(zip(SUMMARY_HEADS, total, strict=True)):
        table.add_column(head, foot, justify="right" if index else "left", no_wrap=True)
    table.add_column("达标率", _bar(report.summary, style), no_wrap=True)
    for section in report.sections:
        summary = Summary.of(report.of_section(section))
        table.add_row(*summary_cells(section.name, summary), _bar(summary, style))
    return Padding(table, (0, 0, 1, 0))


def _bar(summary: Summary, style: Style) -> Text:
    share = summary.share_kept
    if share is None:
        return Text(DASH)
    full = int(share * _BAR)
    done, left = ("█", "·") if style.boxes else ("#", ".")
    bar = Text(done * full, "green")
    bar.append(left * (_BAR - full), "bright_black")
    bar.append(f" {percent(share)}")
    return bar


def _box(style: Style) -> Box:
    return SIMPLE_HEAD if style.boxes else _ASCII_HEAD
