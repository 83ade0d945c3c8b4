"""Reading submissions: files in, the settled book of actuals and all findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import PurePath
from typing import BinaryIO

from dtcheck.actuals.columns import Field, Form, HeaderReader
from dtcheck.actuals.header import EMPTY, find_form
from dtcheck.actuals.ledger import MOST_PLACES, Actual, Ledger, Submissions, Tally
from dtcheck.actuals.rows import RowReader
from dtcheck.periods import Period, period_of_path, period_of_sheet
from dtcheck.reasons import reason
from dtcheck.rules import Filing, Finding, Place
from dtcheck.rules.files import MISSING_COLUMN, NO_ROWS, UNREADABLE
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.tables.folders import submission_files
from dtcheck.tables.opening import open_twice, state_of
from dtcheck.tables.table import Table, column_letters, shown_name
from dtcheck.tables.text import Row, UnreadableError, changed_while_read, read_rows
from dtcheck.targets import TargetsFile

_MOST_SEEN = 50_000
_FIGURES = (Field.ACTUAL, Field.GOAL)
_NO_FORM = (MISSING_COLUMN, NO_ROWS)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PAGES = (b"<html", b"<!doc", b"<table", b"<?xml", b"<meta")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_submissions(
    paths: Iterable[str],
    targets: TargetsFile,
    as_of: Period | None = None,
    stdin: BinaryIO | None = None,
    renamed: Mapping[str, Field] | None = None,
    watch: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> Submissions:
    """Read every file; a file that can't be read is a finding and doesn't hide the others.

    ``as_of`` is the period of rows that name none, and leaves out later ones. The path ``-``
    stands for ``stdin``, a folder for the submissions in it. ``renamed`` maps headers of the
    bureaus' own forms to fields; ``watch`` hands the files on while it shows how far they are read.
    In what order the files are named makes no difference.
    """
    reading = _Files(targets, as_of, renamed)
    in_folders: list[Finding] = []
    files = sorted(submission_files(paths, in_folders))
    reading.findings.extend(map(reading.filed, in_folders))
    for path in watch(files):
        reading.file(path, stdin)
    settled = reading.ledger.settle(
        targets.by_code, reading.newest, tuple(reading.findings), reading.files
    )
    return settled._replace(as_of=as_of)


class _Files:
    """What is known so far, file after file."""

    def __init__(
        self, targets: TargetsFile, as_of: Period | None, renamed: Mapping[str, Field] | None
    ) -> None:
        self.targets = targets
        self.as_of = as_of
        self.headers = HeaderReader(targets.year, renamed)
        self.ledger = Ledger()
        self.findings: list[Finding] = []
        self.newest: Period | None = None
        self.files: dict[str, Filing] = {}

    def filed(self, finding: Finding) -> Finding:
        """Return what is wrong with a path, with the month and bureau that it names."""
        place = finding.place
        return replace(finding, place=place._replace(filing=self._filing(place.file)))

    def _filing(self, path: str) -> Filing:
        if path == "-":
            return Filing()
        return Filing(period_of_path(path), self.targets.bureau(PurePath(path).stem))

    def file(self, path: str, stdin: BinaryIO | None) -> None:
        shown = shown_name(path)
        filing = self._filing(path)
        self.files[shown] = filing
        try:
            with open_twice(path, stdin) as file:
                magic = file.read(32)
                file.seek(0)
                _refuse_pages(magic)
                if magic.startswith(_ZIP) or magic.startswith(_OLE):
                    self._workbook(file, Table(shown, filing))
                else:
                    before = state_of(file)
                    self._rows(read_rows(file, self.headers.score), Table(shown, filing))
                    if state_of(file) != before:
                        raise changed_while_read()
        except UnreadableError as error:
            place = Place(shown, line=error.line, filing=filing)
            self.findings.append(Finding(UNREADABLE, str(error), error.hint, place))
        except OSError as error:
            problem = f"文件打不开：{reason(error)}"
            self.findings.append(
                Finding(UNREADABLE, problem, "核对路径和权限", Place(shown, filing=filing))
            )

    def _workbook(self, file: BinaryIO, whole: Table) -> None:
        """Read every sheet; one without a header or rows only counts if no other has them."""
        from dtcheck.tables.workbook import MOST_COLUMNS, Workbook

        book = Workbook(file)
        before = len(self.findings)
        for sheet in book.sheets:
            table = whole._replace(sheet=sheet)
            self._rows(book.rows(sheet), table)
            if book.is_cut:
                message = (
                    f"第 {MOST_COLUMNS} 列（{column_letters(MOST_COLUMNS - 1)}）右边的内容没有读"
                )
                hint = "报数的列移到左边；格式刷到最右边的，删去右边的空列"
                self.findings.append(Finding(LEFT_OUT, message, hint, table.place()))
        found = self.findings[before:]
        passed = [each for each in found if each.rule in _NO_FORM]
        if len(passed) < len(book.sheets):
            self.findings[before:] = [
                _passed_over(each) if each.rule in _NO_FORM else each
                for each in found
                if each.message != EMPTY
            ]
        elif all(each.message == EMPTY for each in passed):
            self.findings[before:] = passed[:1]
        if book.has_macros:
            self.findings.append(
                Finding(
                    LEFT_OUT,
                    "工作簿带有宏，只读了存下的数，没有运行宏",
                    "报数表不需要宏，另存为 .xlsx 更稳妥",
                    whole.place(),
                )
            )

    def _rows(self, rows: Iterator[Row], table: Table) -> None:
        if found := find_form(rows, self.headers, self.targets, table, self.findings):
            form, data = found
            self._data(data, form, table)

    def _data(self, rows: Iterable[Row], form: Form, table: Table) -> None:
        named = period_of_sheet(table.sheet, self.targets.year) if table.sheet else None
        filed = table.filing.month
        reader = RowReader(self.targets, form, filed, named or filed or self.as_of)
        # A merged cell holds for all of its rows, except for figures: which row has it is a guess.
        figures = [form.columns[each].index for each in _FIGURES if each in form.columns]
        telling, width = itemgetter(*form.telling), form.width
        notes = [column.index for column in form.notes]
        seen: dict[object, Tally] = {}
        any_row = False
        for row in rows:
            cells = row.filled(figures) if row.merged else row.cells
            # A short row must not look like a full one whose other columns were left out.
            key = telling(cells) if len(cells) >= width else (None, cells)
            # A plain row seen before needs no second reading: its figure is counted, that's all.
            if (tally := seen.get(key)) is not None:
                tally.count += 1
                if len(tally.places) <= MOST_PLACES:
                    tally.places.append(_place(table, row, form, Field.ACTUAL))
                for at in notes:
                    if at < len(cells) and cells[at] and not tally.actual.note:
                        tally.explain(reader.note(cells))
            elif any(map(str.strip, row.cells)):
                any_row = True
                tally = self._note(reader, cells, row, form, table)
                if tally is not None and len(seen) < _MOST_SEEN:
                    seen[key] = tally
        if not any_row:
            self.findings.append(
                Finding(NO_ROWS, "只有表头，没有数据", "填上数据再交", table.place())
            )

    def _note(
        self, reader: RowReader, cells: tuple[str, ...], row: Row, form: Form, table: Table
    ) -> Tally | None:
        """Note what a row says; return the tally of its figure if that is all there is to say."""
        reading = reader.read(cells)
        place = _place(table, row, form, Field.ACTUAL)
        target, period = reading.target, reading.period
        code = target.code if target else None
        if period is not None and self.as_of and period > self.as_of:
            at = _place(table, row, form, Field.PERIOD)
            self.ledger.leave_out(period, self.as_of, at, code)
            return None
        for remark in reading.remarks:
            at = _place(table, row, form, remark.column)
            self.findings.append(Finding(remark.rule, remark.message, remark.hint, at, code))
        if period is not None and not reading.assumed:
            self.newest = max(self.newest or period, period)
        if target is None or period is None:
            return None
        if reading.assigned is not None:
            self.ledger.assign(target, reading.assigned, _place(table, row, form, Field.GOAL))
        if reading.value is None:
            return None
        actual = Actual(
            target.code,
            period,
            reading.value,
            reading.text,
            reading.unit,
            reading.bureau,
            reader.note(cells),
            place,
        )
        tally = self.ledger.add(actual, table.filing.month)
        return None if reading.remarks or reading.assigned else tally


def _refuse_pages(magic: bytes) -> None:
    """Refuse what systems export as .xls or .csv, and is a page or a document."""
    if magic.startswith(b"%PDF"):
        raise UnreadableError("这是 PDF，不是报数表", "请报数单位交原表（.xlsx 或 .csv）")
    if magic.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        hint = "用 Excel 或 WPS 打开，另存为 .xlsx 或“CSV UTF-8”再交"
        raise UnreadableError("这是网页或 XML，不是报数表（有的系统导出的 .xls 是这样）", hint)


def _place(table: Table, row: Row, form: Form, column: str) -> Place:
    """Return the place of a field's cell; of the row where no field is named.

    A form without a unit column has its units in the header of the figures, or nowhere.
    """
    found = form.columns.get(Field(column)) if column else None
    if found is None and column == Field.UNIT:
        found = form.columns[Field.ACTUAL]
    if found is None:
        return table.place(row, column or None)
    return table.place(row, found.header, found.index)


def _passed_over(finding: Finding) -> Finding:
    """Return what to say of a sheet that holds no figures beside others that do."""
    hint = "这张表要报数的，补上表头和数；说明之类的表不必理会"
    message = f"{finding.message}；整张表没有参与检查"
    return replace(finding, rule=LEFT_OUT, message=message, hint=hint)
