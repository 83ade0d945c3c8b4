"""Text files that split into cells in an odd way: read where that is safe, else refused aloud."""

from __future__ import annotations

import pytest

ROWS = [
    ["编号", "指标", "单位", "实际值", "期间"],
    ["GY01", "新开工亿元以上项目", "个", "48", "2024-06"],
    ["CX15", "外贸进出口总额", "亿美元", "9.5", "2024-06"],
]


def joined(mark, rows=ROWS, *, quoted=False, end="\n"):
    lines = (mark.join(row) for row in rows)
    return "".join(f'"{line}"{end}' if quoted else f"{line}{end}" for line in lines)


@pytest.fixture
def read(run, tmp_path):
    """Read a file; return the figures by code, and the findings on the file as a whole."""

    def reading(content, *options):
        path = tmp_path / "a.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = run("verify", path, "--format", "json", "--fail-on", "never", *options)
        actual = {
            each["code"]: (each["actual"]["value"], each["actual"]["row"])
            for each in done.json["results"]
            if each["actual"]
        }
        found = [f for f in done.json["findings"] if f["rule"] < "DT2"]
        assert (done.code == 2) == any(each["rule"] in ("DT101", "DT102") for each in found)
        return actual, found

    return reading


FIGURES = {"GY01": (48, 2), "CX15": (9.5, 3)}


# --- the commas of a Chinese keyboard ----------------------------------------------------------


@pytest.mark.parametrize(("mark", "name"), [("，", "中文逗号"), ("；", "中文分号"), ("、", "顿号")])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_chinese_marks_that_are_safe(read, mark, name, encoding):
    actual, [found] = read(joined(mark).encode(encoding))
    assert actual == FIGURES
    assert (found["rule"], found["level"]) == ("DT109", "info")
    assert name in found["message"]


@pytest.mark.parametrize(
    "text",
    [
        # A title and a note without a mark, a blank line, ASCII thousands, a name with an ASCII comma.
        "2024年报数表\n\n" + joined("，") + "填报人：张三\n",
        joined("，", [*ROWS, ["GY12", "x", "万元", "1,280.5", "2024-06"]]),
        joined("，", [*ROWS, ["GY12", "x,y", "万元", "1280.5", "2024-06"]]),
        joined("，", end="\r\n").rstrip(),
        # Not thousands: four digits behind, or a letter before.
        joined("，", [[*row[:3], row[3], "期间" if row is ROWS[0] else "202406"] for row in ROWS]),
    ],
)
def test_forms_with_chinese_commas(read, text):
    actual, [found] = read(text)
    assert {code: value for code, (value, _) in actual.items() if code != "GY12"} == {
        "GY01": 48,
        "CX15": 9.5,
    }
    assert found["rule"] == "DT109"


@pytest.mark.parametrize(
    ("row", "line", "why"),
    [
        # 1，280 is one number or two.
        ("GY12，x，万元，1，280，2024-06", 4, "千分位"),
        ("GY12，x，12，345，2024-06", 4, "千分位"),
        ("GY12，x，万元，1280", 4, "有 3 个，别的行有 4 个"),
        ("GY12，x，万元，1280，2024-06，甲，乙", 4, "有 6 个，别的行有 4 个"),
        ("备注：含一，二", 4, "有 1 个，别的行有 4 个"),
    ],
)
def test_chinese_commas_that_are_not_safe(read, row, line, why):
    actual, [found] = read(joined("，") + row + "\n")
    assert actual == {}
    assert (found["rule"], found["line"]) == ("DT102", line)
    assert "中文逗号“，”" in found["message"]
    assert why in found["message"]
    assert "英文逗号" in found["hint"]


def test_the_last_line_of_a_long_file_counts_too(read):
    rows = [*ROWS, *[["GY10", "x", "个", "30", "2024-06"]] * 5000]
    actual, [found] = read(joined("，", rows) + "GY04，5\n")
    assert (actual, found["line"]) == ({}, 5004)


def test_a_header_with_ascii_commas_wins(read):
    text = "编号,实际值,单位,备注\nGY01,48,个,一，二，三\n"
    assert read(text, "--as-of", "2024-06") == ({"GY01": (48, 2)}, [])


# --- each row in one pair of quotes -----------------------------------------------------------


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_whole_rows_in_quotes(read, mark, encoding):
    actual, [found] = read(joined(mark, quoted=True, end="\r\n").encode(encoding))
    assert actual == FIGURES
    assert (found["rule"], found["level"]) == ("DT109", "info")
    assert "引号" in found["message"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年报数表\n\n" + joined(",", quoted=True),
        '"2024年报数表"\n""\n' + joined(",", quoted=True) + '"填报人：张三"\n',
        # Excel's blank cells behind; a cell with a comma of its own.
        joined(",", quoted=True, end=",,,,\n").replace('"\n', '"'),
        joined(",", quoted=True).replace("外贸进出口总额", '""外贸,进出口""'),
    ],
)
def test_forms_of_whole_rows(read, text):
    actual, [found] = read(text)
    assert {code: value for code, (value, _) in actual.items()}["GY01"] == 48
    assert found["rule"] == "DT109"


def test_whole_rows_with_chinese_commas(read):
    actual, [found] = read(joined("，", quoted=True))
    assert actual == FIGURES
    assert "引号" in found["message"]
    assert "中文逗号" in found["message"]
    actual, [found] = read(joined("，", quoted=True) + '"GY12，x，万元，1，280，2024-06"\n')
    assert (actual, found["rule"], found["line"]) == ({}, "DT102", 4)


@pytest.mark.parametrize(
    "text",
    [
        # The header alone, the first row not, the last row not.
        f'"{",".join(ROWS[0])}"\n{joined(",", ROWS[1:])}',
        f'"{",".join(ROWS[0])}"\nGY10,x,个,30,2024-06\n{joined(",", ROWS[1:], quoted=True)}',
        joined(",", quoted=True) + "GY10,x,个,30,2024-06\n",
    ],
)
def test_some_rows_in_quotes_and_some_not(read, text):
    actual, [found] = read(text)
    assert actual == {}
    assert found["rule"] == "DT102"
    assert "引号" in found["message"]


def test_a_row_in_quotes_below_a_good_header(read):
    _, [found] = read(joined(",", ROWS[:2]) + joined(",", ROWS[2:], quoted=True))
    assert (found["rule"], found["line"]) == ("DT101", 3)
    assert "第3行整行包在一对英文引号里" in found["message"]


@pytest.mark.parametrize(
    "note", ['"注：一,二,三,四,五"', '"注：甲,48"', '"注：2024年,6月,数,已,核"', "注：无"]
)
def test_a_note_in_quotes_is_a_note(read, note):
    assert read(joined(",") + note + "\n") == (FIGURES, [])


# --- ="48" ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [('="48"', 48), ('"=""48"""', 48), ('= "48"', 48), (' ="48" ', 48), ('="1710.5"', 1710.5)],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_formulas_of_an_export(read, cell, value, encoding):
    code = "GY01" if value == 48 else "GY12"
    text = f'编号,实际值,单位,期间,备注\n="{code}",{cell},个,="2024-06",无\n'
    text = text.replace("个", "个" if code == "GY01" else "亿元")
    assert read(text.encode(encoding)) == ({code: (value, 2)}, [])


def test_text_formulas_in_the_header(read):
    assert read('="编号",="实际值",="单位",="期间"\n="GY01",="48",="个",="6月"\n') == (
        {"GY01": (48, 2)},
        [],
    )


@pytest.mark.parametrize("cell", ['="40"+8', "=40+8", '=A1&"48"', '="48', "=48"])
def test_formulas_that_are_none_of_these(run, tmp_path, cell):
    path = tmp_path / "a.csv"
    path.write_text(f"编号,实际值,单位,期间\nGY01,{cell},个,6月\n", encoding="utf-8")
    done = run("verify", path, "--format", "json", "--select", "GY01")
    assert [each["rule"] for each in done.json["findings"]] == ["DT202"]
    assert done.json["results"][0]["actual"] is None


def test_a_text_formula_across_two_readings(read):
    # The mark stands where one reading of the file ends and the next begins.
    start = "编号,实际值,单位,期间,备注\nGY10,30,个,6月,".encode()
    for more in (0, 1, 2):
        filler = b"x\n" + b"GY10,30,\xe4\xb8\xaa,6\xe6\x9c\x88,\n" * 50_000
        filler = filler[: (1 << 20) - len(start) - len(b"GY01,=") - more]
        filler = filler[: filler.rindex(b"\n")] + b"\n"
        text = start + filler
        text += b"\n" * ((1 << 20) - len(text) - len(b"GY01,") - more)
        actual, _ = read(text + 'GY01,="48",个,6月,\n'.encode())
        assert actual["GY01"][0] == 48


@pytest.mark.parametrize("cell", ["##", "####", "########"])
def test_a_column_that_was_too_narrow(run, tmp_path, cell):
    path = tmp_path / "a.csv"
    path.write_text(f"编号,实际值,单位,期间\nGY01,{cell},个,6月\n", encoding="utf-8")
    [found] = run("verify", path, "--format", "json", "--select", "GY01").json["findings"]
    assert (found["rule"], "列太窄" in found["hint"]) == ("DT202", True)


def test_an_error_of_a_formula_is_no_narrow_column(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("编号,实际值,单位,期间\nGY01,#REF!,个,6月\n", encoding="utf-8")
    [found] = run("verify", path, "--format", "json", "--select", "GY01").json["findings"]
    assert "公式" in found["hint"]
