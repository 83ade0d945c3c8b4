"""The command group and the way out: three exit codes and never a traceback."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from dtcheck import __version__
from dtcheck.cli import EXIT_COULD_NOT_TELL
from dtcheck.cli.arguments import command_line
from dtcheck.cli.chinese import ChineseGroup, explain_usage_error
from dtcheck.cli.stopping import stoppable
from dtcheck.cli.write import nobody_reads, prepare_streams, say, say_findings
from dtcheck.reasons import reason
from dtcheck.targets import TargetsError

# Each is a module of this folder with a command of its name, imported when it is asked for: what
# a clerk waits for is the start.
COMMANDS = ("verify", "digest", "template", "targets", "explain", "completion")

_STOPPED = "已中断，结果可能没有写全。"


class _Commands(ChineseGroup):
    """The commands by name, loaded one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"dtcheck.cli.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Commands)
@click.version_option(__version__, "--version", message="dtcheck %(version)s", help="显示版本")
def cli() -> None:
    """对照《政府工作报告》的量化目标，检查各单位报来的数。

    \b
    dtcheck template -o actuals.xlsx  写一张待填的报数表
    dtcheck verify actuals.csv        检查一张报数表
    dtcheck digest submissions/       汇编成督查通报
    dtcheck targets list              列出全部指标
    dtcheck explain GY01              说明一个指标怎样判断
    dtcheck explain DT202             说明一条规则
    """


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with 0, 1 or 2 (design §7)."""
    code = _run(args)
    gc.freeze()  # all of it goes with the process: no need to look for garbage once more
    sys.exit(code)


def _run(args: Sequence[str] | None) -> int:
    try:
        prepare_streams()
        with stoppable(EXIT_COULD_NOT_TELL, _STOPPED):
            code = cli.main(
                command_line(args),
                prog_name="dtcheck",
                standalone_mode=False,
                windows_expand_args=False,
            )
    except TargetsError as error:
        say("目标文件有错，无法检查：")
        say_findings(error.findings)
    except click.UsageError as error:
        say(explain_usage_error(error))
    except click.ClickException as error:
        say(f"错误：{error.format_message()}")
    except SystemExit:
        # click's way out when the reader of --help has gone (| head): nothing to flag.
        return 0
    except (click.Abort, KeyboardInterrupt):
        say(_STOPPED)
    except OSError as error:
        if error.filename is None and nobody_reads(sys.stdout):
            return 0
        say(f"错误：{error.filename or '标准输出'} 读写失败：{reason(error)}")
    except Exception as error:  # the last guard: users get one line, not a traceback
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.filename.rpartition('dtcheck')[2]}:{last.lineno}"
        say(
            f"内部错误：{type(error).__name__} {error}（{where}）。请把这一行和所用的命令告诉维护者。"
        )
    else:
        return code if isinstance(code, int) else 0
    return EXIT_COULD_NOT_TELL
