"""``dtcheck digest --all-leads``: a letter to each bureau, into a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import click

from dtcheck.actuals import Submissions
from dtcheck.cli.folders import paths_in, write_files
from dtcheck.cli.formalities import say_missing_styles
from dtcheck.cli.write import say
from dtcheck.digest import Digest, build_digest
from dtcheck.notices import DigestStyle
from dtcheck.targets import TargetsFile


def check_letters(
    format_name: str | None, lead: str | None, output: str | None, *, brief: bool
) -> None:
    """Refuse what doesn't go with --all-leads: raises UsageError."""
    if lead is not None or brief or output in (None, "-", ""):
        raise click.UsageError("--all-leads 要用 -o 写明文件夹，并且不和 --lead、--brief 同用")
    if format_name not in (None, "docx"):
        raise click.UsageError(f"--all-leads 写的是 Word 文件（docx），写不出 {format_name}")


def letter_paths(folder: str, file: TargetsFile, prefixes: Sequence[str]) -> dict[str, str]:
    """Return the path of the letter to each bureau that leads a chosen target."""
    leads = [bureau.name for bureau in file.bureaus if file.selected(prefixes, bureau.name)]
    return paths_in(folder, leads, ".docx")


def all_letters(
    paths: Mapping[str, str],
    folder: str,
    whole: Digest,
    submissions: Submissions,
    style: DigestStyle,
) -> None:
    """Write a letter to each bureau of ``paths``; ``whole`` is the digest of all of them.

    Raises TemplateError, and click.ClickException where files can't be written.
    """
    from dtcheck.notices.letters import to_mend_of, write_letter

    report = whole.report
    letters = {}
    for bureau in paths:
        policy = report.policy._replace(lead=bureau)
        own = build_digest(report.file, submissions, report.as_of, policy)
        letters[bureau] = write_letter(bureau, own, style)
    write_files(folder, {paths[bureau]: each.content for bureau, each in letters.items()}, "份")
    say(f"写好 {folder}：{len(letters)} 份反馈")
    say_missing_styles(
        chain.from_iterable(each.missing for each in letters.values()), style.formalities
    )
    nobody = sum(len(to_mend_of(name, whole)) for name in whole.doubtful if name not in paths)
    if nobody:
        say(f"另有 {nobody} 处问题认不出是哪个单位的，没有写进反馈，用 dtcheck verify 看。")
