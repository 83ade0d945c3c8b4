"""The notice as a page: one file that needs no network, and no script to be read."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from dtcheck.notices.charts import bullet, trend
from dtcheck.notices.figures import NO_REASON
from dtcheck.notices.notice import Notice


def render(notice: Notice) -> str:
    """Return the notice as a page, with charts of what its tables say."""
    environment = Environment(
        loader=PackageLoader("dtcheck.notices", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    digest = notice.digest
    lines = [line for part in notice.parts for line in part.lines]
    return environment.get_template("digest.html").render(
        notice=notice,
        no_reason=NO_REASON,
        bullets={each.target.code: bullet(each.as_last_heard) for each in digest.report.results},
        trends={code: trend(track) for code, track in digest.tracks.items()},
        leads=list(dict.fromkeys(line.lead for line in lines)),
    )
