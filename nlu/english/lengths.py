"""Lengths in English."""

from __future__ import annotations

import re

from nlu.english.words import HOURS, MONTHS, NAMES, UNITS
from nlu.language import LengthWords

_TEENS = {
    **HOURS, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_WHOLE = {
    **_TEENS,
    **_TENS,
    **{f"{tens} {one}": _TENS[tens] + _TEENS[one] for tens in _TENS for one in list(_TEENS)[:9]},
}
_PARTS = {"half": 0.5, "quarter": 0.25, "three quarters": 0.75, "three quarter": 0.75}
_NUMBERS = {
    **_WHOLE, **_PARTS, "a": 1, "an": 1, "a couple": 2, "a couple of": 2, "a half": 0.5, "a quarter": 0.25,
}  # fmt: skip


def _any_of(names: list[str]) -> str:
    return "|".join(name.replace(" ", r"[\s-]+") for name in sorted(names, key=len, reverse=True))


_SIGN = "[½¼¾⅓⅔]"
_FRACTION = rf"(?:\d+\s?)?{_SIGN}|(?:(?<!at )\d(?:\s+and\s+|[\s-]+|\s*&\s*))?[1-9]\s?/\s?[2-8]"
_START = r"(?<![\w:.])(?<!(?<!\d)\d/)"
_NUMBER = rf"{_START}(?P<number>{_FRACTION}|\d+(?:[.,]\d+)?|{_any_of([*_NUMBERS])})"
_PIECE = rf"\s+and\s+(?:an?\s+)?(?P<piece>{_any_of([*_PARTS])})"
_OF = rf"(?:(?:(?<=half|rter|ters)|(?<={_SIGN})|(?<=/[2-8]))[\s-]+(?:of\s+)?an?(?![a-z]))?"
_FULL = r"(?:\s+(?:full|whole|good|extra))?"
_HOUR_WORD = r"(?:hours?|hour's|hrs?)"
_HOUR = rf"(?:{_HOUR_WORD}|(?<=\d)h|(?<=\d[\s-])h|(?<={_SIGN})\s?h)"
_MINUTE = r"(?:minutes?|minute's|mins?|min\.|(?<=\d)')"
_MINUTE_AFTER_HOUR = rf"(?:{_MINUTE}|(?<=\d)m|(?<=\d )m)(?!\w)"
_MINUTES = _any_of([*_WHOLE])
_TENTHS = rf"[1-5]5|[2-5]0|{_any_of([name for name, n in _WHOLE.items() if n > 14 and n % 5 == 0])}"
_ENDS = (
    rf"(?![\w'/]|[:.,]\d)(?!\s*-?(?:[ap]\.?m\b|o'?\s?clock|(?:of\s+)?(?:{'|'.join(MONTHS)})\b"
    rf"|(?:{'|'.join(UNITS)})(?![a-z])))"
)
_PATTERNS = (
    # 1:30h, 0:45 hours
    rf"{_START}(?P<number>\d)(?P<colon>:)(?P<rest>[0-5]\d)[\s-]*(?:{_HOUR_WORD}|h)(?!\w)",
    # 1 hour 30 minutes, one hour and 15 minutes, 1h 30m
    rf"{_NUMBER}{_FULL}[\s-]*{_HOUR}\s*(?:and\s+|,\s*)?(?P<rest>\d{{1,2}}|{_MINUTES})[\s-]*{_MINUTE_AFTER_HOUR}",
    # 1h30, 1 h 30, 1hr30
    rf"{_START}(?P<number>\d{{1,2}})\s?(?:hrs?|h)\s?(?P<rest>[0-5]\d){_ENDS}",
    # an hour fifteen, 2 hours and 20
    rf"{_NUMBER}{_FULL}[\s-]*{_HOUR_WORD}\s+(?:and\s+)?(?P<rest>{_TENTHS}){_ENDS}",
    # an hour and a half, 2 hours and a quarter
    rf"(?:{_NUMBER}{_FULL}[\s-]*|\b){_HOUR_WORD}{_PIECE}(?!\w)",
    # one and a half hours
    rf"{_NUMBER}{_PIECE}{_OF}[\s-]*(?P<unit>{_HOUR})(?!\w)",
    rf"{_NUMBER}{_OF}{_FULL}[\s-]*(?P<unit>{_HOUR})(?!\w)",
    rf"{_NUMBER}[\s-]*(?P<unit>{_MINUTE}|(?<=[1-9][05])m|(?<=[1-9][05] )m)(?!\w)",
    # an hour-long call
    r"\b(?P<unit>hour)[\s-]+long\b",
)
_CLOCK_HOURS = re.compile(r"(?:at|from|by|until|after|before|around|about|à|@)\s*$", re.IGNORECASE)
_CLOCK_DAYS = re.compile(rf"\b(?:{NAMES}|today|tomorrow),?\s*$", re.IGNORECASE)
_STEP = re.compile(
    rf"\s+(?:to|past)\s+(?:[1-9]|1[0-2]|{'|'.join(HOURS)})\b(?!\s*[:h]?\d*\s*(?:hour|min))",
    re.IGNORECASE,
)
_UNIT_HOUR = re.compile(r"\s*(?:hours?|hour's|hrs?|h)", re.IGNORECASE)
_IDIOM = re.compile(r"(?:an?|one|1)[\s-]+min", re.IGNORECASE)

LENGTHS = LengthWords(
    numbers=_NUMBERS,
    patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS),
    clock_hours=_CLOCK_HOURS,
    clock_days=_CLOCK_DAYS,
    step=_STEP,
    unit_hour=_UNIT_HOUR,
    idiom=_IDIOM,
)
