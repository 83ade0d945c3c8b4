"""What stands around a notice as a Word file: options, and the configuration behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from dtcheck.cli.config import NoticeConfig
from dtcheck.cli.write import say
from dtcheck.documents import Template, TemplateError
from dtcheck.notices import Formalities
from dtcheck.reasons import reason

_Function = TypeVar("_Function", bound=Callable[..., object])
_OPTIONS = {
    "masthead": ("--masthead", "版头，如 督查通报"),
    "issue": ("--issue", "期号，如 第6期"),
    "to": ("--to", "主送机关，如 各镇人民政府，市各部门"),
    "sender": ("--from", "落款，如 市政府督查室"),
    "date": ("--date", "成文日期，如 2024年7月10日"),
}


def formalities_options(function: _Function) -> _Function:
    """Add the options; the command gets them by the names of ``Formalities``."""
    template = click.option(
        "--template",
        metavar="文件",
        type=click.Path(readable=False),
        help="单位自己的 .docx，用它的样式、页眉和页脚",
    )
    demands = click.option(
        "--demand", "demands", multiple=True, metavar="文字", help="工作要求，一次一条"
    )
    function = demands(template(function))
    for name, (option, words) in reversed(_OPTIONS.items()):
        function = click.option(option, name, metavar="文字", help=words)(function)
    return function


def formalities_of(
    given: dict[str, str | None],
    demands: tuple[str, ...],
    template: str | None,
    config: NoticeConfig,
) -> Formalities:
    """Return what the options say, and where they say nothing the configuration."""
    path = template if template is not None else config.template
    said = {
        name: text if text is not None else config.texts.get(name, "")
        for name, text in given.items()
    }
    return Formalities(
        **said,
        demands=demands or config.demands,
        template=None if path is None else _read(path),
    )


def _read(path: str) -> Template:
    try:
        return Template(path, Path(path).read_bytes())
    except OSError as error:
        raise click.UsageError(f"模板 {path} 打不开：{reason(error)}") from None


def refuse_for_texts(
    given: dict[str, str | None], demands: tuple[str, ...], template: str | None
) -> None:
    """Refuse options that would change nothing: raises UsageError."""
    used = [_OPTIONS[name][0] for name, text in given.items() if text is not None]
    used += ["--demand"] * bool(demands) + ["--template"] * (template is not None)
    if used:
        raise click.UsageError(f"{'、'.join(used)} 只用于 Word 文件，-o 的文件名要以 .docx 结尾")


@contextmanager
def template_errors() -> Iterator[None]:
    """Turn what is wrong with a template into a usage error."""
    try:
        yield
    except TemplateError as error:
        raise click.UsageError(f"--template：{error}") from None


def say_missing_styles(missing: Iterable[str], formalities: Formalities) -> None:
    """Say which styles a template lacks, and what is used instead."""
    names = list(dict.fromkeys(missing))
    if names and formalities.template:
        say(
            f"{formalities.template.name} 里没有这些样式，用程序自带的公文样式代替：{'、'.join(names)}。"
            "要用单位的，在模板里建同名的样式。"
        )
