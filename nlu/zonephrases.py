"""The time zone a text names: "9 Tokyo time", "I'm in Berlin", "use Paris time", "5 pm PST", "UTC+2"; pure.

Where a short name means several clocks (CST, IST) the one most people mean counts; every time that is offered
says its zone, so a misunderstanding shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from nlu.places import ABBREVIATIONS, OFFSETS, PEOPLE_OF, places
from scheduler_core import zones

_WORDS = frozenset(("et", "pt", "ct", "mt", "eastern", "central", "mountain", "pacific"))
_BESIDE = frozenset(ABBREVIATIONS) - _WORDS - {"z", "uk"}
_OFFSET = re.compile(
    r"\b(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d|:)", re.IGNORECASE
)
_NAME = re.compile(
    r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:/[a-z_]+){1,2}\b", re.IGNORECASE
)
_IS_IN = re.compile(
    r"\b(?:(?:i'?\s?a?m|we'?\s?a?re|i'?ll be|i will be|we'll be|we will be)"
    r"(?:\s(?:currently|now|here|over|out|back|living|staying|working|travell?ing|based|located"
    r"|on (?:holiday|vacation"
    r"|business|a trip)))*\s(?:in|at|near)"
    r"|(?:i|we) (?:live|stay|work) in|(?:based|located|living|staying) in|(?:visiting|calling from"
    r"|writing from)"
    r"|time ?zone(?: is)?:?)\s(?:the\s)?"
)
_TIME = re.compile(r"\s(?:local\s)?time(?:\s?zone)?\b")
_DIGIT = re.compile(r"\d\s?(?:am|pm|o'clock|h)?\s?\(?(?:in\s)?(?=[a-z])")
_DIGIT_IN = re.compile(r"\d\s?(?:am|pm|o'clock|h)?\sin\s(?=[a-z])")
_CLOCK = re.compile(r"(?:\d\s?[ap]m|:\d\d)\s?\(?(?=[a-z])")
_WORD = re.compile(r"(?<![\w'])[a-z&.'-]+(?!\w)")
_LONGEST, _MOST_WORDS = 40, 4  # of the names of places


@dataclass(frozen=True)
class NamedZone:
    """A zone as named at `start:end` of the text."""

    start: int
    end: int
    zone: str


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name.lower(): zones.canonical(name) for name in zones.zone_names()}


def named_zone(text: str) -> NamedZone | None:
    """The first zone the text names, and where; none where it names none."""
    plain = _without_accents(text).lower()
    if offset := _OFFSET.search(plain):
        return _with_offset(offset)
    found = [_named(*match.span(), _by_name().get(match[0])) for match in _NAME.finditer(plain)]
    found += [_before(plain, match) for match in _TIME.finditer(plain)]
    for pattern, known in ((_DIGIT, _BESIDE), (_CLOCK, _WORDS)):
        found += [_after(plain, match.end(), known) for match in pattern.finditer(plain)]
    for pattern in (_DIGIT_IN, _IS_IN):
        found += [_after(plain, match.end(), places()) for match in pattern.finditer(plain)]
    found += [_after(plain, match.end(), _BESIDE) for match in _IS_IN.finditer(plain)]
    return min((zone for zone in found if zone), key=lambda zone: zone.start, default=None)


def _before(plain: str, time: re.Match[str]) -> NamedZone | None:
    """The longest place of which "time" follows."""
    words = list(_WORD.finditer(plain, max(0, time.start() - _LONGEST), time.start()))
    for word in words[-_MOST_WORDS:]:
        zone = _zone(plain[word.start() : time.start()])
        if zone:
            return NamedZone(word.start(), time.end(), zone)
    return None


def _after(plain: str, start: int, known: Container[str]) -> NamedZone | None:
    """The longest known place that begins at `start`."""
    words = list(_WORD.finditer(plain, start, start + _LONGEST))[:_MOST_WORDS]
    for word in reversed(words if words and words[0].start() == start else []):
        place = plain[start : word.end()]
        if place in known:
            return _named(start, word.end(), _zone(place))
    return None


def _with_offset(match: re.Match[str]) -> NamedZone | None:
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    return _named(match.start(), match.end(), OFFSETS.get(-minutes if match["sign"] == "-" else minutes))


def _named(start: int, end: int, zone: str | None) -> NamedZone | None:
    return NamedZone(start, end, zone) if zone else None


def _zone(place: str) -> str | None:
    return places().get(place) or PEOPLE_OF.get(place) or ABBREVIATIONS.get(place)


def _without_accents(text: str) -> str:
    """The text with each letter that has an accent replaced by the one without."""
    text = text.replace("’", "'")
    return "".join(sign if sign.isascii() else unicodedata.normalize("NFKD", sign)[0] for sign in text)
