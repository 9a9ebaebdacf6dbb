"""How English joins days and hours."""

from __future__ import annotations

import re

from nlu.language import JointWords

_OR = re.compile(r"\b(?:or|nor|and)\b|[,;/&]", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,]*(?:at\s+)?", re.IGNORECASE)
_AT_ITS_END = re.compile(r".*\bat the (?:latest|earliest)\W*", re.IGNORECASE)
_WITHOUT = re.compile(r"\W*(?:before|earlier|after|later|past)\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:but|otherwise|else|alternatively|if not|failing that|if that)\b|[.;!?]\s+(?!or\b|and\b)",
    re.IGNORECASE,
)
#: A sentence ends, and nothing says that the next one is something else.
_SENTENCE = re.compile(
    r"(?!.*\b(?:but|otherwise|else|alternatively|if not|failing that|if that|or|and)\b).*[.;!?]\s+.*",
    re.IGNORECASE,
)
_TIMES_OR = re.compile(r"\s*,?\s*(?:or|and|&)\s+(?:on\s+|at\s+)?(?:the\s+|any\s+)?", re.IGNORECASE)
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:on\s+)?next\b", re.IGNORECASE)
_OR_WORD = re.compile(r"\b(?:or|nor|and)\b|[/&;]", re.IGNORECASE)
_STRETCH = re.compile(r"\b(?:and|to|until|till|through|thru)\b|-", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till?|up to)\b", re.IGNORECASE)

JOINTS = JointWords(
    or_=_OR,
    beside=_BESIDE,
    at_its_end=_AT_ITS_END,
    without=_WITHOUT,
    else_=_ELSE,
    sentence=_SENTENCE,
    times_or=_TIMES_OR,
    either=_EITHER,
    next=_NEXT,
    or_word=_OR_WORD,
    stretch=_STRETCH,
    until=_UNTIL,
)
