"""How long an appointment is to be: "30 minutes", "half an hour", "1½ hours", "1h30", "1:30h"; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from nlu.english import ENGLISH
from nlu.language import Language

_WRITTEN_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:\s*h(?:\s*\d\d)?|(?P<colon>:)\d\d\s*\w+)", re.IGNORECASE)
_PIECES = re.compile(r"(?P<over>\d+)\s?/\s?(?P<under>\d+)|(?P<decimal>\d+(?:\.\d+)?)|(?P<sign>[^\W\da-z])")


@dataclass(frozen=True)
class Length:
    """A length as written at `start:end` of the text."""

    start: int
    end: int
    minutes: int


def lengths(text: str, words: Language = ENGLISH) -> list[Length]:
    """Every length of at least a minute and at most a day the text names, in order."""
    found: list[Length] = []
    for pattern in words.lengths.patterns:
        for match in pattern.finditer(text):
            minutes = _minutes(match, words)
            free = all(match.end() <= other.start or other.end <= match.start() for other in found)
            if free and 0 < minutes <= 24 * 60 and not _is_clock(text, match, words):
                found.append(Length(match.start(), match.end(), minutes))
    return sorted(found, key=lambda length: length.start)


def _is_clock(text: str, match: re.Match[str], words: Language) -> bool:
    """Whether "15h", "at 9 h", "14h30" or "Friday 1:30h" is a clock time, as much of Europe writes it, or
    "10 minutes to 4" one; and "just a minute" is neither.
    """
    if words.lengths.idiom.match(match[0]) or words.lengths.step.match(text, match.end()):
        return True
    written = _WRITTEN_CLOCK.fullmatch(match[0])
    if written is None:
        return False
    before = text[: match.start()]
    dated = written["colon"] and words.lengths.clock_days.search(before)
    return int(written["hour"]) > 6 or bool(dated or words.lengths.clock_hours.search(before))


def _minutes(match: re.Match[str], words: Language) -> int:
    """The minutes of a match: its number, a `piece` of an hour beside it, and a `rest` in minutes."""
    said = {name: found for name, found in match.groupdict().items() if found}
    number = sum(_number(said[name], words) for name in ("number", "piece") if name in said)
    whole = 0 if "number" in said else 1
    if "unit" in said and not words.lengths.unit_hour.fullmatch(said["unit"]):
        return round(number)
    return round((number + whole) * 60 + _number(said.get("rest", "0"), words))


def _number(said: str, words: Language) -> float:
    """The value of "2", "1,5", "three quarters", "¾", "3/4", "1 1/2" or "1 and ½"."""
    plain = re.sub(r"[\s-]+", " ", said.lower()).replace(",", ".")
    if plain in words.lengths.numbers:
        return words.lengths.numbers[plain]
    return sum(_value(piece) for piece in _PIECES.finditer(plain))


def _value(piece: re.Match[str]) -> float:
    if piece["over"]:
        return int(piece["over"]) / int(piece["under"])
    return float(piece["decimal"]) if piece["decimal"] else unicodedata.numeric(piece["sign"])
