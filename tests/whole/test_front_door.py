"""``import dtcheck``: paths and months as people write them, and the texts of the commands."""

from __future__ import annotations

import doctest
import os
import pickle
import re
from pathlib import Path

import pytest
from making import SMALL, write
from running import EXAMPLES, ROOT

import dtcheck
from dtcheck.judge import Policy
from dtcheck.periods import Period
from dtcheck.targets import TargetsError
from dtcheck.workreport import ReportError, read_report

# March and June of GY01, 20 and 60 of the more than 100 that a year has to bring: due in March
# a quarter, in June half of them; and one row without a period.
ROWS = {
    "三月.csv": "编号,实际值,单位,期间\nGY01,20,个,2024-03\n",
    "六月.csv": "编号,实际值,单位,期间\nGY01,60,个,2024-06\n",
    "专利.csv": "编号,实际值,单位\nCX04,400,件\n",
}
REPORT = """\
青山县2025年政府工作报告
二、2025年主要工作
(一)抓工业。新增规上工业企业60家。
(二)抓农业。建成高标准农田5万亩。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in ROWS.items():
        write(tmp_path / "报数" / name, text)
    return tmp_path / "报数"


@pytest.fixture
def file(tmp_path: Path):
    return dtcheck.load_targets(write(tmp_path / "targets.yaml", SMALL))


def test_the_examples_of_the_page_show_what_they_return(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("DTCHECK_TARGETS", raising=False)
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```pycon\n(.*?)```", page, re.DOTALL)
    assert page.count(">>> ") == sum(block.count(">>> ") for block in blocks) > 30
    examples = doctest.DocTestParser().get_doctest("".join(blocks), {}, "api.md", None, 0)
    shown: list[str] = []
    doctest.DocTestRunner().run(examples, out=shown.append)
    assert shown == []


def test_the_page_shows_every_function():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert len(dtcheck.__all__) == 7
    for name in dtcheck.__all__:
        assert f"| `{name}(" in page
        assert f"dtcheck.{name}(" in page
        assert name in dir(dtcheck)


def test_what_is_not_offered_is_an_attribute_error():
    with pytest.raises(AttributeError, match="read_submission"):
        dtcheck.read_submission  # noqa: B018
    with pytest.raises(ImportError):
        exec("from dtcheck import read_submission")


# What a user may write for the same two files.
SAME = {
    "a list of str": lambda folder: [str(folder / "三月.csv"), str(folder / "六月.csv")],
    "a tuple of Path": lambda folder: (folder / "三月.csv", folder / "六月.csv"),
    "a list of both": lambda folder: [str(folder / "三月.csv"), folder / "六月.csv"],
    "a set": lambda folder: {folder / "三月.csv", folder / "六月.csv"},
    "a generator": lambda folder: (folder / f"{name}月.csv" for name in "六三"),
    "a glob": lambda folder: folder.glob("*月.csv"),
}


@pytest.mark.parametrize("paths", SAME.values(), ids=SAME)
def test_many_paths(paths, file, folder):
    submissions = dtcheck.read_submissions(paths(folder), file)
    assert submissions.findings == ()
    assert sorted(submissions.files) == sorted(str(folder / f"{name}月.csv") for name in "三六")
    assert {month: each.value for month, each in submissions.actuals["GY01"].items()} == {
        3: 20,
        6: 60,
    }


class Entry:
    """A path as ``os.scandir`` gives it: neither str nor Path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


@pytest.mark.parametrize("kind", [str, Path, Entry])
def test_one_path_is_never_taken_letter_by_letter(kind, file, folder):
    submissions = dtcheck.read_submissions(kind(folder / "六月.csv"), file)
    assert list(submissions.files) == [str(folder / "六月.csv")]
    assert submissions.actuals["GY01"].keys() == {6}


@pytest.mark.parametrize("kind", [str, Path])
def test_a_folder_stands_for_what_is_in_it(kind, file, folder):
    submissions = dtcheck.read_submissions(kind(folder), file)
    assert sorted(submissions.files) == sorted(str(folder / name) for name in ROWS)
    assert submissions.actuals["GY01"].keys() == {3, 6}
    # 专利.csv names no month: taken for the year's, which is later than all others.
    assert [(each.rule.id, each.code) for each in submissions.findings[-1:]] == [("DT311", "CX04")]


@pytest.mark.parametrize("kind", [str, Path])
def test_a_missing_path_is_a_finding(kind, file, folder):
    submissions = dtcheck.read_submissions([kind(folder / "无.csv"), folder / "六月.csv"], file)
    (finding,) = submissions.findings
    assert finding.rule.id == "DT101"
    assert finding.place.file == str(folder / "无.csv")
    assert submissions.actuals["GY01"].keys() == {6}
    assert dtcheck.build_report(file, submissions).exit_code == 2


def test_no_path_is_a_mistake(file, folder):
    for none in ([], (), folder.glob("*.et")):
        with pytest.raises(ValueError, match="没有一个路径"):
            dtcheck.read_submissions(none, file)


@pytest.mark.parametrize("wrong", [None, 3, [None], b"a.csv", [b"a.csv"]])
def test_what_is_no_path_is_a_type_error(wrong, file, folder, monkeypatch):
    monkeypatch.chdir(folder)
    with pytest.raises(TypeError):
        dtcheck.read_submissions(wrong, file)


@pytest.mark.parametrize("as_of", ["2024-03", "2024年3月", "一季度", Period(2024, 3)])
def test_a_month_is_said_once(as_of, file, folder):
    submissions = dtcheck.read_submissions(folder, file, as_of)
    assert submissions.as_of == (2024, 3)
    # The row without a period is March's, and June's is left out.
    assert submissions.actuals["CX04"].keys() == {3}
    assert [each.rule.id for each in submissions.findings if each.code == "GY01"] == ["DT311"]
    report = dtcheck.build_report(file, submissions)
    assert report.as_of == (2024, 3)
    assert report.results[0].status.value == "behind"  # 20 of 100, a quarter is due
    assert dtcheck.build_digest(file, submissions).report == report


@pytest.mark.parametrize("as_of", ["2024-03", "一季度", Period(2024, 3)])
def test_a_report_may_be_of_another_month(as_of, file, folder):
    submissions = dtcheck.read_submissions(folder / "六月.csv", file, as_of="2024-09")
    assert dtcheck.build_report(file, submissions).as_of == (2024, 9)
    assert dtcheck.build_report(file, submissions, as_of).as_of == (2024, 3)
    assert dtcheck.build_digest(file, submissions, as_of).report.as_of == (2024, 3)


def test_without_a_month_it_is_the_newest(file, folder):
    submissions = dtcheck.read_submissions(folder / "六月.csv", file)
    assert submissions.as_of is None
    report = dtcheck.build_report(file, submissions)
    assert report.as_of == (2024, 6)
    assert report.results[0].status.value == "on_track"  # 60 of 100, half is due


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("六月", "“六月”看不懂。写成 2024-06"),
        ("", "“”看不懂。写成 2024-06"),
        ("2024-13", "没有 13 月"),
        ("3-6月", "请改报“1-6月”"),
        ("2023-06", "2023-06 不在目标文件的 2024 年之内"),
        (Period(2023, 6), "2023-06 不在目标文件的 2024 年之内"),
        (Period(2024, 13), "没有 13 月"),
    ],
)
def test_what_is_no_month_of_the_year(as_of, said, file, folder):
    submissions = dtcheck.read_submissions(folder, file)
    for call in (
        lambda: dtcheck.read_submissions(folder, file, as_of=as_of),
        lambda: dtcheck.build_report(file, submissions, as_of=as_of),
        lambda: dtcheck.build_digest(file, submissions, as_of=as_of),
    ):
        with pytest.raises(ValueError, match=re.escape(said)) as caught:
            call()
        assert str(caught.value).startswith("as_of：")


@pytest.mark.parametrize("as_of", [6, 202406, (2024, 6)])
def test_a_month_is_a_text_or_a_period(as_of, file, folder):
    with pytest.raises(TypeError, match=re.escape('as_of 写成 "2024-06" 这样的文字')):
        dtcheck.read_submissions(folder, file, as_of)


def test_columns_of_a_form(file, tmp_path):
    path = write(tmp_path / "a.csv", "编号,已开工的\nGY01,60\n")
    assert not dtcheck.read_submissions(path, file).actuals
    found = dtcheck.read_submissions(path, file, columns={"已开工的": "实际值"})
    assert found.actuals["GY01"][12].value == 60
    with pytest.raises(ValueError, match="没有“实际”这种列，可用的有 编号"):
        dtcheck.read_submissions(path, file, columns={"已开工的": "实际"})


@pytest.mark.parametrize("make", [dtcheck.build_report, dtcheck.build_digest])
def test_a_report_on_nothing_would_look_like_a_pass(make, file, folder):
    submissions = dtcheck.read_submissions(folder, file)
    for policy in (Policy(lead="没有这个局"), Policy(select=("ZZ",))):
        with pytest.raises(ValueError, match="没有一个指标"):
            make(file, submissions, policy=policy)
    assert make(file, submissions, policy=Policy(select=("GY01",)))


FORMATS = ("table", "markdown", "json", "csv", "github", "junit")


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_the_text_of_the_command(name, run, folder, tmp_path, file):
    # With the path as the command shows it, and no summary of a step.
    done = run("verify", folder, "--targets", tmp_path / "targets.yaml", "--format", name)
    report = dtcheck.build_report(file, dtcheck.read_submissions(folder, file))
    assert dtcheck.render(report, name) == done.out
    assert report.exit_code == done.code
    if name == FORMATS[0]:
        assert dtcheck.render(report) == done.out
        done = run("verify", folder, "--targets", file.path, "--all", "--color", "always")
        assert dtcheck.render(report, color=True, everything=True) == done.out


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_digest_is_the_text_of_the_command(name, run, monkeypatch, real):
    monkeypatch.chdir(ROOT)
    submissions = dtcheck.read_submissions(Path("examples/submissions"), real, "2024-03")
    digest = dtcheck.build_digest(real, submissions)
    command = ("digest", "examples/submissions", "--targets", real.path, "--as-of", "2024-03")
    done = run(*command, "--format", name)
    assert dtcheck.render(digest, name) == done.out
    done = run(*command, "--format", name, "--brief", "--title", "题目")
    assert dtcheck.render(digest, name, brief=True, title="题目") == done.out
    if name == "markdown":
        assert dtcheck.render(digest) == run(*command).out


@pytest.mark.parametrize("name", ["table", "markdown", "json"])
def test_an_audit_and_a_list_are_the_texts_of_the_commands(name, run, file, tmp_path):
    path = write(tmp_path / "报告.txt", REPORT)
    audit = dtcheck.audit(file, path)
    command = ("targets", "audit", path, "--targets", file.path, "--format", name)
    done = run(*command)
    assert (dtcheck.render(audit, name), audit.exit_code) == (done.out, done.code)
    assert dtcheck.render(audit, name, unclaimed=True) == run(*command, "--unclaimed").out
    done = run("targets", "list", "--targets", file.path, "--format", name)
    assert dtcheck.render(file, name) == done.out


def test_a_draft_is_the_text_of_the_command(run, tmp_path):
    path = write(tmp_path / "报告.txt", REPORT)
    drafted = dtcheck.draft(path)
    assert dtcheck.render(drafted) == drafted.text == run("targets", "new", path).out


def test_a_report_of_work_by_path_by_text_and_as_it_was_read(file, tmp_path):
    path = write(tmp_path / "报告.txt", REPORT)
    read = read_report(path)
    assert read.text[read.plan :].startswith("二、2025年主要工作")
    for report in (path, str(path), REPORT, read):
        drafted = dtcheck.draft(report)
        assert [target.goal.text for target in drafted.file.targets] == ["≥60家", "≥5万亩"]
        # The file of another report answers for nothing but the marks of lists.
        accounts = dtcheck.audit(file, report).accounts
        assert {each.status.value for each in accounts if each.why != "版面"} == {"open"}
    assert dtcheck.audit(file, REPORT).report.path == "报告"


def test_a_format_that_nobody_has(file, folder):
    report = dtcheck.build_report(file, dtcheck.read_submissions(folder, file))
    with pytest.raises(ValueError, match=re.escape("没有格式 jsn，是不是 json？")):
        dtcheck.render(report, "jsn")
    with pytest.raises(ValueError, match="没有格式 html，可用的有 table、markdown、json"):
        dtcheck.render(report, "html")
    with pytest.raises(ValueError, match="没有格式 table，可用的有 yaml"):
        dtcheck.render(dtcheck.draft(REPORT), "table")
    with pytest.raises(TypeError, match="brief"):
        dtcheck.render(report, brief=True)
    with pytest.raises(TypeError, match="render"):
        dtcheck.render("报告")


def test_what_is_wrong_with_a_targets_file_is_said_with_its_place(tmp_path):
    text = SMALL.replace("> 100 个", "100").replace("measure: level", "measure: stock")
    path = write(tmp_path / "坏.yaml", text)
    with pytest.raises(TargetsError) as caught:
        dtcheck.load_targets(path)
    lines = str(caught.value).split("\n")
    bad = [number for number, line in enumerate(text.split("\n"), 1) if "{code: GY01" in line]
    assert lines[0].startswith(f"{path} 第{bad[0]}行：GY01 的目标写法不对：“100”没有写比较符。")
    assert "CX02 的 measure不能是“stock”。可用的值：flow、level、rate" in lines[1]
    assert len(lines) == len(caught.value.findings) == 2
    # As another process would hand it back.
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


def test_of_many_mistakes_the_first_are_said(tmp_path):
    blocks = "\n".join(f"  - {{name: 局{number}, color: 红}}" for number in range(25))
    path = write(tmp_path / "坏.yaml", SMALL.replace("bureaus:\n", f"bureaus:\n{blocks}\n"))
    with pytest.raises(TargetsError) as caught:
        dtcheck.load_targets(path)
    lines = str(caught.value).split("\n")
    assert len(lines) == 21
    assert lines[-1] == "另有 5 处"
    assert all("不认识的键 color" in line for line in lines[:-1])


def test_what_is_wrong_with_a_path_is_said(tmp_path):
    with pytest.raises(TargetsError, match=re.escape("无.yaml：目标文件打不开：没有这个文件")):
        dtcheck.load_targets(tmp_path / "无.yaml")
    for call in (dtcheck.draft, read_report):
        with pytest.raises(ReportError, match=re.escape("无.txt（没有这个文件")):
            call(tmp_path / "无.txt")
    with pytest.raises(ReportError, match="是空的"):
        dtcheck.draft(write(tmp_path / "空.txt", "\n\n"))
    with pytest.raises(ReportError, match="是空的"):
        dtcheck.draft("\n \n")


def test_the_targets_that_the_environment_names(monkeypatch, file):
    monkeypatch.setitem(os.environ, "DTCHECK_TARGETS", file.path)
    assert dtcheck.load_targets() == file


def test_the_files_of_the_example_are_read_by_a_str_at_the_root(real, monkeypatch):
    """The mistake that once read the whole disk: letters, of which one is the root."""
    monkeypatch.setattr(os, "walk", lambda *_args, **_more: pytest.fail("reads a folder"))
    found = dtcheck.read_submissions(str(EXAMPLES / "actuals.csv"), real)
    assert list(found.files) == [str(EXAMPLES / "actuals.csv")]
