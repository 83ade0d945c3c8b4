"""Write the digests that are checked in: ``python examples/make_digests.py [FOLDER]``.

Each is what a supervisor had at hand: the folders up to its month, not later corrections.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dtcheck.cli import main

ROOT = Path(__file__).resolve().parent.parent
SUBMISSIONS = "examples/submissions"
SPANS = {3: "1—3月", 6: "上半年", 9: "1—9月", 12: "全年"}
# Name of the file: month, more options.
DIGESTS: dict[str, tuple[int, tuple[str, ...]]] = {
    "digest-2024-03.md": (3, ()),
    "digest-2024-06.md": (6, ()),
    "digest-2024-09.md": (9, ()),
    "digest-2024-12.md": (12, ()),
    "digest-2024-09-brief.md": (9, ("--brief",)),
    "digest-2024-09.html": (9, ("--format", "html")),
}


def arguments(name: str) -> list[str]:
    """Return what ``dtcheck`` is called with, in the checkout, for one of ``DIGESTS``."""
    month, options = DIGESTS[name]
    folders = [f"{SUBMISSIONS}/2024-{each:02d}" for each in range(1, month + 1)]
    title = f"东台市2024年{SPANS[month]}《政府工作报告》量化目标完成情况通报（演示数据）"
    return ["digest", *folders, "--targets", "targets.yaml", "--title", title, *options]


if __name__ == "__main__":
    folder = Path(sys.argv[1] if sys.argv[1:] else ROOT / "examples").resolve()
    os.chdir(ROOT)
    for each in DIGESTS:
        try:
            main([*arguments(each), "--output", str(folder / each)])
        except SystemExit as done:
            print(each, done.code)
