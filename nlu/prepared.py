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
from functools import lru_cache

from nlu.addresses import address_spans
from nlu.choices import choice_spans
from nlu.english import ENGLISH
from nlu.hours import TimeOfDay, times_of_day
from nlu.language import Language
from nlu.lengths import Length, lengths
from nlu.moves import Moves, moves
from nlu.phones import phone_spans
from nlu.spelling import Respelt, respelt
from nlu.zonephrases import NamedZone, named_zone

_DATE = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:20)?\d\d|\d{4}([-/.])\d{1,2}\2\d{1,2}")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
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


def prepare(message: str, hidden: Iterable[tuple[int, int]] = (), words: Language = ENGLISH) -> Prepared:
    """The message made ready; `hidden` are spans of it that hold no time, such as names."""
    return _prepared(message, tuple(hidden), words)


@lru_cache(maxsize=4)  # each step that looks at a message begins with this
def _prepared(message: str, hidden: tuple[tuple[int, int], ...], words: Language) -> Prepared:
    looks = [*hidden, *address_spans(message), *phone_spans(message)]
    spans = [span for span in looks if not _all_time(message[slice(*span)], words)]
    spans += [match.span() for match in _LINK.finditer(message)]
    spelt = respelt(blanked(message, spans), words)
    text = blanked(spelt.text, choice_spans(spelt.text))
    text = blanked(
        text, [match.span() for pattern in words.messages.no_time for match in pattern.finditer(text)]
    )
    if moved_from := words.messages.source.search(text):
        text = blanked(text, [moved_from.span("source" if moved_from["source"] else "clock")])
    zone = named_zone(text)
    rest = blanked(text, [(zone.start, zone.end)] if zone else [])
    moved = moves(rest, words)
    rest = blanked(rest, moved.spans)
    long = tuple(lengths(rest, words))
    rest = blanked(rest, [(length.start, length.end) for length in long])
    times = tuple(times_of_day(rest, words))
    rest = blanked(rest, [(time.start, time.end) for time in times])
    recurring = tuple(_recurring(rest, words))
    rest = blanked(rest, [(days.start, days.end) for days in recurring])
    return Prepared(spelt, text, rest, zone, moved, long, times, recurring)


def _all_time(said: str, words: Language) -> bool:
    """Whether what was taken for a name or a number is time and nothing else: "tmrw", "01-12-2026"."""
    if _DATE.fullmatch(said):
        return True
    spelt = re.findall(r"[\w-]+", respelt(said, words).text)
    if all(word in words.weekdays for word in spelt):
        return len(spelt) > 1
    return all(word in words.time_words or word in words.weekdays for word in spelt)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans overwritten by spaces."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _recurring(text: str, words: Language) -> list[Recurring]:
    found = []
    for match in words.messages.recurring.finditer(text):
        name = match["many"] or match["each"] or match["any"]
        weekdays = (words.weekdays[name.lower()],) if name else _WEEKEND if match["weekends"] else _WORK_WEEK
        found.append(Recurring(match.start(), match.end(), weekdays))
    return found
