"""Several places in one run: each file by the configuration nearest to it."""

from __future__ import annotations

import csv
import io
import json
import os

import jsonschema
import pytest
from lxml import etree
from making import SMALL, write
from running import ROOT

HEAD = "编号,实际值,单位,期间\n"
# 60 of more than 100 by June is ahead of pace; of more than 200, behind.
SHEET = HEAD + "GY01,60,个,2024-06\n"
XSD = ROOT / "tests" / "data" / "junit.xsd"


@pytest.fixture
def cities(tmp_path, monkeypatch):
    """A repository with two cities, the second of which promised twice as much; the current folder."""
    monkeypatch.chdir(tmp_path)
    for key in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "DTCHECK_TARGETS"):
        monkeypatch.delenv(key, raising=False)
    for name, targets in (("a", SMALL), ("b", SMALL.replace("> 100 个", "> 200 个"))):
        write(tmp_path / name / "targets.yaml", targets)
        write(tmp_path / name / "pyproject.toml", '[tool.dtcheck]\ntargets = "targets.yaml"\n')
        write(tmp_path / name / "2024-06" / "x.csv", SHEET)
    return tmp_path


def statuses(done):
    return [
        {each["code"]: each["status"] for each in report["results"]}["GY01"]
        for report in done.json["reports"]
    ]


@pytest.mark.parametrize(
    "paths", [["."], ["a", "b"], ["b", "a"], ["b/2024-06/x.csv", "a"], ["a/..", "a/2024-06"]]
)
def test_each_by_its_own_targets(run, cities, paths):
    done = run("verify", *paths, "--format", "json")
    assert statuses(done) == ["on_track", "behind"]
    assert (done.code, done.json["exit_code"]) == (1, 1)
    jsonschema.validate(done.json, json.loads(run("verify", "--json-schema").out))
    assert [each["exit_code"] for each in done.json["reports"]] == [0, 1]
    # Of one place it is one document, as ever.
    assert "reports" not in run("verify", "a", "--format", "json").json


def test_the_folder_of_the_run_says_nothing(run, cities, monkeypatch):
    monkeypatch.chdir(cities / "a")
    done = run("verify", "../b", "--format", "json")
    assert done.json["targets"]["path"].endswith("b/targets.yaml")
    assert done.code == 1


def test_the_command_line_and_the_environment_hold_for_all(run, cities, monkeypatch):
    done = run("verify", ".", "--format", "json", "--targets", "a/targets.yaml")
    assert statuses(done) == ["on_track", "on_track"]
    monkeypatch.setenv("DTCHECK_TARGETS", "b/targets.yaml")
    assert statuses(run("verify", ".", "--format", "json")) == ["behind", "behind"]


def test_settings_are_those_of_each_place(run, cities):
    write(
        cities / "b" / "pyproject.toml",
        '[tool.dtcheck]\ntargets = "targets.yaml"\nfail-on = "missed"\n',
    )
    assert run("verify", ".").code == 0
    assert run("verify", ".", "--fail-on", "behind").code == 1


def test_a_place_inside_another(run, cities):
    """The outer one has submissions of its own, and doesn't read those of the inner."""
    write(cities / "pyproject.toml", '[tool.dtcheck]\ntargets = "a/targets.yaml"\n')
    write(cities / "2024-06.csv", SHEET)
    done = run("verify", ".", "--format", "json")
    files = [
        {each["actual"]["file"] for each in report["results"] if each["actual"]}
        for report in done.json["reports"]
    ]
    assert sorted(map(sorted, files)) == [["2024-06.csv"], ["a/2024-06/x.csv"], ["b/2024-06/x.csv"]]


def test_a_folder_around_places_is_none_but_what_was_handed_in_there_is_named(run, cities):
    write(cities / "README.md", "说明")
    write(cities / "科技局.pdf", "%PDF")
    done = run("verify", ".", "--format", "json", "--fail-on", "data")
    assert len(done.json["reports"]) == 2
    named = [
        (each["rule"], each["file"])
        for report in done.json["reports"]
        for each in report["findings"]
        if not each["file"].startswith(("a", "b"))
    ]
    # README.md is nobody's; told once, and a warning like any other.
    assert named == [("DT107", "科技局.pdf")]
    assert done.code == 0
    assert run("verify", ".", "--fail-on", "data", "--strict").code == 1
    assert "科技局.pdf" in run("digest", ".").err


def test_what_is_excluded_is_no_place(run, cities):
    done = run("verify", ".", "--exclude", "b", "--format", "json")
    assert done.json["targets"]["path"].endswith("a/targets.yaml")


def test_csv_and_annotations_and_suites_of_all(run, cities):
    out = run("verify", ".", "--format", "csv").out
    rows = [row for row in csv.DictReader(io.StringIO(out[1:])) if row["编号"] == "GY01"]
    assert [row["状态"] for row in rows] == ["达序时", "欠序时"]
    assert out.count("编号,指标") == 1
    lines = run("verify", ".", "--format", "github").out.splitlines()
    [error] = [line for line in lines if line.startswith("::error")]
    assert "file=b/2024-06/x.csv,line=2,title=GY01" in error
    document = etree.fromstring(run("verify", ".", "--format", "junit").out.encode())
    etree.XMLSchema(etree.parse(XSD)).assertValid(document)
    failed = [
        case.getparent() for case in document.iter("testcase") if len(case.findall("failure"))
    ]
    assert len(failed) == 1
    assert (
        len({suite.find("properties/property[@name='targets']").get("value") for suite in document})
        == 2
    )


def test_a_table_each_and_a_line_each(run, cities):
    out = run("verify", ".").out
    assert "（a/targets.yaml）" in out.splitlines()[-2]
    assert "退出码 0" in out.splitlines()[-2]
    assert "（b/targets.yaml）" in out.splitlines()[-1]
    assert "退出码 1" in out.splitlines()[-1]


def test_a_digest_each(run, cities):
    done = run("digest", ".")
    assert done.code == 0
    assert sum(line.startswith("# ") for line in done.out.splitlines()) == 2
    refused = run("digest", ".", "--format", "html")
    assert (refused.code, refused.out) == (2, "")


def test_letters_are_of_one_place(run, cities):
    done = run("digest", ".", "--all-leads", "-o", "letters/")
    assert (done.code, done.out) == (2, "")
    assert "几个地方的反馈" in done.err
    assert not (cities / "letters").exists()
    assert run("digest", "b", "--all-leads", "-o", "letters/").code == 0
    assert len(list((cities / "letters").iterdir())) == 3


def test_a_notice_as_it_was_in_each(run, cities):
    for name in ("a", "b"):
        write(cities / name / "2024-05" / "x.csv", SHEET.replace("06", "05").replace("60", "50"))
    done = run("digest", ".", "--filed-by", "2024-05", "-o", "x.md")
    assert (done.code, done.out) == (0, "")
    heads = [
        line
        for line in (cities / "x.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("# ")
    ]
    assert heads == ["# 东台市2024年1—5月《政府工作报告》量化目标完成情况通报"] * 2


def test_a_place_of_which_nothing_can_be_read_does_not_hide_the_other(run, cities):
    write(cities / "a" / "2024-06" / "x.csv", "\x00\x01\x02")
    done = run("verify", ".", "--format", "json")
    assert (done.code, [each["exit_code"] for each in done.json["reports"]]) == (2, [2, 1])
    done = run("digest", ".", "-o", "x.md")
    assert (done.code, done.out) == (2, "")
    assert "没有一份报数表读得出，没有写出通报" in done.err
    assert "a/2024-06/x.csv" in done.err
    text = (cities / "x.md").read_text(encoding="utf-8")
    assert text.count("\n# ") + text.startswith("# ") == 1
    write(cities / "b" / "2024-06" / "x.csv", "\x00\x01\x02")
    before = (cities / "x.md").read_bytes()
    assert run("digest", ".", "-o", "x.md").code == 2
    assert (cities / "x.md").read_bytes() == before


def test_where_only_the_installed_file_is_left_it_is_said_whose_it_is(run, cities):
    write(cities / "c" / "2024-06.csv", SHEET)
    done = run("verify", "a", "c", "--format", "json")
    assert len(done.json["reports"]) == 2
    assert (
        "c 及以上的文件夹没有 [tool.dtcheck] 写明目标文件，按随程序安装的东台市 2024年目标检查"
        in done.err
    )
    # Where no place has targets of its own, the head of the result names them, as ever, if it has one.
    assert run("verify", "c", "--format", "json").err == ""
    assert "按随程序安装的东台市 2024年目标检查" in run("verify", "c", "--format", "concise").err
    assert "随程序安装的" not in run("verify", "a", "--format", "concise").err


def test_marked_copies_of_all_places(run, cities):
    run("verify", "a", "b", "--mark", "marked/")
    found = sorted(
        path.relative_to(cities).as_posix() for path in (cities / "marked").rglob("*.xlsx")
    )
    assert found == ["marked/a/2024-06/x.xlsx", "marked/b/2024-06/x.xlsx"]


@pytest.mark.parametrize("folder", ["marked/", "b/marked/", "a/2024-06/marked/"])
@pytest.mark.parametrize("paths", [["."], ["a", "b", "."]])
def test_copies_do_not_go_where_the_next_run_would_find_them(run, cities, paths, folder):
    done = run("verify", *paths, "--mark", folder)
    assert (done.code, done.out) == (2, "")
    assert "下次会连它一起检查" in done.err
    assert not list(cities.rglob("*.xlsx"))


def test_copies_may_go_where_a_place_looks_for_nothing(run, cities):
    config = '[tool.dtcheck]\ntargets = "targets.yaml"\nexclude = ["marked"]\n'
    write(cities / "b" / "pyproject.toml", config)
    assert run("verify", ".", "--mark", "b/marked/").code == 1
    assert len(list((cities / "b" / "marked").rglob("*.xlsx"))) == 2
    assert run("verify", ".", "--mark", "b/marked/").code == 1
    assert len(list(cities.rglob("*.xlsx"))) == 2


def test_copies_of_what_is_reported(run, cities):
    write(cities / "b" / "2024-05" / "x.csv", SHEET.replace("06", "05"))
    run("verify", ".", "--report-only", "b/2024-06", "--mark", "marked.out/")
    found = [path.relative_to(cities).as_posix() for path in cities.rglob("*.xlsx")]
    assert found == []
    out = cities.parent / f"{cities.name}-marked"
    run("verify", ".", "--report-only", "b/2024-06", "--mark", f"{out}/")
    found = [path.relative_to(out).as_posix() for path in out.rglob("*.xlsx")]
    assert found == ["b/2024-06/x.xlsx"]


# A targets file or a configuration that is broken.


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("b/targets.yaml", "format: 1\nplace: [\n", 3),
        ("b/pyproject.toml", "[tool.dtcheck]\n\nstrict = 3\n", 3),
        ("b/pyproject.toml", "[tool.dtcheck]\nstrictly = true\n", 2),
        ("b/pyproject.toml", "[tool.dtcheck]\na = \n", 2),
    ],
)
def test_what_is_broken_is_annotated_at_its_line(run, cities, monkeypatch, name, text, line):
    monkeypatch.setenv("GITHUB_WORKSPACE", str(cities))
    monkeypatch.setenv("CI_PROJECT_DIR", str(cities))
    write(cities / name, text)
    done = run(
        "verify", ".", "--format", "github", "--format", "junit=r.xml", "--format", "gitlab=g.json"
    )
    assert done.code == 2
    assert done.out.startswith(f"::error file={name},line={line},title=")
    document = etree.parse(cities / "r.xml")
    etree.XMLSchema(etree.parse(XSD)).assertValid(document)
    assert (document.getroot().get("errors"), len(list(document.iter("error")))) == ("1", 1)
    [entry] = json.loads((cities / "g.json").read_text(encoding="utf-8"))
    assert entry["location"] == {"path": name, "lines": {"begin": line}}
    assert run("verify", ".", "--format", "concise").out.startswith(f"{name}:{line}: ")
    document = run("verify", ".", "--format", "json")
    assert (document.code, document.json["exit_code"]) == (2, 2)
    assert [each["line"] for each in document.json["problems"]] == [line]
    assert document.json["problems"][0]["file"].endswith(name)
    jsonschema.validate(document.json, json.loads(run("verify", "--json-schema").out))


def test_the_page_of_a_step_says_that_it_could_not_tell(run, cities, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(cities / "summary"))
    write(cities / "b" / "pyproject.toml", "[tool.dtcheck]\nstrict = 3\n")
    run("verify", ".", "--format", "github")
    text = (cities / "summary").read_text(encoding="utf-8")
    assert text.startswith("## 无法判断\n\n- **配置有错** b/pyproject.toml 第2行：")
    assert "strict 只能是 true 或 false" in text


@pytest.mark.parametrize("broken", ["targets.yaml", "pyproject.toml"])
@pytest.mark.parametrize("command", [("lint",), ("audit", "r.txt")])
def test_lint_and_audit_tell_it_too(run, cities, monkeypatch, command, broken):
    monkeypatch.chdir(cities / "b")
    write(cities / "b" / "r.txt", "报告")
    texts = {
        "targets.yaml": "format: 1\nplace: [\n",
        "pyproject.toml": "[tool.dtcheck]\n\n\na = \n",
    }
    line = {"targets.yaml": 3, "pyproject.toml": 4}[broken]
    write(cities / "b" / broken, texts[broken])
    done = run("targets", *command, "--format", "github")
    assert done.code == 2
    assert done.out.startswith(f"::error file={broken},line={line},title=")
    assert run("targets", *command, "-o", "r.xml").code == 2
    document = etree.parse(cities / "b" / "r.xml")
    etree.XMLSchema(etree.parse(XSD)).assertValid(document)
    assert (document.getroot().get("errors"), len(list(document.iter("error")))) == ("1", 1)
    [problem] = run("targets", *command, "--format", "json").json["problems"]
    assert problem["line"] == line


@pytest.mark.parametrize(
    "over", ["b/2024-06/x.csv", "b/targets.yaml", "b/pyproject.toml", "a/2024-06/x.csv"]
)
@pytest.mark.parametrize("broken", ["b/targets.yaml", "b/pyproject.toml"])
def test_what_is_broken_is_not_told_over_what_is_read(run, cities, over, broken):
    write(cities / broken, "[tool.dtcheck]\na = \n")
    before = (cities / over).read_bytes()
    for form in ("concise", "junit", "json"):
        done = run("verify", ".", "--format", f"{form}={over}")
        assert done.code == 2
        # What is read can only be known of what could be read.
        assert (cities / over).read_bytes() == before


# Quiet and concise.


def test_quiet_says_nothing_of_a_good_run(run, cities):
    write(cities / "c" / "2024-06.csv", SHEET)
    for form in ("table", "markdown", "concise"):
        # Of the third it is said whose targets hold, but not here.
        done = run("verify", "a", "c", "--mark", f"{cities}-marked/", "-q")
        assert (done.code, done.out, done.err) == (0, "", "")
        done = run("verify", "a", "--quiet", "--format", form, "--format", "json=r.json")
        assert (done.code, done.out, done.err) == (0, "", "")
    assert (cities / "r.json").is_file()
    # Documents for programs are whole all the same; what must be mended is shown.
    assert run("verify", "a", "-q", "--format", "json").json["exit_code"] == 0
    done = run("verify", "b", "c", "-q")
    assert "欠序时" in done.out
    assert "随程序安装的" in done.err


def test_concise_lines_and_their_count(run, cities):
    write(cities / "b" / "2024-06" / "x.csv", SHEET + "GY01,abc,个,2024-06\nXX99,1,个,2024-06\n")
    done = run("verify", "b", "--format", "concise")
    places = [line.split(" ")[0] for line in done.out.splitlines()]
    assert "b/2024-06/x.csv:3:2:" in places
    assert "b/2024-06/x.csv:4:1:" in places
    assert any(
        line.startswith("b/2024-06/x.csv:4:1: DT201 error ") for line in done.out.splitlines()
    )
    assert done.err.startswith("数据检查：错误 2、")
    only_data = run("verify", "b", "--format", "concise", "--fail-on", "data").out
    assert "欠序时 error" not in only_data
    write(cities / "b" / "2024-06" / "x.csv", "")
    assert run("verify", "b", "--format", "concise").out.startswith("b/2024-06/x.csv: DT")


# What is new, and what is history.


@pytest.fixture
def year(tmp_path, monkeypatch):
    """May, with a mistake, and June, whose total is below May's."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "in" / "2024-05" / "x.csv", HEAD + "GY01,60,个,2024-05\nCX01,abc,家,2024-05\n")
    write(tmp_path / "in" / "2024-06" / "x.csv", HEAD + "GY01,55,个,2024-06\n")
    write(tmp_path / "in" / "2024-06" / "y.csv", HEAD + "CX01,1,家,2024-06\n")
    return ("verify", "in", "--targets", "t.yaml", "--format", "json")


def found(done):
    return {each["rule"] for each in done.json["findings"]}


@pytest.mark.parametrize("new", ["in/2024-06", "./in/2024-06/", "in/2024-05/../2024-06"])
def test_history_is_read_and_not_reported(run, year, new):
    assert {"DT202", "DT301"} <= found(run(*year))
    done = run(*year, "--report-only", new)
    # June is held against May; May's own mistake was told in May.
    assert "DT301" in found(done)
    assert "DT202" not in found(done)
    # 1 of 70 by June.
    assert done.code == 1


def test_others_of_the_same_month_are_not_reported(run, year):
    done = run(*year, "--report-only", "in/2024-06/x.csv", "--ignore", "DT301")
    judged = {each["code"]: each["status"] for each in done.json["results"]}
    assert "CX01" not in judged
    # 55 of more than 100.
    assert (judged["GY01"], done.code) == ("on_track", 0)


def test_nothing_to_report_is_no_pass(run, year):
    done = run(*year, "--report-only", "in/2024-07")
    assert (done.code, done.out) == (2, "")
    assert "--report-only in/2024-07" in done.err


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("in/2024-07", "--report-only in/2024-07 里没有要检查的文件"),
        ("t.yaml", "--report-only t.yaml：要检查的文件里没有它"),
    ],
)
def test_where_there_is_nothing_it_says_what_is_missing(run, year, tmp_path, named, said):
    (tmp_path / "in" / "2024-07").mkdir()
    done = run(*year, "--report-only", named, "--report-only", "in/2024-06")
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_what_is_reported_may_be_named_by_a_link(run, year, tmp_path):
    (tmp_path / "new").symlink_to(tmp_path / "in" / "2024-06")
    (tmp_path / "x.csv").symlink_to(tmp_path / "in" / "2024-06" / "x.csv")
    assert run(*year, "--report-only", "new").json == run(*year, "--report-only", "in/2024-06").json
    whole = run(*year, "--report-only", "in/2024-06/x.csv").json
    assert run(*year, "--report-only", "x.csv").json == whole


def test_of_several_places_each_what_is_named_of_it(run, cities):
    for name in ("a", "b"):
        write(cities / name / "2024-05" / "x.csv", HEAD + "XX99,1,个,2024-05\n")
    new = ["--report-only", "a/2024-05", "--report-only", "b/2024-06"]
    reports = run("verify", ".", *new, "--format", "json").json["reports"]
    errors = [
        [each["file"] for each in report["findings"] if each["level"] == "error"]
        for report in reports
    ]
    assert errors == [["a/2024-05/x.csv"], []]
    # 60 of 201 by June; a's 60 of 101 is history.
    judged = [[each["code"] for each in report["results"] if each["actual"]] for report in reports]
    assert judged == [[], ["GY01"]]


def test_only_the_place_that_is_reported(run, cities):
    done = run("verify", ".", "--report-only", "b/2024-06", "--format", "json")
    assert done.json["targets"]["path"].endswith("b/targets.yaml")


# Fingerprints.


def test_a_fingerprint_outlives_a_row_above_and_tells_equals_apart(run, cities):
    def prints(*rows):
        write(cities / "a" / "2024-06" / "x.csv", HEAD + "".join(f"{row}\n" for row in rows))
        done = run("verify", "a", "--format", "json", "--format", "gitlab=g.json")
        listed = json.loads((cities / "g.json").read_text(encoding="utf-8"))
        by_rule = [each["fingerprint"] for each in done.json["findings"] if each["rule"] == "DT201"]
        # Both formats call the same thing by the same name.
        assert set(by_rule) <= {each["fingerprint"] for each in listed}
        return by_rule

    [alone] = prints("XX99,1,个,2024-06")
    assert prints("GY01,60,个,2024-06", "XX99,1,个,2024-06") == [alone]
    [other] = prints("XX98,1,个,2024-06")
    assert other != alone
    both = prints("XX98,1,个,2024-06", "XX99,1,个,2024-06")
    assert both == [other, alone]


def test_a_place_that_handed_in_nothing_is_told(run, cities):
    """It is no mere folder around others: nothing of it would be a pass of all."""
    (cities / "b" / "2024-06" / "x.csv").unlink()
    done = run("verify", ".", "--fail-on", "data", "--format", "json")
    assert len(done.json["reports"]) == 2
    assert done.code == 1
    assert "DT106" in {each["rule"] for each in done.json["reports"][1]["findings"]}
    assert done.code == run("verify", "a", "b", "--fail-on", "data").code
    write(cities / "b" / "通报.pdf", "%PDF")
    done = run("verify", ".", "--format", "json")
    assert "DT107" in {each["rule"] for each in done.json["reports"][1]["findings"]}


def test_documents_of_what_is_reported_are_told(run, cities):
    write(cities / "a" / "2024-06" / "财政局.pdf", "%PDF")
    write(cities / "a" / "2024-05" / "旧.pdf", "%PDF")
    done = run("verify", "a", "--report-only", "a/2024-06", "--format", "json")
    told = [each["file"] for each in done.json["findings"] if each["rule"] == "DT107"]
    assert told == ["a/2024-06/财政局.pdf"]


@pytest.mark.parametrize("command", [("verify", "--format", "concise=pyproject.toml")])
def test_the_configuration_around_places_is_an_input_too(run, cities, command):
    path = write(cities / "pyproject.toml", '[tool.dtcheck]\nfail-on = "missing"\n')
    before = path.read_bytes()
    name, *options = command
    done = run(name, ".", *options)
    assert (done.code, path.read_bytes()) == (2, before)
    done = run("digest", ".", "--format", "markdown", "-o", "pyproject.toml")
    assert (done.code, path.read_bytes()) == (2, before)


def test_a_broken_configuration_in_an_excluded_folder_holds_for_nothing(run, cities):
    settings = '[tool.dtcheck]\ntargets = "targets.yaml"\nexclude = ["归档"]\n'
    write(cities / "a" / "pyproject.toml", settings)
    write(cities / "a" / "归档" / "pyproject.toml", '[tool.dtcheck]\nfail-on = "x"\n')
    assert run("verify", "a", "--fail-on", "data").code == 0
    assert run("verify", ".", "--fail-on", "data").code == 0


def test_what_a_place_excludes_is_no_place_from_above_either(run, cities):
    settings = '[tool.dtcheck]\ntargets = "targets.yaml"\nexclude = ["旧"]\n'
    write(cities / "a" / "pyproject.toml", settings)
    write(cities / "a" / "旧" / "c" / "pyproject.toml", "[tool.dtcheck]\nstrict = true\n")
    write(cities / "a" / "旧" / "c" / "x.csv", SHEET)
    assert statuses(run("verify", ".", "--format", "json")) == ["on_track", "behind"]


@pytest.mark.posix("links")
def test_one_place_under_two_names_is_one(run, cities):
    (cities / "c").symlink_to("a")
    assert "reports" not in run("verify", "a", "c", "--format", "json").json


@pytest.mark.posix("links")
def test_dots_behind_a_link_lead_where_the_system_goes(run, cities):
    """a/lk/.. is b: the file is b's, and so are the targets."""
    (cities / "a" / "lk").symlink_to("../b/2024-06")
    done = run("verify", "a/lk/../2024-06/x.csv", "--format", "json")
    assert {each["code"]: each["status"] for each in done.json["results"]}["GY01"] == "behind"


def test_places_that_have_none_of_what_is_asked_for_are_named(run, cities):
    path = cities / "b" / "targets.yaml"
    text = path.read_text(encoding="utf-8").replace("GY03", "GY04")
    path.write_text(text, encoding="utf-8")
    done = run("verify", ".", "--select", "GY03", "--format", "json")
    assert set(done.json) == set(run("verify", "a", "--format", "json").json)
    assert "东台市2024年的没有检查：--select：没有编号以 GY03 开头的指标" in done.err
    assert "没有检查" in run("digest", ".", "--select", "GY03").err
    done = run("verify", ".", "--select", "GY05")
    assert (done.code, "没有编号以 GY05 开头的指标" in done.err) == (2, True)
