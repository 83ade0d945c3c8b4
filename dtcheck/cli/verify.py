"""``dtcheck verify``."""

from __future__ import annotations

import sys

import click

from dtcheck.actuals import read_submissions
from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.options import (
    check_as_of,
    check_ignore,
    check_lead,
    check_select,
    narrowing_options,
    output_option,
    targets_option,
)
from dtcheck.cli.write import style_for, write_result
from dtcheck.formats import FORMATS, UTF8_FORMATS, render
from dtcheck.judge import FailOn, Policy, build_report
from dtcheck.targets import load_targets


@click.command(cls=ChineseCommand)
@click.argument("files", nargs=-1, required=True, metavar="文件…")
@targets_option
@click.option("--as-of", metavar="月份", help="检查到哪个月，如 2024-06；不写则取所报的最新一期")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="table",
    show_default=True,
    help="输出格式",
)
@output_option
@click.option("--all", "everything", is_flag=True, help="未填报的指标和提示也逐条列出")
@narrowing_options
@click.option("--ignore", multiple=True, metavar="规则,…", help="不显示这些警告或提示，如 DT306")
@click.option(
    "--fail-on",
    type=click.Choice([level.value for level in FailOn]),
    default=FailOn.BEHIND.value,
    show_default=True,
    help="遇到什么以退出码 1 结束，后面的包括前面的",
)
@click.option("--strict", is_flag=True, help="争取目标、基本达到和警告也计入退出码")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="是否用颜色",
)
def verify(
    files: tuple[str, ...],
    targets_path: str | None,
    as_of: str | None,
    format_name: str,
    output: str | None,
    everything: bool,
    select: tuple[str, ...],
    lead: str | None,
    ignore: tuple[str, ...],
    fail_on: str,
    strict: bool,
    color: str,
) -> int:
    """检查报数表：哪些行有错，哪些指标落后。

    文件是各单位报来的 CSV 或 .xlsx 工作簿，“-”是标准输入。退出码：0 没有问题，1 有问题，2 无法判断。
    """
    file = load_targets(targets_path)
    policy = Policy(
        select=check_select(select, file),
        lead=check_lead(lead, file),
        ignore=check_ignore(ignore),
        fail_on=FailOn(fail_on),
        strict=strict,
    )
    when = check_as_of(as_of, file)
    submissions = read_submissions(files, file, when, sys.stdin.buffer if "-" in files else None)
    report = build_report(file, submissions, when, policy)
    style = style_for(color, to_file=output is not None, everything=everything)
    write_result(render(format_name, report, style), output, utf8=format_name in UTF8_FORMATS)
    return report.exit_code
