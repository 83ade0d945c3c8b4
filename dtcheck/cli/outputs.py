"""Several results of one run: ``--format junit=report.xml --format markdown=summary.md``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dtcheck.cli.config import ConfigError, load_config
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import format_of
from dtcheck.cli.write import problems_of, root_for, say, say_findings, style_for, write_result
from dtcheck.formats import FORMATS, UTF8_FORMATS, render_all
from dtcheck.formats.closing import closing_lines
from dtcheck.judge import Report
from dtcheck.nearest import did_you_mean, nearest
from dtcheck.paths import path_key
from dtcheck.reasons import reason
from dtcheck.rules import Finding, Level
from dtcheck.targets import TARGETS_VARIABLE, TargetsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from dtcheck.cli.sites import Site
    from dtcheck.formats.problems import Problem
    from dtcheck.targets import TargetsFile

DEFAULT = "table"
# What the name of a file asks for, where no format is named.
SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown", ".xml": "junit"}
# What tells nothing of the targets file.
_NAMELESS = ("concise", "gitlab")
# What people read on the screen; --quiet leaves it out where there is nothing to mend.
_FOR_PEOPLE = ("table", "markdown", "concise")
STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
# GitHub refuses a summary of more than 1 MiB, with all that other steps wrote before.
_SUMMARY_BYTES = 900_000


class Output(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    format: str
    path: str | None = None


class OutputType(click.ParamType):  # type: ignore[type-arg] # generic from click 8.3 on
    """``FORMAT`` or ``FORMAT=FILE``."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return f"[{'|'.join(FORMATS)}][=文件]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        if isinstance(value, Output):
            return value
        name, equals, path = str(value).partition("=")
        if name not in FORMATS:
            hint = did_you_mean(nearest(name, FORMATS)) or f"可用的有 {'、'.join(FORMATS)}"
            self.fail(f"没有格式 {name}，{hint}", param, ctx)
        if equals and not path:
            self.fail(f"{name}= 之后要写文件名", param, ctx)
        return Output(name, path if equals and path != "-" else None)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        del ctx, param
        return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


def plan_outputs(formats: Sequence[Output], output: str | None) -> tuple[Output, ...]:
    """Return what is to be written where; usage errors where two results would meet."""
    bare = [each for each in formats if each.path is None]
    named = [each for each in formats if each.path is not None]
    if len(bare) > 1:
        names = " ".join(f"--format {each.format}=文件" for each in bare)
        raise click.UsageError(f"屏幕上只能输出一种格式，其余的写明文件，如 {names}")
    if output is not None and not bare and named:
        raise click.UsageError("--output 不知道给哪种格式，请写成 --format 格式=文件")
    where = None if output == "-" else output
    if not named or bare:
        chosen = bare[0].format if bare else format_of(where, SUFFIXES, DEFAULT)
        named.insert(0, Output(chosen, where))
    files = [path_key(each.path) for each in named if each.path is not None]
    if len(set(files)) < len(files):
        raise click.UsageError("两种格式不能写到同一个文件")
    return tuple(named)


def write_outputs(
    reports: Sequence[Report],
    outputs: Sequence[Output],
    color: str,
    *,
    everything: bool,
    quiet: bool = False,
    copies: Iterable[Callable[[], None]] = (),
) -> None:
    """Write every file, with the marked ``copies``, then the screen and the summary of a step.

    One that can't be written doesn't stop the others. Raises click.ClickException with all of them.
    """
    outputs = outputs if _worst(reports) or not quiet else _unquiet(outputs)

    def writing(output: Output, *, unwritten: bool) -> Callable[[], None]:
        style = style_for(
            color,
            to_file=output.path is not None,
            everything=everything,
            root=root_for(output.format),
        )
        text = render_all(output.format, reports, style._replace(unwritten=unwritten))
        return partial(write_result, text, output.path, utf8=output.format in UTF8_FORMATS)

    files = [writing(each, unwritten=False) for each in outputs if each.path is not None]
    problems = problems_of([*files, *copies])
    # The screen last: a verdict that is seen before a write fails would be taken for that of the run.
    unwritten = bool(problems)
    problems += problems_of(
        [writing(each, unwritten=unwritten) for each in outputs if each.path is None]
    )
    if any(output.format == "github" for output in outputs):
        _append_summary(partial(_summary, reports, unwritten=bool(problems)))
    if problems:
        raise click.ClickException("\n".join(problems))


def _worst(reports: Sequence[Report]) -> int:
    return max(report.exit_code for report in reports)


def say_whose(
    loaded: Sequence[tuple[Site, TargetsFile]],
    written: str | None,
    outputs: Sequence[Output] | None = None,
) -> None:
    """Say whose targets hold where only the installed file is left, and others have one of their own.

    Or where none of the ``outputs`` names them.
    """
    if all(site.targets_path(written) is not None for site, _ in loaded):
        return
    here = None
    # That of the current folder holds for none of the files: what is wrong with it is no matter.
    with suppress(click.UsageError):
        here = load_config().targets
    is_named = outputs is None or any(each.format not in _NAMELESS for each in outputs)
    if os.environ.get(TARGETS_VARIABLE) or (is_named and len(loaded) == 1 and not here):
        return
    for site, file in loaded:
        if site.targets_path(written) is None:
            where = site.paths[0]
            whose = f"随程序安装的{file.place} {file.year}年目标"
            say(f"提示：{where} 及以上的文件夹没有 [tool.dtcheck] 写明目标文件，按{whose}检查")


def _unquiet(outputs: Sequence[Output]) -> list[Output]:
    """Return what is written of a run with nothing to tell: not what people read on the screen."""
    return [each for each in outputs if each.path is not None or each.format not in _FOR_PEOPLE]


def say_verdict(
    reports: Sequence[Report], outputs: Sequence[Output], *, quiet: bool = False
) -> None:
    """Say on standard error what no output shows: for when everything is written."""
    if quiet and not _worst(reports):
        return
    silent = all(output.path or output.format == "csv" for output in outputs)
    is_concise = Output("concise") in outputs
    if is_concise or (silent and (len(outputs) > 1 or _worst(reports))):
        for line in closing_lines(reports):
            say(line)
    if all(output.format == "csv" for output in outputs):
        # Its rows are targets: what belongs to none has no place there.
        say_findings(
            each
            for report in reports
            for each in report.findings
            if not each.about and report.flags(each)
        )


def write_broken(
    error: TargetsError | ConfigError, outputs: Sequence[Output], read: Iterable[str]
) -> None:
    """Write why nothing could be judged to what pipelines read; what can't be written is said.

    Raises click.UsageError where that would go over a file that is ``read``.
    """
    from dtcheck.formats.pipeline import BROKEN, render_broken
    from dtcheck.formats.problems import of_finding, unusable

    found: list[Problem]
    if isinstance(error, ConfigError):
        found = [unusable(error.place, error.message)]
    else:
        found = [of_finding(each, counts=True) for each in error.findings]

    written = [each.path for each in outputs if each.path is not None]
    # Which targets and configurations there are, not all of them could tell.
    may_be_read = [path for path in written if path.endswith((".yaml", ".yml", ".toml"))]
    refuse_to_overwrite_inputs(written, chain(may_be_read, read))
    if any(each.format == "github" for each in outputs):
        _append_summary(partial(_broken, found))
    for each in outputs:
        if each.format in BROKEN:
            text = render_broken(each.format, found, root_for(each.format))
            utf8 = each.format in UTF8_FORMATS
            for problem in problems_of([partial(write_result, text, each.path, utf8=utf8)]):
                say(problem)


def append_findings(findings: Iterable[Finding], counted: Sequence[Level]) -> None:
    """Append those that count for the exit code to the page of a GitHub step."""
    from dtcheck.formats.problems import of_finding
    from dtcheck.formats.summary import counted_head

    found = [of_finding(each, counts=True) for each in findings if each.level in counted]
    _append_summary(partial(counted_head, found))


def _summary(reports: Sequence[Report], *, unwritten: bool) -> str:
    """Return the reports for the page of a step, what must be mended first."""
    from dtcheck.formats.summary import summary_head

    style = style_for("never", to_file=True, everything=False)._replace(unwritten=unwritten)
    return summary_head(reports) + render_all("markdown", reports, style)


def _broken(found: Sequence[Problem]) -> str:
    from dtcheck.formats.summary import broken_head

    return broken_head(found)


def _append_summary(writing: Callable[[], str]) -> None:
    """Append to the page of a GitHub step, if there is one; other steps write to its file, too."""
    path = os.environ.get(STEP_SUMMARY)
    if not path:
        return
    content = writing().encode("utf-8", "replace")
    if len(content) > _SUMMARY_BYTES:
        content = content[: content.rfind(b"\n", 0, _SUMMARY_BYTES)]
        content += "\n\n（太长，后面的没有列出，见日志）\n".encode()
    try:
        with Path(path).open("ab") as file:
            file.write(content)
    except OSError as error:
        say(f"{STEP_SUMMARY} 写不进：{reason(error)}。检查结果不受影响。")
