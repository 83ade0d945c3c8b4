"""The schema of the targets file says what the loader says."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT

from dtcheck.targets import load

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture
def schema(run):
    done = run("targets", "schema")
    assert done.code == 0
    return done.json


@pytest.fixture
def document():
    """The real file with dates as text, as the loader takes them."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {
        key: [pair for pair in pairs if not pair[0].endswith("timestamp")]
        for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load((ROOT / "targets.yaml").read_text(encoding="utf-8"), loader)


def test_the_real_file_is_valid(schema, document):
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)


def test_keys_are_the_loaders(schema):
    parts = schema["properties"]
    section = parts["sections"]["items"]
    target = section["properties"]["targets"]["items"]
    assert set(parts) == set(load._FILE_KEYS)
    assert set(schema["required"]) == set(load._FILE_REQUIRED)
    assert set(section["properties"]) == set(load._SECTION_KEYS)
    assert set(target["properties"]) == set(load._TARGET_KEYS)
    assert set(target["required"]) == set(load._TARGET_REQUIRED)
    assert set(parts["relations"]["items"]["properties"]) == set(load._RELATION_KEYS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("measure", "total"),
        ("pace", [0.1, 0.2]),
        ("reports", "weekly"),
        ("basline", "91 个"),
        ("phrase", "字" * 31),
    ],
)
def test_what_the_loader_refuses(schema, document, key, value):
    document["sections"][0]["targets"][0][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)
