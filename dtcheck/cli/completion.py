"""Shell completion: target codes, bureaus and rules, and the scripts that switch it on.

Completion must never get in the way: where the targets can't be read, nothing is offered. What it
takes is imported when a shell asks, as no other run needs it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.config import load_config
from dtcheck.cli.write import write_result
from dtcheck.judge import Status
from dtcheck.rules import Level
from dtcheck.rules.catalogue import CATALOGUE
from dtcheck.targets import TARGETS_VARIABLE, TargetsError, TargetsFile, load_targets

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_DTCHECK_COMPLETE"


def complete_codes(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer section and target codes, also after a comma: ``GY01,CX``."""
    del param
    return _in_list(incomplete, _codes(ctx))


def complete_leads(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer bureaus by their full and short names."""
    from click.shell_completion import CompletionItem

    del param
    file = _targets(ctx)
    names = {
        name: bureau.name
        for bureau in (file.bureaus if file else ())
        for name in (bureau.name, *bureau.short)
    }
    return [
        CompletionItem(name, help=full)
        for name, full in names.items()
        if name.startswith(incomplete)
    ]


def complete_rules(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the rules that can be ignored."""
    del ctx, param
    rules = {rule.id: rule.title for rule in CATALOGUE.values() if rule.level is not Level.ERROR}
    return _in_list(incomplete, rules)


def complete_topics(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer what ``explain`` explains: target codes and rules, states, sections and bureaus."""
    topics = {**_codes(ctx), **{id_: r.title for id_, r in CATALOGUE.items()}}
    topics |= {each.label: "状态" for each in Status}
    topics |= {each.name: "板块" for each in file.sections} if (file := _targets(ctx)) else {}
    return [*_matching("", incomplete, topics), *complete_leads(ctx, param, incomplete)]


def _codes(ctx: click.Context) -> dict[str, str]:
    file = _targets(ctx)
    if file is None:
        return {}
    names = {section.code: section.name for section in file.sections}
    return {**names, **{target.code: target.name for target in file.targets}}


def _targets(ctx: click.Context) -> TargetsFile | None:
    try:
        # The files, whose configuration would hold, may not be written yet.
        written = ctx.params.get("targets_path")
        is_set = written is not None or os.environ.get(TARGETS_VARIABLE)
        return load_targets(written if is_set else load_config().targets)
    except (TargetsError, click.UsageError):
        return None


def _in_list(incomplete: str, names: dict[str, str]) -> list[CompletionItem]:
    before, comma, last = incomplete.rpartition(",")
    return _matching(before + comma, last, names)


def _matching(before: str, last: str, names: dict[str, str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(before + name, help=about)
        for name, about in names.items()
        if name.startswith(last.upper())
    ]


@click.command(cls=ChineseCommand)
@click.argument("shell", type=click.Choice(SHELLS), metavar="[bash|zsh|fish]")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """打印命令补全脚本，让 Tab 键补全命令、选项、编号和单位。

    \b
    bash（4.4 以上）：dtcheck completion bash > ~/.dtcheck.bash，在 ~/.bashrc 加一行 . ~/.dtcheck.bash
    zsh： dtcheck completion zsh > ~/.dtcheck.zsh，在 ~/.zshrc 的 compinit 之后加一行 . ~/.dtcheck.zsh
    fish：dtcheck completion fish > ~/.config/fish/completions/dtcheck.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"没有 {shell} 的补全")
    # Not its own source(), which for bash runs bash to warn, in English, of versions before 4.4.
    script = ShellComplete.source(kind(ctx.find_root().command, {}, "dtcheck", VARIABLE))
    write_result(script, None, utf8=True)
    return 0
