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
from nlu.english import TIME_WORDS, WEEKDAYS
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
    rf"|\b(?:any|some|(?:on\s+)?a)\s+(?P<any>{'|'.join(_FULL_DAYS)})\b"
    r"|\b(?:(?:any|every|each|all|on|a)\s+)?(?P<working>week ?days?|work(?:ing)? ?days?|business days?)\b"
    r"|\b(?:(?:any|every|each|all|on|the)\s+)?(?P<weekends>week-?ends)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}-\d{1,2}-20\d\d")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_NO_TIME = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # greetings and farewells
        r"\bgood (?:morning|afternoon|evening|night|day)\b",
        r"^\W*(?:morning|afternoon|evening)(?:(?= (?:all|everyone|everybody|there|team|folks)\b)|!(?= *\w))",
        (
            r"\b(?:have|enjoy) (?:a|an|the|your)(?: \w+)? (?:day|morning|afternoon|evening|night|week-?end"
            r"|week|rest of (?:the|your) \w+)\b(?! (?:appointment|slot|meeting))"
        ),
        rf"\bhappy (?:{'|'.join(WEEKDAYS)}|new year\\S*|christmas|easter|holidays)\b",
        r"(?:^|[.!,;])\s*(?:see|speak to|talk to|c) (?:you|ya|u)\b[^.!?;]*",
        (
            r"\b(?:thanks|thank you)(?: so much| very much| a lot)?(?: again)? for (?:today|yesterday"
            r"|this morning|last \w+)\b"
        ),
        # numbers and words that only look like time
        r"(?<![\w/])24/7(?![\w/])",
        (
            r"\b(?:the )?\d{1,2}(?:st|nd|rd|th) (?:floor|class|grade|street|st\b|avenue|ave|party|degree"
            r"|person|visit|attempt|row)\b"
        ),
        (
            r"\b\d{1,5}[a-z]? (?:(?!(?:on|in|at|by|near|and|to|for|or|am|pm)\b)[a-z]+ ){1,2}(?:street|road"
            r"|avenue|lane|drive|boulevard|square|terrace)\b"
        ),
        (
            r"\b(?:version|release|python|windows|chapter|section|verse|page|room|flat|suite|gate|line|bus"
            r"|platform|floor|number|no\.|nr\.?|ref\.?|order|ticket) ?#?\d+(?:\.\d+)*\b(?! ?[ap]\.?m)"
        ),
        r"(?<!\w)[$€£] ?\d+(?:[.,]\d+)*|\b\d+(?:[.,]\d+)* ?[$€£%]",
        r"\b(?:will|let's|lets|you|we|they|i) march\b(?! \d)",
        r"\bmarch (?:on|with|to|into|in|along|for)\b(?! \d)",
        r"\b(?:the|no|more|some) sun\b|\bsun (?:is|was|shines?|cream|glasses|rises?|sets?)\b",
        r"\b(?:i|we|he|she|they|who|people) (?:sat|wed)\b|\bwed to\b",
    )
]
_SOURCE = re.compile(
    r"\b(?:mov|chang|resched|switch|shift|swap|push|transfer)\w*\b(?:(?!\b(?:to|for|on)\b).){0,80}?"
    r"(?P<source>\bfrom\b.{0,60}?)\bto\b"
    r"|\b(?:mov|chang|resched|switch|shift|swap|push|transfer)\w*\s+(?:(?:my|the|our)\s+)?"
    r"(?P<clock>\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\b\.?)?(?:\s+(?:o'clock|appointment|meeting|slot|one))?)\s+to\b",
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
    looks = [*hidden, *address_spans(message), *phone_spans(message)]
    spans = [span for span in looks if not _all_time(message[slice(*span)])]
    spans += [match.span() for match in _LINK.finditer(message)]
    spelt = respelt(blanked(message, spans))
    text = blanked(spelt.text, choice_spans(spelt.text))
    text = blanked(text, [match.span() for pattern in _NO_TIME for match in pattern.finditer(text)])
    if moved_from := _SOURCE.search(text):
        text = blanked(text, [moved_from.span("source" if moved_from["source"] else "clock")])
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


def _all_time(words: str) -> bool:
    """Whether what was taken for a name or a number is time and nothing else: "tmrw", "01-12-2026"."""
    if _DATE.fullmatch(words):
        return True
    spelt = re.findall(r"[\w-]+", respelt(words).text)
    if all(word in WEEKDAYS for word in spelt):
        return len(spelt) > 1
    return all(word in TIME_WORDS or word in WEEKDAYS for word in spelt)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans overwritten by spaces."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _recurring(text: str) -> list[Recurring]:
    found = []
    for match in _RECURRING.finditer(text):
        name = match["many"] or match["each"] or match["any"]
        weekdays = (WEEKDAYS[name.lower()],) if name else _WEEKEND if match["weekends"] else _WORK_WEEK
        found.append(Recurring(match.start(), match.end(), weekdays))
    return found
