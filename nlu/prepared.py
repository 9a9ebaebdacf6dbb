"""A message made ready for the reading of time: respelt, and with everything taken out that only looks "
"like time; pure.

Addresses, phone numbers, names and whatever else the caller hides are blanked out, so that a digit in them is
no hour and a "May" no month. What is left after clock times, parts of the day, lengths, moves and zones are
taken out (`rest`) is given to Duckling for the dates; each text keeps the length of the respelt message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nlu.addresses import address_spans
from nlu.choices import choice_spans
from nlu.english import WEEKDAYS
from nlu.hours import TimeOfDay, times_of_day
from nlu.lengths import Length, lengths
from nlu.moves import Moves, moves
from nlu.phones import phone_spans
from nlu.spelling import Respelt, respelt
from nlu.zonephrases import NamedZone, named_zone

_FULL_DAYS = [name for name in WEEKDAYS if name.endswith("day")]
_RECURRING = re.compile(
    rf"\b(?:(?:every|any|each|all|on)\s+)?(?P<many>{'|'.join(_FULL_DAYS)})s\b"
    rf"|\b(?:every|each)\s+(?P<each>{'|'.join(WEEKDAYS)})\b"
    r"|\b(?:(?:any|every|each|all|on|a)\s+)?(?P<working>week ?days?|work(?:ing)? ?days?|business days?)\b"
    r"|\b(?:(?:any|every|each|all|on|the)\s+)?(?P<weekends>week-?ends)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_SOURCE = re.compile(
    r"\b(?:mov|chang|resched|switch|shift|swap|push|transfer)\w*\b(?:(?!\b(?:to|for|on)\b).){0,80}?"
    r"(?P<source>\bfrom\b.{0,60}?)\bto\b",
    re.IGNORECASE,
)
_WEEKEND = (5, 6)
_WORK_WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Recurring:
    """Days of the week without a date: "Mondays", "any weekday"."""

    start: int
    end: int
    weekdays: tuple[int, ...]


@dataclass(frozen=True)
class Prepared:
    """All that could be read without Duckling; spans are offsets in `text`."""

    respelt: Respelt
    text: str  #: respelt, with addresses and hidden spans blanked out
    rest: str  #: `text` without what is in the fields below
    zone: NamedZone | None
    moves: Moves
    lengths: tuple[Length, ...]
    times: tuple[TimeOfDay, ...]
    recurring: tuple[Recurring, ...]


def prepare(message: str, hidden: Iterable[tuple[int, int]] = ()) -> Prepared:
    """The message made ready; `hidden` are spans of it that hold no time, such as names."""
    spans = [*hidden, *address_spans(message), *phone_spans(message)]
    spans += [match.span() for match in _LINK.finditer(message)]
    spelt = respelt(blanked(message, spans))
    text = blanked(spelt.text, choice_spans(spelt.text))
    if moved_from := _SOURCE.search(text):
        text = blanked(text, [moved_from.span("source")])
    zone = named_zone(text)
    rest = blanked(text, [(zone.start, zone.end)] if zone else [])
    moved = moves(rest)
    rest = blanked(rest, moved.spans)
    long = tuple(lengths(rest))
    rest = blanked(rest, [(length.start, length.end) for length in long])
    times = tuple(times_of_day(rest))
    rest = blanked(rest, [(time.start, time.end) for time in times])
    recurring = tuple(_recurring(rest))
    rest = blanked(rest, [(days.start, days.end) for days in recurring])
    return Prepared(spelt, text, rest, zone, moved, long, times, recurring)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans overwritten by spaces."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _recurring(text: str) -> list[Recurring]:
    found = []
    for match in _RECURRING.finditer(text):
        name = match["many"] or match["each"]
        weekdays = (WEEKDAYS[name.lower()],) if name else _WEEKEND if match["weekends"] else _WORK_WEEK
        found.append(Recurring(match.start(), match.end(), weekdays))
    return found
