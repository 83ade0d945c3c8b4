"""Folders as arguments, and the month in a path against the period in a row."""

from __future__ import annotations

import json
import os
from itertools import permutations

import pytest
from limits import POSIX, locked, obey_permissions, process

from dtcheck.tables.folders import submission_files


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
    assert findings == []


def test_a_file_is_read_once_however_it_is_reached(tmp_path):
    file = write(tmp_path / "2024-06" / "a.csv")
    paths = [str(file), str(tmp_path), str(tmp_path / "2024-06")]
    for order in permutations(paths):
        assert list(submission_files(order, [])) == [str(file)]
    # Written out twice it is read twice: that is what DT207 is for.
    assert list(submission_files([str(file), str(file)], [])) == [str(file), str(file)]


def test_links_to_folders_are_not_followed(tmp_path):
    write(tmp_path / "2024-06" / "a.csv")
    (tmp_path / "2024-06" / "again").symlink_to(tmp_path)
    assert len(list(submission_files([str(tmp_path)], []))) == 1


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
    assert found == [("DT106", "error", str(folder))]
    assert done.code == 1


def test_other_office_files_are_not_passed_over_in_silence(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv")
    write(tmp_path / "2024-06" / "b.xls")
    write(tmp_path / "2024-06" / "c.PDF")
    done = run("verify", tmp_path, "--format", "json", "--select", "GY01")
    found = [(each["rule"], each["level"], each["file"][-5:]) for each in done.json["findings"]]
    assert found == [("DT107", "warning", "b.xls"), ("DT107", "warning", "c.PDF")]
    assert done.code == 0


def test_one_bad_file_in_a_folder_hides_nothing(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", "\0\1\2")
    write(tmp_path / "2024-06" / "b.csv")
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
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    findings = []
    assert list(submission_files([str(tmp_path)], findings)) == []
    assert [(each.rule.id, each.place.file) for each in findings] == [("DT101", str(tmp_path))]
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
    assert periods(run, tmp_path) == (("2024-06", 60), [], "2024-06")


def test_the_same_month_in_path_and_column_is_fine(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(60, "1-6月"))
    assert periods(run, tmp_path) == (("2024-06", 60), [], "2024-06")


def test_a_later_month_than_the_path_names_is_an_error_and_not_used(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(60, "2024-07"))
    write(tmp_path / "2024-05" / "a.csv", ROW.format(45, ""))
    # Nor does it move the month judged by: one slip would make every other figure out of date.
    assert periods(run, tmp_path) == (
        ("2024-05", 45),
        [("DT211", "error", "期间")],
        "2024-05",
    )
    assert run("verify", tmp_path, "--fail-on", "data").code == 1


def test_an_earlier_month_is_a_late_figure(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format(45, "2024-05"))
    assert periods(run, tmp_path) == (("2024-05", 45), [("DT312", "info", "期间")], "2024-05")


def test_an_earlier_month_corrects(run, tmp_path):
    write(tmp_path / "2024-05" / "a.csv", ROW.format(45, "2024-05"))
    write(tmp_path / "2024-06" / "a.csv", ROW.format(44, "2024-05"))
    actual, rules, _ = periods(run, tmp_path)
    assert actual == ("2024-05", 44)
    assert sorted(rules)[:2] == [("DT310", "info", "实际值"), ("DT312", "info", "期间")]


def test_january_of_the_next_year_may_hold_the_whole_year(run, tmp_path):
    write(tmp_path / "2025-01" / "a.csv", ROW.format(101, "全年"))
    assert periods(run, tmp_path) == (("2024-12", 101), [("DT312", "info", "期间")], "2024-12")


def test_a_header_s_period_is_held_against_the_path_too(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", "编号,1-7月累计\nGY01,60\n")
    actual, rules, _ = periods(run, tmp_path)
    assert actual is None
    assert [rule for rule, _, _ in rules if rule != "DT305"] == ["DT211"]


def test_a_blank_figure_of_an_earlier_month_is_just_blank(run, tmp_path):
    write(tmp_path / "2024-06" / "a.csv", ROW.format("—", "2024-05"))
    _, rules, _ = periods(run, tmp_path)
    assert rules == [("DT311", "info", "实际值")]


@pytest.mark.parametrize("path", ["2024-q1.csv", "20240612.csv", "a-12024-06.csv"])
def test_a_path_that_names_no_month_conflicts_with_nothing(run, tmp_path, path):
    file = write(tmp_path / path, ROW.format(60, "2024-06"))
    document = run("verify", file, "--format", "json", "--select", "GY01").json
    assert document["findings"] == []
