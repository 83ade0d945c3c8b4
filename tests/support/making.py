"""Making targets, targets files and submissions, as small as a test needs them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from dtcheck.cells.actual import Value, read_actual
from dtcheck.cells.units import Written
from dtcheck.headers.classes import ColumnClass
from dtcheck.headers.form import FigureColumn
from dtcheck.targets import Measure, Pace, Target, parse_goal
from dtcheck.targets.goal import parse_quantity
from dtcheck.units import Unit

# Three bureaus, three sections, one target of nearly every kind.
SMALL = """\
format: 1
place: 东台市
year: 2024
title: 小样
bureaus:
  - {name: 发展和改革委员会, short: [发改委]}
  - {name: 科学技术局, short: [科技局]}
  - {name: 市场监督管理局, short: [市监局]}
sections:
  - code: GY
    name: 工业
    heading: 聚焦工业
    targets:
      - {code: GY01, name: 新开工项目, goal: "> 100 个", measure: flow, phrase: 超100个, lead: 发展和改革委员会}
      - {code: GY02, name: 开票销售, goal: ">= 300 亿元", measure: flow, phrase: 300亿元, lead: 发展和改革委员会, strive: true}
      - {code: GY03, name: 工业增加值增长, goal: "~ 6.5 %", measure: rate, reports: quarterly, phrase: 6.5%左右, lead: 发展和改革委员会}
  - code: CX
    name: 创新
    heading: 聚焦创新
    targets:
      - {code: CX01, name: 净增高企, goal: ">= 70 家", measure: flow, phrase: 70家以上, lead: 科学技术局}
      - {code: CX02, name: 研发投入占比, goal: "~ 2.5 %", measure: level, reports: yearly, phrase: 2.5%左右, lead: 科学技术局}
      - {code: CX03, name: 利用外资, goal: ">= 1.2 亿美元", measure: flow, phrase: 1.2亿美元, lead: 科学技术局, aliases: [实际利用外资]}
      - {code: CX04, name: 新增专利, goal: ">= 500 件", measure: flow, phrase: 500件, lead: 市场监督管理局, reports: [2, 5, 8, 11, 12]}
  - code: ST
    name: 生态
    heading: 聚焦生态
    targets:
      - {code: ST01, name: 能耗降幅, goal: assigned %, measure: rate, phrase: 上级任务, lead: 发展和改革委员会}
      - {code: ST02, name: 安全事故, goal: "<= 0 起", measure: flow, phrase: 不发生, lead: 发展和改革委员会}
"""


def make_target(goal: str, measure: str = "flow", **more: Any) -> Target:
    """Return a target; ``baseline`` and ``tolerance`` may be quantities as the file writes them."""
    parsed = parse_goal(goal)
    for key in ("baseline", "tolerance"):
        if key in more:
            value, unit = parse_quantity(more[key], parsed.unit)
            more[key] = unit.convert(value, parsed.unit)
    pace = more.pop("pace", "linear")
    shares = Pace(pace) if isinstance(pace, str) else tuple(Fraction(share) for share in pace)
    fixed = {"code": "GY01", "name": "新开工项目", "section": "工业", "phrase": "…", "lead": "…"}
    return Target(**{**fixed, **more, "goal": parsed, "measure": Measure(measure), "pace": shares})


def read_cell(
    text: str, unit: str, header: Unit | None, target: Target, name: Unit | None = None
) -> Value:
    """Read one cell of a plain column 实际值 whose header names ``header``, the row's name ``name``."""
    column = FigureColumn(0, "实际值", ColumnClass.PLAIN, unit=header)
    return read_actual(Written(text, unit, name, column, (), ""), target)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write ``text`` byte by byte as it is, folders included, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def rules(document: Any) -> list[str]:
    """Return the rule ids of a JSON report's findings, in order."""
    return [finding["rule"] for finding in document["findings"]]


def by_code(document: Any) -> dict[str, Any]:
    """Return the results of a JSON report by code."""
    return {result["code"]: result for result in document["results"]}


def findings(document: Any, *wanted: str) -> list[tuple[str, int | None, str | None]]:
    """Return (rule, row, column) of the findings of ``wanted`` rules, or of all of them."""
    return [
        (each["rule"], each["row"], each["column"])
        for each in document["findings"]
        if not wanted or each["rule"] in wanted
    ]


def value(document: Any, code: str) -> Any:
    """Return the figure that was judged for a target, or None."""
    actual = by_code(document)[code]["actual"]
    return actual and actual["value"]
