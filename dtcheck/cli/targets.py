"""``dtcheck targets``: the commitments themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from dtcheck.cli.chinese import ChineseCommand, ChineseGroup
from dtcheck.cli.config import ConfigError, load_config
from dtcheck.cli.drafts import new_targets, read_or_refuse
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import (
    check_ignore,
    check_narrowing,
    color_option,
    format_of,
    ignore_option,
    narrowing_options,
    output_option,
    targets_of_files_option,
    targets_option,
)
from dtcheck.cli.outputs import Output, append_findings, write_broken
from dtcheck.cli.schemas import json_schema_option, schema
from dtcheck.cli.write import root_for, style_for, write_bytes, write_result
from dtcheck.rules import Level
from dtcheck.targets import TARGETS_VARIABLE, TargetsError, TargetsFile, load_targets

# What reads a report takes a third of the start: each command imports what it needs itself.
_FORMATS = ("table", "markdown", "json")
_CHECKS = (*_FORMATS, "github", "junit")
_UTF8 = ("json", "github", "junit")
_SUFFIXES = {".json": "json", ".md": "markdown"}
_CHECK_SUFFIXES = {**_SUFFIXES, ".xml": "junit"}
_COMPARED = ("table", "markdown")
# The list alone is a table to print, too.
_BOOK = "xlsx"
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
    refuse_to_overwrite_inputs([output], [file.path, load_config().path])
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
targets.add_command(new_targets)


@targets.command("audit", cls=ChineseCommand)
@click.argument("report_path", metavar="报告")
@targets_of_files_option
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
    报告可以是纯文本（常见的编码都认）、.docx 或存下的网页。退出码：0 全部有交代，1 有遗漏或不一致，2 无法判断。
    """
    from dtcheck.coverage.audit import run_audit
    from dtcheck.formats.audit import AUDITS, COUNTED, told

    file, format_name = _load(targets_path, format_name, output, report_path, may_be_empty=True)
    ignored = check_ignore(ignore)
    audit = run_audit(file, read_or_refuse(report_path)).ignoring(ignored)
    style = style_for(
        color, to_file=output is not None, everything=True, root=root_for(format_name)
    )
    text = AUDITS[format_name](audit, style, unclaimed)
    write_result(text, output, utf8=format_name in _UTF8)
    if format_name == "github":
        append_findings(told(audit, unclaimed), COUNTED)
    return audit.exit_code


@targets.command("lint", cls=ChineseCommand)
@targets_of_files_option
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

    file, format_name = _load(targets_path, format_name, output)
    ignored = check_ignore(ignore)
    findings = kept(lint(file), ignored)
    counted = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    code = int(any(finding.level in counted for finding in findings))
    style = style_for(
        color, to_file=output is not None, everything=True, root=root_for(format_name)
    )
    text = LINTS[format_name](LintResult(file, findings, code, ignored, counted), style)
    write_result(text, output, utf8=format_name in _UTF8)
    if format_name == "github":
        append_findings(findings, counted)
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
    refuse_to_overwrite_inputs([output], [old.path, new.path, load_config().path])
    format_name = format_name or format_of(output, {".md": "markdown"}, _COMPARED[0])
    style = style_for(color, to_file=output is not None, everything=True)
    text = COMPARISONS[format_name](old, new, changes(old, new), style)
    write_result(text, output, utf8=False)
    return 0


def _load(
    written: str | None,
    name: str | None,
    output: str | None,
    *read: str,
    may_be_empty: bool = False,
) -> tuple[TargetsFile, str]:
    """Return the targets file to check, and the format; a file or configuration that is broken is told in it."""

    def form() -> str:
        return name or format_of(output, _CHECK_SUFFIXES, _FORMATS[0])

    try:
        config = load_config()
        is_set = written is not None or os.environ.get(TARGETS_VARIABLE)
        file = load_targets(written if is_set else config.targets, may_be_empty=may_be_empty)
    except (TargetsError, ConfigError) as error:
        write_broken(error, [Output(form(), output)], read)
        raise
    refuse_to_overwrite_inputs([output], [file.path, config.path, *read])
    return file, form()
