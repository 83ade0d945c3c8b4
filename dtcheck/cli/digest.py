"""``dtcheck digest``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import chain

import click

from dtcheck.actuals import read_submissions
from dtcheck.cli import EXIT_COULD_NOT_TELL
from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import (
    check_as_of,
    check_columns,
    check_narrowing,
    columns_option,
    exclude_option,
    format_of,
    narrowing_options,
    output_option,
    targets_of_files_option,
)
from dtcheck.cli.outputs import say_whose
from dtcheck.cli.sites import find_sites
from dtcheck.cli.write import say, say_findings, write_result
from dtcheck.digest import build_digest
from dtcheck.judge import FailOn, Policy
from dtcheck.notices import DIGEST_FORMATS, DigestStyle, render_digest
from dtcheck.rules import Finding
from dtcheck.targets import load_targets

_SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html"}


@click.command(cls=ChineseCommand)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="文件或文件夹…",
    type=click.Path(allow_dash=True, readable=False),
)
@targets_of_files_option
@click.option("--as-of", metavar="月份", help="通报到哪个月，如 2024-06；不写则取所报的最新一期")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(DIGEST_FORMATS)),
    help="输出格式；不写则看 -o 的后缀，.html 是网页，.md 和没有后缀的是 markdown",
)
@output_option
@columns_option
@exclude_option
@click.option("--brief", is_flag=True, help="只要一页：总体、板块、最突出的缺口")
@click.option("--title", metavar="文字", help="通报的标题；不写则按地方和月份拟定")
@narrowing_options
def digest(
    paths: tuple[str, ...],
    targets_path: str | None,
    as_of: str | None,
    format_name: str | None,
    output: str | None,
    columns: tuple[str, ...],
    exclude: tuple[str, ...],
    brief: bool,
    title: str | None,
    select: tuple[str, ...],
    lead: str | None,
) -> int:
    """把各月报数表汇编成督查通报。

    文件夹连同下级文件夹一起读，如 submissions/2024-06/发改委.csv。退出码：0 已写出，2 有文件读不出。
    """
    left_out: list[Finding] = []
    sites = find_sites(paths, exclude, left_out)
    loaded = [(site, load_targets(site.targets_path(targets_path))) for site in sites]
    say_findings(left_out)
    say_whose(loaded, targets_path)
    for site, file in loaded:
        refuse_to_overwrite_inputs(
            [output], chain(site.files(), [file.path]), config=site.config.path
        )
    format_name = format_name or format_of(output, _SUFFIXES, "markdown")
    if format_name == "html" and len(sites) > 1:
        raise click.UsageError("几个地方的网页不能写在一个文件里，每个地方各运行一次")
    stdin = getattr(sys.stdin, "buffer", None) if "-" in paths else None
    texts, unread, code = [], list[Finding](), 0
    for site, file in loaded:
        config = site.config
        prefixes, bureau = check_narrowing(select, lead, file)
        policy = Policy(
            select=prefixes,
            lead=bureau,
            ignore=frozenset(config.ignore),
            fail_on=FailOn.NEVER,
            reasons=config.ignore,
            cuts=config.cuts,
        )
        when = check_as_of(as_of, file)
        renamed = {**config.columns, **check_columns(columns)}
        submissions = read_submissions(
            site.paths,
            file,
            when,
            stdin,
            renamed,
            _with_progress_bar,
            site.exclude,
            apart=site.apart,
        )
        if not submissions.read_files and not submissions.actuals:
            say("没有一份报数表读得出，没有写出通报：")
            say_findings(submissions.findings)
            return EXIT_COULD_NOT_TELL
        unread += [each for each in submissions.findings if each.rule.leaves_unjudged]
        made = build_digest(file, submissions, when, policy)
        texts.append(render_digest(format_name, made, DigestStyle(brief, title)))
        code = max(code, made.report.exit_code)
    write_result("\n".join(texts), output, utf8=format_name == "html")
    if unread:
        say(f"有 {len(unread)} 处读不出，通报里没有其中的数：")
        say_findings(unread)
    return code


def _with_progress_bar(files: Sequence[str]) -> Iterable[str]:
    """Return ``files``, with a bar of progress on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, "读取报数表", console=Console(stderr=True), transient=True)
