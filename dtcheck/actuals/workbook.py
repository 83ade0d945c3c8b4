"""Workbooks: from an .xlsx to the rows of its sheets, as a reader sees them.

Read with the standard library. python-calamine tells neither percent cells from others nor a
formula that was never calculated from a blank one; openpyxl takes the built-in Chinese dates for
plain numbers, believes the A1:A1 that WPS writes for a sheet's size, refuses whole files for an
odd style, and needs a second pass for formulas.

Hidden rows, columns and sheets are read as the others are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dtcheck.actuals.numberformats import NumberFormat, built_in, read_format
from dtcheck.actuals.package import LARGEST_HELD, Handlers, Package, Started, damaged, whole
from dtcheck.actuals.sheet import read_sheet, unescape
from dtcheck.actuals.text import Row


@dataclass(frozen=True, slots=True)
class Relation:
    """What another part is to a part: the last word of its type, and its name."""

    type: str
    part: str


class Workbook:
    """An open workbook. Raises UnreadableError, in opening and in reading."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        main = next(
            (each.part for each in self._relations("").values() if each.type == "officeDocument"),
            "xl/workbook.xml",
        )
        self.from_1904 = False
        self._sheets: list[tuple[str, str]] = []
        self._parse(main, Started(self._note_main))
        relations = self._relations(main)
        parts = {each.type: each.part for each in relations.values()}
        self.has_macros = "vbaProject" in parts
        self.sheets = {
            name: relations[key].part
            for name, key in self._sheets
            if key in relations and relations[key].type == "worksheet"
        }
        if not self.sheets:
            raise damaged()
        self.formats = self._read_formats(parts.get("styles"))
        self.strings = self._read_strings(parts.get("sharedStrings"))

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet that aren't blank."""
        yield from read_sheet(
            self._package, self.sheets[sheet], self.strings, self.formats, self.from_1904
        )

    def _note_main(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            keys = [value for name, value in attributes.items() if name.endswith(" id")]
            self._sheets.append((attributes.get("name", ""), keys[0] if keys else ""))

    def _relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by id; of the package itself for ""."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}

        def note(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/" + folder, attributes.get("Target", ""))
                )
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))

        if listed in self._package:
            self._parse(listed, Started(note))
        return found

    def _read_formats(self, part: str | None) -> list[NumberFormat]:
        """Return the number format of each cell style."""
        formats = _Formats()
        if part and part in self._package:
            self._parse(part, formats)
        return formats.found

    def _read_strings(self, part: str | None) -> list[str]:
        strings = _Strings()
        if part and part in self._package:
            self._parse(part, strings)
        return strings.found

    def _parse(self, part: str, handlers: Handlers) -> None:
        for _ in self._package.parse(part, handlers, LARGEST_HELD):
            pass


class _Formats(Handlers):
    """Collects the number format of each cell style, in the order cells refer to them."""

    def __init__(self) -> None:
        self.found: list[NumberFormat] = []
        self._own: dict[str, str] = {}
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            number = attributes.get("numFmtId", "0")
            if number in self._own:
                self.found.append(read_format(self._own[number][:200]))
            else:
                self.found.append(built_in(whole(number) or 0))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


class _Strings(Handlers):
    """Collects the shared strings; readings of Japanese characters (rPh) aren't part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._phonetic = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        self._inside = tag == "t" and not self._phonetic
        self._phonetic = self._phonetic or tag == "rPh"

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self.found.append(unescape("".join(self._parts)))
            self._parts.clear()

    def text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)
