"""Workbooks that are sound, however they are packed; and what readers of a workbook don't see."""

from __future__ import annotations

import io
import zipfile

import pytest
from books import HEADER, inline, raw_book, raw_parts, write_book, zipped

from dtcheck.rules import Filing
from dtcheck.tables.files import read_tables
from dtcheck.tables.package import folded
from dtcheck.tables.table import Table

ROW = inline("GY01", "60", "个", "2024-06", row=2)
RELS = "xl/_rels/workbook.xml.rels"
BOMB = b"<x>" + b" " * 100_000_000


def good_parts():
    return raw_parts(HEADER + ROW)


def figure(run, tmp_path, parts, name="b.xlsx"):
    """Return what is read of GY01; nothing else is to be said of the file."""
    path = tmp_path / name
    path.write_bytes(parts if isinstance(parts, bytes) else zipped(parts))
    done = run("verify", path, "--format", "json", "--select", "GY01")
    assert done.json["findings"] == []
    return done.json["results"][0]["actual"]["value"]


def refused(run, tmp_path, parts, word):
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped(parts))
    done = run("verify", path, "--format", "json")
    assert done.code == 2
    [found] = done.json["findings"]
    assert (found["rule"], word in found["message"]) == ("DT101", True)


# --- parts that are never parsed ----------------------------------------------------------------

QUERY = '<?xml version="1.0" encoding="utf-16"?><DataMashup>AAAA</DataMashup>'
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    "part",
    [
        "customXml/item1.xml",
        "docProps/app.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "xl/theme/theme1.xml",
        "xl/printerSettings/printerSettings1.bin",
        "xl/media/image1.emf",
        "xl/drawings/drawing1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/comments1.xml",
        "xl/calcChain.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "_rels/.rels",
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        QUERY.encode("utf-16"),
        QUERY.encode("utf-16-be"),
        DOCTYPE,
        b"\0\1\2 no xml",
        b"<x/>" * 400_000,
        BOMB,
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ],
    ids=["utf-16", "utf-16-be", "doctype", "binary", "tags", "bomb", "strict"],
)
def test_what_is_never_parsed_does_no_harm(run, tmp_path, part, content):
    assert figure(run, tmp_path, good_parts() | {part: content}) == 60


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "xl/workbook.xml", RELS, "xl/styles.xml", "xl/sharedStrings.xml"]
    + ["xl/worksheets/sheet1.xml"],
)
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda text: text.replace("?>", "?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1), "XML 实体"),
        (lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"), "损坏"),
        (lambda text: text.encode() + b" " * 101_000_000, "压缩炸弹"),
    ],
    ids=["doctype", "utf-16", "bomb"],
)
def test_what_is_parsed_is_checked(run, tmp_path, part, change, word):
    parts = good_parts()
    refused(run, tmp_path, parts | {part: change(parts[part])}, word)


def test_a_part_packed_in_another_way_matters_only_where_it_is_read(run, tmp_path):
    for part, word in (("xl/media/a.bin", ""), ("xl/worksheets/sheet1.xml", "损坏")):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in ({"xl/media/a.bin": "x"} | good_parts()).items():
                archive.writestr(name, text, zipfile.ZIP_LZMA if name == part else None)
        path = tmp_path / "b.xlsx"
        path.write_bytes(content.getvalue())
        done = run("verify", path, "--format", "json", "--select", "GY01")
        assert [word in each["message"] for each in done.json["findings"]] == (
            [True] if word else []
        )


# --- names of parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spell",
    [
        lambda name: name.replace("/", "\\"),
        str.upper,
        str.lower,
        lambda name: name.replace("xl/", "XL/").replace("worksheets/", "WorkSheets\\"),
        lambda name: "/" + name,
        lambda name: "./" + name,
        lambda name: name.title(),
    ],
    ids=["backslashes", "upper", "lower", "both", "slash", "dot", "title"],
)
def test_names_spelled_in_another_way(run, tmp_path, spell):
    parts = {spell(name): text for name, text in good_parts().items()}
    assert figure(run, tmp_path, parts) == 60


@pytest.mark.parametrize(
    "target",
    [
        *("worksheets\\sheet1.xml", "\\xl\\worksheets\\sheet1.xml", "/XL/Worksheets/Sheet1.XML"),
        *(
            "/xl\\worksheets/sheet1.xml",
            ".\\worksheets\\sheet1.xml",
            "..\\xl\\worksheets\\sheet1.xml",
        ),
    ],
)
def test_references_spelled_in_another_way(run, tmp_path, target):
    parts = good_parts()
    parts[RELS] = parts[RELS].replace("worksheets/sheet1.xml", target)
    assert figure(run, tmp_path, parts) == 60


@pytest.mark.parametrize("name", ["xl/workbook.xml", "\\xl\\workbook.xml", "/XL/WORKBOOK.XML"])
def test_content_types_spelled_in_another_way(run, tmp_path, name):
    parts = good_parts()
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace("/xl/workbook.xml", name)
    assert figure(run, tmp_path, parts) == 60


def test_the_name_that_fits_exactly_wins(run, tmp_path):
    parts = good_parts()
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["XL/worksheets/sheet1.xml"] = sheet.replace("60", "7")
    assert figure(run, tmp_path, parts) == 60


def test_two_names_that_fit_alike_are_refused(run, tmp_path):
    parts = good_parts()
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    parts |= {"XL/worksheets/sheet1.xml": sheet, "Xl\\worksheets\\sheet1.xml": sheet}
    refused(run, tmp_path, parts, "损坏")


def test_a_limit_holds_for_a_part_however_it_is_spelled(run, tmp_path):
    parts = good_parts()
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    # 40 MB is too much for anything but a sheet, and no bomb: it packs 200 to 1.
    noise = b"".join(b"<!-- %060d -->" % number for number in range(450_000))
    assert 30_000_000 < len(noise) < 100_000_000
    parts["XL\\Worksheets\\Sheet1.xml"] = (
        sheet.replace("</worksheet>", "").encode() + noise + b"</worksheet>"
    )
    assert figure(run, tmp_path, parts) == 60
    parts["XL\\Worksheets\\Sheet1.xml"] = sheet.encode() + b" " * 101_000_000
    refused(run, tmp_path, parts, "压缩炸弹")


@pytest.mark.parametrize("target", ["styles2.xml", "/XL/Other.xml", "below\\styles.xml"])
def test_the_formats_are_found_under_any_name(run, tmp_path, target):
    # 0.065 shown as 6.5%: without its format it would be a rate of 0.065.
    styles = '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    row = (
        '<row r="2"><c t="inlineStr"><is><t>ZH02</t></is></c><c r="B2" s="1"><v>0.065</v></c></row>'
    )
    parts = raw_parts(HEADER + row, styles=styles)
    spelled = {"styles2.xml": "xl/styles2.xml", "/XL/Other.xml": "xl/other.xml"}
    parts[spelled.get(target, "xl/below/styles.xml")] = parts.pop("xl/styles.xml")
    parts[RELS] = parts[RELS].replace("/xl/styles.xml", target)
    path = tmp_path / "b.xlsx"
    path.write_bytes(zipped(parts))
    done = run("verify", path, "--format", "json", "--select", "ZH02", "--as-of", "2024-06")
    assert done.json["results"][0]["actual"]["value"] == 6.5


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("xl\\worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("/XL/Workbook.xml", "xl/workbook.xml"),
        ("xl/\\xl\\styles.xml", "xl/styles.xml"),
        ("xl/../xl/./a.xml", "xl/a.xml"),
        ("[Content_Types].xml", "[content_types].xml"),
    ],
)
def test_names_as_they_are_compared(name, known):
    assert folded(name) == known


def test_other_kinds_are_known_however_their_parts_are_spelled(run, tmp_path):
    refused(run, tmp_path, {"WORD\\document.xml": "", "a": ""}, "Word")
    refused(run, tmp_path, {"xl\\workbook.bin": ""}, ".xlsb")


# --- hidden sheets, rows and columns --------------------------------------------------------------


def tables(path):
    """Return for each table its name, whether it is hidden, its hidden columns and hidden rows."""
    found = read_tables(str(path), Table(str(path), Filing()), None, len, any, [])
    return [
        (
            table.sheet,
            table.hidden,
            sorted(table.hidden_columns),
            [r.number for r in rows if r.hidden],
        )
        for table, rows in found
    ]


def test_hidden_sheets_are_marked(tmp_path):
    path = tmp_path / "b.xlsx"
    rows = [["编号", "实际值"], ["GY01", 48]]
    book = write_book(path, dict.fromkeys(["甲", "乙", "丙", "丁"], rows))
    book["乙"].sheet_state = "hidden"
    book["丁"].sheet_state = "veryHidden"
    book.save(path)
    assert tables(path) == [
        ("甲", False, [], []),
        ("乙", True, [], []),
        ("丙", False, [], []),
        ("丁", True, [], []),
    ]


def test_hidden_rows_and_columns_are_marked(tmp_path):
    path = tmp_path / "b.xlsx"
    rows = [[f"{row}{column}" for column in range(8)] for row in range(6)]
    book = write_book(path, {"甲": rows, "乙": rows})
    sheet = book["甲"]
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[5].hidden = True
    # No cells: a row that isn't there.
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions.group("D", "F", hidden=True)
    sheet.column_dimensions["H"].width = 30
    book.save(path)
    assert tables(path) == [("甲", False, [1, 3, 4, 5], [2, 5]), ("乙", False, [], [])]


@pytest.mark.parametrize(
    ("cols", "hidden"),
    [
        ('<col min="2" max="2" hidden="1"/>', [1]),
        ('<col min="2" max="3" hidden="true"/><col min="5" max="5" hidden="0"/>', [1, 2]),
        ('<col min="2" max="2" width="0" customWidth="1"/><col min="3" max="3" width="0.5"/>', [1]),
        ('<col min="3" max="3" width="0.0"/><col min="4" max="4" width="10"/>', [2]),
        # As Excel writes it where all to the right is hidden.
        ('<col min="199" max="16384" hidden="1"/>', [198, 199]),
        ('<col min="300" max="16384" hidden="1"/>', []),
        ('<col min="5" max="2" hidden="1"/>', []),
    ],
)
def test_columns_as_excel_hides_them(tmp_path, cols, hidden):
    path = tmp_path / "b.xlsx"
    parts = good_parts()
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("<sheetData>", f"<cols>{cols}</cols><sheetData>")
    path.write_bytes(zipped(parts))
    assert tables(path) == [("Sheet1", False, hidden, [])]


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ('hidden="1"', True),
        ('hidden="true" ht="15"', True),
        ('ht="0" customHeight="1"', True),
        ('ht="0.00"', True),
        ('hidden="0"', False),
        ('ht="0.75"', False),
        ('ht="10"', False),
    ],
)
def test_rows_as_excel_hides_them(tmp_path, attributes, hidden):
    path = raw_book(tmp_path / "b.xlsx", ROW.replace("<row ", f"<row {attributes} "))
    assert tables(path) == [("Sheet1", False, [], [2] if hidden else [])]


@pytest.mark.parametrize(
    "cols", ['<col hidden="1"/>', '<col min="x" max="2" hidden="1"/>', '<col min="1" hidden="1"/>']
)
def test_columns_that_make_no_sense_are_damage(run, tmp_path, cols):
    parts = good_parts()
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("<sheetData>", f"<cols>{cols}</cols><sheetData>")
    refused(run, tmp_path, parts, "损坏")


def test_text_files_hide_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("编号,实际值\nGY01,48\n", encoding="utf-8")
    assert tables(path) == [(None, False, [], [])]
