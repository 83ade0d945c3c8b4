"""The command line: options, usage errors, output files, consoles, and the way out."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys

import pytest
from making import SMALL, write
from running import EXAMPLES, ROOT, run_process

from dtcheck import __version__

GOOD = "编号,实际值,单位,期间\nGY01,60,个,6月\n"


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """A folder with a small targets file and a good submission, made the current one."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    return write(tmp_path / "a.csv", GOOD)


VERIFY = ("verify", "a.csv", "--targets", "t.yaml")

# Usage


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["verfy"], "没有命令 verfy，是不是 verify？"),
        (["xyz"], "可用的命令："),
        (["verify"], "缺少 文件"),
        (["verify", "a.csv", "--fromat", "json"], "没有选项 --fromat，是不是 --format？"),
        (["verify", "a.csv", "--zzz"], "没有选项 --zzz"),
        (["verify", "a.csv", "--format", "pdf"], "没有格式 pdf"),
        (
            ["verify", "a.csv", "--fail-on", "bad"],
            "只能是 never、data、missed、behind、missing 之一",
        ),
        (["verify", "a.csv", "--color", "yes"], "只能是 auto、always、never 之一"),
        (["verify", "a.csv", "--as-of"], "--as-of"),
        (["verify", "a.csv", "--as-of", "二季度"], "请改报“上半年”"),
        (["verify", "a.csv", "--as-of", "2024-13"], "没有 13 月"),
        (["verify", "a.csv", "--as-of", "2023-06"], "不在目标文件的 2024 年之内"),
        (["verify", "a.csv", "--as-of", "昨天"], "“昨天”看不懂"),
        (["verify", "a.csv", "--select", "QQ"], "没有编号以 QQ 开头的指标"),
        (["verify", "a.csv", "--select", "GY1"], "是不是"),
        (["verify", "a.csv", "--lead", "外星局"], "没有单位“外星局”"),
        (["verify", "a.csv", "--lead", "发展改革"], "是不是 发展和改革委员会？"),
        (["digest", "a.csv", "--lead", "科技"], "是不是 科学技术局？"),
        (["template", "--lead", "市场监管"], "是不是 市场监督管理局？"),
        (["targets", "list", "--lead", "科学技木局"], "是不是 科学技术局？"),
        # What many names hold says nothing.
        (["verify", "a.csv", "--lead", "局"], "有：发展和改革委员会、"),
        (["verify", "a.csv", "--select", "创新"], "是不是 CX（创新）？"),
        (["digest", "a.csv", "--select", "生太"], "是不是 ST（生态）？"),
        (["a.csv"], "写 dtcheck verify a.csv"),
        (["发改委.xlsx"], "发改委.xlsx 不是命令；要检查它，写 dtcheck verify 发改委.xlsx"),
        (["./报数"], "写 dtcheck verify ./报数"),
        (["一季度 定稿.xls"], '写 dtcheck verify "一季度 定稿.xls"'),
        (["verify.csv"], "写 dtcheck verify verify.csv"),
        (["targets", "a.csv"], "没有命令 a.csv，可用的命令："),
        (["explain", "欠续时"], "没有“欠续时”的说明，是不是 欠序时？"),
        (["explain", "科技"], "是不是 科学技术局？"),
        (["verify", "a.csv", "--ignore", "DT999"], "没有规则 DT999"),
        (["verify", "a.csv", "--ignore", "DT202"], "DT202 是错误，只有警告和提示可以忽略"),
        (["verify", "a.csv", "--ignore", "DT305,DT101"], "DT101 是错误"),
        (["targets", "lint", "--ignore", "DT411"], "DT411 是错误，只有警告和提示可以忽略"),
        (["targets", "audit", "r.txt", "--ignore", "DT4"], "没有规则 DT4"),
        (["verify", "a.csv", "--strict=yes"], "--strict"),
        (["targets", "lst"], "没有命令 lst，是不是 list？"),
        (["targets", "list", "more"], "参数太多：more"),
        (["targets", "list", "--format", "pdf"], "只能是"),
        # What can't be written is not written under another name.
        (
            ["verify", "a.csv", "-o", "r.docx"],
            "写不出 .docx 文件，能写的有 .json、.csv、.md、.xml、.txt",
        ),
        (["verify", "a.csv", "-o", "r.HTML"], "写不出 .html 文件"),
        (["verify", "a.csv", "--output", "x/2024.06"], "写不出 .06 文件"),
        (
            ["digest", "a.csv", "-o", "通报.doc"],
            "写不出 .doc 文件，能写的有 .md、.html、.htm、.docx",
        ),
        (["digest", "a.csv", "-o", "通报.json"], "写不出 .json 文件"),
        (["targets", "list", "-o", "r.csv"], "写不出 .csv 文件，能写的有 .json、.md、.xlsx、.txt"),
        (["targets", "lint", "-o", "r.pdf"], "写不出 .pdf 文件"),
        (["targets", "audit", "r.txt", "-o", "r.html"], "写不出 .html 文件"),
        (["targets", "new", "r.txt", "-o", "r.json"], "写不出 .json 文件，能写的有 .yaml、.yml"),
        (["targets", "schema", "-o", "s.yaml"], "写不出 .yaml 文件"),
    ],
)
def test_usage_errors_are_chinese_and_end_in_2(run, sheet, args, said):
    targets = [] if args[0] == "targets" or len(args) < 2 else ["--targets", "t.yaml"]
    done = run(*args, *targets)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.startswith("用法不对：")
    assert re.search("[a-z ]*--help 查看用法\n$", done.err)
    english = r"\b(Error|Usage|Invalid|Missing|Try|No such|Got|requires)\b"
    assert not re.search(english, done.err)


def test_hostile_arguments_are_cleaned(run, sheet):
    for args in (
        ("verify", "a\x1b[31m.csv"),
        ("x\x1b[31m",),
        ("verify", "a.csv", "--select", "\x1b[31m"),
    ):
        done = run(*args)
        assert done.code == 2
        assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--help"], ["用法：dtcheck [选项] 命令", "verify", "targets", "显示帮助"]),
        (
            ["verify", "--help"],
            ["用法：dtcheck verify [选项] 文件…", "--fail-on", "--as-of 月份", "退出码"],
        ),
        (["targets", "--help"], ["起草目标文件", "list"]),
        (["targets", "list", "--help"], ["列出全部指标", "--select"]),
    ],
)
def test_help_is_chinese(run, args, words):
    done = run(*args)
    assert (done.code, done.err) == (0, "")
    for word in words:
        assert word in done.out
    assert not re.search(r"Usage|Options|Commands|Show this|default:", done.out)


def test_version(run):
    done = run("--version")
    assert (done.code, done.out) == (0, f"dtcheck {__version__}\n")


def test_nothing_at_all_shows_the_help(run):
    done = run()
    assert done.code == 2
    assert "verify" in done.err


# Where results go


def test_results_and_nothing_else_on_standard_output(run, sheet):
    done = run(*VERIFY)
    assert done.err == ""
    assert done.out.startswith("东台市 小样\n")
    # Of the bureau's five targets one has its figure, one is undecided.
    assert done.out.endswith("没有需要处理的问题，未填报 3\n项不计入。\n")


@pytest.mark.parametrize("format_name", ["table", "markdown", "json"])
def test_output_writes_the_same_to_a_file(run, sheet, format_name):
    printed = run(*VERIFY, "--format", format_name)
    done = run(*VERIFY, "--format", format_name, "--output", "结果.txt")
    assert (done.code, done.out, done.err) == (printed.code, "", "")
    assert (sheet.parent / "结果.txt").read_text(encoding="utf-8") == printed.out


def test_output_keeps_the_exit_code(run, sheet):
    write(sheet, GOOD.replace("60", "10"))
    assert run(*VERIFY, "-o", "结果.txt").code == 1


def test_a_result_in_a_file_does_not_hide_why_the_run_ends_with_1(run, sheet):
    write(sheet, GOOD.replace("60", "10"))
    for more in (("-o", "结果.txt"), ("--format", "csv")):
        done = run(*VERIFY, *more)
        assert done.code == 1
        assert done.err.endswith("退出码 1：有需要处理的问题。\n")


def test_what_belongs_to_no_target_is_said_beside_a_csv(run, sheet):
    write(sheet, "名目,数据\n新开工项目,60\n")
    done = run(*VERIFY, "--format", "csv")
    assert done.code == 2
    assert "表头缺少“编号”或“指标”列" in done.err
    assert "DT102" in done.err


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out.json", '{\n  "dtcheck"'),
        ("out.csv", "\ufeff编号,"),
        ("out.MD", "# 东台市"),
        ("out.xml", "<?xml"),
        ("out.txt", "东台市 小样"),
        ("out", "东台市 小样"),
    ],
)
def test_the_name_of_the_file_says_the_format(run, sheet, name, start):
    run(*VERIFY, "-o", name)
    assert (sheet.parent / name).read_text(encoding="utf-8").startswith(start)
    # What is asked for goes before what a name suggests.
    run(*VERIFY, "-o", name, "--format", "markdown")
    assert (sheet.parent / name).read_text(encoding="utf-8").startswith("# 东台市")


def test_a_dash_is_standard_output(run, sheet):
    assert run(*VERIFY, "-o", "-").out == run(*VERIFY).out
    assert not (sheet.parent / "-").exists()


def test_output_replaces_whole_and_keeps_the_mode(run, sheet):
    path = write(sheet.parent / "结果.md", "旧" * 100_000)
    path.chmod(0o640)
    mode = path.stat().st_mode
    run(*VERIFY, "--format", "markdown", "-o", path)
    assert path.read_text(encoding="utf-8").startswith("# 东台市 小样\n")
    assert "旧" not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode == mode


@pytest.mark.posix("links: on Windows only who may make them can")
def test_output_through_a_link_keeps_the_link(run, sheet):
    real = write(sheet.parent / "真.txt", "旧")
    link = sheet.parent / "链接.txt"
    link.symlink_to(real)
    run(*VERIFY, "-o", link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("东台市")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_besides(run, sheet, monkeypatch, step):
    path = write(sheet.parent / "结果.txt", "旧的结果")
    before = sorted(sheet.parent.iterdir())

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr("pathlib.Path.replace", full)
    done = run(*VERIFY, "-o", path)
    monkeypatch.undo()
    assert done.code == 2
    assert "结果.txt" in done.err
    assert "原有的文件没有改动" in done.err
    assert path.read_text(encoding="utf-8") == "旧的结果"
    assert sorted(sheet.parent.iterdir()) == before


def test_an_interrupted_write_leaves_the_old_file(run, sheet, monkeypatch):
    path = write(sheet.parent / "结果.txt", "旧的结果")

    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    done = run(*VERIFY, "-o", path)
    assert (done.code, done.err.strip()) == (2, "已中断，结果可能没有写全。")
    assert path.read_text(encoding="utf-8") == "旧的结果"
    assert not list(sheet.parent.glob(".*"))


@pytest.mark.parametrize("path", ["没有/结果.txt", "."])
def test_an_output_that_can_not_be_written(run, sheet, path):
    done = run(*VERIFY, "-o", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("错误：写不进")


def test_output_to_a_device(run, sheet):
    assert run(*VERIFY, "-o", os.devnull).code == 0
    if os.path.exists("/dev/full"):  # noqa: PTH110
        assert run(*VERIFY, "-o", "/dev/full").code == 2


def test_a_submission_is_never_changed(run, sheet):
    before = sheet.read_bytes()
    run(*VERIFY)
    assert sheet.read_bytes() == before


# Colour

ESC = "\x1b["


@pytest.mark.parametrize(
    ("terminal", "environment", "options", "colored"),
    [
        (False, {}, (), False),
        (True, {}, (), True),
        (True, {"NO_COLOR": "1"}, (), False),
        (True, {"NO_COLOR": ""}, (), True),
        (True, {"TERM": "dumb"}, (), False),
        (True, {}, ("--color", "never"), False),
        (False, {}, ("--color", "always"), True),
        (False, {"NO_COLOR": "1"}, ("--color", "always"), True),  # asked for by name
        (False, {"FORCE_COLOR": "1"}, (), False),
        (True, {"NO_COLOR": "1"}, ("--color", "auto"), False),
    ],
)
def test_colour(run, sheet, monkeypatch, terminal, environment, options, colored):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = run(*VERIFY, *options).out
    assert (ESC in out) == colored


def test_no_colour_in_a_file_though_a_terminal_looks_on(run, sheet, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    run(*VERIFY, "-o", "结果.txt")
    assert ESC not in (sheet.parent / "结果.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("format_name", ["markdown", "json"])
def test_colour_belongs_to_the_table(run, sheet, format_name):
    assert ESC not in run(*VERIFY, "--format", format_name, "--color", "always").out


# targets list


def test_targets_list_json(run, real):
    document = run("targets", "list", "--format", "json").json
    assert list(document) == ["place", "year", "targets", "excluded"]
    assert len(document["targets"]) == 109
    assert all(list(each) == ["phrase", "why"] for each in document["excluded"])
    assert all(
        list(each)
        == [
            "code", "name", "section", "op", "value", "high", "unit", "measure", "kind", "strive", "phrase",
            "baseline", "lead", "pace", "reports", "tolerance", "aliases", "note",
        ]
        for each in document["targets"]
    )  # fmt: skip
    by_code = {each["code"]: each for each in document["targets"]}
    assert by_code["CX16"] == {
        "code": "CX16",
        "name": "实际利用外资",
        "section": "创新",
        "op": ">=",
        "value": 1.2,
        "high": None,
        "unit": "亿美元",
        "measure": "flow",
        "kind": "outcome",
        "strive": False,
        "phrase": "实际利用外资1.2亿美元",
        "baseline": 0.607,
        "lead": "商务局",
        "pace": "linear",
        "reports": "monthly",
        "tolerance": None,
        "aliases": [
            "实际使用外资",
            "利用外资",
            "实际到账外资",
            "利用外资到账额",
            "外资到账额",
            "到账外资",
            "实际到账注册外资",
            "实际外资",
            "实际利用外商直接投资",
        ],
        "note": None,
    }
    assert (by_code["CX05"]["op"], by_code["CX05"]["value"], by_code["CX05"]["high"]) == (
        "..",
        2,
        3,
    )
    assert (by_code["ZH09"]["op"], by_code["ZH09"]["value"]) == ("assigned", None)
    assert by_code["ZH04"]["reports"] == list(range(2, 13))


@pytest.mark.parametrize("format_name", ["table", "markdown"])
def test_targets_list_names_every_target(run, real, format_name):
    done = run("targets", "list", "--format", format_name)
    assert (done.code, done.err) == (0, "")
    assert re.findall(r"^(?:\| |  )([A-Z]{2}[0-9]{2}) ", done.out, re.M) == list(real.by_code)
    assert "109 项" in done.out


def test_targets_list_narrows(run, sheet):
    done = run(
        "targets",
        "list",
        "--targets",
        "t.yaml",
        "--select",
        "GY,CX",
        "--lead",
        "科技局",
        "--format",
        "json",
    )
    assert [each["code"] for each in done.json["targets"]] == ["CX01", "CX02", "CX03"]


# The way out


def test_an_internal_error_is_one_line_and_2(run, sheet, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError("坏了\x1b[31m")

    monkeypatch.setattr("dtcheck.cli.verify.build_report", broken)
    done = run(*VERIFY)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("内部错误：RuntimeError 坏了·[31m（")
    assert "test_cli.py" in line


def test_an_interrupt_is_one_line_and_2(run, sheet, monkeypatch):
    def interrupt(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("dtcheck.cli.verify.build_report", interrupt)
    done = run(*VERIFY)
    # click ends the line of the ^C first.
    assert (done.code, done.out, done.err) == (2, "", "\n已中断，结果可能没有写全。\n")


# As processes of their own

SAMPLE = EXAMPLES / "actuals.csv"


def test_python_m_dtcheck_from_another_folder(tmp_path):
    done = run_process("verify", SAMPLE, "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["results"]) == 109


def test_a_gbk_console(tmp_path):
    done = run_process("verify", SAMPLE, PYTHONIOENCODING="gbk")
    text = done.stdout.decode("gbk")
    assert "东台市 2024年《政府工作报告》量化目标" in text
    assert "?" not in text
    assert "─" not in text
    usage = run_process("verify", PYTHONIOENCODING="gbk")
    assert usage.returncode == 2
    assert "缺少 文件" in usage.stderr.decode("gbk")


def test_json_is_utf8_on_any_console():
    done = run_process("verify", SAMPLE, "--format", "json", PYTHONIOENCODING="gbk")
    assert json.loads(done.stdout.decode("utf-8"))["targets"]["place"] == "东台市"


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
def test_a_bare_locale(tmp_path, environment):
    path = write(tmp_path / "报数.csv", GOOD)
    targets = write(tmp_path / "t.yaml", SMALL)
    done = run_process("verify", path, "--targets", targets, **environment)
    assert done.returncode == 0, done.stderr
    assert b"GY01" in done.stdout
    assert done.stderr == b""
    if environment == {"LC_ALL": "C"}:
        assert "东台市 小样" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ("verify", str(SAMPLE), "--fail-on", "never"),
        ("verify", str(SAMPLE), "--fail-on", "never", "--format", "csv"),
        ("--help",),
        ("--version",),
        ("explain",),
    ],
)
def test_a_closed_pipe(args):
    with subprocess.Popen(
        [sys.executable, "-m", "dtcheck", *args],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.posix("a shell")
@pytest.mark.parametrize(
    ("redirection", "said"),
    [
        (">&-", b"-o"),
        (">/dev/full", "没有写完".encode()),
        ("2>&-", None),
        (">&- 2>&-", None),
        (">/dev/full 2>/dev/full", None),
    ],
)
def test_streams_that_are_closed_or_full_end_in_2(tmp_path, redirection, said):
    # With standard error gone there must be something to say: a file that isn't there.
    targets = "nowhere.yaml" if redirection == "2>&-" else ROOT / "targets.yaml"
    done = subprocess.run(
        f'"{sys.executable}" -m dtcheck verify "{SAMPLE}" --targets "{targets}" {redirection}',
        shell=True,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    if said:
        assert said in done.stderr


def test_standard_input_as_a_pipe():
    done = run_process("verify", "-", "--format", "json", stdin=SAMPLE.read_bytes())
    first = next(each for each in json.loads(done.stdout)["results"] if each["actual"])
    assert first["actual"]["file"] == "标准输入"


def test_no_file_is_opened_without_saying_its_encoding(tmp_path):
    for options in (
        (),
        ("--format", "markdown", "-o", str(tmp_path / "a.md")),
        ("--format", "json"),
    ):
        done = subprocess.run(
            [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-m", "dtcheck",
             "verify", str(SAMPLE), "--fail-on", "never", *options],
            cwd=ROOT,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        assert done.stderr == b""
