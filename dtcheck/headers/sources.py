"""What stands around the rows of a form and speaks for them: its month, its unit, 累计 (design §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dtcheck.headers.classes import ColumnClass
from dtcheck.mentions import Told, flat, told_by, year_told
from dtcheck.patterns import regex
from dtcheck.periods import Period
from dtcheck.units import Unit, parse_unit

_UNIT_LINE = regex(r"(?:计量|金额|数量)?单位[:：](?P<units>[^()（）;；]{1,40})")
_BETWEEN = regex(r"[、，,/;；和及\s]+")
_PLAN = regex("计划(?![委局处科部生])")
# Of a month that stands beside them they speak as of results: 2024年6月重点任务.
_TASKS = regex("目标|任务|责任分解|责任书")
_RESULTS = regex(
    "完成|进[展度]|执行|实绩|实际|情况|落实|统计|[报填]数|[月季年快]报|通报|反馈|监测|推进|调度|台账|汇报"
)
# What some of these words are in; most titles have none.
_SAYS_OTHER = regex("预|计划|目标|任务|责任|[上去]年|[当单本]月|周")
_FORECAST = regex("预计|预测")
_LAST_YEAR = regex("(?<![比较与和及、])(?:上年|去年)(?!以来)")
_ONE_MONTH = regex("当月|单月|本周|周报")
_MONTH_SHEET = regex("(?:本月|当月|单月)(?:数|完成|完成数|情况|完成情况)?")
_CORRECTING = ("更正", "修订", "重报", "更新版")
# At the end of a name: 科技局（更正）, 2024-06修订2, 报数表_更新版.
_CORRECTION = regex(
    r"[-_ (（【\[]*(?:(?:更正|修订|重报)(?:版|稿|后|表)?|更新版)[0-9一二三]{0,2}[)）】\] ]*$"
)


class Source(NamedTuple):
    """Something that may tell the month of rows that don't: how it is called, and what it tells.

    ``year`` is the year that it names, with or without a month.
    """

    what: str
    told: Told
    year: int | None = None


class OtherFigures(NamedTuple):
    """What title or sheet say of a form's figures: ``what`` says so, of which ``kind`` they are, in words.

    ``are_all``: of all columns that don't say otherwise, also of those that say 完成.
    """

    what: str
    kind: ColumnClass
    words: str
    are_all: bool = False


class Surroundings(NamedTuple):
    """What is known of a form from outside its rows.

    ``near`` are the title and the sheet's name, ``outer`` the file's name and its folders, nearest
    first; ``line`` the units that a line 单位：… names. ``other`` is set where title or sheet say that the
    figures are not the year's results.
    """

    near: tuple[Source, ...]
    outer: tuple[Source, ...]
    line: tuple[Unit, ...]
    says_cumulative: bool
    other: OtherFigures | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources of a month, nearest first."""
        return (*self.near, *self.outer)

    @property
    def of_year(self) -> Source | None:
        """The nearest source that names a year: that of months beside which none stands."""
        return next((each for each in self.sources if each.year), None)

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
    *,
    has_column: bool = False,
) -> Surroundings:
    """Return what titles, the sheet's name and the path tell; ``headers`` may name the form's unit.

    ``has_column``: the rows have a column of months of their own.
    """
    titles = tuple(titles)
    years = {told for each in titles if (told := year_told(each, year))}
    titled = year if year in years else years.pop() if len(years) == 1 else None
    title = Source("标题", told_by("；".join(titles), titled or year), titled)
    named: list[Source] = []
    if sheet:
        own = year_told(sheet, year)
        named = [Source(f"工作表名“{sheet}”", told_by(sheet, own or year), own)]
    has_month = has_column or any(each.told.period for each in (title, *named))
    line: tuple[Unit, ...] = ()
    for text in (*titles, *headers):
        line = units_in_line(text) or line
    return Surroundings(
        (title, *named),
        tuple(path),
        line,
        any("累计" in each or "累积" in each for each in titles),
        _other_figures(titles, sheet or "", has_month=has_month),
    )


def _other_figures(titles: Iterable[str], sheet: str, *, has_month: bool) -> OtherFigures | None:
    """Return what title or sheet say that the figures are, where they aren't the year's results."""
    title = flat("；".join(titles))
    if not _SAYS_OTHER.search(title + flat(sheet)):
        return None
    both = ((f"工作表名“{sheet}”", flat(sheet)), ("标题", title))
    results = any(_RESULTS.search(text) for _, text in both)
    for what, text in both:
        if _FORECAST.search(text):
            return OtherFigures(what, ColumnClass.PLAN, "预计数", are_all=True)
        if _PLAN.search(text) and not results:
            return OtherFigures(what, ColumnClass.PLAN, "计划数")
        if _TASKS.search(text) and not results and not has_month:
            return OtherFigures(what, ColumnClass.PLAN, "计划数")
        if _LAST_YEAR.search(text) and not re.search("[本今当]年|[-与和及]今", text):
            return OtherFigures(what, ColumnClass.LAST_YEAR, "上年的数", are_all=True)
        if not re.search("累|1-|截[至止]", title + sheet) and (
            _ONE_MONTH.search(text) or (text == flat(sheet) and _MONTH_SHEET.fullmatch(text))
        ):
            return OtherFigures(what, ColumnClass.MONTH, "当月的数", are_all=True)
    return None


def units_in_line(text: str) -> tuple[Unit, ...]:
    """Return the units that ``单位：亿元、%`` names; none for a sender (单位：科技局)."""
    if "单位" not in text or not (found := _UNIT_LINE.search(flat(text))):
        return ()
    units = (parse_unit(each) for each in _BETWEEN.split(found["units"]))
    return tuple(unit for unit in units if unit)


def path_sources(file: str, year: int) -> tuple[Source, ...]:
    """Return what a file's name and its folders tell of the month, nearest first."""
    *folders, _ = _parts(file)
    parts = [
        ("文件名", stem_of(file)),
        *((f"文件夹名“{each}”", each) for each in reversed(folders)),
    ]
    # The whole year is reported in January of the next: that is when, not of what.
    years = [
        told if (told := year_told(text, year)) and told <= year else None for _, text in parts
    ]
    found = []
    for at, (what, text) in enumerate(parts):
        # A month without a year is of the next folder's: 2023年/6月.
        of_year = next((each for each in years[at:] if each), year)
        found.append(Source(what, told_by(text, of_year, last=True), years[at]))
        if at and found[-1].told.period:
            # Beyond the nearest that tells a month lies an archive's order, not the file's.
            break
    return tuple(each for each in found if each.told.period or each.told.unclear or each.year)


def is_correction(file: str, year: int) -> bool:
    """Whether the name of a file, or of one of its folders up to that of the month, says that it corrects."""
    *folders, _ = _parts(file)
    for part in (stem_of(file), *reversed(folders)):
        if _correcting(part):
            return True
        if part in folders and told_by(part, year, last=True).period:
            # Beyond lies an archive's order.
            break
    return False


def bureau_part(file: str) -> str:
    """Return the name of a file without its ending, and without a word that says it corrects."""
    stem = stem_of(file)
    said = _correcting(stem)
    return (stem[: said.start()] if said else stem) or stem


def _correcting(name: str) -> re.Match[str] | None:
    """Return the word at the end of a name that says it corrects."""
    return _CORRECTION.search(name) if any(word in name for word in _CORRECTING) else None


def stem_of(file: str) -> str:
    """Return the name of a file without its ending."""
    name = _parts(file)[-1]
    return name.rpartition(".")[0] or name


@lru_cache(maxsize=16)
def _parts(file: str) -> tuple[str, ...]:
    return tuple(filter(None, file.replace("\\", "/").split("/"))) or ("",)


def filed_month(sources: Iterable[Source]) -> Period | None:
    """Return the month that a file is filed under: its folder's, else its own."""
    known = [each for each in sources if each.told.period]
    folders = [each for each in known if each.what != "文件名"]
    return next((each.told.period for each in (*folders, *known)), None)
