"""``verify --mark``: where marked copies go, and writing them."""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

import click

from dtcheck.actuals import Field
from dtcheck.cli.write import make_folder, problems_of, say, write_bytes
from dtcheck.judge import Report
from dtcheck.paths import path_key
from dtcheck.reasons import reason
from dtcheck.rules import Place
from dtcheck.tables.folders import is_searched
from dtcheck.tables.table import STDIN_NAME, shown_name
from dtcheck.tables.unreadable import UnreadableError

# Places of one finding that are marked, each.
MOST_MARKED = 2000
_PLAIN, _MACROS = ".xlsx", ".xlsm"


class Copy(NamedTuple):
    """A submission, and the path of its marked copy."""

    path: str
    marked: str


def plan_copies(
    mark: str, named: Sequence[str], paths: Sequence[str], exclude: Collection[str]
) -> tuple[Copy, ...]:
    """Return where the marked copy of each of ``paths`` goes; usage errors where that can't be.

    ``mark`` is a workbook for one submission, else a folder, which the next run on what was
    ``named`` must not search; ``exclude`` is what it leaves out there.
    """
    suffix = PurePath(mark).suffix.lower()
    if not mark.strip() or mark == "-":
        raise click.UsageError("--mark：写明标注写到哪个 .xlsx 文件，或哪个文件夹")
    if mark.endswith(("/", os.sep)) or Path(mark).is_dir() or not suffix:
        copies = _in_folder(mark, named, paths, exclude)
    elif suffix not in (_PLAIN, _MACROS):
        raise click.UsageError(f"--mark {mark}：标注只能写成 .xlsx，或写一个文件夹，如 标注/")
    elif len(named) > 1 or Path(named[0]).is_dir():
        raise click.UsageError(f"--mark {mark}：检查几个文件的，写一个文件夹，如 --mark 标注/")
    else:
        copies = [Copy(path, mark) for path in paths]
    return tuple(copies)


def refuse_to_meet(copies: Sequence[Copy], others: Sequence[str | None]) -> None:
    """Refuse to write a copy and another output to the same file: raises UsageError."""
    written = {path_key(each.marked) for each in copies}
    if any(other and path_key(other) in written for other in others):
        raise click.UsageError("--mark 和别的输出不能写到同一个文件")


def _in_folder(
    mark: str, named: Sequence[str], paths: Sequence[str], exclude: Collection[str]
) -> list[Copy]:
    """Return a copy for each submission under what all that was ``named`` has in common."""
    for path in named:
        if Path(path).is_dir() and is_searched(path, mark, exclude):
            message = f"--mark {mark}：标注的文件夹在要检查的 {path} 里面，下次会连它一起检查"
            name = PurePath(mark).name
            raise click.UsageError(f"{message}。写到外面，或者加 --exclude '{name}/*'")
    folders = [Path(path) for path in named if path != "-"]
    starts = [str(path if path.is_dir() else path.parent) for path in folders]
    try:
        base = os.path.commonpath([os.path.abspath(each) for each in starts]) if starts else ""  # noqa: PTH100
    except ValueError:
        message = f"--mark {mark}：要检查的文件在不同的盘上，一个盘一个盘地检查和标注"
        raise click.UsageError(message) from None
    taken: set[str] = set()
    copies = []
    # Those that are workbooks first: they keep their names.
    for path in sorted(paths, key=lambda each: (PurePath(each).suffix.lower() != _PLAIN, each)):
        inside = f"{STDIN_NAME}{_PLAIN}" if path == "-" else os.path.relpath(path, base)
        suffix = PurePath(inside).suffix
        kept = suffix if suffix.lower() in (_PLAIN, _MACROS) else _PLAIN
        name = inside.removesuffix(suffix) + kept
        if name.casefold() in taken:
            name = inside + kept
        taken.add(name.casefold())
        copies.append(Copy(path, str(Path(mark, name))))
    return sorted(copies)


def write_copies(
    copies: Sequence[Copy],
    report: Report,
    heads: Sequence[Place],
    renamed: Mapping[str, Field],
    stdin: BinaryIO | None,
    *,
    quiet: bool,
) -> None:
    """Write a marked copy of each submission; one that can't be written doesn't stop the others.

    Raises click.ClickException with all that could not be written.
    """
    unread = {each.place.file for each in report.findings if each.rule.leaves_unjudged}
    done: list[str] = []
    problems = problems_of(
        partial(_write_copy, each, report, heads, renamed, stdin, unread, done) for each in copies
    )
    if done and not quiet:
        where = done[0] if len(done) == 1 else f"{done[0]} 等 {len(done)} 份"
        say(f"标注写好：{where}，原文件没有改动。")
    if problems:
        raise click.ClickException("\n".join(problems))


def _write_copy(
    copy: Copy,
    report: Report,
    heads: Sequence[Place],
    renamed: Mapping[str, Field],
    stdin: BinaryIO | None,
    unread: Collection[str],
    done: list[str],
) -> None:
    from dtcheck.marking import is_replaceable, mark_copy

    name = shown_name(copy.path)
    try:
        content = _content(copy.path, stdin)
        macros = PurePath(copy.marked).suffix.lower() == _MACROS
        marked = mark_copy(content, name, report, heads, renamed, macros=macros)
        old = Path(copy.marked)
        is_new = not old.is_file() or is_replaceable(old.read_bytes(), report, renamed)
    except (UnreadableError, OSError) as error:
        why = reason(error) if isinstance(error, OSError) else f"{error}。{error.hint}"
        if name in unread:
            say(f"{name} 没有标注：读不出来，见上面的结果。")
            return
        raise click.ClickException(f"{name} 没有标注：{why}") from None
    if macros and not marked.has_macros:
        problem = f"{copy.marked} 没有写：{name} 里没有宏，标注写成 .xlsx"
        raise click.ClickException(problem)
    if not is_new:
        raise click.ClickException(
            f"{copy.marked} 没有覆盖：它不是标注，或者标注以后有人改过。"
            f"改过的先检查它（dtcheck verify {copy.marked}）；不要了的删去，或换个文件名"
        )
    if marked.losses:
        say(f"{name} 的标注里没有：{'、'.join(marked.losses)}。原文件没有改动。")
    make_folder(str(Path(copy.marked).parent))
    write_bytes(marked.content, copy.marked)
    done.append(copy.marked)


def _content(path: str, stdin: BinaryIO | None) -> bytes:
    if path != "-":
        return Path(path).read_bytes()
    if not isinstance(stdin, io.BytesIO):
        raise OSError("没有标准输入")
    return stdin.getvalue()
