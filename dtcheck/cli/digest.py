"""``dtcheck digest``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import BinaryIO, NamedTuple

import click

from dtcheck.actuals import Field, Submissions, read_submissions
from dtcheck.cli import EXIT_COULD_NOT_TELL
from dtcheck.cli.arguments import expanded_files
from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.formalities import (
    formalities_of,
    formalities_options,
    refuse_for_texts,
    say_missing_styles,
    template_errors,
)
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.letters import all_letters, check_letters, letter_paths
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
from dtcheck.cli.sites import Site, find_sites, narrowed
from dtcheck.cli.write import say, say_findings, write_bytes, write_result
from dtcheck.digest import Digest, build_digest
from dtcheck.judge import FailOn, Policy
from dtcheck.notices import (
    DIGEST_FILES,
    DIGEST_FORMATS,
    DigestStyle,
    Formalities,
    render_digest,
    write_digest,
)
from dtcheck.periods import Period
from dtcheck.rules import Finding, Level
from dtcheck.rules.plausibility import BEHIND_FOLDER
from dtcheck.targets import TargetsFile, load_targets

_SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".xlsx": "xlsx"}
_CALLED = {"docx": "Word 文件", "xlsx": "工作簿", "html": "网页"}


@click.command(cls=ChineseCommand)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="文件或文件夹…",
    type=click.Path(allow_dash=True, readable=False),
    callback=expanded_files,
)
@targets_of_files_option
@click.option("--as-of", metavar="月份", help="通报到哪个月，如 2024-06；不写则取所报的最新一期")
@click.option(
    "--filed-by", metavar="月份", help="只用到这个月为止报来的文件，重做当时的通报，如 2024-05"
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*DIGEST_FORMATS, *DIGEST_FILES]),
    help="输出格式；不写则看 -o 的后缀，.docx 是 Word 文件，.xlsx 是工作簿，.html 是网页，.md 和没有后缀的是 markdown",
)
@output_option
@columns_option
@exclude_option
@click.option("--brief", is_flag=True, help="只要一页：总体、板块、最突出的缺口")
@click.option("--contradictions", is_flag=True, help="列出不能同时实现的目标")
@click.option("--title", metavar="文字", help="通报的标题；不写则按地方和月份拟定")
@formalities_options
@narrowing_options
@click.option("--all-leads", is_flag=True, help="给每个牵头单位各写一份反馈（.docx），-o 写文件夹")
def digest(
    paths: tuple[str, ...],
    targets_path: str | None,
    as_of: str | None,
    filed_by: str | None,
    format_name: str | None,
    output: str | None,
    columns: tuple[str, ...],
    exclude: tuple[str, ...],
    brief: bool,
    contradictions: bool,
    title: str | None,
    select: tuple[str, ...],
    lead: str | None,
    demands: tuple[str, ...],
    template: str | None,
    all_leads: bool,
    **texts: str | None,
) -> int:
    """把各月报数表汇编成督查通报。

    \b
    dtcheck digest submissions/ -o 2024-06.docx
    dtcheck digest submissions/ -o 2024-06.xlsx
    dtcheck digest submissions/ --all-leads -o 反馈/

    文件夹连同下级文件夹一起读，如 submissions/2024-06/发改委.csv。退出码：0 已写出，2 有文件读不出。
    """
    left_out: list[Finding] = []
    sites = find_sites(paths, exclude, left_out)
    loaded = [(site, load_targets(site.targets_path(targets_path))) for site in sites]
    loaded = narrowed(loaded, select, lead)
    if all_leads:
        check_letters(format_name, lead, output, brief=brief)
        format_name = "docx"
    letters = [
        letter_paths(str(output), file, check_narrowing(select, lead, file)[0]) if all_leads else {}
        for _, file in loaded
    ]
    for (site, file), own in zip(loaded, letters, strict=True):
        others = (file.path, *site.met, template, site.config.notice.template)
        refuse_to_overwrite_inputs(
            own.values() if all_leads else [output], chain(site.files(), filter(None, others))
        )
    if all_leads and len(loaded) > 1:
        raise click.UsageError("几个地方的反馈不能写在一个文件夹里，每个地方各运行一次")
    format_name = _checked_format(format_name, output, len(loaded))
    word = format_name == "docx"
    if not word:
        refuse_for_texts(texts, demands, template)
    runs = []
    for (site, file), own in zip(loaded, letters, strict=True):
        config = site.config
        prefixes, bureau = check_narrowing(select, lead, file)
        around = formalities_of(texts, demands, template, config.notice) if word else Formalities()
        policy = Policy(
            select=prefixes,
            lead=bureau,
            ignore=frozenset(config.ignore),
            fail_on=FailOn.NEVER,
            reasons=config.ignore,
            cuts=config.cuts,
        )
        renamed = {**config.columns, **check_columns(columns)}
        when = check_as_of(as_of, file)
        filed = check_as_of(filed_by, file, "--filed-by")
        style = DigestStyle(brief, title, around, contradictions)
        runs.append(_Run(site, file, when, filed, policy, renamed, style, own))
    say_findings(left_out)
    say_whose(loaded, targets_path)
    stdin = getattr(sys.stdin, "buffer", None) if "-" in paths else None
    made = [_made(run, stdin, format_name, output, several=len(runs) > 1) for run in runs]
    if pages := [each.page for each in made if each.page is not None]:
        write_result("\n".join(pages), output, utf8=format_name == "html")
    if unread := [finding for each in made for finding in each.unread]:
        say(f"有 {len(unread)} 处读不出，通报里没有其中的数：")
        say_findings(unread)
    return max(each.code for each in made)


class _Run(NamedTuple):
    """A site, and what the options make of its configuration."""

    site: Site
    file: TargetsFile
    when: Period | None
    filed: Period | None
    policy: Policy
    renamed: Mapping[str, Field]
    style: DigestStyle
    letters: Mapping[str, str]

    def read(self, stdin: BinaryIO | None) -> Submissions:
        return read_submissions(
            self.site.paths,
            self.file,
            self.when,
            stdin,
            self.renamed,
            _with_progress_bar,
            self.site.exclude,
            filed_by=self.filed,
            apart=self.site.apart,
        )


def _checked_format(name: str | None, output: str | None, places: int) -> str:
    """Return the format of the notice; raises UsageError where it can't be written."""
    name = name or format_of(output, _SUFFIXES, "markdown")
    if name != "markdown" and places > 1:
        raise click.UsageError(f"几个地方的{_CALLED[name]}不能写在一个文件里，每个地方各运行一次")
    if name in DIGEST_FILES and output is None:
        raise click.UsageError(f"{_CALLED[name]}要用 -o 写明文件名，如 -o 2024-06.{name}")
    return name


class _Made(NamedTuple):
    """What became of a site: a text to write, None if it is written or can't be."""

    code: int
    page: str | None = None
    unread: Sequence[Finding] = ()


def _made(
    run: _Run, stdin: BinaryIO | None, name: str, output: str | None, *, several: bool
) -> _Made:
    submissions = run.read(stdin)
    if not submissions.read_files and not submissions.actuals:
        say(f"{run.file.place if several else ''}没有一份报数表读得出，没有写出通报：")
        say_findings(submissions.findings)
        return _Made(EXIT_COULD_NOT_TELL)
    made = build_digest(run.file, submissions, run.when, run.policy)
    _say_overwriting(made)
    page = None
    if name in DIGEST_FORMATS:
        page = render_digest(name, made, run.style)
    elif run.letters:
        with template_errors():
            all_letters(run.letters, str(output), made, submissions, run.style)
    else:
        _write_file(name, made, run.style, str(output))
    unread = [each for each in submissions.findings if each.rule.leaves_unjudged]
    return _Made(made.report.exit_code, page, unread)


def _write_file(name: str, made: Digest, style: DigestStyle, output: str) -> None:
    with template_errors():
        document = write_digest(name, made, style)
    write_bytes(document.content, output)
    say_missing_styles(document.missing, style.formalities)


def _say_overwriting(made: Digest) -> None:
    """Warn of whole files that call their figures an earlier month's and replace what was there."""
    whole = {
        each.place.file: each
        for each in made.report.findings
        if each.rule is BEHIND_FOLDER and each.level is Level.WARNING and each.place.row is None
    }
    replaced = Counter(
        new.place.file
        for each in made.amended
        for old, new in each.figures
        if old and new and new.place.file in whole
    )
    for file, count in replaced.items():
        say(
            f"注意：{file} {whole[file].message}，替换了那个月已报的 {count} 个数。{whole[file].hint}。"
        )


def _with_progress_bar(files: Sequence[str]) -> Iterable[str]:
    """Return ``files``, with a bar of progress on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, "读取报数表", console=Console(stderr=True), transient=True)
