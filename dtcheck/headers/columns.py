"""Recognising the header of a form: which column holds what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dtcheck.headers.classes import (
    USUAL,
    ColumnClass,
    class_of,
    counted_in,
    counts_falls,
    is_at_the_end,
    is_change,
    is_change_amount,
    is_change_share,
    is_growth_column,
    is_kind_column,
    is_of_the_year,
    is_since_new_year,
)
from dtcheck.headers.fields import (
    BRACKETS,
    MAYBE_GOALS,
    PASSED_OVER,
    STAND_INS,
    YEARS,
    Field,
    bare,
    field_named,
)
from dtcheck.headers.form import Column, FigureColumn, Form
from dtcheck.mentions import flat, mentions
from dtcheck.patterns import regex
from dtcheck.periods import Period
from dtcheck.units import PERCENT, Unit, parse_unit, plain

# So many columns may hold something that is known; a form has a dozen.
_MOST_COLUMNS = 200
_LONGEST_HEADER = 100
# Forms of a run that are worth remembering: bureaus have a handful of kinds.
_MOST_FORMS = 500
# In brackets that tell how to fill in the column, not in what unit.
_INSTRUCTION = regex("[填数计期年月季口含值市报选必文注止比增累]|^$")
_BETWEEN = regex("[,、;]")
# In brackets that tell what is counted: 不含上年结转. 含上年结转 is no mere scope: it is not this year alone.
_SCOPE = regex(
    "(?:不|未)(?:包?含|包括|计入|计)|(?:包?含|包括|计入)(?!.*(?:[上去前往历]年|结转|跨年))"
)
_YEAR = regex(r"((?:19|20)[0-9]{2})年度?")
_UP_TO = regex("截[至止]到?$")
_SPAN = regex("-[0-9]{1,2}月|上半年|前")
# Beside a column of figures, one of sentences.
_SENTENCES = frozenset(("完成情况", "进展情况", "工作进展", "进度情况"))

# Beside columns of single months.
_TOTALS = frozenset("合计 总计 本年合计 全年合计 年度合计 合计数".split())

Parts = tuple[str, ...]
_OF_A_MONTH = (ColumnClass.LONE_MONTH, ColumnClass.CUMULATIVE)


class HeaderReader:
    """Recognises headers for a year; ``renamed`` maps a form's own header, or a letter, to a field.

    A column that the user named wins over one that only looks like the same field. A header met
    before in the run is not worked out again.
    """

    def __init__(self, year: int, renamed: Mapping[str, Field] | None = None) -> None:
        self._year = year
        self._renamed = {_joined_bare(name): field for name, field in (renamed or {}).items()}
        self._known: dict[tuple[tuple[str, ...], ...], Form] = {}

    def score(self, cells: tuple[str, ...]) -> int:
        """Return how many different fields the cells name; a header names two at least."""
        return self.read((cells,)).score if has_two(cells) else 0

    def read(self, rows: tuple[tuple[str, ...], ...]) -> Form:
        """Return the form whose header ``rows`` are."""
        form = self._known.get(rows)
        if form is None:
            form = self._read(rows)
            # Titles are looked at several times a file, but none comes again in the next.
            if len(self._known) >= _MOST_FORMS:
                self._known = {rows: each for rows, each in self._known.items() if each.score > 1}
            if len(self._known) < _MOST_FORMS:
                self._known[rows] = form
        return form

    def names_something(self, text: str) -> bool:
        """Whether a cell of a header's row says what a column of figures holds, or names a field."""
        part = _Part(text, self._year)
        return bool(
            field_named(text)
            or bare(text) in PASSED_OVER
            or (part.words in ("", "1-月") and (part.unit or part.period))
            or class_of(part.words)
        )

    def _read(self, rows: tuple[tuple[str, ...], ...]) -> Form:
        form = _FormReading(joined(rows), self._year, self._renamed).form()
        beyond = tuple(_beyond(rows)) if form.score > 1 else ()
        if not beyond:
            return form
        width = max(at for at, _ in beyond) + 1
        return replace(form, unknown=form.unknown + beyond, width=width)


def has_two(cells: Iterable[str]) -> bool:
    """Whether two cells at least hold something."""
    filled = (True for cell in cells if cell and not cell.isspace())
    return next(filled, False) and next(filled, False)


def joined(rows: Sequence[tuple[str, ...]]) -> tuple[Parts, ...]:
    """Return the parts of each column's header, from the top; a group's words hold for all below it.

    A cell that is blank takes the group at its left, as merged cells leave it, where both have
    something of their own below.
    """
    width = min(max(map(len, rows), default=0), _MOST_COLUMNS)
    filled = [[_at(row, at) for at in range(width)] for row in rows]
    for level, row in enumerate(filled[:-1]):
        below = filled[level + 1 :]
        for at in range(1, width):
            if not row[at] and row[at - 1] and all(any(r[i] for r in below) for i in (at - 1, at)):
                row[at] = row[at - 1]
    return tuple(
        tuple(dict.fromkeys(text for row in filled if (text := row[at]))) for at in range(width)
    )


def _beyond(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Yield the headers beyond the columns that are looked at, with where they stand."""
    for row in rows:
        for at, cell in enumerate(row[_MOST_COLUMNS:], _MOST_COLUMNS):
            if cell.strip():
                yield at, cell.strip()


class _Part:
    """One row of a column's header: its words without unit and period, and these."""

    def __init__(self, text: str, year: int) -> None:
        written = flat(text) if len(text) <= _LONGEST_HEADER else ""
        self._year = year
        self.unit: Unit | None = None
        self.unknown_unit = ""
        inside = [self._bracket(each) for each in BRACKETS.findall(written)]
        words = BRACKETS.sub("", written)
        if not self.unit and (unit := parse_unit(words)):
            self.unit, words = unit, ""
        words += "".join(inside)
        self.period: Period | None = None
        self.is_cumulative = False
        self.is_lone = False
        for mention in mentions(words, year)[:1]:
            before = words[: mention.start]
            up_to = _UP_TO.sub("", before)
            self.period = mention.period
            self.is_cumulative = mention.cumulative or up_to != before
            self.is_lone = not before and not _SPAN.search(words[: mention.end])
            words = up_to + ("1-月" if self.is_cumulative else "") + words[mention.end :]
        if len(words) == 4 and words.isdecimal() and words.isascii() and words[:2] in ("19", "20"):
            words += "年"
        self.words = (
            _YEAR.sub(lambda found: _year_word(int(found[1]), year), words).strip(":*").lower()
        )

    def _bracket(self, inside: str) -> str:
        """Take in a bracket; return what it says of the column (万元，累计数: 累计数)."""
        pieces = [each.removeprefix("单位").lstrip(":") for each in _BETWEEN.split(inside)]
        units = [unit for each in pieces if (unit := parse_unit(each))]
        others = [each for each in pieces if not parse_unit(each)]
        if len(units) > 1 or not all(map(_is_instruction, others)):
            self.unknown_unit = self.unknown_unit or inside
            return ""
        self.unit = self.unit or next(iter(units), None)
        said = (each.removeprefix("请").removeprefix("填") for each in others)
        return "".join(each for each in said if not _SCOPE.match(each) and self._tells(each))

    def _tells(self, said: str) -> bool:
        """Whether a bracket says what the column holds: 累计数, 1-6月, 2023年; 必填 does not."""
        return bool(class_of(said) or mentions(said, self._year) or _YEAR.search(said))


def _is_instruction(said: str) -> bool:
    """Whether a piece of a bracket is no unit that ought to be known (元/月 is one)."""
    tells = _INSTRUCTION.search(said) or class_of(said)
    return bool(tells) and not any(map(parse_unit, said.split("/")))


def _figure_words(parts: Sequence[_Part]) -> str:
    """Return the words of a header; of a group only those that say what figures it holds (全市 doesn't)."""
    *groups, last = parts
    said = [part.words for part in groups if part.words and class_of(part.words) is not None]
    return "/".join([*said, last.words] if last.words else said)


def _year_word(written: int, year: int) -> str:
    return "本年" if written == year else "上年" if written < year else "计划"


class _FormReading:
    """One header, column by column."""

    def __init__(self, headers: tuple[Parts, ...], year: int, renamed: Mapping[str, Field]) -> None:
        self._headers = headers
        self._year = year
        self._renamed = renamed
        self._columns: dict[Field, Column] = {}
        self._twins: list[tuple[Column, Column]] = []
        self._notes: list[Column] = []
        self._figures: list[FigureColumn] = []
        self._unknown: list[tuple[int, str]] = []
        self._kinds: list[int] = []
        self._years: list[int] = []
        self._unnamed: list[int] = []
        self._stand_ins = dict(self._standing_in())

    def _standing_in(self) -> Iterator[tuple[int, Field]]:
        """Yield the column that holds names, or months, where none is called so."""
        named = {field for parts in self._headers if parts and (field := self._usual(parts))}
        named.update(self._renamed.values())
        for field, heads in STAND_INS.items():
            if field in named:
                continue
            there = {bare(parts[-1]): at for at, parts in enumerate(self._headers) if parts}
            has_code = field is Field.NAME and Field.CODE in named
            for head in heads:
                if head in there and not (has_code and head in MAYBE_GOALS):
                    yield there[head], field
                    break

    def form(self) -> Form:
        for index, parts in enumerate(self._headers):
            if parts:
                self._column(index, parts)
            else:
                # 计划 and 完成 may stand in a column that has no name.
                self._unnamed.append(index)
        self._add_total()
        chosen = [column for column in self._figures if column.is_chosen]
        self._move_sentences()
        return Form(
            columns=self._columns,
            figures=tuple(chosen or self._with_owners()),
            notes=tuple(self._notes),
            kinds=tuple(self._kinds),
            unnamed=tuple(self._unnamed),
            years=tuple(self._years),
            twins=tuple(self._twins),
            unknown=tuple(self._unknown),
            found=tuple("/".join(parts) for parts in self._headers if parts),
            said=tuple("".join(parts) for parts in self._headers if parts),
            is_guess=self._is_guess(),
            width=max((at for at, parts in enumerate(self._headers, 1) if parts), default=0),
        )

    def _is_guess(self) -> bool:
        """Whether nothing but a head like 项目 says that a column holds names."""
        name = self._columns.get(Field.NAME)
        return (
            name is not None
            and self._stand_ins.get(name.index) is Field.NAME
            and "指标" not in name.header
            and Field.CODE not in self._columns
        )

    def _add_total(self) -> None:
        """合计 beside single months is what they add up to."""
        months = [each for each in self._figures if each.is_lone and each.period]
        years = any(
            each.kind is ColumnClass.CUMULATIVE and not each.is_lone for each in self._figures
        )
        totals = [each for each in self._unknown if bare(each[1]) in _TOTALS]
        if len(months) > 1 and len(totals) == 1 and not years:
            ((index, header),) = totals
            self._unknown.remove(totals[0])
            column = self._figure(index, (header,), ColumnClass.CUMULATIVE)
            self._figures.append(replace(column, is_total=True))
            self._figures.sort(key=lambda each: each.index)

    def _column(self, index: int, parts: Parts) -> None:
        header = "/".join(parts)
        chosen = self._chosen(index, parts)
        if chosen is Field.ACTUAL:
            self._figures.append(self._figure(index, parts, ColumnClass.CUMULATIVE, is_chosen=True))
            return
        field = chosen or self._stand_ins.get(index) or self._field(parts)
        if field not in (None, Field.ACTUAL):
            self._add(Column(index, header, field, _Part(header, self._year).unit, bool(chosen)))
        elif bare(parts[-1]) in YEARS:
            self._years.append(index)
        elif is_kind_column(bare(parts[-1])) or (bare(parts[-1]) == "项目" and self._has_names()):
            self._kinds.append(index)
        elif (kind := self._kind(parts)) is not None:
            self._figures.append(self._figure(index, parts, kind))
        elif not any(bare(part) in PASSED_OVER for part in parts):
            self._unknown.append((index, header))

    def _has_names(self) -> bool:
        """Whether a column of names stands somewhere, so that 项目 is none."""
        fields = (field_named("".join(parts)) for parts in self._headers if parts)
        return Field.NAME in fields

    def _chosen(self, index: int, parts: Parts) -> Field | None:
        """Return the field that the user gave to a column, by its joined header, a row of it, or its letter."""
        from dtcheck.tables.table import column_letters

        if not self._renamed:
            return None
        names = (
            "/".join(map(bare, parts)),
            *map(bare, reversed(parts)),
            column_letters(index).lower(),
        )
        return next((self._renamed[name] for name in names if name in self._renamed), None)

    def _field(self, parts: Parts) -> Field | None:
        """Return the field that a header names in full, or in the row next to its figures."""
        return self._usual(parts) or (
            field_named(parts[0]) if len(parts) > 1 and not self._kind(parts) else None
        )

    def _usual(self, parts: Parts) -> Field | None:
        return field_named("".join(parts)) or field_named(parts[-1])

    def _add(self, column: Column) -> None:
        if column.field in (Field.NOTE, Field.MEASURES):
            self._notes.append(column)
            return
        other = self._columns.get(column.field)
        if other is None:
            self._columns[column.field] = column
        elif other.is_chosen == column.is_chosen:
            self._twins.append((other, column))
        else:
            kept, left = (other, column) if other.is_chosen else (column, other)
            self._columns[column.field] = kept
            self._unknown.append((left.index, left.header))

    def _kind(self, parts: Parts) -> ColumnClass | None:
        read = [_Part(part, self._year) for part in parts]
        words = _figure_words(read)
        periods = [part for part in read if part.period]
        if any(part.period.year != self._year for part in periods if part.period):
            return ColumnClass.LAST_YEAR
        kind = class_of(words) if words else None
        if periods and (kind in (None, ColumnClass.PLAIN)) and (not words or kind):
            # A lone 6月 may be June's own figure; what goes before says 1-6月.
            cumulative = any(part.is_cumulative for part in periods)
            return ColumnClass.CUMULATIVE if cumulative else ColumnClass.LONE_MONTH
        return kind

    def _figure(
        self, index: int, parts: Parts, kind: ColumnClass, *, is_chosen: bool = False
    ) -> FigureColumn:
        if parts[0] in USUAL and len(parts) == 1:
            return FigureColumn(index, parts[0], kind, is_chosen=is_chosen)
        read = [_Part(part, self._year) for part in parts]
        words = "/".join(part.words for part in read)
        unit = next((part.unit for part in reversed(read) if part.unit), None)
        unknown = next((part.unknown_unit for part in reversed(read) if part.unknown_unit), "")
        return FigureColumn(
            index,
            "/".join(parts),
            kind,
            "/".join(parts[:-1]),
            next((part.period for part in reversed(read) if part.period), None),
            unit,
            "" if unit else unknown,
            counted_in(words),
            counts_falls(words),
            is_of_the_year(words),
            is_at_the_end(words),
            is_lone=kind in _OF_A_MONTH and any(part.is_lone for part in read),
            may_be_words=bare(parts[-1]) in _SENTENCES,
            is_difference=is_change_amount(words),
            is_percent=unit is PERCENT or is_change_share(words),
            is_change=kind is ColumnClass.GROWTH and unit is not PERCENT and is_change(words),
            is_since_new_year=is_since_new_year(words),
            is_chosen=is_chosen,
        )

    def _move_sentences(self) -> None:
        """完成情况 beside another column of results holds sentences."""
        results = [
            each
            for each in self._figures
            if each.kind.is_ours and each.kind is not ColumnClass.GROWTH
        ]
        for column in results:
            others = any(
                each is not column and each.kind is not ColumnClass.MONTH for each in results
            )
            if bare(column.header) in _SENTENCES and others and not column.is_chosen:
                self._figures.remove(column)
                self._notes.append(Column(column.index, column.header, Field.NOTE))

    def _with_owners(self) -> Iterable[FigureColumn]:
        """Give each growth the column it belongs to: the nearest of this year at its left, in its group first."""
        for column in self._figures:
            if column.kind is not ColumnClass.GROWTH:
                yield column
                continue
            before = [
                each
                for each in self._figures
                if each.index < column.index
                and each.kind.is_ours
                and not is_growth_column(each.header)
            ]
            if "累计" in column.header:
                before = [each for each in before if each.kind is ColumnClass.CUMULATIVE]
            own = [each for each in before if column.group and each.group == column.group]
            owner = (own or before)[-1] if own or before else None
            period = column.period or (owner.period if owner else None)
            yield replace(column, owner=owner.index if owner else None, period=period)


def _joined_bare(name: str) -> str:
    return "/".join(bare(part) for part in plain(name).split("/"))


def _at(cells: tuple[str, ...], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""
