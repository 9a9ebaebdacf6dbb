"""The time zone a text names: "9 Tokyo time", "I'm in Berlin", "use Paris time", "5 pm PST", "UTC+2"; pure.

Where a short name means several clocks (CST, IST) the one most people mean counts; every time that is offered
says its zone, so a misunderstanding shows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nlu.places import ABBREVIATIONS, OFFSETS, PEOPLE_OF, places
from scheduler_core import zones

_WORDS = frozenset(("et", "pt", "ct", "mt", "z", "uk", "eastern", "central", "mountain", "pacific"))
_BESIDE = "|".join(sorted(frozenset(ABBREVIATIONS) - _WORDS, key=len, reverse=True))
_BESIDE_HALF = "|".join(sorted(_WORDS - {"z", "uk"}, key=len, reverse=True))
_OFFSET = re.compile(
    r"\b(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d|:)", re.IGNORECASE
)
_NAME = re.compile(
    r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:/[a-z_]+){1,2}\b", re.IGNORECASE
)
_IS_IN = (
    r"\b(?:(?:i'?\s?a?m|we'?\s?a?re|i'?ll be|i will be|we'll be|we will be)"
    r"(?:\s(?:currently|now|here|over|out|back|living|staying|working|travell?ing|based|located"
    r"|on (?:holiday|vacation"
    r"|business|a trip)))*\s(?:in|at|near)"
    r"|(?:i|we) (?:live|stay|work) in|(?:based|located|living|staying) in|(?:visiting|calling from"
    r"|writing from)"
    r"|time ?zone(?: is)?:?)\s(?:the\s)?"
)


@dataclass(frozen=True)
class NamedZone:
    """A zone as named at `start:end` of the text."""

    start: int
    end: int
    zone: str


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name.lower(): zones.canonical(name) for name in zones.zone_names()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    known = "|".join(re.escape(place) for place in sorted({**places(), **PEOPLE_OF}, key=len, reverse=True))
    towns = "|".join(re.escape(place) for place in sorted(places(), key=len, reverse=True))
    shorts = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
    written = (
        rf"\b(?P<place>{known}|{shorts})\s(?:local\s)?time(?:\s?zone)?\b",
        rf"(?<=\d)\s?(?:am|pm|o'clock|h)?\s?\(?(?:in\s)?\b(?P<place>{_BESIDE})\b",
        rf"(?:(?<=\d)\s?[ap]m|(?<=:\d\d))\s?\(?(?P<place>{_BESIDE_HALF})\b",
        rf"(?<=\d)\s?(?:am|pm|o'clock|h)?\sin\s(?P<place>{towns})\b",
        rf"{_IS_IN}(?P<place>{towns}|{_BESIDE})\b",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in written)


def named_zone(text: str) -> NamedZone | None:
    """The first zone the text names, and where; none where it names none."""
    plain = _without_accents(text)
    if offset := _OFFSET.search(plain):
        return _with_offset(offset)
    found = [
        _named(match.start(), match.end(), _by_name().get(match[0].lower()))
        for match in _NAME.finditer(plain)
    ]
    for pattern in _patterns():
        found += [_named(m.start("place"), m.end(), _zone(m["place"])) for m in pattern.finditer(plain)]
    return min((zone for zone in found if zone), key=lambda zone: zone.start, default=None)


def _with_offset(match: re.Match[str]) -> NamedZone | None:
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    return _named(match.start(), match.end(), OFFSETS.get(-minutes if match["sign"] == "-" else minutes))


def _named(start: int, end: int, zone: str | None) -> NamedZone | None:
    return NamedZone(start, end, zone) if zone else None


def _zone(place: str) -> str:
    key = re.sub(r"\s+", " ", place.lower())
    return places().get(key) or PEOPLE_OF.get(key) or ABBREVIATIONS[key]


def _without_accents(text: str) -> str:
    """The text with each letter that has an accent replaced by the one without."""
    text = text.replace("’", "'")
    return "".join(sign if sign.isascii() else unicodedata.normalize("NFKD", sign)[0] for sign in text)
