"""Relations of a targets file: goals that can't all be just met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from dtcheck.rules import Finding, Level
from dtcheck.rules.targets import RELATION_AT_ODDS
from dtcheck.targets.findings import at_line
from dtcheck.targets.model import PartOf, Relation, Target, TargetsFile
from dtcheck.targets.relations import contradiction
from dtcheck.units import format_number

_AS_IT_IS = "报告本来如此的不必改，在 note 写明；抄错的改正"


def lint_sums(file: TargetsFile) -> Iterator[Finding]:
    """Yield which goals of a relation are at odds; what a note explains is an info."""
    for relation in file.relations:
        yield from _sum(file, relation)
    for part in file.parts:
        yield from _part(file, part)


def _at_odds(
    file: TargetsFile, line: int, pair: tuple[Target, Target], message: str, hint: str
) -> Finding:
    first, second = pair
    message = f"{first.code}、{second.code}：{message}"
    return at_line(RELATION_AT_ODDS, file.path, line, message, hint, first.code)


def _explained(finding: Finding, pair: tuple[Target, Target], number: Fraction) -> Finding:
    """Make an info of what a note of either target explains: it names the ``number``."""
    named = re.compile(rf"(?<![0-9.]){re.escape(format_number(number))}(?![0-9.])")
    if any(named.search(target.note or "") for target in pair):
        return replace(finding, graded=Level.INFO, hint="note 已经说明，报告本来如此")
    return finding


def _sum(file: TargetsFile, relation: Relation) -> Iterator[Finding]:
    total = file.by_code[relation.total]
    pair = (total, file.by_code[relation.added])
    unit = total.goal.unit.text
    last = format_number(relation.last)
    if total.baseline is not None and total.baseline != relation.last:
        wrong = format_number(total.baseline)
        message = f"last 是 {last}{unit}，{total.code} 的 baseline 却是 {wrong}"
        yield _at_odds(file, relation.line, pair, message, "两处写成一样")
    found = contradiction(relation, file)
    if found is None:
        return
    word = "净增" if relation.net else "新增"
    kind = "" if relation.net else "，还要没有企业退出"
    least = ">" if found.exceed else "≥"
    more = format_number(found.sum - relation.last)
    arithmetic = f"{last}+{more}={format_number(found.sum)}"
    short = "低于" if found.sum < total.goal.threshold else "够不上"
    needed = f"{word}需{least}{format_number(found.gain)}{unit}{kind}"
    message = f"{arithmetic}，{short}“{total.goal.text}”；{needed}"
    yield _explained(_at_odds(file, relation.line, pair, message, _AS_IT_IS), pair, found.sum)


def _part(file: TargetsFile, relation: PartOf) -> Iterator[Finding]:
    """A part is no more than its whole, last year and this, and seldom grows by more."""
    part, whole = pair = (file.by_code[relation.part], file.by_code[relation.whole])
    if any(each.goal.value is None or each.goal.is_limit for each in pair):
        return
    now = _in_whole(part, part.goal.threshold, whole)
    if now > whole.goal.threshold:
        message = f"部分的目标 {part.goal.text}，超过总体的 {whole.goal.text}"
        yield _at_odds(file, relation.line, pair, message, "核对两个目标的数和单位")
    if part.baseline is None or whole.baseline is None:
        return
    last = _in_whole(part, part.baseline, whole)
    unit = whole.goal.unit.text
    if last > whole.baseline:
        written = f"{format_number(last)}{unit}，超过总体的 {format_number(whole.baseline)}{unit}"
        message = f"部分的 baseline 是 {written}"
        yield _at_odds(file, relation.line, pair, message, "核对两个 baseline 的数和单位")
    gain, all_gain = now - last, whole.goal.threshold - whole.baseline
    if gain > all_gain:
        more, of_all = (f"{format_number(each)}{unit}" for each in (gain, all_gain))
        less = f"{format_number(gain - all_gain)}{unit}"
        message = f"部分要比上年多 {more}，总体只多 {of_all}：其余部分要减少 {less}"
        finding = _at_odds(file, relation.line, pair, message, _AS_IT_IS)
        yield _explained(finding, pair, gain)


def _in_whole(part: Target, value: Fraction, whole: Target) -> Fraction:
    return part.goal.unit.convert(value, whole.goal.unit)
