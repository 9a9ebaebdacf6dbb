"""The short reference of a booking, as people read it from a mail: "booking K7QX2M", "ref: k7qx2m"; pure.

Six of the signs that the scheduler uses, none of which is read as another. Alone it counts in capitals and
with a digit, or without vowels: "SUNDAY" is spelt with the same signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGN = "[2-9A-HJKMNP-Z]"
_CODE = rf"(?<![\w@.-])(?P<code>{_SIGN}{{6}}|{_SIGN}{{3}}[ -]{_SIGN}{{3}})(?![\w@]|[.-]\w)"
_BARE = re.compile(rf"(?<![\w@.-])(?P<code>{_SIGN}{{6}})(?![\w@]|[.-]\w)")
_STRONG = re.compile(
    r"(?:\b(?:(?:my|the|booking|appointment|confirmation|reservation)\s){0,3}"
    r"(?:ref(?:erence)?|code|id|number|nr|no)\b\.?(?:\s(?:number|code|no|nr|id)\b\.?)?\s?(?:is\b|was\b|:"
    r"|=|#|-)?\s?:?\s?#?|#\s?)"
    rf"{_CODE}",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:booking|appointment|confirmation|reservation|it|cancel|move|reschedule"
    r"|change)\s?[:#-]?\s?" + _CODE,
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\d{1,2}[AP]M){1,2}|\d+[A-Z]{2,3}|\d{1,2}(?:JAN|FEB|MAR|APR|MAY|JUN|AUG|SEPT?|DEC)\d*"
)


@dataclass(frozen=True)
class Reference:
    """A reference as written at `start:end`, in capitals without the space in its middle."""

    start: int
    end: int
    code: str


def references(text: str) -> list[Reference]:
    """Every reference of the text, in order."""
    found: dict[int, Reference] = {}
    for pattern, fits in ((_STRONG, _is_named), (_WEAK, _is_code), (_BARE, _is_code)):
        for match in pattern.finditer(text):
            start, code = match.start("code"), match["code"]
            if start not in found and fits(code):
                found[start] = Reference(start, match.end("code"), re.sub(r"[ -]", "", code).upper())
    return [found[start] for start in sorted(found)]


def _is_named(code: str) -> bool:
    """Whether it can be one after "reference": no word in lower case, and no pair of words."""
    plain = re.sub(r"[ -]", "", code)
    mixed = any(sign.isdigit() for sign in plain) and any(sign.isalpha() for sign in plain)
    return mixed or (plain.isupper() and plain == code) or _unspeakable(plain)


def _is_code(code: str) -> bool:
    """Whether it is one by its looks alone."""
    plain = re.sub(r"[ -]", "", code)
    digits = any(sign.isdigit() for sign in plain)
    if plain != plain.upper() and not (digits and plain.islower() and plain == code):
        return False
    if plain.isdigit() or _CLOCK.fullmatch(plain.upper()):
        return False
    return digits or _unspeakable(plain)


def _unspeakable(code: str) -> bool:
    return code.isalpha() and not set("aeuyAEUY") & set(code)
