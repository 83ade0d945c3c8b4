"""Goals, deadlines and units as a targets file writes them, and what is wrong with them, each with its line."""

from __future__ import annotations

import csv
import json
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator
from making import write

from dtcheck.targets import Op, TargetsError, load_targets

HEAD = """\
format: 1
place: 某市
year: 2024
title: 试
units: [标箱, 亩次]
bureaus: [{name: 统计局, note: 汇总}, {name: 港口局}]
sections:
  - code: GY
    name: 工业
    heading: 试
    targets:
"""
FIRST_LINE = len(HEAD.splitlines()) + 1


def block(number, goal, *more, measure="flow"):
    about = ", ".join((f'goal: "{goal}"', f"measure: {measure}", *more))
    return (
        f"      - {{code: GY{number:02d}, name: 指标{number}, {about}, phrase: 试, lead: 港口局}}\n"
    )


@pytest.fixture
def loaded(tmp_path):
    """A call that loads blocks and returns the targets by code."""

    def loading(*blocks, head=HEAD):
        return load_targets(write(tmp_path / "t.yaml", head + "".join(blocks))).by_code

    return loading


@pytest.fixture
def wrong(loaded):
    """A call that returns rule, line, message and hint of everything wrong with blocks."""

    def refused(*blocks, head=HEAD):
        with pytest.raises(TargetsError) as caught:
            loaded(*blocks, head=head)
        return [
            (each.rule.id, each.place.line, each.message, each.hint)
            for each in caught.value.findings
        ]

    return refused


@pytest.mark.parametrize(
    ("text", "value"), [("<~ 5.5 %", "5.5"), ("<~5.5%", "5.5"), ("＜～ 5.5％", "5.5")]
)
def test_a_ceiling(loaded, text, value):
    goal = loaded(block(1, text, measure="rate"))["GY01"].goal
    assert (goal.op, goal.value, goal.ref) == (Op.CEILING, Fraction(value), None)
    assert (goal.text, goal.is_limit) == ("≤5.5%左右", True)
    assert [goal.is_met_by(Fraction(each)) for each in ("5.4", "5.5", "5.6")] == [True, True, False]
    assert goal.required == Fraction(value)


@pytest.mark.parametrize(
    ("op", "text"),
    [
        (">", "超GY02"),
        (">=", "≥GY02"),
        ("<", "<GY02"),
        ("<=", "≤GY02"),
        ("~", "GY02左右"),
        ("<~", "≤GY02左右"),
    ],
)
def test_another_targets_figure_before_or_after_it(loaded, op, text):
    blocks = [
        block(1, f"{op} GY02"),
        block(2, "> 3 万标箱"),
        block(3, f"{op}GY02", "tolerance: 5000 标箱"),
    ]
    targets = loaded(*blocks)
    for code in ("GY01", "GY03"):
        goal = targets[code].goal
        assert (goal.op, goal.value, goal.ref, goal.text) == (Op(op), None, "GY02", text)
        # It counts in what the other counts in.
        assert goal.unit == targets["GY02"].goal.unit
    assert targets["GY03"].tolerance == Fraction(1, 2)


def test_a_reference_to_a_reference(loaded):
    targets = loaded(block(1, ">= GY02"), block(2, ">= GY03"), block(3, "assigned 万元"))
    assert {target.goal.unit.text for target in targets.values()} == {"万元"}


def test_a_reference_that_leads_nowhere(wrong):
    ((rule, line, message, _),) = wrong(block(1, "> 3 个"), block(2, ">= GY09"))
    assert (rule, line) == ("DT405", FIRST_LINE + 1)
    assert "没有编号为 GY09 的指标" in message


def test_a_reference_to_itself(wrong):
    ((rule, line, message, _),) = wrong(block(1, ">= GY01"))
    assert (rule, line) == ("DT405", FIRST_LINE)
    assert "参照兜了一圈：GY01 → GY01" in message


def test_every_reference_of_a_ring_is_named(wrong):
    found = wrong(block(1, ">= GY02"), block(2, "~ GY03"), block(3, "<= GY02"), block(4, "> 3 个"))
    assert [(rule, line) for rule, line, *_ in found] == [
        ("DT405", FIRST_LINE + at) for at in range(3)
    ]
    assert "所参照的 GY02 参照兜了一圈" in found[0][2]
    assert "GY02 → GY03 → GY02" in found[1][2]
    assert "GY03 → GY02 → GY03" in found[2][2]


def test_a_reference_to_a_bad_goal_is_said_beside_it(wrong):
    found = wrong(block(1, "> 3 箱"), block(2, ">= GY01"))
    assert [line for _, line, *_ in found] == [FIRST_LINE, FIRST_LINE + 1]
    assert "所参照的 GY01 自己的目标写法不对" in found[1][2]


@pytest.mark.parametrize(
    ("keys", "due", "months"),
    [
        (("due: 6",), 6, tuple(range(1, 13))),
        (("due: 12",), None, tuple(range(1, 13))),
        (("due: 6", "reports: yearly"), 6, (6,)),
        (("due: 5", "reports: quarterly"), 5, (3, 5, 6, 9, 12)),
        (("due: 8", "reports: [2, 10]"), 8, (2, 8, 10)),
        (("reports: after-year",), None, ()),
        (("reports: half-yearly",), None, (6, 12)),
    ],
)
def test_when_a_figure_is_due(loaded, keys, due, months):
    target = loaded(block(1, "> 3 个", *keys))["GY01"]
    assert (target.due, target.deadline, target.due_months) == (due, due or 12, months)


@pytest.mark.parametrize(
    ("lag", "known"), [(0, [1, 6, 12]), (1, [0, 5, 11]), (2, [0, 4, 10]), (11, [0, 0, 1])]
)
def test_what_is_known_by_a_month(loaded, lag, known):
    target = loaded(block(1, "> 3 个", f"lag: {lag}"))["GY01"]
    assert [target.last_due(month) for month in (1, 6, 12)] == known
    assert [target.is_due_in(month) for month in (1, lag + 1)] == [lag == 0, True]


@pytest.mark.parametrize(
    "key", ["due: 0", "due: 13", "due: 六", "due: 6月", "lag: -1", "lag: 12", "lag: 1.5"]
)
def test_what_is_no_month(wrong, key):
    ((rule, line, message, _),) = wrong(block(1, "> 3 个", key))
    assert (rule, line) == ("DT407", FIRST_LINE)
    assert key.split(": ")[0] in message


def test_shares_are_whole_by_the_deadline(loaded, wrong):
    shares = [0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 1, 1, 1]
    assert loaded(block(1, "> 3 个", f"pace: {shares}", "due: 6"))["GY01"].pace[5] == 1
    shares[5] = 0.9
    ((rule, _, message, hint),) = wrong(block(1, "> 3 个", f"pace: {shares}", "due: 6"))
    assert rule == "DT423"
    assert "到 6 月是 0.9，不是 1" in message
    assert "6 月为 1" in hint


def test_units_of_its_own(loaded):
    targets = loaded(
        block(1, ">= 1.5 万标箱"),
        block(2, ">= 30 亩次", "baseline: 0.5 万亩次"),
        block(3, ">= 30 亩"),
    )
    box, times, area = (targets[f"GY0{number}"].goal for number in (1, 2, 3))
    assert (box.unit.size, box.unit.is_whole, box.text) == (10000, False, "≥1.5万标箱")
    assert targets["GY02"].baseline == 5000
    assert len({each.unit.dimension for each in (box, times, area)}) == 3


def test_they_are_gone_with_the_file(loaded):
    loaded(block(1, ">= 1.5 万标箱"))
    with pytest.raises(TargetsError):
        loaded(block(1, ">= 1.5 万标箱"), head=HEAD.replace("units: [标箱, 亩次]\n", ""))


@pytest.mark.parametrize("text", [">= 5 标准箱", "> 3..5 蒲式耳", "assigned 兆", "2..3 桶"])
def test_an_unknown_unit_names_the_line_and_how_to_declare_it(wrong, text):
    unit = text.split()[-1]
    ((rule, line, message, hint),) = wrong(block(1, "> 3 个"), block(2, text))
    if "3..5" not in text:
        assert f"不认识的单位“{unit}”" in message
        assert f"units: [{unit}]" in hint
    assert (rule, line) == ("DT405", FIRST_LINE + 1)


def test_an_unknown_unit_of_a_baseline(wrong):
    ((rule, line, message, hint),) = wrong(block(1, "> 3 个", "baseline: 3 桶"))
    assert (rule, line) == ("DT407", FIRST_LINE)
    assert "不认识的单位“桶”" in message
    assert "units: [桶]" in hint


@pytest.mark.parametrize(
    "units", ["[3标箱]", "[标 箱]", "['%']", "['>=']", "[一二三四五六七八九十一]", "标箱", "['']"]
)
def test_what_is_no_unit(wrong, units):
    found = wrong(block(1, "> 3 个"), head=HEAD.replace("[标箱, 亩次]", units))
    assert {(rule, line) for rule, line, *_ in found} == {("DT407", 5)}


# What a targets file declares is read in submissions, in every place a unit may stand.
@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("编号,实际值,单位,期间", "GY01,8000,标箱,6月"),
        ("编号,实际值,单位,期间", "GY01,0.8,万标箱,6月"),
        ("编号,实际值（标箱）,期间", "GY01,8000,6月"),
        ("编号,实际值,期间", "GY01,8000标箱,6月"),
        ("指标,实际值,期间", "指标1（标箱）,8000,6月"),
        ("单位：标箱\n编号,实际值,期间", "GY01,8000,6月"),
        ("编号,实际值,期间", "GY01,0.8万,6月"),
        ("编号,实际值,期间", "GY01,0.8,6月"),
    ],
)
def test_in_submissions(run, tmp_path, head, row):
    targets = write(tmp_path / "t.yaml", HEAD + block(1, ">= 1.6 万标箱"))
    file = write(tmp_path / "a.csv", f"{head}\n{row}\n")
    document = run("verify", file, "--targets", targets, "--format", "json").json
    assert [each["level"] for each in document["findings"] if each["level"] == "error"] == []
    (result,) = document["results"]
    assert (result["actual"]["value"], result["status"]) == (0.8, "on_track")


@pytest.mark.parametrize("unit", ["个", "亩", "亩次", "吨"])
def test_another_dimension_is_an_error(run, tmp_path, unit):
    targets = write(tmp_path / "t.yaml", HEAD + block(1, ">= 1.6 万标箱"))
    file = write(tmp_path / "a.csv", f"编号,实际值,单位,期间\nGY01,8000,{unit},6月\n")
    document = run("verify", file, "--targets", targets, "--format", "json").json
    assert [each["rule"] for each in document["findings"] if each["level"] == "error"] == ["DT204"]


# The outputs

ALL = [
    block(1, "<~ 5.5 %", measure="rate"),
    block(2, ">= GY01", measure="rate"),
    block(3, ">= 6 处", "due: 6"),
    block(4, ">= 60 亿元", "lag: 1"),
    block(5, "~ 2.5 %", "reports: after-year", measure="level"),
    block(6, ">= 3 万标箱"),
]


@pytest.fixture
def whole(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    write(tmp_path / "t.yaml", HEAD + "".join(ALL))
    return lambda *args: run(*args, "--targets", "t.yaml")


def test_json_is_as_its_schema_says(whole, run, tmp_path):
    write(
        tmp_path / "a.csv",
        "编号,实际值,期间\nGY01,5.4,6月\nGY02,5.6,6月\nGY02,5.6,5月\nGY03,1,5月\nGY06,1,6月\n",
    )
    schema = Draft202012Validator(run("verify", "--json-schema").json)
    for month in ("05", "06"):
        document = whole("verify", "a.csv", "--as-of", f"2024-{month}", "--format", "json").json
        assert [error.message for error in schema.iter_errors(document)] == []
        results = {each["code"]: each for each in document["results"]}
        assert [results[code].get("due") for code in ("GY01", "GY02", "GY03")] == [None, None, 6]
        assert results["GY02"]["goal"]["value"] == (5.4 if month == "06" else None)
        assert [code for code, each in results.items() if "ref" in each["goal"]] == ["GY02"]
    assert document["schema"] == 2
    assert list(results["GY03"])[10:13] == ["goal", "due", "actual"]
    wrong = json.loads(json.dumps(document))
    del wrong["results"][1]["goal"]["ref"]
    wrong["results"][1]["goal"]["value"] = None
    assert not schema.is_valid(wrong)


def test_the_list_is_as_its_schema_says(whole, run):
    schema = Draft202012Validator(run("targets", "list", "--json-schema").json)
    document = whole("targets", "list", "--format", "json").json
    assert [error.message for error in schema.iter_errors(document)] == []
    told = {each["code"]: each for each in document["targets"]}
    assert (told["GY01"]["op"], told["GY02"]["ref"], told["GY02"]["value"]) == ("<~", "GY01", None)
    assert (told["GY03"]["due"], told["GY04"]["lag"], told["GY05"]["reports"]) == (
        6,
        1,
        "after-year",
    )
    assert not {"ref", "due", "lag"} & told["GY06"].keys()


def test_an_editor_accepts_what_the_loader_does(loaded, run, tmp_path):
    import yaml

    schema = Draft202012Validator(run("targets", "schema").json)
    document = yaml.safe_load(HEAD + "".join(ALL))
    assert [error.message for error in schema.iter_errors(document)] == []
    for key, value in (("due", 13), ("lag", 12), ("goal", ">= ZH1"), ("reports", "next-year")):
        wrong = json.loads(json.dumps(document))
        wrong["sections"][0]["targets"][0][key] = value
        assert not schema.is_valid(wrong), key
    assert not schema.is_valid({**document, "units": ["3标箱"]})


# Month by month, as explain shows it; worked out by hand.
PAGES = {
    "GY01": ("应守住", ["≤5.5%左右"] * 12, ["√"] * 12),
    "GY02": ("应达到", ["≥GY01"] * 12, ["√"] * 12),
    "GY03": (
        "序时应达到",
        [
            "1处（16.7%）",
            "2处（33.3%）",
            "3处（50.0%）",
            "4处（66.7%）",
            "5处（83.3%）",
            *["≥6处"] * 7,
        ],
        ["√"] * 12,
    ),
    "GY04": (
        "序时应达到",
        [
            f"{5 * month}亿元（{share}%）"
            for month, share in enumerate(
                "8.3 16.7 25.0 33.3 41.7 50.0 58.3 66.7 75.0 83.3 91.7".split(), 1
            )
        ]
        + ["≥60亿元"],
        [f"√（{month}月报）" for month in range(2, 13)] + ["√（次年1月报）"],
    ),
    "GY05": ("序时应达到", [*["–"] * 11, "2.5%左右"], [""] * 12),
}


@pytest.mark.parametrize("code", PAGES)
def test_what_explain_says_month_by_month(whole, code):
    out = whole("explain", code).out
    rows = [line.split() for line in out.split("）：\n")[-1].splitlines() if line.strip()]
    head, texts, due = PAGES[code]
    assert rows[0] == ["截至", head, "应报"]
    assert rows[2:] == [
        [f"{month}月", text, *([mark] if mark else [])]
        for month, (text, mark) in enumerate(zip(texts, due, strict=True), 1)
    ]


def test_what_explain_says_of_them(whole):
    said = {code: whole("explain", code).out for code in PAGES}
    assert "不超过 5.5% 即算守住，全年都要守住；略高的算“基本达到”（不高于 5.775%）" in said["GY01"]
    assert "达到 GY01 指标1的同期数 即完成，正好等于也算；那一期没有数的，为待定" in said["GY02"]
    assert "推进方式：每期都与 GY01 的同期数比" in said["GY02"]
    assert "目标：≥6处（6月底前）" in said["GY03"]
    assert "推进方式：按月均匀推进（当月 / 6）" in said["GY03"]
    assert "出数频率：每月，晚 1 个月报" in said["GY04"]
    assert "出数频率：次年才出数，12 月以前都算未到期" in said["GY05"]


# Forms have a row for each; what is late is asked for its own month.
def test_forms(whole, tmp_path):
    whole("template", "--as-of", "2024-06", "-o", "form.csv")
    with open(tmp_path / "form.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["编号"]: row for row in csv.DictReader(file)}
    assert list(rows) == [f"GY0{number}" for number in range(1, 7)]
    assert rows["GY02"]["年度目标"] == "≥GY01"
    assert (rows["GY03"]["年度目标"], rows["GY03"]["期间"]) == ("≥6处（6月底前）", "2024年1-6月")
    assert rows["GY04"]["期间"] == "2024年1-5月"
    assert rows["GY05"]["期间"] == "2024年1-6月"


def test_a_form_filled_in_is_read(whole, tmp_path):
    whole("template", "--as-of", "2024-06", "-o", "form.csv")
    text = (tmp_path / "form.csv").read_text(encoding="utf-8-sig")
    lines = [line.split(",") for line in text.splitlines()]
    at = lines[0].index("实际值")
    for line, value in zip(lines[1:], ("5.4", "5.6", "3", "25", "", "1.5"), strict=True):
        line[at] = value
    write(tmp_path / "2024-06" / "a.csv", "\n".join(map(",".join, lines)))
    document = whole("verify", "2024-06", "--format", "json").json
    assert {each["code"]: each["status"] for each in document["results"]} == {
        **dict.fromkeys(("GY01", "GY02", "GY04", "GY06"), "on_track"),
        "GY03": "missed",
        "GY05": "not_due",
    }
    assert "DT312" not in [each["rule"] for each in document["findings"]]


def test_a_bureau_that_says_why_it_leads_nothing_is_no_finding(whole, run, tmp_path):
    found = [each for each in whole("targets", "lint").out.split("\n") if "DT421" in each]
    assert found == []
    text = HEAD.replace(", note: 汇总", "")
    write(tmp_path / "t.yaml", text + "".join(ALL))
    assert "DT421" in whole("targets", "lint").out


def test_digests_tell_them(whole, tmp_path):
    for month, value in ((5, "1"), (6, "3"), (7, "6")):
        write(
            tmp_path / f"2024-{month:02d}" / "a.csv",
            f"编号,实际值,期间\nGY01,5.6,{month}月\nGY02,5.7,{month}月\nGY03,{value},{month}月\n",
        )
    for options in ((), ("--format", "html")):
        text = whole("digest", ".", *options).out
        assert "已完成（逾期）" in text
        assert "≥5.6%（GY01）" in text
        assert "≥6处（6月底前）" in text
