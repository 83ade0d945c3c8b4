"""Whether a note says of its figure that it is another month's (design §4)."""

from __future__ import annotations

from functools import lru_cache

from dtcheck.cells.remarks import Remark, shorten
from dtcheck.headers.fields import Field
from dtcheck.mentions import flat, mentions
from dtcheck.patterns import regex
from dtcheck.periods import Period
from dtcheck.rules.plausibility import NOTE_OF_ANOTHER_MONTH

_LAST_MONTH = regex(r"(?<![较比])上(?:个)?月(?:的)?(?:数|数据|累计|口径|报表|$)|上期数")
# 5月数, 1-5月数据; 计划7月完成 says nothing of the figure.
_FIGURE_AFTER = regex(r"(?:的|累计|完成|统计|报表)?(?:数|数据|口径)(?!量|字化)|累计(?!完成)")
_UP_TO = regex("截[至止]到?:?$|数据?(?:为|是|系|取自?|按|采用)?$")
_PLANS = regex("(?:计划|预计|拟|将|力争|确保|争取|目标|可)[^,，。;；]{0,6}$")


@lru_cache(maxsize=4096)
def note_of_another_month(note: str, period: Period) -> tuple[Remark, ...]:
    """Return a remark where a note on a figure of ``period`` says that it is of another month."""
    text = flat(note)
    said = ""
    if found := _LAST_MONTH.search(text):
        said = found[0]
    for mention in () if said else mentions(text, period.year):
        words = text[mention.start : mention.end]
        other = mention.period is not None and mention.period != period
        of_figure = (
            words.startswith("截")
            or _UP_TO.search(text[: mention.start])
            or _FIGURE_AFTER.match(text, mention.end)
        )
        if other and of_figure and not _PLANS.search(text[: mention.start]):
            said = words
            break
    if not said:
        return ()
    message = f"备注说“{shorten(note, 20)}”，期间却是 {period}"
    hint = "数是哪个月的，期间就写哪个月；已经是本期数的，改备注"
    return (Remark(NOTE_OF_ANOTHER_MONTH, message, hint, Field.NOTE),)
