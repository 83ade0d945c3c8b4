"""Figures that another year answers for: due later, reached before, or facts that nobody promises."""

from __future__ import annotations

import re

from dtcheck.targets.model import Exclusion
from dtcheck.workreport.figures import Figure, chinese_number
from dtcheck.workreport.headings import Heading
from dtcheck.workreport.report import ReportText

OTHER_YEARS = "其他年份的目标"
LAST_YEARS = "上年的结果"
FACT = "现状，不是目标"

_SENTENCE = "。;!?\n"
_CLAUSE = ",。;:!?\n"
_FAR = 300
_LONGEST = 30
_NUMERAL = re.compile("[一二三四五六七八九十]{1,3}|[0-9]{1,2}")
# A part that is of other years by its own heading: “十五五”时期主要目标任务, 今后五年的奋斗目标.
_OF_YEARS = re.compile(
    "(?:今后|未来)[三五][年]?.*|(?:关于)?“?十[一二三四五六七八九]五”?(?:时期|期间|规划)?的?"
    "(?:全[市县区省旗州]|我[市县区省旗州]|国民经济和社会发展|经济社会发展|经济|社会|发展|总体|主要|基本|奋斗|预期|工作|重点|指导|的|和|及|与|、)*"
    "(?:目标|任务|要求|思路|思想|蓝图|愿景|展望|部署|安排)+.*"
)
_YEAR = re.compile("(?P<year>20[0-9]{2})年")
_AHEAD = re.compile(
    "到(?P<to>20[0-9]{2})年|(?P<by>20[0-9]{2})年(?:年?[底末]|前|之前|[,，])|(?:力争|争取)(?P<hope>20[0-9]{2})年"
    "|(?:^|(?<=[,。;:!?\n]))(?P<first>20[0-9]{2})年(?!至|-|—|度)"
    "|(?P<next>明年(?!初|春))"
    "|(?:(?:今后|未来|接下来)的?|(?:再?用|争取|力争|通过|利用|在|分|拟用)?(?<![第近续去每过明后一二三四五六七八九十百]))"
    "(?P<many>[二两三四五六七八十]|[2-9]|10)(?:(?:到|至|-)[三四五六七八十3-9])?年"
    "(?:左右)?(?:之?内|的?时间|(?=总?共?累?计?(?:安排|投入|投资|培育|培训|打造|建成|完成|新建|改造|实现)|$))"
    "|(?:今后|未来)的?(?:[一几]段时期|一个时期|几年|[三五]年)"
)
_NOW = re.compile(
    "今年|本年|当年|(?<![0-9一二两三四五六七八九十几])年内|(?<![0-9一二两三四五六七八九十几])年底前|全年|年度"
)
_BEFORE = re.compile(
    "(?<![比较同与超及和按在对至由从自])(?:去年|上年|过去(?:的)?一年|一年来|过去(?:的)?[三五]年|五年来)"
    "(?!同期|水平|基础|年?[底末]|的?(?:预算|决算|实际|结转|项目)|结转|立项|开工|启动|下达|确定|签约|续建|新开工|实施的|建成的|度)"
)
# 围绕到2027年……的目标, 巩固去年……成果: the other year says what the work serves and holds for its own
# clause; what the next clauses count is this year's.
_SERVES = re.compile(
    "(?:围绕|按照|锚定|对标|对照|瞄准|聚焦|着眼|紧扣|巩固|延续|总结|针对|立足|承接|保持|借鉴|吸取)[^,。;:!?\n]{0,12}$"
)
_FOR_THE_FIRST_TIME = re.compile("的?(?:首次|首个|第一次|最[好大高多])")
_LOOKS_BACK = re.compile("过去的?一年|刚刚过去的|一年来|回顾(?:过去|20)")
# What makes a promise of a figure for all that is said of last year before it.
_PROMISE = re.compile(
    "今年|[,。;]?要(?!素)|确保|力争|争取|将(?!军)|继续|预期|目标|安排|拟(?!定)|续建|竣工|投产|交付|全部|再"
)
_IS_SO = re.compile(
    "目前|(?:已经?|业已)(?=达|超|突破|有|建成|完成|形成|实现|增加|累计|覆盖|为)|(?:将|预计)?高达"
)
_NOT_SO = re.compile(
    "要(?!素)|确保|力争|争取|将(?!军|高达)|基础上|提高到|增加到|扩大到|再|继续|新增|的"
)
_GRADUATES = re.compile(
    "(?:今年|预计)[^,。;、]{0,12}(?:高校)?毕业生(?:人数|规模|总量)?(?:将|预计|约|超过?|达到?|有|近|高达|突破)*$"
)


def of_another_time(report: ReportText, figure: Figure) -> Exclusion | None:
    """Return why a figure of the plan is none of this year's, where its words leave no doubt."""
    if not figure.is_quantity and figure.word is None and figure.promises == 1:
        return None
    why = _why(report, figure)
    return excluded(report, figure, why) if why else None


def excluded(report: ReportText, figure: Figure, why: str) -> Exclusion:
    """Return an exclusion of the words around a figure that holds nothing of another clause."""
    text = report.text
    start = _since(text, figure.start, _CLAUSE)
    end = next((at for at in range(figure.end, len(text)) if text[at] in _CLAUSE), len(text))
    end = min(end, figure.end + max(0, _LONGEST - (figure.end - start)))
    if end - start > _LONGEST:
        start = max(start, figure.start - _LONGEST // 2)
        end = min(end, figure.end + 6)
    return Exclusion(text[start:end].strip(), why)


def _why(report: ReportText, figure: Figure) -> str | None:
    if _in_other_part(report, figure.start):
        return OTHER_YEARS
    text = report.text
    sentence = text[_since(text, figure.start, _SENTENCE) : figure.start]
    clause = text[_since(text, figure.start, _CLAUSE) : figure.start]
    if _is_ahead(report, sentence, clause):
        return OTHER_YEARS
    if _is_past(report, sentence, clause) or _is_told_of_last_year(text, figure):
        return LAST_YEARS
    if _is_fact(clause, figure):
        return FACT
    return None


def _since(text: str, position: int, stops: str) -> int:
    near = max(0, position - _FAR)
    return max(near, 1 + max(text.rfind(stop, near, position) for stop in stops))


def _in_other_part(report: ReportText, position: int) -> bool:
    """Whether the part around a position is of other years; its own inner headings stay in it."""
    current: Heading | None = None
    for heading in report.headings:
        if heading.start > position:
            break
        if current is None or _style(heading) == _style(current) or not heading.mark:
            current = heading if _is_of_years(heading, report.year) else None
    return current is not None


def _is_of_years(heading: Heading, year: int | None) -> bool:
    words = heading.words
    return bool(
        _OF_YEARS.fullmatch(words) and "今年" not in words and str(year or "今年") not in words
    )


def _style(heading: Heading) -> str:
    return _NUMERAL.sub("", heading.mark)


def _is_ahead(report: ReportText, sentence: str, clause: str) -> bool:
    """Whether the last time that the sentence names before the figure is later than the year."""
    here = len(sentence) - len(clause)
    found = [
        match
        for match in _AHEAD.finditer(sentence)
        if _is_later(report, match) and not _serves_before(sentence, match, here)
    ]
    if not found:
        return False
    last = found[-1]
    now = [match.start() for match in _NOW.finditer(sentence)]
    now += [
        match.start() for match in _YEAR.finditer(sentence) if match["year"] == str(report.year)
    ]
    if any(start > last.start() for start in now):
        return False
    # 用三年时间 governs its clause; 到2030年 what else the sentence says, too.
    return last["many"] is None or last.end() >= here


def _is_later(report: ReportText, match: re.Match[str]) -> bool:
    written = match["to"] or match["by"] or match["hope"] or match["first"]
    if written:
        return report.year is not None and int(written) > report.year
    if match["next"]:
        # A report held in December speaks of its own year so.
        plan = report.text[report.start : report.end]
        return plan.count("今年") > plan.count("明年")
    many = match["many"]
    return many is None or int(many if many.isdigit() else chinese_number(many) or 0) > 1


def _serves_before(sentence: str, match: re.Match[str], here: int) -> bool:
    """Whether a clause before ``here`` names the other year only for what the work serves."""
    if match.end() > here or not any(mark in _CLAUSE for mark in sentence[match.end() : here]):
        return False
    return (
        _SERVES.search(sentence, 0, match.start()) is not None
        or _FOR_THE_FIRST_TIME.match(sentence, match.end()) is not None
    )


def _is_past(report: ReportText, sentence: str, clause: str) -> bool:
    here = len(sentence) - len(clause)
    every = list(_BEFORE.finditer(sentence))
    found = [match for match in every if not _serves_before(sentence, match, here)]
    if not every and report.year is not None:
        found = [
            match
            for match in re.finditer("^(?P<year>20[0-9]{2})年(?=,)", sentence)
            if int(match["year"]) < report.year
        ]
    return bool(found) and _PROMISE.search(sentence, found[-1].end()) is None


def _is_told_of_last_year(text: str, figure: Figure) -> bool:
    """Whether the sentence goes on with a look back: 过去一年,成绩很大。经济增长8%,……."""
    start = _since(text, figure.start, _SENTENCE)
    before = text[_since(text, max(0, start - 1), _SENTENCE) : max(0, start - 1)]
    end = next((at for at in range(figure.end, len(text)) if text[at] in _SENTENCE), len(text))
    return bool(
        _LOOKS_BACK.match(before)
        and _PROMISE.search(before) is None
        and _PROMISE.search(text, start, end) is None
    )


def _is_fact(clause: str, figure: Figure) -> bool:
    people = figure.unit is not None and figure.unit.dimension == "人数"
    if people and _GRADUATES.search(clause):
        return True
    found = list(_IS_SO.finditer(clause))
    return bool(found) and _NOT_SO.search(clause, found[-1].end()) is None
