"""What a draft takes over from the file of the year before, or of another place."""

from __future__ import annotations

from fractions import Fraction

from dtcheck.drafting.draft_text import SectionDraft
from dtcheck.targets.changes import same_indicator
from dtcheck.targets.model import Measure, Target, TargetsFile
from dtcheck.targets.names import key_of
from dtcheck.workreport.report import ReportText


def inherit(sections: list[SectionDraft], old: TargetsFile, report: ReportText) -> set[str]:
    """Give each target what the same indicator has in ``old``; return the codes of those that are new.

    Codes stay where the section's letters do: what is new gets numbers that ``old`` never used.
    """
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    fresh: set[str] = set()
    used = {target.code for target in old.targets}
    for section in sections:
        found = [same_indicator(old, target) for target in section.targets]
        last = max(
            (int(code[2:]) for code in used if code.startswith(section.code)),
            default=0,
        )
        for index, (target, before) in enumerate(zip(section.targets, found, strict=True)):
            known = before is not None and before.code not in taken
            if known and before is not None:
                taken.add(before.code)
            if known and before is not None and before.code.startswith(section.code):
                code = before.code
            else:
                last += 1
                code = f"{section.code}{last:02d}"
            renamed[target.code] = code
            section.targets[index] = _taken_over(target, before if known else None, code, report)
            if not known:
                fresh.add(code)
    for section in sections:
        section.targets[:] = [
            each._replace(goal=each.goal._replace(ref=renamed.get(each.goal.ref, each.goal.ref)))
            if each.goal.ref
            else each
            for each in section.targets
        ]
    return fresh


def _taken_over(target: Target, old: Target | None, code: str, report: ReportText) -> Target:
    target = target._replace(code=code, baseline=_baseline(target, report))
    if old is None:
        return target
    same_unit = old.goal.unit.text == target.goal.unit.text and old.goal.op is target.goal.op
    return target._replace(
        lead=old.lead,
        aliases=old.aliases,
        pace=target.pace if target.due else old.pace,
        reports=old.reports,
        lag=old.lag,
        tolerance=old.tolerance if same_unit else None,
    )


def _baseline(target: Target, report: ReportText) -> Fraction | None:
    """Return where the goal's own clause says it starts from, else last year's result."""
    return _last_year(target, report) if target.baseline is None else target.baseline


def _last_year(target: Target, report: ReportText) -> Fraction | None:
    """Return the same indicator's figure in the review: the one right behind its name."""
    if target.measure is Measure.RATE:
        return None
    name = key_of(target.name)
    for figure in report.figures:
        if figure.start >= report.start:
            return None
        unit = figure.unit
        if figure.value is None or unit is None or unit.dimension != target.goal.unit.dimension:
            continue
        before = report.clause(figure.start, figure.start).partition(figure.text)[0]
        if len(name) > 3 and name in key_of(before)[-len(name) - 4 :]:
            return unit.convert(figure.value, target.goal.unit)
    return None
