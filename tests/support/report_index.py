"""The index of the 2024 report's figures, and a report with gaps made of it.

``python tests/support/report_index.py`` writes the index anew where the report is at hand. A row is a
figure (or paragraph, or heading) with its position in the mended text, its paragraph and place in it, and at most two
characters on either side; headings stand in full. Last year's figures come without neighbours.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

from running import DATA, ROOT

from dtcheck.workreport.report import UNKNOWN, ReportText, parse_report, read_report
from dtcheck.workreport.words import IDIOMS

INDEX = DATA / "report-2024-figures.tsv"
REPORT = Path(os.environ.get("DTCHECK_REPORT") or ROOT.parent / "shared" / "report-2024.txt")
# An invented report and its targets file: what is shown of the real one is shown of these, too.
INVENTED = DATA / "reports" / "tinghe-2025.txt"
# (targets file, report) of what is at hand in full.
PAIRS = [(INVENTED.with_suffix(".yaml"), INVENTED)]
PAIRS += [(ROOT / "targets.yaml", REPORT)] * REPORT.is_file()
FIELDS = ("kind", "position", "paragraph", "character", "before", "figure", "after")
WINDOW = 2


def index_of(report: ReportText, headings: list[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of the index; ``headings`` are those of the targets file."""
    text = report.text
    named = [(report.start, report.plan_heading or "")]
    named += [(each.start, each.mark + each.words) for each in report.headings]
    marked = {words for _, words in named}
    for heading in headings:
        if not any(words.endswith(heading) for words in marked):
            named.append((text.index(heading, report.start), heading))
    for match in re.finditer("^", text, re.MULTILINE):
        yield _row("paragraph", report, match.start(), "", "", "")
    for position, words in sorted(named):
        yield _row("heading", report, position, "", words, "")
    for figure in report.figures:
        plan = figure.start >= report.start
        near = WINDOW if plan else 0
        head, tail = _whole_words(text, figure.start - near, figure.end + near)
        before = text[min(head, figure.start) : figure.start].rpartition("\n")[2]
        after = text[figure.end : max(tail, figure.end)].partition("\n")[0]
        kind = "plan" if plan else "review"
        yield _row(kind, report, figure.start, before, figure.text, after)


def _whole_words(text: str, head: int, tail: int) -> tuple[int, int]:
    """Half of 一体 would read as 一: leave out what an edge cuts through."""
    for match in IDIOMS.finditer(text):
        if match.start() < head < match.end():
            head = match.end()
        if match.start() < tail < match.end():
            tail = match.start()
    return head, tail


def _row(
    kind: str, report: ReportText, position: int, before: str, figure: str, after: str
) -> dict[str, str]:
    place = report.where(position)
    numbers = (str(position), str(place.paragraph), str(place.character))
    return dict(zip(FIELDS, (kind, *numbers, before, figure, after), strict=True))


def read_index() -> list[dict[str, str]]:
    with INDEX.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_index(rows: list[dict[str, str]]) -> None:
    with INDEX.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, FIELDS, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)


def text_with_gaps(rows: list[dict[str, str]]) -> str:
    """Return the report as far as the index knows it, □ for every other character."""
    known: dict[int, str] = {}
    for row in rows:
        start = int(row["position"]) - len(row["before"])
        known.update(enumerate(row["before"] + row["figure"] + row["after"], start))
        if row["kind"] == "paragraph" and start:
            known[start - 1] = "\n"
    return "".join(known.get(place, UNKNOWN) for place in range(max(known) + 1))


def report_with_gaps() -> ReportText:
    return parse_report(text_with_gaps(read_index()), "report-2024-figures.tsv")


if __name__ == "__main__":
    from dtcheck.targets import load_targets

    file = load_targets(ROOT / "targets.yaml")
    write_index(list(index_of(read_report(str(REPORT)), [each.heading for each in file.sections])))
