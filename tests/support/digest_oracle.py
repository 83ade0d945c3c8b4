"""A year of submissions worked out in plain Python, from the CSVs and targets.yaml alone.

Nothing of dtcheck is used: what a digest says is compared with what this finds by itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

import yaml

# What a person makes of the entries that are no plain number: a value, or None for unusable.
READ_BY_HAND = {"约8.6": "8.6", "预计89": "89", "9.1%": None, "较好完成": None, "—": None}
SMALLER_UNITS = {("万美元", "亿美元"): 10**4, ("座", "万座"): 10**4}
COUNTED = re.compile("^[个家项件座条处张场次起户人]$")
SPANS = {"一季度": 3, "上半年": 6, "前三季度": 9, "全年": 12}
RHYTHMS = {"quarterly": [3, 6, 9, 12], "half-yearly": [6, 12], "yearly": [12], "after-year": []}


@dataclass
class Target:
    code: str
    name: str
    section: str
    lead: str
    op: str
    goal: Fraction
    high: str
    unit: str
    measure: str
    pace: str | list[float]
    due: list[int]
    strive: bool
    baseline: Fraction | None
    figures: dict[int, Fraction] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)

    def met(self, value):
        return {
            ">": value > self.goal,
            "<": value < self.goal,
            "<=": value <= self.goal,
        }.get(self.op, value >= self.goal)

    @property
    def limit(self):
        return self.op in ("<", "<=")

    @property
    def required(self):
        """超100个 needs 101."""
        return self.goal + (1 if self.op == ">" and COUNTED.match(self.unit) else 0)

    def due_share(self, month):
        if isinstance(self.pace, list):
            return Fraction(str(self.pace[month - 1]))
        if self.pace == "year-end":
            return Fraction(month // 12)
        return Fraction(month // 3, 4) if self.pace == "quarterly" else Fraction(month, 12)

    @property
    def start(self):
        if self.measure == "flow":
            return None if self.limit else Fraction(0)
        if self.measure == "rate" or self.baseline is None or self.met(self.baseline):
            return None
        return self.baseline

    def completion(self, value):
        start = self.start or Fraction(0)
        if self.limit or self.goal in (0, start):
            return None
        return (value - start) / (self.goal - start)

    def gap(self, month):
        """Points under or over pace; for a rate in its unit."""
        value = self.figures[month]
        if self.measure == "rate":
            return value - self.goal
        if self.start is None or self.completion(value) is None:
            return None
        return (self.completion(value) - self.due_share(month)) * 100

    def status(self, month):
        """The status of the figure of a month before December."""
        value = self.figures[month]
        if self.limit and self.measure == "flow":
            return "达序时" if self.met(value) else "未完成"
        if self.met(value):
            return "达序时" if self.measure == "rate" else "已完成"
        if self.pace == "year-end":
            return "进行中"
        if self.measure == "rate":
            near = self.op == "~" and value >= self.goal * Fraction(95, 100)
            return "基本达到" if near else "欠序时"
        if self.start is None:
            return "进行中" if self.baseline is None else "欠序时"
        return "达序时" if self.gap(month) >= 0 else "欠序时"

    def light(self, month):
        if self.status(month) != "欠序时":
            return None
        gap = self.gap(month)
        if self.limit or self.goal == 0 or gap is None:
            return "△"
        cut = abs(self.goal) / 10 if self.measure == "rate" else 10
        return "×" if gap <= -cut else "△"

    def needed_text(self, month):
        """What each month to come has to bring; of few whole things, how many are missing."""
        missing, left = self.required - self.figures[month], 12 - month
        if COUNTED.match(self.unit) and missing < left:
            return f"还需{short(missing, 0)}{self.unit}"
        return three(missing / left, self.unit, up=bool(COUNTED.match(self.unit[-1]))) + self.unit

    def newest(self, month):
        known = [each for each in self.figures if each <= month]
        return max(known) if known else None

    def status_as_of(self, month):
        due = max([each for each in self.due if each <= month], default=0)
        newest = self.newest(month)
        if self.op == "assigned":
            return "待定"
        if newest is None:
            return "未填报" if due else "未到期"
        status = self.status(newest)
        kept = self.measure == "flow" and status in ("已完成", "未完成")
        return "未填报" if newest < due and not kept else status

    def since(self, month):
        first = None
        for each in sorted((m for m in self.figures if m <= month), reverse=True):
            if self.status(each) not in ("欠序时", "未完成"):
                break
            first = each
        return first


def load(root: Path, months: int) -> dict[str, Target]:
    """Return the targets with the figures of the folders up to a month."""
    document = yaml.safe_load((root / "targets.yaml").read_text(encoding="utf-8"))
    targets = dict(_targets(document))
    full = {
        name: each["name"]
        for each in document["bureaus"]
        for name in (each["name"], *each.get("short", ()))
    }
    reported: dict[tuple[str, int], dict[int, list[tuple[Fraction, str, str]]]] = {}
    for folder in range(1, months + 1):
        for path in sorted((root / "examples/submissions" / f"2024-{folder:02d}").glob("*.csv")):
            for code, month, value, note, bureau in _rows(path, targets):
                folders = reported.setdefault((code, month), {})
                folders.setdefault(folder, []).append((value, note, full[bureau]))
    for (code, month), folders in reported.items():
        values = folders[max(folders)]
        if len({value for value, *_ in values}) > 1:
            # The lead's own figure goes before another bureau's.
            values = [each for each in values if each[2] == targets[code].lead]
        if len({value for value, *_ in values}) == 1:
            targets[code].figures[month], targets[code].notes[month], _ = values[0]
    for target in targets.values():
        target.figures = dict(sorted(target.figures.items()))
    return targets


def _targets(document):
    for section in document["sections"]:
        for each in section["targets"]:
            words = each["goal"].split()
            op, number, unit = words if len(words) == 3 else (None, *words)
            high = ""
            if op is None:
                op = number if number == "assigned" else ".."
                number, _, high = number.partition("..") if op == ".." else ("0", "", "")
            scope = each.get("kind") == "scope"
            reports = each.get("reports", "monthly")
            months = (
                RHYTHMS.get(reports, list(range(1, 13))) if isinstance(reports, str) else reports
            )
            baseline = each.get("baseline")
            value = Fraction(baseline.split()[0]) if baseline else None
            if baseline and (baseline.split()[1], unit) in SMALLER_UNITS:
                value /= SMALLER_UNITS[baseline.split()[1], unit]
            yield (
                each["code"],
                Target(
                    code=each["code"],
                    name=each["name"],
                    section=section["name"],
                    lead=each["lead"],
                    op=op,
                    goal=Fraction(number),
                    high=high,
                    unit=unit,
                    measure=each["measure"],
                    pace=each.get("pace", "year-end" if scope else "linear"),
                    due=months,
                    strive=each.get("strive", False),
                    baseline=value,
                ),
            )


def _rows(path, targets):
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert "演示数据" in rows[0][0]
    for code, _, written, unit, period, bureau, note, *_ in rows[2:]:
        number = READ_BY_HAND.get(written, written)
        if code not in targets or number is None:
            continue
        if unit != targets[code].unit and (unit, targets[code].unit) not in SMALLER_UNITS:
            continue
        value = Fraction(number)
        if unit != targets[code].unit:
            value /= SMALLER_UNITS[unit, targets[code].unit]
        elif COUNTED.match(unit) and value.denominator != 1:
            continue
        month = SPANS.get(period) or int(re.search(r"(\d+)月?$", period)[1])
        yield code, month, value, note, bureau


def rounded(value: Fraction, places: int) -> str:
    """Half up, as offices round."""
    whole = floor(abs(value) * 10**places + Fraction(1, 2))
    head, tail = divmod(whole, 10**places)
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{head}.{tail:0{places}d}" if places else f"{sign}{head}"


def short(value: Fraction, places: int) -> str:
    text = rounded(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def three(value: Fraction, unit: str, *, up: bool = False) -> str:
    """Three digits at least of the whole part, at most with decimals; whole things in whole."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    places = max(0, 2 - number.adjusted()) if number else 0
    if COUNTED.match(unit[-1]):
        places = min(places, {"": 0, "万": 4}[unit[:-1]])
    step = Decimal(1).scaleb(-places)
    text = f"{number.quantize(step, ROUND_CEILING if up else ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counts(targets, month, key=lambda target: True):
    return Counter(each.status_as_of(month) for each in targets if key(each))
