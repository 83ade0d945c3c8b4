"""Workbooks as one piece of XML: read as an .xlsx of the same content is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtcheck.rules import Filing
from dtcheck.tables.files import read_tables
from dtcheck.tables.table import Table

SPACES = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
START = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'


def cell(value, kind="String", **more):
    told = "".join(f' ss:{name}="{each}"' for name, each in more.items())
    data = f'<Data ss:Type="{kind}">{value}</Data>' if value is not None else ""
    return f"<Cell{told}>{data}</Cell>"


def row(*cells, more=""):
    return f"<Row{more}>{''.join(each if each.startswith('<') else cell(each) for each in cells)}</Row>"


HEAD = row("编号", "实际值", "单位", "期间")
GOOD = row("GY01", cell("60", "Number"), "个", "2024-06")


def sheet(rows, name="Sheet1", columns="", options="", table=""):
    return (
        f'<Worksheet ss:Name="{name}"><Table{table}>{columns}{rows}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions></Worksheet>'
    )


def book(*sheets, styles="", head=""):
    return f"{START}<Workbook {SPACES}>{head}<Styles>{styles}</Styles>{''.join(sheets)}</Workbook>"


def style(name, code, more=""):
    return f'<Style ss:ID="{name}"{more}><NumberFormat ss:Format="{code}"/></Style>'


def write(tmp_path, content, encoding="utf-8"):
    path = Path(tmp_path, "a.xls")
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def sheets_of(tmp_path, content):
    path = write(tmp_path, content)
    found = read_tables(str(path), Table(str(path), Filing()), None, len, any, [])
    return [(table, list(rows)) for table, rows in found]


def cells_of(tmp_path, content):
    [(_, rows)] = sheets_of(tmp_path, content)
    return [row.cells for row in rows]


def judged(run, tmp_path, content, encoding="utf-8"):
    path = write(tmp_path, content, encoding)
    return run("verify", path, "--format", "json", "--select", "GY01", "--ignore", "DT306")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["", ' encoding="UTF-8"', ' encoding="gb2312"'])
def test_a_form(run, tmp_path, encoding, declared):
    content = book(sheet(HEAD + GOOD, "6月")).replace(' version="1.0"', f' version="1.0"{declared}')
    done = judged(run, tmp_path, content, encoding)
    assert done.json["findings"] == []
    actual = done.json["results"][0]["actual"]
    assert (actual["value"], actual["sheet"], actual["row"]) == (60, "6月", 2)


def test_with_a_prefix_on_everything(run, tmp_path):
    content = book(sheet(HEAD + GOOD))
    for tag in ("Workbook", "Worksheet", "Table", "Row", "Cell", "Data", "Styles"):
        content = content.replace(f"<{tag}", f"<ss:{tag}").replace(f"</{tag}>", f"</ss:{tag}>")
    content = content.replace("ss:WorksheetOptions", "WorksheetOptions")
    assert judged(run, tmp_path, content).json["results"][0]["actual"]["value"] == 60


@pytest.mark.parametrize(
    ("value", "kind", "code", "shown"),
    [
        ("0.068", "Number", "0.0%", "6.8%"),
        ("0.0684", "Number", "Percent", "6.84%"),
        ("48", "Number", "0&quot;个&quot;", "48个"),
        ("1710.5", "Number", "Standard", "1710.50"),
        ("48", "Number", "General Number", "48"),
        ("2024-06-30T00:00:00.000", "DateTime", "yyyy\\-mm\\-dd", "2024-06-30"),
        ("2024-06-30T00:00:00.000", "DateTime", "Short Date", "2024-06-30"),
        ("2024-01-06T00:00:00.000", "DateTime", "m&quot;月&quot;d&quot;日&quot;", "1月6日"),
        ("1899-12-31T12:30:00.000", "DateTime", "Short Time", "12:30"),
        ("1900-01-05T00:00:00.000", "DateTime", "Long Date", "1900-01-05"),
        ("1900-03-01T00:00:00.000", "DateTime", "Long Date", "1900-03-01"),
        ("2024-06-30", "DateTime", "General", "2024-06-30"),
        ("45444", "Number", "Medium Date", "2024-06-01"),
        ("1", "Boolean", "General", "TRUE"),
        ("0", "Boolean", "General", "FALSE"),
        ("#DIV/0!", "Error", "General", "#DIV/0!"),
        ("a&#10;b", "String", "@", "a\nb"),
        ("<B xmlns='http://www.w3.org/TR/REC-html40'>粗</B>体", "String", "@", "粗体"),
        (" ", "String", "@", ""),
    ],
)
def test_cells_as_they_are_shown(tmp_path, value, kind, code, shown):
    content = book(sheet(row(cell(value, kind, StyleID="s1"), "b")), styles=style("s1", code))
    assert cells_of(tmp_path, content) == [(shown, "b")]


def test_dates_counted_from_1904(tmp_path):
    cells = row(
        cell("2024-06-30T00:00:00", "DateTime", StyleID="d"), cell("44011", "Number", StyleID="d")
    )
    head = (
        '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>'
    )
    content = book(sheet(cells), styles=style("d", "Short Date"), head=head)
    assert cells_of(tmp_path, content) == [("2024-06-30", "2024-06-30")]


def test_a_style_is_the_cells_the_rows_the_columns_or_the_tables(tmp_path):
    styles = "".join(
        style(name, f"0&quot;{name}&quot;") for name in ("个", "家", "户", "项")
    ) + style("k", "", ' ss:Parent="个"').replace('<NumberFormat ss:Format=""/>', "")
    one = cell("1", "Number")
    rows = row(cell("1", "Number", StyleID="个"), one, one, more=' ss:StyleID="家"')
    rows += row(one, one, cell("1", "Number", StyleID="k"))
    content = book(
        sheet(rows, columns='<Column ss:Index="2" ss:StyleID="户"/>', table=' ss:StyleID="项"'),
        styles=styles,
    )
    assert cells_of(tmp_path, content) == [("1个", "1家", "1家"), ("1项", "1户", "1个")]


def test_rows_and_cells_that_are_left_out(tmp_path):
    rows = row("a", cell("c", Index=3)) + row("b", more=' ss:Index="5" ss:Span="2"') + row("c")
    [(_, found)] = sheets_of(tmp_path, book(sheet(rows)))
    assert [(each.number, each.cells) for each in found] == [
        (1, ("a", "", "c")),
        (5, ("b",)),
        (8, ("c",)),
    ]


def test_merged_cells_hold_for_their_rows(tmp_path):
    rows = (
        row(cell("甲", MergeDown=1), cell("题", MergeAcross=1), "末")
        + row(cell("1", "Number", Index=2))
        + row("乙")
    )
    [(_, found)] = sheets_of(tmp_path, book(sheet(rows)))
    assert [each.cells for each in found] == [("甲", "题", "", "末"), ("", "1"), ("乙",)]
    assert [dict(each.merged) for each in found] == [{}, {0: "甲"}, {}]


def test_what_is_hidden_is_marked(run, tmp_path):
    columns = '<Column ss:Hidden="1"/><Column/><Column ss:Index="4" ss:Width="0" ss:Span="1"/>'
    rows = (
        HEAD
        + row("x", more=' ss:Hidden="1"')
        + row("y", more=' ss:Height="0"')
        + row("z", more=' ss:Height="10"')
    )
    hidden = sheet(HEAD + GOOD, "备份", options="<Visible>SheetHidden</Visible>")
    (table, found), (other, _) = sheets_of(tmp_path, book(sheet(rows, columns=columns), hidden))
    assert (table.hidden, other.hidden, sorted(table.hidden_columns)) == (False, True, [0, 3, 4])
    assert [each.hidden for each in found] == [False, True, True, False]
    done = judged(run, tmp_path, book(sheet(HEAD + GOOD.replace("GY01", "GY10")), hidden))
    assert ("DT113", "warning") in [(each["rule"], each["level"]) for each in done.json["findings"]]
    assert done.json["results"][0]["actual"] is None


def test_a_formula_that_was_never_calculated(run, tmp_path):
    content = book(sheet(HEAD + row("GY01", cell(None, Formula="=R[1]C"), "个", "2024-06")))
    [found] = judged(run, tmp_path, content).json["findings"]
    assert (found["rule"], found["cell"]) == ("DT202", "B2")
    worked_out = cell("60", "Number", Formula="=R[1]C")
    content = book(sheet(HEAD + row("GY01", worked_out, "个", "2024-06")))
    assert judged(run, tmp_path, content).json["results"][0]["actual"]["value"] == 60


def test_a_comment_is_no_text(tmp_path):
    said = '<Cell><Data ss:Type="String">a</Data><Comment><ss:Data>1</ss:Data></Comment></Cell><Cell><Comment><ss:Data>2</ss:Data></Comment></Cell>'
    assert cells_of(tmp_path, book(sheet(row(said, "b")))) == [("a", "", "b")]


def broken(content, share):
    return content[: int(len(content) * share)]


WHOLE = book(sheet(HEAD + GOOD * 50))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        *((broken(WHOLE, share), "没有传完") for share in (0.5, 0.9, 0.999)),
        (book(), "损坏"),
        (book(sheet(HEAD), sheet(HEAD)), "损坏"),
        (book(sheet(row(cell("x", "Number")))), "损坏"),
        (book(sheet(row(cell("x", "DateTime")))), "损坏"),
        (
            book(
                sheet(row(cell("2024-06-30T00:00:00Z", "DateTime", StyleID="d"))),
                styles=style("d", "Short Date"),
            ),
            "损坏",
        ),
        (book(sheet(row("a") + row("b", more=' ss:Index="1"'))), "损坏"),
        (book(sheet(row("a", more=' ss:Index="1048577"'))), "损坏"),
        (book(sheet(row(cell("a", Index=16_385)))), "损坏"),
        (book(sheet(row(cell("a", Index=0)))), "损坏"),
        (book(sheet(row(cell("a", MergeAcross="x")))), "损坏"),
        (WHOLE.replace("<Workbook", "<!DOCTYPE x [<!ENTITY a 'b'>]><Workbook"), "XML 实体"),
        (WHOLE.replace("GY01", "&a;"), "损坏"),
        (book(sheet(HEAD + "<x/>" * 2_000_001)), "压缩炸弹"),
        (book(sheet(HEAD + "<x>" * 500_000)), "损坏"),
        (book(sheet(HEAD + f"<x a='{'1' * 6_000_000}'/>")), "压缩炸弹"),
    ],
    ids=range(18),
)
def test_what_is_not_read(run, tmp_path, content, word):
    done = judged(run, tmp_path, content)
    [found] = done.json["findings"]
    assert (done.code, found["rule"], word in found["message"]) == (2, "DT101", True)
