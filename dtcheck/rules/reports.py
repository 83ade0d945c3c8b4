"""DT4xx: a targets file held against its report."""

from dtcheck.rules.base import Level, Rule


class PhraseUnseen(Rule):
    """报告的当年部分没有这句原话

    含义：phrase（或 excluded 的 phrase）在报告当年的部分里一字不差地找，没有找到。
    为什么要紧：原话是指标的出处，抄错一个字就无从核对。
    错例：报告写“突破2000亿元”，phrase 写成“达到2000亿元”；原话其实在上年回顾里。
    改法：照提示中最接近的原文抄写；全角半角、空格不同不算错。
    """

    id = "DT409"
    level = Level.ERROR


class FigureOpen(Rule):
    """报告中有数没有交代

    含义：当年部分的一个数（或翻番、全覆盖、每月这样的词）既没有指标认领，也没有写进 excluded；
    双下降、分别这样一处管几个指标的词，认领的指标少于它管的个数。
    为什么要紧：漏掉的数就是漏掉的承诺，以后没有人去检查它。
    错例：报告写“省特色田园乡村3个”，目标文件里没有这一项。
    改法：是承诺的添一个指标，不是的在 excluded 写明缘由（名称、编号、列举计数、口号……）。
    """

    id = "DT410"
    level = Level.ERROR


class GoalDiffers(Rule):
    """目标与原话对不上

    含义：goal 的数、单位或比较符，不是原话里的数和用词所指的（超、突破是 >，左右是 ~，
    以上、达到和只写数是 >=），note 又没有说明另有读法。
    为什么要紧：“超100”写成“达100”，恰好 100 个时结论就相反。
    错例：phrase: 总数超850家，goal: ">= 850 家"。
    改法：改 goal；确有别的读法的，在 note 写明，并提到原话里的那个词或数。
    """

    id = "DT411"
    level = Level.ERROR


class WrongPlace(Rule):
    """板块或次序与报告不同

    含义：原话不在它那个板块的标题之下，或者指标的先后与报告不同，或者报告没有那个标题。
    为什么要紧：目标文件要能从上到下与报告对照着读，编号也按报告的次序。
    错例：“绿色信贷规模突破320亿元”在报告的“创新”部分，却写进了“工业”。
    改法：把这一块移到提示的地方；还没有发布的，编号也跟着改。
    """

    id = "DT412"
    level = Level.ERROR


class Unsplit(Rule):
    """报告的标题没有认出来

    含义：没有找到当年工作的标题，或者没有找到分段的标题；dtcheck 不去猜，按全文或不分段检查。
    为什么要紧：上年回顾里的数不是承诺，混进来会多出许多没有交代的数。
    错例：从网页粘贴时丢了“2025年主要工作”一行。
    改法：补上标题，每个标题在一段的开头，如“(一)聚焦……”“一、聚焦……”“第一，聚焦……”。
    """

    id = "DT413"
    level = Level.WARNING


class OtherReport(Rule):
    """报告与目标文件不是同一地方、同一年

    含义：报告里的地名或年份与目标文件的 place、year 不同。
    为什么要紧：拿别处的报告来核对，处处都对不上，却什么也说明不了。
    错例：用 2024 年的目标文件核对 2025 年的报告。
    改法：用 --targets 换那一年的目标文件；还没有的，用 dtcheck targets new 起草。
    """

    id = "DT414"
    level = Level.ERROR


class IdleExclusion(Rule):
    """多余的排除

    含义：excluded 的一条，其中没有要交代的数，或者其中的数都已有指标认领。
    为什么要紧：多余的条目会让人以为那里有个数被放过了，也会盖住以后真的遗漏。
    错例：{phrase: 全面推广, why: 修饰语}，其中没有数。
    改法：删去这一条。
    """

    id = "DT415"
    level = Level.WARNING


class BaselineUnseen(Rule):
    """上年回顾里没有这个数

    含义：baseline 的数和单位在报告的上年回顾中找不到。
    为什么要紧：基数不对，年中的进度就算不对。
    错例：报告写“总数达760家”，baseline 写成 706 家。
    改法：照报告的上年回顾改；来自别处的，删去 baseline，在 note 写明。
    """

    id = "DT416"
    level = Level.WARNING
