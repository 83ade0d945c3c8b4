"""A form cell by cell, on a small targets file: what it says, looks like, and lets a clerk do."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from zipfile import ZipFile

import pytest
from making import SMALL, write
from openpyxl import load_workbook

HEADS = "编号 指标 年度目标 序时应达到 上年实绩 单位 期间 实际值 下达目标 填报单位 备注".split()
# What stands in the form of all nine targets for June, read off the targets file: half of what counts
# up from 0, growth as it is; CX02 is yearly, CX04 has no figure for June. 上年实绩 is blank but for the
# one that has a baseline.
LINES = """\
GY01 新开工项目 超100个 50个 90个 个 2024年1-6月 发展和改革委员会
GY02 开票销售 ≥300亿元 150亿元 – 亿元 2024年1-6月 发展和改革委员会
GY03 工业增加值增长 6.5%左右 6.5%左右 – % 2024年1-6月 发展和改革委员会
CX01 净增高企 ≥70家 35家 – 家 2024年1-6月 科学技术局
CX02 研发投入占比 2.5%左右 本期不报 – % 2024年1-6月 科学技术局
CX03 利用外资 ≥1.2亿美元 0.6亿美元 – 亿美元 2024年1-6月 科学技术局
CX04 新增专利 ≥500件 本期不报 – 件 2024年1-6月 市场监督管理局
ST01 能耗降幅 上级下达（%） 按下达目标 – % 2024年1-6月 发展和改革委员会
ST02 安全事故 ≤0起 ≤0起 – 起 2024年1-6月 发展和改革委员会
"""
YELLOW, GREY = "00FFF8DC", "00E7E6E6"
TARGETS = SMALL.replace("phrase: 超100个,", "phrase: 超100个, baseline: 90 个,")


@pytest.fixture
def form(run, tmp_path):
    write(tmp_path / "t.yaml", TARGETS)

    def writing(name, *options):
        done = run("template", "--targets", tmp_path / "t.yaml", "-o", tmp_path / name, *options)
        assert done.code == 0
        return tmp_path / name

    return writing


@pytest.fixture
def sheet(form):
    [only] = load_workbook(form("f.xlsx", "--as-of", "2024-06")).worksheets
    return only


def expected():
    for line in LINES.splitlines():
        *known, lead = ("" if cell == "–" else cell for cell in line.split())
        yield [*known, "", "", lead, ""]


def test_every_line_of_a_sheet(sheet):
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows == [HEADS, *expected()]
    assert sheet.title == "报数表"
    assert sheet["A1"].value == "东台市 小样 报数表（2024年1-6月）"
    assert sheet["A2"].value.startswith("只填黄色格。数量填年初以来的累计数，")
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:K1", "A2:K2"}


def test_every_line_of_a_csv(form):
    content = form("f.csv", "--as-of", "2024-06").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [HEADS, *expected()]


def test_what_may_be_filled_in_is_yellow_or_not_yet_due(sheet):
    open_cells = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    # 实际值 and 备注 of all nine; 下达目标 of the eighth, which waits for its goal.
    assert open_cells == {f"{column}{row}" for column in "HK" for row in range(4, 13)} | {"I11"}
    fills = {row: sheet.cell(row, 8).fill.fgColor.rgb for row in range(4, 13)}
    # CX02 is yearly; CX04 is due in 2, 5, 8, 11 and 12.
    assert [row for row, fill in fills.items() if fill == GREY] == [8, 10]
    assert {fill for row, fill in fills.items() if row not in (8, 10)} == {YELLOW}
    assert {sheet.cell(row, 11).fill.fgColor.rgb for row in range(4, 13)} == {YELLOW}
    assert sheet["I11"].fill.fgColor.rgb == YELLOW


def test_a_line_divides_the_sections(sheet):
    above = {row: sheet.cell(row, 1).border.top.style for row in range(4, 13)}
    # 创新 begins at the fourth line, 生态 at the eighth.
    assert [row for row, style in above.items() if style == "medium"] == [7, 11]
    assert {style for row, style in above.items() if row not in (7, 11)} == {"thin"}
    for row in range(4, 13):
        for column in range(1, 12):
            border = sheet.cell(row, column).border
            assert {border.left.style, border.right.style, border.bottom.style} == {"thin"}


def test_how_cells_are_aligned(sheet):
    shown = {
        head: sheet.cell(4, column).alignment.horizontal for column, head in enumerate(HEADS, 1)
    }
    centred, right = ("编号", "单位", "期间"), (*HEADS[2:5], "实际值", "下达目标")
    assert shown == {
        head: "center" if head in centred else "right" if head in right else "left"
        for head in HEADS
    }
    # A column as wide as its widest text, and a little: 工业增加值增长 is 14, 发展和改革委员会 16.
    widths = {
        head: sheet.column_dimensions["ABCDEFGHIJK"[at]].width for at, head in enumerate(HEADS)
    }
    assert (widths["指标"], widths["填报单位"]) == (18, 20)
    assert (widths["实际值"], widths["下达目标"], widths["备注"]) == (16, 12, 36)


def test_how_it_looks(sheet):
    heights = [sheet.row_dimensions[row].height for row in range(1, 5)]
    assert heights == [30, 30, 24, 21]
    fonts = {row: sheet.cell(row, 1).font for row in range(1, 5)}
    assert {font.name for font in fonts.values()} == {"微软雅黑"}
    assert [(font.size, bool(font.bold)) for font in fonts.values()] == [
        (14, True),
        (9, False),
        (10, True),
        (10, False),
    ]
    assert {cell.fill.fgColor.rgb for cell in sheet[3]} == {"00DDE6F0"}
    assert {cell.alignment.horizontal for cell in (*sheet[3], sheet["A1"])} == {"center"}
    assert sheet["A2"].alignment.wrap_text is True
    assert all(cell.alignment.wrap_text for cell in sheet[4])
    assert [cell.alignment.indent for cell in sheet[4]] == [
        0 if cell.alignment.horizontal == "center" else 1 for cell in sheet[4]
    ]


def test_a_row_grows_with_a_long_note(form):
    with ZipFile(form("f.xlsx", "--select", "GY01")) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    rows = re.findall("<row [^>]*>", text)
    assert ["customHeight" in row for row in rows] == [True, True, True, False]


def test_only_numbers_and_dashes_are_taken(sheet, form):
    [check] = sheet.data_validations.dataValidation
    assert str(check.sqref) == "H4:H12"
    assert check.type == "custom"
    assert check.formula1 == 'OR(ISNUMBER(H4),TRIM(H4)="—",TRIM(H4)="-",TRIM(H4)="/")'
    assert check.showErrorMessage is True
    # The oldest openpyxl doesn't read this back.
    with zipfile.ZipFile(form("again.xlsx")) as book:
        assert b'allowBlank="1"' in book.read("xl/worksheets/sheet1.xml")
    assert check.errorTitle == "实际值要填数"
    assert check.error == "填一个数，如 48、6.5 或 6.5%，单位见“单位”列；没有数填“—”。"


def test_where_it_opens_and_how_it_prints(sheet):
    assert sheet.freeze_panes == "C4"
    assert {each.activeCell for each in sheet.sheet_view.selection} == {"H4"}
    assert sheet.protection.sheet is True
    # What a clerk may do though it is locked: widen columns and rows.
    assert (sheet.protection.formatColumns, sheet.protection.formatRows) == (False, False)
    page = sheet.page_setup
    # 9 is A4; as wide as one page and as long as it takes.
    assert (page.orientation, int(page.paperSize)) == ("landscape", 9)
    assert (page.fitToWidth, page.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.left.text == "填报人：　　　　　　审核人：　　　　　　日期："
    assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"


def test_a_form_is_the_same_whenever_it_is_written(form):
    first = form("a.xlsx").read_bytes()
    assert form("b.xlsx").read_bytes() == first
    with ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time[:3] for part in archive.infolist()} == {(1980, 1, 1)}


@pytest.mark.parametrize(
    ("options", "period", "title"),
    [
        (("--as-of", "2024-12"), "2024年全年", "东台市 小样 报数表（2024年全年）"),
        (("--as-of", "2024-01"), "2024年1月", "东台市 小样 报数表（2024年1月）"),
        (("--as-of", "2024-09"), "2024年1-9月", "东台市 小样 报数表（2024年1-9月）"),
    ],
)
def test_the_period_of_a_form(form, options, period, title):
    [sheet] = load_workbook(form("f.xlsx", *options)).worksheets
    assert (sheet["G4"].value, sheet["A1"].value) == (period, title)


def test_a_form_without_a_month_asks_for_it(form):
    [sheet] = load_workbook(form("f.xlsx")).worksheets
    assert [cell.value for cell in sheet[3]] == [head for head in HEADS if head != "序时应达到"]
    assert sheet["A1"].value == "东台市 小样 报数表"
    assert "“期间”写明数报到哪一年哪个月" in sheet["A2"].value
    for row in range(4, 13):
        cell = sheet.cell(row, 6)
        # Open, yellow, and a text: else 2024-06 would become a day.
        assert (cell.value, cell.protection.locked) == (None, False)
        assert (cell.fill.fgColor.rgb, cell.number_format) == (YELLOW, "@")
    # Nobody knows yet what is not due.
    assert {sheet.cell(row, 7).fill.fgColor.rgb for row in range(4, 13)} == {YELLOW}


def test_no_column_for_goals_that_nobody_waits_for(form):
    [sheet] = load_workbook(form("f.xlsx", "--select", "GY")).worksheets
    assert [cell.value for cell in sheet[3]] == [
        head for head in HEADS if head not in ("下达目标", "序时应达到")
    ]
