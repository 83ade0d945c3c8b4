"""Workbooks as clerks make them, and those that would harm."""

from __future__ import annotations

import re
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
from books import HEADER, inline, raw_book, raw_parts, write_book, zipped
from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH
from running import run_process

from dtcheck.tables.numberformats import CHINESE_DATES, number_text
from dtcheck.tables.table import column_letters

HEADS = ["编号", "实际值", "单位", "期间"]


def judged(run, path, *options):
    # Why a shortfall came about is not what these sheets are about.
    done = run("verify", path, "--format", "json", "--ignore", "DT306", *options)
    return done, {result["code"]: result for result in done.json["results"]}


def findings(done):
    return [(f["rule"], f.get("sheet"), f.get("cell") or f["row"]) for f in done.json["findings"]]


# --- numbers, by their format ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (48.0, "General", "48"),
        (0.30000000000000004, "General", "0.3"),
        (106.99999999999999, "0", "107"),
        (1.2345e3, "G/通用格式", "1234.5"),
        (-3.2, "0.00", "-3.20"),
        (-0, "0", "0"),
        (0.065, "0.0%", "6.5%"),
        (7.0000000000000007e-2, "0.00%;[Red]-0.00%", "7%"),
        # A % that is only shown doesn't multiply.
        (6.5, '0.0"%"', "6.5%"),
        (6.5, "0.0\\%", "6.5%"),
        (48, '0"个"', "48个"),
        (1710, '#,##0.00"亿元"_ ', "1710亿元"),
        (1710, '"约"0', "1710"),
        # Formats that show another size than is stored: what is seen counts.
        (12345678, '0!.0,"万元"', "1234.5678万元"),
        (1710000, '#,##0,"千元"', "1710千元"),
        (12345678, "0!.0,", "1234.5678"),
        (12345678, "0!.0000", "1234.5678"),
        (-12345678, r"0\.0,", "-1234.5678"),
        (1120000000, '0!.00,,"亿元"', "11.2亿元"),
        (123456789, "0.00,,", "123.456789"),
        (48, "0!个", "48"),
        (45444, "yyyy-mm-dd", "2024-06-01"),
        (45444, "mmm-yy", "2024-06-01"),
        (45473, '[$-804]yyyy"年"m"月"d"日"', "2024-06-30"),
        (45444.5, "yyyy/m/d h:mm", "2024-06-01"),
        (45444, 'm"月"d"日"', "6月1日"),
        (45444, 'm"月"', "6月"),
        (0.5, "h:mm", "12:00"),
        (1.5, "[h]:mm:ss", "12:00"),
        (59, "yyyy-m-d", "1900-02-28"),
        (61, "yyyy-m-d", "1900-03-01"),
        (99999999, "yyyy-m-d", "99999999"),
        (-5, "yyyy-m-d", "-5"),
        (1e300, "0.0%", "1e+300"),
        (float("nan"), "General", "nan"),
        (float("inf"), "0.0%", "inf"),
    ],
)
def test_a_number_reads_as_it_is_shown(number, code, text):
    assert number_text(number, code) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "45444"),
        (9, "4544400%"),
        (14, "2024-06-01"),
        (17, "2024-06-01"),
        (20, "0:00"),
        (27, "2024-06-01"),
        (28, "6月1日"),
        (31, "2024-06-01"),
        (57, "2024-06-01"),
        (58, "6月1日"),
    ],
)
def test_formats_that_files_name_by_number(number, text):
    assert number_text(45444, CHINESE_DATES.get(number) or BUILTIN_FORMATS[number]) == text


def test_dates_counted_from_1904():
    # 1 June 2024 is 43982 days after 1 January 1904.
    assert number_text(43982, "yyyy-m-d", MAC_EPOCH) == "2024-06-01"


def test_letters_of_columns():
    assert [column_letters(index) for index in (0, 25, 26, 51, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "ZZ", "AAA")
    ]


# --- a workbook through the program -----------------------------------------------------------


def test_cells_as_excel_stores_them(run, tmp_path):
    path = tmp_path / "六月.xlsx"
    write_book(
        path,
        {
            "Sheet1": [
                HEADS,
                ["ZH02", (0.065, "0.0%"), "%", (date(2024, 6, 1), "yyyy-mm-dd")],
                ["GY01", 48.0, None, (date(2024, 6, 30), "mmm-yy")],
                ["GY11", 0.1 + 0.2, "亿元", "2024-06"],
                ["GY10", (48, '0"个"'), None, "6月"],
                ["GY12", True, "亿元", "2024-06"],
                ["GY13", (date(2024, 6, 5), "yyyy-mm-dd"), "亿元", "2024-06"],
                ["GY14", 5, "亿元", (date(2024, 1, 6), 'm"月"d"日"')],
            ]
        },
    )
    done, by_code = judged(run, path)
    assert by_code["ZH02"]["actual"]["value"] == 6.5
    assert by_code["GY01"]["actual"]["value"] == 48
    assert by_code["GY01"]["actual"]["text"] == "48"
    assert by_code["GY11"]["actual"]["value"] == 0.3
    assert by_code["GY10"]["actual"]["value"] == 48
    assert {r["actual"]["period"] for r in by_code.values() if r["actual"]} == {"2024-06"}
    # No unit but in the format of B5; 1-6 typed for 1-6月 became a day of January.
    assert findings(done) == [
        ("DT305", "Sheet1", "C3"),
        ("DT202", "Sheet1", "B6"),
        ("DT202", "Sheet1", "B7"),
        ("DT205", "Sheet1", "D8"),
    ]
    assert done.code == 1


def test_formulas(run, tmp_path):
    rows = (
        '<row r="2"><c t="inlineStr"><is><t>GY01</t></is></c><c r="B2"><f>40+8</f><v>48</v></c></row>'
        '<row r="3"><c t="inlineStr"><is><t>GY04</t></is></c><c r="B3"><f>B2+1</f></c></row>'
        '<row r="4"><c t="inlineStr"><is><t>GY05</t></is></c>'
        '<c r="B4"><f t="shared" si="0"/><v></v></c></row>'
        '<row r="5"><c t="inlineStr"><is><t>GY06</t></is></c>'
        '<c r="B5" t="str"><f>IF(A1="","",1)</f><v></v></c></row>'
        '<row r="6"><c t="inlineStr"><is><t>GY09</t></is></c>'
        '<c r="B6" t="e"><f>#REF!</f><v>#REF!</v></c></row>'
    )
    done, by_code = judged(
        run, raw_book(tmp_path / "f.xlsx", rows), "--as-of", "2024-06", "--ignore", "DT305"
    )
    assert by_code["GY01"]["actual"]["value"] == 48
    # Never calculated: a finding, not 0 and not a blank. A formula that gives "" is a blank.
    assert findings(done) == [
        ("DT202", "Sheet1", "B3"),
        ("DT202", "Sheet1", "B4"),
        ("DT311", "Sheet1", "B5"),
        ("DT202", "Sheet1", "B6"),
    ]
    assert "=B2+1" in done.json["findings"][0]["message"]
    assert "存盘" in done.json["findings"][0]["hint"]
    assert {by_code[code]["status"] for code in ("GY04", "GY05", "GY06", "GY09")} == {"no_data"}


def test_shared_rich_and_inline_strings(run, tmp_path):
    strings = (
        "<si><t>GY01</t></si><si><r><t>新开工</t></r><r><t>亿元以上项目</t></r>"
        '<rPh sb="0" eb="1"><t>よみ</t></rPh></si><si><t>第一行_x000A_第二行</t></si>'
    )
    rows = (
        inline("编号", "指标", "实际值", "备注", row=1)
        + '<row r="2"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>48</v></c>'
        '<c t="s"><v>2</v></c></row>'
    )
    path = tmp_path / "s.xlsx"
    path.write_bytes(zipped(raw_parts(rows, strings=strings)))
    done, by_code = judged(run, path, "--as-of", "2024-06")
    assert by_code["GY01"]["actual"]["note"] == "第一行\n第二行"
    assert [f["rule"] for f in done.json["findings"]] == ["DT305"]


def test_dates_of_a_chinese_excel(run, tmp_path):
    # 57 is yyyy"年"m"月" in a Chinese Excel and stands in no list of the file.
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="57"/></cellXfs>'
    rows = (
        '<row r="2"><c t="inlineStr"><is><t>GY01</t></is></c><c r="B2"><v>48</v></c>'
        '<c r="D2" s="1"><v>45444</v></c></row>'
    )
    path = raw_book(tmp_path / "d.xlsx", rows, styles=styles)
    assert judged(run, path)[1]["GY01"]["actual"]["period"] == "2024-06"
    rows = rows.replace("45444", "43982")
    path = raw_book(tmp_path / "m.xlsx", rows, styles=styles, head='<workbookPr date1904="1"/>')
    assert judged(run, path)[1]["GY01"]["actual"]["period"] == "2024-06"


def test_strict_workbooks_are_refused(run, tmp_path):
    parts = raw_parts(HEADER + inline("GY01", "48", "个", "2024-06", row=2))
    swap = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main")  # fmt: skip
    path = tmp_path / "strict.xlsx"
    path.write_bytes(zipped({name: text.replace(*swap) for name, text in parts.items()}))
    refused(run, path, "Strict", "另存为")


def test_several_sheets(run, tmp_path):
    path = tmp_path / "b.xlsx"
    write_book(
        path,
        {
            "说明": [["填表说明"], ["请按月填报"]],
            "工业": [
                ["东台市报数表"],
                [],
                HEADS,
                ["GY01", 48, "个", "2024-06"],
                ["GY99", 1, "个", "6月"],
            ],
            "创新": [HEADS, ["CX01", 40, "家", "2024-06"]],
            "空表": [],
            "待填": [HEADS],
        },
    )
    done, by_code = judged(run, path)
    assert by_code["GY01"]["actual"]["value"] == 48
    assert by_code["CX01"]["actual"]["value"] == 40
    assert sorted(findings(done)) == [
        ("DT201", "工业", "A5"),
        ("DT311", "待填", None),
        ("DT311", "说明", None),
    ]
    assert done.code == 1
    shown = run("verify", path, "--format", "markdown")
    assert "“工业”表 A5" in shown.out


def test_no_sheet_has_a_header(run, tmp_path):
    path = tmp_path / "b.xlsx"
    write_book(path, {"甲": [["项目", "数据"], ["a", 1]], "乙": [["编号", "单位"], ["GY01", "个"]]})
    done = run("verify", path, "--format", "json")
    assert sorted(findings(done)) == [("DT102", "乙", None), ("DT102", "甲", None)]
    assert done.code == 2
    write_book(path, {"甲": [], "乙": []})
    done = run("verify", path, "--format", "json")
    assert [f["message"] for f in done.json["findings"]] == ["文件是空的"]
    assert done.code == 2


def test_a_header_and_nothing_else(run, tmp_path):
    path = tmp_path / "b.xlsx"
    write_book(path, {"甲": [HEADS]})
    assert findings(run("verify", path, "--format", "json")) == [("DT105", "甲", None)]


def test_the_period_from_the_name_of_a_sheet(run, tmp_path):
    path = tmp_path / "2024-09" / "b.xlsx"
    path.parent.mkdir()
    heads = ["编号", "实际值", "单位"]
    write_book(
        path,
        {
            "1-5月": [heads, ["GY01", 40, "个"]],
            "上半年": [heads, ["GY01", 48, "个"]],
            "三季度表": [heads, ["GY04", 5, "个"]],
        },
    )
    _, by_code = judged(run, path)
    assert by_code["GY01"]["actual"] | {"file": ""} == {
        "value": 48, "unit": "个", "period": "2024-06", "text": "48", "bureau": None,
        "note": None, "file": "", "sheet": "上半年", "row": 2,
    }  # fmt: skip
    # A name that is no month leaves it to the path.
    assert by_code["GY04"]["actual"]["period"] == "2024-09"


def test_merged_cells(run, tmp_path):
    path = tmp_path / "b.xlsx"
    write_book(
        path,
        {
            "表": [
                ["东台市报数表"],
                ["编号", "完成情况", None, "期间", "填报单位"],
                [None, "实际值", "单位"],
                ["GY17", 60, "家", "2024-06", "工信局"],
                ["GY18", 800, "家"],
                ["GY19", None, "家"],
            ]
        },
    )
    book = load_workbook(path)
    for merged in ("A1:E1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "D4:D6", "E4:E6", "B5:B6"):
        book["表"].merge_cells(merged)
    book.save(path)
    done, by_code = judged(run, path)
    # Period and bureau hold for all of their rows; whose the merged 800 is besides GY18's is a guess.
    assert by_code["GY18"]["actual"]["period"] == "2024-06"
    assert by_code["GY18"]["actual"]["bureau"] == "工信局"
    assert by_code["GY19"]["status"] == "no_data"
    assert findings(done) == [("DT311", "表", "B6")]


def test_hidden_rows_are_read_and_hidden_sheets_are_not(run, tmp_path):
    path = tmp_path / "b.xlsx"
    rows = [HEADS, ["GY01", 48, "个", "2024-06"]]
    write_book(path, {"甲": rows, "乙": [HEADS, ["GY04", 5, "个", "2024-06"]]})
    book = load_workbook(path)
    book["甲"].row_dimensions[2].hidden = True
    book["乙"].sheet_state = "veryHidden"
    book.save(path)
    done, by_code = judged(run, path)
    assert by_code["GY01"]["actual"]["value"] == 48
    assert by_code["GY04"]["actual"] is None
    (found,) = [each for each in done.json["findings"] if each["rule"] == "DT113"]
    assert (found["level"], "“乙”" in found["message"]) == ("warning", True)


def test_conflicts_name_both_places(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("b.xlsx")
    rows = [HEADS, ["GY01", 48, "个", "2024-06"], ["GY01", 49, "个", "2024-06"]]
    write_book(path, {"甲": rows, "乙": [HEADS, ["GY01", 50, "个", "2024-06"]]})
    shown = run("verify", path, "--color", "never")
    assert "“甲”表 B3、B2、“乙”表 B2" in shown.out


def test_recognised_by_content(run, tmp_path):
    path = tmp_path / "book.csv"
    write_book(tmp_path / "b.xlsx", {"甲": [HEADS, ["GY01", 48, "个", "2024-06"]]})
    path.write_bytes((tmp_path / "b.xlsx").read_bytes())
    assert judged(run, path)[1]["GY01"]["actual"]["value"] == 48
    text = tmp_path / "text.xlsx"
    text.write_text("编号,实际值,单位,期间\nGY01,48,个,2024-06\n", encoding="utf-8")
    assert judged(run, text)[1]["GY01"]["actual"]["value"] == 48


def test_a_workbook_on_standard_input(tmp_path):
    write_book(tmp_path / "b.xlsx", {"甲": [HEADS, ["GY01", "x", "个", "2024-06"]]})
    done = run_process("verify", "-", "--color", "never", stdin=(tmp_path / "b.xlsx").read_bytes())
    assert "标准输入 “甲”表 B2" in done.stdout.decode()
    assert done.returncode == 1


# --- files that can't be read, or shouldn't ---------------------------------------------------


def refused(run, path, *words):
    good = path.with_name("good.csv")
    good.write_text("编号,实际值,单位,期间\nGY01,48,个,2024-06\n", encoding="utf-8")
    done = run("verify", path, good, "--format", "json", "--fail-on", "never")
    assert done.code == 2
    errors = [f for f in done.json["findings"] if f["level"] == "error"]
    assert [f["rule"] for f in errors] == ["DT101"]
    said = errors[0]["message"] + errors[0]["hint"]
    assert [word for word in words if word not in said] == []
    by_code = {result["code"]: result for result in done.json["results"]}
    assert by_code["GY01"]["actual"]["value"] == 48


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<x/>"}), "损坏"),
        (zipped({"word/document.xml": "", "a": ""}), "Word"),
        (zipped({"content.xml": "", "mimetype": ""}), ".ods"),
        (zipped({"xl/workbook.bin": ""}), ".xlsb"),
        (zipped({"报数表.csv": "编号,实际值"}), "压缩包"),
        (zipped({}), "压缩包"),
        (b"PK\x03\x04", "损坏"),
        (b"PK\x05\x06" + bytes(10), "损坏"),
    ],
)
def test_what_is_no_workbook(run, tmp_path, content, word):
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    refused(run, path, word)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_copy_that_broke_off(run, tmp_path, share):
    path = tmp_path / "b.xlsx"
    write_book(path, {"甲": [HEADS, *[["GY01", 48, "个", "2024-06"]] * 50]})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    refused(run, path, "损坏")


def test_damage_inside(run, tmp_path):
    path = raw_book(tmp_path / "b.xlsx", inline("GY04", "5", "个", "2024-06", row=2))
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + 20] ^= 0xFF
    path.write_bytes(content)
    refused(run, path, "损坏")


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"},
        {"xl/worksheets/sheet1.xml": "no xml"},
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/sharedStrings.xml": "<sst/>"},
    ],
)
def test_parts_that_do_not_fit(run, tmp_path, parts):
    path = tmp_path / "b.xlsx"
    rows = HEADER + '<row r="2"><c t="s"><v>7</v></c></row>'
    path.write_bytes(zipped(raw_parts(rows) | parts))
    refused(run, path, "损坏")


def test_missing_sheet(run, tmp_path):
    parts = raw_parts(HEADER)
    del parts["xl/worksheets/sheet1.xml"]
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped(parts))
    refused(run, path, "损坏")


def test_bombs(run, tmp_path):
    path = tmp_path / "b.xlsx"
    parts = raw_parts(HEADER)
    sheet = parts["xl/worksheets/sheet1.xml"].encode()
    # 130 MB of blanks: said by the directory. 10 MB packed 1000 to 1. Too much to hold in memory.
    for part, size in (("worksheets/sheet1", 130), ("worksheets/sheet1", 10), ("styles", 31)):
        path.write_bytes(zipped(parts | {f"xl/{part}.xml": b" " * (size * 1_000_000) + sheet}))
        refused(run, path, "压缩炸弹", "粘贴数值")


def many_sheets(count, before=b""):
    """Return the parts of a workbook of so many sheets, each with ``before`` at its start."""
    parts = raw_parts(HEADER + inline("GY01", "48", "个", "2024-06", row=2))
    sheet = before + parts.pop("xl/worksheets/sheet1.xml").partition("?>")[2].encode()
    named = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(count))
    rels = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(count)
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace("</Relationships>", rels + "</Relationships>")
    parts["xl/workbook.xml"] = re.sub("<sheet .*?/>", named, parts["xl/workbook.xml"])
    return parts | {f"xl/worksheets/s{n}.xml": sheet for n in range(count)}


def test_many_small_bombs(run, tmp_path):
    # Each is too small to tell from blank rows, all of them take minutes to look through.
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped(many_sheets(50, b" " * 4_900_000)))
    refused(run, path, "压缩炸弹")


def test_a_bomb_whose_directory_lies(run, tmp_path):
    path = tmp_path / "b.xlsx"
    bomb = b"<worksheet>" + b" " * 130_000_000
    content = zipped(raw_parts(HEADER) | {"xl/worksheets/sheet1.xml": bomb})
    small = content.replace(struct.pack("<L", len(bomb)), struct.pack("<L", 1000))
    assert small != content
    path.write_bytes(small)
    refused(run, path, "损坏")


def test_a_directory_too_long_to_open(run, tmp_path):
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped({f"{number:090d}": "" for number in range(16_000)}))
    refused(run, path, "压缩炸弹")


@pytest.mark.parametrize(
    ("rows", "styles", "word"),
    [
        # A row is parsed whole: Excel's are of 16,384 cells at most.
        ('<row r="2">' + "<c/>" * 16_385 + "</row>", "", "损坏"),
        ("<row/>" * 5_000_001, "", "压缩炸弹"),
        ("", "<xf/>" * 500_001, "压缩炸弹"),
        # openpyxl refuses a font family that the standard doesn't know.
        ("", '<fonts><font><family val="99"/></font></fonts>', "不合规范"),
    ],
    ids=["wide", "rows", "styles", "font"],
)
def test_more_than_openpyxl_should_get(run, tmp_path, rows, styles, word):
    refused(
        run,
        raw_book(tmp_path / "b.xlsx", rows, styles=styles),
        word,
        "另存为" if word != "压缩炸弹" else "粘贴",
    )


@pytest.mark.parametrize(
    "sheets",
    [
        "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 3000)),
        '<sheet name="Sheet1" sheetId="2" r:id="rId4"/>',
    ],
    ids=["part", "name"],
)
def test_sheets_that_share_a_part_or_a_name(run, tmp_path, sheets):
    # The part would be read 3,000 times, and of two sheets of one name one would go unread.
    parts = raw_parts(HEADER + inline("GY04", "5", "个", "2024-06", row=2))
    rels = "xl/_rels/workbook.xml.rels"
    more = re.search('<Relationship Id="rId1"[^>]*>', parts[rels])[0]
    more = more.replace("rId1", "rId4").replace("sheet1", "sheet2")
    parts[rels] = parts[rels].replace("</Relationships>", more + "</Relationships>")
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet1.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", sheets + "</sheets>")
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped(parts))
    refused(run, path, "损坏")


def test_an_element_without_end(run, tmp_path):
    attributes = " ".join(f'a{number}="1"' for number in range(500_000))
    path = raw_book(tmp_path / "b.xlsx", f"<row {attributes}><c/></row>")
    refused(run, path, "压缩炸弹")


def test_limits_hold_for_parts_of_any_name(run, tmp_path):
    parts = raw_parts(HEADER)
    parts = {name: text.replace("xl/workbook.xml", "xl/book.bin") for name, text in parts.items()}
    parts["xl/book.bin"] = parts.pop("xl/workbook.xml").replace(
        "<sheets>", "<x/>" * 500_000 + "<sheets>"
    )
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped(parts))
    refused(run, path, "压缩炸弹")


def test_utf_16_can_not_hide_entities(run, tmp_path):
    path = tmp_path / "b.xlsx"
    parts = raw_parts(HEADER)
    name = "xl/worksheets/sheet1.xml"
    hidden = (
        parts[name].replace("UTF-8", "UTF-16").replace("?>", "?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1)
    )
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        path.write_bytes(zipped(parts | {name: hidden.encode(encoding)}))
        refused(run, path, "损坏")


def test_what_a_number_shows_on_the_last_days():
    # 31 December 9999 in a file that counts from 1904; a day more is no date.
    assert number_text(2_957_003, "yyyy-m-d", MAC_EPOCH) == "9999-12-31"
    assert number_text(2_957_004, "yyyy-m-d", MAC_EPOCH) == "2957004"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["worksheets/sheet1", "sharedStrings", "workbook"])
def test_entities_are_refused(run, tmp_path, doctype, part):
    path = tmp_path / "b.xlsx"
    parts = raw_parts(HEADER + inline("GY04", "5", "个", "2024-06", row=2))
    name = f"xl/{part}.xml"
    parts[name] = parts[name].replace("?>", f"?>{doctype}", 1)
    path.write_bytes(zipped(parts))
    refused(run, path, "XML 实体")


def test_an_encrypted_part(run, tmp_path):
    path = raw_book(tmp_path / "b.xlsx", inline("GY04", "5", "个", "2024-06", row=2))
    content = bytearray(path.read_bytes())
    # The flags of every entry of the directory.
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    refused(run, path, "密码")


def test_macros_are_said_and_not_run(run, tmp_path):
    path = tmp_path / "b.xlsm"
    parts = raw_parts(HEADER + inline("GY01", "48", "个", "2024-06", row=2))
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/'
        'vbaProject" Target="vbaProject.bin"/></Relationships>',
    )
    path.write_bytes(zipped(parts | {"xl/vbaProject.bin": b"\0" * 100}))
    done, by_code = judged(run, path)
    assert by_code["GY01"]["actual"]["value"] == 48
    assert [(f["rule"], f["level"]) for f in done.json["findings"]] == [("DT311", "info")]
    assert "宏" in done.json["findings"][0]["message"]


def test_far_cells_cost_nothing(run, tmp_path):
    far = "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(3, 30_000))
    rows = inline("GY01", "48", "个", "2024-06", row=2) + far
    rows += inline("GY04", "5", "个", "2024-06", row=1_048_576)
    done, by_code = judged(run, raw_book(tmp_path / "b.xlsx", rows))
    assert by_code["GY01"]["actual"]["row"] == 2
    assert by_code["GY04"]["actual"]["row"] == 1_048_576
    assert [each["rule"] for each in done.json["findings"]] == ["DT311"]


def test_a_cell_longer_than_excel_allows(run, tmp_path):
    rows = inline("GY01", "4" * 40_000, "个", "2024-06", row=2)
    refused(run, raw_book(tmp_path / "b.xlsx", rows), "损坏")


def test_what_stands_too_far_right_is_not_lost_in_silence(run, tmp_path):
    path = tmp_path / "b.xlsx"
    # GR is column 200, GS the first beyond.
    write_book(path, {"表": [[*HEADS, *[None] * 196, "备注"], ["GY01", 60, "个", "6月"]]})
    done = run("verify", path, "--format", "json")
    assert [each["message"] for each in done.json["findings"]] == [
        "第 200 列（GR）右边的内容没有读"
    ]
    write_book(path, {"表": [[*HEADS, *[None] * 195, "备注"], ["GY01", 60, "个", "6月"]]})
    assert run("verify", path, "--format", "json").json["findings"] == []
