"""dtcheck.html does the jobs of the command line, with the same bytes, and asks nobody for anything."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from browser import CHROMIUM, Browser
from conftest import build
from making import SMALL
from running import EXAMPLES, ROOT, run_process

pytestmark = pytest.mark.posix("a browser that is spoken to through pipes with numbers")

# The loader finds out by it whether import() is there, and goes on where it is refused.
PROBE = "Loading the script 'data:text/javascript,'"


@pytest.fixture
def beside(program, tmp_path):
    """Run the command line where the page has its files: targets.yaml beside them."""
    shutil.copyfile(ROOT / "targets.yaml", tmp_path / "targets.yaml")

    def running(*args):
        # The page has no lxml, and with it openpyxl writes the same XML in other words.
        own = {"PYTHONPATH": str(program), "OPENPYXL_LXML": "False"}
        return run_process(*args, cwd=tmp_path, **own)

    return running


def parts(path):
    """Return the parts of a zip; openpyxl keeps merged ranges in a set, by hashes of 32 bits there."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, content in found.items():
        merged = re.findall(rb"<mergeCell [^>]*>", content)
        if merged:
            start, _, end = content.partition(b"".join(merged))
            assert end, name
            found[name] = start + b"".join(sorted(merged)) + end
    return found


# --- the file ---------------------------------------------------------------------------------


def test_small_with_its_sum_and_the_same_bytes_twice(built, tmp_path):
    content = built.read_bytes()
    assert len(content) < 11_000_000
    sums = built.with_name("dtcheck.html.sha256").read_text(encoding="utf-8")
    assert sums == f"{hashlib.sha256(content).hexdigest()}  dtcheck.html\n"
    again = tmp_path / "again.html"
    assert build("-o", again).returncode == 0
    assert again.read_bytes() == content


def test_the_policy_forbids_every_connection(built):
    text = built.read_text(encoding="utf-8")
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"].split()
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", text, flags=re.DOTALL)
    assert not re.search(r"(?:src|href)=\"(?!#)|<link|<img|<object|<embed", markup)


@pytest.mark.parametrize("name", ["pandas", "numpy", "docx", "lxml", "pygments"])
def test_the_jobs_need_no_heavy_library(name, tmp_path):
    """The page has none of these: the same jobs with the import refused."""
    script = (
        f"import sys; sys.modules[{name!r}] = None\n"
        "from dtcheck.cli import main\nmain(sys.argv[1:])"
    )
    jobs = [
        ("verify", EXAMPLES / "refused.csv", "--mark", tmp_path / "marked.xlsx"),
        ("digest", EXAMPLES / "submissions" / "2024-01", "-o", tmp_path / "digest.html"),
        ("template", "--lead", "科技局", "-o", tmp_path / "form.xlsx"),
        ("explain", "GY01"),
    ]
    for job in jobs:
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, job)],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr.decode()


# --- for a clerk ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["refused.csv", "gb18030.csv", "2024-q1.csv"])
def test_results_are_those_of_the_command_line(page, beside, tmp_path, name):
    shutil.copyfile(EXAMPLES / name, tmp_path / name)
    page.tab("检查报数表")
    page.drop(tmp_path / name)
    assert page.problem == ""
    formats = {"csv": "csv", "md": "markdown", "txt": "table"}
    outputs = [
        part for suffix, kind in formats.items() for part in ("--format", f"{kind}=cli.{suffix}")
    ]
    beside("verify", "--targets", "targets.yaml", *outputs, name)
    for suffix in formats:
        got = page.browser.downloaded(f"下载结果（.{suffix}）")
        assert got.read_bytes() == (tmp_path / f"cli.{suffix}").read_bytes()
        got.unlink()


def test_what_must_be_mended_and_verdicts_with_lights(page):
    page.tab("检查报数表")
    page.drop(EXAMPLES / "refused.csv")
    text = page.text("verify")
    assert "要改的地方（4）" in text
    assert "refused.csv 第4行 “单位”列" in text
    assert "单位列写“亿美元”，指标名称写“万美元”，对不上" in text
    assert "单位只在一处写，或者改成一致" in text
    rows = page.browser.js(
        "[...document.querySelectorAll('#verify table')].map((each) => [each.caption.textContent,"
        " each.tHead.rows[0].cells.length, each.tBodies[0].rows.length])"
    )
    # Only CX01 has a figure that can be used; 4 + 1 + 108 is what the page lists.
    assert rows == [["要改的地方", 4, 4], ["有数的指标", 9, 1], ["没有数的指标", 9, 108]]
    assert "○ 进行中" in text


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_the_marked_workbook_part_by_part(page, beside, tmp_path):
    workbook(
        tmp_path / "科技局.xlsx",
        [
            ("编号", "实际值", "单位", "期间"),
            ("CX01", "四十", "家", "2024-06"),
            ("CX02", 9, "个", "2024-06"),
        ],
    )
    page.tab("检查报数表")
    page.drop(tmp_path / "科技局.xlsx")
    assert "科技局.xlsx" in page.text("verify")
    assert "B2" in page.text("verify")
    got = page.browser.downloaded("下载标注表")
    beside("verify", "--targets", "targets.yaml", "--mark", "cli.xlsx", "科技局.xlsx")
    assert got.name == "标注-科技局.xlsx"
    assert parts(got) == parts(tmp_path / "cli.xlsx")


def test_several_marked_workbooks_come_in_one_zip(page, tmp_path):
    for name in ("一.csv", "二.csv"):
        (tmp_path / name).write_text("编号,实际值,单位\nGY01,x,个\n", encoding="utf-8")
    page.tab("检查报数表")
    page.drop(tmp_path / "一.csv", tmp_path / "二.csv")
    got = page.browser.downloaded("下载标注表")
    assert sorted(parts(got)) == ["标注/一.xlsx", "标注/二.xlsx"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_form_to_fill_in(page, beside, tmp_path, kind):
    page.tab("领空表")
    page.choose("#template [name=lead]", "科学技术局")
    page.choose("#template [name=as_of]", "2024-06")
    got = page.browser.downloaded(f"下载报数表（.{kind}）")
    assert got.name == f"科学技术局-2024-06-报数表.{kind}"
    options = ("--targets", "targets.yaml", "--lead", "科学技术局", "--as-of", "2024-06")
    beside("template", *options, "-o", f"cli.{kind}")
    mine, theirs = got, tmp_path / f"cli.{kind}"
    if kind == "xlsx":
        assert parts(mine) == parts(theirs)
    else:
        assert mine.read_bytes() == theirs.read_bytes()


# --- for a supervisor -------------------------------------------------------------------------


@pytest.mark.parametrize("months", [1, 12])
def test_a_folder_of_months_becomes_the_digest(page, beside, tmp_path, months):
    folder = tmp_path / "报数"
    for month in range(1, months + 1):
        name = f"2024-{month:02d}"
        shutil.copytree(EXAMPLES / "submissions" / name, folder / name)
    page.tab("督查通报")
    page.drop(folder)
    assert page.problem == ""
    for suffix in ("html", "md"):
        beside("digest", "--targets", "targets.yaml", "-o", f"cli.{suffix}", "报数")
        got = page.browser.downloaded(f"下载 .{suffix}")
        assert got.read_bytes() == (tmp_path / f"cli.{suffix}").read_bytes()
        got.unlink()
    beside("digest", "--targets", "targets.yaml", "-o", "cli.xlsx", "报数")
    got = page.browser.downloaded("下载 .xlsx")
    assert parts(got) == parts(tmp_path / "cli.xlsx")
    got.unlink()
    shown = page.browser.js("document.querySelector('#digest iframe').srcdoc")
    assert shown == (tmp_path / "cli.html").read_text(encoding="utf-8")


def test_a_folder_can_be_chosen_as_well(page, beside, tmp_path):
    folder = EXAMPLES / "submissions" / "2024-01"
    page.tab("检查报数表")
    page.after(lambda: page.browser.choose("#verify [webkitdirectory]", folder))
    shutil.copytree(folder, tmp_path / "2024-01")
    beside("verify", "--targets", "targets.yaml", "--format", "csv=cli.csv", "2024-01")
    got = page.browser.downloaded("下载结果（.csv）")
    assert got.read_bytes() == (tmp_path / "cli.csv").read_bytes()
    got.unlink()


# --- for another place, and looking things up --------------------------------------------------


def test_another_place_drops_its_targets(page, tmp_path):
    own = page.scope
    (tmp_path / "targets.yaml").write_text(SMALL, encoding="utf-8")
    page.tab("检查报数表")
    page.drop(tmp_path / "targets.yaml")
    assert "另选的目标文件" in page.scope
    assert page.scope != own
    (tmp_path / "坏.yaml").write_text("place: [", encoding="utf-8")
    other = page.scope
    page.drop(tmp_path / "坏.yaml")
    # Refused in the program's words, and the one before stays.
    assert "目标文件有错" in page.problem
    assert page.scope == other
    page.tab("目标文件")
    page.click("用回自带的")
    assert page.scope == own
    assert "109 项" in own


@pytest.mark.parametrize("subject", ["GY01", "DT202", "欠序时", "没有这个"])
def test_looking_up(page, beside, subject):
    page.tab("查指标、规则")
    page.choose("#explain [name=subject]", subject)
    page.click("查")
    done = beside("explain", "--targets", "targets.yaml", subject)
    shown = page.browser.js("document.querySelector('#explain pre').textContent")
    assert shown == (done.stdout + done.stderr).decode().strip()


# --- what is wrong ----------------------------------------------------------------------------


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)


def large(path):
    with path.open("wb") as file:
        file.write("编号,实际值\n".encode())
        file.truncate(200_000_000)


WRONG = {
    "a.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj\n"),
    "bomb.xlsx": bomb,
    "empty.csv": lambda path: path.write_bytes(b""),
    "large.xlsx": large,
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_drops_get_the_programs_words_and_the_page_goes_on(page, beside, tmp_path, name):
    WRONG[name](tmp_path / name)
    page.tab("检查报数表")
    page.drop(tmp_path / name)
    done = beside("verify", "--targets", "targets.yaml", "--format", "json", name)
    [finding, *_] = json.loads(done.stdout)["findings"]
    assert page.problem == ""
    assert finding["message"] in page.text("verify")
    page.drop(EXAMPLES / "2024-q1.csv")
    assert "要改的地方（1）" in page.text("verify")


def test_an_empty_folder_is_said(page, tmp_path):
    (tmp_path / "空").mkdir()
    page.tab("检查报数表")
    page.drop(tmp_path / "空")
    assert page.problem == "文件夹里没有文件。"


def test_stopping_starts_afresh(page):
    page.tab("督查通报")
    before = page.browser.js("document.body.dataset.jobs || '0'")
    page.browser.drop(EXAMPLES / "submissions")
    page.browser.until("!document.getElementById('stop').hidden")
    page.browser.click("停止")
    page.browser.until(f"(document.body.dataset.jobs || '0') !== {before!r}")
    assert page.problem == "已停止，没有结果。"
    page.tab("检查报数表")
    page.drop(EXAMPLES / "2024-q1.csv")
    assert "要改的地方（1）" in page.text("verify")


# --- nothing leaves, everybody can use it -----------------------------------------------------


def test_nothing_is_asked_of_anybody_and_asking_is_refused(page):
    page.tab("检查报数表")
    page.drop(EXAMPLES / "refused.csv")
    schemes = {url.split(":")[0] for url in page.browser.requests}
    # The page itself, and what it made of itself.
    assert schemes <= {"file", "blob", "about"}
    assert sum(url.startswith("file:") for url in page.browser.requests) == 1
    assert [each for each in page.browser.violations if not each.startswith(PROBE)] == []
    assert page.browser.js("Object.keys(localStorage).length") == 0
    answer = "fetch('http://127.0.0.1:9/').then(() => 'let through', () => 'refused')"
    assert page.browser.js(answer) == "refused"
    refusals = [each for each in page.browser.violations if "127.0.0.1:9" in each]
    assert any("Content Security Policy" in each for each in refusals)
    page.browser.violations.clear()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_sticks_out_and_the_panels_show_one_by_one(page, width):
    page.browser.look(width)
    for name in ("检查报数表", "领空表", "督查通报", "查指标、规则", "目标文件"):
        page.tab(name)
        wide = "document.documentElement.scrollWidth"
        page.browser.until(f"{wide} <= {width}")
        shown = "document.querySelectorAll('[role=tabpanel]:not([hidden])').length"
        assert page.browser.js(shown) == 1
    page.browser.look(1280)


def test_by_keyboard_and_with_names_for_all(page):
    page.tab("检查报数表")
    page.browser.js("document.getElementById('tab-verify').focus()")
    page.browser.key("ArrowRight")
    assert page.browser.js("document.activeElement.textContent") == "领空表"
    page.browser.key("ArrowLeft")
    page.browser.key("Tab")
    # The field behind 选择文件, which the focus shows on its label.
    assert page.browser.js("document.activeElement.type") == "file"
    nameless = page.browser.js(
        "[...document.querySelectorAll('input, select, button')]"
        ".filter((each) => !each.textContent.trim() && !each.labels?.length).length"
    )
    assert nameless == 0


def test_it_prints(page, tmp_path):
    page.tab("检查报数表")
    page.drop(EXAMPLES / "refused.csv")
    page.browser.pdf(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("missing", ["DecompressionStream", "WebAssembly"])
def test_a_browser_that_is_too_old_gets_a_sentence(built, tmp_path, missing):
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with Browser(tmp_path) as browser:
        browser.ask("Page.addScriptToEvaluateOnNewDocument", source=f"delete window.{missing}")
        browser.open(built)
        assert "这个浏览器太旧" in browser.js("document.body.innerText")
        assert not browser.js("document.getElementById('work').offsetParent")
