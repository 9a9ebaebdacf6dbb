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
_ORDINAL = r"(?<!twenty )(?<!twenty-)(?<!thirty )(?:first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th)"
_END = (
    r"(?=\s*(?:$|[.,!?;)]|please|thanks|thank|then|is\b|works|would|does|will|sounds|for me|it is|looks|suits"
    r"|of (?:the (?:two|three|four)|these|those|them)\b|and\b))"
)
_CHOOSE = (
    r"(?:(?:yes|yeah|ok|okay|sure|hmm|well|how about|what about"
    r"|i'?ll|i will|i'?d|i would|let'?s|let us|take|have|go|with|for"
    r"|like|want"
    r"|prefer|pick|choose|book|the|please|give|me|number|no\.?|nr\.?|option|slot|choice|#"
    r"|then)[\s,.:]{0,9}){0,9}"
)
_CLOSE = (
    r"(?:[\s,.;:!-]{0,9}\b(?:_{1,80}|please|thanks|thank you|but|and|also|with|by|for|on|via|my|name|is"
    r"|e-?mail|mail|address|phone|number|it['’]?s|i['’]?m|i am|this|here|reach me|contact)\b){0,9}"
)
_REFUSED = re.compile(
    r"(?:(?<!why )\b(?:not|except|instead of|rather than|(?:anything|everything|any|all) but|than)"
    r"|n['’]t (?:want|like|take))\s+(?:for\s+)?"
    rf"(?:the\s+)?(?:(?:option|number|no\.?|nr\.?|slot)\s*)?(?:{_ORDINAL}|[1-9](?![:.\d])|last|later|earlier|latest"
    rf"|earliest)(?:\s+(?P<noun>{_NOUN}))?\b(?!\s*(?:[ap]\.?m\b|of\b|then|than|that))"
    rf"|\b(?:the\s+)?(?:{_ORDINAL}|last|later|earlier)\s+(?:(?P<noun_first>{_NOUN})\s+)?"
    r"(?:(?:does|do|is|would)\s?n['’]t|(?:does|do|is|will|would|can)\s?not|won['’]t|can['’]t"
    r"|is (?:too|no|out|bad)|never|not)\b(?!\s+(?:bad|a problem))"
    r"(?:\s+(?:work|suit|fit|do|good|possible|early|late|for me)\b){0,3}",
    re.IGNORECASE,
)
_EDGES = " \t\n,.;:!-"
_PATTERNS: list[tuple[str | None, re.Pattern[str]]] = [
    (None, re.compile(rf"\b(?:the\s+)?(?P<n>{_ORDINAL})\s+{_NOUN}\b(?!\s+of the day\b)", re.IGNORECASE)),
    (None, re.compile(
        r"(?:\b(?:option|number|choice|slot|no\.?|nr\.?)\s*|#)(?P<n>[1-9]|one|two"
        r"|three)\b(?![:.]\d)(?!\s*(?:am|pm))",
        re.IGNORECASE)),
    (None, re.compile(
        rf"^\W{{0,9}}(?:(?:no|nope|nah)\W{{1,60}})?{_CHOOSE}(?P<n>{_ORDINAL}){_END}", re.IGNORECASE)),
    (None, re.compile(
        rf"^\W{{0,9}}(?:_{{1,80}}[\s,.:]{{1,9}})?{_CHOOSE}(?P<n>[1-9])(?!\d){_CLOSE}\W{{0,9}}$",
        re.IGNORECASE)),
    (None, re.compile(r"^\W{0,9}(?:the\s+)?(?P<n>two|three)\W{0,9}(?:please)?\W{0,9}$", re.IGNORECASE)),
    ("later", re.compile(rf"(?<!at )\bthe\s+(?:later|latter|latest)(?:\s+{_NOUN}\b|{_END})", re.IGNORECASE)),
    ("earlier", re.compile(
        rf"(?<!at )\bthe\s+(?:earlier|earliest|former)(?:\s+{_NOUN}\b|{_END})", re.IGNORECASE)),
    ("last", re.compile(
        rf"\b(?:the\s+)?last\s+(?:one|option|offer|choice|of (?:the|those|these))\b|\bthe last"
        rf"(?:\s+slot\b(?!\s+(?:of the day|on|today|tomorrow|this|next)\b)|{_END})"
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
        r"|^\W{0,9}(?:(?:ok|okay|oh|well|eh|fine)\W{1,9})?(?:whatever|any (?:day|slot|option|of that))"
        r"(?: (?:is|works|will do|suits|you (?:have|like|want|think)|fits)\b[\w ]{0,20})?\W{0,9}$"
        r"|\bany one of\b|\b(?:doesn.t matter|don.t care|no preference)\b", re.IGNORECASE)),
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A pick as written at `start:end`: a number from 1, or "last", "later", "earlier", "any", "none"."""

    start: int
    end: int
    value: int | str


def choices(text: str) -> list[Choice]:
    """The pick a message makes; at most one, since people name one, and none that it refuses.

    What is known to be something else may be written as underscores.
    """
    left = _REFUSED.sub(lambda match: " " * len(match[0]), text)
    start = len(left) - len(left.lstrip(_EDGES))
    for name, pattern in _PATTERNS:
        if match := pattern.search(left[start:].rstrip(_EDGES)):
            first = match.start() if name is not None else match.start("n")
            return [Choice(start + first, start + match.end(), name or _index(match["n"]))]
    return []


def _index(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS[word.lower()]


def choice_spans(text: str) -> list[tuple[int, int]]:
    """Where a pick, or the refusal of one, stands that is no day of the month; "the 2nd" alone may be either,
    and "2" an hour.
    """
    refused = [match.span() for match in _REFUSED.finditer(text) if match["noun"] or match["noun_first"]]
    return refused + [
        (c.start, c.end) for c in choices(text) if " " in text[c.start : c.end] or isinstance(c.value, str)
    ]
