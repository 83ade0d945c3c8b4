"""What a section is about: its code and its name, from the words of its heading."""

from __future__ import annotations

import itertools
import re

# Codes by what a heading is about: of those that are free, the one it speaks of first.
_MAIN = (
    ("GY", "工业", "工业|制造业|实体经济|产业"),
    ("XM", "项目", "项目|招商|投资"),
    ("CX", "创新", "创新|科技"),
    ("KF", "开放", "开放|外贸|外资"),
    ("GG", "改革", "改革|营商"),
    ("XF", "消费", "消费|服务业|内需"),
    ("XC", "乡村", "乡村|农业|农村|三农|农牧|粮食"),
    ("CS", "城市", "城市|城镇|城乡|能级|交通"),
    ("ST", "生态", "生态|绿色|美丽(?!乡村)|低碳|双碳"),
    ("WH", "文化", "文化|旅游|文旅"),
    ("MS", "民生", "民生|福祉|共同富裕|幸福|生活"),
    ("AQ", "安全", "安全|风险|平安|治理"),
    ("ZF", "政府", "政府|自身建设"),
)
# What a heading is about that speaks of none of these.
_OTHER = (
    ("SS", "民生实事", "实事|民心工程|[十二三]{1,2}[件大](?:实事|惠民|民心|工程)"),
    ("TP", "脱贫", "脱贫|扶贫"),
    ("NY", "能源", "能源"),
    ("JC", "基础设施", "基础设施|交通|水利|短板"),
    ("HB", "环保", "环境|污染|生态|节约|资源"),
    ("FW", "服务业", "服务业|三产|第三产业"),
    ("YQ", "疫情防控", "疫情|防疫"),
    ("SC", "市场", "市场|营商|流通"),
    ("QY", "区域协调", "区域|协同|协调|一体化|融合"),
    ("ZS", "招商", "招商|引资|开发区|园区"),
    ("SH", "社会事业", "社会|公共服务|共享|教育|医疗|健康|养老"),
    ("GJ", "攻坚", "攻坚"),
    ("ZW", "自身建设", "作风|廉洁|行政效能|法治"),
    ("FZ", "发展", "发展|增长|经济"),
)
# What a heading hurries with before it comes to what it is about.
_HURRY = re.compile(
    "^(?:20[0-9]{2}年|坚定不移|坚持不懈|久久为功|一以贯之|更大力度|更加注重|有力有效|用情用力|持之以恒|坚决|着力|加快|推进|全力|大力|全面|深入|深化|聚焦|突出|切实|持续|扎实|强力|"
    "倾力|抓好|做好|办好|推动|积极|继续|努力|加强|不断|进一步|实施|锚定|注重|坚持|守住|打好|圆满完成|高度关注|统筹|落实|强化|优化|提升|构建|建设|打造|在)+"
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPARE_LETTERS = _LETTERS[_LETTERS.index("Q") :]
_LONGEST, _SHORTEST = 8, 2


def topic_of(words: str, line: str, codes: set[str], names: set[str]) -> tuple[str, str]:
    """Return code and name of the section whose heading says ``words``, in the sentence ``line``.

    Neither is one of ``codes`` and ``names``, which sections before it have.
    """
    # The heading's own words before the rest of its sentence.
    for text, topics in ((words, _MAIN), (words, _OTHER), (line, _MAIN)):
        found = [
            (match.start() if topics is _MAIN else 0, index)
            for index, (code, name, pattern) in enumerate(topics)
            if code not in codes and name not in names and (match := re.search(pattern, text))
        ]
        if found:
            return topics[min(found)[1]][:2]
    spare = map("".join, itertools.product(_SPARE_LETTERS, _LETTERS))
    code = next(each for each in spare if each not in codes)
    bare = _HURRY.sub("", re.sub("[“”]|上(?:聚焦|持续)?发力$", "", words))
    bare = bare if len(bare) >= _SHORTEST else words
    first = re.split("[、和与及]", bare)[0]
    wanted = (first, bare) if len(first) >= _SHORTEST else (bare,)
    for name in (*(each[:_LONGEST] for each in wanted), words[:12], words):
        if name and name not in names:
            return code, name
    return code, f"{words[:6]}板块{code}"
