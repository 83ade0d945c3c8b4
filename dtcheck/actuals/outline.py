"""What a row is before it is read: the header of another form, or one that holds figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dtcheck.headers.columns import HeaderReader
from dtcheck.headers.form import Form
from dtcheck.patterns import regex
from dtcheck.tables.text import Row
from dtcheck.units import match_number, parse_unit, plain

# Numbers that are no figures: telephones, dates, years.
_NO_FIGURE = regex(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}|(?:19|20)[0-9]{2}(?:[-/.年].*)?|[0-9]{7,8}")


def next_header(rows: Iterator[Row], headers: HeaderReader) -> list[Row]:
    """Pass over the rows of a form; return the header of the next, after the titles above it, or []."""
    since: list[Row] = []
    for row in rows:
        if is_header(row.cells, headers):
            return [*since, row]
        if sum(bool(cell.strip()) for cell in row.cells) > 1:
            since = []
        else:
            since.append(row)
    return []


def is_header(cells: tuple[str, ...], headers: HeaderReader) -> bool:
    """Whether a row is the header of a form."""
    if any(_is_number(cell) for cell in cells) or len(cells) < 2:
        return False
    form = headers.read((cells,))
    return form.score > 1 and not form.missing


def has_figure(cells: Sequence[str], form: Form) -> bool:
    """Whether a row has a number in a column that may hold results: known ones, or unknown."""
    return any(_is_number(cells[at]) for at in form.results if at < len(cells))


def has_clear_figure(cells: Sequence[str], form: Form) -> bool:
    """Whether a row has one that is nothing but a number and a unit: 48个, not 5O."""
    texts = (plain(cells[at]) for at in form.results if at < len(cells))
    return any(
        (number := match_number(text)) is not None
        and (number[1] == len(text) or parse_unit(text[number[1] :]) is not None)
        for text in texts
    )


def _is_number(cell: str) -> bool:
    text = plain(cell)
    return bool(text) and match_number(text) is not None and not _NO_FIGURE.fullmatch(text)
