"""Reading submissions: files in, the settled ledger and all findings out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from dtcheck.actuals.columns import HeaderReader
from dtcheck.actuals.entries import FormEntries
from dtcheck.actuals.fields import Field
from dtcheck.actuals.header import EMPTY, find_form
from dtcheck.actuals.ledger import Ledger, Submissions
from dtcheck.actuals.lookup import TargetLookup
from dtcheck.actuals.rows import RowReader
from dtcheck.periods import Period, period_of_path, period_of_sheet
from dtcheck.reasons import reason
from dtcheck.rules import Filing, Finding
from dtcheck.rules.files import MISSING_COLUMN, NO_ROWS, UNREADABLE
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.tables.files import read_tables
from dtcheck.tables.folders import submission_files
from dtcheck.tables.table import Table, shown_name
from dtcheck.tables.text import Row, UnreadableError
from dtcheck.targets import TargetsFile

# A table with one of these holds no form.
_NO_FORM = (MISSING_COLUMN, NO_ROWS)


def read_submissions(
    paths: Iterable[str],
    targets: TargetsFile,
    as_of: Period | None = None,
    stdin: BinaryIO | None = None,
    renamed: Mapping[str, Field] | None = None,
    watch: Callable[[Sequence[str]], Iterable[str]] = iter,
    exclude: Collection[str] = (),
) -> Submissions:
    """Read every file; a file that can't be read is a finding and doesn't hide the others.

    ``as_of`` is the period of rows that name none, and leaves out later ones. The path ``-``
    stands for ``stdin``, a folder for the submissions in it. ``renamed`` maps headers of the
    bureaus' own forms to fields; ``exclude`` are patterns of what is left out of folders. ``watch`` hands the files on while it shows how far they are read.
    In what order the files are named makes no difference.
    """
    run = _Run(targets, as_of, renamed)
    in_folders: list[Finding] = []
    files = sorted(submission_files(paths, in_folders, exclude))
    run.findings.extend(map(run.filed, in_folders))
    for path in watch(files):
        run.read(path, stdin)
    return run.ledger.settle(targets.by_code, run.findings, run.files)


class _Run:
    """What is known so far, file after file."""

    def __init__(
        self, targets: TargetsFile, as_of: Period | None, renamed: Mapping[str, Field] | None
    ) -> None:
        self._targets = targets
        self._as_of = as_of
        self._headers = HeaderReader(targets.year, renamed)
        self._lookup = TargetLookup(targets)
        self.ledger = Ledger()
        self.findings: list[Finding] = []
        self.files: dict[str, Filing] = {}

    def filed(self, finding: Finding) -> Finding:
        """Return what is wrong with a path, with the month and bureau that it names."""
        place = finding.place
        return replace(finding, place=place._replace(filing=self._filing(place.file)))

    def _filing(self, path: str) -> Filing:
        if path == "-":
            return Filing()
        return Filing(period_of_path(path), self._targets.bureau(PurePath(path).stem))

    def read(self, path: str, stdin: BinaryIO | None) -> None:
        """Read one file into the ledger."""
        whole = Table(shown_name(path), self._filing(path))
        self.files[whole.file] = whole.filing
        found: list[Finding] = []
        tables = 0
        try:
            for table, rows in read_tables(path, whole, stdin, self._headers.score, found):
                self._enter(table, rows, found)
                tables += table.sheet is not None
        except UnreadableError as error:
            place = whole.place()._replace(line=error.line)
            found.append(Finding(error.rule, str(error), error.hint, place))
        except OSError as error:
            problem = f"文件打不开：{reason(error)}"
            found.append(Finding(UNREADABLE, problem, "核对路径和权限", whole.place()))
        else:
            found = _of_sheets(found, tables)
        self.findings.extend(found)

    def _enter(self, table: Table, rows: Iterator[Row], found: list[Finding]) -> None:
        if (read := find_form(rows, self._headers, self._targets, table, found)) is None:
            return
        form, data = read
        named = period_of_sheet(table.sheet, self._targets.year) if table.sheet else None
        filed = table.filing.month
        default = named or filed or self._as_of
        reader = RowReader(self._targets, self._lookup, form, filed, default)
        FormEntries(reader, form, table, self.ledger, found).enter(data, self._as_of)


def _of_sheets(found: list[Finding], sheets: int) -> list[Finding]:
    """Return the findings on a file; a sheet without a form only counts if no other has one."""
    without = [each for each in found if each.rule in _NO_FORM]
    if len(without) < sheets:
        return [
            _passed_over(each) if each.rule in _NO_FORM else each
            for each in found
            if each.message != EMPTY
        ]
    if sheets and all(each.message == EMPTY for each in without):
        return [without[0], *(each for each in found if each.rule not in _NO_FORM)]
    return found


def _passed_over(finding: Finding) -> Finding:
    """Return what to say of a sheet that holds no figures beside others that do."""
    hint = "这张表要报数的，补上表头和数；说明之类的表不必理会"
    message = f"{finding.message}；整张表没有参与检查"
    return replace(finding, rule=LEFT_OUT, message=message, hint=hint)
