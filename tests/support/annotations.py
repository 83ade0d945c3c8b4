"""GitHub's workflow commands, read back by its rules: ``::name key=value,key=value::message``."""

from __future__ import annotations

from typing import NamedTuple

COMMANDS = {"error", "warning", "notice"}
_KEYS = {"file", "line", "endLine", "col", "endColumn", "title"}


class Annotation(NamedTuple):
    """An annotation as GitHub shows it."""

    command: str
    file: str
    line: int | None
    title: str
    message: str


def annotations(log: str) -> list[Annotation]:
    """Return the annotations of a step's log; a line that GitHub would take otherwise fails."""
    return [_annotation(line) for line in log.split("\n") if line.startswith("::")]


def _annotation(line: str) -> Annotation:
    # The first “::” after the name ends the properties: none of them can hold one.
    head, colons, message = line[2:].partition("::")
    assert colons, line
    name, _, written = head.partition(" ")
    assert name in COMMANDS, line
    properties = {}
    for each in filter(None, written.split(",")):
        key, equals, value = each.partition("=")
        assert equals, line
        assert key in _KEYS, line
        assert key not in properties, line
        properties[key] = _unescaped(value, {"%3A": ":", "%2C": ","})
    at = properties.get("line")
    return Annotation(
        name,
        properties.get("file", ""),
        None if at is None else int(at),
        properties.get("title", ""),
        _unescaped(message, {}),
    )


def _unescaped(text: str, more: dict[str, str]) -> str:
    for code, mark in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(code, mark)
    return text
