"""Formats: each takes a Report and returns a string; none of them asks the terminal anything.

A format is a module with a ``render`` function and a line in ``FORMATS``; its library is imported
with it, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from dtcheck.formats.closing import closing_lines
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

__all__ = ["FORMATS", "UTF8_FORMATS", "Style", "render", "render_all"]


def render(name: str, report: Report, style: Style) -> str:
    """Return ``report`` in the format called ``name``, one of ``FORMATS``."""
    rendering: Callable[[Report, Style], str] = import_module(FORMATS[name]).render
    return rendering(report, style)


def render_all(name: str, reports: Sequence[Report], style: Style) -> str:
    """Return the reports of several places as one text, one report as ``render`` does."""
    if len(reports) == 1:
        return render(name, reports[0], style)
    module = import_module(FORMATS[name])
    # Documents that a program reads have one head; what people read comes one after the other.
    if hasattr(module, "render_all"):
        together: str = module.render_all(reports, style)
        return together
    return "\n".join([*(module.render(each, style) for each in reports), ""]) + "".join(
        f"{line}\n" for line in closing_lines(reports, style)
    )
