"""Whether a workbook is a sound package: every part typed, every relationship leading somewhere."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from itertools import pairwise
from xml.etree import ElementTree

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# As the schema of a sheet orders them; Excel refuses any other order.
_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems "
    "tableParts extLst"
).split()


def problems_of(content: bytes) -> list[str]:
    """Return what is wrong with a package, in words; an empty list: nothing."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if len(names) != len(set(names)):
            found.append("a part is there twice")
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
        defaults = {each.get("Extension") for each in types.iter(f"{_TYPES}Default")}
        overrides = {str(each.get("PartName")) for each in types.iter(f"{_TYPES}Override")}
        found += [
            f"{name}: typed, not there" for name in overrides if name.lstrip("/") not in names
        ]
        for name in names:
            if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults:
                found.append(f"{name}: no content type")
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(archive.read(name))
            if name.endswith(".rels"):
                found += _dangling(archive, name)
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                found += _of_sheet(archive, name)
    return found


def _dangling(archive: zipfile.ZipFile, rels: str) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(rels))
    found = []
    for each in ElementTree.fromstring(archive.read(rels)).iter(_RELS):
        target = str(each.get("Target"))
        if each.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            if part not in archive.namelist():
                found.append(f"{rels}: {target} is not there")
    return found


def _of_sheet(archive: zipfile.ZipFile, name: str) -> list[str]:
    root = ElementTree.fromstring(archive.read(name))
    tags = [child.tag.removeprefix(_MAIN) for child in root]
    found = [] if tags == sorted(tags, key=_ORDER.index) else [f"{name}: order {tags}"]
    rels = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")
    known = (
        {each.get("Id") for each in ElementTree.fromstring(archive.read(rels)).iter(_RELS)}
        if rels in archive.namelist()
        else set()
    )
    used = [value for each in root.iter() if (value := each.get(_ID))]
    found += [f"{name}: {each} is no relationship" for each in used if each not in known]
    ranges = [(int(c.get("min")), int(c.get("max"))) for c in root.iter(f"{_MAIN}col")]
    found += [f"{name}: columns {a} and {b} overlap" for a, b in pairwise(ranges) if a[1] >= b[0]]
    references = [cell.get("r") for cell in root.iter(f"{_MAIN}c")]
    if len(references) != len(set(references)):
        found.append(f"{name}: a cell twice")
    return found
