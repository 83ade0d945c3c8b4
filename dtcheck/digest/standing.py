"""Where the targets of a digest stood as of a month, each count made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dtcheck.judge import Result, Summary
from dtcheck.periods import Period


@dataclass(frozen=True)
class Standing:
    """Where the targets of a digest stood as of a month, each count made once."""

    as_of: Period
    results: tuple[Result, ...]

    @cached_property
    def summary(self) -> Summary:
        """The counts over all results."""
        return Summary.of(self.results)

    @cached_property
    def by_code(self) -> Mapping[str, Result]:
        """The results by the codes of their targets."""
        return {result.target.code: result for result in self.results}

    @cached_property
    def by_section(self) -> Mapping[str, Summary]:
        """The counts by section, in the order of the targets file."""
        return _summaries((result.target.section, result) for result in self.results)

    @cached_property
    def by_lead(self) -> Mapping[str, Summary]:
        """The counts by lead, the highest 达标率 first; last those of whom nothing can be told yet."""
        found = _summaries((result.target.lead, result) for result in self.results)
        return dict(sorted(found.items(), key=lambda each: _most_kept(each[1])))


def _summaries(results: Iterable[tuple[str, Result]]) -> dict[str, Summary]:
    groups: dict[str, list[Result]] = {}
    for name, result in results:
        groups.setdefault(name, []).append(result)
    return {name: Summary.of(group) for name, group in groups.items()}


def _most_kept(summary: Summary) -> tuple[bool, float]:
    share = summary.share_kept
    return share is None, -float(share or 0)
