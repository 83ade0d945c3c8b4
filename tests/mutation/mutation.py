"""The mutations that ``make mutants`` makes: mutmut's operators, and some that it lacks.

mutmut's own runner leaves out what stands at module level and what is decorated: the tables of
units, periods, labels and lights, the regexes, and every property. Here all of a module is mutated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import libcst as cst
from libcst import metadata
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal

SWAPS = {"max": "min", "min": "max", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
# Methods of a text that return it changed; without them it stays as it was.
CHANGES = {"strip", "rstrip", "lower", "replace", "removeprefix", "removesuffix", "translate"}
# What may go from a regex: of [0-9] and (?:…) no letter; {,8} is {0,8}.
_NEEDLESS = re.compile(
    r"(?<!\()[^][(){}:0-9a-z](?![0-9a-z])|(?<=,)[0-9]|(?<=\{)[1-9]|(?<=[|:])[0-9]"
)


class Mutant(NamedTuple):
    """One change of a module: where, what as ``before [old→new] after``, and the whole source."""

    module: str
    function: str
    change: str
    source: str

    @property
    def key(self) -> str:
        """What docs/mutants.md calls it."""
        return f"{self.function}: {self.change}".replace("`", "'")


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return the mutants of a module, each once."""
    tree = metadata.MetadataWrapper(cst.parse_module(source))
    parents = tree.resolve(metadata.ParentNodeProvider)
    parts = [tree.module.code_for_node(statement) for statement in tree.module.body]
    found = {}
    for index, statement in enumerate(tree.module.body):
        visitor = _Visitor(parents)
        statement.visit(visitor)
        for function, node, mutated in visitor.found:
            part = tree.module.code_for_node(statement.deep_replace(node, mutated))  # type: ignore[arg-type]
            changed = "".join([*parts[:index], part, *parts[index + 1 :]])
            if changed != source and _compiles(changed):
                found[changed] = Mutant(module, function, _change(source, changed), changed)
    return list(found.values())


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _change(old: str, new: str) -> str:
    """Return the changed lines, with what differs in brackets."""
    start = _common(old, new)
    while re.match(r"\w", old[start - 1]):
        start -= 1
    end = _common(old[start:][::-1], new[start:][::-1])
    while re.match(r"\w\w", old[len(old) - end - 1 : len(old) - end + 1]):
        end -= 1
    first = old.rfind("\n", 0, start) + 1
    last = old.find("\n", len(old) - end)
    before, after = old[first:start], old[len(old) - end : last]
    was, now = old[start : len(old) - end], new[start : len(new) - end]
    return " ".join(f"{before}[{was}→{now}]{after}".split())


def _common(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


class _Visitor(cst.CSTVisitor):
    """Collects (function, node, mutated node)."""

    def __init__(self, parents: Mapping[cst.CSTNode, cst.CSTNode]) -> None:
        super().__init__()
        self.parents = parents
        self.found: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []
        self.names: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.ImportFrom | cst.Import):
            return False
        if isinstance(node, cst.If) and getattr(node.test, "value", "") == "TYPE_CHECKING":
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.names.append(node.name.value)
        where = ".".join(self.names) or "module"
        for kind, operator in mutation_operators:
            # mypy sees an argument that is None or missing.
            if isinstance(node, kind) and operator is not operator_arg_removal:
                self.found += [(where, node, mutated) for mutated in operator(node)]
        for more in (_conditions, _values, self._texts):
            self.found += [(where, node, mutated) for mutated in more(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.names.pop()

    def _texts(self, node: Any) -> Iterator[cst.CSTNode]:
        match node:
            case cst.Integer() if self.names and node.evaluated_value > 0:
                yield node.with_changes(value=str(node.evaluated_value - 1))
            case cst.FormattedStringText() if not self._in_regex(node):
                yield node.with_changes(value=f"XX{node.value}XX")
            case cst.SimpleString() | cst.FormattedStringText() if self._letters_count(node):
                yield from _shortened(node)

    def _letters_count(self, node: cst.CSTNode) -> bool:
        """Whether every letter of a text means something: regexes and texts that are walked."""
        parent = self.parents[node]
        walked = isinstance(parent, cst.CompFor) or (
            isinstance(parent, cst.Arg) and not self.names and not self._in_regex(node)
        )
        return walked or self._in_regex(node)

    def _in_regex(self, node: cst.CSTNode | None) -> bool:
        while node is not None and not isinstance(
            node, cst.Assign | cst.FunctionDef | cst.ClassDef
        ):
            if isinstance(node, cst.Call) and getattr(node.func, "value", None):
                return getattr(node.func.value, "value", "") == "re"
            if isinstance(node, cst.SimpleString) and node.prefix == "r":
                return True
            node = self.parents.get(node)
        return False


def _conditions(node: Any) -> Iterator[cst.CSTNode]:
    """Yield conditions that always or never hold, or hold by one of their halves."""
    match node:
        case cst.If() | cst.CompIf():
            test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
            for operator, end in ((cst.And(), "False"), (cst.Or(), "True")):
                yield node.with_changes(test=cst.BooleanOperation(test, operator, cst.Name(end)))
        case cst.BooleanOperation():
            yield node.left
            yield node.right


def _values(node: Any) -> Iterator[cst.CSTNode]:
    """Yield what returns nothing, leaves an element out, or takes another function or none."""
    match node:
        case cst.Return(value=cst.BaseExpression()):
            yield node.with_changes(value=cst.Name("None"))
        case cst.Tuple() | cst.Set() | cst.List() | cst.Dict() if _can_be_fewer(node):
            for index in range(len(node.elements)):
                fewer = [*node.elements[:index], *node.elements[index + 1 :]]
                yield node.with_changes(elements=fewer)
        case cst.Call(func=cst.Name(value=name)) if name in SWAPS:
            yield node.with_changes(func=cst.Name(SWAPS[name]))
        case cst.Call(func=cst.Attribute(attr=cst.Name(value=name))) if name in CHANGES:
            yield node.func.value


def _can_be_fewer(node: Any) -> bool:
    """Whether leaving out an element is news: not of a pair, nor of a table with texts as keys."""
    texts = any(isinstance(getattr(each, "key", None), cst.SimpleString) for each in node.elements)
    pair = any(isinstance(each.value, cst.Call) for each in node.elements)
    return len(node.elements) > 1 and not texts and not pair


def _shortened(node: cst.SimpleString | cst.FormattedStringText) -> Iterator[cst.CSTNode]:
    """Yield the text without each of its letters, but those that a regex can't do without."""
    quotes = (len(node.prefix) + 1, 1) if isinstance(node, cst.SimpleString) else (0, 0)
    for found in _NEEDLESS.finditer(node.value, quotes[0], len(node.value) - quotes[1]):
        shorter = node.value[: found.start()] + node.value[found.end() :]
        try:
            re.compile(shorter.replace("{{", "{").replace("}}", "}"))
        except re.error:
            if isinstance(node, cst.SimpleString):
                continue
        yield node.with_changes(value=shorter)
