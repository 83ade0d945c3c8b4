"""The error for a file that can't be read as a table, and what is said of workbooks of any kind."""

from __future__ import annotations

import os

from dtcheck.reasons import is_in_use, reason
from dtcheck.rules import Rule
from dtcheck.rules.files import UNREADABLE

SAVE_AGAIN = "用 Excel 或 WPS 打开原表，另存为新的“Excel 工作簿（.xlsx）”或“CSV UTF-8”再交"


class UnreadableError(Exception):
    """The file can't be read as a table; the message says in Chinese why, ``hint`` what to do.

    ``rule`` is the rule of the finding to be made of it; ``line`` the line of the text, if one is known.
    """

    def __init__(
        self, message: str, hint: str, line: int | None = None, rule: Rule = UNREADABLE
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line
        self.rule = rule


def damaged() -> UnreadableError:
    """Return the error for a workbook that is not as one should be."""
    return UnreadableError("工作簿已损坏、没有传完，或者写法不合规范", SAVE_AGAIN)


def locked() -> UnreadableError:
    """Return the error for a workbook that opens with a password only."""
    hint = "用 Excel 或 WPS 打开，取消密码后存盘再交"
    return UnreadableError("工作簿设了打开密码，读不出来", hint)


def without_sheets() -> UnreadableError:
    """Return the error for a workbook of charts and macros."""
    message = "工作簿里没有工作表，只有图表或宏表"
    return UnreadableError(message, "核对文件；要报的数放在工作表里再交")


def too_big() -> UnreadableError:
    """Return the error for what would take the machine with it."""
    return UnreadableError(
        "工作簿展开后大得不像报数表，为防压缩炸弹没有读",
        "把要报的行复制到新工作簿（只粘贴数值），存为 .xlsx 再交",
    )


def why_closed(error: OSError, path: str) -> tuple[str, str]:
    """Return what is wrong with a file that the system doesn't open, and what to do."""
    if any(mark in path for mark in "*?") and not os.path.lexists(path):
        return "没有一个文件的名字与它相符", "核对文件夹和文件名"
    hint = "关掉打开它的程序，再检查一次" if is_in_use(error, path) else "核对路径和权限"
    return f"文件打不开：{reason(error, path)}", hint
