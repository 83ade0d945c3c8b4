"""Writing: results to standard output or whole to a file, everything else to standard error."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

import click

from dtcheck.cli.names import name_problem
from dtcheck.cli.whole import replace_file
from dtcheck.formats.content import clean
from dtcheck.formats.style import Style
from dtcheck.paths import real_path
from dtcheck.reasons import reason
from dtcheck.rules import Finding, shown_path

_NARROWEST = 60
_MOST_FINDINGS = 50
# The variable that names the folder which the paths of a format start from; without one, this folder.
_ROOTS = {"github": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR", "concise": ""}


def say(text: str) -> None:
    """Print a message for people on standard error, whatever its encoding."""
    lines = "\n".join(clean(line) for line in text.split("\n"))
    _put(lines + "\n", sys.stderr.encoding or "utf-8", err=True)


def say_findings(findings: Iterable[Finding]) -> None:
    """Print the first findings on standard error, two lines each."""
    found = list(findings)
    for finding in found[:_MOST_FINDINGS]:
        say(f"  {finding.place}：{finding.message}（{finding.rule.id}）\n      {finding.hint}")
    if len(found) > _MOST_FINDINGS:
        say(f"  另有 {len(found) - _MOST_FINDINGS} 处，改好以上各处再看。")


def style_for(color: str, *, to_file: bool, everything: bool, root: str | None = None) -> Style:
    """Return how results are to look, from the option and what standard output is.

    ``color`` is auto, always or never; NO_COLOR and a dumb terminal count for auto.
    """
    terminal = not to_file and sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    encoding = "utf-8" if to_file else (sys.stdout.encoding or "utf-8")
    return Style(
        width=max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns),
        color=color == "always" or (color == "auto" and terminal and not plain),
        boxes=encoding.lower().replace("_", "-").startswith("utf"),
        everything=everything,
        root=root,
    )


def root_for(format_name: str) -> str | None:
    """Return the folder that the paths of a format start from, whatever folder a step runs in."""
    if format_name not in _ROOTS:
        return None
    return os.environ.get(_ROOTS[format_name]) or os.curdir


def write_result(text: str, output: str | None, *, utf8: bool) -> None:
    """Write a result to ``output``, or to standard output.

    Files are UTF-8, and replaced only when all of the text is on disk; ``utf8`` writes UTF-8 to
    standard output too, else it gets its own encoding and ? for what that lacks.
    Raises click.ClickException where the file can't be written.
    """
    if output is None or output == "-":
        _put(text, "utf-8" if utf8 else (sys.stdout.encoding or "utf-8"), err=False)
        return
    write_bytes(text.encode("utf-8", "replace"), output)


def write_bytes(content: bytes, output: str) -> None:
    """Write a whole file, or to standard output for ``-``; a file is there whole or not at all.

    Raises click.ClickException where the file can't be written.
    """
    if output == "-":
        _put_bytes(content, err=False)
        return
    if problem := name_problem(output):
        raise click.ClickException(f"写不进 {shown_path(output)}：{problem}")
    try:
        replace_file(Path(real_path(output)), content)
    except OSError as error:
        raise click.ClickException(
            f"写不进 {shown_path(output)}：{reason(error, output)}。原有的文件没有改动。"
        ) from None


def make_folder(path: str) -> None:
    """Make a folder, with those above it. Raises click.ClickException where that can't be."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"建不了文件夹 {shown_path(path)}：{reason(error)}") from None


def problems_of(writings: Iterable[Callable[[], None]]) -> list[str]:
    """Write several files; one that can't be written is a message and doesn't stop the others."""
    problems = []
    for writing in writings:
        try:
            writing()
        except click.ClickException as error:
            problems.append(error.format_message())
    return problems


def _put(text: str, encoding: str, *, err: bool) -> None:
    stream = sys.stderr if err else sys.stdout
    if sys.platform == "win32" and stream.isatty():
        click.echo(text, nl=False, err=err)
    else:
        _put_bytes(text.encode(encoding, "replace"), err=err)


def _put_bytes(content: bytes, *, err: bool) -> None:
    """Write to a standard stream; ClickException where standard output takes no more."""
    stream = sys.stderr if err else sys.stdout
    try:
        stream.buffer.write(content)
        stream.flush()
    except OSError as error:
        gone = _is_reader_gone(error, stream)
        _silence(stream)
        if not (gone or err):
            why = "是关着的" if isinstance(error, io.UnsupportedOperation) else reason(error)
            message = f"结果没有写完，标准输出写不进：{why}。可加 -o 文件。"
            raise click.ClickException(message) from None


def nobody_reads(stream: TextIO) -> bool:
    """Whether a run failed since a stream has no reader any more (``| more``): then it is silenced.

    Elsewhere click sees to it; it doesn't know what Windows calls it.
    """
    if sys.platform != "win32":
        return False
    try:
        # What was refused before is forgotten.
        stream.write("\n")
        stream.flush()
    except OSError as error:
        if _is_reader_gone(error, stream):
            _silence(stream)
            return True
    return False


def _is_reader_gone(error: OSError, stream: TextIO) -> bool:
    if sys.platform == "win32" and error.errno == errno.EINVAL:
        # So Windows calls it, among other things.
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    return isinstance(error, BrokenPipeError)


def _silence(stream: TextIO) -> None:
    """Keep Python from complaining at exit about a stream that takes nothing any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def prepare_streams() -> None:
    """Make the standard streams take any text, and stand in for those that are closed (``>&-``).

    The stand-in for standard output takes nothing: a result that nobody gets is an error.
    """
    for name, mode in (("stdin", "r"), ("stdout", "r"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper) and stream.writable():
            stream.reconfigure(errors="replace")
