"""Words of reports: those that promise without digits, and those whose numerals count nothing.

Both lists are general. What a single report calls by a number (16条产业链, “四风”) belongs to the
``excluded`` of its targets file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from dtcheck.targets.goal import Op
from dtcheck.targets.model import Measure

_FLOW, _LEVEL, _RATE = Measure.FLOW, Measure.LEVEL, Measure.RATE


@dataclass(frozen=True, slots=True)
class PromiseWord:
    """A word that promises: ``pattern``, how many promises it makes, and the goal it stands for.

    ``unit`` is what a draft writes; the audit compares the dimension only where ``fixed`` is set
    (再提升 may be days or points). ``counted``: whatever is counted, it is things or times (每月).
    Without ``op`` the goal can't be read from the word alone, without ``measure`` not how it behaves.
    """

    pattern: str
    op: Op | None = None
    value: Fraction | None = None
    unit: str = "%"
    measure: Measure | None = None
    promises: int = 1
    fixed: bool = True
    counted: bool = False

    @property
    def is_periodic(self) -> bool:
        """Whether it says how often (每月)."""
        return self.counted and self.unit == "次"


def _promise(
    pattern: str,
    op: Op | None = None,
    value: int | None = None,
    unit: str = "%",
    measure: Measure | None = None,
    promises: int = 1,
    fixed: bool = True,
) -> PromiseWord:
    worth = None if value is None else Fraction(value)
    return PromiseWord(pattern, op, worth, unit, measure, promises, fixed)


def _counts(pattern: str, op: Op, value: int, unit: str) -> PromiseWord:
    """Return a word by which things or times are counted up over the year."""
    return PromiseWord(pattern, op, Fraction(value), unit, _FLOW, fixed=False, counted=True)


_CHANGE_UP = "提升|提高|增长|增加|上升|攀升"
_CHANGE_DOWN = "下降|降低|减少|回落"
# 再提高30元 is the 30, not the rise.
_NO_AMOUNT = "(?![^,。;:、!?\\n0-9]{0,12}[0-9])"
# 落实……决策部署 is an attitude, 落实整改 is not.
_ORDERS = "[^,。;:!?\\n]{0,30}(?:决策|部署|精神|要求|规定|政策|制度|责任|主张|方针)"
# 每人每月2375元: the measure of an amount, not how often.
_NOT_EACH_PERSON = "(?<![人生户名])"
_NO_MONEY = r"(?!补[助贴]?[0-9]|[0-9.]+[万亿]?元)"
_AS_IF = "如|似|[^,。;:!?\\n]{0,8}(?:感|心态|状态|姿态)"
_UNITS_OF_PLACE = "镇|街道|乡|村|社区|县|区|校|户|园区|板块|企业"

# What is to be prevented is counted; 遏制土地违法 is a stance.
_HARMS = "重特|重大|较大|□|事故|风险|案件|灾害|事件|火灾|疫情|伤亡|险情|舆情|灾情"
# Against the growth of the economy, whatever that will be.
_ECONOMY = "(?:(?:国民)?经济(?!社会)|(?:地区)?生产总值|GDP)(?:增长|增速|发展|增幅)?"
IN_STEP = f"[与和同]{_ECONOMY}(?:保持)?(?:基本)?同步(?!推进|实施|发展|规划|提升)(?:增长)?|不低于{_ECONOMY}(?:增长|增速)?"
AHEAD = f"(?:高于|快于|跑赢){_ECONOMY}(?:增长|增速)?"

# In this order, the first that fits at a place counts.
WORDS: tuple[PromiseWord, ...] = (
    _promise("翻两番|翻2番", Op.AT_LEAST, 300, measure=_RATE),
    _promise(
        "翻一番|翻1番|翻番|翻倍|倍增(?!计划|行动|工程|方案|战略|效应|器)",
        Op.AT_LEAST,
        100,
        measure=_RATE,
    ),
    _promise(f"双(?:{_CHANGE_DOWN})", Op.UNDER, 0, measure=_RATE, promises=2),
    _promise(f"双(?:{_CHANGE_UP})", Op.OVER, 0, measure=_RATE, promises=2, fixed=False),
    _promise("双(?:达标|覆盖|清零)", Op.AT_LEAST, 100, promises=2, fixed=False),
    _promise("双(?:突破|过半|翻番)", promises=2),
    _promise(f"再(?:{_CHANGE_DOWN}){_NO_AMOUNT}", Op.UNDER, 0, measure=_RATE, fixed=False),
    _promise(f"再(?:{_CHANGE_UP}){_NO_AMOUNT}", Op.OVER, 0, measure=_RATE, fixed=False),
    _promise(
        "(?:实现|确保|保持)?(?:100%|百分之百)?(?<![健安齐])全(?:面)?(?:覆盖|达标)",
        Op.AT_LEAST,
        100,
        measure=_LEVEL,
    ),
    _promise("应(?!有尽有)[^应尽,。;、\n]尽[^应尽,。;、\n]", Op.AT_LEAST, 100, measure=_LEVEL),
    _promise(f"不折不扣(?:完成|整改|落实(?!{_ORDERS}))", Op.AT_LEAST, 100, measure=_LEVEL),
    _promise(
        "(?<!健)全部(?!工作|精力|过程|财政|收入|税收|投资|赋权|门(?!店|诊)|队|署)",
        Op.AT_LEAST,
        100,
        measure=_LEVEL,
    ),
    _promise(
        "(?:动态)?清零(?!高压|态势|成果)|归零|消劣|消黑|(?:动态|全面|基本|彻底)消除|消除(?=“?(?:零就业|黑臭|劣))",
        Op.AT_MOST,
        0,
        "条",
        measure=_LEVEL,
        fixed=False,
    ),
    _promise("只增不减|稳中有升|不降反升", Op.AT_LEAST, 0, measure=_RATE, fixed=False),
    _promise("只减不增|只降不升|稳中有降", Op.AT_MOST, 0, measure=_RATE, fixed=False),
    _promise("零增长", Op.AT_MOST, 0, measure=_RATE, fixed=False),
    _counts("零(?:发生|事故|新增|伤亡|违法|案件)", Op.AT_MOST, 0, "起"),
    _counts(
        "(?:不允许|不准|严禁|决不让|绝不让)(?:再)?(?:出现|发生)|不(?:再|得)?出现",
        Op.AT_MOST,
        0,
        "起",
    ),
    _counts(
        f"不发生|未发生|(?:杜绝|(?:防范)?遏制)(?=[^,，。;；:：!?\\n]{{0,20}}(?:{_HARMS}))",
        Op.AT_MOST,
        0,
        "起",
    ),
    _counts(f"{_NOT_EACH_PERSON}每(?:个)?月{_NO_MONEY}|月月|按月|逐月", Op.AT_LEAST, 12, "次"),
    _counts("每(?:个)?季度?|季季|按季|逐季", Op.AT_LEAST, 4, "次"),
    _counts("每半年", Op.AT_LEAST, 2, "次"),
    _counts(f"{_NOT_EACH_PERSON}每(?:一)?年{_NO_MONEY}", Op.AT_LEAST, 1, "次"),
    _counts("每(?:一)?周|周周", Op.AT_LEAST, 52, "次"),
    _counts(
        f"{_NOT_EACH_PERSON}每(?:一)?[天日](?!24小时){_NO_MONEY}|天天(?!向上|{_AS_IF})",
        Op.AT_LEAST,
        365,
        "次",
    ),
    _promise(f"每(?:一)?个?(?:{_UNITS_OF_PLACE})"),
    _promise(
        "(?:上级|省定|市定|国家和省|省市)(?:下达|考核|确定)?的?(?:目标|任务|指标)", Op.ASSIGNED
    ),
    _promise("(?:国家|上级|省|市)下达", Op.ASSIGNED),
    _promise("(?:高于|快于|不低于|优于|超过)[^,。;、\n0-9]{0,8}平均"),
    _promise(f"{IN_STEP}|同步增长|{AHEAD}"),
    _counts("零的?突破", Op.AT_LEAST, 1, "个"),
    _promise(r"首[个家座条例台艘](?!\(?套)", Op.AT_LEAST, 1, "个"),
    _promise("(?:压减|压缩|减少|精简|缩短|降低)一半", Op.AT_LEAST, 50, measure=_RATE),
    _promise("过半|一半|半数"),
)

# How often within each month: 每月开展2次 is 24 times a year.
TIMES = re.compile(
    "[^,。;:!?、\n0-9一二两三四五六七八九十]{0,6}(?P<times>[0-9]{1,2}|[一二两三四五六七八九十])[次场期轮]"
)

# Several promises in one list of figures, or, for want of a list, in one figure.
LIST = re.compile("分别")
SHARED = re.compile(
    "(?P<subjects>[^,。;:!?\n]{0,40}?)(?<![年人户平日月地亩])均(?=增长|下降|达|超|提高|高于|不低于|实现|完成)"
    "|城乡居民(?:人均)?(?:可支配)?收入(?![^,。;\n]*分别)"
    "|(?P<each>[^,。;:!?\n、0-9]{1,20}(?:[、和与及][^,。;:!?\n、0-9]{1,20})+)各(?:达到?|建成?)?(?=[0-9]+[家个所座条处名人户项台辆万])"
)

# 争创 and its like: the figure that follows is striven for. 争取 may also mean to obtain (争取上级资金).
STRIVING = re.compile("争创|力争|努力(?!的)")
MAYBE_STRIVING = re.compile("争创|力争|努力|争取|力求|冲刺|奋力")

# 百强, 500强: a rank. 百亿级, 50亿级: a size that stands for at least one where no count follows.
# Bounded, since a numeral without end would be read anew from each of its places.
RANK = re.compile("(?P<number>[0-9]{1,10}|[十百千]{1,10})强(?=[^大化度调制势劲健盛壮烈]|$)")
SIZE_CLASS = re.compile("(?:[0-9]{1,10}|[一二三五十百千]{1,10})?[十百千]?[万亿]级(?=[^别])")
SIZE_WORD = _counts(SIZE_CLASS.pattern, Op.AT_LEAST, 1, "个")

# Numerals in whole expressions, and in compounds where they count nothing.
_IDIOMS = (
    "一着不让 一以贯之 一往无前 一如既往 一鼓作气 一马当先 一心一意 一丝不苟 一视同仁 一脉相承 一抓到底 一张蓝图 "
    "一刻不停 一点一滴 一步一个脚印 一盘棋 一条心 一股劲 一茬接着一茬 一件事情接着一件事情 一年接着一年 一揽子 一站到底 "
    "举一反三 万众一心 众志成城 独一无二 始终如一 表里如一 千方百计 千家万户 千军万马 千锤百炼 千头万绪 千难万险 千秋万代 "
    "万无一失 百尺竿头 百花齐放 百家争鸣 百年大计 百折不挠 百舸争流 百废待兴 五湖四海 四面八方 三令五申 九牛一毛 十全十美 "
    "七上八下 接二连三 四通八达 五花八门 三心二意 再接再厉 抓一件成一件 干一件成一件 零容忍 零距离 零障碍 "
    "第一时间 第一要务 第一资源 第一动力 第一责任人 第一书记 第一线 数一数二 八一 三八 五四 六一 七一 十一黄金周"
).split()
_COMPOUNDS = (
    "一般 一体 一起 一切 一些 一定 一直 一律 一流 一致 一线 一同 一道 一向 一再 一旦 一贯 一举 一并 一批 一系列 一大批 一年来 "
    "一方面 一代 一路 一带 一角 一时 一生 一家人 一度 一早 一经 一步 一次性 一段 一片 一把手 一刻 一瞬 一席 一域 一隅 "
    "进一步 新一轮 新一代 下一步 上一年 每一 统一 唯一 单一 之一 万一 同一 专一 合一 划一 归一 逐一 某一 另一 任一 第一步 "
    "零售 零碳 零散 零星 零工 零件 零部件 零食 零担 零碎 零时 凋零 万物 万象 万全 万分 万家 万里 亿万 百姓 百货 百科 百年 百业 "
    "千古 千载 千秋 十分 十足 三农 三角 三峡 三方 三明 四川 四季 四周 四平 四处 五金 五谷 五粮 八角 九州 六安 两岸 两会 两侧 两旁 两口子 "
    "两院 万州 万宁 百色 千岛 千里 十堰 七夕 双十一 不二 丁二 二手 二维 二次 三维 三轮 三文鱼 二期 一期 三期 四期 五期"
).split()


def _alternatives(texts: list[str]) -> str:
    return "|".join(sorted(map(re.escape, texts), key=len, reverse=True))


# 千变万化, 万村千乡; 千帆竞发 and its like.
_PATTERNS = (
    "[百千万][一-龥][百千万][一-龥]|千帆竞发|万马奔腾|重任千钧|万里(?=风|征)|"
    "心往一处|劲往一处|高看一眼|厚爱三分|一名片|一棵树"
)
# 每千人口 is a measure; 十分 but not 十分之一; 一期 but not 第一期; 低(零)碳 is 零碳.
IDIOMS = re.compile(
    rf"{_alternatives(_IDIOMS)}|(?<![第〇二三四五六七八九十百千万亿])(?:{_alternatives(_COMPOUNDS)})"
    rf"(?!之[一二三四五六七八九十])|\(零\)碳|每[十百千万]+(?=[人户名亩元])|{_PATTERNS}"
)
