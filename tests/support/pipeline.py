"""A repository of submissions, built by script: eight bureaus, April to June 2024.

With all of it in: three planted mistakes and two shortfalls.

- mistake 1: 2024-05/科技局.csv, row 3: 1,47 亿元 is no number (DT202)
- mistake 2: 2024-06/商务局.csv, row 4, which is line 5 of the text, as a note above has a line
  break: 外贸进出口 in 公里 (DT204)
- mistake 3: 2024-06/住建局.csv, row 3: period 2024-07 in the folder of June (DT211)
- shortfall 1: 应急局 reports a 重特大事故, row 3 of June: 1 is over the limit of 0 (missed)
- shortfall 2: 农业农村局, row 3 of June: 3000 of 7000 trained, half is due (behind)
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

# What is planted where, by month and code: the cells of the row that are other than planned.
Planted = Mapping[tuple[str, str], Mapping[str, str]]
Row = tuple[str, str, str, str, str, str]

# bureau: rows of (code, name, unit, April, May, June); every figure on pace: a third of the goal
# by April, five twelfths by May, half by June.
BUREAUS = {
    "发改委": [
        ("GY01", "新开工亿元以上项目", "个", "34", "43", "50"),  # > 100: 50 is just half
        ("GY10", "新竣工亿元项目", "个", "20", "25", "30"),  # 60
    ],
    "工信局": [
        ("GY11", "新增开票销售", "亿元", "101", "126.5", "152.6"),  # 300
        ("GY17", "新增规上工业企业", "家", "37", "46", "56"),  # 110
    ],
    "科技局": [
        ("CX08", "新签产业合作协议", "个", "34", "42", "51"),  # 100
        ("CX09", "技术合同交易额", "亿元", "11.8", "14.7", "17.6"),  # > 35
    ],
    "商务局": [
        ("CX13", "引进长三角地区项目", "个", "27", "34", "40"),  # 80
        ("CX15", "外贸进出口", "亿美元", "6.4", "8", "9.6"),  # 19
    ],
    "人社局": [
        ("CX10", "引进培养高技能人才", "人", "340", "420", "505"),  # 1000
        ("MS01", "新增城镇就业再就业", "万人", "0.7", "0.85", "1.02"),  # 2
    ],
    "住建局": [
        ("CS02", "改造提升老旧小区", "个", "13", "17", "20"),  # 39
        ("CS03", "新建污水管网", "公里", "7", "8.5", "10.2"),  # 20
    ],
    "应急局": [
        ("AQ01", "风险隐患研判整治行动", "次", "4", "5", "6"),  # 12
        ("AQ02", "重特大生产安全事故", "起", "0", "0", "0"),  # at most 0
    ],
    "农业农村局": [
        ("XC01", "新建改造高标准农田", "万亩", "2.2", "2.75", "3.3"),  # 6.6
        ("XC18", "培训高素质新型农民", "人", "2400", "2950", "3520"),  # 7000
    ],
}
CODES = ",".join(row[0] for rows in BUREAUS.values() for row in rows)
MONTHS = ("2024-04", "2024-05", "2024-06")
MISTAKES: Planted = {
    ("2024-05", "CX09"): {"实际值": "1,47"},
    ("2024-06", "CX15"): {"单位": "公里"},
    ("2024-06", "CS03"): {"期间": "2024-07"},
}
MISSED: Planted = {("2024-06", "AQ02"): {"实际值": "1", "备注": "已立案调查"}}
BEHIND: Planted = {("2024-06", "XC18"): {"实际值": "3000", "备注": "农忙，下半年补训"}}
EVERYTHING: Planted = {**MISTAKES, **MISSED, **BEHIND}


def build(folder: Path, planted: Planted) -> Path:
    """Write the 24 submissions and what else lies about in such folders; return the folder."""
    write_months(folder, BUREAUS, planted)
    (folder / "2024-06" / "~$商务局.xlsx").write_bytes(b"\x05lock")
    (folder / "2024-06" / ".DS_Store").write_bytes(b"\0\0\0\1")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "old.csv").write_text("GY01,7\n", encoding="utf-8")
    (folder / "README.md").write_text("每月 5 日前上报\n", encoding="utf-8")
    return folder


def write_months(folder: Path, bureaus: Mapping[str, list[Row]], planted: Planted) -> None:
    """Write a submission for each bureau and month."""
    for index, month in enumerate(MONTHS):
        (folder / month).mkdir(parents=True)
        for bureau, rows in bureaus.items():
            _write(folder / month / f"{bureau}.csv", bureau, rows, index, month, planted)


def _write(
    path: Path, bureau: str, rows: list[Row], index: int, month: str, planted: Planted
) -> None:
    heads = ["编号", "指标", "实际值", "单位", "填报单位", "备注"]
    if any("期间" in planted.get((month, row[0]), {}) for row in rows):
        heads.append("期间")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, heads)
        if bureau == "商务局":
            # A title, and a note of two lines: the second row of figures is Excel's row 4 but the
            # text's line 5.
            file.write("商务局报数表\r\n")
        writer.writeheader()
        for code, name, unit, *values in rows:
            row = {"编号": code, "指标": name, "实际值": values[index], "单位": unit}
            row |= {"填报单位": bureau, "备注": "含上海\n和苏州" if code == "CX13" else ""}
            if "期间" in heads:
                row["期间"] = month
            writer.writerow({**row, **planted.get((month, code), {})})
