"""No goal can be written down wrongly without the audit or lint saying so.

Every number, operator, unit, striving and measure of every target is changed in turn. The report
is one made of the file's own phrases, an invented one, and the real one where it is at hand.
"""

from __future__ import annotations

import pytest
from goal_changes import changed, changes_of, report_of_phrases, told, verdicts
from report_index import INVENTED, REPORT
from running import ROOT

from dtcheck.coverage.audit import run_audit
from dtcheck.rules import Level
from dtcheck.targets import TargetsFile, load_targets
from dtcheck.workreport.report import ReportText, read_report

REAL = load_targets(ROOT / "targets.yaml")
SECTIONS = [section.code for section in REAL.sections]

COUNTS_ONLY = (
    "每月, 百亿级 and 不发生 count times, things or cases without saying what these are called"
)
NOTHING = "消劣 names no unit, and nought is nought in any size"
AWARDED = "争创…N家 may be those that are won this year or those that hold the title"
# What words can't tell, by kind of change and code.
UNTOLD = {
    "unit: name": dict.fromkeys(
        ("GY02", "GY03", "GY07", "GY08", "AQ01", "AQ02", "AQ03"), COUNTS_ONLY
    )
    | {"CS04": NOTHING},
    "unit: size": {"CS04": NOTHING, "ST04": "more than nought is that in any size"},
    "unit: dimension": {"CS04": NOTHING},
    "measure": dict.fromkeys(("GY21", "XC19", "XC20"), AWARDED),
}
# The same of the invented file: 每月, 不发生, and a bare 完成省下达任务.
UNTOLD_OF_INVENTED = {
    "unit: name": {"LS04": COUNTS_ONLY, "LS05": COUNTS_ONLY},
    "measure": {"LS07": "省下达任务 says of what is asked for neither growth nor state"},
}


def check(file: TargetsFile, report: ReportText, section: str, untold: dict[str, dict[str, str]]):
    made, missed, certified = 0, set(), []
    for verdict in verdicts(file, report, section):
        kind, codes, what, _ = verdict.change
        made += 1
        if kind.startswith("number") and Level.ERROR not in verdict.audit:
            certified.append((codes, what))
        if not verdict.is_found:
            missed.add((kind, *codes))
    codes = {
        each.code for part in file.sections if section in ("", part.code) for each in part.targets
    }
    assert made > 10 * len(codes)
    assert certified == []
    assert missed == {
        (kind, code) for kind, listed in untold.items() for code in listed if code in codes
    }


# The report itself is not part of the project.
@pytest.mark.parametrize("whole", [False] + [True] * REPORT.is_file())
@pytest.mark.parametrize("section", SECTIONS)
def test_every_change_is_found(section, whole):
    report = read_report(REPORT) if whole else report_of_phrases(REAL)
    check(REAL, report, section, UNTOLD)


def test_every_change_of_the_invented_file_is_found():
    file = load_targets(INVENTED.with_suffix(".yaml"))
    check(file, read_report(INVENTED), "", UNTOLD_OF_INVENTED)


def test_the_report_of_phrases_is_sound():
    """Nothing of it is open or differs, but what is excluded isn't there."""
    audit = run_audit(REAL, report_of_phrases(REAL))
    assert audit.open == ()
    assert {each.rule.id for each in audit.findings} == {"DT409", "DT413"}
    assert all(each.code is None for each in audit.findings)


def test_all_kinds_of_changes_are_made():
    made = [change for change in changes_of(REAL) if change.codes == ("ZH07",)]
    kinds = {change.kind for change in made}
    assert kinds == {"number", "operator", "unit: dimension", "strive", "measure"}
    # 6 %: one more and less, ten times and a tenth, twice, a tenth of a point; 2.5, 8 and 7.1 of the
    # neighbours and the phrase, 5.8 of last year, 2023 of the note.
    goals = {change.what.split(" -> ")[1] for change in made if change.kind == "number"}
    assert {"≥7%", "≥5%", "≥60%", "≥0.6%", "≥12%", "≥8%", "≥7.1%", "≥5.8%", "≥2023%"} <= goals
    swapped = [change.codes for change in changes_of(REAL) if change.kind == "number: swapped"]
    assert ("ZH07", "ZH08") in swapped
    assert len({change.codes for change in changes_of(REAL) if len(change.codes) == 1}) == 109


EXCUSE = "“{words}”读作{goal}，{value}另有说明；{phrase}"


@pytest.mark.parametrize("section", SECTIONS)
def test_no_note_excuses_a_number(section):
    """A note that quotes the word, the number and the phrase makes no wrong number right."""
    report = report_of_phrases(REAL)
    base = run_audit(REAL, report).findings
    targets = next(each.targets for each in REAL.sections if each.code == section)
    for target in targets:
        value = target.goal.value
        if value is None:
            continue
        goal = target.goal._replace(value=value + 1, high=None)
        if target.goal.high is not None:
            goal = target.goal._replace(high=target.goal.high + 1)
        note = EXCUSE.format(
            words=target.phrase[-24:], goal=goal.text, value=value + 1, phrase=target.phrase
        )
        wrong = changed(REAL, target.code, goal=goal, note=note)
        said = told(run_audit(wrong, report).findings, base, [target.code])
        assert Level.ERROR in said, target.code
