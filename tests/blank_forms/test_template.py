"""Forms to fill in: what stands in them, and that filling them in always works."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from running import ROOT

from dtcheck.targets import Op, Target, load_targets

# The bureaus as the targets file names them; all twenty lead something.
TARGETS = load_targets(ROOT / "targets.yaml")
LEADS = sorted({target.lead for target in TARGETS.targets})
HEADS = "编号 指标 年度目标 序时应达到 上年实绩 单位 期间 实际值 填报单位 备注".split()
HEADER_ROW = 3


def fill_csv(path: Path, answer: Callable[[Target], dict[str, str]], targets) -> None:
    """Fill a form as a clerk does: only the cells under 实际值, 下达目标 and 备注."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(answer(targets.by_code[row["编号"]]))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def fill_xlsx(path: Path, answer: Callable[[Target], dict[str, str]], targets) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        for head, text in answer(targets.by_code[sheet.cell(row, 1).value]).items():
            cell = sheet.cell(row, columns[head])
            assert cell.protection.locked is False
            cell.value = text if text == "—" or head == "备注" else float(text)
    book.save(path)


FILL = {"csv": fill_csv, "xlsx": fill_xlsx}


def goal_kept(target: Target) -> dict[str, str]:
    """The figure that just keeps the goal: itself, the next one where it must be exceeded."""
    goal = target.goal
    if goal.op is Op.ASSIGNED:
        return {"下达目标": "3.2", "实际值": "3.2"}
    step = 1 if goal.unit.is_whole and goal.unit.size == 1 else Fraction(1, 10)
    change = {Op.OVER: step, Op.UNDER: -step}.get(goal.op, 0)
    return {"实际值": str(float(goal.value + change))}


def form_of(run, path: Path, *options: str) -> Path:
    done = run("template", "-o", path, *options)
    assert (done.code, done.out) == (0, "")
    return path


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    sheet = load_workbook(path).worksheets[0]
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=HEADER_ROW)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_stands_in_a_form(run, tmp_path, kind):
    path = form_of(run, tmp_path / f"f.{kind}", "--lead", "科技局", "--as-of", "2024-06")
    period, lead = "2024年1-6月", "科学技术局"
    assert rows_of(path) == [
        HEADS,
        ["ZH05", "全社会研发投入占GDP比重", "2.5%左右", "本期不报", "", "%", period, "", lead, ""],
        ["CX01", "净增国家高企", "≥70家", "不按月考核", "91家", "家", period, "", lead, ""],
        ["CX02", "国家高企总数", "超450家", "不按月考核", "373家", "家", period, "", lead, ""],
        ["CX07", "新增省级以上研发机构", "≥10家", "不按月考核", "", "家", period, "", lead, ""],
        ["CX08", "新签产业合作协议", "≥100个", "50个", "", "个", period, "", lead, ""],
        ["CX09", "技术合同交易额", "超35亿元", "17.5亿元", "", "亿元", period, "", lead, ""],
    ]


def test_a_csv_that_excel_shows_right(run, tmp_path):
    content = form_of(run, tmp_path / "f.csv", "--select", "CX15").read_bytes()
    lines = content.decode("utf-8").split("\r\n")
    assert lines[0] == "\ufeff" + ",".join(HEADS[:3] + HEADS[4:])
    assert lines[1:] == ["CX15,外贸进出口,≥19亿美元,16.7亿美元,亿美元,,,商务局,", ""]
    # The same on standard output.
    done = run("template", "--select", "CX15")
    assert done.out.encode() == content
    assert "填数的人要在“期间”列写明报到哪个月，如 2024年1-6月" in done.err


def test_an_assigned_goal_gets_a_column(run, tmp_path):
    path = form_of(run, tmp_path / "f.xlsx", "--select", "ZH", "--as-of", "2024-06")
    sheet = load_workbook(path).worksheets[0]
    heads = [cell.value for cell in sheet[HEADER_ROW]]
    assert heads == [*HEADS[:8], "下达目标", *HEADS[8:]]
    is_open = {
        sheet.cell(row, 1).value: not sheet.cell(row, 9).protection.locked for row in range(4, 13)
    }
    assert [code for code, answers in is_open.items() if answers] == ["ZH09"]


def test_the_sheet_is_locked_but_for_answers(run, tmp_path):
    path = form_of(run, tmp_path / "f.xlsx", "--lead", "科技局", "--as-of", "2024-06")
    sheet = load_workbook(path).worksheets[0]
    assert sheet.protection.sheet is True
    assert sheet.protection.password is None
    unlocked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert unlocked == {f"{column}{row}" for column in "HJ" for row in range(4, 10)}
    assert sheet.freeze_panes == "C4"
    (check,) = sheet.data_validations.dataValidation
    assert str(check.sqref) == "H4:H9"
    assert check.formula1.startswith('OR(ISNUMBER(H4),TRIM(H4)="—"')
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    # 净增国家高企 is due by June, 研发投入 only next year.
    assert sheet["H5"].fill.fgColor.rgb != sheet["H4"].fill.fgColor.rgb
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ"]
    # Twelve Chinese characters are 24 wide: 全社会研发投入占GDP比重 is 23.
    assert 25 <= widths[1] <= 36
    assert min(widths) >= 8


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_unfilled_is_not_reported_and_no_error(run, tmp_path, kind):
    path = form_of(run, tmp_path / f"f.{kind}", "--as-of", "2024-12")
    done = run("verify", path, "--format", "json")
    statuses = {result["code"]: result["status"] for result in done.json["results"]}
    assert statuses.pop("ZH09") == "undecided"
    # Known only when the year is over: nobody can be late with them.
    assert {statuses.pop(code) for code in ("ZH05", "GY21", "XC23")} == {"not_due"}
    assert set(statuses.values()) == {"no_data"}
    assert {f["level"] for f in done.json["findings"]} == {"info"}
    assert done.code == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("lead", LEADS)
def test_every_bureaus_form_verifies_filled_in(run, tmp_path, real, lead, kind):
    path = form_of(run, tmp_path / f"f.{kind}", "--lead", lead, "--as-of", "2024-06")
    # One figure in three isn't there yet; the others are a third of the goal or nothing at all.
    answers = [
        lambda target: {"实际值": "—", "备注": "=数还没有出"},
        lambda target: {"实际值": "0"},
        lambda target: {"实际值": str(int((target.goal.value or 3) / 3)), "备注": "抓紧"},
    ]
    codes = [target.code for target in real.targets if target.lead == lead]
    FILL[kind](path, lambda target: answers[codes.index(target.code) % 3](target), real)
    done = run("verify", path, "--format", "json", "--fail-on", "data")
    assert done.code == 0
    assert [f for f in done.json["findings"] if f["level"] == "error"] == []
    reported = {r["code"] for r in done.json["results"] if r["actual"]}
    assert reported == {code for number, code in enumerate(codes) if number % 3}


# The report's own figures don't all agree: 210 + 20 is not over 230, 373 + 70 is not over 450.
DISAGREEING = {("DT309", "GY20"), ("DT309", "CX02")}


def doubts(done):
    return {(finding["rule"], finding["code"]) for finding in done.json["findings"]}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_goal_kept_is_met_in_december(run, tmp_path, real, kind):
    folder = tmp_path / "forms"
    done = run("template", "--all-leads", "-o", folder, "--format", kind, "--as-of", "2024-12")
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == sorted(f"{lead}.{kind}" for lead in LEADS)
    assert "19 张表，109 项指标" in done.err
    for path in paths:
        FILL[kind](path, goal_kept, real)
    done = run("verify", *paths, "--format", "json", "--strict", "--fail-on", "missing")
    assert {result["status"] for result in done.json["results"]} == {"met"}
    assert done.json["summary"]["met"] == 109
    assert doubts(done) == DISAGREEING
    assert done.code == 1  # by those warnings, since --strict counts them


def test_one_less_than_the_goal_is_missed(run, tmp_path, real):
    path = form_of(run, tmp_path / "f.xlsx", "--select", "GY01", "--as-of", "2024-12")
    fill_xlsx(path, lambda target: {"实际值": "100"}, real)
    done = run("verify", path, "--select", "GY01", "--format", "json")
    assert done.json["results"][0]["status"] == "missed"


def test_a_filled_form_is_not_written_over(run, tmp_path, real):
    path = form_of(run, tmp_path / "f.xlsx", "--select", "GY01")
    form_of(run, path, "--select", "GY01")
    fill_xlsx(path, lambda target: {"实际值": "48"}, real)
    before = path.read_bytes()
    done = run("template", "-o", path, "--select", "GY01")
    assert done.code == 2
    assert "已经填了 1 项" in done.err
    assert path.read_bytes() == before
    form_of(run, path, "--select", "GY01", "--force")
    assert load_workbook(path).worksheets[0]["G4"].value is None


def test_a_filled_form_stops_the_whole_folder(run, tmp_path, real):
    path = tmp_path / "forms" / "财政局.csv"
    assert run("template", "--all-leads", "-o", path.parent, "--format", "csv").code == 0
    fill_csv(path, lambda target: {"实际值": "6"}, real)
    others = {each: each.stat().st_mtime_ns for each in path.parent.iterdir()}
    done = run("template", "--all-leads", "-o", path.parent, "--format", "csv")
    assert (done.code, "财政局.csv" in done.err) == (2, True)
    assert {each: each.stat().st_mtime_ns for each in path.parent.iterdir()} == others


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a workbook with a password, or cut off", "工作簿已损坏"),
        ("编号,实际值\nGY01,六十来个\n".encode(), "六十来个"),
        ("编号,实际值\nGY01,60\n".encode(), "已经填了 1 项数"),
        ("会议记录\n".encode(), "没有找到表头"),
    ],
)
def test_what_may_hold_something_is_not_written_over(run, tmp_path, content, said):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    done = run("template", "-o", path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "没有覆盖。换个文件名；确实不要了，加 --force" in done.err
    assert path.read_bytes() == content
    form_of(run, path, "--force")
    assert path.read_bytes() != content


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_file_and_an_unfilled_form_are_written_over(run, tmp_path, kind):
    path = tmp_path / f"f.{kind}"
    path.touch()
    form_of(run, path, "--select", "GY01")
    before = path.read_bytes()
    form_of(run, path, "--select", "GY02")
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["-o", "form.pdf"], ".xlsx"),
        (["--all-leads"], "文件夹"),
        (["--all-leads", "-o", ""], "文件夹"),
        (["-o", ""], ".xlsx"),
        (["--all-leads", "-o", "x", "--lead", "财政局"], "--lead"),
        (["--select", "GY01", "--lead", "财政局"], "没有一个指标"),
        (["--as-of", "2023-06"], "2024"),
        (["--lead", "档案局"], "档案局"),
        (["-o", "no/such/folder/f.csv"], "写不进"),
    ],
)
def test_what_can_not_be_written(run, tmp_path, monkeypatch, options, word):
    monkeypatch.chdir(tmp_path)
    done = run("template", *options)
    assert (done.code, done.out, word in done.err) == (2, "", True)
    assert list(tmp_path.iterdir()) == []


def test_names_that_start_like_formulas(run, tmp_path):
    text = (ROOT / "targets.yaml").read_text(encoding="utf-8")
    own = tmp_path / "targets.yaml"
    bad = "=cmd|'/C calc'!A0"
    own.write_text(text.replace("name: 技术合同交易额", f'name: "{bad}"'), encoding="utf-8")
    for kind in FILL:
        path = form_of(run, tmp_path / f"f.{kind}", "--targets", own, "--select", "CX09")
        assert rows_of(path)[1][1] in (bad, "'" + bad)
    assert path.suffix == ".xlsx"
    cell = load_workbook(path).worksheets[0]["B4"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert rows_of(tmp_path / "f.csv")[1][1] == "'" + bad
    fill_csv(tmp_path / "f.csv", lambda target: {"实际值": "36"}, load_targets(own))
    options = ("--targets", own, "--select", "CX09", "--as-of", "2024-12")
    done = run("verify", tmp_path / "f.csv", *options)
    assert done.code == 0


def test_bureaus_named_like_paths(run, tmp_path):
    text = (ROOT / "targets.yaml").read_text(encoding="utf-8")
    own = tmp_path / "targets.yaml"
    own.write_text(text.replace("财政局", "../../财政局"), encoding="utf-8")
    folder = tmp_path / "a" / "b"
    run("template", "--targets", own, "--all-leads", "--select", "ZH02", "-o", folder)
    assert [path.name for path in folder.iterdir()] == ["_.._财政局.xlsx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "targets.yaml"]


def test_saved_again_by_another_program(run, tmp_path, real):
    """openpyxl reads and writes all of a form anew, as LibreOffice does below."""
    path = form_of(run, tmp_path / "f.xlsx", "--as-of", "2024-12")
    fill_xlsx(path, goal_kept, real)
    book = load_workbook(path)
    book.save(tmp_path / "again.xlsx")
    done = run("verify", tmp_path / "again.xlsx", "--format", "json", "--strict")
    assert done.json["summary"]["met"] == 109
    assert doubts(done) == DISAGREEING
    sheet = load_workbook(tmp_path / "again.xlsx").worksheets[0]
    assert sheet.protection.sheet is True
    assert sheet["H4"].protection.locked is False


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_saved_again_by_libreoffice(run, tmp_path, real):
    path = form_of(run, tmp_path / "f.xlsx", "--as-of", "2024-12")
    fill_xlsx(path, goal_kept, real)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            tmp_path / "lo",
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env=os.environ,
    )
    done = run("verify", tmp_path / "lo" / "f.xlsx", "--format", "json", "--strict")
    assert done.json["summary"]["met"] == 109
    assert doubts(done) == DISAGREEING
    sheet = load_workbook(tmp_path / "lo" / "f.xlsx").worksheets[0]
    assert sheet.protection.sheet is True
    assert sheet["H4"].protection.locked is False


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("options", [(), ("--as-of", "2024-06")])
def test_a_form_asks_no_question_of_its_own(run, tmp_path, real, kind, options):
    """Filled in with what a month asks for, every word of a form is understood."""
    path = form_of(run, tmp_path / f"f.{kind}", "--lead", "发改委", *options)
    period = {} if options else {"期间": "2024年1-6月"}

    def answer(target):
        return {"备注": "在推进", "实际值": "—" if target.is_assigned else "0"}

    if kind == "csv":
        fill_csv(path, lambda target: answer(target) | period, real)
    else:
        fill_xlsx(path, answer, real)
        book = load_workbook(path)
        for row in range(HEADER_ROW + 1, book.worksheets[0].max_row + 1):
            if period:
                book.worksheets[0].cell(row, 6).value = period["期间"]
        book.save(path)
    done = run("verify", path, "--lead", "发改委", "--format", "json")
    assert {each["rule"] for each in done.json["findings"]} <= {"DT311"}
    assert done.json["as_of"] == "2024-06"
    used = [each["actual"] for each in done.json["results"] if each["actual"]]
    assert len(used) == 19
    assert {each["value"] for each in used} == {0}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_form_whose_month_nobody_wrote_is_refused(run, tmp_path, real, kind):
    """June's figures were 未完成 of the whole year."""
    path = form_of(run, tmp_path / f"f.{kind}", "--lead", "科技局")
    FILL[kind](path, lambda target: {"实际值": "2"}, real)
    done = run("verify", path, "--format", "json")
    (found,) = done.json["findings"]
    assert (found["rule"], found["count"], found["column"]) == ("DT205", 6, "期间")
    assert "在“期间”列写明报到哪个月，如 2024年1-6月" in found["hint"]
    assert "--as-of 2024-06" in found["hint"]
    assert [each for each in done.json["results"] if each["actual"]] == []
    # Either way of mending it is enough.
    assert run("verify", path, "--as-of", "2024-06").code != 2
    assert "DT205" not in run("verify", path, "--as-of", "2024-06").out
    # And what is in it is not written over.
    again = run("template", "-o", path, "--lead", "科技局")
    assert (again.code, "已经填了 6 项数" in again.err) == (2, True)


def test_one_row_that_names_the_month_is_enough(run, tmp_path, real):
    path = form_of(run, tmp_path / "f.csv", "--lead", "科技局")
    months = iter(["", "", "2024年1-6月"])
    fill_csv(path, lambda target: {"实际值": "2", "期间": next(months, "")}, real)
    done = run("verify", path, "--format", "json")
    assert {each["rule"] for each in done.json["findings"] if each["level"] == "error"} == set()
    assert done.json["as_of"] == "2024-06"


@pytest.mark.parametrize(
    ("month", "due"),
    [
        # 100 / 12 = 8.333…: 8 would be behind.
        ("2024-01", "9个"),
        ("2024-06", "50个"),
        ("2024-11", "92个"),
        ("2024-12", "超100个"),
    ],
)
def test_what_is_due_is_enough(run, tmp_path, real, month, due):
    path = form_of(run, tmp_path / "f.csv", "--select", "GY01", "--as-of", month)
    assert rows_of(path)[1][3] == due


@pytest.mark.parametrize(
    ("code", "month", "due"),
    [
        # 2000 / 3 = 666.66…: what isn't counted is rounded up at the second place.
        ("GY12", "2024-04", "666.67亿元"),
        # Counted at the year's end.
        ("CX02", "2024-09", "不按月考核"),
        # Yearly, at the end of the year, and set by a higher level.
        ("ZH05", "2024-11", "本期不报"),
        ("CX08", "2024-12", "≥100个"),
        ("CX07", "2024-06", "不按月考核"),
        ("ZH09", "2024-12", "按下达目标"),
    ],
)
def test_what_is_due_of_each_kind(run, tmp_path, code, month, due):
    path = form_of(run, tmp_path / "f.csv", "--select", code, "--as-of", month)
    assert rows_of(path)[1][3] == due


def test_what_is_due_is_on_pace_when_it_is_reported(run, tmp_path, real):
    """A form that is filled in with what it asks for has no shortfall, in any month."""
    for month in range(1, 12):
        path = form_of(run, tmp_path / "f.csv", "--force", "--as-of", f"2024-{month:02d}")
        asked = {row[0]: row[3] for row in rows_of(path)[1:]}
        numbers = {code: re.match(r"[0-9.]+(?![0-9.左])", due) for code, due in asked.items()}
        fill_csv(
            path,
            lambda target, found=numbers: {"实际值": found[target.code] and found[target.code][0]},
            real,
        )
        results = run("verify", path, "--format", "json").json["results"]
        statuses = {each["status"] for each in results if numbers[each["code"]]}
        assert statuses <= {"on_track", "met", "near"}, month
