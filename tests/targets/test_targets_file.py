"""The real targets file against the report's own counts, and everything a loader must refuse."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from fractions import Fraction

import pytest
from making import SMALL, write
from running import ROOT, run_process

from dtcheck.targets import Kind, Measure, Pace, TargetsError, load_targets
from dtcheck.targets.file import default_path

# The real file


def test_the_commitments_of_the_report_by_section(real):
    assert [(each.code, each.name, len(each.targets)) for each in real.sections] == [
        ("ZH", "综合", 9),
        ("GY", "工业", 27),
        ("CX", "创新", 17),
        ("CS", "城市", 8),
        ("XC", "乡村", 23),
        ("ST", "生态", 16),
        ("MS", "民生", 6),
        ("AQ", "安全", 3),
    ]
    assert len(real.targets) == 109


def test_codes_follow_the_order_of_the_report(real):
    for section in real.sections:
        codes = [target.code for target in section.targets]
        assert codes == [f"{section.code}{number:02d}" for number in range(1, len(codes) + 1)]


def test_place_year_and_source(real):
    assert (real.place, real.year, real.title) == ("东台市", 2024, "2024年《政府工作报告》量化目标")
    assert dict(real.source) == {
        "title": "2024年《政府工作报告》(摘登)",
        "delivered": "2024-01-09",
        "publisher": "东台日报",
    }


def test_phrases_are_short_and_hold_the_figure(real):
    for target in real.targets:
        assert 0 < len(target.phrase) <= 30, target.code
        if target.kind is not Kind.IMPLIED and target.goal.value is not None:
            digits = re.findall(r"[0-9]+(?:\.[0-9]+)?", target.phrase)
            assert str(float(target.goal.value)) in map(str, map(float, digits)), target.code


def test_comparisons_follow_the_words(real):
    """The operator of each target from the word next to its figure (design §3)."""
    for target in real.targets:
        goal = target.goal
        if target.kind is Kind.IMPLIED or goal.high is not None:
            continue
        figure = next(
            found
            for found in re.finditer(r"[0-9]+(?:\.[0-9]+)?", target.phrase)
            if Fraction(found[0]) == goal.value
        )
        over = target.phrase[: figure.start()].endswith(("超", "突破", "超过"))
        about = target.phrase.endswith("左右")
        assert goal.op == ("~" if about else ">" if over else ">="), target.code


@pytest.mark.parametrize(
    ("code", "goal", "measure", "baseline", "pace"),
    [
        ("ZH01", "6.5%左右", "rate", "7.5", "linear"),
        ("ZH02", "≥6%", "rate", "7.3", "linear"),
        ("ZH05", "2.5%左右", "level", None, "linear"),
        ("ZH07", "≥6%", "rate", "5.8", "linear"),
        ("ZH08", "≥7.1%", "rate", "7.1", "linear"),
        ("ZH09", "上级下达（%）", "rate", None, "linear"),
        ("GY01", "超100个", "flow", "91", "linear"),
        ("GY02", "≥1个", "flow", "3", "year-end"),
        ("GY07", "≥12次", "flow", None, "monthly"),
        ("GY08", "≥4次", "flow", None, "quarterly"),
        ("GY12", "超2000亿元", "flow", "1710", "linear"),
        ("GY15", "≥100%", "rate", None, "linear"),
        ("GY18", "超850家", "level", "760", "year-end"),
        ("GY20", "超230家", "level", "210", "year-end"),
        ("CX02", "超450家", "level", "373", "year-end"),
        ("CX05", "2-3家", "flow", None, "year-end"),
        ("CX14", "超1100万人次", "flow", None, "linear"),
        ("CX15", "≥19亿美元", "flow", "16.7", "linear"),
        ("CX16", "≥1.2亿美元", "flow", "0.607", "linear"),  # 6070万美元 in 2023
        ("CS04", "≤0条", "level", None, "year-end"),
        ("XC07", "≥100%", "level", None, "linear"),
        ("ST02", "<0%", "rate", None, "linear"),
        ("ST04", "超0天", "rate", None, "linear"),
        ("ST06", "≥140万千瓦", "flow", None, "year-end"),  # scope: due at the year's end
        ("ST16", "≥10万平方米", "flow", None, "linear"),
        ("MS01", "≥2万人", "flow", "2", "linear"),
        ("MS03", "≤100位", "level", None, "year-end"),
        ("AQ01", "≥12次", "flow", None, "monthly"),
        ("AQ03", "≤0起", "flow", None, "linear"),
    ],
)
def test_what_the_report_says(real, code, goal, measure, baseline, pace):
    target = real.by_code[code]
    assert (target.goal.text, target.measure, target.pace) == (goal, measure, pace)
    assert target.baseline == (None if baseline is None else Fraction(baseline))


def test_farmland_is_built_after_the_harvest(real):
    target = real.by_code["XC01"]
    assert (target.goal.text, target.baseline) == ("≥6.6万亩", 12)
    shares = [0, 0, 0, 5, 5, 10, 15, 20, 30, 55, 80, 100]
    assert target.pace == tuple(Fraction(share, 100) for share in shares)


# What comes into being at the year's end, is known by quarters, or only next year: issue by issue.
PACED = ("GY17", "GY18", "GY19", "GY20", "CX01", "CX02", "CX05", "CS06")
QUARTERLY = ("GY02", "GY03", "ST11", "ST12", "ST13", "CX12")
NEXT_YEAR = ("ZH05", "GY21", "XC23")


def test_figures_are_asked_for_as_they_come_into_being(real):
    assert {real.by_code[code].pace for code in PACED} == {Pace.YEAR_END}
    assert {real.by_code[code].reports for code in QUARTERLY} == {"quarterly"}
    assert {real.by_code[code].due_months for code in NEXT_YEAR} == {()}
    assert real.by_code["CX15"].due_months == tuple(range(2, 13))
    assert real.by_code["MS02"].baseline is None
    assert real.by_code["CX17"].lead == "商务局"
    assert real.bureau("市医保局") == "医疗保障局"


@pytest.mark.parametrize("code", [*PACED, *QUARTERLY, *NEXT_YEAR, "XC01", "CX15", "CX17", "MS02"])
def test_why_is_said_in_the_note(real, code):
    words = ("本项目的读法", "每季度", "按季", "次年", "起有数", "由商务局牵头", "不作基数")
    assert any(word in real.by_code[code].note for word in words)


def test_what_is_only_striven_for(real):
    # 争创 三星企业, 示范社, 示范农场; 力争 村平收入, 经济强村, 中医百强; 努力实现 应保尽保
    strive = {target.code for target in real.targets if target.strive}
    assert strive == {"GY21", "XC19", "XC20", "XC22", "XC23", "MS02", "MS03"}


def test_what_gives_the_scope_of_work(real):
    scope = {target.code for target in real.targets if target.kind is Kind.SCOPE}
    assert scope == {
        *("GY04", "GY05", "GY06", "GY09", "GY23"),  # 5, 68, 125, 19, 204
        "CS01",  # 112
        *("ST06", "ST07", "ST08", "ST09"),  # 140, 50, 30, 20万千瓦
    }
    assert {real.by_code[code].pace for code in scope} == {Pace.YEAR_END}


def test_shares_and_totals_are_levels_and_growth_is_a_rate(real):
    for target in real.targets:
        if "总数" in target.name or "比重" in target.name or target.name.endswith("率"):
            assert target.measure is Measure.LEVEL, target.code
        if target.name.endswith(("增长", "变化", "降幅")):
            assert target.measure is Measure.RATE, target.code


def test_what_exists_by_quarter_and_by_year(real):
    by_rhythm = {
        code: real.by_code[code].reports for code in ("ZH01", "ZH07", "ZH08", "ZH05", "ZH04")
    }
    assert by_rhythm == {
        "ZH01": "quarterly",
        "ZH07": "quarterly",
        "ZH08": "quarterly",
        "ZH05": "after-year",
        "ZH04": tuple(range(2, 13)),
    }


def test_no_name_leads_to_two_targets(real):
    from dtcheck.targets.names import key_of

    names = Counter(key_of(name) for each in real.targets for name in {each.name, *each.aliases})
    assert [name for name, count in names.items() if count > 1] == []


def test_relations_are_those_of_the_report(real):
    assert [(each.total, each.added, each.last, each.net) for each in real.relations] == [
        ("GY18", "GY17", 760, False),
        ("GY20", "GY19", 210, False),
        ("CX02", "CX01", 373, True),
    ]


def test_every_excluded_figure_has_a_reason(real):
    assert len(real.excluded) > 50
    assert all(each.phrase and each.why for each in real.excluded)


def test_lines_are_those_of_the_file(real):
    lines = (ROOT / "targets.yaml").read_text(encoding="utf-8").splitlines()
    for target in real.targets:
        assert target.code in lines[target.line - 1]


# What is refused


def broken(text: str, tmp_path) -> list[tuple[str, int | None]]:
    path = write(tmp_path / "targets.yaml", text)
    with pytest.raises(TargetsError) as caught:
        load_targets(path)
    assert all(each.place.file == path.as_posix() for each in caught.value.findings)
    assert all(each.message and each.hint for each in caught.value.findings)
    return [(each.rule.id, each.place.line) for each in caught.value.findings]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_small_file_is_in_order(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    assert [each.code for each in file.targets][:3] == ["GY01", "GY02", "GY03"]


GY01 = 'code: GY01, name: 新开工项目, goal: "> 100 个"'


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        # Keys
        ("code: GY01,", "code: GY01, basline: 91 个,", "DT402"),
        ("title: 小样", "title: 小样\nowner: 某人", "DT402"),
        ("heading: 聚焦工业", "heading: 聚焦工业\n    lead: 某局", "DT402"),
        (', goal: "> 100 个"', "", "DT403"),
        ("phrase: 超100个, ", "", "DT403"),
        ("year: 2024", "", "DT403"),
        ("    heading: 聚焦创新\n", "", "DT403"),
        ("code: GY01,", 'code: GY01, goal: ">= 1 个",', "DT404"),
        ("title: 小样", "title: 小样\ntitle: 小样", "DT404"),
        ("heading: 聚焦工业", "heading: 聚焦工业\n    heading: 聚焦工业", "DT404"),
        # Goals
        ('"> 100 个"', '"100个以上"', "DT405"),
        ('"> 100 个"', '"> 100"', "DT405"),
        ('"> 100 个"', '"> 100 圆"', "DT405"),
        ('"> 100 个"', '"3..2 个"', "DT405"),
        ('"> 100 个"', "100", "DT405"),
        ('"> 100 个"', '""', "DT407"),
        # Codes and names
        ("code: GY02", "code: GY01", "DT406"),
        ("name: 开票销售", "name: 新开工项目", "DT408"),
        ("aliases: [实际利用外资]", "aliases: [净增高企]", "DT408"),
        ("code: GY01", "code: XX01", "DT407"),
        ("code: GY01", "code: GY1", "DT407"),
        ("code: GY01", "code: gy01", "DT407"),
        # Values
        ("format: 1", "format: 2", "DT407"),
        ("year: 2024", "year: 二〇二四", "DT407"),
        ("measure: flow, phrase: 超100个", "measure: total, phrase: 超100个", "DT407"),
        ("code: GY01,", "code: GY01, kind: goal,", "DT407"),
        ("code: GY01,", "code: GY01, strive: 是,", "DT407"),
        ("code: GY01,", "code: GY01, pace: weekly,", "DT407"),
        ("code: GY01,", "code: GY01, pace: [0.1; 0.2],", "DT407"),
        ("code: GY01,", "code: GY01, pace: [0,0,0,0,0,0,0,0,0,0,0,2],", "DT407"),
        ("code: GY01,", "code: GY01, pace: [0,0,0,0,0,0,0,0,0,0,0.9,0.9],", "DT423"),
        ("code: GY01,", "code: GY01, pace: [0,0.2,0.1,0,0,0,0,0,0,0,0,1],", "DT423"),
        ("code: GY01,", "code: GY01, pace: [0,0,0,0,0,0,0,0,0,0,很多,1],", "DT407"),
        ("code: GY01,", "code: GY01, reports: weekly,", "DT407"),
        ("code: GY01,", "code: GY01, reports: [0],", "DT407"),
        ("code: GY01,", "code: GY01, reports: [13],", "DT407"),
        ("code: GY01,", "code: GY01, reports: [六月],", "DT407"),
        ("code: GY01,", "code: GY01, reports: [],", "DT407"),
        ("code: GY01,", "code: GY01, baseline: 91 亿元,", "DT407"),
        ("code: GY01,", "code: GY01, baseline: 很多,", "DT407"),
        ("code: GY01,", "code: GY01, tolerance: 1 %,", "DT407"),
        ("code: GY01,", "code: GY01, tolerance: -1 个,", "DT407"),
        ("code: GY01,", "code: GY01, aliases: 别名,", "DT407"),
        ("phrase: 超100个", "phrase: " + "长" * 31, "DT407"),
        ("phrase: 超100个", "phrase: ''", "DT407"),
        ("phrase: 超100个, lead: 发展和改革委员会", "phrase: 超100个, lead: 某局", "DT407"),
        ("phrase: 超100个, lead: 发展和改革委员会", "phrase: 超100个, lead: 发改委", "DT407"),
    ],
)
def test_one_mistake_is_said_at_its_line(tmp_path, old, new, rule):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    found = broken(text, tmp_path)
    assert [each for each, _ in found] == [rule]
    (line,) = [line for _, line in found]
    assert line is not None
    # At the line that was changed, or at the start of the block that lacks something.
    changed = line_of(SMALL, old.split("\n")[0])
    blocks = {changed, 1} if rule == "DT403" else {changed, changed + 1}
    if "heading: 聚焦创新" in old:
        blocks = {line_of(SMALL, "code: CX\n".strip())}
    assert line in blocks


@pytest.mark.parametrize(
    ("relation", "rules"),
    [
        ("{total: CX01, added: CX01, last: 3 亿元}", ["DT407"]),
        ("{total: CX01, added: CX02, last: 3 家}", ["DT407"]),  # 家 and %
        ("{total: CX09, added: CX01, last: 3 家}", ["DT407"]),
        ("{total: CX01, added: CX01}", ["DT403"]),
        ("{total: CX01, added: CX01, last: 3 家, net: 是}", ["DT407"]),
        ("{total: CX01, plus: CX01, last: 3 家}", ["DT402", "DT403"]),
        ("{part: CX01}", ["DT403"]),
        ("{part: CX01, whole: CX02}", ["DT407"]),  # 家 and %
        ("{part: CX01, whole: CX09}", ["DT407"]),
        ("{part: CX01, whole: CX01, last: 3 家}", ["DT402"]),
    ],
)
def test_relations_are_checked(tmp_path, relation, rules):
    text = SMALL + f"relations:\n  - {relation}\n"
    line = len(text.splitlines())
    assert sorted(broken(text, tmp_path)) == [(rule, line) for rule in rules]


@pytest.mark.parametrize(("new", "rule"), [("code: GY\n", "DT406"), ("code: C1\n", "DT407")])
def test_the_code_of_a_section(tmp_path, new, rule):
    # Its targets' codes are wrong with it.
    found = broken(SMALL.replace("code: CX\n", new), tmp_path)
    assert sorted(each for each, _ in found) == sorted([rule, *["DT407"] * 4])


def test_all_mistakes_at_once_in_the_order_of_lines(tmp_path, run):
    text = (
        SMALL.replace("title: 小样", "titel: 小样")
        .replace('"> 100 个"', '"100个"')
        .replace("code: GY03", "code: GY02")
        .replace("measure: level", "measure: share")
        .replace("lead: 市场监督管理局", "lead: 市监局")
    )
    found = broken(text, tmp_path)
    assert sorted(each for each, _ in found) == [
        "DT402",
        "DT403",
        "DT405",
        "DT406",
        "DT407",
        "DT407",
    ]
    lines = [line for _, line in found]
    assert lines == sorted(lines)
    done = run("verify", "x.csv", "--targets", tmp_path / "targets.yaml", "--format", "json")
    assert done.code == 2
    told = [(each["rule"], each["line"]) for each in done.json["problems"]]
    assert told == found
    for rule, line in found:
        assert any(rule in said and f"第{line}行" in said for said in done.err.splitlines())
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None),
        ("# 只有注释\n", None),
        ("format: 1\n  place: 东台市\n", 2),
        ("format: [1\n", 2),
        ('a: "x\n', 2),
        ("b: 1\na: &x 1\nc: *x\n", 2),
        ("a: !!python/object/apply:os.system [x]\n", 1),
        ("goal: > 100 个\n  更多: 1\n wrong\n", None),
        ("a: 1\n\x01", None),
    ],
)
def test_broken_yaml(tmp_path, text, line):
    found = broken(text, tmp_path)
    assert {rule for rule, _ in found} <= {"DT401", "DT402", "DT403"}
    if line is not None:
        assert found[0] == ("DT401", line)


@pytest.mark.parametrize(
    "text", ["[1, 2]", "东台市", "sections: 工业", SMALL.replace("sections:", "sections: []\nx:")]
)
def test_something_else_than_a_targets_file(tmp_path, text):
    assert broken(text, tmp_path)


def test_sections_without_a_target(tmp_path):
    head, _, _ = SMALL.partition("sections:")
    empty = "sections:\n  - {code: GY, name: 工业, heading: 工业, targets: []}\n"
    assert broken(head + empty, tmp_path) == [("DT403", len(head.splitlines()) + 2)]


def test_a_file_too_large_to_be_one(tmp_path):
    # A tree of 5,000,000 nodes would take 2 GB of memory.
    assert broken("a: [" + "a," * 5_000_000 + "]", tmp_path) == [("DT401", None)]


def test_deep_nesting_is_refused_not_recursed_into(tmp_path):
    assert {rule for rule, _ in broken("a: " + "[" * 3000 + "]" * 3000, tmp_path)} == {"DT401"}


@pytest.mark.parametrize("content", ["目标".encode("gbk"), b"\xff\xfe", None])
def test_a_file_that_can_not_be_read(tmp_path, run, content):
    path = tmp_path / "targets.yaml"
    if content is not None:
        path.write_bytes(content)
    done = run("verify", "x.csv", "--targets", path)
    assert (done.code, done.out) == (2, "")
    assert path.as_posix() in done.err
    assert "Traceback" not in done.err


def test_a_scalar_is_what_is_written(tmp_path):
    # YAML would read 1_000 as 1000, no as False, and a date as a date.
    text = SMALL.replace("name: 新开工项目", "name: no").replace("title: 小样", "title: 2024-01-09")
    file = load_targets(write(tmp_path / "targets.yaml", text))
    assert (file.targets[0].name, file.title) == ("no", "2024-01-09")


def test_baseline_and_tolerance_are_in_the_goals_unit(tmp_path):
    text = SMALL.replace("code: CX03,", "code: CX03, baseline: 6070 万美元, tolerance: 100 万美元,")
    target = load_targets(write(tmp_path / "targets.yaml", text)).by_code["CX03"]
    assert (target.baseline, target.tolerance) == (Fraction("0.607"), Fraction("0.01"))


def test_a_pace_of_twelve_shares(tmp_path):
    shares = [Fraction(n, 20) for n in (0, 0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 20)]
    text = SMALL.replace(
        "code: GY01,", f"code: GY01, pace: [{', '.join(str(float(s)) for s in shares)}],"
    )
    assert load_targets(write(tmp_path / "targets.yaml", text)).by_code["GY01"].pace == tuple(
        shares
    )


def test_scope_is_due_at_the_years_end_unless_it_says_otherwise(tmp_path):
    def pace(keys: str):
        text = SMALL.replace("code: GY01,", f"code: GY01, {keys},")
        return load_targets(write(tmp_path / "targets.yaml", text)).by_code["GY01"].pace

    assert pace("kind: scope") is Pace.YEAR_END
    assert pace("kind: scope, pace: linear") is Pace.LINEAR
    assert pace("kind: outcome") is Pace.LINEAR


# Which file


def test_the_option_goes_before_the_environment_and_that_before_the_installed(
    run, tmp_path, monkeypatch
):
    sheet = write(tmp_path / "a.csv", "编号,实际值,单位,期间\nGY01,60,个,6月\n")
    one = write(tmp_path / "one.yaml", SMALL.replace("title: 小样", "title: 甲"))
    two = write(tmp_path / "two.yaml", SMALL.replace("title: 小样", "title: 乙"))

    def used(*options):
        return run("verify", sheet, "--format", "json", *options).json["targets"]

    assert used()["path"] == (ROOT / "targets.yaml").as_posix()
    assert used()["count"] == 109
    monkeypatch.setenv("DTCHECK_TARGETS", str(one))
    assert used()["path"] == one.as_posix()
    assert used("--targets", two)["path"] == two.as_posix()
    assert used("--targets", two)["sha256"] != used()["sha256"]


@pytest.mark.parametrize("change", ["\n-> \r\n", "byte order mark", "both"])
def test_the_hash_of_a_file_that_an_editor_on_windows_saved(tmp_path, change):
    text = SMALL if change == "byte order mark" else SMALL.replace("\n", "\r\n")
    saved = write(tmp_path / "b.yaml", text, "utf-8" if change[0] == "\n" else "utf-8-sig")
    plain = load_targets(write(tmp_path / "a.yaml", SMALL)).sha256
    assert load_targets(saved).sha256 == plain == hashlib.sha256(SMALL.encode()).hexdigest()
    other = write(tmp_path / "c.yaml", SMALL.replace("超100个", "超101个"))
    assert load_targets(other).sha256 != plain


def test_default_path_of_a_checkout():
    assert default_path() == ROOT / "targets.yaml"


def test_every_output_names_the_file_it_used(run, tmp_path):
    sheet = write(tmp_path / "a.csv", "编号,实际值,单位,期间\nGY01,60,个,6月\n")
    path = write(tmp_path / "t.yaml", SMALL)
    for name in ("table", "markdown", "json"):
        out = run("verify", sheet, "--format", name, "--targets", path).out
        # Lines are wrapped at 80 columns, and Markdown escapes underscores.
        assert "t.yaml" in "".join(out.split()).replace("\\", "")


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of the checkout, with what is installed: no network."""
    copy = tmp_path_factory.mktemp("checkout") / "dtcheck"
    names = (".*", "build", "dist", "*.egg-info", "__pycache__", "tests")
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*names))
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "out", "."],
        cwd=copy,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    (built,) = (copy / "out").glob("*.whl")
    return built


def test_the_wheel_carries_the_checkouts_targets(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert archive.read("dtcheck/targets.yaml") == (ROOT / "targets.yaml").read_bytes()
    assert "dtcheck/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "targets.yaml", "examples/"))]


def test_the_wheel_works_from_another_folder(wheel, tmp_path):
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    write(tmp_path / "a.csv", "编号,实际值,单位,期间\nGY01,60,个,6月\n")
    done = run_process(
        "verify", "a.csv", "--format", "json", cwd=tmp_path, PYTHONPATH=str(installed)
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (installed / "dtcheck" / "targets.yaml").as_posix().encode() in done.stdout
