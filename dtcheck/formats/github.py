"""GitHub workflow commands: an annotation for each finding and shortfall, at its file and line.

GitHub shows ten annotations a level and step, so the heaviest come first and what was not
submitted is one annotation, not fifty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dtcheck.formats.closing import closing_line
from dtcheck.formats.content import clean, head_lines
from dtcheck.formats.sentence import sentence
from dtcheck.formats.style import Style
from dtcheck.judge import Report, Status
from dtcheck.rules import Finding, Level, Place

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_FIRST_CODES = 20


def escape_message(text: str) -> str:
    """Return ``text`` so that it stays on the line of its workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return ``text`` as the value of a property, which a comma or colon would end."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")


def render(report: Report, style: Style) -> str:
    """Return annotations, then a few lines for the log.

    Infos only with ``everything``, but for assumptions that a reader should check.
    """
    told = report.findings if style.everything else _told(report.findings)
    annotations = [*_of_findings(told), *_of_shortfalls(report), *_of_overdue(report)]
    commands = [command for level in Level for of, command in annotations if of is level]
    log = [_log_line(line) for line in (*head_lines(report), closing_line(report))]
    return "\n".join([*commands, *log]) + "\n"


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what is shown unasked: of infos the assumptions, each once in the same words."""
    said: set[tuple[str, str]] = set()
    for finding in findings:
        if finding.level is not Level.INFO:
            yield finding
        elif finding.rule.is_shown and (key := (finding.rule.id, finding.message)) not in said:
            said.add(key)
            yield finding


def _of_findings(findings: Iterable[Finding]) -> Iterator[tuple[Level, str]]:
    for finding in findings:
        title = f"{finding.rule.id} {finding.rule.title}"
        for place in finding.places:
            yield (
                finding.level,
                _command(finding.level, title, (finding.message, finding.hint), place),
            )


def _of_shortfalls(report: Report) -> Iterator[tuple[Level, str]]:
    """Annotate the row that gave the figure: an error where it counts, else a warning."""
    for result in report.results:
        flagged = report.flags(result)
        if result.actual is None or not (result.is_shortfall or flagged):
            continue
        if result.is_told:
            level = Level.ERROR if flagged else Level.WARNING
            title = f"{result.target.code} {result.status_text}"
            text = sentence(result, report)
            yield level, _command(level, title, (text,), result.actual.place)


def _of_overdue(report: Report) -> Iterator[tuple[Level, str]]:
    """What is due and was not submitted, where that counts; silent shortfalls have their own."""
    overdue = [
        result.target.code
        for result in report.results
        if result.status is Status.NO_DATA and not result.is_told and report.flags(result)
    ]
    if overdue:
        more = " 等" if len(overdue) > _FIRST_CODES else ""
        message = f"{len(overdue)} 项应报未报：{'、'.join(overdue[:_FIRST_CODES])}{more}"
        yield Level.ERROR, _command(Level.ERROR, Status.NO_DATA.label, (message,), None)


def _command(level: Level, title: str, lines: Sequence[str], place: Place | None) -> str:
    properties = {}
    if place:
        properties["file"] = place.file.replace("\\", "/")
        # Workbooks have rows, not lines: the row still says where.
        if line := place.line or place.row:
            properties["line"] = str(line)
    properties["title"] = title
    written = ",".join(
        f"{key}={escape_property(clean(value))}" for key, value in properties.items()
    )
    message = _within(place) + "\n".join(map(clean, lines))
    return f"::{_COMMANDS[level]} {written}::{escape_message(message)}"


def _within(place: Place | None) -> str:
    """What the line number doesn't say: sheet and column, and the row where it differs."""
    if place is None:
        return ""
    parts = [f"“{place.sheet}”表"] if place.sheet else []
    if place.row is not None and place.row != place.line:
        parts.append(f"第{place.row}行")
    if place.column:
        parts.append(f"“{place.column}”列")
    return clean(" ".join(parts)) + "：" if parts else ""


def _log_line(text: str) -> str:
    """Return a line for people that GitHub can't take for a command."""
    return clean(text).replace("::", ": :").replace("##[", "## [")
