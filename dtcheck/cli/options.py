"""Options that several commands share, and what they are checked against."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TypeVar

import click

from dtcheck.actuals import Field, field_named
from dtcheck.cli.completion import complete_codes, complete_leads, complete_rules
from dtcheck.cli.config import Config, load_config
from dtcheck.cli.rule_ids import ids_problem
from dtcheck.nearest import did_you_mean, nearest, nearest_names
from dtcheck.periods import Period, PeriodError, parse_as_of
from dtcheck.targets import TARGETS_VARIABLE, TargetsFile

_TEXT = ("", ".txt")
_Function = TypeVar("_Function", bound=Callable[..., object])


def targets_option(function: _Function) -> _Function:
    """Add ``--targets``, which the environment and then the configuration of this folder stand in for."""
    return _targets_option(_configured_targets)(function)


def targets_of_files_option(function: _Function) -> _Function:
    """Add ``--targets`` for a command that asks for the configuration nearest to its files."""
    return _targets_option(None)(function)


def _targets_option(callback: Callable[..., str | None] | None) -> Callable[[_Function], _Function]:
    return click.option(
        "--targets",
        "targets_path",
        metavar="文件",
        type=click.Path(readable=False),
        callback=callback,
        help="目标文件；不写则用环境变量 DTCHECK_TARGETS，其次是 pyproject.toml 所写，再次是随程序安装的",
    )


def _configured_targets(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> str | None:
    del ctx, param
    # Read in any case: a configuration with a mistake in it must not go unnoticed.
    configured = load_config().targets
    return value if value is not None or os.environ.get(TARGETS_VARIABLE) else configured


def narrowing_options(function: _Function) -> _Function:
    """Add ``--select`` and ``--lead``."""
    select = click.option(
        "--select",
        multiple=True,
        metavar="编号,…",
        shell_complete=complete_codes,
        help="只看这些编号开头的指标，如 GY,CX03",
    )
    lead = click.option(
        "--lead",
        metavar="单位",
        shell_complete=complete_leads,
        help="只看这个单位牵头的指标，如 科技局",
    )
    return select(lead(function))


def output_option(function: _Function) -> _Function:
    """Add ``--output``."""
    return click.option(
        "-o",
        "--output",
        metavar="文件",
        type=click.Path(allow_dash=True, readable=False),
        help="写到文件，不写到屏幕",
    )(function)


def format_of(
    output: str | None, suffixes: Mapping[str, str], usual: str, *, has_option: bool = True
) -> str:
    """Return the format that the suffix of ``output`` asks for, where no option names one.

    A name without a suffix, and .txt, get the ``usual`` one; what no format is written to
    (.docx) is a usage error. ``has_option``: there is a --format.
    """
    suffix = PurePath(output or "").suffix.lower()
    if suffix in _TEXT:
        return suffixes.get(suffix, usual)
    if suffix not in suffixes:
        known = "、".join((*suffixes, ".txt"))
        other = "；确实要用这个文件名的，用 --format 写明格式" if has_option else ""
        raise click.UsageError(f"-o {output}：写不出 {suffix} 文件，能写的有 {known}{other}")
    return suffixes[suffix]


def columns_option(function: _Function) -> _Function:
    """Add ``--column``."""
    return click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="列=表头",
        help="表里的哪一列是什么，如 实际值=本月累计数；可以写几次",
    )(function)


def exclude_option(function: _Function) -> _Function:
    """Add ``--exclude``, whose patterns come on top of those of a configuration."""
    return click.option(
        "--exclude",
        multiple=True,
        metavar="模式",
        callback=_excluded,
        help="文件夹里不检查的文件，如 清单* 或 归档/*；可以写几次",
    )(function)


def _excluded(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    del ctx, param
    if not all(each.strip() for each in value):
        raise click.UsageError("--exclude：要写文件名或路径的模式，如 清单*")
    return value


def ignore_option(function: _Function) -> _Function:
    """Add ``--ignore``."""
    return click.option(
        "--ignore",
        multiple=True,
        metavar="规则,…",
        shell_complete=complete_rules,
        help="不显示这些警告或提示，如 DT306",
    )(function)


def color_option(function: _Function) -> _Function:
    """Add ``--color``."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="是否用颜色",
    )(function)


def split_list(written: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of options that take comma-separated lists."""
    parts = (part.strip() for text in written for part in text.replace("，", ",").split(","))
    return tuple(part for part in parts if part)


def check_narrowing(
    select: tuple[str, ...], lead: str | None, file: TargetsFile
) -> tuple[tuple[str, ...], str | None]:
    """Return the code prefixes and the full name of the bureau, as ``--select`` and ``--lead`` say.

    Where they leave no target it is a usage error: a result on nothing would look like a pass.
    """
    prefixes, bureau = _check_select(select, file), _check_lead(lead, file)
    if not file.selected(prefixes, bureau):
        raise click.UsageError("--select 和 --lead 合起来没有一个指标")
    return prefixes, bureau


def _check_select(written: tuple[str, ...], file: TargetsFile) -> tuple[str, ...]:
    """Return the code prefixes; one that picks nothing is a usage error."""
    prefixes = tuple(part.upper() for part in split_list(written))
    for prefix in prefixes:
        if not file.selected([prefix], None):
            sections = {each.name: f"{each.code}（{each.name}）" for each in file.sections}
            codes = [*file.by_code, *(section.code for section in file.sections)]
            near = nearest_names(prefix, sections) or nearest(prefix, codes, 3)
            hint = did_you_mean(near) or "dtcheck targets list 列出全部编号"
            raise click.UsageError(f"--select：没有编号以 {prefix} 开头的指标，{hint}")
    return prefixes


def _check_lead(written: str | None, file: TargetsFile) -> str | None:
    """Return the full name of a bureau; an unknown one is a usage error."""
    if written is None:
        return None
    found = file.bureau(written)
    if found is None:
        names = {name: each.name for each in file.bureaus for name in (each.name, *each.short)}
        listed = "、".join(bureau.name for bureau in file.bureaus)
        hint = did_you_mean(nearest_names(written, names)) or f"有：{listed}"
        raise click.UsageError(f"--lead：目标文件中没有单位“{written}”，{hint}")
    return found


def check_as_of(written: str | None, file: TargetsFile, option: str = "--as-of") -> Period | None:
    """Return the month that an option names; one outside the targets' year is a usage error."""
    if written is None:
        return None
    try:
        return parse_as_of(written, file.year)
    except PeriodError as error:
        raise click.UsageError(f"{option}：{error}") from None


def check_ignore(written: tuple[str, ...], config: Config | None = None) -> Mapping[str, str]:
    """Return rule ids with reasons, of the option or else of the configuration.

    Unknown ones and errors can't be ignored.
    """
    if not written:
        return (config or load_config()).ignore
    ids = dict.fromkeys((part.upper() for part in split_list(written)), "")
    if problem := ids_problem(ids):
        raise click.UsageError(f"--ignore：{problem}")
    return ids


def check_columns(written: tuple[str, ...]) -> dict[str, Field]:
    """Return fields by a form's own header, from ``实际值=本月累计数``."""
    columns = {}
    for each in written:
        name, equals, header = each.partition("=")
        field = field_named(name)
        if not equals or not header.strip():
            raise click.UsageError(f"--column：“{each}”要写成 列=表头，如 实际值=本月累计数")
        if field is None:
            raise click.UsageError(
                f"--column：没有“{name.strip()}”这种列，等号前只能是 {'、'.join(Field)}"
            )
        columns[header.strip()] = field
    return columns
