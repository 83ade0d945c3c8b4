"""Loading a targets file: which one, and everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import yaml

from dtcheck.reasons import reason
from dtcheck.rules import (
    BadGoal,
    BadPace,
    BadValue,
    BrokenYaml,
    Finding,
    MissingKey,
    Place,
)
from dtcheck.targets.goal import Goal, GoalError, parse_goal, parse_quantity
from dtcheck.targets.model import (
    RHYTHMS,
    Bureau,
    Exclusion,
    Kind,
    Measure,
    Pace,
    Relation,
    Section,
    Target,
    TargetsFile,
)
from dtcheck.targets.nodes import Tree
from dtcheck.targets.unique import doubled
from dtcheck.units import format_number, parse_number, plain

ENVIRONMENT = "DTCHECK_TARGETS"
FORMAT = 1
_PHRASE_LENGTH = 30
_MONTHS = 12
# Some 500 targets in full. The tree of a file takes up to 200 times its size, and lint and guesses
# compare each name with all others.
_MAX_BYTES = 250_000

_FILE_KEYS = (
    "format",
    "place",
    "year",
    "title",
    "bureaus",
    "source",
    "sections",
    "excluded",
    "relations",
)
_FILE_REQUIRED = ("format", "place", "year", "title", "bureaus", "sections")
_SECTION_KEYS = ("code", "name", "heading", "targets")
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
    "tolerance",
    "lead",
    "aliases",
    "note",
)
_TARGET_REQUIRED = ("code", "name", "goal", "measure", "phrase", "lead")
_RELATION_KEYS = ("total", "added", "last", "net")


class TargetsError(Exception):
    """The targets file can't be used; ``findings`` says everything that is wrong with it."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


def default_path() -> Path:
    """Where the targets file is: the environment's, else the one installed with the program.

    In a checkout, and so in an editable install, that is the top-level ``targets.yaml``.
    """
    if chosen := os.environ.get(ENVIRONMENT):
        return Path(chosen)
    package = Path(__file__).resolve().parent.parent
    installed = package / "targets.yaml"
    return installed if installed.is_file() else package.parent / "targets.yaml"


def load_targets(path: str | Path | None = None) -> TargetsFile:
    """Read and validate a targets file. Raises TargetsError with all findings at once."""
    shown = str(path if path is not None else default_path())
    raw = _read(shown)
    tree = Tree(shown)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "用编辑器另存为 UTF-8 编码"
        raise TargetsError(
            [Finding(BrokenYaml, "目标文件不是 UTF-8 编码", hint, Place(shown))]
        ) from None
    root = tree.parse(text)
    loaded = _Loading(tree, root).file(hashlib.sha256(raw).hexdigest()) if root else None
    if loaded is None or tree.findings:
        raise TargetsError(sorted(tree.findings, key=lambda finding: finding.place.line or 0))
    return loaded


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        problem = f"目标文件打不开：{reason(error)}"
        hint = f"核对 --targets 或 {ENVIRONMENT} 所写的路径"
        raise TargetsError([Finding(BrokenYaml, problem, hint, Place(path))]) from None
    if len(raw) > _MAX_BYTES:
        hint = "一份报告的目标文件只有几十 KB，核对路径"
        raise TargetsError([Finding(BrokenYaml, "目标文件太大", hint, Place(path))])
    return raw


class _Loading:
    """One pass over the nodes of a file."""

    def __init__(self, tree: Tree, root: yaml.Node) -> None:
        self.tree = tree
        self.root = root
        self.bureau_names: frozenset[str] = frozenset()

    def file(self, sha256: str) -> TargetsFile | None:
        """Return the file, or None where too much of it is missing to build one."""
        tree = self.tree
        keys = tree.mapping(self.root, _FILE_KEYS, _FILE_REQUIRED, "目标文件")
        tree.whole(keys.get("format"), "format", FORMAT, FORMAT)
        year = tree.whole(keys.get("year"), "year", 1978, 2999)
        bureaus = tuple(self._bureaus(keys.get("bureaus")))
        self.bureau_names = frozenset(bureau.name for bureau in bureaus)
        sections = tuple(
            section
            for node in tree.items(keys.get("sections"), "sections")
            if (section := self._section(node))
        )
        if node := keys.get("sections"):
            if not sections:
                tree.fail(MissingKey, node, "没有一个板块", "补上 sections")
            elif not tree.findings and not any(section.targets for section in sections):
                tree.fail(MissingKey, node, "没有一个指标", "在板块的 targets 中写上指标")
            tree.findings.extend(doubled(sections, tree.path, node.start_mark.line + 1))
        targets = {target.code: target for section in sections for target in section.targets}
        relations = tuple(self._relations(keys.get("relations"), targets))
        excluded = tuple(self._excluded(keys.get("excluded")))
        if year is None:
            return None
        return TargetsFile(
            place=tree.text(keys.get("place"), "place"),
            year=year,
            title=tree.text(keys.get("title"), "title"),
            source=tuple(self._source(keys.get("source"))),
            bureaus=bureaus,
            sections=sections,
            excluded=excluded,
            relations=relations,
            path=tree.path,
            sha256=sha256,
        )

    def _source(self, node: yaml.Node | None) -> Iterator[tuple[str, str]]:
        if node is not None:
            known = ("title", "delivered", "publisher", "url")
            for key, value in self.tree.mapping(node, known, ("title",), "source").items():
                yield key, self.tree.text(value, key)

    def _bureaus(self, node: yaml.Node | None) -> Iterator[Bureau]:
        for each in self.tree.items(node, "bureaus"):
            keys = self.tree.mapping(each, ("name", "short"), ("name",), "单位")
            short = self.tree.texts(keys.get("short"), "short")
            yield Bureau(self.tree.text(keys.get("name"), "name"), short)

    def _excluded(self, node: yaml.Node | None) -> Iterator[Exclusion]:
        both = ("phrase", "why")
        for each in self.tree.items(node, "excluded"):
            keys = self.tree.mapping(each, both, both, "excluded 的一项")
            phrase, why = (self.tree.text(keys.get(key), key) for key in both)
            yield Exclusion(phrase, why, each.start_mark.line + 1)

    def _section(self, node: yaml.Node) -> Section | None:
        keys = self.tree.mapping(node, _SECTION_KEYS, _SECTION_KEYS, "板块")
        if not set(_SECTION_KEYS) <= keys.keys():
            return None
        code = self.tree.text(keys["code"], "板块的 code")
        if not re.fullmatch("[A-Z]{2}", code):
            self.tree.fail(BadValue, keys["code"], f"板块编号“{code[:40]}”不对", "写两个大写字母")
        name = self.tree.text(keys["name"], "板块的 name")
        targets = tuple(
            target
            for each in self.tree.items(keys["targets"], "targets")
            if (target := self._target(each, code, name))
        )
        return Section(code, name, self.tree.text(keys["heading"], "heading"), targets)

    def _target(self, node: yaml.Node, section_code: str, section: str) -> Target | None:
        tree = self.tree
        keys = tree.mapping(node, _TARGET_KEYS, _TARGET_REQUIRED, "指标")
        if not set(_TARGET_REQUIRED) <= keys.keys():
            return None
        code = tree.text(keys["code"], "code")
        if not re.fullmatch(re.escape(section_code) + "[0-9]{2,3}", code):
            tree.fail(
                BadValue,
                keys["code"],
                f"编号“{code[:40]}”不对",
                f"写板块编号加两位数字，如 {section_code}01",
            )
        phrase = tree.text(keys["phrase"], f"{code} 的 phrase")
        if len(phrase) > _PHRASE_LENGTH:
            tree.fail(
                BadValue,
                keys["phrase"],
                f"{code} 的 phrase 有 {len(phrase)} 个字",
                f"只留含有数字的那几个字，最多 {_PHRASE_LENGTH} 个",
                code,
            )
        lead = tree.text(keys["lead"], f"{code} 的 lead")
        if lead not in self.bureau_names:
            tree.fail(
                BadValue,
                keys["lead"],
                f"{code} 的 lead“{lead}”不在 bureaus 之内",
                "先在 bureaus 中写上这个单位的全称",
                code,
            )
        kind = tree.choice(keys.get("kind"), f"{code} 的 kind", Kind)
        strive = tree.choice(keys.get("strive"), f"{code} 的 strive", ("true", "false"))
        measure = tree.choice(keys["measure"], f"{code} 的 measure", Measure)
        goal = self._goal(keys["goal"], code)
        if goal is None or measure is None:
            return None
        scope = kind == Kind.SCOPE
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
            baseline=self._in_goal_unit(keys.get("baseline"), goal, f"{code} 的 baseline"),
            pace=self._pace(keys.get("pace"), code) or (Pace.YEAR_END if scope else Pace.LINEAR),
            reports=self._reports(keys.get("reports"), code) or "monthly",
            tolerance=self._tolerance(keys.get("tolerance"), goal, code),
            aliases=tree.texts(keys.get("aliases"), f"{code} 的 aliases"),
            note=tree.text(keys.get("note"), f"{code} 的 note") or None,
            line=node.start_mark.line + 1,
        )

    def _goal(self, node: yaml.Node, code: str) -> Goal | None:
        written = self.tree.text(node, f"{code} 的 goal")
        if not written:
            return None
        try:
            return parse_goal(written)
        except GoalError as error:
            self.tree.fail(
                BadGoal,
                node,
                f"{code} 的目标写法不对：{error}",
                '参照 "> 100 个"、">= 6 %"、"~ 6.5 %"、"2..3 家"、"assigned %"',
                code,
            )
            return None

    def _in_goal_unit(self, node: yaml.Node | None, goal: Goal, what: str) -> Fraction | None:
        """Return a ``NUMBER UNIT`` in the goal's unit, or None with a finding."""
        if node is None:
            return None
        try:
            value, unit = parse_quantity(self.tree.text(node, what), goal.unit)
            return unit.convert(value, goal.unit)
        except GoalError as error:
            self.tree.fail(BadValue, node, f"{what}不对：{error}", "写数和单位，如 91 个")
        except ValueError:
            self.tree.fail(
                BadValue,
                node,
                f"{what}的单位与目标不是同一类",
                f"改用能换算成“{goal.unit.text}”的单位",
            )
        return None

    def _tolerance(self, node: yaml.Node | None, goal: Goal, code: str) -> Fraction | None:
        width = self._in_goal_unit(node, goal, f"{code} 的 tolerance")
        if node is not None and width is not None and width < 0:
            self.tree.fail(
                BadValue, node, f"{code} 的 tolerance 是负数", "写目标以下允许的宽度", code
            )
        return width

    def _pace(self, node: yaml.Node | None, code: str) -> Pace | tuple[Fraction, ...] | None:
        what = f"{code} 的 pace"
        if not isinstance(node, yaml.SequenceNode):
            named = self.tree.choice(node, what, Pace)
            return Pace(named) if named else None
        shares = tuple(parse_number(plain(text)) for text in self.tree.texts(node, what))
        known = tuple(share for share in shares if share is not None and 0 <= share <= 1)
        if len(known) != _MONTHS or len(shares) != _MONTHS:
            hint = "每月一个，12 月为 1"
            self.tree.fail(BadValue, node, f"{what} 要有 12 个 0 到 1 之间的累计份额", hint, code)
            return None
        if uneven := _uneven(known):
            hint = "写 1 月到各月累计的份额，只增不减，12 月为 1"
            self.tree.fail(BadPace, node, f"{what} {uneven}", hint, code)
            return None
        return known

    def _reports(self, node: yaml.Node | None, code: str) -> str | tuple[int, ...] | None:
        what = f"{code} 的 reports"
        if not isinstance(node, yaml.SequenceNode):
            return self.tree.choice(node, what, RHYTHMS)
        if not node.value:
            self.tree.fail(
                BadValue, node, f"{what}没有写月份", "写出数的月份，如 [3, 6, 9, 12]", code
            )
        months = [self.tree.whole(each, what, 1, 12) for each in node.value]
        return tuple(sorted({month for month in months if month})) or None

    def _relations(self, node: yaml.Node | None, targets: dict[str, Target]) -> Iterator[Relation]:
        tree = self.tree
        for each in tree.items(node, "relations"):
            keys = tree.mapping(each, _RELATION_KEYS, _RELATION_KEYS[:3], "relations 的一项")
            total = tree.choice(keys.get("total"), "total", targets)
            added = tree.choice(keys.get("added"), "added", targets)
            net = tree.choice(keys.get("net"), "net", ("true", "false"))
            if total is None or added is None:
                continue
            if targets[total].goal.unit.dimension != targets[added].goal.unit.dimension:
                tree.fail(BadValue, each, f"{total} 与 {added} 的单位不能相加", "核对编号")
            last = self._in_goal_unit(keys.get("last"), targets[total].goal, "last")
            if last is not None:
                yield Relation(total, added, last, net == "true", each.start_mark.line + 1)


def _uneven(shares: tuple[Fraction, ...]) -> str | None:
    """Return what keeps 12 shares from being cumulative, or None."""
    for month, (earlier, share) in enumerate(pairwise(shares), 2):
        if share < earlier:
            fall = f"{format_number(earlier)} 降到 {format_number(share)}"
            return f"在 {month} 月由 {fall}，累计份额不会减少"
    return None if shares[-1] == 1 else f"到 12 月是 {format_number(shares[-1])}，不是 1"
