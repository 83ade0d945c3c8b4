"""``dtcheck targets``: the commitments themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from dtcheck.cli.write import root_for, say, style_for, write_result
from dtcheck.rules import Level
from dtcheck.targets import load_targets

if TYPE_CHECKING:
    from dtcheck.workreport.report import ReportText

# What reads a report takes a third of the start: each command imports what it needs itself.
_FORMATS = ("table", "markdown", "json")
_CHECKS = (*_FORMATS, "github", "junit")
_UTF8 = ("json", "github", "junit")
_SUFFIXES = {".json": "json", ".md": "markdown"}
_CHECK_SUFFIXES = {**_SUFFIXES, ".xml": "junit"}
_YAML = {".yaml": "yaml", ".yml": "yaml"}
_Function = TypeVar("_Function", bound=Callable[..., object])


def _result_options(function: _Function) -> _Function:
    """Add ``--format``, ``--output`` and ``--color``."""
    return _options(function, _FORMATS, ".json、.md")


def _check_options(function: _Function) -> _Function:
    """Add the same, with the formats of pipelines."""
    return _options(function, _CHECKS, ".json、.md、.xml")


def _options(function: _Function, formats: Sequence[str], suffixes: str) -> _Function:
    form = click.option(
        "--format",
        "format_name",
        type=click.Choice(formats),
        help=f"输出格式；不写则看 -o 的后缀（{suffixes}），其他为 table",
    )
    return form(output_option(color_option(function)))


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
@_result_options
@json_schema_option("targets-list")
def list_targets(
    targets_path: str | None,
    select: tuple[str, ...],
    lead: str | None,
    format_name: str | None,
    output: str | None,
    color: str,
) -> int:
    """列出全部指标。"""
    from dtcheck.formats.targets_list import LISTS

    file = load_targets(targets_path)
    refuse_to_overwrite_inputs([output], [file.path])
    format_name = format_name or format_of(output, _SUFFIXES, _FORMATS[0])
    codes = file.selected(*check_narrowing(select, lead, file))
    style = style_for(color, to_file=output is not None, everything=True)
    write_result(LISTS[format_name](file, codes, style), output, utf8=format_name == "json")
    return 0


targets.add_command(schema)


@targets.command("audit", cls=ChineseCommand)
@click.argument("report_path", metavar="报告")
@targets_option
@click.option("--unclaimed", is_flag=True, help="只列没有交代的数和它所在的句子，供添写指标")
@ignore_option
@_check_options
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

    file = load_targets(targets_path, may_be_empty=True)
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
@_check_options
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
@output_option
def diff_targets(old_path: str, new_path: str, output: str | None) -> int:
    """比较两份目标文件：哪些指标新增、不再有、目标变了。

    退出码：0 比较完成，2 文件读不出。
    """
    from dtcheck.formats.changes import as_text
    from dtcheck.targets.changes import changes

    old, new = load_targets(old_path), load_targets(new_path)
    refuse_to_overwrite_inputs([output], [old.path, new.path])
    write_result(as_text(old, new, changes(old, new)), output, utf8=False)
    return 0


@targets.command("new", cls=ChineseCommand)
@click.argument("report_path", metavar="报告")
@click.option(
    "--from",
    "last_path",
    metavar="目标文件",
    help="上年（或别处）的目标文件：同一指标沿用牵头单位、别名、节奏和编号，上年数从回顾中补",
)
@output_option
def new_targets(report_path: str, last_path: str | None, output: str | None) -> int:
    """为一份报告起草目标文件：读出的数写成指标，读不准的注明“待核”。

    草稿总会写出来，写完自查一遍。退出码：0 能用，1 有要先核对的（没有找到当年的部分、年份对不上、自查不过），2 报告读不出。
    """
    from dtcheck.drafting.draft import draft

    last = load_targets(last_path) if last_path else None
    refuse_to_overwrite_inputs([output], [report_path, *([last_path] if last_path else [])])
    format_of(output, _YAML, "yaml", has_option=False)
    drafted = draft(_read(report_path), last)
    if not drafted.audit.accounts:
        raise click.ClickException(f"{report_path} 里没有一个数，核对是不是报告全文")
    write_result(drafted.text, output, utf8=True)
    for line in (*drafted.notices, *drafted.problems):
        say(line)
    return int(bool(drafted.problems))


def _read(path: str) -> ReportText:
    from dtcheck.workreport.report import ReportError, read_report

    try:
        return read_report(path)
    except ReportError as error:
        raise click.ClickException(str(error)) from None
