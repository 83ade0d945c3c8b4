"""Where this year's part of a report starts and ends, and of which year the report is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from dtcheck.workreport.figures import chinese_number

_NUMERAL = "[一二三四五六七八九十]{1,3}"
YEAR = "(?P<year>20[0-9]{2}|二〇[〇一二三四五六七八九]{2})年"
_ANY_YEAR = re.compile(YEAR)
_MARK = rf"(?:第?{_NUMERAL}(?:部分|[、,.])?|\({_NUMERAL}\)|[0-9]{{1,2}}[.、])?"
_OUTER = re.compile(rf"(?:第{_NUMERAL}部分[、,.:]?|{_NUMERAL}、)")
# What a heading of the plan is made of: 2024年主要工作, 二、今年工作安排, 2025年总体要求和目标任务.
_WORDS = (
    "全市|全县|全区|全旗|全镇|全省|我市|我县|我区|政府|经济社会|国民经济|社会|经济|发展|主要|重点|总体|基本|指导|工作|目标|任务|要求|"
    "安排|打算|部署|思路|思想|预期|奋斗|谋划|设想|建议|举措|措施|计划|意见|下半年|上半年|和|与|及|以及|、|的|,"
)
_CORE = re.compile("工作|目标|任务|要求|安排|打算|部署|思路|谋划|设想|计划")
_THIS_YEAR = "今年|明年|下一年度?|新一年|新的一年"
_HEADING = re.compile(
    rf"{_MARK}(?:关于|对)?(?:{YEAR}|(?P<this>{_THIS_YEAR})|今后(?:五年|一个时期))(?:及今后[^,。]{{1,8}})?的?"
    rf"(?P<words>(?:{_WORDS}){{1,14}})"
)
# “十五五”时期主要目标和2026年重点工作: this year after others.
_LAST = re.compile(rf"[和与及、]{YEAR}的?(?P<words>(?:{_WORDS}){{1,14}})$")
_SENTENCE = re.compile(
    rf"(?:(?<=[。!?\n])|^){_MARK}{YEAR}的?"
    "(?:主要工作|重点工作|工作安排|工作打算|工作重点|工作任务|工作部署|主要任务|目标任务|主要目标|总体要求|工作思路|工作总体要求)"
)
_REVIEW_WORDS = re.compile(
    "回顾|总结|完成情况|进展|成就|成效|成果|成绩|过去|五年来|一年来|取得|工作报告"
)
REVIEW = re.compile(
    rf"(?:{YEAR}|过去[^,。\n]{{1,6}}|上一年|五年来|[一-龥]{{0,6}})的?(?:政府)?工作(?:的)?(?:回顾|总结|完成情况)"
)
_FIVE = re.compile("五年|“?十[一二三四五六七八九]五”?|一个时期|远景")
_TITLE = re.compile(
    rf"{YEAR}[^\n。]{{0,12}}政府工作报告|政府工作报告\({YEAR.replace('year', 'late')}"
)
_DATE = re.compile(rf"{YEAR}(?P<month>[0-9]{{1,2}}|{_NUMERAL})月(?:[0-9]{{1,2}}|{_NUMERAL})日")
_CONGRESS = "人民代表大会|[一二三四五六七八九十]届[^。\n]{0,8}次会议"
# Where the title and the date of a report stand; and the months in which next year is reported on.
_HEAD = 1500
_LATE = 11
_NEAR = 60
_LONGEST_HEADING = 60
_LONGEST_LINE = 40
_AIMS = "预期目标|主要目标|奋斗目标|工作目标|发展目标|目标任务"
# From here on the text is no report: a glossary, notes, the page around it, other reports.
_GLOSSARY = re.compile(
    r"[※*【\[(]{0,2}(?:附[件录]?[0-9一二三]?[:、]?)?(?:相关|有关|部分)?(?:名词|术语|词语|词条|专用名词)?(?:解释|注释|释义|说明|注解)[※*】\])]{0,2}:?"
)
_PAGE = re.compile(
    "免责声明|相关报道|相关阅读|相关链接|相关新闻|延伸阅读|分享到|分享:|扫一扫|责任编辑|责编:|编辑:|【?关闭|【?打印|打印本页|上一[篇页]|下一[篇页]|首页$|尾页$|标签云|标签:|点击排行|"
    "热门|推荐阅读|猜你喜欢|版权(?:所有|声明)|主办单位|网站地图|联系我们|ICP备|来源:|发布日期:|浏览次数|阅读次数|\\(图解\\)|一图读懂"
)
_INLINE_PAGE = re.compile(r"(?<=[。!])(?:扫一扫|【打印|【关闭|分享到|\(图解\)|责任编辑|\(注:)")
_PAGED = re.compile("(?:上一页|下一页)")
_LOOKS_BACK = re.compile("一年来|过去一年|过去的一年|刚刚过去|工作回顾|工作总结")
_AHEAD = re.compile("(?:今年|新的一年|明年)[^。\n]{0,30}(?:目标|工作|要|力争|确保|做好)")
_OTHER_TITLE = re.compile(
    rf"[^。;]{{0,14}}{YEAR}[^。;]{{0,12}}(?:政府工作报告|统计公报|国民经济和社会发展[^。;]{{0,8}})"
)
_APPENDIX = re.compile("附[件录表]?[0-9一二三四五]?[:、]?")
_PROMISED = re.compile("民生|实事|工程|项目|任务|清单|分解|目标")
_REPORTED = re.compile("进展|完成情况|说明|解释|注释|名词|上年")


@dataclass(frozen=True, slots=True)
class Split:
    """``plan``: where this year's part starts, None where nothing says so; ``heading`` its heading.

    ``begins``: where what is read starts in any case; ``doubts``: what of it a person has to settle.
    """

    plan: int | None
    heading: str | None
    year: int | None
    begins: int
    end: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph that may be a heading: ``words`` as far as they are one."""

    start: int
    words: str
    years: tuple[int, ...]
    this_year: bool
    outer: bool
    exact: bool

    @property
    def is_review(self) -> bool:
        return bool(_REVIEW_WORDS.search(self.words))

    @property
    def is_of_years(self) -> bool:
        return bool(_FIVE.search(self.words))


def split(text: str) -> Split:
    """Find the plan of a mended text."""
    return _Splitting(text).run()


def year_of(written: str | None) -> int | None:
    """Return a year that is written in digits or numerals."""
    if written is None:
        return None
    value = int(written) if written.isdigit() else chinese_number(written)
    return None if value is None else int(value)


class _Splitting:
    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = list(_paragraphs(text))
        lines = [line for each in self.paragraphs if (line := _line(*each))]
        # Pages list other reports below the last word of this one.
        first = next((line.start for line in lines if line.outer or line.is_review), _HEAD)
        self.stop = self._end(first, None)
        self.lines = [line for line in lines if line.start < self.stop]
        self.doubts: list[str] = []

    def run(self) -> Split:
        year = self._year()
        heading = self._heading(year)
        start = heading.start if heading else None
        words = heading.words if heading else None
        if heading and heading.is_of_years and not heading.exact:
            # “十五五”时期目标任务和2026年工作安排: the years come first, then this one.
            opening = self._opening(year, heading.start)
            start, words = (opening, None) if opening is not None else (start, words)
        if start is None and year is not None:
            start, words = self._unnamed(year)
        if start is None and (sentence := _SENTENCE.search(self.text, 0, self.stop)):
            start, words = sentence.start(), sentence[0]
            year = year or year_of(sentence["year"])
        begins = start if start is not None else self._after_review()
        first = next((line.start for line in self.lines if line.start >= begins), begins)
        end = self._end(first, year)
        if start is None and (instead := self._without_plan(begins, end)):
            self.doubts.append(instead)
        self._doubt(year, start, begins, end)
        return Split(start, words, year, begins, end, tuple(self.doubts))

    def _year(self) -> int | None:
        """Return the year of the delivery, else of the title, else of the plan's heading."""
        head = self.text[:_HEAD]
        title = _TITLE.search(head)
        named = year_of(title["year"] or title["late"]) if title else None
        plans = [
            year for line in self.lines if line.exact and not line.is_review for year in line.years
        ]
        held = self._delivered(head)
        if held is not None:
            year, month = held
            if month >= _LATE and (year not in plans or year + 1 in plans):
                year += 1
            if named is not None and named not in (year, year - (month >= _LATE)):
                self.doubts.append(
                    f"标题写的是{named}年，会议日期是{held[0]}年{month}月，按{year}年起草，核对 year。"
                )
            return year
        if named is not None:
            return named
        if plans:
            return max(plans)
        review = REVIEW.search(self.text)
        last = year_of(review["year"]) if review else None
        return None if last is None else last + 1

    def _delivered(self, head: str) -> tuple[int, int] | None:
        for match in _DATE.finditer(head):
            near = head[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if re.search(_CONGRESS, near):
                year, month = year_of(match["year"]), year_of(match["month"])
                if year is not None and month is not None:
                    return year, month
        return None

    def _heading(self, year: int | None) -> _Line | None:
        """Return the first heading that speaks of the year, past a table of contents."""
        found = [
            line
            for line in self.lines
            if not line.is_review
            and (line.this_year if not line.years else year is None or year in line.years)
        ]
        # What only names the year in a sentence of its own counts where no heading does.
        found = [line for line in found if line.exact or line.outer] or found
        words = [line.words for line in found]
        return next(
            (line for index, line in enumerate(found) if line.words not in words[index + 1 :]), None
        )

    def _opening(self, year: int | None, after: int) -> int | None:
        """Return where a paragraph opens this year's part: 今年是……之年, 做好今年工作."""
        for start, words in self.paragraphs:
            if after < start < self.stop and self._opens(words, year):
                return start
        return None

    def _opens(self, words: str, year: int | None) -> bool:
        this = f"(?:今年|{year}年|{_in_numerals(year)}年)" if year else "今年"
        return bool(
            re.match(
                rf"{_MARK}(?:(?:各位代表[!,:])?{this}(?:,)?(?:是|工作|政府工作(?!报告)|全[市县区省旗]|我[市县区省旗]|经济社会|国民经济|的|要)|(?:做好|围绕|按照){this}"
                rf"|{this}[^。;\n]{{0,30}}(?:总体要求|总体思路|{_AIMS}))",
                words,
            )
        )

    def _unnamed(self, year: int) -> tuple[int | None, str | None]:
        """Return where the plan starts that no heading names: by its first sentence."""
        first = next((line.start for line in self.lines if line.outer or line.is_review), 0)
        start = self._opening(year, first)
        if start is None:
            start = self._goal_sentence(year, first)
        if start is None:
            return None, None
        around = [line for line in self.lines if line.outer and line.start < start]
        last = around[-1] if around else None
        if last and start == last.start + len(last.words) + 1:
            # The first words below a heading, whatever that says.
            return last.start, last.words
        if last and not last.is_of_years and not last.is_review:
            other = [each for each in last.years if each != year]
            reviewed = self.text.find(f"{year - 1}年", last.start, min(start, last.start + 120))
            if not other and reviewed < 0 and start - last.start < 600:
                return last.start, last.words
        return start, None

    def _goal_sentence(self, year: int, after: int) -> int | None:
        this = f"(?:今年|{year}年)"
        pattern = re.compile(
            rf"(?:(?<=[。!?\n])){this}[^。\n]{{0,40}}(?:{_AIMS})[^。\n]{{0,80}}?[0-9]+(?:\.[0-9]+)?%"
        )
        found = pattern.search(self.text, after, self.stop)
        return found.start() if found else None

    def _after_review(self) -> int:
        """Return where the review ends, as far as a heading says so."""
        seen = False
        for line in self.lines:
            if seen and not line.is_review and line.is_of_years and (line.outer or line.exact):
                return line.start
            seen = seen or line.is_review
        return 0

    def _end(self, begins: int, year: int | None) -> int:
        text = self.text
        first = bisect_right([start for start, _ in self.paragraphs], begins)
        for index in range(first, len(self.paragraphs)):
            start, words = self.paragraphs[index]
            if _APPENDIX.fullmatch(words[:6].rstrip()) or (
                _APPENDIX.match(words) and len(words) < _LONGEST_LINE
            ):
                after = self.paragraphs[index + 1][1] if index + 1 < len(self.paragraphs) else ""
                if self._is_other_appendix((words + after)[:80], year):
                    return start
            if len(words) <= 24 and _GLOSSARY.fullmatch(words):
                return start
            if re.match(r"[※*【\[(]{0,2}(?:名词解释|名词注释|注释)[※*】\])]{0,2}[:\[(1①]", words):
                return start
            if _PAGE.match(words) or (len(words) < _LONGEST_LINE and _OTHER_TITLE.fullmatch(words)):
                return start
            if inline := _INLINE_PAGE.search(words):
                return start + inline.start()
        return len(text)

    def _is_other_appendix(self, words: str, year: int | None) -> bool:
        years = {year_of(match["year"]) for match in _ANY_YEAR.finditer(words)}
        if _REPORTED.search(words) or (years and year is not None and year not in years):
            return True
        return not _PROMISED.search(words)

    def _without_plan(self, begins: int, end: int) -> str | None:
        """Return what the text is instead, and what to do about it."""
        years = next((line for line in self.lines if line.is_of_years and not line.is_review), None)
        if _PAGED.search(self.text):
            return "文本像是分成几页的网页，只存了其中一页：把其余各页也存下来，接成一份再起草。"
        if years is not None and years.start >= begins:
            return (
                f"只有“{years.words[:20]}”，没有一年的计划：其中的数是几年的目标，不能当作当年的指标，"
                "换用写有当年计划的报告。"
            )
        if _LOOKS_BACK.search(self.text) and not _AHEAD.search(self.text, begins, end):
            return "全文像是上年的回顾，没有当年的目标：换用报告的全文。"
        return None

    def _doubt(self, year: int | None, start: int | None, begins: int, end: int) -> None:
        for line in self.lines:
            if (
                not line.exact
                or line.is_review
                or line.is_of_years
                or not begins <= line.start < end
            ):
                continue
            other = [each for each in line.years if each != year]
            if other and year is not None and not (set(line.years) - set(other)):
                self.doubts.append(
                    f"标题“{line.words[:20]}”写的是{other[0]}年，报告是{year}年的，核对年份和当年部分的起点。"
                )
        if start is None or year is None:
            return
        this = f"(?:今年|{year}年)"
        aims = (
            rf"(?<=[。!?\n]){this}[^。;\n]{{0,30}}(?:预期目标|主要目标)[^。;\n]{{0,6}}(?:是|为|:)"
        )
        if outside := re.search(aims, self.text[:start]):
            words = outside[0][:24]
            self.doubts.append(f"“{words}……”在找到的当年部分之前，核对当年部分的起点。")


def _in_numerals(year: int | None) -> str:
    return "".join("〇一二三四五六七八九"[int(mark)] for mark in str(year or 0))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for words in text.split("\n"):
        yield start, words
        start += len(words) + 1


def _line(start: int, words: str) -> _Line | None:
    """Return a paragraph as a heading, as far as it can be one."""
    outer = _OUTER.match(words)
    whole = re.split("[。;:!?]", words[:_LONGEST_HEADING], maxsplit=1)[0]
    match = _HEADING.match(words)
    if match and not _CORE.search(match["words"]):
        match = None
    short = len(words.rstrip("。:.?")) <= _LONGEST_LINE
    rest = words[match.end() :] if match else ""
    if match and (not rest.rstrip("。:.?") or (outer and not _goes_on(rest))):
        # A heading by its words: the whole of a line, or before a text that runs on.
        own = words if not rest.rstrip("。:.?") else match[0].rstrip(",、的和与及")
        year = year_of(match["year"])
        return _Line(start, own, (year,) if year else (), bool(match["this"]), bool(outer), True)
    if outer:
        own = words if short else _cut(whole)
    elif (short and (last := _LAST.search(words)) and _CORE.search(last["words"])) or (
        short and _REVIEW_WORDS.search(words) and not re.search("[。;:!]|报告", words)
    ):
        own = words
    else:
        return None
    years = tuple(
        year for each in _ANY_YEAR.finditer(own) if (year := year_of(each["year"])) is not None
    )
    this = bool(re.search(_THIS_YEAR, own))
    return _Line(start, own, years, this, bool(outer), False)


def _goes_on(rest: str) -> bool:
    """Whether the words after a heading's belong to it: 2023年工作|回顾."""
    return bool(re.match("[^,。;:!?]{0,6}(?:回顾|总结|完成情况|成效|成绩|成就)", rest))


def _cut(words: str) -> str:
    """Return a heading without the text that runs on behind it."""
    tail = re.search(
        "(?<=[回总成任要目工安])(?:顾|结|效|就|务|求|标|作|排)(?=20[0-9]{2}年|今年|今后|过去|刚刚|做好|围绕|面对|一年来)",
        words,
    )
    return words[: tail.end()] if tail else words
