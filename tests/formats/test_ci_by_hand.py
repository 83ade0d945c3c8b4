"""What a pipeline shows of a small run, whole: annotations and JUnit, each word and number by hand."""

from __future__ import annotations

import hashlib

import pytest
from books import write_book
from lxml import etree
from making import SMALL, write
from running import ROOT

from dtcheck import __version__
from dtcheck.formats.problems import path_below

SHA = hashlib.sha256(SMALL.encode()).hexdigest()[:8]
# 48 % and 28.6 % where half is due; 101 - 48 and 70 - 20 in six months. No accident yet.
ROWS = """\
编号,实际值,单位,期间,填报单位,备注
GY01,48,个,2024-06,发改委,等环评
CX01,20,家,2024-06,科技局,
ST02,0,起,2024-06,,
XX01,1,个,2024-06,,
"""
GY01 = (
    "新开工项目：目标 超100个，实际 48个，完成率 48.0%，序时应达到 50 个，距序时 -2.0 个百分点，以后每月需 8.83个，"
    "牵头单位 发展和改革委员会，备注 等环评"
)
CX01 = "净增高企：目标 ≥70家，实际 20家，完成率 28.6%，序时应达到 35 家，距序时 -21.4 个百分点，以后每月需 8.33家，牵头单位 科学技术局"
NEAREST = "是不是 CX01 净增高企、ST01 能耗降幅、GY01 新开工项目？"
LOG = [
    "东台市 小样",
    "截至 2024-06（2024年1-6月），全年已过 50.0%",
    f"目标文件：t.yaml（9 项，sha256 {SHA}）· dtcheck {__version__}",
    "数据检查：错误 1、警告 1、提示 0。退出码 1：有需要处理的问题。",
]


@pytest.fixture
def verify(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)

    def running(form, *options, text=ROWS):
        write(tmp_path / "a.csv", text)
        return run("verify", "a.csv", "--targets", "t.yaml", "--format", form, *options)

    return running


def annotations(done):
    return [line for line in done.out.splitlines() if line.startswith("::")]


def escaped(text):
    return text.replace("%", "%25").replace("\n", "%0A")


def test_every_annotation(verify):
    done = verify("github", "--fail-on", "missing")
    assert done.out.splitlines() == [
        (
            "::error file=a.csv,line=5,title=DT201 目标文件中没有这个指标::“编号”列：目标文件中没有“XX01”%0A"
            + NEAREST
        ),
        f"::error file=a.csv,line=2,title=GY01 欠序时::“实际值”列：{escaped(GY01)}",
        f"::error file=a.csv,line=3,title=CX01 欠序时::“实际值”列：{escaped(CX01)}",
        # Due in June, or last in May: GY02 is only to be striven for, CX02 yearly, ST01 has no goal.
        "::error title=未填报::3 项应报未报：GY03、CX03、CX04",
        (
            "::warning file=a.csv,line=3,title=DT306 没有完成，也没有说明原因::“备注”列：欠序时或未完成，备注没有写原因"
            "%0A在备注写明原因和下一步措施"
        ),
        *LOG,
    ]


@pytest.mark.parametrize(
    ("level", "errors", "warnings"),
    [
        ("missing", ["DT201", "GY01", "CX01", "未填报"], ["DT306"]),
        ("behind", ["DT201", "GY01", "CX01"], ["DT306"]),
        ("missed", ["DT201"], ["DT306", "GY01", "CX01"]),
        ("never", [], ["DT201", "DT306", "GY01", "CX01"]),
    ],
)
def test_what_counts_is_an_error(verify, level, errors, warnings):
    found = annotations(verify("github", "--fail-on", level))
    titles = [line.partition("title=")[2].partition("::")[0].split()[0] for line in found]
    assert titles == [*errors, *warnings]
    assert sum(line.startswith("::error ") for line in found) == len(errors)


def test_infos_are_notices_where_all_is_asked_for(verify):
    text = ROWS.replace("XX01,1,个", "GY01,,")
    assert not [line for line in annotations(verify("github", text=text)) if "notice" in line]
    [line] = [each for each in annotations(verify("github", "--all", text=text)) if "DT311" in each]
    assert line.startswith("::notice file=a.csv,line=5,title=DT311 ")


def test_a_few_of_many_missing_targets(run):
    """Twenty are named; with the 21st it says that there are more."""
    codes = [f"XC{number:02d}" for number in range(1, 19)] + ["GY01", "GY10", "GY11"]
    for count, more in ((20, ""), (21, " 等")):
        done = run(
            *(
                "verify",
                ROOT / "examples" / "2024-q1.csv",
                "--as-of",
                "2024-12",
                "--format",
                "github",
            ),
            *("--fail-on", "missing", "--select", ",".join(codes[:count])),
        )
        [line] = [each for each in annotations(done) if "应报未报" in each]
        silent = line.partition("应报未报：")[2]
        assert line.startswith(f"::error title=未填报::{count} 项应报未报：")
        assert silent.endswith(more)
        assert silent.count("、") == 19
        assert (" 等" in silent) is bool(more)


def test_every_case_of_junit(verify):
    document = etree.fromstring(verify("junit", "--fail-on", "missing").out.encode())
    assert dict(document.attrib) == {
        "name": "dtcheck",
        "tests": "10",
        "failures": "6",
        "errors": "0",
    }
    suites = document.findall("testsuite")
    keys = ("name", "tests", "failures", "errors", "skipped")
    assert [tuple(suite.get(key) for key in keys) for suite in suites] == [
        ("GY 工业", "3", "2", "0", "1"),
        ("CX 创新", "4", "3", "0", "1"),
        ("ST 生态", "2", "0", "0", "1"),
        ("报数表", "1", "1", "0", "0"),
    ]
    for suite in suites:
        properties = [(each.get("name"), each.get("value")) for each in suite.iter("property")]
        assert properties == [
            ("as-of", "2024-06"),
            ("targets", "t.yaml"),
            ("about", "；".join(LOG)),
        ]
    cases = {case.get("name").split()[0]: case for case in document.iter("testcase")}
    assert {case.get("classname") for case in suites[0].iter("testcase")} == {"dtcheck.GY"}
    assert cases["a.csv"].get("classname") == "dtcheck.报数表"
    shown = {
        name: [(each.tag, each.get("type"), each.get("message"), each.text) for each in case]
        for name, case in cases.items()
    }
    silent = "未填报：利用外资：目标 ≥1.2亿美元，实际 –，牵头单位 科学技术局"
    assert shown["GY01"] == [
        ("failure", "behind", f"欠序时：{GY01}", f"欠序时：{GY01}\n位置：a.csv 第2行 “实际值”列")
    ]
    assert shown["GY02"] == [("skipped", None, "未填报", None)]
    assert shown["CX01"] == [
        ("failure", "behind", f"欠序时：{CX01}", f"欠序时：{CX01}\n位置：a.csv 第3行 “实际值”列"),
        (
            "system-out",
            None,
            None,
            "DT306 欠序时或未完成，备注没有写原因\n改法：在备注写明原因和下一步措施\n位置：a.csv 第3行 “备注”列",
        ),
    ]
    assert shown["CX02"] == [("skipped", None, "未到期", None)]
    assert shown["CX03"] == [("failure", "no_data", silent, silent)]
    assert shown["ST01"] == [("skipped", None, "待定", None)]
    kept = "达序时：安全事故：目标 ≤0起，实际 0起，牵头单位 发展和改革委员会\n位置：a.csv 第4行 “实际值”列"
    assert shown["ST02"] == [("system-out", None, None, kept)]
    unknown = "DT201 目标文件中没有“XX01”"
    assert shown["a.csv"] == [
        ("failure", "DT201", unknown, f"{unknown}\n改法：{NEAREST}\n位置：a.csv 第5行 “编号”列")
    ]


def test_what_could_not_be_judged_is_an_error_of_junit(verify):
    done = verify("junit", text="项目,数据\n甲,1\n")
    document = etree.fromstring(done.out.encode())
    assert (done.code, document.get("failures"), document.get("errors")) == (2, "0", "1")
    [case] = document.findall("testsuite")[-1].findall("testcase")
    assert [(each.tag, each.get("type")) for each in case] == [("error", "DT102")]


def test_the_lines_below_the_tables_of_markdown(verify):
    lines = verify("markdown").out.splitlines()
    assert [line for line in lines if line.startswith(("另有", "未填报"))] == [
        "另有未填报 2 项。",
        "另有未填报 2 项、未到期 1 项。",
        "另有待定 1 项。",
    ]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    assert rows[-4:] == [
        ["工业", "3", "0", "0", "1", "0", "2", "0", "0.0%"],
        ["创新", "4", "0", "0", "1", "0", "2", "1", "0.0%"],
        ["生态", "2", "0", "1", "0", "0", "0", "1", "100.0%"],
        # One of the seven that could be judged.
        ["合计", "9", "0", "1", "2", "0", "4", "2", "14.3%"],
    ]
    every = verify("markdown", "--all").out
    assert "另有" not in every
    text = ROWS.replace("XX01,1,个", "GY01,,")
    assert "\n\n另有提示 1 条，--all 列出。\n\n" in verify("markdown", text=text).out


@pytest.mark.parametrize(
    ("row", "said"),
    [
        # A rate has no pace: half a point under its goal, and no share of it.
        (
            "GY03,6,%,2024-06",
            "欠序时：工业增加值增长：目标 6.5%左右，实际 6%，距目标 -0.5 个百分点，牵头单位 发展和改革委员会",
        ),
        # A limit has neither: one accident too many.
        (
            "ST02,1,起,2024-06",
            "未完成：安全事故：目标 ≤0起，实际 1起，距目标 +1起，牵头单位 发展和改革委员会",
        ),
        # 100 of more than 100 is on pace to the dot, and one short.
        (
            "GY01,100,个,2024-12",
            "未完成：新开工项目：目标 超100个，实际 100个，完成率 100.0%，距序时 -1个，牵头单位 发展和改革委员会",
        ),
        # 2.4 of 2.5 is 96 %; without last year's share there is no pace to be behind.
        (
            "CX02,2.4,%,2024-12",
            "基本达到：研发投入占比：目标 2.5%左右，实际 2.4%，完成率 96.0%，距目标 -0.1%，牵头单位 科学技术局",
        ),
        # 60 of 101 by June: 41 in six months. 101 in December takes nothing more.
        (
            "GY01,60,个,2024-06",
            (
                "达序时：新开工项目：目标 超100个，实际 60个，完成率 60.0%，距序时 +10.0 个百分点，以后每月需 6.83个，"
                "牵头单位 发展和改革委员会"
            ),
        ),
        (
            "GY01,101,个,2024-12",
            "已完成：新开工项目：目标 超100个，实际 101个，完成率 101.0%，距序时 +1.0 个百分点，牵头单位 发展和改革委员会",
        ),
        (
            "GY02,160,亿元,2024-06",
            (
                "达序时：开票销售*：目标 ≥300亿元，实际 160亿元，完成率 53.3%，距序时 +3.3 个百分点，以后每月需 23.33亿元，"
                "牵头单位 发展和改革委员会"
            ),
        ),
    ],
)
def test_a_target_in_a_sentence(verify, row, said):
    text = f"编号,实际值,单位,期间\n{row}\n"
    document = etree.fromstring(verify("junit", text=text).out.encode())
    [case] = [each for each in document.iter("testcase") if each.get("name")[:4] == row[:4]]
    [first, *_] = case
    assert first.text.split("\n")[0] == said


def test_what_is_nearly_kept_is_an_error_only_where_that_counts(verify):
    """2.4 of about 2.5, in December: it counts when everything does."""
    text = "编号,实际值,单位,期间\nCX02,2.4,%,2024-12\n"
    assert not [line for line in annotations(verify("github", text=text)) if "CX02" in line]
    [line] = [
        each for each in annotations(verify("github", "--strict", text=text)) if "CX02" in each
    ]
    assert line.startswith(
        "::error file=a.csv,line=2,title=CX02 基本达到::“实际值”列：研发投入占比："
    )


def test_an_annotation_of_a_workbook_names_its_sheet(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    rows = [["编号", "实际值", "单位", "期间"], ["GY01", "六十", "个", "6月"]]
    write_book(tmp_path / "a.xlsx", {"报表": rows})
    done = run("verify", "a.xlsx", "--targets", "t.yaml", "--format", "github")
    [line] = [each for each in annotations(done) if "DT202" in each]
    assert line.startswith(
        "::error file=a.xlsx,line=2,title=DT202 实际值不是数::“报表”表 第2行 “实际值”列："
    )


def test_a_title_makes_no_command(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL.replace("title: 小样", 'title: "::error::小 ##[group]样"'))
    write(tmp_path / "a.csv", ROWS)
    lines = run("verify", "a.csv", "--targets", "t.yaml", "--format", "github").out.splitlines()
    assert lines[-4] == "东台市 : :error: :小 ## [group]样"


def test_findings_of_markdown_are_read_from_the_left(verify):
    lines = verify("markdown").out.splitlines()
    at = lines.index("## 数据问题")
    rules = lines[at + 3].strip("|").split("|")
    assert [(cell.startswith(":"), cell.endswith(":")) for cell in rules] == [(True, False)] * 5


# Paths as they are called below the root.


@pytest.mark.parametrize(
    ("file", "root", "shown"),
    [
        ("real/a/x.csv", "real", "a/x.csv"),
        ("real/..x/x.csv", "real", "..x/x.csv"),
        ("real/...csv", "real", "...csv"),
        # The workspace, or the file, by the name of a link.
        ("real/a/x.csv", "link", "a/x.csv"),
        ("link/a/x.csv", "real", "a/x.csv"),
        # A link that stands in the folder is in it, wherever it leads.
        ("real/away.csv", "real", "away.csv"),
        ("link/away.csv", "real", "away.csv"),
        ("other/x.csv", "real", None),
        ("other/x.csv", "link", None),
    ],
)
def test_a_path_below_its_root(tmp_path, file, root, shown):
    (tmp_path / "real" / "a").mkdir(parents=True)
    try:
        (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
        (tmp_path / "real" / "away.csv").symlink_to(tmp_path / "other" / "x.csv")
    except OSError:
        pytest.skip("no links here")
    path = str(tmp_path / file)
    wanted = path.replace("\\", "/") if shown is None else shown
    assert path_below(path, str(tmp_path / root)) == wanted
