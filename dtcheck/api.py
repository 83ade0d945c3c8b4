"""The front door for Python: what the commands do, as functions from values to values.

Each takes paths and months as people write them. What is wrong with a submission is a finding, as
on the command line; what is wrong with a call is a ValueError, or a TypeError, in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, overload

from dtcheck import actuals, judge
from dtcheck.actuals import Field, Submissions, field_named
from dtcheck.judge import Policy, Report
from dtcheck.nearest import did_you_mean, nearest
from dtcheck.periods import Period, PeriodError, parse_as_of
from dtcheck.tables.folders import Paths, listed_paths
from dtcheck.targets import TargetsFile, load_targets

if TYPE_CHECKING:
    from dtcheck.coverage.audit import Audit
    from dtcheck.digest import Digest
    from dtcheck.drafting.draft import Drafted
    from dtcheck.workreport import ReportText

__all__ = [
    "audit",
    "build_digest",
    "build_report",
    "draft",
    "load_targets",
    "read_submissions",
    "render",
]

_DRAFT_FORMATS = ("yaml",)


def read_submissions(
    paths: Paths,
    file: TargetsFile,
    as_of: str | Period | None = None,
    columns: Mapping[str, str] | None = None,
    filed_by: str | Period | None = None,
) -> Submissions:
    """Read submissions: one path or many, of files or of folders with everything below them.

    What can't be read, or isn't there, is a finding. ``as_of`` (``"2024-06"``) is the period of
    rows that name none, and leaves out later ones; the result remembers it. ``columns`` maps
    headers of the bureaus' own forms to what they hold: ``{"本月累计数": "实际值"}``. What was filed
    after ``filed_by`` is left aside, as if it weren't there.
    Raises ValueError for no path at all, a month that is none of the file's year, and an
    unknown column.
    """
    listed = listed_paths(paths)
    if not listed:
        raise ValueError("没有一个路径：写上报数表或它所在的文件夹")
    fields = {header: _field(name) for header, name in (columns or {}).items()}
    until = _month(filed_by, file, "filed_by")
    return actuals.read_submissions(
        listed, file, _month(as_of, file), renamed=fields, filed_by=until
    )


def build_report(
    file: TargetsFile,
    submissions: Submissions,
    as_of: str | Period | None = None,
    policy: Policy | None = None,
) -> Report:
    """Judge the targets that ``policy`` selects (all, without one).

    ``as_of`` is the month to judge by; without it, the one that ``submissions`` were read for, else
    the newest reported. Raises ValueError for one that is no month of the file's year, and where
    ``policy`` selects no target: a report on nothing would look like a pass.
    """
    _check_selected(file, policy)
    return judge.build_report(file, submissions, _month(as_of, file) or submissions.as_of, policy)


def build_digest(
    file: TargetsFile,
    submissions: Submissions,
    as_of: str | Period | None = None,
    policy: Policy | None = None,
) -> Digest:
    """Judge month by month, up to ``as_of``; it and the errors are those of ``build_report``."""
    from dtcheck.digest import build_digest as build

    _check_selected(file, policy)
    return build(file, submissions, _month(as_of, file) or submissions.as_of, policy)


def audit(file: TargetsFile, report: str | PathLike[str] | ReportText) -> Audit:
    """Hold a work report against ``file``: a path, or its text (a str of several lines).

    Raises ReportError where it can't be read.
    """
    from dtcheck.coverage.audit import run_audit

    return run_audit(file, _report_text(report))


def draft(report: str | PathLike[str] | ReportText) -> Drafted:
    """Draft a targets file for a work report, given as for ``audit``; its ``text`` is the YAML.

    Raises ReportError where the report can't be read.
    """
    from dtcheck.drafting.draft import draft as draft_targets

    return draft_targets(_report_text(report))


@overload
def render(
    thing: Report,
    format: str = ...,
    *,
    width: int = ...,
    color: bool = ...,
    everything: bool = ...,
) -> str: ...
@overload
def render(
    thing: Digest,
    format: str = ...,
    *,
    brief: bool = ...,
    title: str | None = ...,
    contradictions: bool = ...,
) -> str: ...
@overload
def render(
    thing: Audit,
    format: str = ...,
    *,
    width: int = ...,
    color: bool = ...,
    unclaimed: bool = ...,
) -> str: ...
@overload
def render(
    thing: TargetsFile,
    format: str = ...,
    *,
    width: int = ...,
    color: bool = ...,
) -> str: ...
@overload
def render(thing: Drafted, format: str = ...) -> str: ...
def render(
    thing: Report | Digest | Audit | TargetsFile | Drafted,
    format: str | None = None,  # noqa: A002
    **options: Any,
) -> str:
    """Return a result as text, in a format of the command that makes it; without one, its usual.

    A Report is a table, markdown, json, csv, github or junit; a Digest markdown or html; an Audit
    and a TargetsFile a table, markdown or json; a draft yaml. The options are those of the command:
    ``width`` in columns (80), ``color``, ``everything`` (``--all``), ``brief``, ``title``,
    ``contradictions``, ``unclaimed``. Raises ValueError for an unknown format.
    """
    if isinstance(thing, Report):
        from dtcheck.formats import FORMATS, Style
        from dtcheck.formats import render as render_report

        return render_report(_known(format, FORMATS), thing, Style(**options))
    if isinstance(thing, TargetsFile):
        from dtcheck.formats import Style
        from dtcheck.formats.targets_list import LISTS

        rendering = LISTS[_known(format, LISTS)]
        return rendering(thing, frozenset(thing.by_code), Style(everything=True, **options))
    return _render_other(thing, format, options)


def _render_other(
    thing: Digest | Audit | Drafted, name: str | None, options: dict[str, Any]
) -> str:
    """Render what is told by its class only at the price of importing it: the dearest last."""
    from dtcheck.coverage.audit import Audit
    from dtcheck.drafting.draft import Drafted

    if isinstance(thing, Audit):
        from dtcheck.formats import Style
        from dtcheck.formats.audit import AUDITS

        unclaimed = options.pop("unclaimed", False)
        return AUDITS[_known(name, AUDITS)](thing, Style(everything=True, **options), unclaimed)
    if isinstance(thing, Drafted):
        _known(name, _DRAFT_FORMATS)
        return thing.text
    from dtcheck.digest import Digest
    from dtcheck.notices import DIGEST_FORMATS, DigestStyle, render_digest

    if not isinstance(thing, Digest):
        raise TypeError(f"render 不认识 {type(thing).__name__}：给它 dtcheck 各函数的结果")
    style = DigestStyle(**options)
    return render_digest(_known(name, DIGEST_FORMATS), thing, style)


def _month(as_of: str | Period | None, file: TargetsFile, name: str = "as_of") -> Period | None:
    if as_of is None:
        return None
    if not isinstance(as_of, str | Period):
        raise TypeError(f'{name} 写成 "{file.year}-06" 这样的文字，或者 Period({file.year}, 6)')
    try:
        return parse_as_of(str(as_of), file.year)
    except PeriodError as error:
        raise PeriodError(f"{name}：{error}") from None


def _field(name: str) -> Field:
    found = field_named(name)
    if found is None:
        raise ValueError(f"columns：没有“{name}”这种列，可用的有 {'、'.join(Field)}")
    return found


def _check_selected(file: TargetsFile, policy: Policy | None) -> None:
    if policy and not file.selected(policy.select, policy.lead):
        raise ValueError("policy 的 select 和 lead 合起来没有一个指标")


def _report_text(report: str | PathLike[str] | ReportText) -> ReportText:
    from dtcheck.workreport import ReportText, parse_report, read_report

    if isinstance(report, ReportText):
        return report
    if isinstance(report, str) and "\n" in report:
        return parse_report(report, "报告")
    return read_report(report)


def _known(name: str | None, formats: Iterable[str]) -> str:
    """Return the name of a format, of None the first."""
    names = list(formats)
    if name is None:
        return names[0]
    if name not in names:
        hint = did_you_mean(nearest(name, names)) or f"可用的有 {'、'.join(names)}"
        raise ValueError(f"没有格式 {name}，{hint}")
    return name
