"""click in Chinese: headings of the help, and usage errors with a way out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath

import click

from dtcheck.nearest import did_you_mean, nearest


class _ChineseHelp(click.Command):
    """Writes 用法 and 选项 instead of Usage and Options."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        for english, chinese in (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 …")):
            pieces = pieces.replace(english, chinese)
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [
            (record[0], record[1].replace("[default: ", "[默认 "))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示帮助"
        return option


def subcommands(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group with their names, in the order it lists them."""
    for name in group.list_commands(ctx):
        if command := group.get_command(ctx, name):
            yield name, command


class ChineseCommand(_ChineseHelp):
    """A command with Chinese help."""


class ChineseGroup(_ChineseHelp, click.Group):
    """A group with Chinese help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        records = [
            (name, command.get_short_help_str(limit=60)) for name, command in subcommands(self, ctx)
        ]
        with formatter.section("命令"):
            formatter.write_dl(records)


def explain_usage_error(error: click.UsageError) -> str:
    """Return a usage error in Chinese, with the command whose help says more."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    path = error.ctx.command_path if error.ctx else "dtcheck"
    return f"用法不对：{_problem(error)}\n{path} --help 查看用法"


def _problem(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        question = did_you_mean(nearest(error.option_name, error.possibilities or [], alike=0.5))
        return f"没有选项 {error.option_name}" + (f"，{question}" if question else "")
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "参数"
        return f"缺少 {name}"
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else "参数"
        if error.param and isinstance(error.param.type, click.Choice):
            return f"{name} 只能是 {'、'.join(map(str, error.param.type.choices))} 之一"
        return f"{name}：{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的用法不对（要不要值、给几个值）"
    if isinstance(error.ctx and error.ctx.command, click.Group) and error.message.startswith(
        ("No such command", "Missing command")
    ):
        return _no_command(error)
    if error.message.startswith("Got unexpected extra argument"):
        return "参数太多：" + error.message.rpartition("(")[2].rstrip(")")
    return error.message


def _is_path(written: str, *, is_near: bool) -> bool:
    """Whether what stands where a command belongs is a file or a folder.

    By how it is written; what ``is_near`` to a command is one, though there be a folder of that name.
    """
    if PurePath(written).suffix or "/" in written or "\\" in written:
        return True
    return not is_near and os.path.exists(written)  # noqa: PTH110 - a path with a NUL is none


def _no_command(error: click.UsageError) -> str:
    written = error.message.partition("'")[2].rpartition("'")[0]
    context = error.ctx
    group = context.command if context else None
    names = group.list_commands(context) if context and isinstance(group, click.Group) else []
    near = nearest(written, names, alike=0.5)
    if context and context.parent is None and _is_path(written, is_near=bool(near)):
        shown = f'"{written}"' if " " in written else written
        return f"{written} 不是命令；要检查它，写 dtcheck verify {shown}"
    more = did_you_mean(near) or f"可用的命令：{'、'.join(names)}"
    return f"没有命令 {written}，{more}" if written else f"没有写命令，{more}"
