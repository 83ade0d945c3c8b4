"""Names that Windows takes for no file: given to none here, and refused of those who write there."""

from __future__ import annotations

import ntpath
import sys

from dtcheck.patterns import regex

_NOT_IN_A_NAME = regex(r'[\\/:*?"<>|\x00-\x1f\x7f]')
# Names of devices, whatever stands behind the point.
_DEVICE = regex(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9]) *(?:\..*)?")
_LONGEST = 60


def usable_name(text: str) -> str:
    """Return the nearest name to a text that every system takes."""
    name = _NOT_IN_A_NAME.sub("_", text)[:_LONGEST].strip(". ") or "_"
    return f"_{name}" if _DEVICE.fullmatch(name) else name


def name_problem(path: str) -> str | None:
    """Return what keeps Windows from writing a file of such a name; None elsewhere, and where nothing does.

    What is written to ``aux.csv`` is lost, and to ``a:b.csv`` hidden in a stream of ``a``. NUL
    itself is where goes what nobody wants.
    """
    name = ntpath.basename(path)
    if sys.platform != "win32" or name.casefold() == "nul":
        return None
    if _DEVICE.fullmatch(name):
        return f"Windows 把 {name} 当作设备，不是文件，换一个文件名"
    if _NOT_IN_A_NAME.search(name):
        return 'Windows 的文件名里不能有 : * ? " < > |，换一个文件名'
    return None
