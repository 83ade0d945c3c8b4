"""The notice as a workbook: tables to sort and to filter, and the office's own list of doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

import dtcheck.standard_xml  # noqa: F401 - before openpyxl

# isort: split
from openpyxl import Workbook

from dtcheck.digest import Digest, Standing
from dtcheck.documents import Written
from dtcheck.formats.content import ResultLine, clean, ignored_text
from dtcheck.judge import Result, Summary
from dtcheck.notices.fills import FILLS
from dtcheck.notices.notice import Notice
from dtcheck.notices.tables import Table
from dtcheck.rules import Finding
from dtcheck.rules.plausibility import CORRECTED
from dtcheck.sheets import PERCENT, Column, Page, Value, add_page
from dtcheck.workbooks import LONG_AGO, book_bytes

_RIGHT, _CENTER = "right", "center"
_LEAD = Column("牵头单位", 24)
_SAID = (Column("原因", 40), Column("措施", 32))


def render(notice: Notice) -> Written:
    """Return the notice as a workbook: the same bytes each time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "dtcheck"
    book.properties.title = notice.title
    for page in (
        _targets(notice),
        _shortfalls(notice),
        _counts("分单位", notice.bureaus, notice),
        _reporting(notice),
        _doubts(notice),
        _months(notice),
    ):
        add_page(book, page)
    book.properties.created = book.properties.modified = LONG_AGO
    return Written(book_bytes(book))


def _results(notice: Notice) -> dict[str, Result]:
    return {result.target.code: result for result in notice.digest.report.results}


def _lamp(line: ResultLine) -> Value:
    return Value(line.lamp, FILLS[line.light])


def _figure(result: Result) -> Value:
    return Value(result.actual.value if result.actual else None)


def _share(result: Result) -> Value:
    return Value(result.as_last_heard.verdict.progress, format=PERCENT)


def _targets(notice: Notice) -> Page:
    results = _results(notice)
    columns = (
        Column("编号", 8),
        Column("指标", 30),
        Column("板块", 10),
        _LEAD,
        Column("目标", 16, _RIGHT),
        Column("实际", 12, _RIGHT),
        Column("单位", 10, _CENTER),
        Column("数据月份", 8, _CENTER),
        Column("完成率", 10, _RIGHT),
        Column("距序时", 18, _RIGHT),
        Column("状态", 20),
        Column("上期状态", 14),
        *_SAID,
    )
    rows = []
    for line in (line for part in notice.parts for line in part.lines):
        result = results[line.code]
        actual, then = result.actual, notice.digest.then(result)
        rows.append(
            (
                Value(line.code),
                Value(line.name),
                Value(line.section),
                Value(line.lead),
                Value(line.goal),
                _figure(result),
                Value(result.goal.unit.text),
                Value(f"{actual.period.month}月" if actual else ""),
                _share(result),
                Value(line.gap),
                _lamp(line),
                Value(f"{then.verdict.light.sign} {then.status.label}", FILLS[then.verdict.light])
                if then
                else Value(""),
                Value(clean(actual.note) if actual else ""),
                Value(clean(actual.measures) if actual else ""),
            )
        )
    return Page("总表", notice.title, _said(notice), columns, rows, frozen=2)


def _said(notice: Notice) -> str:
    return " ".join(filter(None, (notice.scope, notice.unread, notice.few, notice.headline)))


def _shortfalls(notice: Notice) -> Page:
    results = _results(notice)
    told = [each for each in notice.short_columns if each[1] not in ("goal", "actual", "progress")]
    columns = (
        Column("状态", 20),
        Column("编号", 8),
        Column("指标", 30),
        Column("板块", 10),
        Column("目标", 16, _RIGHT),
        Column("实际", 12, _RIGHT),
        Column("单位", 10, _CENTER),
        Column("完成率", 10, _RIGHT),
        *(Column(head, 16, _RIGHT) for head, _ in told),
        Column("起始", 10, _CENTER),
        _LEAD,
        *_SAID,
    )
    lines = {line.code: line for part in notice.parts for line in part.lines}
    rows = [
        (
            _lamp(line),
            Value(line.code),
            Value(line.name),
            Value(line.section),
            Value(line.goal),
            _figure(results[line.code]),
            Value(results[line.code].goal.unit.text),
            _share(results[line.code]),
            *(Value(getattr(line, field)) for _, field in told),
            Value(line.since),
            Value(line.lead),
            Value(line.note),
            Value(line.measures),
        )
        for line in (lines[each.target.code] for each in notice.digest.shortfalls)
    ]
    said = notice.silent or ("落后多的在前。" if rows else "没有缺口。")
    return Page("缺口", f"缺口（{notice.short_count}项）", said, columns, rows, frozen=3)


def _counts(name: str, table: Table, notice: Notice) -> Page:
    columns = tuple(
        Column(head, 24) if at < table.texts else Column(head, 12, _RIGHT)
        for at, head in enumerate(table.heads)
    )
    rows = [
        [
            Value(text) if at < table.texts else _counted(head, text, row[0], notice.digest.now)
            for at, (head, text) in enumerate(zip(table.heads, row, strict=True))
        ]
        for row in table.rows
    ]
    return Page(name, "各单位情况，达标率高的在前", notice.headline, columns, rows, is_wide=False)


def _counted(head: str, text: str, lead: str, standing: Standing) -> Value:
    """Return a count as a number; a share unrounded."""
    if head == "达标率":
        summaries = {clean(name): summary for name, summary in standing.by_lead.items()}
        return _kept(summaries[lead])
    return Value(int(text))


def _kept(summary: Summary) -> Value:
    return Value(summary.share_kept, format=PERCENT)


def _reporting(notice: Notice) -> Page:
    table = notice.reporting_counts
    owed = {each.name: "、".join(each.texts) for each in notice.overdue}
    columns = (
        Column(table.heads[0], 24),
        *(Column(head, 10, _RIGHT) for head in table.heads[1:]),
        Column("应报未报的指标", 60),
    )
    rows = [
        (Value(lead), *(Value(int(count)) for count in counts), Value(owed.get(lead, "")))
        for lead, *counts in table.rows
    ]
    below = list(notice.amended)
    if below:
        below.insert(0, f"以前月份有更正或补报的，已按新数计算。{notice.amended_sum}")
    return Page(
        "报送情况",
        "报送情况",
        " ".join(filter(None, (notice.reporting, notice.all_there, notice.unread))),
        columns,
        rows,
        below,
        sums=len(rows) > 1,
    )


def _doubts(notice: Notice) -> Page:
    digest = notice.digest
    columns = (
        Column("单位", 24),
        Column("级别", 8, _CENTER),
        Column("规则", 9, _CENTER),
        Column("编号", 9, _CENTER),
        Column("问题", 56),
        Column("怎样改", 40),
        Column("报送月份", 10, _CENTER),
        Column("文件", 30),
        Column("表", 12),
        Column("行", 7, _CENTER),
        Column("列", 12),
        Column("处数", 7, _RIGHT),
    )
    rows = [_doubt(bureau, finding) for bureau, finding in _internal(digest)]
    ignored = ignored_text(digest.report)
    said = "内部使用，不随通报印发：读得出但要核实，或没有采用的数，以及更正在哪里。"
    if ignored:
        said += f"按设置不看、没有列出的问题：{ignored}。"
    return Page("存疑清单", f"存疑清单（{len(rows)}条）", said, columns, rows)


def _internal(digest: Digest) -> Iterator[tuple[str, Finding]]:
    """Yield what is doubtful, this month's first, and last where corrections stand."""
    for now in (True, False):
        for bureau, findings in digest.doubtful.items():
            for finding in findings:
                if (finding.place.filing.month in (None, digest.report.as_of)) is now:
                    yield bureau, finding
    leads = digest.report.file.by_code
    for finding in digest.report.findings:
        if finding.rule is CORRECTED and finding.place.filing.month == digest.report.as_of:
            yield "、".join(dict.fromkeys(leads[code].lead for code in finding.about)), finding


def _doubt(bureau: str, finding: Finding) -> tuple[Value, ...]:
    place = finding.place
    month = place.filing.month
    row = place.row if place.row is not None else place.line
    texts: Iterable[str | int | None] = (
        clean(bureau),
        finding.level.label,
        finding.rule.id,
        "、".join(finding.about),
        clean(finding.message),
        clean(finding.hint),
        f"{month.month}月" if month else "",
        # The folder and the file: the rest of the path is the office's own.
        clean("/".join(PurePath(place.file).parts[-2:])),
        clean(place.sheet or ""),
        row,
        clean(place.column or ""),
        finding.count,
    )
    return tuple(map(Value, texts))


def _months(notice: Notice) -> Page:
    digest = notice.digest
    standings = digest.standings
    heads = [Column(f"{each.as_of.month}月", 10, _RIGHT) for each in standings]
    rows = [
        (Value("板块"), Value(clean(each.name)), *_course(each.name, standings, "by_section"))
        for each in digest.report.sections
    ]
    rows += [
        (Value("单位"), Value(clean(lead)), *_course(lead, standings, "by_lead"))
        for lead in digest.now.by_lead
    ]
    rows.append((Value("合计"), Value("全部指标"), *(_kept(each.summary) for each in standings)))
    return Page(
        "逐月",
        "各板块、各单位逐月的达标率",
        "各月照当月通报时已报来的数；达标率：已完成、达序时占应评指标的比重。",
        (Column("类别", 8), Column("名称", 24), *heads),
        rows,
        frozen=2,
        sums=True,
    )


def _course(name: str, standings: Iterable[Standing], group: str) -> Iterator[Value]:
    for each in standings:
        summaries: dict[str, Summary] = getattr(each, group)
        yield _kept(summaries[name])
