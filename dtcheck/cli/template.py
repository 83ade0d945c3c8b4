"""``dtcheck template``."""

from __future__ import annotations

import stat
from pathlib import Path

import click

from dtcheck.actuals import Handed, Period, read_submissions
from dtcheck.blank_forms import FORM_FILES, build_form, write_form
from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.config import load_config
from dtcheck.cli.folders import paths_in, write_files
from dtcheck.cli.inputs import refuse_to_overwrite_inputs
from dtcheck.cli.options import (
    check_as_of,
    check_narrowing,
    narrowing_options,
    targets_option,
)
from dtcheck.cli.write import say, write_bytes
from dtcheck.rules import Level
from dtcheck.targets import TargetsFile, load_targets

_OR_WRITE_IT = "或者加 --as-of，表上就写好月份和这个月应达到的数"


@click.command(cls=ChineseCommand)
@targets_option
@narrowing_options
@click.option(
    "--as-of",
    metavar="月份",
    help="报到哪个月的数，如 2024-06，表上写出这个月应达到多少；不写则期间留空，由填报人写",
)
@click.option("--all-leads", is_flag=True, help="给每个牵头单位各写一张，-o 写文件夹")
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(FORM_FILES)),
    help="文件种类；不写则看 -o 的后缀，--all-leads 时为 xlsx",
)
@click.option(
    "-o", "--output", metavar="文件", help="写到 .csv 或 .xlsx 文件；不写则在屏幕上写 CSV"
)
@click.option("--force", is_flag=True, help="文件里已经填了数，或者不是报数表，也照样覆盖")
def template(
    targets_path: str | None,
    select: tuple[str, ...],
    lead: str | None,
    as_of: str | None,
    all_leads: bool,
    kind: str | None,
    output: str | None,
    force: bool,
) -> int:
    """写一张待填的报数表，填好后用 dtcheck verify 检查。

    \b
    dtcheck template --lead 科技局 --as-of 2024-06 -o 科技局.xlsx
    dtcheck template --all-leads --as-of 2024-06 -o 2024-06/
    """
    file = load_targets(targets_path)
    period = check_as_of(as_of, file)
    prefixes, bureau = check_narrowing(select, lead, file)
    if all_leads:
        chosen = _for_all_leads(file, prefixes, lead, kind or "xlsx", output)
    else:
        path = "-" if output is None else output
        chosen = {path: file.selected(prefixes, bureau)}
    forms = {
        path: write_form(kind or _kind(path), build_form(file, codes, period))
        for path, codes in chosen.items()
    }
    refuse_to_overwrite_inputs(forms, [file.path, load_config().path])
    if not force:
        for path in forms:
            _refuse_to_overwrite_answers(path, file)
    if all_leads:
        write_files(str(output), forms, "张")
    else:
        for path, form in forms.items():
            write_bytes(form, path)
    dated = f"期间 {period.words}" if period else "期间留空"
    if output not in (None, "-"):
        count = sum(map(len, chosen.values()))
        say(f"写好 {output}：{len(forms)} 张表，{count} 项指标，{dated}")
    if not period:
        say(f"填数的人要在“期间”列写明报到哪个月，如 {Period(file.year, 6).words}；{_OR_WRITE_IT}")
    return 0


def _for_all_leads(
    file: TargetsFile, prefixes: tuple[str, ...], lead: str | None, kind: str, output: str | None
) -> dict[str, frozenset[str]]:
    """Return the path of each bureau's form with the targets that it leads."""
    if lead is not None or output in (None, "-", ""):
        raise click.UsageError("--all-leads 要用 -o 写明文件夹，并且不和 --lead 同用")
    chosen = {
        bureau.name: codes
        for bureau in file.bureaus
        if (codes := file.selected(prefixes, bureau.name))
    }
    paths = paths_in(str(output), chosen, f".{kind}")
    return {paths[name]: codes for name, codes in chosen.items()}


def _kind(path: str) -> str:
    suffix = Path(path).suffix.lower().removeprefix(".")
    if path == "-":
        return "csv"
    if suffix not in FORM_FILES:
        raise click.UsageError("-o 的文件名要以 .csv 或 .xlsx 结尾，或者用 --format 指明")
    return suffix


def _refuse_to_overwrite_answers(path: str, file: TargetsFile) -> None:
    """Refuse to write over a form that someone has filled in, and over what is no form at all."""
    if path == "-" or not _has_content(path):
        return
    found = read_submissions([path], file)
    errors = [finding for finding in found.findings if finding.level is Level.ERROR]
    filled = sum(handed is Handed.FILLED for handed in found.rows.values())
    if filled:
        said = "" if found.actuals or not errors else f"（{errors[0].message}）"
        problem = f"{path} 里已经填了 {filled} 项数{said}"
    elif errors:
        problem = f"{path} 不是一张没有填过的报数表（{errors[0].message}）"
    else:
        return
    raise click.ClickException(f"{problem}，没有覆盖。换个文件名；确实不要了，加 --force")


def _has_content(path: str) -> bool:
    try:
        found = Path(path).stat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size > 0
