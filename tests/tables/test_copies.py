"""Telling marked copies, and reading them as if they were unmarked."""

from __future__ import annotations

from dtcheck.judge import Light
from dtcheck.tables.copies import (
    ORIGIN,
    TITLE,
    VERDICT_HEADS,
    clerks_rows,
    is_verdict,
    origins,
    verdicts_at,
)
from dtcheck.tables.text import Row


def rows(*lines: str) -> list[Row]:
    return [Row(number, None, tuple(line.split("|"))) for number, line in enumerate(lines, 1)]


def found(**sheets: list[Row]) -> dict[str, str]:
    return dict(origins({name: lambda own=own: iter(own) for name, own in sheets.items()}))


OURS = rows(TITLE, f"{ORIGIN}2024-06/科技局.csv")


def test_the_list_is_told_by_its_name_and_its_first_cells():
    form = rows("编号|实际值")
    assert found(检查结果=OURS, 表=form) == {"检查结果": "2024-06/科技局.csv"}
    assert found(**{"表": form, "检查结果 (2)": OURS}) == {"检查结果 (2)": "2024-06/科技局.csv"}
    assert found(结果=OURS, 表=form) == {}
    assert found(检查结果=rows(TITLE, "编号|实际值"), 表=form) == {}
    assert found(检查结果=rows("检查结果", f"{ORIGIN}x"), 表=form) == {}
    assert found(检查结果=[], 表=form) == {}


def test_a_workbook_of_nothing_else_is_not_passed_over():
    assert found(检查结果=OURS) == {}


def read(origin: str, *lines: str) -> list[tuple[int, str]]:
    return [(row.number, "|".join(row.cells)) for row in clerks_rows(iter(rows(*lines)), origin)]


def test_verdicts_are_taken_out_where_they_stand_and_nowhere_else():
    assert read(
        "a.xlsx",
        "标题|||状态说明",
        "编号|实际值|状态|完成率|距序时",
        "CX01|35|√ 达序时|50.0%|0.0",
        "CX02|36|未知|1|2",
        "CX03|||||审核人",
        "CX04|37|× 欠序时|1.0%|-49.0|旁注",
        "编号|实际值|备注",
        "CX05|38|√ 好",
    ) == [
        (1, "标题|||状态说明"),
        (2, "编号|实际值"),
        (3, "CX01|35"),
        (4, "CX02|36|未知|1|2"),
        (5, "CX03|||||审核人"),
        (6, "CX04|37||||旁注"),
        (7, "编号|实际值|备注"),
        (8, "CX05|38"),
    ]


def test_heads_in_another_order_are_not_ours():
    assert verdicts_at(("编号", "完成率", "状态", "距序时")) is None
    assert verdicts_at(("状态", "完成率", "距序时")) == 0
    assert verdicts_at(("编号", "距序时", *VERDICT_HEADS, "备注")) == 2


def test_every_light_is_known_as_a_verdict():
    assert all(is_verdict(("", f"{light.sign} 已完成"), 1) for light in Light)
    assert not is_verdict(("", "已完成"), 1)
    assert not is_verdict(("",), 1)


def test_rows_of_a_text_keep_its_rules():
    """A cell too many is a comma too many, also in the copy: such rows have a line."""
    for origin in ("a.csv", "A.CSV", "x/a.txt", "a.tsv", "a", "标准输入"):
        assert [row.line for row in clerks_rows(iter(rows("a", "b")), origin)] == [1, 2]
    for origin in ("a.xlsx", "a.xls", "a.et", "a.xlsm"):
        assert [row.line for row in clerks_rows(iter(rows("a", "b")), origin)] == [None, None]
