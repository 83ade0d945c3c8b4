"""verify --mark: where copies go, what is refused, and what becomes of files that can't be marked."""

from __future__ import annotations

import datetime
import io
import os
import zipfile
from types import SimpleNamespace

import pytest
from books import write_book
from making import SMALL, write
from openpyxl import load_workbook
from packages import problems_of
from running import ROOT, run_process

FORM = "编号,实际值,单位,期间\nCX01,35,家,2024-06\n"


@pytest.fixture
def verify(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "targets.yaml", SMALL)

    def verifying(*args: str):
        return run("verify", *args, "--targets", "targets.yaml", "--fail-on", "never")

    return verifying


def book(path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_book(path, {"Sheet1": [["编号", "实际值", "期间"], ["CX01", 35, "2024-06"]]})


def below(folder) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_folder_keeps_its_structure(verify, tmp_path):
    write(tmp_path / "报数" / "2024-05" / "科技局.csv", FORM.replace("06", "05"))
    write(tmp_path / "报数" / "2024-06" / "科技局.csv", FORM)
    book(tmp_path / "报数" / "2024-06" / "科技局.xlsx")
    book(tmp_path / "报数" / "发改委.xlsx")
    done = verify("报数", "--mark", "标注/")
    assert done.code == 0
    assert "等 4 份" in done.err
    assert below(tmp_path / "标注") == [
        "2024-05/科技局.xlsx",
        "2024-06/科技局.csv.xlsx",
        "2024-06/科技局.xlsx",
        "发改委.xlsx",
    ]
    # The copies of a folder say what the folder said.
    again = verify("标注", "--format", "json").json
    first = verify("报数", "--format", "json").json
    assert [each["actual"] and each["actual"]["value"] for each in again["results"]] == [
        each["actual"] and each["actual"]["value"] for each in first["results"]
    ]


@pytest.mark.parametrize("to", ["标注", "标注/", "./标注"])
def test_several_files_go_into_a_folder_under_what_they_have_in_common(verify, tmp_path, to):
    write(tmp_path / "a" / "科技局.csv", FORM)
    write(tmp_path / "b" / "科技局.csv", FORM)
    assert verify("a/科技局.csv", "b/科技局.csv", "--mark", to).code == 0
    assert below(tmp_path / "标注") == ["a/科技局.xlsx", "b/科技局.xlsx"]


def test_one_file_may_go_into_a_folder(verify, tmp_path):
    write(tmp_path / "a" / "科技局.csv", FORM)
    (tmp_path / "标注").mkdir()
    assert verify("a/科技局.csv", "--mark", "标注").code == 0
    assert below(tmp_path / "标注") == ["科技局.xlsx"]


def test_names_that_differ_in_case_do_not_meet(verify, tmp_path):
    write(tmp_path / "in" / "KJJ.csv", FORM)
    write(tmp_path / "in" / "kjj.txt", FORM)
    assert verify("in", "--mark", "out/").code == 0
    assert below(tmp_path / "out") == ["KJJ.xlsx", "kjj.txt.xlsx"]


@pytest.mark.parametrize(
    ("files", "to", "said"),
    [
        (["in"], "标注.xlsx", "检查几个文件的"),
        (["in/a.csv", "in/b.csv"], "标注.xlsx", "检查几个文件的"),
        (["in/a.csv"], "标注.csv", "只能写成 .xlsx"),
        (["in/a.csv"], "标注.xls", "只能写成 .xlsx"),
        (["in/a.csv"], "", "--mark"),
        (["in/a.csv"], "-", "--mark"),
        (["in/c.xlsx"], "in/c.xlsx", "这次要读的文件"),
        (["in/c.xlsx"], "IN/../in/./c.xlsx", "这次要读的文件"),
        (["in"], "in/标注", "里面"),
        (["in"], "in", "里面"),
        (["."], "标注", "里面"),
    ],
)
def test_what_is_refused(verify, tmp_path, files, to, said):
    for name in ("a.csv", "b.csv"):
        write(tmp_path / "in" / name, FORM)
    book(tmp_path / "in" / "c.xlsx")
    (tmp_path / "IN").mkdir(exist_ok=True)
    before = {path: (tmp_path / path).read_bytes() for path in below(tmp_path)}
    done = verify(*files, "--mark", to)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""
    assert {path: (tmp_path / path).read_bytes() for path in below(tmp_path)} == before


def test_the_targets_file_and_another_output_are_not_written_over(verify, tmp_path):
    write(tmp_path / "科技局.csv", FORM)
    done = verify("科技局.csv", "--mark", "x.xlsx", "--format", "json=x.xlsx")
    assert (done.code, "同一个文件" in done.err) == (2, True)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_folder_of_copies_that_is_excluded_may_lie_inside(verify, tmp_path):
    write(tmp_path / "in" / "a.csv", FORM)
    assert verify("in", "--mark", "in/标注", "--exclude", "标注/*").code == 0
    assert verify("in", "--mark", "in/标注", "--exclude", "标注/*").code == 0
    assert below(tmp_path / "in") == ["a.csv", "标注/a.xlsx"]


def test_what_cannot_be_read_is_said_and_the_others_are_marked(verify, tmp_path):
    write(tmp_path / "in" / "a.csv", FORM)
    (tmp_path / "in" / "b.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "in" / "c.csv").write_bytes(b"\xff\xfe\x00")
    done = verify("in", "--mark", "标注/")
    assert done.code == 2
    assert below(tmp_path / "标注") == ["a.xlsx"]
    assert done.err.count("没有标注：读不出来") == 2
    assert "in/b.xlsx" in done.err


def test_a_missing_file_is_said(verify, tmp_path):
    done = verify("没有.csv", "--mark", "标注.xlsx")
    assert (done.code, done.err) == (2, "没有.csv 没有标注：读不出来，见上面的结果。\n")
    assert not (tmp_path / "标注.xlsx").exists()


def test_a_form_without_a_header_is_marked_with_what_was_found(verify, tmp_path):
    write(tmp_path / "a.csv", "随便,写的\n1,2\n")
    assert verify("a.csv", "--mark", "标注.xlsx").code == 2
    sheet = load_workbook(tmp_path / "标注.xlsx")["检查结果"]
    assert "DT102" in [cell.value for cell in sheet["G"]]


def test_a_copy_is_replaced_and_one_that_was_mended_is_not(verify, tmp_path):
    write(tmp_path / "科技局.csv", FORM)
    assert verify("科技局.csv", "--mark", "标注.xlsx").code == 0
    write(tmp_path / "科技局.csv", FORM.replace("35", "36"))
    assert verify("科技局.csv", "--mark", "标注.xlsx").code == 0
    marked = load_workbook(tmp_path / "标注.xlsx")
    assert marked["Sheet1"]["B2"].value == 36
    marked["Sheet1"]["B2"] = 37
    marked.save(tmp_path / "标注.xlsx")
    before = (tmp_path / "标注.xlsx").read_bytes()
    done = verify("科技局.csv", "--mark", "标注.xlsx")
    assert (done.code, "标注.xlsx 没有覆盖" in done.err) == (2, True)
    assert (tmp_path / "标注.xlsx").read_bytes() == before


def test_another_workbook_is_not_written_over(verify, tmp_path):
    write(tmp_path / "科技局.csv", FORM)
    book(tmp_path / "台账.xlsx")
    before = (tmp_path / "台账.xlsx").read_bytes()
    assert verify("科技局.csv", "--mark", "台账.xlsx").code == 2
    assert (tmp_path / "台账.xlsx").read_bytes() == before
    (tmp_path / "空.xlsx").write_bytes(b"")
    assert verify("科技局.csv", "--mark", "空.xlsx").code == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx", "undated"])
def test_the_same_copy_is_the_same_bytes(verify, tmp_path, monkeypatch, kind):
    """Whatever the time: openpyxl puts it where a file has none."""
    import openpyxl.packaging.core

    name = "科技局.csv" if kind == "csv" else "科技局.xlsx"
    if kind == "csv":
        write(tmp_path / name, FORM)
    else:
        book(tmp_path / name)
    if kind == "undated":
        with zipfile.ZipFile(tmp_path / name) as archive:
            kept = {each: archive.read(each) for each in archive.namelist() if "core" not in each}
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for each, content in kept.items():
                archive.writestr(each, content)
    for year, to in ((2024, "一.xlsx"), (2030, "二.xlsx")):
        when = datetime.datetime(year, 1, 2, tzinfo=datetime.UTC)
        # Older ones ask for utcnow.
        clock = SimpleNamespace(
            now=lambda tz, when=when: when, utcnow=lambda when=when: when.replace(tzinfo=None)
        )
        standin = SimpleNamespace(datetime=clock, timezone=datetime.timezone)
        monkeypatch.setattr(openpyxl.packaging.core, "datetime", standin)
        verify(name, "--mark", to)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_folder_of_copies_on_another_drive(verify, tmp_path, monkeypatch):
    """As Windows has it between drives: there is no path from one to the other."""

    def none(path, start=os.curdir):
        raise ValueError(f"path is on mount {path!r}, start on mount {start!r}")

    write(tmp_path / "报" / "科技局.csv", FORM)
    kept = os.path.relpath
    monkeypatch.setattr(
        os.path, "relpath", lambda path, *start: (none if "标注" in path else kept)(path, *start)
    )
    verify("报", "--mark", "标注/")
    assert below(tmp_path / "标注") == ["科技局.xlsx"]


@pytest.mark.windows("drives")
def test_files_of_several_drives(verify, tmp_path):
    if tmp_path.drive == ROOT.drive:
        pytest.skip("one drive")
    write(tmp_path / "科技局.csv", FORM)
    done = verify("科技局.csv", ROOT / "examples" / "actuals.csv", "--mark", "标注/")
    assert (done.code, "在不同的盘上" in done.err) == (2, True)
    assert not (tmp_path / "标注").exists()


@pytest.mark.posix("permissions")
@pytest.mark.skipif("os.geteuid() == 0", reason="root may write anywhere")
def test_a_folder_that_takes_no_file(verify, tmp_path):
    write(tmp_path / "科技局.csv", FORM)
    (tmp_path / "只读").mkdir()
    (tmp_path / "只读").chmod(0o500)
    done = verify("科技局.csv", "--mark", "只读/标注.xlsx")
    assert (done.code, "没有权限" in done.err) == (2, True)
    assert below(tmp_path / "只读") == []


def test_a_folder_that_cannot_be_made_does_not_stop_the_others(verify, tmp_path):
    write(tmp_path / "in" / "a" / "x.csv", FORM)
    write(tmp_path / "in" / "b" / "x.csv", FORM)
    write(tmp_path / "标注" / "a", "a file where a folder should be")
    done = verify("in", "--mark", "标注/")
    assert (done.code, "建不了文件夹" in done.err) == (2, True)
    assert below(tmp_path / "标注") == ["a", "b/x.xlsx"]


def test_nothing_half_written_is_left(verify, tmp_path, monkeypatch):
    write(tmp_path / "科技局.csv", FORM)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = verify("科技局.csv", "--mark", "标注.xlsx")
    assert (done.code, "磁盘满了" in done.err) == (2, True)
    assert below(tmp_path) == ["targets.yaml", "科技局.csv"]


def test_standard_input(tmp_path):
    write(tmp_path / "targets.yaml", SMALL)
    done = run_process(
        "verify", "-", "--targets", "targets.yaml", "--mark", "标注.xlsx", "--fail-on", "never",
        cwd=tmp_path, stdin=FORM.encode("gb18030"),
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode()) == (0, "标注写好：标注.xlsx，原文件没有改动。\n")
    sheet = load_workbook(tmp_path / "标注.xlsx")["Sheet1"]
    assert (sheet["B2"].value, sheet["E2"].value) == (35, "√ 达序时")


def with_parts(content: bytes, parts: dict[str, bytes], types: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(b"</Types>", types.encode() + b"</Types>")
            new.writestr(name, text)
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "lost"),
    [
        ({"xl/media/image1.png": b"\x89PNG"}, "图片"),
        ({"xl/cellimages.xml": b"<x/>"}, "嵌入单元格的图片"),
        ({"xl/charts/chart1.xml": b"<x/>"}, "图表"),
        ({"xl/charts/chartEx1.xml": b"<x/>"}, "2016 以后的图表"),
        ({"xl/drawings/drawing1.xml": b"<x><xdr:sp macro=''/></x>"}, "图形和文本框"),
        ({"xl/slicers/slicer1.xml": b"<x/>"}, "切片器"),
        ({"xl/pivotTables/pivotTable1.xml": b"<x/>"}, "数据透视表"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "到别的工作簿的链接"),
        ({"xl/vbaProject.bin": b"\xd0\xcf"}, "宏"),
        ({"xl/embeddings/oleObject1.bin": b"\xd0\xcf"}, "嵌入的文档"),
        ({"xl/activeX/activeX1.xml": b"<x/>"}, "控件"),
        ({"xl/threadedComments/threadedComment1.xml": b"<x/>"}, "会话批注"),
        ({"xl/comments1.xml": b"<x><rPr></rPr></x>"}, "批注里的字体"),
        ({"xl/worksheets/sheet9.xml": b"<x><x14:sparklineGroup/></x>"}, "迷你图"),
        ({"xl/connections.xml": b"<x/>"}, "数据连接"),
    ],
)
def test_what_cannot_be_kept_is_said(verify, tmp_path, parts, lost):
    book(tmp_path / "科技局.xlsx")
    content = (tmp_path / "科技局.xlsx").read_bytes()
    (tmp_path / "科技局.xlsx").write_bytes(with_parts(content, parts))
    done = verify("科技局.xlsx", "--mark", "标注.xlsx")
    assert done.code == 0
    told = done.err.splitlines()[0]
    assert told.startswith("科技局.xlsx 的标注里没有：")
    assert lost in told
    listed = [cell.value for cell in load_workbook(tmp_path / "标注.xlsx")["检查结果"]["A"]]
    assert any(str(each).startswith("这份标注里没有：") and lost in each for each in listed)


def test_a_workbook_that_openpyxl_fails_on_is_made_anew_from_its_rows(verify, tmp_path):
    book(tmp_path / "科技局.xlsx")
    content = (tmp_path / "科技局.xlsx").read_bytes()
    content = content.replace(b"docProps/core.xml", b"docProps/core.xml")
    broken = with_parts(content, {})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(broken)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == "docProps/core.xml" else old.read(name))
    (tmp_path / "科技局.xlsx").write_bytes(out.getvalue())
    done = verify("科技局.xlsx", "--mark", "标注.xlsx")
    assert done.code == 0
    assert "只照搬了格子里的内容" in done.err
    sheet = load_workbook(tmp_path / "标注.xlsx")["Sheet1"]
    assert (sheet["B2"].value, sheet["D2"].value) == (35, "√ 达序时")


def test_macros_are_kept_in_an_xlsm(verify, tmp_path):
    book(tmp_path / "科技局.xlsm")
    content = (tmp_path / "科技局.xlsm").read_bytes()
    content = with_parts(content, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"})
    (tmp_path / "科技局.xlsm").write_bytes(content)
    assert verify("科技局.xlsm", "--mark", "标注.xlsm").code == 0
    with zipfile.ZipFile(tmp_path / "标注.xlsm") as archive:
        assert archive.read("xl/vbaProject.bin") == b"\xd0\xcf\x11\xe0 macros"
        assert b"macroEnabled" in archive.read("[Content_Types].xml")
    assert "宏" in verify("科技局.xlsm", "--mark", "标注.xlsx").err
    with zipfile.ZipFile(tmp_path / "标注.xlsx") as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()
    book(tmp_path / "没有宏.xlsm")
    assert verify("没有宏.xlsm", "--mark", "另.xlsm").code == 2


def test_openpyxl_is_not_imported_without_a_mark(tmp_path):
    write(tmp_path / "科技局.csv", FORM)
    write(tmp_path / "targets.yaml", SMALL)
    code = (
        "import sys; from dtcheck.cli.verify import verify; "
        "verify(['科技局.csv', '--targets', 'targets.yaml', '--fail-on', 'never'], standalone_mode=False); "
        "sys.exit('openpyxl' in sys.modules or 'dtcheck.marking' in sys.modules)"
    )
    import subprocess
    import sys

    from running import ROOT

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_what_is_made_anew_has_its_merged_and_hidden_cells(verify, tmp_path):
    """Of a workbook that openpyxl can't take in: names merged over two rows still hold for both."""
    made = write_book(
        tmp_path / "科技局.xlsx",
        {
            "表": [
                ["编号", "口径", "实际值", "期间"],
                ["CX01", "计划", 70, "2024-06"],
                [None, "实际", 35, "2024-06"],
                ["CX03", "实际", 0.6, "2024-06"],
            ],
            "底稿": [["x"]],
        },
    )
    made["表"].merge_cells("A2:A3")
    made["表"].row_dimensions[4].hidden = True
    made["表"].column_dimensions["D"].hidden = True
    made["底稿"].sheet_state = "hidden"
    made.save(tmp_path / "科技局.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "科技局.xlsx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == "docProps/core.xml" else old.read(name))
    (tmp_path / "科技局.xlsx").write_bytes(out.getvalue())
    assert "只照搬了格子里的内容" in verify("科技局.xlsx", "--mark", "标注.xlsx").err
    copy = load_workbook(tmp_path / "标注.xlsx")
    assert [str(area) for area in copy["表"].merged_cells.ranges] == ["A2:A3"]
    assert copy["表"].row_dimensions[4].hidden
    assert copy["表"].column_dimensions["D"].hidden
    assert copy["底稿"].sheet_state == "hidden"
    first = verify("科技局.xlsx", "--format", "json").json
    again = verify("标注.xlsx", "--format", "json").json
    assert [each["actual"] and each["actual"]["row"] for each in first["results"]] == [
        each["actual"] and each["actual"]["row"] for each in again["results"]
    ]
    assert [each["rule"] for each in first["findings"]] == [
        each["rule"] for each in again["findings"]
    ]


def test_a_workbook_whose_parts_openpyxl_does_not_find_is_made_anew(verify, tmp_path):
    """Some exports spell the names of parts with a backslash: openpyxl leaves out such sheets."""
    book(tmp_path / "科技局.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "科技局.xlsx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("xl/worksheets/", "xl/Worksheets/"), old.read(name))
    (tmp_path / "科技局.xlsx").write_bytes(out.getvalue())
    assert verify("科技局.xlsx", "--mark", "标注.xlsx").code == 0
    assert load_workbook(tmp_path / "标注.xlsx")["Sheet1"]["D2"].value == "√ 达序时"


def test_a_column_in_a_range_of_widths_is_parted_from_it(verify, tmp_path):
    """WPS writes one width for all the columns right of the form; twice the same column is damage."""
    made = write_book(
        tmp_path / "a.xlsx", {"Sheet1": [["编号", "实际值", "期间"], ["CX01", 35, "2024-06"]]}
    )
    sheet = made["Sheet1"]
    sheet.column_dimensions["B"].min, sheet.column_dimensions["B"].max = 2, 16384
    sheet.column_dimensions["B"].width = 4
    made.save(tmp_path / "a.xlsx")
    verify("a.xlsx", "--mark", "标注.xlsx")
    content = (tmp_path / "标注.xlsx").read_bytes()
    assert problems_of(content) == []
    widths = load_workbook(tmp_path / "标注.xlsx")["Sheet1"].column_dimensions
    assert [(widths[at].min, widths[at].max, widths[at].width) for at in "BDEFG"] == [
        (2, 3, 4), (4, 4, 22), (5, 5, 10), (6, 6, 12), (7, 16384, 4)]  # fmt: skip


def test_numbers_are_written_as_they_were_stored(verify, tmp_path):
    """openpyxl makes dates of numbers in date formats, an error of what is no date, and 60 of 59."""
    write_book(
        tmp_path / "a.xlsx",
        {
            "Sheet1": [
                ["编号", "实际值", "期间", "备注"],
                ["CX01", (60, "yyyy-mm-dd"), "2024-06", None],
                [
                    "CX03",
                    (12345678, "yyyy-mm-dd"),
                    "2024-06",
                    (45444.123456789, "yyyy-mm-dd hh:mm"),
                ],
            ]
        },
    )
    stored = [
        b"<v>60</v>",
        b"<v>12345678</v>",
        b"<v>45444.123456789</v>",
    ]

    def values(name: str, part: str) -> list[bool]:
        with zipfile.ZipFile(tmp_path / name) as archive:
            return [each in archive.read(part) for each in stored]

    assert values("a.xlsx", "xl/worksheets/sheet1.xml") == [True] * 3
    verify("a.xlsx", "--mark", "标注.xlsx")
    assert values("标注.xlsx", "xl/worksheets/sheet2.xml") == [True] * 3


def test_a_file_that_is_too_big_is_said(verify, tmp_path, monkeypatch):
    monkeypatch.setattr("dtcheck.marking.source.MOST_CELLS", 5)
    write(tmp_path / "a.csv", FORM)
    done = verify("a.csv", "--mark", "标注.xlsx")
    assert (done.code, "a.csv 没有标注" in done.err, "太大" in done.err) == (2, True, True)
    assert not (tmp_path / "标注.xlsx").exists()


def test_a_very_long_cell_is_cut_and_that_is_said(verify, tmp_path):
    write(
        tmp_path / "a.csv",
        FORM.replace("期间", "期间,备注").replace("2024-06", "2024-06," + "长" * 40_000),
    )
    done = verify("a.csv", "--mark", "标注.xlsx")
    assert "Sheet1!E2 太长，截去的字" in done.err
    assert load_workbook(tmp_path / "标注.xlsx")["Sheet1"]["E2"].value == "长" * 32_767


@pytest.mark.parametrize("text", ["\x1b[31m红", "a\x00b", "\u202e反", "\ufffe", "x\x0by"])
def test_control_characters_do_no_harm(verify, tmp_path, text):
    write(
        tmp_path / "a.csv",
        f"编号,实际值,单位,期间,备注\nCX01,9{text},家,2024-06,{text}\n",
        "utf-8-sig",
    )
    done = verify("a.csv", "--mark", "标注.xlsx")
    if done.code != 2:
        assert problems_of((tmp_path / "标注.xlsx").read_bytes()) == []
        assert load_workbook(tmp_path / "标注.xlsx").sheetnames == ["检查结果", "Sheet1"]


def test_a_read_only_folder_is_said(verify, tmp_path, monkeypatch):
    """As root there is no such folder: the system's answer is put in its place."""
    write(tmp_path / "a.csv", FORM)
    from pathlib import Path

    opened = Path.open

    def refusing(self, mode="r", *args, **more):
        if "x" in mode:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, *args, **more)

    monkeypatch.setattr(Path, "open", refusing)
    done = verify("a.csv", "--mark", "标注.xlsx")
    assert (done.code, "写不进 标注.xlsx：没有权限" in done.err) == (2, True)
    assert not (tmp_path / "标注.xlsx").exists()
