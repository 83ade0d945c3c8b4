"""A regex engine that counts its steps, since the real one doesn't say how often it tried.

It reads what ``re`` itself parsed, finds what ``re`` finds, and gives up where the steps of one
text go beyond a budget: so a pattern that tries 2 ** 28 ways fails a test instead of hanging it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

# What re.compile itself parses with; there is no public name for it.
from re import _constants as op  # type: ignore[attr-defined] # isort: skip
from re import _parser as parser  # type: ignore[attr-defined] # isort: skip

BUDGET = 5_000_000
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda mark: mark.isalnum() or mark == "_",
    op.CATEGORY_NOT_SPACE: lambda mark: not mark.isspace(),
}
# What goes on behind a place: where the whole match ends, or None.
Rest = Callable[[int], "int | None"]
Matcher = Callable[["Attempt", int, Rest], "int | None"]


class TooManySteps(AssertionError):
    """A pattern took more steps on one text than any reading of it needs."""


class Attempt:
    """A text in which a match is looked for up to ``end``, and the steps taken so far."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps > BUDGET:
            raise TooManySteps(f"more than {BUDGET} steps in a text of {len(self.text)}")


def matches(pattern: re.Pattern[str], attempt: Attempt, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans that ``pattern`` finds from ``start`` on, none within another."""
    run = _compiled(pattern.pattern, pattern.flags)
    # Behind an empty match, the next one at the same place has to hold something.
    empty = -1
    while start <= attempt.end:
        end = run(attempt, start, _elsewhere(empty))
        if end is None:
            start += 1
            continue
        yield start, end
        start, empty = end, end if end == start else -1


def match_at(pattern: re.Pattern[str], attempt: Attempt, start: int, *, full: bool) -> int | None:
    """Return where a match that starts at ``start`` ends; with ``full`` only one to the end."""
    run = _compiled(pattern.pattern, pattern.flags)
    return run(attempt, start, lambda place: place if place == attempt.end or not full else None)


def _elsewhere(where: int) -> Rest:
    return lambda place: None if place == where else place


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: int) -> Matcher:
    return _sequence(list(parser.parse(pattern, flags)), flags)


def _sequence(nodes: list[Any], flags: int) -> Matcher:
    if not nodes:
        return lambda _, place, rest: rest(place)
    first = _node(*nodes[0], flags)
    if len(nodes) == 1:
        return first
    others = _sequence(nodes[1:], flags)
    return lambda attempt, place, rest: first(
        attempt, place, lambda after: others(attempt, after, rest)
    )


def _node(kind: Any, value: Any, flags: int) -> Matcher:
    if (fits := _character(kind, value, flags)) is not None:
        return _one(fits)
    if kind is op.BRANCH:
        return _branch([list(each) for each in value[1]], flags)
    if kind is op.SUBPATTERN:
        return _sequence(list(value[3]), (flags | value[1]) & ~value[2])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = value
        repeated = _repeat(list(inner), least, most, kind is not op.MIN_REPEAT, flags)
        return _atomic(repeated) if kind is op.POSSESSIVE_REPEAT else repeated
    if kind is op.ATOMIC_GROUP:
        return _atomic(_sequence(list(value), flags))
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return _assertion(value, flags, wanted=kind is op.ASSERT)
    if kind is op.AT:
        return _at(value, flags)
    raise NotImplementedError(str(kind))


def _character(kind: Any, value: Any, flags: int) -> Callable[[str], bool] | None:
    """Return what tells whether a character fits, where the node is about one."""
    if flags & re.IGNORECASE and kind in (op.LITERAL, op.IN):
        exact = _character(kind, value, flags & ~re.IGNORECASE)
        assert exact is not None
        return lambda mark: exact(mark.lower()) or exact(mark.upper())
    if kind is op.LITERAL:
        return lambda mark: ord(mark) == value
    if kind is op.NOT_LITERAL:
        return lambda mark: ord(mark) != value
    if kind is op.ANY:
        return lambda mark: mark != "\n"
    if kind is op.IN:
        return _set(value)
    return None


def _set(parts: list[Any]) -> Callable[[str], bool]:
    negated = parts[0][0] is op.NEGATE
    literals = {value for kind, value in parts if kind is op.LITERAL}
    ranges = [value for kind, value in parts if kind is op.RANGE]
    categories = [_CATEGORIES[value] for kind, value in parts if kind is op.CATEGORY]
    return lambda mark: (
        (
            ord(mark) in literals
            or any(low <= ord(mark) <= high for low, high in ranges)
            or any(category(mark) for category in categories)
        )
        is not negated
    )


def _one(fits: Callable[[str], bool]) -> Matcher:
    def run(attempt: Attempt, place: int, rest: Rest) -> int | None:
        attempt.step()
        return rest(place + 1) if place < attempt.end and fits(attempt.text[place]) else None

    return run


def _branch(ways: list[list[Any]], flags: int) -> Matcher:
    """As re does, go only the ways that begin with the character that is there."""
    compiled = [_sequence(way, flags) for way in ways]
    by_first: dict[str, list[Matcher]] | None = None
    if all(way and way[0][0] is op.LITERAL for way in ways) and not flags & re.IGNORECASE:
        by_first = {}
        for way, matcher in zip(ways, compiled, strict=True):
            by_first.setdefault(chr(way[0][1]), []).append(matcher)

    def run(attempt: Attempt, place: int, rest: Rest) -> int | None:
        attempt.step()
        fitting = compiled
        if by_first is not None:
            fitting = by_first.get(attempt.text[place : place + 1], [])
        ends = (way(attempt, place, rest) for way in fitting)
        return next((end for end in ends if end is not None), None)

    return run


def _atomic(inner: Matcher) -> Matcher:
    def run(attempt: Attempt, place: int, rest: Rest) -> int | None:
        end = inner(attempt, place, lambda after: after)
        return None if end is None else rest(end)

    return run


def _assertion(value: Any, flags: int, *, wanted: bool) -> Matcher:
    direction, nodes = value
    back = nodes.getwidth()[0] if direction < 0 else 0
    inner = _sequence(list(nodes), flags)

    def run(attempt: Attempt, place: int, rest: Rest) -> int | None:
        found = place >= back and inner(attempt, place - back, lambda after: after) is not None
        return rest(place) if found is wanted else None

    return run


def _at(where: Any, flags: int) -> Matcher:
    def holds(attempt: Attempt, place: int) -> bool:
        text, end = attempt.text, attempt.end
        if where is op.AT_BEGINNING:
            return place == 0 or bool(flags & re.MULTILINE and text[place - 1] == "\n")
        if where is op.AT_END:
            return place == end or text[place:end] == "\n"
        if where is op.AT_BOUNDARY:
            word = _CATEGORIES[op.CATEGORY_WORD]
            before = place > 0 and word(text[place - 1])
            return before is not (place < end and word(text[place]))
        raise NotImplementedError(str(where))

    def run(attempt: Attempt, place: int, rest: Rest) -> int | None:
        attempt.step()
        return rest(place) if holds(attempt, place) else None

    return run


def _repeat(nodes: list[Any], least: int, most: Any, greedy: bool, flags: int) -> Matcher:
    most = float("inf") if most is op.MAXREPEAT else most
    fits = _character(*nodes[0], flags) if len(nodes) == 1 else None
    if fits is not None:
        return _repeat_one(fits, least, most, greedy)
    inner = _sequence(nodes, flags)

    def run(attempt: Attempt, place: int, rest: Rest, done: int = 0) -> int | None:
        attempt.step()

        def again() -> int | None:
            if done >= most:
                return None
            return inner(
                attempt,
                place,
                # Nothing repeated is nothing: once is enough.
                lambda after: (
                    run(attempt, after, rest, done + 1) if after > place or done < least else None
                ),
            )

        if done < least:
            return again()
        end = again() if greedy else rest(place)
        return end if end is not None else (rest(place) if greedy else again())

    return run


def _repeat_one(fits: Callable[[str], bool], least: int, most: float, greedy: bool) -> Matcher:
    """A repeated character needs no recursion, so a million of them need no stack."""

    def run(attempt: Attempt, place: int, rest: Rest) -> int | None:
        far = place
        while far < attempt.end and far - place < most:
            attempt.step()
            if not fits(attempt.text[far]):
                break
            far += 1
        stops = range(place + least, far + 1)
        for stop in reversed(stops) if greedy else stops:
            attempt.step()
            if (end := rest(stop)) is not None:
                return end
        return None

    return run
