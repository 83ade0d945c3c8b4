"""What the review of a report says came of last year's indicators: only what is surely said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from dtcheck.drafting.guess import exclusion_for
from dtcheck.drafting.wording import guess_target
from dtcheck.targets.goal import Goal, Op
from dtcheck.targets.model import Measure, Target, TargetsFile
from dtcheck.targets.same import same_indicators
from dtcheck.units import Unit, format_number
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.measures import measures_told
from dtcheck.workreport.reading import is_class_name, read_figure
from dtcheck.workreport.report import ReportText

# Which years a sentence is about is told by the last of these before it.
_OF_YEARS = re.compile(
    "过去的?[三四五]年|[三四五]年来|[三四五]年(?:工作)?回顾|本届政府|“?十[一二三四五]五”?(?:时期|期间|以来)"
)
# What is of several years, anywhere in a sentence; of a part of one, before a figure; in its clause
# what is no result, or another's.
_OF_SEVERAL = re.compile("[三四五]年|十[一二三四五]五|以来|年均|历年|累计投入")
_OF_ALL_YEARS = re.compile("累计(?!增长)")
_OF_MONTHS = re.compile(
    "上半年|下半年|[一二三四1-4]季度|前三季|首季|1?[0-9]月|[一二三四五六七八九十]月|个月|目前|至今|迄今"
    "|截[至止](?!(?:20[0-9]{2}|去)?年[底末])"
)
_NO_RESULT = re.compile("全省|全国|连续")
# 预算收入 is an indicator, a bare 预算 a plan. What is told to be fulfilled plans nothing.
_OF_A_PLAN = re.compile(
    "目标|任务|(?<!行动)计划|力争|确保|展望|有望|预算(?![内外]|总?收入|总?支出)"
)
_FULFILLED = re.compile(
    "(?:完成|实现|达到|达成|超|好于|高于|优于)[^,。;:!?0-9]{0,12}?(?:目标任务|任务目标|目标|任务|计划|预算(?!总?[收支]))"
)
# In brackets at a figure: what is counted, or when, is not what its name says. Without farmers is the usual investment.
_REMARK = re.compile(
    r"\([^()]*(?:不含(?!农户)|不包括|包含|剔除|扣除|除外|口径|预算|预计|快报)[^()]*\)"
)
_SIGNS = "-－−﹣–—负"
# At the head of a list: what there is, not what was added.
_STOCK = re.compile("拥有|现有|共有|布局|总数|达到?$")
_PARTS_OF_A_PLACE = re.compile(
    "开发区|高新区|园区|集聚区|示范区|保税区|新区|县区|乡镇|街道|集团|公司"
)
_YEAR = re.compile("(?<![0-9])(20[0-9]{2})年")
_COMPARED = re.compile(
    "(?:同比|(?:比|较)(?:上年|去年)(?:同期)?)(?=增长|提高|下降|增加|减少|上升|降低)"
)
_LEADING = re.compile(
    "^(?:预计|估计|初步核算|据统计|圆满|超额|顺利|累计|全年|全市|全县|全区|全旗)+"
)
# 地区生产总值预计增长: before a verb it is no part of the name.
_GUESSED = re.compile("预计|估计|预估")
# At the head of a sentence it goes for all of it.
_ALL_GUESSED = re.compile("(?:20[0-9]{2}年|去年|全年|,)*(?:初步)?(?:预计|估计|预估)")
_BEFORE = re.compile(
    "(?P<bound>预计|估计|预估|大约|约|超过|突破|逾|超|将近|接近|近|不到|不足|不低于|不少于|至少)?(?:(?:达|到|为|至|了)*)$"
)
_AFTER = re.compile("左右|上下|以上|以内|以下")
_UNCLEAR = re.compile("(?:高于|低于|多于|快于|少于|不超过?|控制在|压降至)$")
_LONGEST = 60
_MOST = 3
_FULL_STOPS = "。!?\n"


class Outcome(NamedTuple):
    """What a review says of a target: the value in the goal's unit, and how it says it.

    ``written`` is the figure as a form has it (约48, 超1700), ``unit`` what it is counted in,
    ``phrase`` the words that hold it, in ``sentence``. ``is_exact``: nothing leaves the number open.
    """

    target: Target
    value: Fraction
    written: str
    unit: Unit
    phrase: str
    sentence: str
    is_exact: bool


def outcomes(report: ReportText, known: TargetsFile) -> dict[str, Outcome]:
    """Return by the codes of ``known`` what the review says came of its targets in the year before.

    Of a target that is told of in two ways nothing is returned.
    """
    if report.plan is None or report.year is None:
        return {}
    found: dict[str, list[Outcome]] = defaultdict(list)
    for said in _all_said(report, report.year - 1):
        for old in same_indicators(known, [said.target], report.place or "").values():
            if _is_of_a_part(said.sentence, old):
                continue
            value = said.unit.convert(said.value, old.goal.unit)
            if _is_far_off(value, old):
                continue
            found[old.code].append(said._replace(target=old, value=value))
    return {
        target.code: found[target.code][0]
        for target in known.targets
        if len({said.value for said in found[target.code]}) == 1
    }


def _all_said(report: ReportText, year: int) -> Iterator[Outcome]:
    """Yield the figures of the review that are of ``year``, each with the target that it would be."""
    text = _COMPARED.sub("", report.text[: report.start])
    review = replace(report, text=text, headings=(), plan=None, start=0, end=len(text))
    # 由2020年的30%提高到2025年的40% opens nothing.
    of_year = re.compile(
        f"(?:(?<![一-龥0-9])|(?<=过去的|平凡的|寻常的))(?:{year}年|去年|过去的?一年|一年来)(?![底末的])"
    )
    earlier: Figure | None = None
    for figure in review.figures:
        reading = read_figure(text, figure)
        if reading is None or figure.word or figure.value is None or figure.unit is None:
            continue
        if is_class_name(text, figure) or exclusion_for(
            review, figure, certain=True, of_any_year=True
        ):
            continue
        guess = guess_target(review, figure, reading, earlier)
        earlier = figure
        is_plain = (
            figure.digits
            and figure.high is None
            and figure.promises == 1
            and not _is_signed(text, figure)
            and not _has_a_remark(text, figure)
        )
        said = _as_written(text, figure) if is_plain else None
        if said is None or not _is_of(year, of_year, text, figure):
            continue
        if guess.measure is Measure.FLOW and not _is_counted_up(text, figure, figure.unit):
            continue
        written, is_exact = said
        goal = Goal(Op.AT_LEAST, figure.value, None, figure.unit)
        target = Target(
            "",
            _GUESSED.sub("", _LEADING.sub("", guess.names[0])),
            "",
            goal,
            guess.measure,
            guess.phrase,
            "",
        )
        yield Outcome(
            target,
            figure.value,
            written,
            figure.unit,
            guess.phrase,
            _sentence(text, figure),
            is_exact,
        )


def _sentence(text: str, figure: Figure) -> str:
    """Return the sentence of a figure up to its end."""
    start = 1 + max(text.rfind(stop, 0, figure.start) for stop in _FULL_STOPS)
    return text[start : figure.end]


def _clause(text: str, figure: Figure) -> str:
    """Return the words of a clause before a figure."""
    return re.split("[,。;:!?\n]", text[max(0, figure.start - _LONGEST) : figure.start])[-1]


def _is_of(year: int, of_year: re.Pattern[str], text: str, figure: Figure) -> bool:
    """Whether what is said of a figure is of the whole of ``year``, and of the place as a whole."""
    said = _sentence(text, figure)
    clause = _clause(text, figure)
    if _OF_MONTHS.search(said) or _NO_RESULT.search(clause) or _OF_A_PLAN.search(clause):
        return False
    if _OF_A_PLAN.search(_FULFILLED.sub("", said)):
        return False
    rest = re.split("[。!?\n]", text[figure.end : figure.end + _LONGEST])[0]
    if _OF_SEVERAL.search(said + rest):
        return False
    if _OF_ALL_YEARS.search(said):
        return False
    if any(int(each) != year for each in _YEAR.findall(said)):
        return False
    several = max((each.end() for each in _OF_YEARS.finditer(text, 0, figure.start)), default=0)
    this = max((each.end() for each in of_year.finditer(text, 0, figure.start)), default=0)
    return this >= several


def _is_signed(text: str, figure: Figure) -> bool:
    """Whether a minus belongs to a figure, be it read with it or left before it."""
    is_below = figure.value is not None and figure.value < 0
    around = text[max(0, figure.start - 1) : figure.start + 1]
    return is_below or any(sign in around for sign in _SIGNS)


def _has_a_remark(text: str, figure: Figure) -> bool:
    """Whether brackets in a figure's clause or right behind it say that it is of something else."""
    behind = re.match(r"\([^()]*\)", text[figure.end : figure.end + _LONGEST])
    inside = behind[0] if behind else ""
    return bool(_REMARK.search(_clause(text, figure) + inside) or _OF_MONTHS.search(inside))


def _is_counted_up(text: str, figure: Figure, unit: Unit) -> bool:
    """Whether things are said to be new or done: 企业68家 may as well be all there are."""
    if not unit.is_whole:
        return True
    before = _clause(text, figure)
    head, item = re.split("[0-9]", before, maxsplit=1)[0], before.rpartition("、")[2]
    told = measures_told(item, unit) or measures_told(head, unit)
    return Measure.FLOW in told and not _STOCK.search(head)


def _is_far_off(value: Fraction, old: Target) -> bool:
    """Whether an amount is so much more than was to be that something else may be meant."""
    goal = old.goal
    if old.measure is Measure.RATE or goal.is_limit or not goal.value:
        return False
    return value > _MOST * max(goal.value, old.baseline or goal.value)


def _is_of_a_part(sentence: str, old: Target) -> bool:
    return any(part not in old.name for part in _PARTS_OF_A_PLACE.findall(sentence))


def _as_written(text: str, figure: Figure) -> tuple[str, bool] | None:
    """Return a figure as a form has it, and whether it is exact; None where its words can't be put so."""
    before = text[max(0, figure.start - 8) : figure.start]
    if _UNCLEAR.search(before):
        return None
    found = _BEFORE.search(before)
    bound = (found["bound"] or "") if found else ""
    after = _AFTER.match(text, figure.end)
    more = "余" if re.search("[余多]", figure.text) else ""
    behind = more or (after[0] if after else "")
    bound = _GUESSED.sub("预计", bound)
    is_guess = _GUESSED.search(_clause(text, figure)) or _ALL_GUESSED.match(_sentence(text, figure))
    guessed = "预计" if is_guess and not bound and not behind else ""
    number = format_number(figure.value or Fraction(0))
    is_exact = not behind and bound in ("", "预计")
    return f"{bound or guessed}{number}{behind}", is_exact
