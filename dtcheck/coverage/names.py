"""Codes, names, aliases and bureaus of a targets file: what a clerk could take for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from dtcheck.rules import Finding, Level
from dtcheck.rules.reports import WRONG_PLACE
from dtcheck.rules.targets import LEAD_UNSETTLED, NAMES_ALIKE, STOCK_ALIAS
from dtcheck.targets.findings import at_line, of_target
from dtcheck.targets.model import Bureau, Measure, TargetsFile
from dtcheck.targets.names import key_of

_SHORTEST_NAME = 4
_UNSETTLED = ("待定", "待核", "未定", "无")
_FIRST_CODES = 5
# What is added within the year; without these words a name may mean all there are.
_ADDED = re.compile("^(?:新增|净增|新认定|新创|新培育)")


def lint_names(file: TargetsFile) -> Iterator[Finding]:
    """Yield what is doubtful in order, names, aliases and leads."""
    yield from _order(file)
    yield from _names_alike(file)
    yield from _stock_aliases(file)
    yield from _leads(file)


def _order(file: TargetsFile) -> Iterator[Finding]:
    for section in file.sections:
        for one, other in zip(section.targets, section.targets[1:], strict=False):
            if (len(other.code), other.code) <= (len(one.code), one.code):
                message = f"排在 {one.code} 之后，编号却在前"
                hint = "编号按报告的次序递增；沿用上年编号的不必改"
                finding = of_target(WRONG_PLACE, file.path, other, message, hint)
                yield replace(finding, graded=Level.WARNING)


def _names_alike(file: TargetsFile) -> Iterator[Finding]:
    """Names that one slip of the pen turns into another target's."""
    seen: set[tuple[str, str]] = set()
    spellings = [
        (key, written, target)
        for target in file.targets
        for written in (target.name, *target.aliases)
        if len(key := key_of(written)) >= _SHORTEST_NAME
    ]
    for (one_key, one_written, one), (key, written, target) in combinations(spellings, 2):
        pair = (one.code, target.code)
        if one is not target and pair not in seen and _one_slip(one_key, key):
            seen.add(pair)
            message = f"的“{written}”与 {one.code} 的“{one_written}”只差一个字"
            hint = "把其中一个写得更明白，或删去这个别名；原话如此的，提醒填报人同时填编号"
            # Who wrote the other's code into the note knows.
            known = one.code in (target.note or "") or target.code in (one.note or "")
            hint = "note 已经提到，提醒填报人同时填编号" if known else hint
            finding = of_target(NAMES_ALIKE, file.path, target, message, hint)
            yield replace(finding, graded=Level.INFO if known else None)


def _stock_aliases(file: TargetsFile) -> Iterator[Finding]:
    """养老床位 are all there are; 新增养老床位 are this year's."""
    for target in file.targets:
        if target.measure is not Measure.FLOW or not _ADDED.match(target.name):
            continue
        kept = _ADDED.sub("", key_of(target.name))
        for alias in target.aliases:
            # The report itself may leave out that they are new: 省级专精特新企业超50家.
            is_reports = key_of(target.phrase).startswith(key_of(alias))
            if kept.endswith(key_of(alias)) and not is_reports:
                message = f"只数新增的，别名“{alias}”却像是全部的数"
                hint = "删去这个别名，或在前面加上“新增”"
                yield of_target(STOCK_ALIAS, file.path, target, message, hint)


def _one_slip(one: str, other: str) -> bool:
    """Whether one character put in, left out or changed turns one text into the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest = (one[start:], other[start:])
    return rest[0][1:] == rest[1][1:] or rest[0][1:] == rest[1] or rest[0] == rest[1][1:]


def _unsettled(file: TargetsFile, lead: str) -> Finding:
    """Return one finding for all targets of a lead that is none, at the first: in a fresh draft all are."""
    targets = [target for target in file.targets if target.lead == lead]
    message = f"的牵头单位还是“{lead}”"
    first = of_target(LEAD_UNSETTLED, file.path, targets[0], message, "写上单位的全称")
    if len(targets) == 1:
        return first
    codes = tuple(target.code for target in targets)
    more = " 等" if len(codes) > _FIRST_CODES else ""
    return replace(
        first,
        message=f"{len(codes)} 项{message}：{'、'.join(codes[:_FIRST_CODES])}{more}",
        code=None,
        codes=codes,
    )


def _leads(file: TargetsFile) -> Iterator[Finding]:
    leads = {target.lead for target in file.targets}
    for lead in _UNSETTLED:
        if lead in leads:
            yield _unsettled(file, lead)
    for bureau in file.bureaus:
        if bureau.name not in leads and not bureau.note:
            message = f"bureaus 中的“{bureau.name}”没有牵头任何指标"
            hint = "核对 lead，用不上的删去；只报数不牵头的，写 note 说明"
            yield at_line(LEAD_UNSETTLED, file.path, bureau.line, message, hint)
    called: dict[str, list[Bureau]] = {}
    for bureau in file.bureaus:
        for name in dict.fromkeys((bureau.name, *bureau.short)):
            called.setdefault(name, []).append(bureau)
    for name, bureaus in called.items():
        if len(bureaus) > 1:
            message = f"bureaus 中有 {len(bureaus)} 个单位都叫“{name}”"
            line, hint = bureaus[1].line, "各用各的全称和简称"
            yield at_line(LEAD_UNSETTLED, file.path, line, message, hint)
