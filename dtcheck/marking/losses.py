"""What a workbook holds that openpyxl doesn't write again, by its parts and by what is in its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook

from dtcheck.patterns import regex
from dtcheck.tables.package import Package, folded

# By the beginning of a part's name: what it is to a reader. What is none of these, and not written
# again, is no matter to him: the order of calculation, printer drivers, thumbnails.
_PARTS = (
    ("xl/cellimages", "嵌入单元格的图片"),
    ("xl/diagrams/", "SmartArt 图示"),
    ("xl/embeddings/", "嵌入的文档"),
    ("xl/ink/", "墨迹"),
    ("xl/charts/chartex", "2016 以后的图表"),
    ("xl/slicer", "切片器"),
    ("xl/timeline", "日程表"),
    ("xl/connections", "数据连接"),
    ("xl/querytables/", "数据连接"),
    ("xl/model/", "数据模型"),
    ("xl/threadedcomments/", "会话批注的回复关系（文字留作批注）"),
    ("xl/metadata", "动态数组、单元格里的富数据"),
    ("xl/webextensions/", "加载项"),
    ("_xmlsignatures/", "数字签名"),
)
_CONTROLS = (("xl/activex/", "控件"), ("xl/ctrlprops/", "控件"), ("customui/", "自定义功能区"))
# By what a part of a sheet, or of a drawing, has in it.
_IN_SHEETS = (
    (rb"sparklineGroup\b", "迷你图"),
    (rb"x14:conditionalFormatting\b", "2010 以后的条件格式（数据条、图标集）"),
    (rb"x14:dataValidation\b", "引用别的工作表的下拉选项"),
    (rb"<picture\b", "工作表背景"),
    (rb"<legacyDrawingHF\b", "页眉页脚里的图片"),
    (rb"<protectedRange\b", "允许编辑的区域"),
    (rb"<oleObject\b", "嵌入的文档"),
)
_IN_DRAWINGS = ((rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]", "图形和文本框"),)
_IN_COMMENTS = ((rb"<(?:\w+:)?rPr>", "批注里的字体（文字还在）"),)
_CONTENT = (
    (r"xl/worksheets/[^/]*\.xml", _IN_SHEETS),
    (r"xl/drawings/drawing[^/]*\.xml", _IN_DRAWINGS),
    (r"xl/(?:comments/)?comments?[^/]*\.xml", _IN_COMMENTS),
)
_CHART = regex(r"xl/charts/chart\d*\.xml")


def losses_of(package: Package, book: Workbook, *, keeps_macros: bool) -> tuple[str, ...]:
    """Return in words what of ``package`` is not in ``book``, as openpyxl has read it."""
    names = {folded(name): name for name in package.namelist()}
    found = dict.fromkeys(
        (
            *_counted(names, book),
            *_by_name(names, keeps_macros=keeps_macros),
            *_by_content(package, names),
        )
    )
    return tuple(found)


def _counted(names: Iterable[str], book: Workbook) -> Iterator[str]:
    """Yield what openpyxl reads in part: of charts it keeps those that it knows, and not all of their looks."""
    sheets: list[Any] = [*book.worksheets, *book.chartsheets]
    charts = sum(1 for name in names if _CHART.fullmatch(name))
    kept = sum(len(sheet._charts) for sheet in sheets)
    if charts > kept:
        yield f"图表（{charts} 个，留下 {kept} 个）" if kept else "图表"
    elif charts:
        yield "图表的部分样式（图表还在，可能走样）"
    pictures = sum(1 for name in names if name.startswith("xl/media/"))
    if pictures > sum(len(getattr(sheet, "_images", ())) for sheet in sheets):
        yield "图片"
    pivots = sum(
        1 for name in names if name.startswith("xl/pivottables/") and name.endswith(".xml")
    )
    if pivots > sum(len(getattr(sheet, "_pivots", ())) for sheet in sheets):
        yield "数据透视表"
    links = sum(1 for name in names if name.startswith("xl/externallinks/external"))
    external: Any = book
    if links > len(external._external_links):
        yield "到别的工作簿的链接"


def _by_name(names: Iterable[str], *, keeps_macros: bool) -> Iterator[str]:
    lost = _PARTS if keeps_macros else (*_PARTS, *_CONTROLS)
    for name in names:
        yield from (words for start, words in lost if name.startswith(start))
        if name.endswith("vbaproject.bin") and not keeps_macros:
            yield "宏（写成 .xlsm 的可以留下）"


def _by_content(package: Package, names: dict[str, str]) -> Iterator[str]:
    for name, spelled in names.items():
        kinds = next((kinds for start, kinds in _CONTENT if re.match(start, name)), ())
        if kinds:
            content = package.read(spelled)
            yield from (words for pattern, words in kinds if re.search(pattern, content))
