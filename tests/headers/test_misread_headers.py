"""The words of a header, one by one: which of them are the actual, and which never are."""

from __future__ import annotations

import pytest
from forms import Form, check, of_level, used


def one(head: str, cell: str = "57", *, beside: str = "", dated: bool = True) -> str:
    heads = ["指标", "单位", *([beside] if beside else []), head, *(["期间"] if dated else [])]
    cells = ["新开工亿元以上项目", "个", *(["9"] if beside else []), cell]
    return "\n".join((",".join(heads), ",".join([*cells, *(["2024-06"] if dated else [])])))


PLAIN = "实际值 完成值 完成数 完成情况 实绩 总量 绝对额 数值 本期 目标完成情况 任务完成数 actual".split()


@pytest.mark.parametrize("head", PLAIN)
def test_names_of_plain_columns(judge, head):
    form = Form(one(head), {"GY01": 57})
    check(judge(form), form)


CUMULATIVE = (
    "累计 累计数 累计完成 本年累计 今年累计 年内 自年初累计 年初至今 本月止累计 1-本月 年内累计完成 "
    "本年完成 今年新增 当年完成 累计完成数"
).split()


@pytest.mark.parametrize("beside", ["", "实际值", "完成数", "本月"])
@pytest.mark.parametrize("head", CUMULATIVE)
def test_names_of_cumulative_columns(judge, head, beside):
    form = Form(one(head, beside=beside), {"GY01": 57})
    check(judge(form), form)


@pytest.mark.parametrize(
    "head",
    "1-6月 1-6月完成情况 截至6月 截至6月底 1—6月完成 2024年1-6月 上半年累计 上半年 1至6月累计完成".split(),
)
def test_cumulative_columns_that_name_the_month(judge, head):
    form = Form(one(head, dated=False), {"GY01": 57})
    check(judge(form), form)


NEVER = (
    "上年同期 上年完成数 去年累计 上月累计 上月数 2023年完成 2023年1-12月累计 计划数 年度目标 目标任务 任务数 "
    "累计计划 完成率 累计完成率 占年度目标(%) 完成比例 占比 自开工累计 历年累计"
).split()
# Each answers some target, a level or a rate, but no flow: an error of the row.
NO_FLOWS = "本月 当月 本月完成数 当月完成 增幅(%) 同比增减".split()


@pytest.mark.parametrize("head", [*NEVER, *NO_FLOWS])
def test_columns_that_are_never_the_actual(judge, head):
    """Alone they leave the form or the row without an actual; beside a plain one they change nothing."""
    alone = judge(Form(one(head)))
    assert (used(alone), alone["exit_code"]) == ({}, 1 if head in NO_FLOWS else 2)
    assert of_level(alone, "error")
    plain = one(head, "41").replace("期间", "实际值,期间").replace("2024-06", "57,2024-06")
    both = Form(plain, {"GY01": 57}, name="又一份")
    check(judge(both), both)
