"""What goes into the writing of a document beside its blocks, and what comes out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class TemplateError(Exception):
    """A template can't be used; the message says why, and how to mend it."""


class Template(NamedTuple):
    """An office's own document, for its styles, headers and footers."""

    name: str
    content: bytes


class Properties(NamedTuple):
    """What the file says of itself. ``when`` stands for the time of writing: same input, same bytes."""

    title: str
    author: str
    when: datetime


class Written(NamedTuple):
    """A document, and the names of the styles that its template lacks, each with what stands in."""

    content: bytes
    missing: tuple[str, ...] = ()
