"""``dtcheck verify``."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import BinaryIO, NamedTuple

import click

from dtcheck.actuals import MOST_PLACES, Field, Submissions, read_submissions
from dtcheck.cli.arguments import expanded_files
from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.config import ConfigError
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.mark import MOST_MARKED, Copy, plan_copies, refuse_to_meet, write_copies
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
    targets_of_files_option,
)
from dtcheck.cli.outputs import (
    Output,
    OutputType,
    plan_outputs,
    say_verdict,
    say_whose,
    write_broken,
    write_outputs,
)
from dtcheck.cli.schemas import json_schema_option
from dtcheck.cli.sites import Site, find_sites, narrowed, nearest_config, reported_files
from dtcheck.judge import FailOn, Policy, build_report
from dtcheck.periods import Period
from dtcheck.rules import Finding
from dtcheck.tables.folders import submission_files
from dtcheck.tables.table import shown_name
from dtcheck.targets import TargetsError, TargetsFile, load_targets


@click.command(cls=ChineseCommand)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="文件…",
    type=click.Path(allow_dash=True, readable=False),
    callback=expanded_files,
)
@targets_of_files_option
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
    "--report-only",
    multiple=True,
    metavar="路径",
    help="只报告这个文件或文件夹里的，其余是往月的数，只用来对照；可以写几次",
)
@click.option(
    "--fail-on",
    type=click.Choice([level.value for level in FailOn]),
    help="遇到什么以退出码 1 结束，后面的包括前面的 [默认 behind]",
)
@click.option("--strict/--no-strict", default=None, help="争取目标、基本达到和警告也计入退出码")
@color_option
@click.option(
    "-q", "--quiet", is_flag=True, help="没有需要处理的问题时，屏幕上什么也不写；写到文件的照写"
)
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
    report_only: tuple[str, ...],
    fail_on: str | None,
    strict: bool | None,
    color: str,
    quiet: bool,
) -> int:
    """检查报数表：哪些行有错，哪些指标落后。

    文件是各单位报来的报数表；给文件夹则检查其中全部的表（.xlsx、.xls、.et、.csv、.tsv、.txt）；“-”是标准输入。
    --targets、--ignore、--fail-on、--strict、--column、--exclude 可以写在 pyproject.toml 的 [tool.dtcheck] 里。
    退出码：0 没有问题，1 有问题，2 无法判断。
    """
    written = [output, *(each.path for each in formats)]
    try:
        left_out: list[Finding] = []
        sites = find_sites(files, exclude, left_out)
        loaded = [(site, load_targets(site.targets_path(targets_path))) for site in sites]
    except (TargetsError, ConfigError) as error:
        write_broken(error, plan_outputs(formats, output), submission_files(files, []))
        raise
    loaded = narrowed(loaded, select, lead)
    new = reported_files(report_only, loaded)
    copies = {} if mark is None else _copies(mark, files, exclude, loaded, new)
    every = [copy for of_site in copies.values() for copy in of_site]
    refuse_to_overwrite_inputs([*written, *(each.marked for each in every)], _read(loaded))
    outputs = plan_outputs(formats, output)
    refuse_to_meet(every, written)
    stdin = getattr(sys.stdin, "buffer", None) if "-" in files else None
    if stdin is not None and mark is not None:
        stdin = io.BytesIO(stdin.read())
    runs = []
    for (site, file), reported in zip(loaded, new, strict=True):
        if not _is_reported(reported):
            continue
        prefixes, bureau = check_narrowing(select, lead, file)
        ignored = check_ignore(ignore, site.config)
        policy = Policy(
            select=prefixes,
            lead=bureau,
            ignore=frozenset(ignored),
            fail_on=FailOn(fail_on) if fail_on else site.config.fail_on or FailOn.BEHIND,
            strict=bool(site.config.strict if strict is None else strict),
            reasons=ignored,
            cuts=site.config.cuts,
            files=reported,
        )
        renamed = {**site.config.columns, **check_columns(columns)}
        when = check_as_of(as_of, file)
        runs.append(_Run(site, file, when, policy, renamed, copies.get(site.config.path, ())))
    hints = partial(say_whose, [(run.site, run.file) for run in runs], targets_path, outputs)
    if not quiet:
        hints()
    reports, marking = [], []
    for run in runs:
        submissions = run.read(stdin)
        # What lies around the places belongs to none, and is told with the first.
        submissions = submissions._replace(findings=(*submissions.findings, *left_out))
        left_out = []
        report = build_report(run.file, submissions, run.when, run.policy)
        reports.append(report)
        if run.copies:
            write = partial(write_copies, run.copies, report, submissions.heads, run.renamed, stdin)
            marking.append(partial(write, quiet=quiet and report.exit_code == 0))
    code = max(report.exit_code for report in reports)
    if quiet and code:
        hints()
    write_outputs(reports, outputs, color, everything=everything, quiet=quiet, copies=marking)
    say_verdict(reports, outputs, quiet=quiet)
    return code


def _is_reported(names: frozenset[str] | None) -> bool:
    return names is None or bool(names)


class _Run(NamedTuple):
    """A site, and what the options make of its configuration."""

    site: Site
    file: TargetsFile
    when: Period | None
    policy: Policy
    renamed: Mapping[str, Field]
    copies: Sequence[Copy]

    def read(self, stdin: BinaryIO | None) -> Submissions:
        return read_submissions(
            self.site.paths,
            self.file,
            self.when,
            stdin,
            self.renamed,
            exclude=self.site.exclude,
            most_places=MOST_MARKED if self.copies else MOST_PLACES,
            apart=self.site.apart,
        )


def _read(loaded: Sequence[tuple[Site, TargetsFile]]) -> Iterator[str]:
    """Yield every file that is read."""
    for site, file in loaded:
        yield from site.files()
        yield file.path
        yield from site.met


def _copies(
    mark: str,
    named: Sequence[str],
    exclude: tuple[str, ...],
    loaded: Sequence[tuple[Site, TargetsFile]],
    new: Sequence[frozenset[str] | None],
) -> Mapping[str, Sequence[Copy]]:
    """Return the marked copies of what is reported, by the configuration of each site."""
    owners = {
        path: site.config.path
        for (site, _), names in zip(loaded, new, strict=True)
        for path in site.files()
        if names is None or shown_name(path) in names
    }
    around = (*nearest_config(mark).exclude, *exclude)
    copies: dict[str, list[Copy]] = {}
    for copy in plan_copies(mark, named, list(owners), around):
        copies.setdefault(owners[copy.path], []).append(copy)
    return copies
