"""Text messages to phones; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What people put between the digits, and the zero that is dialled inside a country only.
_BETWEEN = re.compile(r"\(0\)|[\s().\-/\u2010-\u2015]")
_E164 = re.compile(r"\+[1-9]\d{6,14}")


@dataclass(frozen=True)
class TextMessage:
    """A text for one phone."""

    to: str  #: as E.164 has it: `+493012345678`
    words: str


def number_in(phone: str) -> str | None:
    """The phone number as E.164 has it; None where it does not say its country, or is none.

    A number without its country is not guessed at: a text to a stranger is worse than none.
    """
    digits = _BETWEEN.sub("", phone)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return digits if _E164.fullmatch(digits) else None
