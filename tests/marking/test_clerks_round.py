"""A clerk's round: template, filled in with five slips, verify --mark, mended in the marked file, clean."""

from __future__ import annotations

import zipfile

import pytest
from making import SMALL, write
from openpyxl import load_workbook
from packages import problems_of


@pytest.fixture
def dtcheck(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)
    return lambda *args: run(*args, "--targets", "targets.yaml")


def fill(path, cells) -> None:
    """Type into the form, wherever its sheet stands, and save."""
    book = load_workbook(path)
    sheet = book["报数表"]
    for cell, value in cells.items():
        sheet[cell] = value
    book.save(path)


def at(path, code: str) -> int:
    sheet = load_workbook(path)["报数表"]
    return next(cell.row for cell in sheet["A"] if cell.value == code)


def columns(path) -> dict[str, str]:
    sheet = load_workbook(path)["报数表"]
    return {cell.value: cell.column_letter for cell in sheet[3] if cell.value}


def test_a_clerks_round(dtcheck, tmp_path):
    form = tmp_path / "发改委.xlsx"
    assert (
        dtcheck("template", "--lead", "发改委", "--as-of", "2024-06", "-o", "发改委.xlsx").code == 0
    )
    row = {code: at(form, code) for code in ("GY01", "GY02", "GY03", "ST01", "ST02")}
    column = columns(form)
    value, unit, month, bureau = (column[each] for each in ("实际值", "单位", "期间", "填报单位"))
    fill(
        form,
        {
            f"{value}{row['GY01']}": "5O",  # a letter for a nought
            f"{value}{row['GY02']}": 155,
            f"{unit}{row['GY02']}": "个",  # another dimension
            f"{value}{row['GY03']}": "6.6%",
            f"{month}{row['GY03']}": "二季度",  # not cumulative
            f"{value}{row['ST01']}": "3%",
            f"{column['下达目标']}{row['ST01']}": ">= 2.8 %",
            f"{bureau}{row['ST01']}": "科技局",  # not the lead
            f"{value}{row['ST02']}": 0.5,  # half an accident
        },
    )
    original = form.read_bytes()

    marked = tmp_path / "标注.xlsx"
    done = dtcheck("verify", "发改委.xlsx", "--mark", "标注.xlsx")
    assert done.code == 1
    assert form.read_bytes() == original
    assert problems_of(marked.read_bytes()) == []
    book = load_workbook(marked)
    sheet = book["报数表"]
    said = {
        cell.coordinate: cell.comment.text
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment
    }
    assert {cell: text.split()[4] for cell, text in said.items()} == {
        f"{value}{row['GY01']}": "DT202",
        f"{unit}{row['GY02']}": "DT204",
        f"{month}{row['GY03']}": "DT205",
        f"{bureau}{row['ST01']}": "DT307",
        f"{value}{row['ST02']}": "DT210",
    }
    drawn = " ".join(str(area.sqref) for area in sheet.conditional_formatting).split()
    assert sorted(drawn) == sorted(said)
    # The form is still locked but for its answers.
    assert sheet.protection.sheet
    assert not sheet[f"{value}{row['GY01']}"].protection.locked

    fill(
        marked,
        {
            f"{value}{row['GY01']}": 50,
            f"{unit}{row['GY02']}": "亿元",
            f"{month}{row['GY03']}": "上半年",
            f"{bureau}{row['ST01']}": "发改委",
            f"{value}{row['ST02']}": 0,
        },
    )
    done = dtcheck(
        "verify", "标注.xlsx", "--mark", "再标.xlsx", "--fail-on", "missing", "--lead", "发改委"
    )
    assert (done.code, "错误 0、警告 0" in done.out) == (0, True), done.out
    clean = load_workbook(tmp_path / "再标.xlsx")["报数表"]
    assert not [cell for line in clean.iter_rows() for cell in line if cell.comment]
    assert len(clean.conditional_formatting) == 0
    # GY01: 50 of 100 is on pace, GY02 ahead of 150, GY03 0.1 over 6.5, ST01 beyond what was set, ST02 kept.
    status = {
        code: [cell.value for cell in clean[row[code]]][-3:]
        for code in ("GY01", "GY02", "GY03", "ST01", "ST02")
    }
    assert {code: each[0] for code, each in status.items()} == dict.fromkeys(row, "√ 达序时")
    assert (status["GY01"][1:], status["GY02"][1:]) == (["50.0%", "0.0"], ["51.7%", "+1.7"])
    with zipfile.ZipFile(tmp_path / "再标.xlsx") as archive:
        assert not [name for name in archive.namelist() if "comment" in name]
