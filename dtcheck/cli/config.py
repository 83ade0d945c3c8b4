"""Settings of a repository of submissions: ``[tool.dtcheck]`` in ``pyproject.toml``.

TOML there rather than setup.cfg, because it is where the linters of this ecosystem look, has
numbers, booleans and tables of its own, and the standard library reads it. It is searched from
the folder of each file upward (``sites``), for what reads no submissions from the working
directory; a ``pyproject.toml`` without the table is passed over. What the command line says wins,
then the environment, then this.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn

import click

from dtcheck.actuals import Field, field_named
from dtcheck.cli.rule_ids import ids_problem
from dtcheck.judge import FailOn, RedCuts
from dtcheck.nearest import did_you_mean, nearest
from dtcheck.patterns import regex
from dtcheck.reasons import reason
from dtcheck.rules import Place, shown_path

NAME = "pyproject.toml"
TABLE = "tool.dtcheck"
# Keys of [tool.dtcheck.notice], each with its name in the program: "from" is none in Python.
_NOTICE_TEXTS = {
    "masthead": "masthead",
    "issue": "issue",
    "to": "to",
    "from": "sender",
    "date": "date",
}
# Every way to write the table, and little else: the file of this very project names its package.
_MARK = regex(
    rb"""tool["']?\s*\.\s*["']?dtcheck|dtcheck["']?\s*=|^\s*["']?dtcheck["']?\s*\.""", re.MULTILINE
)
_PLACE = regex(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_KEY = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
# [a.b], [[a.b]] and a.b = …: whose lines those are.
_HEAD = regex(rf"\s*\[\[?\s*({_KEYS})\s*\]\]?\s*(?:#.*)?")
_ENTRY = regex(rf"\s*({_KEYS})\s*=")
_NOT_UTF8 = "不是 UTF-8 编码，用编辑器另存为 UTF-8"
_TOML = (
    "不合 TOML 的写法。文字要加引号，引号和括号要成对，一个键只写一次，"
    "每行一个“键 = 值”，路径里的 \\ 改写成 /"
)


class NoticeConfig(NamedTuple):
    """What stands around every notice: texts by the names of ``Formalities``, and a template's path."""

    texts: Mapping[str, str] = MappingProxyType({})
    demands: tuple[str, ...] = ()
    template: str | None = None


class ConfigError(click.UsageError):
    """A configuration can't be understood; ``place`` is where."""

    def __init__(self, message: str, path: Path, line: int | None = None) -> None:
        super().__init__(message)
        self.place = Place(shown_path(str(path)), line=line)


@dataclass(frozen=True)
class Config:
    """What a configuration file says; None and empty where it says nothing.

    ``targets`` is resolved against the file's folder; ``ignore`` maps rule ids to reasons, which
    may be ""; ``columns`` maps headers of forms to fields; ``exclude`` are patterns of files.
    """

    path: str = ""
    targets: str | None = None
    ignore: Mapping[str, str] = field(default_factory=dict)
    fail_on: FailOn | None = None
    strict: bool | None = None
    cuts: RedCuts = field(default_factory=RedCuts)
    columns: Mapping[str, Field] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    notice: NoticeConfig = field(default_factory=NoticeConfig)


def load_config() -> Config:
    """Return the configuration that holds in the working directory.

    Raises click.UsageError where one is found that can't be understood.
    """
    here = current_folder()
    found = (config_in(folder) for folder in (here, *here.parents))
    return next((config for config in found if config is not None), Config())


def current_folder() -> Path:
    """Return the working directory. Raises click.UsageError where it can't be opened."""
    try:
        return Path.cwd()
    except OSError as error:
        problem = f"当前文件夹打不开：{reason(error)}。换到别的文件夹再运行"
        raise click.UsageError(problem) from None


def config_in(folder: str | Path) -> Config | None:
    """Return the configuration of a folder itself. Raises ConfigError as ``load_config``."""
    path = Path(folder, NAME)
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        if not os.access(folder, os.X_OK):
            return None  # whoever reads the folder will say so
        raise ConfigError(f"{path} 打不开：{reason(error)}", path) from None
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ConfigError(f"{path} {_NOT_UTF8}", path)
    # Most of these files are other projects': not worth importing a parser for.
    if _MARK.search(raw) and (table := _table(path, raw)) is not None:
        return _TableReader(path, raw).config(table)
    return None


def _table(path: Path, raw: bytes) -> Any:
    import tomllib

    try:
        document = tomllib.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise ConfigError(f"{path} {_NOT_UTF8}", path) from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else None
        raise ConfigError(f"{path} 读不通：{_position(error)}{_TOML}", path, line) from None
    tools = document.get("tool")
    return tools.get("dtcheck") if isinstance(tools, dict) else None


def _position(error: Exception) -> str:
    """Return where tomllib stopped; a number without end or deep nesting has no place."""
    found = _PLACE.search(str(error))
    if found is None:
        return ""
    return f"第{found[1]}行第{found[2]}个字符附近，" if found[1] else "到文件末尾还缺内容，"


def _named(lines: Iterable[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each line that names a table or a key, with the whole path of names."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        head, entry = _HEAD.fullmatch(line), _ENTRY.match(line)
        if found := head or entry:
            names = tuple(each.strip("\"'") for each in re.findall(_KEY, found[1]))
            table = names if head else table
            yield number, names if head else (*table, *names)


class _TableReader:
    """One table, key by key; the first thing that is wrong ends it."""

    def __init__(self, path: Path, raw: bytes) -> None:
        self.path = path
        self._lines = raw.decode("utf-8-sig").split("\n")
        self._at: tuple[str, ...] = ()

    def config(self, table: Any) -> Config:
        keys: dict[str, Callable[[Any], Any]] = {
            "targets": self._targets,
            "ignore": self._ignore,
            "fail-on": self._fail_on,
            "strict": self._strict,
            "lights": self._cuts,
            "columns": self._columns,
            "exclude": self._exclude,
            "notice": self._notice,
        }
        read = {}
        for key, value in self._keys(table, keys, f"[{TABLE}]").items():
            self._at = (key,)
            read[key] = keys[key](value)
        return Config(
            path=str(self.path),
            targets=read.get("targets"),
            ignore=read.get("ignore", {}),
            fail_on=read.get("fail-on"),
            strict=read.get("strict"),
            cuts=read.get("lights", RedCuts()),
            columns=read.get("columns", {}),
            exclude=read.get("exclude", ()),
            notice=read.get("notice", NoticeConfig()),
        )

    def _fail(self, problem: str) -> NoReturn:
        raise ConfigError(f"{self.path}：{problem}", self.path, self._line())

    def _line(self) -> int | None:
        """Return the line of the key that is being read, or else of what it is in."""
        wanted = (*TABLE.split("."), *self._at)
        lines = list(_named(self._lines))
        for length in range(len(wanted), 0, -1):
            for number, names in lines:
                if names[:length] == wanted[:length]:
                    return number
        return None

    def _keys(self, table: Any, known: Iterable[str], what: str) -> dict[str, Any]:
        """Return a table whose keys are all known."""
        if not isinstance(table, dict):
            self._fail(f"{what} 要写成表，每行一个“键 = 值”")
        names = list(known)
        for key in table:
            if key not in names:
                self._at = (*self._at, key)
                near = nearest(key.lower().replace("_", "-"), names, alike=0.5)
                hint = did_you_mean(near) or f"可用的键：{'、'.join(names)}"
                self._fail(f"{what} 没有 {key[:40]} 这个键，{hint}")
        return dict(table)

    def _text(self, value: Any, what: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self._fail(f"{what} 要写成引号里的文字")
        return value.strip()

    def _targets(self, value: Any) -> str:
        return self._path(value, "targets")

    def _path(self, value: Any, what: str) -> str:
        written = self._text(value, what)
        if not written.isprintable():
            self._fail(f"{what} 的路径里有换行、制表之类的字符：路径里的 \\ 改写成 /")
        return os.path.join(self.path.parent, written)  # noqa: PTH118 - a str

    def _fail_on(self, value: Any) -> FailOn:
        levels = [level.value for level in FailOn]
        if value not in levels:
            self._fail(f"fail-on 只能是 {'、'.join(levels)} 之一")
        return FailOn(value)

    def _strict(self, value: Any) -> bool:
        if not isinstance(value, bool):
            self._fail("strict 只能是 true 或 false")
        return value

    def _ignore(self, value: Any) -> dict[str, str]:
        if not isinstance(value, list):
            self._fail('ignore 要写成列表，如 ["DT305", {rule = "DT306", reason = "原因"}]')
        found: dict[str, str] = {}
        for each in value:
            entry = each if isinstance(each, dict) else {"rule": each}
            keys = self._keys(entry, ("rule", "reason"), "ignore 的一项")
            rule = self._text(keys.get("rule"), "ignore 的规则").upper()
            reason = self._text(keys["reason"], "reason") if "reason" in keys else ""
            found[rule] = reason
        if problem := ids_problem(found):
            self._fail(f"ignore 里，{problem}")
        return found

    def _cuts(self, value: Any) -> RedCuts:
        bounds = {"red-points": 100, "red-rate-share": 1}
        read = {}
        for key, each in self._keys(value, bounds, f"[{TABLE}.lights]").items():
            self._at = ("lights", key)
            number = isinstance(each, int | Decimal) and not isinstance(each, bool)
            if not number or not Decimal(each).is_finite() or not 0 <= each <= bounds[key]:
                self._fail(f"{key} 要写 0 到 {bounds[key]} 之间的数")
            read[key.replace("-", "_")] = Fraction(each)
        return RedCuts(**read)

    def _columns(self, value: Any) -> dict[str, Field]:
        if not isinstance(value, dict):
            self._fail('columns 要写成表，如 {"本月累计数" = "实际值"}')
        return {
            header: self._field(self._text(each, f"columns 的 {header}"))
            for header, each in value.items()
        }

    def _exclude(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._fail('exclude 要写成列表，如 ["清单*", "归档"]')
        return tuple(self._text(each, "exclude 的一项") for each in value)

    def _notice(self, value: Any) -> NoticeConfig:
        keys = self._keys(value, (*_NOTICE_TEXTS, "demands", "template"), f"[{TABLE}.notice]")
        demands = keys.pop("demands", [])
        if not isinstance(demands, list):
            self._fail('demands 要写成列表，如 ["各单位于3日内补报。"]')
        template = keys.pop("template", None)
        return NoticeConfig(
            {_NOTICE_TEXTS[key]: self._text(each, key) for key, each in keys.items()},
            tuple(self._text(each, "demands 的一项") for each in demands),
            None if template is None else self._path(template, "template"),
        )

    def _field(self, written: str) -> Field:
        found = field_named(written)
        if found is None:
            self._fail(f"columns：没有“{written[:40]}”这种列，可用的有 {'、'.join(Field)}")
        return found
