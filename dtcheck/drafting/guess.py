"""Guesses at why a figure of a report is no commitment, for drafts."""

from __future__ import annotations

import re

from dtcheck.drafting.named import of_name
from dtcheck.drafting.numerals import of_numeral
from dtcheck.drafting.periods import excluded, of_another_time
from dtcheck.targets.model import Exclusion
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.levels import is_old_level
from dtcheck.workreport.report import ReportText

_LONGEST = 20
_NEAR = 40
_MEASURED = re.compile("[0-9](?:%|[万亿])")
_QUOTES = re.compile("“[^“”\n]{1,24}”")
# Names that hold figures, each with the reason; the figure has to lie within the match.
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(pattern))
    for why, pattern in (
        (
            "会议名称",
            "[二三]?十[一二三四五六七八九]?届(?:历次|[一二三四五六七]中)|[一二三四五六七八九十]{1,3}次(?:党代会|全会|全体会议)",
        ),
        ("会议名称", "[一二三四五六七八九十]{1,3}届[一二三四五六七八九十]{1,2}[次中]"),
        (
            "年份",
            "(?:19[5-9]|20[0-4])[0-9][-—~]{1,2}(?:(?:19[5-9]|20[0-4])[0-9]|[01][0-9][-—][0-3][0-9])",
        ),
        ("年份", "(?:19[5-9]|20[0-4])[0-9](?=中国|[)》])"),
        ("年龄", "[0-9]{1,2}(?:[-—~至到]{1,2}[0-9]{1,2})?周?岁"),
        ("日期", "[0-9]{1,2}[-—~至]{1,2}[0-9]{1,2}月份?"),
        (
            "年数",
            "(?<!提前)(?<!缩短)(?<![0-9.])[0-9]{1,3}(?:周年|年(?=一遇|以来|来|整省|政策|乃至|成功|保持|主题))[^,。;:、\n]{0,4}",
        ),
        (
            "热线",
            "(?<![0-9])(?:12345|12315|12320|12328|12333|12348|12366|12369|110|119|120|122)(?=[^0-9.]?[一-龥“]{0,6}热线|接诉)",
        ),
        ("热线", "(?<![0-9])12[0-9]{3}(?![0-9.])"),
        ("政策年限", "延长(?:[0-9]{1,3}|[二三四五六七八九]?十)年"),
        ("名称", "[0-9]{1,2}分钟[^,。;:、\n]{0,8}圈|(?:二十|20)国集团"),
        ("道路或线路编号", "[国省县乡]道[0-9]{1,4}"),
        ("产业名称", "(?:一二三|二三)(?:次)?产业?|三次产业"),
        ("本地人口", "[0-9.]+[余多]?万[一-龥]{0,4}?(?:人民|儿女|父老)"),
        ("机组规格", "[0-9]{1,2}[×xX*](?=[0-9])"),
        (
            "名称",
            "[0-9]{1,2}[+＋][0-9A-Z]{1,2}|[0-9]{1,2}#|[0-9.]+(?:[-—~][0-9.]+)?英寸|[0-9]\\.0(?=建设|版|时代)",
        ),
        ("列举计数", "(?<![0-9.])[0-9]{1,2}(?:大|类(?!以上))(?=[一-龥])"),
        ("会议名称", "[二三]?十[一二三四五六七八九]?大(?![一-龥]?工程|[任专项])(?:报告|精神)?"),
        (
            "会议名称",
            "[一二三四五六七八九十]{1,3}届(?:[一二三四五六七八九十]{1,2}[次中])?(?:、[^,。;]{1,6})?[全大]会",
        ),
        ("规划名称", "“?十[一二三四五六七八九]五”?(?:规划|时期|期间|末)?"),
        ("年份", "(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2})年[^,。;:、\n]{0,4}"),
        ("日期", "[0-9]{1,2}月(?:[0-9]{1,2}日)?[底前份]?"),
        ("道路或线路编号", "[A-Za-z]?[0-9]{1,4}(?:国道|省道|县道|乡道|号线|线|号)"),
        ("名称", "[A-Za-z]+[0-9.]+[一-龥]{0,2}|[0-9]+[A-Z](?:级)?[一-龥]{0,2}"),
        ("名称", "第?[0-9.]+(?:千伏|KV|kV|Kv|届|版)[一-龥]{0,4}"),
        ("行动或计划名称", "[一二三四五六七八九十]年(?:行动|计划|攻坚|倍增)[^,。;:、\n]{0,2}"),
        ("序数", "第[一二三四五六七八九十]+[^,。;:、\n]{1,4}"),
    )
)
_PEOPLE = re.compile("[一-龥]{0,4}?(?:人民|儿女|父老)")
_OF_PEOPLE = ("人数", "天数", "")
# What may as well be a promise, so only where the figure is no target already.
_COUNTS = re.compile(
    "[两一二三四五六七八九十]{1,2}(?:[个大项条张件类批]|支(?=[^,。;:、\n“”]{0,16}队伍)|份)[^,。;:、\n“”]{1,6}"
)


def exclusion_for(
    report: ReportText, figure: Figure, *, certain: bool, of_any_year: bool = False
) -> Exclusion | None:
    """Return the likely exclusion of a figure; with ``certain`` only where words leave no doubt.

    ``of_any_year``: last year's results are what is looked for.
    """
    if heading := _of_heading(report, figure):
        return heading
    first = max(0, figure.start - _NEAR)
    near = report.text[first : figure.end + _NEAR]
    where = (figure.start - first, figure.end - first)
    if quoted := _holding(_QUOTES, near, where):
        # “三个80%” may be a promise for all that it is a slogan: neither a target nor settled.
        if certain or not _MEASURED.search(quoted):
            return Exclusion(quoted, "名称或口号")
        return of_name(report.text, figure) or _of_slogan(quoted, figure)
    # Without a plan nothing tells the years apart: the draft holds what was found, each marked.
    told_apart = report.plan is not None and not of_any_year
    other = of_another_time(report, figure) if told_apart else None
    other = other or of_name(report.text, figure)
    if other or (figure.digits and figure.is_quantity):
        return other or _of_size(report, figure)
    for why, pattern in _NAMES:
        if found := _holding(pattern, near, where):
            return Exclusion(found[:_LONGEST], why)
    if certain or figure.digits:
        return None
    if found := _holding(_COUNTS, near, where):
        return Exclusion(found, "列举计数")
    return of_numeral(report.text, figure)


def _of_heading(report: ReportText, figure: Figure) -> Exclusion | None:
    for heading in report.headings:
        if heading.start <= figure.start < heading.start + len(heading.mark):
            return Exclusion(heading.mark + heading.words[:10], "段落编号")
    if report.plan_heading and figure.start < report.start + len(report.plan_heading):
        return Exclusion(report.plan_heading[:30], "年份标题")
    return None


def _of_slogan(quoted: str, figure: Figure) -> Exclusion | None:
    """Return an exclusion only as far as the amount in a slogan, which has to be seen."""
    head = quoted[: quoted.find(figure.text)] + figure.text
    return None if _MEASURED.search(head) else Exclusion(head, "名称或口号")


def _of_size(report: ReportText, figure: Figure) -> Exclusion | None:
    """由5元提高到10元 promises the 10, and 960万人民的期盼 nothing."""
    if is_old_level(report.text, figure.start, figure.end):
        return excluded(report, figure, "原来的水平")
    behind = report.text[figure.end : figure.end + 14]
    if graded := re.match("(?:级(?!别)|制(?![定度造]))[一-龥]{0,6}", behind):
        # 30万千瓦级煤电机组, 3人制篮球场: a kind.
        return Exclusion(figure.text + graded[0], "名称中的规模")
    if (people := _PEOPLE.match(behind)) and figure.unit and figure.unit.dimension in _OF_PEOPLE:
        return Exclusion(figure.text + people[0], "本地人口")
    return None


def _holding(pattern: re.Pattern[str], text: str, where: tuple[int, int]) -> str | None:
    # No name is longer, and a figure without end would be looked through from each of its digits.
    if where[1] - where[0] > _NEAR:
        return None
    for match in pattern.finditer(text):
        if match.start() <= where[0] and where[1] <= match.end():
            return match[0]
    return None
