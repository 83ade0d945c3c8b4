"""What was known by a month: the same as reading only what had been filed by then."""

from __future__ import annotations

import pytest
from making import SMALL, write
from running import EXAMPLES

from dtcheck.actuals import Period, read_submissions
from dtcheck.targets import load_targets

HEAD = "编号,实际值,单位,期间,备注\n"


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    """Return a small year's folder and its targets: corrections, a conflict, files without a month, goals that come late."""
    folder = tmp_path_factory.mktemp("messy")
    write(folder / "t.yaml", SMALL)
    s = folder / "s"
    for name, rows in {
        "2024-04/发改委": "GY01,30,个,2024-04,\nGY02,100,亿元,2024-04,\n",
        "2024-05/发改委": "GY01,40,个,2024-05,\nGY01,31,个,2024-04,\n",
        "2024-06/发改委": "GY01,50,个,2024-06,\nGY01,51,个,2024-06,\nGY02,90,亿元,2024-05,\n",
        "2024-07/发改委": "GY01,52,个,2024-06,\nGY01,60,个,2024-07,\n",
        # No month in its path: each figure is filed in its own.
        "科技局": "CX01,30,家,2024-05,\nCX01,36,家,2024-06,\nCX01,40,家,2024-07,\n",
        "市监局": "CX04,200,件,2024-05,\n",
    }.items():
        write(s / f"{name}.csv", HEAD + rows)
    write(s / "2024-07/能耗.csv", "编号,实际值,单位,期间,下达目标\nST01,3,%,2024-06,>= 3 %\n")
    # Only its title calls it May's: it counts where nothing else is known.
    write(s / "2024-06/县委办.csv", "2024年5月\n编号,实际值,单位\nGY02,80,亿元\nCX03,0.5,亿美元\n")
    # An amount under a name whose growth is asked for: another row may give it.
    write(s / "2024-06/补充.csv", HEAD + "GY03,6.2,,2024-06,\n")
    return folder


@pytest.mark.parametrize("month", range(3, 9))
def test_known_by_a_month_is_what_had_been_filed(messy, month):
    file, when = load_targets(messy / "t.yaml"), Period(2024, month)
    whole = read_submissions([str(messy / "s")], file)
    before = (dict(whole.actuals), whole.assigned, whole.newest)
    known = whole.known_by(when)
    only = read_submissions([str(messy / "s")], file, filed_by=when)
    assert known.actuals == only.actuals
    assert known.newest == only.newest
    assert known.assigned == only.assigned
    # Looking back changes nothing.
    again = read_submissions([str(messy / "s")], file)
    assert before == (again.actuals, again.assigned, again.newest)


def test_what_was_known_when(messy):
    file = load_targets(messy / "t.yaml")
    whole = read_submissions([str(messy / "s")], file)

    def values(month):
        known = whole.known_by(Period(2024, month)).actuals
        return {
            code: {m: float(a.value) for m, a in months.items()} for code, months in known.items()
        }

    assert values(3) == {}
    assert values(4) == {"GY01": {4: 30}, "GY02": {4: 100}}
    # April's figure was corrected in May's folder.
    assert values(5)["GY01"] == {4: 31, 5: 40}
    assert values(5)["CX01"] == {5: 30}
    # June's folder has two figures for June: none. July's settles it.
    assert values(6)["GY01"] == {4: 31, 5: 40}
    assert values(7)["GY01"] == {4: 31, 5: 40, 6: 52, 7: 60}
    assert values(6)["GY02"] == {4: 100, 5: 90}
    assert values(6)["CX03"] == {5: 0.5}
    assert not whole.known_by(Period(2024, 6)).assigned
    assert list(whole.known_by(Period(2024, 7)).assigned) == ["ST01"]


def test_months_that_carry_a_figure_are_received_though_none_of_it_is_used(messy):
    file = load_targets(messy / "t.yaml")
    path = write(
        messy / "x/2024-06/发改委.csv", HEAD + "GY01,50,个,2024-06,\nGY01,51,个,2024-06,\n"
    )
    read = read_submissions([str(path)], file)
    assert (dict(read.actuals), read.received) == ({}, {6})


@pytest.mark.parametrize("month", [1, 5, 9, 12])
def test_by_folders_of_the_invented_year(real, month):
    whole = read_submissions([str(EXAMPLES / "submissions")], real)
    folders = [str(EXAMPLES / f"submissions/2024-{each:02d}") for each in range(1, month + 1)]
    only = read_submissions(folders, real)
    known = whole.known_by(Period(2024, month))
    assert (known.actuals, known.newest) == (only.actuals, only.newest)
    assert (
        read_submissions(
            [str(EXAMPLES / "submissions")], real, filed_by=Period(2024, month)
        ).findings
        == only.findings
    )
