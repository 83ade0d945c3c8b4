"""The notice in plain texts: what is in it, and that every rendering says all of it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from lxml import html
from running import EXAMPLES

from dtcheck.actuals import Period, read_submissions
from dtcheck.digest import build_digest
from dtcheck.formats.content import result_line
from dtcheck.judge import Light, Policy
from dtcheck.notices import DIGEST_FORMATS, DigestStyle, build_notice, render_digest

HEAD = "编号,实际值,单位,期间,备注\n"


@pytest.fixture
def digest_of(tmp_path, real):
    """Return the digest of rows by month."""

    def making(rows_by_month, **policy):
        for month, rows in rows_by_month.items():
            folder = tmp_path / f"2024-{month:02d}"
            folder.mkdir(exist_ok=True)
            text = HEAD + "\n".join(rows) + "\n"
            (folder / "发改委.csv").write_text(text, encoding="utf-8")
        return build_digest(real, read_submissions([str(tmp_path)], real), policy=Policy(**policy))

    return making


@pytest.fixture(scope="module")
def september(real):
    submissions = read_submissions([str(EXAMPLES / "submissions")], real)
    return build_digest(real, submissions, Period(2024, 9))


def said(name, digest, style):
    """Return what a reader sees of a rendering, without blanks."""
    text = render_digest(name, digest, style)
    if name == "html":
        page = html.document_fromstring(text)
        for each in page.xpath("//style|//script"):
            each.drop_tree()
        text = page.text_content()
    else:
        text = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"\s", "", text)


def texts_of(value):
    """Return all texts of a part of a notice."""
    if isinstance(value, str):
        return [value] if value and not isinstance(value, Light) else []
    if isinstance(value, (tuple, list)):
        return [text for each in value for text in texts_of(each)]
    return []


# What a page draws, or shows otherwise than a text does.
DRAWN = {"digest", "tiles", "statuses", "short_columns", "compared", "change_head", "parts"}
# Months side by side are for the page, and for the workbook.
WIDE = {"months"}
ONE_PAGE = {"scope", "unread", "headline", "change", "section_counts", "brief_notes", "source"}


@pytest.mark.parametrize("name", DIGEST_FORMATS)
@pytest.mark.parametrize("brief", [False, True])
def test_every_rendering_says_all_of_it(september, name, brief):
    style = DigestStyle(brief, "标题")
    notice = build_notice(september, style)
    shown = said(name, september, style)
    whole = {field.name for field in fields(notice)} - DRAWN - {"brief_notes", "worst"}
    whole -= WIDE if name == "markdown" else set()
    for field in ONE_PAGE if brief else whole - {"shortfalls"}:
        for text in texts_of(getattr(notice, field)):
            assert re.sub(r"\s", "", text) in shown, (field, text)
    lines = notice.worst if brief else [line for part in notice.parts for line in part.lines]
    assert len(lines) == (10 if brief else 109)
    for line in lines:
        for text in (line.code, line.name, line.goal, line.actual, line.progress, line.lead):
            assert re.sub(r"\s", "", text) in shown, line.code
    for line in (line for each in notice.shortfalls for line in each.lines):
        if not brief:
            for text in (line.behind, line.needed, line.estimate, line.since, line.note):
                assert re.sub(r"\s", "", text) in shown, line.code


def test_a_line_is_that_of_verify_with_more_columns(digest_of):
    # 30 of 100 is 20 points short in June; 101 - 30 in six months is 11.8, and so 12 whole ones; 60 by this pace.
    digest = digest_of({6: ["GY01,30,个,2024-06,雨季"]}, select=("GY01",))
    (line,) = build_notice(digest, DigestStyle()).parts[0].lines
    (plain,) = [result_line(each, digest.report) for each in digest.report.results]
    same = ("code", "name", "section", "goal", "actual", "progress", "lead", "note", "light")
    assert [getattr(line, each) for each in same] == [getattr(plain, each) for each in same]
    assert (plain.gap, line.gap, line.behind) == ("-20.0", "-20.0个百分点", "20.0个百分点")
    assert (line.needed, line.estimate, line.short_by) == ("12个", "60个", "71个")
    assert (line.trend, line.since, line.lamp) == ("·····▃", "本月起", "× 欠序时")
    assert (plain.trend, plain.behind, plain.short_by, plain.since) == ("",) * 4


def test_what_is_no_shortfall_is_behind_nothing(digest_of):
    digest = digest_of({6: ["GY01,60,个,2024-06,"]}, select=("GY01", "GY10"))
    good, unheard = build_notice(digest, DigestStyle()).parts[0].lines
    assert (good.gap, good.trend) == ("+10.0个百分点", "·····▅")
    assert (unheard.gap, unheard.trend, unheard.actual) == ("–", "–", "–")
    for line in (good, unheard):
        assert (line.behind, line.short_by, line.since) == ("", "", "")


def test_in_december_there_is_no_more_time_to_catch_up(digest_of):
    june = digest_of({6: ["GY01,30,个,2024-06,"]})
    december = digest_of({12: ["GY01,30,个,2024-12,"]})
    heads = [dict(build_notice(each, DigestStyle()).short_columns) for each in (june, december)]
    assert list(heads[0]) == ["目标", "实际", "完成率", "落后", "每月需", "年底预计"]
    assert list(heads[1]) == ["目标", "实际", "完成率", "差距", "差额"]


def test_tiles_count_now_and_before(digest_of):
    rows = {5: ["GY01,10,个,2024-05,"], 6: ["GY01,60,个,2024-06,", "GY10,10,个,2024-06,"]}
    notice = build_notice(digest_of(rows, select=("GY01", "GY10")), DigestStyle())
    # In May GY10 was not heard of and GY01 behind; in June it is the other way round.
    assert [(each.status.label, each.now, each.before, each.change) for each in notice.tiles] == [
        ("已完成", 0, 0, "0"),
        ("达序时", 1, 0, "+1"),
        ("欠序时", 1, 1, "0"),
        ("未填报", 0, 1, "-1"),
    ]
    assert [each.light.sign for each in notice.tiles] == ["√", "√", "×", "–"]
    assert notice.statuses.rows == [
        ("6月底", "0", "1", "1", "0", "2"),
        ("5月底", "0", "0", "1", "1", "2"),
        ("增减", "0", "+1", "0", "-1", "0"),
    ]


def test_a_first_month_has_no_change(digest_of):
    notice = build_notice(digest_of({6: ["GY01,60,个,2024-06,"]}), DigestStyle())
    assert not notice.compared
    assert {each.change for each in notice.tiles} == {""}
    assert len(notice.statuses.rows) == 1
    assert {each.change for each in notice.parts} == {"–"}


def test_the_worst_light_of_a_part_comes_first(september):
    notice = build_notice(september, DigestStyle())
    order = [Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.GREY]
    for part in notice.parts:
        lights = [line.light for line in part.by_light]
        assert lights == sorted(lights, key=order.index)
        assert part.lights == {each: lights.count(each) for each in order if each in lights}
        assert list(part.lights) == [each for each in order if each in lights]
        assert sorted(part.by_light) == sorted(part.lines)


def test_how_many_files_were_read_is_told_by_the_digest(digest_of, tmp_path):
    digest = digest_of({5: ["GY01,50,个,2024-05,"], 6: ["GY01,60,个,2024-06,"]})
    assert digest.files == 2
    assert "依据 2 份报数表" in build_notice(digest, DigestStyle()).source
