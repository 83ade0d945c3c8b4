"""Loading a targets file: from its bytes to the model, with everything that is wrong at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import yaml

from dtcheck.rules import Finding
from dtcheck.rules.targets import BAD_VALUE, BROKEN_YAML, MISSING_KEY
from dtcheck.targets.block import BlockReader, in_goal_unit
from dtcheck.targets.findings import at_line
from dtcheck.targets.model import (
    Bureau,
    Exclusion,
    PartOf,
    Relation,
    Section,
    Target,
    TargetsFile,
)
from dtcheck.targets.nodes import Tree
from dtcheck.targets.references import References
from dtcheck.targets.unique import duplicates
from dtcheck.units import own_units

FORMAT = 1
_UNIT_NAME = r"[^\s0-9.,<>=~%]{1,10}"

_FILE_KEYS = (
    "format",
    "place",
    "year",
    "title",
    "bureaus",
    "units",
    "source",
    "sections",
    "excluded",
    "relations",
)
_FILE_REQUIRED = ("format", "place", "year", "title", "bureaus", "sections")
_SECTION_KEYS = ("code", "name", "heading", "targets")
_RELATION_KEYS = ("total", "added", "last", "net")
_PART_KEYS = ("part", "whole")


def load(raw: bytes, path: str) -> tuple[TargetsFile | None, list[Finding]]:
    """Return a targets file, None where too little of it can be read, and what is wrong with it."""
    tree = Tree(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "用编辑器另存为 UTF-8 编码"
        return None, [at_line(BROKEN_YAML, path, None, "目标文件不是 UTF-8 编码", hint)]
    root = tree.parse(text)
    if root is None:
        return None, tree.findings
    # The same for what editors on Windows make of a file: a byte order mark, other line ends.
    plain = text.replace("\r\n", "\n").encode()
    return _Loading(tree, root).file(hashlib.sha256(plain).hexdigest()), tree.findings


def _is_empty_list(node: yaml.Node) -> bool:
    """Whether a list is written as empty: the draft of a report that names no goal of the year."""
    return isinstance(node, yaml.SequenceNode) and not node.value


class _Loading:
    """One pass over the nodes of a file."""

    def __init__(self, tree: Tree, root: yaml.Node) -> None:
        self.tree = tree
        self.root = root

    def file(self, sha256: str) -> TargetsFile | None:
        """Return the file, or None where too much of it is missing to build one."""
        keys = self.tree.mapping(self.root, _FILE_KEYS, _FILE_REQUIRED, "目标文件")
        units = tuple(self._units(keys.get("units")))
        with own_units(units):
            return self._file(keys, units, sha256)

    def _units(self, node: yaml.Node | None) -> Iterator[str]:
        for each in self.tree.items(node, "units"):
            name = self.tree.text(each, "units 的一项")
            if re.fullmatch(_UNIT_NAME, name):
                yield name
            elif name:
                hint = "只写单位的名称，不带数、比较符和空格，如 标箱"
                self.tree.fail(BAD_VALUE, each, f"units 中的“{name[:40]}”不能作单位", hint)

    def _file(
        self, keys: dict[str, yaml.Node], units: tuple[str, ...], sha256: str
    ) -> TargetsFile | None:
        tree = self.tree
        tree.whole(keys.get("format"), "format", FORMAT, FORMAT)
        year = tree.whole(keys.get("year"), "year", 1978, 2999)
        bureaus = tuple(self._bureaus(keys.get("bureaus")))
        references = References(dict(_goals(keys.get("sections"))))
        blocks = BlockReader(tree, {bureau.name for bureau in bureaus}, references)
        sections = tuple(
            section
            for node in tree.items(keys.get("sections"), "sections")
            if (section := self._section(node, blocks))
        )
        if node := keys.get("sections"):
            if not sections and not _is_empty_list(node):
                tree.fail(MISSING_KEY, node, "没有一个板块", "补上 sections")
            elif (
                sections and not tree.findings and not any(section.targets for section in sections)
            ):
                tree.fail(MISSING_KEY, node, "没有一个指标", "在板块的 targets 中写上指标")
            tree.findings.extend(duplicates(sections, tree.path, node.start_mark.line + 1))
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
            relations=tuple(each for each in relations if isinstance(each, Relation)),
            parts=tuple(each for each in relations if isinstance(each, PartOf)),
            path=tree.path,
            sha256=sha256,
            units=units,
        )

    def _source(self, node: yaml.Node | None) -> Iterator[tuple[str, str]]:
        if node is not None:
            known = ("title", "delivered", "publisher", "url")
            for key, value in self.tree.mapping(node, known, ("title",), "source").items():
                yield key, self.tree.text(value, key)

    def _bureaus(self, node: yaml.Node | None) -> Iterator[Bureau]:
        for each in self.tree.items(node, "bureaus"):
            keys = self.tree.mapping(each, ("name", "short", "note"), ("name",), "单位")
            short = self.tree.texts(keys.get("short"), "short")
            name, note = (self.tree.text(keys.get(key), key) for key in ("name", "note"))
            yield Bureau(name, short, each.start_mark.line + 1, note or None)

    def _excluded(self, node: yaml.Node | None) -> Iterator[Exclusion]:
        both = ("phrase", "why")
        for each in self.tree.items(node, "excluded"):
            keys = self.tree.mapping(each, both, both, "excluded 的一项")
            phrase, why = (self.tree.text(keys.get(key), key) for key in both)
            yield Exclusion(phrase, why, each.start_mark.line + 1)

    def _section(self, node: yaml.Node, blocks: BlockReader) -> Section | None:
        keys = self.tree.mapping(node, _SECTION_KEYS, _SECTION_KEYS, "板块")
        if not set(_SECTION_KEYS) <= keys.keys():
            return None
        code = self.tree.text(keys["code"], "板块的 code")
        if not re.fullmatch("[A-Z]{2}", code):
            self.tree.fail(BAD_VALUE, keys["code"], f"板块编号“{code[:40]}”不对", "写两个大写字母")
        name = self.tree.text(keys["name"], "板块的 name")
        targets = tuple(
            target
            for each in self.tree.items(keys["targets"], "targets")
            if (target := blocks.read(each, code, name))
        )
        return Section(code, name, self.tree.text(keys["heading"], "heading"), targets)

    def _relations(
        self, node: yaml.Node | None, targets: dict[str, Target]
    ) -> Iterator[Relation | PartOf]:
        for each in self.tree.items(node, "relations"):
            own = _PART_KEYS if _has_key(each, _PART_KEYS) else _RELATION_KEYS
            keys = self.tree.mapping(each, own, own[:3], "relations 的一项")
            one, other = (self.tree.choice(keys.get(key), key, targets) for key in own[:2])
            if one is None or other is None:
                continue
            if targets[one].goal.unit.dimension != targets[other].goal.unit.dimension:
                self.tree.fail(BAD_VALUE, each, f"{one} 与 {other} 的单位不能相加", "核对编号")
            elif own is _PART_KEYS:
                yield PartOf(one, other, each.start_mark.line + 1)
            elif relation := self._sum(each, keys, targets[one], other):
                yield relation

    def _sum(
        self, node: yaml.Node, keys: dict[str, yaml.Node], total: Target, added: str
    ) -> Relation | None:
        net = self.tree.choice(keys.get("net"), "net", ("true", "false"))
        last = in_goal_unit(self.tree, keys.get("last"), total.goal, "last")
        if last is None:
            return None
        return Relation(total.code, added, last, net == "true", node.start_mark.line + 1)


def _has_key(node: yaml.Node, keys: tuple[str, ...]) -> bool:
    return isinstance(node, yaml.MappingNode) and any(key.value in keys for key, _ in node.value)


def _goals(sections: yaml.Node | None) -> Iterator[tuple[str, str]]:
    """Yield code and goal of every target as they are written, before the blocks are read in order."""
    for section in _entries(sections):
        for key, value in _pairs(section):
            if key == "targets":
                for target in _entries(value):
                    written = {
                        name: each.value
                        for name, each in _pairs(target)
                        if isinstance(each, yaml.ScalarNode)
                    }
                    if "code" in written and "goal" in written:
                        yield written["code"].strip(), written["goal"]


def _entries(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _pairs(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [(str(key.value), value) for key, value in pairs]
