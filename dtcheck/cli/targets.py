"""``dtcheck targets``: the commitments themselves."""

from __future__ import annotations

import click

from dtcheck.cli.chinese import ChineseCommand, ChineseGroup
from dtcheck.cli.options import (
    check_lead,
    check_select,
    narrowing_options,
    output_option,
    targets_option,
)
from dtcheck.cli.schemas import json_schema_option, schema
from dtcheck.cli.write import style_for, write_result
from dtcheck.formats.targets_list import LISTS
from dtcheck.targets import load_targets


@click.group(cls=ChineseGroup)
def targets() -> None:
    """查看目标文件中的指标。"""


@targets.command("list", cls=ChineseCommand)
@targets_option
@narrowing_options
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(LISTS)),
    default="table",
    show_default=True,
    help="输出格式",
)
@output_option
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="是否用颜色",
)
@json_schema_option("targets-list")
def list_targets(
    targets_path: str | None,
    select: tuple[str, ...],
    lead: str | None,
    format_name: str,
    output: str | None,
    color: str,
) -> int:
    """列出全部指标。"""
    file = load_targets(targets_path)
    codes = file.selected(check_select(select, file), check_lead(lead, file))
    style = style_for(color, to_file=output is not None, everything=True)
    write_result(LISTS[format_name](file, codes, style), output, utf8=format_name == "json")
    return 0


targets.add_command(schema)
