"""A targets file held against itself: what can be seen without the report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from dtcheck.coverage.agreement import phrase_disagreement
from dtcheck.rules import Finding
from dtcheck.rules.reports import GOAL_DIFFERS, WRONG_PLACE
from dtcheck.rules.targets import (
    BELOW_LAST_YEAR,
    LEAD_UNSETTLED,
    MISFIT_MEASURE,
    NAMES_ALIKE,
    RELATION_AT_ODDS,
    WIDE_TOLERANCE,
)
from dtcheck.targets.findings import at_line, of_target
from dtcheck.targets.goal import Op
from dtcheck.targets.model import Bureau, Measure, Pace, Relation, Target, TargetsFile
from dtcheck.targets.names import key_of
from dtcheck.targets.relations import contradiction
from dtcheck.units import SHARE, format_number, own_units

_WIDEST = Fraction(1, 10)
_SHORTEST_NAME = 4
_UNSETTLED = ("待定", "待核", "未定", "无")
_RANKS = "位次"


def lint(file: TargetsFile) -> Iterator[Finding]:
    """Yield everything doubtful, in the order of the file."""
    with own_units(file.units):
        of_targets = [each for target in file.targets for each in _of_target(file, target)]
    found = [
        *of_targets,
        *_order(file),
        *_names_alike(file),
        *_leads(file),
        *(finding for relation in file.relations for finding in _relation(file, relation)),
    ]
    yield from sorted(found, key=lambda finding: finding.place.line or 0)


def _of_target(file: TargetsFile, target: Target) -> Iterator[Finding]:
    if disagreement := phrase_disagreement(target):
        yield of_target(GOAL_DIFFERS, file.path, target, *disagreement)
    for message, hint in _misfits(target):
        yield of_target(MISFIT_MEASURE, file.path, target, message, hint)
    if below := _below_last_year(target, file.year):
        yield of_target(
            BELOW_LAST_YEAR, file.path, target, below, "核对报告；口径不同的在 note 写明"
        )
    if wide := _tolerance(target):
        yield of_target(
            WIDE_TOLERANCE, file.path, target, wide, "删去 tolerance（默认为目标的 5%），或改小"
        )


def _misfits(target: Target) -> Iterator[tuple[str, str]]:
    goal, measure = target.goal, target.measure
    unit, value = goal.unit, goal.value
    share = unit.dimension == SHARE
    if share and measure is Measure.FLOW:
        yield f"按 {unit.text} 计，却是从年初累计的数（flow）", "占比用 level，同比增减用 rate"
    if measure is Measure.LEVEL and share and value is not None and (goal.high or value) > 100:
        yield f"的占比目标 {goal.text} 超过 100%", "同比增减用 rate"
    if unit.dimension == _RANKS and (goal.op is not Op.AT_MOST or measure is not Measure.LEVEL):
        yield "是位次，越小越好", '写成 "<= N 位"，measure 用 level'
    if unit.is_whole and any(
        number is not None and (number * unit.size).denominator != 1
        for number in (value, goal.high)
    ):
        yield f"的目标 {goal.text} 不是整数", "核对数和单位"
    if measure is Measure.RATE and (unit.is_whole or unit.dimension in ("人民币", "美元", "面积")):
        yield f"是同比增减（rate），却按 {unit.text} 计", "数量用 flow 或 level"
    if target.pace in (Pace.MONTHLY, Pace.QUARTERLY) and measure is not Measure.FLOW:
        yield "按月、按季的节奏只用于从年初累计的数（flow）", "改 pace 或 measure"


def _below_last_year(target: Target, year: int) -> str | None:
    goal, last = target.goal, target.baseline
    if last is None or goal.value is None:
        return None
    unit = goal.unit.text
    before = f"{year - 1}年的 {format_number(last)}{unit}"
    if goal.is_limit:
        return f"的上限 {goal.text}，高于{before}" if goal.value > last else None
    return f"的目标 {goal.text}，低于{before}" if (goal.high or goal.value) < last else None


def _tolerance(target: Target) -> str | None:
    if target.tolerance is None:
        return None
    unit = target.goal.unit.text
    width = f"{format_number(target.tolerance)}{unit}"
    if target.goal.op not in (Op.ABOUT, Op.CEILING):
        return f"的目标 {target.goal.text} 不是“左右”，tolerance {width} 用不上"
    if target.goal.value is None:
        return None
    most = abs(target.goal.value) * _WIDEST
    if target.tolerance > most:
        return f"的 tolerance {width} 超过目标的 10%（{format_number(most)}{unit}）"
    return None


def _order(file: TargetsFile) -> Iterator[Finding]:
    for section in file.sections:
        for one, other in zip(section.targets, section.targets[1:], strict=False):
            if (len(other.code), other.code) <= (len(one.code), one.code):
                message = f"排在 {one.code} 之后，编号却在前"
                yield of_target(WRONG_PLACE, file.path, other, message, "编号按报告的次序递增")


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
            yield of_target(NAMES_ALIKE, file.path, target, message, hint)


def _one_slip(one: str, other: str) -> bool:
    """Whether one character put in, left out or changed turns one text into the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest = (one[start:], other[start:])
    return rest[0][1:] == rest[1][1:] or rest[0][1:] == rest[1] or rest[0] == rest[1][1:]


def _leads(file: TargetsFile) -> Iterator[Finding]:
    leads = {target.lead for target in file.targets}
    for target in file.targets:
        if target.lead in _UNSETTLED:
            message = f"的牵头单位还是“{target.lead}”"
            yield of_target(LEAD_UNSETTLED, file.path, target, message, "写上单位的全称")
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


def _relation(file: TargetsFile, relation: Relation) -> Iterator[Finding]:
    total, added = file.by_code[relation.total], file.by_code[relation.added]
    unit = total.goal.unit

    def fail(message: str, hint: str) -> Finding:
        message = f"{total.code}、{added.code}：{message}"
        return at_line(RELATION_AT_ODDS, file.path, relation.line, message, hint, total.code)

    last = format_number(relation.last)
    if total.baseline is not None and total.baseline != relation.last:
        wrong = format_number(total.baseline)
        yield fail(
            f"last 是 {last}{unit.text}，{total.code} 的 baseline 却是 {wrong}", "两处写成一样"
        )
    found = contradiction(relation, file)
    if found is None:
        return
    word = "净增" if relation.net else "新增"
    kind = "" if relation.net else "，还要没有企业退出"
    least = ">" if found.exceed else "≥"
    added_least = format_number(found.sum - relation.last)
    arithmetic = f"{last}+{added_least}={format_number(found.sum)}"
    short = "低于" if found.sum < total.goal.threshold else "够不上"
    more = format_number(found.gain)
    yield fail(
        f"{arithmetic}，{short}“{total.goal.text}”；{word}需{least}{more}{unit.text}{kind}",
        "报告本来如此的不必改，在 note 写明；抄错的改正",
    )
