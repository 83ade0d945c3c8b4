"""``dtcheck explain``."""

from __future__ import annotations

import click

from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.completion import complete_topics
from dtcheck.cli.options import targets_option
from dtcheck.cli.write import style_for, write_result
from dtcheck.formats.explain import rule_list, rule_page, target_page
from dtcheck.formats.style import Style
from dtcheck.nearest import did_you_mean, nearest
from dtcheck.rules.catalogue import CATALOGUE
from dtcheck.targets import TargetsFile, load_targets


@click.command(cls=ChineseCommand)
@click.argument("code", required=False, metavar="[编号|规则]", shell_complete=complete_topics)
@targets_option
def explain(code: str | None, targets_path: str | None) -> int:
    """说明一个指标（如 GY01）或一条规则（如 DT202）；不写则列出全部规则。"""
    style = style_for("never", to_file=False, everything=True)
    text = rule_list(style) if code is None else _page(code.strip().upper(), targets_path, style)
    write_result(text, None, utf8=False)
    return 0


def _page(code: str, targets_path: str | None, style: Style) -> str:
    if code in CATALOGUE:
        return rule_page(CATALOGUE[code])
    file = load_targets(targets_path)
    target = file.by_code.get(code) or file.by_name(code)
    if target is None:
        raise click.UsageError(_unknown(code, file))
    return target_page(target, file, style)


def _unknown(code: str, file: TargetsFile) -> str:
    padded = f"{code[:2]}{code[2:]:0>2}"
    known = padded in file.by_code
    near = [padded] if known else nearest(code, [*CATALOGUE, *file.by_code], 3, 0.5)
    if near:
        question = did_you_mean(f"{each} {_name(each, file)}" for each in near)
        return f"没有编号或规则 {code}，{question}"
    return f"没有编号或规则 {code}；dtcheck targets list 列出指标，dtcheck explain 列出规则"


def _name(code: str, file: TargetsFile) -> str:
    return CATALOGUE[code].title if code in CATALOGUE else file.by_code[code].name
