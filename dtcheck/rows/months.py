"""Which month a figure is of: its row's, its column's, or that of what stands around (design §4)."""

from __future__ import annotations

from typing import NamedTuple

from dtcheck.cells.available import is_available
from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.fields import Field
from dtcheck.headers.sources import Source, Surroundings
from dtcheck.mentions import Told
from dtcheck.periods import Period, PeriodError, may_be_october, parse_period
from dtcheck.rules.plausibility import MAYBE_OCTOBER, NO_PERIOD
from dtcheck.rules.rows import AHEAD_OF_FOLDER, BAD_PERIOD, OTHER_YEAR

_MOST_REMEMBERED = 2000


class Dated(NamedTuple):
    """The month of a figure, None where it can't be told, and what is to be said of it.

    ``source`` tells it where the row doesn't. ``late_for`` is a later month that title, file
    or folder name (``is_of_folder``). ``is_assumed``: nothing names one. ``replaces`` is false where only the title or the
    sheet says that a file is of an earlier month: last month's form, perhaps, with new figures.
    """

    period: Period | None
    remarks: tuple[Remark, ...] = ()
    source: Source | None = None
    late_for: Period | None = None
    is_of_folder: bool = False
    is_assumed: bool = False
    replaces: bool = True


class Dating:
    """Dates the figures of one form.

    ``has_column``: the form has a column of periods. ``table`` is the only period that its rows name,
    once all of them are known.
    """

    def __init__(
        self, year: int, around: Surroundings, as_of: Period | None, *, has_column: bool
    ) -> None:
        self._year = year
        self._around = around
        named = around.of_year
        # A month beside which no year stands is of the year that the title or the folder names.
        self._other_year = named if named and named.year != year else None
        self._usual_year = named.year if named and named.year else year
        self._as_of = as_of
        self._has_column = has_column
        self.table: Source | None = None
        self.column_is_empty = False
        self.column_differs = False
        self._known: dict[tuple[str, Period | None, bool], Dated] = {}

    def date(self, written: str, header: Period | None, *, is_wide: bool) -> Dated:
        """Return the month of a figure; ``header`` is its column's, one of several where ``is_wide``."""
        key = (written, header, is_wide)
        dated = self._known.get(key)
        if dated is None:
            dated = self._date(written, header, is_wide)
            if len(self._known) < _MOST_REMEMBERED:
                self._known[key] = dated
        return dated

    def of_total(self, written: str, counted: Period, last: Period) -> Dated:
        """Return the month of a total of single months, the newest with a figure: ``last``, but for 0 ``counted``.

        What the row or the form's surroundings say decides which of the zeros are figures.
        """
        told = self._date(written, None, is_wide=False)
        if told.period is None and told.remarks:
            return told
        said = last if told.is_assumed or told.period is None else told.period
        if said.year == counted.year and said < counted:
            message = f"合计里有 {counted.month} 月的数，期间却是 {said}，没有使用"
            hint = f"期间改为 {counted}，或只填到 {said.month} 月"
            return Dated(None, (Remark(AHEAD_OF_FOLDER, message, hint, Field.PERIOD),))
        # December's 0 beside June's 10 is a formula's.
        period = counted if last.month == 12 and told.is_assumed else min(said, last)
        source = Source("有数的最后一个月", Told(period))
        return self._held(period, source, [], self._around.sources)

    def forget(self) -> None:
        """Work out all months anew: more is known of the table."""
        self._known.clear()

    def _date(self, written: str, header: Period | None, is_wide: bool) -> Dated:
        if is_wide and header:
            return self._held(header, None, [], self._around.sources)
        column = [Source("表头", Told(header))] if header else []
        if is_available(written):
            return self._of_row(written, (*column, *self._around.sources))
        if self.table and self.table.told.period:
            return self._held(self.table.told.period, self.table, [], self._around.sources)
        if not column and self._around.differ:
            return self._differing()
        sources = [*column, *self._around.sources]
        for at, source in enumerate(sources):
            if source.told.period:
                return self._held(source.told.period, source, [], sources[at + 1 :])
        return self._without(sources)

    def _of_row(self, written: str, outer: tuple[Source, ...]) -> Dated:
        try:
            period = parse_period(written, self._usual_year)
        except PeriodError as error:
            remark = Remark(BAD_PERIOD, f"期间“{shorten(written)}”看不懂", str(error), Field.PERIOD)
            return Dated(None, (remark,))
        remarks = []
        if may_be_october(written):
            year = self._year
            hint = f"写成 {year}-01 或 {year}-10；在 Excel 中先把这一列设为文本格式"
            message = f"期间“{shorten(written)}”按 1 月采用，也可能是丢了 0 的 10 月"
            remarks.append(Remark(MAYBE_OCTOBER, message, hint, Field.PERIOD))
        return self._held(period, None, remarks, outer)

    def _held(
        self,
        period: Period,
        source: Source | None,
        remarks: list[Remark],
        outer: tuple[Source, ...] | list[Source],
    ) -> Dated:
        """Hold a month against the year and what lies further out: later can't be, earlier is late."""
        if period.year != self._year:
            message = f"期间 {period} 不在 {self._year} 年之内"
            hint = f"目标文件是 {self._year} 年的，核对期间"
            return Dated(None, (*remarks, Remark(OTHER_YEAR, message, hint, Field.PERIOD)), source)
        told = [(each.what, each.told.period) for each in outer if each.told.period]
        if ahead := next(((what, other) for what, other in told if period > other), None):
            what, other = ahead
            message = f"期间 {period} 晚于{what}中的 {other}，没有使用"
            hint = f"期间填错的改为 {other}；文件放错的移到 {period} 的文件夹"
            return Dated(
                None, (*remarks, Remark(AHEAD_OF_FOLDER, message, hint, Field.PERIOD)), source
            )
        late = {what: other for what, other in told if other > period}
        folder = next((what for what in late if what.startswith("文件夹")), None)
        path = any(each.what in late for each in self._around.outer)
        stale = path and source is not None and source in self._around.near
        return Dated(
            period,
            tuple(remarks),
            source,
            late[folder] if folder else max(late.values(), default=None),
            is_of_folder=folder is not None,
            replaces=not stale,
        )

    def _differing(self) -> Dated:
        one, other = self._around.differ[:2]
        message = f"{one.what}说的是 {one.told.period}，{other.what}说的是 {other.told.period}，不知道是哪个月"
        remark = Remark(BAD_PERIOD, message, "改成一致，或者加“期间”列", Field.PERIOD)
        return Dated(None, (remark,))

    def _without(self, sources: list[Source]) -> Dated:
        """Return the month where nothing names one that is understood."""
        if self._other_year:
            what, _, other = self._other_year
            message = f"{what}说的是 {other} 年，不是 {self._year} 年"
            hint = f"确是 {self._year} 年的，改正{what}，或者加“期间”列"
            return Dated(None, (Remark(OTHER_YEAR, message, hint, Field.PERIOD),))
        if self._as_of:
            return Dated(self._as_of)
        year = self._year
        unclear = next((each for each in sources if each.told.unclear), None)
        if unclear:
            message = f"{unclear.what}里的“{shorten(unclear.told.unclear, 20)}”看不懂是哪个月"
            hint = f"写成 {year}年1-6月 这样的期间，或加 --as-of {year}-06"
            return Dated(None, (Remark(BAD_PERIOD, message, hint, Field.PERIOD),))
        add = "补上这一行的期间" if self._has_column else "加“期间”列"
        hint = f"{add}，或加 --as-of {year}-06 这样的选项"
        if self.column_is_empty:
            message = "“期间”列全是空的，别处也没有写期间"
            hint = (
                f"在“期间”列写明报到哪个月，如 {year}年1-6月（都是同一个月的，写一行就行），"
                f"或加 --as-of {year}-06 这样的选项"
            )
            return Dated(None, (Remark(BAD_PERIOD, message, hint, Field.PERIOD),))
        if self.column_differs:
            message = "这一行没有写期间，别的行写着不止一个月份"
            return Dated(None, (Remark(BAD_PERIOD, message, hint, Field.PERIOD),))
        remark = Remark(NO_PERIOD, "没有写期间，按全年的数计", hint, Field.PERIOD)
        return Dated(Period(year, 12), (remark,), is_assumed=True)
