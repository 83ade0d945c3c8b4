"""Guesses at why a figure of a report is no commitment, for drafts."""

from __future__ import annotations

import re
from collections import Counter

from dtcheck.drafting.named import of_name
from dtcheck.drafting.periods import excluded, of_another_time
from dtcheck.targets.model import Exclusion
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.levels import is_old_level
from dtcheck.workreport.report import ReportText

_LONGEST = 20
_FEW = 20
_NEAR = 40
_QUOTES = re.compile("“[^“”\n]{1,24}”")
# Names that hold figures, each with the reason; the figure has to lie within the match.
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(pattern))
    for why, pattern in (
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
_ALL_OF = re.compile("全([市县区旗省州盟])")
_FILE_PLACE = re.compile(
    "(?:20[0-9]{2}年?)?((?!全|我|各|本)[一-龥]{1,8}?(?:自治)?(?<!城)[市县区州旗省盟])"
    "(?=[-_0-9.(（ ]|政府工作报告|人民政府|工作报告|报告)"
)
_CLOSING_PLACE = re.compile(
    "(?:开创|谱写|实现|建设|加快|推动|推进|打造|共创|为|让)([一-龥]{2,4}?)(?=更加|平安|美好|崛起|振兴|高质量|跨越|全面|各项|现代化|经济社会|新篇章|新局面|实践|明天)"
)
_NO_NAME = re.compile("[推动我们全的了在和与更新成创胜作展域市县省区国人民工城乡社会经济]")
_CLOSING, _OFTEN = 800, 2
_PEOPLE = re.compile("[一-龥]{0,4}?(?:人民|儿女|父老)")
_OF_PEOPLE = ("人数", "天数", "")
# What may as well be a promise, so only where the figure is no target already.
_COUNTS = re.compile("[两一二三四五六七八九十]{1,2}[个大项条张件类批][^,。;:、\n“”]{1,6}")


def exclusion_for(report: ReportText, figure: Figure, *, certain: bool) -> Exclusion | None:
    """Return the likely exclusion of a figure; with ``certain`` only where words leave no doubt."""
    for heading in report.headings:
        if heading.start <= figure.start < heading.start + len(heading.mark):
            return Exclusion(heading.mark + heading.words[:10], "段落编号")
    if report.plan_heading and figure.start < report.start + len(report.plan_heading):
        return Exclusion(report.plan_heading[:30], "年份标题")
    first = max(0, figure.start - _NEAR)
    near = report.text[first : figure.end + _NEAR]
    where = (figure.start - first, figure.end - first)
    if quoted := _holding(_QUOTES, near, where):
        return Exclusion(quoted, "名称或口号")
    other = of_another_time(report, figure) or of_name(report.text, figure)
    if other or (figure.digits and figure.is_quantity):
        return other or _of_size(report, figure)
    for why, pattern in _NAMES:
        if found := _holding(pattern, near, where):
            return Exclusion(found[:_LONGEST], why)
    if certain or figure.digits:
        return None
    if found := _holding(_COUNTS, near, where):
        return Exclusion(found, "列举计数")
    return _of_name(report.text, figure)


def guess_place(report: ReportText) -> str | None:
    """Return whose report it may be where no title says so: by the file's name, else by the last words.

    A report calls its place 全县 or 全市 throughout, and by its name when it closes.
    """
    text = report.text[: report.end]
    kinds = Counter(_ALL_OF.findall(text))
    kind = max(kinds, key=lambda each: kinds[each], default=None)
    if named := _FILE_PLACE.match(report.path.rpartition("/")[2]):
        bare = re.sub("(?:自治)?[市县区州旗省盟]$", "", named[1])
        if bare in text or not kinds:
            return str(named[1])
    for match in _CLOSING_PLACE.finditer(text, max(0, len(text) - _CLOSING)):
        name = match[1]
        if kind and not _NO_NAME.search(name) and text.count(name) >= _OFTEN:
            return f"{name}{kind}"
    return None


def _of_size(report: ReportText, figure: Figure) -> Exclusion | None:
    """由5元提高到10元 promises the 10, and 960万人民的期盼 nothing."""
    if is_old_level(report.text, figure.start, figure.end):
        return excluded(report, figure, "原来的水平")
    behind = report.text[figure.end : figure.end + 14]
    if (people := _PEOPLE.match(behind)) and figure.unit and figure.unit.dimension in _OF_PEOPLE:
        return Exclusion(figure.text + people[0], "本地人口")
    return None


def _of_name(text: str, figure: Figure) -> Exclusion | None:
    """十三香, 二连浩特: a numeral that counts nothing is a character of a name."""
    if figure.word is not None or figure.unit is not None or (figure.value or 0) >= _FEW:
        return None
    before = re.search("[一-龥]{0,3}$", text[max(0, figure.start - 3) : figure.start])
    behind = re.match("[一-龥]{0,3}", text[figure.end : figure.end + 3])
    name = (before[0] if before else "") + figure.text + (behind[0] if behind else "")
    return Exclusion(name, "名称中的数字")


def _holding(pattern: re.Pattern[str], text: str, where: tuple[int, int]) -> str | None:
    # No name is longer, and a figure without end would be looked through from each of its digits.
    if where[1] - where[0] > _NEAR:
        return None
    for match in pattern.finditer(text):
        if match.start() <= where[0] and where[1] <= match.end():
            return match[0]
    return None
