"""English dates with the name of their month, in every order and with every mark between."""

from __future__ import annotations

import re

from nlu.english.words import MONTHS

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
DAY_NAMES = {
    **_ORDINALS,
    **{f"twenty {name}": 20 + number for name, number in _ORDINALS.items() if number < 10},
    "thirtieth": 30,
    "thirty first": 31,
    "thirty second": 32,
}
"""Days of the month in words, with one that no month has."""
_MONTH = "|".join(MONTHS)
_NO_VERB = "|".join(name for name in MONTHS if name != "may")
_NAME = "|".join(name.replace(" ", r"[\s-]+") for name in sorted(DAY_NAMES, key=len, reverse=True))
_NUMBER = r"[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b)?"
_OF_MONTH = rf"(?P<month>{_MONTH})\b\.?{_YEAR}"
_TO = r"\s*(?:-|to|until|till|through|(?P<and>and|or))\s*(?:the\s+)?"
_NO_CLOCK = r"(?![\w:/]|[.,]\d|\s*(?:[ap]\.?m\b|o'?\s?clock))"


def _low(day: str) -> str:
    """The first day of a range, before its last one."""
    return rf"(?<![\w:./])(?:(?:(?:from|(?P<between>between))\s+)?(?:the\s+)?(?P<low>{day}){_TO})?"


WRITTEN_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        # 3 December, 3-12 December, between the 3rd and 12th of December; the same in words with "of"
        rf"{_low(_NUMBER)}(?P<day>{_NUMBER})\.?\s+(?:of\s+)?{_OF_MONTH}",
        rf"{_low(_NAME)}(?P<day>{_NAME})\s+of\s+{_OF_MONTH}",
        # December 3, December 3-12, December twenty fourth
        rf"\b(?P<month>{_MONTH})\.?\s+(?:the\s+)?(?:(?P<low>{_NUMBER}){_TO})?(?P<day>{_NUMBER}){_NO_CLOCK}{_YEAR}",
        rf"\b(?P<month>{_NO_VERB})\.?\s+(?:the\s+)?(?P<day>{_NAME})\b{_YEAR}",
        # 3-Dec, Dec/3, 2026-Dec-3
        rf"(?<![\w:./-])(?P<day>[0-3]?\d)(?P<mark>[-/.])(?P<month>{_MONTH})\b(?:[-/. ](?P<year>20\d\d)\b)?",
        rf"\b(?P<month>{_MONTH})(?P<mark>[-/])(?P<day>[0-3]?\d)(?:[-/,]\s?(?P<year>20\d\d)\b)?(?![-/.:]?\d)",
        rf"\b(?P<year>20\d\d)(?P<mark>[-/])(?P<month>{_MONTH})[-/](?P<day>[0-3]?\d)\b",
    )
)
"""Of each the month and the day, and what else it has: low, and, between, mark, year."""
