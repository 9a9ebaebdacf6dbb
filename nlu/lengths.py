"""How long an appointment is to be: "30 minutes", "half an hour", "an hour and a half", "1h30"; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.english import HOURS

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "fifteen": 15,
    "twenty": 20, "twenty five": 25, "thirty": 30, "forty": 40, "forty five": 45, "fourty five": 45,
    "fifty": 50,
    "sixty": 60, "ninety": 90, "half an": 0.5, "half a": 0.5, "half": 0.5, "quarter of an": 0.25,
    "a quarter of an": 0.25,
    "quarter": 0.25, "a quarter": 0.25, "three quarters of an": 0.75, "three quarter": 0.75, "a half": 0.5,
    "one and a half": 1.5, "a couple of": 2,
}  # fmt: skip
_NUMBER = (
    r"(?P<number>\d+(?:[.,]\d+)?|"
    + "|".join(re.sub(" ", r"[\\s-]+", word) for word in sorted(_NUMBERS, key=len, reverse=True))
    + ")"
)
_HOUR = r"(?:hours?|hour's|hrs?|h)"
_MINUTE = r"(?:minutes?|minute's|mins?|min\.|')"
_PATTERNS = [
    # 1h30, 1 hour 30 minutes, one hour and 15 minutes
    re.compile(
        rf"(?<![\w:.]){_NUMBER}[\s-]*{_HOUR}(?:\s*(?:and\s+)?(?P<rest>\d{{1,2}}|[a-z]+(?:[ -]five)?)[\s-]*"
        rf"(?:{_MINUTE}(?!\w)|(?<=h\d\d)(?!\w)))",
        re.IGNORECASE,
    ),
    # an hour and a half, 2 hours and a quarter
    re.compile(
        rf"(?<![\w:.]){_NUMBER}[\s-]*{_HOUR}\s+and\s+(?:an?\s+)?(?P<piece>half|quarter)(?!\w)", re.IGNORECASE
    ),
    re.compile(rf"(?<![\w:.]){_NUMBER}[\s-]*(?P<unit>{_HOUR})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\w:.]){_NUMBER}[\s-]*(?P<unit>{_MINUTE})(?!\w)", re.IGNORECASE),
]
_CLOCK_HOURS = re.compile(r"(?:at|from|by|until|after|before|à|@)\s*$", re.IGNORECASE)
_WRITTEN_CLOCK = re.compile(r"(?P<hour>\d{1,2})\s*h(?:\s*\d\d)?", re.IGNORECASE)
_STEP = re.compile(
    rf"\s+(?:to|past)\s+(?:[1-9]|1[0-2]|{'|'.join(HOURS)})\b(?!\s*[:h]?\d*\s*(?:hour|min))",
    re.IGNORECASE,
)
_IDIOM = re.compile(r"(?:an?|one|1)[\s-]+min", re.IGNORECASE)


@dataclass(frozen=True)
class Length:
    """A length as written at `start:end` of the text."""

    start: int
    end: int
    minutes: int


def lengths(text: str) -> list[Length]:
    """Every length of at least a minute and at most a day the text names, in order."""
    found: list[Length] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            minutes = _minutes(match)
            free = all(match.end() <= other.start or other.end <= match.start() for other in found)
            if free and minutes and 0 < minutes <= 24 * 60 and not _is_clock(text, match):
                found.append(Length(match.start(), match.end(), minutes))
    return sorted(found, key=lambda length: length.start)


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Whether "15h", "at 9 h" or "14h30" is a clock time, as much of Europe writes it, or "10 minutes to 4"
    one; and "just a minute" is neither.
    """
    if _IDIOM.match(match[0]) or _STEP.match(text, match.end()):
        return True
    written = _WRITTEN_CLOCK.fullmatch(match[0])
    if written is None:
        return False
    return int(written["hour"]) > 6 or bool(_CLOCK_HOURS.search(text[: match.start()]))


def _number(word: str) -> float:
    digits = word.replace(",", ".")
    return float(digits) if digits[0].isdigit() else _NUMBERS[re.sub(r"[\s-]+", " ", word.lower())]


def _minutes(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    number = _number(groups["number"])
    if rest := groups.get("rest"):
        extra = rest if rest.isdigit() else str(_NUMBERS.get(re.sub(r"[\s-]+", " ", rest.lower()), 0))
        return round(number * 60 + float(extra))
    if piece := groups.get("piece"):
        return round(number * 60 + (30 if piece.lower() == "half" else 15))
    if re.fullmatch(_HOUR, groups.get("unit") or "", re.IGNORECASE):
        return round(number * 60)
    return round(number)
