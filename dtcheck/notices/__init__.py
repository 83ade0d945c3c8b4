"""Notices (督查通报): a Digest in words, laid out as text or as a page.

A rendering is a module with a ``render`` function that takes a Notice, and a line in
``DIGEST_FORMATS``; its library is imported with it, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtcheck.digest import Digest
from dtcheck.notices.notice import DigestStyle, Notice, build_notice

DIGEST_FORMATS = {
    "markdown": "dtcheck.notices.markdown",
    "html": "dtcheck.notices.html",
}

__all__ = ["DIGEST_FORMATS", "DigestStyle", "Notice", "build_notice", "render_digest"]


def render_digest(name: str, digest: Digest, style: DigestStyle) -> str:
    """Return ``digest`` in the format called ``name``, one of ``DIGEST_FORMATS``."""
    rendering: Callable[[Notice], str] = import_module(DIGEST_FORMATS[name]).render
    return rendering(build_notice(digest, style))
