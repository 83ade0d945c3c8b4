"""The layout of GB/T 9704-2012 in numbers: page, fonts, and how each part of a document looks.

No 份号, 密级 or 签发人: those are the office's registry to give.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

# Millimetres. The type area of a standing page is 156 wide and 225 high; lying, the page is turned
# left, so that the head of a table is at the edge where pages are bound.
A4 = (210, 297)
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
# The dash beside a page number is 7 mm under the type area.
FOOTER = 23
RED = "FF0000"

# Sizes in points: 二号, 三号, 四号, 五号.
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22, 16, 14, 10.5
LINE = 28
TABLE_LINE = 15
# Around the text of a cell: above and below, and at the sides.
CELL_MARGIN, CELL_SIDE = 2, 3

FANGSONG = "仿宋_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
HEITI = "黑体"
KAITI = "楷体_GB2312"
SONGTI = "宋体"
# By which names Word and WPS find another font of the kind where one is not installed.
FONTS = {
    FANGSONG: "仿宋,FangSong,FangSong_GB2312,华文仿宋,STFangsong",
    XIAOBIAOSONG: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun",
    HEITI: "SimHei,华文黑体,STHeiti",
    KAITI: "楷体,KaiTi,KaiTi_GB2312,华文楷体,STKaiti",
    SONGTI: "SimSun,华文宋体,STSong",
}


class Look(NamedTuple):
    """How a paragraph looks: points, and characters for ``first``, the indent of its first line."""

    font: str
    size: float = SIZE_3
    line: float = LINE
    align: str = "both"
    first: int = 0
    before: float = 0
    after: float = 0
    color: str = ""
    outline: int | None = None
    keep: bool = False


class Part(Enum):
    """A part of a document: the styles that may stand for it, ours first, and its look.

    Where an office's template has none of the styles, ours is added.
    """

    MASTHEAD = (("发文机关标志",), Look(XIAOBIAOSONG, 42, 60, "center", before=87, color=RED))
    ISSUE = (("发文字号",), Look(FANGSONG, align="center", before=LINE))
    TITLE = (
        ("Title", "公文标题"),
        Look(XIAOBIAOSONG, SIZE_2, 35, "center", after=LINE, outline=0, keep=True),
    )
    OPENING = (("主送机关", "Salutation"), Look(FANGSONG))
    HEADING_1 = (("heading 1", "一级标题"), Look(HEITI, first=2, outline=0, keep=True))
    HEADING_2 = (("heading 2", "二级标题"), Look(KAITI, first=2, outline=1, keep=True))
    BODY = (
        ("公文正文", "正文首行缩进", "Body Text First Indent", "Body Text", "Normal"),
        Look(FANGSONG, first=2),
    )
    DENSE = (("一页正文",), Look(FANGSONG, SIZE_4, 22, first=2))
    ANNEX_LIST = (("附件说明",), Look(FANGSONG, align="left", keep=True))
    SIGNATURE = (("落款", "Signature"), Look(FANGSONG, align="right", keep=True))
    DATE = (("成文日期", "Date"), Look(FANGSONG, align="right"))
    ANNEX = (("附件",), Look(HEITI, align="left", keep=True))
    ANNEX_TITLE = (
        ("附件标题",),
        Look(XIAOBIAOSONG, SIZE_2, 35, "center", before=LINE, after=14, outline=0, keep=True),
    )
    TABLE_HEAD = (("表头",), Look(HEITI, SIZE_5, TABLE_LINE, "center"))
    TABLE = (("表格文字",), Look(FANGSONG, SIZE_5, TABLE_LINE, "left"))
    REMARK = (("表注",), Look(FANGSONG, SIZE_5, TABLE_LINE + 1, "left"))

    @property
    def names(self) -> tuple[str, ...]:
        """The styles that may stand for it."""
        names: tuple[str, ...] = self.value[0]
        return names

    @property
    def look(self) -> Look:
        """How it looks by the standard."""
        look: Look = self.value[1]
        return look


# What Word's built-in styles are called on the screen of whom a message is for.
SHOWN = {"Title": "标题", "heading 1": "标题 1", "heading 2": "标题 2"}
