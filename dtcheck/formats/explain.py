"""The pages of ``dtcheck explain``: a rule, a target, the list of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dtcheck.formats.content import DASH, amount, clean
from dtcheck.formats.style import Style
from dtcheck.judge.pace import due_text, share_due
from dtcheck.judge.verdict import default_tolerance
from dtcheck.rules import Rule
from dtcheck.rules.catalogue import CATALOGUE
from dtcheck.targets import Goal, Kind, Measure, Op, Pace, Target, TargetsFile, short_path
from dtcheck.targets.model import DECEMBER
from dtcheck.units import POINTS, format_number, same_dimension

# There are many words to count things by.
_MOST_UNITS = 15
_MEASURES = {
    Measure.FLOW: "从年初累计的数，到年底达到目标",
    Measure.LEVEL: "某一天的状态（总数、占比、名次、余额）",
    Measure.RATE: "与上年同期相比的增减",
}
_LIMIT = "从年初累计的数，全年要守住不超过"
_KINDS = {
    Kind.OUTCOME: "报告写明的成果",
    Kind.SCOPE: "工作范围：数字是工作覆盖的个数",
    Kind.IMPLIED: "报告没有写数，由词义得出的标准",
}
_PACES = {
    Pace.LINEAR: "按月均匀推进（当月 / {due}）",
    Pace.MONTHLY: "每月一次（当月 / {due}）",
    Pace.QUARTERLY: "每季一次（已过的季度 / {quarters}）",
    Pace.YEAR_END: "{end}才定，{due} 月以前不按进度判断",
}
RHYTHM_WORDS = {
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "after-year": "次年才出数，12 月以前都算未到期",
}
_OPS = {
    Op.OVER: "必须大于 {}，正好等于不算完成",
    Op.AT_LEAST: "达到 {} 即完成，正好等于也算",
    Op.UNDER: "必须小于 {}，正好等于不算完成",
    Op.AT_MOST: "不超过 {}，正好等于也算",
    Op.ABOUT: "达到 {} 即完成；略低的算“基本达到”",
    Op.CEILING: "不超过 {} 即算守住，全年都要守住；略高的算“基本达到”",
    Op.RANGE: "达到下限 {} 即完成",
}


def rule_page(rule: Rule) -> str:
    """Return the page of a rule, its id and level first."""
    return f"{rule.id} {rule.title}（{rule.level.label}）\n\n{rule.page}\n"


def rule_list(style: Style) -> str:
    """Return all rules, one line each."""
    from dtcheck.formats.table import draw, plain_table

    rows = [(rule.id, rule.title, rule.level.label) for _, rule in sorted(CATALOGUE.items())]
    hints = (
        "dtcheck explain DT202 看一条规则的说明；dtcheck explain GY01 看一个指标的说明。",
        "也可以写状态（欠序时），或者板块（工业）、单位（科技局），列出其中的指标。",
    )
    return draw([plain_table(("规则", "说的是什么", "级别"), rows, style), "", *hints], style)


def target_page(target: Target, file: TargetsFile, style: Style) -> str:
    """Return all that is known of a target, and what is due month by month."""
    from dtcheck.formats.table import draw, plain_table

    section = next(each for each in file.sections if each.name == target.section)
    lines = [clean(f"{target.code} {target.name}"), ""]
    lines += [clean(f"{name}：{text}") for name, text in _facts(target, file, section.heading)]
    lines += ["", "逐月判断（√ 为应报数的月份）："]
    rows = [_month(target, month) for month in range(1, DECEMBER + 1)]
    return draw([*lines, plain_table(("截至", _due_head(target), "应报"), rows, style)], style)


def _facts(target: Target, file: TargetsFile, heading: str) -> Iterator[tuple[str, str]]:
    goal, unit = target.goal, target.goal.unit.text
    yield "目标", target.goal_text() + ("（争取目标）" if target.strive else "")
    if goal.ref:
        other = f"{goal.ref} {file.by_code[goal.ref].name}的同期数"
        yield "算不算完成", _OPS[goal.op].format(other) + "；那一期没有数的，为待定"
    elif goal.value is not None:
        yield (
            "算不算完成",
            _OPS[goal.op].format(amount(goal.value, unit)) + _tolerance(target, goal),
        )
    else:
        yield "算不算完成", "由上级下达，在报数表的“下达目标”列填写；没有填写时为待定"
    yield "报告原话", f"“{target.phrase}”，{file.source_title}，{target.section}（{heading}）"
    yield "数的性质", _LIMIT if _is_limit(target) else _MEASURES[target.measure]
    yield "目标来历", _KINDS[target.kind]
    yield "推进方式", _pace(target)
    yield "出数频率", _rhythm(target)
    if target.baseline is not None:
        yield f"{file.year - 1}年结果", amount(target.baseline, unit)
    yield "牵头单位", target.lead
    yield "认得的名称", "、".join((target.name, *target.aliases))
    yield "可用的单位", "、".join(_units(target))
    if target.note:
        yield "说明", target.note
    yield "目标文件", short_path(file.path)


def _units(target: Target) -> Iterator[str]:
    units = same_dimension(target.goal.unit)
    for text in units[:_MOST_UNITS]:
        if target.measure is Measure.RATE or not text.endswith(POINTS):
            yield text
    if len(units) > _MOST_UNITS:
        yield "…（可数的单位都可以）"


def _tolerance(target: Target, goal: Goal) -> str:
    if goal.op not in (Op.ABOUT, Op.CEILING):
        return ""
    width = target.tolerance if target.tolerance is not None else default_tolerance(goal)
    end = ("不高于", width) if goal.is_limit else ("不低于", -width)
    return f"（{end[0]} {format_number(goal.threshold + end[1])}{goal.unit.text}）"


def _is_limit(target: Target) -> bool:
    return target.measure is Measure.FLOW and target.goal.is_limit


def _pace(target: Target) -> str:
    if isinstance(target.pace, tuple):
        return "逐月累计：" + "、".join(_percent(share) for share in target.pace)
    if target.goal.ref:
        return f"每期都与 {target.goal.ref} 的同期数比"
    if _is_limit(target):
        beyond = "超出允许的宽度" if target.goal.op is Op.CEILING else "一超过"
        return f"全年不得超过，{beyond}即为未完成"
    is_held = target.measure is Measure.RATE or target.goal.op is Op.CEILING
    if is_held and target.pace is not Pace.YEAR_END:
        return "每期都与目标本身比"
    end = f"{target.due} 月" if target.due else "年底"
    return _PACES[target.pace].format(
        due=target.deadline, end=end, quarters=format_number(Fraction(target.deadline, 3))
    )


def _rhythm(target: Target) -> str:
    late = f"，晚 {target.lag} 个月报" if target.lag else ""
    if isinstance(target.reports, str):
        return RHYTHM_WORDS[target.reports] + late
    return "、".join(f"{month}月" for month in target.reports) + late


def _due_head(target: Target) -> str:
    goal = target.goal
    if goal.op is Op.CEILING:
        return "应守住"
    return "应达到" if target.measure is Measure.RATE or goal.ref else "序时应达到"


def _month(target: Target, month: int) -> Sequence[str]:
    due = "√" if month in target.due_months else ""
    if due and target.lag:
        later = month + target.lag
        due += f"（{later}月报）" if later <= DECEMBER else f"（次年{later - DECEMBER}月报）"
    return (f"{month}月", _due_text(target, month), due)


def _due_text(target: Target, month: int) -> str:
    if target.is_assigned:
        return "待定"
    text = due_text(target, month)
    if text in ("", target.goal.text):
        return text or DASH
    return f"{text}（{_percent(share_due(target.pace, month, target.deadline))}）"


def _percent(share: Fraction) -> str:
    return format_number(share * 100, 1) + "%"
