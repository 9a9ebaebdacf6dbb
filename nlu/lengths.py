"""How long an appointment is to be: "30 minutes", "half an hour", "an hour and a half", "1h30"; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.english import ENGLISH
from nlu.language import Language

_WRITTEN_CLOCK = re.compile(r"(?P<hour>\d{1,2})\s*h(?:\s*\d\d)?", re.IGNORECASE)


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
            if free and minutes and 0 < minutes <= 24 * 60 and not _is_clock(text, match, words):
                found.append(Length(match.start(), match.end(), minutes))
    return sorted(found, key=lambda length: length.start)


def _is_clock(text: str, match: re.Match[str], words: Language) -> bool:
    """Whether "15h", "at 9 h" or "14h30" is a clock time, as much of Europe writes it, or "10 minutes to 4"
    one; and "just a minute" is neither.
    """
    if words.lengths.idiom.match(match[0]) or words.lengths.step.match(text, match.end()):
        return True
    written = _WRITTEN_CLOCK.fullmatch(match[0])
    if written is None:
        return False
    return int(written["hour"]) > 6 or bool(words.lengths.clock_hours.search(text[: match.start()]))


def _number(word: str, words: Language) -> float:
    digits = word.replace(",", ".")
    return (
        float(digits) if digits[0].isdigit() else words.lengths.numbers[re.sub(r"[\s-]+", " ", word.lower())]
    )


def _minutes(match: re.Match[str], words: Language) -> int | None:
    groups = match.groupdict()
    number = _number(groups["number"], words)
    if rest := groups.get("rest"):
        extra = (
            rest
            if rest.isdigit()
            else str(words.lengths.numbers.get(re.sub(r"[\s-]+", " ", rest.lower()), 0))
        )
        return round(number * 60 + float(extra))
    if piece := groups.get("piece"):
        return round(number * 60 + words.lengths.pieces[piece.lower()])
    if words.lengths.unit_hour.fullmatch(groups.get("unit") or ""):
        return round(number * 60)
    return round(number)
