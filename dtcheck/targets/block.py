"""Reading the block of one target, key by key."""

from __future__ import annotations

import re
from collections.abc import Container
from fractions import Fraction
from itertools import pairwise

import yaml

from dtcheck.rules.targets import BAD_GOAL, BAD_PACE, BAD_VALUE
from dtcheck.targets.goal import Goal, GoalError, parse_goal, parse_quantity
from dtcheck.targets.model import DECEMBER, RHYTHMS, Kind, Measure, Pace, Target
from dtcheck.targets.nodes import Tree
from dtcheck.targets.references import References
from dtcheck.units import format_number, parse_number, plain

_PHRASE_LENGTH = 30

_TARGET_KEYS = (
    "code",
    "name",
    "goal",
    "measure",
    "kind",
    "strive",
    "phrase",
    "baseline",
    "pace",
    "reports",
    "due",
    "lag",
    "tolerance",
    "lead",
    "aliases",
    "note",
)
_TARGET_REQUIRED = ("code", "name", "goal", "measure", "phrase", "lead")


class BlockReader:
    """Reads the blocks of a file whose ``bureaus`` and ``references`` are known; what is wrong goes to its tree."""

    def __init__(self, tree: Tree, bureaus: Container[str], references: References) -> None:
        self.tree = tree
        self.bureaus = bureaus
        self.references = references

    def read(self, node: yaml.Node, section_code: str, section: str) -> Target | None:
        """Return the target of a block, or None where too much of it is missing."""
        tree = self.tree
        keys = tree.mapping(node, _TARGET_KEYS, _TARGET_REQUIRED, "指标")
        if not set(_TARGET_REQUIRED) <= keys.keys():
            return None
        code = self._code(keys["code"], section_code)
        phrase, lead = self._phrase(keys["phrase"], code), self._lead(keys["lead"], code)
        kind = tree.choice(keys.get("kind"), f"{code} 的 kind", Kind)
        strive = tree.choice(keys.get("strive"), f"{code} 的 strive", ("true", "false"))
        measure = tree.choice(keys["measure"], f"{code} 的 measure", Measure)
        goal = self._goal(keys["goal"], code)
        if goal is None or measure is None:
            return None
        scope = kind == Kind.SCOPE
        due = tree.whole(keys.get("due"), f"{code} 的 due", 1, DECEMBER)
        return Target(
            code=code,
            name=tree.text(keys["name"], f"{code} 的 name"),
            section=section,
            goal=goal,
            measure=Measure(measure),
            phrase=phrase,
            lead=lead,
            kind=Kind(kind or Kind.OUTCOME),
            strive=strive == "true",
            baseline=in_goal_unit(tree, keys.get("baseline"), goal, f"{code} 的 baseline"),
            pace=self._pace(keys.get("pace"), code, due)
            or (Pace.YEAR_END if scope else Pace.LINEAR),
            reports=self._reports(keys.get("reports"), code) or "monthly",
            tolerance=self._tolerance(keys.get("tolerance"), goal, code),
            aliases=tree.texts(keys.get("aliases"), f"{code} 的 aliases"),
            note=tree.text(keys.get("note"), f"{code} 的 note") or None,
            line=node.start_mark.line + 1,
            due=None if due == DECEMBER else due,
            lag=tree.whole(keys.get("lag"), f"{code} 的 lag", 0, DECEMBER - 1) or 0,
        )

    def _code(self, node: yaml.Node, section_code: str) -> str:
        code = self.tree.text(node, "code")
        if not re.fullmatch(re.escape(section_code) + "[0-9]{2,3}", code):
            hint = f"写板块编号加两位数字，如 {section_code}01"
            self.tree.fail(BAD_VALUE, node, f"编号“{code[:40]}”不对", hint)
        return code

    def _phrase(self, node: yaml.Node, code: str) -> str:
        phrase = self.tree.text(node, f"{code} 的 phrase")
        if len(phrase) > _PHRASE_LENGTH:
            message = f"{code} 的 phrase 有 {len(phrase)} 个字"
            hint = f"只留含有数字的那几个字，最多 {_PHRASE_LENGTH} 个"
            self.tree.fail(BAD_VALUE, node, message, hint, code)
        return phrase

    def _lead(self, node: yaml.Node, code: str) -> str:
        lead = self.tree.text(node, f"{code} 的 lead")
        if lead not in self.bureaus:
            message = f"{code} 的 lead“{lead}”不在 bureaus 之内"
            self.tree.fail(BAD_VALUE, node, message, "先在 bureaus 中写上这个单位的全称", code)
        return lead

    def _goal(self, node: yaml.Node, code: str) -> Goal | None:
        written = self.tree.text(node, f"{code} 的 goal")
        if not written:
            return None
        try:
            return parse_goal(written, unit_of=lambda other: self.references.unit_of(other, code))
        except GoalError as error:
            self.tree.fail(
                BAD_GOAL,
                node,
                f"{code} 的目标写法不对：{error}",
                error.hint
                or '参照 "> 100 个"、">= 6 %"、"~ 6.5 %"、"<~ 5.5 %"、"2..3 家"、">= ZH01"、"assigned %"',
                code,
            )
            return None

    def _tolerance(self, node: yaml.Node | None, goal: Goal, code: str) -> Fraction | None:
        width = in_goal_unit(self.tree, node, goal, f"{code} 的 tolerance")
        if node is not None and width is not None and width < 0:
            self.tree.fail(
                BAD_VALUE, node, f"{code} 的 tolerance 是负数", "写目标以下允许的宽度", code
            )
        return width

    def _pace(
        self, node: yaml.Node | None, code: str, due: int | None
    ) -> Pace | tuple[Fraction, ...] | None:
        what = f"{code} 的 pace"
        if not isinstance(node, yaml.SequenceNode):
            named = self.tree.choice(node, what, Pace)
            return Pace(named) if named else None
        shares = tuple(parse_number(plain(text)) for text in self.tree.texts(node, what))
        known = tuple(share for share in shares if share is not None and 0 <= share <= 1)
        if len(known) != DECEMBER or len(shares) != DECEMBER:
            hint = "每月一个，12 月为 1"
            self.tree.fail(BAD_VALUE, node, f"{what} 要有 12 个 0 到 1 之间的累计份额", hint, code)
            return None
        if uneven := _unevenness(known, due or DECEMBER):
            hint = f"写 1 月到各月累计的份额，只增不减，{due or DECEMBER} 月为 1"
            self.tree.fail(BAD_PACE, node, f"{what} {uneven}", hint, code)
            return None
        return known

    def _reports(self, node: yaml.Node | None, code: str) -> str | tuple[int, ...] | None:
        what = f"{code} 的 reports"
        if not isinstance(node, yaml.SequenceNode):
            return self.tree.choice(node, what, RHYTHMS)
        if not node.value:
            self.tree.fail(
                BAD_VALUE, node, f"{what}没有写月份", "写出数的月份，如 [3, 6, 9, 12]", code
            )
        months = [self.tree.whole(each, what, 1, DECEMBER) for each in node.value]
        return tuple(sorted({month for month in months if month})) or None


def in_goal_unit(tree: Tree, node: yaml.Node | None, goal: Goal, what: str) -> Fraction | None:
    """Return a ``NUMBER UNIT`` in the goal's unit, or None with a finding."""
    if node is None:
        return None
    try:
        value, unit = parse_quantity(tree.text(node, what), goal.unit)
        return unit.convert(value, goal.unit)
    except GoalError as error:
        hint = error.hint or "写数和单位，如 91 个"
        tree.fail(BAD_VALUE, node, f"{what}不对：{error}", hint)
    except ValueError:
        tree.fail(
            BAD_VALUE,
            node,
            f"{what}的单位与目标不是同一类",
            f"改用能换算成“{goal.unit.text}”的单位",
        )
    return None


def _unevenness(shares: tuple[Fraction, ...], due: int) -> str | None:
    """Return what keeps 12 shares from being cumulative, and whole by the month ``due``, or None."""
    for month, (earlier, share) in enumerate(pairwise(shares), 2):
        if share < earlier:
            fall = f"{format_number(earlier)} 降到 {format_number(share)}"
            return f"在 {month} 月由 {fall}，累计份额不会减少"
    whole = shares[due - 1]
    return None if whole == 1 else f"到 {due} 月是 {format_number(whole)}，不是 1"
