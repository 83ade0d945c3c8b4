"""Workbooks as .xls and .et: read as an .xlsx of the same content is, refused where they would harm."""

from __future__ import annotations

import random
import struct
from datetime import date

import pytest
from books import write_book
from old_books import (
    BIFF5,
    BY_LIBREOFFICE,
    CALCULATED,
    CODEPAGE,
    CONTINUE,
    DATES,
    ERROR,
    FIGURES,
    FILEPASS,
    FORM,
    FORMAT,
    FROM_SST,
    LABEL,
    MANY,
    MERGED_CELLS,
    SST,
    TEXT,
    XF,
    blank_result,
    cells,
    compound,
    formula,
    label,
    number,
    raw_xls,
    record,
    stream,
    text,
    write_form,
    write_xls,
)
from running import run_process

from dtcheck.rules import Filing
from dtcheck.tables.files import read_tables
from dtcheck.tables.table import Table
from dtcheck.tables.unreadable import UnreadableError

HEADS = ["编号", "实际值", "单位", "期间"]
ROW = ["GY01", 48, "个", "2024-06"]


def sheets_of(path):
    """Return what is read of a file: by sheet its rows, whether it is hidden, its hidden columns."""
    found = read_tables(str(path), Table(str(path), Filing()), None, len, any, [])
    return {
        table.sheet: (list(rows), table.hidden, sorted(table.hidden_columns))
        for table, rows in found
    }


def rows_of(path):
    [(rows, _, _)] = sheets_of(path).values()
    return [row.cells for row in rows]


def refused(run, tmp_path, content, *words):
    """Say that a file is not read, and why, while a good one beside it is."""
    path, good = tmp_path / "b.xls", tmp_path / "good.csv"
    path.write_bytes(content)
    good.write_text("编号,实际值,单位,期间\nGY01,60,个,2024-06\n", encoding="utf-8")
    done = run("verify", path, good, "--format", "json", "--fail-on", "never", "--select", "GY01")
    assert done.code == 2
    assert done.json["results"][0]["actual"]["value"] == 60
    [error] = [each for each in done.json["findings"] if each["level"] == "error"]
    assert error["rule"] == "DT101"
    said = error["message"] + error["hint"]
    assert [word for word in words if word not in said] == []


# --- the same form, whoever wrote it ------------------------------------------------------------


def form_by_xlwt(path):
    merged = [(0, 0, 0, 5), (3, 4, 4, 4)]
    write_xls(path, {"6月": FORM["6月"]}, merged)


@pytest.mark.parametrize("name", ["form.xlsx", "form.xls", "form.et", "by-xlwt.xls", "zip.et"])
def test_one_form_gives_the_same_figures(run, tmp_path, name):
    path = tmp_path / name
    if name in ("form.xls", "form.et"):
        path.write_bytes(BY_LIBREOFFICE.read_bytes())
    elif name == "by-xlwt.xls":
        form_by_xlwt(path)
    else:
        write_form(tmp_path / "form.xlsx")
        path.write_bytes((tmp_path / "form.xlsx").read_bytes())
    done = run("verify", path, "--format", "json", "--ignore", "DT306")
    actuals = {each["code"]: each["actual"] for each in done.json["results"] if each["actual"]}
    assert {code: actual["value"] for code, actual in actuals.items()} == FIGURES
    assert {actual["period"] for actual in actuals.values()} == {"2024-06"}
    assert actuals["GY01"]["text"] == "48个"
    assert actuals["ZH02"]["note"] == "按可比口径"
    assert (actuals["GY10"]["sheet"], actuals["GY10"]["row"]) == ("6月", 5)
    rules = [each["rule"] for each in done.json["findings"]]
    assert rules == ([] if name == "by-xlwt.xls" else ["DT113", "DT311"])


def test_rows_are_the_same_to_the_last_mark(tmp_path):
    """Hidden ones, merged ones and blank ones too."""
    write_form(tmp_path / "form.xlsx")
    new, old = sheets_of(tmp_path / "form.xlsx"), sheets_of(BY_LIBREOFFICE)
    assert new == old
    rows, is_hidden, columns = old["6月"]
    assert [row.number for row in rows if row.hidden] == [5]
    assert (is_hidden, columns) == (False, [3])
    assert rows[4].merged == {4: "2024-06-01"}
    assert old["备份"][1] is True


def test_a_file_is_what_it_holds_not_what_it_is_called(run, tmp_path):
    """An .et may be a zip, and an .xlsx an old workbook."""
    content = BY_LIBREOFFICE.read_bytes()
    for name in ("a.xlsx", "a.csv", "a.XLS", "a"):
        (tmp_path / name).write_bytes(content)
        done = run("verify", tmp_path / name, "--format", "json", "--select", "GY01")
        assert done.json["results"][0]["actual"]["value"] == 48


def test_old_workbooks_in_a_folder_are_submissions(run, tmp_path):
    for name, code in (("a.xls", "GY10"), ("b.et", "GY01"), ("c.ET", "GY17")):
        row = [code, 60, "个", "2024-06"]
        (tmp_path / name).write_bytes(raw_xls([HEADS, row]))
    done = run("verify", tmp_path, "--format", "json", "--select", "GY01,GY10,GY17")
    assert done.json["findings"] == []
    files = {each["code"]: each["actual"]["file"] for each in done.json["results"]}
    assert files == {
        "GY10": f"{tmp_path.as_posix()}/a.xls",
        "GY01": f"{tmp_path.as_posix()}/b.et",
        "GY17": f"{tmp_path.as_posix()}/c.ET",
    }


def test_on_standard_input():
    done = run_process("verify", "-", "--format", "csv", stdin=BY_LIBREOFFICE.read_bytes())
    assert "GY01,新开工亿元以上项目,工业,超100个,48,个,2024-06" in done.stdout.decode("utf-8-sig")


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("date1904", [False, True])
def test_cells_as_they_are_shown(tmp_path, date1904):
    shown = {
        (0.068, "0.0%"): "6.8%",
        (0.0684, "0%"): "6.84%",
        (48, '0"个"'): "48个",
        (1710.5, '#,##0.0"亿元"'): "1710.5亿元",
        (date(2024, 6, 30), "yyyy-mm-dd"): "2024-06-30",
        (date(2024, 1, 6), 'm"月"d"日"'): "1月6日",
        (date(2024, 6, 1), "mmm-yy"): "2024-06-01",
        (0.5, "h:mm"): "12:00",
        (2024.1, "0.00"): "2024.10",
        (-3.2, "0.00"): "-3.20",
        (True, "General"): "TRUE",
        (False, "General"): "FALSE",
    }
    path = tmp_path / "a.xls"
    write_xls(path, {"甲": [list(shown), ["下面"]]}, date1904=date1904)
    first, second = rows_of(path)
    assert first == tuple(shown.values())
    assert second == ("下面",)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        (0, "45444"),
        (9, "4544400%"),
        (10, "4544400%"),
        (14, "2024-06-01"),
        (17, "2024-06-01"),
        (20, "0:00"),
        (27, "2024-06-01"),
        (28, "6月1日"),
        (31, "2024-06-01"),
        (57, "2024-06-01"),
        (58, "6月1日"),
        (999, "45444"),
    ],
)
def test_formats_that_files_name_by_number(tmp_path, key, shown):
    style = record(XF, struct.pack("<3H14x", 0, key, 0))
    path = tmp_path / "a.xls"
    path.write_bytes(raw_xls([], record(XF, bytes(20)) + style, number(0, 0, 45444, style=1)))
    assert rows_of(path) == [(shown,)]


def test_a_code_of_the_file_goes_before_the_usual_one(tmp_path):
    before = record(FORMAT, struct.pack("<H", 14) + text('0"家"')) + record(XF, bytes(20))
    before += record(XF, struct.pack("<3H14x", 0, 14, 0))
    (tmp_path / "a.xls").write_bytes(raw_xls([], before, number(0, 0, 12, style=1)))
    assert rows_of(tmp_path / "a.xls") == [("12家",)]


def test_without_any_style(tmp_path):
    (tmp_path / "a.xls").write_bytes(raw_xls([["a", 1.5]]))
    assert rows_of(tmp_path / "a.xls") == [("a", "1.5")]


@pytest.mark.parametrize(
    ("code", "shown"),
    [(0x07, "#DIV/0!"), (0x17, "#REF!"), (0x1D, "#NAME?"), (0x2A, "#N/A"), (0x99, "#N/A")],
)
def test_errors_in_cells(run, tmp_path, code, shown):
    path = tmp_path / "a.xls"
    for cell in (
        record(ERROR, struct.pack("<3H2B", 1, 1, 0, code, 1)),
        formula(1, 1, blank_result(2, code)),
    ):
        path.write_bytes(raw_xls([HEADS, ["GY01", None, "个", "2024-06"]], b"", cell))
        assert rows_of(path)[1][1] == shown
        done = run("verify", path, "--format", "json", "--select", "GY01")
        assert [(each["rule"], each["cell"]) for each in done.json["findings"]] == [("DT202", "B2")]


def test_formulas_have_the_value_that_was_worked_out(tmp_path):
    after = formula(0, 0, struct.pack("<d", 48)) + formula(0, 1, blank_result(1, 1))
    after += formula(0, 2, blank_result(0), after=record(TEXT, text("个")))
    after += formula(0, 3, blank_result(3)) + formula(0, 4, bytes(8)) + label(0, 5, "末")
    (tmp_path / "a.xls").write_bytes(raw_xls([], b"", after))
    # That of ="" is blank, since others show that a program has calculated.
    assert rows_of(tmp_path / "a.xls") == [("48", "TRUE", "个", "", "0", "末")]


@pytest.mark.parametrize(
    ("cell", "before", "shown"),
    [
        # A program that only writes leaves the value blank, or 0 with the wish to calculate.
        (formula(1, 1, blank_result(3)), b"", "=…"),
        (formula(1, 1, bytes(8), options=2), b"", "=…"),
        (formula(1, 1, bytes(8), options=3), record(CALCULATED, bytes(8)), "=…"),
        (formula(1, 1, blank_result(3)), record(CALCULATED, bytes(8)), ""),
        (formula(1, 1, bytes(8)), b"", "0"),
        (formula(1, 1, struct.pack("<d", 48), options=2), b"", "48"),
    ],
    ids="blank zero always calculated plain figure".split(),
)
def test_formulas_that_were_never_calculated(run, tmp_path, cell, before, shown):
    path = tmp_path / "a.xls"
    path.write_bytes(raw_xls([HEADS, ["GY01", None, "个", "2024-06"]], before, cell))
    assert rows_of(path)[1][1] == shown
    found = run("verify", path, "--format", "json", "--select", "GY01").json["findings"]
    assert ("DT202" in [each["rule"] for each in found]) is (shown == "=…")


def test_a_formula_of_xlwt_is_no_blank(run, tmp_path):
    path = tmp_path / "a.xls"
    write_xls(path, {"甲": [HEADS, ["GY01", "=SUM(A1:A2)", "个", "2024-06"]]})
    [found] = run("verify", path, "--format", "json", "--select", "GY01").json["findings"]
    assert (found["rule"], found["cell"]) == ("DT202", "B2")


def test_merged_cells_hold_for_their_rows(tmp_path):
    path = tmp_path / "a.xls"
    merged = record(MERGED_CELLS, struct.pack("<H8H", 2, 1, 3, 0, 1, 0, 0, 0, 9))
    path.write_bytes(
        raw_xls([["题"], ["甲", None, 1], [None, None, 2], [None, None, 3]], b"", merged)
    )
    [(rows, _, _)] = sheets_of(path).values()
    assert [dict(row.merged) for row in rows] == [{}, {}, {0: "甲"}, {0: "甲"}]


def test_the_oldest_texts_are_in_the_encoding_of_the_country(run, tmp_path):
    """Excel 95, with its code page and without."""
    path = tmp_path / "a.xls"
    for before in (record(CODEPAGE, struct.pack("<H", 936)), b""):
        rows = cells([HEADS, ROW], BIFF5)
        path.write_bytes(compound({"Book": stream({"6月": rows}, before, version=BIFF5)}))
        assert list(sheets_of(path)) == ["6月"]
        done = run("verify", path, "--format", "json", "--select", "GY01", "--ignore", "DT306")
        assert done.json["results"][0]["actual"]["value"] == 48
        assert done.json["findings"] == []


def test_a_sheet_may_say_another_version_than_its_book(tmp_path):
    book = stream({"甲": cells([["乙"]])})
    at = book.rindex(struct.pack("<3H", 0x0809, 16, 0x0600)) + 4
    book = book[:at] + struct.pack("<H", BIFF5) + book[at + 2 :]
    (tmp_path / "a.xls").write_bytes(compound({"Workbook": book}))
    assert rows_of(tmp_path / "a.xls") == [("乙",)]


def test_the_newer_of_two_streams_counts(tmp_path):
    both = {
        "Book": stream({"旧": cells([["旧"]], BIFF5)}, version=BIFF5),
        "Workbook": stream({"新": cells([["新"]])}),
    }
    (tmp_path / "a.xls").write_bytes(compound(both))
    assert rows_of(tmp_path / "a.xls") == [("新",)]


def test_many_numbers_in_one_record(tmp_path):
    # 48 and 0.3 as the short numbers that Excel makes of them: a hundredth of 30, and 48 whole.
    short = [48 << 2 | 2, 30 << 2 | 3]
    many = struct.pack("<2H", 0, 1) + b"".join(struct.pack("<HI", 0, each) for each in short)
    (tmp_path / "a.xls").write_bytes(
        raw_xls([["GY01"]], b"", record(MANY, many + struct.pack("<H", 2)))
    )
    assert rows_of(tmp_path / "a.xls") == [("GY01", "48", "0.3")]


@pytest.mark.parametrize("last", [0, 1, 3, 300])
def test_numbers_that_are_not_as_many_as_they_say(run, tmp_path, last):
    many = struct.pack("<2H", 1, 1) + struct.pack("<HIHI", 0, 194, 0, 194) + struct.pack("<H", last)
    refused(run, tmp_path, raw_xls([HEADS], b"", record(MANY, many)), "损坏")


@pytest.mark.parametrize("at", [-1, 2, 99])
def test_a_text_that_is_not_in_the_table(run, tmp_path, at):
    table = struct.pack("<2I", 2, 2) + text("编号") + text("实际值")
    cell = record(FROM_SST, struct.pack("<3Hi", 0, 0, 0, at))
    refused(run, tmp_path, raw_xls([], record(SST, table), cell), "损坏")


def test_a_table_of_texts_goes_on_in_the_next_record(tmp_path):
    """A text parted in two, one with runs of formats, one with how it is spoken."""
    wide = "实际值".encode("utf-16-le")
    first = struct.pack("<2I", 4, 4) + struct.pack("<HB", 3, 1) + wide[:2]
    rest = b"\1" + wide[2:] + struct.pack("<HBH", 2, 8, 1) + b"ab" + bytes(4)
    rest += struct.pack("<HBI", 1, 4, 6) + b"c" + bytes(6) + struct.pack("<HB", 0, 0)
    table = record(SST, first) + record(CONTINUE, rest)
    after = b"".join(record(FROM_SST, struct.pack("<3Hi", 0, at, 0, at)) for at in range(4))
    (tmp_path / "a.xls").write_bytes(raw_xls([], table, after))
    assert rows_of(tmp_path / "a.xls") == [("实际值", "ab", "c")]


def test_a_wide_sheet_is_cut_and_said(run, tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(raw_xls([HEADS, ROW], b"", label(1, 255, "远")))
    done = run("verify", path, "--format", "json", "--select", "GY01", "--ignore", "DT306")
    [found] = done.json["findings"]
    assert (found["rule"], "第 200 列（GR）" in found["message"]) == ("DT311", True)


# --- sheets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [1, 2])
def test_hidden_sheets_are_left_out(run, tmp_path, state):
    book = {"6月": cells([HEADS, ["GY10", 36, "个", "6月"]]), "备份": cells([HEADS, ROW])}
    path = tmp_path / "a.xls"
    path.write_bytes(compound({"Workbook": stream(book, states={"备份": state})}))
    done = run("verify", path, "--format", "json")
    assert [(each["rule"], each["level"], each["sheet"]) for each in done.json["findings"]] == [
        ("DT113", "warning", "备份")
    ]
    assert {each["code"] for each in done.json["results"] if each["actual"]} == {"GY10"}


@pytest.mark.parametrize("kind", [1, 2, 6], ids=["macros", "chart", "module"])
def test_sheets_of_another_kind(run, tmp_path, kind):
    """Beside sheets of cells they do no harm; alone they are said to be none."""
    other = {"Macro1": record(0x1234, b"anything") + cells([["=EXEC()"]])}
    path = tmp_path / "a.xls"
    book = stream(other | {"6月": cells([HEADS, ROW])}, kinds={"Macro1": kind})
    path.write_bytes(compound({"Workbook": book}))
    done = run("verify", path, "--format", "json", "--select", "GY01", "--ignore", "DT306")
    assert done.json["results"][0]["actual"]["value"] == 48
    said = [each["message"] for each in done.json["findings"]]
    assert [message for message in said if "带有宏" in message] == said
    assert len(said) == (kind != 2)
    refused(
        run, tmp_path, compound({"Workbook": stream(other, kinds={"Macro1": kind})}), "没有工作表"
    )


def test_macros_are_said_and_not_run(run, tmp_path):
    path = tmp_path / "a.xls"
    for streams in (
        {"Workbook": stream({"6月": cells([HEADS, ROW])}), "_VBA_PROJECT_CUR": b"x"},
        {"Workbook": stream({"6月": cells([HEADS, ROW])}, record(0x00D3))},
    ):
        path.write_bytes(compound(streams))
        done = run("verify", path, "--format", "json", "--select", "GY01", "--ignore", "DT306")
        [found] = done.json["findings"]
        assert (found["rule"], "带有宏" in found["message"]) == ("DT311", True)


def test_a_chart_within_a_sheet_is_passed_over(tmp_path):
    chart = (
        record(0x0809, struct.pack("<4H8x", 0x0600, 0x20, 0, 0)) + label(0, 0, "图") + record(0x0A)
    )
    (tmp_path / "a.xls").write_bytes(raw_xls([["甲"]], b"", chart + label(1, 0, "乙")))
    assert rows_of(tmp_path / "a.xls") == [("甲",), ("乙",)]


def test_records_that_nobody_needs_may_hold_anything(run, tmp_path):
    """A link, a name, a note, a drawing, a format for conditions, the place where it was printed."""
    codes = [0x01B8, 0x0018, 0x001C, 0x00EC, 0x005D, 0x01B0, 0x01B1, 0x0023, 0x0017, 0x01AE, 0x0225]
    junk = b"".join(record(code, b"\xff" * 7) for code in codes)
    path = tmp_path / "a.xls"
    book = stream({"6月": cells([HEADS]) + junk + cells([[], ROW])}, junk)
    path.write_bytes(compound({"Workbook": book}))
    done = run("verify", path, "--format", "json", "--select", "GY01", "--ignore", "DT306")
    assert (done.json["results"][0]["actual"]["value"], done.json["findings"]) == (48, [])


# --- files that can't be read, or shouldn't ------------------------------------------------------


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ({"EncryptedPackage": b"x" * 9000, "EncryptionInfo": b"x"}, ["打开密码", "取消密码"]),
        ({"WordDocument": b"x" * 9000}, ["Word 文档（.doc）"]),
        ({"PowerPoint Document": b"x"}, ["幻灯片"]),
        ({"__properties_version1.0": b"x"}, ["邮件"]),
        ({"Contents": b"x"}, ["不是工作簿"]),
        ({}, ["不是工作簿"]),
        ({"Workbook": b""}, ["损坏"]),
        ({"Workbook": b"\x09\x08"}, ["损坏"]),
        ({"Workbook": stream({})}, ["损坏"]),
        ({"Workbook": stream({"甲": b""}, record(FILEPASS, bytes(54)))}, ["打开密码", "取消密码"]),
        ({"Workbook": stream({"甲": b""}, record(FILEPASS, bytes(4)))}, ["打开密码"]),
        ({"Workbook": stream({"甲": b""}, record(DATES, b"\7\0"))}, ["损坏"]),
        ({"Workbook": stream({"甲": label(70000 % 65536, 300, "x")})}, ["损坏"]),
        ({"Workbook": stream({"甲": record(LABEL, b"\0")})}, ["损坏"]),
    ],
)
def test_what_is_no_workbook(run, tmp_path, streams, words):
    refused(run, tmp_path, compound(streams), *words)


def test_two_sheets_of_one_name(run, tmp_path):
    book = stream({"甲": cells([HEADS, ROW]), "乙": cells([HEADS])})
    same = book.replace("乙".encode("utf-16-le"), "甲".encode("utf-16-le"), 1)
    refused(run, tmp_path, compound({"Workbook": same}), "损坏")


def test_a_sheet_that_is_listed_twice_is_not_read_twice(run, tmp_path):
    book = stream({"甲": cells([HEADS, ROW]), "乙": cells([HEADS])})
    starts = [struct.unpack_from("<I", book, at + 4)[0] for at in _found(book, b"\x85\0\x0a\0")]
    second = _found(book, b"\x85\0\x0a\0")[1]
    # The second begins where the first does, then within it, then within the globals.
    for start in (starts[0], starts[0] + 20, 0):
        changed = book[: second + 4] + struct.pack("<I", start) + book[second + 8 :]
        refused(run, tmp_path, compound({"Workbook": changed}), "损坏")


def _found(content, wanted):
    at, found = content.find(wanted), []
    while at >= 0:
        found.append(at)
        at = content.find(wanted, at + 1)
    return found


@pytest.mark.parametrize("shift", [9, 12])
def test_sectors_of_either_size(tmp_path, shift):
    """Large streams in sectors, small ones in those of the root."""
    for more in ([], [["x" * 300]] * 40):
        book = stream({"Sheet1": cells([HEADS, ROW, *more])})
        (tmp_path / "a.xls").write_bytes(compound({"Workbook": book, "Other": b"y"}, shift))
        assert rows_of(tmp_path / "a.xls")[1] == ("GY01", "48", "个", "2024-06")


def whole(rows=40):
    return compound({"Workbook": stream({"Sheet1": cells([HEADS, ROW, *[["x" * 300]] * rows])})})


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.8, 0.95])
def test_a_copy_that_broke_off(run, tmp_path, share):
    content = whole()
    refused(run, tmp_path, content[: int(len(content) * share)], "损坏")


def test_a_directory_that_leads_back_to_itself(run, tmp_path):
    content = bytearray(whole())
    start = (struct.unpack_from("<I", content, 48)[0] + 1) * 512
    # The first entry below the root: left, right, and both.
    for offsets in ([68], [72], [68, 72]):
        looped = bytearray(content)
        for offset in offsets:
            struct.pack_into("<I", looped, start + 128 + offset, 1)
        refused(run, tmp_path, bytes(looped), "损坏")


@pytest.mark.parametrize("at", [48, 60, 68])
def test_a_chain_that_leads_back_to_itself(run, tmp_path, at):
    """Of the directory, of the small streams, of the table of sectors."""
    content = bytearray(whole())
    table = (struct.unpack_from("<I", content, 76)[0] + 1) * 512
    struct.pack_into("<I", content, at, 3)
    struct.pack_into("<128I", content, table, *[3] * 128)
    refused(run, tmp_path, bytes(content), "损坏")


def test_a_file_that_is_larger_than_any_form(run, tmp_path):
    refused(run, tmp_path, whole() + bytes(30_000_000), "压缩炸弹", "只粘贴数值")


def test_more_cells_than_an_xlsx_may_have(run, tmp_path):
    row = struct.pack("<H", 0) + b"".join([bytes(6)] * 250)
    many = b"".join(
        record(MANY, struct.pack("<H", at) + row + struct.pack("<H", 249)) for at in range(5001)
    )
    refused(run, tmp_path, raw_xls([HEADS], b"", many), "压缩炸弹")


_EMPTY = struct.pack("<HBH", 0, 8, 65535)
_TABLE = struct.pack("<2I", 9, 0x7FFFFFFF)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        (record(XF, bytes(20)) * 10_001, "压缩炸弹"),
        (record(FORMAT, struct.pack("<H", 200) + text("0" * 600)), "压缩炸弹"),
        # xlrd goes back by a length that is negative, as often as there are texts.
        (record(SST, _TABLE + struct.pack("<HBi", 1, 4, -8) + b"x"), "损坏"),
        (record(SST, _TABLE + bytes(6000)), "损坏"),
        (record(SST, _TABLE + bytes(60_000)) + record(CONTINUE, bytes(60_000)) * 40, "压缩炸弹"),
        (record(SST, _TABLE + _EMPTY), "损坏"),
    ],
    ids="styles format negative endless strings broken".split(),
)
def test_bombs(run, tmp_path, before, word):
    refused(run, tmp_path, raw_xls([HEADS, ROW], before), word)


def test_a_bomb_of_runs(run, tmp_path):
    """Formats within texts take 4 bytes each in the file, and a hundred in memory."""
    parts = [struct.pack("<2I", 9, 9)]
    for _ in range(9):
        parts += [_EMPTY, *[bytes(4 * 8191)] * 8, bytes(4 * 7)]
    table = b"".join(record(CONTINUE if at else SST, each) for at, each in enumerate(parts) if each)
    # Each text begins in a record of its own.
    refused(run, tmp_path, raw_xls([HEADS, ROW], table), "压缩炸弹")


# --- damage --------------------------------------------------------------------------------------


def outcome(tmp_path, content):
    """Return what is read of an .xls; an error other than the one for users fails the test."""
    path = tmp_path / "b.xls"
    path.write_bytes(content)
    try:
        return sheets_of(path)
    except UnreadableError:
        return None


@pytest.mark.parametrize("seed", range(8))
def test_damage_anywhere_is_told(tmp_path, seed):
    """Cut short, a bit turned, a piece overwritten: an error for users, or rows, and nothing else."""
    rng = random.Random(seed)
    whole_form = BY_LIBREOFFICE.read_bytes()
    refusals = 0
    for _ in range(150):
        content = bytearray(whole_form)
        way = rng.randrange(3)
        at = rng.randrange(len(content))
        if way == 0:
            del content[at:]
        elif way == 1:
            for _ in range(rng.choice([1, 1, 8])):
                content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        else:
            content[at : at + 4] = rng.choice(
                [b"\xff" * 4, bytes(4), b"\1\0\0\0", b"\xfe\xff\xff\xff"]
            )
        refusals += outcome(tmp_path, bytes(content)) is None
    assert refusals > 20


def test_a_form_cut_at_any_record_is_refused(tmp_path):
    """What was not handed in whole is no form, wherever the stream ends."""
    book = stream(
        {"Sheet1": cells([HEADS, ROW])}, record(SST, struct.pack("<2I", 1, 1) + text("x"))
    )
    for end in range(0, len(book), 7):
        assert outcome(tmp_path, compound({"Workbook": book[:end]})) is None
    assert outcome(tmp_path, compound({"Workbook": book})) is not None


def test_xlsx_and_xls_have_the_same_messages(run, tmp_path):
    """For a copy that broke off: the hint names both ways to hand it in again."""
    write_book(tmp_path / "b.xlsx", {"甲": [HEADS, ROW]})
    content = (tmp_path / "b.xlsx").read_bytes()
    said = []
    for name, piece in (("b.xlsx", content[:-50]), ("b.xls", whole()[:-9000])):
        (tmp_path / name).write_bytes(piece)
        [found] = run("verify", tmp_path / name, "--format", "json").json["findings"]
        said.append((found["message"], found["hint"]))
    assert said[0] == said[1]
