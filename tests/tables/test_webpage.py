"""Pages that systems hand out as .xls: the one table that holds a form is read, or nothing is."""

from __future__ import annotations

import pytest

from dtcheck.rules import Filing
from dtcheck.tables.files import read_tables
from dtcheck.tables.table import Table

HEAD = "<tr><th>编号</th><th>实际值</th><th>单位</th><th>期间</th></tr>"
ROW = "<tr><td>GY01</td><td>60</td><td>个</td><td>2024-06</td></tr>"
FORM = f"<table>{HEAD}{ROW}</table>"


def rows_of(tmp_path, page, encoding="utf-8"):
    """Return the rows of the only form, as Excel numbers them."""
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode(encoding) if isinstance(page, str) else page)

    def is_form(rows):
        return any("编号" in row.cells for row in rows)

    found = read_tables(str(path), Table(str(path), Filing()), None, len, is_form, [])
    [(table, rows)] = ((table, list(rows)) for table, rows in found)
    return table, rows


def cells_of(tmp_path, page):
    return [row.cells for row in rows_of(tmp_path, page)[1]]


def judged(run, tmp_path, page, encoding="utf-8", name="a.xls"):
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode(encoding))
    options = ("--format", "json", "--select", "GY01", "--ignore", "DT306")
    return run("verify", path, *options)


def value(done):
    assert done.json["findings"] == []
    return done.json["results"][0]["actual"]["value"]


def refused(done, word):
    [found] = done.json["findings"]
    assert (done.code, found["rule"]) == (2, "DT101")
    assert word in found["message"]
    assert found["hint"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "GBK"])
def test_whatever_it_says_of_its_encoding(run, tmp_path, encoding, declared):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{meta if declared else ''}</head><body>{FORM}</body></html>"
    assert value(judged(run, tmp_path, page, encoding)) == 60


@pytest.mark.parametrize("name", ["a.xls", "a.html", "a.et", "a.csv", "a.xlsx"])
def test_whatever_it_is_called(run, tmp_path, name):
    assert value(judged(run, tmp_path, FORM, name=name)) == 60


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html>\n<html><body>{FORM}</body></html>",
        f"<?xml version='1.0'?><html>{FORM}</html>",
        f"<!-- 导出 --><style>td {{}}</style><script>if (a < b) document.write('<table>')</script>{FORM}",
        f'<div class="x"><p>一段话</p></div>{FORM}<p>脚注</p>',
        f"<table><tr><td>{FORM}</td></tr></table>",
        f"<table><tr><td>菜单</td><td>{FORM}</td></tr></table><table><tr><td>版权</td></tr></table>",
        f"<table><thead>{HEAD}</thead><tbody>{ROW}</tbody></table>",
        # What may be left out is left out.
        f"<TABLE>{HEAD.replace('</th>', '').replace('</tr>', '')}{ROW.replace('</td>', '')}</TABLE>",
        FORM.replace("60", "&#54;&#48;&nbsp;").replace("个", "<b>个</b>"),
        FORM.replace("60", "<font>6</font>0<span style='display: none'>999</span>"),
        FORM.replace("<td>", "\n      <td>\n        ").replace("</td>", "\n     </td>"),
        f'<div style="display:none">{FORM}</div>{FORM}',
        f'<table style="DISPLAY:none">{HEAD}{ROW.replace("60", "1")}</table>{FORM}',
        f"<html xmlns:x='x'><!--[if gte mso 9]><xml><x:ExcelWorkbook/></xml><![endif]-->{FORM}</html>",
    ],
)
def test_pages_as_systems_write_them(run, tmp_path, page):
    assert value(judged(run, tmp_path, page)) == 60


def test_rows_and_columns_that_cells_take(tmp_path):
    """A header of two rows, and a name that holds for two."""
    page = """
    <table><tr><th rowspan=2>编号</th><th colspan="2">本年</th><th rowspan="2">期间</th></tr>
    <tr><th>本月</th><th>累计</th></tr>
    <tr><td rowspan=2>GY01</td><td>8</td><td>48</td><td>2024-06</td></tr>
    <tr><td>5</td><td>36</td><td>2024-05</td></tr></table>"""
    _, rows = rows_of(tmp_path, page)
    assert [row.cells for row in rows] == [
        ("编号", "本年", "", "期间"),
        ("", "本月", "累计"),
        ("GY01", "8", "48", "2024-06"),
        ("", "5", "36", "2024-05"),
    ]
    assert [dict(row.merged) for row in rows] == [{}, {0: "编号", 3: "期间"}, {}, {0: "GY01"}]


@pytest.mark.parametrize(
    ("span", "columns"), [("0", 1), ("-3", 1), ("x", 1), ("2.5", 2), ("99999", 1000), ("", 1)]
)
def test_odd_spans(tmp_path, span, columns):
    page = f'<table><tr><td>编号</td></tr><tr><td colspan="{span}">a</td><td>b</td></tr></table>'
    cells = cells_of(tmp_path, page)[1]
    # What is far at the right isn't looked at.
    assert cells == (("a",) if columns > 200 else ("a", *[""] * (columns - 1), "b"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("4<br>8", "4\n8"),
        ("<p>4</p><p>8</p>", "4\n8"),
        ("<div>4</div>8", "4\n8"),
        # A note's number is no digit of the figure, and neither is what was struck out.
        ("48<sup>1</sup>", "48[1]"),
        ("<sup>1</sup>48", "[1]48"),
        ("6.8%<sup>1</sup>", "6.8%[1]"),
        ("<s>45</s>48", "[45]48"),
        ("万m<sup>2</sup>", "万m2"),
        ("CO<sub>2</sub>排放<sup>注</sup>", "CO2排放注"),
        ("48<sup>1</sup></sup></s>", "48[1]"),
        ("<del>45</del> 48", "[45] 48"),
        ("48&lt;个&gt;", "48<个>"),
        ("<!-- 45 -->48", "48"),
        ("4<wbr>8", "48"),
        ("<a href='x'>48</a>", "48"),
        ("<img alt='48'>", ""),
        # Excel writes down what it shows less of.
        ("<b>7%</b>", "7%"),
    ],
)
def test_texts_of_cells(tmp_path, cell, text):
    page = f"<table><tr><td>编号</td></tr><tr><td>a</td><td>{cell}</td><td>b</td></tr></table>"
    assert cells_of(tmp_path, page)[1] == ("a", text, "b")


@pytest.mark.parametrize(
    ("number", "shown", "text"),
    [
        ("0.0684", "7%", "6.84%"),
        ("48.4", "48", "48.4"),
        ("1710.25", "1,710", "1710.25"),
        ("48", "48个", "48个"),
        ("45444", "2024-06-01", "2024-06-01"),
        ("", "48", "48"),
        ("x", "48", "48"),
        ("1e3", "1000", "1000"),
    ],
)
def test_numbers_that_excel_shows_less_of(tmp_path, number, shown, text):
    page = f'<table><tr><td>编号</td></tr><tr><td x:num="{number}">{shown}</td></tr></table>'
    assert cells_of(tmp_path, page)[1] == (text,)


def test_what_is_hidden_is_marked(tmp_path):
    page = f"""<table>{HEAD}<tr style="display:none"><td>GY01</td></tr>
    <tr hidden><td>GY02</td></tr><tr><td>GY03</td><td style='mso-x:y;display: none'>1</td></tr></table>"""
    table, rows = rows_of(tmp_path, page)
    assert [row.hidden for row in rows] == [False, True, True, False]
    assert table.hidden_columns == {1}


def test_lines_above_the_table_are_its_title(run, tmp_path):
    """As in Excel, each is a row of its own; so is a small table that stands above."""
    bare = (
        f"<table>{HEAD.replace('<th>期间</th>', '')}{ROW.replace('<td>2024-06</td>', '')}</table>"
    )
    for above in (
        "<h3>2024年1-6月完成情况</h3><p>单位：个</p>",
        "<table><tr><td colspan=3>2024年1-6月完成情况</td></tr><tr><td>单位：个</td></tr></table>",
        "<table><tr><td>2024年1-6月完成情况</td></tr><tr><td>单位：个",
    ):
        page = above + bare + ("</td></tr></table>" if above.endswith("个") else "")
        done = judged(run, tmp_path, page)
        actual = done.json["results"][0]["actual"]
        assert (actual["value"], actual["period"], actual["row"]) == (60, "2024-06", 4)
        assert [each["rule"] for each in done.json["findings"]] == ["DT314"]


def test_a_table_above_with_figures_is_no_title(tmp_path):
    other = "<table>" + "<tr><td>2023年12月</td><td>9</td><td>8</td></tr>" * 3 + "</table>"
    assert cells_of(tmp_path, other + FORM)[0] == ("编号", "实际值", "单位", "期间")


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<div>系统维护中</div>", "这是网页或 XML，不是报数表"),
        ("<table><tr><td>编号</td></tr></table>", "不是报数表"),
        ("<table></table>", "不是报数表"),
        (f'<table style="display:none">{HEAD}{ROW}</table>', "不是报数表"),
        # A form that is filled in on the page: the figures are no text.
        (FORM.replace("60", "<input value=60>"), "不是报数表"),
        (FORM.replace("个", "<select><option>个<option>家</select>"), "不是报数表"),
        (FORM + FORM, "网页里有 2 张表像报数表"),
        (f"<table><tr><td>{FORM}</td><td>{FORM}</td><td>{FORM}</td></tr></table>", "3 张表"),
        # What breaks off is not used: nobody knows what came behind it.
        (FORM[:-8], "没有传完"),
        (FORM[:-20], "没有传完"),
        (f"<table><tr><td>{FORM}", "没有传完"),
        (FORM + "<div hidden>", "没有传完"),
        (f"<script>{FORM}", "没有传完"),
        (FORM + "<!--" + "x" * 300, "没有传完"),
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "不是报数表"),
        ("<?xml version='1.0'?><office:document/>", "不是报数表"),
    ],
)
def test_pages_that_are_not_read(run, tmp_path, page, word):
    refused(judged(run, tmp_path, page), word)


def test_a_header_apart_from_its_rows_is_not_green(run, tmp_path):
    """Some pages keep the header in a table of its own, so that it stays where it is."""
    done = judged(run, tmp_path, f"<table>{HEAD}</table><table>{ROW * 3}</table>")
    assert (done.code, [each["rule"] for each in done.json["findings"]]) == (1, ["DT105"])


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<p>" + "x" * 5_000_001, "压缩炸弹"),
        ("<table>" + "<tr>" + "<td>" * 150_001 + "</table>", "损坏"),
        ("<table>" + "<tr><td>" * 150_001 + "</table>", "压缩炸弹"),
        ("<table>" + "<tr><td colspan=1000>" * 151 + "</table>", "压缩炸弹"),
        ("<table>" + "<td colspan=1000>" * 17 + "</table>", "损坏"),
        ("<table>" * 201, "压缩炸弹"),
        ("<table></table>" * 201, "压缩炸弹"),
        (FORM + "<!--" * 300_000, "损坏"),
        (FORM + "<a href='" * 300_000, "损坏"),
        (FORM + "<![CDATA[" * 300_000, "损坏"),
        (FORM + "<" * 300_000, ""),
        (FORM + "&" * 300_000, ""),
        (FORM + "<b>" * 300_000, ""),
        (FORM + "<b>" * 400_000, "压缩炸弹"),
        ("<table><tr><td rowspan=65534>" + "<tr><td>" * 50_000 + "</table>", "不是报数表"),
    ],
    ids="size wide tall spans span deep many comments tags marked less and bold bolder rowspan".split(),
)
def test_bombs(run, tmp_path, page, word):
    done = judged(run, tmp_path, page)
    if word:
        refused(done, word)
    else:
        assert done.code in (0, 2)


def test_an_archive_of_pages_is_still_none(run, tmp_path):
    content = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\n{FORM}"
    refused(judged(run, tmp_path, content), "网页存档")
