"""Notices (督查通报): a Digest in words, laid out as text or as a page.

A rendering is a module with a ``render`` function that takes a Notice, and a line in
``DIGEST_FORMATS`` (texts) or ``DIGEST_FILES`` (files for other programs); its library is imported
with it, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtcheck.digest import Digest
from dtcheck.documents import Written
from dtcheck.notices.formalities import Formalities
from dtcheck.notices.notice import DigestStyle, Notice, build_notice

DIGEST_FORMATS = {
    "markdown": "dtcheck.notices.markdown",
    "html": "dtcheck.notices.html",
}

DIGEST_FILES = {"docx": "dtcheck.notices.word", "xlsx": "dtcheck.notices.workbook"}

__all__ = [
    "DIGEST_FILES",
    "DIGEST_FORMATS",
    "DigestStyle",
    "Formalities",
    "Notice",
    "build_notice",
    "render_digest",
    "write_digest",
]


def render_digest(name: str, digest: Digest, style: DigestStyle) -> str:
    """Return ``digest`` in the format called ``name``, one of ``DIGEST_FORMATS``."""
    rendering: Callable[[Notice], str] = import_module(DIGEST_FORMATS[name]).render
    return rendering(build_notice(digest, style))


def write_digest(name: str, digest: Digest, style: DigestStyle) -> Written:
    """Return ``digest`` as a file of a kind of ``DIGEST_FILES``. Raises TemplateError."""
    rendering: Callable[[Notice], Written] = import_module(DIGEST_FILES[name]).render
    return rendering(build_notice(digest, style))
