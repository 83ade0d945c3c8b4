"""The JSON Schemas that ship with the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.config import load_config
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import format_of, output_option
from dtcheck.cli.write import write_result

# No importlib.resources, which comes with what unpacks a zip: targets.yaml is read from a folder, too.
_FOLDER = Path(__file__).resolve().parent.parent / "schemas"
_Function = TypeVar("_Function", bound=Callable[..., object])


def schema_text(name: str) -> str:
    """Return a schema: ``verify`` and ``targets-list`` of outputs, ``targets`` of the file."""
    return _schema_path(name).read_text(encoding="utf-8")


def _schema_path(name: str) -> Path:
    return _FOLDER / f"{name}.json"


def json_schema_option(name: str) -> Callable[[_Function], _Function]:
    """Add ``--json-schema``, which prints the schema of the command's JSON and ends the run."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        del param
        if value and not ctx.resilient_parsing:
            write_result(schema_text(name), None, utf8=True)
            ctx.exit()

    return click.option(
        "--json-schema",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="打印 --format json 的 JSON Schema，不做检查",
    )


@click.command("schema", cls=ChineseCommand)
@output_option
def schema(output: str | None) -> int:
    """打印目标文件的 JSON Schema，编辑器可用来补全和检查。"""
    refuse_to_overwrite_inputs([output], [str(_schema_path("targets")), load_config().path])
    format_of(output, {".json": "json"}, "json", has_option=False)
    write_result(schema_text("targets"), output, utf8=True)
    return 0
