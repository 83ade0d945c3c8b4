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


HEADERS: Mapping[Field, tuple[str, ...]] = {
    Field.CODE: ("编号", "代码", "code", "id"),
    Field.NAME: ("指标", "指标名称", "name", "indicator"),
    Field.ACTUAL: ("实际值", "完成值", "累计完成", "累计值", "本期累计", "actual", "value"),
    Field.UNIT: ("单位", "计量单位", "unit"),
    Field.PERIOD: ("期间", "月份", "截至", "截止月份", "period", "month"),
    Field.BUREAU: ("填报单位", "报送单位", "填报部门", "bureau"),
    Field.GOAL: ("下达目标", "上级下达", "assigned"),
    Field.NOTE: ("备注", "说明", "原因", "未完成原因", "note"),
}

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

_FIELD_OF = {header: kind for kind, headers in HEADERS.items() for header in headers}
BRACKETS = regex(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")


def field_named(text: str) -> Field | None:
    """Return the field that one of its usual headers names, or None."""
    return _FIELD_OF.get(bare(text))


def bare(header: str) -> str:
    """Return a header without brackets, spaces and marks, as headers are compared."""
    return "".join(BRACKETS.sub("", plain(header)).split()).strip(":*").lower()
