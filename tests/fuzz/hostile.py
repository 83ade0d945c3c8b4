"""Builders of hostile inputs, kind by kind, each from the choices of a ``random.Random``.

Half of a case is in order, since what is refused at the door reaches nothing behind it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

import click
from fuzzing import Case
from making import SMALL

from dtcheck.cli.app import cli
from dtcheck.formats import FORMATS
from dtcheck.formats.audit import AUDITS
from dtcheck.formats.findings import LINTS
from dtcheck.formats.targets_list import LISTS
from dtcheck.headers.fields import HEADERS
from dtcheck.notices import DIGEST_FORMATS

ROOT = Path(__file__).parent.parent.parent
# Of every measure, pace and rhythm one target more, and all keys that a file can have.
TARGETS = f"""{SMALL}\
  - code: MS
    name: 民生
    heading: 聚焦民生
    targets:
      - {{code: MS01, name: 对接活动, goal: ">= 12 次", measure: flow, kind: implied, pace: monthly, phrase: 每月, lead: 科学技术局}}
      - {{code: MS02, name: 推进会, goal: ">= 4 次", measure: flow, pace: quarterly, reports: quarterly, phrase: 每季度, lead: 科学技术局}}
      - {{code: MS03, name: 医院位次, goal: "<= 100 位", measure: level, kind: implied, strive: true, pace: year-end, phrase: 百强, lead: 市场监督管理局}}
      - {{code: MS04, name: 引进机构, goal: 2..3 家, measure: flow, pace: [0, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], reports: half-yearly, phrase: 2-3家, lead: 科学技术局}}
      - {{code: MS05, name: 高企总数, goal: "> 450 家", measure: level, baseline: 373 家, phrase: 总数突破450家, lead: 科学技术局, note: 到年底}}
      - {{code: MS06, name: 优良天数变化, goal: "> 0 天", measure: rate, phrase: 再提升, lead: 市场监督管理局}}
      - {{code: MS07, name: 光伏装机, goal: ">= 140 万千瓦", measure: flow, kind: scope, phrase: 140万千瓦, lead: 发展和改革委员会}}
      - {{code: MS08, name: 覆盖率, goal: ">= 100 %", measure: level, baseline: 90 %, phrase: 全覆盖, lead: 发展和改革委员会}}
      - {{code: MS09, name: 工业用地, goal: "~ 1000 亩", measure: flow, tolerance: 10 亩, phrase: 用地1000亩左右, lead: 发展和改革委员会}}
source: {{title: 报告, delivered: 2024-01-09, publisher: 日报}}
excluded:
  - {{phrase: 二〇二四年, why: 年份}}
relations:
  - {{total: MS05, added: CX01, last: 373 家, net: true}}
"""
REPORT = """\
东台市2024年政府工作报告
一、2023年工作回顾
国家高企373家，覆盖率达90%，开票销售增长7.5%。
二、2024年主要工作
主要预期目标：工业增加值增长6.5%左右，实际利用外资1.2亿美元，研发投入占比2.5%左右。
（一）聚焦工业强市。全年新开工项目超100个，开票销售300亿元以上，分别完成5个、68个，用地1000亩左右。
（二）聚焦创新。净增高企70家以上，总数突破450家，新增专利500件，引进机构2-3家，每月开展活动，完成上级任务。
工业投资、技改投资均增长8%，城乡居民收入分别增长6%、7.1%以上，争取亿元以上项目开工率提高到90%。
（三）聚焦民生。实现全覆盖，创成百强医院，优良天数再提升，新增装机140万千瓦，不发生安全事故，三大工程翻番。
"""
# Text that some part of the program takes for more than text.
SPICE = [
    *""", ; | " ' [ ] { } ( ) : - ? & * ! % @ ` # > < = + ~ .. / \\ $ ^ （ ） ： ， 、 。 “
    -0 .5 5. 1,1 1,710 0x1f 1e99 1e9999 NaN inf ∞ ９．９ ① 三 十 〇 两 百亿 第
    亿 万 亿元 百分点 % ‰ 公顷 kW m² 下降 同比增长 约 以上 左右 持平 — #REF! =1+1 ::error:: <b> &amp; [red]
    2024-06 2023-13 二季度 1-6月 Jun-24 45444 GY01 ST01 MS05 实际值 编号 指标 期间 单位 备注 合计 一、工业
    assigned flow level rate yes no on null 2024-01-09 1:30 □ 达到 提高到 分别 均 均增长 每月 全覆盖 翻番 百强""".split(),
    *("\t", "\n", "\r\n", "\r", "  ", " " * 120, "\x1b[31m", "\u202e", "\ufeff", "\u2028"),
    *("\x85", "\U0001f600", "\ud800", "9" * 400, "a" * 300, "一" * 300, "(" * 300),
]
_FIGURES = """48 60 0 -3 1,710 19278.1 1e2 6.5% 0.065 6.5 持平 下降3.2% 增长6.5% — 待核 约150 预计6.8 20+ 6070万美元
    6070万 1.2亿 1710亿元 6.5个百分点 12000万 99999999 1000000 101 0.5 ２０ 超过3 2024-06-01 6月1日 #DIV/0! =B2""".split()
_CELLS = {
    "编号": "GY01 GY02 GY03 CX01 CX02 CX03 CX04 ST01 ST02 MS01 MS02 MS04 MS05 MS07 MS09 gy01 ＧＹ０１ GY1 XX99".split(),
    "指标": "新开工项目 开票销售 利用外资 实际利用外资 高企总数 能耗降幅 1.净增高企 新开工项目（个） 新开项目 合计 一、工业".split(),
    "实际值": _FIGURES,
    "单位": "个 家 亿元 万元 % ％ 亩 公顷 次 千瓦 万千瓦 亿美元 元 百分点 人 天 位 圆".split(),
    "期间": """2024-06 2024年6月 202406 2024/6/30 2024.6 Jun-24 24-Jun 6月 1-6月 1—6月 1至6月 上半年 一季度 二季度
        前三季度 全年 2024-12 2023-06 2024-13 3-6月 12月""".split(),
    "填报单位": "发改委 科技局 市监局 东台市科学技术局 某局".split(),
    "下达目标": "3 下降3% >=3 3%以上 2..3 5 assigned 三".split(),
    "备注": "雨 因征地拆迁推迟 无".split(),
}
_ENCODINGS = ["utf-8"] * 4 + ["utf-8-sig", "gb18030", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
_LONGEST = 100_000
_MONTHS = ["2024-03", "2024-05", "2024-06", "2024-09", "2024-12", "2023-12", ""]


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    """Return ``text`` as bytes; what the encoding lacks is a question mark."""
    return text.encode(encoding, "replace")


def mutated(rng: Random, text: str) -> str:
    """Return ``text``, half of the time with parts cut, doubled, moved and spiced."""
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 5])):
        at = rng.randrange(len(text) + 1)
        end = at + rng.choice([1, 1, 4, 30, 300])
        way = rng.randrange(5)
        if way == 0:
            text = text[:at] + text[end:]
        elif way == 1:
            text = text[:at] + repeated(rng, text[at:end]) + text[at:]
        else:
            text = text[:at] + repeated(rng, rng.choice(SPICE)) + text[at:]
    return text


def repeated(rng: Random, text: str) -> str:
    """Return ``text``, now and then thousands of times: loops within loops choke on that."""
    times = rng.choice([1] * 12 + [2, 3, 50, 200, 30_000])
    return text * min(times, 1 + _LONGEST // (len(text) + 1))


def damaged(rng: Random, content: bytes, often: float = 0.1) -> bytes:
    """Return ``content``, as ``often`` with a few of its bytes changed, cut off or put in."""
    if rng.random() >= often:
        return content
    out = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 8])):
        at = rng.randrange(len(out) + 1)
        stretch = rng.choice([0, 1, 1, 4, len(out)])
        put = rng.choice(
            [b"", b"\0", b"\xff\xfe", out[at : at + 9], rng.randbytes(rng.choice([1, 9]))]
        )
        out[at : at + stretch] = put
    return bytes(out)


def table(rng: Random) -> list[list[str]]:
    """Return the rows of a form, some of its cells spiced."""
    fields = rng.sample(list(_CELLS), rng.randint(3, 8)) if rng.random() < 0.3 else list(_CELLS)
    if rng.random() < 0.9:
        fields = list(dict.fromkeys(["编号", "实际值", *fields]))
    names = {field.value: names for field, names in HEADERS.items()}
    heads = [rng.choice(names[field]) if rng.random() < 0.2 else field for field in fields]
    if rng.random() < 0.2:
        unit = rng.choice(["（亿元）", "(个)", "（2024年1-6月）", "[%]", "(", ")", "1-6月累计"])
        heads[rng.randrange(len(heads))] += unit
    if rng.random() < 0.1:
        heads.insert(rng.randrange(len(heads)), rng.choice(["序号", "同比", "随便", "备注", ""]))
    rows = [["东台市报数表"]] * rng.choice([0, 0, 0, 1, 3]) + [heads]
    for _ in range(rng.choice([0, 1, 3, 3, 8, 20])):
        row = [_cell(rng, field) for field in fields]
        rows.append(row[: rng.randint(0, 8)] if rng.random() < 0.05 else row)
        if rng.random() < 0.1:
            rows.append(rng.choice([rows[-1], [], ["合计"], ["注：以上为快报数"], heads]))
    return rows


def _cell(rng: Random, field: str) -> str:
    if rng.random() < 0.05:
        return "".join(rng.choices(SPICE, k=rng.randint(1, 3)))
    return "" if rng.random() < 0.15 else rng.choice(_CELLS[field])


def table_text(rng: Random) -> bytes:
    """Return a form as a text file, sometimes with damage."""
    content = io.StringIO()
    ends = rng.choice(["\r\n", "\n", "\n", "\r"])
    csv.writer(content, delimiter=rng.choice(",,,\t;"), lineterminator=ends).writerows(table(rng))
    text = mutated(rng, content.getvalue())
    return damaged(rng, encoded(text, rng.choice(_ENCODINGS)))


def options(rng: Random, **choices: Sequence[str]) -> list[str]:
    """Return some of the options with one of their values each; "" stands for a flag."""
    chosen = []
    for name, values in choices.items():
        if rng.random() < 0.25:
            value = rng.choice(values)
            chosen += ["--" + name.replace("_", "-"), *([value] if value else [])]
    return chosen


def csv_case(rng: Random) -> Case:
    """Forms as text into ``verify``, in every format."""
    names = [f"{rng.choice(_MONTHS)}/{name}.csv".lstrip("/") for name in "abc"[: rng.randint(1, 3)]]
    files = {name: table_text(rng) for name in names}
    if rng.random() < 0.1:
        examples = sorted((ROOT / "examples").glob("*.csv"))
        files[names[0]] = damaged(rng, rng.choice(examples).read_bytes(), 0.8)
    stdin = b""
    if rng.random() < 0.1:
        stdin, names = files.pop(names[0]), ["-", *names[1:]]
    env = {}
    if rng.random() < 0.2:
        env = rng.choice([{"GITHUB_STEP_SUMMARY": "sum.md"}, {"NO_COLOR": "1"}, {"COLUMNS": "9"}])
    more = options(
        rng,
        all=[""],
        strict=[""],
        color=["always", "never"],
        as_of=["2024-06", "12月", "2024-01"],
        select=["GY", "GY01,MS", "ST"],
        lead=["科技局"],
        ignore=["DT306", "DT305,DT308"],
        column=["实际值=本月", "编号=序号"],
        fail_on=["never", "data", "missed", "behind", "missing"],
        format=["json=out", "markdown=out.md"],
    )
    args = ["verify", *names, "--targets", "t.yaml", "--format", rng.choice(list(FORMATS)), *more]
    console = rng.choice(["utf-8", "utf-8", "gbk", "ascii"])
    return Case("csv", args, {**files, "t.yaml": encoded(TARGETS)}, stdin, env, console)


def digest_case(rng: Random) -> Case:
    """Folders of several months into ``digest``."""
    from hostile_books import book
    from hostile_old_books import old_book

    files = {"t.yaml": encoded(TARGETS)}
    for month in rng.sample(_MONTHS, rng.randint(1, 4)):
        for name in rng.sample(["发改委.csv", "科技局.txt", "b.xlsx", "c.xls"], rng.randint(1, 3)):
            build = {".xlsx": book, ".xls": old_book}.get(Path(name).suffix, table_text)
            files[f"sub/{month}/{name}"] = build(rng)
    more = options(
        rng,
        brief=[""],
        title=[*SPICE[:20], "通报", "\x1b[31m<script>"],
        as_of=["2024-06", "2024-12", "2024-02"],
        select=["GY", "MS", "CX,ST"],
        lead=["科技局", "发改委"],
        output=["out.md", "out.html", "-"],
        column=["实际值=本月"],
    )
    format_name = rng.choice(list(DIGEST_FORMATS))
    args = ["digest", "sub", "--targets", "t.yaml", "--format", format_name, *more]
    return Case("digest", args, files, console=rng.choice(["utf-8", "gbk"]))


_YAML = [
    *("&a [*a]", "*a", "<<: *a", "!!python/object/apply:os.system [id]", "!!binary aGk=", "!x y"),
    *(".nan", ".inf", "0o17", "1_000", "? [a]\n: b", "%YAML 9.9\n---", "---", "...", "|", ">"),
    *("|+9", '"\\ud800"', '"\\x00"', "'", '"', "[]", "{}", "[a, b]", "{a: b}", "2024-01-09"),
    *("yes", "no", "on", "~", "null", "true", "1:30:00", "0x1f", "1e400", "9" * 400, "=cmd()"),
    "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12)),
    "- {code: GY01, name: a, goal: '> 1 个', measure: flow, phrase: 1, lead: b}",
]
# By key, what a loader takes and a linter may not.
_KEYS = {
    "goal": """">= 0 %" "> 1e99 个" "assigned 元" "0..9 家" "<= 1 个" "~ 0 %" "> 0.5 个" ">= 120 %" "> 5 位"
        "< 3 百分点" "~ 2.5 亿元" "2..300 %" """.strip('" ').split('" "'),
    "measure": ["flow", "level", "rate"],
    "kind": ["outcome", "scope", "implied"],
    "strive": ["true", "false"],
    "pace": ["monthly", "quarterly", "year-end", "linear", "[1]", f"[{', '.join('000000000001')}]"],
    "reports": ["monthly", "quarterly", "yearly", "half-yearly", "[3, 6, 12]", "[0, 13]", "[]"],
    "baseline": ["1 个", "1e9 家", "100 %", "-5 %", "1 亿元", "9 天", "400 家"],
    "tolerance": ["0.1 个", "5 %", "-1 %", "900 亩", "0 家"],
    "phrase": ["全覆盖", "翻番", "2-3家", "100个", "5%左右", "百强", "分别"],
    "net": ["true", "false"],
    "code": ["GY01", "MS05", "ZZ", "GY", "MS1", "MS100"],
    "name": ["高企总数", "新增高企", "净增高企", "能耗降幅", "总数"],
    "year": ["2024", "2023", "1977"],
}
_DEEP = ["[", "{a: ", "- ", "? ", "a: ", "\n ", "a,", "- a\n"]
_TARGET_COMMANDS = [
    *(["targets", "list", "--format", name] for name in LISTS),
    *(["targets", "lint", "--format", name] for name in LINTS),
    *(["verify", "a.csv", "--format", name, "--all"] for name in FORMATS),
    *(["digest", "a.csv", "--format", name] for name in DIGEST_FORMATS),
    *(["template", *out] for out in ([], ["-o", "f.xlsx"], ["-o", "f", "--all-leads"])),
    *(["explain", code] for code in "GY01 GY03 CX04 ST01 MS01 MS03 MS04 MS05 MS09 DT401".split()),
    *(["targets", "audit", "报告.txt", *more] for more in ([], ["--unclaimed"])),
]


def yaml_case(rng: Random) -> Case:
    """YAML into the loader of targets files, and what loads into every command."""
    lines = TARGETS.splitlines()
    for _ in range(rng.choice([0, 1, 1, 1, 2, 5])):
        at = rng.randrange(len(lines))
        way = rng.randrange(10)
        if way == 0:
            lines[at] = rng.choice([*lines, *_YAML])
        elif way == 1:
            lines.insert(at, rng.choice([*lines, *_YAML]))
        else:
            lines[at] = _another_value(rng, lines[at])
    text = "\n".join(lines) + "\n"
    content = damaged(rng, encoded(mutated(rng, text) if rng.random() < 0.2 else text), 0.05)
    if rng.random() < 0.03:
        content += encoded(rng.choice(_DEEP)) * rng.choice([90, 999, 3000, 100_000])
    files = {"t.yaml": content, "a.csv": table_text(rng), "报告.txt": encoded(REPORT)}
    return Case("yaml", [*rng.choice(_TARGET_COMMANDS), "--targets", "t.yaml"], files)


def _another_value(rng: Random, line: str) -> str:
    """Return ``line`` with the value of one of its keys replaced."""
    parts = line.split(": ")
    at = rng.randrange(len(parts))
    if at == 0:
        return line
    value, comma, rest = parts[at].partition(", ")
    key = parts[at - 1].rpartition("{")[2].split()[-1:]
    known = _KEYS.get("".join(key)) if rng.random() < 0.7 else None
    parts[at] = rng.choice(known or [*_YAML, *SPICE, value * 50]) + comma + rest
    return ": ".join(parts)


def report_case(rng: Random) -> Case:
    """A report as the audit and the drafting read it."""
    encoding = rng.choice(["utf-8", "utf-8", "gb18030", "utf-16"])
    clauses = REPORT.replace("\n", "\n，").split("，")
    for _ in range(rng.choice([0, 1, 3, 10])):
        piece = rng.choice(
            [*clauses, *SPICE, f"（{rng.choice('一二三四五十')}）聚焦某事。", "<p>", "第二，"]
        )
        clauses.insert(rng.randrange(len(clauses) + 1), piece)
    text = "，".join(clauses)
    if rng.random() < 0.05:
        text += "".join(f"\n{number}{rng.choice('.、')}某类{number}个" for number in range(1, 99))
    content = damaged(rng, encoded(mutated(rng, text), encoding))
    if rng.random() < 0.05:
        content += encoded(repeated(rng, rng.choice(clauses)), encoding)
    args = ["targets", "new", "报告.txt"]
    if rng.random() < 0.6:
        looks = options(rng, unclaimed=[""], format=list(AUDITS))
        args = ["targets", "audit", "报告.txt", "--targets", "t.yaml", *looks]
    return Case("report", args, {"报告.txt": content, "t.yaml": encoded(TARGETS)})


_TOML = [
    *('targets = "t.yaml"', 'ignore = ["DT306"]', 'fail-on = "missed"', "strict = true"),
    'ignore = [{rule = "DT305", reason = "快报"}, "DT308"]',
    'columns = {"本月累计数" = "实际值"}',
    "lights = {red-points = 5, red-rate-share = 0.2}",
]
_BAD_TOML = [
    *('targets = "no/such"', 'targets = ""', "ignore = 3", "ignore = [[]]", 'ignore = ["DT101"]'),
    *('ignore = ["DT999"]', "fail-on = []", "strict = 1", 'columns = {"a" = "b"}', "columns = []"),
    *("lights = {red-points = nan}", "lights = {red-points = 1e999999999}", "lights = 1", "x = 1"),
    *("[[tool.dtcheck]]", "[tool]", "lights = {red-points = 1979-05-27}", "a = " + "[" * 3000),
    *("a." * 3000 + "b = 1", "lights = {red-points = 9" + "9" * 5000 + "}"),
]


def config_case(rng: Random) -> Case:
    """A configuration that lies about."""
    lines = rng.sample(_TOML, rng.randint(0, 3))
    if rng.random() < 0.3:
        lines.append(rng.choice(_BAD_TOML))
    text = "\n".join(["[tool.dtcheck]", *lines, ""])
    content = damaged(rng, encoded(mutated(rng, text) if rng.random() < 0.2 else text))
    command = rng.choice(
        [["verify", "a.csv"], ["digest", "a.csv"], ["template"], ["explain", "GY01"]]
    )
    files = {"pyproject.toml": content, "a.csv": table_text(rng), "t.yaml": encoded(TARGETS)}
    return Case("config", [*command, *options(rng, targets=["t.yaml"])], files)


@cache
def _commands() -> list[tuple[tuple[str, ...], click.Command]]:
    return list(_within(cli, ()))


def _within(
    group: click.Group, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _within(command, (*path, name))
        elif command:
            yield (*path, name), command


# Nothing that leads out of the folder: some of these are written to.
_NAMES = [
    "a.csv",
    "t.yaml",
    "2024-06",
    "out",
    "out.xlsx",
    "no/such",
    ".",
    "-",
    "",
    "报告.txt",
    "a\nb",
]
_VALUES = {
    "as_of": ["2024-06", "6月", "2025-01"],
    "select": ["GY", "GY01", "CX,ST"],
    "lead": ["科技局", "市监局"],
    "ignore": ["DT306", "DT101"],
    "columns": ["实际值=本月", "数=实际值"],
    "code": ["GY01", "DT202", "高企总数", "gy1"],
    "files": ["a.csv", "2024-06", "-"],
    "paths": ["a.csv", "2024-06", "-", "."],
    "report_path": ["报告.txt"],
    "targets_path": ["t.yaml"],
}


def _value(rng: Random, param: click.Parameter) -> str:
    known = _VALUES.get(param.name or "", [])
    if isinstance(param.type, click.Choice):
        known = [str(choice) for choice in param.type.choices]
    if known and rng.random() < 0.8:
        return rng.choice(known)
    if isinstance(param.type, click.Path) or param.name in ("output", "report_path", "paths"):
        return rng.choice([*_NAMES, "x" * 300])
    if param.name == "formats":
        return rng.choice(list(FORMATS)) + rng.choice(["", "", "=out", "=", "=a.csv", "=."])
    return rng.choice([*(each.replace("/", "").replace("\0", "") for each in SPICE), ""])


def args_case(rng: Random) -> Case:
    """Combinations of options, values and files."""
    path, command = rng.choice(_commands())
    args = list(path)
    needed = [param for param in command.params if param.required and rng.random() < 0.9]
    for param in [*needed, *rng.choices(command.params, k=rng.randint(0, 6))]:
        if isinstance(param, click.Argument):
            args.append(_value(rng, param))
        elif isinstance(param, click.Option) and param.is_flag:
            args.append(rng.choice([*param.opts, *param.secondary_opts]))
        else:
            args += [rng.choice(param.opts), *([_value(rng, param)] * (rng.random() < 0.95))]
    if rng.random() < 0.8 and any(param.name == "targets_path" for param in command.params):
        args += ["--targets", "t.yaml"]
    if rng.random() < 0.1:
        rng.shuffle(args)
    if rng.random() < 0.02:
        args = args[: rng.randint(0, 2)] + [rng.choice(["--help", "--version", "--json-schema"])]
    files = {
        "a.csv": table_text(rng),
        "t.yaml": encoded(TARGETS),
        "报告.txt": encoded(REPORT),
        "2024-06/b.csv": table_text(rng),
        "out.xlsx": table_text(rng),
    }
    env = {"DTCHECK_TARGETS": rng.choice(["t.yaml", "", "no/such"])} if rng.random() < 0.2 else {}
    return Case("args", args, files, table_text(rng), env)


def workbook_case(rng: Random) -> Case:
    """Workbooks with damaged zips and damaged XML, and bombs."""
    from hostile_books import book

    return _of_workbook(rng, "workbook", "a.xlsx", book(rng))


def _of_workbook(rng: Random, kind: str, name: str, content: bytes) -> Case:
    args = ["verify", name, "--targets", "t.yaml", "--format", rng.choice(list(FORMATS))]
    more = options(rng, all=[""])
    return Case(kind, [*args, *more], {name: content, "t.yaml": encoded(TARGETS)})


def old_workbook_case(rng: Random) -> Case:
    """Workbooks of records in compound files, damaged in either, and bombs."""
    from hostile_old_books import old_book

    return _of_workbook(rng, "old workbook", "a.xls", old_book(rng))


def page_case(rng: Random) -> Case:
    """Pages and XML that are called .xls."""
    from hostile_old_books import page

    return _of_workbook(rng, "page", rng.choice(["a.xls", "a.et", "a.html"]), page(rng))


KINDS: dict[str, Callable[[Random], Case]] = {
    "csv": csv_case,
    "workbook": workbook_case,
    "old workbook": old_workbook_case,
    "page": page_case,
    "digest": digest_case,
    "yaml": yaml_case,
    "report": report_case,
    "config": config_case,
    "args": args_case,
}
