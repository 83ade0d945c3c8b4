"""Who has submitted: a table by bureau, and what is missing in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dtcheck.digest import NOBODY, Digest, refusals, unread_by_bureau
from dtcheck.formats.content import clean
from dtcheck.judge import Result
from dtcheck.notices.figures import figure, label
from dtcheck.notices.listing import Listing
from dtcheck.notices.tables import Table

_HEADS = ("应报", "已报", "不能用", "未报", "补报", "更正", "未读出的文件")
# Columns that are shown though nothing stands in them.
_ALWAYS = ("应报", "已报", "未报")


def reporting_table(digest: Digest) -> Table:
    """Return by bureau what was due and what came; columns of nothing but 0 are left out."""
    counts: list[tuple[str, tuple[int, ...]]] = [
        (
            each.lead,
            (
                each.due,
                len(each.given),
                len(each.unusable),
                len(each.missing),
                each.belated,
                each.corrected,
                each.unread,
            ),
        )
        for each in digest.reporting
    ]
    total = tuple(map(sum, zip(*(row for _, row in counts), strict=True)))
    if len(counts) > 1:
        counts.append(("合计", total))
    shown = [at for at, head in enumerate(_HEADS) if head in _ALWAYS or total[at]]
    rows = [(clean(lead), *(str(row[at]) for at in shown)) for lead, row in counts]
    return Table(("单位", *(_HEADS[at] for at in shown)), rows)


def reporting_line(digest: Digest) -> str:
    """Return how much was due this month and what came."""
    due = sum(each.due for each in digest.reporting)
    given = sum(len(each.given) for each in digest.reporting)
    parts = [f"{digest.month}月应报{due}项，已报{given}项"]
    for words, count in (
        ("报来的数不能用{}项", sum(len(each.unusable) for each in digest.reporting)),
        ("未报{}项", sum(len(each.missing) for each in digest.reporting)),
    ):
        if count:
            parts.append(words.format(count))
    late = [
        words.format(count)
        for words, count in (
            ("补报以前月份的数{}个", sum(each.belated for each in digest.reporting)),
            ("更正{}个", sum(each.corrected for each in digest.reporting)),
        )
        if count
    ]
    return "，".join(parts) + (f"；{'，'.join(late)}" if late else "") + "。"


def unread_line(digest: Digest) -> str:
    """Return whose files could not be read, so that their figures are missing, or ""."""
    unread = unread_by_bureau(digest.report, of_the_month=False)
    if not unread:
        return ""
    whose = _whose(unread)
    return clean(
        f"注意：有{sum(unread.values())}个报来的文件没有读出或没有读全，缺少的数不在通报之内：{whose}。"
    )


def _whose(unread: Mapping[str, int]) -> str:
    known = [f"{lead}{count}个" for lead, count in unread.items() if lead != NOBODY]
    nobody = unread.get(NOBODY, 0)
    return "、".join([*known, *([f"看不出是哪个单位的{nobody}个"] if nobody else [])])


def all_there(digest: Digest) -> str:
    """Return that nothing is missing, as far as it is known."""
    read = not unread_by_bureau(digest.report, of_the_month=False)
    return "应报的都已报送。" if read else "能读出的文件里，应报的都已报送。"


def overdue(digest: Digest) -> tuple[Listing, ...]:
    """Return what is due and was not submitted, or not usably, by bureau."""
    return tuple(
        Listing(clean(lead), len(results), [owed_text(each, digest) for each in results])
        for lead, results in digest.overdue_by_bureau.items()
    )


def owed_text(result: Result, digest: Digest, named: Callable[[Result], str] = label) -> str:
    """Return what is not submitted, or not so that it can be used, and what was last heard of it."""
    known = ["报来的数不能用"] if any(refusals(result, digest.report)) else []
    if result.actual is not None:
        last = figure(result.actual.value, result.goal.unit.text)
        was = f"，{result.last_status.label}" if result.last_status and result.is_shortfall else ""
        known.append(f"上次为{result.actual.period.month}月：{last}{was}")
    name = named(result)
    return f"{name}（{'；'.join(known)}）" if known else name
