"""What is said of a file that is no report, and how large one may be."""

from __future__ import annotations

MAX_BYTES = 500_000
AS_TEXT = "另存为 .docx 或 .txt 再试"


class ReportError(Exception):
    """The report can't be read; the message says in Chinese why and what to do."""


def too_large(path: str) -> ReportError:
    """Return what to say of a file that is no report for its size alone."""
    return ReportError(f"{path} 太大，一份报告的文本只有几十 KB，核对路径")
