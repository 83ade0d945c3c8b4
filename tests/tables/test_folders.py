"""Folders as arguments, and the month in a path against the period in a row."""

from __future__ import annotations

import json
import os
from itertools import permutations
from pathlib import Path

import pytest
from books import write_book
from limits import POSIX, locked, obey_permissions, process

from dtcheck.rules import shown_path
from dtcheck.tables.folders import submission_files
from dtcheck.tables.table import shown_name


def write(path, text="编号,实际值,单位\nGY01,60,个\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(paths, folder):
    return [os.path.relpath(path, folder).replace(os.sep, "/") for path in paths]


def test_recursive_sorted_and_only_submissions(tmp_path):
    for name in (
        "2024-06/b.csv",
        "2024-06/a.XLSX",
        "2024-05/z.tsv",
        "2024-05/y.txt",
        "2024-05/sub/x.csv",
        "top.csv",
        "~$top.csv",
        ".hidden.csv",
        ".git/config.csv",
        "README.md",
        "notes.json",
    ):
        write(tmp_path / name)
    findings = []
    found = names(submission_files([str(tmp_path)], findings), tmp_path)
    assert found == [
        "2024-05/sub/x.csv",
        "2024-05/y.txt",
        "2024-05/z.tsv",
        "2024-06/a.XLSX",
        "2024-06/b.csv",
        "top.csv",
    ]
    # Hidden and lock files are not worth a word.
    assert [(each.rule.id, each.place.file, each.message) for each in findings] == [
        ("DT107", f"{tmp_path.as_posix()}/notes.json", ".json 格式的文件没有检查"),
        ("DT111", tmp_path.as_posix(), "没有检查其中的 1 个文件：README.md"),
    ]


def test_a_file_is_read_once_however_it_is_reached(tmp_path):
    file = write(tmp_path / "2024-06" / "a.csv")
    paths = [str(file), str(tmp_path), str(tmp_path / "2024-06")]
    for order in permutations(paths):
        assert list(submission_files(order, [])) == [str(file)]
    # Written out twice it is read twice: that is what DT207 is for.
    assert list(submission_files([str(file), str(file)], [])) == [str(file), str(file)]


@pytest.mark.posix("links: on Windows only who may make them can")
def test_links_to_folders_are_not_followed(tmp_path):
    write(tmp_path / "2024-06" / "a.csv")
    (tmp_path / "2024-06" / "again").symlink_to(tmp_path)
    assert len(list(submission_files([str(tmp_path)], []))) == 1


@pytest.mark.posix("pipes with names in folders")
def test_pipes_in_a_folder_are_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    write(tmp_path / "a.csv")
    assert names(submission_files([str(tmp_path)], []), tmp_path) == ["a.csv"]


@pytest.mark.parametrize("content", [[], ["README.md", "~$a.xlsx", ".a.csv"]])
def test_an_empty_folder_is_a_finding(run, tmp_path, content):
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in content:
        write(folder / name)
    done = run("verify", folder, "--format", "json")
    found = [(each["rule"], each["level"], each["file"]) for each in done.json["findings"]]
    others = [("DT111", "info", folder.as_posix())] if content else []
    assert found == [("DT106", "error", folder.as_posix()), *others]
    assert done.code == 1


DOCUMENTS = (
    "a.PDF b.doc c.docx d.wps e.zip f.rar g.7z h.html i.htm j.mht k.pptx l.jpg m.png n.ofd".split()
)


def test_documents_that_may_hold_figures_are_not_passed_over_in_silence(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(60, "2024-06"))
    for name in DOCUMENTS:
        write(tmp_path / "2024-06" / name)
    done = run("verify", tmp_path, "--format", "json", "--select", "GY01")
    found = [
        (each["rule"], each["level"], Path(each["file"]).name) for each in done.json["findings"]
    ]
    assert found == [("DT107", "warning", name) for name in DOCUMENTS]
    assert done.code == 0


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsm", "a.xlsb", "a.ods", "a.XLS"])
def test_a_table_in_a_folder_is_what_it_is_by_name(run, tmp_path, name):
    path = tmp_path / "2024-06" / name
    path.parent.mkdir()
    path.write_bytes(OLE)
    write(tmp_path / "2024-06" / "b.csv")
    in_folder = run("verify", tmp_path, "--format", "json", "--fail-on", "never")
    by_name = run("verify", path, path.with_name("b.csv"), "--format", "json", "--fail-on", "never")
    assert in_folder.json == by_name.json
    assert in_folder.code == 2
    [found] = [each for each in in_folder.json["findings"] if each["rule"] == "DT101"]
    assert (found["file"], found["level"]) == (path.as_posix(), "error")


def test_a_workbook_with_macros_in_a_folder_is_read(run, tmp_path):
    write_book(tmp_path / "a.xlsm", {"表": [["编号", "实际值", "单位"], ["GY01", 60, "个"]]})
    [found] = run("verify", tmp_path, "--format", "json", "--select", "GY01").json["results"]
    assert found["actual"]["value"] == 60


@pytest.mark.posix("links, and pipes with names in folders")
def test_what_is_not_read_is_named_in_one_line(tmp_path):
    write(tmp_path / "a.csv")
    for number in range(25):
        write(tmp_path / "below" / f"{number:02d}.log")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "below")
    write(tmp_path / "no suffix")
    os.mkfifo(tmp_path / "pipe.csv")
    findings = []
    assert names(submission_files([str(tmp_path)], findings), tmp_path) == ["a.csv"]
    [found] = findings
    named = found.message.removeprefix("没有检查其中的 28 个文件：")
    # Twenty of them, and that there are more.
    logs = [f"below/{number:02d}.log" for number in range(17)]
    assert named == "、".join(["elsewhere", "no suffix", "pipe.csv", *logs]) + "……"


@pytest.mark.posix("links: on Windows only who may make them can")
def test_a_link_that_leads_nowhere_is_a_file_that_is_not_there(run, tmp_path):
    write(tmp_path / "a.csv")
    (tmp_path / "科技局.xlsx").symlink_to(tmp_path / "gone.xlsx")
    done = run("verify", tmp_path, "--format", "json", "--select", "GY01")
    assert [(f["rule"], f["file"]) for f in done.json["findings"] if f["level"] == "error"] == [
        ("DT101", f"{tmp_path}/科技局.xlsx")
    ]
    assert done.code == 2


@pytest.mark.parametrize(
    ("named", "rules"),
    [
        (["~$a.xlsx", "a.csv"], ["DT110"]),
        (["~$a.xlsx"], ["DT106", "DT110"]),
        (["~$a.xlsx", "~$b.csv"], ["DT106", "DT110", "DT110"]),
        (["2024-06"], []),
        (["~$a.xlsx", "2024-06"], ["DT110"]),
    ],
)
def test_lock_files_are_no_submissions_even_if_named(run, tmp_path, named, rules):
    for name in ("~$a.xlsx", "~$b.csv", "a.csv", "2024-06/~$a.csv", "2024-06/b.csv"):
        write(tmp_path / name)
    done = run(
        "verify",
        *(tmp_path / name for name in named),
        "--format",
        "json",
        "--select",
        "GY01",
        "--fail-on",
        "data",
    )
    assert sorted(f["rule"] for f in done.json["findings"] if f["rule"] < "DT2") == rules
    assert done.code == (1 if "DT106" in rules else 0)


TREE = "a.csv 清单.xlsx README.txt 归档/b.csv 归档/深/c.csv 2024-06/清单.csv 2024-06/d.csv".split()


@pytest.mark.parametrize(
    ("patterns", "left", "excluded"),
    [
        ([], TREE, 0),
        (["清单*"], ["README.txt", "a.csv", "2024-06/d.csv", "归档/b.csv", "归档/深/c.csv"], 2),
        # A name has no folder in it, and holds at any depth; case doesn't count.
        (["readme.TXT"], [each for each in TREE if each != "README.txt"], 1),
        (["归档"], [each for each in TREE if "归档" not in each], 1),
        (["归档/"], [each for each in TREE if "归档" not in each], 1),
        (["归档/*"], [each for each in TREE if "归档" not in each], 1),
        (["归档/**"], [each for each in TREE if "归档" not in each], 1),
        (["./归档/b.csv"], [each for each in TREE if each != "归档/b.csv"], 1),
        (["归档\\b.csv"], [each for each in TREE if each != "归档/b.csv"], 1),
        (["**/清单.*"], [each for each in TREE if "清单" not in each], 2),
        (["2024-06/清单.*"], [each for each in TREE if each != "2024-06/清单.csv"], 1),
        # The path as it is seen from where the program runs.
        (["报数/2024-06/清单.*"], [each for each in TREE if each != "2024-06/清单.csv"], 1),
        (["?.csv"], ["README.txt", "清单.xlsx", "2024-06/清单.csv"], 4),
        # The folder that is named is not excluded by its own name.
        (["报数", "bc.csv", "csv", "深/", "nothing*"], [e for e in TREE if "深" not in e], 1),
        (["清单*", "归档", "README.txt"], ["a.csv", "2024-06/d.csv"], 4),
    ],
)
def test_names_that_are_taken_out_of_folders(tmp_path, monkeypatch, patterns, left, excluded):
    monkeypatch.chdir(tmp_path)
    for name in TREE:
        write(Path("报数", name))
    findings = []
    found = names(submission_files(["报数"], findings, patterns), "报数")
    assert sorted(found) == sorted(left)
    assert [(each.rule.id, each.message) for each in findings] == (
        [("DT111", f"按 exclude 略过了 {excluded} 个文件或文件夹")] if excluded else []
    )


def test_what_is_excluded_is_said_where_nothing_is_left(tmp_path):
    write(tmp_path / "清单.csv")
    write(tmp_path / "b.pdf")
    findings = []
    assert list(submission_files([str(tmp_path)], findings, ["*"])) == []
    assert [each.rule.id for each in findings] == ["DT111", "DT106"]
    assert "exclude" in findings[1].message


def test_a_file_that_is_named_is_not_excluded(tmp_path):
    path = str(write(tmp_path / "清单.csv"))
    assert list(submission_files([path], [], ["清单*"])) == [path]


def test_paths_are_shown_with_slashes_on_every_system(monkeypatch):
    monkeypatch.setattr(os, "sep", "/")
    assert shown_path("报数\\六月/a.csv") == "报数\\六月/a.csv"
    monkeypatch.setattr(os, "sep", "\\")
    assert shown_path("D:\\报数\\2024-06/科技局.csv") == "D:/报数/2024-06/科技局.csv"
    assert shown_name(".\\a.csv") == "./a.csv"
    assert shown_name("-") == "标准输入"


def test_one_bad_file_in_a_folder_hides_nothing(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", "\0\1\2")
    write(tmp_path / "2024-06" / "b.csv", ROW.format(60, "2024-06"))
    done = run("verify", tmp_path, "--format", "json", "--select", "GY01")
    assert done.code == 2
    # 60 of more than 100 by June.
    assert [each["status"] for each in done.json["results"]] == ["on_track"]
    assert [each["rule"] for each in done.json["findings"]] == ["DT101"]


@POSIX
def test_a_locked_folder_is_unreadable(tmp_path):
    locked(tmp_path)
    closed = tmp_path / "a" / "closed"
    closed.mkdir(parents=True, mode=0)
    write(tmp_path / "a" / "2024-06" / "b.csv")
    done = process("verify", tmp_path / "a", "--format", "json", before=obey_permissions)
    assert done.returncode == 2
    found = json.loads(done.stdout)["findings"]
    assert [each["file"] for each in found if each["rule"] == "DT101"] == [str(closed)]


def test_a_folder_that_cant_be_listed_is_unreadable(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path), 5)

    monkeypatch.setattr(os, "scandir", refuse)
    findings = []
    assert list(submission_files([str(tmp_path)], findings)) == []
    assert [(each.rule.id, each.place.file) for each in findings] == [
        ("DT101", tmp_path.as_posix())
    ]
    assert "没有权限" in findings[0].message


def periods(run, folder):
    document = run("verify", folder, "--format", "json", "--select", "GY01").json
    [result] = document["results"]
    actual = result["actual"]
    rules = [(each["rule"], each["level"], each["column"]) for each in document["findings"]]
    return actual and (actual["period"], actual["value"]), rules, document["as_of"]


ROW = "编号,实际值,单位,期间\nGY01,{},个,{}\n"


def test_the_path_stands_in_for_the_period_column(run, tmp_path):
    write(tmp_path / "submissions" / "2024-06" / "发改委.csv")
    # Said, so that a reader can check it.
    assert periods(run, tmp_path) == (("2024-06", 60), [("DT323", "info", None)], "2024-06")


def test_the_same_month_in_path_and_column_is_fine(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(60, "1-6月"))
    assert periods(run, tmp_path) == (("2024-06", 60), [], "2024-06")


def test_a_later_month_than_the_path_names_is_an_error_and_not_used(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(60, "2024-07"))
    write(tmp_path / "2024-05" / "a.csv", ROW.format(45, ""))
    # Nor does it move the month judged by: one slip would make every other figure out of date.
    assert periods(run, tmp_path) == (
        ("2024-05", 45),
        [("DT323", "info", None), ("DT211", "error", "期间")],
        "2024-05",
    )
    assert run("verify", tmp_path, "--fail-on", "data").code == 1


def test_an_earlier_month_is_a_late_figure(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(45, "2024-05"))
    # Of a whole file of May in June's folder somebody may have forgotten to change the month.
    assert periods(run, tmp_path) == (("2024-05", 45), [("DT312", "warning", None)], "2024-05")


def test_an_earlier_month_beside_others_of_the_folders_is_late(run, tmp_path):
    text = ROW.format(45, "2024-05") + "GY10,30,个,2024-06\n"
    write(tmp_path / "2024-06" / "a.csv", text)
    document = run("verify", tmp_path, "--format", "json", "--select", "GY01").json
    found = [(each["rule"], each["level"], each["row"]) for each in document["findings"]]
    assert ("DT312", "info", 2) in found
    # No longer once the target has the folder's month too.
    write(tmp_path / "2024-06" / "a.csv", text + "GY01,60,个,2024-06\n")
    document = run("verify", tmp_path, "--format", "json", "--select", "GY01").json
    assert document["findings"] == []


def test_an_earlier_month_corrects(run, tmp_path):
    write(tmp_path / "2024-05" / "a.csv", ROW.format(45, "2024-05"))
    write(tmp_path / "2024-06" / "a.csv", ROW.format(44, "2024-05"))
    actual, rules, _ = periods(run, tmp_path)
    assert actual == ("2024-05", 44)
    assert sorted(rules)[:2] == [("DT310", "info", "实际值"), ("DT312", "warning", None)]


def test_january_of_the_next_year_may_hold_the_whole_year(run, tmp_path):
    write(tmp_path / "2025-01" / "a.csv", ROW.format(101, "全年"))
    assert periods(run, tmp_path) == (("2024-12", 101), [("DT312", "warning", None)], "2024-12")


def test_a_header_s_period_is_held_against_the_path_too(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", "编号,1-7月累计\nGY01,60\n")
    actual, rules, _ = periods(run, tmp_path)
    assert actual is None
    assert [rule for rule, _, _ in rules if rule != "DT305"] == ["DT211"]


def test_a_blank_figure_of_an_earlier_month_is_just_blank(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format("—", "2024-05"))
    _, rules, _ = periods(run, tmp_path)
    assert rules == [("DT311", "info", "实际值")]


@pytest.mark.parametrize("path", ["20240612.csv", "a-12024-06.csv", "表1-5.csv", "(5).csv"])
def test_a_path_that_names_no_month_conflicts_with_nothing(run, tmp_path, path):
    file = write(tmp_path / path, ROW.format(60, "2024-06"))
    document = run("verify", file, "--format", "json", "--select", "GY01").json
    assert document["findings"] == []


@pytest.mark.parametrize("path", ["2024-q1.csv", "2024年一季度.csv", "1-5月.csv", "上半年/5月.csv"])
def test_a_path_that_names_an_earlier_month(run, tmp_path, path):
    file = write(tmp_path / path, ROW.format(60, "2024-06"))
    document = run("verify", file, "--format", "json", "--select", "GY01").json
    assert [each["rule"] for each in document["findings"]] == ["DT211"]
