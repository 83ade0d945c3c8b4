"""The digest as a page: one file that needs no network, and no script to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dtcheck.digest import Digest
from dtcheck.formats.content import LIGHT_WORDS, clean, percent
from dtcheck.judge import Light, Result, Status
from dtcheck.notices import DigestStyle
from dtcheck.notices.charts import Bullet, Trend, bullet, trend
from dtcheck.notices.figures import (
    NO_REASON,
    ShortLine,
    actual_text,
    name_of,
    pace_gap_text,
    short_figures,
    short_heads,
    short_line,
)
from dtcheck.notices.lists import (
    BRIEF_SHORT,
    brief_notes,
    change_heading,
    change_lists,
    contradiction_text,
    doubt_lines,
    finding_text,
    ignored_line,
    silent_text,
    unread_line,
)
from dtcheck.notices.tables import (
    bureau_table,
    change_head,
    kept_change,
    kept_text,
    section_table,
)
from dtcheck.notices.words import (
    NAMED,
    as_of_line,
    change_line,
    light_counts,
    narrowed,
    notes,
    overall_line,
    signed,
    source_line,
    title,
)
from dtcheck.targets import Section

_LIGHT_SIGNS = {
    Light.RED: "×",
    Light.YELLOW: "△",
    Light.GREEN: "√",
    Light.BLUE: "○",
    Light.GREY: "–",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One target in words and charts.

    ``short`` is set for a shortfall, and ``rest`` then holds the figures after how far it is
    behind, each with its head.
    """

    code: str
    name: str
    section: str
    lead: str
    goal: str
    actual: str
    progress: str
    gap: str
    sign: str
    status: str
    light: str
    bullet: Bullet | None
    trend: Trend | None
    short: ShortLine | None
    rest: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A status in the headline: how many, and the change."""

    label: str
    sign: str
    light: str
    count: int
    change: str


@dataclass(frozen=True, slots=True)
class Card:
    """A section at a glance."""

    name: str
    heading: str
    kept: str
    change: str
    lights: tuple[tuple[str, str, str, int], ...]
    rows: tuple[Row, ...]
    total: int


def render(digest: Digest, style: DigestStyle) -> str:
    """Return the digest as a page."""
    environment = Environment(
        loader=PackageLoader("dtcheck.notices", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("digest.html").render(_content(digest, style))


def _content(digest: Digest, style: DigestStyle) -> Mapping[str, Any]:
    results = digest.report.results
    rows = {result.target.code: _row(result, digest) for result in results}
    shortfalls = [
        (clean(section.name), [rows[result.target.code] for result in short])
        for section, short in digest.shortfalls_by_section
    ]
    return {
        "brief": style.brief,
        "title": title(digest, style.title),
        "scope": narrowed(digest),
        "unread": unread_line(digest),
        "ignored": ignored_line(digest),
        "as_of": as_of_line(digest),
        "overall": overall_line(digest),
        "change": change_line(digest),
        "change_head": change_head(digest),
        "kept": kept_text(digest.report.summary),
        "gone": round(100 * digest.month / 12, 1),
        "tiles": _tiles(digest),
        "cards": [_card(section, digest, rows) for section in digest.report.sections],
        "sections": section_table(digest),
        "shortfalls": shortfalls,
        "worst": [rows[result.target.code] for result in digest.shortfalls[:BRIEF_SHORT]],
        "short_heads": short_heads(digest),
        "short_count": len(digest.shortfalls),
        "no_reason": NO_REASON,
        "change_heading": change_heading(digest),
        "compared": digest.before is not None,
        "changes": change_lists(digest),
        "corrections": [finding_text(each) for each in digest.corrections],
        "silent": [
            (clean(lead), [silent_text(each, digest) for each in results])
            for lead, results in digest.silent_by_bureau.items()
        ],
        "bureaus": bureau_table(digest),
        "doubts": [
            (clean(bureau), len(findings), doubt_lines(findings, digest))
            for bureau, findings in digest.doubtful.items()
        ],
        "contradictions": [contradiction_text(each) for each in digest.contradictions],
        "everything": [
            (
                clean(section.name),
                clean(section.heading),
                [rows[result.target.code] for result in digest.report.of_section(section)],
            )
            for section in digest.report.sections
        ],
        "section_names": [clean(section.name) for section in digest.report.sections],
        "leads": list(dict.fromkeys(clean(result.target.lead) for result in results)),
        "statuses": [
            status.label for status in Status if any(result.status is status for result in results)
        ],
        "brief_notes": brief_notes(digest),
        "notes": notes(digest),
        "source": source_line(digest, style.files),
    }


def _row(result: Result, digest: Digest) -> Row:
    target, verdict = result.target, result.verdict
    short = short_line(result, digest) if result.status.is_shortfall else None
    rest = zip(short_heads(digest), short_figures(short, digest), strict=True) if short else ()
    return Row(
        code=target.code,
        name=name_of(result),
        section=clean(target.section),
        lead=clean(target.lead),
        goal=clean(result.goal.text),
        actual=actual_text(result, digest),
        progress=percent(verdict.progress),
        gap=pace_gap_text(result),
        sign=result.status.sign(verdict.light),
        status=result.status.label,
        light=verdict.light.value,
        bullet=bullet(result),
        trend=trend(digest.tracks[target.code]),
        short=short,
        rest=tuple(rest)[4:],
    )


def _tiles(digest: Digest) -> list[Tile]:
    now, before = digest.report.summary, digest.before
    tiles = []
    for status in Status:
        count = now.by_status[status]
        then = before.summary.by_status[status] if before else None
        if status in NAMED or count or then:
            change = "" if then is None else signed(count - then)
            light = Light.RED if status is Status.BEHIND else status.light
            tiles.append(Tile(status.label, status.sign(light), light.value, count, change))
    return tiles


def _card(section: Section, digest: Digest, rows: Mapping[str, Row]) -> Card:
    results = digest.report.of_section(section)
    summary = digest.section_summaries[section.name]
    lights = tuple(
        (light.value, _LIGHT_SIGNS[light], LIGHT_WORDS[light], count)
        for light, count in light_counts(results).items()
        if count
    )
    return Card(
        name=clean(section.name),
        heading=clean(section.heading),
        kept=kept_text(summary),
        change=kept_change(summary, digest.sections_before.get(section.name)),
        lights=lights,
        rows=tuple(rows[each.target.code] for each in sorted(results, key=_by_light)),
        total=summary.total,
    )


def _by_light(result: Result) -> int:
    return list(_LIGHT_SIGNS).index(result.verdict.light)
