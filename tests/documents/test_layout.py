"""The layout of GB/T 9704-2012, measured in the XML of what is written."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from dtcheck.documents import (
    AnnexList,
    AnnexTitle,
    Band,
    Cell,
    Grid,
    Heading,
    Landscape,
    Masthead,
    Opening,
    Paragraph,
    Properties,
    Remarks,
    Signature,
    Title,
)
from dtcheck.documents.write import write_document

ABOUT = Properties("标题", "督查室", datetime(2024, 6, 30, tzinfo=UTC))
ROWS = tuple((Cell(f"指标{at}"), Cell("× 欠序时", "F4B6B6")) for at in range(60))
GRID = Grid(("指标", "状态"), (Band("工业"), *ROWS), (2, 1), ("left", "center"))
BLOCKS = [
    Masthead("督查通报", "第6期"),
    Title("东台市2024年上半年《政府工作报告》量化目标完成情况通报"),
    Opening("各镇人民政府："),
    Paragraph("“十四五”——正文。"),
    Heading("一、总体情况"),
    Heading("（一）工业", 2),
    Paragraph("1. 新开工项目：完成40个。"),
    AnnexList(("分板块情况表", "全部指标")),
    Signature("市政府督查室", "2024年7月10日"),
    AnnexTitle("附件1", "分板块情况表"),
    GRID,
    Landscape(),
    AnnexTitle("附件2", "全部指标"),
    GRID,
    Remarks(("说明：…",)),
]


def opened(blocks):
    return docx.Document(io.BytesIO(write_document(blocks, ABOUT).content))


@pytest.fixture(scope="module")
def document():
    return opened(BLOCKS)


def paragraph(document, text):
    [found] = [each for each in document.paragraphs if each.text.startswith(text)]
    return found


def fonts(style):
    given = style.element.rPr.find(qn("w:rFonts"))
    return {given.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}


def test_the_page(document):
    standing = document.sections[0]
    assert (round(standing.page_width.mm), round(standing.page_height.mm)) == (210, 297)
    assert (round(standing.top_margin.mm), round(standing.left_margin.mm)) == (37, 28)
    wide = standing.page_width - standing.left_margin - standing.right_margin
    high = standing.page_height - standing.top_margin - standing.bottom_margin
    assert (round(wide / 36000), round(high / 36000)) == (156, 225)


def test_lying_pages_are_the_standing_ones_turned(document):
    lying = document.sections[1]
    assert len(document.sections) == 2
    assert lying.orientation == 1
    assert (round(lying.page_width.mm), round(lying.page_height.mm)) == (297, 210)
    wide = lying.page_width - lying.left_margin - lying.right_margin
    high = lying.page_height - lying.top_margin - lying.bottom_margin
    assert (round(wide / 36000), round(high / 36000)) == (225, 156)
    # Bound at the edge that was the left one.
    assert round(lying.top_margin.mm) == 28
    assert lying.footer.is_linked_to_previous


@pytest.mark.parametrize(
    ("text", "font", "points", "pitch", "align", "indent"),
    [
        # Name of the part, 字体, 字号, 行距, alignment, hundredths of a character.
        ("督查通报", "方正小标宋简体", 42, 60, "center", None),
        ("第6期", "仿宋_GB2312", 16, 28, "center", None),
        ("东台市2024年上半年", "方正小标宋简体", 22, 35, "center", None),
        ("各镇", "仿宋_GB2312", 16, 28, "both", None),
        ("“十四五”", "仿宋_GB2312", 16, 28, "both", "200"),
        ("一、", "黑体", 16, 28, "both", "200"),
        ("（一）", "楷体_GB2312", 16, 28, "both", "200"),
        ("1. 新开工", "仿宋_GB2312", 16, 28, "both", "200"),
        ("市政府督查室", "仿宋_GB2312", 16, 28, "right", None),
        ("2024年7月10日", "仿宋_GB2312", 16, 28, "right", None),
        ("附件1", "黑体", 16, 28, "left", None),
    ],
)
def test_fonts_sizes_and_lines(document, text, font, points, pitch, align, indent):
    style = paragraph(document, text).style
    assert fonts(style) == {font}
    assert style.font.size.pt == points
    spacing = style.element.pPr.find(qn("w:spacing"))
    assert (int(spacing.get(qn("w:line"))) / 20, spacing.get(qn("w:lineRule"))) == (pitch, "exact")
    assert style.element.pPr.find(qn("w:jc")).get(qn("w:val")) == align
    given = style.element.pPr.find(qn("w:ind"))
    assert (None if given is None else given.get(qn("w:firstLineChars"))) == indent


def test_the_masthead_is_red_and_has_a_line_below(document):
    assert str(paragraph(document, "督查通报").style.font.color.rgb) == "FF0000"
    [line] = paragraph(document, "第6期")._element.pPr.find(qn("w:pBdr"))
    assert (line.tag, line.get(qn("w:color"))) == (qn("w:bottom"), "FF0000")
    # Two lines under it the title begins.
    assert paragraph(document, "东台市2024").paragraph_format.space_before.pt == 56


@pytest.mark.parametrize(
    ("masthead", "texts"),
    [
        (Masthead("督查通报"), ["督查通报", "标题"]),
        (Masthead("", "第6期"), ["第6期", "标题"]),
    ],
)
def test_half_a_masthead_leaves_no_empty_line(masthead, texts):
    made = opened([masthead, Title("标题")])
    assert [each.text for each in made.paragraphs] == texts
    assert made.paragraphs[0]._element.pPr.find(qn("w:pBdr")) is not None


def test_a_long_masthead_is_made_to_fit():
    made = opened([Masthead("东台市人民政府办公室督查通报"), Title("标题")])
    # 442 points for 14 characters.
    assert made.paragraphs[0].runs[0].font.size.pt == 31


def test_where_a_title_is_broken(document):
    assert paragraph(document, "东台市2024").text.split("\n") == [
        # 17 characters and 10; after 年 it would be 9 and 18.
        "东台市2024年上半年《政府工作报告》",
        "量化目标完成情况通报",
    ]
    for whole in ("短标题", "没有一处可以断开的标题" * 4):
        assert opened([Title(whole)]).paragraphs[0].text == whole


def test_page_numbers_are_at_the_outer_edge(document):
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [line] = footer.paragraphs
        assert line.text == "— 1 —"
        properties = line._element.pPr
        assert properties.find(qn("w:jc")).get(qn("w:val")) == side
        # One character in from it.
        assert properties.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"
        assert {run.font.size.pt for run in line.runs} == {14}
        assert " PAGE " in [each.text for each in line._element.iter(qn("w:instrText"))]


@pytest.mark.parametrize(
    ("sender", "date", "indents"),
    [
        # 6 characters and 6.5 (digits are half ones): the date is two in, and the name starts two
        # before it, at 2 + 6.5 + 2 - 6 from the right.
        ("市政府督查室", "2024年7月10日", [4.5, 2]),
        # 14 characters: two in; the date starts two after its start, so it ends 14 - 2 - 6.5 + 2 in.
        ("东台市人民政府办公室督查一科", "2024年7月10日", [2, 7.5]),
        ("市政府督查室", "", [2]),
        ("", "2024年7月10日", [2]),
    ],
)
def test_who_signs_stands_at_the_right(sender, date, indents):
    made = opened([Signature(sender, date)])
    assert [each.text for each in made.paragraphs] == [each for each in (sender, date) if each]
    given = [each.paragraph_format.right_indent.pt / 16 for each in made.paragraphs]
    assert given == indents
    # An empty line above.
    assert made.paragraphs[0].paragraph_format.space_before.pt == 28


def test_annexes_are_named_below_each_other(document):
    first, second = (paragraph(document, text) for text in ("附件：1.", "2. 全部"))
    starts = [
        each.paragraph_format.left_indent + each.paragraph_format.first_line_indent
        for each in (first, second)
    ]
    # 附件 two characters in, and the numbers in line: three characters after it.
    assert [round(each / 12700 / 16) for each in starts] == [2, 5]
    assert first.paragraph_format.left_indent == second.paragraph_format.left_indent
    [only] = opened([AnnexList(("全部指标",))]).paragraphs
    assert only.text == "附件：全部指标"


def test_annexes_start_on_a_page_of_their_own(document):
    for text in ("附件1", "附件2"):
        assert paragraph(document, text).paragraph_format.page_break_before


def test_tables_repeat_their_head_and_split_no_row(document):
    for table, points in zip(document.tables, (442, 638), strict=True):
        rows = table._tbl.tr_lst
        assert len(rows) == 62
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        heads = [row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
        assert heads == [True] + [False] * 61
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        widths = [int(each.get(qn("w:w"))) / 20 for each in table._tbl.tblGrid]
        assert widths == pytest.approx([points * 2 / 3, points / 3], abs=1)
        assert len(table.rows[1]._tr.tc_lst) == 1
        assert table.rows[1].cells[0].text == "工业"


def test_a_light_has_its_colour_and_its_sign(document):
    cell = document.tables[0].rows[2].cells[1]
    assert cell.text == "× 欠序时"
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "F4B6B6"
    assert document.tables[0].rows[2].cells[0]._tc.tcPr.find(qn("w:shd")) is None


def test_every_font_has_others_to_stand_in_for_it():
    content = write_document(BLOCKS, ABOUT).content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        table = package.read("word/fontTable.xml").decode("utf-8")
        styles = package.read("word/styles.xml").decode("utf-8")
    others = {
        "仿宋_GB2312": "仿宋,FangSong",
        "方正小标宋简体": "宋体,SimSun",
        "黑体": "SimHei",
        "楷体_GB2312": "楷体,KaiTi",
        "宋体": "SimSun",
    }
    for name, instead in others.items():
        assert f'w:ascii="{name}"' in styles
        [entry] = [each for each in table.split("<w:font ") if each.startswith(f'w:name="{name}"')]
        assert instead in entry


def test_quotes_and_dashes_are_chinese_ones(document):
    run = paragraph(document, "“十四五”").runs[0]
    assert run._element.rPr.find(qn("w:rFonts")).get(qn("w:hint")) == "eastAsia"


def test_what_is_no_offices_to_write_is_not_there(document):
    whole = "".join(each.text for each in document.paragraphs)
    for word in ("份号", "密级", "签发人"):
        assert word not in whole


def test_same_blocks_same_bytes():
    first = write_document(BLOCKS, ABOUT).content
    assert write_document(BLOCKS, ABOUT).content == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = docx.Document(io.BytesIO(first)).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("标题", "督查室", "")
    assert core.created == core.modified
    assert (core.created.year, core.created.month, core.created.day) == (2024, 6, 30)
