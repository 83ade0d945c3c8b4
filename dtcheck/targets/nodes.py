"""YAML as a tree that remembers its lines, read key by key while findings are collected.

Every scalar is taken as it is written, so that ``no``, ``1_000`` or a date can't turn into
something else on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import yaml

from dtcheck.nearest import did_you_mean, nearest
from dtcheck.rules import Finding, Rule
from dtcheck.rules.targets import BAD_VALUE, BROKEN_YAML, DUPLICATE_KEY, MISSING_KEY, UNKNOWN_KEY
from dtcheck.targets.findings import at_line
from dtcheck.targets.yaml_problems import explain

# libyaml's loader is ten times as fast; a PyYAML without it still works.
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{tag}"
    for tag in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value")
)
_DEPTH = 12
# Nesting needs one of these marks a level, or a deeper indentation; few of them can't be deep.
_NESTING = "[{-?"
_FEW = 1000
_FAR_IN = " " * 100


class Tree:
    """The nodes of one file and what was found wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def parse(self, text: str) -> yaml.Node | None:
        """Return the root node, or None with a finding where ``text`` is no plain YAML."""
        try:
            if _is_deep(text):
                raise RecursionError
            root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
        except (yaml.YAMLError, RecursionError) as error:
            self._unreadable(error, text)
            return None
        if root is None:
            self._add(BROKEN_YAML, None, "文件是空的", "从 README 的样例写起")
            return None
        return root if self._is_plain(root) else None

    def _unreadable(self, error: yaml.YAMLError | RecursionError, text: str) -> None:
        # libyaml's own words, where it notices before _is_deep does.
        if isinstance(error, RecursionError) or "nesting depth" in str(error):
            self._add(BROKEN_YAML, None, "YAML 嵌套太深", "目标文件只需要三四层，见 README")
            return
        line, problem, hint = explain(error, text)
        self._add(BROKEN_YAML, line, f"YAML 读不通：{problem}", hint)

    def _is_plain(self, root: yaml.Node) -> bool:
        """Refuse anchors, tags and deep nesting, which a targets file has no use for."""
        seen: set[int] = set()
        todo = [(root, 0)]
        while todo:
            node, depth = todo.pop()
            if id(node) in seen or node.tag not in _PLAIN_TAGS or depth > _DEPTH:
                self.fail(
                    BROKEN_YAML,
                    node,
                    "用了锚点引用（&、*、<<）、标签（!）或过深的嵌套",
                    "把内容直接写出来",
                )
                return False
            seen.add(id(node))
            if isinstance(node, yaml.MappingNode):
                todo.extend((part, depth + 1) for pair in node.value for part in pair)
            elif isinstance(node, yaml.SequenceNode):
                todo.extend((part, depth + 1) for part in node.value)
        return True

    def fail(
        self, rule: Rule, node: yaml.Node, message: str, hint: str, code: str | None = None
    ) -> None:
        """Note a finding at the line of ``node``."""
        self._add(rule, node.start_mark.line + 1, message, hint, code)

    def _add(
        self, rule: Rule, line: int | None, message: str, hint: str, code: str | None = None
    ) -> None:
        self.findings.append(at_line(rule, self.path, line, message, hint, code))

    def mapping(
        self, node: yaml.Node, known: Iterable[str], required: Iterable[str], what: str
    ) -> dict[str, yaml.Node]:
        """Return the values of a mapping by key; unknown, duplicate and missing keys are findings."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(BAD_VALUE, node, f"{what}要写成“键: 值”的形式", "参照其他各段的写法")
            return {}
        found: dict[str, yaml.Node] = {}
        names = list(known)
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in found:
                self.fail(DUPLICATE_KEY, key_node, f"{what}有两个 {key[:40]}", "删去其中一个")
            elif key not in names:
                hint = did_you_mean(nearest(key, names)) or f"可用的键：{'、'.join(names)}"
                self.fail(UNKNOWN_KEY, key_node, f"{what}有不认识的键 {key[:40]}", hint)
            else:
                found[key] = value
        for key in required:
            if key not in found:
                self.fail(MISSING_KEY, node, f"{what}缺少 {key}", f"补上 {key}: …")
        return found

    def items(self, node: yaml.Node | None, what: str) -> Iterator[yaml.Node]:
        """Yield the entries of a list; something else than a list is a finding."""
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        elif node is not None:
            self.fail(BAD_VALUE, node, f"{what}要写成列表", "用 [甲, 乙]，或每行一个“- ”")

    def text(self, node: yaml.Node | None, what: str) -> str:
        """Return a scalar as it is written; "" with a finding where it is blank or no scalar."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.fail(BAD_VALUE, node, f"{what}要写一个值", "补上内容，或删去这个键")
            return ""
        return " ".join(str(node.value).split("\n")).strip()

    def texts(self, node: yaml.Node | None, what: str) -> tuple[str, ...]:
        """Return a list of scalars as they are written."""
        return tuple(self.text(each, what) for each in self.items(node, what))

    def choice(self, node: yaml.Node | None, what: str, choices: Iterable[str]) -> str | None:
        """Return a scalar that is one of ``choices``, or None with a finding."""
        if node is None:
            return None
        written = self.text(node, what)
        if written in (options := list(choices)):
            return written
        if written:
            self.fail(
                BAD_VALUE, node, f"{what}不能是“{written[:40]}”", f"可用的值：{'、'.join(options)}"
            )
        return None

    def whole(self, node: yaml.Node | None, what: str, low: int, high: int) -> int | None:
        """Return a whole number from ``low`` to ``high``, or None with a finding."""
        if node is None:
            return None
        written = self.text(node, what)
        if written.isascii() and written.isdigit() and low <= int(written[:9]) <= high:
            return int(written[:9])
        self.fail(BAD_VALUE, node, f"{what}不能是“{written[:40]}”", f"写 {low} 到 {high} 的整数")
        return None


def _is_deep(text: str) -> bool:
    """Whether ``text`` nests so deeply that composing it, which recurses in C, would crash Python."""
    if sum(map(text.count, _NESTING)) < _FEW and _FAR_IN not in text:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False
