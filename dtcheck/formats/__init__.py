"""Formats: each takes a Report and returns a string; none of them asks the terminal anything.

A format is a module with a ``render`` function and a line in ``FORMATS``; its library is imported
with it, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dtcheck.formats.style import Style
from dtcheck.judge import Report

FORMATS = {
    "table": "dtcheck.formats.table",
    "markdown": "dtcheck.formats.markdown",
    "json": "dtcheck.formats.json",
    "csv": "dtcheck.formats.csv",
    "github": "dtcheck.formats.github",
    "junit": "dtcheck.formats.junit",
    "gitlab": "dtcheck.formats.gitlab",
    "concise": "dtcheck.formats.concise",
}
# Always UTF-8, whatever the console says (design §8).
UTF8_FORMATS = frozenset({"json", "csv", "github", "junit", "gitlab"})

__all__ = ["FORMATS", "UTF8_FORMATS", "Style", "render"]


def render(name: str, report: Report, style: Style) -> str:
    """Return ``report`` in the format called ``name``, one of ``FORMATS``."""
    rendering: Callable[[Report, Style], str] = import_module(FORMATS[name]).render
    return rendering(report, style)
