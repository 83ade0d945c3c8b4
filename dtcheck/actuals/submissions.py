"""Reading submissions: files in, the settled book of actuals and all findings out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO, cast

from dtcheck.actuals.columns import Field, Form, HeaderReader
from dtcheck.actuals.folders import reason, submission_files
from dtcheck.actuals.ledger import Actual, Ledger, Submissions
from dtcheck.actuals.periods import Period, period_of_path
from dtcheck.actuals.rows import Reading, RowReader
from dtcheck.actuals.text import HEADER_WITHIN, Row, UnreadableError, read_rows
from dtcheck.rules import (
    DoubledColumn,
    Finding,
    MissingColumn,
    NoRows,
    Place,
    UnknownColumn,
    Unreadable,
)
from dtcheck.targets import TargetsFile

_IN_MEMORY = 8_000_000
STDIN_NAME = "标准输入"


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
    bureaus' own forms to fields.
    """
    reading = _Files(targets, as_of, renamed)
    for path in submission_files(paths, reading.findings):
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
                self._rows(read_rows(file, self.headers.score), shown)
        except UnreadableError as error:
            place = Place(shown, line=error.line)
            self.findings.append(Finding(Unreadable, str(error), error.hint, place))
        except OSError as error:
            problem = f"文件打不开：{reason(error)}"
            self.findings.append(Finding(Unreadable, problem, "核对路径和权限", Place(shown)))

    def _rows(self, rows: Iterator[Row], shown: str) -> None:
        """Find the header, then read what follows it."""
        head: list[Row] = []
        best, form = 0, None
        for row in rows:
            head.append(row)
            score = self.headers.score(row.cells)
            if score > best:
                best, form = score, self.headers.read(row.cells)
                header_row = row
                if not form.missing:
                    break
            if len(head) == HEADER_WITHIN:
                break
        if form is None or form.missing or best < 2:
            self._no_header(shown, head, form)
            return
        if self._accept(form, header_row, shown):
            self._data(chain(rows), form, shown)

    def _no_header(self, shown: str, head: list[Row], form: Form | None) -> None:
        if not any(cell.strip() for row in head for cell in row.cells):
            problem, found = "文件是空的", ""
        elif form is None:
            first = next(row for row in head if any(cell.strip() for cell in row.cells))
            problem = "没有找到表头"
            found = f"，第一行是：{_listed(first.cells)}"
        else:
            problem = f"表头缺少{'和'.join(form.missing) or '可用的列'}列"
            found = f"，找到的是：{_listed(form.found)}"
        hint = "表头至少要有“编号”或“指标”，还有“实际值”；dtcheck explain DT102 列出认得的写法"
        self.findings.append(Finding(MissingColumn, problem + found, hint, Place(shown)))

    def _accept(self, form: Form, header: Row, shown: str) -> bool:
        """Report what is odd about the header; whether the form can be used."""

        def place(column: str) -> Place:
            return Place(shown, header.number, header.line, column)

        for _, name in form.unknown:
            message = f"不认识的列“{name[:40]}”，已略过"
            self.findings.append(
                Finding(
                    UnknownColumn,
                    message,
                    "不需要检查的列可以不管；否则改成认得的表头",
                    place(name),
                )
            )
        for first, second in form.doubled:
            message = f"“{first.header}”和“{second.header}”两列都是{first.field}"
            self.findings.append(
                Finding(
                    DoubledColumn, message, "只留一列；当月数的表头改为“本月”", place(second.header)
                )
            )
        return not form.doubled

    def _data(self, rows: Iterable[Row], form: Form, shown: str) -> None:
        filed = None if shown == STDIN_NAME else period_of_path(shown)
        reader = RowReader(self.targets, form, self.headers, filed, self.as_of)
        any_row = False
        for row in rows:
            if not any(map(str.strip, row.cells)):
                continue
            any_row = True
            self._note(reader.read(row.cells), row, form, shown, filed)
        if not any_row:
            self.findings.append(
                Finding(NoRows, "只有表头，没有数据", "填上数据再交", Place(shown))
            )

    def _note(
        self, reading: Reading, row: Row, form: Form, shown: str, filed: Period | None
    ) -> None:
        place = Place(shown, row.number, row.line)
        code = reading.target.code if reading.target else None
        for remark in reading.remarks:
            column = _header(form, remark.column)
            at = Place(shown, row.number, row.line, column)
            self.findings.append(Finding(remark.rule, remark.message, remark.hint, at, code))
        period = reading.period
        if period is not None and (self.newest is None or period > self.newest):
            self.newest = period
        if reading.target is None or period is None:
            return
        if reading.assigned is not None and not (self.as_of and period > self.as_of):
            self.ledger.assign(reading.target, reading.assigned, place)
        if reading.value is None:
            return
        actual = Actual(
            reading.target.code,
            period,
            reading.value,
            reading.text,
            reading.unit,
            reading.bureau,
            reading.note,
            place,
        )
        if self.as_of and period > self.as_of:
            self.ledger.leave_out(actual, self.as_of)
        else:
            self.ledger.add(actual, filed)


def _header(form: Form, column: str) -> str | None:
    """Return the header as the form writes it, of a field named in a remark."""
    if not column:
        return None
    found = form.columns.get(Field(column))
    return found.header if found else column


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
    copy = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    while chunk := stream.read(1 << 20):
        copy.write(chunk)
    copy.seek(0)
    return copy


def _listed(cells: Iterable[str]) -> str:
    shown = [cell.strip()[:20] for cell in cells if cell.strip()]
    return "、".join(shown[:12]) + ("…" if len(shown) > 12 else "") if shown else "（空）"
