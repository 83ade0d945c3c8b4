"""What is shown unasked, where the many places of a finding go, and what the last line says."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest
from making import SMALL, write

from dtcheck.actuals import read_submissions
from dtcheck.formats import Style, render
from dtcheck.formats.closing import closing_line
from dtcheck.formats.content import fold_findings
from dtcheck.judge import FailOn, Policy, build_report
from dtcheck.rules import Finding, Level, Place
from dtcheck.rules.plausibility import NO_UNIT, SOFT_FIGURE, UNIT_FROM
from dtcheck.rules.rows import UNKNOWN_TARGET
from dtcheck.targets import load_targets

HEAD = "编号,实际值,单位,期间,下达目标,备注\n"
# Every target that is due in June has its figure, and keeps pace; ST01 has no goal.
FINE = [
    "GY01,60,个,6月,,",
    "GY02,160,亿元,6月,,",
    "GY03,6.6,%,6月,,",
    "CX01,40,家,6月,,",
    "CX03,0.7,亿美元,6月,,",
    "CX04,260,件,6月,,",
    "ST02,0,起,6月,,",
]


@pytest.fixture
def reported(tmp_path, monkeypatch):
    """Return the report on rows, of which those of one code replace a fine one."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)

    def reporting(*rows: str, fail_on: str = "behind", strict: bool = False):
        codes = {row[:4] for row in rows}
        lines = [row for row in FINE if row[:4] not in codes] + [row for row in rows if row[4:]]
        write(tmp_path / "a.csv", HEAD + "".join(f"{line}\n" for line in lines))
        file = load_targets("t.yaml")
        policy = Policy(fail_on=FailOn(fail_on), strict=strict)
        return build_report(file, read_submissions(["a.csv"], file), policy=policy)

    return reporting


SHORT = ("GY01,10,个,6月,,慢", "CX01,10,家,6月,,慢", "ST02,1,起,6月,,已立案")


@pytest.mark.parametrize(
    ("rows", "fail_on", "said"),
    [
        ((), "behind", "退出码 0：没有需要处理的问题。"),
        (("CX01",), "behind", "退出码 0：没有需要处理的问题，未填报 1 项不计入。"),
        (("CX01",), "missing", "退出码 1：有需要处理的问题。"),
        # The demo of old: an accident and shortfalls, and “没有需要处理的问题”.
        (
            SHORT,
            "never",
            "退出码 0：另有未完成 1 项、欠序时 2 项，按 --fail-on never 不计入退出码。",
        ),
        (SHORT, "data", "退出码 0：另有未完成 1 项、欠序时 2 项，按 --fail-on data 不计入退出码。"),
        (SHORT, "missed", "退出码 1：有需要处理的问题。"),
        (SHORT[:2], "missed", "退出码 0：另有欠序时 2 项，按 --fail-on missed 不计入退出码。"),
        (
            (*SHORT, "CX03"),
            "never",
            "退出码 0：另有未完成 1 项、欠序时 2 项、未填报 1 项，按 --fail-on never 不计入退出码。",
        ),
        (
            ("GY02,10,亿元,6月,,慢",),
            "behind",
            "退出码 0：另有争取目标欠序时 1 项，按 --fail-on behind 不计入退出码，争取目标加 --strict 才计入。",
        ),
        (
            ("GY02,10,亿元,6月,,慢",),
            "never",
            "退出码 0：另有争取目标欠序时 1 项，按 --fail-on never 不计入退出码。",
        ),
        (
            ("XX01,1,个,6月,,",),
            "never",
            "退出码 0：另有错误 1 条，按 --fail-on never 不计入退出码。",
        ),
        (("GY01,约60,个,6月,,",), "behind", "退出码 0：没有必须处理的问题，警告 1 条请核对。"),
        # Short in May and silent since: named as what it was, and not twice.
        (
            ("GY01,10,个,5月,,慢",),
            "never",
            "退出码 0：另有欠序时 1 项，按 --fail-on never 不计入退出码。",
        ),
        (("GY01,10,个,5月,,慢",), "behind", "退出码 1：有需要处理的问题。"),
    ],
)
def test_the_last_line_is_true(reported, rows, fail_on, said):
    report = reported(*rows, fail_on=fail_on)
    assert closing_line(report).partition("。")[2] == said
    assert f"退出码 {report.exit_code}" in said


def test_the_last_line_of_every_format_for_people(reported):
    report = reported(*SHORT, fail_on="never")
    for name in ("table", "markdown", "github"):
        text = render(name, report, Style(width=200)).replace("\\", "")
        assert "另有未完成 1 项、欠序时 2 项，按 --fail-on never 不计入退出码" in text


# Assumptions are shown


def found(rule, row, file="a.csv", message="说明", **more):
    return Finding(rule, message, "改法", Place(file, row), **more)


def test_an_assumption_is_shown_and_other_infos_are_folded():
    findings = [found(NO_UNIT, 2), found(UNIT_FROM, 3), found(SOFT_FIGURE, 4)]
    groups, folded = fold_findings(findings, everything=False)
    assert [each.rule for each in groups] == ["DT303", "DT315"]
    assert folded == "另有提示 1 条，--all 列出"
    assert len(fold_findings(findings, everything=True)[0]) == 3


def test_the_same_assumption_of_many_files_is_said_once():
    findings = [found(UNIT_FROM, None, f"{number}.csv") for number in range(1, 6)]
    findings += [found(SOFT_FIGURE, None, f"{number}.csv") for number in (1, 2)]
    groups, _ = fold_findings(findings, everything=False)
    assert [(each.rule, each.count) for each in groups] == [
        ("DT303", 1),
        ("DT303", 1),
        ("DT315", 5),
    ]
    assert groups[-1].where == "1.csv、2.csv、3.csv 等 5 处"


def test_what_weighs_more_is_not_folded_and_not_mixed():
    light, heavy = found(NO_UNIT, 2), found(NO_UNIT, 3, graded=Level.WARNING)
    groups, folded = fold_findings([light, heavy], everything=False)
    assert [(each.level, each.count, each.places) for each in groups] == [
        (Level.WARNING, 1, ("a.csv 第3行",))
    ]
    assert folded == "另有提示 1 条，--all 列出"


def test_assumptions_in_every_format_for_people(reported):
    report = reported()
    told = [found(UNIT_FROM, 3, message="单位取自表上"), found(NO_UNIT, 4, message="没有写单位")]
    told += [found(UNIT_FROM, 9, "b.csv", message="单位取自表上")]
    report = replace(report, findings=tuple(told))
    for name in ("table", "markdown", "github"):
        text = render(name, report, Style())
        assert "单位取自表上" in text
        assert "没有写单位" not in text
    github = [line for line in render("github", report, Style()).splitlines() if line[:2] == "::"]
    assert [line.split(",")[0] for line in github] == ["::notice file=a.csv"]
    everything = render("github", report, Style(everything=True))
    assert everything.count("::notice ") == 3


# Levels are the finding's


def test_a_finding_that_weighs_as_an_error_is_never_ignored(reported, tmp_path, monkeypatch):
    report = reported()
    file, submissions = report.file, read_submissions(["a.csv"], report.file)
    heavy = found(SOFT_FIGURE, 2, graded=Level.ERROR)
    light = found(UNKNOWN_TARGET, 3, graded=Level.INFO)
    submissions = submissions._replace(findings=(heavy, found(SOFT_FIGURE, 4), light))
    policy = Policy(ignore=frozenset({"DT303"}))
    report = build_report(file, submissions, policy=policy)
    assert report.findings == (heavy, light)
    assert [report.flags(each) for each in report.findings] == [True, False]
    assert (report.exit_code, report.count(Level.ERROR), report.count(Level.INFO)) == (1, 1, 1)
    report = build_report(file, submissions._replace(findings=(light,)))
    assert report.exit_code == 0


# Places


def test_a_finding_of_many_rows_gives_twenty_places(run, reported):
    report = reported(*["CX01,40,家,6月,,"] * 30)
    [finding] = [each for each in report.findings if each.rule.id == "DT207"]
    assert finding.count == 29
    document = run("verify", "a.csv", "--targets", "t.yaml", "--format", "json").json
    [told] = [each for each in document["findings"] if each["rule"] == "DT207"]
    # Six fine rows above; the first of the thirty is no repeat.
    assert [each["row"] for each in told["places"]] == list(range(9, 29))
    assert told["count"] == 29
    assert {key: told[key] for key in ("file", "row", "line", "column")} == {
        key: told["places"][0][key] for key in ("file", "row", "line", "column")
    }
    assert {(each["sheet"], each["cell"]) for each in told["places"]} == {(None, None)}


def test_places_and_sheet_of_a_workbook(run, tmp_path, monkeypatch):
    from books import write_book

    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    rows = [["编号", "实际值", "单位", "期间"], ["GY01", 60, "个", "2024-06"]]
    rows += [["GY01", 60, "个", "2024-06"], ["CX01", "较好", "家", "2024-06"]]
    write_book(tmp_path / "a.xlsx", {"一表": rows})
    done = run("verify", "a.xlsx", "--targets", "t.yaml", "--format", "json")
    actual = {each["code"]: each["actual"] for each in done.json["results"]}["GY01"]
    assert (actual["file"], actual["row"], actual["sheet"]) == ("a.xlsx", 2, "一表")
    places = {each["rule"]: each["places"] for each in done.json["findings"]}
    whole = {"file": "a.xlsx", "line": None, "column": "实际值", "sheet": "一表"}
    assert places["DT207"] == [{**whole, "row": 3, "cell": "B3"}]
    assert places["DT202"] == [{**whole, "row": 4, "cell": "B4"}]
    schema = run("verify", "--json-schema").json
    jsonschema.validate(done.json, schema)
    assert schema["$id"] == "urn:dtcheck:schema:verify:2"
