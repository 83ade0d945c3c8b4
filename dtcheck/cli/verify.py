"""``dtcheck verify``."""

from __future__ import annotations

import io
import sys
from functools import partial

import click

from dtcheck.actuals import MOST_PLACES, read_submissions
from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.config import load_config
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.mark import MOST_MARKED, plan_copies, write_copies
from dtcheck.cli.options import (
    check_as_of,
    check_columns,
    check_ignore,
    check_narrowing,
    color_option,
    columns_option,
    exclude_option,
    ignore_option,
    narrowing_options,
    output_option,
    targets_option,
)
from dtcheck.cli.outputs import Output, OutputType, plan_outputs, say_verdict, write_outputs
from dtcheck.cli.schemas import json_schema_option
from dtcheck.cli.write import problems_of
from dtcheck.judge import FailOn, Policy, build_report
from dtcheck.targets import load_targets


@click.command(cls=ChineseCommand)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="文件…",
    type=click.Path(allow_dash=True, readable=False),
)
@targets_option
@click.option("--as-of", metavar="月份", help="检查到哪个月，如 2024-06；不写则取所报的最新一期")
@click.option(
    "--format",
    "formats",
    type=OutputType(),
    multiple=True,
    help="输出格式；写“格式=文件”则写到文件，可以写几次，一次检查得到几种结果。不写则看 --output 的后缀"
    "（.json、.csv、.md、.xml），没有后缀和 .txt 为 table",
)
@output_option
@click.option(
    "--mark",
    metavar="文件",
    help="另写一份标注过的表（.xlsx）：有问题的格子涂色、加批注，每行右边写结论；检查几个文件的写文件夹。原文件不动",
)
@click.option("--all", "everything", is_flag=True, help="未填报的指标和提示也逐条列出")
@narrowing_options
@ignore_option
@columns_option
@exclude_option
@click.option(
    "--fail-on",
    type=click.Choice([level.value for level in FailOn]),
    help="遇到什么以退出码 1 结束，后面的包括前面的 [默认 behind]",
)
@click.option("--strict/--no-strict", default=None, help="争取目标、基本达到和警告也计入退出码")
@color_option
@json_schema_option("verify")
def verify(
    files: tuple[str, ...],
    targets_path: str | None,
    as_of: str | None,
    formats: tuple[Output, ...],
    output: str | None,
    mark: str | None,
    everything: bool,
    select: tuple[str, ...],
    lead: str | None,
    ignore: tuple[str, ...],
    columns: tuple[str, ...],
    exclude: tuple[str, ...],
    fail_on: str | None,
    strict: bool | None,
    color: str,
) -> int:
    """检查报数表：哪些行有错，哪些指标落后。

    文件是各单位报来的报数表；给文件夹则检查其中全部的表（.xlsx、.xls、.et、.csv、.tsv、.txt）；“-”是标准输入。
    --targets、--ignore、--fail-on、--strict、--column、--exclude 可以写在 pyproject.toml 的 [tool.dtcheck] 里。
    退出码：0 没有问题，1 有问题，2 无法判断。
    """
    config = load_config()
    file = load_targets(targets_path)
    named = [each.path for each in formats]
    refuse_to_overwrite_inputs([output, *named], [*files, file.path], exclude)
    outputs = plan_outputs(formats, output)
    copies = (
        plan_copies(mark, files, exclude, [file.path, output, *named]) if mark is not None else ()
    )
    prefixes, bureau = check_narrowing(select, lead, file)
    ignored = check_ignore(ignore)
    policy = Policy(
        select=prefixes,
        lead=bureau,
        ignore=frozenset(ignored),
        fail_on=FailOn(fail_on) if fail_on else config.fail_on or FailOn.BEHIND,
        strict=bool(config.strict if strict is None else strict),
        reasons=ignored,
        cuts=config.cuts,
    )
    renamed = {**config.columns, **check_columns(columns)}
    when = check_as_of(as_of, file)
    stdin = getattr(sys.stdin, "buffer", None) if "-" in files else None
    if stdin is not None and mark is not None:
        stdin = io.BytesIO(stdin.read())
    places = MOST_MARKED if copies else MOST_PLACES
    submissions = read_submissions(
        files, file, when, stdin, renamed, exclude=exclude, most_places=places
    )
    report = build_report(file, submissions, when, policy)
    writings = [partial(write_outputs, report, outputs, color, everything=everything)]
    if copies:
        writings.append(partial(write_copies, copies, report, submissions.heads, renamed, stdin))
    if problems := problems_of(writings):
        raise click.ClickException("\n".join(problems))
    say_verdict(report, outputs)
    return report.exit_code
