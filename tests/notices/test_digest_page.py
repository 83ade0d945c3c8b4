"""The digest as a page: read as text, and looked at in headless Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from running import EXAMPLES

PAGE = EXAMPLES / "digest-2024-09.html"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def page():
    return html.document_fromstring(PAGE.read_text(encoding="utf-8"))


@pytest.fixture
def made(tmp_path, run):
    def making(rows, *options):
        (tmp_path / "2024-06").mkdir(exist_ok=True)
        text = "编号,实际值,单位,备注\n" + "\n".join(rows) + "\n"
        (tmp_path / "2024-06" / "发改委.csv").write_text(text, encoding="utf-8")
        return run("digest", tmp_path, "--format", "html", *options)

    return making


def rows_of(page, table):
    return page.xpath(f"//table[contains(@class, '{table}')]//*[@data-section]")


# --- read as text -----------------------------------------------------------------------------


def test_one_file_that_asks_for_nothing(page):
    text = PAGE.read_text(encoding="utf-8")
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<link|<img|<iframe", text)
    assert not page.xpath("//@src")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_every_target_once_with_charts(page, real):
    rows = rows_of(page, "all")
    assert [row.get("id") for row in rows] == [target.code for target in real.targets]
    assert set(page.xpath("//a[not(@class='skip')]/@href")) <= {"#" + row.get("id") for row in rows}
    by_code = {row.get("id"): row for row in rows}
    # 64 of 100 with 75 due: the goal stands at 100 in the drawing.
    bullet = by_code["GY01"].xpath(".//*[@class='bullet']")[0]
    assert bullet.get("aria-label") == "完成率64.0%，序时进度75.0%"
    assert bullet.xpath(".//*[@class='bar']/@width") == ["64.0"]
    assert bullet.xpath(".//*[@class='pace']/@d") == ["M75.0 1v14"]
    assert bullet.xpath(".//*[@class='goal']/@d") == ["M100 2v12"]
    # Nothing was submitted: neither chart, and no zero.
    assert not by_code["CX03"].xpath(".//svg")
    assert by_code["CX03"].xpath("td[@data-label='实际']")[0].text_content() == "–"


def test_a_missing_month_breaks_the_line_and_a_month_not_due_does_not(page):
    by_code = {row.get("id"): row for row in rows_of(page, "all")}

    def lines(code):
        found = by_code[code].xpath(".//*[@class='trend']//polyline/@points")
        return [len(points.split()) for points in found], len(by_code[code].xpath(".//circle"))

    # 托位 has no April: January to March, May to September. 观摩 is due in March, June, September.
    assert lines("MS05") == ([3, 5], 8)
    assert lines("GY08") == ([3], 3)


def test_tables_have_heads_and_signs_have_words(page):
    assert page.get("lang") == "zh-CN"
    for table in page.xpath("//table"):
        assert table.xpath("caption")
        assert table.xpath("thead/tr/th") == table.xpath("thead/tr/th[@scope='col']")
        for row in table.xpath("tbody/tr[not(@class='said')]"):
            assert row.xpath("th[@scope='row']"), html.tostring(row)
    for chart in page.xpath("//svg"):
        assert chart.get("role") == "img"
        assert chart.get("aria-label")
    for row in rows_of(page, "all"):
        lamp = row.xpath(".//*[contains(@class, 'lamp')]")[0].text_content()
        assert re.fullmatch(r"[√△×○–] \S+", lamp)
    for dot in page.xpath("//a[contains(@class, 'dot')]"):
        assert dot.text in "√△×○–"
        assert dot.get("aria-label")
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for control in page.xpath("//select"):
        assert control.getparent().tag == "label"


def luminance(color):
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_in_light_dark_and_print(page):
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    style = page.xpath("//style")[0].text
    palettes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{([^}]*)\}", style)
    ]
    assert len(palettes) == 3
    assert palettes[0] == palettes[2]
    assert luminance(palettes[1]["paper"]) < 0.1
    inks = ("ink", "soft", "accent", "green", "yellow", "red", "blue", "grey")
    for palette in palettes:
        for ink in inks:
            for ground in ("paper", "panel"):
                assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    # No other colour is named anywhere.
    rest = re.sub(r":root \{[^}]*\}", "", style)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!filters)|rgb|hsl", rest.replace("#filters", ""))


def test_what_a_cell_holds_stays_text(made):
    done = made(["GY01,10,个,<script>alert(1)</script>\"'>&amp;"], "--title", "</title><b>")
    page = html.document_fromstring(done.out)
    assert len(page.xpath("//script")) == 1
    assert "<script>alert(1)</script>\"'>&amp;" in page.text_content()
    assert page.xpath("//title")[0].text == "</title><b>"


def test_a_page_of_nothing_but_good_news(made):
    # 60 of 100 by June, all else unknown.
    done = made(["GY01,60,个,"], "--select", "GY01")
    page = html.document_fromstring(done.out)
    assert "没有缺口。" in done.out
    assert "应报的都已报送。" in done.out
    assert [each.text_content().split()[1] for each in page.xpath("//*[@class='tiles']/li")][
        :2
    ] == [
        "已完成",
        "达序时",
    ]


def fitting(page, **wanted):
    """Return the ids of the rows that the page's script shows: every choice is as the row says."""
    rows = rows_of(page, "all")
    return [
        row.get("id")
        for row in rows
        if all(row.get(f"data-{name}") == value for name, value in wanted.items())
    ]


def test_the_filters_ask_for_what_the_rows_say(page, real):
    """What Chromium does below, by the attributes that the script compares."""
    assert fitting(page, section="民生") == ["MS01", "MS02", "MS03", "MS04", "MS05", "MS06"]
    assert fitting(page, section="民生", lead="民政局") == ["MS04"]
    assert len(fitting(page, status="已完成")) == 9
    assert len(fitting(page)) == 109
    [form] = page.xpath("//form[@id='filters']")
    assert [each.get("name") for each in form.xpath(".//select")] == ["section", "lead", "status"]
    assert form.xpath(".//button/@type") == ["reset"]
    assert form.xpath(".//output")
    for select in form.xpath(".//select"):
        first, *others = select.xpath("option")
        values = [option.get("value", option.text) for option in others]
        # All, and then each value that a row has, once.
        assert first.get("value") == ""
        assert len(values) == len(set(values))
        assert set(values) == {
            row.get(f"data-{select.get('name')}") for row in rows_of(page, "all")
        }
    # Before any script has run the form is hidden, and nothing else is.
    assert [each.get("id") for each in page.xpath("//*[@hidden]")] == ["filters"]
    assert len(real.targets) == 109


def test_wide_tables_scroll_in_themselves_and_print_in_full(page):
    style = page.xpath("//style")[0].text
    assert page.xpath("//meta[@name='viewport']/@content") == [
        "width=device-width, initial-scale=1"
    ]
    screen, paper = style.split("@media print", 1)
    assert re.search(r"\.scroll \{[^}]*overflow-x: auto", screen)
    assert re.search(r"\.scroll \{ overflow: visible; \}", paper)
    assert "#filters, .skip { display: none !important; }" in paper
    assert re.search(r"@page \{[^}]*size: A4;", style)


# --- looked at in Chromium --------------------------------------------------------------------


@pytest.fixture
def chromium(tmp_path):
    def asking(source: Path, *options, script=""):
        target = tmp_path / "page.html"
        text = source.read_text(encoding="utf-8")
        target.write_text(
            text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8"
        )
        # As root, which is how containers run it, Chromium starts without its sandbox only.
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={tmp_path / 'profile'}", *options, target.as_uri()]
        done = subprocess.run(
            command,
            capture_output=True,
            check=True,
            timeout=120,
            env={**os.environ, "HOME": str(tmp_path)},
        )
        return done.stdout.decode("utf-8")

    return asking


@browser
def test_filters_narrow_by_section_bureau_and_status(chromium):
    choose = """
      const form = document.getElementById('filters'), said = [];
      const set = (name, value) => { form.elements[name].value = value;
        form.dispatchEvent(new Event('change', {bubbles: true})); };
      const look = () => said.push([...document.querySelectorAll('.all [data-section]:not([hidden])')]
        .filter((row) => row.offsetParent).map((row) => row.id).join(' ') + '|' + form.querySelector('output').textContent);
      set('section', '民生'); look(); set('lead', '民政局'); look();
      set('section', ''); set('lead', ''); set('status', '已完成'); look();
      form.reset();
      setTimeout(() => { look(); document.body.dataset.said = said.join(';'); }, 50);
    """
    text = chromium(
        PAGE, "--virtual-time-budget=2000", "--window-size=1280,900", "--dump-dom", script=choose
    )
    said = html.document_fromstring(text).body.get("data-said").split(";")
    assert said[0] == "MS01 MS02 MS03 MS04 MS05 MS06|显示 6 项指标"
    assert said[1] == "MS04|显示 1 项指标"
    assert said[2].endswith("|显示 9 项指标")
    assert said[3].endswith("|显示 109 项指标")


@browser
def test_controls_are_reached_by_the_keyboard_and_absent_without_script(chromium):
    walk = """
      const form = document.getElementById('filters');
      const order = [...form.querySelectorAll('select, button')].filter((each) => { each.focus(); return document.activeElement === each; });
      document.body.dataset.said = order.map((each) => each.name || each.type).join(' ');
    """
    text = chromium(PAGE, "--dump-dom", script=walk)
    assert html.document_fromstring(text).body.get("data-said") == "section lead status reset"
    plain = html.document_fromstring(PAGE.read_text(encoding="utf-8"))
    # Before any script has run the form is hidden, and nothing else is.
    assert [each.get("id") for each in plain.xpath("//*[@hidden]")] == ["filters"]


@browser
@pytest.mark.parametrize("width", [1280, 500])
def test_nothing_sticks_out(chromium, tmp_path, width):
    measure = "document.body.dataset.wide = document.documentElement.scrollWidth;"
    shot = tmp_path / "shot.png"
    text = chromium(PAGE, f"--window-size={width},900", "--dump-dom", script=measure)
    assert int(html.document_fromstring(text).body.get("data-wide")) <= width
    chromium(PAGE, f"--window-size={width},900", f"--screenshot={shot}")
    assert shot.read_bytes().startswith(b"\x89PNG")


@browser
def test_it_prints_on_few_pages_and_a_brief_one_on_one(chromium, run, tmp_path, monkeypatch):
    def pages(source):
        pdf = tmp_path / "page.pdf"
        chromium(source, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
        return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))

    brief = tmp_path / "brief.html"
    folders = [EXAMPLES / "submissions" / f"2024-{month:02d}" for month in range(1, 10)]
    run("digest", *folders, "--format", "html", "--brief", "-o", brief)
    assert pages(brief) == 1
    assert pages(PAGE) <= 10
