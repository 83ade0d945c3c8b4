"""Regular expressions that wait to be compiled until a text asks for them.

Reading a form takes some 150; a plain one needs a third of them, and compiling all is a tenth of a small run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr

if TYPE_CHECKING:

    def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return a pattern that compiles itself when it is first used."""
        ...

else:

    class regex:  # noqa: N801 - called like re.compile
        """A pattern that compiles itself when it is first used."""

        def __init__(self, source: AnyStr, flags: int = 0) -> None:
            self._made_of = source, flags

        def __getattr__(self, name: str) -> object:
            compiled = re.compile(*self._made_of)
            for method in ("match", "fullmatch", "search", "sub", "split", "findall", "finditer"):
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)
