"""dtcheck holds a city government to the numbers it promised.

The front door for Python: docs/api.md shows how each of these is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "audit",
    "build_digest",
    "build_report",
    "draft",
    "load_targets",
    "read_submissions",
    "render",
]

if TYPE_CHECKING:
    from dtcheck.api import (
        audit,
        build_digest,
        build_report,
        draft,
        load_targets,
        read_submissions,
        render,
    )
else:
    # The command line imports this package too: what it has no use for waits until it is asked for.
    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'dtcheck' has no attribute {name!r}")
        from dtcheck import api

        return getattr(api, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
