"""What a draft takes over from the file of the year before, or of another place."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping

from dtcheck.drafting.draft_text import UNSETTLED, SectionDraft
from dtcheck.drafting.review import Outcome
from dtcheck.targets.changes import Changes, changes_by
from dtcheck.targets.model import Kind, Section, Target, TargetsFile
from dtcheck.targets.names import key_of
from dtcheck.targets.same import same_indicators

_SPARE = [f"{one}{two}" for one in "QRSTUVWXYZ" for two in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def inherit(sections: list[SectionDraft], old: TargetsFile, place: str) -> Changes:
    """Give each target what the same indicator has in ``old``; return what became of those.

    A section takes the letters of the one that most of its indicators come from. What is new gets
    numbers that ``old`` never used.
    """
    targets = [target for section in sections for target in section.targets]
    known = same_indicators(old, targets, place)
    _keep_letters(sections, old.sections, known)
    own = is_same_place(old, place)
    # Names and aliases that are somebody else's already can't be taken over.
    taken = {key_of(target.name) for target in targets if target.code not in known}
    renamed: dict[str, str] = {}
    found: dict[str, Target] = {}
    for section in sections:
        codes = _codes(section, old, known)
        for index, (target, code) in enumerate(zip(section.targets, codes, strict=True)):
            renamed[target.code] = code
            section.targets[index] = target._replace(code=code, section=section.name)
            if before := known.get(target.code):
                found[code] = before
                section.targets[index] = _taken_over(section.targets[index], before, taken, own)
    for section in sections:
        section.targets[:] = [_pointing(each, renamed) for each in section.targets]
    return changes_by(old, [each for section in sections for each in section.targets], found)


def is_same_place(old: TargetsFile, place: str) -> bool:
    """Whether a file is of a report's place, in full (东台市) or in short; what is not known is no other."""
    short, long = sorted((old.place, place), key=len)
    return long.startswith(short) or old.place == UNSETTLED


def fill_baselines(sections: list[SectionDraft], said: Mapping[str, Outcome]) -> None:
    """Give each target the result of last year that the review states, where nothing leaves it open."""
    for section in sections:
        section.targets[:] = [
            each._replace(baseline=found.value)
            if each.baseline is None
            and (found := said.get(each.code))
            and found.is_exact
            and not each.goal.ref
            else each
            for each in section.targets
        ]


def _keep_letters(
    sections: list[SectionDraft], old: tuple[Section, ...], known: Mapping[str, Target]
) -> None:
    """Give sections letters and names of the old ones that most of their indicators come from."""
    votes = Counter(
        (index, known[target.code].code[:2])
        for index, section in enumerate(sections)
        for target in section.targets
        if target.code in known
    )
    kept: dict[int, str] = {}
    for (index, letters), _ in votes.most_common():
        if index not in kept and letters not in kept.values():
            kept[index] = letters
    others = [section for index, section in enumerate(sections) if index not in kept]
    used = {*kept.values(), *(each.code for each in old), *(each.code for each in others)}
    free = iter(letters for letters in _SPARE if letters not in used)
    for section in others:
        if section.code in kept.values():
            section.code = next(free)
    names = {section.code: section.name for section in old}
    taken = {section.name for section in others}
    for index, letters in kept.items():
        section = sections[index]
        section.code = letters
        choice = (names[letters], section.name, f"{section.name}{letters}")
        section.name = next(each for each in choice if each not in taken)
        taken.add(section.name)


def _codes(section: SectionDraft, old: TargetsFile, known: Mapping[str, Target]) -> Iterator[str]:
    """Yield the codes of a section's targets: those they had, else numbers that nobody had."""
    used = [target.code[2:] for target in old.targets if target.code.startswith(section.code)]
    fresh = itertools.count(max(map(int, used), default=0) + 1)
    for target in section.targets:
        before = known.get(target.code)
        if before and before.code.startswith(section.code):
            yield before.code
        else:
            yield f"{section.code}{next(fresh):02d}"


def _taken_over(target: Target, old: Target, taken: set[str], own: bool) -> Target:
    """Return a target with what is known of it; its name too, where it is this place's ``own``."""
    same_width = old.goal.unit.text == target.goal.unit.text and old.goal.op is target.goal.op
    same_kind = Kind.IMPLIED not in (old.kind, target.kind)
    name = old.name if own and key_of(old.name) not in taken else target.name
    taken.add(key_of(name))
    return target._replace(
        name=name,
        measure=old.measure,
        kind=old.kind if same_kind else target.kind,
        lead=old.lead,
        aliases=tuple(each for each in old.aliases if key_of(each) not in taken),
        pace=old.pace if target.due == old.due else target.pace,
        reports=old.reports,
        lag=old.lag,
        tolerance=old.tolerance if same_width else None,
    )


def _pointing(target: Target, renamed: Mapping[str, str]) -> Target:
    """Return a target whose goal points at the code that another has now."""
    ref = target.goal.ref
    return target._replace(goal=target.goal._replace(ref=renamed.get(ref, ref))) if ref else target
