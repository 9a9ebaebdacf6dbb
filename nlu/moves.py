"""Steps away from what is being discussed, and the order in which times are wanted; pure.

"an hour later", "same time next week", "another day", "anything earlier?", "as soon as possible", "in 3
hours".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.english import ENGLISH
from nlu.language import Language
from nlu.lengths import lengths
from nlu.wishes import Move, MoveKind
from scheduler_core.model import Order


@dataclass(frozen=True)
class Moves:
    """What a text says in relation to what is being discussed, and the spans that say it."""

    move: Move | None = None
    order: Order = Order.SPREAD
    elapsed: tuple[int, ...] = ()  #: minutes from now
    within: int = 0  #: minutes from now in which it is to begin
    spans: tuple[tuple[int, int], ...] = ()


def moves(text: str, words: Language = ENGLISH) -> Moves:
    """The move, the order and the elapsed times in a text."""
    within, within_spans = _within(text, words)
    text = _without(text, within_spans)
    elapsed, elapsed_spans = _elapsed(text, words)
    order, order_spans = _order(text, words)
    move, move_spans = _move(_without(text, order_spans), words)
    spans = (*within_spans, *elapsed_spans, *move_spans, *order_spans)
    return Moves(move, order, elapsed, within, spans)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _within(text: str, words: Language) -> tuple[int, list[tuple[int, int]]]:
    """`within an hour`, `in the next 2 hours`: the minutes from now."""
    if match := words.moves.few_hours.search(text):
        return (60 if match["one"] or match["one_hour"] else 180), [match.span()]
    for length in lengths(text, words):
        if before := words.moves.before_within.search(text[: length.start]):
            return length.minutes, [(before.start(), length.end)]
    return 0, []


def _elapsed(text: str, words: Language) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
    minutes: list[int] = []
    spans: list[tuple[int, int]] = []
    for length in lengths(text, words):
        before = words.moves.before_elapsed.search(text[: length.start])
        after = words.moves.after_elapsed.match(text, length.end)
        if after or (before and not words.moves.slot.match(text, length.end)):
            minutes.append(length.minutes)
            start = before.start() if before else length.start
            spans.append((start, length.end + (after.end() - after.start() if after else 0)))
    return tuple(minutes), spans


def _move(text: str, words: Language) -> tuple[Move | None, list[tuple[int, int]]]:
    for find in (_whole_days, _by_length, _same_time):
        if found := find(text, words):
            return found[0], [found[1]]
    for kind, pattern in words.moves.simple:
        if match := pattern.search(text):
            return Move(kind), [match.span()]
    return None, []


def _whole_days(text: str, words: Language) -> tuple[Move, tuple[int, int]] | None:
    beside = words.moves.beside.search(text)
    if beside and not (
        words.moves.dated.search(text, 0, beside.start()) or words.moves.same_time.search(text)
    ):
        days = 7 if beside["week"] else 1
        return Move(MoveKind.SHIFT, days=-days if beside["before"] else days), beside.span("words")
    match = words.moves.whole.search(text)
    if not match:
        return None
    word = match["count"].lower()
    count = int(word) if word.isdigit() else words.moves.count[word]
    days = count * (7 if match["week"] else 1)
    return Move(MoveKind.SHIFT, days=days if match["later"] else -days), match.span()


def _by_length(text: str, words: Language) -> tuple[Move, tuple[int, int]] | None:
    for length in lengths(text, words):
        before, after = (
            words.moves.by.search(text[: length.start]),
            words.moves.after_length.match(text[length.end :]),
        )
        sign = _direction(before, after)
        if sign:
            start = before.start() if before else length.start
            end = length.end + (after.end() if after else 0)
            return Move(MoveKind.SHIFT, minutes=sign * length.minutes), (start, end)
    return None


def _direction(before: re.Match[str] | None, after: re.Match[str] | None) -> int:
    """1 for later, -1 for earlier, 0 for no move; what follows the length rules."""
    for match in (after, before):
        if match:
            return -1 if match["earlier"] else 1
    return 0


def _same_time(text: str, words: Language) -> tuple[Move, tuple[int, int]] | None:
    match = words.moves.same_time.search(text)
    if not match:
        return None
    weeks = match["week"] or match["next_week"] or match["week_on"]
    days = 7 if weeks else 1 if match["day"] or match["next_day"] or match["day_on"] else 0
    return Move(MoveKind.SAME_TIME, days=-days if match["before"] else days), match.span()


def _order(text: str, words: Language) -> tuple[Order, list[tuple[int, int]]]:
    for order, pattern in words.moves.orders:
        if match := pattern.search(text):
            return order, [] if words.moves.kept.search(match[0]) else [match.span()]
    return Order.SPREAD, []
