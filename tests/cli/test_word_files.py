"""``digest`` that writes Word files: options, settings, templates, and folders of letters."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import docx
import pytest
from limits import POSIX, limit_files, process
from making import SMALL, write
from running import EXAMPLES, run_process

from dtcheck.cli.folders import paths_in

GOOD = "编号,实际值\nGY01,40\nCX01,20\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "t.yaml", SMALL)
    write(tmp_path / "s/2024-06/a.csv", GOOD)
    return tmp_path


@pytest.fixture
def digest(run, here):
    return lambda *options: run("digest", "s", "--targets", "t.yaml", *options)


def texts(path):
    return [each.text for each in docx.Document(str(path)).paragraphs if each.text]


def test_options_frame_the_notice(digest, here):
    options = ("--masthead", "督查通报", "--issue", "第6期", "--to", "各部门", "--from", "督查室")
    options += ("--date", "2024年7月10日", "--demand", "一要快。", "--demand", "二要实。")
    done = digest("-o", "a.docx", *options)
    assert (done.code, done.out, done.err) == (0, "", "")
    said = texts("a.docx")
    assert (said[:2], said[3]) == (["督查通报", "第6期"], "各部门：")
    for text in ("1. 一要快。", "2. 二要实。", "督查室", "2024年7月10日"):
        assert text in said


SETTINGS = """\
[tool.dtcheck.notice]
masthead = "督查通报"
to = "各镇"
from = "市政府督查室"
demands = ["按月调度。"]
"""


def test_settings_stand_behind_options(digest, here):
    write(here / "pyproject.toml", SETTINGS)
    digest("-o", "a.docx", "--from", "县督查室")
    said = texts("a.docx")
    assert said[0] == "督查通报"
    assert "各镇：" in said
    assert "按月调度。" in said
    assert "县督查室" in said
    assert "市政府督查室" not in said
    # Texts take no notice of them.
    assert "督查通报" not in digest().out


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("sender = 'x'", "没有 sender 这个键"),
        ("date = 2024-07-10", "date 要写成引号里的文字"),
        ("to = ''", "to 要写成引号里的文字"),
        ("demands = '快'", "demands 要写成列表"),
        ("demands = [1]", "demands 的一项 要写成引号里的文字"),
        ("template = 3", "template 要写成引号里的文字"),
        ("template = 'a\\tb'", "打不开"),
        ('template = "a\\tb"', "template 的路径里有换行"),
    ],
)
def test_settings_that_are_none(digest, here, settings, said):
    write(here / "pyproject.toml", f"[tool.dtcheck.notice]\n{settings}\n")
    done = digest("-o", "a.docx")
    assert done.code == 2
    assert said in done.err
    assert not Path("a.docx").exists()


def test_a_template_of_the_settings_lies_beside_them(digest, here, monkeypatch):
    office = docx.Document()
    office.sections[0].header.paragraphs[0].text = "单位页眉"
    office.save(here / "单位.docx")
    write(here / "pyproject.toml", '[tool.dtcheck.notice]\ntemplate = "单位.docx"\n')
    (here / "below").mkdir()
    monkeypatch.chdir(here / "below")
    shutil.copytree(here / "s", "s")
    shutil.copy(here / "t.yaml", "t.yaml")
    done = digest("-o", "a.docx")
    assert done.code == 0
    assert docx.Document("a.docx").sections[0].header.paragraphs[0].text == "单位页眉"
    # What it lacks is named once, with what is used.
    [line] = [each for each in done.err.splitlines() if "没有这些样式" in each]
    assert "单位.docx 里没有这些样式，用程序自带的公文样式代替：附件说明、" in line
    assert line.count("表头") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--template", "none.docx"), "模板 none.docx 打不开"),
        (
            ("--template", "s/2024-06/a.csv"),
            "不是能用的 Word 文件（.docx），在 Word 或 WPS 里另存为",
        ),
    ],
)
@pytest.mark.parametrize("letters", [False, True])
def test_templates_that_are_none(digest, options, said, letters):
    done = digest(*(("--all-leads", "-o", "out") if letters else ("-o", "a.docx")), *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not Path("a.docx").exists()
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "docx"), "Word 文件要用 -o 写明文件名"),
        (("--masthead", "督查通报"), "--masthead 只用于 Word 文件"),
        (("--from", "a", "--demand", "b", "-o", "a.md"), "--from、--demand 只用于 Word 文件"),
        (("--template", "a.docx", "--format", "html"), "--template 只用于 Word 文件"),
        (("--all-leads",), "--all-leads 要用 -o 写明文件夹"),
        (("--all-leads", "-o", "-"), "--all-leads 要用 -o 写明文件夹"),
        (("--all-leads", "-o", "x", "--lead", "科技局"), "不和 --lead、--brief 同用"),
        (("--all-leads", "-o", "x", "--brief"), "不和 --lead、--brief 同用"),
        (("--all-leads", "-o", "x", "--format", "html"), "写不出 html"),
        (("--all-leads", "-o", "t.yaml"), "建不了文件夹 t.yaml"),
    ],
)
def test_what_does_not_go_together(digest, options, said):
    done = digest(*options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_the_template_is_not_written_over(digest, here):
    docx.Document().save(here / "单位.docx")
    before = Path("单位.docx").read_bytes()
    done = digest("--template", "单位.docx", "-o", "./单位.docx")
    assert done.code == 2
    assert "它是这次要读的文件" in done.err
    assert Path("单位.docx").read_bytes() == before
    # Nor by a letter of that name.
    Path("out").mkdir()
    os.link("单位.docx", "out/科学技术局.docx")
    assert digest("--template", "单位.docx", "--all-leads", "-o", "out").code == 2
    assert Path("单位.docx").read_bytes() == before


def test_a_word_file_to_standard_output(here):
    done = run_process(
        "digest", here / "s", "--targets", here / "t.yaml", "--format", "docx", "-o", "-"
    )
    assert done.returncode == 0
    assert done.stdout[:4] == b"PK\x03\x04"


# --- folders of files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bureaus", "names"),
    [
        (["科技局", "商务局"], ["科技局", "商务局"]),
        (["a/b", "a:b", "a?b"], ["a_b", "a_b(2)", "a_b(3)"]),
        (["ABC", "abc"], ["ABC", "abc(2)"]),
        (["CON", "nul", "com1.x", "LPT9"], ["_CON", "_nul", "_com1.x", "_LPT9"]),
        (["局. ", "..", "\x00\x1f"], ["局", "_", "__"]),
        (["办" * 300], ["办" * 60]),
        (["a_b", "a_b(2)", "a/b"], ["a_b", "a_b(2)", "a_b(3)"]),
    ],
)
def test_names_that_every_system_takes(bureaus, names):
    paths = paths_in("反馈", bureaus, ".docx")
    assert list(paths) == bureaus
    assert [Path(each).name for each in paths.values()] == [f"{name}.docx" for name in names]


def test_a_folder_is_made_with_those_above_it(digest):
    assert digest("--all-leads", "-o", "年/6月").code == 0
    names = sorted(each.name for each in Path("年/6月").iterdir())
    assert names == ["发展和改革委员会.docx", "市场监督管理局.docx", "科学技术局.docx"]


def test_one_that_cannot_be_written_stops_no_other(digest):
    Path("out/科学技术局.docx").mkdir(parents=True)
    done = digest("--all-leads", "-o", "out")
    assert done.code == 2
    assert "写不进 out/科学技术局.docx" in done.err
    assert "其余 2 份已写好。" in done.err
    assert Path("out/科学技术局.docx").is_dir()
    assert texts("out/发展和改革委员会.docx")


@POSIX
def test_a_full_disk_leaves_no_half_letter(here):
    """Files end at 7,200 bytes, which the longer letters don't fit into."""
    write(here / "out" / "工业和信息化局.docx", "上月的")
    done = process(
        "digest", EXAMPLES / "submissions", "--as-of", "2024-06", "--all-leads", "-o", here / "out",
        before=limit_files(7200),
    )  # fmt: skip
    assert done.returncode == 2
    found = {each.name: each for each in (here / "out").iterdir()}
    assert f"其余 {len(found) - 1} 份已写好" in done.stderr
    assert 0 < len(found) - 1 < 20
    assert found.pop("工业和信息化局.docx").read_text(encoding="utf-8") == "上月的"
    for path in found.values():
        assert path.suffix == ".docx"
        assert texts(path)
