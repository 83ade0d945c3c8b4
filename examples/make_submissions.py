"""Write a year of invented submissions: ``python examples/make_submissions.py [FOLDER]``.

Lifelike, not real: every file says 演示数据 in its first line. The figures follow a season, a
final result and seeded noise; what goes wrong in an office goes wrong here too (late and missing
files, a correction in a later month, slips of the pen), each listed below. The same seed gives the
same bytes on every machine.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from dtcheck.targets import Measure, Pace, Target, TargetsFile, load_targets

ROOT = Path(__file__).resolve().parent
SEED = 20240109
YEAR = 2024

# Share of the year's result that is there by the end of each month.
EVEN = [month / 12 for month in range(1, 13)]
EARLY = [0.11, 0.20, 0.31, 0.40, 0.49, 0.58, 0.66, 0.73, 0.81, 0.88, 0.95, 1]
LATE = [0.03, 0.06, 0.12, 0.18, 0.25, 0.34, 0.43, 0.53, 0.64, 0.76, 0.89, 1]
SPRING = [0.04, 0.10, 0.24, 0.40, 0.55, 0.66, 0.72, 0.76, 0.82, 0.90, 0.96, 1]
AUTUMN = [0, 0, 0.03, 0.06, 0.10, 0.14, 0.18, 0.26, 0.46, 0.70, 0.92, 1]
STALLED = [0.10, 0.18, 0.30, 0.40, 0.44, 0.48, 0.52, 0.56, 0.62, 0.70, 0.82, 1]
AWARDED = [0, 0, 0, 0, 0, 0, 0.2, 0.2, 0.4, 0.6, 0.9, 1]
WORKED = [0.30, 0.38, 0.52, 0.60, 0.68, 0.76, 0.82, 0.87, 0.92, 0.96, 0.99, 1]

# Code: shape and final result as a share of what the goal asks. Others go evenly, a little over.
RESULTS: dict[str, tuple[list[float], float]] = {
    "GY01": (STALLED, 1.03),
    "GY07": (EVEN, 1.0),
    "GY08": (EVEN, 1.0),
    "GY10": (LATE, 1.05),
    "GY11": (EARLY, 1.04),
    "GY12": (LATE, 0.96),
    "GY14": (EVEN, 0.93),
    "GY17": (LATE, 0.95),
    "GY19": (EVEN, 1.0),
    "GY23": (WORKED, 1.0),
    "GY24": (AWARDED, 1.12),
    "GY26": (LATE, 1.02),
    "CX01": (LATE, 1.06),
    "CX05": (AWARDED, 1.0),
    "CX06": (STALLED, 0.8),
    "CX08": (SPRING, 1.1),
    "CX09": (LATE, 1.01),
    "CX11": (EARLY, 1.3),
    "CX13": (EVEN, 1.05),
    "CX14": (SPRING, 1.08),
    "CX15": (EVEN, 0.9),
    "CX16": (STALLED, 0.78),
    "CS02": (SPRING, 1.0),
    "CS03": (LATE, 1.1),
    "CS06": (LATE, 1.0),
    "CS08": (LATE, 1.0),
    "XC01": (AUTUMN, 1.05),
    "XC03": (STALLED, 0.87),
    "XC08": (EARLY, 1.15),
    "XC09": (SPRING, 1.05),
    "XC15": (AUTUMN, 1.0),
    "XC16": (STALLED, 1.0),
    "XC17": (LATE, 0.97),
    "XC18": (LATE, 1.1),
    "XC21": (SPRING, 1.06),
    "ST10": (STALLED, 1.1),
    "ST16": (LATE, 0.91),
    "MS04": (LATE, 1.04),
    "MS05": (SPRING, 1.1),
    "MS06": (SPRING, 1.2),
    "AQ01": (EVEN, 1.0),
    "AQ02": (EVEN, 0),
    "AQ03": (EVEN, 0),
    "GY03": (AWARDED, 2.0),
    "CX03": (AWARDED, 0.75),
    "XC19": (AWARDED, 0.67),
    "ST14": (AWARDED, 1.25),
}
# Code: where a rate or a level is in the first month and in the last, in the goal's unit.
COURSES: dict[str, tuple[float, float]] = {
    "ZH01": (6.9, 6.6),
    "ZH02": (8.8, 6.2),
    "ZH03": (12.6, 8.4),
    "ZH04": (13.0, 11.4),
    "ZH05": (2.44, 2.44),
    "ZH06": (6.1, 7.3),
    "ZH07": (6.4, 6.1),
    "ZH08": (6.8, 7.2),
    "ZH09": (3.4, 3.4),
    "GY15": (62, 118),
    "GY16": (8.0, 13.1),
    "GY21": (41, 41),
    "CX12": (281, 334),
    "CX17": (53.2, 54.6),
    "CS04": (6, 0),
    "CS05": (76.5, 80.6),
    "XC06": (76.4, 76.4),
    "XC07": (88, 100),
    "XC14": (48.5, 55.8),
    "XC23": (122, 122),
    "ST01": (72, 100),
    "ST02": (-1.5, -4.8),
    "ST03": (-2.2, -1.1),
    "ST04": (2, 9),
    "ST05": (100, 100),
    "MS02": (99.1, 99.6),
    "MS03": (96, 96),
}
# Code: what the season adds to a course, by month.
SEASONS: dict[str, list[float]] = {
    "ZH06": [0, -0.3, 0.2, 0.4, 0.1, -0.4, -0.6, -0.3, 0.2, 0.5, 0.2, 0],
    "ST03": [0, 0.4, 1.2, 2.6, 4.1, 4.6, 3.9, 3.0, 1.8, 0.6, 0, 0],
    "ST04": [0, 0, -1, -3, -5, -7, -6, -4, -2, -1, 0, 0],
    "ST05": [0, 0, 0, 0, 0, 0, -3, -3, 0, 0, 0, 0],
}
# Total: what it adds to last year's, last year's, and firms that drop out by the end of the year.
TOTALS = {"GY18": ("GY17", 760, 6), "GY20": ("GY19", 210, 2), "CX02": ("CX01", 373, 0)}

# Code: months from and to, and what the bureau writes in 备注. Others say nothing.
REASONS: dict[str, tuple[int, int, str]] = {
    "ZH03": (5, 12, "房地产开发投资下拉，去年同期基数较高；正调度42个续建项目加快入统"),
    "ZH06": (2, 8, "汽车类零售回落，三季度起安排以旧换新补贴"),
    "GY01": (5, 11, "6个项目用地未批复，计划四季度集中开工"),
    "GY10": (2, 9, "雨季影响土建，12个项目主体已封顶，年底前验收"),
    "GY12": (2, 12, "光伏产品降价，量增价减；已排出30户重点企业逐户挂钩"),
    "GY17": (3, 12, "新投产企业多在下半年达到规模"),
    "GY18": (2, 12, "随新增规上工业企业进度"),
    "CX01": (3, 9, "省级认定分批公示，第二批名单未出"),
    "CX06": (5, 12, "2家企业调整上市计划，暂缓股改"),
    "CX15": (1, 12, "海外订单减少，正组织企业参加秋交会"),
    "CX16": (5, 12, "两个外资项目二期资金到账推迟，已逐项对接"),
    "CS08": (2, 9, "施工图审查较晚，7月起5个标段同时施工"),
    "XC01": (3, 9, "秋收后方可施工，不违农时；招标已完成"),
    "XC16": (5, 10, "夏季农忙，改造队伍不足"),
    "XC17": (2, 12, "部分农户选址未定，已逐户签约"),
    "ST03": (3, 9, "高温少雨，VOCs 排放治理项目10月投运"),
    "MS04": (2, 10, "市养老服务中心三季度竣工，届时一次增加420张"),
}

# Months in which a bureau hands in nothing.
MISSING = {("卫生健康委员会", 4), ("民政局", 5), ("城市管理局", 8)}
# Code, month of the figure, month of the folder that it came with: handed in late.
BELATED = {("MS04", 5): 6, ("CX09", 10): 11}
# The same, with what stands there instead of the first figure, as 实际值 and 单位.
CORRECTED = {("CX16", 4): (5, "3920", "万美元"), ("GY10", 8): (9, "31", "个")}
# (Month, code): what is written instead, as 实际值, 单位 and 备注.
SLIPS: dict[tuple[int, str], tuple[str, str, str]] = {
    (2, "ZH02"): ("约8.6", "%", ""),
    (3, "CX15"): ("9.1%", "", "海关口径增幅"),
    (4, "CX16"): ("3860", "万美元", ""),
    (4, "GY13"): ("572.5", "亿圆", ""),
    (5, "XC16"): ("8520", "座", "夏季农忙，改造队伍不足"),
    (6, "ST15"): ("—", "亩", "6月盘活面积待核"),
    (6, "MS06"): ("较好完成", "场", ""),
    (8, "GY10"): ("3", "个", "雨季影响土建，12个项目主体已封顶，年底前验收"),
    (9, "CX08"): ("预计89", "个", ""),
    (9, "XC10"): ("1890.5", "户", ""),
    (10, "XC08"): ("251", "公里", ""),
    (11, "CX14"): ("1086", "人次", ""),
}
# (Month, code): a second row with another value, in the same file.
DOUBLED = {(6, "CS02"): "30", (12, "XC11"): "47"}
# (Month, bureau): a row that belongs to no target of theirs.
STRAYS = {
    (5, "科学技术局"): ("", "新签产业协议个数", "61", "个"),
    (7, "水务局"): ("XC01", "新建改造高标准农田", "1.4", "万亩"),
}


@dataclass(frozen=True)
class Row:
    """A row of a submission, as text."""

    code: str
    name: str
    actual: str
    unit: str
    month: int
    note: str = ""
    assigned: str = ""


class Year:
    """The invented year: what every target has reached by every month."""

    def __init__(self, file: TargetsFile) -> None:
        self.file = file
        self.planned = {
            target.code: list(_course(target) if _is_course(target) else _growth(target))
            for target in file.targets
        }
        for total, (added, last, leave) in TOTALS.items():
            self.planned[total] = [
                last + value - Fraction(leave * month // 12)
                for month, value in enumerate(self.planned[added], 1)
            ]

    def rows(self, bureau: str, month: int) -> Iterator[Row]:
        """Yield what ``bureau`` hands in for ``month``, slips and late figures included."""
        for (code, earlier), handed_in in BELATED.items():
            target = self.file.by_code[code]
            if (target.lead, handed_in) == (bureau, month):
                yield replace(self.row(target, earlier), note="补报")
        for (code, earlier), (handed_in, actual, unit) in CORRECTED.items():
            target = self.file.by_code[code]
            if (target.lead, handed_in) == (bureau, month):
                yield Row(code, target.name, actual, unit, earlier, f"更正{earlier}月数")
        for target in self.file.targets:
            if target.lead != bureau or month not in target.due_months:
                continue
            if (target.code, month) in BELATED:
                continue
            yield self.row(target, month)
            if second := DOUBLED.get((month, target.code)):
                yield Row(target.code, target.name, second, target.goal.unit.text, month)
        if stray := STRAYS.get((month, bureau)):
            yield Row(*stray, month)

    def row(self, target: Target, month: int) -> Row:
        """Return the row of one target, with the slip of that month."""
        value = _written(self.planned[target.code][month - 1])
        unit = target.goal.unit.text
        first, last, reason = REASONS.get(target.code, (0, 0, ""))
        note = reason if first <= month <= last else ""
        if (month, target.code) in SLIPS:
            value, unit, note = SLIPS[month, target.code]
        assigned = "下降3%以上" if target.is_assigned else ""
        return Row(target.code, target.name, value, unit, month, note, assigned)


def _is_course(target: Target) -> bool:
    return target.code in COURSES


def _course(target: Target) -> Iterator[Fraction]:
    noise = random.Random(f"{SEED} {target.code}")
    first, last = COURSES[target.code]
    season = SEASONS.get(target.code, [0.0] * 12)
    shaky = 0.25 if target.measure is Measure.RATE and not target.goal.unit.is_whole else 0.0
    for month in range(12):
        value = first + (last - first) * month / 11 + season[month]
        if 0 < month < 11:
            value += shaky * (noise.random() - 0.5) * min(abs(first), 4) / 2
        yield _rounded(value, target)


def _growth(target: Target) -> Iterator[Fraction]:
    noise = random.Random(f"{SEED} {target.code}")
    worked = target.pace is Pace.YEAR_END
    shape, final = RESULTS.get(
        target.code, (WORKED if worked else EVEN, 1.0 if worked else 1.02 + 0.1 * noise.random())
    )
    goal = float(target.goal.required)
    reached = Fraction(0)
    for month in range(12):
        steady = month == 11 or shape not in (EVEN, WORKED)
        shaken = 1.0 if steady else 1 + 0.06 * (noise.random() - 0.4)
        reached = max(reached, _rounded(goal * final * shape[month] * shaken, target))
        yield reached


def _rounded(value: float, target: Target) -> Fraction:
    unit = target.goal.unit
    if unit.dimension == "天数" or (unit.is_whole and unit.prefix == ""):
        return Fraction(int(value + 0.5) if value >= 0 else -int(-value + 0.5))
    fine = target.goal.value is not None and abs(target.goal.value) < 5 and unit.text != "%"
    scale = 1000 if unit.text == "亿美元" and target.goal.threshold < 2 else 100 if fine else 10
    if target.code == "ZH05":
        scale = 100
    return Fraction(int(abs(value) * scale + 0.5), scale) * (1 if value >= 0 else -1)


def _written(value: Fraction) -> str:
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def _period(month: int, bureau: str) -> str:
    if bureau == "地方金融监督管理局":
        return {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}.get(month, f"1-{month}月")
    if bureau in ("水务局", "交通运输局"):
        return f"1-{month}月" if month > 1 else "1月"
    return f"{YEAR}-{month:02d}"


def _file(bureau: str, shown: str, month: int, rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    with_goal = any(row.assigned for row in rows)
    heads = ["编号", "指标", "实际值", "单位", "期间", "填报单位", "备注"]
    if bureau == "交通运输局":
        heads[2:5] = ["累计完成", "计量单位", "截至"]
    writer.writerow([f"演示数据：数字为虚构。{shown} {YEAR}年{month}月报数表"])
    writer.writerow([*heads, "下达目标"] if with_goal else heads)
    for row in rows:
        cells = [row.code, row.name, row.actual, row.unit, _period(row.month, bureau), shown]
        writer.writerow([*cells, row.note, row.assigned] if with_goal else [*cells, row.note])
    # One bureau's computer still saves as GBK.
    return text.getvalue().encode("gb18030" if bureau == "水务局" else "utf-8-sig")


def make(folder: Path) -> int:
    """Write the whole year below ``folder``; return how many files there are."""
    file = load_targets(ROOT.parent / "targets.yaml")
    year = Year(file)
    count = 0
    for month in range(1, 13):
        for bureau in file.bureaus:
            rows = list(year.rows(bureau.name, month))
            if not rows or (bureau.name, month) in MISSING:
                continue
            path = folder / f"{YEAR}-{month:02d}" / f"{bureau.name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            shown = bureau.short[0] if bureau.short else bureau.name
            path.write_bytes(_file(bureau.name, shown, month, rows))
            count += 1
    return count


if __name__ == "__main__":
    target_folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "submissions"
    print(f"{make(target_folder)} 个文件，写在 {target_folder}")
