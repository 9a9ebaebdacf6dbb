"""Phone numbers in a message; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\w/.-])(?:\+|00|\()?\d[\d\s().\-/]{4,22}\d(?![\w/])(?!-\d)")
_LINK = re.compile(r"<tel:(?P<number>[^|>]+)(?:\|[^>]*)?>")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?-\s?(?:19|20)\d\d|\d{4}-\d{1,2}-\d{1,2}"
    r"|(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d)"
)
_CLOCK = r"(?:[01]?\d|2[0-3])[.:]?[0-5]\d"
_DOTTED = re.compile(r"\d{1,2}[.:]\d\d\s?-?\s?\d{1,2}[.:]\d\d")
_CLOCKS = re.compile(rf"{_CLOCK}(?:\s?-\s?|\s){_CLOCK}")
_CUE = re.compile(
    r"(?:phone|call|number|tel\.?|mobile|cell|reach|ring|dial|whatsapp)\W+(?:\w+\W+){0,3}\Z", re.IGNORECASE
)
_FEWEST, _MOST = 6, 15  # digits; ITU-T E.164 allows 15
_REACH = 60  # how far before a number its cue is looked for


@dataclass(frozen=True)
class Phone:
    """A phone number as written at `start:end`, with single spaces."""

    start: int
    end: int
    number: str


def phones(text: str) -> list[Phone]:
    """Every phone number: with + or 0 in front, of seven digits, or of six after such a word as "call"."""
    found = [Phone(m.start(), m.end(), m["number"].strip()) for m in _LINK.finditer(text)]
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        taken = any(match.start() < other.end and other.start < match.end() for other in found)
        if not taken and _FEWEST <= len(digits) <= _MOST and _looks_dialled(text, match, digits):
            found.append(Phone(match.start(), match.end(), re.sub(r"\s+", " ", match[0]).strip()))
    return sorted(found, key=lambda phone: phone.start)


def phone_spans(text: str) -> list[tuple[int, int]]:
    """Where the phone numbers stand."""
    return [(phone.start, phone.end) for phone in phones(text)]


def _looks_dialled(text: str, match: re.Match[str], digits: str) -> bool:
    if match[0][0] in "+(" or _CUE.search(text, max(0, match.start() - _REACH), match.start()):
        return match[0][0] == "+" or not (_DATE.search(match[0]) or _DOTTED.fullmatch(match[0]))
    if _DATE.search(match[0]) or _CLOCKS.fullmatch(match[0]) or len(digits) == _FEWEST:
        return False
    groups = re.split(r"\D+", match[0].removeprefix("1-").strip())
    return (digits.startswith("0") and len(digits) > 7) or all(len(group) >= 2 for group in groups)
