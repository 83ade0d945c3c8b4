"""Guesses at what a figure of a report is about: its phrase, a name, and how it behaves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dtcheck.targets.goal import Op
from dtcheck.targets.model import DECEMBER, Kind, Measure, Pace
from dtcheck.units import SHARE
from dtcheck.workreport.figures import Figure, chinese_number
from dtcheck.workreport.measures import measures_told
from dtcheck.workreport.reading import FigureReading
from dtcheck.workreport.report import ReportText
from dtcheck.workreport.words import MAYBE_STRIVING

LONGEST_PHRASE = 30
_LONGEST_CLAUSE = 200
_LONGEST_LIST = 200
_LONGEST_NAME = 24
_SHORT = 2
_STOPS = ",。;:!?\n"
_CLOSING = re.compile(
    f"(?:及以上|以上|左右|上下|以内|之内|以下)?(?:(?!以及|为抓手|为重点)[^{_STOPS}、和及与”)]){{0,12}}"
)
# 不折不扣完成中央、省……整改: a word in front promises for all that follows.
_WORD_FIRST = re.compile(f"[^{_STOPS}0-9]{{0,26}}")
_LIST = re.compile(rf"(?:[、和及与][^{_STOPS}]{{0,16}}?[0-9.]+[^{_STOPS}、0-9]{{0,8}})+")
_LEADING = re.compile(
    "^(?:(?:我们要?|要|全年|年内|今年|全市|全县|全区|力争|争取|努力|确保|实现|其中|同时|并|使|让|将|持续|加快|扎实|"
    "积极|着力|全力|以|对|抓好|推进|全面|进一步|20[0-9]{2}年|底|末|左右|以上))+"
)
# Possessive, as 达到 is also 达 and 到: 达到达到… would be tried in every way there is.
_TRAILING = re.compile(
    "(?:不低于|不少于|不高于|不超过|超过|超|突破|高于|低于|达到|达|控制在|提高到|提升到|提升至|提高至|增加到|扩大到|保持在|"
    "稳定在|完成|实现|分别|率先|为|至|到|均|约)++$"
)
_GROWTH = re.compile("增长|增幅|增速|增加|上升|涨幅")
_FALL = re.compile("下降|降低|减少|压减|降幅")
_STOCK = re.compile("总数|总量|余额|保有量|存量|累计|总规模|总户数|总面积")
_BARE_STOCK = re.compile("^(?:总数|总量|总规模|累计)$")
_MADE = re.compile(
    "(?:新建|改建|建成|新增|建设|完成|打造|创成|创建|培育|引进|引育|改造|提升|出新|开工|竣工|投产|投用|举办|开展|净增|争创|力争|"
    "认定|新签|签约|落地|招引|盘活|培训|发放|达|达到|超|超过|突破|实现|确保|以上|以内)$"
)
_DUE = re.compile(
    "(?<![0-9年])(?P<month>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月(?:底|末|份)?(?:以?前|之前)|上半年(?:前|内)?(?=[,完建实全力竣投确])"
)
_LIST_MARK = re.compile(
    r"^(?:[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]{1,2}[是要]|\([0-9一二三四五六七八九十]{1,3}\)|[①-⑳])+"
)
# Names that say nothing without what stands before them.
_WEAK = re.compile(
    "(?:完成|总|年度|计划|实际)*投资|企业|项目|面积|总量|总数|国家级|省级|市级|增长|降幅|产值|收入|年产|规模|左右|产量|总产|人|户"
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
    report: ReportText, figure: Figure, reading: FigureReading, earlier: Figure | None
) -> TargetGuess:
    """Read the words around a figure; ``earlier`` is the quantity before it."""
    text = report.text
    clause = _clause_start(text, figure.start)
    start = _item_start(text, clause, figure, earlier)
    end = _end(text, figure, start)
    before, after = text[start : figure.start], text[figure.end : end]
    measure = _measure(text[clause : figure.start], reading, figure)
    scope = _is_scope(before, after, figure)
    pace = Pace.YEAR_END if scope or reading.op is Op.AT_MOST else Pace.LINEAR
    if figure.word and reading.value is not None and measure is Measure.FLOW:
        pace = _PACED.get(int(reading.value), pace)
    name = _name(text, clause, before, after, figure, measure)
    if (apart := text.find("分别", clause, figure.start)) >= 0:
        # The figures under 分别 share one phrase, so that all can be seen to be claimed.
        listed = _LIST.match(text, figure.end, figure.end + _LONGEST_LIST)
        start, end = clause, max(end, listed.end() if listed else end)
        name = _shared_name(text[clause:apart], text[apart + 2 : figure.start])
    return TargetGuess(
        phrase=_phrase(text, start, end, figure),
        names=_names(name, figure),
        measure=measure,
        kind=Kind.IMPLIED if figure.word else Kind.SCOPE if scope else Kind.OUTCOME,
        strive=bool(MAYBE_STRIVING.search(text[clause : figure.start])),
        pace=pace,
        due=_due(text, clause, figure),
    )


def _due(text: str, clause: int, figure: Figure) -> int | None:
    """Return the month before whose end it has to be done: 6月底前, 上半年, none for the year's end."""
    # A date may be a clause of its own: 6月底前,完成…….
    before = text[max(0, clause - 12) : clause] if text[clause - 1 : clause] == "," else ""
    head = re.split("[。;:!?\n]", before)[-1]
    found = list(_DUE.finditer(head + text[clause : figure.start]))
    if not found:
        return None
    month = found[-1]["month"]
    value = (
        6 if month is None else int(month) if month.isdigit() else int(chinese_number(month) or 0)
    )
    return value if 1 <= value < DECEMBER else None


def _shared_name(subject: str, before: str) -> str:
    """Return the name of one of several figures under 分别: 城乡 are two, in this order."""
    nth = len(re.findall("[0-9.]+", before))
    first = nth == 0
    parts = re.split("[、和与及]", _LEADING.sub("", subject))
    if nth < len(parts) > 1:
        # 肉、奶产量: what the last says at its end, all do.
        own, last = parts[nth], parts[-1]
        subject = own if len(own) > _SHORT or own == last else own + last[len(own) :]
    subject = _LEADING.sub("", subject).replace("城乡", "城镇" if first else "农村")
    verb = re.match("增长|下降|提高|达", before)
    return subject + (verb[0] if verb and verb[0] != "达" else "")


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


def _clause_start(text: str, position: int) -> int:
    near = max(0, position - _LONGEST_CLAUSE)
    return max(near, 1 + max(text.rfind(stop, near, position) for stop in _STOPS))


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


def _is_scope(before: str, after: str, figure: Figure) -> bool:
    """Whether the figure says how many things the work covers: 抓实5个列省项目, 对204个项目."""
    if figure.word is not None or not re.match("[一-龥]", after) or not figure.digits:
        return False
    return not re.match("(?:及以上|以上|左右|上下|以内|之内|以下)", after) and not _MADE.search(
        before
    )


def _name(text: str, clause: int, before: str, after: str, figure: Figure, measure: Measure) -> str:
    noun = re.sub("^(?:及以上|以上|左右|上下|以内|之内|以下)", "", after)
    bare = _TRAILING.sub("", before)
    if not bare.strip("“”、") and not noun:
        bare = _TRAILING.sub("", text[clause : figure.start])
    stock = _BARE_STOCK.match(bare)
    if stock:
        # 新增规上工业企业110家、总数超850家: the total of what was counted before.
        first = re.split(r"[0-9]", text[clause : figure.start])[0]
        bare = re.sub("^(?:新增|净增)", "", _LEADING.sub("", first)) + stock[0]
    name = _LEADING.sub("", bare)
    if figure.word is not None:
        name = name + figure.text + noun
    elif noun and not _GROWTH.search(name[-3:]):
        name += noun
    if measure is Measure.RATE and (fall := _FALL.search(name)) and figure.word is None:
        name = name[: fall.start()] + "降幅"
    name = _tidy(name)
    if not name or _WEAK.fullmatch(name):
        name = _tidy(_subject(text, clause, figure) + name)
    return name


def _subject(text: str, clause: int, figure: Figure) -> str:
    """Return what a figure of few words is about: what its clause, or the one before, began with."""
    sentence = max(text.rfind(stop, 0, clause) for stop in "。;!?\n") + 1
    for start in (clause, _clause_start(text, clause - 1) if clause > sentence else clause):
        words = _LEADING.sub("", re.split("[0-9]", text[start : figure.start], maxsplit=1)[0])
        words = _TRAILING.sub("", re.split(f"[{_STOPS}]", words)[0])
        if len(words) > 1 and not _WEAK.fullmatch(words):
            return words
    return ""


def _tidy(name: str) -> str:
    """Return a name without list marks, footnotes, quotes and half a bracket, from a word's start on."""
    name = re.sub(r"[\[〔][0-9]{1,3}[\]〕]", "", name)
    name = _LIST_MARK.sub("", name)
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")] or name[name.rindex("(") + 1 :]
    name = re.sub("[“”\"']|^[、,).:]+|[、,(的]+$", "", name)
    name = re.sub("^(?:的|左右|以上|和|及|与)+", "", name)
    if len(name) <= _LONGEST_NAME:
        return name
    # From the start of a part that can stand alone, not from the middle of a word.
    for mark in "、的":
        parts = name.split(mark)
        while len(parts) > 1 and len(mark.join(parts)) > _LONGEST_NAME:
            parts = parts[1:]
        if len(mark.join(parts)) <= _LONGEST_NAME:
            return mark.join(parts)
    return name[:_LONGEST_NAME]
