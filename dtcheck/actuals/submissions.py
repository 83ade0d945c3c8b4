"""Reading submissions: files in, the settled ledger and all findings out."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from typing import BinaryIO

from dtcheck.actuals.actual import MOST_PLACES, Submissions
from dtcheck.actuals.alike import as_one
from dtcheck.actuals.entries import FormEntries
from dtcheck.actuals.ledger import Ledger
from dtcheck.actuals.outline import has_figure, next_header
from dtcheck.headers.classes import ColumnClass
from dtcheck.headers.columns import HeaderReader
from dtcheck.headers.fields import Field
from dtcheck.headers.form import Form, of_other_figures
from dtcheck.headers.header import EMPTY, FoundForm, find_form
from dtcheck.headers.sources import (
    Source,
    Surroundings,
    bureau_part,
    filed_month,
    is_correction,
    path_sources,
    surroundings,
    units_in_line,
)
from dtcheck.periods import Period
from dtcheck.rows.lookup import TargetLookup
from dtcheck.rows.months import Dating
from dtcheck.rows.reader import FormMemory, RowReader
from dtcheck.rules import Filing, Finding, Level, Place
from dtcheck.rules.base import UNFILED
from dtcheck.rules.files import HIDDEN_SHEET, MISSING_COLUMN, NO_ROWS, UNREADABLE
from dtcheck.rules.plausibility import LEFT_OUT
from dtcheck.rules.rows import OTHER_YEAR
from dtcheck.tables.files import read_tables
from dtcheck.tables.folders import submission_files
from dtcheck.tables.table import Table, shown_name
from dtcheck.tables.text import Row, UnreadableError
from dtcheck.tables.unreadable import why_closed
from dtcheck.targets import TargetsFile
from dtcheck.targets.bureaus import undecorated
from dtcheck.units import own_units

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
    most_places: int = MOST_PLACES,
    filed_by: Period | None = None,
    apart: Collection[str] = (),
) -> Submissions:
    """Read every file; a file that can't be read is a finding and doesn't hide the others.

    ``as_of`` is the period of rows that name none, and leaves out later ones. The path ``-``
    stands for ``stdin``, a folder for the submissions in it. ``renamed`` maps headers of the
    bureaus' own forms to fields; ``exclude`` are patterns of what is left out of folders, as are folders
    ``apart``. ``watch``
    hands the files on while it shows how far they are read. Of a finding at many places the first
    ``most_places`` are kept. Files that were filed after ``filed_by`` are left aside, as if they
    weren't there. In what order the files are named makes no difference.
    """
    run = _Run(targets, as_of, renamed, most_places, filed_by)
    in_folders: list[Finding] = []
    files = sorted(submission_files(paths, in_folders, exclude, apart))
    run.findings.extend(filter(run.is_in, map(run.filed, in_folders)))
    with own_units(targets.units):
        for path in watch([path for path in files if run.came_in(path)]):
            run.read(path, stdin)
    # What was known by a month is settled anew from the ledger, which settling must not change.
    ledger = run.ledger

    @cache
    def known_by(month: Period) -> Submissions:
        return ledger.as_filed(month).settle(targets.by_code, (), {})

    settled = ledger.as_filed().settle(targets.by_code, run.findings, run.files)
    named = {
        *map(targets.bureau, run.ledger.senders),
        *(each.bureau for each in run.files.values()),
    }
    return settled._replace(
        findings=as_one(settled.findings),
        as_of=as_of,
        senders=frozenset(filter(None, named)),
        heads=tuple(run.heads),
        known_by=known_by,
    )


def submitted_tables(
    content: bytes, targets: TargetsFile, renamed: Mapping[str, Field] | None = None
) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield the tables of one submission with their rows, as ``read_submissions`` reads them.

    Raises UnreadableError, also half-way.
    """
    headers = HeaderReader(targets.year, renamed)
    is_form = partial(_is_form, headers, targets)
    return read_tables("-", Table("", UNFILED), io.BytesIO(content), headers.score, is_form, [])


def _is_form(headers: HeaderReader, targets: TargetsFile, rows: Iterator[Row]) -> bool:
    return find_form(rows, headers, targets, Table("", UNFILED), []) is not None


class _Run:
    """What is known so far, file after file."""

    def __init__(
        self,
        targets: TargetsFile,
        as_of: Period | None,
        renamed: Mapping[str, Field] | None,
        most_places: int,
        filed_by: Period | None = None,
    ) -> None:
        self._targets = targets
        self._as_of = as_of
        self._filed_by = filed_by
        self._headers = HeaderReader(targets.year, renamed)
        self._lookup = TargetLookup(targets)
        self._memories: dict[Form, FormMemory] = {}
        limits = [each for each in (as_of, filed_by) if each]
        self.ledger = Ledger(min(limits, default=None), most_places)
        self.findings: list[Finding] = []
        self.files: dict[str, Filing] = {}
        self.heads: list[Place] = []
        self._path: tuple[Source, ...] = ()
        self._bureau = cache(self._bureau_of)
        # Of the file being read: forms that were entered, and what is said of those that weren't.
        self._forms = 0
        self._others: list[Finding] = []

    def _bureau_of(self, stem: str) -> str | None:
        """Return the bureau after which a file is named, whatever else its name says."""
        bureau, year = self._targets.bureau, self._targets.year
        names = (stem, *undecorated(stem, year))
        return next((found for name in names if (found := bureau(name))), None)

    def came_in(self, path: str) -> bool:
        """Whether a file was there by the month that the run is asked about."""
        if self._filed_by is None or path == "-":
            return True
        month = filed_month(path_sources(path, self._targets.year))
        return month is None or month <= self._filed_by

    def is_in(self, finding: Finding) -> bool:
        """Whether a finding on a path is of one that had come in."""
        return self.came_in(finding.place.file)

    def filed(self, finding: Finding) -> Finding:
        """Return what is wrong with a path, with the month and bureau that it names."""
        place = finding.place
        filing = self._filing(place.file, path_sources(place.file, self._targets.year))
        return replace(finding, place=place._replace(filing=filing))

    def _filing(self, path: str, sources: tuple[Source, ...]) -> Filing:
        if path == "-":
            return UNFILED
        bureau = self._bureau(bureau_part(path))
        return Filing(filed_month(sources), bureau, is_correction(path, self._targets.year))

    def read(self, path: str, stdin: BinaryIO | None) -> None:
        """Read one file into the ledger."""
        self._path = path_sources(path, self._targets.year) if path != "-" else ()
        whole = Table(shown_name(path), self._filing(path, self._path))
        self.files[whole.file] = whole.filing
        found: list[Finding] = []
        self._forms, self._others = 0, []
        tables = 0
        try:
            score, is_form = self._headers.score, partial(_is_form, self._headers, self._targets)
            for found_table, rows in read_tables(path, whole, stdin, score, is_form, found):
                table = self._as_filed(found_table)
                if table.hidden:
                    self._pass_over(table, rows, found)
                else:
                    self._enter(table, rows, found)
                    tables += table.sheet is not None
        except UnreadableError as error:
            place = whole.place()._replace(line=error.line)
            found.append(Finding(error.rule, str(error), error.hint, place))
        except OSError as error:
            found.append(Finding(UNREADABLE, *why_closed(error, path), whole.place()))
        else:
            found = _of_sheets(found, tables)
        # Beside a form that counts, those of the plan and of other years are no mistake.
        rule = LEFT_OUT if self._forms else None
        found.extend(replace(each, rule=rule or each.rule) for each in self._others)
        self.findings.extend(found)

    def _as_filed(self, table: Table) -> Table:
        """Return the table of a marked copy as its original was filed, where its own path tells no month."""
        if table.origin is None or any(each.told.period for each in self._path):
            return table
        self._path = path_sources(table.origin, self._targets.year)
        origin = self._filing(table.origin, self._path)
        filing = origin._replace(bureau=table.filing.bureau or origin.bureau)
        self.files[table.file] = filing
        return table._replace(filing=filing)

    def _enter(self, table: Table, rows: Iterator[Row], found: list[Finding]) -> None:
        """Enter the forms of a table, one below the other."""
        titles: tuple[str, ...] = ()
        forms = 0
        empty: list[Finding] = []
        while form := find_form(rows, self._headers, self._targets, table, found):
            forms += 1
            self.heads.append(table.place(form.row, index=form.form.width))
            titles = form.titles or titles
            next_rows = self._form(form, titles, table, found)
            if found and found[-1].rule is NO_ROWS:
                empty.append(replace(found.pop(), place=table.place(form.row)))
            if not next_rows:
                break
            rows = chain(next_rows, form.rows)
        if len(empty) < forms:
            # A header once more, at the end of a page.
            found.extend(replace(each, rule=LEFT_OUT) for each in empty)
        elif empty:
            found.append(replace(empty[0], place=table.place()))

    def _not_ours(self, form: Form, around: Surroundings, place: Place) -> Finding | None:
        """Return what to say of a whole form that holds the plan's figures or another year's."""
        if around.other and not form.ours:
            message = f"{around.other.what}说的是{around.other.words}，没有写明哪一列是今年的实际数，整张表没有采用"
            hint = "是实际数的，表头写明“累计完成”，或改正标题"
            return Finding(MISSING_COLUMN, message, hint, place)
        named, year = around.of_year, self._targets.year
        sheet = named is not None and named.what.startswith("工作表名")
        if named is None or named.year == year or not sheet or Field.PERIOD in form.columns:
            return None
        if any(each.period and each.period.year == year for each in form.ours):
            return None
        message = f"{named.what}说的是 {named.year} 年，不是 {year} 年，整张表没有采用"
        return Finding(OTHER_YEAR, message, f"确是 {year} 年的，改正{named.what}", place)

    def _pass_over(self, table: Table, rows: Iterator[Row], found: list[Finding]) -> None:
        """Leave out a hidden sheet, and say if it holds a form with figures."""
        form = find_form(rows, self._headers, self._targets, table, [])
        holds = form is not None and any(has_figure(row.cells, form.form) for row in form.rows)
        message = f"隐藏的工作表“{table.sheet}”没有检查" + ("，里面有填了数的表" if holds else "")
        hint = "要报的，取消隐藏再存盘；不报的，删去这张表"
        level = Level.WARNING if holds else None
        found.append(Finding(HIDDEN_SHEET, message, hint, table.place(), graded=level))

    def _form(
        self, found_form: FoundForm, titles: tuple[str, ...], table: Table, found: list[Finding]
    ) -> list[Row]:
        """Enter one form; return the header of the next, with the titles above it."""
        form, year = found_form.form, self._targets.year
        rows = found_form.rows
        below = next(rows, None)
        line_below = _unit_line(below)
        has_column = Field.PERIOD in form.columns
        titles = (*titles, *line_below)
        around = surroundings(
            titles, form.said, table.sheet, self._path, year, has_column=has_column
        )
        if below is not None and not line_below:
            rows = chain((below,), rows)
        form = _of_year(form, around, year)
        if other := around.other:
            form = of_other_figures(form, other.kind, are_all=other.are_all)
        if passed_over := self._not_ours(form, around, table.place(found_form.row)):
            self._others.append(passed_over)
            return next_header(rows, self._headers)
        self._forms += 1
        dating = Dating(year, around, self._as_of, has_column=has_column)
        says_cumulative = around.says_cumulative or _says_cumulative(form)
        memory = self._memories.setdefault(form, FormMemory())
        reader = RowReader(
            self._targets,
            self._lookup,
            form,
            dating,
            around.line,
            memory,
            says_cumulative=says_cumulative,
        )
        entries = FormEntries(reader, form, table, around, dating, year, self.ledger, found)
        return entries.enter(rows, self._headers)


def _of_year(form: Form, around: Surroundings, year: int) -> Form:
    """Return a form whose months, where their headers name no year, are of that of its title or path."""
    named = around.of_year
    if named is None or named.year is None or named.year == year:
        return form
    other = named.year
    figures = tuple(
        replace(each, period=each.period._replace(year=other))
        if each.period and str(year) not in each.header
        else each
        for each in form.figures
    )
    return replace(form, figures=figures)


def _says_cumulative(form: Form) -> bool:
    """Whether a header says 累计 of this year's figures: 累计目标 and 累计增长 do not."""
    others = {
        each.header
        for each in form.figures
        if not each.kind.is_ours or each.kind is ColumnClass.GROWTH
    }
    return any("累计" in head for head in form.found if head not in others)


def _unit_line(row: Row | None) -> tuple[str, ...]:
    """Return the texts of a row right below the header that names the form's unit, and nothing else."""
    filled = [cell.strip() for cell in row.cells if cell.strip()] if row else []
    return tuple(filled) if len(filled) == 1 and units_in_line(filled[0]) else ()


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
