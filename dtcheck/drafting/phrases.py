"""Clauses and sentences of a report, and the words in them that say nothing of what is counted."""

from __future__ import annotations

import re

STOPS = ",。;:!?\n"
_SENTENCE = "。;!?\n"
_LONGEST_CLAUSE = 200
BOUND = "(?:及以上|及以下|以上|左右|上下|以内|之内|以下)"
# What promises, hurries or dates, and says nothing of what is counted.
_FILLER = (
    "我们要?|要(?!素|道|件|害|闻)|(?:到)?(?:20[0-9]{2}年)(?:底|末)?前?|到?今年底前?|到?年底前?|年末|全年|年内|今年|本年|当年|力争(?:实现|完成|达到)?|"
    "争取(?:全年|年内)?|努力|确保|保证|"
    "(?:全省|全市|全县|全区|全旗|我省|我市|我县|我区|我旗)(?!人民|各|性|统一)|其中|同时|并(?!网|购|轨|联|行)|使(?!用)|让(?!利)|"
    "将(?!军)|持续|加快(?!递)|扎实|积极|着力|全力(?:以赴)?|以(?!工代|奖代|旧换|大代|租代|案|上|下|内|外|商|色|点)|对(?!外|接|口|标|照|俄|台)|抓好|做好|"
    "推进|认真|严格|深入|全面(?!二|两)|进一步|达到|做到|至少|不断|稳步|强力|大力|加强对|通过(?!率|量)|包括|包含|[0-9]{1,2}月(?:底|末|份)?(?:以?前)?|上半年|下半年|[一二三四五六七八九十][是要](?=[一-龥])"
)
LEADING = re.compile(f"^(?:(?:{_FILLER}|实现(?!率)|[、的与及了]|和(?!美|谐|平|睦|田|县))+)")
INSIDE = re.compile(
    "(?:全年|年内|年底前?)?(?:力争|确保|争取)(?:全年|年内)?(?:实现|完成|达到)?|(?<=[一-龥])(?:全年|年内|年底前?|今年)(?=$|新增|建成|完成|实现|收储)"
)
# Possessive, as 达到 is also 达 and 到: 达到达到… would be tried in every way there is.
TRAILING = re.compile(
    "(?:不低于|不少于|不高于|不超过|不突破|超过|超|突破|高于|低于|达到|达|控制在|(?:下降|降低|提高|提升|增加|扩大|发展|压缩|缩短|压减|减少|压降|降|升|增长)[至到为]|"
    "保持在?|维持在?|稳定在?|稳定|完成|实现|分别|率先|年内|全年|力争|确保|同比|各|共|为(?!民)|至|到|(?<![平人户村])均|约|近|过|再|了|(?<![0-9])[0-9]{1,2}[×x*])++$"
)
DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
VERB = re.compile(
    "新建|改建|建成|新增|建设|完成|打造|创成|创建|培育|引进|改造|提升|开工|竣工|举办|开展|净增|认定|盘活|培训|发放|实施|推进|推动|"
    "争创|惠及|带动|建立|修建|种植|栽植|安装|更新|设立|组建|选派|扩建|整治|治理|加强|加快|落实|支持"
)


def clause_start(text: str, position: int) -> int:
    """Return where the clause around ``position`` starts."""
    near = max(0, position - _LONGEST_CLAUSE)
    return max(near, 1 + max(text.rfind(stop, near, position) for stop in STOPS))


def sentence_start(text: str, position: int) -> int:
    """Return where the sentence around ``position`` starts."""
    near = max(0, position - 2 * _LONGEST_CLAUSE)
    return max(near, 1 + max(text.rfind(stop, near, position) for stop in _SENTENCE))


def bare_name(words: str) -> str:
    """Return words without what hurries, promises or dates."""
    return LEADING.sub("", INSIDE.sub("", words))
