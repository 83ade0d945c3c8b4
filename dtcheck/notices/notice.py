"""A notice in plain texts, tables and lists: built once, laid out by every rendering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dtcheck.digest import Digest
from dtcheck.formats.content import ResultLine, clean
from dtcheck.judge import WORST_FIRST, Light
from dtcheck.notices.amended import amended_sum, amended_texts
from dtcheck.notices.figures import notice_line, short_columns
from dtcheck.notices.formalities import Formalities
from dtcheck.notices.listing import Listing
from dtcheck.notices.lists import (
    BRIEF_SHORT,
    brief_notes,
    change_heading,
    changes,
    contradiction_text,
    few_line,
    silent_line,
)
from dtcheck.notices.submitted import (
    all_there,
    overdue,
    reporting_line,
    reporting_table,
    unread_line,
)
from dtcheck.notices.tables import (
    Table,
    Tile,
    bureau_table,
    change_head,
    kept_change,
    kept_text,
    months_table,
    section_table,
    status_table,
    tiles_of,
)
from dtcheck.notices.words import (
    as_of_line,
    change_line,
    light_counts,
    narrowed,
    notes,
    overall_line,
    source_line,
    title,
)
from dtcheck.targets import Section


class DigestStyle(NamedTuple):
    """``brief`` asks for one page; ``title`` replaces the usual heading.

    ``formalities`` are for documents only; ``contradictions`` asks for goals that can't both be met.
    """

    brief: bool = False
    title: str | None = None
    formalities: Formalities = Formalities()
    contradictions: bool = False


class Part(NamedTuple):
    """A section of the targets file: its targets, and how many show which light, worst first."""

    name: str
    heading: str
    lines: tuple[ResultLine, ...]
    kept: str
    change: str
    lights: Mapping[Light, int]

    @property
    def by_light(self) -> list[ResultLine]:
        """The targets, worst light first."""
        return sorted(self.lines, key=lambda line: WORST_FIRST.index(line.light))


class Shortfalls(NamedTuple):
    """The shortfalls of a section, worst first."""

    name: str
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says; texts are cleaned, and escaping is the renderings' own.

    "" and empty lists stand for what there is nothing to say about. ``short_columns`` are heads
    with the fields of a line below them; ``digest`` is for those who draw.
    """

    digest: Digest
    brief: bool
    formalities: Formalities
    title: str
    scope: str
    unread: str
    few: str
    headline: str
    change: str
    tiles: tuple[Tile, ...]
    statuses: Table
    section_counts: Table
    parts: tuple[Part, ...]
    short_columns: tuple[tuple[str, str], ...]
    worst: tuple[ResultLine, ...]
    shortfalls: tuple[Shortfalls, ...]
    short_count: int
    silent: str
    compared: bool
    change_head: str
    change_heading: str
    changes: tuple[Listing, ...]
    amended: tuple[str, ...]
    amended_sum: str
    reporting: str
    reporting_counts: Table
    overdue: tuple[Listing, ...]
    all_there: str
    bureaus: Table
    months: Table
    contradictions: tuple[str, ...]
    brief_notes: tuple[str, ...]
    notes: tuple[str, ...]
    source: str


def build_notice(digest: Digest, style: DigestStyle) -> Notice:
    """Put a digest into words."""
    lines = {each.target.code: notice_line(each, digest) for each in digest.report.results}
    tiles = tiles_of(digest)
    against = tuple(map(contradiction_text, digest.contradictions)) if style.contradictions else ()
    return Notice(
        digest=digest,
        brief=style.brief,
        formalities=style.formalities,
        title=title(digest, style.title),
        scope=narrowed(digest),
        unread=unread_line(digest),
        few=few_line(digest),
        headline=as_of_line(digest) + overall_line(digest),
        change=change_line(digest),
        tiles=tiles,
        statuses=status_table(tiles, digest),
        section_counts=section_table(digest),
        parts=tuple(_part(section, digest, lines) for section in digest.report.sections),
        short_columns=short_columns(digest),
        worst=tuple(lines[each.target.code] for each in digest.shortfalls[:BRIEF_SHORT]),
        shortfalls=tuple(
            Shortfalls(clean(section.name), tuple(lines[each.target.code] for each in results))
            for section, results in digest.shortfalls_by_section
        ),
        short_count=len(digest.shortfalls),
        silent=silent_line(digest),
        compared=digest.before is not None,
        change_head=change_head(digest),
        change_heading=change_heading(digest),
        changes=changes(digest),
        amended=amended_texts(digest),
        amended_sum=amended_sum(digest),
        reporting=reporting_line(digest),
        reporting_counts=reporting_table(digest),
        overdue=overdue(digest),
        all_there="" if digest.overdue_by_bureau else all_there(digest),
        bureaus=bureau_table(digest),
        months=months_table(digest),
        contradictions=against,
        brief_notes=brief_notes(digest, against),
        notes=notes(digest),
        source=source_line(digest),
    )


def _part(section: Section, digest: Digest, lines: Mapping[str, ResultLine]) -> Part:
    results = digest.report.of_section(section)
    now = digest.now.by_section[section.name]
    before = digest.before.by_section[section.name] if digest.before else None
    return Part(
        name=clean(section.name),
        heading=clean(section.heading),
        lines=tuple(lines[each.target.code] for each in results),
        kept=kept_text(now),
        change=kept_change(now, before),
        lights=light_counts(results),
    )
