"""The audit of an invented report, whole: every place, reading and count was read off by hand."""

from __future__ import annotations

import pytest
from making import write
from report_index import INVENTED
from wcwidth import wcswidth

from dtcheck import __version__
from dtcheck.workreport.report import read_report

TARGETS = INVENTED.with_suffix(".yaml")
# What stands where (paragraph:character), how many claim it of how many, its clause, what it reads as.
OPEN = """\
5:1 二 二、2025年主要工作 –
5:3 2025 二、2025年主要工作 –
6:31 分别（0/2） 城镇和农村居民收入分别增长5%、6% –
6:35 5% 城镇和农村居民收入分别增长5%、6% >=_5_%
6:38 6% 城镇和农村居民收入分别增长5%、6% >=_6_%
7:14 5亿元 新开工5亿元以上项目超20个 名称中的门槛
7:22 20个 新开工5亿元以上项目超20个 >_20_个
7:34 25家 新增规上工业企业25家、总数突破170家 >=_25_家
7:42 170家 新增规上工业企业25家、总数突破170家 >_170_家
7:49 2-3次 组织2-3次对接 2..3_次
7:60 翻一番 技改投资翻一番 >=_100_%
8:19 25% 森林覆盖率提高到25%以上 >=_25_%
8:34 双下降（0/2） 单位能耗、用水总量双下降 <_0_%
8:38 每月 每月开展一次巡查 >=_12
8:42 一次 每月开展一次巡查 >=_1_次
8:47 不发生 不发生重大事故 <=_0
8:57 5G 建成5G基站300个 –
8:61 300个 建成5G基站300个 >=_300_个
8:68 省下达 完成省下达任务 assigned
9:14 四 推进“四好农村路”建设 –
9:27 1.2万个 新增学位1.2万个 >=_1.2_万个
9:37 百强 进入全省百强 <=_100_位
9:42 十 实施十大工程 –
"""
ROWS = [(*line.split()[:3], line.split()[3].replace("_", " ")) for line in OPEN.splitlines()]
# 部分, 数, 指标认领, 属于名称, 已排除, 没有交代
PARTS = [
    ("二、2025年主要工作", 2, 0, 0, 2, 0),
    ("ZH 主要预期目标", 4, 4, 0, 0, 0),
    ("GY 聚焦工业强市", 7, 5, 1, 1, 0),
    ("LS 聚焦绿色发展", 9, 6, 1, 2, 0),
    ("MS 聚焦民生改善", 5, 2, 0, 3, 0),
    ("合计", 27, 17, 2, 8, 0),
]


@pytest.fixture
def audit(run, tmp_path):
    def running(*options, targets=TARGETS, report=INVENTED):
        return run("targets", "audit", report, "--targets", targets, *options)

    return running


@pytest.fixture
def alone(tmp_path):
    """The targets file with the first target only, and nothing excluded."""
    text = TARGETS.read_text(encoding="utf-8")
    text = text[: text.index("      - {code: ZH02")]
    return write(tmp_path / "t.yaml", text)


def cells(line):
    """Return the cells of a row of a Markdown table, or of a drawn one."""
    if line.startswith("|"):
        return tuple(cell.strip().replace("\\", "") for cell in line.strip("|").split("|"))
    return tuple(line.split())


def test_the_parts_of_a_report_in_numbers(audit):
    done = audit("--format", "markdown")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == f"# 报告核对：{INVENTED.as_posix()}（亭河市 2025年）".replace("_", "\\_")
    assert "（亭河市 2025年，17 项，sha256 " in lines[2]
    assert lines[2].endswith(f"）· dtcheck {__version__}")
    assert lines[4] == "## 各部分的数"
    heads = ("部分", "数", "指标认领", "属于名称", "已排除", "没有交代")
    assert cells(lines[6]) == heads
    assert lines[7].count("-:") == 5
    table = [cells(line) for line in lines[8:14]]
    assert table == [(name, *map(str, counts)) for name, *counts in PARTS]
    assert lines[14:] == [
        "",
        "**当年部分有 27 个数和数词，全部有交代；与目标文件不一致：错误 0、警告 0、提示 0。退出码 0：一致，没有遗漏。**",
    ]
    drawn = audit().out.splitlines()
    assert [
        cells(line) for line in drawn if line.startswith("  ") and line.split()[-1].isdigit()
    ] == [tuple(cell for part in row for cell in part.split()) for row in table]


def test_what_is_open_is_listed_with_what_it_reads_as(audit, alone):
    done = audit("--unclaimed", "--format", "markdown", targets=alone)
    lines = done.out.splitlines()
    assert done.code == 1
    assert lines[4] == "## 没有交代的数"
    assert cells(lines[6]) == ("位置", "数", "所在的句子", "读作")
    assert "-:" not in lines[7]
    assert [cells(line) for line in lines[8:-2]] == ROWS
    assert lines[-1] == (
        "**当年部分有 27 个数和数词，没有交代的 23 个；与目标文件不一致：错误 0、警告 0、提示 0。退出码 1：有遗漏或不一致。**"
    )


def test_what_is_open_on_a_screen(audit, alone):
    out = audit("--unclaimed", targets=alone).out
    assert "各部分的数" not in out
    listed = out.split("没有交代的数（段:字）\n")[1].splitlines()
    assert [line.split()[:2] for line in listed if line[2:3].isdigit()] == [
        list(row[:2]) for row in ROWS
    ]
    assert "各部分的数" in audit(targets=alone).out


def test_on_a_narrow_screen_the_sentences_are_folded_and_nothing_else(audit, alone, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = audit("--unclaimed", targets=alone).out.splitlines()
    assert max(map(wcswidth, lines)) <= 60
    # Two of the sentences need a second line, which holds nothing but the rest of them.
    [at] = [number for number, line in enumerate(lines) if line.startswith("  7:34 ")]
    assert lines[at].split()[:2] == ["7:34", "25家"]
    assert lines[at].endswith(">= 25 家")
    assert len(lines[at + 1].split()) == 1
    assert any("双下降（0/2）" in line for line in lines)
    assert any(line.endswith("名称中的门槛") for line in lines)


def test_the_document_of_an_audit(audit, alone):
    document = audit("--format", "json").json
    assert document["report"] == {"path": INVENTED.as_posix(), "place": "亭河市", "year": 2025}
    assert document["summary"] == {
        "figures": 27,
        "claimed": 17,
        "named": 2,
        "excluded": 8,
        "open": 0,
    }
    keys = ("figures", "claimed", "named", "excluded", "open")
    assert [
        (each["code"], each["heading"], *(each[key] for key in keys))
        for each in document["sections"]
    ] == [
        (None if " " not in name else name.split()[0], name.split()[-1], *counts)
        for name, *counts in PARTS[:-1]
    ]
    [dual] = [each for each in document["figures"] if each["text"] == "双下降"]
    assert dual == {
        "text": "双下降",
        "status": "claimed",
        "codes": ["LS02", "LS03"],
        "why": None,
        "promises": 2,
        "section": "聚焦绿色发展",
        "paragraph": 8,
        "character": 34,
        "line": 14,
        "clause": "单位能耗、用水总量双下降",
        "op": "<",
        "value": 0,
        "high": None,
        "unit": "%",
    }
    by_text = {each["text"]: each for each in document["figures"]}
    assert by_text["分别"]["codes"] == ["ZH02", "ZH03"]
    assert (by_text["5亿元"]["status"], by_text["5亿元"]["codes"]) == ("named", ["GY01"])
    assert (by_text["十"]["status"], by_text["十"]["why"]) == ("excluded", "名称")
    assert [by_text["2-3次"][key] for key in ("op", "value", "high", "unit")] == ["..", 2, 3, "次"]
    unclaimed = audit("--unclaimed", "--format", "json", targets=alone).json
    assert [each["text"] for each in unclaimed["figures"]] == [
        row[1].removesuffix("（0/2）") for row in ROWS
    ]
    assert {each["status"] for each in unclaimed["figures"]} == {"open"}
    # The heading 主要预期目标 is the file's, the others' are the report's own.
    assert [each["code"] for each in unclaimed["sections"]] == [None, "ZH", None, None, None]


def test_half_of_a_double_promise_is_open(audit, tmp_path):
    text = TARGETS.read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if "code: LS03" in line]
    cut = write(tmp_path / "t.yaml", text.replace(line + "\n", ""))
    done = audit("--format", "markdown", targets=cut)
    assert done.code == 1
    assert "| 8:34   | 双下降（1/2） | 单位能耗、用水总量双下降 | \\< 0 % |" in done.out
    [finding] = audit("--format", "json", targets=cut).json["findings"]
    assert (finding["rule"], finding["line"]) == ("DT410", 14)
    assert finding["message"] == (
        "第8段第34字的“双下降”没有交代（一处管 2 个指标，只有 1 个认领）：…以上,单位能耗、用水总量【双下降】,每月开展一次巡查,不发…"
    )


def test_what_is_said_of_an_open_figure(audit, tmp_path):
    text = TARGETS.read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if "code: MS01" in line]
    cut = write(tmp_path / "t.yaml", text.replace(line + "\n", ""))
    [finding] = audit("--format", "json", targets=cut).json["findings"]
    assert (finding["message"], finding["hint"]) == (
        "第9段第27字的“1.2万个”没有交代：…好农村路”建设,新增学位【1.2万个】,进入全省百强。实施十大…",
        "是承诺的，添一个指标；不是的，在 excluded 写明缘由",
    )


def test_a_long_clause_is_cut_around_its_figure(audit, tmp_path):
    words = "建设" + "又大又好的" * 8
    report = write(
        tmp_path / "r.txt", f"亭河市2025年政府工作报告\n2025年主要工作\n{words}桥梁3座{words}。\n"
    )
    out = audit("--unclaimed", "--format", "markdown", report=report).out
    # Twelve characters on either side.
    assert "| …又大又好的又大又好的桥梁3座建设又大又好的又大又好的… |" in out


def test_findings_beside_the_open_figures(audit, tmp_path):
    """Beside a list of what to turn into targets, only what concerns the report itself is said."""
    report = write(tmp_path / "r.txt", "水乡县2025年政府工作报告\n新建桥梁3座。\n")
    done = audit("--format", "markdown", report=report)
    assert "## 与目标文件不一致" in done.out
    for form in ("table", "markdown"):
        out = audit("--unclaimed", "--format", form, report=report).out
        assert [rule in out for rule in ("DT409", "DT410", "DT413", "DT414")] == [
            False,
            False,
            True,
            True,
        ]
    assert read_report(str(report)).place == "水乡县"


EXCUSED = ("phrase: 新增规上工业企业25家", "phrase: 新增规上工业企业25家, note: “25家”读作超过")


@pytest.fixture
def excused(tmp_path):
    """The targets file with a goal over 25家 where the report has 25家, and an idle exclusion."""
    text = TARGETS.read_text(encoding="utf-8").replace('">= 25 家"', '"> 25 家"')
    text = text.replace(*EXCUSED)
    idle = "excluded:\n  - {phrase: 各位代表, why: 称呼}\n"
    return write(tmp_path / "t.yaml", text.replace("excluded:\n", idle))


def test_excuses_are_listed(audit, excused):
    heads = ("编号", "原话", "读作", "目标文件写的", "备注")
    row = ("GY02", "25家", "≥25家", "超25家", "“25家”读作超过")
    for form in ("markdown", "table"):
        done = audit("--format", form, targets=excused)
        lines = [line for line in done.out.splitlines() if "GY02" in line or "目标文件写的" in line]
        assert (done.code, [cells(line) for line in lines]) == (0, [heads, row])
        assert "；按备注另读1处。" in "".join(done.out.split())
        assert "读作超过" not in audit("--format", form, "--unclaimed", targets=excused).out
    document = audit("--format", "json", targets=excused).json
    line = excused.read_text(encoding="utf-8").split("code: GY02")[0].count("\n") + 1
    keys = ("code", "words", "read", "written", "note", "line")
    assert document["excuses"] == [dict(zip(keys, (*row, line), strict=True))]
    assert audit("--format", "json").json["excuses"] == []


def test_what_is_ignored_is_said(audit, excused, run, tmp_path, monkeypatch):
    assert [
        each["rule"] for each in audit("--format", "json", targets=excused).json["findings"]
    ] == ["DT415"]
    done = audit("--ignore", "dt415,DT416", targets=excused)
    assert "不看：DT415 多余的排除；DT416 上年回顾里没有这个数" in done.out
    assert "警告 0" in done.out
    assert audit("--ignore", "DT415", "--format", "json", targets=excused).json["findings"] == []
    markdown = audit("--ignore", "DT415", "--format", "markdown", targets=excused).out
    assert "不看：DT415 多余的排除" in markdown
    # The configuration says why; the command line goes before it.
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path / "pyproject.toml",
        '[tool.dtcheck]\nignore = [{rule = "DT415", reason = "留作记录"}]\n',
    )
    assert "不看：DT415 多余的排除（留作记录）" in audit(targets=excused).out
    assert "留作记录" not in audit("--ignore", "DT416", targets=excused).out


def test_lint_ignores_too_but_no_error(run, tmp_path, monkeypatch):
    text = TARGETS.read_text(encoding="utf-8").replace('">= 25 家"', '">= 26 家"')
    text = text.replace("baseline: 150 家", "baseline: 100 家")
    path = write(tmp_path / "t.yaml", text)
    args = ("targets", "lint", "--targets", path, "--format", "json")
    assert [each["rule"] for each in run(*args).json["findings"]] == ["DT411", "DT426", "DT417"]
    done = run(*args, "--ignore", "DT417,DT426")
    assert (done.code, [each["rule"] for each in done.json["findings"]]) == (1, ["DT411"])
    monkeypatch.chdir(tmp_path)
    shown = run("targets", "lint", "--targets", "t.yaml", "--ignore", "DT417").out
    assert shown.splitlines()[1] == "不看：DT417 目标之间对不上"
