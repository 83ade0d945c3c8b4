"""Judgement once more, written from design §5 alone: plain Python, nothing of dtcheck imported.

A case is plain data: targets as dicts, rows as dicts with the figure they mean in the goal's unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

WHOLE = {"个": 1, "家": 1, "万人": 10_000}
DUE = {"monthly": range(1, 13), "quarterly": (3, 6, 9, 12), "half-yearly": (6, 12), "yearly": (12,)}
LIGHTS = {
    "met": "green",
    "on_track": "green",
    "near": "yellow",
    "open": "blue",
    "missed": "red",
    "no_data": "grey",
    "not_due": "grey",
    "undecided": "grey",
}
NUMBERS = (
    "progress",
    "pace",
    "gap_to_pace",
    "gap_to_goal",
    "needed_per_month",
    "year_end_estimate",
)
NOTHING: dict[str, Fraction | None] = dict.fromkeys(NUMBERS)


def keeps(op: str, actual: Fraction, goal: Fraction) -> bool:
    if op == ">":
        return actual > goal
    if op == "<":
        return actual < goal
    return actual <= goal if op == "<=" else actual >= goal


def share(pace: str | Sequence[Fraction], month: int) -> Fraction:
    if not isinstance(pace, str):
        return pace[month - 1]
    if pace == "quarterly":
        return Fraction([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4][month - 1], 4)
    if pace == "year-end":
        return Fraction(0 if month < 12 else 1)
    return Fraction(month, 12)


def required(op: str, goal: Fraction, unit: str) -> Fraction:
    """What just keeps the promise; of counted things the next whole one."""
    if unit in WHOLE and op in "><":
        things = goal * WHOLE[unit]
        return Fraction(floor(things) + 1 if op == ">" else ceil(things) - 1, WHOLE[unit])
    return goal


def soft_keeps(op: str, actual: Fraction, goal: Fraction, soft: str) -> bool:
    """Whether a figure keeps a promise by its words: 超100 is over 100, 不到100 under it."""
    if actual != goal or soft not in ("超", "不到"):
        return keeps(op, actual, goal)
    return (op not in ("<", "<=")) if soft == "超" else op in ("<", "<=")


def is_refused(target: Mapping[str, Any], value: Fraction, has_unit: bool) -> bool:
    """Whether a figure is impossible (design §5, DT210) though it can be read."""
    goal, base = target["goal"] or Fraction(0), target["baseline"] or Fraction(0)
    if target["measure"] == "rate":
        if target["unit"] != "%":
            return False
        if not -100 <= value <= 1000:
            return True
        index = 90 <= value <= 150 and abs(goal) < 30
        return not has_unit and (index or abs(value) > max(50, 5 * abs(goal)))
    if target["op"] in ("<", "<=", "assigned"):
        return False
    scale = max(goal, base)
    return scale != 0 and value > 100 * scale


def judged(
    target: Mapping[str, Any],
    op: str,
    goal: Fraction,
    actual: Fraction,
    month: int,
    soft: str = "",
) -> dict[str, Any]:
    """Return status, light and numbers of one actual; ``goal`` is the low end of a range."""
    base = target["baseline"] if target["measure"] == "level" else None
    spoiled = base is not None and keeps(op, base, goal)
    start = None if spoiled else base
    numbers = _numbers(target, op, goal, start, actual, month, soft)
    paceless = target["measure"] == "level" and start is None
    gone = (
        None if paceless or goal == start else (actual - (start or 0)) / (goal - (start or 0) or 1)
    )
    status = _status(target, op, goal, actual, month, gone, soft)
    # What is kept only if the figure lies on the right side of its number is not sure.
    sides = {"约": ("met", "on_track"), "以上": ("met", "on_track") if op in ("<", "<=") else ()}
    if status in sides.get(soft, ()):
        way = goal - (start or 0)
        line = (start or 0) + share(target["pace"], month) * way
        if actual == (goal if keeps(op, actual, goal) else line):
            status = "near"
    if status == "open" and spoiled and target["pace"] != "year-end":
        status = "behind"
    light = LIGHTS.get(status)
    if light is None:
        cut = abs(goal) / 10 if target["measure"] == "rate" else 10
        gap = numbers["gap_to_pace"]
        judgeable = gap is not None and goal != 0 and op not in ("<", "<=")
        light = "red" if judgeable and gap <= -cut else "yellow"
    return {"status": status, "light": light, **numbers}


def _numbers(
    target: Mapping[str, Any],
    op: str,
    goal: Fraction,
    start: Fraction | None,
    actual: Fraction,
    month: int,
    soft: str,
) -> dict[str, Fraction | None]:
    measure, due, limit = target["measure"], share(target["pace"], month), op in ("<", "<=")
    numbers = dict(NOTHING)
    if not limit and goal != 0:
        progress = actual / goal if start is None else (actual - start) / (goal - start)
        numbers["progress"] = progress
        if measure == "flow" or start is not None:
            numbers["pace"] = due
            numbers["gap_to_pace"] = (progress - due) * 100
    if measure == "rate":
        numbers["gap_to_pace"] = actual - goal
    lacks = required(op, goal, target["unit"]) - actual
    kept = soft_keeps(op, actual, goal, soft)
    numbers["gap_to_goal"] = -lacks
    if kept and (lacks < 0 if limit else lacks > 0):
        numbers["gap_to_goal"] = Fraction(0)
    if measure == "flow":
        if not limit and month < 12 and not kept:
            numbers["needed_per_month"] = lacks / (12 - month)
        if due:
            numbers["year_end_estimate"] = actual / due
    return numbers


def _status(
    target: Mapping[str, Any],
    op: str,
    goal: Fraction,
    actual: Fraction,
    month: int,
    gone: Fraction | None,
    soft: str,
) -> str:
    """The table of design §5, row by row; ``gone`` is how much of the way lies behind."""
    measure, late = target["measure"], target["pace"] == "year-end"
    met = soft_keeps(op, actual, goal, soft)
    width = abs(goal) / 20 if target["tolerance"] is None else target["tolerance"]
    close = op == "~" and (actual > goal - width or (actual == goal - width and soft != "不到"))
    if measure == "flow" and op in ("<", "<="):
        before = "open" if late else "on_track"
        return ("met" if month == 12 else before) if met else "missed"
    if month == 12:
        return "met" if met else "near" if close else "missed"
    if met:
        return "on_track" if measure == "rate" else "met"
    if late or (gone is None and measure == "level"):
        return "open"
    if measure == "rate":
        return "near" if close else "behind"
    if gone is None:
        return "behind"
    due = share(target["pace"], month)
    # Just under a figure that should rise is behind; just over one that should fall, too.
    against = "超" if op in ("<", "<=") else "不到"
    return "on_track" if gone > due or (gone == due and soft != against) else "behind"


def _used(
    rows: Sequence[Mapping[str, Any]], targets: Mapping[str, Any]
) -> dict[tuple[str, int], Mapping[str, Any] | None]:
    """Return the figure that counts for a target and month, None where it is in conflict."""
    reported: dict[tuple[str, int], dict[int, list[Mapping[str, Any]]]] = {}
    for row in rows:
        refused = row["value"] is not None and is_refused(
            targets[row["code"]], row["value"], row["unit"] is not None
        )
        if row["value"] is not None and not refused:
            folders = reported.setdefault((row["code"], row["month"]), {})
            folders.setdefault(row["filed"] or row["month"], []).append(row)
    used: dict[tuple[str, int], Mapping[str, Any] | None] = {}
    for key, folders in reported.items():
        last = folders[max(folders)]
        note = next((row["note"] for row in last if row["note"]), "")
        same = len({row["value"] for row in last}) == 1
        used[key] = {**last[0], "note": note} if same else None
    return used


def _broken(
    target: Mapping[str, Any], op: str, goal: Fraction, months: Mapping[int, Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the highest figure that broke the limit of a flow: it has happened, whatever follows."""
    broken = []
    for month, row in months.items():
        told = judged(target, op, goal, row["value"], month, row["soft"])
        if target["measure"] == "flow" and op in ("<", "<=") and told["status"] == "missed":
            broken.append((row["value"], month))
    return months[max(broken)[1]] if broken else None


def report(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a run over a case must say: as_of, results by code, findings it must have."""
    rows = [row for row in case["rows"] if not case["as_of"] or row["month"] <= case["as_of"]]
    # A blank form moves nothing; a figure does, even one that is refused.
    figures = [row["month"] for row in rows if row["value"] is not None]
    as_of = case["as_of"] or max(figures, default=12)
    used = _used(rows, {target["code"]: target for target in case["targets"]})
    findings = [("DT208", code) for (code, _), row in used.items() if row is None]
    results = {}
    for target in case["targets"]:
        code, op, goal = target["code"], target["op"], target["goal"]
        months = {m: row for (c, m), row in used.items() if c == code and row and m <= as_of}
        if target["measure"] == "flow":
            ordered = [months[m] for m in sorted(months)]
            falls = [b for a, b in pairwise(ordered) if b["value"] < a["value"]]
            findings += [("DT301", code)] * len(falls)
        row = months[max(months)] if months else None
        if op == "assigned":
            supplied = {
                each["assigned"] for each in rows if each["code"] == code and each["assigned"]
            }
            if len(supplied) > 1:
                findings.append(("DT208", code))
            op, goal = supplied.pop() if len(supplied) == 1 else ("assigned", None)
        reports = target["reports"]
        months_due = DUE[reports] if isinstance(reports, str) else reports
        due = max((m for m in months_due if m <= as_of), default=0)
        if goal is None:
            result = {"status": "undecided", "light": "grey", **NOTHING}
        elif row is None:
            status = "no_data" if due else "not_due"
            result = {"status": status, "light": "grey", **NOTHING}
        else:
            row = _broken(target, op, goal, months) or row
            result = judged(target, op, goal, row["value"], row["month"], row["soft"])
            settled = target["measure"] == "flow" and result["status"] in ("met", "missed")
            if row["month"] < due and not settled:
                findings.append(("DT304", code))
                last = result["status"]
                result = {"status": "no_data", "light": "grey", **NOTHING, "last_status": last}
            if result["status"] in ("behind", "missed") and not row["note"]:
                findings.append(("DT306", code))
        results[code] = {
            "last_status": None,
            **result,
            "value": row and row["value"],
            "month": row and row["month"],
        }
    return {"as_of": as_of, "results": results, "findings": sorted(findings)}


def exit_code(case: Mapping[str, Any], expected: Mapping[str, Any], levels: Sequence[str]) -> int:
    """Return the code for what was found; ``levels`` are those of all findings."""
    order = ["never", "data", "missed", "behind", "missing"]
    chosen = order.index(case["fail_on"])
    flagged = set()
    if "error" in levels or (case["strict"] and "warning" in levels):
        flagged.add("data")
    for target in case["targets"]:
        result = expected["results"][target["code"]]
        if target["strive"] and not case["strict"]:
            continue
        status = result["status"]
        if result["last_status"] in ("behind", "missed"):
            # Silence mends nothing.
            flagged.add(result["last_status"])
        if status == "near" and case["strict"]:
            status = "missed" if result["month"] == 12 else "behind"
        if status in ("missed", "behind"):
            flagged.add(status)
        if status == "no_data":
            flagged.add("missing")
    return int(any(order.index(each) <= chosen for each in flagged))
