"""A repository with two cities: what ``pipeline`` builds beside 海川市, a city with targets of its own.

Both have eight bureaus and April to June 2024. 海川's codes are 东台's, for other things and other numbers:
judged by the other's targets, no figure of either would stand (DT209).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline import Planted, build, write_months
from running import ROOT

# Every figure on pace, as in ``pipeline``; a third of the goal by April, half by June.
GOALS = {
    "GY01": ("新开工五千万元以上项目", "> 60 个", "发展和改革委员会"),
    "GY10": ("技改投资", ">= 24 亿元", "工业和信息化局"),
    "GY11": ("新入库科技企业", ">= 90 家", "科学技术局"),
    "CX08": ("举办招商活动", ">= 12 次", "商务局"),
    "CX09": ("开展技能培训", ">= 3000 人次", "人力资源和社会保障局"),
    "CS02": ("新增停车泊位", ">= 600 个", "住房和城乡建设局"),
    "AQ01": ("较大以上事故", "<= 0 起", "应急管理局"),
    "XC18": ("新建农村公路", ">= 36 公里", "农业农村局"),
}
HAICHUAN = {
    "发改委": [("GY01", "新开工五千万元以上项目", "个", "20", "26", "31")],
    "工信局": [("GY10", "技改投资", "亿元", "8", "10", "12")],
    "科技局": [("GY11", "新入库科技企业", "家", "30", "38", "45")],
    "商务局": [("CX08", "举办招商活动", "次", "4", "5", "6")],
    "人社局": [("CX09", "开展技能培训", "人次", "1000", "1250", "1500")],
    "住建局": [("CS02", "新增停车泊位", "个", "200", "250", "300")],
    "应急局": [("AQ01", "较大以上事故", "起", "0", "0", "0")],
    "农业农村局": [("XC18", "新建农村公路", "公里", "12", "15", "18")],
}
# 海川: two mistakes, both of June's: 十二 is no number, 亿元 no length; and 250 of 600 where 300 are due.
HAICHUAN_MISTAKES: Planted = {
    ("2024-06", "GY10"): {"实际值": "十二点"},
    ("2024-06", "XC18"): {"单位": "亿元"},
}
HAICHUAN_BEHIND: Planted = {("2024-06", "CS02"): {"实际值": "250", "备注": "征地未完成"}}
_WORDS = {">": "超{}", ">=": "完成{}", "<=": "不发生"}
_SECTIONS = {"GY": "工业", "CX": "创新", "CS": "城市", "XC": "乡村", "AQ": "安全"}


def targets_text() -> str:
    """Return 海川's targets file."""
    leads = dict.fromkeys(lead for _, _, lead in GOALS.values())
    lines = ["format: 1", "place: 海川市", "year: 2024", "title: 海川市2024年量化目标", "bureaus:"]
    shorts = dict(zip(leads, HAICHUAN, strict=True))
    lines += [f"  - {{name: {lead}, short: [{shorts[lead]}]}}" for lead in leads]
    lines.append("sections:")
    for prefix, section in _SECTIONS.items():
        lines += [f"  - code: {prefix}", f"    name: {section}", f"    heading: 抓{section}"]
        lines.append("    targets:")
        for code, (name, goal, lead) in GOALS.items():
            if code.startswith(prefix):
                op, _, number = goal.partition(" ")
                words = _WORDS[op].format(number.replace(" ", ""))
                keys = f'code: {code}, name: {name}, goal: "{goal}", measure: flow, phrase: {words}, lead: {lead}'
                lines.append(f"      - {{{keys}}}")
    return "\n".join([*lines, ""])


def build_cities(
    root: Path, dongtai: Planted | None = None, haichuan: Planted | None = None
) -> Path:
    """Write both below ``root``, each with its configuration; return ``root``."""
    first, second = root / "东台", root / "海川"
    build(first / "submissions", dongtai or {})
    shutil.copy(ROOT / "targets.yaml", first / "targets.yaml")
    write_months(second / "submissions", HAICHUAN, haichuan or {})
    (second / "targets.yaml").write_text(targets_text(), encoding="utf-8")
    for folder in (first, second):
        text = '[tool.dtcheck]\ntargets = "targets.yaml"\n'
        (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return root
