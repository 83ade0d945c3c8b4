"""Whose file it is, by its name: with its month, its version, its number."""

from __future__ import annotations

import pytest
from making import write

from dtcheck.actuals import read_submissions

OF_SCIENCE = (
    "科技局6月 科学技术局6月份报数表 科技局（最终版） 科技局(1) 2024年6月科技局报数表 1-6月科技局 科技局-2024-06 科技局_202406_更正 06科技局数据"
    " 科技局上半年完成情况表（定稿） 东台市科学技术局2024年6月目标完成情况统计表 科技局v2 6.科技局 科技局最终版最终版 市科技局6月（盖章）"
).split()


@pytest.mark.parametrize(
    ("stem", "bureau"),
    [
        *((stem, "科学技术局") for stem in OF_SCIENCE),
        ("科技局 - 副本", "科学技术局"),
        # Begins like 统计表, and ends like it.
        ("统计局统计数据", "统计局"),
        ("东台市监局6月份", "市场监督管理局"),
        ("审计局6月", None),
        ("数据局6月", None),
        ("报数表", None),
        ("6月", None),
        ("关于报送6月数据的函", None),
        ("科技6月", None),
    ],
)
def test_whose_file_it_is(real, tmp_path, stem, bureau):
    path = write(tmp_path / f"2024-06/{stem}.csv", "编号,实际值\nCX01,40\n")
    [filing] = read_submissions([str(path)], real).files.values()
    assert filing.bureau == bureau
    assert str(filing.month) == "2024-06"
