"""The targets file as a JSON Schema, for people and for editors that complete and check YAML.

The loader is stricter still (codes in their section, units that convert, phrases); what the
schema refuses, the loader refuses.
"""

from __future__ import annotations

from typing import Any

from dtcheck.targets.model import RHYTHMS, Kind, Measure, Pace

_TEXT = {"type": "string", "minLength": 1}
_SCALAR = {"type": ["string", "number"]}
_TEXTS = {"type": "array", "items": _TEXT}


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {**_TEXT, "description": description, **more}


def _mapping(
    description: str, required: tuple[str, ...], properties: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "required": list(required),
        "additionalProperties": False,
        "properties": properties,
    }


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def targets_schema() -> dict[str, Any]:
    """Return the schema; keys in the order in which a file is written."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dtcheck 目标文件",
        **_mapping(
            "一份政府工作报告的量化目标，自上而下与报告对照阅读",
            ("format", "place", "year", "title", "bureaus", "sections"),
            {
                "format": {"const": 1, "description": "文件格式的版本"},
                "place": _text("市、县、区的名称，如 东台市"),
                "year": {
                    "type": "integer",
                    "minimum": 1978,
                    "maximum": 2999,
                    "description": "目标的年份",
                },
                "title": _text("文件的标题"),
                "source": _source(),
                "bureaus": _list("牵头单位", _bureau()),
                "sections": _list("板块，按报告的次序", _section()),
                "excluded": _list("报告当年部分不是承诺的数，逐条写明缘由", _exclusion()),
                "relations": _list("总数与新增数的关系", _relation()),
            },
        ),
    }


def _source() -> dict[str, Any]:
    return _mapping(
        "报告的出处",
        ("title",),
        {
            "title": _text("报告的题目"),
            "delivered": _text("作报告的日期，如 2024-01-09"),
            "publisher": _text("发布者"),
            "url": _text("网址"),
        },
    )


def _bureau() -> dict[str, Any]:
    names = {"name": _text("全称，不写地名"), "short": {**_TEXTS, "description": "填报人写的简称"}}
    return _mapping("一个单位", ("name",), names)


def _section() -> dict[str, Any]:
    return _mapping(
        "报告的一个部分",
        ("code", "name", "heading", "targets"),
        {
            "code": _text("板块编号，两个大写字母", pattern="^[A-Z]{2}$"),
            "name": _text("简短的名称，如 工业"),
            "heading": _text("报告的标题，如 聚焦工业强市"),
            "targets": _list("指标，按报告的次序", _target()),
        },
    )


def _target() -> dict[str, Any]:
    return _mapping(
        "一个指标",
        ("code", "name", "goal", "measure", "phrase", "lead"),
        {
            "code": _text("板块编号加两位数字，发布后不再改用", pattern="^[A-Z]{2}[0-9]{2,3}$"),
            "name": _text("指标名称，全文件不重复"),
            "goal": _text(
                "目标：比较符 数 单位（> 100 个）、下限..上限 单位（2..3 家）或 assigned 单位"
            ),
            "measure": {
                "enum": [each.value for each in Measure],
                "description": "flow 从年初累计；level 某日的数、占比、位次；rate 与上年同期比",
            },
            "kind": {
                "enum": [each.value for each in Kind],
                "description": "outcome 报告写明的数（默认）；scope 工作范围；implied 没有数字而可以衡量",
            },
            "strive": {"type": "boolean", "description": "争创、力争、努力的为 true"},
            "phrase": _text("报告的原话，含有那个数，一字不差", maxLength=30),
            "baseline": _text("同一报告所载上年的结果，数和单位"),
            "pace": {
                "description": "序时进度：linear（默认）、monthly、quarterly、year-end（工作范围的默认），"
                "或 12 个累计份额",
                "anyOf": [
                    {"enum": [each.value for each in Pace]},
                    {"type": "array", "items": _SCALAR, "minItems": 12, "maxItems": 12},
                ],
            },
            "reports": {
                "description": "多久有一次数：monthly（默认）、quarterly、half-yearly、yearly，或月份的列表",
                "anyOf": [
                    {"enum": list(RHYTHMS)},
                    {
                        "type": "array",
                        "items": {"type": "integer", "minimum": 1, "maximum": 12},
                        "minItems": 1,
                    },
                ],
            },
            "tolerance": _text("“左右”的宽度，数和单位；默认为目标的 5%"),
            "lead": _text("牵头单位，bureaus 之一"),
            "aliases": {**_TEXTS, "description": "填报人写的其他名称"},
            "note": _text("读者应当知道的：口径不同、另有读法"),
        },
    )


def _exclusion() -> dict[str, Any]:
    both = {"phrase": _text("报告的原话"), "why": _text("不是承诺的缘由")}
    return _mapping("一处不是承诺的数", ("phrase", "why"), both)


def _relation() -> dict[str, Any]:
    return _mapping(
        "年末总数 = 上年末总数 + 新增",
        ("total", "added", "last"),
        {
            "total": _text("总数的编号"),
            "added": _text("新增数的编号"),
            "last": _text("上年末的总数，数和单位"),
            "net": {
                "type": "boolean",
                "description": "净增的为 true：正好相等；否则总数至多是两者之和",
            },
        },
    )
