"""Guesses at what a figure of a report is about: its phrase, a name, and how it behaves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dtcheck.drafting.lists import shared_name
from dtcheck.drafting.naming import name_figure
from dtcheck.drafting.phrases import STOPS, VERB, bare_name, clause_start, sentence_start
from dtcheck.targets.goal import Op
from dtcheck.targets.model import DECEMBER, Kind, Measure, Pace
from dtcheck.units import SHARE
from dtcheck.workreport.figures import Figure, chinese_number
from dtcheck.workreport.levels import after_change, change_in
from dtcheck.workreport.measures import measures_told
from dtcheck.workreport.reading import FigureReading
from dtcheck.workreport.report import ReportText
from dtcheck.workreport.words import MAYBE_STRIVING

LONGEST_PHRASE = 30
_LONGEST_LIST = 200
_CLOSING = re.compile(
    f"(?:及以上|以上|左右|上下|以内|之内|以下)?(?:(?!以及|为抓手|为重点)[^{STOPS}、和及与”)]){{0,12}}"
)
# 不折不扣完成中央、省……整改: a word in front promises for all that follows.
_WORD_FIRST = re.compile(f"[^{STOPS}0-9]{{0,26}}")
_LIST = re.compile(rf"(?:[、和及与][^{STOPS}]{{0,16}}?[0-9.]+[^{STOPS}、0-9]{{0,8}})+")
_GROWTH = re.compile("增长|增幅|增速|增加|上升|涨幅")
_FALL = re.compile("下降|降低|减少|压减|降幅")
_STOCK = re.compile("总数|总量|余额|保有量|存量|累计|总规模|总户数|总面积")
_MADE = re.compile(
    "(?:新建|改建|建成|新增|建设|完成|打造|创成|创建|培育|引进|引育|改造|提升|出新|开工|竣工|投产|投用|举办|开展|净增|争创|力争|"
    "认定|新签|签约|落地|招引|盘活|培训|发放|达|达到|超|超过|突破|实现|确保|以上|以内)$"
)
# 中心、实验室各20家
_EACH = re.compile("(?P<subjects>[^,。;:!?\n]{1,60}?)各(?:达到?|建成?)?$")
_DUE = re.compile(
    "(?<![0-9年])(?P<month>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月(?:底|末|份)?(?:以?前|之前)|上半年(?:前|内)?(?=[,完建实全力竣投确])"
)
# What is due by the year's end, or by a quarter's, whatever was said before.
_OTHER_DUE = re.compile("全年|年[底末]|(?<!半)年内|[一二三四]季度[末底]?(?:以?前|之前)")
# A clause that is nothing but a date: 6月底前,完成…….
_DATE_ALONE = re.compile(
    f"(?:确保|力争|争取|计划|在|于|到|今年|20[0-9]{{2}}年|每年)*(?:{_DUE.pattern}),"
)
_PERIODIC = re.compile("每|.*级$")
_PACED = {12: Pace.MONTHLY, 4: Pace.QUARTERLY}


@dataclass(frozen=True, slots=True)
class TargetGuess:
    """What the words around a figure suggest; ``names`` has one a promise, as far as read."""

    phrase: str
    names: tuple[str, ...]
    measure: Measure
    kind: Kind
    strive: bool
    pace: Pace
    due: int | None


def guess_target(
    report: ReportText,
    figure: Figure,
    reading: FigureReading,
    earlier: Figure | None,
    earlier_name: str = "",
) -> TargetGuess:
    """Read the words around a figure; ``earlier`` is the quantity before it, called ``earlier_name``."""
    text = report.text
    clause = clause_start(text, figure.start)
    start = _item_start(text, clause, figure, earlier)
    end = _end(text, figure, start)
    after = text[figure.end : end]
    measure = _measure(_words_before(text, clause, figure), reading, figure)
    # A level is what is reached, never what the work covers.
    counted = measure is not Measure.LEVEL
    scope = counted and _is_scope(_made_before(text, clause, start, figure), after, figure)
    pace = Pace.YEAR_END if scope or reading.op is Op.AT_MOST else Pace.LINEAR
    if figure.word and reading.value is not None and measure is Measure.FLOW:
        pace = _PACED.get(int(reading.value), pace)
    same = earlier is not None and earlier.start >= sentence_start(text, figure.start)
    name = name_figure(text, start, figure, measure, earlier_name if same else "")
    if (apart := text.find("分别", clause, figure.start)) >= 0:
        # The figures under 分别 share one phrase, so that all can be seen to be claimed.
        listed = _LIST.match(text, figure.end, figure.end + _LONGEST_LIST)
        start, end = clause, max(end, listed.end() if listed else end)
        between = after_change(text[apart + 2 : figure.start])
        # 城乡收入分别增长8%以上: one figure for both.
        several = range(figure.promises) if figure.promises > 1 else (None,)
        names = tuple(shared_name(text[clause:apart], between, nth) for nth in several)
    elif figure.promises > 1 and (each := _EACH.search(text, clause, figure.start)):
        start = clause
        names = _each(re.split("[、和与及]", bare_name(each["subjects"])))
    else:
        names = _names(name, figure)
    return TargetGuess(
        phrase=_phrase(text, start, end, figure),
        names=names,
        measure=measure,
        kind=Kind.IMPLIED if figure.word else Kind.SCOPE if scope else Kind.OUTCOME,
        strive=bool(MAYBE_STRIVING.search(text[clause : figure.start])),
        pace=pace,
        due=_due(text, clause, figure),
    )


def _due(text: str, clause: int, figure: Figure) -> int | None:
    """Return the month before whose end it has to be done: 6月底前, 上半年, none for the year's end."""
    before = text[max(0, clause - 20) : clause] if text[clause - 1 : clause] == "," else ""
    last = re.split(f"[{STOPS}]", before[:-1])[-1] + ","
    head = last if _DATE_ALONE.fullmatch(last) else ""
    words = head + text[clause : figure.start]
    found = list(_DUE.finditer(words))
    if not found or _OTHER_DUE.search(words, found[-1].end()):
        return None
    month = found[-1]["month"]
    value = (
        6 if month is None else int(month) if month.isdigit() else int(chinese_number(month) or 0)
    )
    return value if 1 <= value < DECEMBER else None


def _names(name: str, figure: Figure) -> tuple[str, ...]:
    """Return a name for each promise of a figure: 工业投资、技改投资均增长 are two."""
    if figure.promises == 1:
        return (name,)
    if "城乡" not in name and (shared := re.search("(?<![年人户平日月地])均", name)):
        subjects, rest = name[: shared.start()], name[shared.end() :]
        return tuple(f"{subject}{rest}" for subject in re.split("[、和与及]", subjects))
    if "城乡" in name:
        return (name.replace("城乡", "城镇"), name.replace("城乡", "农村"))
    return (name,) * figure.promises


def _each(subjects: list[str]) -> tuple[str, ...]:
    """Return a name for each of several subjects: what is done with the first is with all."""
    verb = VERB.match(subjects[0])
    return tuple(
        f"{verb[0] if verb and nth and not VERB.match(subject) else ''}{subject}"
        for nth, subject in enumerate(subjects)
    )


def _item_start(text: str, clause: int, figure: Figure, earlier: Figure | None) -> int:
    """Return where the figure's own item of a list starts: after the 、 behind the last figure."""
    if earlier is None or earlier.end <= clause:
        return clause
    mark = re.compile("[、和及与]").search(text, earlier.end, figure.start)
    return mark.end() if mark else earlier.end


def _end(text: str, figure: Figure, start: int) -> int:
    first = figure.word is not None and figure.promises == 1 and figure.start == start
    match = (_WORD_FIRST if first and not _PERIODIC.match(figure.text) else _CLOSING).match(
        text, figure.end
    )
    return match.end() if match else figure.end


def _phrase(text: str, start: int, end: int, figure: Figure) -> str:
    """Return at most 30 characters that hold the figure and its operator."""
    end = min(end, max(figure.end, start + LONGEST_PHRASE))
    if end - start > LONGEST_PHRASE:
        end = min(end, figure.end + 2)
        start = max(start, end - LONGEST_PHRASE)
    return text[start:end].strip()


def _words_before(text: str, clause: int, figure: Figure) -> str:
    """Return what is said of a figure: of a list under 分别, before all of it, as one item."""
    words = text[clause : figure.start]
    apart = words.find("分别")
    if apart < 0:
        return words
    if raised := change_in(words[apart:]):
        return words[:apart].replace("、", "和") + raised
    first = re.search("[0-9]", words[apart:])
    return words[: apart + first.start()].replace("、", "和") if first else words


def _measure(before: str, reading: FigureReading, figure: Figure) -> Measure:
    share = reading.unit is not None and reading.unit.dimension == SHARE
    if figure.word is not None:
        usual = Measure.RATE if reading.op is Op.ASSIGNED else Measure.FLOW
        return figure.word.measure or usual
    item = re.split("[、]", before)[-1]
    told = measures_told(item, reading.unit) if reading.unit else {}
    if len(told) == 1:
        return next(iter(told))
    if share:
        grows = _GROWTH.search(before) or _FALL.search(before) or "百分点" in figure.text
        return Measure.RATE if grows else Measure.LEVEL
    return Measure.LEVEL if _STOCK.search(item) else Measure.FLOW


def _made_before(text: str, clause: int, start: int, figure: Figure) -> str:
    """Return the words before a figure; of a list's later items (新建5家、3家…) those of its first."""
    before = text[start : figure.start]
    if before or start == clause:
        return before
    first = re.compile("[0-9]").search(text, clause, figure.start)
    return text[clause : first.start()] if first else before


def _is_scope(before: str, after: str, figure: Figure) -> bool:
    """Whether the figure says how many things the work covers: 抓实5个列省项目, 对204个项目."""
    if figure.word is not None or not re.match("[一-龥]", after) or not figure.digits:
        return False
    if re.match("安排|考虑|掌握|的?预期|的?目标", after):
        return False
    return not re.match("(?:及以上|以上|左右|上下|以内|之内|以下)", after) and not _MADE.search(
        before
    )
