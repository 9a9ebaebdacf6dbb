"""Which of the offered times is meant: "the second one", "2", "the last", "the later one", "either"; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
    "5th": 5,
    "one": 1, "two": 2, "three": 3,
}  # fmt: skip
_NOUN = r"(?:one|ones|option|slot|time|appointment|offer|choice|suggestion|entry|possibility)"
_ORDINAL = r"first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th"
_END = (
    r"(?=\s*(?:$|[.,!?;)]|please|thanks|thank|then|is\b|works|would|sounds|for me|it is|looks|suits|and\b))"
)
_CHOOSE = (
    r"(?:(?:yes|yeah|ok|okay|sure|hmm|well|i'?ll|i will|i'?d|i would|let'?s|let us|take|have|go|with|for"
    r"|like|want"
    r"|prefer|pick|choose|book|the|please|give|me|number|no\.?|nr\.?|option|slot|choice|#"
    r"|then)[\s,.:]{0,9}){0,9}"
)
_PATTERNS: list[tuple[str | None, re.Pattern[str]]] = [
    (None, re.compile(rf"\b(?:the\s+)?(?P<n>{_ORDINAL})\s+{_NOUN}\b", re.IGNORECASE)),
    (None, re.compile(
        r"(?:\b(?:option|number|choice|slot|no\.?|nr\.?)\s*|#)(?P<n>[1-9]|one|two"
        r"|three)\b(?![:.]\d)(?!\s*(?:am|pm))",
        re.IGNORECASE)),
    (None, re.compile(rf"^\W{{0,9}}{_CHOOSE}(?P<n>{_ORDINAL}){_END}", re.IGNORECASE)),
    (None, re.compile(
        rf"^\W{{0,9}}{_CHOOSE}(?P<n>[1-9])\W{{0,9}}(?:please|thanks|thank you)?\W{{0,9}}$", re.IGNORECASE)),
    (None, re.compile(r"^\W{0,9}(?:the\s+)?(?P<n>two|three)\W{0,9}(?:please)?\W{0,9}$", re.IGNORECASE)),
    ("later", re.compile(rf"(?<!at )\bthe\s+(?:later|latter|latest)(?:\s+{_NOUN}\b|{_END})", re.IGNORECASE)),
    ("earlier", re.compile(
        rf"(?<!at )\bthe\s+(?:earlier|earliest|former)(?:\s+{_NOUN}\b|{_END})", re.IGNORECASE)),
    ("last", re.compile(
        rf"\b(?:the\s+)?last\s+(?:one|option|offer|choice|of (?:the|those|these))\b|\bthe last(?:\s+slot"
        rf"|{_END})"
        r"|^\W{0,9}last\W{0,9}$", re.IGNORECASE)),
    ("none", re.compile(
        r"\b(?:none|neither|not any) (?:of (?:them|these|those|the above)|(?:of them )?works?)\b"
        r"|^\W{0,9}(?:none|neither)\b(?! (?:on |in |at |the )*(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*|\d"
        r"|to(?:day|morrow)|(?:morning|afternoon|evening|weekend)s?)\b)", re.IGNORECASE)),
    ("any", re.compile(
        r"\b(?:either(?! (?:\S{1,30} ){1,3}or\b)|whichever|any of (?:them|these|those|the (?:above|three"
        r"|two)))\b(?! (?:monday|tuesday"
        r"|wednesday"
        r"|thursday|friday|saturday|sunday|at|on)\b)|\byou (?:pick|choose|decide)\b|\ball (?:are )?(?:fine"
        r"|good)\b"
        r"|\bany one of\b|\b(?:doesn.t matter|don.t care|no preference)\b", re.IGNORECASE)),
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A pick as written at `start:end`: a number from 1, or "last", "later", "earlier", "any", "none"."""

    start: int
    end: int
    value: int | str


def choices(text: str) -> list[Choice]:
    """The pick a message makes; at most one, since people name one."""
    for name, pattern in _PATTERNS:
        if match := pattern.search(text):
            if name is not None:
                return [Choice(match.start(), match.end(), name)]
            return [Choice(match.start("n"), match.end(), _index(match["n"]))]
    return []


def _index(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS[word.lower()]


def choice_spans(text: str) -> list[tuple[int, int]]:
    """Where a pick stands that is no day of the month; "the 2nd" alone may be either, and "2" an hour."""
    return [
        (c.start, c.end) for c in choices(text) if " " in text[c.start : c.end] or isinstance(c.value, str)
    ]
