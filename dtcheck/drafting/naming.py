"""What a figure of a report is called: a name that a clerk knows the indicator by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dtcheck.drafting.lists import listed
from dtcheck.drafting.phrases import (
    BOUND,
    DIGITS,
    LEADING,
    STOPS,
    TRAILING,
    VERB,
    bare_name,
    clause_start,
    sentence_start,
)
from dtcheck.targets.model import Measure
from dtcheck.units import SHARE
from dtcheck.workreport.figures import Figure
from dtcheck.workreport.levels import is_raised, without_old_level

_SENTENCE = "。;!?\n"
_LONGEST_NOUN = 60
LONGEST_NAME = 24
_FAR_TOO_LONG = 34
_CLAUSES_BACK = 4
_LINES_UP = 3
_COUNT = "[个项座条家所栋处件名户只头台套支场种部辆艘间张宗批位块眼片股类款篇档尾株]"
_PREPOSITION = re.compile("^(?:为|对|在|向|将|以|由|从|让|使|与|和|同)$")
_GROWTH = re.compile("增长|增幅|增速|增加|上升|涨幅|提高|提升")
_FALL = re.compile("下降|降低|减少|压减|削减|降幅")
_STOCK = re.compile("^(?:总数|总量|总规模|总户数|累计)$")
# What a thing has, not what it is: 总投资137亿元的92个重点项目 is the projects' 总投资.
_ATTRIBUTE = re.compile(
    "(?:(?:年度|当年|计划|总|完成|概算|估算|预计|投入|引进|合同)*(?:投资额?|资金)|(?:年|日)(?:产值?|出栏|屠宰|处理|加工|存栏|供水|发电)|"
    "(?:占地|建筑|总|种植|建设)*面积|占地|(?:总|全)?[长宽]|(?:总)?里程|(?:总)?规模|总?库容|(?:总)?装机(?:容量)?|产能|产值)$"
)
_ITS_MEASURE = re.compile(
    f"(?:{_GROWTH.pattern}|{_FALL.pattern}|年度完成投资|年度投资|(?:播种|生产|种植)面积|{_ATTRIBUTE.pattern[:-1]})$"
)
_ATTRIBUTE_WRITTEN = {
    "长": "长度",
    "宽": "宽度",
    "占地": "占地面积",
    "年产": "年产量",
    "日产": "日产量",
}
_ONLY_VERBS = re.compile(
    "(?:谋划|启动|推进|实施|建设|建成|完成|加快|促进|做好|抓好|引进|组织|全力|全面|初步|安排|确定|开工|竣工|突出|好|的|了|重点|扎实|对|以|一批|支持|推动|争取)*"
)
_JOINT = re.compile("[、]|以及|[和及与](?=[0-9])")
# Of a list: its first part is no noun yet (区域性、系统性风险), or only describes (有特色、有基础的乡镇).
_OPEN = re.compile("(?:性|型|级|式|化|类|[省市县镇村]|较大|重大|困境)$|^集")
_ADJECTIVE = re.compile("^(?:集|有|以)|(?:领先|突出|完善|明显|合理|优美|便利|齐全|[强好高大新优])$")
_SCOPE = re.compile(".{2,}?(?:领域|方面|行业|条件)(?=实施|建设|打造|开展|培育|推进|新建)")
_SHORT_PART = 8
_VERY_SHORT = 4
# A count inside a name that is a figure of its own: the 92个 of 总投资137亿元的92个重点项目.
_OWN_COUNT = re.compile(
    rf"(?:约|近)?[0-9]+(?:\.[0-9]+)?(?:[-—~至到][0-9]+)?[余多]?万?{_COUNT}(?!制|级|位)(?:以上|左右)?"
)
_NOTE_MARK = re.compile(r"[\[〔【][0-9]{1,3}[\]〕】]")
_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_LIST_MARK = re.compile(
    r"^(?:[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]{1,2}(?:是|要(?!素|道|件))|[一二三四五六七八九十]{1,2}、|\([0-9一二三四五六七八九十]{1,3}\)|[①-⑳]|[-—·●]+)+"
)
_PREFIXED = "(?:完成|实现|总|年度|计划|实际|新增|预计|累计|当年|年|力争|总计|综合|全口径)*"
# Names that say nothing without what stands before them.
_WEAK = re.compile(
    f"{_PREFIXED}(?:投资|里程|面积|建筑面积|占地面积|占地|产值|收入|销售收入|营业收入|主营业务收入|销售额|交易额|产量|总产|规模|长度?|宽度?|库容|资金|"
    "总量|总数|企业|项目|国家级|省级|市级|县级|增长|降幅|增速|年产|左右|人|户|任务|能力|覆盖|面积增加|处理能力|仓储能力|总产值|利润|税收|税金|"
    "人均|人均达?|占比|保费|(?:补[助贴])?标准|(?:建成|覆盖|达标|完成|合格|普及|开工|竣工)率|(?:培训|改造|搬迁|治理|建设|造林)任务|待遇享受人数|同比增长|"
    "开行|销售|运营|发行|投放|开工|竣工|启动|投用|建成投用|建成投产|年?出栏|日屠宰|种植(?:总)?面积|流转面积|改造|建设|完成|达到|打造|建成|新建|增加|创建|建立|培育|举办|开展)?"
)


# 超每千人6.6批次: the word stands before what is measured by.
_PER = re.compile("(?:不低于|不少于|不超过|超过?|突破|达到?)(每[十百千万]*[人户名亩]口?)$")


def name_figure(text: str, item: int, figure: Figure, measure: Measure, earlier: str) -> str:
    """Return the name of the figure whose item starts at ``item``.

    ``earlier`` is the name of the target before it, where that stands in the same sentence.
    """
    clause = clause_start(text, figure.start)
    head = _own_part(without_old_level(text[max(item, clause) : figure.start]))
    if figure.word is not None:
        words = LEADING.sub("", _LIST_MARK.sub("", re.sub("[“”]", "", head))) + figure.text
        name = _tidy(_fitted(words, _OWN_COUNT.sub("", _noun(text, figure.end))))
    elif shared := listed(text, clause, figure):
        name = _tidy(shared)
    else:
        behind = text[figure.end : figure.end + _LONGEST_NOUN]
        name = _tidy(_of_amount(head, _noun(text, figure.end), behind, figure, measure))
        if item > clause and 0 < len(name) <= _VERY_SHORT and (verb := VERB.match(earlier)):
            # 新建大棚20座、温室5座: of a list, the verb is everybody's.
            name = name if VERB.match(name) or _WEAK.fullmatch(name) else verb[0] + name
    above = _line_above(text, clause) if not name else ""
    if above and _WEAK.fullmatch(above):
        # A table that was pasted: 总投资 stands in the line above its amount.
        name = above
    if not name or _WEAK.fullmatch(name):
        owners = _subjects(
            text, clause, figure, earlier, measured=bool(name) or measure is not Measure.RATE
        )
        subject = next(owners, "")
        name = _tidy(_joined(subject, name, measure))
    return name


def _own_part(head: str) -> str:
    """Return what belongs to the figure itself: 6大集群和18条产业链 are two things."""
    head = _BRACKETS.sub("", _NOTE_MARK.sub("", head))
    found = list(re.finditer(rf"[0-9]+(?:大|{_COUNT})[^、和及与]{{0,16}}[、和及与]", head))
    return head[found[-1].end() :] if found else head


def _noun(text: str, position: int) -> str:
    """Return the words behind a figure that say what it counts."""
    end = position
    match = re.compile(f"[^{_SENTENCE},:]{{0,{_LONGEST_NOUN}}}").match(text, end)
    rest = _NOTE_MARK.sub("", match[0] if match else "")
    rest = re.sub("[“”]", "", _BRACKETS.sub("", rest).partition("(")[0])
    rest = re.sub(
        f"^{BOUND}|^(?:安排|考虑|掌握)(?=$|[、和])|^次(?!生|元)(?:以上)?|^各(?=[0-9])", "", rest
    )
    rest = re.sub(
        "为(?:重点|抓手|载体|契机|主|依托|支撑)[^、]{0,4}$|^(?:工作日|位次)(?:以上|以内|之内)?|^并.*|(?<=[一-龥])(?:不低于|不少于|超过?|提高[到至]|达到?)?[0-9.]+[十百千]?[万亿]?(?:亩|公里|吨|平方米|元|千瓦)$|^[村镇乡校](?=的[一-龥])|^的?目标(?:任务)?$",
        "",
        rest,
    )
    return _first_of_list(re.split("[.](?![0-9])", rest)[0]).rstrip(")】]")


def _first_of_list(rest: str) -> str:
    """Return the part of a list that a figure counts, with what its last part says of all."""
    if re.match("[、及与]|以及|和(?!美|谐|平)", rest):
        return ""
    if level := re.match("((?:国家|省|市|县)级)(?=[、和及与])[^级]*级([^、和及与0-9]+)", rest):
        # 3个省级、15个市级研发中心: what is said last is meant before.
        return level[1] + level[2]
    digits = DIGITS.search(rest)
    joints = list(_JOINT.finditer(rest))
    if not joints:
        return _before_next(rest, digits.start()) if digits else rest
    first = rest[: joints[0].start()]
    if digits and digits.start() >= joints[0].end():
        return _before_next(rest[: joints[0].start()], joints[0].start())
    if _ADJECTIVE.search(first) and (noun := re.search("[^、]的(?P<noun>[^、的]{2,})$", rest)):
        return noun["noun"]
    after_list = re.search("、[^、]*?(?P<rest>等(?!级)[^、]*)$", rest)
    if after_list and len(first) <= _SHORT_PART:
        return first + after_list["rest"]
    if _OPEN.search(first) and not VERB.match(rest[joints[0].end() :]):
        return rest
    return first


def _before_next(words: str, end: int) -> str:
    """Cut off what belongs to the next figure: 道路新建和雪松大道、…15条."""
    joint = re.search("(?<=[一-龥]{2})[和及与](?!美|谐)[^和及与0-9]{0,16}$", words[:end])
    return words[: joint.start()] if joint else words


def _of_amount(head: str, noun: str, behind: str, figure: Figure, measure: Measure) -> str:
    bare = _bare(_LIST_MARK.sub("", head))
    if _STOCK.match(bare):
        return bare
    share = figure.unit is not None and figure.unit.dimension == SHARE
    possessed = noun.startswith("的")
    if not noun and _ATTRIBUTE.search(bare):
        # 总投资2089亿元、年度投资648亿元的264个重点项目
        owner = re.match(
            f"[、][^{STOPS}、]{{0,16}}?[0-9][^{STOPS}、]{{0,6}}?的(?P<noun>[^{STOPS}、]{{2,24}})",
            behind,
        )
        noun, possessed = (owner["noun"], True) if owner else (noun, False)
    noun = _OWN_COUNT.sub("", noun.removeprefix("的")) if noun else ""
    lead = _PREPOSITION.sub("", bare_name(bare))
    attribute = _ATTRIBUTE.search(lead)
    if attribute and noun and (possessed or "投资" in attribute[0] or lead == attribute[0]):
        before = lead[: attribute.start()]
        before = "" if _ONLY_VERBS.fullmatch(before) else before
        owned = re.sub("^(?:完成|引进|投入)(?=总|投资)", "", attribute[0])
        return _fitted(before, noun + _ATTRIBUTE_WRITTEN.get(owned, owned))
    if share and _GROWTH.search(lead[-3:]):
        noun = ""
    name = _fitted(lead, noun)
    if measure is Measure.RATE and (fall := _FALL.search(name)) and not is_raised(head):
        name = re.sub("[要将均]$", "", name[: fall.start()]) + "降幅"
    return name


def _bare(head: str) -> str:
    """Return words without what leads over to the figure: 达到, 控制在, 年内."""
    head = _PER.sub(r"\1", re.sub("[“”]", "", head))
    bare = TRAILING.sub("", re.sub("(?:拟)?按(?=增长|下降|提高|$)", "", head))
    # 保费由每生每年5元提高至10元: from what to what is the figures'.
    return re.sub("(?:由|从)(?:[0-9]|每|月|年|现|原|去年|上年|目前|人)[^,]{0,8}$", "", bare).rstrip(
        "、,的 "
    )


def _subjects(
    text: str, clause: int, figure: Figure, earlier: str, *, measured: bool
) -> Iterator[str]:
    """Yield what a figure of few words may be about, the nearest first.

    ``measured``: its own words or its unit say what of it is measured (总产量), so that no other is meant.
    """
    for subject in _meaningful(text[clause : figure.start]):
        yield from _owner(subject) if measured else (subject,)
    if earlier:
        yield from _owner(earlier) if measured else (earlier,)
    sentence = sentence_start(text, clause)
    if title := _title_above(text, clause):
        yield from _meaningful(title)
    for _ in range(_CLAUSES_BACK):
        if clause <= sentence:
            break
        before = clause_start(text, clause - 1)
        yield from _meaningful(text[before : clause - 1])
        clause = before
    behind = re.compile(f"[^{_SENTENCE}]{{0,40}}").match(text, figure.end)
    rest = behind[0] if behind else ""
    following = re.match(
        rf"[^,]{{0,8}},(?P<verb>[一-龥]{{0,6}}?)[0-9.]*{_COUNT}?(?P<noun>[^,0-9、]{{2,14}})(?=[,、0-9]|$)",
        rest,
    )
    if following:
        yield from _meaningful(following["noun"])


def _owner(name: str) -> Iterator[str]:
    """粮食播种面积 is 粮食's: what comes next may be its 总产量."""
    yield from _meaningful(_ITS_MEASURE.sub("", name))
    yield name


def _line_above(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position)
    return text[text.rfind("\n", 0, max(start, 0)) + 1 : start] if start > 0 else ""


def _title_above(text: str, position: int) -> str:
    """Return the nearest line above that is a title: 城区道路改造项目, in a table or a list of works."""
    start = text.rfind("\n", 0, position) + 1
    described = False
    for _ in range(_LINES_UP):
        if not start:
            break
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[above : start - 1]
        title = _BRACKETS.sub("", line)
        is_line = not re.search("[,。;:0-9]|^[一二三四五六七八九十]+、", title) and len(title) > 4
        if is_line and (described or re.search("(?:项目|工程|行动|中心|基地)$", title)):
            return title
        described = bool(re.search("[,。;]", line))
        start = above
    return ""


def _meaningful(words: str) -> Iterator[str]:
    """Yield the words up to the first figure, with what it counts, where they say something."""
    words = re.sub("[“”]", "", _BRACKETS.sub("", _NOTE_MARK.sub("", words)))
    words = _LIST_MARK.sub("", words)
    digits = DIGITS.search(words)
    head = _bare(words[: digits.start()] if digits else words)
    head = bare_name(head)
    if (
        digits
        and _ATTRIBUTE.search(head)
        and (owner := re.search("[0-9][^的]{0,5}的([^0-9、]{2,})", words))
    ):
        head = owner[1]
    short = re.split("通过|依托|围绕|着力|从(?!业|严|事)", head)[0]
    head = re.sub("(?:力度|步伐|进度)$", "", short if len(short) > 1 else head).removeprefix("加大")
    if len(head) > LONGEST_NAME:
        head = re.split("[、的]", head)[-1]
    if digits and (_WEAK.fullmatch(head) or VERB.fullmatch(head)):
        unit = re.match(
            rf"[0-9.]+[余多]?[万亿]?(?:{_COUNT}|元|亩|吨|公里|平方米|米|%)?",
            words[digits.start() :],
        )
        noun = words[digits.start() + (unit.end() if unit else 0) :]
        head += TRAILING.sub("", re.split("[、0-9]", noun)[0])
    if len(head) > 1 and not _WEAK.fullmatch(head):
        yield head


def _joined(subject: str, name: str, measure: Measure) -> str:
    if _STOCK.match(name):
        # 新增规上工业企业110家、总数超850家: the total of what was counted before.
        subject = re.sub("^(?:新增|净增)", "", subject)
    if len(name) > 1 and subject.endswith(name[:2]):
        subject = subject[:-2]
    if measure is Measure.RATE or name not in subject:
        return subject + name
    return subject


def _fitted(head: str, noun: str) -> str:
    """Join both, with fewer of the examples that a list begins with: A、B、C等12个项目."""
    if len(head) + len(noun) > LONGEST_NAME and (scope := _SCOPE.match(head)):
        head = head[scope.end() :]
    parts = head.split("、")
    while len(parts) > 1 and len("、".join(parts)) + len(noun) > LONGEST_NAME:
        parts = parts[1:]
    head = "、".join(parts)
    joint = re.search("[、和及与](?!美|谐)[^、和及与]*$", noun)
    while joint and len(head) + len(noun) > LONGEST_NAME and joint.start() > _SHORT_PART:
        noun = noun[: joint.start()]
        joint = re.search("[、和及与](?!美|谐)[^、和及与]*$", noun)
    return head + noun


def _tidy(name: str) -> str:
    """Return a name without list marks, quotes and half a bracket, and of a readable length."""
    name = _BRACKETS.sub("", _NOTE_MARK.sub("", name))
    name = _LIST_MARK.sub("", re.sub("[“”\"'《》]", "", name))
    name = name.replace("(", "").replace(")", "") if name.count("(") != name.count(")") else name
    name = LEADING.sub("", re.sub("^[、).:]+|[、(的和及与]+$", "", name))
    name = re.sub(f"^{BOUND}", "", name)
    if len(name) <= _FAR_TOO_LONG:
        return name
    # From a verb on, not from the middle of a word.
    verbs = [
        each.start() for each in VERB.finditer(name) if each.start() > len(name) - LONGEST_NAME
    ]
    return (
        name[verbs[0] :] if verbs and len(name) - verbs[0] > _SHORT_PART else name[:_FAR_TOO_LONG]
    )
