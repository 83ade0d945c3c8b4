"""What stands around the rows of a form and speaks for them: its month, its unit, 累计 (design §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dtcheck.mentions import Told, flat, told_by
from dtcheck.periods import Period
from dtcheck.units import Unit, parse_unit

_UNIT_LINE = re.compile(r"(?:计量|金额|数量)?单位[:：](?P<units>[^()（）;；]{1,40})")
_BETWEEN = re.compile(r"[、，,/;；和及\s]+")
_CUMULATIVE = re.compile("累计|累积")


class Source(NamedTuple):
    """Something that may tell the month of rows that don't: how it is called, and what it tells."""

    what: str
    told: Told


class Surroundings(NamedTuple):
    """What is known of a form from outside its rows.

    ``near`` are the title and the sheet's name, ``outer`` the file's name and its folders, nearest
    first; ``line`` the units that a line 单位：… names.
    """

    near: tuple[Source, ...]
    outer: tuple[Source, ...]
    line: tuple[Unit, ...]
    says_cumulative: bool

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources of a month, nearest first."""
        return (*self.near, *self.outer)

    @property
    def differ(self) -> tuple[Source, ...]:
        """Title and sheet, where they tell different months."""
        told = [each for each in self.near if each.told.period]
        return tuple(told) if len({each.told.period for each in told}) > 1 else ()


def surroundings(
    titles: Iterable[str],
    headers: Iterable[str],
    sheet: str | None,
    path: Iterable[Source],
    year: int,
) -> Surroundings:
    """Return what titles, the sheet's name and the path tell; ``headers`` may name the form's unit."""
    titles = tuple(titles)
    title = Source("标题", told_by("；".join(titles), year))
    named = [Source(f"工作表名“{sheet}”", told_by(sheet, year))] if sheet else []
    line: tuple[Unit, ...] = ()
    for text in (*titles, *headers):
        line = units_in_line(text) or line
    return Surroundings(
        (title, *named), tuple(path), line, any(_CUMULATIVE.search(each) for each in titles)
    )


def units_in_line(text: str) -> tuple[Unit, ...]:
    """Return the units that ``单位：亿元、%`` names; none for a sender (单位：科技局)."""
    found = _UNIT_LINE.search(flat(text) if "单位" in text else "")
    if not found:
        return ()
    units = (parse_unit(each) for each in _BETWEEN.split(found["units"]))
    return tuple(unit for unit in units if unit)


def path_sources(file: str, year: int) -> tuple[Source, ...]:
    """Return what a file's name and its folders tell of the month, nearest first."""
    *folders, name = [part for part in re.split(r"[/\\]", file) if part] or [""]
    stem = name.rpartition(".")[0] or name
    found = [Source("文件名", told_by(stem, year, last=True))]
    for folder in reversed(folders):
        found.append(Source(f"文件夹名“{folder}”", told_by(folder, year, last=True)))
        if found[-1].told.period:
            # Beyond the nearest that tells a month lies an archive's order, not the file's.
            break
    return tuple(each for each in found if each.told.period or each.told.unclear)


def filed_month(sources: Iterable[Source]) -> Period | None:
    """Return the month that a file is filed under: its folder's, else its own."""
    known = [each for each in sources if each.told.period]
    folders = [each for each in known if each.what != "文件名"]
    return next((each.told.period for each in (*folders, *known)), None)
