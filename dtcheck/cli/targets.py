"""``dtcheck targets``: the commitments themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

import click

from dtcheck.cli.chinese import ChineseCommand, ChineseGroup
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import (
    check_ignore,
    check_narrowing,
    color_option,
    format_of,
    ignore_option,
    narrowing_options,
    output_option,
    targets_option,
)
from dtcheck.cli.schemas import json_schema_option, schema
from dtcheck.cli.write import root_for, say, style_for, write_bytes, write_result
from dtcheck.rules import Level
from dtcheck.targets import TargetsFile, load_targets
from dtcheck.targets.model import DECEMBER

if TYPE_CHECKING:
    from dtcheck.workreport.report import ReportText

# What reads a report takes a third of the start: each command imports what it needs itself.
_FORMATS = ("table", "markdown", "json")
_CHECKS = (*_FORMATS, "github", "junit")
_UTF8 = ("json", "github", "junit")
_SUFFIXES = {".json": "json", ".md": "markdown"}
_CHECK_SUFFIXES = {**_SUFFIXES, ".xml": "junit"}
_COMPARED = ("table", "markdown")
# The list alone is a table to print, too.
_BOOK = "xlsx"
_YAML = {".yaml": "yaml", ".yml": "yaml"}
_Function = TypeVar("_Function", bound=Callable[..., object])


def _options(
    formats: Sequence[str] = _FORMATS, suffixes: str = ".json、.md"
) -> Callable[[_Function], _Function]:
    """Return ``--format``, ``--output`` and ``--color``."""
    form = click.option(
        "--format",
        "format_name",
        type=click.Choice(formats),
        help=f"输出格式；不写则看 -o 的后缀（{suffixes}），其他为 table",
    )
    return lambda function: form(output_option(color_option(function)))


@click.group(cls=ChineseGroup)
def targets() -> None:
    """查看、核对、起草目标文件。

    \b
    dtcheck targets audit 报告.txt              证明报告中没有漏掉的数
    dtcheck targets new 报告.txt -o draft.yaml  为另一份报告起草目标文件
    """


@targets.command("list", cls=ChineseCommand)
@targets_option
@narrowing_options
@_options((*_FORMATS, _BOOK), ".json、.md、.xlsx")
@json_schema_option("targets-list")
def list_targets(
    targets_path: str | None,
    select: tuple[str, ...],
    lead: str | None,
    format_name: str | None,
    output: str | None,
    color: str,
) -> int:
    """列出全部指标，或写成责任分解表。

    \b
    dtcheck targets list -o 分解表.xlsx   按责任单位，一季度、上半年、前三季度、全年各应达到多少，可直接打印
    """
    from dtcheck.formats.targets_list import LISTS

    file = load_targets(targets_path)
    refuse_to_overwrite_inputs([output], [file.path])
    format_name = format_name or format_of(output, {**_SUFFIXES, f".{_BOOK}": _BOOK}, _FORMATS[0])
    codes = file.selected(*check_narrowing(select, lead, file))
    if format_name == _BOOK:
        return _write_breakdown(file, codes, output)
    style = style_for(color, to_file=output is not None, everything=True)
    write_result(LISTS[format_name](file, codes, style), output, utf8=format_name == "json")
    return 0


def _write_breakdown(file: TargetsFile, codes: frozenset[str], output: str | None) -> int:
    from dtcheck.formats.breakdown import write

    if output is None:
        raise click.UsageError(f"工作簿要用 -o 写明文件名，如 -o 分解表.{_BOOK}")
    write_bytes(write(file, codes), output)
    return 0


targets.add_command(schema)


@targets.command("audit", cls=ChineseCommand)
@click.argument("report_path", metavar="报告")
@targets_option
@click.option("--unclaimed", is_flag=True, help="只列没有交代的数和它所在的句子，供添写指标")
@ignore_option
@_options(_CHECKS, ".json、.md、.xml")
def audit_report(
    report_path: str,
    targets_path: str | None,
    unclaimed: bool,
    ignore: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    color: str,
) -> int:
    """拿报告全文核对目标文件：每个数都有交代，每个指标都与原话一致。

    数写错了没有例外；比较符和争取与否，note 写明了另有读法的不算错，逐条列出。
    报告是纯文本（UTF-8 或 GB18030）。退出码：0 全部有交代，1 有遗漏或不一致，2 无法判断。
    """
    from dtcheck.coverage.audit import run_audit
    from dtcheck.formats.audit import AUDITS

    file = load_targets(targets_path)
    refuse_to_overwrite_inputs([output], [report_path, file.path])
    format_name = format_name or format_of(output, _CHECK_SUFFIXES, _FORMATS[0])
    ignored = check_ignore(ignore)
    audit = run_audit(file, _read(report_path)).ignoring(ignored)
    style = style_for(
        color, to_file=output is not None, everything=True, root=root_for(format_name)
    )
    text = AUDITS[format_name](audit, style, unclaimed)
    write_result(text, output, utf8=format_name in _UTF8)
    return audit.exit_code


@targets.command("lint", cls=ChineseCommand)
@targets_option
@click.option("--strict", is_flag=True, help="警告也计入退出码")
@ignore_option
@_options(_CHECKS, ".json、.md、.xml")
def lint_targets(
    targets_path: str | None,
    strict: bool,
    ignore: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    color: str,
) -> int:
    """自查目标文件：目标之间、目标与上年、单位、性质、名称、牵头单位有没有不合情理的。

    note 已经说明的只是提示。
    退出码：0 没有错误（警告和提示不算，加 --strict 则警告也算），1 有，2 文件读不出。
    """
    from dtcheck.coverage.lint import lint
    from dtcheck.formats.findings import LINTS, LintResult
    from dtcheck.rules import kept

    file = load_targets(targets_path)
    refuse_to_overwrite_inputs([output], [file.path])
    format_name = format_name or format_of(output, _CHECK_SUFFIXES, _FORMATS[0])
    ignored = check_ignore(ignore)
    findings = kept(lint(file), ignored)
    counted = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    code = int(any(finding.level in counted for finding in findings))
    style = style_for(
        color, to_file=output is not None, everything=True, root=root_for(format_name)
    )
    text = LINTS[format_name](LintResult(file, findings, code, ignored, counted), style)
    write_result(text, output, utf8=format_name in _UTF8)
    return code


@targets.command("diff", cls=ChineseCommand)
@click.argument("old_path", metavar="旧文件")
@click.argument("new_path", metavar="新文件")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_COMPARED),
    help="输出格式；不写则看 -o 的后缀（.md），其他为 table",
)
@output_option
@color_option
def diff_targets(
    old_path: str, new_path: str, format_name: str | None, output: str | None, color: str
) -> int:
    """比较两份目标文件（两年，或两地）：哪些指标新增、不再有、目标变了。

    名称、别名或报告原话相同，并且计数单位和性质相同的，是同一个指标；拿不准的不配对。
    退出码：0 比较完成，2 文件读不出。
    """
    from dtcheck.formats.changes import COMPARISONS
    from dtcheck.targets.changes import changes

    old, new = load_targets(old_path), load_targets(new_path)
    refuse_to_overwrite_inputs([output], [old.path, new.path])
    format_name = format_name or format_of(output, {".md": "markdown"}, _COMPARED[0])
    style = style_for(color, to_file=output is not None, everything=True)
    text = COMPARISONS[format_name](old, new, changes(old, new), style)
    write_result(text, output, utf8=False)
    return 0


@targets.command("new", cls=ChineseCommand)
@click.argument("report_path", metavar="报告")
@click.option(
    "--from",
    "last_path",
    metavar="目标文件",
    help="上年（或别处）的目标文件：同一指标沿用牵头单位、别名、节奏和编号，上年数从回顾中补",
)
@click.option(
    "--results",
    "results_path",
    metavar="文件.csv",
    type=click.Path(readable=False),
    help="同时把报告回顾里的上年实绩按 --from 文件的编号写成 12 月的报数表，供 verify 检查",
)
@output_option
def new_targets(
    report_path: str, last_path: str | None, results_path: str | None, output: str | None
) -> int:
    """为一份报告起草目标文件：读出的数写成指标，读不准的注明“待核”。

    \b
    dtcheck targets new 2026报告.txt --from 2025.yaml --results 2025实绩.csv -o 2026.yaml
    dtcheck verify 2025实绩.csv --targets 2025.yaml --as-of 2025-12    报告说到的，去年做到没有

    草稿总会写出来，写完自查一遍。退出码：0 能用，1 有要先核对的（没有找到当年的部分、年份对不上、自查不过），2 报告读不出。
    """
    from dtcheck.drafting.draft import draft

    if results_path and not last_path:
        raise click.UsageError("--results 要和 --from 同用：实绩是按上年目标文件的编号写的")
    last = load_targets(last_path) if last_path else None
    refuse_to_overwrite_inputs(
        [output, results_path], [report_path, *([last_path] if last_path else [])]
    )
    format_of(output, _YAML, "yaml", has_option=False)
    report = _read(report_path)
    if results_path and last:
        _check_results(results_path, output, report, last)
    drafted = draft(report, last)
    if not drafted.audit.accounts:
        raise click.ClickException(f"{report_path} 里没有一个数，核对是不是报告全文")
    write_result(drafted.text, output, utf8=True)
    for line in (*drafted.notices, *drafted.problems):
        say(line)
    if results_path and last:
        _write_results(results_path, report, last, str(last_path))
    return int(bool(drafted.problems))


def _check_results(results: str, output: str | None, report: ReportText, last: TargetsFile) -> None:
    """Refuse what can't be last year's results: another year's file, another place's, the draft's own name."""
    from dtcheck.drafting.inherit import is_same_place

    if PurePath(results).suffix.lower() != ".csv":
        raise click.UsageError(f"--results {results}：文件名要以 .csv 结尾")
    if output and os.path.realpath(output) == os.path.realpath(results):
        raise click.UsageError("-o 和 --results 不能是同一个文件")
    if report.plan is None or report.year is None:
        raise click.UsageError("--results：没有找到当年的部分，分不出回顾，写不出上年实绩")
    if last.year != report.year - 1 or not is_same_place(last, report.place or ""):
        raise click.UsageError(
            f"--results：报告回顾的是{report.place or ''}{report.year - 1}年，"
            f"--from 的文件是{last.place}{last.year}年的，不能拿来对照"
        )


def _write_results(path: str, report: ReportText, last: TargetsFile, last_path: str) -> None:
    from dtcheck.drafting.review import outcomes
    from dtcheck.formats.results import Row, as_csv
    from dtcheck.periods import Period

    found = outcomes(report, last)
    period = Period(last.year, DECEMBER)
    rows = (
        Row(each.target, each.written, each.unit.text, f"报告：{each.phrase}")
        for each in found.values()
    )
    write_bytes(as_csv(rows, period), path)
    left = len(last.targets) - len(found)
    say(
        f"写好 {path}：{period.words} {len(found)} 项，另 {left} 项在回顾里没有读出确实的数。"
        f"核对后：dtcheck verify {path} --targets {last_path} --as-of {last.year}-12"
    )


def _read(path: str) -> ReportText:
    from dtcheck.workreport.report import ReportError, read_report

    try:
        return read_report(path)
    except ReportError as error:
        raise click.ClickException(str(error)) from None
