"""Every way in which a goal can be written down wrongly, and a report made of a file's phrases.

What the audit and lint are held against: each change of a right targets file has to be noticed.
``python tests/support/goal_changes.py`` prints how many are, kind by kind, on the phrases of the
file and, where it is at hand, on the report itself.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from dtcheck.coverage.audit import run_audit
from dtcheck.coverage.lint import lint
from dtcheck.rules import Finding, Level
from dtcheck.targets import TargetsFile
from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Measure, Target
from dtcheck.units import format_number, parse_unit
from dtcheck.workreport.report import ReportText, mend, parse_report

_OPS = (Op.OVER, Op.AT_LEAST, Op.UNDER, Op.AT_MOST, Op.ABOUT)
_SHORTEST_OVERLAP = 4
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Change(NamedTuple):
    """A right file made wrong: ``kind`` of change, the codes it touches, what was done, the file."""

    kind: str
    codes: tuple[str, ...]
    what: str
    file: TargetsFile


def changed(file: TargetsFile, code: str, **changes: object) -> TargetsFile:
    """Return ``file`` with one target written otherwise."""
    sections = tuple(
        each._replace(
            targets=tuple(t._replace(**changes) if t.code == code else t for t in each.targets)
        )
        for each in file.sections
    )
    return dataclasses.replace(file, sections=sections)


def changes_of(file: TargetsFile) -> Iterator[Change]:
    """Yield every change of every target."""
    for index, target in enumerate(file.targets):
        near = [file.targets[place] for place in (index - 1, (index + 1) % len(file.targets))]
        for kind, goal in _goals(target, near):
            # What no longer adds up is refused when the file is loaded.
            other = goal.unit.dimension != target.goal.unit.dimension
            whole = dataclasses.replace(file, relations=(), parts=()) if other else file
            done = f"{target.goal.text} -> {goal.text}"
            yield Change(kind, (target.code,), done, changed(whole, target.code, goal=goal))
        yield Change(
            "strive",
            (target.code,),
            str(not target.strive),
            changed(file, target.code, strive=not target.strive),
        )
        for measure in Measure:
            if measure is not target.measure:
                yield Change(
                    "measure",
                    (target.code,),
                    f"{target.measure} -> {measure}",
                    changed(file, target.code, measure=measure),
                )
    yield from _swaps(file)


def _goals(target: Target, near: Iterable[Target]) -> Iterator[tuple[str, Goal]]:
    goal = target.goal
    if goal.value is None:
        yield "number", Goal(Op.AT_LEAST, Fraction(3), None, goal.unit)
    else:
        for value in sorted(_numbers(target, near)):
            yield "number", goal._replace(value=value)
        if goal.high is not None:
            for high in (goal.high + 1, goal.high * 10):
                yield "number", goal._replace(high=high)
            yield "number", Goal(Op.AT_LEAST, goal.value, None, goal.unit)
            yield "number", Goal(Op.AT_LEAST, goal.high, None, goal.unit)
        else:
            for op in _OPS:
                if op is not goal.op:
                    yield "operator", goal._replace(op=op)
    yield from ((kind, goal._replace(unit=unit)) for kind, unit in _units(goal))


def _numbers(target: Target, near: Iterable[Target]) -> set[Fraction]:
    """Return the wrong numbers that one is likely to write, and some others."""
    right = target.goal.value
    assert right is not None
    found = {right + 1, right - 1, right * 10, right / 10, right * 2, right + Fraction(1, 10)}
    found |= {each.goal.value for each in near if each.goal.value is not None}
    found |= {target.baseline} if target.baseline is not None else set()
    for words in (target.phrase, target.name, target.note or ""):
        found |= {Fraction(each) for each in _FIGURE.findall(words)}
    high = target.goal.high
    return {each for each in found if each != right and (high is None or each < high)}


def _units(goal: Goal):
    """Yield units of another size, of another dimension, and of another name."""
    unit = goal.unit
    larger = parse_unit(f"万{unit.stem}")
    if not unit.prefix and larger and unit.stem != "%":
        yield "unit: size", larger
    elif unit.prefix:
        yield "unit: size", parse_unit(unit.stem)
    for text in ("%", "亿元", "公里", "天"):
        other = parse_unit(text)
        if other.dimension != unit.dimension:
            yield "unit: dimension", other
    if unit.dimension == "个数":
        yield "unit: name", parse_unit(unit.prefix + ("家" if unit.stem != "家" else "个"))
    if unit.stem == "人":
        yield "unit: name", parse_unit(f"{unit.prefix}名")


def _swaps(file: TargetsFile) -> Iterator[Change]:
    """Yield pairs of neighbours whose numbers changed places."""
    for one, other in zip(file.targets, file.targets[1:], strict=False):
        if one.goal.value in (None, other.goal.value) or other.goal.value is None:
            continue
        if one.goal.high or other.goal.high:
            continue
        swapped = changed(file, one.code, goal=one.goal._replace(value=other.goal.value))
        swapped = changed(swapped, other.code, goal=other.goal._replace(value=one.goal.value))
        yield Change("number: swapped", (one.code, other.code), "swapped", swapped)


def report_of_phrases(file: TargetsFile) -> ReportText:
    """Return a report that says nothing but the phrases of a file, under its headings."""
    lines = [f"{file.place}{file.year}年政府工作报告", f"{file.year - 1}年工作回顾"]
    lines.append(
        "、".join(
            f"{format_number(each.baseline)}{each.goal.unit.text}"
            for each in file.targets
            if each.baseline is not None
        )
    )
    lines.append(f"{file.year}年主要工作")
    for section in file.sections:
        words = _joined([mend(target.phrase) for target in section.targets])
        lines.append(f"{section.heading}。{','.join(words)}。")
    return parse_report("\n".join(lines), "phrases.txt")


def _joined(phrases: Iterable[str]) -> list[str]:
    """Lay phrases over each other where they share words, as they do in the report."""
    found: list[str] = []
    for phrase in phrases:
        last = found[-1] if found else ""
        if phrase in last:
            continue
        if last and last in phrase:
            found[-1] = phrase
            continue
        shared = next(
            (
                length
                for length in range(min(len(last), len(phrase)), _SHORTEST_OVERLAP - 1, -1)
                if last.endswith(phrase[:length])
            ),
            0,
        )
        if shared:
            found[-1] = last + phrase[shared:]
        else:
            found.append(phrase)
    return found


def told(findings: Iterable[Finding], before: Iterable[Finding], codes: Iterable[str]) -> set[str]:
    """Return the levels of what is said of ``codes`` now and was not before."""
    known = {(each.rule.id, each.message) for each in before}
    return {
        each.level.value
        for each in findings
        if (each.rule.id, each.message) not in known and each.code in set(codes)
    }


class Verdict(NamedTuple):
    """A change, and the levels at which the audit, and else lint, speak of it."""

    change: Change
    audit: set[str]
    lint: set[str]

    @property
    def is_found(self) -> bool:
        """Whether an error or a warning says so: an info may be overlooked."""
        return bool((self.audit | self.lint) & {Level.ERROR, Level.WARNING})


def verdicts(file: TargetsFile, report: ReportText, code: str = "") -> Iterator[Verdict]:
    """Yield what is said of every change, a section at a time; ``code`` is that of one section."""
    for section in file.sections:
        if code not in ("", section.code):
            continue
        codes = {target.code for target in section.targets}
        relations = tuple(each for each in file.relations if each.total in codes)
        parts = tuple(each for each in file.parts if each.whole in codes)
        own = dataclasses.replace(file, sections=(section,), relations=relations, parts=parts)
        audited, linted = run_audit(own, report).findings, list(lint(own))
        for change in changes_of(own):
            said = told(run_audit(change.file, report).findings, audited, change.codes)
            more = set() if Level.ERROR in said else told(lint(change.file), linted, change.codes)
            yield Verdict(change, said, more)


def main() -> None:
    """Print how many changes are found, kind by kind, and those that are not."""
    from report_index import PAIRS
    from running import ROOT

    from dtcheck.targets import load_targets
    from dtcheck.workreport.report import read_report

    real = load_targets(ROOT / "targets.yaml")
    pairs = [("phrases", real, report_of_phrases(real))]
    pairs += [(path.stem, load_targets(own), read_report(path)) for own, path in PAIRS]
    for name, file, report in pairs:
        made, errors, found = Counter(), Counter(), Counter()
        print(f"{name}: | kind | made | audit, error | audit or lint |")
        for verdict in verdicts(file, report):
            kind = verdict.change.kind
            made[kind] += 1
            errors[kind] += Level.ERROR in verdict.audit
            found[kind] += verdict.is_found
            must = kind.startswith("number") and Level.ERROR not in verdict.audit
            if must or not verdict.is_found:
                print("  MISSED", kind, *verdict.change.codes, verdict.change.what)
        for kind in made:
            print(f"| {kind} | {made[kind]} | {errors[kind]} | {found[kind]} |")


if __name__ == "__main__":
    main()
