"""Phone numbers in a message; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\w/.-])(?:\+|00|\()?\d[\d\s().\-/]{5,22}\d(?![\w/])(?!-\d)")
_LINK = re.compile(r"<tel:(?P<number>[^|>]+)(?:\|[^>]*)?>")
_DATE = re.compile(r"(?:19|20)\d\d\s?-\s?(?:19|20)\d\d|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_CUE = re.compile(
    r"(?:phone|call|number|tel\.?|mobile|cell|reach|ring|dial|whatsapp)\W+(?:\w+\W+){0,3}$", re.IGNORECASE
)
_FEWEST, _MOST = 6, 15  # digits; ITU-T E.164 allows 15


@dataclass(frozen=True)
class Phone:
    """A phone number as written at `start:end`, with single spaces."""

    start: int
    end: int
    number: str


def phones(text: str) -> list[Phone]:
    """Every phone number: one that begins with + or 0, has seven digits or more, or follows a word such as "
    ""call".
    """
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
    if _DATE.search(match[0]):
        return False
    if match[0][0] in "+(" or _CUE.search(text[: match.start()]):
        return True
    groups = re.split(r"\D+", match[0].strip())
    return (digits.startswith("0") and len(digits) > 7) or (
        len(digits) >= 7 and all(len(g) >= 2 for g in groups)
    )
