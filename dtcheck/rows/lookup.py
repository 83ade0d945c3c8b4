"""Which target a row means, by its code and its name."""

from __future__ import annotations

from typing import NamedTuple

from dtcheck.cells.available import is_available
from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.fields import Field
from dtcheck.nearest import did_you_mean, nearest
from dtcheck.patterns import regex
from dtcheck.rules.rows import TWO_TARGETS, UNKNOWN_TARGET
from dtcheck.targets import Target, TargetsFile
from dtcheck.targets.names import key_of
from dtcheck.units import Unit, parse_unit, plain

_LONGEST_NAME = 200
_NAME_BRACKETS = regex(r"[(（]([^()（）]{1,12})[)）]$")
# GY01 or 1. before a name that may begin with digits itself: 1.50亿级重特大项目.
_LED = regex(
    r"(?:(?P<code>[A-Za-z]{2}[0-9]{2,3})(?![0-9])[-_—:.、\s]*|(?P<number>[0-9]{1,2}[.、](?=[0-9])))(?P<name>.*)"
)
_CLOSE_ENOUGH = 0.5
# A guess takes a millisecond: a run on nothing but unknown names gets so many.
_MOST_GUESSES = 500
_MOST_REMEMBERED = 20_000


class Named(NamedTuple):
    """What code and name mean: a target, the unit in the name's brackets, or what is wrong.

    Neither a target nor a remark: nothing was meant that looks like a target.
    """

    target: Target | None
    unit: Unit | None = None
    remark: Remark | None = None


class TargetLookup:
    """Finds targets; a code and name met before in the run are not looked up again."""

    def __init__(self, file: TargetsFile) -> None:
        self._file = file
        self._known: dict[tuple[str, str], Named] = {}
        self._guesses: dict[str, list[Target]] = {}

    def find(self, code: str, name: str) -> Named:
        """Return what ``code`` and ``name``, as a row has them, mean together."""
        named = self._known.get((code, name))
        if named is None:
            named = self._find(code, name)
            if named.target and len(self._known) < _MOST_REMEMBERED:
                self._known[code, name] = named
        return named

    def _find(self, code: str, name: str) -> Named:
        by_code = self._file.by_code.get(plain(code).upper()) if code else None
        by_name, unit = self._by_name(name)
        if by_name is None and name[:1].isascii() and (led := _LED.match(plain(name))):
            # GY01 新开工亿元以上项目, GY01-新开工…: the code stands before the name. GY01-GY05 is more than GY01.
            before = self._file.by_code.get(led["code"].upper()) if led["code"] else None
            if before and by_code and before is not by_code:
                return Named(None, None, _two_targets(by_code, before, name))
            if before or led["number"]:
                by_name, unit = self._by_name(led["name"])
            by_code = by_code or (before if by_name or not led["name"] else None)
        if by_code and by_name and by_code is not by_name:
            return Named(None, None, _two_targets(by_code, by_name, name))
        if code and by_name and not by_code and is_available(code):
            message = f"没有编号“{shorten(code)}”"
            hint = f"“{by_name.name}”的编号是 {by_name.code}"
            return Named(None, None, Remark(UNKNOWN_TARGET, message, hint, Field.CODE))
        return Named(by_code or by_name, unit)

    def _by_name(self, name: str) -> tuple[Target | None, Unit | None]:
        if not name or len(name) > _LONGEST_NAME:
            return None, None
        if found := self._file.by_name(name):
            return found, None
        brackets = _NAME_BRACKETS.search(name)
        unit = parse_unit(brackets[1].removeprefix("单位").lstrip(":：")) if brackets else None
        says_more = brackets and (unit or "累计" in brackets[1])
        bare = name[: brackets.start()] if brackets and says_more else name
        if brackets is None and "/" in plain(name):
            # 新建污水管网/公里
            head, _, last = plain(name).rpartition("/")
            unit = parse_unit(last)
            bare = head if unit else name
        return self._file.by_name(bare), unit

    def unknown(self, code: str, name: str) -> Remark:
        """Return what to say of a row with a figure whose code and name nobody knows."""
        column = Field.NAME if name else Field.CODE
        written = name or code
        if not written:
            message = "这一行有数，却没有编号和指标名称"
            return Remark(UNKNOWN_TARGET, message, "补上编号或名称", column)
        question = did_you_mean(f"{each.code} {each.name}" for each in self._guess(name, code))
        hint = question or "dtcheck targets list 列出全部编号和名称"
        return Remark(UNKNOWN_TARGET, f"目标文件中没有“{shorten(written)}”", hint, column)

    def _guess(self, name: str, code: str) -> list[Target]:
        """Return the targets that may have been meant, the nearest first."""
        written = name or code
        if written not in self._guesses:
            if len(self._guesses) >= _MOST_GUESSES or len(written) > _LONGEST_NAME:
                return []
            near = self._nearest_names(name) if name else self._nearest_codes(code)
            self._guesses[written] = near
        return self._guesses[written]

    def _nearest_names(self, name: str) -> list[Target]:
        near = nearest(key_of(name), self._file.known_names, 3, _CLOSE_ENOUGH)
        return list(dict.fromkeys(target for each in near if (target := self._file.by_name(each))))

    def _nearest_codes(self, code: str) -> list[Target]:
        written = plain(code).upper()[:20]
        near = nearest(written, self._file.by_code, 3, _CLOSE_ENOUGH)
        return [self._file.by_code[each] for each in near]


def _two_targets(by_code: Target, by_name: Target, name: str) -> Remark:
    return Remark(
        TWO_TARGETS,
        f"编号 {by_code.code} 是“{by_code.name}”，名称“{shorten(name)}”却是 {by_name.code}",
        f"按名称编号应为 {by_name.code}；或按编号改名称",
        Field.CODE,
    )
