"""The turning and summing, with pandas: targets x months, by section, by bureau."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dtcheck.judge import Report, Status, Summary

_STATUSES = [status.value for status in Status]


def history_of(reports: Iterable[Report]) -> pd.DataFrame:
    """Return the frames of ``reports`` below each other, indexed by code and ``as_of`` month."""
    frames = {report.as_of.month: report.to_frame() for report in reports}
    joined = pd.concat(frames, names=["as_of", "code"])
    return joined.swaplevel().sort_index(level="as_of", sort_remaining=False)


def counts_by(history: pd.DataFrame, month: int, column: str) -> pd.DataFrame:
    """Return how many targets of each status there are, by section, lead or another column.

    Rows in the order of the targets file, a column each status, and ``total``; ``kept`` is the
    share of met and on pace among those that could be judged by now, NaN where there is none.
    """
    now = history.xs(month, level="as_of")
    counts = pd.crosstab(now[column], now["status"]).reindex(
        index=pd.unique(now[column]), columns=_STATUSES, fill_value=0
    )
    counts.columns = pd.Index(_STATUSES)
    counts["total"] = counts.sum(axis="columns")
    kept = counts["met"] + counts["on_track"]
    judged = counts["total"] - counts["open"] - counts["not_due"] - counts["undecided"]
    return counts.assign(kept=(kept / judged.where(judged > 0)).astype("float64"))


def summaries(counts: pd.DataFrame) -> Mapping[str, Summary]:
    """Return the rows of ``counts_by`` as summaries, in the same order."""
    return {
        str(name): Summary(
            sum(int(row[status.value]) for status in Status),
            {status: int(row[status.value]) for status in Status},
        )
        for name, row in counts.iterrows()
    }


def by_month(history: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return one column of ``history`` as targets x months; a month without a figure is NaN.

    A figure of an earlier month that still stood is not repeated.
    """
    months = history.index.get_level_values("as_of")
    own = history[history["month"] == months]
    codes = pd.unique(history.index.get_level_values("code"))
    turned = own[column].unstack("as_of")
    return turned.reindex(index=codes, columns=pd.unique(months))
