"""Reading submissions: files in, the settled book of actuals and all findings out."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import BinaryIO, cast

from dtcheck.actuals.columns import Field, Form, HeaderReader
from dtcheck.actuals.folders import submission_files
from dtcheck.actuals.ledger import MOST_PLACES, Actual, Ledger, Submissions, Tally
from dtcheck.actuals.periods import Period
from dtcheck.actuals.rows import RowReader
from dtcheck.actuals.table import STDIN_NAME, Table
from dtcheck.actuals.text import HEADER_WITHIN, Row, UnreadableError, changed_while_read, read_rows
from dtcheck.reasons import reason
from dtcheck.rules import (
    DoubledColumn,
    Finding,
    LeftOut,
    MissingColumn,
    NoRows,
    Place,
    UnknownColumn,
    Unreadable,
)
from dtcheck.targets import TargetsFile

_IN_MEMORY = 8_000_000
_MOST_SEEN = 50_000
_FIGURES = (Field.ACTUAL, Field.GOAL)
_EMPTY = "文件是空的"
_NO_FORM = (MissingColumn, NoRows)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_submissions(
    paths: Iterable[str],
    targets: TargetsFile,
    as_of: Period | None = None,
    stdin: BinaryIO | None = None,
    renamed: Mapping[str, Field] | None = None,
) -> Submissions:
    """Read every file; a file that can't be read is a finding and doesn't hide the others.

    ``as_of`` is the period of rows that name none, and leaves out later ones. The path ``-``
    stands for ``stdin``, a folder for the submissions in it. ``renamed`` maps headers of the
    bureaus' own forms to fields. In what order the files are named makes no difference.
    """
    reading = _Files(targets, as_of, renamed)
    for path in sorted(submission_files(paths, reading.findings)):
        reading.file(path, stdin)
    return reading.ledger.settle(targets.by_code, reading.newest, tuple(reading.findings))


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

    def file(self, path: str, stdin: BinaryIO | None) -> None:
        shown = STDIN_NAME if path == "-" else path
        try:
            with _open(path, stdin) as file:
                magic = file.read(8)
                file.seek(0)
                if magic.startswith(_ZIP) or magic == _OLE:
                    self._workbook(file, shown)
                else:
                    before = _state(file)
                    self._rows(read_rows(file, self.headers.score), Table(shown))
                    if _state(file) != before:
                        raise changed_while_read()
        except UnreadableError as error:
            place = Place(shown, line=error.line)
            self.findings.append(Finding(Unreadable, str(error), error.hint, place))
        except OSError as error:
            problem = f"文件打不开：{reason(error)}"
            self.findings.append(Finding(Unreadable, problem, "核对路径和权限", Place(shown)))

    def _workbook(self, file: BinaryIO, shown: str) -> None:
        """Read every sheet; one without a header or rows only counts if no other has them."""
        from dtcheck.actuals.workbook import Workbook

        book = Workbook(file)
        before = len(self.findings)
        for sheet in book.sheets:
            self._rows(book.rows(sheet), Table(shown, sheet))
        found = self.findings[before:]
        passed = [each for each in found if each.rule in _NO_FORM]
        if len(passed) < len(book.sheets):
            self.findings[before:] = [
                _passed_over(each) if each.rule in _NO_FORM else each
                for each in found
                if each.message != _EMPTY
            ]
        elif all(each.message == _EMPTY for each in passed):
            self.findings[before:] = passed[:1]
        if book.has_macros:
            self.findings.append(
                Finding(
                    LeftOut,
                    "工作簿带有宏，只读了存下的数，没有运行宏",
                    "报数表不需要宏，另存为 .xlsx 更稳妥",
                    Place(shown),
                )
            )

    def _rows(self, rows: Iterator[Row], table: Table) -> None:
        """Find the header, then read what follows it."""
        first: Row | None = None
        best, form = 0, None
        for looked, row in enumerate(rows, 1):
            if first is None and any(map(str.strip, row.cells)):
                first = row
            score = self.headers.score(row.filled())
            if score > best:
                best, form = score, self.headers.read(row.filled())
                header_row = row
                if not form.missing:
                    break
            if looked == HEADER_WITHIN:
                break
        if form is None or form.missing or best < 2:
            self._no_header(table, first, form)
            return
        if self._accept(form, header_row, table):
            self._data(chain(rows), form, table)

    def _no_header(self, table: Table, first: Row | None, form: Form | None) -> None:
        """Say what there is instead; ``first`` is the first row that isn't blank."""
        if first is None:
            problem, found = _EMPTY, ""
        elif form is None:
            problem = "没有找到表头"
            found = f"，第一行是：{_listed(first.cells)}"
        else:
            problem = f"表头缺少{'和'.join(form.missing) or '可用的列'}列"
            found = f"，找到的是：{_listed(form.found)}"
        hint = "表头至少要有“编号”或“指标”，还有“实际值”；dtcheck explain DT102 列出认得的写法"
        self.findings.append(Finding(MissingColumn, problem + found, hint, table.place()))

    def _accept(self, form: Form, header: Row, table: Table) -> bool:
        """Report what is odd about the header; whether the form can be used."""
        for index, name in form.unknown:
            message = f"不认识的列“{name[:40]}”，已略过"
            self.findings.append(
                Finding(
                    UnknownColumn,
                    message,
                    "不需要检查的列可以不管；否则改成认得的表头",
                    table.place(header, name, index),
                )
            )
        for first, second in form.doubled:
            message = f"“{first.header}”和“{second.header}”两列都是{first.field}"
            self.findings.append(
                Finding(
                    DoubledColumn,
                    message,
                    "只留一列；当月数的表头改为“本月”",
                    table.place(header, second.header, second.index),
                )
            )
        return not form.doubled

    def _data(self, rows: Iterable[Row], form: Form, table: Table) -> None:
        default = table.default_period(self.targets.year) or self.as_of
        reader = RowReader(self.targets, form, self.headers, table.filed, default)
        # A merged cell holds for all of its rows, except for figures: which row has it is a guess.
        figures = [form.columns[each].index for each in _FIGURES if each in form.columns]
        telling, width = itemgetter(*form.telling), form.width
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
                    tally.places.append(self._actual_place(row, form, table))
            elif any(map(str.strip, row.cells)):
                any_row = True
                tally = self._note(reader, cells, row, form, table)
                if tally is not None and len(seen) < _MOST_SEEN:
                    seen[key] = tally
        if not any_row:
            self.findings.append(
                Finding(NoRows, "只有表头，没有数据", "填上数据再交", table.place())
            )

    def _note(
        self, reader: RowReader, cells: tuple[str, ...], row: Row, form: Form, table: Table
    ) -> Tally | None:
        """Note what a row says; return the tally of its figure if that is all there is to say."""
        reading = reader.read(cells)
        place = self._actual_place(row, form, table)
        target, period = reading.target, reading.period
        code = target.code if target else None
        if period is not None and self.as_of and period > self.as_of:
            self.ledger.leave_out(period, self.as_of, place, code)
            return None
        for remark in reading.remarks:
            at = _place(table, row, form, remark.column)
            self.findings.append(Finding(remark.rule, remark.message, remark.hint, at, code))
        # A blank row without a period must not make a form of June one of the whole year.
        if period is not None and not (reading.assumed and reading.value is None):
            self.newest = max(self.newest or period, period)
        if target is None or period is None:
            return None
        if reading.assigned is not None:
            self.ledger.assign(target, reading.assigned, place)
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
        tally = self.ledger.add(actual, table.filed)
        return None if reading.remarks or reading.assigned else tally

    def _actual_place(self, row: Row, form: Form, table: Table) -> Place:
        return table.place(row, index=form.columns[Field.ACTUAL].index)


def _place(table: Table, row: Row, form: Form, column: str) -> Place:
    """Return the place of a field's cell; of the row where no field is named."""
    found = form.columns.get(Field(column)) if column else None
    if found is None:
        return table.place(row, column or None)
    return table.place(row, found.header, found.index)


def _passed_over(finding: Finding) -> Finding:
    """Return what to say of a sheet that holds no figures beside others that do."""
    hint = "这张表要报数的，补上表头和数；说明之类的表不必理会"
    message = f"{finding.message}；整张表没有参与检查"
    return replace(finding, rule=LeftOut, message=message, hint=hint)


def _state(file: BinaryIO) -> tuple[int, int] | None:
    """Return size and time of a file on disk, to tell whether it was changed while it was read."""
    if not isinstance(file, io.BufferedReader):
        return None
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def _open(path: str, stdin: BinaryIO | None) -> BinaryIO:
    """Open a file so that it can be read twice: once for its encoding, once for its rows."""
    if path == "-":
        if stdin is None:
            raise OSError("没有标准输入")
        return _spooled(stdin)
    file = open(path, "rb")  # noqa: SIM115 - the caller closes it
    if file.seekable():
        return file
    with file:
        return _spooled(file)


def _spooled(stream: BinaryIO) -> BinaryIO:
    import tempfile

    copy = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    while chunk := stream.read(1 << 20):
        copy.write(chunk)
    copy.seek(0)
    return copy


def _listed(cells: Iterable[str]) -> str:
    shown = [cell.strip()[:20] for cell in cells if cell.strip()]
    return "、".join(shown[:12]) + ("…" if len(shown) > 12 else "") if shown else "（空）"
