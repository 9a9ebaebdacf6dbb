"""Common misspellings and abbreviations written out, with the way back to the original offsets; pure.

`respelt("nxt tues @ 2")` reads "next tuesday at 2". Only whole words in the table change; a name that happens
to be spelt like an abbreviation is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nlu.english import ENGLISH
from nlu.language import Language

WORDS = ENGLISH.spelling

#: Between date and time as computers write them; not where an offset follows, which nothing here would heed.
_ISO_MARK = re.compile(r"(?<=\d{4}-\d\d-\d\d)t(?=\d\d:\d\d(?::\d\d)?(?![\d:.z]|[+-]\d))")
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


def respelt(text: str, words: Language = ENGLISH) -> Respelt:
    """The text in lower case, with table words written out; quotes, dashes and spaces made plain."""
    plain = "".join(
        letter.lower() if len(letter.lower()) == 1 else letter for letter in text.translate(_QUOTES)
    )
    changes = [
        (match.start(), match.end(), _plain(match[0], words)) for match in words.misspelt.finditer(plain)
    ]
    changes += [(match.start(), match.end(), " ") for match in _ISO_MARK.finditer(plain)]
    return rewritten(plain, sorted(changes))


def _plain(found: str, words: Language) -> str:
    """A run of spaces as one, a lone @ as "at", a word of the table as it is spelt."""
    if found.isspace():
        return "\n" if "\n" in found else " "
    return f" {words.entities.at} " if found.strip() == "@" else words.spelling[found]


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
