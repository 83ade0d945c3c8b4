"""``dtcheck explain``."""

from __future__ import annotations

import click

from dtcheck.cli.chinese import ChineseCommand
from dtcheck.cli.completion import complete_topics
from dtcheck.cli.options import targets_option
from dtcheck.cli.write import style_for, write_result
from dtcheck.formats.explain import rule_list, rule_page, target_page
from dtcheck.formats.status_page import status_named, status_page
from dtcheck.formats.style import Style
from dtcheck.judge import Status
from dtcheck.nearest import did_you_mean, nearest, nearest_names
from dtcheck.rules.catalogue import CATALOGUE
from dtcheck.targets import TargetsFile, load_targets


@click.command(cls=ChineseCommand)
@click.argument(
    "topic", required=False, metavar="[编号|规则|状态|板块|单位]", shell_complete=complete_topics
)
@targets_option
def explain(topic: str | None, targets_path: str | None) -> int:
    """说明一个指标（如 GY01）、一条规则（如 DT202）或一种状态（如 欠序时），列出一个板块或单位的指标。

    不写则列出全部规则。
    """
    style = style_for("never", to_file=False, everything=True)
    text = rule_list(style) if topic is None else _page(topic.strip(), targets_path, style)
    write_result(text, None, utf8=False)
    return 0


def _page(topic: str, targets_path: str | None, style: Style) -> str:
    from dtcheck.formats.targets_list import LISTS

    code = topic.upper()
    if code in CATALOGUE:
        return rule_page(CATALOGUE[code])
    if status := status_named(topic):
        return status_page(status)
    file = load_targets(targets_path)
    if target := file.by_code.get(code) or file.by_name(topic):
        return target_page(target, file, style)
    codes = _listed(topic, file)
    if not codes:
        raise click.UsageError(_unknown(topic, file))
    return LISTS["table"](file, codes, style)


def _listed(topic: str, file: TargetsFile) -> frozenset[str]:
    """Return the targets of the section or the bureau that a word names."""
    for section in file.sections:
        if topic.upper() == section.code or topic == section.name:
            return file.selected([section.code], None)
    return file.selected([], topic) if file.bureau(topic) else frozenset()


def _unknown(topic: str, file: TargetsFile) -> str:
    code = topic.upper()
    padded = f"{code[:2]}{code[2:]:0>2}"
    known = padded in file.by_code
    near = [padded] if known else nearest(code, [*CATALOGUE, *file.by_code], 3, 0.5)
    if near:
        question = did_you_mean(f"{each} {_name(each, file)}" for each in near)
        return f"没有编号或规则 {code}，{question}"
    words = {each.label: each.label for each in Status}
    words |= {each.name: each.name for each in file.sections}
    words |= {name: each.name for each in file.bureaus for name in (each.name, *each.short)}
    words |= {each.name: f"{each.code} {each.name}" for each in file.targets}
    if question := did_you_mean(nearest_names(topic, words)):
        return f"没有“{topic}”的说明，{question}"
    return f"没有编号或规则 {code}；dtcheck targets list 列出指标，dtcheck explain 列出规则"


def _name(code: str, file: TargetsFile) -> str:
    return CATALOGUE[code].title if code in CATALOGUE else file.by_code[code].name
