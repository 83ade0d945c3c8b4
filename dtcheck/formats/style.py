"""How a result is to look, decided by whoever asks for it."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """``width`` in columns; ``boxes`` allows line-drawing characters, which on a GBK console are
    as wide as Chinese ones and would break the table; ``everything`` unfolds what is folded. ``root`` is the folder
    that the paths of annotations start from; None leaves them as they are. ``unwritten``: another file of the run
    could not be written, so that it ends with 2 whatever was found.
    """

    width: int = 80
    color: bool = False
    boxes: bool = True
    everything: bool = False
    root: str | None = None
    unwritten: bool = False
