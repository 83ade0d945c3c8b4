"""What a document consists of: plain values, from top to bottom. Texts are clean of control characters."""

from __future__ import annotations

from typing import NamedTuple


class Masthead(NamedTuple):
    """The red head of a series (督查通报), the number of the issue, and the red line below."""

    name: str
    issue: str = ""


class Title(NamedTuple):
    """The title of the document."""

    text: str


class Opening(NamedTuple):
    """Whom the document goes to (主送机关), at the left edge."""

    text: str


class Heading(NamedTuple):
    """A heading of the first level (一、) or the second (（一））; ``text`` has its number."""

    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """A paragraph of the body; a dense one is for what must fit on one page."""

    text: str
    is_dense: bool = False


class AnnexList(NamedTuple):
    """The names of what is annexed, below the body."""

    names: tuple[str, ...]


class Signature(NamedTuple):
    """Who signs, and the date, at the right; either may be ""."""

    sender: str
    date: str


class AnnexTitle(NamedTuple):
    """The start of an annex, on a new page."""

    label: str
    title: str


class Landscape(NamedTuple):
    """From here on, pages lie."""


class Cell(NamedTuple):
    """A cell; ``fill`` is the colour of its ground in hex, or ""."""

    text: str
    fill: str = ""


class Band(NamedTuple):
    """A row of one cell over the whole width."""

    text: str


class Grid(NamedTuple):
    """A table whose head repeats on every page.

    ``widths`` are shares of the width of the page; ``aligns`` hold left, center or right.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...] | Band, ...]
    widths: tuple[float, ...]
    aligns: tuple[str, ...]


class Remarks(NamedTuple):
    """Small print below a table."""

    texts: tuple[str, ...]


Block = (
    Masthead
    | Title
    | Opening
    | Heading
    | Paragraph
    | AnnexList
    | Signature
    | AnnexTitle
    | Landscape
    | Grid
    | Remarks
)
