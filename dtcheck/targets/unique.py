"""Codes and names must each lead to one target, or submissions can't be matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dtcheck.rules import Finding, Place, Rule
from dtcheck.rules.targets import DUPLICATE_CODE, DUPLICATE_NAME
from dtcheck.targets.model import Section, Target
from dtcheck.targets.names import key_of


def doubled(sections: Iterable[Section], path: str, line: int) -> Iterator[Finding]:
    """Yield what is used twice; ``line`` is where the sections begin, which have none of theirs."""
    used: set[str] = set()
    names: dict[str, str] = {}
    for section in sections:
        for rule, key, what in (
            (DUPLICATE_CODE, section.code, f"板块编号 {section.code}"),
            (DUPLICATE_NAME, section.name, f"板块名称“{section.name}”"),
        ):
            if key in used:
                yield Finding(rule, f"{what}用了两次", "换一个", Place(path, line=line))
            used.add(key)
        for target in section.targets:
            if target.code in used:
                message = f"编号 {target.code} 用了两次"
                yield _of_target(DUPLICATE_CODE, message, "换一个没有用过的编号", target, path)
            used.add(target.code)
            for written in (target.name, *target.aliases):
                other = names.setdefault(key_of(written), target.code)
                if other != target.code:
                    message = f"“{written}”既指 {other}，又指 {target.code}"
                    hint = "改掉其中一个名称或别名"
                    yield _of_target(DUPLICATE_NAME, message, hint, target, path)


def _of_target(rule: Rule, message: str, hint: str, target: Target, path: str) -> Finding:
    return Finding(rule, message, hint, Place(path, line=target.line), target.code)
