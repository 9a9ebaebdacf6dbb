"""Common misspellings and abbreviations written out, with the way back to the original offsets; pure.

`respelt("nxt tues @ 2")` reads "next tuesday at 2". Only whole words in the table change; a name that happens
to be spelt like an abbreviation is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORDS = {
    "nxt": "next",
    "tmrw": "tomorrow",
    "tomrrow": "tomorrow",
    "tomorrw": "tomorrow",
    "2mrw": "tomorrow",
    "tom'row": "tomorrow",
    "eod": "end of day",
    "cob": "close of business",
    "eow": "end of the week",
    "eom": "end of the month",
    "w/c": "week of",
    "w/b": "week of",
    "noonish": "noon-ish",
    "middayish": "midday-ish",
    "midmorning": "mid morning",
    "midafternoon": "mid afternoon",
    "mid-week": "mid week",
    "midweek": "mid week",
    "nite": "night",
    "wks": "weeks",
    "thurdsay": "thursday",
    "thusday": "thursday",
    "tuesay": "tuesday",
    "tuesdsay": "tuesday",
    "wednessday": "wednesday",
    "wenesday": "wednesday",
    "wednes": "wednesday",
    "fryday": "friday",
    "saturay": "saturday",
    "monay": "monday",
    "mnday": "monday",
    "satruday": "saturday",
    "januray": "january",
    "jannuary": "january",
    "februrary": "february",
    "fabruary": "february",
    "apirl": "april",
    "aprl": "april",
    "augst": "august",
    "spetember": "september",
    "octobre": "october",
    "novmber": "november",
    "decemer": "december",
    "decembar": "december",
    "tmr": "tomorrow",
    "tmw": "tomorrow",
    "tmrow": "tomorrow",
    "2moro": "tomorrow",
    "2morrow": "tomorrow",
    "tomorow": "tomorrow",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "tomorrrow": "tomorrow",
    "tomoro": "tomorrow",
    "tomorro": "tomorrow",
    "todat": "today",
    "2day": "today",
    "tody": "today",
    "tonite": "tonight",
    "2nite": "tonight",
    "moday": "monday",
    "monady": "monday",
    "mondy": "monday",
    "tuseday": "tuesday",
    "teusday": "tuesday",
    "tusday": "tuesday",
    "tuesdy": "tuesday",
    "tueday": "tuesday",
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "wednsday": "wednesday",
    "wedensday": "wednesday",
    "wednesdy": "wednesday",
    "wedneday": "wednesday",
    "weds": "wednesday",
    "thurday": "thursday",
    "thrusday": "thursday",
    "thursdy": "thursday",
    "thirsday": "thursday",
    "thursay": "thursday",
    "firday": "friday",
    "frday": "friday",
    "fridy": "friday",
    "saterday": "saturday",
    "satuday": "saturday",
    "staurday": "saturday",
    "saturdy": "saturday",
    "sundy": "sunday",
    "janurary": "january",
    "febuary": "february",
    "feburary": "february",
    "agust": "august",
    "septemer": "september",
    "setember": "september",
    "ocotber": "october",
    "novemeber": "november",
    "novemver": "november",
    "decemeber": "december",
    "decembre": "december",
    "mornin": "morning",
    "mornign": "morning",
    "moring": "morning",
    "morn": "morning",
    "aftrenoon": "afternoon",
    "afternon": "afternoon",
    "aftenoon": "afternoon",
    "afternoom": "afternoon",
    "aftn": "afternoon",
    "arvo": "afternoon",
    "evning": "evening",
    "evenning": "evening",
    "betwen": "between",
    "bewteen": "between",
    "btwn": "between",
    "b4": "before",
    "befor": "before",
    "bfore": "before",
    "aftr": "after",
    "arround": "around",
    "untill": "until",
    "til": "until",
    "till": "until",
    "wk": "week",
    "wek": "week",
    "weeek": "week",
    "mins": "minutes",
    "mintues": "minutes",
    "minuts": "minutes",
    "hr": "hour",
    "hrs": "hours",
    "oclock": "o'clock",
    "halve": "half",
    "quater": "quarter",
    "quaters": "quarters",
    "earler": "earlier",
    "ealier": "earlier",
    "appt": "appointment",
    "apt": "appointment",
    "appoinment": "appointment",
    "appointmnt": "appointment",
    "apointment": "appointment",
    "pls": "please",
    "plz": "please",
    "dont": "don't",
    "cant": "can't",
    "doesnt": "doesn't",
    "wont": "won't",
    "isnt": "isn't",
}

_WORD = re.compile(r"\s{2,}|\s*@\s*(?=\d)|\b(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True)
class Respelt:
    """A respelt text, and for each of its characters the offset in the original it stands for."""

    text: str
    origins: tuple[int, ...]
    length: int  #: of the original

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original that the span of the respelt text came from."""
        first = self.origins[start] if start < len(self.text) else self.length
        last = self.origins[end] if end < len(self.text) else self.length
        return first, last

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """The span in the respelt text that a span of the original became."""
        first = next((i for i, origin in enumerate(self.origins) if origin >= start), len(self.text))
        last = next((i for i, origin in enumerate(self.origins) if origin >= end), len(self.text))
        return first, last


def respelt(text: str) -> Respelt:
    """The text in lower case, with table words written out; quotes, dashes and spaces made plain."""
    plain = "".join(
        letter.lower() if len(letter.lower()) == 1 else letter for letter in text.translate(_QUOTES)
    )
    changes = [(match.start(), match.end(), _plain(match[0])) for match in _WORD.finditer(plain)]
    return rewritten(plain, changes)


def _plain(found: str) -> str:
    """A run of spaces as one, a lone @ as "at", a word of the table as it is spelt."""
    if found.isspace():
        return "\n" if "\n" in found else " "
    return " at " if found.strip() == "@" else WORDS[found]


def rewritten(text: str, changes: Iterable[tuple[int, int, str]]) -> Respelt:
    """The text with each span replaced; the spans are in order and do not overlap."""
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for start, end, words in changes:
        pieces += [text[position:start], words]
        origins += [*range(position, start), *[start] * len(words)]
        position = end
    pieces.append(text[position:])
    origins += range(position, len(text))
    return Respelt("".join(pieces), tuple(origins), len(text))
