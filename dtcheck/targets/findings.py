"""Findings on a targets file: where they stand, and the target that their message begins with."""

from __future__ import annotations

from dtcheck.rules import Finding, Place, Rule
from dtcheck.targets.model import Target


def at_line(
    rule: Rule, path: str, line: int | None, message: str, hint: str, code: str | None = None
) -> Finding:
    """Return a finding on a line of the file at ``path``; None is the file as a whole."""
    return Finding(rule, message, hint, Place(path, line=line), code)


def of_target(rule: Rule, path: str, target: Target, message: str, hint: str) -> Finding:
    """Return a finding on the block of ``target``, whose code goes before ``message``."""
    return at_line(rule, path, target.line, f"{target.code} {message}", hint, target.code)
