"""What a column of a form can hold, and the headers that say so (design §4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dtcheck.patterns import regex
from dtcheck.units import plain


class Field(StrEnum):
    """What a column can hold (design §4)."""

    CODE = "编号"
    NAME = "指标"
    ACTUAL = "实际值"
    UNIT = "单位"
    PERIOD = "期间"
    BUREAU = "填报单位"
    GOAL = "下达目标"
    NOTE = "备注"
    MEASURES = "措施"


HEADERS: Mapping[Field, tuple[str, ...]] = {
    Field.CODE: ("编号", "代码", "code", "id"),
    Field.NAME: ("指标", "指标名称", "name", "indicator"),
    Field.ACTUAL: ("实际值", "完成值", "累计完成", "累计值", "本期累计", "actual", "value"),
    Field.UNIT: ("单位", "计量单位", "unit"),
    Field.PERIOD: ("期间", "月份", "截至", "截止月份", "period", "month"),
    Field.BUREAU: ("填报单位", "报送单位", "填报部门", "bureau"),
    Field.GOAL: ("下达目标", "上级下达", "assigned"),
    Field.NOTE: ("备注", "备注说明", "说明", "情况说明", "补充说明", "原因", "未完成原因", "note"),
    Field.MEASURES: ("措施", "对策", "measures"),
}
# What else offices call the column in which a shortfall is explained: 滞后原因, 存在问题, 未达标原因分析.
_REASONS = regex(
    "(?:(?:(?:未|没有|尚未|不)能?(?:按(?:时|期|序时|进度))*(?:完成|达标|达到|达序时|达进度|达时序|达成|实现)?(?:目标|任务|进度|序时进度)*"
    "|(?:进度|进展|工作)?(?:滞后|落后|偏慢|缓慢|较慢)|[欠未]序时(?:进度)?|(?:存在)?差距|缺口|增速回落|回落|下降|变动|增减|波动|异常|主要|具体|问题)的?)?"
    "原因(?:分析|说明|简述|简要说明)?(?:[及和与、/](?:下一?步)?(?:问题|困难|措施|对策|打算|说明|整改措施|工作措施|工作打算))?"
    "|(?:存在|主要|突出|存在的|存在主要|存在的主要|当前|目前存在的?)(?:问题|困难|短板|不足)(?:[及和与、/]?(?:困难|问题|不足|短板|原因|原因分析|主要原因))?"
    "|问题|困难|存在困难|(?:问题|困难)[及和与、/](?:困难|问题|不足|原因|原因分析)|(?:未完成|未达标|进展|进度|差距|数据|指标|变动)(?:情况)?说明"
)
# And that in which it says what it will do: 下一步打算, 整改措施.
_MEASURES = regex(
    "(?:下一?步|下一?阶段|整改|改进|推进|应对|拟采取的?|采取的?|解决|对策|保障|补救|追赶|工作|主要|具体|工作推进)(?:的)?(?:工作|整改|推进|改进|主要|具体|重点)?"
    "(?:措施|举措|打算|办法|对策)(?:[及和与、/](?:计划|打算|安排|建议|完成时限|时限))?"
    "|下一?(?:步|阶段)的?(?:工作|重点)?(?:计划|安排|思路|重点|工作|建议)(?:[及和与、/](?:措施|打算|安排))?|(?:意见)?建议[及和与、/]措施|措施[及和与、/](?:打算|建议|计划)"
)

# Usual columns of a form that carry nothing to check; 年度目标, 同比 and the like are columns of figures.
PASSED_OVER = frozenset(
    "序号 编码 牵头单位 责任单位 配合单位 牵头领导 责任领导 分管领导 责任人 联系人 联系电话 电话 手机 手机号 板块 类别 权重 分值 得分 排名 位次 重点工作 重点任务 工作任务 "
    "完成时限 时限 报送时间 填报时间 填报日期 日期 审核人 填表人 填报人 状态 距序时 goal lead section target".split()
)

# A column of years, beside one of months or alone.
YEARS = frozenset("年 年份 年度 统计年份 统计年度 year".split())

# What holds names or months where no column says so itself, the surest first: 项目 beside 指标 is none.
STAND_INS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: tuple(
        "指标项目 指标/单位 指标名称/单位 具体指标 主要指标 考核指标 统计指标 指标内容 项目 项目/单位 任务名称 目标名称"
        " 工作任务 重点任务 重点工作 工作内容 任务内容 目标任务".split()
    ),
    Field.PERIOD: tuple(
        "报告期 统计期 报告期别 统计期别 所属期 数据期 数据截止期 数据截至期 截止期 统计月份 报告月份 数据月份"
        " 数据时间 统计时间 数据截止时间 截止时间 时间".split()
    ),
}
# Beside a code these hold the goal, not the name.
MAYBE_GOALS = frozenset(("目标任务", "任务内容"))

_OF_WORDS = frozenset("因题困短不说措步打办对段举")
_FIELD_OF = {header: kind for kind, headers in HEADERS.items() for header in headers}
BRACKETS = regex(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")


def field_named(text: str) -> Field | None:
    """Return the field that one of its usual headers names, or None."""
    return _FIELD_OF.get(name := bare(text)) or _words_of(name)


def _words_of(name: str) -> Field | None:
    """Return whether a header is one of those that hold sentences; most hold none of their words."""
    if not _OF_WORDS.intersection(name):
        return None
    if _REASONS.fullmatch(name):
        return Field.NOTE
    return Field.MEASURES if _MEASURES.fullmatch(name) else None


def bare(header: str) -> str:
    """Return a header without brackets, spaces and marks, as headers are compared."""
    return "".join(BRACKETS.sub("", plain(header)).split()).strip(":*").lower()
