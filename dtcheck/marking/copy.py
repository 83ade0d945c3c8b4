"""A marked copy of one submission, from its bytes and the Report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dtcheck.actuals import submitted_tables
from dtcheck.formats.content import result_line
from dtcheck.headers.fields import Field
from dtcheck.headers.sources import path_sources
from dtcheck.judge import Report, Result, Status
from dtcheck.marking.areas import Area, Areas
from dtcheck.marking.listing import Line, Missing, Spot, add_listing, remove_listing
from dtcheck.marking.marks import mark, unmark
from dtcheck.marking.seal import is_untouched, seal, seal_of
from dtcheck.marking.source import REBUILT, Source, is_workbook, open_source, rebuild
from dtcheck.marking.verdicts import Head, add_verdicts, clear_verdicts
from dtcheck.rules import Finding, Level, Place
from dtcheck.tables.unreadable import UnreadableError
from dtcheck.workbooks import FAILURES, book_bytes


class MarkedCopy(NamedTuple):
    """A marked copy: the bytes of the file, and in words what of the original is not in it."""

    content: bytes
    losses: tuple[str, ...]
    has_macros: bool


def mark_copy(
    content: bytes,
    file: str,
    report: Report,
    heads: Iterable[Place],
    renamed: Mapping[str, Field] | None = None,
    *,
    macros: bool = False,
) -> MarkedCopy:
    """Return a marked copy of the submission ``content``, called ``file`` in the findings.

    ``heads`` are where the headers of its forms stand, ``renamed`` as in reading; ``macros`` are
    kept only in an .xlsm. Raises UnreadableError where there is nothing to mark.
    """
    read = partial(submitted_tables, targets=report.file, renamed=renamed)
    tables = partial(read, content)
    known = seal_of(tables)
    where = tuple(head for head in heads if head.file == file)
    with suppress(*FAILURES, UnreadableError):
        source = open_source(content, tables, macros=macros)
        copy = _Marking(source, file, report, where).copy(known)
        if is_untouched(copy.content, partial(read, copy.content)):
            return copy
    # The form can be read, and yet openpyxl fails on something else in the workbook, or loses cells.
    lost = REBUILT if is_workbook(content) else ""
    return _Marking(rebuild(tables, lost), file, report, where).copy(known)


def is_replaceable(content: bytes, report: Report, renamed: Mapping[str, Field] | None) -> bool:
    """Whether a file may be written over: blank, or a marked copy that nobody has mended since."""
    tables = partial(submitted_tables, content, report.file, renamed)
    return not content.strip() or is_untouched(content, tables)


class _Marking:
    """One file that is marked."""

    def __init__(self, source: Source, file: str, report: Report, heads: tuple[Place, ...]) -> None:
        self._source = source
        self._file = file
        self._report = report
        self._heads = heads
        self._areas: dict[str, Areas] = {}
        self._results = [
            each for each in report.results if each.actual and each.actual.place.file == file
        ]
        self._findings = [
            each
            for each in report.findings
            if any(place.file == file for place in (each.place, *each.more))
        ]

    def copy(self, known: str) -> MarkedCopy:
        """Return the marked copy under the seal ``known``."""
        book = self._source.book
        seal(book, known)
        remove_listing(book)
        for sheet in book.worksheets:
            clear_verdicts(sheet)
            unmark(sheet)
        self._areas = {
            sheet.title: Areas(sheet, (head.row for head in self._heads_in(sheet)))
            for sheet in book.worksheets
        }
        lines, missing = list(self._lines()), list(self._missing())
        for sheet in book.worksheets:
            mark(sheet, self._found(sheet))
            self._add_verdicts(sheet)
        origin = self._origin()
        add_listing(book, self._report, origin, lines, missing, self._source.losses)
        return MarkedCopy(
            book_bytes(book, self._source.stored), self._source.losses, self._source.has_macros
        )

    def _heads_in(self, sheet: Worksheet) -> list[Head]:
        return [
            Head(head.row, head.at + 1)
            for head in self._heads
            if self._is_in(head, sheet) and head.row is not None and head.at is not None
        ]

    def _is_in(self, place: Place, sheet: Worksheet) -> bool:
        """Whether a place is in a sheet; a text has only one, and names none."""
        return place.file == self._file and place.sheet in (None, sheet.title)

    def _found(self, sheet: Worksheet) -> dict[Area, list[Finding]]:
        areas: dict[Area, list[Finding]] = {}
        for finding in self._findings:
            for place in (finding.place, *finding.more):
                if self._is_in(place, sheet) and (area := self._areas[sheet.title].of(place)):
                    areas.setdefault(area, []).append(finding)
        return areas

    def _add_verdicts(self, sheet: Worksheet) -> None:
        verdicts = {}
        for result in self._results:
            place = result.actual.place if result.actual else None
            if place and place.row is not None and self._is_in(place, sheet):
                line = result_line(result, self._report)
                verdicts[place.row] = (line.lamp, line.progress, line.gap)
        stored: Any = self._source.stored.get(sheet.title, {})
        for at in add_verdicts(sheet, self._heads_in(sheet), verdicts):
            stored.pop(at, None)

    def _spot(self, place: Place) -> Spot | None:
        """Return where a place is in the copy; None for the file as a whole, and for other files."""
        sheets = self._source.book.worksheets
        for sheet in sheets:
            if not self._is_in(place, sheet):
                continue
            area = self._areas[sheet.title].of(place)
            if area is None:
                return Spot(sheet.title, "A1", f"“{sheet.title}”表") if place.sheet else None
            cell = f"{get_column_letter(area.first)}{area.row}"
            words = cell if area.first == area.last else f"第{area.row}行"
            return Spot(
                sheet.title, cell, f"“{sheet.title}”表 {words}" if len(sheets) > 1 else words
            )
        return None

    def _lines(self) -> Iterator[Line]:
        """Yield the findings with every place of theirs in this file, heaviest first."""
        levels = list(Level)
        for finding in sorted(self._findings, key=lambda each: levels.index(each.level)):
            for place, code in finding.placed:
                if place.file == self._file:
                    yield Line(finding, self._spot(place), code)

    def _missing(self) -> Iterator[Missing]:
        """Yield what the bureaus of this file have still to hand in, with the rows that were of no use."""
        rows = {
            code: place
            for each in reversed(self._findings)
            for place, code in reversed(each.placed)
            if code and place.file == self._file
        }
        met = {each.target.code for each in self._results} | rows.keys()
        by_code = self._report.file.by_code
        leads = set(self._senders()) or {by_code[code].lead for code in met if code in by_code}
        for result in self._report.results:
            if result.status is Status.NO_DATA and result.target.lead in leads:
                yield Missing(result, self._row_of(result, rows.get(result.target.code)))

    def _senders(self) -> Iterator[str]:
        """Yield the bureaus that the file is from, by its path and by its rows."""
        yield from (head.filing.bureau for head in self._heads if head.filing.bureau)
        for result in self._results:
            named = result.actual and self._report.file.bureau(result.actual.bureau)
            if named:
                yield named

    def _row_of(self, result: Result, place: Place | None) -> Spot | None:
        if result.actual and result.actual.place.file == self._file:
            return self._spot(result.actual.place)
        return self._spot(place) if place else None

    def _origin(self) -> str:
        """Return the file that tells month and bureau: of a copy marked again that of the first, if its own doesn't."""
        origin = self._source.origin
        own = path_sources(self._file, self._report.file.year)
        return self._file if origin is None or any(each.told.period for each in own) else origin
