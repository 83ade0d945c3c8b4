"""[tool.dtcheck] in pyproject.toml, --column, and several outputs of one run."""

from __future__ import annotations

import json
import shutil

import pytest
from running import EXAMPLES, ROOT

HEAD = "[tool.dtcheck]\n"


@pytest.fixture
def configured(run, tmp_path, monkeypatch):
    """Run in a folder below one whose pyproject.toml holds the text."""

    def running(text, *args):
        here = tmp_path / "repo" / "below"
        here.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repo" / "pyproject.toml").write_text(text, encoding="utf-8")
        monkeypatch.chdir(here)
        return run(*args)

    return running


@pytest.fixture
def table(tmp_path):
    def writing(text, name="2024-06.csv"):
        path = tmp_path / "repo" / "below" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return writing


# 19 of 60 by June is 18.3 points under pace.
BEHIND = "编号,实际值,单位,备注\nGY10,19,个,雨季\n"


def test_fail_on_and_the_command_line_wins(configured, table):
    args = ("verify", table(BEHIND), "--select", "GY10")
    assert configured("", *args).code == 1
    assert configured(HEAD + 'fail-on = "missed"', *args).code == 0
    assert configured(HEAD + 'fail-on = "missed"', *args, "--fail-on", "behind").code == 1


def test_strict_and_the_command_line_wins(configured, table):
    # 6.3 is within 5 % of 6.5左右: near, which only counts strictly.
    args = ("verify", table("编号,实际值,单位\nZH01,6.3,%\n"), "--select", "ZH01")
    assert configured("", *args).code == 0
    assert configured(HEAD + "strict = true", *args).code == 1
    assert configured(HEAD + "strict = true", *args, "--no-strict").code == 0
    assert configured(HEAD + "strict = false", *args, "--strict").code == 1


def rules(done):
    return {each["rule"] for each in done.json["findings"]}


def test_ignore_with_a_reason_that_is_printed(configured, table):
    file = table("编号,实际值,单位,填报单位\nGY10,约30,,工信局\n")
    args = ("verify", file, "--select", "GY10", "--format")
    text = HEAD + 'ignore = ["dt305", {rule = "DT303", reason = "年中先报预计数"}]'
    assert rules(configured("", *args, "json")) >= {"DT303", "DT305", "DT307"}
    assert rules(configured(text, *args, "json")) & {"DT303", "DT305", "DT307"} == {"DT307"}
    for name in ("table", "markdown", "github", "junit"):
        shown = "".join(configured(text, *args, name).out.split())
        assert "DT303不是一个确切的数（年中先报预计数）" in shown
    # The command line's list takes the place of the configured one, reasons included.
    done = configured(text, *args, "json", "--ignore", "DT307")
    assert rules(done) & {"DT303", "DT305", "DT307"} == {"DT303", "DT305"}
    assert "年中先报预计数" not in configured(text, *args, "table", "--ignore", "DT303").out


def test_targets_are_relative_to_the_file(configured, table, tmp_path, monkeypatch):
    own = (ROOT / "targets.yaml").read_text(encoding="utf-8").replace("东台市", "西台市")
    other = tmp_path / "repo" / "目标.yaml"
    other.parent.mkdir()
    other.write_text(own, encoding="utf-8")
    text = HEAD + 'targets = "目标.yaml"'
    args = ("verify", table(BEHIND), "--format", "json")
    assert configured(text, *args).json["targets"]["place"] == "西台市"
    assert configured(text, "targets", "list", "--format", "json").json["place"] == "西台市"
    wins = configured(text, *args, "--targets", ROOT / "targets.yaml")
    assert wins.json["targets"]["place"] == "东台市"
    assert configured(HEAD + 'targets = "没有.yaml"', *args).code == 2


@pytest.mark.parametrize(
    ("lights", "light"),
    [
        ("", "red"),
        ("red-points = 18.4", "yellow"),
        ("red-points = 18.333333333333333333", "red"),
        ("red-points = 18.333333333333333334", "yellow"),
        ("red-points = 100", "yellow"),
        ("red-points = 0", "red"),
        ("red-rate-share = 1", "red"),
    ],
)
def test_where_red_begins_for_quantities(configured, table, lights, light):
    # 19 of 60 is 31.666…%: 18.333… points under a half.
    done = configured(
        f"[tool.dtcheck.lights]\n{lights}",
        *("verify", table(BEHIND), "--select", "GY10", "--format", "json"),
    )
    assert [each["light"] for each in done.json["results"]] == [light]


@pytest.mark.parametrize(
    ("lights", "light"),
    [("", "yellow"), ("red-rate-share = 0.05", "red"), ("red-rate-share = 0.0501", "yellow")],
)
def test_where_red_begins_for_rates(configured, table, lights, light):
    # 5.7 is 0.3 under 6, exactly 5 % of it.
    done = configured(
        f"[tool.dtcheck.lights]\n{lights}",
        *("verify", table("编号,实际值,单位,备注\nZH02,5.7,%,有\n")),
        *("--select", "ZH02", "--format", "json"),
    )
    assert [each["light"] for each in done.json["results"]] == [light]


FORM = "编号,止本月数,完成值,进展\nGY10,31,7,雨季\n"


def value(done):
    [result] = done.json["results"]
    return result["actual"] and (result["actual"]["value"], result["actual"]["note"])


def test_columns_of_a_form_of_its_own(configured, table):
    args = ("verify", table(FORM), "--select", "GY10", "--format", "json")
    text = '[tool.dtcheck.columns]\n"止本月数" = "实际值"\n"进展" = "备注"'
    assert value(configured("", *args)) == (7, None)
    # The column that was named wins over 完成值, which only looks like it.
    done = configured(text, *args)
    assert value(done) == (31, "雨季")
    assert "DT104" not in rules(done)
    assert value(configured("", *args, "--column", "实际值=止本月数")) == (31, None)
    done = configured(text, *args, "--column", "备注=止本月数", "--column", "实际值=完成值")
    assert value(done) == (7, "31；雨季")


@pytest.mark.parametrize("form", [FORM, "编号,完成值,止本月数\nGY10,7,31\n"])
def test_the_order_of_columns_doesnt_matter(run, table, form):
    args = ("verify", table(form), "--select", "GY10", "--format", "json")
    assert value(run(*args, "--column", "actual=止本月数"))[0] == 31


def test_two_named_columns_for_one_field_are_one_too_many(run, table):
    args = ("--column", "实际值=止本月数", "--column", "实际值=进展")
    done = run("verify", table(FORM), "--format", "json", *args)
    assert (done.code, rules(done) & {"DT102", "DT104"}) == (1, {"DT104"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail_on = 'missed'", "没有 fail_on 这个键，是不是 fail-on？"),
        ("format = 'json'", "没有 format 这个键"),
        ("fail-on = 'allways'", "fail-on 只能是 never、data、missed、behind、missing 之一"),
        ("fail-on = 1", "fail-on 只能是"),
        ("strict = 'yes'", "strict 只能是 true 或 false"),
        ("strict = 1", "strict 只能是 true 或 false"),
        ("targets = ''", "targets 要写成引号里的文字"),
        ("ignore = 'DT306'", "ignore 要写成列表"),
        ("ignore = ['DT999']", "没有规则 DT999"),
        ("ignore = ['DT202']", "DT202 是错误，只有警告和提示可以忽略"),
        ("ignore = [{rule = 'DT306', why = '无'}]", "没有 why 这个键"),
        ("ignore = [{reason = '无'}]", "ignore 的规则 要写成引号里的文字"),
        ("ignore = [3]", "ignore 的规则 要写成引号里的文字"),
        ("lights = {red = 10}", "没有 red 这个键，可用的键：red-points、red-rate-share"),
        ("lights = {red-points = 'ten'}", "red-points 要写 0 到 100 之间的数"),
        ("lights = {red-points = -1}", "red-points 要写 0 到 100 之间的数"),
        ("lights = {red-points = 100.5}", "red-points 要写 0 到 100 之间的数"),
        ("lights = {red-points = true}", "red-points 要写 0 到 100 之间的数"),
        ("lights = {red-points = nan}", "red-points 要写 0 到 100 之间的数"),
        ("lights = {red-points = inf}", "red-points 要写 0 到 100 之间的数"),
        ("lights = {red-rate-share = 1e999999999}", "red-rate-share 要写 0 到 1 之间的数"),
        ("lights = 3", "要写成表"),
        ("columns = ['a']", "columns 要写成表"),
        ("columns = {'甲' = '乙'}", "没有“乙”这种列，可用的有 编号、指标、实际值"),
        ("columns = {'甲' = 1}", "columns 的 甲 要写成引号里的文字"),
        ("strict = ", "读不通"),
    ],
)
def test_a_mistake_in_the_configuration_is_a_usage_error(configured, table, text, said):
    for command in (("verify", table(BEHIND)), ("targets", "list")):
        done = configured(HEAD + text, *command)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
        assert "pyproject.toml" in done.err


def test_a_mistake_in_the_configuration_of_another_folder_is_no_matter(configured):
    done = configured(HEAD + "strict = 1", "verify", EXAMPLES / "actuals.csv")
    assert (done.code, done.err) == (1, "")


def test_a_configuration_that_is_no_table(configured, table):
    done = configured("[tool]\ndtcheck = 3", "verify", table(BEHIND))
    assert (done.code, "要写成表" in done.err) == (2, True)


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-be"])
def test_not_utf8(configured, tmp_path, run, encoding):
    """In UTF-16, as PowerShell writes it, not even the name of the table is to be seen."""
    configured("", "targets", "list")
    text = ("\ufeff" if encoding == "utf-16-be" else "") + HEAD + "# 配置"
    (tmp_path / "repo" / "pyproject.toml").write_bytes(text.encode(encoding))
    done = run("targets", "list")
    assert (done.code, "不是 UTF-8 编码" in done.err) == (2, True)


@pytest.mark.parametrize(
    "other", ["[project]\nname = 'x'\n", "[tool.ruff]\n# dtcheck\n", "this is [no toml"]
)
def test_other_peoples_files_on_the_way_are_passed_over(configured, table, tmp_path, other):
    file = table(BEHIND)
    configured("", "targets", "list")
    (tmp_path / "repo" / "below" / "pyproject.toml").write_text(other, encoding="utf-8")
    done = configured(HEAD + 'fail-on = "never"', "verify", file, "--select", "GY10")
    assert done.code == 0


def test_the_nearest_configuration_holds(configured, table, tmp_path):
    file = table(BEHIND)
    configured("", "targets", "list")
    near = tmp_path / "repo" / "below" / "pyproject.toml"
    near.write_text(HEAD + 'fail-on = "missed"', encoding="utf-8")
    done = configured(HEAD + 'fail-on = "behind"', "verify", file, "--select", "GY10")
    assert done.code == 0


def test_the_example_is_right(run, table):
    file = table(BEHIND)
    shutil.copy(EXAMPLES / "ci" / "pyproject.toml", file.parent)
    done = run("verify", file, "--select", "GY10", "--format", "json")
    # Behind doesn't fail with fail-on = "missed"; 18.3 points under is red with red-points = 15.
    assert (done.code, done.json["results"][0]["light"]) == (0, "red")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--column", "实际值"), "“实际值”要写成 列=表头"),
        (("--column", "实际值="), "要写成 列=表头"),
        (("--column", "产值=本月"), "没有“产值”这种列"),
        (("--format", "jsno"), "没有格式 jsno，是不是 json？"),
        (("--format", "junit="), "junit= 之后要写文件名"),
        (("--format", "json", "--format", "csv"), "屏幕上只能输出一种格式"),
        (("--format", "json=a", "--output", "b"), "--output 不知道给哪种格式"),
        (("--format", "json=a", "--format", "csv=./a"), "不能写到同一个文件"),
        (("--format", "json=a", "--format", "csv", "-o", "a"), "不能写到同一个文件"),
    ],
)
def test_usage_errors(run, tmp_path, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    done = run("verify", EXAMPLES / "actuals.csv", *args)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert list(tmp_path.iterdir()) == []


def test_one_run_writes_several_formats(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(
        *("verify", EXAMPLES / "actuals.csv", "--format", "json"),
        *("--format", "junit=报告=6月.xml", "--format", "markdown=汇总.md"),
    )
    assert (done.code, json.loads(done.out)["as_of"], done.err) == (1, "2024-06", "")
    # Only the first = divides.
    assert (tmp_path / "报告=6月.xml").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "汇总.md").read_text(encoding="utf-8").startswith("# ")
    done = run(
        "verify", EXAMPLES / "actuals.csv", "--format=csv=a.csv", "--format=json", "-o", "b.json"
    )
    assert (done.code, done.out) == (1, "")
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["exit_code"] == 1
    done = run("verify", EXAMPLES / "actuals.csv", "--format=csv=a.csv", "--format=json=-")
    assert done.json["exit_code"] == 1


def test_one_file_that_cant_be_written_doesnt_stop_the_others(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(
        *("verify", EXAMPLES / "actuals.csv", "--format", "junit=no/such/report.xml"),
        *("--format", "markdown=summary.md"),
    )
    assert (done.code, done.out) == (2, "")
    assert "写不进 no/such/report.xml" in done.err
    assert (tmp_path / "summary.md").is_file()


FOLDER = ["a.csv", "清单.csv", "归档/b.csv"]


@pytest.fixture
def folder(tmp_path):
    for name in FOLDER:
        path = tmp_path / "repo" / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("项目,数据\n" if "a.csv" not in name else BEHIND, encoding="utf-8")
    return tmp_path / "repo" / "in"


@pytest.mark.parametrize(
    ("text", "options", "unread"),
    [
        ("", [], ["归档/b.csv", "清单.csv"]),
        (HEAD + 'exclude = ["清单*"]', [], ["归档/b.csv"]),
        ("", ["--exclude", "清单*", "--exclude", "归档"], []),
        # Both hold: what the repository leaves out isn't to be repeated.
        (HEAD + 'exclude = ["清单*"]', ["--exclude", "归档/*"], []),
        (HEAD + "exclude = []", ["--exclude", "归档/b.csv"], ["清单.csv"]),
    ],
)
@pytest.mark.parametrize("command", ["verify", "digest"])
def test_names_that_are_taken_out_of_folders(configured, folder, text, options, unread, command):
    done = configured(text, command, folder, *options, "--as-of", "2024-06")
    assert done.code == (2 if unread else 1 if command == "verify" else 0)
    said = "".join((done.out + done.err).split())
    for name in ("清单.csv", "归档/b.csv"):
        assert (f"in/{name}" in said) == (name in unread)
    if command == "verify" and options:
        found = configured(text, command, folder, *options, "--format", "json").json["findings"]
        [left] = [each for each in found if each["rule"] == "DT111"]
        assert left["level"] == "info"
        assert "exclude" in left["message"]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (HEAD + 'exclude = "清单*"', [], "exclude 要写成列表"),
        (HEAD + "exclude = [1]", [], "exclude 的一项 要写成引号里的文字"),
        (HEAD + 'exclude = [" "]', [], "exclude 的一项 要写成引号里的文字"),
        (HEAD + 'excludes = ["a"]', [], "exclude"),
        ("", ["--exclude", " "], "--exclude"),
    ],
)
def test_patterns_that_make_no_sense(configured, folder, text, options, said):
    done = configured(text, "verify", folder, *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_result_may_be_written_over_what_is_excluded(configured, folder):
    where = folder / "清单.csv"
    args = ("verify", folder, "--format", f"csv={where}")
    assert "它是这次要读的文件" in configured("", *args).err
    assert (
        configured("", *args, "--exclude", "归档", "--exclude", "清单*", "--fail-on", "never").code
        == 0
    )
    assert where.read_text(encoding="utf-8-sig").startswith("编号,")


# Where it is wrong: another tool's table, dotted keys, inline tables.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[tool.other]\nignore = ["E501"]\n\n[tool.dtcheck]\nignore = ["DT999"]\n', 5),
        ('[tool.dtcheck]\nstrict = true\nignore = [\n  "DT204",\n]\n', 3),
        ("[tool.other]\nstrict = 1\nlights = 2\n[tool.dtcheck]\nstrict = 1\n", 5),
        ("[project]\nname = 'x'\n[tool]\ndtcheck = 3\n", 4),
        ("\ntool.dtcheck.lights.red-points = 200\n", 2),
        ("[tool.dtcheck.lights]\nred-rate-share = 0.5\nred-points = 200\n", 3),
        ("[tool]\ndtcheck.strict = true\ndtcheck.lights.red-points = 200\n", 3),
        ("tool = {other = 1, dtcheck = {strict = 1}}\n", 1),
        ("[tool.dtcheck]\nstrict-more = 1\nstrict = 1\n", 2),
        (
            '[tool.dtcheck]\nstrict-ly = 1\n[tool.other]\nx = 1\n["tool" . dtcheck.notice]\nnop = 1\n',
            2,
        ),
        ('[tool.dtcheck]\nignore = [\n  {rule = "DT305", raisn = "x"},\n]\n', 2),
        ("[tool.dtcheck.columns]\nstrict = '实际值'\n[tool.dtcheck]\nstrict = 1\n", 4),
        ('[tool.dtcheck] # ours\r\n"strict" = 1\r\n', 2),
    ],
)
def test_a_mistake_is_told_at_its_line(configured, table, text, line):
    done = configured(text, "verify", table(BEHIND), "--format", "json")
    assert done.code == 2
    assert [(each["rule"], each["line"]) for each in done.json["problems"]] == [("config", line)]
