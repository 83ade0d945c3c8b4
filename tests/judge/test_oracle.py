"""Whole runs over random targets files and submissions, held against the oracle in oracle.py."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import oracle
import pytest

# A unit, others that may stand for it, and what one of them is worth of it.
UNITS = {
    "个": {"家": Fraction(1), "百个": Fraction(100)},
    "万人": {"人": Fraction(1, 10**4), "名": Fraction(1, 10**4)},
    "%": {"%": Fraction(1), "％": Fraction(1)},
    "亿元": {"万元": Fraction(1, 10**4), "元": Fraction(1, 10**8)},
    "天": {"天": Fraction(1)},
}
PERIODS = ["2024-{0:02d}", "2024年{0}月", "1-{0}月", "{0}月", "2024{0:02d}", "2024/{0}", "2024.{0}"]
OPS = [">", ">=", "<", "<=", "~", "<~", "..", "assigned"]
REF_OPS = [">", ">=", "<", "<=", "~", "<~"]
RHYTHMS = ["monthly", "monthly", "quarterly", "half-yearly", "yearly", "after-year"]
CASES = 60


def exact(value: Fraction) -> str:
    """Write a decimal without rounding it."""
    text = f"{value.numerator * 10**12 // value.denominator:+014d}"
    whole = f"{text[:-12]}.{text[-12:]}".rstrip("0").rstrip(".").removeprefix("+")
    assert Fraction(whole) == value
    return whole


class Maker:
    """Makes a case, and the files that say it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.values: dict[tuple[str, int], Fraction] = {}
        # Most rows and the date judged by are of one month, often the last.
        self.month = self.random.choice([12, 12, *range(1, 13)])

    def case(self) -> dict[str, Any]:
        pick = self.random
        targets: list[dict[str, Any]] = []
        for number in range(1, pick.randint(1, 7) + 1):
            targets.append(self.target(f"GY{number:02d}", targets))
        self.ordered = {target["code"]: target for target in targets}
        rows = [self.row(pick.choice(targets)) for _ in range(pick.randint(0, 30))]
        rows += [{**row, "note": "", "unit": None} for row in rows if pick.random() < 0.15]
        # In the order they will be read in: files by name, rows as they stand.
        rows.sort(key=lambda row: f"2024-{row['filed']:02d}" if row["filed"] else "a")
        pick.shuffle(targets)
        return {
            "targets": targets,
            "rows": rows,
            "as_of": pick.choice([None, self.month, self.month, pick.randint(1, 12)]),
            "fail_on": pick.choice(["never", "data", "missed", "behind", "missing"]),
            "strict": pick.random() < 0.3,
        }

    def number(self, unit: str, most: int) -> Fraction:
        pick = self.random
        if unit in oracle.WHOLE:
            return Fraction(pick.randint(0, most))
        return Fraction(pick.randint(0, most * 10**4), 10 ** pick.choice([0, 2, 4]) or 1) % (
            most + 1
        )

    def target(self, code: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
        pick = self.random
        measure, unit = pick.choice(["flow", "level", "rate"]), pick.choice(list(UNITS))
        op = pick.choice([*OPS, *OPS[:-1], "~", "~"])
        other = pick.choice(earlier) if earlier and pick.random() < 0.25 else None
        if other:
            op, unit = pick.choice(REF_OPS), other["unit"]
        limit = op in oracle.LIMITS
        goal = self.number(unit, 99)
        if measure != "rate" and not limit:
            goal = max(goal, Fraction(1))
        elif measure == "rate" and pick.random() < 0.2:
            goal = -goal
        base = self.number(unit, 99) if pick.random() < 0.6 else None
        paces: list[Any] = ["linear", "linear", "monthly", "quarterly", "year-end"]
        shares = sorted(Fraction(pick.randint(0, 20), 20) for _ in range(11))
        due = pick.randint(1, 11) if pick.random() < 0.25 else None
        if due:
            shares[due - 1 :] = [Fraction(1)] * (12 - due)
        return {
            "code": code,
            "op": op,
            "goal": None if op == "assigned" or other else goal,
            "ref": other and other["code"],
            "due": due,
            "lag": pick.choice([0, 0, 0, 0, 1, 2]),
            "high": goal + pick.randint(1, 9),
            "unit": unit,
            "measure": measure,
            "pace": pick.choice([*paces, [*shares, Fraction(1)]]),
            "baseline": goal if pick.random() < 0.05 and not other else base,
            "tolerance": self.number(unit, 3) if pick.random() < 0.3 else None,
            "reports": pick.choice(
                [*RHYTHMS, sorted(pick.sample(range(1, 13), pick.randint(1, 6)))]
            ),
            "strive": pick.random() < 0.2,
        }

    def row(self, target: dict[str, Any]) -> dict[str, Any]:
        pick = self.random
        month = pick.choice([self.month] * 4 + [pick.randint(1, 12)])
        # Mostly the same figure again: what is in conflict is not judged.
        key = (target["code"], month)
        value = self.values.setdefault(key, self.value(target, month))
        if pick.random() < 0.1:
            value = self.value(target, month)
        text = pick.choice(["", "—", "很好", "5O"]) if pick.random() < 0.15 else None
        supplied = (pick.choice([">=", ">", "~"]), Fraction(pick.choice([3, 3, 3, 5])))
        given = target["op"] == "assigned" and pick.random() < 0.6
        return {
            "code": target["code"],
            "month": month,
            "filed": pick.choice([None, *range(month, 13)]) if pick.random() < 0.5 else None,
            "marked": pick.random() < 0.15,
            "by": pick.choice([None, None, "统计局", "财政局"]),
            "value": None if text is not None else value,
            "text": text,
            "unit": pick.choice([None, *UNITS[target["unit"]].items()]),
            "goal_unit": target["unit"],
            "assigned": supplied if given else None,
            "note": pick.choice(["", "", "雨季"]),
            "period": pick.choice(PERIODS).format(month),
            "soft": pick.choice(["超", "以上", "约", "不到"]) if pick.random() < 0.2 else "",
        }

    def value(self, target: dict[str, Any], month: int) -> Fraction:
        """Return a possible figure, often right at the goal, the pace, the tolerance or a cut."""
        pick, goal = self.random, target["goal"]
        if target["ref"]:
            key = (target["ref"], month)
            goal = self.values.setdefault(key, self.value(self.ordered[target["ref"]], month))
        goal = Fraction(3) if goal is None else goal
        start = target["baseline"] if target["measure"] == "level" and target["baseline"] else 0
        share = oracle.share(target["pace"], month, target["due"] or 12)
        due = start + share * (goal - start)
        width = abs(goal) / 20 if target["tolerance"] is None else target["tolerance"]
        near = [
            goal,
            due,
            goal - width,
            goal - width / 2,
            *((goal + width, goal + width / 2) if target["op"] == "<~" else ()),
            goal * Fraction(9, 10),
            due - abs(goal - start) / 10,
        ]
        value = pick.choice([*near, *near, self.number(target["unit"], 120)])
        value += pick.choice([0, 0, 0, 1, -1, Fraction(1, 10**4), Fraction(-1, 10**4)])
        if target["unit"] in oracle.WHOLE:
            value = Fraction(round(value))
        value = Fraction(round(value * 10**6), 10**6)
        if target["measure"] != "rate":
            value = max(value, Fraction(0))
        if target["measure"] == "level" and target["unit"] == "%":
            value = min(value, Fraction(100))
        return value


def targets_yaml(case: dict[str, Any]) -> str:
    lines = ["format: 1", "place: 某市", "year: 2024", "title: 试"]
    lines += ["bureaus: [{name: 统计局}, {name: 财政局}]"]
    lines += ["sections:", "  - code: GY", "    name: 工业", "    heading: 试", "    targets:"]
    for target in case["targets"]:
        unit = target["unit"]
        if target["ref"]:
            goal = f"{target['op']} {target['ref']}"
        elif target["op"] == "assigned":
            goal = f"assigned {unit}"
        elif target["op"] == "..":
            goal = f"{exact(target['goal'])}..{exact(target['high'])} {unit}"
        else:
            goal = f"{target['op']} {exact(target['goal'])} {unit}"
        keys: dict[str, Any] = {
            "code": target["code"],
            "name": f"试验指标{target['code']}",
            "goal": goal,
            "measure": target["measure"],
            "phrase": "试",
            "lead": "统计局",
            "strive": str(target["strive"]).lower(),
            "reports": target["reports"],
            "lag": target["lag"],
        }
        if target["due"]:
            keys["due"] = target["due"]
        pace = target["pace"]
        keys["pace"] = pace if isinstance(pace, str) else [exact(each) for each in pace]
        for key in ("baseline", "tolerance"):
            if target[key] is not None:
                keys[key] = f"{exact(target[key])} {unit}"
        lines.append("      - " + json.dumps(keys, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def write_rows(case: dict[str, Any], folder: Path) -> list[str]:
    """Write the files of a case; return their names."""
    files: dict[str, io.StringIO] = {}
    for row in case["rows"]:
        name = "a（更正）.csv" if row["marked"] else "a.csv"
        name = f"2024-{row['filed']:02d}/{name}" if row["filed"] else name
        stream = files.setdefault(name, io.StringIO())
        unit, worth = row["unit"] or (row["goal_unit"], Fraction(1))
        text = row["text"] if row["value"] is None else exact(row["value"] / worth)
        if row["value"] is not None:
            text = f"{text}以上" if row["soft"] == "以上" else row["soft"] + text
        goal = "{} {}{goal_unit}".format(*row["assigned"], **row) if row["assigned"] else ""
        cells = [row["code"], text, unit, row["period"], goal, row["by"], row["note"]]
        csv.writer(stream).writerow(cells)
    files = files or {"a.csv": io.StringIO(f"{case['targets'][0]['code']},,,12月,,,\n")}
    for name, stream in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        text = "编号,实际值,单位,期间,下达目标,填报单位,备注\n" + stream.getvalue()
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return list(files)


def as_json(value: Fraction | None) -> int | float | None:
    return None if value is None else int(value) if value.denominator == 1 else float(value)


@pytest.mark.parametrize("seed", range(CASES))
def test_random_runs(seed, run, tmp_path, monkeypatch):
    for number in range(15):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        case = Maker(1000 * seed + number).case()
        Path("t.yaml").write_text(targets_yaml(case), encoding="utf-8")
        files = write_rows(case, folder)
        args = [*files, "--targets", "t.yaml", "--format", "json", "--fail-on", case["fail_on"]]
        args += ["--as-of", f"2024-{case['as_of']:02d}"] if case["as_of"] else []
        done = run("verify", *args, *(["--strict"] if case["strict"] else []))
        compare(case, done, f"seed {seed} number {number}")


def compare(case: dict[str, Any], done: Any, which: str) -> None:
    expected = oracle.report(case)
    assert done.json["as_of"] == f"2024-{expected['as_of']:02d}", which
    for found in done.json["results"]:
        wanted = expected["results"][found["code"]]
        got = {key: found[key] for key in ("status", "last_status", "light", *oracle.NUMBERS)}
        got["value"] = found["actual"] and found["actual"]["value"]
        got["goal"] = found["goal"]["value"]
        got["month"] = found["actual"] and int(found["actual"]["period"][5:])
        numbers = {key: as_json(wanted[key]) for key in (*oracle.NUMBERS, "value", "goal")}
        assert got == {**wanted, **numbers}, f"{which} {found['code']}"
    counts = Counter(result["status"] for result in done.json["results"])
    summary = done.json["summary"]
    assert {key: summary[key] for key in counts} == counts
    assert (
        sum(summary.values())
        == 2 * len(counts and case["targets"]) + summary["errors"] + summary["warnings"]
    )
    rules = ("DT202", "DT208", "DT301", "DT304", "DT306", "DT321", "DT324")
    found = [
        (each["rule"], each["code"])
        for each in done.json["findings"]
        # What says the same of one target is one finding, but each is counted; DT208 counts figures.
        for _ in range(each["count"] if each["rule"] == "DT202" else 1)
        if each["rule"] != "DT202" or each["level"] == "error"
    ]
    assert sorted(each for each in found if each[0] in rules) == expected["findings"], which
    levels = [each["level"] for each in done.json["findings"]]
    code = oracle.exit_code(case, expected, levels)
    assert (done.code, done.json["exit_code"]) == (code, code), which


def corners() -> Counter[Any]:
    """Return how often the cases of all seeds come to each corner."""
    counts: Counter[Any] = Counter()
    for seed in range(CASES):
        for number in range(15):
            case = Maker(1000 * seed + number).case()
            expected = oracle.report(case)
            counts += Counter(rule for rule, _ in expected["findings"])
            counts["5O"] += sum(row["text"] == "5O" for row in case["rows"])
            for target in case["targets"]:
                result = expected["results"][target["code"]]
                status = result["status"]
                counts.update([(target["measure"], status), (status, result["light"])])
                counts.update([(target["op"], status), ("last", result["last_status"])])
                counts.update((key, status) for key in ("ref", "due", "lag") if target[key])
                counts[str(target["reports"]), status] += 1
                late = target["due"] and (result["month"] or 0) > target["due"]
                counts["after due", status] += bool(late)
    return counts


OFTEN = {
    "<~": "met on_track near behind missed no_data",
    "ref": "met on_track near behind missed undecided no_data",
    "due": "met on_track behind missed no_data not_due",
    "lag": "met on_track behind missed no_data not_due",
    "after due": "met near missed",
    "after-year": "met on_track behind missed not_due",
}


def test_the_cases_reach_every_corner():
    """A generator that makes only easy cases would prove little."""
    counts = corners()
    wanted = [(op, status) for op in OPS[:-1] for status in ("met", "missed", "no_data")]
    wanted += [(kind, status) for kind, each in OFTEN.items() for status in each.split()]
    wanted += [
        (measure, status)
        for measure in ("flow", "level", "rate")
        for status in (*oracle.LIGHTS, "behind")
    ]
    wanted += [("last", status) for status in ("met", "on_track", "near", "open", "behind")]
    assert {corner: counts[corner] for corner in wanted if counts[corner] < 6} == {}
    assert min(counts["behind", light] for light in ("red", "yellow")) > 20
    assert counts["after-year", "no_data"] == 0
    for rule in ("DT202", "DT208", "DT301", "DT304", "DT306", "DT321", "DT324"):
        assert counts[rule] > 20, rule
    # Many a 5O is mended by a later file.
    assert counts["5O"] > counts["DT202"] / 3
