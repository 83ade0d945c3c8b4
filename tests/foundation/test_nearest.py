"""Which name was meant: one that holds what was written, else the nearest by letters."""

from __future__ import annotations

import pytest

from dtcheck.nearest import nearest_names

NAMES = {
    "发展和改革委员会": "发展和改革委员会",
    "发改委": "发展和改革委员会",
    "工业和信息化局": "工业和信息化局",
    "科学技术局": "科学技术局",
    "市场监督管理局": "市场监督管理局",
    "城市管理局": "城市管理局",
    "应急管理局": "应急管理局",
    "地方金融监督管理局": "地方金融监督管理局",
}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("发改", ["发展和改革委员会"]),
        ("发展改革委", ["发展和改革委员会"]),
        ("发展和改革委员会办公室", ["发展和改革委员会"]),
        ("科 技", ["科学技术局"]),
        ("科学技木局", ["科学技术局"]),
        ("监督管理局", ["市场监督管理局", "地方金融监督管理局"]),
        # Four of them: no better than the list of all.
        ("管理局", []),
        ("局", []),
        ("", []),
        ("档案馆", []),
    ],
)
def test_what_was_meant(written, found):
    assert nearest_names(written, NAMES) == found
