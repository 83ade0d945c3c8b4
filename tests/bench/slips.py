"""How many slips of size are noticed, and how many plausible figures are doubted: ``make slips``.

Lifelike years over all targets go through the whole of reading and judging, as rows of a form. Plausible
rows should be left alone; of each kind of slip one row a target is put in, as its first figure or
as a later one, and the findings on that row say whether it was noticed. All is seeded, nothing
depends on the clock.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from dtcheck.actuals import Period, read_submissions
from dtcheck.judge import build_report
from dtcheck.targets import Measure, Pace, Target, TargetsFile, load_targets

ROOT = Path(__file__).parents[2]
# What tells a reader that a figure may be wrong.
NOTICED = {"DT202", "DT203", "DT204", "DT210", "DT301", "DT302"}
FALSE_ALARMS = ("DT210", "DT302")
MONTHS = range(1, 13)

EVEN = [month / 12 for month in MONTHS]
SHAPES = {
    "even": EVEN,
    "early": [0.14, 0.26, 0.38, 0.48, 0.57, 0.65, 0.72, 0.79, 0.85, 0.90, 0.95, 1],
    "late": [0.02, 0.05, 0.10, 0.15, 0.21, 0.29, 0.37, 0.47, 0.58, 0.71, 0.86, 1],
    "spring": [0.02, 0.06, 0.22, 0.42, 0.58, 0.68, 0.73, 0.77, 0.82, 0.89, 0.95, 1],
    "autumn": [0, 0, 0.02, 0.05, 0.09, 0.13, 0.17, 0.25, 0.46, 0.70, 0.92, 1],
    "halves": [0, 0, 0, 0, 0, 0.45, 0.45, 0.45, 0.48, 0.5, 0.55, 1],
    "stalled": [0.10, 0.18, 0.30, 0.40, 0.43, 0.45, 0.47, 0.49, 0.52, 0.60, 0.75, 1],
    "at once": [0, 0.02, 0.03, 0.03, 0.04, 0.04, 0.05, 0.05, 0.9, 0.95, 0.98, 1],
    "rush": [0.3, 0.45, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 1],
}
AWARDS = [0, 0, 0, 0, 0, 0.1, 0.2, 0.2, 0.4, 0.6, 0.9, 1]


class Row(NamedTuple):
    """A figure of a target for a month, in the goal's unit."""

    target: Target
    month: int
    value: Fraction


class Year:
    """An invented year: every target's figures by month, where there is one."""

    def __init__(self, file: TargetsFile, seed: int) -> None:
        self.file = file
        self.seed = seed
        self.courses = {target.code: self._course(target) for target in file.targets}

    def _course(self, target: Target) -> dict[int, Fraction]:
        chance = random.Random(f"{self.seed} {target.code}")
        if target.measure is Measure.RATE:
            values = _rate(target, chance)
        elif target.measure is Measure.LEVEL:
            values = _level(target, chance)
        else:
            values = _flow(target, chance)
        rounded = [_rounded(value, target) for value in values]
        if target.measure is Measure.FLOW and "净增" not in target.name:
            rounded = [max(rounded[: month + 1]) for month in range(12)]
        return {month: rounded[month - 1] for month in target.due_months}

    def rows(self, until: int = 12) -> Iterator[Row]:
        for target in self.file.targets:
            for month, value in self.courses[target.code].items():
                if month <= until:
                    yield Row(target, month, value)


def _flow(target: Target, chance: random.Random) -> list[float]:
    if target.goal.is_limit:
        return _accidents(chance)
    goal = float(target.goal.required) or 1.0
    shape = (
        AWARDS
        if target.pace is Pace.YEAR_END
        else SHAPES[chance.choice(["even"] * len(SHAPES) + list(SHAPES))]
    )
    if target.pace is Pace.YEAR_END and chance.random() < 0.3:
        shape = SHAPES["rush"]
    final = goal * chance.choice([1, 1, 1, 1.05, 1.1, 0.95, 0.8, 0.6, 1.3, 1.6, 2.2])
    noise = [1 + 0.15 * (chance.random() - 0.5) for _ in MONTHS]
    late = chance.choice([0, 0, 0, 0, 1, 2])
    return [
        final * (shape[month - late] if month >= late else 0) * noise[month] for month in range(12)
    ]


def _accidents(chance: random.Random) -> list[float]:
    when = chance.randrange(40)
    return [float(month >= when) for month in range(12)]


def _level(target: Target, chance: random.Random) -> list[float]:
    goal = float(target.goal.threshold)
    spread = goal * 0.15 if goal else 3.0
    start = (
        float(target.baseline) if target.baseline is not None else goal - chance.random() * spread
    )
    end = goal + (chance.random() - 0.5) * spread
    if target.goal.is_limit:
        start = max(start, goal + spread * chance.random())
    steps = chance.random() < 0.3
    values = []
    for month in range(12):
        share = (month // 3 * 3 if steps else month) / 11
        values.append(start + (end - start) * share + 0.01 * spread * (chance.random() - 0.5))
    return values


def _rate(target: Target, chance: random.Random) -> list[float]:
    """A growth with a season, and in one year of five one that swings at its start."""
    goal = 3.0 if target.is_assigned else float(target.goal.threshold)
    spread = max(abs(goal) * 0.4, 2.0)
    level = chance.gauss(goal, spread)
    drift = chance.gauss(0, spread / 2)
    swing = chance.gauss(0, 2.5 * spread) if chance.random() < 0.2 else 0.0
    # Even a bad year halves nothing twice over.
    return [
        max(-60, level + drift * month / 11 + swing / (month + 1) + chance.gauss(0, spread / 8))
        for month in range(12)
    ]


def _rounded(value: float, target: Target) -> Fraction:
    """A figure as an office writes it: pieces whole, the rest to three digits or so."""
    unit = target.goal.unit
    if target.measure is not Measure.RATE and "净增" not in target.name:
        value = max(value, 0.0)
    if target.measure is Measure.LEVEL and unit.text == "%":
        value = min(value, 100.0)
    if unit.is_whole and unit.prefix == "":
        return Fraction(round(value))
    if unit.is_whole:
        return Fraction(round(value * 100), 100)
    goal = target.goal.value
    fine = goal is not None and abs(goal) < 10 and target.measure is not Measure.RATE
    scale = 1000 if fine else 10
    return Fraction(round(value * scale), scale)


def _times(times: Fraction) -> Callable[[Row, Year], Fraction | None]:
    return lambda row, year: row.value * times if row.value else None


def _index(row: Row, year: Year) -> Fraction | None:
    """The index of 106.5 for a growth of 6.5 %; a goal of doubling can't be told from one."""
    is_rate = row.target.measure is Measure.RATE and row.target.goal.unit.text == "%"
    usual = row.target.is_assigned or abs(row.target.goal.threshold) < 30
    return row.value + 100 if is_rate and usual else None


def _amount(row: Row, year: Year) -> Fraction | None:
    """The amount itself for its growth, written under %: from 300亿元 a year to an income of 60,000元."""
    if row.target.measure is not Measure.RATE or row.target.goal.unit.text != "%":
        return None
    chance = random.Random(f"{year.seed} amount {row.target.code}")
    amount = 10 ** chance.uniform(2.5, 4.8)
    return Fraction(round(amount * max(row.month, 3) / 12 * 10), 10)


def _stock(row: Row, year: Year) -> Fraction | None:
    """How many there are in all, for how many are new: 4 to 30 times the year's."""
    target = row.target
    is_new = target.measure is Measure.FLOW and target.name.startswith(("新", "净增"))
    if not is_new or target.goal.is_limit or not target.goal.unit.is_whole:
        return None
    chance = random.Random(f"{year.seed} stock {target.code}")
    pieces = round(float(target.goal.threshold * target.goal.unit.size) * chance.uniform(4, 30))
    return Fraction(pieces) / target.goal.unit.size if pieces > 5 else None


def _own_month(row: Row, year: Year) -> Fraction | None:
    """The month's own figure for the cumulative one; in the first month they are the same."""
    course = year.courses[row.target.code]
    before = max((month for month in course if month < row.month), default=None)
    if row.target.measure is not Measure.FLOW or before is None or not course[before]:
        return None
    own = row.value - course[before]
    return own if own != row.value and own >= 0 else None


def _sign(row: Row, year: Year) -> Fraction | None:
    is_count = row.target.measure is not Measure.RATE and "净增" not in row.target.name
    return -row.value if row.value > 0 and is_count else None


# By kind: whether the goal for it is a promise, and the slipped figure, None where it has none.
KINDS: dict[str, Callable[[Row, Year], Fraction | None]] = {
    "×10": _times(Fraction(10)),
    "×100": _times(Fraction(100)),
    "×10³": _times(Fraction(10**3)),
    "×10⁴": _times(Fraction(10**4)),
    "×10⁸": _times(Fraction(10**8)),
    "÷100": _times(Fraction(1, 100)),
    "指数": _index,
    "总量当增速": _amount,
    "总数当新增": _stock,
    "当月当累计": _own_month,
    "正负号": _sign,
}
GOALS = {
    "×10": 0.75,
    **dict.fromkeys(("×100", "×10³", "×10⁴", "×10⁸", "指数", "总量当增速", "总数当新增"), 0.95),
}


WHERE = ("第一个数", "以后的数", "任一个数")


class Measured(NamedTuple):
    """Noticed and made slips by kind and where they are; plausible rows and alarms."""

    slips: Mapping[tuple[str, str], tuple[int, int]]
    rows: int
    alarms: Mapping[str, int]
    examples: tuple[str, ...]


def measure(years: int, slip_years: int, file: TargetsFile) -> Measured:
    """Run ``years`` plausible years, and each kind of slip in each of ``slip_years``."""
    alarms: Counter[str] = Counter()
    examples: list[str] = []
    rows = 0
    for seed in range(years):
        plausible = list(Year(file, seed).rows())
        rows += len(plausible)
        for number, found in _findings(plausible, 12, file).items():
            for rule in found & set(FALSE_ALARMS):
                alarms[rule] += 1
                row = plausible[number]
                examples.append(f"{rule} {seed} {row.target.code} {row.month} {float(row.value)}")
    return Measured(dict(_slips(slip_years, file)), rows, alarms, tuple(examples))


def _slips(years: int, file: TargetsFile) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    for kind, slipped in KINDS.items():
        for where in WHERE:
            caught = made = 0
            for seed in range(years):
                one, of = _slip_year(Year(file, 10_000 + seed), slipped, where, file)
                caught, made = caught + one, made + of
            yield (kind, where), (caught, made)


def _slip_year(
    year: Year, slipped: Callable[[Row, Year], Fraction | None], where: str, file: TargetsFile
) -> tuple[int, int]:
    """Put a slip into every target that can have it; return how many were noticed, of how many.

    Nothing later is known yet: the slip is the newest figure of its target.
    """
    rows: list[Row] = []
    at: list[int] = []
    for target in file.targets:
        course = year.courses[target.code]
        chance = random.Random(f"{year.seed} month {target.code}")
        # A figure of 0 says nothing of its size: the first that isn't is the first.
        filled = [month for month, value in course.items() if value]
        months = {"第一个数": filled[:1], "以后的数": filled[1:], "任一个数": filled}[where]
        if not months:
            continue
        month = chance.choice(months)
        value = slipped(Row(target, month, course[month]), year)
        if value is None:
            continue
        rows += [Row(target, each, course[each]) for each in course if each < month]
        at.append(len(rows))
        rows.append(Row(target, month, value))
    found = _findings(rows, 12, file)
    return sum(bool(found.get(number, set()) & NOTICED) for number in at), len(at)


def _findings(rows: Iterable[Row], until: int, file: TargetsFile) -> dict[int, set[str]]:
    """Return the rules of the findings by the number of the row, as ``rows`` has them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报数.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["编号", "实际值", "单位", "期间"])
            for row in rows:
                unit = row.target.goal.unit.text
                writer.writerow(
                    [row.target.code, _written(row.value), unit, f"2024-{row.month:02d}"]
                )
        when = Period(file.year, until)
        report = build_report(file, read_submissions([str(path)], file, when), when)
    found: dict[int, set[str]] = {}
    for finding in report.findings:
        if finding.place.row is not None:
            found.setdefault(finding.place.row - 2, set()).add(finding.rule.id)
    return found


def _written(value: Fraction) -> str:
    """Write a figure exactly, without an exponent."""
    text = f"{value.numerator * 10**9 // value.denominator:+011d}"
    return f"{text[:-9]}.{text[-9:]}".rstrip("0").rstrip(".").removeprefix("+")


def table(measured: Measured) -> str:
    """Return the shares noticed as a Markdown table, and the false alarms below."""
    lines = [f"| 差错 | {' | '.join(WHERE)} | 目标 |", "|:--|--:|--:|--:|--:|"]
    for kind in KINDS:
        shares = [_share(measured.slips[kind, where]) for where in WHERE]
        goal = f"≥ {GOALS[kind]:.0%}" if kind in GOALS else ""
        lines.append(f"| {kind} | {' | '.join(shares)} | {goal} |")
    alarms = sum(measured.alarms.values())
    lines.append("")
    lines.append(
        f"误报：{measured.rows:,} 行合乎情理的数中 {alarms} 行（{alarms / measured.rows:.4%}），目标 < 0.1%；"
        f"{dict(measured.alarms)}"
    )
    return "\n".join(lines)


def _share(part: tuple[int, int]) -> str:
    caught, made = part
    return f"{caught / made:.1%}（{made}）" if made else "–"


if __name__ == "__main__":
    quick = "--quick" in sys.argv
    result = measure(*((5, 1) if quick else (220, 12)), load_targets(ROOT / "targets.yaml"))
    print(table(result))
    for example in result.examples[:20]:
        print(example)
