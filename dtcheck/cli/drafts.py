"""``dtcheck targets new``: a first targets file from a report, and what last year came to."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.config import load_config
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import format_of, output_option
from dtcheck.cli.write import say, write_bytes, write_result
from dtcheck.paths import real_path
from dtcheck.rules import shown_path
from dtcheck.targets import TargetsFile, load_targets
from dtcheck.targets.model import DECEMBER

if TYPE_CHECKING:
    from dtcheck.workreport.report import ReportText

_YAML = {".yaml": "yaml", ".yml": "yaml"}


@click.command("new", cls=ChineseCommand)
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
    read = [report_path, *([last_path] if last_path else []), load_config().path]
    refuse_to_overwrite_inputs([output, results_path], read)
    format_of(output, _YAML, "yaml", has_option=False)
    report = read_or_refuse(report_path)
    if results_path and last:
        _check_results(results_path, output, report, last)
    drafted = draft(report, last)
    if not drafted.audit.accounts:
        raise click.ClickException(f"{report_path} 里没有一个数，核对是不是报告全文")
    write_draft = partial(write_result, drafted.text, output, utf8=True)
    said = ""
    if results_path and last:
        content, said = _results(results_path, report, last, str(last_path))
        _write_both(results_path, content, write_draft)
    else:
        write_draft()
    for line in (*drafted.notices, *drafted.problems, *filter(None, [said])):
        say(line)
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


def _results(path: str, report: ReportText, last: TargetsFile, last_path: str) -> tuple[bytes, str]:
    """Return last year's results as a form, and what is to be said of them."""
    from dtcheck.drafting.review import outcomes
    from dtcheck.formats.results import Row, as_csv
    from dtcheck.periods import Period

    found = outcomes(report, last)
    period = Period(last.year, DECEMBER)
    rows = (
        Row(each.target, each.written, each.unit.text, f"报告：{each.phrase}")
        for each in found.values()
    )
    left = len(last.targets) - len(found)
    said = (
        f"写好 {path}：{period.words} {len(found)} 项，另 {left} 项在回顾里没有读出确实的数。"
        f"核对后：dtcheck verify {path} --targets {last_path} --as-of {last.year}-12"
    )
    return as_csv(rows, period), said


def _write_both(results: str, content: bytes, write_draft: Callable[[], None]) -> None:
    """Write the results and then the draft, or neither; results that somebody may have corrected stay."""
    file = Path(real_path(results))
    is_there = file.is_file()
    if is_there:
        try:
            is_other = file.read_bytes() != content
        except OSError:
            is_other = True
        if is_other:
            raise click.ClickException(
                f"{shown_path(results)} 已经有了，内容与这次要写的不同，可能是核对时改过的，没有覆盖，草稿也没有写。"
                "给 --results 另写一个文件名，或先把它移走"
            )
    else:
        write_bytes(content, results)
    try:
        write_draft()
    except click.ClickException:
        if not is_there and file.is_file():
            file.unlink(missing_ok=True)
        raise


def read_or_refuse(path: str) -> ReportText:
    """Read a report. Raises click.ClickException where it can't be read."""
    from dtcheck.workreport.report import ReportError, read_report

    try:
        return read_report(path)
    except ReportError as error:
        raise click.ClickException(str(error)) from None
