"""The digest as pandas tables, for people who reckon on: no command needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dtcheck.judge import Status, Summary
from dtcheck.judge.frame import frame_of
from dtcheck.reasons import NO_PANDAS

try:
    import pandas as pd
except ImportError:
    raise ImportError(NO_PANDAS) from None

if TYPE_CHECKING:
    from dtcheck.digest.standing import Standing


def history_frame(standings: Iterable[Standing]) -> pd.DataFrame:
    """Return the results of ``standings`` below each other, indexed by code and ``as_of`` month."""
    frames = {each.as_of.month: frame_of(each.results) for each in standings}
    return pd.concat(frames, names=["as_of", "code"]).swaplevel()


def counts_frame(summaries: Mapping[str, Summary], name: str) -> pd.DataFrame:
    """Return ``summaries`` in their order, indexed by ``name``: counts and the share kept.

    A column each status, ``total``, and ``kept``, which is NaN where nothing could be told yet.
    """
    rows = [
        (*(each.by_status[status] for status in Status), each.total) for each in summaries.values()
    ]
    columns = [*(status.value for status in Status), "total"]
    counts = pd.DataFrame(rows, pd.Index(list(summaries), name=name), columns, dtype="int64")
    shares = (each.share_kept for each in summaries.values())
    kept = [float("nan") if share is None else float(share) for share in shares]
    return counts.assign(kept=kept)


def by_month(history: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return one column of ``history`` as targets x months; a month without a figure is NaN.

    A figure of an earlier month that still stood is not repeated.
    """
    months = history.index.get_level_values("as_of")
    own = history[history["month"] == months]
    codes = pd.unique(history.index.get_level_values("code"))
    turned = own[column].unstack("as_of")
    return turned.reindex(index=codes, columns=pd.unique(months))
