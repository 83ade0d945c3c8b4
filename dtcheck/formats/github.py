"""GitHub workflow commands: an annotation for each finding and shortfall, at its file and line.

GitHub shows ten annotations a level and step, so the heaviest come first and what was not
submitted is one annotation, not fifty. An ``::error`` is what counts for the exit code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dtcheck.formats.closing import closing_line
from dtcheck.formats.content import clean, head_lines
from dtcheck.formats.problems import Problem, path_below, problems, within
from dtcheck.formats.style import Style
from dtcheck.judge import Report
from dtcheck.rules import Level, Place

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_LEVELS = tuple(Level)


def escape_message(text: str) -> str:
    """Return ``text`` so that it stays on the line of its workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return ``text`` as the value of a property, which a comma or colon would end."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")


def render(report: Report, style: Style) -> str:
    """Return annotations, then a few lines for the log."""
    return render_all([report], style)


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return the annotations of all reports, then a few lines on each for the log."""
    found = [each for report in reports for each in problems(report, everything=style.everything)]
    log = [
        line
        for report in reports
        for line in (*head_lines(report), closing_line(report, unwritten=style.unwritten))
    ]
    return annotated(found, log, style.root)


def annotated(found: Iterable[Problem], log: Iterable[str], root: str | None) -> str:
    """Return annotations, heaviest first, and below them lines for the log."""
    in_order = sorted(
        found, key=lambda each: (_LEVELS.index(_shown(each)), _LEVELS.index(each.level))
    )
    commands = [command for each in in_order for command in _annotations(each, root)]
    return "\n".join([*commands, *map(_log_line, log)]) + "\n"


def _shown(problem: Problem) -> Level:
    """How heavy an annotation looks: an error is what the run fails for, and nothing else."""
    if problem.counts:
        return Level.ERROR
    return Level.WARNING if problem.level is Level.ERROR else problem.level


def _annotations(problem: Problem, root: str | None) -> Iterator[str]:
    yield _command(problem, problem.place, problem.hint, root)
    if problem.place is None:
        return
    for place in problem.others:
        # “另一处在 …” must not name the line that it stands on.
        hint = problem.hint.replace(str(place.in_row), str(problem.place.in_row))
        yield _command(problem, place, hint, root)


def _command(problem: Problem, place: Place | None, hint: str, root: str | None) -> str:
    properties = {}
    if place:
        properties["file"] = path_below(place.file, root)
        # Workbooks have rows, not lines: the row still says where.
        if line := place.line or place.row:
            properties["line"] = str(line)
    properties["title"] = problem.title
    written = ",".join(
        f"{key}={escape_property(clean(value))}" for key, value in properties.items()
    )
    lines = (problem.message, *([hint] if hint else []))
    message = within(place) + "\n".join(map(clean, lines))
    return f"::{_COMMANDS[_shown(problem)]} {written}::{escape_message(message)}"


def _log_line(text: str) -> str:
    """Return a line for people that GitHub can't take for a command."""
    return clean(text).replace("::", ": :").replace("##[", "## [")
