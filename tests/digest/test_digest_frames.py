"""The digest for people who reckon on: judged once, counted once, tables made when asked for."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pandas as pd
import pytest
from digest_oracle import counts, load
from lxml import html
from running import EXAMPLES, ROOT

from dtcheck.actuals import Period, read_submissions
from dtcheck.digest import build_digest
from dtcheck.judge import Policy, Status, result
from dtcheck.judge.verdict import judge

MONTH = 9
FOLDERS = [EXAMPLES / "submissions" / f"2024-{month:02d}" for month in range(1, MONTH + 1)]


@pytest.fixture(scope="module")
def oracle():
    return load(ROOT, MONTH)


@pytest.fixture(scope="module")
def submissions(real):
    return read_submissions([str(each) for each in FOLDERS], real)


@pytest.fixture(scope="module")
def digest(real, submissions):
    return build_digest(real, submissions, Period(2024, MONTH))


def test_frames_hold_what_the_digest_says(oracle, digest):
    frame = digest.report.to_frame()
    assert list(frame.index) == list(oracle)
    assert frame.loc["GY01", "goal"] == 100
    assert frame.loc["GY01", "actual"] == float(oracle["GY01"].figures[MONTH])
    assert frame.loc["GY01", "gap_to_pace"] == pytest.approx(float(oracle["GY01"].gap(MONTH)))
    assert pd.isna(frame.loc["CX03", "month"])
    assert frame.loc["GY01", "month"] == MONTH
    assert frame["status"].value_counts()["behind"] == counts(oracle.values(), MONTH)["欠序时"]
    assert str(frame["status"].dtype) == "category"
    assert frame["actual"].dtype == "float64"
    assert frame.loc["CX03"].isna()[["actual", "progress"]].all()
    assert digest.progress.shape == (109, 9)
    # May came in with June's folder; August is missing for the 城管局: a gap, not a zero.
    assert digest.actuals.loc["MS04", 5] == float(oracle["MS04"].figures[5])
    assert digest.actuals.loc["CS06"].isna()[8]
    assert digest.actuals.loc["GY10", 8] == 31
    assert digest.sections.loc["工业", "total"] == 27
    assert digest.bureaus["total"].sum() == 109
    assert digest.history.index.names == ["code", "as_of"]
    assert len(digest.history) == 109 * 9


def test_each_figure_is_judged_once_for_each_time_that_it_was_known(real, submissions, monkeypatch):
    judged = Counter()

    def counting(target, goal, actual, month, *more):
        judged[target.code, month] += 1
        return judge(target, goal, actual, month, *more)

    monkeypatch.setattr(result, "judge", counting)
    digest = build_digest(real, submissions, Period(2024, MONTH))
    figures = {
        (target.code, month)
        for target in real.targets
        for month in submissions.actuals.get(target.code, ())
        if month <= MONTH and digest.tracks[target.code].points
    }
    assert len(figures) > 500
    assert judged.keys() >= figures
    # What was the same when it was first known is not judged again: the year corrects a handful.
    assert max(judged.values()) <= 1 + MONTH
    assert sum(judged.values()) <= len(judged) + 20


def test_an_earlier_month_stands_as_it_was_reported(real, digest):
    assert [each.as_of.month for each in digest.standings] == list(range(1, MONTH + 1))
    for standing in digest.standings:
        filed = read_submissions([str(EXAMPLES / "submissions")], real, filed_by=standing.as_of)
        alone = build_digest(real, filed, standing.as_of)
        assert standing.results == alone.report.results
        assert standing.summary == alone.report.summary
    assert digest.before is digest.standings[-2]
    assert digest.now.results is digest.report.results


def test_a_first_month_has_none_before(real, submissions):
    digest = build_digest(real, submissions, Period(2024, 1))
    assert (digest.before, len(digest.standings), digest.months) == (None, 1, (1,))


def test_a_month_without_figures_stands_last_all_the_same(real):
    march = read_submissions([str(EXAMPLES / "submissions" / "2024-03")], real)
    digest = build_digest(real, march, Period(2024, 5))
    assert 5 not in digest.months
    assert digest.now.as_of == Period(2024, 5)
    assert digest.before.as_of == Period(2024, 3)


def test_counts_by_section_and_bureau(oracle, digest):
    assert list(digest.sections.index) == list(
        dict.fromkeys(each.section for each in oracle.values())
    )
    labels = [status.label for status in Status]
    for frame, column in ((digest.sections, "section"), (digest.bureaus, "lead")):
        assert frame.index.name == column
        for name, row in frame.iterrows():
            chosen = [each for each in oracle.values() if getattr(each, column) == name]
            now = counts(chosen, MONTH)
            assert [row[status.value] for status in Status] == [now[each] for each in labels]
            assert row["total"] == len(chosen)
            assessed = len(chosen) - now["进行中"] - now["未到期"] - now["待定"]
            kept = (now["已完成"] + now["达序时"]) / assessed if assessed else float("nan")
            assert row["kept"] == pytest.approx(kept, nan_ok=True)
    kept = list(digest.bureaus["kept"].dropna())
    assert kept == sorted(kept, reverse=True)


def test_nothing_to_tell_yet_has_no_share(real, submissions):
    # CX03 is known at the end of the year only.
    digest = build_digest(real, submissions, Period(2024, 3), Policy(select=("CX03",)))
    (row,) = digest.sections.itertuples()
    assert (row.total, row.not_due) == (1, 1)
    assert pd.isna(row.kept)


def test_a_notebook_shows_the_sections(oracle, digest):
    shown = digest._repr_html_()
    assert len(shown) < 10_000
    page = html.fragment_fromstring(shown, create_parent="div")
    files = sum(len(list(each.glob("*.csv"))) for each in FOLDERS)
    short = counts(oracle.values(), MONTH)
    assert page.xpath("p")[0].text_content() == (
        f"东台市 截至 2024-09：{files} 份报数表，{short['欠序时'] + short['未完成']} 项缺口"
    )
    heads = page.xpath("table/thead/tr/th/text()")
    assert heads == ["板块", "指标", *(status.label for status in Status)]
    *rows, total = [row.xpath("td/text()") for row in page.xpath("table/tbody/tr")]
    assert [row[0] for row in rows] == list(digest.sections.index)
    assert total[:2] == ["合计", "109"]
    assert total[heads.index("欠序时")] == str(short["欠序时"])


def test_a_digest_says_in_a_line_what_it_is(digest):
    assert repr(digest) == f"<Digest 2024-09: 109 results of {digest.files} files, 22 shortfalls>"


LAZY = """
import sys
from dtcheck.actuals import read_submissions
from dtcheck.digest import build_digest
from dtcheck.notices import DigestStyle, render_digest
from dtcheck.targets import load_targets
file = load_targets("targets.yaml")
digest = build_digest(file, read_submissions(["examples/actuals.csv"], file))
render_digest("markdown", digest, DigestStyle()), render_digest("html", digest, DigestStyle())
digest._repr_html_(), digest.report._repr_html_(), repr(digest)
assert not {"pandas", "numpy"} & set(sys.modules)
digest.progress
assert "pandas" in sys.modules
"""


def test_pandas_is_loaded_by_who_asks_for_a_table():
    subprocess.run([sys.executable, "-c", LAZY], cwd=ROOT, check=True)
