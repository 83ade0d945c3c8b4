"""Inputs that mean harm, and the running of the program on them.

A case is a command line and the files that lie in its folder; what must hold of every one is in
``run_case``. ``make fuzz`` runs them for minutes, ``test_fuzz.py`` a few of each kind.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click
from making import SMALL

from dtcheck.cli.app import cli, main
from dtcheck.formats import FORMATS

ROOT = Path(__file__).parent.parent
SECONDS = 10
MEGABYTES = 400
_HEAD = "编号,指标,实际值,单位,期间,填报单位,下达目标,备注\n"
_SEEDS = [
    _HEAD + "GY01,,48,个,2024-06,发改委,,\nGY02,开票销售,1e2,亿元,1-6月,,,雨\nST01,,2,%,6月,,3,\n",
    "标题\n编号\t实际值（亿元）\t备注\nGY02\t约150\t\n合计\t\t\n",
    '指标;1-6月累计;单位\n"利用外资";6070万美元;\n增长;持平;%\n',
]
# Text that some part of the program takes for more than text.
SPICE = (
    """, ; \t | " ' \n \r\n \r [ ] { } ( ) : - ? & * ! % @ ` # > < = + ~ .. / \\ $ ^
""".split()
    + [
        *(
            "\t",
            "\n",
            "\r\n",
            "  ",
            " " * 120,
            "\x00",
            "\x1b[31m",
            "\u202e",
            "\ufeff",
            "\u2028",
            "①",
        ),
        *(
            "9" * 400,
            "1e99",
            "1e9999",
            "-0",
            ".5",
            "5.",
            "1,1",
            "0x1f",
            "NaN",
            "inf",
            "∞",
            "９．９",
        ),
        *(
            "亿",
            "万",
            "亿元",
            "百分点",
            "%",
            "公顷",
            "下降",
            "同比增长",
            "约",
            "以上",
            "持平",
            "—",
            "#REF!",
        ),
        *(
            "2024-06",
            "2023-13",
            "二季度",
            "1-6月",
            "Jun-24",
            "GY01",
            "ST01",
            "实际值",
            "编号",
            "合计",
        ),
        *(
            "assigned",
            "flow",
            "level",
            "rate",
            "yes",
            "no",
            "on",
            "null",
            "~",
            "2024-01-09",
            "1:30",
        ),
    ]
)
_YAML = [
    *("&a [*a]", "*a", "<<: *a", "!!python/object/apply:os.system [id]", "!!binary aGk=", "!x y"),
    *(
        ".nan",
        ".inf",
        "0o17",
        "1_000",
        "? [a]\n: b",
        "%YAML 9.9\n---",
        "---",
        "...",
        "|",
        ">",
        "|+9",
    ),
    *('"\\ud800"', '"\\x00"', "'", '"', "[" * 3000, "{a: " * 3000, "- " * 3000, "? " * 3000),
    *(
        "code: GY01",
        "targets:",
        "pace: [1]",
        "reports: [0, 13]",
        "baseline: 1 元",
        "tolerance: -1 %",
    ),
    "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12)),
    *("- {code: GY01, name: a, goal: '> 1 个', measure: flow, phrase: 1, lead: b}", "a: " * 60),
]


class Found(AssertionError):
    """A case that broke a promise; the message says which."""


@dataclass
class Case:
    """A command line and what lies in the folder it is run in."""

    kind: str
    args: list[str]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""


@dataclass
class Outcome:
    """How a case ended: exit code, seconds, megabytes that the process grew by."""

    code: int
    seconds: float
    grown: float


def _mutated(rng: random.Random, content: bytes, spice: list[bytes], most: int = 8) -> bytes:
    """Return ``content`` with bytes flipped, cut, doubled, spliced and spiced."""
    out = bytearray(content)
    for _ in range(rng.randint(0, most)):
        at = rng.randrange(len(out) + 1)
        end = min(len(out), at + rng.choice([1, 1, 4, 30, 300]))
        way = rng.randrange(6)
        if way == 0 and at < len(out):
            out[at] = rng.randrange(256)
        elif way == 1:
            del out[at:end]
        elif way == 2:
            out[at:at] = out[at:end] * rng.choice([1, 2, 50])
        elif way == 3:
            out[at:at] = rng.randbytes(rng.choice([1, 3, 20]))
        else:
            out[at:at] = rng.choice(spice) * rng.choice([1, 1, 1, 3, 200])
    return bytes(out)


def csv_case(rng: random.Random) -> Case:
    """Bytes into the reader of text tables."""
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
    examples = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.csv"))]
    seed = rng.choice(
        [*(text.encode(encoding) for text in _SEEDS), *examples, b"", rng.randbytes(99)]
    )
    spice = [text.encode(encoding, "replace") for text in SPICE]
    files = {"a.csv": _mutated(rng, seed[:3000], spice), "t.yaml": SMALL.encode()}
    args = ["verify", "a.csv", "--targets", "t.yaml", "--format", rng.choice(list(FORMATS))]
    return Case("csv", [*args, "--all"], files)


def yaml_case(rng: random.Random) -> Case:
    """YAML into the loader of targets files."""
    seed = (
        SMALL if rng.random() < 0.8 else (ROOT / "targets.yaml").read_text(encoding="utf-8")[:4000]
    )
    spice = [text.encode("utf-8", "replace") for text in [*SPICE, *_YAML]]
    content = _mutated(rng, seed.encode(), spice, 5)
    if rng.random() < 0.1:
        lines = [rng.choice([*_YAML, *seed.splitlines()]) for _ in range(rng.randint(0, 20))]
        content = "\n".join(lines).encode("utf-8", "replace")
    command = rng.choice(
        [
            ["targets", "list", "--format", "json"],
            ["targets", "lint"],
            ["verify", "a.csv", "--format", "json"],
            ["explain", "GY01"],
            ["template"],
        ]
    )
    files = {"t.yaml": content, "a.csv": _SEEDS[0].encode()}
    return Case("yaml", [*command, "--targets", "t.yaml"], files)


def _workbook() -> dict[str, bytes]:
    """Return the parts of a workbook as openpyxl writes it."""
    from books import write_book

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        rows = [line.split(",") for line in _SEEDS[0].splitlines()]
        write_book(path, {"6月": [*rows, ["GY04", "", (6.5, "0.0%")]], "说明": [["注"]]})
        with zipfile.ZipFile(path) as book:
            return {name: book.read(name) for name in book.namelist()}


def workbook_case(rng: random.Random) -> Case:
    """Workbooks with damaged zips and damaged XML."""
    parts = dict(_workbook())
    spice = [text.encode("utf-8", "replace") for text in SPICE]
    spice += [
        b"<c>",
        b"</c>",
        b"<v>",
        b'r="A1048577"',
        b'r="XFE1"',
        b"<mergeCell ref='A1:ZZ99999'/>",
    ]
    spice += [
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
        b"&#0;",
        b"<![CDATA[",
        b"<x" * 500,
        b'1="2"',
    ]
    for name in rng.sample(sorted(parts), rng.randint(0, 2)):
        if rng.random() < 0.2:
            del parts[name]
        else:
            parts[name] = _mutated(rng, parts[name], spice, 4)
    content = io.BytesIO()
    packing = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(content, "w", packing) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    raw = content.getvalue()
    if rng.random() < 0.5:
        raw = _mutated(rng, raw, [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff" * 4], 3)
    args = ["verify", "a.xlsx", "--targets", "t.yaml", "--format", rng.choice(["json", "table"])]
    return Case("workbook", args, {"a.xlsx": raw, "t.yaml": SMALL.encode()})


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        elif command:
            yield (*path, name), command


COMMANDS = dict(_commands(cli))
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
    "x" * 300,
]


def _value(rng: random.Random, param: click.Parameter) -> str:
    if isinstance(param.type, click.Choice) and rng.random() < 0.9:
        return str(rng.choice(list(param.type.choices)))
    if isinstance(param.type, click.Path) or param.name in ("output", "report_path", "paths"):
        return rng.choice(_NAMES)
    if param.name == "formats":
        return rng.choice(list(FORMATS)) + rng.choice(["", "", "=out", "=", "=a.csv", "=."])
    known = [
        "GY",
        "GY01",
        "CX,ST",
        "2024-06",
        "6月",
        "2025-01",
        "科技局",
        "DT306",
        "DT101",
        "实际值=数",
    ]
    return rng.choice([*known, *(each.replace("/", "") for each in SPICE), ""]).replace("\0", "")


def args_case(rng: random.Random) -> Case:
    """Combinations of options, values and files; and a configuration that lies about."""
    path, command = rng.choice(list(COMMANDS.items()))
    args = list(path)
    for param in rng.choices(command.params, k=rng.randint(0, 6)):
        if isinstance(param, click.Argument):
            args.append(_value(rng, param))
        elif param.is_flag:
            args.append(rng.choice([*param.opts, *param.secondary_opts]))
        else:
            args += [rng.choice(param.opts), *([_value(rng, param)] * (rng.random() < 0.95))]
    if rng.random() < 0.6 and "--targets" not in args:
        args += ["--targets", "t.yaml"]
    if rng.random() < 0.1:
        rng.shuffle(args)
    toml = b'[tool.dtcheck]\ntargets = "t.yaml"\nignore = ["DT306"]\nfail-on = "missed"\n'
    spice = [text.encode("utf-8", "replace") for text in SPICE]
    files = {
        "a.csv": _SEEDS[0].encode(),
        "t.yaml": SMALL.encode(),
        "报告.txt": "一、工业\n新开工项目超100个，开票销售300亿元。\n".encode(),
        "2024-06/b.csv": _SEEDS[2].encode(),
    }
    if rng.random() < 0.3:
        files["pyproject.toml"] = _mutated(rng, toml, spice, 3)
    return Case("args", args, files, _SEEDS[1].encode())


def report_case(rng: random.Random) -> Case:
    """A report as the audit and the drafting read it."""
    text = "2024年政府工作报告\n一、工业\n新开工项目超100个，开票销售300亿元、增长6.5%左右，实现全覆盖。\n二○二四年，2-3家。\n"
    encoding = rng.choice(["utf-8", "utf-8", "gb18030", "utf-16"])
    spice = [each.encode(encoding, "replace") for each in SPICE]
    files = {"报告.txt": _mutated(rng, text.encode(encoding), spice), "t.yaml": SMALL.encode()}
    audit = ["targets", "audit", "报告.txt", "--targets", "t.yaml"]
    return Case("report", rng.choice([audit, ["targets", "new", "报告.txt"]]), files)


KINDS: dict[str, Callable[[random.Random], Case]] = {
    "csv": csv_case,
    "yaml": yaml_case,
    "workbook": workbook_case,
    "args": args_case,
    "report": report_case,
}


@contextlib.contextmanager
def _folder(case: Case) -> Iterator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in case.files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
            shutil.rmtree(folder, ignore_errors=True)
            Path(folder).mkdir(exist_ok=True)


def _late(_: int, __: FrameType | None) -> None:
    raise Found(f"took more than {SECONDS} seconds")


def peak() -> float:
    """Return the most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 if sys.platform == "darwin" else 1024
    )


def run_case(case: Case) -> Outcome:
    """Run a case in this process. Raises Found where it breaks a promise of DESIGN §7."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    memory, begin = peak(), time.perf_counter()
    code: object = None
    signal.signal(signal.SIGALRM, _late)
    stdin = sys.stdin
    with _folder(case), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.stdin = io.TextIOWrapper(io.BytesIO(case.stdin), "utf-8")
        signal.alarm(SECONDS)
        try:
            main(case.args)
        except SystemExit as error:
            code = error.code or 0
        finally:
            signal.alarm(0)
            sys.stdin = stdin
    said = err.buffer.getvalue().decode("utf-8", "replace")
    outcome = Outcome(
        code if isinstance(code, int) else -1, time.perf_counter() - begin, peak() - memory
    )
    if outcome.code not in (0, 1, 2):
        raise Found(f"exit code {code!r}")
    if "内部错误" in said or "Traceback" in said:
        raise Found(said[:500])
    if outcome.grown > MEGABYTES:
        raise Found(f"grew by {outcome.grown:.0f} MB")
    return outcome
