"""What goes where: formats and files of one run, the summary of a GitHub step, the last words."""

from __future__ import annotations

import errno
import io
import os
import sys

import click
import pytest
from making import SMALL, write

from dtcheck.cli import outputs
from dtcheck.cli import write as write_module
from dtcheck.cli.outputs import Output, plan_outputs
from dtcheck.cli.write import (
    prepare_streams,
    problems_of,
    say,
    style_for,
    write_bytes,
    write_result,
)

# 10 of more than 100 by June is behind: exit code 1.
BEHIND = "编号,实际值,单位,期间\nGY01,10,个,2024-06\n,1,个,2024-06\n"
KEPT = "编号,实际值,单位,期间\nGY01,60,个,2024-06\n"
CUT = "\n\n（太长，后面的没有列出，见日志）\n"


@pytest.fixture
def verify(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)

    def running(*options, text=BEHIND):
        write(tmp_path / "a.csv", text)
        return run("verify", "a.csv", "--targets", "t.yaml", "--select", "GY01", *options)

    return running


# The plan.


@pytest.mark.parametrize(
    ("formats", "output", "planned"),
    [
        ([], None, [("table", None)]),
        ([], "-", [("table", None)]),
        ([], "r.txt", [("table", "r.txt")]),
        ([], "r.json", [("json", "r.json")]),
        ([], "r.CSV", [("csv", "r.CSV")]),
        ([], "r.md", [("markdown", "r.md")]),
        ([], "r.xml", [("junit", "r.xml")]),
        ([("csv", None)], "r.json", [("csv", "r.json")]),
        ([("json", None)], None, [("json", None)]),
        ([("json", "a")], None, [("json", "a")]),
        # What has no file comes first, whatever was written first.
        ([("json", "a"), ("csv", None)], None, [("csv", None), ("json", "a")]),
        ([("json", "a"), ("csv", None)], "b", [("csv", "b"), ("json", "a")]),
        ([("json", "a"), ("json", "b")], None, [("json", "a"), ("json", "b")]),
    ],
)
def test_what_is_written_where(formats, output, planned):
    assert plan_outputs([Output(*each) for each in formats], output) == tuple(
        Output(*each) for each in planned
    )


@pytest.mark.parametrize(
    ("formats", "output", "said"),
    [
        (
            [("json", None), ("csv", None)],
            None,
            "屏幕上只能输出一种格式，其余的写明文件，如 --format json=文件 --format csv=文件",
        ),
        ([("json", "a")], "b", "--output 不知道给哪种格式，请写成 --format 格式=文件"),
        ([("json", "a"), ("csv", "./a")], None, "两种格式不能写到同一个文件"),
        ([("json", None), ("csv", "a")], "b/../a", "两种格式不能写到同一个文件"),
    ],
)
def test_results_that_would_meet(formats, output, said):
    with pytest.raises(click.UsageError) as refused:
        plan_outputs([Output(*each) for each in formats], output)
    assert refused.value.message == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("jsn", "没有格式 jsn，是不是 json？"),
        ("=a", "没有格式 ，可用的有 table、markdown、json、csv、github、junit"),
        ("json=", "json= 之后要写文件名"),
    ],
)
def test_formats_that_there_are_not(verify, written, said):
    done = verify("--format", written)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_dash_behind_a_format_is_the_screen(verify):
    assert verify("--format", "json=-").out == verify("--format", "json").out


def test_an_equals_sign_may_stand_in_a_name(verify, tmp_path):
    verify("--format", "json=a=b.json")
    assert (tmp_path / "a=b.json").is_file()


# Last words: only where nothing else says why a run ends with 1.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), False),
        (("--format", "json"), False),
        (("--format", "csv"), True),
        (("-o", "r.txt"), True),
        (("--format", "json=a", "--format", "csv=b"), True),
        (("--format", "json=a", "--format", "table"), False),
    ],
)
def test_a_run_that_shows_nothing_says_how_it_ended(verify, options, said):
    done = verify(*options)
    assert done.code == 1
    assert ("退出码 1：" in done.err) is said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "r.txt"), False),
        (("--format", "csv"), False),
        # Of several files, not one is looked at first.
        (("--format", "json=a", "--format", "csv=b"), True),
    ],
)
def test_a_good_run_has_less_to_say(verify, options, said):
    done = verify(*options, text=KEPT)
    assert done.code == 0
    assert ("退出码 0：" in done.err) is said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "csv"), True),
        (("--format", "csv=a.out"), True),
        (("--format", "csv=a.out", "--format", "json=b.out"), False),
        (("--format", "json"), False),
    ],
)
def test_rows_of_no_target_are_said_where_only_a_csv_is_written(verify, options, said):
    """The second row names no target: DT201."""
    err = verify(*options).err
    assert ("（DT201）" in err) is said
    assert "GY01" not in err


def test_a_file_that_can_not_be_written_does_not_stop_the_others(verify, tmp_path):
    done = verify("--format", "json=no/a", "--format", "csv=b.csv", "--format", "markdown=no/c")
    assert done.code == 2
    said = [line.removeprefix("错误：") for line in done.err.splitlines()]
    assert [line[:8] for line in said if line.startswith("写不进")] == [
        "写不进 no/a",
        "写不进 no/c",
    ]
    assert (tmp_path / "b.csv").read_text(encoding="utf-8-sig").startswith("编号,")


@pytest.mark.parametrize("shown", ["table", "markdown", "github", "json"])
@pytest.mark.parametrize("text", [KEPT, BEHIND])
@pytest.mark.parametrize("lost", [("--format", "csv=t.yaml/x.csv"), ("--mark", "t.yaml/x.xlsx")])
def test_the_screen_says_that_a_run_with_a_lost_file_ends_with_2(
    verify, tmp_path, monkeypatch, shown, text, lost
):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    done = verify("--format", shown, *lost, text=text)
    assert done.code == 2
    assert "t.yaml" in done.err
    if shown == "json":
        assert done.json["exit_code"] == 2
    told = [done.out] if shown != "json" else []
    if shown == "github":
        told.append((tmp_path / "summary").read_text(encoding="utf-8"))
    for each in told:
        assert "退出码2：有文件没有写成。" in "".join(each.split())
        assert "退出码 0" not in each
        assert "退出码 1" not in each


def test_files_are_there_before_the_screen(verify, monkeypatch):
    order = []
    monkeypatch.setattr(outputs, "write_result", lambda text, path, utf8: order.append(path))
    monkeypatch.setattr(
        "dtcheck.cli.verify.write_copies", lambda *args, **more: order.append("copies")
    )
    verify("--format", "table", "--format", "json=a.json", "--mark", "m.xlsx")
    assert order == ["a.json", "copies", None]


# The summary of a GitHub step.


@pytest.fixture
def summary(verify, tmp_path, monkeypatch):
    """Return what a run appends to the summary of a step, in at most so many bytes."""
    path = tmp_path / "summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))

    def appending(most: int) -> str:
        monkeypatch.setattr(outputs, "_SUMMARY_BYTES", most)
        path.write_bytes(b"")
        verify("--format", "github")
        return path.read_bytes().decode("utf-8")

    return appending


def test_a_summary_that_is_too_long_ends_with_a_whole_line(verify, summary):
    whole = summary(10**6)
    assert whole.endswith(verify("--format", "markdown").out)
    lines = whole.split("\n")
    size = len(whole.encode())
    assert summary(size) == whole
    for most in (*range(len(lines[0].encode()) + 1, size, 37), size - 1):
        text = summary(most)
        assert text.endswith(CUT)
        kept = text.removesuffix(CUT)
        count = len(kept.split("\n"))
        assert kept == "\n".join(lines[:count])
        # Neither more nor less than there is room for, each with the end of its line.
        assert len(kept.encode()) < most
        longer = "\n".join(lines[: count + 1])
        assert len(longer.encode()) >= most


def test_a_summary_of_nearly_a_megabyte_is_left_whole():
    """GitHub takes 1 MiB a step, with what other steps wrote before."""
    assert 2**20 // 2 < outputs._SUMMARY_BYTES < 2**20


# Writing.


def test_problems_are_gathered():
    def fail(why):
        def failing():
            raise click.ClickException(why)

        return failing

    done = []
    assert problems_of([fail("一"), lambda: done.append(1), fail("二")]) == ["一", "二"]
    assert done == [1]


def test_fifty_findings_are_said_and_the_rest_counted(verify):
    rows = "".join(f"XX{row},{row},个,2024-06\n" for row in range(53))
    done = verify("--format", "csv", text="编号,实际值,单位,期间\n" + rows)
    said = done.err.splitlines()
    assert sum("（DT201）" in line for line in said) == 50
    assert "  另有 3 处，改好以上各处再看。" in said
    done = verify("--format", "csv", text="编号,实际值,单位,期间\n" + rows[: rows.index("XX50,")])
    assert done.err.count("（DT201）") == 50
    assert "另有" not in done.err


@pytest.mark.parametrize(
    ("color", "to_file", "terminal", "environment", "expected"),
    [
        ("auto", False, True, {}, True),
        ("auto", False, False, {}, False),
        ("auto", True, True, {}, False),
        ("auto", False, True, {"NO_COLOR": "1"}, False),
        ("auto", False, True, {"TERM": "dumb"}, False),
        ("always", True, False, {"NO_COLOR": "1"}, True),
        ("never", False, True, {}, False),
    ],
)
def test_when_there_is_colour(monkeypatch, color, to_file, terminal, environment, expected):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert style_for(color, to_file=to_file, everything=False).color is expected


@pytest.mark.parametrize(
    ("encoding", "to_file", "boxes"),
    [
        ("utf-8", False, True),
        ("UTF_8", False, True),
        ("utf8", False, True),
        ("gbk", False, False),
        ("gbk", True, True),
    ],
)
def test_only_unicode_has_boxes(monkeypatch, encoding, to_file, boxes):
    class Console:
        def isatty(self):
            return False

    console = Console()
    console.encoding = encoding
    monkeypatch.setattr("sys.stdout", console)
    assert style_for("auto", to_file=to_file, everything=True).boxes is boxes


@pytest.mark.parametrize(("columns", "width"), [("120", 120), ("60", 60), ("59", 60), ("20", 60)])
def test_no_table_is_narrower_than_60(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert style_for("never", to_file=True, everything=False).width == width


class Console(io.TextIOWrapper):
    """A standard stream of some encoding, whose bytes can be looked at."""

    def __init__(self, encoding):
        super().__init__(io.BytesIO(), encoding)

    @property
    def content(self):
        self.flush()
        return self.buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "utf8", "content"),
    [
        ("gbk", False, "目标≥3座√?".encode("gbk")),
        ("gbk", True, "目标≥3座√🙂".encode()),
        ("utf-8", False, "目标≥3座√🙂".encode()),
        ("ascii", False, b"???3???"),
    ],
)
@pytest.mark.parametrize("output", [None, "-"])
def test_what_a_console_gets(monkeypatch, encoding, utf8, content, output):
    console = Console(encoding)
    monkeypatch.setattr("sys.stdout", console)
    write_result("目标≥3座√🙂", output, utf8=utf8)
    assert console.content == content


def test_messages_have_the_encoding_of_their_stream_and_no_controls(monkeypatch):
    console = Console("gbk")
    monkeypatch.setattr("sys.stderr", console)
    say("第一行\x1b[31m🙂\n第二行\u202e")
    assert console.content.decode("gbk") == "第一行·[31m?\n第二行·\n"


def test_bytes_to_a_dash_are_not_touched(monkeypatch, tmp_path):
    console = Console("gbk")
    monkeypatch.setattr("sys.stdout", console)
    write_bytes(b"\xef\xbb\xbf\r\n", "-")
    assert console.content == b"\xef\xbb\xbf\r\n"
    write_result("目标🙂\r\n", str(tmp_path / "r"), utf8=False)
    assert (tmp_path / "r").read_bytes() == "目标🙂\r\n".encode()
    assert console.content == b"\xef\xbb\xbf\r\n"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (io.UnsupportedOperation("not writable"), "是关着的"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘满了"),
    ],
)
def test_a_screen_that_takes_no_more(monkeypatch, error, why):
    class Full(Console):
        def flush(self):
            raise error

    silenced = []
    monkeypatch.setattr(write_module, "_silence", silenced.append)
    full = Full("utf-8")
    monkeypatch.setattr("sys.stdout", full)
    with pytest.raises(click.ClickException) as refused:
        write_result("目标", None, utf8=True)
    assert refused.value.message == f"结果没有写完，标准输出写不进：{why}。可加 -o 文件。"
    # What can't be said on standard error can't be said at all.
    monkeypatch.setattr("sys.stderr", full)
    say("目标")
    assert silenced == [full, full]


def test_a_reader_that_has_seen_enough_is_no_problem(monkeypatch):
    class Gone(Console):
        def flush(self):
            # Not once more when it goes.
            if not silenced:
                raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    silenced = []
    monkeypatch.setattr(write_module, "_silence", silenced.append)
    monkeypatch.setattr("sys.stdout", Gone("utf-8"))
    write_result("目标", None, utf8=True)
    assert len(silenced) == 1


@pytest.mark.parametrize(("kind", "number", "is_gone"), [
    ("pipe", errno.EINVAL, True),
    ("pipe", errno.ENOSPC, False),
    ("file", errno.EINVAL, False),
])  # fmt: skip
def test_windows_calls_a_closed_pipe_an_invalid_argument(
    monkeypatch, tmp_path, kind, number, is_gone
):
    class Refusing(io.TextIOWrapper):
        def write(self, text):
            raise OSError(number, "Invalid argument")

    reading, writing = os.pipe()
    if kind == "file":
        os.close(writing)
        writing = os.open(tmp_path / "out", os.O_WRONLY | os.O_CREAT)
    with Refusing(open(writing, "wb"), encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "platform", "linux")
        assert not write_module.nobody_reads(stream)
        monkeypatch.setattr(sys, "platform", "win32")
        assert write_module.nobody_reads(stream) is is_gone
    os.close(reading)


def test_streams_that_are_closed_are_stood_in_for(monkeypatch):
    """Standard input is empty, standard error swallows all, and standard output takes nothing."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    prepare_streams()
    with sys.stdin as stdin, sys.stdout as stdout, sys.stderr as stderr:
        assert stdin.read() == ""
        assert stderr.write("目标") == 2
        with pytest.raises(io.UnsupportedOperation):
            stdout.write("目标")


def test_open_streams_take_any_text(monkeypatch):
    console = Console("gbk")
    monkeypatch.setattr("sys.stdout", console)
    prepare_streams()
    assert sys.stdout is console
    print("目标🙂", end="")
    assert console.content == "目标?".encode("gbk")


@pytest.mark.parametrize("command", [("lint",), ("audit", "报告.txt")])
def test_checks_of_a_targets_file_have_a_step_summary_where_they_fail(
    run, tmp_path, monkeypatch, command
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    write(tmp_path / "报告.txt", "东台市2024年政府工作报告\n")
    for text, code in ((SMALL.replace("> 100 个", "> 200 个"), 1), (SMALL, 0)):
        write(tmp_path / "t.yaml", text)
        (tmp_path / "summary").write_bytes(b"")
        args = ("targets", *command, "--targets", "t.yaml", "--format")
        done = run(*args, "github")
        told = (tmp_path / "summary").read_text(encoding="utf-8")
        if command == ("lint",):
            assert done.code == code
        errors = done.out.count("::error ")
        assert (errors > 0) is (done.code == 1)
        assert told.startswith(f"## 需要处理的问题（{errors} 项）") is (errors > 0)
        assert (told == "") is (errors == 0)
        run(*args, "json")
        assert (tmp_path / "summary").read_text(encoding="utf-8") == told
