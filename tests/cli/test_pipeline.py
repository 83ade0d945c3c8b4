"""One pipeline run over eight bureaus and three months, in each format; its exit codes.

The folder and what is planted in it: ``pipeline.py``. Expectations by hand.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from lxml import etree
from pipeline import BEHIND, CODES, EVERYTHING, MISSED, MISTAKES, build
from running import ROOT

FORMATS = ("table", "markdown", "json", "csv", "github", "junit")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """The working directory of a pipeline, with everything planted."""
    build(tmp_path / "submissions", EVERYTHING)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DTCHECK_TARGETS", str(ROOT / "targets.yaml"))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


@pytest.fixture
def verify(run, repository, monkeypatch):
    """``run`` clears DTCHECK_TARGETS; a pipeline says which targets it means."""
    return lambda *args: run("verify", "submissions", "--targets", ROOT / "targets.yaml", *args)


# (file, row, line, rule, code), in the order of the folder.
PLANTED = [
    ("submissions/2024-05/科技局.csv", 3, 3, "DT202", "CX09"),
    ("submissions/2024-06/住建局.csv", 3, 3, "DT211", "CS03"),
    ("submissions/2024-06/商务局.csv", 4, 5, "DT204", "CX15"),
]


def test_json(verify):
    done = verify("--format", "json", "--select", CODES)
    document = done.json
    errors = [
        (each["file"], each["row"], each["line"], each["rule"], each["code"])
        for each in document["findings"]
        if each["level"] == "error"
    ]
    assert errors == PLANTED
    # The figure of May is all there is for the two whose June was refused: too old (DT304).
    stale = [each["code"] for each in document["findings"] if each["rule"] == "DT304"]
    assert sorted(stale) == ["CS03", "CX15"]
    assert (done.code, document["exit_code"], document["as_of"]) == (1, 1, "2024-06")
    statuses = {each["code"]: each["status"] for each in document["results"]}
    assert {code: status for code, status in statuses.items() if status != "on_track"} == {
        "AQ02": "missed",
        "XC18": "behind",
        "CX15": "no_data",
        "CS03": "no_data",
        # Registered at the year's end.
        "GY17": "open",
    }
    summary = document["summary"]
    assert (summary["total"], summary["on_track"], summary["errors"]) == (16, 11, 3)
    behind = next(each for each in document["results"] if each["code"] == "XC18")
    # 3000 of 7000 is 42.857 %, and half is due.
    assert behind["gap_to_pace"] == pytest.approx(300 / 7 - 50)
    assert behind["needed_per_month"] == pytest.approx(4000 / 6)
    assert (behind["actual"]["file"], behind["actual"]["row"]) == (
        "submissions/2024-06/农业农村局.csv",
        3,
    )


def annotations(out: str) -> list[tuple[str, str, str, str]]:
    """Return (command, file, line, title) of each workflow command."""
    found = []
    for line in out.splitlines():
        if line.startswith("::"):
            command, _, rest = line[2:].partition(" ")
            properties = dict(each.split("=", 1) for each in rest.partition("::")[0].split(","))
            found.append(
                (
                    command,
                    properties.get("file", ""),
                    properties.get("line", ""),
                    properties["title"],
                )
            )
    return found


def test_github_names_the_exact_rows(verify):
    done = verify("--format", "github")
    assert annotations(done.out) == [
        ("error", "submissions/2024-05/科技局.csv", "3", "DT202 实际值不是数"),
        ("error", "submissions/2024-06/住建局.csv", "3", "DT211 期间晚于文件夹或文件名的月份"),
        ("error", "submissions/2024-06/商务局.csv", "5", "DT204 单位与目标不是同一类"),
        ("error", "submissions/2024-06/农业农村局.csv", "3", "XC18 欠序时"),
        ("error", "submissions/2024-06/应急局.csv", "3", "AQ02 未完成"),
        ("warning", "submissions/2024-05/住建局.csv", "3", "DT304 数字过时了"),
        ("warning", "submissions/2024-05/商务局.csv", "5", "DT304 数字过时了"),
    ]
    lines = done.out.splitlines()
    # Excel's row is named where it isn't the line's; what % and line breaks are is escaped.
    assert "::第4行 “单位”列：" in lines[2]
    assert (
        "完成率 42.9%25，序时应达到 3500 人，距序时 -7.1 个百分点，以后每月需 666.67人" in lines[3]
    )
    assert "备注 农忙，下半年补训" in lines[3]
    assert lines[-1] == "数据检查：错误 3、警告 2、提示 24。退出码 1：有需要处理的问题。"
    for row in PLANTED:
        text = (row[0], row[2])
        assert text in [(file, int(line or 0)) for _, file, line, _ in annotations(done.out)]


def test_the_annotated_lines_hold_what_is_wrong(verify, repository):
    """The line of an annotation is the line of the text where the row begins."""
    wanted = {
        "DT202": "CX09",
        "DT204": "CX15",
        "DT211": "CS03",
        "XC18": "XC18",
        "AQ02": "AQ02",
        "DT304": "C",
    }
    found = [each for each in annotations(verify("--format", "github").out) if each[0] != "notice"]
    assert len(found) == 7
    for _, file, line, title in found:
        text = (repository / file).read_text(encoding="utf-8-sig").split("\n")
        assert text[int(line) - 1].startswith(wanted[title.split()[0]])


def junit(out: str):
    document = etree.fromstring(out.encode())
    etree.XMLSchema(etree.parse(ROOT / "tests" / "data" / "junit.xsd")).assertValid(document)
    return document


def test_junit_is_valid_and_fails_the_right_cases(verify):
    document = junit(verify("--format", "junit").out)
    suites = document.findall("testsuite")
    # The last is about the folder: README.md is no submission.
    assert [suite.get("name")[:2] for suite in suites] == "ZH GY CX CS XC ST MS AQ 报数".split()
    assert (document.get("tests"), document.get("failures"), document.get("errors")) == (
        "133",
        "5",
        "0",
    )
    failed = {
        case.get("name").split()[0]: case.find("failure").get("type")
        for case in document.iter("testcase")
        if case.find("failure") is not None
    }
    assert failed == {
        "CX09": "DT202",
        "CX15": "DT204",
        "CS03": "DT211",
        "XC18": "behind",
        "AQ02": "missed",
    }
    sections = {suite.get("name")[:2]: suite.get("failures") for suite in suites}
    assert sections == {
        **dict.fromkeys("ZH GY ST MS 报数".split(), "0"),
        "CX": "2",
        "CS": "1",
        "XC": "1",
        "AQ": "1",
    }
    [case] = [case for case in document.iter("testcase") if case.get("name")[:4] == "CX15"]
    assert case.find("failure").text.endswith("位置：submissions/2024-06/商务局.csv 第4行 “单位”列")
    [fine] = [case for case in document.iter("testcase") if case.get("name")[:4] == "GY01"]
    assert [child.tag for child in fine] == ["system-out"]
    assert "submissions/2024-06/发改委.csv 第2行" in fine.findtext("system-out")


def test_csv_has_a_row_a_target(verify):
    out = verify("--format", "csv").out
    assert out.startswith("\ufeff编号,")
    assert out.count("\r\n") == 110
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(out[1:], newline=""))}
    assert len(rows) == 109
    behind = rows["XC18"]
    assert (behind["实际值"], behind["距目标"], behind["状态"]) == ("3000", "-4000", "欠序时")
    # Exactly -50/7; yellow, as it is less than ten points.
    assert (behind["距序时"], behind["灯"]) == ("-7.142857", "黄")
    assert (rows["AQ02"]["状态"], rows["AQ02"]["灯"]) == ("未完成", "红")
    assert rows["CX15"]["问题"] == "DT304 DT204"
    assert (rows["GY01"]["期间"], rows["GY01"]["文件"], rows["GY01"]["行"]) == (
        "2024-06",
        "submissions/2024-06/发改委.csv",
        "2",
    )


def test_markdown(verify):
    out = verify("--format", "markdown").out
    rows = [re.split(r" *\| *", line.strip("| ")) for line in out.splitlines() if "|" in line]
    findings = [row[1:3] for row in rows if row[0] == "错误"]
    assert sorted(findings) == [
        ["DT202", "submissions/2024-05/科技局.csv 第3行 “实际值”列"],
        ["DT204", "submissions/2024-06/商务局.csv 第4行 “单位”列"],
        ["DT211", "submissions/2024-06/住建局.csv 第3行 “期间”列"],
    ]
    short = {row[0]: row[-1] for row in rows if row[-1] in ("△ 欠序时", "× 未完成")}
    assert short == {"XC18": "△ 欠序时", "AQ02": "× 未完成"}


def test_table(verify):
    out = verify("--format", "table").out
    for file, row, _, rule, _ in PLANTED:
        assert re.search(rf"错误 {rule} {file} 第{row}行", out)
    assert re.search("XC18 .*△ 欠序时", out)
    assert re.search("AQ02 .*× 未完成", out)


def test_every_format_of_one_run_is_that_of_a_run_of_its_own(verify, repository):
    alone = {name: verify("--format", name, "--output", f"{name}.1") for name in FORMATS}
    assert {done.code for done in alone.values()} == {1}
    args = [f"--format={name}={name}.2" for name in FORMATS]
    done = verify(*args)
    assert (done.code, done.out) == (1, "")
    assert done.err == "数据检查：错误 3、警告 2、提示 24。退出码 1：有需要处理的问题。\n"
    for name in FORMATS:
        first, second = (repository / f"{name}.{n}" for n in (1, 2))
        assert first.read_bytes() == second.read_bytes()
        assert len(first.read_bytes()) > 1000


LEVELS = ("never", "data", "missed", "behind", "missing")


@pytest.mark.parametrize(
    ("planted", "codes"),
    [
        ({}, "00000"),
        (BEHIND, "00011"),
        (MISSED, "00111"),
        (MISTAKES, "01111"),
        (EVERYTHING, "01111"),
    ],
    ids=["nothing", "behind", "missed", "mistakes", "everything"],
)
def test_exit_codes(run, tmp_path, planted, codes):
    """One column a level, of the sixteen targets that the eight bureaus answer for."""
    folder = build(tmp_path / "submissions", planted)
    found = [run("verify", folder, "--select", CODES, "--fail-on", level).code for level in LEVELS]
    assert "".join(map(str, found)) == codes


def test_of_all_109_targets_many_are_missing(run, tmp_path):
    folder = build(tmp_path / "submissions", {})
    found = [run("verify", folder, "--fail-on", level).code for level in LEVELS]
    assert found == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("level", LEVELS)
def test_an_unreadable_file_is_2_at_every_level_and_hides_nothing(run, tmp_path, level):
    folder = build(tmp_path / "submissions", EVERYTHING)
    (folder / "2024-06" / "坏的.csv").write_bytes(b"PK\x03\x04\x00\xff\xfe\x00\x81")
    done = run("verify", folder, "--format", "json", "--fail-on", level)
    assert done.code == 2
    rules = [each["rule"] for each in done.json["findings"] if each["level"] == "error"]
    assert sorted(rules) == ["DT101", "DT202", "DT204", "DT211"]
    document = junit(run("verify", folder, "--format", "junit", "--fail-on", level).out)
    [broken] = [case for case in document.iter("testcase") if case.find("error") is not None]
    assert broken.get("name").endswith("坏的.csv")
    assert document.get("errors") == "1"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_junit_fails_exactly_when_the_run_does(run, tmp_path, level, strict):
    for planted in ({}, BEHIND, MISSED, MISTAKES):
        folder = build(tmp_path / str(len(list(tmp_path.iterdir()))), planted)
        done = run(
            "verify", folder, "--format=junit", "--select", CODES, "--fail-on", level, *strict
        )
        assert (junit(done.out).get("failures") != "0") is (done.code == 1)


def test_the_step_summary_is_appended(verify, repository, monkeypatch):
    summary = repository / "summary"
    summary.write_text("前一步写的\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for args in (["--format", "json"], ["--format", "table", "--format", "csv=x.csv"]):
        verify(*args)
        assert summary.read_text(encoding="utf-8") == "前一步写的\n"
    verify("--format", "github=log.txt", "--format", "junit=report.xml")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("前一步写的\n## 需要处理的问题（")
    markdown = verify("--format", "markdown").out
    assert text.endswith("\n" + markdown)


def test_a_summary_that_cant_be_written_changes_nothing(verify, repository, monkeypatch):
    wanted = verify("--format", "github")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "no" / "such" / "folder"))
    done = verify("--format", "github")
    assert (done.code, done.out) == (wanted.code, wanted.out)
    assert "GITHUB_STEP_SUMMARY 写不进" in done.err
