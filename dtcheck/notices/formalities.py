"""What the office that sends a notice puts around it: each part left out where it is not given."""

from __future__ import annotations

from typing import NamedTuple

from dtcheck.documents import Template


class Formalities(NamedTuple):
    """The frame of a notice as a document.

    ``masthead`` (督查通报) and ``issue`` (第6期) stand above it, ``to`` says whom it goes to,
    ``sender`` and ``date`` sign it; ``demands`` are what is asked of the bureaus (工作要求).
    """

    masthead: str = ""
    issue: str = ""
    to: str = ""
    sender: str = ""
    date: str = ""
    demands: tuple[str, ...] = ()
    template: Template | None = None
