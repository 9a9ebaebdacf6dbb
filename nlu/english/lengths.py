"""Lengths in English."""

from __future__ import annotations

import re

from nlu.english.words import HOURS
from nlu.language import LengthWords

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
_HOUR = r"(?:hours?|hour's|hrs?|(?<=\d)h|(?<=\d[\s-])h)"
_MINUTE = r"(?:minutes?|minute's|mins?|min\.|(?<=\d)')"
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
_STEP = re.compile(
    rf"\s+(?:to|past)\s+(?:[1-9]|1[0-2]|{'|'.join(HOURS)})\b(?!\s*[:h]?\d*\s*(?:hour|min))",
    re.IGNORECASE,
)
_UNIT_HOUR = re.compile(r"hours?|hour's|hrs?|h", re.IGNORECASE)
_PIECES = {"half": 30, "quarter": 15}
_IDIOM = re.compile(r"(?:an?|one|1)[\s-]+min", re.IGNORECASE)

LENGTHS = LengthWords(
    numbers=_NUMBERS,
    patterns=tuple(_PATTERNS),
    clock_hours=_CLOCK_HOURS,
    step=_STEP,
    unit_hour=_UNIT_HOUR,
    pieces=_PIECES,
    idiom=_IDIOM,
)
