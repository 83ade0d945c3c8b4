"""Two cities, eight bureaus each, three months, planted faults: what each format tells, valid by its schema.

The repository and what is planted in it: ``cities.py`` and ``pipeline.py``. Expectations by hand.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter

import jsonschema
import pytest
from annotations import annotations
from cities import HAICHUAN_BEHIND, HAICHUAN_MISTAKES, build_cities
from lxml import etree
from pipeline import EVERYTHING
from running import DATA

LEVELS = ("never", "data", "missed", "behind", "missing")
FAULTY = (EVERYTHING, {**HAICHUAN_MISTAKES, **HAICHUAN_BEHIND})
# (file, line, title) of what counts by default, by hand.
ERRORS = {
    ("东台/submissions/2024-05/科技局.csv", 3, "DT202"),
    ("东台/submissions/2024-06/住建局.csv", 3, "DT211"),
    ("东台/submissions/2024-06/商务局.csv", 5, "DT204"),
    ("东台/submissions/2024-06/农业农村局.csv", 3, "XC18"),
    ("东台/submissions/2024-06/应急局.csv", 3, "AQ02"),
    ("海川/submissions/2024-06/工信局.csv", 2, "DT202"),
    ("海川/submissions/2024-06/农业农村局.csv", 2, "DT204"),
    ("海川/submissions/2024-06/住建局.csv", 2, "CS02"),
}
# What was refused in June has an older figure (DT304): two in each.
WARNINGS = {
    ("东台/submissions/2024-05/住建局.csv", 3, "DT304"),
    ("东台/submissions/2024-05/商务局.csv", 5, "DT304"),
    ("海川/submissions/2024-05/工信局.csv", 2, "DT304"),
    ("海川/submissions/2024-05/农业农村局.csv", 2, "DT304"),
}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """The root of the repository; the current folder."""
    build_cities(tmp_path, *FAULTY)
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY", "DTCHECK_TARGETS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def marked(found):
    return {(each.file, each.line, each.title.split()[0]) for each in found}


def test_the_right_rows_are_annotated(run, repository):
    done = run("verify", ".", "--format", "github")
    found = annotations(done.out)
    assert done.code == 1
    assert marked(each for each in found if each.command == "error") == ERRORS
    assert marked(each for each in found if each.command == "warning") == WARNINGS
    assert len(found) == len(ERRORS) + len(WARNINGS)
    # % and line breaks come back whole.
    [short] = [each for each in found if each.title == "CS02 欠序时"]
    assert "完成率 41.7%，序时应达到 300 个" in short.message
    [refused] = [each for each in found if each.line == 5 and each.command == "error"]
    assert refused.message.split("\n") == [
        "第4行 “单位”列：报的是“公里”，“外贸进出口”的目标是 ≥19亿美元，不能互换",
        "请报以“亿美元”为单位的累计数",
    ]
    for each in found:
        lines = (repository / each.file).read_text(encoding="utf-8-sig").split("\n")
        assert re.match("[A-Z]{2}[0-9]{2},", lines[(each.line or 0) - 1])


# By level, and strict: whether a finding of data, a missed, a behind target, a warning counts.
@pytest.mark.parametrize(
    ("options", "counted"),
    [
        (["--fail-on", "never"], ""),
        (["--fail-on", "data"], "DT2"),
        (["--fail-on", "missed"], "DT2 AQ02"),
        (["--fail-on", "behind"], "DT2 AQ02 XC18 CS02"),
        (["--fail-on", "never", "--strict"], ""),
        (["--fail-on", "data", "--strict"], "DT2 DT3"),
        (["--fail-on", "missed", "--strict"], "DT2 DT3 AQ02"),
        (["--fail-on", "missing", "--strict"], "DT2 DT3 AQ02 XC18 CS02 未填报"),
    ],
)
def test_an_error_is_exactly_what_counts(run, repository, options, counted):
    done = run("verify", ".", "--format", "github", *options)
    found = annotations(done.out)
    errors = marked(each for each in found if each.command == "error")
    prefixes = tuple(counted.split())
    wanted = {each for each in ERRORS | WARNINGS if counted and each[2].startswith(prefixes)}
    if "未填报" in counted:
        # 东台's alone: 海川's are all in, though two can't be used, which is told above.
        wanted |= {("", None, "未填报")}
    assert errors == wanted
    assert done.code == int(bool(wanted))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("strict", [[], ["--strict"]])
@pytest.mark.parametrize(
    ("dongtai", "haichuan", "codes"),
    [
        # By level: nothing planted; 东台's 81 targets that nobody reported count with the last level.
        (None, None, "00001"),
        (None, HAICHUAN_BEHIND, "00011"),
        (None, HAICHUAN_MISTAKES, "01111"),
        (EVERYTHING, None, "01111"),
        (*FAULTY, "01111"),
    ],
)
def test_the_worst_code_of_the_two(
    run, tmp_path, monkeypatch, dongtai, haichuan, codes, level, strict
):
    build_cities(tmp_path, dongtai, haichuan)
    monkeypatch.chdir(tmp_path)
    done = run("verify", "东台", "海川", "--format", "json", "--fail-on", level, *strict)
    assert done.code == int(codes[LEVELS.index(level)])
    assert (
        done.json["exit_code"]
        == done.code
        == max(each["exit_code"] for each in done.json["reports"])
    )


# The documents, each by the schema of who reads it.


def test_json(run, repository):
    schema = json.loads(run("verify", "--json-schema").out)
    several = run("verify", ".", "--format", "json", "--all").json
    jsonschema.validate(several, schema)
    assert [each["targets"]["place"] for each in several["reports"]] == ["东台市", "海川市"]
    errors = [
        (each["file"], each["line"], each["rule"])
        for report in several["reports"]
        for each in report["findings"]
        if each["level"] == "error"
    ]
    assert set(errors) == {each for each in ERRORS if each[2].startswith("DT")}
    for place in ("东台", "海川"):
        jsonschema.validate(run("verify", place, "--format", "json").json, schema)
    # What is not as it should be is told apart.
    del several["reports"][1]["findings"][0]["fingerprint"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(several, schema)


def code_quality(run, *args):
    document = json.loads(run("verify", *args, "--format", "gitlab").out)
    schema = json.loads((DATA / "codequality.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    return document


@pytest.mark.parametrize("options", [[], ["--all"], ["--strict", "--fail-on", "missing"]])
def test_code_quality(run, repository, options):
    document = code_quality(run, ".", *options)
    prints = [each["fingerprint"] for each in document]
    assert len(set(prints)) == len(prints) >= len(ERRORS | WARNINGS)
    serious = {
        (each["location"]["path"], each["location"]["lines"]["begin"], each["check_name"])
        for each in document
        if each["severity"] in ("major", "critical", "blocker") and each["check_name"] != "no_data"
    }
    statuses = {"XC18": "behind", "CS02": "behind", "AQ02": "missed"}
    assert serious == {(file, line, statuses.get(check, check)) for file, line, check in ERRORS}


def test_code_quality_of_what_is_broken_and_of_nothing(run, repository):
    (repository / "海川" / "targets.yaml").write_text("format: 1\nplace: [\n", encoding="utf-8")
    assert [each["severity"] for each in code_quality(run, ".")] == ["blocker"]
    assert code_quality(run, "东台/submissions/2024-04", "--select", "GY01") == []


def test_code_quality_of_a_broken_configuration(run, repository):
    (repository / "海川" / "pyproject.toml").write_text("[tool.dtcheck]\nx = 1\n", encoding="utf-8")
    [found] = code_quality(run, ".")
    assert (found["severity"], found["location"]["path"]) == ("blocker", "海川/pyproject.toml")


def test_code_quality_has_one_fingerprint_in_whatever_folder_it_is_checked_out(
    run, repository, tmp_path_factory, monkeypatch
):
    def prints(root, *paths):
        monkeypatch.setenv("CI_PROJECT_DIR", str(root))
        return {each["fingerprint"] for each in code_quality(run, *map(str, paths))}

    other = tmp_path_factory.mktemp("other") / "checkout"
    shutil.copytree(repository, other)
    here = prints(repository, ".")
    assert here
    assert here == prints(repository, repository)
    assert here == prints(other, other)
    monkeypatch.chdir(other / "东台")
    assert here == prints(other, "..")


def test_what_people_read_ends_with_a_line_each_that_counts_what_is_shown(
    run, tmp_path, monkeypatch
):
    build_cities(tmp_path)
    monkeypatch.chdir(tmp_path)
    # 东台's table is about eight bureaus of many: 56 of their targets have no figure, 80 of all.
    own = "东台市 2024年（东台/targets.yaml）数据检查：错误 0、警告 0、提示 25。退出码 0：没有需要处理的问题，未填报 56 项不计入。"
    other = "海川市 2024年（海川/targets.yaml）数据检查：错误 0、警告 0、提示 25。退出码 0：没有需要处理的问题。"
    assert run("verify", ".").out.splitlines()[-2:] == [own, other]
    assert run("verify", ".", "--format", "markdown").out.splitlines()[-3:] == [
        "",
        f"- {own}",
        f"- {other}",
    ]
    assert run("verify", ".", "--all").out.splitlines()[-2] == own.replace("56", "80")
    assert run("verify", ".", "--format", "concise").err.splitlines() == [
        own.replace("56", "80"),
        other,
    ]


def test_junit(run, repository):
    document = etree.fromstring(run("verify", ".", "--format", "junit").out.encode())
    etree.XMLSchema(etree.parse(DATA / "junit.xsd")).assertValid(document)
    failed = Counter(
        suite.get("name").split()[0]
        for suite in document
        for case in suite.iter("testcase")
        if case.find("failure") is not None
    )
    assert failed == {"东台市": 5, "海川市": 3}
    assert (document.get("failures"), document.get("errors")) == ("8", "0")
    assert len({suite.get("name") for suite in document}) == len(document)
    assert_cases_are_told_apart(document)
    classes = {case.get("classname") for case in document.iter("testcase")}
    assert {"dtcheck.东台市.GY", "dtcheck.海川市.GY"} <= classes


def assert_cases_are_told_apart(document):
    """GitLab makes one of two cases with equal class and name, and loses the failure of one."""
    cases = [(case.get("classname"), case.get("name")) for case in document.iter("testcase")]
    assert len(cases) == len(set(cases))


def test_junit_of_places_by_one_name(run, repository):
    targets = repository / "海川" / "targets.yaml"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("place: 海川市", "place: 东台市"), encoding="utf-8")
    document = etree.fromstring(run("verify", ".", "--format", "junit").out.encode())
    assert_cases_are_told_apart(document)
    classes = {case.get("classname") for case in document.iter("testcase")}
    assert {"dtcheck.东台市（东台）.GY", "dtcheck.东台市（海川）.GY"} <= classes


def test_junit_of_two_configurations_with_one_targets_file(run, repository):
    (repository / "海川" / "pyproject.toml").write_text(
        '[tool.dtcheck]\ntargets = "../东台/targets.yaml"\n', encoding="utf-8"
    )
    document = etree.fromstring(run("verify", ".", "--format", "junit").out.encode())
    assert len({suite.get("name") for suite in document}) == len(document)
    assert_cases_are_told_apart(document)


# Fingerprints: the same thing has the same, whatever else is there.


def prints(run, *args):
    """Return the fingerprints of a run's JSON by what they are of."""
    found = run("verify", *args, "--format", "json", "--all").json
    return {
        each["fingerprint"]: (each["file"], each["rule"], each["code"], each["row"])
        for report in found.get("reports", [found])
        for each in report["findings"]
    }


def test_no_two_findings_of_a_run_share_a_fingerprint(run, repository):
    document = run("verify", ".", "--format", "json", "--all").json
    found = [each["fingerprint"] for report in document["reports"] for each in report["findings"]]
    # Three errors, two warnings, 24 infos; two, two, 23.
    assert len(found) == len(set(found)) == 29 + 27


@pytest.mark.parametrize("options", [[], ["--all"]])
def test_code_quality_and_json_call_it_the_same(run, repository, options):
    ours = prints(run, ".")
    theirs = {each["fingerprint"]: each["check_name"] for each in code_quality(run, ".", *options)}
    rules = {each: name for each, name in theirs.items() if name.startswith("DT")}
    assert rules.items() <= {each: what[1] for each, what in ours.items()}.items()
    assert (len(rules) == len(ours)) is bool(options)


def test_fingerprints_outlive_rows_months_and_places_beside_them(run, repository):
    before = prints(run, ".")
    [mistake] = [each for each, what in before.items() if what[1:3] == ("DT202", "CX09")]
    # A row above, a month more, the other city left out: the row has moved, the finding is the same.
    path = repository / "东台" / "submissions" / "2024-05" / "科技局.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([lines[0], "CX01,,,,,", *lines[1:]]), encoding="utf-8")
    (repository / "东台" / "submissions" / "2024-07").mkdir()
    for args in ((".",), ("东台",), ("./东台/",)):
        after = prints(run, *args)
        assert after[mistake] == (before[mistake][0], "DT202", "CX09", 4)
        gone = {each for each in before if "东台" in before[each][0]} - after.keys()
        # What is said of a folder is said of it as it is called.
        assert {before[each][1] for each in gone} <= {"DT111"}


def test_a_file_by_another_name_is_another_finding(run, repository):
    """DESIGN: the file is part of it. What the mistakes of next month's file are, they are anew."""
    before = prints(run, "海川")
    june, july = (repository / "海川" / "submissions" / f"2024-0{month}" for month in (6, 7))
    june.rename(july)
    after = prints(run, "海川")
    moved = {what[1:] for what in before.values() if "2024-06" in what[0]}
    assert moved <= {what[1:] for what in after.values()}
    assert not {each for each, what in before.items() if "2024-06" in what[0]} & after.keys()
