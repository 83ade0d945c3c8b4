"""Forms as offices make them, drawn as text, and what a reader should get from each of them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from books import write_book

# Each form is written as a clerk's Excel would save it, and as the workbook itself.
KINDS = ("gbk", "xlsx")
ALL_KINDS = ("utf-8", "gbk", "tab", "xlsx")

# What a finding must be: its rule (None for any), its row (None for any), words that it says.
Expected = tuple[Any, ...]


@dataclass(frozen=True)
class Form:
    """One form and what is right.

    ``text`` is the table as comma separated lines, or sheets by name. ``figures`` are the values
    judged, by code, in the goal's unit; every other target must have none. ``month`` is the month
    that all of them are for. ``errors`` and ``warnings`` are complete, ``infos`` are not.
    """

    text: str | Mapping[str, str]
    figures: Mapping[str, float] = field(default_factory=dict)
    month: int | None = 6
    name: str = "报数表"
    merged: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    errors: tuple[Expected, ...] = ()
    warnings: tuple[Expected, ...] = ()
    infos: tuple[Expected, ...] = ()
    code: int = 0


def rows(text: str) -> list[list[str]]:
    """Return the cells of comma separated lines; a blank line is a blank row."""
    return list(csv.reader(io.StringIO(text.strip("\n") + "\n")))


def in_excel(cell: str) -> Any:
    """Return what Excel makes of a typed cell: a number, a share, else the text."""
    if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", cell):
        return float(cell) if "." in cell else int(cell)
    if re.fullmatch(r"-?\d+(\.\d+)?%", cell):
        shown = "0%" if "." not in cell else "0." + "0" * len(cell.split(".")[1][:-1]) + "%"
        return round(float(cell[:-1]) / 100, 10), shown
    return cell or None


def save(folder: Path, name: str, form: Form, kind: str) -> str:
    """Write ``form`` under ``name`` and the suffix of ``kind``; return the name with it."""
    name += {"xlsx": ".xlsx", "tab": ".txt"}.get(kind, ".csv")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    sheets = {"Sheet1": form.text} if isinstance(form.text, str) else form.text
    if kind == "xlsx":
        cells = {
            title: [[in_excel(cell) for cell in row] for row in rows(text)]
            for title, text in sheets.items()
        }
        book = write_book(path, cells, merged=form.merged)
        for title in form.hidden:
            book[title].sheet_state = "hidden"
        book.save(path)
        return name
    (text,) = sheets.values()
    written = io.StringIO()
    mark = "\t" if kind == "tab" else ","
    csv.writer(written, delimiter=mark, lineterminator="\r\n").writerows(rows(text))
    path.write_bytes(
        {
            "utf-8": codecs.BOM_UTF8 + written.getvalue().encode("utf-8"),
            "gbk": written.getvalue().encode("gb18030"),
            "tab": codecs.BOM_UTF16_LE + written.getvalue().encode("utf-16-le"),
        }[kind]
    )
    return name


def words(finding: Mapping[str, Any]) -> str:
    """Return all that a finding says, in one string."""
    return " ".join(str(finding[key] or "") for key in ("message", "hint", "column", "file"))


def rows_of(finding: Mapping[str, Any]) -> list[int | None]:
    """Return the rows of all places that a finding names."""
    return [each["row"] for each in finding["places"]]


def matches(finding: Mapping[str, Any], expected: Expected) -> bool:
    rule, row, *said = expected
    return (
        rule in (None, finding["rule"])
        and row in (None, *rows_of(finding))
        and all(each in words(finding) for each in said)
    )


def of_level(document: Any, level: str) -> list[Any]:
    return [each for each in document["findings"] if each["level"] == level]


def used(document: Any) -> dict[str, Any]:
    """Return the figures that were judged or shown, by code."""
    return {each["code"]: each["actual"]["value"] for each in document["results"] if each["actual"]}


def _brief(found: Iterable[Any]) -> list[tuple[Any, ...]]:
    return [(each["rule"], each["row"], each["column"], each["message"]) for each in found]


def check(document: Any, form: Form) -> None:
    """Hold a JSON report against what is right for ``form``."""
    assert used(document) == dict(form.figures)
    if form.month is not None and form.figures:
        months = {each["actual"]["period"] for each in document["results"] if each["actual"]}
        assert months == {f"2024-{form.month:02d}"}
    for level, wanted in (("error", form.errors), ("warning", form.warnings)):
        found = of_level(document, level)
        for each in wanted:
            assert any(matches(one, each) for one in found), (level, each, _brief(found))
        others = [one for one in found if not any(matches(one, each) for each in wanted)]
        assert _brief(others) == []
    for each in form.infos:
        found = of_level(document, "info")
        assert any(matches(one, each) for one in found), ("info", each, _brief(found))
    assert document["exit_code"] == form.code
