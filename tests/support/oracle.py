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
DUE = {
    "monthly": range(1, 13),
    "quarterly": (3, 6, 9, 12),
    "half-yearly": (6, 12),
    "after-year": (),
}
LIMITS = ("<", "<=", "<~")
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
    return actual <= goal if op in ("<=", "<~") else actual >= goal


def share(pace: str | Sequence[Fraction], month: int, last: int = 12) -> Fraction:
    """Return the share due by a month; ``last`` takes December's place."""
    if month >= last:
        return Fraction(1)
    if not isinstance(pace, str):
        return pace[month - 1]
    if pace == "quarterly":
        return Fraction([0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9][month - 1], last)
    if pace == "year-end":
        return Fraction(0)
    return Fraction(month, last)


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
    return (op not in LIMITS) if soft == "超" else op in LIMITS


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
    if target["op"] in (*LIMITS, "assigned") or target["ref"]:
        return False
    scale = max(goal, base)
    return scale != 0 and value > 100 * scale


def held(target: Mapping[str, Any], op: str) -> bool:
    """Whether nothing counts up to a goal: a ceiling, another target's figure."""
    return op == "<~" or target["ref"] is not None


def judged(
    target: Mapping[str, Any],
    op: str,
    goal: Fraction,
    actual: Fraction,
    month: int,
    soft: str = "",
) -> dict[str, Any]:
    """Return status, light and numbers of one actual; ``goal`` is the low end of a range."""
    base = target["baseline"] if target["measure"] == "level" and not held(target, op) else None
    spoiled = base is not None and keeps(op, base, goal)
    start = None if spoiled else base
    numbers = _numbers(target, op, goal, start, actual, month, soft)
    paceless = (target["measure"] == "level" and start is None) or held(target, op)
    gone = (
        None if paceless or goal == start else (actual - (start or 0)) / (goal - (start or 0) or 1)
    )
    status = _status(target, op, goal, actual, month, gone, soft)
    # What is kept only if the figure lies on the right side of its number is not sure.
    sides = {"约": ("met", "on_track"), "以上": ("met", "on_track") if op in LIMITS else ()}
    if status in sides.get(soft, ()):
        way = goal - (start or 0)
        line = (start or 0) + share(target["pace"], month, target["due"] or 12) * way
        if actual == (goal if keeps(op, actual, goal) else line):
            status = "near"
    if status == "open" and spoiled and target["pace"] != "year-end":
        status = "behind"
    light = LIGHTS.get(status)
    if light is None:
        cut = abs(goal) / 10 if target["measure"] == "rate" else 10
        gap = numbers["gap_to_pace"]
        judgeable = gap is not None and goal != 0 and op not in LIMITS
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
    measure, limit, last = target["measure"], op in LIMITS, target["due"] or 12
    due = share(target["pace"], month, last)
    numbers = dict(NOTHING)
    if not limit and goal not in (0, start):
        progress = actual / goal if start is None else (actual - start) / (goal - start)
        numbers["progress"] = progress
        if not target["ref"] and (measure == "flow" or start is not None):
            numbers["pace"] = due
            numbers["gap_to_pace"] = (progress - due) * 100
    if measure == "rate":
        numbers["gap_to_pace"] = actual - goal
    lacks = required(op, goal, target["unit"]) - actual
    kept = soft_keeps(op, actual, goal, soft)
    numbers["gap_to_goal"] = -lacks
    if kept and (lacks < 0 if limit else lacks > 0):
        numbers["gap_to_goal"] = Fraction(0)
    if measure == "flow" and not target["ref"]:
        if not limit and month < last and not kept:
            numbers["needed_per_month"] = lacks / (last - month)
        if due:
            numbers["year_end_estimate"] = actual / due
    return numbers


def is_close(
    target: Mapping[str, Any], op: str, goal: Fraction, actual: Fraction, soft: str
) -> bool:
    """Whether a figure lies within the width of 左右: under the goal, over a ceiling."""
    width = abs(goal) / 20 if target["tolerance"] is None else target["tolerance"]
    if op == "<~":
        return actual < goal + width or (actual == goal + width and soft != "超")
    return op == "~" and (actual > goal - width or (actual == goal - width and soft != "不到"))


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
    met, close = soft_keeps(op, actual, goal, soft), is_close(target, op, goal, actual, soft)
    over = month >= (target["due"] or 12)
    # Growth may be lost again, and so may the lead over another target's figure.
    shaky = measure == "rate" or target["ref"] is not None
    if measure == "flow" and op in LIMITS and not target["ref"]:
        if not met and not close:
            return "missed"
        before = "open" if late else "on_track" if met else "near"
        return ("met" if met else "near") if over else before
    if over:
        return "met" if met else "near" if close else "missed"
    if met:
        return "on_track" if shaky else "met"
    if late:
        return "open"
    if shaky or op == "<~":
        return "near" if close else "behind"
    if gone is None and measure == "level":
        # > 10 that starts at 10 and is at 10 has not moved.
        return "behind" if target["baseline"] == goal else "open"
    if gone is None:
        return "behind"
    due = share(target["pace"], month, target["due"] or 12)
    # Just under a figure that should rise is behind; just over one that should fall, too.
    against = "超" if op in LIMITS else "不到"
    return "on_track" if gone > due or (gone == due and soft != against) else "behind"


def rank(row: Mapping[str, Any]) -> tuple[int, bool]:
    """Return what goes before what: the later filing, within one what is marked as a correction."""
    return row["filed"] or row["month"], row["marked"]


def settled(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the row that counts of those of one target and month, None where nothing decides."""
    last = max(map(rank, rows))
    rows = [row for row in rows if rank(row) == last]
    values = {row["value"] for row in rows}
    if len(values) > 1:
        own = {row["value"] for row in rows if row["by"] == "统计局"}
        others = {
            value
            for value in values
            if all(row["by"] == "财政局" for row in rows if row["value"] == value)
        }
        if last[1] or len(own) != 1 or own | others != values:
            return None
        rows = [row for row in rows if row["value"] in own]
    return {**rows[0], "note": next((row["note"] for row in rows if row["note"]), "")}


def _used(
    rows: Sequence[Mapping[str, Any]], targets: Mapping[str, Any]
) -> dict[tuple[str, int], Mapping[str, Any] | None]:
    """Return the figure that counts for a target and month, None where it is in conflict."""
    reported: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for row in rows:
        refused = row["value"] is not None and is_refused(
            targets[row["code"]], row["value"], row["unit"] is not None
        )
        if row["value"] is not None and not refused:
            reported.setdefault((row["code"], row["month"]), []).append(row)
    return {key: settled(each) for key, each in reported.items()}


def _set_goals(
    rows: Sequence[Mapping[str, Any]], code: str
) -> tuple[dict[int, tuple[str, Fraction] | None], int]:
    """Return the goals that were set by month, None where two differ, and how many months have two."""
    by_month: dict[int, dict[tuple[int, bool], set[Any]]] = {}
    for row in rows:
        if row["code"] == code and row["assigned"]:
            filed = by_month.setdefault(row["month"], {})
            filed.setdefault(rank(row), set()).add(row["assigned"])
    newest = {month: filed[max(filed)] for month, filed in by_month.items()}
    goals = {month: next(iter(each)) if len(each) == 1 else None for month, each in newest.items()}
    return goals, sum(len(each) > 1 for each in newest.values())


def _in_force(goals: Mapping[int, Any], month: int) -> Any:
    known = [each for each in goals if each <= month]
    return goals[max(known)] if known else None


def _broken(
    target: Mapping[str, Any], op: str, goal: Fraction, months: Mapping[int, Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the highest figure that broke the limit of a flow: it has happened, whatever follows."""
    broken = []
    for month, row in months.items():
        told = judged(target, op, goal, row["value"], month, row["soft"])
        is_limit = target["measure"] == "flow" and op in LIMITS and not target["ref"]
        if is_limit and told["status"] == "missed":
            broken.append((row["value"], month))
    return months[max(broken)[1]] if broken else None


def months_due(target: Mapping[str, Any]) -> list[int]:
    """Return the months of which a figure is due; the one that decides is among them."""
    reports, last = target["reports"], target["due"]
    if reports == "yearly":
        return [last or 12]
    months = set(DUE[reports] if isinstance(reports, str) else reports)
    return sorted(months | {last}) if months and last else sorted(months)


def report(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a run over a case must say: as_of, results by code, findings it must have."""
    rows = [row for row in case["rows"] if not case["as_of"] or row["month"] <= case["as_of"]]
    # A blank form moves nothing; a figure does, even one that is refused.
    figures = [row["month"] for row in rows if row["value"] is not None]
    as_of = case["as_of"] or max(figures, default=12)
    used = _used(rows, {target["code"]: target for target in case["targets"]})
    findings = [("DT208", code) for (code, _), row in used.items() if row is None]
    findings += [("DT202", row["code"]) for row in rows if is_error(row, used)]
    results = {}
    for target in case["targets"]:
        code, op, goal = target["code"], target["op"], target["goal"]
        months = {m: row for (c, m), row in used.items() if c == code and row and m <= as_of}
        findings += [("DT301", code)] * falls(target, months)
        row = months[max(months)] if months else None
        if op == "assigned":
            goals, conflicts = _set_goals(rows, code)
            findings += [("DT208", code)] * conflicts
            op, goal = _in_force(goals, as_of) or ("assigned", None)
        if target["ref"] and row is not None:
            other = used.get((target["ref"], row["month"]))
            goal = other["value"] if other else None
            if goal is None:
                findings.append(("DT324", code))
        row, result = _standing(target, op, goal, row, months, as_of)
        if result["last_status"] is not None:
            findings.append(("DT304", code))
        if result["status"] in ("behind", "missed") and row and not row["note"]:
            findings.append(("DT306", code))
        early = [each for month, each in months.items() if each["value"] and is_early(target, each)]
        findings += [("DT321", code)] * bool(early)
        results[code] = {
            **result,
            "value": row and row["value"],
            "month": row and row["month"],
            "goal": goal,
        }
    return {"as_of": as_of, "results": results, "findings": sorted(findings)}


def _standing(
    target: Mapping[str, Any],
    op: str,
    goal: Fraction | None,
    row: Mapping[str, Any] | None,
    months: Mapping[int, Mapping[str, Any]],
    as_of: int,
) -> tuple[Mapping[str, Any] | None, dict[str, Any]]:
    """Return the row that is shown of a target, and what it is; ``row`` is the newest."""
    result: dict[str, Any] = {"light": "grey", **NOTHING, "last_status": None}
    due = max((m for m in months_due(target) if m + target["lag"] <= as_of), default=0)
    if op == "assigned" or (goal is None and row is not None):
        return row, {**result, "status": "undecided"}
    if row is None or goal is None:
        return None, {**result, "status": "no_data" if due else "not_due"}
    row = _broken(target, op, goal, months) or row
    told = judged(target, op, goal, row["value"], row["month"], row["soft"])
    done = target["measure"] == "flow" and told["status"] in ("met", "missed")
    if row["month"] < due and not done:
        return row, {**result, "status": "no_data", "last_status": told["status"]}
    return row, {**result, **told}


def is_error(row: Mapping[str, Any], used: Mapping[tuple[str, int], Any]) -> bool:
    """Whether a row is no number, and no later figure nor one marked as a correction mends it."""
    if row["text"] in (None, "", "—"):
        return False
    later = used.get((row["code"], row["month"]))
    return not later or rank(later) <= rank(row)


def falls(target: Mapping[str, Any], months: Mapping[int, Mapping[str, Any]]) -> int:
    """Return how often a cumulative figure fell."""
    ordered = [months[month]["value"] for month in sorted(months)]
    return sum(b < a for a, b in pairwise(ordered)) if target["measure"] == "flow" else 0


def is_early(target: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a figure is of a month before there can be one; all filings are of the year itself."""
    months = months_due(target)
    if months:
        return bool(row["month"] < months[0])
    return row["month"] < 12 or row["filed"] is not None


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
            over = result["month"] >= (target["due"] or 12)
            status = "missed" if over else "behind"
        if status in ("missed", "behind"):
            flagged.add(status)
        if status == "no_data":
            flagged.add("missing")
    return int(any(order.index(each) <= chosen for each in flagged))
