"""The notice as a Word file in the form of an official paper: sentences first, tables annexed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dtcheck.documents import (
    AnnexList,
    AnnexTitle,
    Band,
    Block,
    Cell,
    Grid,
    Heading,
    Landscape,
    Masthead,
    Opening,
    Paragraph,
    Properties,
    Remarks,
    Signature,
    Title,
    Written,
)
from dtcheck.documents.write import write_document
from dtcheck.formats.content import ResultLine, clean
from dtcheck.judge import WORST_FIRST
from dtcheck.notices.brief import brief_body
from dtcheck.notices.fills import FILLS
from dtcheck.notices.gaps import gap_sentence
from dtcheck.notices.notice import Notice
from dtcheck.notices.numerals import numeral
from dtcheck.notices.prose import missing, opening, overall, progress
from dtcheck.notices.tables import Table
from dtcheck.notices.words import annex_notes
from dtcheck.targets.model import DECEMBER

_BY_SIGN = {light.sign: FILLS[light] for light in WORST_FIRST}
_LAMPS = ("灯", "状态")


def render(notice: Notice) -> Written:
    """Return the notice as a Word file. Raises TemplateError."""
    if notice.brief:
        # A page for one reader: no red head, and nobody that it goes to.
        head, tail = [Title(notice.title)], list(signature(notice))
        return written([*head, *brief_body(notice, head, tail), *tail], notice)
    return written([*_head(notice), *_body(notice), *_annexes(notice)], notice)


def written(blocks: list[Block], notice: Notice) -> Written:
    """Return blocks as a Word file that is signed and dated as the notice is."""
    frame = notice.formalities
    as_of = notice.digest.report.as_of
    # The last day of the month: any other would differ from run to run.
    after = datetime(
        as_of.year + as_of.month // DECEMBER, as_of.month % DECEMBER + 1, 1, tzinfo=UTC
    )
    properties = Properties(notice.title, clean(frame.sender), after - timedelta(days=1))
    return write_document(blocks, properties, frame.template)


def _head(notice: Notice) -> Iterator[Block]:
    frame = notice.formalities
    if frame.masthead or frame.issue:
        yield Masthead(clean(frame.masthead), clean(frame.issue))
    yield Title(notice.title)
    if frame.to:
        yield addressee(frame.to)


def addressee(to: str) -> Opening:
    """Return whom it goes to, with the colon that belongs behind it."""
    return Opening(clean(to).rstrip("：: ") + "：")


def _body(notice: Notice) -> Iterator[Block]:
    yield Paragraph(opening(notice.digest))
    chapters = (each for each in _chapters(notice) if each[1])
    for number, (heading, body) in enumerate(chapters, 1):
        yield Heading(f"{numeral(number)}、{heading}")
        yield from body
    yield AnnexList(tuple(title for title, _ in _annexed(notice)))
    yield from signature(notice)


def _chapters(notice: Notice) -> Iterator[tuple[str, list[Block]]]:
    """Yield the chapters with their bodies; one without a body is left out."""
    digest = notice.digest
    yield "总体情况", [Paragraph(text) for text in overall(digest)]
    late = "未完成年度目标的项目" if digest.month == DECEMBER else "未达序时进度的目标"
    yield late, list(_gaps(notice))
    yield "进展较好的目标", [Paragraph(text) for text in progress(digest)]
    yield "报送情况", list(_reporting(notice))
    yield "工作要求", numbered(tuple(map(clean, notice.formalities.demands)))


def _reporting(notice: Notice) -> Iterator[Block]:
    yield Paragraph(notice.reporting)
    if notice.unread:
        yield Paragraph(notice.unread.removeprefix("注意："))
    if notice.all_there:
        yield Paragraph(notice.all_there)
    yield from numbered(missing(notice.digest))


def _gaps(notice: Notice) -> Iterator[Block]:
    digest = notice.digest
    results = {result.target.code: result for result in digest.report.results}
    if not notice.shortfalls:
        yield Paragraph("没有。")
    elif notice.silent:
        yield Paragraph(notice.silent)
    for number, (name, lines) in enumerate(notice.shortfalls, 1):
        yield Heading(f"（{numeral(number)}）{name}（{len(lines)}项）", 2)
        yield from numbered(tuple(gap_sentence(results[line.code], line, digest) for line in lines))


def numbered(texts: tuple[str, ...]) -> list[Block]:
    """Return paragraphs that are counted, where there are several."""
    if len(texts) == 1:
        return [Paragraph(texts[0])]
    return [Paragraph(f"{number}. {text}") for number, text in enumerate(texts, 1)]


def signature(notice: Notice) -> Iterator[Block]:
    """Yield who signs and when, where either is given."""
    frame = notice.formalities
    if frame.sender or frame.date:
        yield Signature(clean(frame.sender), clean(frame.date))


def _annexed(notice: Notice) -> Iterator[tuple[str, list[Block]]]:
    yield "分板块情况表", [_counts(notice.section_counts)]
    yield "分单位情况表", [_counts(notice.bureaus)]
    yield "报送情况表", [_counts(notice.reporting_counts)]
    yield "全部指标完成情况表", [all_targets(notice), Remarks(annex_notes(notice.digest))]


def _annexes(notice: Notice) -> Iterator[Block]:
    annexed = list(_annexed(notice))
    for number, (title, body) in enumerate(annexed, 1):
        if number == len(annexed):
            yield Landscape()
        yield AnnexTitle(f"附件{number}", title)
        yield from body


def _counts(table: Table) -> Grid:
    """Return a table of counts."""
    heads = table.heads
    rows = tuple(tuple(map(_cell, heads, row)) for row in table.rows)
    widths = [_WIDTHS.get(head, _CHANGE if head.startswith("较") else 11) for head in heads]
    aligns = ["left" if at < table.texts else "center" for at in range(len(heads))]
    return Grid(heads, rows, tuple(widths), tuple(aligns))


_WIDTHS = {"板块": 14, "灯": 30, "牵头单位": 42, "单位": 42, "达标率": 16, "未读出的文件": 16}
# 较5月, with points.
_CHANGE = 27


def _cell(head: str, text: str) -> Cell:
    fill = _BY_SIGN.get(text[:1], "") if head in _LAMPS else ""
    return Cell(clean(text), fill)


_COLUMNS = (
    ("编号", 20, "left", "code"),
    ("指标", 46, "left", "name"),
    ("目标", 28, "center", "goal"),
    ("实际", 27, "center", "actual"),
    ("完成率", 20, "center", "progress"),
    ("距序时", 36, "center", "gap"),
    ("牵头单位", 36, "left", "lead"),
    ("状态", 28, "left", "lamp"),
)


def all_targets(notice: Notice, *, leads: bool = True) -> Grid:
    """Return the table of all targets, by section, with or without who leads them."""
    columns = [each for each in _COLUMNS if leads or each[3] != "lead"]
    rows: list[tuple[Cell, ...] | Band] = []
    for part in notice.parts:
        rows.append(Band(f"{part.name}：{part.heading}"))
        rows.extend(
            tuple(_target_cell(line, field) for *_, field in columns) for line in part.lines
        )
    heads, widths, aligns, _ = zip(*columns, strict=True)
    return Grid(heads, tuple(rows), widths, aligns)


def _target_cell(line: ResultLine, field: str) -> Cell:
    return Cell(getattr(line, field), FILLS[line.light] if field == "lamp" else "")
