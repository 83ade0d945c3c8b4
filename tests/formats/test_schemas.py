"""The JSON contracts: real output is valid, and every kind of wrong document is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from running import EXAMPLES, ROOT

from dtcheck.targets import TargetsError, load_targets


def validator(text: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(text)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture
def schemas(run):
    return {
        "verify": validator(run("verify", "--json-schema").out),
        "list": validator(run("targets", "list", "--json-schema").out),
        "targets": validator(run("targets", "schema").out),
    }


def problems(check: jsonschema.Draft202012Validator, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in check.iter_errors(document)]


class Written(yaml.SafeLoader):
    """YAML as an editor's language server reads it: 1.2, where a date is a text."""


Written.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def targets_document() -> Any:
    return yaml.load((ROOT / "targets.yaml").read_text(encoding="utf-8"), Written)


@pytest.mark.parametrize(
    "args",
    [
        (EXAMPLES / "actuals.csv",),
        (EXAMPLES / "2023-results.csv", EXAMPLES / "2024-q1.csv", EXAMPLES / "gb18030.csv"),
        (EXAMPLES / "actuals.csv", "--select", "GY01,ZH", "--strict"),
        (EXAMPLES / "no-such-file.csv",),
        (EXAMPLES / "actuals.csv", "--as-of", "2024-01"),
        (EXAMPLES / "actuals.csv", "--lead", "科技局"),
    ],
)
def test_output_of_verify_is_valid(run, schemas, args):
    assert problems(schemas["verify"], run("verify", *args, "--format", "json").json) == []


def test_awkward_submissions_are_valid(run, schemas, tmp_path):
    """An assigned goal, a range, repeats with a count, a cell with control characters."""
    file = tmp_path / "2024-06" / "各种.csv"
    file.parent.mkdir()
    file.write_text(
        "编号,实际值,单位,下达目标,备注\n"
        "ZH09,3.1,%,3,\nCX05,1,家,,\nGY01,60,个,,a\x1b[31mb\nGY01,60,个,,\nGY10,x,个,,\n"
        "XX99,1,个,,\nCX15,20,公里,,\n",
        encoding="utf-8",
    )
    document = run("verify", file, "--format", "json").json
    assert {finding["rule"] for finding in document["findings"]} >= {
        "DT201",
        "DT202",
        "DT204",
        "DT207",
    }
    assert problems(schemas["verify"], document) == []


def test_output_of_targets_list_is_valid(run, schemas):
    for narrowed in ((), ("--select", "CX05"), ("--lead", "商务局")):
        document = run("targets", "list", *narrowed, "--format", "json").json
        assert problems(schemas["list"], document) == []


def test_the_targets_file_is_valid(schemas):
    assert problems(schemas["targets"], targets_document()) == []


def objects(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths of all objects, one of each shape of path (numbers of lists set aside)."""
    if isinstance(node, dict):
        yield path
        for key, value in node.items():
            yield from objects(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from objects(value, (*path, index))


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def one_of_each_shape(document: Any) -> list[tuple[Any, ...]]:
    shapes: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for path in objects(document):
        shape = tuple("*" if isinstance(key, int) else key for key in path)
        shapes.setdefault(shape, path)
    return list(shapes.values())


def small(document: Any, *lists: str) -> Any:
    """Return the document with lists cut to their first entries that differ most."""
    cut = copy.deepcopy(document)
    for name in lists:
        cut[name] = cut[name][:3]
    return cut


def spoiled(document: Any, *, optional: frozenset[str] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Yield documents each with one thing wrong: a key too many, one missing, another type."""
    for path in one_of_each_shape(document):
        wrong = copy.deepcopy(document)
        at(wrong, path)["extra"] = 1
        yield f"{path} + extra", wrong
        for key in at(document, path):
            if key not in optional:
                wrong = copy.deepcopy(document)
                del at(wrong, path)[key]
                yield f"{path} - {key}", wrong
            for value in ({}, [[]], "\u0000?" if key not in FREE_TEXT else 3.5):
                wrong = copy.deepcopy(document)
                at(wrong, path)[key] = value
                yield f"{path} {key} = {value!r}", wrong


# Where any text will do, a number is what must be refused.
FREE_TEXT = frozenset(
    "place path name section lead unit text bureau note file message hint column title heading "
    "publisher url why phrase sheet cell".split()
)


def test_a_wrong_output_of_verify_is_refused(run, schemas, tmp_path):
    file = tmp_path / "2024-06.csv"
    file.write_text(
        "编号,实际值,单位,填报单位,备注\nZH01,6.5,%,发改委,有备注\nGY10,x,个,发改委,\n",
        encoding="utf-8",
    )
    document = small(run("verify", file, "--format", "json").json, "results", "sections")
    assert problems(schemas["verify"], document) == []
    tried = list(spoiled(document))
    assert len(tried) > 150
    accepted = [what for what, wrong in tried if schemas["verify"].is_valid(wrong)]
    assert accepted == []


def test_a_wrong_list_of_targets_is_refused(run, schemas):
    document = small(run("targets", "list", "--format", "json").json, "targets", "excluded")
    tried = list(spoiled(document))
    assert len(tried) > 50
    assert [what for what, wrong in tried if schemas["list"].is_valid(wrong)] == []


def test_a_goal_has_the_numbers_of_its_operator(run, schemas):
    document = run("targets", "list", "--format", "json", "--select", "CX05,GY01,ZH09").json
    by_code = {target["code"]: target for target in document["targets"]}
    by_code["GY01"]["high"] = 120
    wrong = problems(schemas["list"], document)
    assert [each.split(":")[0] for each in wrong] == ["$.targets[1].high"]
    by_code["GY01"]["high"], by_code["CX05"]["high"] = None, None
    assert len(problems(schemas["list"], document)) == 1
    by_code["CX05"]["high"], by_code["ZH09"]["value"] = 3, 5
    assert len(problems(schemas["list"], document)) == 1


GOOD = {
    "format": 1,
    "place": "东台市",
    "year": 2024,
    "title": "目标",
    "bureaus": [{"name": "统计局", "short": ["统计"]}],
    "sections": [
        {
            "code": "GY",
            "name": "工业",
            "heading": "工业",
            "targets": [
                {
                    "code": "GY01",
                    "name": "新开工",
                    "goal": "> 100 个",
                    "measure": "flow",
                    "phrase": "超100个",
                    "lead": "统计局",
                }
            ],
        }
    ],
}
# (keys of the target, right or wrong): schema and loader must agree on each.
TARGETS = [
    ({"goal": ">= 6 %"}, True),
    ({"goal": "~ 6.5 %"}, True),
    ({"goal": "2..3 家"}, True),
    ({"goal": "assigned %"}, True),
    ({"goal": ">= 1,710 亿元"}, True),
    ({"goal": "<= 0 起"}, True),
    ({"goal": "<~ 5.5 %"}, True),
    ({"goal": "<~5.5%"}, True),
    ({"goal": "<~ %"}, False),
    ({"goal": "~< 5.5 %"}, False),
    ({"goal": ">= GY1"}, False),
    ({"goal": "GY01"}, False),
    ({"due": 6}, True),
    ({"due": 13}, False),
    ({"due": "6月"}, False),
    ({"lag": 1}, True),
    ({"lag": 12}, False),
    ({"reports": "after-year"}, True),
    ({"goal": "100个以上"}, False),
    ({"goal": "100 个"}, False),
    ({"goal": "> 100"}, False),
    ({"goal": ">"}, False),
    ({"goal": "assigned"}, False),
    ({"goal": 100}, False),
    ({"baseline": "91 个"}, True),
    ({"baseline": 91}, True),
    ({"baseline": "九十一"}, False),
    ({"pace": [0.1] * 11 + [1]}, True),
    ({"pace": [0.1] * 11}, False),
    ({"pace": [0.5] * 11 + [2]}, False),
    ({"pace": "weekly"}, False),
    ({"reports": [3, 6]}, True),
    ({"reports": [0]}, False),
    ({"reports": "half-yearly"}, True),
    ({"reports": "daily"}, False),
    ({"kind": "scope"}, True),
    ({"kind": "other"}, False),
    ({"measure": "total"}, False),
    ({"strive": True}, True),
    ({"strive": "maybe"}, False),
    ({"phrase": "字" * 31}, False),
    ({"phrase": "字" * 30}, True),
    ({"code": "gy01"}, False),
    ({"code": "GY1"}, False),
    ({"aliases": ["甲", "乙"]}, True),
    ({"aliases": "甲"}, False),
    ({"basline": "91 个"}, False),
]


@pytest.mark.parametrize(("keys", "right"), TARGETS)
def test_schema_and_loader_agree(schemas, tmp_path, keys, right):
    document = copy.deepcopy(GOOD)
    document["sections"][0]["targets"][0].update(keys)
    assert (problems(schemas["targets"], document) == []) is right
    file = tmp_path / "targets.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    if right:
        assert load_targets(file).by_code["GY01"]
    else:
        with pytest.raises(TargetsError):
            load_targets(file)


def test_a_wrong_targets_file_is_refused(schemas):
    document = targets_document()
    document["sections"] = document["sections"][:1]
    for name in ("bureaus", "excluded", "relations"):
        document[name] = document[name][:1]
    optional = frozenset(
        "source excluded relations short kind strive baseline pace reports tolerance aliases note "
        "delivered publisher net".split()
    )
    tried = list(spoiled(document, optional=optional))
    assert len(tried) > 60
    assert [what for what, wrong in tried if schemas["targets"].is_valid(wrong)] == []


def test_a_schema_is_written_to_a_file(run, tmp_path):
    file = tmp_path / "targets.schema.json"
    done = run("targets", "schema", "-o", file)
    assert (done.code, done.out) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["title"] == "dtcheck 目标文件"
