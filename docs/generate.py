"""Writes docs/cli.md from the commands themselves; ``--check`` fails where it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dtcheck.cli.app import cli
from dtcheck.cli.chinese import subcommands

PAGE = Path(__file__).parent / "cli.md"
_LOOKS = {"terminal_width": 90, "max_content_width": 90, "color": False}
_HEAD = """# dtcheck 的命令

由 `make docs` 从程序生成，请勿手改。
"""


def page() -> str:
    """Return the page: the help of every command, groups before their commands."""
    parts = [_HEAD]
    for path, text in _helps(cli, click.Context(cli, info_name="dtcheck", **_LOOKS)):
        parts.append(f"## {path}\n\n```text\n{text.strip()}\n```\n")
    return "\n".join(parts)


def _helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name, sub in subcommands(command, context):
            if not sub.hidden:
                below = click.Context(sub, parent=context, info_name=name, **_LOOKS)
                yield from _helps(sub, below)


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    wanted = page()
    if "--check" not in arguments:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    sys.stderr.write("docs/cli.md 与程序不符，请运行 make docs 后一并提交\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
