"""The forms of a digest: each takes a Digest and returns a string."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dtcheck.digest import Digest

DIGEST_FORMATS = {
    "markdown": "dtcheck.notices.markdown",
    "html": "dtcheck.notices.html",
}


@dataclass(frozen=True, slots=True)
class DigestStyle:
    """``files`` is how many submissions were read; ``title`` replaces the usual heading."""

    files: int
    brief: bool = False
    title: str | None = None


def render_digest(name: str, digest: Digest, style: DigestStyle) -> str:
    """Return ``digest`` in the format called ``name``, one of ``DIGEST_FORMATS``."""
    rendering: Callable[[Digest, DigestStyle], str] = import_module(DIGEST_FORMATS[name]).render
    return rendering(digest, style)
