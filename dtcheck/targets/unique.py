"""Codes and names must each lead to one target, or submissions can't be matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dtcheck.rules import Finding
from dtcheck.rules.targets import DUPLICATE_CODE, DUPLICATE_NAME
from dtcheck.targets.findings import at_line
from dtcheck.targets.model import Section
from dtcheck.targets.names import key_of


def duplicates(sections: Iterable[Section], path: str, line: int) -> Iterator[Finding]:
    """Yield what is used twice; ``line`` is where the sections begin, which have none of theirs."""
    used: set[str] = set()
    names: dict[str, str] = {}
    for section in sections:
        for rule, key, what in (
            (DUPLICATE_CODE, section.code, f"板块编号 {section.code}"),
            (DUPLICATE_NAME, section.name, f"板块名称“{section.name}”"),
        ):
            if key in used:
                yield at_line(rule, path, line, f"{what}用了两次", "换一个")
            used.add(key)
        for target in section.targets:
            if target.code in used:
                message, hint = f"编号 {target.code} 用了两次", "换一个没有用过的编号"
                yield at_line(DUPLICATE_CODE, path, target.line, message, hint, target.code)
            used.add(target.code)
            for written in (target.name, *target.aliases):
                other = names.setdefault(key_of(written), target.code)
                if other != target.code:
                    message = f"“{written}”既指 {other}，又指 {target.code}"
                    hint = "改掉其中一个名称或别名"
                    yield at_line(DUPLICATE_NAME, path, target.line, message, hint, target.code)
