"""Every cell of the CSV by its head, worked out by hand."""

from __future__ import annotations

import csv
import io

import pytest
from making import SMALL, write

HEADS = (
    "编号,指标,板块,目标,实际值,单位,期间,完成率（%）,序时进度（%）,距序时,距目标,月均需,预计全年,状态,灯,争取,"
    "牵头单位,填报单位,备注,文件,行,问题,目标文件"
).split(",")
ROWS = """\
编号,实际值,单位,期间,填报单位,备注
GY01,48,个,2024-06,发改委,等环评
GY02,160,亿元,2024-06,,
GY03,6.4,%,2024-06,,外需回落
CX01,20,家,2024-06,科技局,
CX03,5000,万美元,2024-05,,
CX04,260,件,2024-05,,
ST02,1,起,2024-06,,已整改
"""


@pytest.fixture
def cells(run, tmp_path, monkeypatch):
    """Return the rows of the CSV as of June by code, each by its heads."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "a.csv", ROWS)
    out = run("verify", "a.csv", "--targets", "t.yaml", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert list(rows[0]) == HEADS
    assert {row["目标文件"] for row in rows} == {"t.yaml"}
    return {row["编号"]: row for row in rows}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # 48 of more than 100 firms, so of 101 at least: 53 are missing, in six months. Half is due.
        (
            "GY01",
            "新开工项目 工业 超100个 48 个 2024-06 48 50 -2 -53 8.833333 96 欠序时 黄 – 发展和改革委员会 发改委 等环评 2",
        ),
        # 160 of 300: 53.333 %, 140 missing; at this pace 320. A target to strive for.
        (
            "GY02",
            "开票销售 工业 ≥300亿元 160 亿元 2024-06 53.333333 50 3.333333 -140 23.333333 320 达序时 绿 是 发展和改革委员会 – – 3",
        ),
        # A rate isn't paced: 6.4 against 6.5 is 0.1 short of either, and within 5 % of about 6.5.
        (
            "GY03",
            "工业增加值增长 工业 6.5%左右 6.4 % 2024-06 98.461538 – -0.1 -0.1 – – 基本达到 黄 – 发展和改革委员会 – 外需回落 4",
        ),
        # 20 of 70: more than ten points behind the half.
        (
            "CX01",
            "净增高企 创新 ≥70家 20 家 2024-06 28.571429 50 -21.428571 -50 8.333333 40 欠序时 红 – 科学技术局 科技局 – 5",
        ),
        # 5000万 is 0.5亿. May's figure isn't June's: none is judged.
        (
            "CX03",
            "利用外资 创新 ≥1.2亿美元 0.5 亿美元 2024-05 – – – – – – 未填报 灰 – 科学技术局 – – 6",
        ),
        # Due in May and not in June: judged by May's pace, five twelfths; 240 missing in 7 months.
        (
            "CX04",
            "新增专利 创新 ≥500件 260 件 2024-05 52 41.666667 10.333333 -240 34.285714 624 达序时 绿 – 市场监督管理局 – – 7",
        ),
        # A limit has no progress: one too many, two by the year's end.
        (
            "ST02",
            "安全事故 生态 ≤0起 1 起 2024-06 – – – 1 – 2 未完成 红 – 发展和改革委员会 – 已整改 8",
        ),
        ("CX02", "研发投入占比 创新 2.5%左右 – % – – – – – – – 未到期 灰 – 科学技术局 – – –"),
        ("ST01", "能耗降幅 生态 上级下达（%） – % – – – – – – – 待定 灰 – 发展和改革委员会 – – –"),
    ],
)
def test_the_row_of_a_target(cells, code, expected):
    row = cells[code]
    shown = [row[head] for head in HEADS[1:] if head not in ("文件", "问题", "目标文件")]
    assert shown == ["" if cell == "–" else cell for cell in expected.split()]
    assert row["文件"] == ("a.csv" if row["行"] else "")


def test_the_rules_of_a_target_stand_in_its_row(cells):
    # CX01 is behind and says nothing of why, neither does GY02, which need not; CX03's is old.
    assert {code: row["问题"] for code, row in cells.items() if row["问题"]} == {
        "CX01": "DT306",
        "CX03": "DT304",
    }
