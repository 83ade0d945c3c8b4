"""JUnit XML, as Jenkins and GitLab read it: a suite a section, a case a target.

A case fails exactly where it counts for the exit code, so the pipeline's test view and its
verdict agree. Of several places the class of a case names its own. What concerns no target (an unknown name, an unreadable file) is a case of the
suite 报数表, one a file; what could not be judged at all is an error, as JUnit has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from dtcheck.formats.closing import closing_line
from dtcheck.formats.content import clean, head_lines
from dtcheck.formats.problems import Problem
from dtcheck.formats.sentence import sentence
from dtcheck.formats.style import Style
from dtcheck.judge import Report, Result
from dtcheck.patterns import regex
from dtcheck.rules import Finding
from dtcheck.targets import short_path

_FILES = "报数表"
_TARGETS = "目标文件"
# What XML 1.0 has no way to write; clean() leaves none, this guards names of files.
_NOT_XML = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class _Case:
    """A test case: ``problems`` are what fails it, as (type, text)."""

    name: str
    classname: str
    problems: list[tuple[str, str]] = field(default_factory=list)
    broken: bool = False
    skipped: str = ""
    said: list[str] = field(default_factory=list)


def render(report: Report, style: Style) -> str:
    """Return the report as a JUnit document; ``style`` doesn't change it."""
    return render_all([report], style)


def render_all(reports: Sequence[Report], style: Style) -> str:
    """Return several reports as one document; the suites of each bear the name of its place."""
    del style
    suites: list[tuple[str, Sequence[_Case], Report | None]] = []
    for report, place in zip(reports, _places(reports), strict=True):
        for name, cases in _suites(report):
            for case in cases if place else ():
                case.classname = case.classname.replace(".", f".{place}.", 1)
            suites.append((f"{place} {name}".strip(), cases, report))
    return _document(suites)


def _places(reports: Sequence[Report]) -> list[str]:
    """Return what tells the reports apart: GitLab makes one of cases with equal names and classes."""
    if len(reports) == 1:
        return [""]
    names = [each.file.place for each in reports]
    if len(set(names)) < len(names):
        folders = [short_path(each.file.path).rpartition("/")[0] or "." for each in reports]
        names = [f"{name}（{folder}）" for name, folder in zip(names, folders, strict=True)]
    seen: Counter[str] = Counter()
    for at, name in enumerate(names):
        seen[name] += 1
        if seen[name] > 1:
            names[at] = f"{name} {seen[name]}"
    return names


def _suites(report: Report) -> list[tuple[str, list[_Case]]]:
    suites = [
        (f"{section.code} {section.name}", _targets(report.of_section(section), report))
        for section in report.sections
    ]
    if files := _files(report):
        suites.append((_FILES, files))
    return suites


def _document(suites: Sequence[tuple[str, Sequence[_Case], Report | None]]) -> str:
    cases = [case for _, of_suite, _ in suites for case in of_suite]
    root = ET.Element("testsuites", _counts("dtcheck", cases))
    # The schema that Jenkins validates with knows no skipped on the outermost element.
    del root.attrib["skipped"]
    for name, of_suite, report in suites:
        root.append(_suite(name, of_suite, report))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def of_problems(about: str, found: Sequence[Problem]) -> str:
    """Return what was found in a targets file: a case for each target and for the file ``about``."""
    cases = {"": _Case(about, f"dtcheck.{_TARGETS}")}
    for problem in found:
        code = problem.key[2]
        case = cases.setdefault(code, _Case(code, f"dtcheck.{_TARGETS}"))
        text = _told(problem)
        if problem.counts:
            case.problems.append((problem.check, text))
        else:
            case.said.append(text)
    return _document([(_TARGETS, list(cases.values()), None)])


def broken(found: Sequence[Problem]) -> str:
    """Return a document with one error, which says why nothing could be judged."""
    case = _Case("无法判断", "dtcheck", broken=True)
    case.problems += [(problem.check, _told(problem)) for problem in found]
    return _document([("dtcheck", [case], None)])


def _told(problem: Problem) -> str:
    lines = [f"{problem.check} {problem.message}"]
    if problem.hint:
        lines.append(f"改法：{problem.hint}")
    if problem.place:
        lines.append("位置：" + "；".join(map(str, (problem.place, *problem.others))))
    return "\n".join(lines)


def _targets(results: Iterable[Result], report: Report) -> list[_Case]:
    by_code: dict[str, list[Finding]] = {}
    for finding in report.findings:
        for code in finding.about:
            by_code.setdefault(code, []).append(finding)
    return [_target(result, by_code.get(result.target.code, ()), report) for result in results]


def _target(result: Result, findings: Sequence[Finding], report: Report) -> _Case:
    target = result.target
    case = _Case(f"{target.code} {target.name}", f"dtcheck.{target.code[:2]}")
    text = f"{result.status_text}：{sentence(result, report)}"
    if result.actual:
        text += f"\n位置：{result.actual.place}"
    if report.flags(result):
        case.problems.append((result.status.value, text))
    elif not result.status.is_judged:
        case.skipped = result.status.label
    else:
        case.said.append(text)
    _add(case, findings, report)
    return case


def _files(report: Report) -> list[_Case]:
    """A case for every file with findings that concern no target."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if not finding.about:
            by_file.setdefault(finding.place.file, []).append(finding)
    cases = []
    for file, findings in by_file.items():
        case = _Case(file, f"dtcheck.{_FILES}")
        _add(case, findings, report)
        cases.append(case)
    return cases


def _add(case: _Case, findings: Iterable[Finding], report: Report) -> None:
    for finding in findings:
        places = "；".join(map(str, finding.places))
        text = f"{finding.rule.id} {finding.message}\n改法：{finding.hint}\n位置：{places}"
        if finding.rule.leaves_unjudged:
            case.broken = True
        if finding.rule.leaves_unjudged or report.flags(finding):
            case.problems.append((finding.rule.id, text))
        else:
            case.said.append(text)


def _suite(name: str, cases: Sequence[_Case], report: Report | None) -> ET.Element:
    suite = ET.Element("testsuite", _counts(name, cases))
    if report is not None:
        properties = ET.SubElement(suite, "properties")
        for key, value in (
            ("as-of", str(report.as_of)),
            ("targets", report.file.path),
            ("about", "；".join((*head_lines(report), closing_line(report)))),
        ):
            ET.SubElement(properties, "property", {"name": key, "value": _xml_text(value)})
    for case in cases:
        suite.append(_element(case))
    return suite


def _counts(name: str, cases: Sequence[_Case]) -> dict[str, str]:
    failed = [case for case in cases if case.problems]
    return {
        "name": _xml_text(name),
        "tests": str(len(cases)),
        "failures": str(sum(not case.broken for case in failed)),
        "errors": str(sum(case.broken for case in failed)),
        "skipped": str(sum(bool(case.skipped) and not case.problems for case in cases)),
    }


def _element(case: _Case) -> ET.Element:
    attributes = {"name": _xml_text(case.name), "classname": _xml_text(case.classname)}
    element = ET.Element("testcase", attributes)
    if case.problems:
        # One failure a case: GitLab and Jenkins show the first only.
        text = "\n\n".join(text for _, text in case.problems)
        kind = " ".join(dict.fromkeys(kind for kind, _ in case.problems))
        message = text.split("\n", 1)[0]
        tag = "error" if case.broken else "failure"
        problem = ET.SubElement(element, tag, {"type": kind, "message": _xml_text(message)})
        problem.text = _xml_text(text)
    elif case.skipped:
        ET.SubElement(element, "skipped", {"message": case.skipped})
    if case.said:
        ET.SubElement(element, "system-out").text = _xml_text("\n\n".join(case.said))
    return element


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("·", "\n".join(map(clean, text.split("\n"))))
