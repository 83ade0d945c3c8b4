"""verify --mark: what a clerk gets back, form by form; expectations by hand."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from making import SMALL, write
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from packages import problems_of

CSV = """\
科技局报数表,,,,,
单位：家,,,,,
编号,指标,实际值,单位,期间,备注
CX01,净增高企,5O,家,2024-06,
CX03,利用外资,0.6,亿美元,2024-06,
GY01,新开工项目,48,个,2024-06,正在推进
XX99,没有的指标,007,个,2024-06,"=1+1"
CX04,新增专利,250,件,2024-06,
"""


@pytest.fixture
def mark(run, tmp_path, monkeypatch):
    """Mark files of an empty folder; return the run of ``verify --mark``."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)

    def marking(*names: str, to: str = "标注.xlsx", options: tuple[str, ...] = ()):
        return run("verify", *names, "--targets", "targets.yaml", "--mark", to, *options)

    return marking


@pytest.fixture
def report(run, tmp_path):
    """Return the JSON report of files."""

    def reporting(*names: str):
        return run("verify", *names, "--targets", "targets.yaml", "--format", "json").json

    return reporting


def verdicts(document) -> list[tuple]:
    return [
        (each["code"], each["status"], each["progress"], each["gap_to_pace"], each["last_status"])
        + (
            (each["actual"]["text"], each["actual"]["row"], each["actual"]["note"])
            if each["actual"]
            else ()
        )
        for each in document["results"]
    ]


def said(document) -> list[tuple]:
    """Return the findings without the name of the file and the sheet that a text has not."""
    names = {each["file"] for each in document["findings"]}
    found = []
    for each in document["findings"]:
        message = each["message"]
        for name in names:
            message = message.replace(name, "")
        found.append(
            (
                each["rule"],
                each["level"],
                each["row"],
                each["column"],
                each["code"],
                message,
                each["count"],
            )
        )
    return found


def marks(sheet) -> dict[str, str]:
    """Return the cells that rules of ours draw, with what they look like: bold is an error, italic a warning."""
    found = {}
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if "dtcheck" in rule.formula[0]:
                looks = (rule.dxf.font.b, rule.dxf.font.i, rule.dxf.border.left.style)
                level = {(True, False, "thin"): "error", (False, True, "dashed"): "warning"}[looks]
                for cells in area.sqref.ranges:
                    for row, column in cells.cells:
                        found[f"{get_column_letter(column)}{row}"] = level
    return found


def comments(sheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def texts(sheet) -> dict[str, object]:
    return {
        cell.coordinate: cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def links(sheet) -> list[str]:
    return [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_text_becomes_a_workbook_with_its_cells_where_they_were(mark, report, tmp_path, encoding):
    write(tmp_path / "科技局.csv", CSV, encoding)
    before = (tmp_path / "科技局.csv").read_bytes()
    done = mark("科技局.csv")
    assert done.code == 1
    assert done.err == "标注写好：标注.xlsx，原文件没有改动。\n"
    assert (tmp_path / "科技局.csv").read_bytes() == before
    book = load_workbook(tmp_path / "标注.xlsx")
    assert book.sheetnames == ["检查结果", "Sheet1"]
    sheet = book["Sheet1"]
    assert sheet["A1"].value == "科技局报数表"
    assert sheet["C6"].value == 48
    assert sheet["C7"].value == "007"
    assert (sheet["F7"].value, sheet["F7"].data_type, sheet["F7"].quotePrefix) == (
        "=1+1",
        "s",
        True,
    )
    # GY01: 48 of 100 by June, 48 %, 2 points behind; CX03: 0.6 of 1.2, on pace to the dot; CX04: 250 of 500.
    assert [sheet.cell(3, column).value for column in (7, 8, 9)] == ["状态", "完成率", "距序时"]
    assert [sheet.cell(6, column).value for column in (7, 8, 9)] == ["△ 欠序时", "48.0%", "-2.0"]
    assert [sheet.cell(5, column).value for column in (7, 8, 9)] == ["√ 达序时", "50.0%", "0.0"]
    assert sheet["G4"].value is None
    assert marks(sheet) == {"C4": "error", "B7": "error"}
    assert list(comments(sheet)) == ["C4", "B7"]
    assert problems_of((tmp_path / "标注.xlsx").read_bytes()) == []
    first, again = report("科技局.csv"), report("标注.xlsx")
    assert verdicts(first) == verdicts(again)
    assert [each[:3] for each in said(first)] == [each[:3] for each in said(again)]


def test_a_comment_says_what_is_wrong_why_and_how_to_mend_it(mark, tmp_path):
    write(tmp_path / "科技局.csv", CSV)
    mark("科技局.csv")
    comment = load_workbook(tmp_path / "标注.xlsx")["Sheet1"]["C4"].comment.text
    assert "✗ 错误 DT202 实际值不是数" in comment
    assert "问题：“5O”不是一个数" in comment
    assert "改法：填一个数" in comment
    assert "为什么：看不懂的内容不能当作 0，也不能当作完成。" in comment


def test_the_first_sheet_lists_findings_heaviest_first_then_what_is_missing(mark, tmp_path):
    write(tmp_path / "科技局.csv", CSV)
    mark("科技局.csv")
    sheet = load_workbook(tmp_path / "标注.xlsx")["检查结果"]
    column = [cell.value for cell in sheet["A"]]
    assert column[1] == "原文件：科技局.csv"
    levels = [each for each in column if each in ("✗ 错误", "⚠ 警告", "· 提示")]
    assert levels[:2] == ["✗ 错误", "✗ 错误"]
    assert levels == sorted(levels, key=["✗ 错误", "⚠ 警告", "· 提示"].index)
    assert links(sheet)[:2] == ["'Sheet1'!C4", "'Sheet1'!B7"]
    # Of 科技局, due in June and without a figure: CX01, whose row is wrong; CX02 is yearly.
    missing = [row for row in sheet.iter_rows(values_only=True) if row[0] == "未填报"]
    assert [(row[1], row[2], row[4], row[5]) for row in missing] == [
        ("C4", "CX01", "≥70家", "科学技术局")
    ]


def test_one_finding_on_several_targets_names_each_in_its_row(mark, tmp_path):
    """Two columns that may both be the actual: one finding on two rows, and no figure to tell a bureau by."""
    rows = "GY01,48,49,个,2024-06\nCX03,0.6,0.7,亿美元,2024-06\n"
    write(tmp_path / "报数表.csv", "编号,完成值,实际值,单位,期间\n" + rows)
    mark("报数表.csv")
    sheet = load_workbook(tmp_path / "标注.xlsx")["检查结果"]
    lines = list(sheet.iter_rows(values_only=True))
    assert [(row[1], row[2]) for row in lines if row[0] == "✗ 错误"] == [
        ("B2", "GY01"),
        ("B3", "CX03"),
    ]
    missing = {row[2]: row[1] for row in lines if row[0] == "未填报"}
    assert (missing["GY01"], missing["CX03"]) == ("B2", "B3")


def looks(cell) -> list[str]:
    return [
        repr(part)
        for part in (cell.font, cell.fill, cell.border, cell.number_format, cell.alignment)
    ]


def hard_book() -> Workbook:
    """A form as an office makes it: a title over all, a header of two rows, formulas, formats."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "6月"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "科技局2024年1-6月完成情况"
    sheet["A1"].font = Font(name="宋体", size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = "单位：家"
    for at, text in enumerate(("序号", "编号", "指标", "完成情况", None, "单位", "备注"), 1):
        sheet.cell(3, at, text)
    sheet.merge_cells("D3:E3")
    for letter in "ABCFG":
        sheet.merge_cells(f"{letter}3:{letter}4")
    sheet["D4"], sheet["E4"] = "本月", "累计"
    for row in (
        (1, "CX01", "净增高企", 5, "=D5+30", "家", None),
        (2, "CX03", "利用外资", 0.1, "O.5", "亿美元", "在谈"),
        (3, "CX04", "新增专利", 90, 250, "件", None),
    ):
        sheet.append(row)
    sheet["E7"].number_format = "0.00"
    sheet["B5"].comment = Comment("张三：口径见通知", "张三")
    sheet["E6"].comment = Comment("李四：再核", "李四")
    sheet.column_dimensions["C"].width = 33
    sheet.column_dimensions["H"].min, sheet.column_dimensions["H"].max = 8, 16384
    sheet.column_dimensions["H"].width = 3
    green = PatternFill("solid", bgColor="C6EFCE")
    sheet.conditional_formatting.add("E5:E7", CellIsRule("greaterThan", ["100"], fill=green))
    choice = DataValidation("list", formula1='"家,件,亿美元"')
    choice.add("F5:F7")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "D5"
    sheet.print_title_rows = "3:4"
    return book


def with_values(content: bytes, values: dict[str, str]) -> bytes:
    """Return a workbook with what its formulas came to, as Excel saves it."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for cell, value in values.items():
                    pattern = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?/?>(</v>)?'.encode()
                    text, count = re.subn(pattern, rb"\g<1><v>" + value.encode() + b"</v>", text)
                    assert count == 1
            new.writestr(name, text)
    return out.getvalue()


def save_hard(path: Path) -> None:
    content = io.BytesIO()
    hard_book().save(content)
    path.write_bytes(with_values(content.getvalue(), {"E5": "35"}))


def test_a_workbook_keeps_what_is_the_clerks(mark, report, tmp_path):
    save_hard(tmp_path / "科技局.xlsx")
    done = mark("科技局.xlsx")
    assert done.err == "标注写好：标注.xlsx，原文件没有改动。\n"
    book, old = load_workbook(tmp_path / "标注.xlsx"), load_workbook(tmp_path / "科技局.xlsx")
    assert book.sheetnames == ["检查结果", "6月"]
    sheet, was = book["6月"], old["6月"]
    new = texts(sheet)
    assert {at: new[at] for at in texts(was)} == texts(was)
    assert sorted(new.keys() - texts(was).keys()) == [
        "H4",
        "H5",
        "H7",
        "I4",
        "I5",
        "I7",
        "J4",
        "J5",
        "J7",
    ]
    assert load_workbook(tmp_path / "标注.xlsx", data_only=True)["6月"]["E5"].value == 35
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(map(str, was.merged_cells.ranges))
    for at in texts(was):
        assert looks(sheet[at]) == looks(was[at])
    assert sheet.column_dimensions["C"].width == 33
    assert str(sheet.data_validations.dataValidation[0].sqref) == "F5:F7"
    assert (sheet.freeze_panes, sheet.print_title_rows) == (was.freeze_panes, was.print_title_rows)
    own = [
        rule
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == "cellIs"
    ]
    assert [rule.formula for rule in own] == [["100"]]
    # CX01: 35 of 70, on pace; CX04: 250 of 500, on pace; CX03's figure has a letter in it.
    assert [new[at] for at in ("H5", "I5", "J5", "H7", "I7")] == [
        "√ 达序时",
        "50.0%",
        "0.0",
        "√ 达序时",
        "50.0%",
    ]
    assert marks(sheet) == {"E6": "error"}
    found = comments(sheet)
    assert found["B5"] == "张三：口径见通知"
    assert found["E6"].startswith("李四：再核\n\n【dtcheck 标注】\n✗ 错误 DT202")
    assert problems_of((tmp_path / "标注.xlsx").read_bytes()) == []
    assert verdicts(report("科技局.xlsx")) == verdicts(report("标注.xlsx"))
    assert said(report("科技局.xlsx")) == said(report("标注.xlsx"))


def test_marked_again_the_marks_are_replaced_not_doubled(mark, report, tmp_path):
    save_hard(tmp_path / "科技局.xlsx")
    mark("科技局.xlsx")
    mark("标注.xlsx", to="再标.xlsx")
    one, two = load_workbook(tmp_path / "标注.xlsx"), load_workbook(tmp_path / "再标.xlsx")
    assert one.sheetnames == two.sheetnames
    for first, again in zip(one.worksheets, two.worksheets, strict=True):
        assert {at: text for at, text in texts(first).items() if at != "A2"} == {
            at: text for at, text in texts(again).items() if at != "A2"
        }
        assert (marks(first), comments(first), links(first)) == (
            marks(again),
            comments(again),
            links(again),
        )
    assert problems_of((tmp_path / "再标.xlsx").read_bytes()) == []
    assert said(report("科技局.xlsx")) == said(report("再标.xlsx"))


def test_a_mended_copy_has_no_marks_and_its_own_comments(mark, tmp_path):
    save_hard(tmp_path / "科技局.xlsx")
    mark("科技局.xlsx")
    content = (tmp_path / "标注.xlsx").read_bytes()
    book = load_workbook(io.BytesIO(content))
    book["6月"]["E6"] = 0.6
    saved = io.BytesIO()
    book.save(saved)
    (tmp_path / "改好.xlsx").write_bytes(with_sheet_value(saved.getvalue()))
    done = mark("改好.xlsx", to="再标.xlsx")
    assert done.code == 0, done.out
    sheet = load_workbook(tmp_path / "再标.xlsx")["6月"]
    assert marks(sheet) == {}
    assert comments(sheet) == {"B5": "张三：口径见通知", "E6": "李四：再核"}
    assert [sheet.cell(6, column).value for column in (8, 9, 10)] == ["√ 达序时", "50.0%", "0.0"]


def with_sheet_value(content: bytes) -> bytes:
    """Return the mended copy, whose form is the second sheet, with the value of its formula."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text, count = re.subn(rb"(<f>D5\+30</f>)<v ?/?>(</v>)?", rb"\g<1><v>35</v>", text)
                assert count == 1
            new.writestr(name, text)
    return out.getvalue()


def test_several_sheets_each_with_its_own_marks(mark, report, tmp_path):
    book = Workbook()
    one, two = book.worksheets[0], book.create_sheet("第二张 表")
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    for sheet, code, figure in ((one, "CX01", "x1"), (two, "CX03", "2..5"), (hidden, "CX04", 250)):
        sheet.append(["编号", "实际值", "期间"])
        sheet.append([code, figure, "2024-06"])
    book.save(tmp_path / "科技局.xlsx")
    mark("科技局.xlsx")
    book = load_workbook(tmp_path / "标注.xlsx")
    assert book.sheetnames == ["检查结果", "Sheet", "第二张 表", "底稿"]
    assert book["底稿"].sheet_state == "hidden"
    assert [marks(book[name]) for name in book.sheetnames[1:]] == [
        {"B2": "error"},
        {"B2": "error"},
        {},
    ]
    assert links(book["检查结果"])[:2] == ["'Sheet'!B2", "'第二张 表'!B2"]
    # A warning on the hidden sheet as a whole: listed, and linked to.
    listed = [row for row in book["检查结果"].iter_rows(values_only=True) if row[6] == "DT113"]
    assert [(row[0], row[1]) for row in listed] == [("⚠ 警告", "“底稿”表")]
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [
        True,
        False,
        False,
        False,
    ]
    assert said(report("科技局.xlsx")) == said(report("标注.xlsx"))


def test_every_place_of_a_finding_is_marked(mark, tmp_path):
    rows = "CX01,35,家,2024-06\n" * 30
    write(tmp_path / "科技局.csv", "编号,实际值,单位,期间\n" + rows)
    mark("科技局.csv")
    book = load_workbook(tmp_path / "标注.xlsx")
    assert set(marks(book["Sheet1"])) == {f"B{row}" for row in range(3, 32)}
    assert len(links(book["检查结果"])) == 29


def test_a_row_without_a_column_is_marked_as_a_whole(mark, tmp_path):
    write(
        tmp_path / "科技局.csv",
        "编号,指标,实际值,单位,期间\nCX01,净增高企,1,280,家,2024-06\nCX03,利用外资,0.6,亿美元,2024-06\n",
    )
    mark("科技局.csv")
    sheet = load_workbook(tmp_path / "标注.xlsx")["Sheet1"]
    assert marks(sheet) == {f"{letter}2": "error" for letter in "ABCDEF"}
    assert list(comments(sheet)) == ["A2"]


def test_a_comma_too_many_is_still_one_in_the_copy(mark, report, tmp_path):
    write(
        tmp_path / "科技局.csv",
        "编号,实际值,单位,期间\nCX01,1,280,家,2024-06\nCX03,0.6,亿美元,2024-06\n",
    )
    mark("科技局.csv")
    first, again = report("科技局.csv"), report("标注.xlsx")
    assert verdicts(first) == verdicts(again)
    assert said(first) == said(again)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("48", 48),
        ("0.6", 0.6),
        ("-3.25", -3.25),
        ("007", "007"),
        ("5.10", "5.10"),
        ("6.5%", "6.5%"),
        ("1,710", "1,710"),
        ("123456789012345678", "123456789012345678"),
        ("+5", "+5"),
        ("-0", "-0"),
        (" 48", " 48"),
        ("4８", "4８"),
        ("1e5", "1e5"),
        ("#REF!", "#REF!"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("@SUM(A1)", "@SUM(A1)"),
        ("2024-06", "2024-06"),
    ],
)
def test_nothing_changes_in_the_text_of_a_figure(mark, tmp_path, text, kept):
    quoted = '"' + text.replace('"', '""') + '"'
    write(tmp_path / "科技局.csv", f"编号,实际值,单位,期间\nCX01,{quoted},家,2024-06\n")
    mark("科技局.csv")
    cell = load_workbook(tmp_path / "标注.xlsx")["Sheet1"]["B2"]
    assert cell.value == kept
    assert cell.data_type == ("n" if isinstance(kept, int | float) else "s")


def test_the_month_that_a_path_told_stays_with_the_copy(mark, report, tmp_path):
    write(tmp_path / "2024-06" / "科技局.csv", "编号,实际值,单位\nCX01,35,家\n")
    mark("2024-06/科技局.csv")
    first, again = report("2024-06/科技局.csv"), report("标注.xlsx")
    assert first["as_of"] == again["as_of"] == "2024-06"
    assert verdicts(first) == verdicts(again)
    assert said(first) == said(again)
    mark("标注.xlsx", to="再标.xlsx")
    assert verdicts(report("再标.xlsx")) == verdicts(first)
    # Where the copy is handed in again, its own folder says more.
    write(tmp_path / "2024-07" / "x", "")
    (tmp_path / "2024-07" / "科技局.xlsx").write_bytes((tmp_path / "标注.xlsx").read_bytes())
    assert report("2024-07/科技局.xlsx")["as_of"] == "2024-07"


def test_a_clerks_own_sheet_of_that_name_stays(mark, report, tmp_path):
    book = Workbook()
    book.worksheets[0].title = "检查结果"
    book.worksheets[0].append(["编号", "实际值", "期间"])
    book.worksheets[0].append(["CX01", 35, "2024-06"])
    book.save(tmp_path / "科技局.xlsx")
    mark("科技局.xlsx")
    assert load_workbook(tmp_path / "标注.xlsx").sheetnames == ["检查结果 (2)", "检查结果"]
    assert verdicts(report("科技局.xlsx")) == verdicts(report("标注.xlsx"))


def test_the_list_alone_is_no_submission(mark, report, tmp_path):
    """A file whose form was deleted does not end green."""
    write(tmp_path / "科技局.csv", CSV)
    mark("科技局.csv")
    book = load_workbook(tmp_path / "标注.xlsx")
    book.remove(book["Sheet1"])
    book.save(tmp_path / "只有结果.xlsx")
    assert report("只有结果.xlsx")["exit_code"] == 2


def test_the_report_is_the_same_with_and_without_a_copy(mark, run, tmp_path):
    write(tmp_path / "科技局.csv", CSV)
    plain = run("verify", "科技局.csv", "--targets", "targets.yaml")
    done = mark("科技局.csv")
    assert (done.out, done.code) == (plain.out, plain.code)


def test_a_form_with_nothing_wrong_has_no_marks(mark, tmp_path):
    write(tmp_path / "科技局.csv", "编号,实际值,单位,期间\nCX01,35,家,2024-06\nCX03,0.7,,2024-06\n")
    assert mark("科技局.csv").code == 0
    book = load_workbook(tmp_path / "标注.xlsx")
    assert marks(book["Sheet1"]) == {}
    assert comments(book["Sheet1"]) == {}
    # No unit given, the goal's assumed: an info, listed.
    assert "DT305" in [cell.value for cell in book["检查结果"]["G"]]


def test_json_is_untouched_on_standard_output(mark, tmp_path):
    write(tmp_path / "科技局.csv", CSV)
    done = mark("科技局.csv", options=("--format", "json"))
    assert json.loads(done.out)["exit_code"] == 1
