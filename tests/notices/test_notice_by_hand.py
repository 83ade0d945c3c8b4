"""What a notice says of limits, sums and bars, worked out by hand on a targets file of its own."""

from __future__ import annotations

import pytest
from lxml import html
from making import write

HEAD = """\
format: 1
place: 云山县
year: 2025
title: 目标
bureaus:
  - {name: 统计局}
sections:
  - code: AA
    name: 综合
    heading: 综合
    targets:
"""


def target(code, name, goal, measure="flow", more=""):
    return (
        f"      - {{code: {code}, name: {name}, goal: {goal!r}, measure: {measure}, "
        f"phrase: {name}, lead: 统计局{more}}}\n"
    )


@pytest.fixture
def digest(run, tmp_path):
    """Return the digest of June for figures by code."""

    def making(targets, figures, *options, tail="", month="2025-06"):
        path = write(tmp_path / "t.yaml", HEAD + "".join(targets) + tail)
        rows = "".join(f"{code},{figure},抓紧\n" for code, figure in figures.items())
        write(tmp_path / month / "统计局.csv", "编号,实际值,备注\n" + rows)
        return run("digest", tmp_path / month, "--targets", path, *options).out

    return making


def order_of(text, *names):
    """Return the names as they first stand in the list of shortfalls."""
    [part] = [part for part in text.split("\n## ") if "缺口（" in part.splitlines()[0]]
    return sorted((name for name in names if name in part), key=part.index)


def test_the_limit_exceeded_most_comes_first(digest):
    """Limits before goals, red before yellow; a limit by how far over, a goal by how far behind."""
    targets = (
        target("AA01", "较大事故", "<= 2 起"),
        target("AA02", "一般事故", "<= 2 起"),
        target("AA03", "新建桥梁", ">= 100 座"),
        target("AA04", "新建泵站", ">= 100 座"),
        target("AA05", "新建道路", ">= 100 条"),
        target("AA06", "信访事项", "<= 2 件"),
    )
    # Over by 1, 3 and 2 of 2; behind the half by 45, 46 and, in yellow, 5 points.
    figures = {"AA01": 3, "AA02": 5, "AA03": 5, "AA04": 4, "AA05": 45, "AA06": 4}
    names = ("较大事故", "一般事故", "新建桥梁", "新建泵站", "新建道路", "信访事项")
    text = digest(targets, figures)
    assert order_of(text, *names) == [
        "一般事故",
        "信访事项",
        "较大事故",
        "新建泵站",
        "新建桥梁",
        "新建道路",
    ]
    # In words: how much over, and how much under.
    for name, words in {
        "一般事故": "超出3起",
        "较大事故": "超出1起",
        "信访事项": "超出2件",
    }.items():
        [row] = [line for line in text.splitlines() if name in line and "超出" in line][:1]
        assert words in row


def test_nobody_foretells_accidents(digest):
    text = digest(
        (target("AA01", "较大事故", "<= 2 起"), target("AA02", "新建桥梁", ">= 9 座")),
        {"AA01": 3, "AA02": 3},
    )
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    # The tables of shortfalls: a light, then code and name.
    rows = {line[2].split()[1]: line for line in lines if line[2:] and line[2].startswith("AA0")}
    assert rows["较大事故"][6:9] == ["超出1起", "–", "–"]
    # Six are missing and six months are left: one a month. Three in half a year make six.
    assert rows["新建桥梁"][7:9] == ["1座", "6座"]


@pytest.mark.parametrize(
    ("total", "net", "said"),
    [
        # 30 + 4 = 34: over 35 takes more than 5, 35 itself just 5.
        ("> 35 亿元", "true", "加4亿元等于34亿元，达不到超35亿元；要达到总数，净增要超过5亿元。"),
        (">= 35 亿元", "true", "加4亿元等于34亿元，达不到≥35亿元；要达到总数，净增至少要有5亿元。"),
        (
            ">= 35 亿元",
            "false",
            "加4亿元，最多34亿元，达不到≥35亿元；要达到总数，新增至少要有5亿元。",
        ),
        # Firms are whole: over 35 is 36 at least.
        ("> 35 家", "true", "加4家等于34家，达不到超35家；要达到总数，净增至少要有6家。"),
    ],
)
def test_what_it_takes_to_keep_two_goals_at_odds(digest, total, net, said):
    unit = total.split()[-1]
    targets = (
        target("AA01", "总规模", total, "level"),
        target("AA02", "增加规模", f">= 4 {unit}"),
    )
    tail = f"relations:\n  - {{total: AA01, added: AA02, last: 30 {unit}, net: {net}}}\n"
    text = digest(targets, {"AA01": 31, "AA02": 1}, "--contradictions", tail=tail)
    assert f"上年末30{unit}，{said}" in text.replace("\\", "")


@pytest.mark.parametrize(
    ("figure", "bar", "over"),
    [
        ("0", "0.0", False),
        ("12.5", "12.5", False),
        ("100", "100.0", False),
        ("119.9", "119.9", False),
        # The drawing is 120 wide: a bar that just fits isn't over.
        ("120", "120.0", False),
        ("121", "120", True),
        ("400", "120", True),
    ],
)
def test_how_long_a_bar_is(digest, figure, bar, over):
    page = digest(
        (target("AA01", "总规模", ">= 100 亿元", "level"),), {"AA01": figure}, "--format", "html"
    )
    bullet = bullet_of(page)
    [wide] = bullet.xpath(".//*[@class='bar']/@width")
    assert float(wide) == float(bar)
    assert bool(bullet.xpath(".//*[@class='over']")) is over
    shown = f"{float(figure):.1f}%"
    assert bullet.get("aria-label").startswith(f"完成率{shown}")


def test_a_total_that_fell_has_no_bar(digest):
    """From 100 to 200: 90 is a tenth of the way back, and no bar is drawn backwards."""
    goal = target("AA01", "总规模", ">= 200 亿元", "level", ", baseline: 100 亿元")
    bullet = bullet_of(digest((goal,), {"AA01": "90"}, "--format", "html"))
    assert [float(wide) for wide in bullet.xpath(".//*[@class='bar']/@width")] == [0]
    assert bullet.get("aria-label") == "完成率-10.0%，序时进度50.0%"


def bullet_of(page):
    [bullet] = html.document_fromstring(page).xpath("//*[@id='AA01']//*[@class='bullet']")
    return bullet
